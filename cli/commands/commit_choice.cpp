// Choosing the message of a commitment by its flags.
#include "cli/commands/commit_choice.hpp"

#include <algorithm>

#include "cli/commands/typed_message.hpp"
#include "cli/terminal/units.hpp"
#include "modules/market/commit_at_tier.hpp"
#include "modules/market/commit_pledged.hpp"
#include "modules/market/submit.hpp"
#include "modules/market/tiers.hpp"

namespace assay::cli {

namespace {

using namespace market;

Outcome<std::vector<std::uint64_t>> submissions_named(const Arguments& arguments,
                                                      const std::string& flag) {
    std::vector<std::uint64_t> out;
    if (!arguments.has(flag)) return out;
    for (const std::string& text : arguments.list(flag)) {
        const auto number = parse_number(text, "--" + flag);
        if (!number) return number.error();
        out.push_back(*number);
    }
    std::sort(out.begin(), out.end());
    return out;
}

Outcome<Amount> stake_named(const Arguments& arguments) {
    const auto text = arguments.maybe("pledge-stake");
    if (!text) return Amount{};
    const auto amount = parse_money(*text);
    if (!amount) return usage("--pledge-stake: " + amount.error().message);
    return *amount;
}

}  // namespace

std::vector<Flag> commit_flags() {
    return {
        {"tier", "N",
         "0 to 4, up to your own (\"assay reputation\"): fewer audits, more behind the work", "0"},
        {.name = "pledge-reward",
         .value = "SUBMISSION",
         .help = "let its unvested reward stand behind this work; may be repeated",
         .repeats = true},
        {.name = "pledge-holdback",
         .value = "SUBMISSION",
         .help = "let its holdback stand behind this work; may be repeated",
         .repeats = true},
        {"pledge-stake", "AMOUNT", "let so much of your juror stake stand behind it, at most"}};
}

Outcome<Sent> send_commitment(const Session& session, const Sender& sender,
                              const SubmissionFile& file,
                              const std::function<Result<void>()>& before_sending) {
    const Arguments& arguments = session.arguments;
    const auto tier = arguments.number("tier", kTopTier);
    if (!tier) return tier.error();
    const auto rewards = submissions_named(arguments, "pledge-reward");
    if (!rewards) return rewards.error();
    const auto holdbacks = submissions_named(arguments, "pledge-holdback");
    if (!holdbacks) return holdbacks.error();
    const auto stake = stake_named(arguments);
    if (!stake) return stake.error();
    const auto send = [&](const auto& message) {
        return send_typed(session, sender, "market", message, {}, before_sending);
    };
    const auto number = static_cast<std::uint8_t>(*tier);
    if (!rewards->empty() || !holdbacks->empty() || !stake->is_zero())
        return send(CommitPledged{.order = file.order,
                                  .item_count = file.item_count,
                                  .commitment = file.commitment,
                                  .tier = number,
                                  .rewards = *rewards,
                                  .holdbacks = *holdbacks,
                                  .stake = *stake});
    if (number != 0)
        return send(CommitAtTier{.order = file.order,
                                 .item_count = file.item_count,
                                 .commitment = file.commitment,
                                 .tier = number});
    return send(CommitSubmission{
        .order = file.order, .item_count = file.item_count, .commitment = file.commitment});
}

}  // namespace assay::cli
