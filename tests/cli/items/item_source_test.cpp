// Data sets as streams: JSONL, CSV, folders, what is refused, and that memory stays flat.
#include "cli/items/item_source.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>

#include "chain/crypto/kdf.hpp"

using namespace assay;
using namespace assay::cli;

namespace {

namespace fs = std::filesystem;

struct Fixture {
    fs::path folder =
        fs::temp_directory_path() / ("assay-items-" + to_hex(crypto::random_bytes(8)));
    Fixture() { fs::create_directories(folder); }
    ~Fixture() { fs::remove_all(folder); }

    fs::path file(const std::string& name, const std::string& content) const {
        fs::create_directories((folder / name).parent_path());
        std::ofstream(folder / name, std::ios::binary) << content;
        return folder / name;
    }
    static std::vector<std::string> items(const ItemSource& source) {
        std::vector<std::string> out;
        const auto done = read_items(source, [&](std::uint64_t index, ByteView payload) {
            BOOST_TEST(index == out.size());
            out.emplace_back(text_of(payload));
            return Result<void>();
        });
        BOOST_REQUIRE_MESSAGE(done, done.error().message);
        return out;
    }
    static std::string refusal(const ItemSource& source) {
        const auto done =
            read_items(source, [](std::uint64_t, ByteView) { return Result<void>(); });
        BOOST_REQUIRE(!done);
        return done.error().message;
    }
    std::vector<std::string> of(const std::string& name, const std::string& content) const {
        return items(*item_source(file(name, content), ""));
    }
    std::string why(const std::string& name, const std::string& content) const {
        const auto path = file(name, content);
        const std::string text = refusal(*item_source(path, ""));
        BOOST_REQUIRE(text.starts_with(path.string()));
        return text.substr(path.string().size() + 1);
    }
};

using Items = std::vector<std::string>;

long peak_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(lines_of_jsonl_are_items, Fixture) {
    BOOST_TEST((of("a.jsonl", "{\"a\":1}\n[2]\r\n\"x\"") == Items{"{\"a\":1}", "[2]", "\"x\""}));
    BOOST_TEST((of("bom.jsonl", "\xef\xbb\xbf{}\n") == Items{"{}"}));
    BOOST_TEST(of("empty.jsonl", "").empty());
    const std::string wide = "\"" + std::string(700'000, 'x') + "\"";
    BOOST_TEST((of("wide.jsonl", wide + "\n" + wide + "\n1\n") == Items{wide, wide, "1"}));
}

BOOST_FIXTURE_TEST_CASE(wrong_lines_of_jsonl_are_named, Fixture) {
    BOOST_TEST(
        why("a.jsonl", "1\n{\"a\":}\n").starts_with("line 2: no valid JSON. Invalid value."));
    BOOST_TEST(why("b.jsonl", "1\n\n2\n") ==
               "line 2: the line is empty; every line of JSONL is an item");
    BOOST_TEST(why("c.jsonl", "1 2\n").starts_with("line 1: no valid JSON"));
    BOOST_TEST(why("d.jsonl", "\"\xff\"\n").starts_with("line 1: no valid JSON"));
    auto small = *item_source(file("e.jsonl", "1\n\"" + std::string(999'999, 'x') + "\"\n"), "");
    small.max_item_bytes = 1'000;
    BOOST_TEST(refusal(small).find("line 2: the item is longer than 1000 bytes") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(deep_json_costs_no_stack, Fixture) {
    const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
    BOOST_TEST(of("deep.jsonl", deep + "\n").size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(records_of_csv_are_items, Fixture) {
    BOOST_TEST((of("a.csv", "id,text\n1,one\r\n2,\"two, \"\"and\"\"\r\nmore\"\n3,") ==
                Items{"1,one", "2,\"two, \"\"and\"\"\r\nmore\"", "3,"}));
    auto bare = *item_source(file("b.csv", "1,a\n2,b\n"), "csv");
    bare.header = false;
    BOOST_TEST((items(bare) == Items{"1,a", "2,b"}));
}

BOOST_FIXTURE_TEST_CASE(wrong_records_of_csv_are_named, Fixture) {
    BOOST_TEST(why("a.csv", "a,b\n1,2\n\"x\ny\",2,3\n") ==
               "line 3: the record has 3 fields where the first has 2");
    BOOST_TEST(why("b.csv", "a,b\n1,2\n\"x\ny\",2\n5\n") ==
               "line 5: the record has 1 fields where the first has 2");
    BOOST_TEST(why("c.csv", "a\nx\"y\n") == "line 2: a quote inside an unquoted field");
    BOOST_TEST(why("d.csv", "a\n\"x\"y\n") == "line 2: text after a closing quote");
    BOOST_TEST(why("e.csv", "a\n\"x\n") == "line 2: the file ends inside quotes");
    BOOST_TEST(why("f.csv", "a\nx\ry\n") ==
               "line 2: a carriage return outside quotes without a line feed");
    auto small = *item_source(file("g.csv", "a\n\"" + std::string(9'999'999, 'x')), "");
    small.max_item_bytes = 1'000;
    BOOST_TEST(refusal(small).find("line 2: the item is longer than 1000 bytes") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(files_of_a_folder_are_items_in_byte_order, Fixture) {
    file("set/b.txt", "B");
    file("set/a/z.txt", "Z");
    file("set/a.txt", "A");
    file("set/.hidden", "H");
    file("set/.git/x", "H");
    file("set/empty", "");
    const auto source = *item_source(folder / "set", "");
    BOOST_TEST((items(source) == Items{"A", "Z", "B", ""}));
    BOOST_TEST(*total_bytes(source) == 3U);
    fs::create_symlink("b.txt", folder / "set" / "link");
    BOOST_TEST(refusal(source).find("is a symbolic link") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(the_format_is_known_or_asked_for, Fixture) {
    BOOST_TEST(item_source(folder / "none", "").error().message.starts_with("there is no "));
    BOOST_TEST(item_source(file("x.dat", "1\n"), "").error().message.find("--format jsonl") !=
               std::string::npos);
    BOOST_TEST(item_source(file("x.dat", "1\n"), "jsonl").has_value());
    BOOST_TEST(!item_source(file("x.dat", "1\n"), "xml"));
    BOOST_TEST(!item_source(file("x.dat", "1\n"), "folder"));
    BOOST_TEST(!item_source(folder, "csv"));
}

BOOST_FIXTURE_TEST_CASE(a_million_lines_take_no_more_memory_than_ten_thousand, Fixture) {
    const auto write = [&](const std::string& name, std::size_t lines) {
        std::ofstream out(folder / name);
        for (std::size_t i = 0; i < lines; ++i)
            out << "{\"id\":" << i << ",\"text\":\"a line of some ordinary length\"}\n";
        out.close();
        return *item_source(folder / name, "");
    };
    const auto count = [](const ItemSource& source) {
        std::uint64_t n = 0;
        BOOST_REQUIRE(read_items(source, [&](std::uint64_t, ByteView) {
            ++n;
            return Result<void>();
        }));
        return n;
    };
    BOOST_TEST(count(write("small.jsonl", 10'000)) == 10'000U);
    const auto big = write("big.jsonl", 1'000'000);
    const long before = peak_kib();
    BOOST_TEST(count(big) == 1'000'000U);
    BOOST_TEST(peak_kib() - before < 1'024);
}
