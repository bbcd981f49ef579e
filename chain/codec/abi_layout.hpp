// Owns where ABI values lie: which types are dynamic and how many head bytes a type takes.
#pragma once

#include "chain/codec/describe.hpp"
#include "chain/types/ids.hpp"

namespace assay::abi {

using assay::view_of;  // bytes of a text; view_of<V, R>() beside it describes a view

inline constexpr std::size_t kWord = 32;

template <class T>
constexpr bool is_dynamic();

template <class Fields>
constexpr bool any_dynamic() {
    bool out = false;
    for_each_field<Fields>(
        [&](auto field) { out = out || is_dynamic<FieldType<decltype(field)>>(); });
    return out;
}

// True where the value lies in the tail and the head holds an offset.
template <class T>
constexpr bool is_dynamic() {
    if constexpr (TextLike<T> || ListLike<T>)
        return true;
    else if constexpr (ArrayLike<T>)
        return is_dynamic<typename T::value_type>();
    else if constexpr (DescribedStruct<T>)
        return any_dynamic<FieldsOf<T>>();
    else
        return false;
}

template <class T>
constexpr std::size_t head_size();

// Head bytes of a sequence of fields.
template <class Fields>
constexpr std::size_t fields_head_size() {
    std::size_t out = 0;
    for_each_field<Fields>([&](auto field) { out += head_size<FieldType<decltype(field)>>(); });
    return out;
}

// Head bytes of one value inside a sequence.
template <class T>
constexpr std::size_t head_size() {
    if constexpr (is_dynamic<T>()) {
        return kWord;
    } else if constexpr (ArrayLike<T>) {
        static_assert(std::tuple_size_v<T> > 0, "the ABI has no empty array type");
        return std::tuple_size_v<T> * head_size<typename T::value_type>();
    } else if constexpr (DescribedStruct<T>) {
        static_assert(kFieldCount<T> > 0, "the ABI has no empty tuple as a member");
        return fields_head_size<FieldsOf<T>>();
    } else {
        return kWord;
    }
}

}  // namespace assay::abi
