// Disputes: challenges, who joins, the votes of every panel up to 127 seats, and appeals.
#include "bench/gas/cases.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/views.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/views.hpp"

namespace assay::bench {

namespace {

using namespace disputes;
using test::ItemWork;

constexpr std::size_t kLargePanels = 3;  // lanes that appeal to the last round

// Each round has lanes that let its ruling stand.
std::size_t appealing(std::size_t lanes, std::uint8_t round) {
    if (round == 1) return lanes / 2;
    return std::min(lanes / 2, kLargePanels + kMaxRounds - 1U - round);
}

class DisputeTale {
  public:
    explicit DisputeTale(Story& story) : story_(story) {}

    void submissions() {
        first_order_ = last_order(story_) + 1;
        const Amount price = Amount(kTokenUnits / 100);
        const Amount locked =
            story_.ask(market::QuotePostOrder{.item_quota = 4, .price_per_item = price});
        story_.each([&](std::size_t lane) {
            return call(person(lane, Role::buyer), ModuleId::market,
                        market::PostOrder{.spec_hash = sha256(view_of("spec")),
                                          .spec_uri = "ipfs://spec",
                                          .item_quota = 4,
                                          .price_per_item = price,
                                          .max_payload_bytes = 100,
                                          .deadline_s = story_.now_s() + 1'000},
                        locked);
        });
        first_submission_ = last_submission(story_) + 1;
        const Amount bond = story_.ask(market::QuoteCommit{.order = first_order_, .item_count = 4});
        story_.each([&](std::size_t lane) {
            return call(person(lane, Role::writer), ModuleId::market, work(lane).commit(), bond);
        });
        story_.chain().commit();
        story_.each([&](std::size_t lane) {
            return call(person(lane, Role::writer), ModuleId::market,
                        work(lane).reveal(first_submission_ + lane));
        });
    }

    void challenges() {
        first_ = story_.chain().state().get_or_default(kLastDispute, {}) + 1;
        story_.measure(
            "disputes.challenge", "",
            [&](std::size_t lane) {
                const std::uint64_t id = first_submission_ + lane;
                return call(person(lane, Role::challenger), ModuleId::disputes,
                            Challenge{.submission = id,
                                      .claim = Claim::low_quality,
                                      .evidence_root = sha256(view_of("why")),
                                      .evidence_uri = "ipfs://why"},
                            story_.ask(QuoteChallenge{.submission = id}));
            },
            kJuryOfThree);
        for (std::size_t i = 0; i < kMaxJoiners; ++i) join(i);
    }

    void votes() {
        panel(story_.lanes(), true);
        for (std::uint8_t round = 1; round < kMaxRounds; ++round) {
            const std::size_t lanes = appealing(story_.lanes(), round);
            if (!can_seat(round)) break;
            appeal(lanes, round);
            panel(lanes, false);
        }
        story_.chain().pass(story_.now_s() + 500);
    }

  private:
    std::uint64_t dispute(std::size_t lane) const { return first_ + lane; }
    Dispute record(std::size_t lane) const { return story_.ask(GetDispute{dispute(lane)}); }
    ItemWork work(std::size_t lane) const {
        return {.order = first_order_ + lane,
                .contributor = person(lane, Role::writer),
                .contents = {1, 2, 3, 4},
                .salt = sha256(view_of("salt"))};
    }
    // In the little state of a short run there are jurors for the first panels only.
    bool can_seat(std::uint8_t round) const {
        return story_.lanes() >= 8 || panel_seats(round) <= 7;
    }
    void join(std::size_t i) {
        const auto make = [&](std::size_t lane) {
            return call(one_of_many(lane, i), ModuleId::disputes,
                        JoinDispute{.dispute = dispute(lane),
                                    .side = i % 2 == 0 ? Choice::accept : Choice::reject,
                                    .evidence_root = sha256(view_of("why")),
                                    .evidence_uri = "ipfs://why"},
                        story_.ask(QuoteJoin{dispute(lane)}));
        };
        if (i == 0 || i + 1 == kMaxJoiners)
            story_.measure("disputes.joinDispute", "after " + std::to_string(i), make);
        else
            story_.each(make);
    }
    void appeal(std::size_t lanes, std::uint8_t round) {
        const std::string seats = std::to_string(panel_seats(round));
        std::vector<std::string> later;
        for (const char* phase : {"evidence", "commit", "reveal", "appealable", "settling"})
            if (round + 1 < kMaxRounds || phase != std::string("appealable"))
                later.push_back(std::string("dispute_phase_ends ") + phase + " " + seats);
        story_.measure_some(
            lanes, "disputes.appeal", seats + " seats",
            [&](std::size_t lane) {
                const bool rejected = record(lane).ruling == Choice::reject;
                return call(person(lane, rejected ? Role::writer : Role::challenger),
                            ModuleId::disputes,
                            Appeal{.dispute = dispute(lane),
                                   .seats = panel_seats(round),
                                   .evidence_root = sha256(view_of("why")),
                                   .evidence_uri = "ipfs://why"},
                            story_.ask(QuoteAppeal{dispute(lane)}));
            },
            std::move(later));
    }

    // One panel from its drawing to its ruling, all seats of one opinion, which changes by round.
    void panel(std::size_t lanes, bool measured) {
        story_.chain().pass(record(0).deadline_s);
        story_.chain().sweep();
        const std::size_t seats = record(0).seats;
        for (std::size_t seat = 0; seat < seats; ++seat) vote(lanes, seat, measured, false);
        story_.chain().sweep();
        for (std::size_t seat = 0; seat < seats; ++seat) vote(lanes, seat, measured, true);
        story_.chain().sweep();
    }
    Choice choice(std::size_t lane) const {
        return record(lane).round % 2 == 0 ? Choice::reject : Choice::accept;
    }
    void vote(std::size_t lanes, std::size_t number, bool measured, bool reveals) {
        const auto seat = static_cast<std::uint8_t>(number);
        const Hash256 salt = sha256(view_of("vote"));
        const auto make = [&](std::size_t lane) {
            const Dispute at = record(lane);
            const Address juror =
                story_.chain()
                    .state()
                    .must_get(kSeats, {.dispute = at.id, .draw = at.draws, .seat = seat})
                    .juror;
            if (reveals)
                return call(
                    juror, ModuleId::disputes,
                    VoteReveal{
                        .dispute = at.id, .seat = seat, .choice = choice(lane), .salt = salt});
            return call(juror, ModuleId::disputes,
                        VoteCommit{.dispute = at.id,
                                   .seat = seat,
                                   .commitment = vote_commitment(kChainId, at.id, at.draws, seat,
                                                                 juror, choice(lane), salt)});
        };
        const std::string name = reveals ? "disputes.voteReveal" : "disputes.voteCommit";
        if (measured && number == 0) return story_.measure(name, "", make);
        if (measured && number == 2) return story_.measure(name, "the last", make);
        for (std::size_t lane = 0; lane < lanes; ++lane) story_.chain().send(make(lane));
    }

    Story& story_;
    std::uint64_t first_order_ = 0;
    std::uint64_t first_submission_ = 0;
    std::uint64_t first_ = 0;
};

}  // namespace

void tell_of_disputes(Story& story) {
    DisputeTale tale(story);
    tale.submissions();
    tale.challenges();
    tale.votes();
}

}  // namespace assay::bench
