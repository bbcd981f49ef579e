// The rules of making proposals and of executing them.
#include "chain/exec/deadlines.hpp"
#include "modules/governance/lifecycle.hpp"
#include "modules/governance/messages.hpp"

namespace assay::governance {

namespace {

TxCode check_texts(const std::string& title, const std::string& details_uri) {
    if (title.size() > kMaxTitleBytes) return TxCode::text_too_long;
    if (details_uri.size() > kMaxUriBytes) return TxCode::text_too_long;
    return TxCode::ok;
}

// What could not be carried out now is not voted on.
TxCode open_if_sound(State& state, const TxEnv& env, Proposal proposal) {
    if (const TxCode code = refuse_opening(state, env.value); code != TxCode::ok) return code;
    if (const TxCode code = refuse_content(state, env.block, proposal); code != TxCode::ok)
        return code;
    open_proposal(state, env, std::move(proposal));
    return TxCode::ok;
}

}  // namespace

TxCode ProposeParams::check(const TxEnv&) const {
    if (changes.empty()) return TxCode::count_zero;
    if (changes.size() > kMaxChanges) return TxCode::count_too_large;
    for (const ParamChange& change : changes)
        if (change.name.size() > kMaxParamBytes || change.value.size() > kMaxParamBytes)
            return TxCode::text_too_long;
    return check_texts(title, details_uri);
}

TxCode ProposeParams::execute(State& state, const TxEnv& env) const {
    return open_if_sound(
        state, env,
        {.kind = Kind::params, .title = title, .details_uri = details_uri, .changes = changes});
}

TxCode ProposeGrant::check(const TxEnv&) const {
    if (recipient.is_zero()) return TxCode::address_zero;
    if (is_reserved(recipient)) return TxCode::reserved_recipient;
    if (amount.is_zero()) return TxCode::amount_zero;
    return check_texts(title, details_uri);
}

TxCode ProposeGrant::execute(State& state, const TxEnv& env) const {
    return open_if_sound(state, env,
                         {.kind = Kind::grant,
                          .title = title,
                          .details_uri = details_uri,
                          .grant = {.recipient = recipient, .amount = amount}});
}

TxCode ProposeUpgrade::check(const TxEnv&) const {
    if (name.size() > kMaxUpgradeNameBytes) return TxCode::text_too_long;
    if (height != 0 && info_hash.is_zero()) return TxCode::hash_zero;
    return check_texts(title, details_uri);
}

TxCode ProposeUpgrade::execute(State& state, const TxEnv& env) const {
    if (name.empty() != (height == 0)) return TxCode::upgrade_incomplete;
    return open_if_sound(state, env,
                         {.kind = Kind::upgrade,
                          .title = title,
                          .details_uri = details_uri,
                          .upgrade = {.height = height, .name = name, .info_hash = info_hash}});
}

TxCode Execute::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode Execute::execute(State& state, const TxEnv& env) const {
    const auto found = state.get(kProposals, proposal);
    if (!found) return TxCode::proposal_not_found;
    if (found->status != Status::timelock) return TxCode::wrong_state;
    if (env.block.time_s < found->deadline_s) return TxCode::too_early;
    unschedule(
        state,
        {.time_s = found->deadline_s, .kind = DeadlineKind::proposal_executes, .id = proposal});
    carry_out(state, env.block, *found);
    return TxCode::ok;
}

}  // namespace assay::governance
