// The succession of keys.
#include "modules/beacon/keys.hpp"

namespace assay::beacon {

std::uint64_t counts_from(std::uint64_t height, std::uint64_t epoch_blocks) {
    return (height / epoch_blocks + 2) * epoch_blocks;
}

std::optional<ecvrf::PublicKey> key_at(const VrfKeys& keys, std::uint64_t height) {
    if (keys.next_from != 0 && height >= keys.next_from) return keys.next;
    if (keys.from != 0 && height >= keys.from) return keys.key;
    return std::nullopt;
}

VrfKeys with_next(VrfKeys keys, const ecvrf::PublicKey& next, std::uint64_t height,
                  std::uint64_t from) {
    if (keys.next_from != 0 && height >= keys.next_from) {
        keys.key = keys.next;
        keys.from = keys.next_from;
    }
    keys.next = next;
    keys.next_from = from;
    return keys;
}

}  // namespace assay::beacon
