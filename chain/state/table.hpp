// Owns Table: the typed name of a set of records in the state.
#pragma once

#include "chain/codec/record.hpp"
#include "chain/types/ids.hpp"

namespace assay {

// Numbers from here on are ordered tables; each costs a second write, so use them for queues and
// listings only.
inline constexpr std::uint8_t kFirstOrderedTable = 0x80;

// `inline constexpr Table<std::uint64_t, Order> kOrders{ModuleId::market, 1};` names the records
// stored under [module][number][record::encode(key)].
template <class K, class V>
struct Table {
    using Key = K;
    using Value = V;
    ModuleId module;
    std::uint8_t number;

    constexpr bool ordered() const { return number >= kFirstOrderedTable; }
    Bytes prefix() const { return {static_cast<std::uint8_t>(module), number}; }
    Bytes key_of(const K& key) const {
        Bytes out;
        out.reserve(48);
        out.push_back(static_cast<std::uint8_t>(module));
        out.push_back(number);
        record::encode_into(out, key);
        return out;
    }
};

// The key of a table that holds one record.
struct Only {};
BOOST_DESCRIBE_STRUCT(Only, (), ())

}  // namespace assay
