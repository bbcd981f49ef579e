// Command lines: flags, slips, groups, and the units of money and time.
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "cli/terminal/command.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/units.hpp"

using namespace assay;
using namespace assay::cli;

namespace {

const std::vector<Flag> kFlags = {
    {"value", "AMOUNT", "what to lock"},
    {"from", "KEY", "who signs", "", "", true},
    {"index", "I", "which", "7", "", false, true},
    {"yes", "", "do not ask"},
};

Outcome<Arguments> parse(std::vector<std::string> words) {
    return Arguments::parse(words, kFlags, {{"PATH", "a file"}});
}

CommandTable table() {
    CommandTable out;
    out.group("keys", "Your keys");
    out.add({.path = "keys new",
             .summary = "Make a key",
             .run = [](const Session& session) -> Outcome<void> {
                 Fields fields;
                 fields.add("key file", "x");
                 fields.add_number("number", 5);
                 fields.print(session.output);
                 return {};
             }});
    out.add({.path = "keys list", .summary = "List keys", .run = [](const Session&) {
                 return Outcome<void>(Problem{Exit::refused, "order_full"});
             }});
    return out;
}

struct Ran {
    int code;
    std::string out;
    std::string err;
};

Ran run(std::vector<std::string> words) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = table().run(words, out, err);
    return {code, out.str(), err.str()};
}

}  // namespace

BOOST_AUTO_TEST_CASE(flags_take_both_forms_and_repeat) {
    const auto got = parse({"a.txt", "--value=1", "--from", "alice", "--index", "1", "--index=2"});
    BOOST_REQUIRE(got);
    BOOST_TEST(got->text("PATH") == "a.txt");
    BOOST_TEST(got->text("value") == "1");
    BOOST_TEST(got->list("index").size() == 2U);
    BOOST_TEST(*got->number("index") == 2U);
    BOOST_TEST(!got->has("yes"));
    BOOST_TEST(*parse({"x", "--from", "a"})->number("index") == 7U);
}

BOOST_AUTO_TEST_CASE(wrong_flags_say_what_to_write) {
    BOOST_TEST(parse({"--form", "a"}).error().message ==
               "unknown flag --form; did you mean --from?");
    BOOST_TEST(parse({"x", "--from"}).error().message == "--from needs a value: --from KEY");
    BOOST_TEST(parse({"x", "--from", "a", "--from", "b"}).error().message ==
               "--from is given twice");
    BOOST_TEST(parse({"x"}).error().message == "--from KEY is required: who signs");
    BOOST_TEST(parse({"--from", "a"}).error().message == "PATH is missing: a file");
    BOOST_TEST(parse({"x", "y", "--from", "a"}).error().message == "unexpected argument \"y\"");
    BOOST_TEST(parse({"x", "--from", "a", "--yes=1"}).error().message == "--yes takes no value");
    BOOST_TEST(parse({"x", "--from", "a", "--index", "z"})->number("index").error().message ==
               "index: expected a whole number, got \"z\"");
    BOOST_TEST(nearest("zzz", {"from", "value"}).empty());
}

BOOST_AUTO_TEST_CASE(commands_groups_and_slips) {
    BOOST_TEST(run({"keys", "new"}).out == "key file  x\nnumber    5\n");
    BOOST_TEST(run({"keys", "new", "--json"}).out == "{\"keyFile\":\"x\",\"number\":5}\n");
    BOOST_TEST(run({"keys", "list"}).code == 3);
    BOOST_TEST(run({"keys", "list"}).err == "assay: order_full\n");
    BOOST_TEST(run({"keys", "--help"}).code == 0);
    BOOST_TEST(run({"keys"}).code == 2);
    BOOST_TEST(run({}).code == 2);
    BOOST_TEST(run({"kesy"}).err.find("did you mean \"assay keys\"?") != std::string::npos);
    BOOST_TEST(run({"keys", "lst"}).err.find("did you mean \"assay keys list\"?") !=
               std::string::npos);
    BOOST_TEST(run({"keys", "new", "--help"}).out.find("Usage: assay keys new [flags]") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(money_is_read_and_shown_exactly) {
    const auto read = [](const std::string& text) { return to_string(*parse_money(text)); };
    BOOST_TEST(read("100") == "100");
    BOOST_TEST(read("1.5assay") == "1500000000000000000");
    BOOST_TEST(read("1_000 assay") == "1000000000000000000000");
    BOOST_TEST(read("0.000000000000000001assay") == "1");
    BOOST_TEST(read("2gwei") == "2000000000");
    BOOST_TEST(read("0x10") == "16");
    BOOST_TEST(read("000") == "0");
    for (const char* bad : {"", "assay", "1.5", "1.assay", ".5assay", "1.2.3assay", "-1", "1e18",
                            "0.0000000000000000001assay", "1.0000000001gwei", "5 eth",
                            "999999999999999999999999assay"})
        BOOST_TEST(!parse_money(bad), bad);
    BOOST_TEST(show_money(*parse_money("1.5assay")) == "1.5 assay");
    BOOST_TEST(show_money(0) == "0 assay");
    BOOST_TEST(show_money(1500) == "1500 units");
    BOOST_TEST(show_gwei(1'500'000'000) == "1.5 gwei");
    BOOST_TEST(show_gwei(1) == "0.000000001 gwei");
}

BOOST_AUTO_TEST_CASE(rates_are_read_and_shown) {
    BOOST_TEST(*parse_percent("5%") == 50'000U);
    BOOST_TEST(*parse_percent("0%") == 0U);
    BOOST_TEST(*parse_percent("2.5%") == 25'000U);
    BOOST_TEST(*parse_percent("0.0001%") == 1U);
    BOOST_TEST(*parse_percent("100%") == 1'000'000U);
    for (const char* bad : {"", "%", "5", "5 %", "100.0001%", "101%", "-1%", "1.%", ".5%", "1e1%",
                            "0.00001%", "1.2.3%"})
        BOOST_TEST(!parse_percent(bad), bad);
    for (const char* text : {"0%", "5%", "2.5%", "0.0001%", "100%"})
        BOOST_TEST(show_percent(*parse_percent(text)) == text);
}

BOOST_AUTO_TEST_CASE(time_is_read_and_shown) {
    BOOST_TEST(*parse_duration("36h", "window") == 129'600U);
    BOOST_TEST(*parse_duration("90", "window") == 90U);
    BOOST_TEST(!parse_duration("1w", "window"));
    BOOST_TEST(!parse_duration("", "window"));
    BOOST_TEST(!parse_duration("99999999999999999d", "window"));
    BOOST_TEST(show_duration(93'784) == "1d 2h 3m 4s");
    BOOST_TEST(show_time(1'767'225'600) == "2026-01-01 00:00:00 UTC");
    BOOST_TEST(*parse_moment("+1h", 1000, "deadline") == 4'600U);
    BOOST_TEST(*parse_moment("5000", 1000, "deadline") == 5'000U);
}
