// Owns what a grader does: AuditCommit, then AuditReveal.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/audit.hpp"

namespace assay::market {

// Binds a seat to what its grader found, before anybody tells.
struct AuditCommit {
    static constexpr std::uint64_t kGas = 34'000;
    std::uint64_t submission = 0;
    std::uint8_t seat = 0;
    Hash256 commitment;  // grade_commitment()

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(AuditCommit, (), (submission, seat, commitment))

// Tells it, once the time for commitments is over.
struct AuditReveal {
    static constexpr std::uint64_t kGas = 34'000;
    std::uint64_t submission = 0;
    std::uint8_t seat = 0;
    Bytes defects;  // a bit for each drawn item, the first lowest; bits beyond them are 0
    Hash256 salt;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(AuditReveal, (), (submission, seat, defects, salt))

// What a seat commits to.
struct Grade {
    std::uint64_t chain_id = 0;
    std::uint64_t submission = 0;
    std::uint8_t seat = 0;
    Address grader;
    Bytes defects;
    Hash256 salt;
};
BOOST_DESCRIBE_STRUCT(Grade, (), (chain_id, submission, seat, grader, defects, salt))
// SHA-256("assay/grade/1" | record encoding of the grade).
Hash256 grade_commitment(const Grade& grade);

// Bytes that a bitmap of so many items has.
std::size_t bitmap_bytes(std::uint64_t items);

}  // namespace assay::market
