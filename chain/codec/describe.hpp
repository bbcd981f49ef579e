// Owns compile-time facts about described structs: their name, their fields and the kinds of types.
#pragma once

#include <string_view>

#include "chain/codec/record.hpp"
#include "chain/codec/text.hpp"

namespace assay {

namespace detail {

template <class T>
constexpr std::string_view pretty_name() {
    return __PRETTY_FUNCTION__;
}

// gcc writes "[with T = a::B; ...]", clang "[T = a::B]".
constexpr std::string_view last_component(std::string_view pretty) {
    const auto start = pretty.find("T = ") + 4;
    const auto end = pretty.find_first_of(";]", start);
    const std::string_view full = pretty.substr(start, end - start);
    const auto colons = full.rfind("::");
    return colons == std::string_view::npos ? full : full.substr(colons + 2);
}

}  // namespace detail

// The type's own name without namespaces: "PostOrder".
template <class T>
constexpr std::string_view type_name() {
    return detail::last_component(detail::pretty_name<T>());
}

// The public described members of T, bases first: a list of descriptors {pointer, name}.
template <class T>
using FieldsOf = boost::describe::describe_members<T, boost::describe::mod_public |
                                                          boost::describe::mod_inherited>;

template <class Field>
struct FieldTypeOf;
template <class T, class Owner>
struct FieldTypeOf<T Owner::*> {
    using type = T;
};
// The type of the member that a descriptor names.
template <class Field>
using FieldType = typename FieldTypeOf<std::remove_cv_t<decltype(Field::pointer)>>::type;

template <class T>
inline constexpr std::size_t kFieldCount = boost::mp11::mp_size<FieldsOf<T>>::value;

// Calls f(descriptor) for each of Fields.
template <class Fields, class F>
constexpr void for_each_field(F&& f) {
    boost::mp11::mp_for_each<Fields>(std::forward<F>(f));
}

template <class T>
concept DescribedStruct = record::Described<T>;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;
template <class T>
concept SmallEnum = std::is_enum_v<T> && std::is_same_v<std::underlying_type_t<T>, std::uint8_t>;
template <class T>
concept TextLike = std::is_same_v<T, Bytes> || std::is_same_v<T, std::string>;
template <class T>
concept ListLike = record::kIsVector<T> && !TextLike<T>;
template <class T>
concept ArrayLike = record::kIsArray<T>;
template <class T>
concept FixedLike = record::kIsFixedBytes<T>;

}  // namespace assay
