// Owns Stage and HostedApp: the application that a run is about, on each machine and as clients
// see it.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "consensus/engine/chain_position.hpp"
#include "consensus/privval/vrf_prover.hpp"
#include "tests/simulation/plan.hpp"
#include "tests/support/memory_disk.hpp"

namespace assay::simulation {

// What happened on a chain, in numbers.
using Facts = std::map<std::string, std::uint64_t>;

// One machine's. What is durable outlives its processes; a commit is one effect of the machine's
// disk: it happens wholly or not at all, and when the disk stops there, either.
class HostedApp {
  public:
    struct Admitted {
        CheckedTxPtr tx;  // nullptr: refused
        std::uint64_t account_nonce = 0;
    };

    virtual ~HostedApp() = default;
    // For a new process; valid until stop().
    virtual Result<Application*> start() = 0;
    virtual void stop() = 0;
    virtual Admitted admit(Bytes raw) = 0;

    // Of what is durable.
    virtual std::uint64_t height() const = 0;
    virtual std::optional<Bytes> record(ByteView key) const = 0;
    virtual std::uint64_t nonce_of(const Address& sender) const = 0;
};

class Stage {
  public:
    using Witness = std::function<const HostedApp&()>;  // of somebody honest

    virtual ~Stage() = default;
    virtual consensus::ChainIdentity identity() const = 0;
    virtual std::unique_ptr<HostedApp> host(test::MemoryDisk& disk) = 0;
    // nullptr where the validator with this key has no proofs to make.
    virtual consensus::VrfProver* prover(std::size_t key) = 0;
    // True for what may stand in a block.
    virtual bool is_tx(ByteView raw) const = 0;
    // What a client sends next; empty for nothing.
    virtual Bytes next_tx(Random& random, const Witness& witness) = 0;
    // Each machine's own, once, which must get into the chain.
    virtual Bytes probe(std::size_t node) const = 0;
    // A Byzantine proposer's, of an account of its own.
    virtual Bytes forged_tx(std::uint64_t nonce, std::uint64_t salt) const = 0;
    virtual Address forger() const = 0;
    // At the end, of all honest machines. The text says what is wrong; `facts` are added to.
    virtual std::string audit(const std::vector<const HostedApp*>& honest, Facts& facts) const = 0;
};

enum class AppKind { small, chain };
// The plan must outlive it.
std::unique_ptr<Stage> make_stage(AppKind kind, const Plan& plan);

}  // namespace assay::simulation
