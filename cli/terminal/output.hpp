// Owns what a command prints: one JSON document with --json, else aligned text for people.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "chain/codec/json.hpp"

namespace assay::cli {

// Results go to `out`, everything else (progress, questions, notes) to `err`.
class Output {
  public:
    Output(std::ostream& out, std::ostream& err, bool json) : out_(out), err_(err), json_(json) {}

    bool json() const { return json_; }
    std::ostream& out() { return out_; }
    std::ostream& err() { return err_; }
    // A remark for a person: to stderr, and not at all with --json.
    void note(const std::string& line);

    // Prints the JSON document that `write` makes.
    void document(const std::function<void(JsonWriter&)>& write);

  private:
    std::ostream& out_;
    std::ostream& err_;
    bool json_;
};

// Names and values, aligned: for one object.
class Fields {
  public:
    // `json` is the value as a script wants it, where it differs from the text.
    void add(std::string name, std::string text);
    void add(std::string name, std::string text, std::string json);
    void add_number(std::string name, std::uint64_t value);
    void add_flag(std::string name, bool value);
    // As a JSON object with the names as keys in lowerCamel, or as aligned lines.
    void print(Output& output) const;

  private:
    enum class Kind { text, number, flag };
    struct Row {
        std::string name;
        std::string text;
        std::string json;
        Kind kind;
    };
    std::vector<Row> rows_;
};

// Columns under a heading: for a list of objects. With --json an array of objects.
class Table {
  public:
    explicit Table(std::vector<std::string> columns) : columns_(std::move(columns)) {}
    void add(std::vector<std::string> row);
    void print(Output& output, const std::string& when_empty) const;

  private:
    std::vector<std::string> columns_;
    std::vector<std::vector<std::string>> rows_;
};

// "block hash" gives "blockHash".
std::string key_of(const std::string& name);
void write_text(JsonWriter& out, std::string_view text);
// `text` with control characters replaced, so that chain data cannot drive the terminal.
std::string printable(std::string_view text);

}  // namespace assay::cli
