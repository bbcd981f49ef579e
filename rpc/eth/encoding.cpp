// Quantities and data, written without an intermediate string and decoded by table.
#include "rpc/eth/encoding.hpp"

#include <array>

namespace assay::rpc {

namespace {

constexpr char kDigits[] = "0123456789abcdef";
constexpr std::uint8_t kNoDigit = 0xff;

constexpr std::array<std::uint8_t, 256> digit_values() {
    std::array<std::uint8_t, 256> out{};
    for (auto& value : out) value = kNoDigit;
    for (std::uint8_t i = 0; i < 10; ++i) out['0' + i] = i;
    for (std::uint8_t i = 0; i < 6; ++i)
        out['a' + i] = out['A' + i] = static_cast<std::uint8_t>(10 + i);
    return out;
}
constexpr auto kValues = digit_values();

// Decodes into exactly text.size() / 2 bytes; false at a character that is no digit.
bool decode_hex(std::string_view text, std::uint8_t* out) {
    std::uint8_t bad = 0;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const std::uint8_t high = kValues[static_cast<std::uint8_t>(text[i])];
        const std::uint8_t low = kValues[static_cast<std::uint8_t>(text[i + 1])];
        bad = static_cast<std::uint8_t>(bad | ((high | low) & 0xf0));
        *out++ = static_cast<std::uint8_t>(high << 4 | (low & 15));
    }
    return bad == 0;
}

bool is_prefixed(std::string_view text) {
    return text.starts_with("0x") || text.starts_with("0X");
}

template <std::size_t N>
Result<FixedBytes<N>> read_fixed(const JsonValue& value) {
    if (!value.IsString() || !is_prefixed(text_of(value)))
        return failure("expected a 0x hex string");
    const std::string_view digits = text_of(value).substr(2);
    FixedBytes<N> out;
    if (digits.size() != 2 * N)
        return failure("hex string has length " + std::to_string(digits.size()) + ", want " +
                       std::to_string(2 * N));
    if (!decode_hex(digits, out.data())) return failure("invalid hex string");
    return out;
}

}  // namespace

std::string quantity_of(Amount value) {
    char text[34];
    std::size_t at = sizeof text;
    for (u128 rest = value.raw(); rest != 0; rest >>= 4) text[--at] = kDigits[rest & 15];
    if (at == sizeof text) text[--at] = '0';
    return "0x" + std::string(text + at, sizeof text - at);
}

void put_quantity(JsonWriter& out, Amount value) {
    char text[40];
    std::size_t at = sizeof text;
    text[--at] = '"';
    u128 rest = value.raw();
    do {
        text[--at] = kDigits[rest & 15];
        rest >>= 4;
    } while (rest != 0);
    text[--at] = 'x';
    text[--at] = '0';
    text[--at] = '"';
    out.RawValue(text + at, sizeof text - at, rapidjson::kStringType);
}

void put_quantity(JsonWriter& out, ByteView big_endian) {
    while (!big_endian.empty() && big_endian[0] == 0) big_endian = big_endian.subspan(1);
    std::string text = to_hex(big_endian);
    if (text.starts_with('0')) text.erase(0, 1);
    put_string(out, "0x" + (text.empty() ? "0" : text));
}

void put_data(JsonWriter& out, ByteView bytes) {
    constexpr std::size_t kSmall = 256;
    char small[2 * kSmall + 4];
    std::string large;
    char* text = small;
    const std::size_t size = 2 * bytes.size() + 4;
    if (bytes.size() > kSmall) {
        large.resize(size);
        text = large.data();
    }
    char* to = text;
    *to++ = '"';
    *to++ = '0';
    *to++ = 'x';
    for (const auto b : bytes) {
        *to++ = kDigits[b >> 4];
        *to++ = kDigits[b & 15];
    }
    *to = '"';
    out.RawValue(text, size, rapidjson::kStringType);
}

Result<Amount> read_quantity(const JsonValue& value) {
    if (value.IsUint64()) return Amount(value.GetUint64());
    if (!value.IsString() || !is_prefixed(text_of(value)))
        return failure("expected a 0x hex number");
    const std::string_view digits = text_of(value).substr(2);
    if (digits.empty()) return failure("hex number is empty");
    u128 out = 0;
    for (const char c : digits) {
        const std::uint8_t digit = kValues[static_cast<std::uint8_t>(c)];
        if (digit == kNoDigit) return failure("invalid hex number");
        if (out >> 124 != 0) return failure("hex number is larger than 128 bits");
        out = out << 4 | digit;
    }
    return Amount::from_raw(out);
}

Result<std::uint64_t> read_uint(const JsonValue& value) {
    const auto out = read_quantity(value);
    if (!out) return out.error();
    if (out->high() != 0) return failure("hex number is larger than 64 bits");
    return out->low();
}

Result<Bytes> read_data(const JsonValue& value) {
    if (!value.IsString()) return failure("expected a 0x hex string");
    std::string_view text = text_of(value);
    if (!is_prefixed(text)) return failure("hex string without 0x prefix");
    text.remove_prefix(2);
    if (text.size() % 2 != 0) return failure("hex string of odd length");
    Bytes out(text.size() / 2);
    if (!decode_hex(text, out.data())) return failure("invalid hex string");
    return out;
}

Result<Hash256> read_hash(const JsonValue& value) {
    return read_fixed<32>(value);
}
Result<Address> read_address(const JsonValue& value) {
    return read_fixed<20>(value);
}

}  // namespace assay::rpc
