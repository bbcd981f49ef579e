// `assay dispute join | appeal | record` and `assay replay-dispute`: what follows a challenge.
#include <ostream>

#include "cli/client/ask.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/evidence_root.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "cli/terminal/files.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/replay.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/views.hpp"

namespace assay::cli {

namespace {

using namespace disputes;

constexpr std::size_t kMaxRecordBytes = 16U << 20U;

Outcome<void> run_contest(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto evidence = evidence_of(session.arguments);
    if (!evidence) return evidence.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(session, *sender, "disputes",
                                 Contest{.submission = *id,
                                         .evidence_root = *evidence,
                                         .evidence_uri = session.arguments.text("evidence-uri")});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Outcome<void> run_join(const Session& session) {
    const auto id = session.arguments.number("DISPUTE");
    if (!id) return id.error();
    const auto side = enum_of<Choice>(session.arguments.text("SIDE"), "SIDE");
    if (!side) return side.error();
    const auto evidence = evidence_of(session.arguments);
    if (!evidence) return evidence.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent =
        send_typed(session, *sender, "disputes",
                   JoinDispute{.dispute = *id,
                               .side = *side,
                               .evidence_root = *evidence,
                               .evidence_uri = session.arguments.text("evidence-uri")});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Outcome<void> run_appeal(const Session& session) {
    const auto id = session.arguments.number("DISPUTE");
    if (!id) return id.error();
    const auto evidence = evidence_of(session.arguments);
    if (!evidence) return evidence.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto dispute = ask(*rpc, ModuleId::disputes, GetDispute{.dispute = *id});
    if (!dispute) return dispute.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(session, *sender, "disputes",
                                 Appeal{.dispute = *id,
                                        .seats = next_panel_seats(dispute->round),
                                        .evidence_root = *evidence,
                                        .evidence_uri = session.arguments.text("evidence-uri")});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Outcome<DisputeRecord> fetched_record(const Session& session) {
    const auto id = session.arguments.number("DISPUTE");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    return ask(*rpc, ModuleId::disputes, GetDisputeRecord{.dispute = *id});
}

Outcome<DisputeRecord> kept_record(const Session& session, const std::string& path) {
    const auto id = session.arguments.number("DISPUTE");
    if (!id) return id.error();
    const auto text = read_text_file(path, kMaxRecordBytes);
    if (!text) return text.error();
    const auto document = json::parse(*text);
    if (!document) return Problem{Exit::failed, path + ": " + document.error().message};
    auto record = json::read<DisputeRecord>(*document);
    if (!record) return Problem{Exit::failed, path + ": " + record.error().message};
    if (record->dispute.id != *id)
        return Problem{Exit::failed,
                       path + " is the record of dispute " + std::to_string(record->dispute.id)};
    return std::move(*record);
}

Outcome<void> run_record(const Session& session) {
    const auto record = fetched_record(session);
    if (!record) return record.error();
    print_record(session.output, *record);
    return {};
}

Outcome<void> run_replay(const Session& session) {
    const auto path = session.arguments.maybe("record");
    const auto record = path ? kept_record(session, *path) : fetched_record(session);
    if (!record) return record.error();
    const auto replayed = replay(*record);
    if (!replayed)
        return Problem{Exit::failed, "dispute " + std::to_string(record->dispute.id) +
                                         " does not replay: " + replayed.error().message};
    std::size_t seats = 0;
    for (const auto& panel : record->panels) seats += panel.seats.size();
    if (session.output.json()) {
        session.output.document([&](JsonWriter& out) {
            out.StartObject();
            out.Key("dispute");
            json::write(out, record->dispute.id);
            out.Key("ruling");
            json::write(out, replayed->ruling);
            out.Key("byDefault");
            json::write(out, replayed->by_default);
            out.Key("rounds");
            json::write(out, replayed->rounds);
            out.Key("seats");
            json::write(out, static_cast<std::uint64_t>(seats));
            out.EndObject();
        });
        return {};
    }
    Fields fields;
    fields.add("dispute", std::to_string(record->dispute.id));
    fields.add("ruling", words_of(replayed->ruling) +
                             (replayed->by_default ? ", by default: no panel ruled" : ""));
    fields.add("rounds", std::to_string(replayed->rounds));
    fields.add("seats judged", std::to_string(seats));
    fields.add("backers paid", std::to_string(record->backers.size()));
    fields.print(session.output);
    session.output.out() << "\nThe ruling and everybody's money follow from the record.\n";
    return {};
}

}  // namespace

std::vector<Command> appeal_commands() {
    const Positional dispute = {"DISPUTE", "its number"};
    return {
        {.path = "dispute contest",
         .summary = "Ask a jury to overturn the verdict of your work's order",
         .positionals = {{"SUBMISSION", "your submission, inside its window"}},
         .flags = joined(evidence_flags(), sending_flags()),
         .examples = {"assay dispute contest 12 --evidence why.jsonl"},
         .notes =
             "For verdicts of gold and redundant that fail the work or pay less than all of it. "
             "Locks a bond and the jury's fees. Ruled right, the work is paid in full and the "
             "bond returns; where the gold was wrong the buyer's bond pays too. Ruled wrong, or "
             "where no jury rules, the verdict stands.",
         .run = run_contest},
        {.path = "dispute join",
         .summary = "Stand behind one side of a dispute with a bond, in its first evidence period",
         .positionals = {dispute, {"SIDE", "accept (the claim is wrong) or reject"}},
         .flags = joined(evidence_flags(), sending_flags()),
         .examples = {"assay dispute join 3 reject --evidence more.jsonl"},
         .notes =
             "The bond shares in what the other side loses, by weight of bonds, and is lost if "
             "the other side wins.",
         .run = run_join},
        {.path = "dispute appeal",
         .summary = "Ask the next, larger panel to overturn the ruling",
         .positionals = {dispute},
         .flags = joined(evidence_flags(), sending_flags()),
         .examples = {"assay dispute appeal 3 --evidence why.jsonl"},
         .notes = "Pays the panel's fees and as much again as a bond. Fees of seats that earn none "
                  "return; the bond returns with a reward if the ruling falls, and is lost if it "
                  "stands.",
         .run = run_appeal},
        {.path = "dispute record",
         .summary = "Everything a ruling follows from, as one JSON document",
         .positionals = {dispute},
         .flags = {rpc_flag()},
         .examples = {"assay dispute record 3 > dispute-3.json"},
         .run = run_record},
        {.path = "replay-dispute",
         .summary = "Compute a ruling and everybody's money again from the dispute's record",
         .positionals = {dispute},
         .flags = {rpc_flag(),
                   {"record", "FILE", "the record, kept by \"assay dispute record\": no node"}},
         .examples = {"assay replay-dispute 3", "assay replay-dispute 3 --record dispute-3.json"},
         .run = run_replay},
    };
}

}  // namespace assay::cli
