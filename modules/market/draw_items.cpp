// Lots by hashing.
#include "modules/market/draw_items.hpp"

#include <algorithm>
#include <set>

#include "chain/codec/record.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/types/amount.hpp"

namespace assay::market {

namespace {

struct Lot {
    Hash256 seed;
    std::uint64_t object = 0;
    std::uint64_t counter = 0;
};
BOOST_DESCRIBE_STRUCT(Lot, (), (seed, object, counter))

// Below `bound`, which is above 0; the bias is under bound / 2^128.
std::uint64_t number_below(std::uint64_t bound, const Lot& lot) {
    Bytes bytes = to_bytes(view_of(std::string_view("assay/items/1")));
    record::encode_into(bytes, lot);
    const Hash256 hash = sha256(bytes);
    u128 number = 0;
    for (std::size_t i = 0; i < 16; ++i) number = number << 8U | hash.bytes[i];
    return static_cast<std::uint64_t>(number % bound);
}

}  // namespace

std::vector<std::uint64_t> draw_items(const Hash256& seed, std::uint64_t object,
                                      std::uint64_t bound, std::uint64_t count) {
    count = std::min(count, bound);
    std::set<std::uint64_t> out;
    for (std::uint64_t last = bound - count; last < bound; ++last) {
        const std::uint64_t drawn =
            number_below(last + 1, {.seed = seed, .object = object, .counter = last});
        if (!out.insert(drawn).second) out.insert(last);
    }
    return {out.begin(), out.end()};
}

}  // namespace assay::market
