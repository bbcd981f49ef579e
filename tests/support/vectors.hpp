// Owns reading tests/vectors/*.json; tests run in the project's root folder.
#pragma once

#include <fstream>
#include <sstream>

#include "chain/codec/json.hpp"

namespace assay::test {

// The parsed file tests/vectors/<name>.json. Throws where it is missing or broken.
inline JsonDocument load_vectors(const std::string& name) {
    std::ifstream file("tests/vectors/" + name + ".json");
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str()).value();
}

inline std::string text_at(const JsonValue& object, const char* key) {
    return object[key].GetString();
}
inline Bytes bytes_at(const JsonValue& object, const char* key) {
    return from_hex(object[key].GetString()).value();
}
template <std::size_t N>
FixedBytes<N> fixed_at(const JsonValue& object, const char* key) {
    return fixed_from_hex<N>(object[key].GetString()).value();
}

}  // namespace assay::test
