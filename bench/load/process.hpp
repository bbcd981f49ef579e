// Owns a node under test: a child process, its start, its memory and its end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chain/base/result.hpp"

namespace assay::bench {

class Process {
  public:
    Process() = default;
    Process(Process&& other) noexcept;
    Process& operator=(Process&& other) noexcept;
    ~Process();

    // Standard output is read by read_line(), standard error goes to `log`. The process fails to
    // allocate beyond `memory_mb`, so that a runaway ends itself and not the machine.
    static Result<Process> start(const std::vector<std::string>& command, const std::string& log,
                                 std::uint64_t memory_mb);
    // The next line of standard output; fails when the process ended without one.
    Result<std::string> read_line();
    int pid() const { return pid_; }
    // Asks to end (SIGTERM) and waits.
    void stop();

  private:
    int pid_ = -1;
    int out_ = -1;
    std::string buffer_;
};

// Forgets the peak of a process's memory so far.
void reset_peak(int pid);
// Peak resident memory in MB since then.
double peak_mb(int pid);
// Processor seconds used so far, of all threads.
double cpu_seconds(int pid);

// Runs to its end; fails where the exit code is not 0.
Result<void> run_to_end(const std::vector<std::string>& command);
// A port that was free a moment ago.
Result<unsigned short> free_port();

}  // namespace assay::bench
