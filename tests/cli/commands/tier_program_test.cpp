// The commands around tiers, reputation and insurance: what they send and what they tell.
#include "cli/commands/catalog.hpp"
#include "modules/market/commit_at_tier.hpp"
#include "modules/market/commit_pledged.hpp"
#include "modules/market/insurance.hpp"
#include "modules/market/views.hpp"
#include "modules/reputation/views.hpp"
#include "tests/cli/commands/program.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::cli::testing;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

struct TierHome : Home {
    std::string raw;
    Views views;
    std::string data = (folder / "work.jsonl").string();

    TierHome() {
        std::ofstream(data, std::ios::binary) << "1\n2\n3\n";
        market::Order order;
        order.id = 7;
        order.max_payload_bytes = 100;
        views.on<market::GetOrder>(order);
        views.on<market::QuoteCommitAtTier>(Amount(700));
        views.on<market::QuoteCommitPledged>(Amount(30));
    }
    Ran play(std::vector<std::string> words) {
        auto answers = sending(raw, "0x1");
        answers["eth_call"] = views.answer();
        answers["eth_getBlockByNumber"] = fixed("\"result\":{\"timestamp\":\"0x64\"}");
        const FakeNode node(answers);
        words.insert(words.end(), {"--rpc", node.url()});
        return run(words);
    }
    Amount value() const { return decode_envelope(*from_hex(raw))->value; }
    template <class M>
    M message() const {
        const auto envelope = *decode_envelope(*from_hex(raw));
        return *assay::abi::decode<M>(ByteView(envelope.data).subspan(4));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_tier_is_committed_at_with_its_own_quote, TierHome) {
    const Ran ran = play({"submit", "commit", data, "--order", "7", "--tier", "2", "--yes"});
    BOOST_TEST(ran.code == 0, ran.err);
    BOOST_TEST(message<market::CommitAtTier>().tier == 2U);
    BOOST_TEST(message<market::CommitAtTier>().item_count == 3U);
    BOOST_TEST(value() == Amount(700));
    const Ran wrong = play({"submit", "commit", data, "--order", "7", "--tier", "5", "--yes"});
    BOOST_TEST(wrong.code == 2);
}

BOOST_FIXTURE_TEST_CASE(pledges_are_named_by_their_submissions, TierHome) {
    const Ran ran = play({"submit", "commit", data, "--order", "7", "--pledge-holdback", "9",
                          "--pledge-holdback", "4", "--pledge-reward", "3", "--pledge-stake",
                          "2assay", "--yes"});
    BOOST_TEST(ran.code == 0, ran.err);
    const auto sent = message<market::CommitPledged>();
    BOOST_TEST((sent.holdbacks == std::vector<std::uint64_t>{4, 9}));
    BOOST_TEST((sent.rewards == std::vector<std::uint64_t>{3}));
    BOOST_TEST(sent.stake == Amount(2 * kTokenUnits));
    BOOST_TEST(sent.tier == 0U);
    BOOST_TEST(value() == Amount(30));
}

BOOST_FIXTURE_TEST_CASE(reputation_tells_what_the_next_tier_needs, TierHome) {
    reputation::Reputation now;
    now.account = alice.address;
    now.score_ppm = 300'000;
    now.tier = 2;
    now.buyers = 3;
    now.stake = Amount(3 * kTokenUnits);
    now.next_tier = {.score_ppm = 500'000, .buyers = 4, .stake = Amount(2 * kTokenUnits)};
    views.on<reputation::ReputationOf>(now);
    const Ran ran = play({"reputation", to_hex0x(alice.address)});
    BOOST_TEST(ran.code == 0, ran.err);
    BOOST_TEST(has(ran.out, "T2"));
    BOOST_TEST(has(ran.out, "300000 of 1000000"));
    BOOST_TEST(has(ran.out, "a score of 500000, 4 buyers"));
    BOOST_TEST(!has(ran.out, "staked as a juror, "));  // of stake there is enough
    const Ran machine = play({"reputation", to_hex0x(alice.address), "--json"});
    BOOST_TEST(has(machine.out, "\"scorePpm\":300000"));
}

BOOST_FIXTURE_TEST_CASE(a_claim_names_what_was_quoted_as_the_least, TierHome) {
    views.on<market::QuoteInsurance>(
        {.loss = Amount(90), .covered = Amount(45), .claimable = Amount(12)});
    const Ran shown = play({"insurance", "show", "3"});
    BOOST_TEST(shown.code == 0, shown.err);
    BOOST_TEST(has(shown.out, "to claim now"));
    BOOST_TEST(play({"insurance", "claim", "3", "--yes"}).code == 0);
    BOOST_TEST(message<market::ClaimInsurance>().submission == 3U);
    BOOST_TEST(message<market::ClaimInsurance>().least == Amount(12));
    BOOST_TEST(play({"insurance", "claim", "3", "--least", "1assay", "--yes"}).code == 0);
    BOOST_TEST(message<market::ClaimInsurance>().least == Amount(kTokenUnits));
}
