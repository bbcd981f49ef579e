// Money and time as people write them.
#include "cli/terminal/units.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "cli/terminal/arguments.hpp"

namespace assay::cli {

namespace {

constexpr std::size_t kTokenDigits = 18;
constexpr std::size_t kGweiDigits = 9;
constexpr std::size_t kPercentDigits = 4;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

Amount power_of_ten(std::size_t digits) {
    u128 out = 1;
    for (std::size_t i = 0; i < digits; ++i) out *= 10;
    return Amount::from_raw(out);
}

// `amount` over 10^digits, without trailing zeros.
std::string decimal(Amount amount, std::size_t digits) {
    std::string text = to_string(amount);
    if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
    std::string whole = text.substr(0, text.size() - digits);
    std::string part = text.substr(text.size() - digits);
    while (!part.empty() && part.back() == '0') part.pop_back();
    return part.empty() ? whole : whole + "." + part;
}

// The decimal scale of a unit's name, or -1.
int scale_of(const std::string& unit) {
    if (unit.empty() || unit == "unit" || unit == "units") return 0;
    if (unit == "gwei") return static_cast<int>(kGweiDigits);
    if (unit == "assay" || unit == "ASSAY") return static_cast<int>(kTokenDigits);
    return -1;
}

}  // namespace

Result<Amount> parse_money(const std::string& text) {
    if (text.starts_with("0x")) return parse_amount(text);
    std::size_t end = 0;
    std::string number;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.' || text[end] == '_')) {
        if (text[end] != '_') number.push_back(text[end]);
        ++end;
    }
    std::size_t start = end;
    while (start < text.size() && text[start] == ' ') ++start;
    const std::string unit = text.substr(start);
    const int scale = scale_of(unit);
    if (scale < 0)
        return failure("unknown unit \"" + unit + "\"; write 1.5assay, 2gwei or whole base units");
    const std::size_t dot = number.find('.');
    std::string part = dot == std::string::npos ? "" : number.substr(dot + 1);
    std::string digits = number.substr(0, dot);
    const auto places = static_cast<std::size_t>(scale);
    if (digits.empty() || (dot != std::string::npos && part.empty()) ||
        part.find('.') != std::string::npos)
        return failure("\"" + text + "\" is no amount; write 1.5assay, 2gwei or whole base units");
    if (part.size() > places)
        return failure("\"" + text + "\" has more than " + std::to_string(places) +
                       " digits after the point" +
                       (places == 0 ? "; base units are whole, tokens are 1.5assay" : ""));
    part.resize(places, '0');
    digits += part;
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    return parse_amount(digits);
}

std::string show_money(Amount amount) {
    if (amount.is_zero()) return "0 assay";
    // Below a millionth of a token its decimal form is mostly zeros.
    if (amount < power_of_ten(kTokenDigits - 6)) return to_string(amount) + " units";
    return decimal(amount, kTokenDigits) + " assay";
}

std::string show_gwei(Amount amount) {
    return decimal(amount, kGweiDigits) + " gwei";
}

Result<std::uint32_t> parse_percent(const std::string& text) {
    const std::string refusal = "\"" + text + "\" is no rate; write 5% or 2.5%";
    if (!text.ends_with("%")) return failure(refusal);
    const std::string number = text.substr(0, text.size() - 1);
    const std::size_t dot = number.find('.');
    std::string part = dot == std::string::npos ? "" : number.substr(dot + 1);
    const std::string whole = number.substr(0, dot);
    if (dot != std::string::npos && part.empty()) return failure(refusal);
    if (part.size() > kPercentDigits) return failure(refusal + ", with four places at most");
    part.resize(kPercentDigits, '0');
    const auto ppm = parse_number(whole, "rate", 100);
    const auto below = parse_number(part, "rate");
    if (!ppm || !below) return failure(refusal);
    const std::uint64_t out = *ppm * 10'000 + *below;
    if (out > kPpm) return failure("\"" + text + "\" is more than 100%");
    return static_cast<std::uint32_t>(out);
}

std::string show_percent(std::uint32_t ppm) {
    return decimal(Amount(ppm), kPercentDigits) + "%";
}

Outcome<std::uint64_t> parse_duration(const std::string& text, const std::string& what) {
    constexpr std::uint64_t kLongest = 100ULL * 365 * 86'400;
    std::uint64_t unit = 1;
    std::string number = text;
    if (!text.empty() && !is_digit(text.back())) {
        number.pop_back();
        switch (text.back()) {
            case 's': unit = 1; break;
            case 'm': unit = 60; break;
            case 'h': unit = 3'600; break;
            case 'd': unit = 86'400; break;
            default: return usage(what + ": write seconds or 90s, 15m, 36h, 30d");
        }
    }
    const auto value = parse_number(number, what, kLongest / unit);
    if (!value) return value.error();
    return *value * unit;
}

std::string show_duration(std::uint64_t seconds) {
    if (seconds == 0) return "0s";
    static constexpr std::array<std::pair<std::uint64_t, char>, 4> kUnits = {
        {{86'400, 'd'}, {3'600, 'h'}, {60, 'm'}, {1, 's'}}};
    std::string out;
    for (const auto& [size, name] : kUnits) {
        if (seconds / size == 0) continue;
        out += (out.empty() ? "" : " ") + std::to_string(seconds / size) + name;
        seconds %= size;
    }
    return out;
}

std::string show_time(std::uint64_t seconds) {
    if (seconds == 0) return "-";
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    if (gmtime_r(&time, &parts) == nullptr) return std::to_string(seconds);
    std::array<char, 40> out{};
    return std::string(out.data(),
                       std::strftime(out.data(), out.size(), "%Y-%m-%d %H:%M:%S UTC", &parts));
}

Outcome<std::uint64_t> parse_moment(const std::string& text, std::uint64_t now_s,
                                    const std::string& what) {
    if (!text.starts_with("+")) return parse_number(text, what);
    const auto after = parse_duration(text.substr(1), what);
    if (!after) return after.error();
    return now_s + *after;
}

}  // namespace assay::cli
