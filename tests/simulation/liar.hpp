// Owns Liar: what a Byzantine validator makes of a correct replica's words, and adds to them.
#pragma once

#include <deque>

#include "consensus/engine/messages.hpp"
#include "tests/simulation/world.hpp"

namespace assay::simulation {

// It holds the key, hears all that its node hears, and knows the other Byzantine ones' plans. What
// it cannot do is to sign for the honest.
class Liar {
  public:
    Liar(Node& node, World& world, std::size_t number, Random random);

    // In the place of sending the replica's own message.
    bool pass_on(std::size_t to, const Bytes& message);
    void hear(std::size_t from, consensus::Channel channel, const Bytes& message);
    // Now and then, unasked.
    void speak_up();

  private:
    struct Forgery {
        consensus::Proposal proposal;
        std::vector<consensus::Part> parts;
        bool for_all = false;
    };

    void say(std::size_t to, const consensus::ConsensusMessage& message);
    void say(std::size_t to, const Bytes& message);
    bool pass_proposal(std::size_t to, const consensus::Proposal& proposal);
    bool pass_vote(std::size_t to, const consensus::Vote& vote);
    bool is_mine(const consensus::Proposal& proposal) const;
    void tell_forgery(std::size_t to, const Forgery& forgery);
    Forgery* forge(const consensus::Proposal& proposal);
    consensus::Vote signed_vote(consensus::Vote vote) const;
    void vote_freely();
    void lie_about_status();
    void speak_garbage();
    void pretend_to_propose();
    void flood();
    std::size_t somebody() { return random_.below(world_.nodes.size()); }
    bool is_deceived(std::size_t to) const { return world_.conspiracy.deceived[to]; }

    Node& node_;
    World& world_;
    std::size_t number_;
    Random random_;
    Habits habits_;
    std::map<std::pair<std::int64_t, std::int32_t>, Forgery> forgeries_;
    std::deque<Bytes> heard_;  // some of it, to replay
};

// A message in a few words, for the trace.
std::string summary_of(const Bytes& message);

}  // namespace assay::simulation
