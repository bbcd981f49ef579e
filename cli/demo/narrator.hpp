// Owns how the demo tells its story: one entry a step, as lines for a person or as JSON.
#pragma once

#include "cli/client/rpc_client.hpp"
#include "cli/terminal/output.hpp"

namespace assay::cli {

class Narrator {
  public:
    explicit Narrator(Output& output) : output_(output) {}

    // A heading between parts of the story.
    void part(const std::string& title);
    // A step that needs no transaction.
    void say(const std::string& who, const std::string& what);
    // A step that a transaction in a block did.
    void did(const std::string& who, const std::string& what, const TxReceipt& receipt);

    Output& output() { return output_; }
    // An array of {"who","what","block","transaction"}; the last two only where there was one.
    void write_steps(JsonWriter& out) const;

  private:
    struct Step {
        std::string who;
        std::string what;
        std::uint64_t block = 0;
        std::string transaction;
    };
    void line(const std::string& block, const std::string& who, const std::string& what);

    Output& output_;
    std::vector<Step> steps_;
};

// "1,234,567".
std::string grouped(std::uint64_t number);
// "97.3%" of hundredths.
std::string show_percent(double percent);

}  // namespace assay::cli
