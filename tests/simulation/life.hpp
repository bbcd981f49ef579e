// Owns Node::Life: one process of a node, with the real replica, log, signer and mempool.
#pragma once

#include "tests/simulation/keys.hpp"
#include "tests/simulation/node.hpp"

namespace assay::simulation {

// Tells the judge what was signed, and hands on to a signer that is careful.
class CarefulSigner final : public consensus::Signer {
  public:
    CarefulSigner(const crypto::SecretKey& key, consensus::SignState state, Judge& judge)
        : inner_(key, std::move(state)), judge_(judge) {}
    const consensus::ValidatorKey& key() const override { return inner_.key(); }
    Result<void> sign(std::string_view chain_id, consensus::Vote& vote) override {
        auto done = inner_.sign(chain_id, vote);
        if (done) judge_.signed_vote(vote);
        return done;
    }
    Result<void> sign(std::string_view chain_id, consensus::Proposal& proposal) override {
        return inner_.sign(chain_id, proposal);
    }
    Result<void> flush() override { return inner_.flush(); }

  private:
    consensus::FileSigner inner_;
    Judge& judge_;
};

// Signs anything.
class RecklessSigner final : public consensus::Signer {
  public:
    RecklessSigner(const crypto::SecretKey& key, bool lies_about_time, Judge& judge)
        : secret_(key),
          key_(crypto::public_key_of(key).value().compressed()),
          lies_about_time_(lies_about_time),
          judge_(judge) {}
    const consensus::ValidatorKey& key() const override { return key_; }
    Result<void> sign(std::string_view chain_id, consensus::Vote& vote) override {
        if (lies_about_time_) vote.time.seconds -= 1'000'000;
        vote.signature = consensus::sign_message(secret_, vote.sign_bytes(chain_id));
        judge_.signed_vote(vote);
        return {};
    }
    Result<void> sign(std::string_view chain_id, consensus::Proposal& proposal) override {
        proposal.signature = consensus::sign_message(secret_, proposal.sign_bytes(chain_id));
        return {};
    }
    Result<void> flush() override { return {}; }

  private:
    crypto::SecretKey secret_;
    consensus::ValidatorKey key_;
    bool lies_about_time_;
    Judge& judge_;
};

struct Node::Life {
    Application* app = nullptr;
    Mempool mempool;
    std::unique_ptr<consensus::Signer> signer;
    std::unique_ptr<consensus::Wal> wal;
    std::unique_ptr<MempoolJournal> journal;
    std::unique_ptr<consensus::Replica> replica;
    std::string failure;  // of the replica
};

}  // namespace assay::simulation
