// Owns Judge: what must hold in every run, whatever happens.
#pragma once

#include <map>
#include <set>

#include "tests/simulation/plan.hpp"
#include "tests/simulation/stage.hpp"

namespace assay::simulation {

// Sees all that honest nodes say and store. Keeps the first thing that must not be.
class Judge {
  public:
    Judge(const Plan& plan, const consensus::ChainIdentity& identity, const Stage& stage);

    // An honest node sends a message, of its own or another's.
    void released(std::size_t node, const Bytes& message);
    // Somebody signed this, whether or not it gets out.
    void signed_vote(const consensus::Vote& vote);
    void committed(std::size_t node, const consensus::ChainPosition& position,
                   const HostedApp& app);
    void recovered(std::size_t node, std::uint64_t height);
    // The whole stored chain.
    void check_store(std::size_t node, const HostedApp& app);
    // An honest node handles a double vote.
    void saw_vote(std::size_t node, const consensus::Vote& vote);

    void violate(const std::string& what);
    const std::string& violation() const { return violation_; }

    std::uint64_t height() const { return chain_.size() - 1; }
    std::uint64_t evidence_in_blocks() const { return punished_.size(); }
    // Double votes that reached one honest node while it worked on their height.
    std::uint64_t double_votes_seen() const { return seen_double_.size(); }
    std::uint64_t double_votes_punished() const;
    bool has_tx(const Hash256& sha256) const { return txs_.contains(sha256); }

  private:
    using Place = std::tuple<std::int64_t, std::int32_t, int>;  // height, round, step
    struct Decided {
        Bytes block;
        consensus::BlockId id;
        Hash256 app_hash;
        BlockTime time;
    };
    using Offender = std::pair<std::int64_t, consensus::ConsensusAddress>;

    void check_vote(std::size_t node, const consensus::Vote& vote);
    void check_proposal(std::size_t node, const consensus::Proposal& proposal);
    bool is_signed_by_anybody(const consensus::Proposal& proposal) const;
    void once(std::size_t node, const Place& place, Bytes sign_bytes);
    void check_lock(std::size_t node, const consensus::Vote& vote);
    bool had_polka(std::int64_t height, std::int32_t from, std::int32_t before,
                   const consensus::BlockId& id) const;
    void check_block(const consensus::ChainPosition& position, const consensus::Block& block);
    void check_evidence(const consensus::Block& block);

    const Plan& plan_;
    const Stage& stage_;
    std::string chain_id_;
    std::vector<Decided> chain_;                 // by height
    std::vector<consensus::ValidatorSet> sets_;  // by height
    Hash256 next_validators_;                    // of the height after the next
    std::vector<std::uint64_t> acknowledged_;    // by node: the height that it told clients of
    std::vector<std::map<Place, Bytes>> said_;   // by node
    std::vector<std::map<std::int64_t, std::map<std::int32_t, consensus::BlockId>>> locks_;
    std::vector<Bytes> last_message_;
    using Ballot = std::tuple<std::int64_t, std::int32_t, Hash256>;
    std::map<Ballot, std::set<consensus::ConsensusAddress>> prevotes_;  // everybody's
    std::set<Hash256> txs_;
    std::set<Offender> punished_;
    std::set<Offender> seen_double_;
    std::map<std::tuple<std::size_t, Place, consensus::ConsensusAddress>, Hash256> first_votes_;
    std::string violation_;
};

}  // namespace assay::simulation
