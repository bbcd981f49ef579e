// The commands of governance: what they send, what they ask before, what they show and refuse.
#include "chain/types/tx_code.hpp"
#include "modules/governance/messages.hpp"
#include "modules/governance/views.hpp"
#include "modules/staking/views.hpp"
#include "tests/cli/commands/program.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::cli::testing;

namespace {

const governance::Consensus kFirst{{0x11, 0xab}};
const governance::Consensus kSecond{{0x22, 0xcd}};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}
Amount tokens(std::uint64_t count) {
    return *checked_mul(Amount(kTokenUnits), Amount(count));
}

struct Citizen : Home {
    std::string raw;
    Views views;
    governance::Proposal proposal;
    governance::TallyStatus votes;
    std::vector<staking::DelegationStatus> held;
    governance::ParamsJudgement judgement;

    Citizen() {
        proposal.id = 3;
        proposal.proposer = Address{{0x77}};
        proposal.kind = governance::Kind::params;
        proposal.title = "A lower fee";
        proposal.changes = {{"market.feePpm", "40000"}};
        proposal.deposit = tokens(1);
        proposal.terms = {
            .timelock_s = 10, .quorum_ppm = 400'000, .majority_ppm = 500'000, .veto_ppm = 334'000};
        proposal.made_s = 70;
        proposal.deadline_s = 160;
        votes.tally = {.yes = tokens(30), .no = tokens(10), .total = tokens(50)};
        votes.outcome = governance::Status::timelock;
        held.resize(2);
        held[0].validator = kFirst;
        held[0].stake = tokens(3);
        held[1].validator = kSecond;
        held[1].stake = tokens(2);
        answer();
    }
    void answer() {
        views.on<governance::GetProposal>(proposal);
        views.on<governance::ListProposals>({proposal});
        views.on<governance::GetTally>(votes);
        views.on<governance::JudgeParams>(judgement);
        views.on<governance::QuotePropose>(tokens(1));
        governance::Params params;
        params.deposit = tokens(1);
        views.on<governance::GetGovernanceParams>(params);
        views.on<staking::ListDelegations>(held);
    }
    Ran gov(std::vector<std::string> words) {
        auto answers = sending(raw, "0x1");
        answers["eth_call"] = views.answer();
        answers["eth_getBlockByNumber"] = fixed("\"result\":{\"timestamp\":\"0x64\"}");
        const FakeNode node(answers);
        words.insert(words.begin(), "gov");
        words.insert(words.end(), {"--rpc", node.url()});
        return run(words);
    }
    Ran send(std::vector<std::string> words) {
        words.push_back("--yes");
        return gov(words);
    }
    Envelope sent() const { return *decode_envelope(*from_hex(raw)); }
    template <class M>
    M message() const {
        return *assay::abi::decode<M>(ByteView(sent().data).subspan(4));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_change_of_parameters_is_judged_before_it_is_sent, Citizen) {
    const Ran ran = send({"propose-params", "market.feePpm=40000", "fees.elasticity=3", "--title",
                          "Cheaper", "--details", "ipfs://why"});
    BOOST_TEST(ran.code == 0, ran.err);
    const auto made = message<governance::ProposeParams>();
    BOOST_TEST(made.title == "Cheaper");
    BOOST_TEST(made.details_uri == "ipfs://why");
    BOOST_REQUIRE(made.changes.size() == 2u);
    BOOST_TEST(made.changes[1].name == "fees.elasticity");
    BOOST_TEST(made.changes[1].value == "3");
    BOOST_TEST(sent().value == tokens(1));  // as the chain quotes it
    BOOST_TEST(has(ran.err, "The deposit of 1 assay comes back when the vote ends in 7d"));
    BOOST_TEST(send({"propose-params", "governance.deposit=2.5assay", "--title", "x"}).code == 0);
    BOOST_TEST(message<governance::ProposeParams>().changes[0].value == "2500000000000000000");
    raw.clear();
    judgement = {.code = static_cast<std::uint16_t>(TxCode::params_invalid), .why = "P1: no"};
    answer();
    const Ran refused = send({"propose-params", "market.feePpm=9", "--title", "x"});
    BOOST_TEST(refused.code == 3);
    BOOST_TEST(has(refused.err, "params_invalid: P1: no"));
    BOOST_TEST(send({"propose-params", "market.feePpm", "--title", "x"}).code == 2);
    BOOST_TEST(send({"propose-params", "market.feePpm=1"}).code == 2);  // no title
    BOOST_TEST(send({"propose-params", "a.b=xassay", "--title", "x"}).code == 2);
    BOOST_TEST(raw.empty());
}

BOOST_FIXTURE_TEST_CASE(grants_and_upgrades_are_proposed, Citizen) {
    BOOST_TEST(send({"propose-grant", kBob, "2.5assay", "--title", "Audit"}).code == 0);
    const auto grant = message<governance::ProposeGrant>();
    BOOST_TEST(grant.amount == Amount(kTokenUnits / 2 * 5));
    BOOST_TEST(to_hex0x(grant.recipient) == "0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
    const std::string file = (folder / "v2.md").string();
    std::ofstream(file) << "what changes";
    const Ran ran = send({"propose-upgrade", "v2", "500", "--info", file, "--title", "Two"});
    BOOST_TEST(ran.code == 0, ran.err);
    BOOST_TEST(has(ran.err, "does not know \"v2\" stop before block 500"));
    const auto upgrade = message<governance::ProposeUpgrade>();
    BOOST_TEST(upgrade.name == "v2");
    BOOST_TEST(upgrade.height == 500u);
    BOOST_TEST((upgrade.info_hash == sha256(view_of("what changes"))));
    BOOST_TEST(send({"cancel-upgrade", "--title", "Not yet"}).code == 0);
    BOOST_TEST(message<governance::ProposeUpgrade>().height == 0u);
    raw.clear();
    BOOST_TEST(send({"propose-upgrade", "v2", "soon", "--info", file, "--title", "x"}).code == 2);
    BOOST_TEST(has(send({"propose-upgrade", "v2", "5", "--title", "x"}).err, "missing: --info"));
    BOOST_TEST(send({"propose-grant", kBob, "2 eth", "--title", "x"}).code == 2);
    BOOST_TEST(raw.empty());
}

BOOST_FIXTURE_TEST_CASE(a_vote_speaks_for_all_stake_or_for_that_at_one_validator, Citizen) {
    Ran ran = send({"vote", "3", "yes"});
    BOOST_TEST(ran.code == 0, ran.err);
    auto vote = message<governance::Vote>();
    BOOST_TEST(vote.proposal == 3u);
    BOOST_TEST((vote.choice == governance::Choice::yes));
    BOOST_TEST((vote.validators == std::vector<governance::Consensus>{kFirst, kSecond}));
    BOOST_TEST(has(ran.err, "your stake at 2 validators"));
    BOOST_TEST(send({"vote", "3", "veto", "--validator", to_hex0x(kSecond)}).code == 0);
    vote = message<governance::Vote>();
    BOOST_TEST((vote.choice == governance::Choice::veto));
    BOOST_TEST((vote.validators == std::vector<governance::Consensus>{kSecond}));
    BOOST_TEST(send({"execute", "3"}).code == 0);
    BOOST_TEST(message<governance::Execute>().proposal == 3u);
    raw.clear();
    BOOST_TEST(
        has(send({"vote", "3", "maybe"}).err, "CHOICE must be one of yes, no, abstain, veto"));
    held.assign(40, held[0]);
    answer();
    BOOST_TEST(has(send({"vote", "3", "no"}).err, "votes with the first 32"));
    BOOST_TEST(message<governance::Vote>().validators.size() == 32u);
    raw.clear();
    held.clear();
    answer();
    const Ran none = send({"vote", "3", "yes"});
    BOOST_TEST(none.code == 3);
    BOOST_TEST(has(none.err, "has no stake"));
    BOOST_TEST(raw.empty());
}

BOOST_FIXTURE_TEST_CASE(proposals_are_shown_to_people_and_scripts, Citizen) {
    Ran ran = gov({"show", "3"});
    BOOST_TEST(ran.code == 0, ran.err);
    for (const char* part :
         {"A lower fee", "market.feePpm = 40000", "30 assay (75% of votes)", "80% of 50 assay",
          "quorum 40%", "accepted", "1970-01-01 00:02:40 UTC, in 1m"})
        BOOST_TEST(has(ran.out, part), part);
    ran = gov({"show", "3", "--json"});
    BOOST_TEST(ran.json()["proposal"]["changes"][0]["value"].GetString() == "40000");
    BOOST_TEST(ran.json()["votes"]["outcome"].GetString() == "timelock");
    ran = gov({"list"});
    BOOST_TEST(has(ran.out, "A lower fee"));
    proposal.status = governance::Status::failed;
    proposal.failure = static_cast<std::uint16_t>(TxCode::treasury_too_small);
    proposal.kind = governance::Kind::grant;
    proposal.grant = {.recipient = Address{{0x70}}, .amount = tokens(7)};
    answer();
    ran = gov({"show", "3"});
    BOOST_TEST(has(ran.out, "treasury_too_small"));
    BOOST_TEST(has(ran.out, "7 assay to 0x70"));
    BOOST_TEST(!has(gov({"list", "--open"}).out, "A lower fee"));
    BOOST_TEST(gov({"list", "--json"}).json()[0]["status"].GetString() == "failed");
    BOOST_TEST(gov({"upgrade"}).code == 3);  // none is planned
    views.on<governance::GetUpgradePlan>({.height = 500, .name = "v2", .info_hash = {}});
    BOOST_TEST(has(gov({"upgrade"}).out, "500"));
    BOOST_TEST(gov({"upgrade", "--json"}).json()["name"].GetString() == "v2");
    proposal.kind = governance::Kind::upgrade;
    proposal.upgrade = {};
    answer();
    BOOST_TEST(has(gov({"show", "3"}).out, "take the planned upgrade back"));
}
