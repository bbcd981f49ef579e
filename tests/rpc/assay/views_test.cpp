// Views by name: how methods are named, how arguments and blocks are given, what is refused.
#include <boost/test/unit_test.hpp>
#include <set>

#include "chain/state/memory_reader.hpp"
#include "modules/wiring/modules.hpp"
#include "tests/support/rpc_chain.hpp"

using namespace assay;
using namespace assay::rpc;
using namespace assay::test;

namespace {

struct Pair {
    std::uint64_t big = 0;
    std::vector<Amount> amounts;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (big, amounts))

struct GetPair {
    using Returns = Pair;
    std::uint64_t first_value = 0;
    bool fail = false;
    Result<Pair> view(const State&, const BlockEnv& block) const {
        if (fail) return failure("no_such_order");
        return Pair{first_value, {Amount(block.height), Amount::max()}};
    }
};
BOOST_DESCRIBE_STRUCT(GetPair, (), (first_value, fail))

struct GetParams {
    using Returns = std::uint64_t;
    Result<std::uint64_t> view(const State&, const BlockEnv&) const { return 1; }
};
BOOST_DESCRIBE_STRUCT(GetParams, (), ())

Module module_of(ModuleId id, std::string_view name, std::vector<ViewEntry> views) {
    Module out{.id = id, .name = name};
    out.views = std::move(views);
    return out;
}

struct Named {
    Registry registry{{module_of(ModuleId::market, "market", views<GetPair, GetParams>()),
                       module_of(ModuleId::rewards, "rewards", views<GetParams>())}};
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_short_name_is_one_modules_alone, Named) {
    std::set<std::string> names;
    for (const auto& method : view_methods(registry)) names.insert(method.name);
    BOOST_TEST(
        (names == std::set<std::string>{"assay_market_getPair", "assay_getPair",
                                        "assay_market_getParams", "assay_rewards_getParams"}));
}

BOOST_AUTO_TEST_CASE(names_are_unique_in_the_real_registry) {
    const Registry registry(all_modules());
    std::set<std::string> names{"assay_getProof", "assay_getAbi", "assay_getTransaction"};
    for (const auto& method : view_methods(registry))
        BOOST_TEST(names.insert(method.name).second, method.name);
}

BOOST_FIXTURE_TEST_CASE(json_forms_come_from_the_declaration, Named) {
    const ViewEntry& view = registry.modules()[0].views[0];
    rapidjson::Document arguments;
    arguments.Parse(R"({"firstValue":"18446744073709551615","fail":false})");
    const auto asked = view.from_json(arguments);
    BOOST_REQUIRE(asked.has_value());
    const MemoryReader empty;
    JsonBuffer text;
    JsonWriter out(text);
    BOOST_TEST((*asked)->answer(State(empty), BlockEnv{.height = 9}, out).has_value());
    BOOST_TEST(text_of(text) == R"({"big":"18446744073709551615","amounts":["9",)"
                                R"("340282366920938463463374607431768211455"]})");
    arguments.Parse(R"({"firstValue":"1","fail":true})");
    const auto failing = view.from_json(arguments);
    BOOST_TEST((*failing)->answer(State(empty), {}, out).error().message == "no_such_order");
    arguments.Parse(R"({"firstValue":"1"})");
    BOOST_TEST(view.from_json(arguments).error().message.find("fail") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(arguments_come_by_name_or_in_order, RpcChain) {
    const std::string address = '"' + to_hex0x(alice) + '"';
    const std::string balance = R"("result":"100000000000000000000")";
    for (const char* method : {"assay_balanceOf", "assay_bank_balanceOf"}) {
        BOOST_TEST(ask(method, "[" + address + "]") == balance);
        BOOST_TEST(ask(method, R"({"account":)" + address + "}") == balance);
    }
    BOOST_TEST(ask("assay_decimals", "[]") == R"("result":18)");
    BOOST_TEST(ask("assay_decimals", "null") == R"("result":18)");
    BOOST_TEST(ask("assay_getSupply", "{}").find(R"("genesis":"100000000000000000000")") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_block_may_follow, RpcChain) {
    const std::string before = '"' + to_hex0x(app->index().block(0)->hash) + '"';
    block({sign(kBob, 7)});
    const std::string bob = '"' + to_hex0x(kBob) + '"';
    const auto at = [&](const std::string& where) {
        return ask("assay_balanceOf", "[" + bob + "," + where + "]");
    };
    for (const std::string now :
         {"\"latest\"", "\"pending\"", "\"0x1\"", "1", "null", R"({"blockNumber":"0x1"})"})
        BOOST_TEST(at(now) == R"("result":"7")", now);
    for (const std::string& then : {std::string("\"earliest\""), std::string("\"0x0\""),
                                    std::string("0"), before, R"({"blockHash":)" + before + "}"})
        BOOST_TEST(at(then) == R"("result":"0")", then);
    BOOST_TEST(ask("assay_balanceOf", R"({"account":)" + bob + R"(,"block":"0x0"})") ==
               R"("result":"0")");
    BOOST_TEST(at("\"0x2\"") == R"("error":{"code":-32000,"message":"header not found"})");
    BOOST_TEST(at("\"soon\"").find("-32602") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(wrong_arguments_are_named, RpcChain) {
    const auto refusal = [&](const std::string& params) { return ask("assay_balanceOf", params); };
    for (const char* params :
         {"[]", "{}", "[null]", "[7]", R"(["0x12"])", R"({"account":"0x12"})"}) {
        BOOST_TEST(refusal(params).find("-32602") != std::string::npos, params);
        BOOST_TEST(refusal(params).find("account") != std::string::npos, params);
    }
    const std::string address = '"' + to_hex0x(alice) + '"';
    BOOST_TEST(refusal(R"({"account":)" + address + R"(,"colour":1})").find("colour") !=
               std::string::npos);
    BOOST_TEST(refusal("[" + address + R"(,"latest",1])").find("too many arguments") !=
               std::string::npos);
}
