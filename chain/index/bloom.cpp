// Three bits an item, from the first six bytes of its keccak hash.
#include "chain/index/bloom.hpp"

#include "chain/crypto/hash.hpp"

namespace assay {

namespace {

using Places = std::array<std::uint16_t, 3>;

Places places_of(ByteView item) {
    const Hash256 hash = keccak256(item);
    Places out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] =
            static_cast<std::uint16_t>((hash.bytes[2 * i] << 8 | hash.bytes[2 * i + 1]) & 2047);
    return out;
}

void set(Bloom& bloom, const Places& places) {
    for (const auto bit : places)
        bloom.bytes[255u - bit / 8] |= static_cast<std::uint8_t>(1 << bit % 8);
}

template <class Table, class Item>
const Places& places_in(Table& known, const Item& item) {
    auto it = known.find(item);
    if (it == known.end()) it = known.emplace(item, places_of(item)).first;
    return it->second;
}

}  // namespace

void add_to_bloom(Bloom& bloom, ByteView item) {
    set(bloom, places_of(item));
}

Bloom BloomMaker::bloom_of(const std::vector<Log>& logs) {
    Bloom bloom;
    for (const auto& log : logs) {
        set(bloom, places_in(addresses_, log.address));
        for (const auto& topic : log.topics) set(bloom, places_in(topics_, topic));
    }
    return bloom;
}

Bloom bloom_of(const std::vector<Log>& logs) {
    Bloom bloom;
    for (const auto& log : logs) {
        add_to_bloom(bloom, log.address);
        for (const auto& topic : log.topics) add_to_bloom(bloom, topic);
    }
    return bloom;
}

void merge_bloom(Bloom& bloom, const Bloom& other) {
    for (std::size_t i = 0; i < bloom.bytes.size(); ++i) bloom.bytes[i] |= other.bytes[i];
}

bool may_contain(const Bloom& bloom, ByteView item) {
    for (const auto bit : places_of(item))
        if ((bloom.bytes[255u - bit / 8] >> bit % 8 & 1) == 0) return false;
    return true;
}

}  // namespace assay
