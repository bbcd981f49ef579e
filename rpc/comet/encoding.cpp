// Go's JSON of plain values.
#include "rpc/comet/encoding.hpp"

#include <chrono>

namespace assay::rpc::comet {

namespace {

std::string padded(std::int64_t value, std::size_t digits) {
    std::string text = std::to_string(value);
    return std::string(text.size() < digits ? digits - text.size() : 0, '0') + text;
}

void put_escaped(std::string& out, unsigned code) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += kHex[(code >> static_cast<unsigned>(shift)) & 0xfU];
}

// True where Go escapes the three bytes at `at`: the line and paragraph separators.
bool is_separator(std::string_view text, std::size_t at) {
    return text.substr(at, 3) == "\xe2\x80\xa8" || text.substr(at, 3) == "\xe2\x80\xa9";
}

}  // namespace

std::string upper_hex(ByteView data) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    out.reserve(data.size() * 2);
    for (const std::uint8_t byte : data) {
        out += kHex[byte >> 4U];
        out += kHex[byte & 0xfU];
    }
    return out;
}

std::string rfc3339(const BlockTime& time) {
    using namespace std::chrono;
    const sys_seconds at{seconds(time.seconds)};
    const sys_days day = floor<days>(at);
    const year_month_day date(day);
    const hh_mm_ss clock(at - day);
    std::string out = padded(static_cast<int>(date.year()), 4) + "-" +
                      padded(static_cast<unsigned>(date.month()), 2) + "-" +
                      padded(static_cast<unsigned>(date.day()), 2) + "T" +
                      padded(clock.hours().count(), 2) + ":" + padded(clock.minutes().count(), 2) +
                      ":" + padded(clock.seconds().count(), 2);
    if (time.nanos != 0) {
        out += "." + padded(time.nanos, 9);
        while (out.back() == '0') out.pop_back();
    }
    return out + "Z";
}

void put_text(JsonWriter& out, std::string_view text) {
    std::string json = "\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
            case '"': json += "\\\""; break;
            case '\\': json += "\\\\"; break;
            case '\b': json += "\\b"; break;
            case '\f': json += "\\f"; break;
            case '\n': json += "\\n"; break;
            case '\r': json += "\\r"; break;
            case '\t': json += "\\t"; break;
            case '<':
            case '>':
            case '&': put_escaped(json, static_cast<unsigned char>(c)); break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    put_escaped(json, static_cast<unsigned char>(c));
                } else if (is_separator(text, i)) {
                    put_escaped(json, text[i + 2] == '\xa8' ? 0x2028 : 0x2029);
                    i += 2;
                } else {
                    json += c;
                }
        }
    }
    json += '"';
    out.RawValue(json.data(), json.size(), rapidjson::kStringType);
}

void put_bytes(JsonWriter& out, ByteView data) {
    if (data.empty()) {
        out.Null();
        return;
    }
    put_string(out, base64_of(data));
}

}  // namespace assay::rpc::comet
