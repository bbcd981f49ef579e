// Terminal input and progress.
#include "cli/terminal/console.hpp"

#include <array>
#include <cstdio>
#include <iostream>
#include <termios.h>
#include <unistd.h>

#include "cli/terminal/units.hpp"

namespace assay::cli {

namespace {

constexpr std::size_t kBarWidth = 24;

// Turns the terminal's echo off while it lives.
class EchoOff {
  public:
    EchoOff() {
        if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        active_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    ~EchoOff() {
        if (active_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;

  private:
    termios before_{};
    bool active_ = false;
};

std::string bar(std::uint64_t done, std::uint64_t total) {
    const std::uint64_t percent = done >= total ? 100 : done * 100 / total;
    const std::size_t filled = percent * kBarWidth / 100;
    return "[" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "] " +
           std::to_string(percent) + "%";
}

}  // namespace

bool stdin_is_terminal() {
    return isatty(STDIN_FILENO) == 1;
}

bool stderr_is_terminal() {
    return isatty(STDERR_FILENO) == 1;
}

Outcome<std::string> ask_hidden(const std::string& question) {
    if (!stdin_is_terminal())
        return usage("no terminal to ask for " + question +
                     "; use --password-file FILE or the environment variable ASSAY_PASSWORD");
    std::cerr << question << ": " << std::flush;
    std::string line;
    {
        const EchoOff quiet;
        if (!std::getline(std::cin, line)) return usage("nothing was entered for " + question);
    }
    std::cerr << "\n";
    return line;
}

bool ask_yes(const std::string& question) {
    std::cerr << question << " [y/N] " << std::flush;
    std::string line;
    if (!std::getline(std::cin, line)) return false;
    return line == "y" || line == "Y" || line == "yes" || line == "Yes";
}

std::string show_bytes(std::uint64_t bytes) {
    static constexpr std::array<const char*, 5> kUnits = {"bytes", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    std::uint64_t tenths = bytes * 10;
    while (tenths >= 10'000 && unit + 1 < kUnits.size()) {
        tenths /= 1'000;
        ++unit;
    }
    std::string out = std::to_string(tenths / 10);
    if (unit > 0) out += "." + std::to_string(tenths % 10);
    return out + " " + kUnits[unit];
}

Progress::Progress(std::string what, std::uint64_t total, bool shown)
    : what_(std::move(what)),
      total_(total),
      shown_(shown),
      started_(Clock::now()),
      drawn_(started_) {}

Progress::~Progress() {
    if (width_ > 0) std::cerr << "\r" << std::string(width_, ' ') << "\r" << std::flush;
}

void Progress::update(std::uint64_t done_bytes, std::uint64_t count) {
    if (!shown_) return;
    const auto now = Clock::now();
    if (now - drawn_ < std::chrono::milliseconds(100)) return;
    drawn_ = now;
    draw(done_bytes, count);
}

void Progress::draw(std::uint64_t done_bytes, std::uint64_t count) {
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(drawn_ - started_);
    const auto spent_ms = static_cast<std::uint64_t>(spent.count());
    std::string line = what_ + " ";
    if (total_ > 0) line += bar(done_bytes, total_) + " ";
    line += std::to_string(count) + " items, " + show_bytes(done_bytes);
    if (total_ > done_bytes && done_bytes > 0) {
        const double left_ms = static_cast<double>(spent_ms) *
                               static_cast<double>(total_ - done_bytes) /
                               static_cast<double>(done_bytes);
        line += ", " + show_duration(static_cast<std::uint64_t>(left_ms / 1'000) + 1) + " left";
    }
    const std::size_t blank = width_ > line.size() ? width_ - line.size() : 0;
    std::cerr << "\r" << line << std::string(blank, ' ') << std::flush;
    width_ = line.size();
}

}  // namespace assay::cli
