// Change sets, proposer priorities and hashing of the validator set.
#include "consensus/types/validator_set.hpp"

#include <algorithm>

#include "chain/crypto/rfc6962.hpp"

namespace assay::consensus {

namespace {

__extension__ typedef __int128 i128;

std::int64_t clip(i128 value) {
    return static_cast<std::int64_t>(
        std::clamp<i128>(value, static_cast<i128>(INT64_MIN), static_cast<i128>(INT64_MAX)));
}

bool before(const Validator& a, const Validator& b) {
    return a.power != b.power ? a.power > b.power : a.address < b.address;
}

const Validator* find(const std::vector<Validator>& list, const ConsensusAddress& address) {
    const auto at = std::find_if(list.begin(), list.end(),
                                 [&](const Validator& v) { return v.address == address; });
    return at == list.end() ? nullptr : &*at;
}

i128 power_of(const std::vector<Validator>& list) {
    i128 sum = 0;
    for (const Validator& v : list) sum += v.power;
    return sum;
}

Result<void> check_changes(const std::vector<Validator>& present, std::vector<Validator> changes) {
    std::sort(changes.begin(), changes.end(),
              [](const Validator& a, const Validator& b) { return a.address < b.address; });
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const std::string who = to_hex(changes[i].address);
        if (i > 0 && changes[i].address == changes[i - 1].address)
            return failure("validator " + who + " is named twice");
        if (changes[i].power < 0 || changes[i].power > kMaxTotalPower)
            return failure("validator " + who + " has a power outside 0.." +
                           std::to_string(kMaxTotalPower));
        if (changes[i].power == 0 && find(present, changes[i].address) == nullptr)
            return failure("validator " + who + " is to be removed but is not in the set");
    }
    return {};
}

}  // namespace

Validator make_validator(const ValidatorKey& key, std::int64_t power) {
    return {consensus_address(key), key, power, 0};
}

Result<ValidatorSet> ValidatorSet::create(std::span<const Validator> validators) {
    ValidatorSet out;
    if (validators.empty()) return failure("a validator set needs at least one validator");
    const auto done = out.update(validators);
    if (!done) return done.error();
    out.rotate(1);
    return out;
}

Result<void> ValidatorSet::update(std::span<const Validator> changes) {
    if (changes.empty()) return {};
    const auto checked = check_changes(validators_, {changes.begin(), changes.end()});
    if (!checked) return checked;

    std::vector<Validator> merged = validators_;
    i128 removed_power = 0;
    for (const Validator& change : changes) {
        const auto at = std::find_if(merged.begin(), merged.end(), [&](const Validator& v) {
            return v.address == change.address;
        });
        if (change.power == 0) {
            removed_power += at->power;
            merged.erase(at);
        } else if (at != merged.end()) {
            at->power = change.power;
            at->key = change.key;
        } else {
            merged.push_back(change);
        }
    }
    if (merged.empty()) return failure("the changes leave no validator");
    if (merged.size() > kMaxValidators)
        return failure("more than " + std::to_string(kMaxValidators) + " validators");
    const i128 total = power_of(merged);
    if (total > kMaxTotalPower)
        return failure("total voting power exceeds " + std::to_string(kMaxTotalPower));

    // A newcomer starts 1.125 totals behind, so that leaving and coming back wins no turn.
    const i128 before_removals = total + removed_power;
    for (Validator& v : merged)
        if (find(validators_, v.address) == nullptr)
            v.priority = clip(-(before_removals + (before_removals >> 3)));
    const bool had_proposer = !validators_.empty();
    const ConsensusAddress last_proposer = had_proposer ? proposer().address : ConsensusAddress{};
    validators_ = std::move(merged);
    rescale();
    centre();
    std::sort(validators_.begin(), validators_.end(), before);
    proposer_ = had_proposer ? index_of(last_proposer).value_or(0) : 0;
    return {};
}

void ValidatorSet::rotate(std::int32_t times) {
    CHECK(!validators_.empty() && times > 0);
    rescale();
    centre();
    for (std::int32_t i = 0; i < times; ++i) proposer_ = take_turn();
}

// Keeps the spread of priorities within twice the total power.
void ValidatorSet::rescale() {
    const auto [least, most] =
        std::minmax_element(validators_.begin(), validators_.end(),
                            [](const auto& a, const auto& b) { return a.priority < b.priority; });
    const i128 spread = static_cast<i128>(most->priority) - least->priority;
    const i128 limit = 2 * static_cast<i128>(total_power());
    if (spread <= limit) return;
    const i128 ratio = (spread + limit - 1) / limit;
    for (Validator& v : validators_) v.priority = clip(v.priority / ratio);
}

// Moves the average priority to zero, rounding the average down.
void ValidatorSet::centre() {
    const i128 count = static_cast<i128>(validators_.size());
    i128 sum = 0;
    for (const Validator& v : validators_) sum += v.priority;
    i128 average = sum / count;
    if (sum % count < 0) --average;
    for (Validator& v : validators_) v.priority = clip(v.priority - average);
}

std::size_t ValidatorSet::take_turn() {
    for (Validator& v : validators_) v.priority = clip(static_cast<i128>(v.priority) + v.power);
    std::size_t best = 0;
    for (std::size_t i = 1; i < validators_.size(); ++i) {
        const Validator& a = validators_[best];
        const Validator& b = validators_[i];
        if (b.priority > a.priority || (b.priority == a.priority && b.address < a.address))
            best = i;
    }
    validators_[best].priority =
        clip(static_cast<i128>(validators_[best].priority) - total_power());
    return best;
}

std::int64_t ValidatorSet::total_power() const {
    return clip(power_of(validators_));
}

const Validator& ValidatorSet::proposer() const {
    CHECK(proposer_ < validators_.size());
    return validators_[proposer_];
}

std::optional<std::size_t> ValidatorSet::index_of(const ConsensusAddress& address) const {
    const Validator* found = find(validators_, address);
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(found - validators_.data());
}

Hash256 ValidatorSet::hash() const {
    rfc6962::RootBuilder tree;
    for (const Validator& v : validators_) {
        protobuf::Writer leaf;
        write_key(leaf, 1, v.key);
        leaf.integer(2, v.power);
        tree.add(leaf.view());
    }
    return tree.root();
}

void write(protobuf::Writer& out, const Validator& validator) {
    out.bytes(1, validator.address);
    write_key(out, 2, validator.key);
    out.integer(3, validator.power);
    out.integer(4, validator.priority);
}

void read(protobuf::Reader& in, Validator& validator) {
    validator.address = in.fixed<20>(1);
    validator.key = read_key(in, 2);
    if (in.ok() && validator.address != consensus_address(validator.key))
        in.fail(1, "does not belong to the key");
    validator.power = in.int64(3);
    if (validator.power < 1 || validator.power > kMaxTotalPower) in.fail(3, "is out of range");
    validator.priority = in.int64(4);
}

void write(protobuf::Writer& out, const ValidatorSet& set) {
    for (const Validator& v : set.validators_)
        out.message(1, [&](protobuf::Writer& inner) { write(inner, v); });
    out.message(2, [&](protobuf::Writer& inner) { write(inner, set.proposer()); });
}

void read(protobuf::Reader& in, ValidatorSet& set) {
    set.validators_.clear();
    while (in.has(1) && set.validators_.size() < kMaxValidators)
        in.message(1,
                   [&](protobuf::Reader& inner) { read(inner, set.validators_.emplace_back()); });
    if (set.validators_.empty()) in.fail(1, "names no validator");
    for (std::size_t i = 1; i < set.validators_.size(); ++i)
        if (!before(set.validators_[i - 1], set.validators_[i])) in.fail(1, "is not in order");
    if (power_of(set.validators_) > kMaxTotalPower) in.fail(1, "has too much power in total");
    Validator proposer;
    in.message(2, [&](protobuf::Reader& inner) { read(inner, proposer); });
    set.proposer_ = set.index_of(proposer.address).value_or(0);
    if (in.ok() && set.validators_[set.proposer_] != proposer) in.fail(2, "is not in the set");
}

}  // namespace assay::consensus
