// Owns the people of the stories told on a wired chain, and the words to tell them in.
#pragma once

#include <boost/test/unit_test.hpp>

#include "modules/disputes/messages.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/views.hpp"
#include "modules/jurors/messages.hpp"
#include "modules/jurors/views.hpp"
#include "modules/market/change_order.hpp"
#include "modules/market/commit_fraud.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/views.hpp"
#include "modules/rewards/messages.hpp"
#include "modules/rewards/views.hpp"
#include "tests/support/item_work.hpp"

namespace assay::test {

inline Address someone(std::uint8_t number) {
    return Address{{0x50, number}};
}
inline const Address kBuyer = someone(1);
inline const Address kAnn = someone(2);    // contributes
inline const Address kBob = someone(3);    // contributes
inline const Address kCarol = someone(4);  // challenges
inline constexpr std::uint8_t kJurors = 5;
inline Address juror(std::uint8_t number) {
    return someone(static_cast<std::uint8_t>(100 + number));
}

// The devnet's numbers with rates that the reader follows: a bond of a tenth, no bound on a
// submission. Genesis takes no such set (P3, P7): what stories check is arithmetic.
inline ModuleParams story_params() {
    ModuleParams out = devnet_params();
    out.market.contributor_bond_ppm = 100'000;
    out.market.tiers.t1.collateral_ppm = 400'000;
    out.market.tiers.t2.collateral_ppm = 1'100'000;
    out.market.tiers.t3.collateral_ppm = 1'700'000;
    out.market.tiers.t4.collateral_ppm = 2'500'000;
    out.market.largest_submission = Amount::from_raw(static_cast<u128>(1) << 90);
    return out;
}

inline WiredGenesis story_genesis(const ModuleParams& params) {
    WiredGenesis genesis{.params = params, .people = {kBuyer, kAnn, kBob, kCarol}};
    for (std::uint8_t i = 0; i < kJurors; ++i) genesis.people.push_back(juror(i));
    return genesis;
}

struct StoryFixture {
    WiredGenesis genesis;
    WiredChain chain{genesis};
    std::map<std::uint64_t, ItemWork> works;  // by submission

    explicit StoryFixture(const ModuleParams& params = story_params())
        : genesis(story_genesis(params)) {}
    explicit StoryFixture(WiredGenesis from) : genesis(std::move(from)) {}
    ~StoryFixture() {
        end_block();
        BOOST_TEST(!chain.first_difference_on_replay().has_value());
    }

    const State& state() const { return chain.state(); }
    std::uint64_t now_s() const { return chain.block().time_s; }
    void end_block(std::uint64_t later_s = 1) {
        for (const auto& each : chain.end_block(later_s)) BOOST_ERROR(each.rule + ": " + each.what);
    }
    // Until the deadlines of `time_s` have been handled.
    void pass(std::uint64_t time_s) {
        if (now_s() < time_s) end_block(time_s - now_s());
        while (now_s() <= time_s) end_block();
    }
    // What somebody has more than at genesis, fees of transactions aside: never negative here.
    bool gained(const Address& who, Amount amount) const {
        return wealth(who) == sum_of(genesis.each, amount);
    }
    bool lost(const Address& who, Amount amount) const {
        return sum_of(wealth(who), amount) == genesis.each;
    }
    Amount wealth(const Address& who) const {
        return sum_of(chain.balance(who), chain.fees_of(who));
    }

    market::Order order(std::uint64_t id = 1) const {
        return chain.ask(market::GetOrder{.order = id}).value();
    }
    market::Submission submission(std::uint64_t id = 1) const {
        return chain.ask(market::GetSubmission{.submission = id}).value();
    }
    market::SubmissionState state_of(std::uint64_t id = 1) const { return submission(id).state; }
    disputes::Dispute dispute(std::uint64_t id = 1) const {
        return chain.ask(disputes::GetDispute{.dispute = id}).value();
    }
    rewards::Reward reward(std::uint64_t id = 1) const {
        return chain.ask(rewards::GetReward{.submission = id}).value();
    }

    // kBuyer's order of `quota` items; returns its id.
    std::uint64_t post(std::uint64_t quota = 4, Amount price = Amount(kTokenUnits)) {
        const auto value =
            chain.ask(market::QuotePostOrder{.item_quota = quota, .price_per_item = price});
        const market::PostOrder message{.spec_hash = sha256(view_of("spec")),
                                        .spec_uri = "ipfs://spec",
                                        .item_quota = quota,
                                        .price_per_item = price,
                                        .max_payload_bytes = 100,
                                        .deadline_s = now_s() + 1'000};
        BOOST_TEST(chain.send(kBuyer, ModuleId::market, message, value.value()) == TxCode::ok);
        std::uint64_t id = 1;
        while (state().contains(market::kOrders, id + 1)) ++id;
        return id;
    }
    // Commits to items with these contents and returns the submission's id.
    std::uint64_t commit(const Address& who, std::vector<std::uint32_t> contents,
                         std::uint64_t order_id = 1, bool misplaced = false) {
        const ItemWork work{.order = order_id,
                            .contributor = who,
                            .contents = std::move(contents),
                            .salt = sha256(view_of("salt")),
                            .misplaced = misplaced};
        const auto value =
            chain.ask(market::QuoteCommit{.order = order_id, .item_count = work.contents.size()});
        BOOST_TEST(chain.send(who, ModuleId::market, work.commit(), value.value()) == TxCode::ok);
        std::uint64_t id = 1;
        while (state().contains(market::kSubmissions, id + 1)) ++id;
        works.insert_or_assign(id, work);
        return id;
    }
    TxCode reveal(std::uint64_t id) {
        return chain.send(works.at(id).contributor, ModuleId::market, works.at(id).reveal(id));
    }
    // Commit and reveal, a block apart.
    std::uint64_t submit(const Address& who, std::vector<std::uint32_t> contents,
                         std::uint64_t order_id = 1, bool misplaced = false) {
        const std::uint64_t id = commit(who, std::move(contents), order_id, misplaced);
        end_block();
        BOOST_TEST(reveal(id) == TxCode::ok);
        end_block();
        return id;
    }
    // Binds a proof to its prover, and waits until it counts. No time passes.
    void commit_proof(const Address& prover, const market::ProveFraud& proof) {
        const market::CommitFraud message{
            .commitment = market::fraud_commitment(kWiredChainId, prover, proof)};
        BOOST_TEST(chain.send(prover, ModuleId::market, message) == TxCode::ok);
        for (std::uint64_t i = 0; i < market::kFraudProofAge_blocks; ++i) end_block(0);
    }
    TxCode prove(const Address& prover, const market::ProveFraud& proof) {
        commit_proof(prover, proof);
        return chain.send(prover, ModuleId::market, proof);
    }
    void pass_deadline(std::uint64_t id = 1) { pass(submission(id).deadline_s); }
    TxCode claim(std::uint64_t id = 1) {
        return chain.send(works.at(id).contributor, ModuleId::rewards,
                          rewards::ClaimVested{.submission = id});
    }
    void end_epoch() { pass(chain.ask(rewards::CurrentEpoch{})->ends_s); }

    // The jurors stake, and weigh from the next epoch on.
    void hire(std::uint64_t units = 1) {
        for (std::uint8_t i = 0; i < kJurors; ++i) {
            const Amount unit = chain.ask(jurors::GetJurorParams{})->min_stake;
            const Amount stake = checked_mul(unit, Amount(units)).value();
            BOOST_TEST(chain.send(juror(i), ModuleId::jurors, jurors::StakeJuror{}, stake) ==
                       TxCode::ok);
        }
        end_epoch();
    }
    TxCode challenge(std::uint64_t id = 1, const Address& who = kCarol) {
        const auto value = chain.ask(disputes::QuoteChallenge{.submission = id});
        const disputes::Challenge message{.submission = id,
                                          .claim = disputes::Claim::low_quality,
                                          .evidence_root = sha256(view_of("evidence")),
                                          .evidence_uri = "ipfs://evidence"};
        return chain.send(who, ModuleId::disputes, message, value ? *value : Amount{});
    }
    TxCode appeal(const Address& who, std::uint64_t id = 1) {
        const auto value = chain.ask(disputes::QuoteAppeal{.dispute = id});
        const disputes::Appeal message{.dispute = id,
                                       .seats = disputes::next_panel_seats(dispute(id).round),
                                       .evidence_root = sha256(view_of("appeal")),
                                       .evidence_uri = "ipfs://appeal"};
        return chain.send(who, ModuleId::disputes, message, value ? *value : Amount{});
    }
    TxCode join(const Address& who, disputes::Choice side, std::uint64_t id = 1) {
        const auto value = chain.ask(disputes::QuoteJoin{.dispute = id});
        const disputes::JoinDispute message{.dispute = id,
                                            .side = side,
                                            .evidence_root = sha256(view_of("joined")),
                                            .evidence_uri = "ipfs://joined"};
        return chain.send(who, ModuleId::disputes, message, value ? *value : Amount{});
    }
    // Each seat of the present panel: 'a' or 'r' votes, '-' stays away. Until the panel is closed.
    void judge(const std::string& seats, std::uint64_t id = 1) {
        const auto panel = chain.ask(disputes::GetPanel{.dispute = id}).value();
        BOOST_REQUIRE(panel.size() == seats.size());
        const auto choice = [&](std::size_t i) {
            return seats[i] == 'a' ? disputes::Choice::accept : disputes::Choice::reject;
        };
        const Hash256 salt = sha256(view_of("vote"));
        const std::uint8_t draw = dispute(id).draws;
        for (std::uint8_t i = 0; i < seats.size(); ++i) {
            if (seats[i] == '-') continue;
            const disputes::VoteCommit message{
                .dispute = id,
                .seat = i,
                .commitment = disputes::vote_commitment(kWiredChainId, id, draw, i, panel[i].juror,
                                                        choice(i), salt)};
            BOOST_TEST(chain.send(panel[i].juror, ModuleId::disputes, message) == TxCode::ok);
        }
        pass(dispute(id).deadline_s);
        for (std::uint8_t i = 0; i < seats.size(); ++i) {
            if (seats[i] == '-') continue;
            const disputes::VoteReveal message{
                .dispute = id, .seat = i, .choice = choice(i), .salt = salt};
            BOOST_TEST(chain.send(panel[i].juror, ModuleId::disputes, message) == TxCode::ok);
        }
        if (dispute(id).phase == disputes::Phase::reveal) pass(dispute(id).deadline_s);
    }
    // The same, and nobody appeals: until everybody is paid.
    void vote(const std::string& seats, std::uint64_t id = 1) {
        judge(seats, id);
        settle(id);
    }
    void settle(std::uint64_t id = 1) {
        while (dispute(id).phase == disputes::Phase::appealable ||
               dispute(id).phase == disputes::Phase::settling)
            pass(dispute(id).deadline_s);
    }
};

}  // namespace assay::test
