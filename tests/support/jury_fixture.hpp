// Owns a small chain for tests of disputes: real jurors and disputes, and a market of one kind of
// submission that keeps a bond and remembers how it was resolved.
#pragma once

#include "modules/disputes/events.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/module.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/replay.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/views.hpp"
#include "tests/support/juror_fixture.hpp"

namespace assay::test {

enum class Resolution : std::uint8_t { window = 1, disputed = 2, accepted = 3, rejected = 4 };

// What the stand-in market knows of a submission.
struct Work {
    Address contributor;
    Address buyer;
    Amount bond;
    Amount value;
    std::uint64_t window_ends_s = 0;
    Resolution resolution = Resolution::window;
    bool failed = false;  // by the policy's verdict
};
BOOST_DESCRIBE_STRUCT(Work, (),
                      (contributor, buyer, bond, value, window_ends_s, resolution, failed))
inline constexpr Table<std::uint64_t, Work> kWork{ModuleId::market, 1};
inline constexpr Table<Only, Hash256> kBeacon{ModuleId::beacon, 1};

inline const Address kContributor = person(1'001);
inline const Address kBuyer = person(1'002);
inline const Address kChallenger = person(1'003);
inline const Address kFriend = person(1'004);           // backs a side
inline constexpr std::uint64_t kBond = 4'001;           // the contributor's
inline constexpr std::uint64_t kChallengeBond = 1'001;  // a quarter of it, rounded up
inline constexpr std::uint64_t kFee = 101;
inline constexpr std::uint64_t kStart = 1'000'000;  // everybody's balance
inline constexpr std::uint64_t kQuote = kChallengeBond + 3 * kFee;

struct JuryFixture : JurorFixture {
    disputes::Params terms;

    JuryFixture() : JurorFixture({jurors::make_module(), disputes::make_module()}) {
        terms.min_challenge_bond = Amount(10);
        terms.jury_fee = Amount(kFee);
        terms.juror_effort = Amount(1);
        terms.evidence_s = 5;
        terms.commit_s = 10;
        terms.reveal_s = 20;
        terms.appeal_s = 7;
        terms.review_ppm = 0;
        disputes::init(state, terms);
        new_beacon();
        for (const Address& who : {kContributor, kBuyer, kChallenger, kFriend})
            fund(who, Amount(kStart));
    }

    void new_beacon() { state.put(kBeacon, {}, sha256(record::encode(block.height))); }
    void end_block(std::uint64_t later_s = 1) {
        JurorFixture::end_block(later_s);
        new_beacon();
    }
    // Blocks a second apart until `time_s` has been executed.
    void run_until(std::uint64_t time_s) {
        while (block.time_s <= time_s) end_block();
    }
    // Persons 0..count-1 hold `units` units of stake each, eligible now.
    void hire(std::uint32_t count, std::uint64_t units = 5) {
        for (std::uint32_t i = 0; i < count; ++i) {
            fund(person(i), Amount(kStart));
            BOOST_REQUIRE(stake(person(i), Amount(units * kMinStake)) == TxCode::ok);
        }
        set_epoch(epoch() + 1);
    }
    void submit(std::uint64_t id, std::uint64_t bond = kBond, std::uint64_t value = 0) {
        fund(pool::kContributorBonds, Amount(bond));
        state.put(kWork, id,
                  {.contributor = kContributor,
                   .buyer = kBuyer,
                   .bond = Amount(bond),
                   .value = Amount(value),
                   .window_ends_s = block.time_s + 100});
    }
    Resolution resolution(std::uint64_t id) const { return state.must_get(kWork, id).resolution; }

    TxCode challenge(const Address& who, disputes::Challenge message, Amount value) {
        return run(ModuleId::disputes, who, message, value);
    }
    static disputes::Challenge claim_of(std::uint64_t submission) {
        Hash256 evidence;
        evidence.bytes.fill(0xe1);
        return {.submission = submission,
                .claim = disputes::Claim::low_quality,
                .evidence_root = evidence,
                .evidence_uri = "ipfs://evidence"};
    }
    TxCode contest(const Address& who, Amount value) {
        return run(ModuleId::disputes, who,
                   disputes::Contest{.submission = 1,
                                     .evidence_root = claim_of(1).evidence_root,
                                     .evidence_uri = "ipfs://contest"},
                   value);
    }
    // Submission 1, which the policy found bad.
    void fail() {
        submit(1);
        Work work = state.must_get(kWork, 1);
        work.failed = true;
        state.put(kWork, 1, work);
    }
    // Submission 1, challenged as dispute 1.
    void open() {
        submit(1);
        BOOST_REQUIRE(challenge(kChallenger, claim_of(1), Amount(kQuote)) == TxCode::ok);
    }
    // The same, and on until its first panel is drawn.
    void open_and_draw() {
        open();
        run_until(dispute().deadline_s);
    }

    disputes::Dispute dispute(std::uint64_t id = 1) const {
        return state.must_get(disputes::kDisputes, id);
    }
    std::vector<disputes::Seat> panel(std::uint64_t id = 1) const {
        return disputes::GetPanel{.dispute = id}.view(state, block).value();
    }
    disputes::DisputeRecord record_of(std::uint64_t id = 1) const {
        return disputes::GetDisputeRecord{.dispute = id}.view(state, block).value();
    }
    static Hash256 salt_of(std::uint8_t seat) {
        Hash256 out;
        out.bytes.fill(static_cast<std::uint8_t>(seat + 1));
        return out;
    }
    TxCode commit(std::uint8_t seat, disputes::Choice choice, std::uint64_t id = 1) {
        const Address juror = panel(id).at(seat).juror;
        return run(ModuleId::disputes, juror,
                   disputes::VoteCommit{.dispute = id,
                                        .seat = seat,
                                        .commitment = disputes::vote_commitment(
                                            block.chain_id, id, dispute(id).draws, seat, juror,
                                            choice, salt_of(seat))});
    }
    TxCode reveal(std::uint8_t seat, disputes::Choice choice, std::uint64_t id = 1) {
        return run(ModuleId::disputes, panel(id).at(seat).juror,
                   disputes::VoteReveal{
                       .dispute = id, .seat = seat, .choice = choice, .salt = salt_of(seat)});
    }

    TxCode appeal(const Address& who, Amount value, std::uint64_t id = 1) {
        return appeal(who, value, next_panel(id), id);
    }
    TxCode appeal(const Address& who, Amount value, std::uint8_t seats, std::uint64_t id) {
        Hash256 evidence;
        evidence.bytes.fill(0xe2);
        return run(ModuleId::disputes, who,
                   disputes::Appeal{.dispute = id,
                                    .seats = seats,
                                    .evidence_root = evidence,
                                    .evidence_uri = "ipfs://appeal"},
                   value);
    }
    // Seats of the panel that an appeal asks for, or of the last one.
    std::uint8_t next_panel(std::uint64_t id) const {
        const auto record = state.get(disputes::kDisputes, id);
        const int round = record ? record->round + 1 : 1;
        return disputes::panel_seats(
            static_cast<std::uint8_t>(std::min(round, disputes::kMaxRounds - 1)));
    }
    // With what the view asks for.
    TxCode appeal(const Address& who, std::uint64_t id = 1) {
        return appeal(who, *disputes::QuoteAppeal{.dispute = id}.view(state, block), id);
    }
    TxCode join(const Address& who, disputes::Choice side, Amount value, std::uint64_t id = 1) {
        Hash256 evidence;
        evidence.bytes.fill(0xe3);
        return run(ModuleId::disputes, who,
                   disputes::JoinDispute{.dispute = id,
                                         .side = side,
                                         .evidence_root = evidence,
                                         .evidence_uri = "ipfs://joined"},
                   value);
    }
    TxCode join(const Address& who, disputes::Choice side, std::uint64_t id = 1) {
        return join(who, side, *disputes::QuoteJoin{.dispute = id}.view(state, block), id);
    }

    // What each seat does: 'a' or 'r' votes, 'A' or 'R' commits and keeps silent, '-' stays away.
    // Until the panel is closed.
    void judge(const std::string& seats, std::uint64_t id = 1) {
        using disputes::Choice;
        BOOST_REQUIRE(seats.size() <= panel(id).size());
        const auto choice = [](char act) {
            return act == 'a' || act == 'A' ? Choice::accept : Choice::reject;
        };
        for (std::uint8_t i = 0; i < seats.size(); ++i)
            if (seats[i] != '-') BOOST_REQUIRE(commit(i, choice(seats[i]), id) == TxCode::ok);
        if (seats == std::string(seats.size(), '-')) return run_until(dispute(id).deadline_s);
        run_until(dispute(id).deadline_s);
        BOOST_REQUIRE((dispute(id).phase == disputes::Phase::reveal));
        for (std::uint8_t i = 0; i < seats.size(); ++i)
            if (seats[i] == 'a' || seats[i] == 'r')
                BOOST_REQUIRE(reveal(i, choice(seats[i]), id) == TxCode::ok);
        run_until(dispute(id).deadline_s);
    }
    // The same, and nobody appeals: until everybody is paid.
    void vote(const std::string& seats, std::uint64_t id = 1) {
        judge(seats, id);
        settle(id);
    }
    void settle(std::uint64_t id = 1) {
        while (dispute(id).phase == disputes::Phase::appealable ||
               dispute(id).phase == disputes::Phase::settling)
            run_until(dispute(id).deadline_s);
    }
    std::vector<disputes::Round> rounds(std::uint64_t id = 1) const {
        return disputes::GetRounds{.dispute = id}.view(state, block).value();
    }
    std::vector<disputes::Backer> backers(std::uint64_t id = 1) const {
        return disputes::GetBackers{.dispute = id}.view(state, block).value();
    }
    // What the seat's juror gained (or lost) in the ledger and in stake since hire().
    std::int64_t gain(const Address& who) const {
        const Amount now = sum_of(balance(who), juror(who).stake);
        return static_cast<std::int64_t>(now.low()) - static_cast<std::int64_t>(kStart);
    }
    std::uint64_t burned() const { return ledger::total_burned(ledger::supply(state)).low(); }
};

}  // namespace assay::test
