// Parses a command line against its declaration.
#include "cli/terminal/arguments.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace assay::cli {

namespace {

// Levenshtein distance.
std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
        }
    }
    return row[b.size()];
}

const Flag* find_flag(const std::vector<Flag>& flags, const std::string& name) {
    const auto it = std::find_if(flags.begin(), flags.end(),
                                 [&](const Flag& flag) { return flag.name == name; });
    return it == flags.end() ? nullptr : &*it;
}

Problem unknown_flag(const std::string& name, const std::vector<Flag>& flags) {
    std::vector<std::string> known;
    for (const auto& flag : flags) known.push_back(flag.name);
    const std::string near = nearest(name, known);
    return usage("unknown flag --" + name + (near.empty() ? "" : "; did you mean --" + near + "?"));
}

}  // namespace

std::string nearest(const std::string& word, const std::vector<std::string>& known) {
    std::string best;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const auto& candidate : known) {
        const bool extends = word.size() >= 3 && candidate.starts_with(word);
        const std::size_t d = extends ? 1 : distance(word, candidate);
        if (d < least && d < candidate.size()) {
            least = d;
            best = candidate;
        }
    }
    return best;
}

std::vector<Flag> joined(std::vector<Flag> flags, const std::vector<Flag>& more) {
    flags.insert(flags.end(), more.begin(), more.end());
    return flags;
}

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

Outcome<std::uint64_t> parse_number(const std::string& text, const std::string& what,
                                    std::uint64_t limit) {
    std::uint64_t out = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, out);
    if (error == std::errc::result_out_of_range || (error == std::errc() && out > limit))
        return usage(what + ": " + text + " exceeds " + std::to_string(limit));
    if (error != std::errc() || stop != end)
        return usage(what + ": expected a whole number, got \"" + text + "\"");
    return out;
}

Outcome<Arguments> Arguments::parse(std::span<const std::string> words,
                                    const std::vector<Flag>& flags,
                                    const std::vector<Positional>& positionals) {
    Arguments out;
    std::size_t position = 0;
    bool only_positionals = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string word = words[i] == "-h" ? "--help" : words[i];
        if (word == "--" && !only_positionals) {
            only_positionals = true;
            continue;
        }
        if (only_positionals || word.size() < 2 || word[0] != '-') {
            if (position == positionals.size())
                return usage("unexpected argument \"" + word + "\"");
            out.values_[positionals[position].name].push_back(word);
            if (!positionals[position].repeats) ++position;
            continue;
        }
        if (word[1] != '-') return usage("unknown flag " + word + "; flags start with --");
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        const Flag* flag = find_flag(flags, name);
        if (flag == nullptr) return unknown_flag(name, flags);
        if (!flag->repeats && out.has(name)) return usage("--" + name + " is given twice");
        auto& values = out.values_[name];
        if (flag->value.empty()) {
            if (equals != std::string::npos) return usage("--" + name + " takes no value");
            values.emplace_back("true");
        } else if (equals != std::string::npos) {
            values.push_back(word.substr(equals + 1));
        } else if (i + 1 < words.size() && !words[i + 1].starts_with("--")) {
            values.push_back(words[++i]);
        } else {
            return usage("--" + name + " needs a value: --" + name + " " + flag->value);
        }
    }
    for (const auto& flag : flags) {
        if (out.has(flag.name)) continue;
        const char* set = flag.variable.empty() ? nullptr : std::getenv(flag.variable.c_str());
        if (set != nullptr && *set != 0)
            out.values_[flag.name] = {set};
        else if (!flag.standard.empty())
            out.values_[flag.name] = {flag.standard};
        else if (flag.required && !out.has("help"))
            return usage("--" + flag.name + " " + flag.value + " is required: " + flag.help);
    }
    for (const auto& wanted : positionals)
        if (wanted.required && !out.has(wanted.name) && !out.has("help"))
            return usage(upper(wanted.name) + " is missing: " + wanted.help);
    return out;
}

std::string Arguments::text(const std::string& name) const {
    return maybe(name).value_or("");
}

std::optional<std::string> Arguments::maybe(const std::string& name) const {
    const auto it = values_.find(name);
    if (it == values_.end()) return std::nullopt;
    return it->second.back();
}

const std::vector<std::string>& Arguments::list(const std::string& name) const {
    static const std::vector<std::string> kNone;
    const auto it = values_.find(name);
    return it == values_.end() ? kNone : it->second;
}

Outcome<std::uint64_t> Arguments::number(const std::string& name, std::uint64_t limit) const {
    return parse_number(text(name), name, limit);
}

}  // namespace assay::cli
