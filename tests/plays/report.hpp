// Owns what plays came to: counts of messages by kind, and the first rule that was broken.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace assay::test {

struct PlayCount {
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;
    std::map<std::string, std::uint64_t> refused;  // by the name of the code
};

struct PlayReport {
    std::map<std::string, PlayCount> counts;    // by "module.message"
    std::map<std::string, std::uint64_t> ends;  // that objects met
    std::uint64_t seeds = 0;
    std::uint64_t blocks = 0;
    std::uint64_t repeated = 0;       // seeds executed again
    std::vector<std::string> broken;  // "seed N: rule: what"

    void add(const PlayReport& other);
    std::uint64_t sent() const;
    std::uint64_t accepted() const;
    // Lines that read() takes back: how a job tells its parent.
    std::string write() const;
    static PlayReport read(const std::string& lines);
};

// A row a message; with `details` also what each was refused for, and what ends objects met.
void print(const PlayReport& report, bool details);

}  // namespace assay::test
