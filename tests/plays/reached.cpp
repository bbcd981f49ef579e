// Walks the last state of a play.
#include "tests/plays/reached.hpp"

#include "modules/datasets/objects.hpp"
#include "modules/disputes/objects.hpp"
#include "modules/governance/objects.hpp"
#include "modules/market/audit.hpp"
#include "modules/market/gold.hpp"
#include "modules/market/tables.hpp"
#include "modules/rewards/objects.hpp"
#include "modules/staking/objects.hpp"

namespace assay::test {

namespace {

using Ends = std::map<std::string, std::uint64_t>;

template <class E>
std::string name_of(E value) {
    std::string out = "unknown";
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto each) {
        if (each.value == value) out = each.name;
    });
    return out;
}

void count_market(const State& state, Ends& ends) {
    state.scan(market::kOrders, [&](std::uint64_t, const market::Order& each) {
        ++ends["order: " + name_of(each.state)];
    });
    state.scan(market::kSubmissions, [&](std::uint64_t, const market::Submission& each) {
        ++ends["submission: " + name_of(each.state)];
        if (each.failed) ++ends["submission: failed by its policy"];
        if (each.verdict_ppm < kPpm && !each.failed) ++ends["submission: paid in part"];
        if (each.unbonded) ++ends["submission: without a bond"];
        if (each.tier > 0) ++ends["submission: at tier " + std::to_string(each.tier)];
        if (each.items_missing != 0) ++ends["submission: items missing"];
    });
}

void count_audits(const State& state, Ends& ends) {
    state.scan(market::kAudits, [&](std::uint64_t, const market::Audit& each) {
        ++ends["audit: " + name_of(each.lot)];
        if (each.counted) ++ends["audit: counted"];
        for (const market::GradeSeat& seat : market::seats_of(state, each))
            ++ends["grader: " + name_of(seat.outcome)];
    });
    state.scan(market::kOpenedGold,
               [&](const market::BatchKey&, const auto&) { ++ends["batch: gold opened"]; });
}

void count_disputes(const State& state, Ends& ends) {
    state.scan(disputes::kDisputes, [&](std::uint64_t, const disputes::Dispute& each) {
        if (each.phase != disputes::Phase::ruled) {
            ++ends["dispute: open"];
            return;
        }
        ++ends[each.by_default ? "dispute: by default" : "dispute: ruled " + name_of(each.ruling)];
        if (each.round > 0) ++ends["dispute: appealed " + std::to_string(each.round) + " times"];
        if (each.joiners > 0) ++ends["dispute: joined"];
        if (each.claim == disputes::Claim::wrong_verdict) {
            ++ends["contest: " + name_of(each.ruling)];
            if (each.round > 0) ++ends["contest: appealed"];
        }
        if (each.reviewed) ++ends["dispute: reviewed"];
        if (!each.fees_from_pool.is_zero()) ++ends["dispute: paid by the jurors' pool"];
    });
    state.scan(disputes::kSeats, [&](const disputes::SeatKey&, const disputes::Seat& each) {
        ++ends["seat: " + name_of(each.outcome)];
    });
}

void count_stakes(const State& state, Ends& ends) {
    state.scan(staking::kValidators,
               [&](const staking::Consensus&, const staking::Validator& each) {
                   if (each.tombstoned)
                       ++ends["validator: tombstoned"];
                   else
                       ++ends[each.jailed ? "validator: jailed" : "validator: free"];
               });
    state.scan(rewards::kGrants, [&](std::uint64_t, const rewards::Grant& each) {
        if (!each.released.is_zero()) ++ends["grant: released"];
        if (!each.clawed_back.is_zero()) ++ends["grant: clawed back"];
        if (!each.seized.is_zero()) ++ends["grant: pledged and seized"];
    });
}

}  // namespace

Ends ends_of(const State& state) {
    Ends out;
    count_market(state, out);
    count_audits(state, out);
    count_disputes(state, out);
    count_stakes(state, out);
    state.scan(governance::kProposals, [&](std::uint64_t, const governance::Proposal& each) {
        ++out["proposal: " + name_of(each.kind) + ", " + name_of(each.status)];
    });
    state.scan(kUpgrades, [&](const std::string&, std::uint64_t) { ++out["upgrade: begun"]; });
    state.scan(datasets::kSources, [&](const datasets::SourceKey&, const datasets::Source& each) {
        ++out["consent: " + name_of(each.consent)];
    });
    state.scan(datasets::kDatasets, [&](std::uint64_t, const datasets::Dataset& each) {
        if (!each.receivers.empty()) ++out["dataset: derived"];
    });
    return out;
}

}  // namespace assay::test
