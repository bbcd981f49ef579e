// Owns what the load generator sends: accounts with keys, and signed envelopes of one kind.
#pragma once

#include <memory>
#include <string>
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

// The same seed and size give the same senders, accounts and transactions.
class Workload {
  public:
    virtual ~Workload() = default;
    // Fills what a transaction of this kind says: to, value, data, gas limit. `nonce` counts the
    // sender's own.
    virtual void fill(Envelope& envelope, std::size_t sender, std::uint64_t nonce) const = 0;
};

// "transfer"; fails for a name that is none.
Result<std::unique_ptr<Workload>> make_workload(const std::string& name, const WorkloadSize& size);

std::vector<Sender> make_senders(const WorkloadSize& size);
// Account `number` of the state that has no key anybody knows.
Address bulk_account(std::uint64_t seed, std::uint64_t number);

// Signs on every processor. Transaction i is of sender i % senders.
std::vector<SignedTx> sign_all(const Workload& workload, const WorkloadSize& size,
                               const std::vector<Sender>& senders);

// Signature recoveries on every processor at once.
struct Recoveries {
    double per_s = 0;
    double cpu_us = 0;  // processor time of one
    double share = 0;   // of the processors' time that was ours: 1 on a quiet machine
};
Recoveries measure_recoveries(const std::vector<SignedTx>& txs, double seconds);

}  // namespace assay::bench
