// Owns what tests of the market add to the stories: books that must not change on a refusal, and
// blocks that begin at the second of a deadline.
#pragma once

#include "modules/market/tables.hpp"
#include "tests/support/story_fixture.hpp"

namespace assay::test {

// Small enough that every share has a remainder: 3 items are 999 units.
inline constexpr Amount kOddPrice = Amount(333);

struct MarketFixture : StoryFixture {
    using StoryFixture::StoryFixture;

    // Everything the market holds and records, and what the people have.
    struct Books {
        std::vector<Amount> money;
        Bytes records;
        bool operator==(const Books&) const = default;
    };
    Books books() const {
        Books out;
        for (const Address& who : genesis.people) out.money.push_back(wealth(who));
        for (const auto& each : pool::kAll) out.money.push_back(chain.balance(each.address));
        out.money.push_back(chain.balance(module_address(ModuleId::market)));
        const auto counters = state().get_or_default(market::kCounters, {});
        record::encode_into(out.records, counters);
        for (std::uint64_t id = 1; id <= counters.orders; ++id)
            record::encode_into(out.records, order(id));
        for (std::uint64_t id = 1; id <= counters.submissions; ++id)
            record::encode_into(out.records, submission(id));
        return out;
    }
    // The code of a message that must change nothing but the sender's fee.
    template <Message M>
    TxCode refuse(const Address& sender, const M& message, Amount value = {}) {
        const Books before = books();
        const TxCode code = chain.send(sender, ModuleId::market, message, value);
        BOOST_TEST((code != TxCode::ok));
        BOOST_TEST((books() == before));
        return code;
    }
    // The same of a fraud proof that its prover committed to in time.
    TxCode refuse_proof(const Address& prover, const market::ProveFraud& proof) {
        commit_proof(prover, proof);
        return refuse(prover, proof);
    }
    template <Message M>
    TxCode send(const Address& sender, const M& message, Amount value = {}) {
        return chain.send(sender, ModuleId::market, message, value);
    }
    // The present block becomes one of this second, whose deadlines its end will handle.
    void begin_at(std::uint64_t time_s) {
        BOOST_REQUIRE(now_s() <= time_s);
        if (now_s() < time_s) end_block(time_s - now_s());
    }
    market::Params terms() const { return chain.ask(market::GetMarketParams{}).value(); }
    TxCode settle(std::uint64_t id = 1, const Address& who = kCarol) {
        return send(who, market::Settle{.submission = id});
    }
    Amount grown(const Address& who, Amount before) const {
        return difference_of(wealth(who), before);
    }
    // Of the pool number `i`, over the balances that all pools had.
    Amount grown_pool(std::size_t i, const std::vector<Amount>& before) const {
        return difference_of(held(pool::kAll[i].address), before[i]);
    }
    Amount held(const Address& pool) const { return chain.balance(pool); }
};

}  // namespace assay::test
