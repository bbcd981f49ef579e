// Owns how people write and read money and time.
#pragma once

#include <string>

#include "chain/types/amount.hpp"
#include "cli/terminal/outcome.hpp"

namespace assay::cli {

// "100" base units; "1.5assay" tokens of 10^18; "2gwei" of 10^9; "0x..." base units. A space before
// the suffix and digits grouped by '_' are fine. Refuses what is no whole number of base units.
Result<Amount> parse_money(const std::string& text);
// "1.5 assay"; small amounts as "1500 units", fees as "2 gwei".
std::string show_money(Amount amount);
std::string show_gwei(Amount amount);

// "5%" or "2.5%" in parts per million; refuses more than 100% and more than four places.
Result<std::uint32_t> parse_percent(const std::string& text);
// "2.5%" of parts per million.
std::string show_percent(std::uint32_t ppm);

// "90", "90s", "15m", "36h", "30d" in seconds.
Outcome<std::uint64_t> parse_duration(const std::string& text, const std::string& what);
// "1d 2h 3m 4s" of seconds.
std::string show_duration(std::uint64_t seconds);
// "2026-01-31 12:00:00 UTC" of seconds since 1970.
std::string show_time(std::uint64_t seconds);
// "+2h" from `now_s`, or seconds since 1970.
Outcome<std::uint64_t> parse_moment(const std::string& text, std::uint64_t now_s,
                                    const std::string& what);

}  // namespace assay::cli
