// Two faces, forgetfulness, silence and noise.
#include "tests/simulation/liar.hpp"

#include "consensus/types/wire.hpp"
#include "tests/simulation/forgery.hpp"
#include "tests/simulation/life.hpp"

namespace assay::simulation {

using namespace consensus;

namespace {

constexpr std::size_t kRemembered = 200;  // messages
constexpr std::size_t kForgeries = 8;
constexpr std::size_t kKnownBlocks = 16;

}  // namespace

Liar::Liar(Node& node, World& world, std::size_t number, Random random)
    : node_(node),
      world_(world),
      number_(number),
      random_(random),
      habits_(world.plan.members[number].habits) {}

void Liar::say(std::size_t to, const Bytes& message) {
    if (to != number_) world_.network->send(number_, to, Channel::consensus, message);
}

void Liar::say(std::size_t to, const ConsensusMessage& message) {
    say(to, encode_message(message));
}

// What the replica says --------------------------------------------------------------------------

bool Liar::pass_on(std::size_t to, const Bytes& message) {
    const auto decoded = decode_message(message);
    CHECK(decoded.has_value());
    if (const auto* proposal = std::get_if<Proposal>(&*decoded))
        if (pass_proposal(to, *proposal)) return true;
    if (const auto* vote = std::get_if<Vote>(&*decoded))
        if (pass_vote(to, *vote)) return true;
    if (std::holds_alternative<BlockPart>(*decoded) && habits_.withholds_parts &&
        random_.percent(85))
        return true;
    if (habits_.speaks_garbage && random_.percent(5)) {
        Bytes broken = message;
        broken[random_.below(broken.size())] ^= static_cast<std::uint8_t>(random_.between(1, 255));
        if (random_.percent(20)) broken.resize(random_.below(broken.size()));
        say(to, broken);
    }
    return world_.network->send(number_, to, Channel::consensus, message);
}

bool Liar::is_mine(const Proposal& proposal) const {
    return verify_message(key_of(node_.member().key).public_key,
                          proposal.sign_bytes(world_.identity.chain_id), proposal.signature);
}

bool Liar::pass_proposal(std::size_t to, const Proposal& proposal) {
    if (!is_mine(proposal)) return false;
    if (habits_.withholds_proposals && random_.percent(80)) return true;
    if (!habits_.equivocates_proposals && !habits_.proposes_invalid) return false;
    const Forgery* forgery = forge(proposal);
    if (forgery == nullptr || (!forgery->for_all && !is_deceived(to))) return false;
    tell_forgery(to, *forgery);
    return random_.percent(90);  // now and then both
}

void Liar::tell_forgery(std::size_t to, const Forgery& forgery) {
    say(to, forgery.proposal);
    for (const Part& part : forgery.parts)
        if (!habits_.withholds_parts || random_.percent(30))
            say(to, BlockPart{.height = forgery.proposal.height,
                              .header = forgery.proposal.block_id.parts,
                              .part = part});
}

bool Liar::pass_vote(std::size_t to, const Vote& vote) {
    if (vote.validator != key_of(node_.member().key).address) return false;
    if (habits_.withholds_votes && random_.percent(70)) return true;
    if (!habits_.equivocates_votes || !is_deceived(to)) return false;
    Vote other = vote;
    const auto at = world_.conspiracy.other.find({vote.height, vote.round});
    if (at != world_.conspiracy.other.end())
        other.block_id = at->second;
    else if (random_.percent(50))
        other.block_id = vote.block_id.is_nil() && !world_.conspiracy.known.empty()
                             ? random_.of(world_.conspiracy.known)
                             : BlockId{};
    say(to, signed_vote(other));
    return random_.percent(70);
}

Vote Liar::signed_vote(Vote vote) const {
    const Key& key = key_of(node_.member().key);
    vote.validator = key.address;
    vote.signature = sign_message(key.secret, vote.sign_bytes(world_.identity.chain_id));
    world_.judge.signed_vote(vote);
    return vote;
}

// A second block for this round, made once.
Liar::Forgery* Liar::forge(const Proposal& proposal) {
    const std::pair place{proposal.height, proposal.round};
    const auto at = forgeries_.find(place);
    if (at != forgeries_.end()) return &at->second;
    const Replica& replica = *node_.life_->replica;
    if (replica.position().height + 1 != static_cast<std::uint64_t>(proposal.height))
        return nullptr;
    Forgery out;
    const bool invalid = habits_.proposes_invalid && random_.percent(70);
    const auto forged = forge_block(world_, replica, *node_.app_, *node_.life_->app,
                                    key_of(node_.member().key).address, invalid, random_);
    ++world_.stats.forged;
    out.parts = cut_into_parts(forged.encoded);
    out.for_all = invalid && random_.percent(60);
    out.proposal = proposal;
    out.proposal.block_id = forged.id;
    if (random_.percent(20)) out.proposal.pol_round = proposal.round - 1;
    const Key& key = key_of(node_.member().key);
    out.proposal.signature =
        sign_message(key.secret, out.proposal.sign_bytes(world_.identity.chain_id));
    world_.conspiracy.other[place] = forged.id;
    if (forgeries_.size() == kForgeries) forgeries_.erase(forgeries_.begin());
    return &forgeries_.emplace(place, std::move(out)).first->second;
}

// What it hears ----------------------------------------------------------------------------------

void Liar::hear(std::size_t from, Channel channel, const Bytes& message) {
    if (world_.byzantine_quiet || channel != Channel::consensus || message.empty()) return;
    if (habits_.replays && random_.percent(10)) {
        heard_.push_back(message);
        if (heard_.size() > kRemembered) heard_.pop_front();
    }
    const auto decoded = decode_message(message);
    if (!decoded) return;
    if (const auto* proposal = std::get_if<Proposal>(&*decoded)) {
        auto& known = world_.conspiracy.known;
        known.push_back(proposal->block_id);
        if (known.size() > kKnownBlocks) known.erase(known.begin());
    }
    if (const auto* request = std::get_if<PartRequest>(&*decoded))
        for (const auto& [place, forgery] : forgeries_)
            if (forgery.proposal.block_id.parts == request->header) tell_forgery(from, forgery);
}

// Unasked ----------------------------------------------------------------------------------------

void Liar::speak_up() {
    if (world_.byzantine_quiet) return;
    if (habits_.votes_freely) vote_freely();
    if (habits_.lies_about_status && random_.percent(30)) lie_about_status();
    if (habits_.speaks_garbage && random_.percent(30)) speak_garbage();
    if (habits_.replays && !heard_.empty() && random_.percent(60))
        say(somebody(), heard_[random_.below(heard_.size())]);
    if (habits_.floods && random_.percent(5)) flood();
}

void Liar::vote_freely() {
    const Replica& replica = *node_.life_->replica;
    const auto index = replica.position().validators.index_of(key_of(node_.member().key).address);
    if (!index) return;
    Vote vote;
    vote.type = random_.percent(50) ? VoteType::prevote : VoteType::precommit;
    vote.height = static_cast<std::int64_t>(replica.position().height + 1);
    if (random_.percent(10)) vote.height += 1;
    const std::int32_t round = std::max(replica.core().round(), 0);
    vote.round = static_cast<std::int32_t>(random_.below(static_cast<std::uint64_t>(round) + 3));
    if (random_.percent(4)) vote.round = INT32_MAX - static_cast<std::int32_t>(random_.below(2));
    if (random_.percent(70) && !world_.conspiracy.known.empty())
        vote.block_id = random_.of(world_.conspiracy.known);
    vote.time = node_.now();
    if (random_.percent(20))
        vote.time.seconds += static_cast<std::int64_t>(random_.below(2'000'000)) - 1'000'000;
    vote.validator_index = static_cast<std::int32_t>(*index);
    const Vote ready = signed_vote(vote);
    const std::size_t first = somebody();
    for (std::size_t i = 0; i < random_.between(1, world_.nodes.size()); ++i)
        say((first + i) % world_.nodes.size(), ready);
}

void Liar::lie_about_status() {
    const Replica& replica = *node_.life_->replica;
    Status status;
    status.height = static_cast<std::int64_t>(1 + random_.below(replica.position().height + 4));
    status.round = static_cast<std::int32_t>(random_.below(6)) - 1;
    status.has_proposal = random_.percent(50);
    status.base = random_.percent(50) ? 0 : 1;
    for (std::uint64_t i = random_.below(kMaxVotesHeld); i > 0; --i)
        status.votes.push_back(
            {.round = static_cast<std::int32_t>(random_.below(4)),
             .type = random_.percent(50) ? VoteType::prevote : VoteType::precommit,
             .bits = random_.bytes(random_.below(3)),
             .block = {}});
    say(somebody(), status);
    Commit commit = replica.position().last_commit;
    if (commit.signatures.empty()) return;
    commit.height = status.height;
    commit.signatures.resize(random_.below(commit.signatures.size() + 2));
    say(somebody(), commit);
}

void Liar::speak_garbage() {
    say(somebody(), random_.bytes(random_.below(300)));
    PartRequest request{
        .height = static_cast<std::int64_t>(random_.between(1, 40)),
        .header = {.total = static_cast<std::uint32_t>(random_.below(5)), .hash = {}},
        .missing = random_.bytes(3)};
    if (!world_.conspiracy.known.empty())
        request.header = random_.of(world_.conspiracy.known).parts;
    say(somebody(), request);
    BlockPart part{.height = static_cast<std::int64_t>(node_.height() + 1),
                   .header = request.header,
                   .part = {}};
    part.part.bytes = random_.bytes(40);
    say(somebody(), part);
    const Replica& replica = *node_.life_->replica;
    Vote vote{.height = static_cast<std::int64_t>(replica.position().height + 1),
              .validator_index = static_cast<std::int32_t>(random_.below(12))};
    const Key& victim = key_of(random_.below(world_.plan.powers.size()));
    vote.validator = victim.address;
    vote.signature = ValidatorSignature::from(random_.bytes(64));
    say(somebody(), vote);
    Vote other = vote;
    other.block_id.parts.total = 1;
    pretend_to_propose();
    say(somebody(), DuplicateVoteEvidence{.vote_a = vote,
                                          .vote_b = other,
                                          .total_power = 1,
                                          .validator_power = 1,
                                          .time = node_.now()});
}

// A block that somebody else proposed, in this round's proposer's name.
void Liar::pretend_to_propose() {
    const Replica& replica = *node_.life_->replica;
    if (world_.conspiracy.known.empty()) return;
    Proposal proposal{.height = static_cast<std::int64_t>(replica.position().height + 1),
                      .round = std::max(replica.core().round(), 0),
                      .block_id = random_.of(world_.conspiracy.known),
                      .time = node_.now()};
    proposal.signature = ValidatorSignature::from(random_.bytes(64));
    for (std::size_t to = 0; to < world_.nodes.size(); ++to) say(to, proposal);
}

void Liar::flood() {
    const std::size_t to = somebody();
    Status behind;
    behind.height = static_cast<std::int64_t>(1 + random_.below(node_.height() + 1));
    for (int i = 0; i < 100; ++i) say(to, behind);
    BlockPart early{.height = static_cast<std::int64_t>(node_.height() + 2),
                    .header = {.total = 1, .hash = {}},
                    .part = {}};
    early.part.bytes = random_.bytes(20'000);
    for (int i = 0; i < 20; ++i) say(to, early);
}

std::string summary_of(const Bytes& message) {
    const auto decoded = decode_message(message);
    if (!decoded) return "garbage";
    static constexpr const char* kNames[] = {"status",  "proposal", "part",    "vote",
                                             "request", "commit",   "evidence"};
    std::string out = kNames[decoded->index()];
    if (const auto* status = std::get_if<Status>(&*decoded))
        out += " " + std::to_string(status->height) + "/" + std::to_string(status->round);
    if (const auto* proposal = std::get_if<Proposal>(&*decoded))
        out += " " + std::to_string(proposal->height) + "/" + std::to_string(proposal->round) +
               " pol " + std::to_string(proposal->pol_round) + " " +
               to_hex(proposal->block_id.hash).substr(0, 8);
    if (const auto* vote = std::get_if<Vote>(&*decoded))
        out += std::string(vote->type == VoteType::prevote ? " prevote " : " precommit ") +
               std::to_string(vote->height) + "/" + std::to_string(vote->round) + " by " +
               std::to_string(vote->validator_index) + " " +
               (vote->block_id.is_nil() ? "nil" : to_hex(vote->block_id.hash).substr(0, 8));
    if (const auto* commit = std::get_if<Commit>(&*decoded))
        out += " " + std::to_string(commit->height);
    if (const auto* part = std::get_if<BlockPart>(&*decoded))
        out += " " + std::to_string(part->height) + " " + std::to_string(part->part.index) + "/" +
               std::to_string(part->header.total);
    return out;
}

}  // namespace assay::simulation
