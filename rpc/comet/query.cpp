// A hand-written scanner and the matching of conditions.
#include "rpc/comet/query.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace assay::rpc::comet {

namespace {

constexpr std::size_t kMaxConditions = 32;

bool is_key_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
}

class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    bool at_end() {
        skip_blanks();
        return text_.empty();
    }
    bool take(std::string_view word) {
        skip_blanks();
        if (!text_.starts_with(word)) return false;
        text_.remove_prefix(word.size());
        return true;
    }
    // A word alone, not the beginning of a longer one.
    bool take_word(std::string_view word) {
        skip_blanks();
        if (word_ahead() != word) return false;
        text_.remove_prefix(word.size());
        return true;
    }
    std::string_view take_word() {
        skip_blanks();
        const std::string_view word = word_ahead();
        text_.remove_prefix(word.size());
        return word;
    }
    std::optional<std::string> take_quoted() {
        skip_blanks();
        if (!text_.starts_with('\'')) return std::nullopt;
        const std::size_t end = text_.find('\'', 1);
        if (end == std::string_view::npos) return std::nullopt;
        std::string out(text_.substr(1, end - 1));
        text_.remove_prefix(end + 1);
        return out;
    }

  private:
    std::string_view word_ahead() const {
        const auto end = std::find_if_not(text_.begin(), text_.end(), is_key_character);
        return text_.substr(0, static_cast<std::size_t>(end - text_.begin()));
    }
    void skip_blanks() {
        while (!text_.empty() && (text_[0] == ' ' || text_[0] == '\t')) text_.remove_prefix(1);
    }
    std::string_view text_;
};

bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Comparison> take_comparison(Scanner& in) {
    if (in.take("<=")) return Comparison::less_equal;
    if (in.take(">=")) return Comparison::greater_equal;
    if (in.take("<")) return Comparison::less;
    if (in.take(">")) return Comparison::greater;
    if (in.take("=")) return Comparison::equal;
    if (in.take_word("CONTAINS")) return Comparison::contains;
    if (in.take_word("EXISTS")) return Comparison::exists;
    return std::nullopt;
}

Result<Condition> parse_condition(Scanner& in) {
    Condition out;
    out.key = in.take_word();
    if (out.key.empty()) return failure("got no tag where a condition should begin");
    const auto comparison = take_comparison(in);
    if (!comparison) return failure("got no comparison after tag " + out.key);
    out.comparison = *comparison;
    if (out.comparison == Comparison::exists) return out;
    if (auto quoted = in.take_quoted()) {
        out.value = std::move(*quoted);
        if (out.comparison != Comparison::equal && out.comparison != Comparison::contains)
            return failure("tag " + out.key + " cannot be ordered by a text");
        return out;
    }
    const std::string_view word = in.take_word();
    if (word == "TIME" || word == "DATE")
        return failure("times and dates are not indexed; tag " + out.key);
    if (!is_number(word)) return failure("tag " + out.key + " has no value that can be read");
    if (out.comparison == Comparison::contains)
        return failure("CONTAINS needs a text; tag " + out.key);
    out.value = word;
    out.number = true;
    return out;
}

// Compares whole numbers of any length: nothing where the text is none.
std::optional<int> compare_numbers(std::string_view a, std::string_view b) {
    if (!is_number(a) || !is_number(b)) return std::nullopt;
    a.remove_prefix(std::min(a.find_first_not_of('0'), a.size() - 1));
    b.remove_prefix(std::min(b.find_first_not_of('0'), b.size() - 1));
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

bool holds(const Condition& condition, std::string_view value) {
    if (condition.comparison == Comparison::contains)
        return value.find(condition.value) != std::string_view::npos;
    if (!condition.number) return value == condition.value;
    const auto order = compare_numbers(value, condition.value);
    if (!order) return false;
    switch (condition.comparison) {
        case Comparison::less: return *order < 0;
        case Comparison::less_equal: return *order <= 0;
        case Comparison::greater: return *order > 0;
        case Comparison::greater_equal: return *order >= 0;
        default: return *order == 0;
    }
}

}  // namespace

bool Query::matches(const EventMap& events) const {
    return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
        const auto found = events.find(condition.key);
        if (found == events.end()) return false;
        if (condition.comparison == Comparison::exists) return true;
        return std::any_of(found->second.begin(), found->second.end(),
                           [&](const std::string& value) { return holds(condition, value); });
    });
}

const Condition* Query::find(std::string_view key) const {
    for (const auto& condition : conditions)
        if (condition.key == key) return &condition;
    return nullptr;
}

Result<Query> parse_query(std::string_view text) {
    Query out;
    Scanner in(text);
    for (;;) {
        auto condition = parse_condition(in);
        if (!condition) return condition.error();
        out.conditions.push_back(std::move(*condition));
        if (in.at_end()) return out;
        if (!in.take_word("AND")) return failure("expected AND after a condition");
        if (out.conditions.size() >= kMaxConditions)
            return failure("more than " + std::to_string(kMaxConditions) + " conditions");
    }
}

}  // namespace assay::rpc::comet
