// Owns events as logs: the leading indexed fields become topics, the rest ABI data.
#pragma once

#include "chain/codec/abi.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/types/log.hpp"

namespace assay::abi {

namespace detail {

// Solidity's in-place encoding of what an indexed array or struct holds: every part padded to whole
// words, no lengths and no offsets.
template <class T>
void put_in_place(Writer& out, const T& value) {
    if constexpr (std::is_same_v<T, Bytes>) {
        out.padded(value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        out.padded(view_of(value));
    } else if constexpr (ListLike<T> || ArrayLike<T>) {
        for (const typename T::value_type& item : value) put_in_place(out, item);
    } else if constexpr (DescribedStruct<T>) {
        for_each_field<FieldsOf<T>>([&](auto field) { put_in_place(out, value.*field.pointer); });
    } else {
        out.static_word(value);
    }
}

template <class T>
Hash256 topic_value(const T& value) {
    if constexpr (std::is_same_v<T, Bytes>) return keccak256(value);
    if constexpr (std::is_same_v<T, std::string>) return keccak256(view_of(value));
    Writer out;
    put_in_place(out, value);
    if constexpr (ListLike<T> || ArrayLike<T> || DescribedStruct<T>) return keccak256(out.buffer());
    return Hash256::from(out.buffer());
}

}  // namespace detail

// Topic 0 is the event's own topic; indexed values of more than a word appear as their keccak.
template <DescribedStruct E>
Log encode_event(const Address& address, const E& event) {
    static const Hash256 topic = event_of<E>().topic;
    constexpr std::size_t kTopics = indexed_fields<E>();
    Log out{.address = address, .topics = {}, .data = {}};
    out.topics.reserve(1 + kTopics);
    out.topics.push_back(topic);
    for_each_field<boost::mp11::mp_take_c<FieldsOf<E>, kTopics>>(
        [&](auto field) { out.topics.push_back(detail::topic_value(event.*field.pointer)); });
    Writer data;
    data.sequence<boost::mp11::mp_drop_c<FieldsOf<E>, kTopics>>(event);
    out.data = std::move(data).take();
    return out;
}

}  // namespace assay::abi
