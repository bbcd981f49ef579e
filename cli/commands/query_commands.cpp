// `assay query`: accounts, blocks, transactions, and every view of every module.
#include "cli/client/rpc_client.hpp"
#include "cli/commands/catalog.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/view_command.hpp"
#include "cli/keys/keyring.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/units.hpp"

namespace assay::cli {

namespace {

Outcome<Address> address_of(const Arguments& arguments) {
    const std::string text = arguments.text("ADDRESS");
    if (!text.empty() && text.starts_with("0x") && text.size() == 42) {
        const auto address = parse_address(text);
        if (!address) return usage(address.error().message);
        return *address;
    }
    const auto key = keyring_of(arguments).find(text);
    if (!key) return key.error();
    return key->address;
}

Outcome<void> run_balance(const Session& session) {
    const auto address = address_of(session.arguments);
    if (!address) return address.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto balance = rpc->balance(*address);
    if (!balance) return balance.error();
    const auto nonce = rpc->pending_nonce(*address);
    if (!nonce) return nonce.error();
    Fields fields;
    fields.add("address", checksummed(*address));
    fields.add("balance", show_money(*balance), to_string(*balance));
    fields.add("nonce", std::to_string(*nonce));
    fields.print(session.output);
    return {};
}

// Scalars of an object as lines: quantities in decimal, long lists by their length.
void print_object(Output& output, const JsonValue& object) {
    if (output.json()) {
        output.document([&](JsonWriter& out) { object.Accept(out); });
        return;
    }
    Fields fields;
    for (const auto& member : object.GetObject()) {
        const std::string name(member.name.GetString(), member.name.GetStringLength());
        std::string text;
        if (member.value.IsString()) {
            text.assign(member.value.GetString(), member.value.GetStringLength());
            const bool is_quantity = text.size() <= 34 && text.starts_with("0x") && text != "0x" &&
                                     name != "nonce" && name != "extraData" && name != "data";
            if (const auto number = parse_amount(text); is_quantity && number)
                text = name == "timestamp" ? show_time(number->low())
                       : name == "value"   ? show_money(*number)
                                           : to_string(*number);
            if (text.size() > 200)
                text = text.substr(0, 66) + "... " + std::to_string(text.size() / 2 - 1) + " bytes";
        } else if (member.value.IsArray()) {
            text = std::to_string(member.value.Size()) + " (see --json)";
        } else {
            rapidjson::StringBuffer buffer;
            JsonWriter writer(buffer);
            member.value.Accept(writer);
            text = buffer.GetString();
        }
        fields.add(name, text);
    }
    fields.print(output);
}

Outcome<void> show_or_missing(const Session& session, const Outcome<JsonDocument>& answer,
                              const std::string& what) {
    if (!answer) return answer.error();
    if (answer->IsNull()) return Problem{Exit::failed, "the node knows no " + what};
    if (!answer->IsObject()) return Problem{Exit::failed, "unexpected answer for " + what};
    print_object(session.output, *answer);
    return {};
}

Outcome<void> run_block(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const std::string wanted =
        session.arguments.has("BLOCK") ? session.arguments.text("BLOCK") : "latest";
    if (wanted.size() == 66)
        return show_or_missing(session,
                               rpc->call("eth_getBlockByHash", "[\"" + wanted + "\",false]"),
                               "block " + wanted);
    const auto block = block_of(wanted);
    if (!block) return block.error();
    return show_or_missing(session, rpc->call("eth_getBlockByNumber", "[\"" + *block + "\",false]"),
                           "block " + wanted);
}

Outcome<void> by_hash(const Session& session, const std::string& method, const std::string& what) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto hash = fixed_from_hex<32>(session.arguments.text("HASH"));
    if (!hash) return usage("HASH: " + hash.error().message);
    const std::string text = to_hex0x(*hash);
    return show_or_missing(session, rpc->call(method, "[\"" + text + "\"]"), what + " " + text);
}

}  // namespace

std::vector<Command> query_commands() {
    auto account = keyring_flags();
    account.insert(account.begin(), rpc_flag());
    std::vector<Command> out = {
        {.path = "query balance",
         .summary = "Balance and next nonce of an account",
         .positionals = {{"ADDRESS",
                          "an address, or one of your keys by name; your only key unless "
                          "given",
                          false}},
         .flags = account,
         .examples = {"assay query balance alice", "assay query balance 0xf39f... --json"},
         .run = run_balance},
        {.path = "query block",
         .summary = "A block by height, hash or tag",
         .positionals = {{"BLOCK", "height, 32-byte hash, latest, finalized or earliest", false}},
         .flags = {rpc_flag()},
         .examples = {"assay query block", "assay query block 120 --json"},
         .run = run_block},
        {.path = "query tx",
         .summary = "A transaction by hash",
         .positionals = {{"HASH", "32 bytes of hex"}},
         .flags = {rpc_flag()},
         .examples = {"assay query tx 0x5f..."},
         .run =
             [](const Session& session) {
                 return by_hash(session, "eth_getTransactionByHash", "transaction");
             }},
        {.path = "query receipt",
         .summary = "The outcome of a transaction in a block",
         .positionals = {{"HASH", "32 bytes of hex"}},
         .flags = {rpc_flag()},
         .examples = {"assay query receipt 0x5f... --json"},
         .run =
             [](const Session& session) {
                 return by_hash(session, "eth_getTransactionReceipt", "receipt of");
             }},
    };
    out.push_back(friendly_view({.path = "query supply",
                                 .module = "bank",
                                 .view = "getSupply",
                                 .summary = "Tokens at genesis, minted and burned",
                                 .examples = {"assay query supply", "assay query supply --json"}}));
    for (const auto& module : catalog().modules())
        for (const auto& view : module.views) out.push_back(view_command(module, view));
    return out;
}

}  // namespace assay::cli
