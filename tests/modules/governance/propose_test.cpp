// What may be proposed: each refusal once, and what a proposal keeps.
#include "tests/support/governance_fixture.hpp"

namespace assay::test {

using namespace governance;

BOOST_FIXTURE_TEST_CASE(a_proposal_needs_exactly_its_deposit, GovernanceFixture) {
    const ProposeParams message{
        .title = "Shorter windows", .details_uri = "ipfs://x", .changes = {{"market.feePpm", "1"}}};
    const Amount deposit = params().deposit;
    BOOST_TEST(*chain.ask(QuotePropose{}) == deposit);
    BOOST_TEST(send(kAnn, message, difference_of(deposit, 1)) == TxCode::wrong_value);
    BOOST_TEST(send(kAnn, message, sum_of(deposit, 1)) == TxCode::wrong_value);
    BOOST_TEST(send(kAnn, message) == TxCode::wrong_value);
    BOOST_TEST(deposits() == Amount{});
    BOOST_TEST(send(kAnn, message, deposit) == TxCode::ok);
    BOOST_TEST(deposits() == deposit);
    const Proposal made = proposal(1);
    BOOST_TEST((made.proposer == kAnn));
    BOOST_TEST(made.title == "Shorter windows");
    BOOST_TEST((made.status == Status::voting));
    BOOST_TEST(made.deadline_s == chain.block().time_s + params().voting_s);
    BOOST_TEST(made.terms.quorum_ppm == 400'000u);
    BOOST_TEST(!chain.ask(GetProposal{.proposal = 2}));
    pass(1);
}

BOOST_FIXTURE_TEST_CASE(a_change_names_a_parameter_and_a_value_of_its_kind, GovernanceFixture) {
    for (const char* name : {"market", "market.", "market.feePpm.", "market.feePPM",
                             "market.fee_ppm", "market.feeSplit", "market.feeSplit.burned", "", ".",
                             "fees", "fees.", "bank.x", "market.feePpm.0", "feePpm"})
        BOOST_TEST(propose(Changes{{name, "1"}}) == TxCode::param_unknown, name);
    for (const char* value : {"", "-1", "1.5", "1e6", "4294967296", "many", " 1", "0x", "true"})
        BOOST_TEST(propose(Changes{{"market.feePpm", value}}) == TxCode::param_malformed, value);
    const Changes twice{{"market.feePpm", "1"}, {"market.feePpm", "2"}};
    BOOST_TEST(propose(twice) == TxCode::param_repeated);
    BOOST_TEST(propose(Changes{{"market.feePpm", "50000"}}) == TxCode::params_unchanged);
    BOOST_TEST(propose(Changes{{"market.feePpm", "0xc351"}}) == TxCode::ok);
    BOOST_TEST(propose(Changes{{"fees.minBaseFee", "2000000"}}) == TxCode::ok);
    BOOST_TEST(propose(Changes{{"governance.votingS", "31"}}) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(all_parameters_together_must_pass_what_genesis_must, GovernanceFixture) {
    const auto why = [&](const Changes& changes) {
        BOOST_TEST(propose(changes) == TxCode::params_invalid);
        const auto judged = chain.ask(JudgeParams{.changes = changes});
        BOOST_TEST(judged->code == static_cast<std::uint16_t>(TxCode::params_invalid));
        return judged->why;
    };
    BOOST_TEST(why({{"market.feePpm", "500001"}}) == "market.feePpm is outside 1..500000");
    BOOST_TEST(why({{"market.feeSplit.burnedPpm", "600001"}}).starts_with("P1: market.feeSplit"));
    BOOST_TEST(why({{"rewards.muPpm", "950001"}}).starts_with("P1: rewards.muPpm"));
    BOOST_TEST(why({{"market.contributorBondPpm", "300000"}}).starts_with("P3: market.audit"));
    BOOST_TEST(why({{"disputes.maxJuryFee", "500000000000000000"}}).starts_with("P7: 64 of"));
    BOOST_TEST(why({{"disputes.challengeBondPpm", "1000"}}).starts_with("P4"));
    BOOST_TEST(why({{"governance.timelockS", "121"}}).starts_with("P9: staking.unbondingS"));
    BOOST_TEST(why({{"fees.elasticity", "17"}}) == "fees.elasticity must be 1 to 16");
    BOOST_TEST(why({{"governance.quorumPpm", "99999"}}).starts_with("governance.quorumPpm"));
    BOOST_TEST(why({{"beacon.epochBlocks", "0"}}).starts_with("beacon.epochBlocks"));
    const Changes both{{"market.feeSplit.burnedPpm", "600001"},
                       {"market.feeSplit.treasuryPpm", "49999"}};
    BOOST_TEST(propose(both) == TxCode::ok);
    BOOST_TEST(chain.ask(JudgeParams{.changes = both})->code == 0u);
    BOOST_TEST(!chain.ask(JudgeParams{}));
}

BOOST_FIXTURE_TEST_CASE(what_records_were_made_by_stays, GovernanceFixture) {
    for (const auto& [name, value] :
         std::vector<std::pair<const char*, const char*>>{{"staking.powerUnit", "2000000000000"},
                                                          {"staking.bucketS", "11"},
                                                          {"staking.windowBlocks", "201"},
                                                          {"staking.unbondingS", "119"},
                                                          {"staking.maxRedelegations", "6"},
                                                          {"jurors.minStake", "1"},
                                                          {"fees.blockGasLimit", "30000000"},
                                                          {"fees.initialBaseFee", "2000000000"}})
        BOOST_TEST(propose(Changes{{name, value}}) == TxCode::param_fixed, name);
    BOOST_TEST(propose(Changes{{"staking.unbondingS", "121"}}) == TxCode::ok);
    BOOST_TEST(propose(Changes{{"staking.maxRedelegations", "8"}}) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(texts_and_lists_are_bounded, GovernanceFixture) {
    BOOST_TEST(propose(Changes{}) == TxCode::count_zero);
    BOOST_TEST(propose(Changes(kMaxChanges + 1, {"market.feePpm", "1"})) ==
               TxCode::count_too_large);
    BOOST_TEST(propose(Changes{{std::string(kMaxParamBytes + 1, 'x'), "1"}}) ==
               TxCode::text_too_long);
    BOOST_TEST(propose(Changes{{"market.feePpm", std::string(kMaxParamBytes + 1, '1')}}) ==
               TxCode::text_too_long);
    ProposeGrant grant{.title = std::string(kMaxTitleBytes + 1, 't'),
                       .details_uri = {},
                       .recipient = kAnn,
                       .amount = 1};
    BOOST_TEST(propose(grant) == TxCode::text_too_long);
    grant.title = std::string(kMaxTitleBytes, 't');
    grant.details_uri = std::string(kMaxUriBytes + 1, 'u');
    BOOST_TEST(propose(grant) == TxCode::text_too_long);
    grant.details_uri = std::string(kMaxUriBytes, 'u');
    BOOST_TEST(propose(grant) == TxCode::ok);
    BOOST_TEST(propose_upgrade(std::string(kMaxUpgradeNameBytes + 1, 'n'), 99) ==
               TxCode::text_too_long);
}

BOOST_FIXTURE_TEST_CASE(a_grant_names_a_person_and_what_the_treasury_has, GovernanceFixture) {
    BOOST_TEST(propose_grant({}, 1) == TxCode::address_zero);
    BOOST_TEST(propose_grant(pool::kInsurance, 1) == TxCode::reserved_recipient);
    BOOST_TEST(propose_grant(kAnn, {}) == TxCode::amount_zero);
    BOOST_TEST(propose_grant(kAnn, sum_of(tokens(100), 1)) == TxCode::treasury_too_small);
    BOOST_TEST(propose_grant(kAnn, tokens(100)) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(an_upgrade_has_a_name_a_height_to_come_and_a_document, GovernanceFixture) {
    BOOST_TEST(propose(ProposeUpgrade{
                   .title = {}, .details_uri = {}, .height = 99, .name = "v2", .info_hash = {}}) ==
               TxCode::hash_zero);
    BOOST_TEST(propose_upgrade("", 99) == TxCode::upgrade_incomplete);
    BOOST_TEST(propose_upgrade("v2", 0) == TxCode::upgrade_incomplete);
    BOOST_TEST(propose_upgrade("v2", chain.block().height) == TxCode::upgrade_height_passed);
    BOOST_TEST(propose_upgrade("", 0) == TxCode::no_upgrade_plan);
    BOOST_TEST(propose_upgrade("v2", chain.block().height + 1) == TxCode::ok);
}

BOOST_AUTO_TEST_CASE(few_proposals_are_open_at_once) {
    ModuleParams terms = assay::devnet_params();
    terms.governance.max_open = 2;
    GovernanceFixture fixture(terms);
    BOOST_TEST(fixture.propose_grant(kAnn, 1) == TxCode::ok);
    BOOST_TEST(fixture.propose_grant(kAnn, 2) == TxCode::ok);
    BOOST_TEST(fixture.propose_grant(kAnn, 3) == TxCode::proposal_limit_reached);
    fixture.accept(1);
    fixture.end_vote();  // one waits, one is rejected
    BOOST_TEST(fixture.propose_grant(kAnn, 3) == TxCode::ok);
    BOOST_TEST(fixture.propose_grant(kAnn, 4) == TxCode::proposal_limit_reached);
    fixture.pass(terms.governance.timelock_s);
    fixture.pass(1);
    BOOST_TEST(fixture.propose_grant(kAnn, 4) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(proposals_are_listed_newest_first, GovernanceFixture) {
    for (std::uint64_t i = 1; i <= 3; ++i) BOOST_TEST(propose_grant(kAnn, i) == TxCode::ok);
    const auto ids = [&](std::uint64_t before, std::uint32_t count) {
        std::vector<std::uint64_t> out;
        for (const auto& each : *chain.ask(ListProposals{.before = before, .count = count}))
            out.push_back(each.id);
        return out;
    };
    BOOST_TEST(ids(0, 2) == (std::vector<std::uint64_t>{3, 2}), boost::test_tools::per_element());
    BOOST_TEST(ids(2, 2) == (std::vector<std::uint64_t>{1}), boost::test_tools::per_element());
    BOOST_TEST(ids(99, 50).size() == 3u);
    BOOST_TEST(ids(1, 5).empty());
    BOOST_TEST(!chain.ask(ListProposals{}));
    BOOST_TEST(!chain.ask(ListProposals{.before = 0, .count = kMaxPage + 1}));
}

BOOST_AUTO_TEST_CASE(governance_has_rules_for_its_own_numbers) {
    const auto refusal = [](auto change) {
        Params params;
        change(params);
        const auto good = validate(params);
        return good ? std::string() : good.error().message;
    };
    BOOST_TEST(refusal([](Params&) {}).empty());
    BOOST_TEST(refusal([](Params& p) { p.deposit = {}; }).starts_with("governance.deposit"));
    BOOST_TEST(refusal([](Params& p) {
                   p.deposit = sum_of(tokens(100'000), 1);
               }).starts_with("governance.deposit"));
    BOOST_TEST(refusal([](Params& p) { p.voting_s = 0; }).starts_with("governance.votingS"));
    BOOST_TEST(refusal([](Params& p) { p.timelock_s = 0; }).starts_with("governance.timelockS"));
    BOOST_TEST(refusal([](Params& p) { p.quorum_ppm = 900'001; }).starts_with("governance.quor"));
    BOOST_TEST(refusal([](Params& p) { p.majority_ppm = 499'999; }).starts_with("governance.maj"));
    BOOST_TEST(
        refusal([](Params& p) { p.majority_ppm = 900'001; }).starts_with("governance.major"));
    BOOST_TEST(refusal([](Params& p) { p.veto_ppm = 500'001; }).starts_with("governance.vetoPpm"));
    BOOST_TEST(refusal([](Params& p) { p.max_open = 33; }).starts_with("governance.maxOpen"));
}

}  // namespace assay::test
