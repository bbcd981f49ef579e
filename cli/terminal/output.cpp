// Renders results as JSON or aligned text.
#include "cli/terminal/output.hpp"

#include <algorithm>
#include <ostream>

namespace assay::cli {

void Output::note(const std::string& line) {
    if (!json_) err_ << line << "\n";
}

void Output::document(const std::function<void(JsonWriter&)>& write) {
    rapidjson::StringBuffer buffer;
    JsonWriter writer(buffer);
    write(writer);
    out_ << std::string_view(buffer.GetString(), buffer.GetSize()) << "\n";
}

std::string key_of(const std::string& name) {
    std::string snake = name;
    std::replace(snake.begin(), snake.end(), ' ', '_');
    return text::lower_camel_of_snake(snake);
}

void write_text(JsonWriter& out, std::string_view text) {
    out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

std::string printable(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    return out;
}

void Fields::add(std::string name, std::string text) {
    std::string json = text;
    add(std::move(name), std::move(text), std::move(json));
}

void Fields::add(std::string name, std::string text, std::string json) {
    rows_.push_back({std::move(name), std::move(text), std::move(json), Kind::text});
}

void Fields::add_number(std::string name, std::uint64_t value) {
    const std::string text = std::to_string(value);
    rows_.push_back({std::move(name), text, text, Kind::number});
}

void Fields::add_flag(std::string name, bool value) {
    rows_.push_back({std::move(name), value ? "yes" : "no", value ? "true" : "false", Kind::flag});
}

void Fields::print(Output& output) const {
    if (output.json()) {
        output.document([&](JsonWriter& out) {
            out.StartObject();
            for (const auto& row : rows_) {
                write_text(out, key_of(row.name));
                if (row.kind == Kind::text)
                    write_text(out, row.json);
                else
                    out.RawValue(row.json.data(), row.json.size(), rapidjson::kNumberType);
            }
            out.EndObject();
        });
        return;
    }
    std::size_t width = 0;
    for (const auto& row : rows_) width = std::max(width, row.name.size());
    for (const auto& row : rows_)
        output.out() << row.name << std::string(width - row.name.size() + 2, ' ')
                     << printable(row.text) << "\n";
}

void Table::add(std::vector<std::string> row) {
    CHECK(row.size() == columns_.size());
    rows_.push_back(std::move(row));
}

void Table::print(Output& output, const std::string& when_empty) const {
    if (output.json()) {
        output.document([&](JsonWriter& out) {
            out.StartArray();
            for (const auto& row : rows_) {
                out.StartObject();
                for (std::size_t i = 0; i < row.size(); ++i) {
                    write_text(out, key_of(columns_[i]));
                    write_text(out, row[i]);
                }
                out.EndObject();
            }
            out.EndArray();
        });
        return;
    }
    if (rows_.empty()) {
        output.note(when_empty);
        return;
    }
    std::vector<std::size_t> widths;
    for (const auto& column : columns_) widths.push_back(column.size());
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    const auto line = [&](const std::vector<std::string>& row, bool upper) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string cell = printable(row[i]);
            if (upper)
                std::transform(cell.begin(), cell.end(), cell.begin(), [](char c) {
                    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
                });
            text += cell;
            if (i + 1 < row.size()) text += std::string(widths[i] - cell.size() + 2, ' ');
        }
        output.out() << text << "\n";
    };
    line(columns_, true);
    for (const auto& row : rows_) line(row, false);
}

}  // namespace assay::cli
