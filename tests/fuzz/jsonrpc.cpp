// Fuzzes every RPC method over a small chain: any bytes are answered, by nothing or by valid
// JSON-RPC, and never as an internal error.
#include "tests/support/rpc_chain.hpp"

namespace {

using namespace assay;

// A chain with a block of a transfer, a message and a refused one.
test::RpcChain& chain() {
    static test::RpcChain& made = [&]() -> test::RpcChain& {
        static test::RpcChain out;
        const Address market = module_address(ModuleId::market);
        out.block({out.sign(test::kBob, 7),
                   out.sign(market, 9, abi::encode_call(test::Deposit{.refuse = false})),
                   out.sign(market, 9, abi::encode_call(test::Deposit{.refuse = true}))});
        return out;
    }();
    return made;
}

void check_answer(const JsonValue& answer) {
    CHECK(answer.IsObject() && answer.HasMember("jsonrpc") && answer.HasMember("id"));
    CHECK(answer.MemberCount() == 3);
    if (answer.HasMember("result")) return;
    const JsonValue& error = answer["error"];
    CHECK(error.IsObject() && error["code"].IsInt() && error["message"].IsString());
    CHECK(error["code"].GetInt() != static_cast<int>(rpc::ErrorCode::internal));
}

void check_reply(const std::string& reply) {
    if (reply.empty()) return;
    rapidjson::Document parsed;
    parsed.Parse<rapidjson::kParseValidateEncodingFlag>(reply.data(), reply.size());
    CHECK(!parsed.HasParseError());
    if (!parsed.IsArray()) return check_answer(parsed);
    CHECK(!parsed.Empty());
    for (const auto& answer : parsed.GetArray()) check_answer(answer);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    check_reply(chain().handle(text));
    // The same as the parameters of a method that the first byte chooses.
    const auto methods = chain().dispatcher.methods();
    if (size == 0) return 0;
    const std::string& name = methods[data[0] % methods.size()]->name;
    check_reply(chain().handle(R"({"jsonrpc":"2.0","id":1,"method":")" + name + R"(","params":)" +
                               text.substr(1) + "}"));
    return 0;
}
