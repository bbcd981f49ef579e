// What challengers, backers and jurors do.
#include "modules/disputes/messages.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/views.hpp"
#include "tests/support/player/acts.hpp"

namespace assay::test {

namespace {

using disputes::Phase;

std::uint64_t dispute_in(Stage& stage, Phase phase) {
    return stage.fitting(disputes::kDisputes, [&](const disputes::Dispute& each) {
        return each.phase == phase && stage.now_s() < each.deadline_s;
    });
}

// Of the newest contests the first that waits in this phase, in every second case; 0: none.
std::uint64_t contest_in(Stage& stage, Phase phase) {
    if (stage.choices.below(2) == 0) return 0;
    const std::uint64_t last = stage.state().get_or_default(disputes::kLastDispute, {});
    for (std::uint64_t id = last; id > 0 && id + 30 > last; --id) {
        const auto each = stage.state().must_get(disputes::kDisputes, id);
        if (each.claim == disputes::Claim::wrong_verdict && each.phase == phase &&
            stage.now_s() < each.deadline_s)
            return id;
    }
    return 0;
}

std::optional<disputes::Seat> seat_of(const Stage& stage, std::uint64_t id, std::uint8_t draw,
                                      std::uint8_t seat) {
    return stage.state().get(disputes::kSeats, {.dispute = id, .draw = draw, .seat = seat});
}

std::uint8_t draw_of(const Stage& stage, std::uint64_t id) {
    const auto dispute = stage.state().get(disputes::kDisputes, id);
    return dispute ? dispute->draws : std::uint8_t{0};
}

void commit_vote(Stage& stage, std::uint64_t id, std::uint8_t seat) {
    const std::uint8_t draw = draw_of(stage, id);
    const auto record = seat_of(stage, id, draw, seat);
    const Address juror = record ? record->juror : stage.anybody();
    const Vote vote{.choice = static_cast<disputes::Choice>(1 + stage.choices.below(2)),
                    .salt = stage.hash()};
    const Vote& kept = stage.votes.try_emplace({id, draw, seat}, vote).first->second;
    stage.send(
        stage.mostly(juror), ModuleId::disputes,
        disputes::VoteCommit{.dispute = id,
                             .seat = seat,
                             .commitment = disputes::vote_commitment(
                                 kWiredChainId, id, draw, seat, juror, kept.choice, kept.salt)});
}

void reveal_vote(Stage& stage, std::uint64_t id, std::uint8_t seat) {
    const std::uint8_t draw = draw_of(stage, id);
    const auto record = seat_of(stage, id, draw, seat);
    const auto kept = stage.votes.find({id, draw, seat});
    disputes::VoteReveal message{.dispute = id, .seat = seat};
    if (kept != stage.votes.end()) {
        message.choice = kept->second.choice;
        message.salt = kept->second.salt;
    }
    if (kept == stage.votes.end() || stage.choices.one_in(32)) {
        message.choice = static_cast<disputes::Choice>(stage.choices.below(4));
        message.salt = stage.hash();
    }
    stage.send(stage.mostly(record ? record->juror : stage.anybody()), ModuleId::disputes, message);
}

}  // namespace

void challenge(Stage& stage) {
    const std::uint64_t id =
        stage.fitting(market::kSubmissions, [&](const market::Submission& each) {
            return each.state == market::SubmissionState::window && stage.now_s() < each.deadline_s;
        });
    const disputes::Challenge message{
        .submission = id,
        .claim =
            static_cast<disputes::Claim>(stage.choices.one_in(48) ? 9 : 1 + stage.choices.below(4)),
        .evidence_root = stage.hash(),
        .evidence_uri = "ipfs://evidence"};
    const auto quote = stage.chain.ask(disputes::QuoteChallenge{.submission = id});
    stage.send(stage.anybody(), ModuleId::disputes, message, stage.nearly(quote));
}

void appeal(Stage& stage) {
    const std::uint64_t contest = contest_in(stage, Phase::appealable);
    const std::uint64_t id = contest != 0 ? contest : dispute_in(stage, Phase::appealable);
    const auto record = stage.state().get(disputes::kDisputes, id);
    const std::uint8_t round = record ? record->round : 0;
    const disputes::Appeal message{.dispute = id,
                                   .seats = disputes::next_panel_seats(round),
                                   .evidence_root = stage.hash(),
                                   .evidence_uri = "ipfs://appeal"};
    const auto quote = stage.chain.ask(disputes::QuoteAppeal{.dispute = id});
    stage.send(stage.anybody(), ModuleId::disputes, message, stage.nearly(quote));
}

void join(Stage& stage) {
    const std::uint64_t id = stage.fitting(disputes::kDisputes, [&](const disputes::Dispute& each) {
        return each.phase == Phase::evidence && each.draws == 0 && stage.now_s() < each.deadline_s;
    });
    const disputes::JoinDispute message{
        .dispute = id,
        .side = static_cast<disputes::Choice>(
            stage.choices.one_in(48) ? 3 : 1 + stage.choices.below(2)),
        .evidence_root = stage.hash(),
        .evidence_uri = "ipfs://joined"};
    const auto quote = stage.chain.ask(disputes::QuoteJoin{.dispute = id});
    stage.send(stage.anybody(), ModuleId::disputes, message, stage.nearly(quote));
}

// What the phase of a dispute asks of its seats, most of them. The oldest first, whose time ends.
void vote_all(Stage& stage) {
    std::uint64_t id =
        contest_in(stage, stage.choices.below(2) == 0 ? Phase::commit : Phase::reveal);
    if (id == 0)
        id = stage.fitting(disputes::kDisputes, [&](const disputes::Dispute& each) {
            if (stage.now_s() >= each.deadline_s) return false;
            return (each.phase == Phase::commit && each.commits < each.seats) ||
                   (each.phase == Phase::reveal && each.reveals < each.commits);
        });
    const auto dispute = stage.state().get(disputes::kDisputes, id);
    if (!dispute) return;
    const bool commits = dispute->phase == Phase::commit;
    const std::uint32_t silent = stage.choices.below(8);  // one seat's number, often nobody's
    for (std::uint8_t seat = 0; seat < dispute->seats; ++seat) {
        const auto record = seat_of(stage, id, dispute->draws, seat);
        if (seat == silent || !record) continue;
        const bool done =
            commits ? !record->commitment.is_zero()
                    : record->commitment.is_zero() || record->choice != disputes::Choice{};
        if (done && !stage.choices.one_in(16)) continue;
        commits ? commit_vote(stage, id, seat) : reveal_vote(stage, id, seat);
    }
}

void vote_once(Stage& stage) {
    const auto seat =
        static_cast<std::uint8_t>(stage.choices.below(stage.choices.one_in(32) ? 256 : 3));
    const std::uint64_t id = stage.dispute_id();
    stage.choices.below(2) == 0 ? commit_vote(stage, id, seat) : reveal_vote(stage, id, seat);
}

}  // namespace assay::test
