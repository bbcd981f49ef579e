// The rules, each under the line of Algorithm 1 that it carries out.
#include "consensus/core/core.hpp"

#include <algorithm>

#include "chain/base/check.hpp"

namespace assay::consensus {

std::vector<Effect> Core::step(const Input& input) {
    effects_.clear();
    std::visit([this](const auto& one) { take(one); }, input);
    run_rules();
    return std::move(effects_);
}

const Proposal* Core::proposal(std::int32_t round) const {
    const auto it = proposals_.find(round);
    return it == proposals_.end() ? nullptr : &it->second;
}

const Validator* Core::proposer(std::int32_t round) const {
    if (round < 0 || round > round_ + 1) return nullptr;
    while (static_cast<std::int32_t>(turns_.size()) <= round) {
        if (!turn_)
            turn_ = validators_;
        else
            turn_->rotate(1);
        turns_.push_back(*validators_.index_of(turn_->proposer().address));
    }
    return &validators_.validators()[turns_[static_cast<std::size_t>(round)]];
}

const Core::Block* Core::block(const BlockId& id) const {
    const auto it = std::find_if(blocks_.begin(), blocks_.end(),
                                 [&](const Block& one) { return one.id == id; });
    return it == blocks_.end() ? nullptr : &*it;
}

bool Core::is_my_turn() const {
    return self_ && proposer(round_) == &validators_.validators()[*self_];
}

// What happened ----------------------------------------------------------------------------------

void Core::take(const input::Begin& begin) {
    CHECK(begin.height > height_ && begin.validators.size() > 0);
    *this = Core();
    height_ = begin.height;
    validators_ = begin.validators;
    self_ = begin.self;
    book_.emplace(validators_);
    decided_ = false;
}

void Core::take(const input::Go&) {
    if (!decided_ && step_ == Step::waiting) start_round(0);
}

void Core::take(const input::GotProposal& got) {
    const Proposal& proposal = got.proposal;
    const Validator* from = proposer(proposal.round);
    if (decided_ || proposal.height != height_ || from == nullptr) return;
    if (proposal.pol_round < -1 || proposal.pol_round >= proposal.round) return;
    if (proposal.block_id.is_nil()) return;
    book_->heard(*validators_.index_of(from->address), proposal.round);
    const bool first = proposals_.emplace(proposal.round, proposal).second;  // which stands
    if (first && proposal.pol_round >= 0)
        book_->expect(proposal.pol_round, VoteType::prevote, proposal.block_id);
}

void Core::take(const input::GotVote& got) {
    if (decided_ || got.vote.height != height_) return;
    auto outcome = book_->add(got.vote);
    if (outcome.equivocation) emit(effect::ReportEquivocation{std::move(*outcome.equivocation)});
}

void Core::take(const input::GotCommit& got) {
    if (!decided_) book_->expect(got.round, VoteType::precommit, got.id);
}

void Core::take(const input::BlockChecked& checked) {
    if (decided_ || block(checked.id) != nullptr) return;
    blocks_.push_back({.id = checked.id, .finding = checked.finding});
}

void Core::take(const input::Built& built) {
    if (decided_ || built.round != round_ || step_ != Step::propose || !is_my_turn()) return;
    emit(effect::SignProposal{.round = round_, .pol_round = -1, .id = built.id});
}

// Lines 57 to 67.
void Core::take(const input::TimerFired& fired) {
    const Timer& timer = fired.timer;
    if (decided_ || timer.height != height_ || timer.round != round_) return;
    if (timer.kind == TimerKind::propose && step_ == Step::propose) prevote(BlockId{});
    if (timer.kind == TimerKind::prevote && step_ == Step::prevote) precommit(BlockId{});
    if (timer.kind == TimerKind::precommit) start_round(round_ + 1);
}

// The rules --------------------------------------------------------------------------------------

void Core::run_rules() {
    while (!decided_) {
        const bool fired = line_49() || line_55() || start_when_others_did() || line_36() ||
                           line_28() || line_22() || line_44() || line_34() || line_47();
        if (!fired) return;
    }
}

// A block has 2f + 1 precommits of any one round: it is decided, once it is here.
bool Core::line_49() {
    const auto& decided = book_->decided();
    if (!decided) return false;
    const Block* held = block(decided->second);
    if (held == nullptr) {
        want(decided->second);
        return false;
    }
    decided_ = true;
    if (held->finding != BlockFinding::invalid)
        emit(effect::Decide{.round = decided->first, .id = decided->second});
    else
        emit(effect::Halt{decided->second});
    return true;
}

// f + 1 have gone further: go with them.
bool Core::line_55() {
    const std::int32_t reached = book_->reached_by_an_honest_one();
    if (reached <= round_) return false;
    start_round(reached);
    return true;
}

// Somebody has started round 0 although nothing waits here.
bool Core::start_when_others_did() {
    if (step_ != Step::waiting) return false;
    if (proposal(0) == nullptr && book_->weight(0, VoteType::prevote) == 0) return false;
    start_round(0);
    return true;
}

// A new value was proposed.
bool Core::line_22() {
    const Proposal* proposed = proposal(round_);
    if (step_ != Step::propose || proposed == nullptr || proposed->pol_round != -1) return false;
    const Block* held = block(proposed->block_id);
    if (held == nullptr) {
        want(proposed->block_id);
        return false;
    }
    const bool free = locked_round_ == -1 || locked_ == held->id;
    prevote(held->finding == BlockFinding::valid && free ? held->id : BlockId{});
    return true;
}

// A value was proposed that had a polka in an earlier round.
bool Core::line_28() {
    const Proposal* proposed = proposal(round_);
    if (step_ != Step::propose || proposed == nullptr || proposed->pol_round < 0) return false;
    const auto polka = book_->quorum(proposed->pol_round, VoteType::prevote);
    if (!polka || *polka != proposed->block_id) return false;
    const Block* held = block(proposed->block_id);
    if (held == nullptr) {
        want(proposed->block_id);
        return false;
    }
    const bool free = locked_round_ <= proposed->pol_round || locked_ == held->id;
    prevote(held->finding != BlockFinding::invalid && free ? held->id : BlockId{});
    return true;
}

// 2f + 1 prevoted, whatever for.
bool Core::line_34() {
    if (step_ != Step::prevote || prevote_timer_set_) return false;
    if (!book_->has_quorum_of_any(round_, VoteType::prevote)) return false;
    prevote_timer_set_ = true;
    emit(effect::SetTimer{{.kind = TimerKind::prevote, .height = height_, .round = round_}});
    return true;
}

// A polka: 2f + 1 prevoted one value.
bool Core::line_36() {
    if (polka_seen_ || (step_ != Step::prevote && step_ != Step::precommit)) return false;
    const auto polka = book_->quorum(round_, VoteType::prevote);
    if (!polka || polka->is_nil()) return false;
    const Block* held = block(*polka);
    if (held == nullptr) {
        want(*polka);
        return false;
    }
    if (held->finding == BlockFinding::invalid) return false;
    polka_seen_ = true;
    valid_ = *polka;
    valid_round_ = round_;
    if (step_ == Step::prevote) {
        locked_ = *polka;
        locked_round_ = round_;
        precommit(*polka);
    }
    return true;
}

// A polka for nothing.
bool Core::line_44() {
    if (step_ != Step::prevote) return false;
    const auto polka = book_->quorum(round_, VoteType::prevote);
    if (!polka || !polka->is_nil()) return false;
    precommit(BlockId{});
    return true;
}

// 2f + 1 precommitted, whatever for.
bool Core::line_47() {
    if (step_ == Step::waiting || precommit_timer_set_) return false;
    if (!book_->has_quorum_of_any(round_, VoteType::precommit)) return false;
    precommit_timer_set_ = true;
    emit(effect::SetTimer{{.kind = TimerKind::precommit, .height = height_, .round = round_}});
    return true;
}

// What the rules do ------------------------------------------------------------------------------

// Lines 11 to 21. The proposer waits no longer for its own block than the others do.
void Core::start_round(std::int32_t round) {
    round_ = round;
    step_ = Step::propose;
    polka_seen_ = prevote_timer_set_ = precommit_timer_set_ = false;
    book_->open_rounds(round);
    emit(effect::EnterRound{round});
    emit(effect::SetTimer{{.kind = TimerKind::propose, .height = height_, .round = round}});
    if (is_my_turn()) propose();
}

void Core::propose() {
    if (valid_round_ == -1)
        emit(effect::Build{round_});
    else
        emit(effect::SignProposal{.round = round_, .pol_round = valid_round_, .id = valid_});
}

void Core::prevote(const BlockId& id) {
    step_ = Step::prevote;
    if (self_) emit(effect::SignVote{.type = VoteType::prevote, .round = round_, .id = id});
}

void Core::precommit(const BlockId& id) {
    step_ = Step::precommit;
    if (self_) emit(effect::SignVote{.type = VoteType::precommit, .round = round_, .id = id});
}

void Core::want(const BlockId& id) {
    if (std::find(wanted_.begin(), wanted_.end(), id) != wanted_.end()) return;
    wanted_.push_back(id);
    emit(effect::WantBlock{id});
}

}  // namespace assay::consensus
