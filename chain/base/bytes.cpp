// Hex in both directions.
#include "chain/base/bytes.hpp"

namespace assay {

namespace {

constexpr char kDigits[] = "0123456789abcdef";

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void append_hex(std::string& out, ByteView view) {
    for (const auto b : view) {
        out.push_back(kDigits[b >> 4]);
        out.push_back(kDigits[b & 15]);
    }
}

}  // namespace

std::string to_hex(ByteView view) {
    std::string out;
    out.reserve(view.size() * 2);
    append_hex(out, view);
    return out;
}

std::string to_hex0x(ByteView view) {
    std::string out = "0x";
    out.reserve(2 + view.size() * 2);
    append_hex(out, view);
    return out;
}

Result<Bytes> from_hex(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    if (text.size() % 2 != 0) return failure("hex string has an odd number of digits");
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit(text[i]);
        const int low = digit(text[i + 1]);
        if (high < 0 || low < 0)
            return failure("not a hex digit at position " + std::to_string(high < 0 ? i : i + 1));
        out.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return out;
}

}  // namespace assay
