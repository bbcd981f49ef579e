// `assay dispute`: challenging work and judging disputes.
#include <ostream>

#include "cli/commands/commands.hpp"
#include "cli/commands/evidence_root.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "cli/commands/votes.hpp"
#include "modules/disputes/messages.hpp"

namespace assay::cli {

namespace {

using namespace disputes;

const Flag kSeat = {"seat", "N", "one seat only; all of yours unless given"};

Outcome<void> run_challenge(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto claim = enum_of<Claim>(session.arguments.text("claim"), "--claim");
    if (!claim) return claim.error();
    const auto evidence = evidence_of(session.arguments);
    if (!evidence) return evidence.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(session, *sender, "disputes",
                                 Challenge{.submission = *id,
                                           .claim = *claim,
                                           .evidence_root = *evidence,
                                           .evidence_uri = session.arguments.text("evidence-uri")});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

// What was done to one seat.
struct SeatSent {
    std::uint8_t seat = 0;
    Choice choice{};
    Sent sent;
};

void print_seats(const Session& session, std::uint64_t dispute, const std::vector<SeatSent>& all) {
    Table table({"dispute", "seat", "vote", "transaction", "block"});
    for (const auto& one : all)
        table.add({std::to_string(dispute), std::to_string(one.seat), words_of(one.choice),
                   one.sent.dry_run ? "-" : to_hex0x(one.sent.hash),
                   one.sent.receipt ? std::to_string(one.sent.receipt->block) : "-"});
    table.print(session.output, "nothing was sent");
}

Outcome<void> run_vote_commit(const Session& session) {
    const auto id = session.arguments.number("DISPUTE");
    if (!id) return id.error();
    const auto choice = enum_of<Choice>(session.arguments.text("CHOICE"), "CHOICE");
    if (!choice) return choice.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto dispute = ask(sender->rpc(), ModuleId::disputes, GetDispute{.dispute = *id});
    if (!dispute) return dispute.error();
    const auto seats = own_seats(session.arguments, sender->rpc(), *id, sender->address());
    if (!seats) return seats.error();
    std::vector<SeatSent> done;
    for (const auto& seat : *seats) {
        if (seat.commitment != Hash256{}) {
            session.output.note("seat " + std::to_string(seat.seat) + " has its vote already");
            continue;
        }
        const auto vote =
            new_vote(sender->chain_id(), *dispute, seat.seat, sender->address(), *choice);
        const VoteCommit message{.dispute = *id, .seat = seat.seat, .commitment = vote.commitment};
        const auto keep = [&]() -> Result<void> {
            const auto saved = save_vote(vote_store(), vote);
            if (!saved) return saved.error();
            return {};
        };
        auto sent = send_typed(session, *sender, "disputes", message, {}, keep);
        if (!sent) return sent.error();
        done.push_back({seat.seat, *choice, std::move(*sent)});
    }
    print_seats(session, *id, done);
    session.output.note("When all have committed: assay dispute vote-reveal " +
                        std::to_string(*id) + ". An unrevealed vote costs twice a wrong one.");
    return {};
}

Outcome<void> run_vote_reveal(const Session& session) {
    const auto id = session.arguments.number("DISPUTE");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto dispute = ask(sender->rpc(), ModuleId::disputes, GetDispute{.dispute = *id});
    if (!dispute) return dispute.error();
    const auto seats = own_seats(session.arguments, sender->rpc(), *id, sender->address());
    if (!seats) return seats.error();
    std::vector<SeatSent> done;
    for (const auto& seat : *seats) {
        if (seat.commitment == Hash256{} || seat.choice != Choice{}) {
            session.output.note("seat " + std::to_string(seat.seat) +
                                (seat.choice == Choice{} ? " committed no vote" : " is revealed"));
            continue;
        }
        const auto vote = load_vote(vote_store(), sender->chain_id(), *dispute, seat);
        if (!vote) return vote.error();
        const VoteReveal message{
            .dispute = *id, .seat = seat.seat, .choice = vote->choice, .salt = vote->salt};
        auto sent = send_typed(session, *sender, "disputes", message);
        if (!sent) return sent.error();
        done.push_back({seat.seat, vote->choice, std::move(*sent)});
    }
    print_seats(session, *id, done);
    return {};
}

// A dispute as `show` prints it.
struct Shown {
    Dispute dispute;
    std::vector<Round> rounds;
    std::vector<Backer> backers;
    std::vector<Seat> panel;
};
BOOST_DESCRIBE_STRUCT(Shown, (), (dispute, rounds, backers, panel))

Outcome<Shown> shown_dispute(const RpcClient& rpc, std::uint64_t id) {
    auto dispute = ask(rpc, ModuleId::disputes, GetDispute{.dispute = id});
    if (!dispute) return dispute.error();
    auto rounds = ask(rpc, ModuleId::disputes, GetRounds{.dispute = id});
    if (!rounds) return rounds.error();
    auto backers = ask(rpc, ModuleId::disputes, GetBackers{.dispute = id});
    if (!backers) return backers.error();
    auto panel = ask(rpc, ModuleId::disputes, GetPanel{.dispute = id});
    if (!panel) return panel.error();
    return Shown{std::move(*dispute), std::move(*rounds), std::move(*backers), std::move(*panel)};
}

bool is_final(const Dispute& dispute) {
    return dispute.phase == Phase::ruled || dispute.phase == Phase::settling || dispute.reviewing;
}

std::string phase_of(const Dispute& dispute) {
    const std::string of =
        dispute.reviewing ? "the review" : "round " + std::to_string(dispute.round);
    return words_of(dispute.phase) + " of " + of;
}

std::string ruling_of(const Dispute& dispute) {
    if (dispute.ruling == Choice{}) return "-";
    if (dispute.by_default) return "accept, by default: no panel ruled";
    const bool final = is_final(dispute);
    return words_of(dispute.ruling) + (final ? "" : ", may still be overturned");
}

void print_facts(Output& output, const Dispute& dispute, std::uint64_t now_s) {
    Fields fields;
    fields.add("dispute", std::to_string(dispute.id));
    fields.add("phase", phase_of(dispute));
    fields.add("phase ends", when(dispute.deadline_s, now_s));
    fields.add("claim", words_of(dispute.claim));
    fields.add("submission",
               std::to_string(dispute.submission) + " of order " + std::to_string(dispute.order));
    fields.add("challenger", checksummed(dispute.challenger));
    fields.add("contributor", checksummed(dispute.contributor));
    fields.add("bonds held", show_money(dispute.bonds));
    fields.add("jury fees", show_money(dispute.fees));
    fields.add("fee of a seat", show_money(dispute.terms.jury_fee));
    fields.add("evidence root", to_hex0x(dispute.evidence_root));
    fields.add("evidence uri", dispute.evidence_uri.empty() ? "-" : dispute.evidence_uri);
    fields.add("votes", std::to_string(dispute.commits) + " committed, " +
                            std::to_string(dispute.votes_accept) + " to accept, " +
                            std::to_string(dispute.votes_reject) + " to reject");
    fields.add("ruling", ruling_of(dispute));
    fields.print(output);
}

std::string ruling_of(const Round& round) {
    if (round.by_default) return "none: the one before stands";
    return round.ruling == Choice{} ? "-" : words_of(round.ruling);
}

std::string end_of(const Backer& backer, bool divided) {
    if (!divided) return "-";
    return show_money(backer.returned) + " + " + show_money(backer.reward);
}

void print_dispute(Output& output, const Shown& shown, std::uint64_t now_s) {
    const Dispute& dispute = shown.dispute;
    print_facts(output, dispute, now_s);
    output.out() << "\n";
    Table rounds({"round", "seats", "opened by", "asks to", "fees", "panels", "ruling"});
    for (const Round& round : shown.rounds)
        rounds.add({round.round == kReviewRound ? "review" : std::to_string(round.round),
                    std::to_string(round.seats), short_address(round.opener),
                    round.side == Choice{} ? "-" : words_of(round.side), show_money(round.fees),
                    std::to_string(round.draws), ruling_of(round)});
    rounds.print(output, "");
    output.out() << "\n";
    const bool divided = is_final(dispute);
    Table backers({"backer", "role", "side", "bond", "returned + reward"});
    for (const Backer& backer : shown.backers)
        backers.add({checksummed(backer.account), words_of(backer.role), words_of(backer.side),
                     show_money(backer.bond), end_of(backer, divided)});
    backers.print(output, "");
    if (shown.panel.empty()) return;
    output.out() << "\n";
    Table table({"seat", "juror", "vote"});
    for (const auto& seat : shown.panel)
        table.add({std::to_string(seat.seat), checksummed(seat.juror),
                   seat.choice != Choice{}        ? words_of(seat.choice)
                   : seat.commitment != Hash256{} ? "committed"
                                                  : "-"});
    table.print(output, "");
}

Outcome<void> run_show(const Session& session) {
    const auto id = session.arguments.number("DISPUTE");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto shown = shown_dispute(*rpc, *id);
    if (!shown) return shown.error();
    return show_record(session, *rpc, *shown, print_dispute);
}

Outcome<void> run_list(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    auto all = all_disputes(*rpc);
    if (!all) return all.error();
    if (session.arguments.has("open"))
        std::erase_if(*all, [](const Dispute& one) { return one.phase == Phase::ruled; });
    if (session.output.json()) {
        print_record(session.output, *all);
        return {};
    }
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    Table table({"dispute", "phase", "claim", "submission", "challenger", "ruling", "phase ends"});
    for (const auto& one : *all)
        table.add({std::to_string(one.id), words_of(one.phase), words_of(one.claim),
                   std::to_string(one.submission), short_address(one.challenger),
                   one.ruling == Choice{} ? "-" : words_of(one.ruling),
                   when(one.deadline_s, *now)});
    table.print(session.output, "no disputes");
    return {};
}

std::vector<Flag> challenge_flags() {
    const Flag claim = {"claim", "CLAIM", "low_quality, plagiarism, off_spec or unlawful",
                        "",      "",      true};
    return joined(joined({claim}, evidence_flags()), sending_flags());
}

}  // namespace

std::vector<Command> dispute_commands() {
    const Positional dispute = {"DISPUTE", "its number"};
    return {
        {.path = "dispute challenge",
         .summary = "Contest a revealed submission inside its window",
         .positionals = {{"SUBMISSION", "its number"}},
         .flags = challenge_flags(),
         .examples = {"assay dispute challenge 12 --claim low_quality --evidence wrong.jsonl"},
         .notes =
             "Locks a bond and the jury's fees. A ruling for the claim returns the bond and "
             "adds the challenger's share of the contributor's; against it, the bond is lost. Any "
             "ruling but the last can be appealed.",
         .run = run_challenge},
        {.path = "dispute vote-commit",
         .summary = "Vote as a drawn juror, sealed: accept or reject the submission",
         .positionals = {dispute, {"CHOICE", "accept (the claim is wrong) or reject"}},
         .flags = joined({kSeat}, sending_flags()),
         .examples = {"assay dispute vote-commit 3 reject",
                      "assay dispute vote-commit 3 accept "
                      "--seat 1 --yes"},
         .notes = "The vote and its salt are kept in ~/.assay/votes (mode 0600) before the "
                  "commitment is sent, so that the reveal needs no retyping.",
         .run = run_vote_commit},
        {.path = "dispute vote-reveal",
         .summary = "Open your committed votes",
         .positionals = {dispute},
         .flags = joined({kSeat}, sending_flags()),
         .examples = {"assay dispute vote-reveal 3"},
         .run = run_vote_reveal},
        {.path = "dispute show",
         .summary = "One dispute: its rounds, its backers and the present panel",
         .positionals = {dispute},
         .flags = {rpc_flag()},
         .examples = {"assay dispute show 3", "assay dispute show 3 --json"},
         .run = run_show},
        {.path = "dispute list",
         .summary = "All disputes",
         .flags = {rpc_flag(), {"open", "", "only those not yet ruled"}},
         .examples = {"assay dispute list --open"},
         .run = run_list},
    };
}

}  // namespace assay::cli
