// Owns what the load generator sends: accounts with keys, calls and signed envelopes.
#pragma once

#include <functional>
#include <vector>

#include "chain/codec/envelope.hpp"

namespace assay::bench {

struct Sender {
    crypto::SecretKey key;
    Address address;
};

// A signed transaction as it goes over the wire, and its hash.
struct SignedTx {
    Bytes raw;
    Hash256 hash;
};

struct WorkloadSize {
    std::uint64_t seed = 1;
    std::uint64_t chain_id = 0;
    std::size_t txs = 0;
    std::size_t senders = 0;
    std::uint64_t accounts = 0;  // state accounts without keys, the other ends of transfers
};

// What a transaction says.
struct Call {
    Address to;
    Amount value;  // base units
    Bytes data;
    std::uint64_t gas_limit = 0;
};
// The call of a sender's own transaction `number`, counted from 0 within one round.
using Calls = std::function<Call(std::size_t sender, std::uint64_t number)>;

// The same seed and size give the same senders, accounts and transfers.
std::vector<Sender> make_senders(const WorkloadSize& size);
// Account `number` of the state that has no key anybody knows.
Address bulk_account(std::uint64_t seed, std::uint64_t number);

// One base unit to an account drawn evenly from the whole state.
Calls transfers(const WorkloadSize& size);

// Signs `count` transactions on every processor. Transaction i is the number i / senders of sender
// i % senders, whose nonces begin at `first_nonce`.
std::vector<SignedTx> sign_all(const Calls& calls, std::size_t count, std::uint64_t first_nonce,
                               const WorkloadSize& size, const std::vector<Sender>& senders);

// 32 bytes drawn from the seed for a purpose and a number.
Hash256 seeded(char purpose, std::uint64_t seed, std::uint64_t number);

// Signature recoveries on every processor at once.
struct Recoveries {
    double per_s = 0;
    double cpu_us = 0;  // processor time of one
    double share = 0;   // of the processors' time that was ours: 1 on a quiet machine
};
Recoveries measure_recoveries(const std::vector<SignedTx>& txs, double seconds);

}  // namespace assay::bench
