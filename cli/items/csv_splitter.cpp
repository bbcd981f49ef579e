// The state machine of RFC 4180.
#include "cli/items/csv_splitter.hpp"

namespace assay::cli {

CsvSplitter::Step CsvSplitter::fail(const char* reason) {
    reason_ = reason;
    return Step::error;
}

CsvSplitter::Step CsvSplitter::end_of_line() {
    ++line_;
    return Step::record;
}

void CsvSplitter::next_record() {
    text_.clear();
    fields_ = 1;
    first_line_ = line_;
    state_ = State::field_start;
}

CsvSplitter::Step CsvSplitter::push(char c) {
    if (state_ == State::carriage_return) {
        if (c != '\n') return fail("a carriage return outside quotes without a line feed");
        text_.pop_back();
        return end_of_line();
    }
    if (state_ == State::quoted) {
        text_.push_back(c);
        if (c == '\n') ++line_;
        if (c == '"') state_ = State::quote_in_quoted;
        return Step::more;
    }
    if (c == '\n') return end_of_line();
    if (c == '"') {
        if (state_ == State::plain) return fail("a quote inside an unquoted field");
        state_ = State::quoted;  // opens the field, or is the second of an escaped pair
    } else if (c == ',') {
        ++fields_;
        state_ = State::field_start;
    } else if (c == '\r') {
        state_ = State::carriage_return;
    } else {
        if (state_ == State::quote_in_quoted) return fail("text after a closing quote");
        state_ = State::plain;
    }
    text_.push_back(c);
    return Step::more;
}

CsvSplitter::Step CsvSplitter::finish() {
    if (state_ == State::quoted) return fail("the file ends inside quotes");
    if (state_ == State::carriage_return) return fail("the file ends after a carriage return");
    return text_.empty() ? Step::more : Step::record;
}

std::vector<std::string> csv_fields(std::string_view record) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (std::size_t i = 0; i < record.size(); ++i) {
        const char c = record[i];
        if (quoted && c == '"' && i + 1 < record.size() && record[i + 1] == '"') {
            out.back().push_back('"');
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            out.emplace_back();
        } else {
            out.back().push_back(c);
        }
    }
    return out;
}

}  // namespace assay::cli
