// Owns CoreDriver: a core of one validator among several, told what the others say.
#pragma once

#include <algorithm>

#include "consensus/core/core.hpp"

namespace assay::consensus::test {

inline ValidatorKey key_number(std::uint8_t number) {
    FixedBytes<32> scalar;
    scalar.bytes[31] = number;
    return crypto::public_key_of(crypto::SecretKey(scalar))->compressed();
}

inline ValidatorSet set_of(const std::vector<std::int64_t>& powers) {
    std::vector<Validator> out;
    for (std::size_t i = 0; i < powers.size(); ++i)
        out.push_back(make_validator(key_number(static_cast<std::uint8_t>(i + 1)), powers[i]));
    return *ValidatorSet::create(out);
}

inline BlockId block(std::uint8_t label) {
    BlockId id;
    id.hash.bytes[0] = label;
    id.parts = {1, id.hash};
    return id;
}

const inline BlockId kNil{};

// Votes are made without signatures: the core trusts whoever checked them.
class CoreDriver {
  public:
    explicit CoreDriver(std::vector<std::int64_t> powers = {10, 10, 10, 10},
                        std::int64_t height = 1, std::optional<std::size_t> self = {})
        : set_(set_of(powers)) {
        // By default a place whose turn comes in round 3: the others propose first.
        if (!self) {
            ValidatorSet turns = set_;
            turns.rotate(3);
            self = set_.index_of(turns.proposer().address);
        }
        self_ = *self;
        step(input::Begin{.height = height, .validators = set_, .self = self_});
    }

    std::vector<Effect> step(const Input& input) { return last_ = core_.step(input); }
    std::vector<Effect> go() { return step(input::Go{}); }
    std::vector<Effect> block_checked(const BlockId& id,
                                      BlockFinding finding = BlockFinding::valid) {
        return step(input::BlockChecked{.id = id, .finding = finding});
    }
    std::vector<Effect> proposal(std::int32_t round, const BlockId& id, std::int32_t pol = -1) {
        Proposal out;
        out.height = core_.height();
        out.round = round;
        out.pol_round = pol;
        out.block_id = id;
        return step(input::GotProposal{out});
    }
    Vote vote(std::size_t from, VoteType type, std::int32_t round, const BlockId& id) const {
        Vote out;
        out.type = type;
        out.height = core_.height();
        out.round = round;
        out.block_id = id;
        out.validator_index = static_cast<std::int32_t>(from);
        out.validator = set_.validators()[from].address;
        return out;
    }
    std::vector<Effect> prevote(std::size_t from, std::int32_t round, const BlockId& id) {
        return step(input::GotVote{vote(from, VoteType::prevote, round, id)});
    }
    std::vector<Effect> precommit(std::size_t from, std::int32_t round, const BlockId& id) {
        return step(input::GotVote{vote(from, VoteType::precommit, round, id)});
    }
    // `count` validators other than this one.
    std::vector<Effect> prevotes(std::size_t count, std::int32_t round, const BlockId& id) {
        return from_others(count, [&](std::size_t i) { return prevote(i, round, id); });
    }
    std::vector<Effect> precommits(std::size_t count, std::int32_t round, const BlockId& id) {
        return from_others(count, [&](std::size_t i) { return precommit(i, round, id); });
    }
    std::vector<Effect> timeout(TimerKind kind, std::int32_t round) {
        return step(input::TimerFired{{.kind = kind, .height = core_.height(), .round = round}});
    }
    // The i-th validator that is not this one.
    std::size_t other(std::size_t i) const { return i < self_ ? i : i + 1; }

    const Core& core() const { return core_; }
    const ValidatorSet& set() const { return set_; }
    std::size_t self() const { return self_; }

  private:
    template <class Say>
    std::vector<Effect> from_others(std::size_t count, Say say) {
        std::vector<Effect> out;
        for (std::size_t i = 0; i < count; ++i)
            for (auto& effect : say(other(i))) out.push_back(std::move(effect));
        return out;
    }

    ValidatorSet set_;
    std::size_t self_ = 0;
    Core core_;
    std::vector<Effect> last_;
};

template <class E>
std::size_t count(const std::vector<Effect>& effects, const E& wanted) {
    return static_cast<std::size_t>(std::count(effects.begin(), effects.end(), Effect(wanted)));
}
template <class E>
std::size_t count_of(const std::vector<Effect>& effects) {
    return static_cast<std::size_t>(
        std::count_if(effects.begin(), effects.end(),
                      [](const Effect& effect) { return std::holds_alternative<E>(effect); }));
}

inline effect::SignVote sign_prevote(std::int32_t round, const BlockId& id) {
    return {.type = VoteType::prevote, .round = round, .id = id};
}
inline effect::SignVote sign_precommit(std::int32_t round, const BlockId& id) {
    return {.type = VoteType::precommit, .round = round, .id = id};
}

}  // namespace assay::consensus::test
