// Owns the validators' VRF keys: which one counts at which height, and who failed to use it.
#pragma once

#include <optional>

#include "chain/crypto/ecvrf.hpp"
#include "chain/state/table.hpp"

namespace assay {
class State;
}

namespace assay::beacon {

using Validator = FixedBytes<20>;  // consensus address

// At most two keys: the one that counts and the one to come. A height of 0 means no such key.
struct VrfKeys {
    ecvrf::PublicKey key;
    std::uint64_t from = 0;  // the first height that it counts at
    ecvrf::PublicKey next;
    std::uint64_t next_from = 0;
    std::uint64_t missed = 0;  // blocks of this proposer without its proof
};
BOOST_DESCRIBE_STRUCT(VrfKeys, (), (key, from, next, next_from, missed))

inline constexpr Table<Validator, VrfKeys> kVrfKeys{ModuleId::beacon, 3};

// The first block of the second epoch after the one that `height` is in.
std::uint64_t counts_from(std::uint64_t height, std::uint64_t epoch_blocks);
// nullopt: none counts at this height.
std::optional<ecvrf::PublicKey> key_at(const VrfKeys& keys, std::uint64_t height);
// Replaces a key that does not count yet; the one that does counts until then.
VrfKeys with_next(VrfKeys keys, const ecvrf::PublicKey& next, std::uint64_t height,
                  std::uint64_t from);

}  // namespace assay::beacon
