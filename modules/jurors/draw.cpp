// The draw of a panel: uniform positions from the seed, looked up in what is left of the tree.
#include "modules/jurors/draw.hpp"

#include "chain/crypto/hash.hpp"
#include "modules/jurors/api.hpp"
#include "modules/jurors/needs.hpp"
#include "modules/jurors/stake.hpp"
#include "modules/jurors/sum_tree.hpp"

namespace assay::jurors {

namespace {

struct StreamInput {
    Hash256 seed;
    std::uint64_t counter = 0;
};
BOOST_DESCRIBE_STRUCT(StreamInput, (), (seed, counter))

bool may_sit(const Juror& juror, std::uint64_t epoch, Amount seats_held, Amount lock) {
    if (juror.suspended_until_epoch > epoch) return false;
    const auto used = checked_add(held_stake(juror), seats_held);
    const auto needed = used ? checked_add(*used, lock) : std::nullopt;
    return needed && *needed <= juror.stake;
}

// The panel while it fills: what was taken out of the draw and who sits where.
class Panel {
  public:
    Panel(const State& state, const DrawRequest& request)
        : state_(state),
          request_(request),
          params_(state.must_get(kParams, {})),
          epoch_(needs::current_epoch(state)),
          left_(sum_tree::total(state, epoch_)) {}

    Amount left() const { return left_; }
    const std::vector<Address>& jurors() const { return jurors_; }

    void exclude(const Address& account) {
        const auto juror = state_.get(kJurors, account);
        if (juror) remove_all(juror->slot);
    }
    // Seats whoever holds the position, or takes a juror who may not sit out of the draw.
    void take(Amount position) {
        const std::uint32_t slot = sum_tree::find(state_, epoch_, position, removed_);
        const Address account = state_.must_get(kSlots, slot);
        const Juror juror = state_.must_get(kJurors, account);
        std::uint8_t& held = held_[slot];
        const Amount locks = held_locks(held);
        if (!may_sit(juror, epoch_, locks, request_.lock)) return remove_all(slot);
        jurors_.push_back(account);
        ++held;
        if (held >= params_.max_seats) return remove_all(slot);
        remove(slot, min_of(params_.min_stake, weight_left(slot)));
    }

  private:
    Amount held_locks(std::uint8_t held) const {
        const auto out = checked_mul(request_.lock, Amount(held));
        CHECK(out.has_value());
        return *out;
    }
    Amount weight_left(std::uint32_t slot) const {
        const auto it = removed_.find(slot);
        const Amount weight = sum_tree::leaf(state_, epoch_, slot);
        return it == removed_.end() ? weight : difference_of(weight, it->second);
    }
    void remove(std::uint32_t slot, Amount weight) {
        removed_[slot] = sum_of(removed_[slot], weight);
        left_ = difference_of(left_, weight);
    }
    void remove_all(std::uint32_t slot) { remove(slot, weight_left(slot)); }

    const State& state_;
    const DrawRequest& request_;
    const Params params_;
    const std::uint64_t epoch_;
    Amount left_;
    sum_tree::Removed removed_;
    std::map<std::uint32_t, std::uint8_t> held_;  // by slot
    std::vector<Address> jurors_;
};

}  // namespace

std::optional<Amount> uniform_below(const Hash256& seed, std::uint64_t counter, Amount bound) {
    CHECK(!bound.is_zero());
    Bytes input = to_bytes(assay::view_of("assay/draw/1"));
    record::encode_into(input, StreamInput{.seed = seed, .counter = counter});
    const Hash256 digest = sha256(input);
    u128 value = 0;
    for (std::size_t i = 0; i < 16; ++i) value = value << 8 | digest.bytes[i];
    const u128 biased = (0 - bound.raw()) % bound.raw();  // 2^128 mod bound
    if (value < biased) return std::nullopt;
    return Amount::from_raw(value % bound.raw());
}

std::vector<Address> draw(const State& state, const DrawRequest& request) {
    CHECK(request.seats <= kMaxDrawSeats);
    Panel panel(state, request);
    for (const Address& party : request.excluded) panel.exclude(party);
    const std::uint64_t attempts = kMaxPassedOver + request.seats;
    for (std::uint64_t counter = 0; counter < attempts; ++counter) {
        if (panel.jurors().size() == request.seats || panel.left().is_zero()) break;
        const auto position = uniform_below(request.seed, counter, panel.left());
        if (position) panel.take(*position);
    }
    return panel.jurors();
}

Amount eligible_stake(const State& state) {
    return sum_tree::total(state, needs::current_epoch(state));
}

}  // namespace assay::jurors
