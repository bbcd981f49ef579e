// Owns TxCode: the stable number and name of every outcome of a transaction.
#pragma once

#include <cstdint>
#include <ostream>
#include <string_view>

namespace assay {

// 0 ok; 1xx malformed (decided without state); 2xx, 3xx refused by state; 9xx a bug. A number never
// changes meaning: they are part of receipts and of the results hash.
enum class TxCode : std::uint16_t {
    ok = 0,
    // 10x: the envelope and its payload
    malformed_calldata = 100,
    unknown_selector = 101,
    unknown_module = 102,
    contract_creation = 103,
    value_not_payable = 104,
    reserved_recipient = 105,
    data_to_account = 106,
    batch_too_large = 107,
    // 11x: amounts, times, texts
    amount_zero = 110,
    self_transfer = 111,
    address_zero = 112,
    hash_zero = 113,
    text_too_long = 114,
    rate_out_of_range = 115,
    count_zero = 116,
    count_too_large = 117,
    unknown_policy = 118,
    unknown_claim = 119,
    unknown_choice = 120,
    bytes_too_long = 121,
    deadline_out_of_range = 122,
    price_zero = 123,
    proof_malformed = 124,
    policy_not_available = 125,
    allowance_not_supported = 126,
    amount_too_large = 127,
    same_validator = 128,
    indices_not_ascending = 129,
    call_not_sponsored = 130,
    // 20x: balances
    insufficient_balance = 200,
    balance_overflow = 201,
    insufficient_funds_for_fee = 202,
    nonce_mismatch = 203,
    block_full = 204,
    wrong_value = 205,
    not_found = 206,
    not_owner = 207,
    wrong_state = 208,
    too_early = 209,
    too_late = 210,
    already_exists = 211,
    // 22x: market
    order_not_found = 220,
    order_not_open = 221,
    order_has_commitments = 222,
    order_full = 223,
    own_order = 224,
    contributor_cap_reached = 225,
    submission_not_found = 226,
    submission_wrong_state = 227,
    commitment_mismatch = 228,
    duplicate_root = 229,
    duplicate_commitment = 230,
    fraud_not_proven = 231,
    deadline_in_past = 232,
    deadline_too_far = 233,
    not_settleable = 234,
    item_count_mismatch = 235,
    order_limit_reached = 236,
    deadline_too_near = 237,
    item_not_proven = 238,
    item_not_asked = 239,
    // 24x: disputes and jurors
    dispute_not_found = 240,
    dispute_wrong_phase = 241,
    not_a_juror = 242,
    seat_not_found = 243,
    already_voted = 244,
    vote_mismatch = 245,
    own_submission = 246,
    already_challenged = 247,
    window_closed = 248,
    stake_too_small = 249,
    stake_locked = 250,
    no_stake = 251,
    nothing_to_claim = 252,
    stake_limit_reached = 253,
    wrong_side = 254,
    join_limit_reached = 255,
    already_joined = 256,
    // 26x: staking
    validator_not_found = 260,
    validator_not_jailed = 261,
    validator_tombstoned = 262,
    unbonding_limit_reached = 263,
    commission_step_too_large = 264,
    redelegation_immature = 265,
    redelegation_limit_reached = 266,
    // 28x: datasets
    dataset_not_found = 280,
    dataset_not_on_sale = 281,
    licence_not_found = 282,
    licence_ended = 283,
    licence_not_transferable = 284,
    licence_exclusive = 285,
    no_consent = 286,
    too_few_consents = 287,
    unknown_use = 288,
    list_not_rising = 289,
    submission_not_in_dataset = 290,
    consent_unchanged = 291,
    derivation_not_licensed = 292,
    royalty_too_small = 293,
    lineage_too_wide = 294,
    dataset_limit_reached = 295,
    // 30x: governance
    proposal_not_found = 300,
    proposal_limit_reached = 301,
    param_unknown = 302,
    param_malformed = 303,
    param_repeated = 304,
    param_fixed = 305,
    params_unchanged = 306,
    params_invalid = 307,
    treasury_too_small = 308,
    upgrade_height_passed = 309,
    upgrade_incomplete = 310,
    no_upgrade_plan = 311,
    // 32x: quality policies
    wrong_policy = 320,
    verdict_failed = 321,
    verdict_passed = 322,
    batch_not_found = 323,
    batch_full = 324,
    batch_already_taken = 325,
    gold_not_drawn = 326,
    gold_already_open = 327,
    gold_not_proven = 328,
    submission_too_small = 329,
    not_a_grader = 330,
    already_graded = 331,
    grade_mismatch = 332,
    score_bounds_crossed = 333,
    submission_too_large = 334,
    // 36x: market, items
    item_not_found = 360,
    item_already_asked = 361,
    opening_limit_reached = 362,
    no_unbonded_place = 363,
    // 37x: sponsored contribution
    sponsor_budget_spent = 370,
    sponsor_cap_reached = 371,
    intent_expired = 372,
    intent_nonce_mismatch = 373,
    intent_not_signed = 374,
    // 38x: market, fraud proofs
    fraud_not_committed = 380,
    // 39x: tiers and insurance
    tier_not_reached = 390,
    claim_below_least = 391,
    already_claimed = 392,
    nothing_to_pledge = 393,
    pledge_not_needed = 394,
    // 9xx: a bug; the block that shows one is refused
    invariant_broken = 900,
};

// The identifier above, as receipts and ABI errors show it.
constexpr std::string_view name_of(TxCode code) {
    switch (code) {
        case TxCode::ok: return "ok";
        case TxCode::malformed_calldata: return "malformed_calldata";
        case TxCode::unknown_selector: return "unknown_selector";
        case TxCode::unknown_module: return "unknown_module";
        case TxCode::contract_creation: return "contract_creation";
        case TxCode::value_not_payable: return "value_not_payable";
        case TxCode::reserved_recipient: return "reserved_recipient";
        case TxCode::data_to_account: return "data_to_account";
        case TxCode::batch_too_large: return "batch_too_large";
        case TxCode::amount_zero: return "amount_zero";
        case TxCode::self_transfer: return "self_transfer";
        case TxCode::address_zero: return "address_zero";
        case TxCode::hash_zero: return "hash_zero";
        case TxCode::text_too_long: return "text_too_long";
        case TxCode::rate_out_of_range: return "rate_out_of_range";
        case TxCode::count_zero: return "count_zero";
        case TxCode::count_too_large: return "count_too_large";
        case TxCode::unknown_policy: return "unknown_policy";
        case TxCode::unknown_claim: return "unknown_claim";
        case TxCode::unknown_choice: return "unknown_choice";
        case TxCode::bytes_too_long: return "bytes_too_long";
        case TxCode::deadline_out_of_range: return "deadline_out_of_range";
        case TxCode::price_zero: return "price_zero";
        case TxCode::proof_malformed: return "proof_malformed";
        case TxCode::policy_not_available: return "policy_not_available";
        case TxCode::allowance_not_supported: return "allowance_not_supported";
        case TxCode::amount_too_large: return "amount_too_large";
        case TxCode::same_validator: return "same_validator";
        case TxCode::indices_not_ascending: return "indices_not_ascending";
        case TxCode::insufficient_balance: return "insufficient_balance";
        case TxCode::balance_overflow: return "balance_overflow";
        case TxCode::insufficient_funds_for_fee: return "insufficient_funds_for_fee";
        case TxCode::nonce_mismatch: return "nonce_mismatch";
        case TxCode::block_full: return "block_full";
        case TxCode::wrong_value: return "wrong_value";
        case TxCode::not_found: return "not_found";
        case TxCode::not_owner: return "not_owner";
        case TxCode::wrong_state: return "wrong_state";
        case TxCode::too_early: return "too_early";
        case TxCode::too_late: return "too_late";
        case TxCode::already_exists: return "already_exists";
        case TxCode::order_not_found: return "order_not_found";
        case TxCode::order_not_open: return "order_not_open";
        case TxCode::order_has_commitments: return "order_has_commitments";
        case TxCode::order_full: return "order_full";
        case TxCode::own_order: return "own_order";
        case TxCode::contributor_cap_reached: return "contributor_cap_reached";
        case TxCode::submission_not_found: return "submission_not_found";
        case TxCode::submission_wrong_state: return "submission_wrong_state";
        case TxCode::commitment_mismatch: return "commitment_mismatch";
        case TxCode::duplicate_root: return "duplicate_root";
        case TxCode::duplicate_commitment: return "duplicate_commitment";
        case TxCode::fraud_not_proven: return "fraud_not_proven";
        case TxCode::deadline_in_past: return "deadline_in_past";
        case TxCode::deadline_too_far: return "deadline_too_far";
        case TxCode::not_settleable: return "not_settleable";
        case TxCode::item_count_mismatch: return "item_count_mismatch";
        case TxCode::order_limit_reached: return "order_limit_reached";
        case TxCode::deadline_too_near: return "deadline_too_near";
        case TxCode::item_not_proven: return "item_not_proven";
        case TxCode::item_not_asked: return "item_not_asked";
        case TxCode::item_not_found: return "item_not_found";
        case TxCode::item_already_asked: return "item_already_asked";
        case TxCode::opening_limit_reached: return "opening_limit_reached";
        case TxCode::no_unbonded_place: return "no_unbonded_place";
        case TxCode::sponsor_budget_spent: return "sponsor_budget_spent";
        case TxCode::sponsor_cap_reached: return "sponsor_cap_reached";
        case TxCode::intent_expired: return "intent_expired";
        case TxCode::intent_nonce_mismatch: return "intent_nonce_mismatch";
        case TxCode::intent_not_signed: return "intent_not_signed";
        case TxCode::tier_not_reached: return "tier_not_reached";
        case TxCode::claim_below_least: return "claim_below_least";
        case TxCode::already_claimed: return "already_claimed";
        case TxCode::nothing_to_pledge: return "nothing_to_pledge";
        case TxCode::pledge_not_needed: return "pledge_not_needed";
        case TxCode::call_not_sponsored: return "call_not_sponsored";
        case TxCode::fraud_not_committed: return "fraud_not_committed";
        case TxCode::dispute_not_found: return "dispute_not_found";
        case TxCode::dispute_wrong_phase: return "dispute_wrong_phase";
        case TxCode::not_a_juror: return "not_a_juror";
        case TxCode::seat_not_found: return "seat_not_found";
        case TxCode::already_voted: return "already_voted";
        case TxCode::vote_mismatch: return "vote_mismatch";
        case TxCode::own_submission: return "own_submission";
        case TxCode::already_challenged: return "already_challenged";
        case TxCode::window_closed: return "window_closed";
        case TxCode::stake_too_small: return "stake_too_small";
        case TxCode::stake_locked: return "stake_locked";
        case TxCode::no_stake: return "no_stake";
        case TxCode::nothing_to_claim: return "nothing_to_claim";
        case TxCode::stake_limit_reached: return "stake_limit_reached";
        case TxCode::wrong_side: return "wrong_side";
        case TxCode::join_limit_reached: return "join_limit_reached";
        case TxCode::already_joined: return "already_joined";
        case TxCode::validator_not_found: return "validator_not_found";
        case TxCode::validator_not_jailed: return "validator_not_jailed";
        case TxCode::validator_tombstoned: return "validator_tombstoned";
        case TxCode::unbonding_limit_reached: return "unbonding_limit_reached";
        case TxCode::commission_step_too_large: return "commission_step_too_large";
        case TxCode::redelegation_immature: return "redelegation_immature";
        case TxCode::redelegation_limit_reached: return "redelegation_limit_reached";
        case TxCode::dataset_not_found: return "dataset_not_found";
        case TxCode::dataset_not_on_sale: return "dataset_not_on_sale";
        case TxCode::licence_not_found: return "licence_not_found";
        case TxCode::licence_ended: return "licence_ended";
        case TxCode::licence_not_transferable: return "licence_not_transferable";
        case TxCode::licence_exclusive: return "licence_exclusive";
        case TxCode::no_consent: return "no_consent";
        case TxCode::too_few_consents: return "too_few_consents";
        case TxCode::unknown_use: return "unknown_use";
        case TxCode::list_not_rising: return "list_not_rising";
        case TxCode::submission_not_in_dataset: return "submission_not_in_dataset";
        case TxCode::consent_unchanged: return "consent_unchanged";
        case TxCode::derivation_not_licensed: return "derivation_not_licensed";
        case TxCode::royalty_too_small: return "royalty_too_small";
        case TxCode::lineage_too_wide: return "lineage_too_wide";
        case TxCode::dataset_limit_reached: return "dataset_limit_reached";
        case TxCode::proposal_not_found: return "proposal_not_found";
        case TxCode::proposal_limit_reached: return "proposal_limit_reached";
        case TxCode::param_unknown: return "param_unknown";
        case TxCode::param_malformed: return "param_malformed";
        case TxCode::param_repeated: return "param_repeated";
        case TxCode::param_fixed: return "param_fixed";
        case TxCode::params_unchanged: return "params_unchanged";
        case TxCode::params_invalid: return "params_invalid";
        case TxCode::treasury_too_small: return "treasury_too_small";
        case TxCode::upgrade_height_passed: return "upgrade_height_passed";
        case TxCode::upgrade_incomplete: return "upgrade_incomplete";
        case TxCode::no_upgrade_plan: return "no_upgrade_plan";
        case TxCode::wrong_policy: return "wrong_policy";
        case TxCode::verdict_failed: return "verdict_failed";
        case TxCode::verdict_passed: return "verdict_passed";
        case TxCode::batch_not_found: return "batch_not_found";
        case TxCode::batch_full: return "batch_full";
        case TxCode::batch_already_taken: return "batch_already_taken";
        case TxCode::gold_not_drawn: return "gold_not_drawn";
        case TxCode::gold_already_open: return "gold_already_open";
        case TxCode::gold_not_proven: return "gold_not_proven";
        case TxCode::submission_too_small: return "submission_too_small";
        case TxCode::not_a_grader: return "not_a_grader";
        case TxCode::already_graded: return "already_graded";
        case TxCode::grade_mismatch: return "grade_mismatch";
        case TxCode::score_bounds_crossed: return "score_bounds_crossed";
        case TxCode::submission_too_large: return "submission_too_large";
        case TxCode::invariant_broken: return "invariant_broken";
    }
    return "unknown";
}

constexpr bool is_malformed(TxCode code) {
    const auto number = static_cast<std::uint16_t>(code);
    return number >= 100 && number < 200;
}

inline std::ostream& operator<<(std::ostream& out, TxCode code) {
    return out << name_of(code);
}

}  // namespace assay
