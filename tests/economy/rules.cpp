// The rules P1 to P9. P6 was not needed and is gone (ADR 25).
#include "tests/economy/rules.hpp"

#include <algorithm>

#include "modules/market/sampling.hpp"
#include "tests/economy/juror_plays.hpp"

namespace assay::economy {

namespace {

Attack row_named(const std::string& name) {
    const auto found = std::find_if(attacks().begin(), attacks().end(),
                                    [&](const Attack& each) { return each.name == name; });
    CHECK(found != attacks().end());
    return *found;
}

// P1: a coalition that is everybody mints more than it burned.
Rule mint() {
    const auto with = [](std::uint32_t mu) {
        return [mu](Conditions& conditions) {
            conditions.params.rewards.mu_ppm = mu;
            conditions.price = tokens(1);  // far below what an epoch may mint
        };
    };
    return {.name = "P1",
            .promise = "mu <= 95%",
            .premise = "wash orders by every role, at a token an item",
            .row = row_named("wash orders by every role"),
            .at = with(950'000),
            .beyond = with(1'266'667),
            .runs = 20};
}

// P2: a sample of k out of many items, of which a share just above what is forgiven is bad. The
// chain draws no samples yet: this one is drawn here, and paid by the market's own rule.
double sampled_work(World& world, double bad_share) {
    constexpr std::uint64_t kItems = 100'000;
    const Conditions& conditions = world.conditions();
    const market::Params& terms = conditions.params.market;
    const double kept = (1 - bad_share) * conditions.effort;
    if (!world.random().happens(terms.audit_share_ppm / 1e6)) return 1 - kept;
    std::uint64_t defects = 0;
    for (std::uint32_t i = 0; i < terms.sample_items; ++i)
        defects += world.random().happens(bad_share) ? 1U : 0U;
    if (market::is_rejected_by(defects, kItems, terms))
        return -(terms.contributor_bond_ppm / 1e6) - kept;
    return market::pay_after_sampling(defects, kItems, terms) / 1e6 - kept;
}

Rule sampling() {
    const auto with = [](std::uint32_t weight) {
        return [weight](Conditions& conditions) {
            conditions.params.market.audit_share_ppm = 1'000'000;
            conditions.params.market.defect_weight_ppm = weight;
            conditions.params.market.contributor_bond_ppm = 350'000;
            conditions.params.market.slash_split = {
                .challenger_ppm = 300'000, .buyer_ppm = 200'000, .burned_ppm = 500'000};
            conditions.effort = 0.8;
        };
    };
    return {.name = "P2",
            .promise = "audit share x lambda >= 2",
            .premise = "work that costs 80% of its price; 3% of it left undone, a sample of 100",
            .row = {.name = "garbage just above what is forgiven",
                    .attack = [](World& world) { return sampled_work(world, 0.03); },
                    .honest = [](World& world) { return sampled_work(world, 0); }},
            .at = with(2'000'000),
            .beyond = with(1'333'333),
            .runs = 4'000};
}

// P3: somebody who cannot do the work at all sends something made up.
double made_up(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    watch(world, world.submit(world.mallory(), order, items, Quality::bad));
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

Rule collateral() {
    const auto with = [](std::uint32_t audited, std::uint32_t weight) {
        return [=](Conditions& conditions) {
            market::Params& terms = conditions.params.market;
            terms.audit_share_ppm = audited;
            terms.defect_weight_ppm = weight;
            terms.contributor_bond_ppm = 559'900;
            terms.fee_ppm = 50'000;
            conditions.params.rewards.mu_ppm = 800'000;
            terms.slash_split = {
                .challenger_ppm = 400'000, .buyer_ppm = 200'000, .burned_ppm = 400'000};
            conditions.params.disputes.challenge_bond_ppm = 250'000;
            conditions.juror_accuracy = 0.75;
            conditions.price = tokens(100);
        };
    };
    return {.name = "P3",
            .promise = "c (1 - r) B >= (1 - c) (1 + m) + (a - c) w B, c = 27/32 a",
            .premise = "made-up work by who could not do it, jurors right in 75%, no appeals",
            .row = {.name = "made-up work", .attack = made_up, .honest = nothing},
            .at = with(900'000, 2'300'000),
            .beyond = with(600'000, 4'000'000),
            .runs = 600};
}

// P4: a challenge of good work, before juries that err in three of ten cases.
Rule challenge_bond() {
    const auto with = [](std::uint32_t bond) {
        return [bond](Conditions& conditions) {
            conditions.params.market.contributor_bond_ppm = 1'000'000;
            conditions.params.market.slash_split = {
                .challenger_ppm = 450'000, .buyer_ppm = 150'000, .burned_ppm = 400'000};
            conditions.params.disputes.challenge_bond_ppm = bond;
            conditions.juror_accuracy = 0.637;  // of three, 70% together
            conditions.price = tokens(100);
        };
    };
    return {.name = "P4",
            .promise = "challenge bond >= e r / (1 - e), e = 0.3",
            .premise = "juries of three that err in 30% of the cases, nobody appeals",
            .row = row_named("frivolous challenge"),
            .at = with(192'858),
            .beyond = with(128'572),
            .runs = 1'200};
}

constexpr std::uint8_t kFirst[] = {0};

double in_five(World& world, Judging judging) {
    for (std::uint8_t i = 5; i < World::kJurors; ++i) world.stake(world.juror(i), 0);
    return judged(world, kFirst, judging, 0.7);
}

// P5: who never looks is right in 15% fewer cases, and saves the effort.
Rule juror_effort() {
    const auto with = [](std::uint32_t percent) {
        return [percent](Conditions& conditions) {
            disputes::Params& terms = conditions.params.disputes;
            const double per_fee = 0.15 * (1 + terms.incoherent_penalty_ppm / 1e6);
            const double effort =
                static_cast<double>(terms.jury_fee.low()) * per_fee * percent / 100;
            terms.juror_effort = tokens(effort / 1e18);
            conditions.juror_effort = effort;
            conditions.price = tokens(1);  // whose disputes cost the least fee
            conditions.juror_accuracy = 0.9;
        };
    };
    return {.name = "P5",
            .promise = "(fee + sigma) x 0.15 >= juror effort",
            .premise = "five jurors, right in 90% of the cases; seven of ten works are bad",
            .row = {.name = "the constant juror: reject",
                    .attack = [](World& w) { return in_five(w, Judging::always_reject); },
                    .honest = [](World& w) { return in_five(w, Judging::honest); },
                    .unit = Unit::fee},
            .at = with(100),
            .beyond = with(150),
            .runs = 400};
}

// P8: false gold, before juries of three that err in one of twenty cases.
Rule buyer_bond() {
    const auto with = [](std::uint32_t bond) {
        return [bond](Conditions& conditions) {
            market::Params& terms = conditions.params.market;
            terms.fee_ppm = 50'000;
            terms.contributor_bond_ppm = 350'000;
            terms.audit_share_ppm = 1'000'000;
            terms.slash_split = {
                .challenger_ppm = 400'000, .buyer_ppm = 250'000, .burned_ppm = 350'000};
            terms.buyer_bond_ppm = bond;
            conditions.params.disputes.challenge_bond_ppm = 250'000;
            conditions.juror_accuracy = 0.865;  // of three, 95% together
            conditions.price = tokens(100);
        };
    };
    return {.name = "P8",
            .promise = "buyer bond >= e / (1 - e) x what false gold saves, e = 0.05",
            .premise = "false gold before juries that err in one of twenty cases, no appeals",
            .row = false_gold_before_one_jury(),
            .at = with(59'869),
            .beyond = with(39'913),
            .runs = 1'500};
}

// P7: made-up work, its author appeals to the last panel and buys a majority of it. All tiers ask
// what T0 does, so that the largest fee covers just this work.
Rule last_panel() {
    const auto with = [](std::uint64_t thirds) {
        return [thirds](Conditions& conditions) {
            ModuleParams& params = conditions.params;
            let_panels_be_large(params);
            market::Params& terms = params.market;
            terms.audit_share_ppm = 1'000'000;
            terms.contributor_bond_ppm = 350'000;
            terms.fee_ppm = 50'000;
            terms.slash_split = {
                .challenger_ppm = 400'000, .buyer_ppm = 250'000, .burned_ppm = 350'000};
            params.rewards.mu_ppm = 800'000;
            params.disputes.challenge_bond_ppm = 250'000;
            for (market::TierTerms* tier :
                 {&terms.tiers.t1, &terms.tiers.t2, &terms.tiers.t3, &terms.tiers.t4})
                *tier = {.audit_share_ppm = 1'000'000, .collateral_ppm = 350'000};
            conditions.juror_accuracy = 0.9;
            conditions.items = 1;
            conditions.price = terms.largest_submission = tokens(256);
            // 256 + 1/2 x 1/4 x 0.35 x 256 = 267.2 tokens are 256 fees.
            params.disputes.max_jury_fee =
                Amount(kTokenUnits / 1'000'000 * (thirds == 3 ? 1'043'750 : 695'833));
        };
    };
    return {.name = "P7",
            .promise = "64 (fee + sigma) >= the value and half of the challenger's bond",
            .premise = "a briber of the last panel at the largest value, jurors right in 90%",
            .row = row_named("bribing the last panel"),
            .at = with(3),
            .beyond = with(2),
            .runs = 30};
}

}  // namespace

const std::vector<Rule>& rules() {
    static const std::vector<Rule> all = {
        mint(),
        sampling(),
        collateral(),
        challenge_bond(),
        juror_effort(),
        last_panel(),
        buyer_bond(),
        {.name = "P9",
         .promise = "staking.unbondingS >= governance.timelockS",
         .premise = "keeps stake bound to what it decided; no row has a price of the token"},
    };
    return all;
}

Loosened play(const Rule& rule, Table::Size size) {
    if (rule.row.attack == nullptr) return {};
    if (size.runs == 0) size.runs = rule.runs;
    const auto with = [&](const Change& change, bool valid) {
        Attack row = rule.row;
        row.setting.change = [&change, valid](Conditions& conditions) {
            change(conditions);
            CHECK(validate(conditions.params).has_value() == valid);
        };
        return Table(size).play(row);
    };
    return {.at = with(rule.at, true), .beyond = with(rule.beyond, false)};
}

}  // namespace assay::economy
