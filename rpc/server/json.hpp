// Owns the JSON types of the RPC and the parsing of untrusted text in place.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <string_view>

#include "chain/base/result.hpp"

namespace assay::rpc {

using JsonValue = rapidjson::Value;
using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;
using JsonBuffer = rapidjson::StringBuffer;

inline std::string_view text_of(const JsonBuffer& buffer) {
    return {buffer.GetString(), buffer.GetSize()};
}
inline std::string_view text_of(const JsonValue& value) {
    return {value.GetString(), value.GetStringLength()};
}
inline void put_raw(JsonBuffer& buffer, std::string_view text) {
    std::copy(text.begin(), text.end(), buffer.Push(text.size()));
}
// A string literal or other short text as a JSON string.
inline void put_string(JsonWriter& out, std::string_view text) {
    out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
inline void put_key(JsonWriter& out, std::string_view text) {
    out.Key(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

// Arrays and objects may nest this deep at most.
inline constexpr unsigned kMaxJsonDepth = 64;

// Parses NUL-terminated text in place: strings of `out` point into it. Refuses anything that is not
// exactly one JSON value, invalid UTF-8, and nesting beyond the limit.
Result<void> parse_in_place(char* text, rapidjson::Document& out,
                            unsigned max_depth = kMaxJsonDepth);

}  // namespace assay::rpc
