// `assay submit prove-fraud`: commits to a proof of fraud, waits until it counts, shows it.
#include <chrono>
#include <thread>

#include "chain/crypto/kdf.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/fields.hpp"
#include "cli/commands/typed_message.hpp"
#include "cli/terminal/output.hpp"
#include "modules/market/commit_fraud.hpp"
#include "modules/market/prove_fraud.hpp"

namespace assay::cli {

namespace {

using namespace market;

constexpr std::chrono::milliseconds kPoll{250};

Outcome<ProveFraud> proof_in(const Session& session) {
    const MessageCall call = message_call("market", "proveFraud");
    const auto clock = [&]() -> Outcome<std::uint64_t> {
        const auto rpc = rpc_of(session.arguments);
        if (!rpc) return rpc.error();
        return rpc->latest_time_s();
    };
    const auto fields = fields_of(call.entry->function.inputs, session.arguments,
                                  message_flags(*call.entry), clock);
    if (!fields) return fields.error();
    auto proof = json::read<ProveFraud>(*fields);
    if (!proof) return usage(proof.error().message);
    if (proof->commit_salt.is_zero()) {
        proof->commit_salt = crypto::random_hash();
    }
    return std::move(*proof);
}

Outcome<void> wait_for_block(const RpcClient& rpc, std::uint64_t height, std::uint64_t limit_s) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(limit_s);
    for (;;) {
        const auto answer = rpc.call("eth_blockNumber", "[]");
        if (!answer) return answer.error();
        const auto now = quantity_of(*answer, "eth_blockNumber");
        if (!now) return now.error();
        if (now->low() >= height) return {};
        if (std::chrono::steady_clock::now() > end)
            return Problem{Exit::failed, "block " + std::to_string(height) +
                                             " did not come within " + std::to_string(limit_s) +
                                             " s; the proof was not sent. Start again."};
        std::this_thread::sleep_for(kPoll);
    }
}

Outcome<void> run_prove_fraud(const Session& session) {
    if (session.arguments.has("no-wait"))
        return usage("--no-wait: a proof follows its commitment by some blocks");
    const auto limit_s = session.arguments.number("timeout");
    if (!limit_s) return limit_s.error();
    const auto proof = proof_in(session);
    if (!proof) return proof.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const CommitFraud commit{.commitment =
                                 fraud_commitment(sender->chain_id(), sender->address(), *proof)};
    const auto committed = send_typed(session, *sender, "market", commit);
    if (!committed) return committed.error();
    if (committed->dry_run) {
        print_sent(session, *committed);
        return {};
    }
    session.output.note("Committed; the proof follows " + std::to_string(kFraudProofAge_blocks) +
                        " blocks later, so that nobody can take it for his own.");
    const auto waited =
        wait_for_block(sender->rpc(), committed->receipt->block + kFraudProofAge_blocks, *limit_s);
    if (!waited) return waited.error();
    const auto sent = send_typed(session, *sender, "market", *proof);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

}  // namespace

std::vector<Command> fraud_commands() {
    const std::string no_salt = "0x" + std::string(64, '0');
    Command out = friendly_command(
        {.path = "submit prove-fraud",
         .module = "market",
         .message = "proveFraud",
         .summary = "Show fraud that arithmetic can show; ruled at once, without a jury",
         .examples = {"assay submit prove-fraud --submission 3 --kind duplicate_content "
                      "--first @leaf4.json --second @leaf9.json",
                      "assay submit prove-fraud --submission 3 --kind malformed_leaf --first "
                      "'{\"index\":0,\"leaf\":\"0x00\",\"path\":[]}'"},
         .notes =
             "Sends two messages: a commitment to the proof, and some blocks later the proof. "
             "--first and --second are leaves with their paths, {\"index\",\"leaf\",\"path\"}, "
             "as \"assay items prove\" prints them. duplicate_content: two leaves of the tree "
             "with one content id. copied_content: --second stands in --other-submission, "
             "committed earlier. malformed_leaf: --first alone. malformed_payload: --first "
             "with --salt and --payload. --commit-salt hides the proof until it is shown; a new "
             "one is drawn unless given. A proof that holds earns the challenger's share of the "
             "bond.",
         .defaults = {{"second", R"({"index":"0","leaf":"0x","path":[]})"},
                      {"otherSubmission", "0"},
                      {"salt", no_salt},
                      {"commitSalt", no_salt},
                      {"payload", "0x"}}});
    out.run = run_prove_fraud;
    return {out};
}

}  // namespace assay::cli
