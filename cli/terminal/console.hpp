// Owns talking with the person at the terminal: questions, hidden input, progress.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>

#include "cli/terminal/outcome.hpp"

namespace assay::cli {

bool stdin_is_terminal();
bool stderr_is_terminal();

// Asks on stderr without echo and reads a line from the terminal; refuses where there is none.
Outcome<std::string> ask_hidden(const std::string& question);
// True after "y" or "yes". Only where stdin is a terminal.
bool ask_yes(const std::string& question);

// A line on stderr that shows how far a long piece of work has come; drawn ten times a second.
class Progress {
  public:
    // `total` in the unit of update(), 0 when not known. Draws nothing unless `shown`.
    Progress(std::string what, std::uint64_t total, bool shown);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    // `count` is printed beside the share of bytes done.
    void update(std::uint64_t done_bytes, std::uint64_t count);

  private:
    using Clock = std::chrono::steady_clock;
    void draw(std::uint64_t done_bytes, std::uint64_t count);

    std::string what_;
    std::uint64_t total_;
    bool shown_;
    Clock::time_point started_;
    Clock::time_point drawn_;
    std::size_t width_ = 0;
};

// "12.3 MB".
std::string show_bytes(std::uint64_t bytes);

}  // namespace assay::cli
