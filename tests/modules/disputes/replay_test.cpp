// A ruling follows from its record alone, and a record that was altered is caught.
#include "modules/disputes/invariants.hpp"
#include "tests/support/jury_fixture.hpp"

using namespace assay;
using namespace assay::disputes;
using namespace assay::test;

namespace {

struct Fixture : JuryFixture {
    DisputeRecord ruled(const std::vector<std::string>& votes) {
        hire(12, 1);
        open_and_draw();
        for (const auto& each : votes) vote(each);
        BOOST_REQUIRE((dispute().phase == Phase::ruled));
        return record_of();
    }
    // A right rejection that a backer joined, appealed twice, the second time in vain.
    DisputeRecord appealed() {
        hire(40, 5);
        open();
        BOOST_REQUIRE(join(kFriend, Choice::reject) == TxCode::ok);
        run_until(dispute().deadline_s);
        judge("aar");
        for (const auto& [who, votes] :
             {std::pair{kFriend, "rrrrrra"}, std::pair{kContributor, "rrrrrrrrrrrraaa"}}) {
            BOOST_REQUIRE(appeal(who) == TxCode::ok);
            run_until(dispute().deadline_s);
            judge(votes);
        }
        settle();
        return record_of();
    }
    static bool refuses(DisputeRecord record, void (*alter)(DisputeRecord&)) {
        alter(record);
        return replay(record).has_error();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(rulings_of_one_panel_replay, Fixture) {
    const auto out = replay(ruled({"rar"}));
    BOOST_REQUIRE(out.has_value());
    BOOST_TEST((out->ruling == Choice::reject));
    BOOST_TEST(!out->by_default);
}

BOOST_FIXTURE_TEST_CASE(rulings_after_a_redraw_replay, Fixture) {
    const DisputeRecord record = ruled({"a-R", "aar"});
    BOOST_TEST(record.panels.size() == 2u);
    BOOST_TEST((replay(record)->ruling == Choice::accept));
}

BOOST_FIXTURE_TEST_CASE(defaults_replay, Fixture) {
    const auto out = replay(ruled({"---", "ar-"}));
    BOOST_REQUIRE(out.has_value());
    BOOST_TEST(out->by_default);
}

BOOST_FIXTURE_TEST_CASE(a_record_survives_its_encodings, Fixture) {
    const DisputeRecord record = ruled({"rar"});
    const Bytes stored = record::encode(record);
    const auto back = record::decode<DisputeRecord>(stored);
    BOOST_REQUIRE(back.has_value());
    BOOST_TEST((record::encode(*back) == stored));
    const auto from_abi = assay::abi::decode<DisputeRecord>(assay::abi::encode(record));
    BOOST_REQUIRE(from_abi.has_value());
    BOOST_TEST(replay(*from_abi).has_value());
}

BOOST_FIXTURE_TEST_CASE(altered_records_are_caught, Fixture) {
    const DisputeRecord record = ruled({"---", "rar"});
    BOOST_REQUIRE(replay(record).has_value());
    using R = DisputeRecord;
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.ruling = Choice::accept; }));
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.by_default = true; }));
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.phase = Phase::reveal; }));
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.rule_version = 1; }));
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.terms.penalty_to_coherent_ppm -= 50'000; }));
    BOOST_TEST(refuses(record, [](R& r) { r.chain_id += 1; }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels.pop_back(); }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels.clear(); }));
    BOOST_TEST(refuses(record, [](R& r) { std::swap(r.panels[0], r.panels[1]); }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels[0].draw.beacon.bytes[0] ^= 1; }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels[1].draw.seed.bytes[0] ^= 1; }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels[1].seats.pop_back(); }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels[1].seats[0].choice = Choice::accept; }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels[1].seats[0].salt.bytes[0] ^= 1; }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels[1].seats[0].juror.bytes[0] ^= 1; }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels[1].seats[1].outcome = Outcome::coherent; }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels[1].seats[1].penalty = Amount(304); }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels[1].seats[0].earned = Amount(1); }));
    BOOST_TEST(
        refuses(record, [](R& r) { r.panels[1].seats.pop_back(), --r.panels[1].draw.found; }));
}

BOOST_FIXTURE_TEST_CASE(altered_rounds_and_backers_are_caught, Fixture) {
    fund(pool::kJurorFees, Amount(10'000));
    const DisputeRecord record = appealed();
    const auto good = replay(record);
    BOOST_REQUIRE(good.has_value());
    BOOST_TEST(good->rounds == 3);
    BOOST_TEST((good->ruling == Choice::reject));
    using R = DisputeRecord;
    BOOST_TEST(refuses(record, [](R& r) { r.rounds.clear(); }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds.pop_back(); }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds.pop_back(), --r.dispute.round; }));
    BOOST_TEST(refuses(record, [](R& r) { std::swap(r.rounds[1], r.rounds[2]); }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[0].ruling = Choice::reject; }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[1].by_default = true; }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[1].side = Choice::accept; }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[1].seats = 3; }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[1].first_draw = 1; }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[2].draws = 0; }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[2].draws = 2; }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[1].paid = Amount(1); }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[1].fees = Amount(1); }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[2].from_pool = Amount(1); }));
    BOOST_TEST(refuses(record, [](R& r) { r.rounds[1].from_pool = Amount(10'000); }));
    BOOST_TEST(refuses(record, [](R& r) { r.panels[1].draw.round = 0; }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers.clear(); }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers.pop_back(); }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers.pop_back(), --r.dispute.backers; }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[0].side = Choice::accept; }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[0].bond = Amount(1); }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[1].bond = Amount(1); }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[1].role = Role{}; }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[1].round = 1; }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[2].bond = Amount(1); }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[2].round = 0; }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[2].round = 2; }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[2].account = kBuyer; }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[1].reward = Amount(1); }));
    BOOST_TEST(refuses(record, [](R& r) { r.backers[3].returned = r.backers[3].bond; }));
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.bonds_burned = Amount(0); }));
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.bonds_lost = Amount(0); }));
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.contributor_reward = Amount(1); }));
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.slash_shared = Amount(1); }));
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.fees_from_pool = Amount(10'000); }));
    BOOST_TEST(refuses(record, [](R& r) { r.dispute.value_at_stake = Amount(1'000'000); }));
}

BOOST_FIXTURE_TEST_CASE(an_open_dispute_does_not_replay, Fixture) {
    hire(3, 1);
    open();
    BOOST_TEST(replay(record_of()).has_error());
}

BOOST_FIXTURE_TEST_CASE(broken_records_break_invariants, Fixture) {
    hire(12, 1);
    open_and_draw();
    const auto broken = [&](InvariantCheck check, auto change) {
        const auto mark = state.checkpoint();
        change();
        std::vector<InvariantFailure> failures;
        check(state, committed, failures);
        state.rollback(mark);
        return !failures.empty();
    };
    const auto with_dispute = [&](auto alter) {
        return [this, alter] {
            Dispute record = dispute();
            alter(record);
            state.put(kDisputes, 1, record);
        };
    };
    BOOST_TEST(broken(check_money, with_dispute([](Dispute& d) { d.bonds = Amount(1); })));
    BOOST_TEST(broken(check_money, with_dispute([](Dispute& d) { d.fees = Amount(1); })));
    BOOST_TEST(broken(check_money, with_dispute([](Dispute& d) { d.commits = 1; })));
    BOOST_TEST(broken(check_money, with_dispute([](Dispute& d) { d.rounds_settled = 1; })));
    BOOST_TEST(broken(check_money, with_dispute([](Dispute& d) { d.fees_paid = Amount(1); })));
    BOOST_TEST(broken(check_money, with_dispute([](Dispute& d) { d.fees_from_pool = Amount(1); })));
    BOOST_TEST(broken(check_money, with_dispute([](Dispute& d) { d.phase = Phase::settling; })));
    BOOST_TEST(broken(check_money, [&] {
        Backer backer = backers()[0];
        backer.reward = Amount(1);
        state.put(kBackers, {.dispute = 1, .backer = 0}, backer);
    }));
    BOOST_TEST(broken(check_money, [&] {
        Round round = rounds()[0];
        round.paid = Amount(100'000);
        state.put(kRounds, {.dispute = 1, .round = 0}, round);
    }));
    BOOST_TEST(broken(check_money, with_dispute([](Dispute& d) { d.penalties = Amount(1); })));
    BOOST_TEST(broken(check_deadlines, with_dispute([](Dispute& d) { d.deadline_s += 1; })));
    BOOST_TEST(broken(check_deadlines, with_dispute([](Dispute& d) { d.phase = Phase::ruled; })));
    BOOST_TEST(broken(check_locks, [&] {
        Seat seat = panel()[0];
        seat.locked = Amount(1);
        state.put(kSeats, {.dispute = 1, .draw = 1, .seat = 0}, seat);
    }));
    BOOST_TEST(broken(check_locks, [&] { jurors::lock(state, panel()[0].juror, Amount(1)); }));
}
