// Reads balances and sums them.
#include "cli/demo/books.hpp"

#include <array>
#include <set>

#include "chain/types/pools.hpp"
#include "modules/bank/views.hpp"
#include "modules/jurors/views.hpp"
#include "modules/staking/views.hpp"

namespace assay::cli {

namespace {

struct Pool {
    const char* name;
    Address address;
};

constexpr std::array kPools = {
    Pool{"orders' escrow", pool::kMarketEscrow},
    Pool{"buyers' bonds", pool::kBuyerBonds},
    Pool{"contributors' bonds", pool::kContributorBonds},
    Pool{"sponsors' budgets", pool::kSponsorBudgets},
    Pool{"held back", pool::kHoldback},
    Pool{"challengers' bonds", pool::kDisputeBonds},
    Pool{"juries' fees", pool::kDisputeFees},
    Pool{"jurors' stake", pool::kJurorStake},
    Pool{"jurors' pool", pool::kJurorFees},
    Pool{"vesting", pool::kVesting},
    Pool{"validators' pool", pool::kValidators},
    Pool{"insurance", pool::kInsurance},
    Pool{"treasury", pool::kTreasury},
    Pool{"validators' stake", pool::kStake},
};

Outcome<Amount> balance_at(const Chain& chain, const Address& address, const std::string& block) {
    return ask(chain.rpc(), ModuleId::bank, bank::BalanceOf{.account = address}, block);
}

// Fees go to them, whoever proposed.
Outcome<std::vector<Address>> fee_recipients(const Chain& chain, const std::string& block) {
    std::vector<Address> out;
    staking::ListValidators page{.after = {}, .count = staking::kMaxPage};
    for (;;) {
        const auto listed = ask(chain.rpc(), ModuleId::staking, page, block);
        if (!listed) return listed.error();
        for (const auto& one : *listed) out.push_back(one.validator.fee_recipient);
        if (listed->size() < page.count) return out;
        page.after = listed->back().validator.address;
    }
}

}  // namespace

Outcome<Holding> holding_of(const Chain& chain, const Address& address, std::uint64_t height) {
    const std::string block = quantity(Amount(height));
    const auto free = balance_at(chain, address, block);
    if (!free) return free.error();
    Holding out{.free = *free, .staked = {}};
    const auto juror =
        ask(chain.rpc(), ModuleId::jurors, jurors::GetJuror{.account = address}, block);
    if (!juror) return out;  // the view refuses accounts that never staked
    out.staked = sum_of(juror->stake, jurors::unbonding_of(*juror));
    return out;
}

Outcome<SupplyCheck> check_supply(const Chain& chain, const std::vector<Address>& people,
                                  std::uint64_t height) {
    const std::string block = quantity(Amount(height));
    const auto supply = ask(chain.rpc(), ModuleId::bank, bank::GetSupply{}, block);
    if (!supply) return supply.error();
    SupplyCheck out{.height = height, .supply = *supply};
    out.burned = ledger::total_burned(*supply);
    out.expected = difference_of(sum_of(supply->genesis, supply->minted), out.burned);
    const auto recipients = fee_recipients(chain, block);
    if (!recipients) return recipients.error();
    std::set<Address> accounts(people.begin(), people.end());
    accounts.insert(recipients->begin(), recipients->end());
    Amount people_hold;
    for (const auto& account : accounts) {
        const auto balance = balance_at(chain, account, block);
        if (!balance) return balance.error();
        people_hold = sum_of(people_hold, *balance);
    }
    out.held.emplace_back("people and validators", people_hold);
    for (const auto& one : kPools) {
        const auto balance = balance_at(chain, one.address, block);
        if (!balance) return balance.error();
        if (!balance->is_zero()) out.held.emplace_back(one.name, *balance);
    }
    for (const auto& [name, amount] : out.held) out.sum = sum_of(out.sum, amount);
    return out;
}

}  // namespace assay::cli
