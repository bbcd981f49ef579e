// Prints and keeps the steps.
#include "cli/demo/narrator.hpp"

#include <cstdio>
#include <ostream>

namespace assay::cli {

namespace {

constexpr std::size_t kBlockWidth = 6;
constexpr std::size_t kWhoWidth = 18;

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

}  // namespace

void Narrator::line(const std::string& block, const std::string& who, const std::string& what) {
    if (output_.json()) return;
    const std::size_t blank = block.size() < kBlockWidth ? kBlockWidth - block.size() : 0;
    output_.out() << std::string(blank, ' ') << block << "  " << padded(who, kWhoWidth) << " "
                  << printable(what) << "\n";
    output_.out().flush();
}

void Narrator::part(const std::string& title) {
    if (output_.json()) return;
    output_.out() << "\n" << title << "\n";
    output_.out().flush();
}

void Narrator::say(const std::string& who, const std::string& what) {
    steps_.push_back({who, what, 0, ""});
    line("", who, what);
}

void Narrator::did(const std::string& who, const std::string& what, const TxReceipt& receipt) {
    steps_.push_back({who, what, receipt.block, to_hex0x(receipt.hash)});
    line(std::to_string(receipt.block), who, what);
    line("", "", to_hex0x(receipt.hash));
}

void Narrator::write_steps(JsonWriter& out) const {
    out.StartArray();
    for (const auto& step : steps_) {
        out.StartObject();
        out.Key("who");
        write_text(out, step.who);
        out.Key("what");
        write_text(out, step.what);
        if (!step.transaction.empty()) {
            out.Key("block");
            write_text(out, std::to_string(step.block));
            out.Key("transaction");
            write_text(out, step.transaction);
        }
        out.EndObject();
    }
    out.EndArray();
}

std::string grouped(std::uint64_t number) {
    std::string out = std::to_string(number);
    for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
    return out;
}

std::string show_percent(double percent) {
    std::array<char, 32> out{};
    const int size = std::snprintf(out.data(), out.size(), "%.1f%%", percent);
    return std::string(out.data(), static_cast<std::size_t>(size));
}

}  // namespace assay::cli
