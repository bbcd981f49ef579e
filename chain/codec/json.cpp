// The leaves of the JSON form.
#include "chain/codec/json.hpp"

#include <rapidjson/error/en.h>
#include <set>

namespace assay::json {

namespace detail {

namespace {

std::string_view text_in(const JsonValue& in) {
    return {in.GetString(), in.GetStringLength()};
}

}  // namespace

void write_text(JsonWriter& out, std::string_view text) {
    out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write_hex(JsonWriter& out, ByteView bytes) {
    write_text(out, to_hex0x(bytes));
}

bool read_amount(const JsonValue& in, Amount& value, text::Failure& failure) {
    if (in.IsUint64()) {
        value = Amount(in.GetUint64());
        return true;
    }
    if (in.IsInt64()) return failure.set("is negative");
    if (in.IsNumber()) return failure.set("is no whole number below 2^64; write it as a string");
    if (!in.IsString()) return failure.set("expected a number");
    const auto parsed = parse_amount(text_in(in));
    if (!parsed) return failure.set(parsed.error().message);
    value = *parsed;
    return true;
}

bool read_unsigned(const JsonValue& in, std::uint64_t limit, std::uint64_t& value,
                   text::Failure& failure) {
    Amount wide;
    if (!read_amount(in, wide, failure)) return false;
    if (wide > Amount(limit)) return failure.set("exceeds " + std::to_string(limit));
    value = wide.low();
    return true;
}

bool read_signed(const JsonValue& in, std::int64_t low, std::int64_t high, std::int64_t& value,
                 text::Failure& failure) {
    if (in.IsInt64()) {
        value = in.GetInt64();
        if (value < low || value > high)
            return failure.set("is outside " + std::to_string(low) + " to " + std::to_string(high));
        return true;
    }
    const bool minus = in.IsString() && text_in(in).starts_with("-");
    const JsonValue positive =
        minus ? JsonValue(in.GetString() + 1, in.GetStringLength() - 1) : JsonValue();
    const std::uint64_t limit =
        minus ? ~static_cast<std::uint64_t>(low) + 1 : static_cast<std::uint64_t>(high);
    std::uint64_t magnitude = 0;
    if (!read_unsigned(minus ? positive : in, limit, magnitude, failure)) return false;
    value = static_cast<std::int64_t>(minus ? ~magnitude + 1 : magnitude);
    return true;
}

bool read_text(const JsonValue& in, std::string& value, text::Failure& failure) {
    if (!in.IsString()) return failure.set("expected a string");
    if (!text::is_utf8(text_in(in))) return failure.set("string is not UTF-8");
    value.assign(text_in(in));
    return true;
}

bool read_bytes(const JsonValue& in, Bytes& value, text::Failure& failure) {
    if (!in.IsString()) return failure.set("expected a string of hex");
    auto parsed = from_hex(text_in(in));
    if (!parsed) return failure.set(parsed.error().message);
    value = std::move(*parsed);
    return true;
}

bool read_fixed(const JsonValue& in, std::uint8_t* value, std::size_t size,
                text::Failure& failure) {
    Bytes parsed;
    if (!read_bytes(in, parsed, failure)) return false;
    if (parsed.size() != size)
        return failure.set("expected " + std::to_string(size) + " bytes of hex, got " +
                           std::to_string(parsed.size()));
    std::copy(parsed.begin(), parsed.end(), value);
    return true;
}

bool check_members(const JsonValue& in, const std::vector<std::string>& known,
                   text::Failure& failure) {
    std::set<std::string_view> seen;
    for (const auto& member : in.GetObject()) {
        const std::string_view name = text_in(member.name);
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            failure.set("is not a known field");
            return failure.in_field(name.substr(0, 64));
        }
        if (!seen.insert(name).second) {
            failure.set("is given twice");
            return failure.in_field(name);
        }
    }
    return true;
}

}  // namespace detail

Result<JsonDocument> parse(std::string_view text) {
    JsonDocument out;
    constexpr unsigned kFlags =
        rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    out.Parse<kFlags>(text.data(), text.size());
    if (out.HasParseError())
        return failure("JSON at byte " + std::to_string(out.GetErrorOffset()) + ": " +
                       rapidjson::GetParseError_En(out.GetParseError()));
    return out;
}

}  // namespace assay::json
