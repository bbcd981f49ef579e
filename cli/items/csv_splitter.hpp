// Owns the grammar of CSV records: RFC 4180, where line ends inside quotes belong to the field.
#pragma once

#include <string>
#include <vector>

#include "chain/base/bytes.hpp"

namespace assay::cli {

// Fed byte by byte; tells where a record ends. Accepts CRLF and LF; refuses a bare CR and quotes
// that do not open or close a field.
class CsvSplitter {
  public:
    enum class Step { more, record, error };

    // `record` after the byte that ended one: text() is the record without its line end.
    Step push(char c);
    // Ends the last record where no line end did. `more` where there is none.
    Step finish();

    const std::string& text() const { return text_; }
    std::uint64_t fields() const { return fields_; }
    std::uint64_t line() const { return first_line_; }  // where the record began, from 1
    std::string reason() const { return reason_; }
    void next_record();

  private:
    enum class State { field_start, plain, quoted, quote_in_quoted, carriage_return };
    Step fail(const char* reason);
    Step end_of_line();

    State state_ = State::field_start;
    std::string text_;
    std::uint64_t fields_ = 1;
    std::uint64_t line_ = 1;
    std::uint64_t first_line_ = 1;
    std::string reason_;
};

// The fields of one record, without their quotes.
std::vector<std::string> csv_fields(std::string_view record);

}  // namespace assay::cli
