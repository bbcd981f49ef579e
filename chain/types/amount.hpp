// Owns Amount: an unsigned 128-bit number of base units whose arithmetic cannot wrap unnoticed.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chain/base/check.hpp"
#include "chain/base/result.hpp"

namespace assay {

__extension__ typedef unsigned __int128 u128;

// Base units of the native token (10^18 a token). Compared freely, added only through checked_*.
class Amount {
  public:
    constexpr Amount() = default;
    constexpr Amount(std::uint64_t units) : value_(units) {}
    static constexpr Amount from_raw(u128 value) {
        Amount out;
        out.value_ = value;
        return out;
    }
    static constexpr Amount max() { return from_raw(~static_cast<u128>(0)); }
    constexpr u128 raw() const { return value_; }
    constexpr std::uint64_t high() const { return static_cast<std::uint64_t>(value_ >> 64); }
    constexpr std::uint64_t low() const { return static_cast<std::uint64_t>(value_); }
    constexpr bool is_zero() const { return value_ == 0; }
    friend constexpr auto operator<=>(const Amount&, const Amount&) = default;
    friend constexpr bool operator==(const Amount&, const Amount&) = default;

  private:
    u128 value_ = 0;
};

inline constexpr std::uint32_t kPpm = 1'000'000;
inline constexpr std::uint64_t kTokenUnits = 1'000'000'000'000'000'000ULL;  // 10^18, one token

// nullopt where the exact result does not fit 128 bits or would be negative.
constexpr std::optional<Amount> checked_add(Amount a, Amount b) {
    u128 out = 0;
    if (__builtin_add_overflow(a.raw(), b.raw(), &out)) return std::nullopt;
    return Amount::from_raw(out);
}
constexpr std::optional<Amount> checked_sub(Amount a, Amount b) {
    if (a < b) return std::nullopt;
    return Amount::from_raw(a.raw() - b.raw());
}
constexpr std::optional<Amount> checked_mul(Amount a, Amount b) {
    u128 out = 0;
    if (__builtin_mul_overflow(a.raw(), b.raw(), &out)) return std::nullopt;
    return Amount::from_raw(out);
}

// floor(a * b / c) and ceil(a * b / c) through a 256-bit product; c = 0 or no fit gives nullopt.
std::optional<Amount> mul_div_floor(Amount a, Amount b, Amount c);
std::optional<Amount> mul_div_ceil(Amount a, Amount b, Amount c);

// For sums that the supply cap bounds (both parts are held balances): a wrap is a bug.
inline Amount sum_of(Amount a, Amount b) {
    const auto out = checked_add(a, b);
    CHECK(out.has_value());
    return *out;
}
// For differences already known to be non-negative: an underflow is a bug.
inline Amount difference_of(Amount a, Amount b) {
    const auto out = checked_sub(a, b);
    CHECK(out.has_value());
    return *out;
}
// a * ppm / 10^6, rounded down (payouts) or up (debts). a is under 2^108, which the cap ensures.
inline Amount ppm_floor(Amount a, std::uint64_t ppm) {
    const auto out = mul_div_floor(a, Amount(ppm), Amount(kPpm));
    CHECK(out.has_value());
    return *out;
}
inline Amount ppm_ceil(Amount a, std::uint64_t ppm) {
    const auto out = mul_div_ceil(a, Amount(ppm), Amount(kPpm));
    CHECK(out.has_value());
    return *out;
}
constexpr Amount min_of(Amount a, Amount b) {
    return a < b ? a : b;
}
constexpr Amount max_of(Amount a, Amount b) {
    return a < b ? b : a;
}

// Decimal base units.
std::string to_string(Amount amount);
// Decimal base units or 0x hex, at most 2^128 - 1; names what is wrong.
Result<Amount> parse_amount(std::string_view text);

// Prints decimal, for test messages.
std::ostream& operator<<(std::ostream& out, Amount amount);

}  // namespace assay
