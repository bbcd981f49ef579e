// The rules P1 to P9.
#include "tests/economy/rules.hpp"

#include <algorithm>
#include <cstdio>

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
            conditions.params.market.contributor_bond_ppm = 100'000;
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
            .runs = 2'000};
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
            terms.contributor_bond_ppm = 166'667;
            terms.slash_split = {
                .challenger_ppm = 400'000, .buyer_ppm = 200'000, .burned_ppm = 400'000};
            conditions.params.disputes.challenge_bond_ppm = 250'000;
            conditions.juror_accuracy = 0.98;
            conditions.price = tokens(100);
        };
    };
    return {.name = "P3",
            .promise = "a (1 + (1 - r) B) >= 0.99",
            .premise = "made-up work by who could not do it, juries that hardly err",
            .row = {.name = "made-up work", .attack = made_up, .honest = nothing},
            .at = with(900'000, 2'300'000),
            .beyond = with(600'000, 4'000'000),
            .runs = 200};
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

// P6: a juror who is drawn asks for the stake back and stays away.
Rule unbonding() {
    const auto with = [](std::uint64_t parts) {
        return [parts](Conditions& conditions) {
            ModuleParams& params = conditions.params;
            params.jurors.unbonding_s =
                (params.market.challenge_window_s + disputes::longest_dispute_s(params.disputes) +
                 2 * params.rewards.epoch_s) *
                parts / 3;
        };
    };
    return {.name = "P6",
            .promise = "unbonding >= window + longest dispute + 2 epochs",
            .premise = "not needed while what a seat may be charged is locked until it is judged",
            .row = row_named("unbonding before the slash"),
            .at = with(3),
            .beyond = with(2),
            .needed = false,
            .runs = 60};
}

// P8: false gold, before juries of three that err in one of twenty cases.
Rule buyer_bond() {
    const auto with = [](std::uint32_t bond) {
        return [bond](Conditions& conditions) {
            market::Params& terms = conditions.params.market;
            terms.fee_ppm = 50'000;
            terms.contributor_bond_ppm = 100'000;
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
            .at = with(56'580),
            .beyond = with(37'720),
            .runs = 1'500};
}

// P7 bounds what a briber has to show, not what he gains: who is offered more than fee and penalty
// need not be paid where all take the offer.
std::string capital(double of_bound) {
    const double seat = of_bound / disputes::kMaxPanelSeats;
    double all = 0;
    for (const int seats : {3, 7, 15, 31, 63, 127}) all += seat * (seats / 2 + 1);
    char out[80];
    std::snprintf(out, sizeof out, "%.2f of the value for every panel, %.2f for the last alone",
                  all, seat * (disputes::kMaxPanelSeats / 2 + 1));
    return out;
}

}  // namespace

const std::vector<Rule>& rules() {
    static const std::vector<Rule> all = {
        mint(),
        sampling(),
        collateral(),
        challenge_bond(),
        juror_effort(),
        unbonding(),
        {.name = "P7",
         .promise = "127 (fee + sigma) >= the value at stake",
         .premise = "a briber's capital at the bound: " + capital(1) +
                    "; a third beyond: " + capital(2.0 / 3)},
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
