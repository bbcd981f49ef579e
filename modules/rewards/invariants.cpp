// Walks all epochs and grants.
#include "modules/rewards/invariants.hpp"

#include "chain/exec/deadlines.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/rewards/grants.hpp"

namespace assay::rewards {

namespace {

class Findings {
  public:
    Findings(const char* rule, std::vector<InvariantFailure>& failures)
        : rule_(rule), failures_(failures) {}
    void expect(bool holds, const std::string& what) {
        if (!holds) failures_.push_back({.rule = rule_, .what = what});
    }
    void expect_equal(const std::string& what, Amount found, Amount expected) {
        expect(found == expected,
               what + " is " + to_string(found) + ", the records say " + to_string(expected));
    }

  private:
    const char* rule_;
    std::vector<InvariantFailure>& failures_;
};

std::string name_of(const Epoch& epoch) {
    return "epoch " + std::to_string(epoch.number);
}

Amount work_minted(const Epoch& epoch) {
    return sum_of(sum_of(epoch.contributors, epoch.jurors), epoch.treasury);
}

// What the grants of one epoch add up to.
struct Sums {
    Amount burned_fees;
    std::uint64_t grants = 0;
    std::uint64_t computed = 0;
    Amount granted;
    Amount released;
    Amount clawed_back;
    Amount pledged;
    Amount seized;
};

// A grant whose epoch still ran when fraud was proven counts for nothing.
bool counts(const Grant& grant) {
    return grant.computed || !grant.fraud;
}

std::map<std::uint64_t, Sums> sums_by_epoch(const State& state) {
    std::map<std::uint64_t, Sums> out;
    state.scan(kGrants, [&](std::uint64_t, const Grant& grant) {
        if (!counts(grant)) return;
        Sums& sums = out[grant.epoch];
        sums.burned_fees = sum_of(sums.burned_fees, grant.burned_fees);
        ++sums.grants;
        sums.computed += grant.computed ? 1U : 0U;
        sums.granted = sum_of(sums.granted, grant.granted);
        sums.released = sum_of(sums.released, grant.released);
        sums.clawed_back = sum_of(sums.clawed_back, grant.clawed_back);
        sums.pledged = sum_of(sums.pledged, grant.pledged);
        sums.seized = sum_of(sums.seized, grant.seized);
    });
    return out;
}

void check_grant(const State& state, const Grant& grant, Findings& findings) {
    const std::string name = "submission " + std::to_string(grant.submission);
    const Epoch epoch = state.must_get(kEpochs, grant.epoch);
    findings.expect(!grant.computed || epoch.ended, name + " has a grant before its epoch ended");
    findings.expect(counts(grant) || grant.granted.is_zero(), name + " kept a grant after fraud");
    const Amount elsewhere = sum_of(grant.pledged, grant.seized);
    const Amount settled = sum_of(sum_of(grant.released, grant.clawed_back), elsewhere);
    findings.expect(elsewhere.is_zero() || grant.computed, name + " pledged an unknown grant");
    findings.expect(settled <= grant.granted && (!grant.fraud || settled == grant.granted),
                    name + " was granted " + to_string(grant.granted) + ", released " +
                        to_string(grant.released) + ", burned " + to_string(grant.clawed_back));
}

void check_sums(const Epoch& epoch, const Sums& sums, Findings& findings) {
    const std::string name = name_of(epoch);
    findings.expect(epoch.grants == sums.grants && epoch.computed == sums.computed,
                    name + " miscounts its grants");
    findings.expect_equal(name + ": burned fees", epoch.burned_fees, sums.burned_fees);
    findings.expect_equal(name + ": granted", epoch.granted, sums.granted);
    findings.expect_equal(name + ": released", epoch.released, sums.released);
    findings.expect_equal(name + ": pledged", epoch.pledged, sums.pledged);
    findings.expect_equal(name + ": seized", epoch.seized, sums.seized);
    const bool complete = epoch.ended && epoch.grants != 0 && epoch.computed == epoch.grants;
    const Amount remainder = complete ? difference_of(epoch.contributors, sums.granted) : Amount{};
    findings.expect_equal(name + ": burned back", epoch.burned_back,
                          sum_of(sums.clawed_back, remainder));
    findings.expect(remainder < Amount(epoch.grants + 1),
                    name + ": remainder above a unit a grant");
}

}  // namespace

void check_mint(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    Findings findings("2 mint bound", failures);
    const Supply supply = ledger::supply(state);
    const auto issued = checked_add(supply.genesis, supply.minted);
    findings.expect(issued && *issued <= kCap, "genesis and minted exceed the cap");
    Amount minted;
    state.scan(kEpochs, [&](std::uint64_t, const Epoch& epoch) {
        const Amount work = work_minted(epoch);
        minted = sum_of(minted, sum_of(work, epoch.validators));
        findings.expect(work <= ppm_floor(epoch.burned_fees, epoch.terms.mu_ppm),
                        name_of(epoch) + " minted " + to_string(work) + " against burned fees " +
                            to_string(epoch.burned_fees));
        findings.expect(sum_of(work, epoch.validators) <= epoch.emission,
                        name_of(epoch) + " minted more than it may emit");
    });
    findings.expect_equal("minted", supply.minted, minted);
    std::map<std::uint64_t, std::pair<Amount, Amount>> orders;  // granted, allowed
    state.scan(kGrants, [&](std::uint64_t, const Grant& grant) {
        const Epoch epoch = state.must_get(kEpochs, grant.epoch);
        if (!epoch.ended || !counts(grant)) return;
        auto& [granted, burned] = orders[grant.order];
        granted = sum_of(granted, grant_size(epoch, grant));
        burned = sum_of(burned, ppm_floor(grant.burned_fees, epoch.terms.mu_ppm));
    });
    for (const auto& [order, sums] : orders)
        findings.expect(sums.first <= sums.second, "order " + std::to_string(order) +
                                                       " was granted " + to_string(sums.first) +
                                                       " of " + to_string(sums.second));
}

void check_vesting(const State& state, const StateReader&,
                   std::vector<InvariantFailure>& failures) {
    Findings findings("2 vesting", failures);
    state.scan(kGrants,
               [&](std::uint64_t, const Grant& grant) { check_grant(state, grant, findings); });
    auto sums = sums_by_epoch(state);
    Amount held;
    state.scan(kEpochs, [&](std::uint64_t number, const Epoch& epoch) {
        check_sums(epoch, sums[number], findings);
        const Amount spent =
            sum_of(sum_of(epoch.released, epoch.burned_back), sum_of(epoch.pledged, epoch.seized));
        findings.expect(spent <= epoch.contributors, name_of(epoch) + " spent more than it minted");
        if (spent <= epoch.contributors)
            held = sum_of(held, difference_of(epoch.contributors, spent));
    });
    findings.expect_equal("the vesting pool", ledger::balance(state, pool::kVesting), held);
}

void check_epochs(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    Findings findings("7 epochs", failures);
    const std::uint64_t current = state.must_get(kCurrentEpoch, {});
    state.scan(kEpochs, [&](std::uint64_t number, const Epoch& epoch) {
        findings.expect(number == epoch.number && number <= current && number > 0,
                        name_of(epoch) + " is out of sequence");
        findings.expect(epoch.ended == (number < current), name_of(epoch) + " did not end in turn");
        const auto before = state.get(kEpochs, number - 1);
        findings.expect(number == 1 || (before && before->ends_s == epoch.begins_s),
                        name_of(epoch) + " does not begin where the one before ended");
    });
    const Epoch running = state.must_get(kEpochs, current);
    std::uint64_t scheduled = 0;
    state.scan(kDeadlines, [&](const Deadline& deadline, const Nothing&) {
        if (deadline.kind != DeadlineKind::epoch_ends) return;
        ++scheduled;
        findings.expect(deadline.id == current && deadline.time_s == running.ends_s,
                        "a deadline waits for epoch " + std::to_string(deadline.id));
    });
    findings.expect(scheduled == 1, std::to_string(scheduled) + " deadlines end epochs");
}

}  // namespace assay::rewards
