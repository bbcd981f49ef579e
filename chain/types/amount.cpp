// 256-bit intermediate products and the text form of amounts.
#include "chain/types/amount.hpp"

#include <algorithm>
#include <ostream>

namespace assay {

namespace {

struct Wide {
    u128 high = 0;
    u128 low = 0;
};

Wide multiply(u128 a, u128 b) {
    const u128 mask = ~static_cast<std::uint64_t>(0);
    const u128 a0 = a & mask;
    const u128 a1 = a >> 64;
    const u128 b0 = b & mask;
    const u128 b1 = b >> 64;
    const u128 low = a0 * b0;
    const u128 mid1 = a1 * b0 + (low >> 64);  // cannot wrap: (2^64-1)^2 + 2^64-1 < 2^128
    const u128 mid2 = a0 * b1 + (mid1 & mask);
    return {a1 * b1 + (mid1 >> 64) + (mid2 >> 64), (mid2 << 64) | (low & mask)};
}

struct Quotient {
    u128 value = 0;
    u128 remainder = 0;
};

// Needs product.high < divisor, so that the quotient fits.
Quotient divide(Wide product, u128 divisor) {
    if (product.high == 0) return {product.low / divisor, product.low % divisor};
    u128 remainder = product.high;
    u128 quotient = 0;
    for (int bit = 127; bit >= 0; --bit) {
        const bool carry = (remainder >> 127) != 0;
        remainder = remainder << 1 | (product.low >> bit & 1);
        quotient <<= 1;
        if (carry || remainder >= divisor) {
            remainder -= divisor;
            quotient |= 1;
        }
    }
    return {quotient, remainder};
}

std::optional<Quotient> mul_div(Amount a, Amount b, Amount c) {
    const Wide product = multiply(a.raw(), b.raw());
    if (c.is_zero() || product.high >= c.raw()) return std::nullopt;
    return divide(product, c.raw());
}

}  // namespace

std::optional<Amount> mul_div_floor(Amount a, Amount b, Amount c) {
    const auto out = mul_div(a, b, c);
    if (!out) return std::nullopt;
    return Amount::from_raw(out->value);
}

std::optional<Amount> mul_div_ceil(Amount a, Amount b, Amount c) {
    const auto out = mul_div(a, b, c);
    if (!out) return std::nullopt;
    return checked_add(Amount::from_raw(out->value), Amount(out->remainder == 0 ? 0 : 1));
}

std::string to_string(Amount amount) {
    u128 rest = amount.raw();
    std::string out;
    do {
        out.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
        rest /= 10;
    } while (rest != 0);
    std::reverse(out.begin(), out.end());
    return out;
}

Result<Amount> parse_amount(std::string_view text) {
    unsigned base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        base = 16;
        text.remove_prefix(2);
    }
    if (text.empty()) return failure("amount is empty");
    if (text.starts_with("-")) return failure("amount is negative");
    Amount out;
    for (const char c : text) {
        unsigned digit = 99;
        if (c >= '0' && c <= '9') digit = static_cast<unsigned>(c - '0');
        if (c >= 'a' && c <= 'f') digit = static_cast<unsigned>(c - 'a' + 10);
        if (c >= 'A' && c <= 'F') digit = static_cast<unsigned>(c - 'A' + 10);
        if (digit >= base)
            return failure("amount is not a whole number: '" + std::string(text.substr(0, 80)) +
                           "'");
        const auto scaled = checked_mul(out, Amount(base));
        const auto next = scaled ? checked_add(*scaled, Amount(digit)) : std::nullopt;
        if (!next) return failure("amount exceeds 2^128 - 1");
        out = *next;
    }
    return out;
}

std::ostream& operator<<(std::ostream& out, Amount amount) {
    return out << to_string(amount);
}

}  // namespace assay
