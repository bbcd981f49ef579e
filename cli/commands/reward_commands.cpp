// `assay rewards`: what was minted for accepted work, and collecting it.
#include "cli/commands/commands.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "modules/rewards/messages.hpp"

namespace assay::cli {

namespace {

Outcome<void> run_claim(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent =
        send_typed(session, *sender, "rewards", rewards::ClaimVested{.submission = *id});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

}  // namespace

std::vector<Command> reward_commands() {
    return {{.path = "rewards claim",
             .summary = "Collect what has vested of a submission's minted reward",
             .positionals = {{"SUBMISSION", "its number"}},
             .flags = sending_flags(),
             .examples = {"assay rewards claim 12"},
             .notes = "A quarter is paid when the epoch of the acceptance ends, the rest vests "
                      "bit by bit; claim as often as you like.",
             .run = run_claim}};
}

}  // namespace assay::cli
