// People, and the sum of what a message leaves for later.
#include "bench/gas/story.hpp"

#include <cstdio>

#include "chain/crypto/hash.hpp"
#include "chain/types/pools.hpp"
#include "modules/jurors/stake.hpp"
#include "modules/reputation/objects.hpp"

namespace assay::bench {

crypto::SecretKey key_of(std::size_t lane, std::size_t who) {
    Bytes seed = to_bytes(view_of("assay/bench/person"));
    record::encode_into(seed, static_cast<std::uint64_t>(lane));
    record::encode_into(seed, static_cast<std::uint64_t>(who));
    return *crypto::secret_key_from(sha256(seed));
}

Address person(std::size_t lane, std::size_t who) {
    return crypto::address_of(*crypto::public_key_of(key_of(lane, who)));
}

// The best tier, as if buyers enough had paid for work, and the stake that it asks for.
void make_reputation(State& state, const Address& who, const reputation::Params& terms) {
    const std::uint64_t step = kBegin_s / terms.step_s;
    state.put(reputation::kStandings, who,
              {.score_ppm = reputation::kFullScore_ppm, .step = step, .buyers = terms.t4.buyers});
    for (std::uint8_t i = 0; i < terms.t4.buyers; ++i)
        state.put(reputation::kCounterparties, {.contributor = who, .buyer = Address{{0xbb, i}}},
                  {.given_ppm = terms.counterparty_cap_ppm, .step = step, .counts = true});
    const Amount stake = sum_of(terms.t4.stake, terms.t4.stake);
    ledger::grant_at_genesis(state, pool::kJurorStake, stake);
    jurors::add_stake(state, who, stake);
}

void fund_everybody(State& state, std::size_t lanes) {
    const auto terms = state.must_get(reputation::kParams, {});
    for (std::size_t lane = 0; lane < lanes; ++lane)
        make_reputation(state, person(lane, Role::climber), terms);
    for (std::size_t lane = 0; lane < lanes; ++lane)
        for (std::size_t who = 0; who < kPeople; ++who)
            if (who != static_cast<std::size_t>(Role::poor))
                ledger::grant_at_genesis(state, person(lane, who), tokens(20'000));
    ledger::grant_at_genesis(state, pool::kTreasury, tokens(100'000));
}

void Story::add_later() {
    for (Row& row : rows_)
        for (const std::string& label : row.later) {
            const auto found = chain_.deadlines().find(label);
            if (found == chain_.deadlines().end()) {
                std::fprintf(stderr, "%s: no deadline \"%s\" was handled\n", row.message.c_str(),
                             label.c_str());
                std::exit(1);
            }
            row.later_ns += found->second.total();
            row.later_writes += found->second.most_writes;
        }
}

}  // namespace assay::bench
