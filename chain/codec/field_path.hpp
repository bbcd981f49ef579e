// Owns setting one field of a described struct by its path, from text: what a person can read and
// sign.
#pragma once

#include "chain/codec/json.hpp"

namespace assay::field_path {

enum class Outcome { done, unknown, malformed };

namespace detail {

// The path up to the first dot, and what follows it.
struct Step {
    std::string_view name;
    std::string_view rest;
};
inline Step first_step(std::string_view path) {
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) return {path, {}};
    return {path.substr(0, dot), path.substr(dot + 1)};
}

template <class T>
Outcome assign_leaf(T& value, std::string_view written) {
    if constexpr (std::is_same_v<T, bool>) {
        if (written != "true" && written != "false") return Outcome::malformed;
        value = written == "true";
        return Outcome::done;
    } else {
        const JsonValue text(rapidjson::StringRef(written.data(), written.size()));
        T read{};
        text::Failure failure;
        if (!json::detail::read_into(text, read, failure)) return Outcome::malformed;
        value = std::move(read);
        return Outcome::done;
    }
}

}  // namespace detail

// "feeSplit.burnedPpm": lowerCamel names, an item of a list by its index from 0. Numbers and
// amounts in decimal or 0x hex, bytes in hex, enumerators by name, true or false; a struct or a
// list only field by field. Changes nothing where it refuses.
template <class T>
Outcome assign(T& value, std::string_view path, std::string_view written) {
    const auto [name, rest] = detail::first_step(path);
    if (path.ends_with('.')) return Outcome::unknown;
    if constexpr (ListLike<T> || ArrayLike<T>) {
        for (std::size_t i = 0; i < value.size(); ++i)
            if (name == std::to_string(i)) return assign(value[i], rest, written);
        return Outcome::unknown;
    } else if constexpr (DescribedStruct<T>) {
        Outcome out = Outcome::unknown;
        for_each_field<FieldsOf<T>>([&](auto field) {
            if (name == text::lower_camel_of_snake(field.name))
                out = assign(value.*field.pointer, rest, written);
        });
        return out;
    } else {
        if (!path.empty()) return Outcome::unknown;
        return detail::assign_leaf(value, written);
    }
}

}  // namespace assay::field_path
