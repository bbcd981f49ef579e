// Owns the flags and positional arguments of one command line.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/terminal/outcome.hpp"

namespace assay::cli {

// One `--name VALUE`, or a switch where `value` is empty. A flag with a `variable` may also be set
// in the environment, and one with a `standard` has that value when it is given nowhere.
struct Flag {
    std::string name;
    std::string value;
    std::string help;
    std::string standard = {};
    std::string variable = {};
    bool required = false;
    bool repeats = false;
};

// One word without dashes, found under its name like a flag; only the last may be optional or
// repeat.
struct Positional {
    std::string name;
    std::string help;
    bool required = true;
    bool repeats = false;
};

// What was given, after every name was checked against the declaration.
class Arguments {
  public:
    // `words` is what follows the command's own words. Unknown names are answered with the nearest
    // known one; missing required ones are refused unless --help is among the words.
    static Outcome<Arguments> parse(std::span<const std::string> words,
                                    const std::vector<Flag>& flags,
                                    const std::vector<Positional>& positionals);

    bool has(const std::string& name) const { return values_.contains(name); }
    // Empty where the flag was not given and has no standard value.
    std::string text(const std::string& name) const;
    std::optional<std::string> maybe(const std::string& name) const;
    const std::vector<std::string>& list(const std::string& name) const;
    // Refuses anything but a decimal number of at most `limit`.
    Outcome<std::uint64_t> number(const std::string& name,
                                  std::uint64_t limit = ~std::uint64_t{0}) const;

  private:
    std::map<std::string, std::vector<std::string>> values_;
};

// `flags`, then `more`.
std::vector<Flag> joined(std::vector<Flag> flags, const std::vector<Flag>& more);
// The element of `known` nearest to `word`, when it is near enough to be a slip; else empty.
std::string nearest(const std::string& word, const std::vector<std::string>& known);
// ASCII letters in upper case: how help writes the names of positional arguments.
std::string upper(std::string text);
// A decimal number of at most `limit`; `what` names it in the refusal.
Outcome<std::uint64_t> parse_number(const std::string& text, const std::string& what,
                                    std::uint64_t limit = ~std::uint64_t{0});

}  // namespace assay::cli
