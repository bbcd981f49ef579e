// Owns how a benchmark reads its command line.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::bench {

// Flags that point at variables, which hold the defaults, and --help. Boost.Program_options stays
// behind it: its headers bring a global name `abi`.
class Flags {
  public:
    explicit Flags(const std::string& title);
    ~Flags();

    Flags& add(const char* name, std::uint64_t& variable, const char* help);
    Flags& add(const char* name, unsigned& variable, const char* help);
    Flags& add(const char* name, std::string& variable, const char* help);
    Flags& add(const char* name, bool& variable, const char* help);  // without a value: true

    // What the program has to return at once: 0 after help, 2 after a flag that is unknown or does
    // not read; nullopt: go on.
    std::optional<int> read(int argc, char** argv);
    // Says why, and what there is. Returns 2.
    int refuse(const std::string& why) const;

  private:
    struct Known;
    std::unique_ptr<Known> known_;
};

// "1,4,7"; nullopt where that is not what it says.
std::optional<std::vector<std::uint64_t>> numbers_of(const std::string& text);

}  // namespace assay::bench
