// Listening to peers, and giving them what their Status says they lack.
#include <algorithm>

#include "consensus/engine/replica.hpp"
#include "consensus/types/wire.hpp"

namespace assay::consensus {

namespace {

constexpr std::size_t kMaxPartsAnswered = 64;

std::uint32_t sub_round(std::int32_t round) {
    return static_cast<std::uint32_t>(round);
}

}  // namespace

void Replica::peer_up(const PeerId& peer) {
    if (started_ && !failed_) tell(peer, status());
}

void Replica::peer_down(const PeerId& peer) {
    statuses_.erase(peer);
}

void Replica::receive(const PeerId& peer, ByteView message) {
    if (failed_ || !started_) return;
    receive_now(peer, message);
    release();
}

void Replica::receive_now(const PeerId& peer, ByteView message) {
    const auto decoded = decode_message(message);
    if (!decoded) return ports_.peers.report(peer, Offence::malformed);
    const std::int64_t of = std::visit(
        [](const auto& one) -> std::int64_t {
            if constexpr (requires { one.height; }) return one.height;
            return 0;
        },
        *decoded);
    const bool decides = std::holds_alternative<Proposal>(*decoded) ||
                         std::holds_alternative<BlockPart>(*decoded) ||
                         std::holds_alternative<Vote>(*decoded);
    if (decides && paused_) return;
    if (decides && of == height() + 1) return keep_for_next_height(peer, message);
    std::visit([&](const auto& one) { take(peer, one); }, *decoded);
}

// A peer may be a block ahead for as long as this node's disk takes.
void Replica::keep_for_next_height(const PeerId& peer, ByteView message) {
    const auto most = 2 * static_cast<std::size_t>(identity_.block.max_bytes);
    if (early_bytes_ + message.size() > most) return;
    early_bytes_ += message.size();
    early_.emplace_back(peer, to_bytes(message));
}

void Replica::take_early_messages() {
    early_bytes_ = 0;
    for (const auto& [peer, message] : std::exchange(early_, {})) receive_now(peer, message);
    try_to_go();
}

// Proposals, blocks and votes ---------------------------------------------------------------------

void Replica::take(const PeerId& peer, const Proposal& proposal) {
    if (proposal.height != height() || core_.proposal(proposal.round) != nullptr) return;
    const Validator* proposer = core_.proposer(proposal.round);
    if (proposer == nullptr) return;
    if (!verify_message(proposer->key, proposal.sign_bytes(identity_.chain_id), proposal.signature))
        return ports_.peers.report(peer, Offence::invalid);
    blocks_.expect(proposal.block_id);
    if (log(WalKind::proposal, encode(proposal))) feed(input::GotProposal{proposal});
}

void Replica::take(const PeerId& peer, const BlockPart& part) {
    if (part.height != height()) return;
    const auto added = blocks_.add(part.header, part.part);
    if (added == HeightBlocks::Added::wrong) return ports_.peers.report(peer, Offence::invalid);
    if (added != HeightBlocks::Added::whole) return;
    while (auto whole = blocks_.take_whole()) {
        auto& [id, encoded] = *whole;
        auto block = decode<Block>(encoded);
        // The parts are what the proposer hashed, so nobody can make a block of this id. What does
        // not follow this chain is kept out of the log, which is told from a foreign one by that.
        if (!block || block->header.hash() != id.hash ||
            block->header.last_block_id != position_.last_block_id) {
            feed(input::BlockChecked{.id = id, .finding = BlockFinding::invalid});
            continue;
        }
        if (!log(WalKind::block, encoded)) return;
        blocks_.hold({.id = id, .block = std::move(*block), .encoded = std::move(encoded)});
        check_held(id);
    }
}

bool Replica::holds(const PeerId& peer, const Vote& vote, const ValidatorSet& set) {
    const auto index = static_cast<std::size_t>(vote.validator_index);
    if (index < set.size() && set.validators()[index].address == vote.validator &&
        verify_message(set.validators()[index].key, vote.sign_bytes(identity_.chain_id),
                       vote.signature))
        return true;
    ports_.peers.report(peer, Offence::invalid);
    return false;
}

void Replica::take(const PeerId& peer, const Vote& vote) {
    if (vote.height == static_cast<std::int64_t>(position_.height))
        return take_late_precommit(peer, vote);
    if (vote.height != height() || core_.has_decided()) return;
    if (static_cast<std::size_t>(vote.validator_index) >= position_.validators.size())
        return ports_.peers.report(peer, Offence::invalid);
    if (!core_.votes().is_news(vote) || !holds(peer, vote, position_.validators)) return;
    accept(vote);
}

void Replica::accept(const Vote& vote) {
    if (log(WalKind::vote, encode(vote))) feed(input::GotVote{vote});
}

// It makes the commit in the next block fuller.
void Replica::take_late_precommit(const PeerId& peer, const Vote& vote) {
    if (!last_votes_ || vote.type != VoteType::precommit || vote.round != last_round_) return;
    if (static_cast<std::size_t>(vote.validator_index) >= position_.last_validators.size()) return;
    if (last_votes_->is_news(vote) && holds(peer, vote, position_.last_validators))
        last_votes_->add(vote);
}

void Replica::take(const PeerId& peer, const DuplicateVoteEvidence& evidence) {
    const std::int64_t of = evidence.vote_a.height;
    if (of > static_cast<std::int64_t>(position_.height)) return;
    if (ports_.app.engine_record(evidence_record_key(of, evidence.vote_a.validator))) return;
    if (!check_form(evidence, EvidenceLimits{}, height(), position_.last_time))
        return ports_.peers.report(peer, Offence::invalid);
    const auto facts = load_facts(ports_.app, of);
    if (!facts) return;  // from before the snapshot that this node began with
    if (!verify_evidence(identity_.chain_id, evidence, *facts))
        return ports_.peers.report(peer, Offence::invalid);
    if (evidence_.add(evidence)) say(evidence);
}

// Catching up -------------------------------------------------------------------------------------

void Replica::tell(const PeerId& peer, const ConsensusMessage& message) {
    ports_.peers.send(peer, Channel::consensus, encode_message(message));
}

void Replica::add_votes_held(Status& status, std::int32_t round, VoteType type) const {
    const bool listed = std::any_of(
        status.votes.begin(), status.votes.end(),
        [&](const VotesHeld& held) { return held.round == round && held.type == type; });
    if (round < 0 || listed || status.votes.size() == kMaxVotesHeld) return;
    VotesHeld held{.round = round, .type = type, .bits = {}, .block = {}};
    const std::size_t size = position_.validators.size();
    for (std::size_t i = 0; i < size; ++i)
        if (core_.votes().find(round, type, i) != nullptr) set_bit(held.bits, i, size);
    status.votes.push_back(std::move(held));
}

// The polka that the proposal rests on, vote by vote, as long as it is not seen here.
void Replica::add_votes_for(Status& status, const Proposal& proposal) const {
    const auto polka = core_.votes().quorum(proposal.pol_round, VoteType::prevote);
    if (proposal.pol_round < 0 || (polka && *polka == proposal.block_id)) return;
    VotesHeld held{.round = proposal.pol_round,
                   .type = VoteType::prevote,
                   .bits = {},
                   .block = proposal.block_id};
    const std::size_t size = position_.validators.size();
    for (std::size_t i = 0; i < size; ++i)
        if (core_.votes().find(held.round, held.type, i, held.block) != nullptr)
            set_bit(held.bits, i, size);
    status.votes.push_back(std::move(held));
}

// The rounds that matter now, and one older round after the other: a decision may be in any.
Status Replica::status() const {
    Status out{.height = height(),
               .round = core_.round(),
               .has_proposal = core_.proposal(core_.round()) != nullptr,
               .base = position_.height == 0 ? 0 : 1,
               .votes = {}};
    if (core_.round() < 0) return out;
    add_votes_held(out, core_.round(), VoteType::prevote);
    add_votes_held(out, core_.round(), VoteType::precommit);
    if (const Proposal* proposal = core_.proposal(core_.round())) add_votes_for(out, *proposal);
    add_votes_held(out, core_.round() - 1, VoteType::precommit);
    if (core_.round() == 0) return out;
    const auto older = static_cast<std::int32_t>(statuses_sent_ % sub_round(core_.round()));
    add_votes_held(out, older, VoteType::precommit);
    add_votes_held(out, older, VoteType::prevote);
    return out;
}

void Replica::on_status_time() {
    ++statuses_sent_;
    set_timer(config_.status_ms, {.purpose = Purpose::status, .timer = {}});
    say(status());
    if (!paused_) request_parts_of_somebody();
}

void Replica::take(const PeerId& peer, const Status& status) {
    statuses_[peer] = status;
    if (status.height < height()) return help_behind(peer, status.height);
    if (status.height == height() && !paused_) send_what_lacks(peer, status);
}

void Replica::send_votes(const PeerId& peer, const VotesHeld& held) {
    for (std::size_t i = 0; i < position_.validators.size(); ++i) {
        const Vote* vote = held.block.is_nil()
                               ? core_.votes().find(held.round, held.type, i)
                               : core_.votes().find(held.round, held.type, i, held.block);
        if (vote != nullptr && !bit_at(held.bits, i)) tell(peer, *vote);
    }
}

void Replica::send_what_lacks(const PeerId& peer, const Status& status) {
    for (const VotesHeld& held : status.votes) send_votes(peer, held);
    if (status.round < core_.round())
        for (const VoteType type : {VoteType::prevote, VoteType::precommit})
            send_votes(peer, {.round = core_.round(), .type = type, .bits = {}, .block = {}});
    const Proposal* proposal = core_.proposal(std::max(status.round, 0));
    if (proposal != nullptr && !status.has_proposal) tell(peer, *proposal);
}

// The commit tells it which block to ask for.
void Replica::help_behind(const PeerId& peer, std::int64_t height) {
    const auto raw =
        ports_.app.engine_record(commit_record_key(static_cast<std::uint64_t>(height)));
    if (!raw) return;
    if (const auto commit = decode<Commit>(*raw)) tell(peer, *commit);
}

void Replica::take(const PeerId& peer, const Commit& commit) {
    if (commit.height != height() || paused_ || core_.has_decided()) return;
    if (core_.votes().decided()) return request_parts(peer);
    if (!verify_commit(identity_.chain_id, position_.validators, height(), commit.block_id, commit))
        return ports_.peers.report(peer, Offence::invalid);
    feed(input::GotCommit{.round = commit.round, .id = commit.block_id});
    for (std::size_t i = 0; i < commit.signatures.size(); ++i) {
        if (commit.signatures[i].flag == CommitFlag::absent) continue;
        const Vote vote = commit.vote(i);
        if (core_.votes().is_news(vote)) accept(vote);
        if (failed_ || commit.height != height()) return;  // decided by it
    }
    request_parts(peer);
}

void Replica::request_parts(const PeerId& peer) {
    for (const BlockId& id : wanted_) blocks_.expect(id);
    for (const BlockAssembly& assembly : blocks_.assemblies())
        tell(peer,
             PartRequest{
                 .height = height(), .header = assembly.id().parts, .missing = assembly.missing()});
}

// One peer after the other, so that one that does not answer holds nothing up for long.
void Replica::request_parts_of_somebody() {
    if (wanted_.empty()) return;
    const auto peers = ports_.peers.peers();
    if (peers.empty()) return;
    request_parts(peers[next_asked_++ % peers.size()]);
}

std::vector<Part> Replica::parts_of(std::int64_t of, const PartSetHeader& header) {
    if (of == height()) return blocks_.parts(header);
    if (of < 1 || of > height()) return {};
    if (served_.height != of || served_.parts.empty()) {
        const auto raw = ports_.app.engine_record(block_record_key(static_cast<std::uint64_t>(of)));
        if (!raw) return {};
        served_ = {.height = of, .header = part_set_header(*raw), .parts = cut_into_parts(*raw)};
    }
    // Who asks may mean a block of that height that was never decided.
    if (served_.header != header) return {};
    return served_.parts;
}

void Replica::take(const PeerId& peer, const PartRequest& request) {
    std::size_t sent = 0;
    for (Part& part : parts_of(request.height, request.header)) {
        if (!bit_at(request.missing, part.index)) continue;
        if (sent++ == kMaxPartsAnswered) return;
        tell(
            peer,
            BlockPart{.height = request.height, .header = request.header, .part = std::move(part)});
    }
}

}  // namespace assay::consensus
