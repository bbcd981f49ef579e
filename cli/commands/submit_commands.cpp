// `assay submit`: a contributor's work from commitment to payment.
#include <ostream>

#include "cli/commands/answer_items.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/commit_choice.hpp"
#include "cli/commands/data_flags.hpp"
#include "cli/commands/planned_submission.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/submission_lookup.hpp"
#include "cli/commands/typed_message.hpp"
#include "cli/terminal/files.hpp"
#include "modules/market/batches.hpp"
#include "modules/market/submit.hpp"

namespace assay::cli {

namespace {

using namespace market;

const Flag kFile = {"file", "FILE",
                    "the submission file; found in ~/.assay/submissions unless given"};

void print_committed(const Session& session, const Sent& sent, const SubmissionFile& file,
                     const std::string& path, const Order& order) {
    const auto event = event_in(sent, "SubmissionCommitted");
    const AbiValue* id = value_named(event, "submission");
    Fields fields;
    fields.add("submission", id == nullptr ? "" : id->text);
    fields.add("order", std::to_string(file.order));
    fields.add("items", std::to_string(file.item_count));
    fields.add("root", to_hex0x(file.root));
    fields.add("commitment", to_hex0x(file.commitment));
    fields.add("bond", show_money(sent.envelope.value), to_string(sent.envelope.value));
    fields.add("file", path);
    fields.add("transaction", to_hex0x(sent.hash));
    if (sent.receipt) fields.add("block", std::to_string(sent.receipt->block));
    fields.print(session.output);
    session.output.note("Reveal it within " + show_duration(order.terms.reveal_window_s) +
                        " or the bond is lost: assay submit reveal " +
                        (id == nullptr ? "--file " + path : id->text));
}

Outcome<void> run_commit(const Session& session) {
    const auto id = session.arguments.number("order");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto order = ask(sender->rpc(), ModuleId::market, GetOrder{.order = *id});
    if (!order) return order.error();
    const auto file = planned(session, *sender, *order);
    if (!file) return file.error();
    const auto batch = batch_of(session, *sender, *order, *file);
    if (!batch) return batch.error();
    const std::filesystem::path path = path_for(session.arguments, *file);
    const auto keep = [&] { return save_submission(path, *file); };
    const auto sent =
        *batch ? send_typed(
                     session, *sender, "market",
                     CommitBatch{.order = *id, .batch = **batch, .commitment = file->commitment},
                     {}, keep)
               : send_commitment(session, *sender, *file, keep);
    if (!sent) return sent.error();
    if (sent->dry_run)
        print_sent(session, *sent);
    else
        print_committed(session, *sent, *file, path.string(), *order);
    return {};
}

Outcome<void> run_reveal(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto own = own_submission(session.arguments, sender->rpc());
    if (!own) return own.error();
    if (own->file.contributor != sender->address())
        return usage("--from: submission " + std::to_string(own->submission.id) + " belongs to " +
                     checksummed(own->file.contributor) + ", who alone can reveal it");
    const RevealSubmission message{.submission = own->submission.id,
                                   .root = own->file.root,
                                   .ciphertext_root = own->file.ciphertext_root,
                                   .key_hash = own->file.key_hash,
                                   .salt = own->file.salt,
                                   .data_uri = session.arguments.text("data-uri")};
    const auto sent = send_typed(session, *sender, "market", message);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    session.output.note("Keep " + own->path.string() +
                        ": proofs of single items need its secret until all money is paid out.");
    return {};
}

void print_submission(Output& output, const Submission& submission, std::uint64_t now_s) {
    Fields fields;
    fields.add("submission", std::to_string(submission.id));
    fields.add("order", std::to_string(submission.order));
    fields.add("state", words_of(submission.state));
    fields.add("contributor", checksummed(submission.contributor));
    fields.add("items", std::to_string(submission.item_count));
    fields.add("next deadline", when(submission.deadline_s, now_s));
    fields.add("committed", when(submission.committed_s, now_s) + ", block " +
                                std::to_string(submission.committed_height));
    fields.add("tier", "T" + std::to_string(submission.tier));
    fields.add("bond held", submission.unbonded ? "none was needed" : show_money(submission.bond));
    if (!submission.pledged.is_zero())
        fields.add("pledged beside it", show_money(submission.pledged));
    if (submission.items_asked != 0)
        fields.add("asked to show", std::to_string(submission.items_asked) + " items, " +
                                        std::to_string(submission.items_missing) + " missing");
    fields.add("paid", show_money(submission.payout));
    fields.add("of it held back", show_money(submission.holdback));
    if (!submission.holdback_pledged.is_zero())
        fields.add("of it pledged for other work", show_money(submission.holdback_pledged));
    if (submission.failed)
        fields.add("verdict", "failed: rejected unless you contest it (assay dispute contest)");
    else if (submission.verdict_ppm < kPpm)
        fields.add("verdict", std::to_string(submission.verdict_ppm / 10'000) + "% of the value");
    if (submission.dispute != 0) fields.add("dispute", std::to_string(submission.dispute));
    if (submission.reason != Reason::none) {
        fields.add("reason", words_of(submission.reason));
        fields.add("evidence", to_hex0x(submission.evidence));
    }
    fields.add("root", to_hex0x(submission.root));
    fields.add("commitment", to_hex0x(submission.commitment));
    fields.add("data uri", submission.data_uri.empty() ? "-" : submission.data_uri);
    fields.print(output);
}

Outcome<void> run_show(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto submission = ask(*rpc, ModuleId::market, GetSubmission{.submission = *id});
    if (!submission) return submission.error();
    return show_record(session, *rpc, *submission, print_submission);
}

Outcome<void> run_list(const Session& session) {
    const auto order = session.arguments.number("order");
    if (!order) return order.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto all = submissions_of(*rpc, *order);
    if (!all) return all.error();
    if (session.output.json()) {
        print_record(session.output, *all);
        return {};
    }
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    Table table({"submission", "state", "contributor", "items", "bond", "paid", "next deadline"});
    for (const auto& one : *all)
        table.add({std::to_string(one.id), words_of(one.state), short_address(one.contributor),
                   std::to_string(one.item_count), show_money(one.bond), show_money(one.payout),
                   when(one.deadline_s, *now)});
    table.print(session.output, "nobody has committed to this order");
    return {};
}

Outcome<void> run_files(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto chain_id = rpc->chain_id();
    if (!chain_id) return chain_id.error();
    Table table({"submission", "state", "order", "items", "contributor", "file"});
    for (const auto& [path, file] : submissions_in(submissions_home())) {
        if (file.chain_id != *chain_id) continue;
        const auto on_chain = submission_of(*rpc, file);
        table.add({on_chain ? std::to_string(on_chain->id) : "-",
                   on_chain ? words_of(on_chain->state) : "not on the chain",
                   std::to_string(file.order), std::to_string(file.item_count),
                   short_address(file.contributor), path.string()});
    }
    table.print(session.output, "no submission files in " + submissions_home().string());
    return {};
}

Outcome<void> run_answer(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto messages = answers_due(session, *sender);
    if (!messages) return messages.error();
    std::vector<Sent> all;
    for (const AnswerItems& message : *messages) {
        auto sent = send_typed(session, *sender, "market", message);
        if (!sent) return sent.error();
        all.push_back(std::move(*sent));
    }
    print_all_sent(session, all);
    return {};
}

Outcome<void> run_settle(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(session, *sender, "market", Settle{.submission = *id});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Command prove_fraud_command() {
    return friendly_command(
        {.path = "submit prove-fraud",
         .module = "market",
         .message = "proveFraud",
         .summary = "Show fraud that arithmetic can show; ruled at once, without a jury",
         .examples = {"assay submit prove-fraud --submission 3 --kind duplicate_content "
                      "--first @leaf4.json --second @leaf9.json",
                      "assay submit prove-fraud --submission 3 --kind malformed_leaf --first "
                      "'{\"index\":0,\"leaf\":\"0x00\",\"path\":[]}'"},
         .notes =
             "--first and --second are leaves with their paths, {\"index\",\"leaf\",\"path\"}, "
             "as \"assay items prove\" prints them. duplicate_content: two leaves of the tree "
             "with one content id. copied_content: --second stands in --other-submission, "
             "committed earlier. malformed_leaf: --first alone. malformed_payload: --first "
             "with --salt and --payload. A proof that holds earns the challenger's share of "
             "the bond.",
         .defaults = {{"second", R"({"index":"0","leaf":"0x","path":[]})"},
                      {"otherSubmission", "0"},
                      {"salt", "0x" + std::string(64, '0')},
                      {"payload", "0x"}}});
}

}  // namespace

std::vector<Command> submit_commands() {
    const Positional submission = {"SUBMISSION", "its number"};
    const Positional mine = {"SUBMISSION", "its number; --file does without", false};
    return {
        {.path = "submit commit",
         .summary = "Commit to finished work on an order and lock the bond",
         .positionals = {{"PATH", "the work: a .jsonl or .csv file, or a folder of files"}},
         .flags = joined(joined(work_flags(), commit_flags()), sending_flags()),
         .examples = {"assay submit commit photos/ --order 7",
                      "assay submit commit labels.csv --order 7 --task-field text "
                      "--payload-field label --yes",
                      "assay submit commit photos/ --order 7 --tier 2 --pledge-holdback 12"},
         .notes = "Hashes the work, keeps what the reveal needs in a submission file, then sends; "
                  "nobody learns more than the number of items. Refuses what anyone could prove to "
                  "be fraud. For an annotation order: " +
                  annotation_help(),
         .run = run_commit},
        {.path = "submit reveal",
         .summary = "Open a commitment; the challenge window begins",
         .positionals = {mine},
         .flags =
             joined({kFile, {"data-uri", "TEXT", "where the buyer and jurors find the payloads"}},
                    sending_flags()),
         .examples = {"assay submit reveal 12", "assay submit reveal --file work.submission.json"},
         .notes = "Possible from the block after the commitment on. Nothing has to be typed: root "
                  "and salt come from the submission file.",
         .run = run_reveal},
        {.path = "submit show",
         .summary = "One submission: state, deadline, money",
         .positionals = {submission},
         .flags = {rpc_flag()},
         .examples = {"assay submit show 12", "assay submit show 12 --json"},
         .run = run_show},
        {.path = "submit list",
         .summary = "All submissions of an order",
         .flags = {rpc_flag(), {"order", "N", "the order", "", "", true}},
         .examples = {"assay submit list --order 7"},
         .run = run_list},
        {.path = "submit files",
         .summary = "Your submission files and what became of their commitments",
         .flags = {rpc_flag()},
         .examples = {"assay submit files"},
         .run = run_files},
        {.path = "submit answer",
         .summary = "Show the items that the order's policy compares, before its verdict",
         .positionals = {mine},
         .flags = joined({kFile}, sending_flags()),
         .examples = {"assay submit answer 12"},
         .notes =
             "For orders under gold and redundant, once what is compared is drawn (and gold is "
             "opened): \"assay order batches ORDER\" tells when. Items and payloads come from "
             "the data set and the submission file. What is not shown counts as wrong.",
         .run = run_answer},
        {.path = "submit settle",
         .summary = "Settle a submission whose deadline has passed, without waiting for the sweep",
         .positionals = {submission},
         .flags = sending_flags(),
         .examples = {"assay submit settle 12"},
         .run = run_settle},
        prove_fraud_command(),
    };
}

}  // namespace assay::cli
