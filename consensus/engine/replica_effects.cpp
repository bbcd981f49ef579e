// Carrying out what the core says.
#include <algorithm>

#include "consensus/engine/replica.hpp"
#include "consensus/types/wire.hpp"

namespace assay::consensus {

// Inputs that effects give rise to come after the one being worked on.
void Replica::feed(Input input) {
    inputs_.push_back(std::move(input));
    if (std::exchange(feeding_, true)) return;
    while (!inputs_.empty() && !failed_) {
        const Input next = std::move(inputs_.front());
        inputs_.pop_front();
        for (const Effect& effect : core_.step(next))
            if (!failed_) std::visit([this](const auto& one) { act(one); }, effect);
    }
    feeding_ = false;
    if (std::exchange(height_begun_, false)) take_early_messages();
}

void Replica::act(const effect::EnterRound& enter) {
    if (enter.round == 0) height_began_ms_ = ports_.clock.monotonic_ms();
    if (enter.round > 0 && events_.refused)
        events_.refused("height " + std::to_string(height()) + " goes into round " +
                        std::to_string(enter.round));
}

void Replica::act(const effect::Build& build) {
    if (replaying_) {
        unanswered_build_ = build.round;
        return;
    }
    Draft draft = draft_block(identity_, position_, ports_.app, ports_.mempool,
                              {.last_commit = last_commit(),
                               .evidence = evidence_for_block(build.round),
                               .proposer = *address_,
                               .prover = ports_.prover,
                               .max_gas = budget_.gas(ports_.app.block_gas_limit())});
    if (!log(WalKind::block, draft.encoded)) return;
    blocks_.hold(
        {.id = draft.id, .block = std::move(draft.block), .encoded = std::move(draft.encoded)});
    feed(input::BlockChecked{.id = draft.id, .finding = BlockFinding::valid});
    feed(input::Built{.round = build.round, .id = draft.id});
}

void Replica::act(const effect::SignProposal& sign) {
    if (replaying_) {
        unsigned_proposals_.push_back(sign);
        return;
    }
    Proposal proposal{.height = height(),
                      .round = sign.round,
                      .pol_round = sign.pol_round,
                      .block_id = sign.id,
                      .time = ports_.clock.now(),
                      .signature = {}};
    if (const auto done = ports_.signer->sign(identity_.chain_id, proposal); !done) {
        if (events_.refused) events_.refused(done.error().message);
        return;
    }
    if (!log(WalKind::proposal, encode(proposal))) return;
    say(proposal);
    // Whoever has seen an older proposal of this value has its block.
    const HeightBlocks::Held* held = sign.pol_round < 0 ? blocks_.find(sign.id) : nullptr;
    if (held != nullptr)
        for (Part& part : cut_into_parts(held->encoded))
            say(BlockPart{.height = height(), .header = sign.id.parts, .part = std::move(part)});
    feed(input::GotProposal{proposal});
}

void Replica::act(const effect::SignVote& sign) {
    if (replaying_) {
        unsigned_votes_.push_back(sign);
        return;
    }
    const auto index = position_.validators.index_of(*address_);
    CHECK(index.has_value());
    Vote vote{.type = sign.type,
              .height = height(),
              .round = sign.round,
              .block_id = sign.id,
              .time = time_to_sign(),
              .validator = *address_,
              .validator_index = static_cast<std::int32_t>(*index),
              .signature = {}};
    if (const auto done = ports_.signer->sign(identity_.chain_id, vote); !done) {
        if (events_.refused) events_.refused(done.error().message);
        return;
    }
    if (!log(WalKind::vote, encode(vote))) return;
    say(vote);
    feed(input::GotVote{vote});
}

// Later than every block that the vote may help to decide: the next block's time is the median of
// such times, and must be later than this block's.
BlockTime Replica::time_to_sign() const {
    BlockTime out = std::max(ports_.clock.now(), plus_one_ms(position_.last_time));
    for (const auto& held : blocks_.held())
        out = std::max(out, plus_one_ms(held.block.header.time));
    return out;
}

void Replica::act(const effect::SetTimer& set) {
    const auto round = static_cast<std::uint64_t>(set.timer.round);
    const std::uint64_t base =
        set.timer.kind == TimerKind::propose ? config_.propose_ms : config_.vote_ms;
    set_timer(base + round * config_.more_each_round_ms,
              {.purpose = Purpose::core, .timer = set.timer});
}

void Replica::act(const effect::WantBlock& want) {
    wanted_.push_back(want.id);
    blocks_.expect(want.id);
}

void Replica::check_held(const BlockId& id) {
    const HeightBlocks::Held* held = blocks_.find(id);
    CHECK(held != nullptr);
    const auto found =
        check_block(identity_, position_, ports_.app, held->block, held->encoded.size());
    if (!found && events_.refused) events_.refused(found.error().message);
    feed(input::BlockChecked{.id = id, .finding = found ? *found : BlockFinding::invalid});
}

void Replica::act(const effect::Decide& decide) {
    release();
    if (failed_) return;
    HeightBlocks::Held held = blocks_.take(decide.id);
    Commit commit = core_.votes().commit(height(), decide.round, decide.id);
    last_votes_ = core_.votes();
    last_round_ = decide.round;
    const auto done = finish(held.block, std::move(held.encoded), decide.id, std::move(commit));
    if (!done) return fail(done.error());
    budget_.decided(decide.round, ports_.clock.monotonic_ms() - height_began_ms_, last_gas_);
    begin_height();
}

void Replica::act(const effect::ReportEquivocation& report) {
    equivocations_.push_back(report.votes);
}

void Replica::act(const effect::Halt& halt) {
    fail(failure("more than two thirds of the power decided block " + to_hex(halt.id.hash) +
                 " at height " + std::to_string(height()) +
                 ", which this node finds invalid: its program or its state differs from theirs"));
}

// With the precommits that came after the block was decided.
Commit Replica::last_commit() const {
    if (!last_votes_ || position_.height == 0) return position_.last_commit;
    return last_votes_->commit(static_cast<std::int64_t>(position_.height), last_round_,
                               position_.last_block_id);
}

// Validators that cannot judge it may let the first round of its block pass; not the height.
std::vector<DuplicateVoteEvidence> Replica::evidence_for_block(std::int32_t round) {
    if (round > 0) return {};
    auto out = evidence_.to_propose(kMaxEvidencePerBlock, height());
    std::erase_if(out, [&](const auto& one) {
        return ports_.app
            .engine_record(evidence_record_key(one.vote_a.height, one.vote_a.validator))
            .has_value();
    });
    return out;
}

}  // namespace assay::consensus
