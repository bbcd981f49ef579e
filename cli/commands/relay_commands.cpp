// `assay relay`: contribute without money. The contributor signs, anybody sends, the order's
// sponsor pays.
#include "chain/codec/abi.hpp"
#include "cli/commands/answer_items.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/data_flags.hpp"
#include "cli/commands/opening_answer.hpp"
#include "cli/commands/planned_submission.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "cli/terminal/files.hpp"
#include "cli/terminal/output.hpp"
#include "modules/relay/intent.hpp"
#include "modules/relay/relay.hpp"
#include "modules/wiring/sponsored.hpp"

namespace assay::cli {

namespace {

using relay::Relay;

// What somebody signs, where it will be written, and until when it holds.
struct Request {
    Sender sender;
    std::string out;
    std::uint64_t nonce = 0;
    std::uint64_t deadline_s = 0;
    std::uint64_t hold_s = 0;
};

Outcome<Request> open_request(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto hold = session.arguments.number("valid");
    if (!hold) return hold.error();
    const auto nonce =
        ask(sender->rpc(), ModuleId::relay, relay::NextIntentNonce{.signer = sender->address()});
    if (!nonce) return nonce.error();
    const auto now = sender->rpc().latest_time_s();
    if (!now) return now.error();
    return Request{*sender, session.arguments.text("out"), *nonce, *now + *hold, *hold};
}

template <class S, class M>
Outcome<void> sign_and_write(const Session& session, const Request& request, const S& signed_form,
                             const M& message) {
    const Hash256 digest = eip712::digest(relay::intent_domain(request.sender.chain_id()),
                                          eip712::hash_struct(signed_form));
    const auto signature = request.sender.sign(digest);
    if (!signature) return signature.error();
    const Relay intent{.signer = request.sender.address(),
                       .call = abi::encode_call(message),
                       .nonce = request.nonce,
                       .deadline_s = request.deadline_s,
                       .signature = relay::signature_bytes(*signature)};
    const auto wrote = write_private_file(request.out, json::to_string(intent) + "\n", false);
    if (!wrote) return wrote.error();
    Fields fields;
    fields.add("signed", abi::struct_name<S>());
    fields.add("signer", checksummed(intent.signer));
    fields.add("nonce", std::to_string(intent.nonce));
    fields.add("holds for", show_duration(request.hold_s));
    fields.add("file", request.out);
    fields.print(session.output);
    session.output.note(
        "Give the file to a relayer, or send it yourself from another key: "
        "assay relay send " +
        request.out);
    return {};
}

Outcome<void> run_commit(const Session& session) {
    const auto id = session.arguments.number("order");
    if (!id) return id.error();
    const auto request = open_request(session);
    if (!request) return request.error();
    const auto order = ask(request->sender.rpc(), ModuleId::market, market::GetOrder{.order = *id});
    if (!order) return order.error();
    const auto file = planned(session, request->sender, *order);
    if (!file) return file.error();
    const std::uint64_t places = order->unbonded_items - order->unbonded_items_held;
    if (file->item_count > places)
        return usage("the work has " + std::to_string(file->item_count) + " items, and order " +
                     std::to_string(*id) + " has " + std::to_string(places) +
                     " places left that need no bond");
    const auto batch = batch_of(session, request->sender, *order, *file);
    if (!batch) return batch.error();
    const auto path = path_for(session.arguments, *file);
    if (const auto saved = save_submission(path, *file); !saved) return saved.error();
    const market::CommitUnbonded message{
        .order = *id, .item_count = file->item_count, .commitment = file->commitment};
    session.output.note("The reveal needs " + path.string() + ". Such a place is kept for " +
                        show_duration(order->terms.unbonded_reveal_s) + ".");
    if (*batch) {
        const market::CommitBatch place{
            .order = *id, .batch = **batch, .unbonded = true, .commitment = file->commitment};
        return sign_and_write(
            session, *request,
            SponsoredBatch{
                .commit = place, .nonce = request->nonce, .deadline_s = request->deadline_s},
            place);
    }
    return sign_and_write(
        session, *request,
        SponsoredCommit{
            .commit = message, .nonce = request->nonce, .deadline_s = request->deadline_s},
        message);
}

Outcome<void> run_reveal(const Session& session) {
    const auto request = open_request(session);
    if (!request) return request.error();
    const auto own = own_submission(session.arguments, request->sender.rpc());
    if (!own) return own.error();
    const market::RevealSubmission message{.submission = own->submission.id,
                                           .root = own->file.root,
                                           .ciphertext_root = own->file.ciphertext_root,
                                           .key_hash = own->file.key_hash,
                                           .salt = own->file.salt,
                                           .data_uri = session.arguments.text("data-uri")};
    return sign_and_write(
        session, *request,
        SponsoredReveal{
            .reveal = message, .nonce = request->nonce, .deadline_s = request->deadline_s},
        message);
}

Outcome<void> run_answer(const Session& session) {
    const auto request = open_request(session);
    if (!request) return request.error();
    const auto messages = answers_due(session, request->sender);
    if (!messages) return messages.error();
    if (messages->size() > 1)
        session.output.note("More than " + std::to_string(market::kMaxAnswers) +
                            " items are compared: repeat this once the file was sent.");
    return sign_and_write(session, *request,
                          SponsoredAnswer{.answer = messages->front(),
                                          .nonce = request->nonce,
                                          .deadline_s = request->deadline_s},
                          messages->front());
}

Outcome<void> run_open(const Session& session) {
    const auto request = open_request(session);
    if (!request) return request.error();
    const auto answer = answer_to_request(session, request->sender);
    if (!answer) return answer.error();
    return sign_and_write(
        session, *request,
        SponsoredOpening{
            .open = *answer, .nonce = request->nonce, .deadline_s = request->deadline_s},
        *answer);
}

Outcome<void> run_send(const Session& session) {
    const std::string path = session.arguments.text("FILE");
    const auto text = read_text_file(path);
    if (!text) return text.error();
    const auto document = json::parse(*text);
    if (!document) return Problem{Exit::failed, path + ": " + document.error().message};
    const auto intent = json::read<Relay>(*document);
    if (!intent)
        return Problem{Exit::failed, path + " is no signed intent: " + intent.error().message};
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(session, *sender, "relay", *intent);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

std::vector<Flag> signing_flags() {
    std::vector<Flag> out = {
        {"out", "FILE", "where to write what was signed", "", "", true},
        {"valid", "SECONDS", "how long it may be sent", "3600"},
        rpc_flag(),
        {"from", "KEY",
         "who signs: an address, its beginning or a name; may be left out where there is one key "
         "only",
         "", "ASSAY_FROM"},
    };
    return joined(std::move(out), keyring_flags());
}

const Flag kFile = {"file", "FILE",
                    "the submission file; found in ~/.assay/submissions unless given"};

}  // namespace

std::vector<Command> relay_commands() {
    return {
        {.path = "relay commit",
         .summary = "Sign a commitment to finished work, in a place that needs no bond",
         .positionals = {{"PATH", "the work: a .jsonl or .csv file, or a folder of files"}},
         .flags = joined(work_flags(), signing_flags()),
         .examples = {"assay relay commit labels.jsonl --order 7 --out commit.json"},
         .notes = "For orders whose buyer sponsors contributors (assay order sponsor). Sends "
                  "nothing and needs no money: whoever sends the file is repaid by the order.",
         .run = run_commit},
        {.path = "relay reveal",
         .summary = "Sign the reveal of committed work",
         .positionals = {{"SUBMISSION", "its number; --file does without", false}},
         .flags =
             joined({kFile, {"data-uri", "TEXT", "where the buyer and jurors find the payloads"}},
                    signing_flags()),
         .examples = {"assay relay reveal 12 --out reveal.json"},
         .run = run_reveal},
        {.path = "relay answer",
         .summary = "Sign the showing of items that the order's policy compares",
         .positionals = {{"SUBMISSION", "its number; --file does without", false}},
         .flags = joined({kFile}, signing_flags()),
         .examples = {"assay relay answer 12 --out answer.json"},
         .run = run_answer},
        {.path = "relay open",
         .summary = "Sign the answer to a request to show items",
         .positionals = {{"REQUEST", "its number: assay submit openings SUBMISSION"}},
         .flags = joined({kFile}, signing_flags()),
         .examples = {"assay relay open 4 --out open.json"},
         .run = run_open},
        {.path = "relay send",
         .summary = "Send what somebody else signed; the order's sponsor repays the gas with a "
                    "premium",
         .positionals = {{"FILE", "as assay relay commit, reveal or open wrote it"}},
         .flags = sending_flags(),
         .examples = {"assay relay send commit.json --from relayer"},
         .notes = "You are repaid the block's base fee for the gas and the premium of the order's "
                  "terms, not your tip. Of a commitment and a reveal you get the base fee less the "
                  "premium at once, and the rest when the work is accepted.",
         .run = run_send},
    };
}

}  // namespace assay::cli
