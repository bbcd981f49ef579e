// Refusals and their remedies, by name.
#include "cli/client/advice.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace assay::cli {

namespace {

struct Advice {
    std::string_view refusal;
    std::string_view text;
};

// Sorted as in chain/types/tx_code.hpp.
constexpr std::array kAdvice = {
    Advice{"unknown_selector",
           "The node runs another version than this program; compare \"assay "
           "version\" with the node's."},
    Advice{"unknown_module", "The chain has no module at that address; \"assay abi\" lists them."},
    Advice{"contract_creation", "This chain runs native messages only, no contracts."},
    Advice{"value_not_payable", "This message takes no tokens; send it without a value."},
    Advice{"reserved_recipient", "Modules and pools take tokens through their messages only."},
    Advice{"data_to_account", "A plain transfer carries no data."},
    Advice{"amount_zero", "Give an amount above zero."},
    Advice{"self_transfer", "Sender and receiver are the same account."},
    Advice{"count_zero", "Ask for at least one item."},
    Advice{"unknown_claim", "Claims are low_quality, plagiarism, off_spec and unlawful."},
    Advice{"unknown_choice", "A vote is accept or reject."},
    Advice{"same_validator", "Name two validators."},
    Advice{"indices_not_ascending", "Name each item once, the lowest first."},
    Advice{"call_not_sponsored",
           "Only commitUnbonded, commitBatch, revealSubmission, openItems and answerItems can be "
           "sent for somebody else."},
    Advice{"price_zero", "Name a price per item, as --price 0.1assay."},
    Advice{"policy_not_available",
           "postOrder is for the policy optimistic; \"assay order post-gold\", "
           "\"post-redundant\" and \"post-audited\" are for the others."},
    Advice{"insufficient_balance", "See what you hold with \"assay query balance\"."},
    Advice{"wrong_value", "The value must be exactly what the chain quotes; leave out --value."},
    Advice{"order_not_found", "\"assay order list\" shows the orders there are."},
    Advice{"order_not_open",
           "The order takes no more work; \"assay order list --open\" shows those "
           "that do."},
    Advice{"order_has_commitments",
           "Somebody is working on it, and committed work is paid. Its "
           "unused part comes back when the order settles."},
    Advice{"order_full",
           "All of its items are reserved; \"assay order show\" tells how many are "
           "left. Reservations that are never revealed come free again."},
    Advice{"own_order", "A buyer cannot work on an own order."},
    Advice{"contributor_cap_reached",
           "The order limits the items of one contributor; commit fewer."},
    Advice{"submission_not_found", "\"assay submit list --order N\" shows an order's submissions."},
    Advice{"submission_wrong_state", "\"assay submit show\" tells what state it is in."},
    Advice{"commitment_mismatch",
           "What is revealed is not what was committed; use the submission "
           "file that the commitment was made with."},
    Advice{"duplicate_root", "The same tree was revealed before in this order."},
    Advice{"duplicate_commitment", "This commitment is on the chain already."},
    Advice{"fraud_not_proven",
           "Nothing was charged but the fee. Check leaves and paths with "
           "\"assay items check\"."},
    Advice{"fraud_not_committed",
           "A proof is committed to before it is shown: \"assay submit prove-fraud\" does both."},
    Advice{"item_not_proven", "A leaf or its path is not that of the committed tree."},
    Advice{"item_not_asked",
           "\"assay submit openings SUBMISSION\" shows which items are asked for and not yet "
           "shown."},
    Advice{"deadline_in_past", "Choose a later --deadline, as +2h."},
    Advice{"deadline_too_far",
           "Choose an earlier --deadline; \"assay query market "
           "get-market-params\" shows the longest."},
    Advice{"not_settleable", "Its time has not come; \"assay submit show\" tells the deadline."},
    Advice{"too_early",
           "Its time has not come: a commitment is revealed in a later block, a jailed "
           "validator and a commission wait (\"assay stake show\")."},
    Advice{"too_late", "The window for it has ended."},
    Advice{"dispute_not_found", "\"assay dispute list\" shows the disputes there are."},
    Advice{"dispute_wrong_phase", "\"assay dispute show\" tells the phase and when it ends."},
    Advice{"not_a_juror", "The seat is another juror's; \"assay juror seats\" shows yours."},
    Advice{"seat_not_found", "\"assay dispute show\" lists the panel's seats."},
    Advice{"already_voted", "A seat has one vote, and it cannot be changed."},
    Advice{"vote_mismatch", "The vote is not the committed one; use the vote file of the seat."},
    Advice{"own_submission", "Nobody challenges an own submission."},
    Advice{"already_challenged", "One dispute at a time; \"assay dispute list\" shows it."},
    Advice{"window_closed", "Its challenge window has ended; \"assay submit show\" tells when."},
    Advice{"stake_too_small",
           "\"assay query jurors get-juror-params\" and \"assay query staking "
           "get-staking-params\" show the least stake, and the least that may move or stay."},
    Advice{"stake_locked",
           "Part of the stake answers for seats not yet judged; unstake less, or "
           "after their disputes are ruled."},
    Advice{"no_stake",
           "This account has not so much stake there; \"assay juror show\" and \"assay stake "
           "delegations\" tell what it has."},
    Advice{"nothing_to_claim",
           "Nothing has come since the last claim; \"assay rewards show\" and \"assay stake "
           "delegations\" tell what there is."},
    Advice{"stake_limit_reached", "No more stake fits there."},
    Advice{"wrong_side", "A party argues for itself: who won a ruling has nothing to appeal."},
    Advice{"join_limit_reached", "Sixteen may join a dispute; an appeal is open to everybody."},
    Advice{"already_joined", "One bond an account; the challenger has one already."},
    Advice{"validator_not_found", "\"assay stake validators\" lists the validators."},
    Advice{"validator_not_jailed", "It is not jailed; \"assay stake show\" tells its state."},
    Advice{"validator_tombstoned",
           "It signed two blocks of one round and is out for ever; choose another validator."},
    Advice{"unbonding_limit_reached",
           "So many parts of this delegation are leaving already; \"assay stake delegations\" "
           "tells when the next is paid."},
    Advice{"commission_step_too_large",
           "A commission rises by a small step at a time; \"assay query staking "
           "get-staking-params\" shows it."},
    Advice{"redelegation_immature",
           "Stake that came here from another validator still answers for that one; \"assay "
           "stake delegations\" tells until when. It may be undelegated."},
    Advice{"redelegation_limit_reached",
           "So many redelegations came there already; \"assay stake delegations\" tells when "
           "the next matures."},
    Advice{"dataset_not_found", "\"assay dataset list\" shows the datasets there are."},
    Advice{"dataset_not_on_sale", "Its owner does not sell licences of it at present."},
    Advice{"licence_not_found", "\"assay dataset licence list\" shows the licences of an account."},
    Advice{"licence_ended", "\"assay dataset licence buy\" buys another one."},
    Advice{"licence_not_transferable", "Its terms do not let it be passed on."},
    Advice{"licence_exclusive",
           "Somebody holds its only licence; \"assay dataset licence list --dataset N\" tells "
           "until when."},
    Advice{"no_consent",
           "No contributor has consented; \"assay dataset sources\" shows whom to ask."},
    Advice{"too_few_consents",
           "Consents were revoked meanwhile; see \"assay dataset show\" and buy anew, or name "
           "--least-items."},
    Advice{"unknown_use", "Uses are train, evaluate, derive, publish and commercial."},
    Advice{"list_not_rising", "Give numbers in rising order, none twice."},
    Advice{"submission_not_in_dataset", "\"assay dataset sources\" lists its submissions."},
    Advice{"consent_unchanged", "It is so already; \"assay dataset sources\" shows all consents."},
    Advice{"derivation_not_licensed",
           "A parent is your own dataset, or one of which you hold a licence that permits to "
           "derive, and the new one permits nothing that the parent does not."},
    Advice{"royalty_too_small", "\"assay dataset show\" tells what derived datasets owe."},
    Advice{"lineage_too_wide", "One sale pays sixteen ancestors at most; name fewer parents."},
    Advice{"dataset_limit_reached", "A submission is in eight datasets at most."},
    Advice{"wrong_policy",
           "The order's policy works another way: \"assay order show\" names it; batches are "
           "committed to with --batch."},
    Advice{"verdict_failed", "The order's policy rejects it already; only its author may contest."},
    Advice{"verdict_passed", "The verdict gave it everything; there is nothing to contest."},
    Advice{"batch_not_found", "\"assay order batches ORDER\" tells how many there are."},
    Advice{"batch_full", "Others hold all of its places; choose another batch."},
    Advice{"batch_already_taken", "You hold a place in it; choose another batch."},
    Advice{"gold_not_drawn", "\"assay order batches ORDER\" tells when it is drawn."},
    Advice{"gold_already_open", "The gold of this batch is open."},
    Advice{"gold_not_proven", "Use the gold file that the order was posted with."},
    Advice{"submission_too_small",
           "\"assay query market get-audit-terms\" tells the least items of a submission."},
    Advice{"not_a_grader", "\"assay audit show\" lists the seats; that one is another's."},
    Advice{"already_graded", "The seat has its grade; a grade is never changed."},
    Advice{"grade_mismatch",
           "What is revealed is not what was committed; \"assay audit reveal\" uses the grade that "
           "was kept."},
    Advice{"score_bounds_crossed",
           "--forgiven is below --rejected, that is at most --gold-opened; three replicas at least "
           "have a majority."},
    Advice{"submission_too_large",
           "No jury can be paid enough to judge so much at once (\"market.largestSubmission\"); "
           "split it into several submissions."},
    Advice{"item_not_found", "The submission has fewer items; they count from 0."},
    Advice{"item_already_asked", "Somebody asked for it already; name others."},
    Advice{"opening_limit_reached",
           "So many items were asked for that more would be a nuisance; \"assay dispute "
           "challenge\" remains."},
    Advice{"no_unbonded_place",
           "The places that need no bond are taken; those that are not revealed come free again "
           "soon. \"assay order show\" tells how many there are."},
    Advice{"sponsor_budget_spent",
           "The order's sponsor has no money left for this; its buyer can add some, or the "
           "message can be sent with an own fee."},
    Advice{"sponsor_cap_reached", "The order pays no more of this contributor's fees."},
    Advice{"intent_expired", "It was signed for a shorter time; sign it again."},
    Advice{"intent_nonce_mismatch",
           "It was sent already, or an earlier one is still to be sent; sign it again."},
    Advice{"intent_not_signed",
           "The signature is not that of these words, or is for another chain; sign it again."},
    Advice{"tier_not_reached", "\"assay reputation\" tells your tier and what the next one needs."},
    Advice{"claim_below_least",
           "The insurance would pay less now than the least you named; its limit for an epoch may "
           "leave more in the next one. See \"assay insurance show\"."},
    Advice{"already_claimed", "A loss is claimed once."},
    Advice{"nothing_to_pledge",
           "A reward can be pledged when its epoch has ended and until it vests, a holdback while "
           "it is held: \"assay rewards show\", \"assay submit show\"."},
    Advice{"pledge_not_needed", "The sources before it are enough; leave it out."},
};

}  // namespace

std::string advice_on(const std::string& refusal) {
    const auto found = std::find_if(kAdvice.begin(), kAdvice.end(),
                                    [&](const Advice& one) { return one.refusal == refusal; });
    return found == kAdvice.end() ? "" : std::string(found->text);
}

}  // namespace assay::cli
