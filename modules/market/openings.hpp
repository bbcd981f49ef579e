// Owns ForceOpen and OpenItems: items of a revealed submission that somebody asks to see, and that
// its contributor shows before they count as missing.
#pragma once

#include <optional>

#include "chain/exec/deadlines.hpp"
#include "chain/exec/message.hpp"
#include "modules/market/deadline_gas.hpp"
#include "modules/market/leaf_proof.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

inline constexpr std::size_t kMaxIndices = 8;         // of one request
inline constexpr std::uint32_t kMaxAskedItems = 200;  // of one submission, by all who ask

// Asks the contributor to show items, before the window ends by more than the time for an answer.
// value = QuoteForceOpen(submission, indices).
struct ForceOpen {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 35'000 + kOpeningEndsGas;
    static constexpr std::uint64_t kGasPerItem = 6'000;
    std::uint64_t submission = 0;
    std::vector<std::uint64_t> indices;  // 1..kMaxIndices, ascending

    std::uint64_t gas() const { return kGas + kGasPerItem * indices.size(); }
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(ForceOpen, (), (submission, indices))

// Shows items that a request names: some of them, or all. When the last one is shown, half of the
// request's bond is the contributor's and half burns.
struct OpenItems {
    static constexpr std::uint64_t kGas = 25'000;
    static constexpr std::uint64_t kGasPerHash = 100;
    std::uint64_t request = 0;
    std::vector<LeafProof> items;  // 1..kMaxIndices

    std::uint64_t gas() const;
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(OpenItems, (), (request, items))

// nullopt once it is over.
std::optional<Deadline> deadline_of(const Opening& opening);

// The request's time is over: what was not shown is missing. A submission that misses too much is
// convicted in favour of who asked.
void end_opening(State& state, const BlockEnv& block, std::uint64_t request);

}  // namespace assay::market
