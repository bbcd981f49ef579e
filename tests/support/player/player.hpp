// Owns a play: what is done next, as the choices say.
#pragma once

#include "tests/support/player/genesis.hpp"
#include "tests/support/player/stage.hpp"

namespace assay::test {

class Player {
  public:
    Player(WiredChain& chain, Choices& choices) : stage_(chain, choices) {}

    // Most actors stake as jurors, and weigh in draws when the first epoch is over.
    void hire();
    // One act, or the end of a block.
    void act();
    // No invariant has been broken so far.
    bool holds() const { return stage_.failures.empty(); }
    const std::vector<InvariantFailure>& failures() const { return stage_.failures; }
    const std::map<std::string, SentCount>& counts() const { return stage_.counts; }
    std::uint64_t sent() const { return stage_.sent; }
    std::uint64_t accepted() const { return stage_.accepted; }
    // Of all messages, how often each outcome.
    std::map<TxCode, std::uint64_t> outcomes() const;

    // What else was reached, and how often.
    const std::map<std::string, std::uint64_t>& reached() const { return stage_.reached; }

  private:
    std::uint8_t favourite_ = 0;  // which kind of acts is done more often than others
    Stage stage_;
};

// Every message that a chain has, by "module.message": those that no play ever accepts beside the
// others.
std::vector<std::string> all_messages();

}  // namespace assay::test
