// `assay submit force-open`, `open` and `openings`: items that somebody asks to see.
#include "cli/commands/commands.hpp"
#include "cli/commands/opening_answer.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"

namespace assay::cli {

namespace {

using namespace market;

bool is_shown(const Opening& opening, std::size_t position) {
    return (opening.shown >> position & 1U) != 0;
}

std::string list_of(const Opening& opening, bool shown) {
    std::string out;
    for (std::size_t i = 0; i < opening.indices.size(); ++i)
        if (is_shown(opening, i) == shown)
            out += (out.empty() ? "" : ", ") + std::to_string(opening.indices[i]);
    return out.empty() ? "-" : out;
}

Outcome<void> run_open(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto answer = answer_to_request(session, *sender);
    if (!answer) return answer.error();
    const auto sent = send_typed(session, *sender, "market", *answer);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Outcome<std::vector<Opening>> openings_of(const RpcClient& rpc, std::uint64_t submission) {
    std::vector<Opening> out;
    for (;;) {
        const auto page = ask(rpc, ModuleId::market,
                              ListOpenings{.submission = submission,
                                           .after = out.empty() ? 0 : out.back().id,
                                           .limit = kMaxPage});
        if (!page) return page.error();
        out.insert(out.end(), page->begin(), page->end());
        if (page->size() < kMaxPage) return out;
    }
}

Outcome<void> run_openings(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto all = openings_of(*rpc, *id);
    if (!all) return all.error();
    if (session.output.json()) {
        print_record(session.output, *all);
        return {};
    }
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    Table table({"request", "asked by", "shown", "not shown", "bond held", "answer by"});
    for (const auto& one : *all)
        table.add({std::to_string(one.id), short_address(one.asker), list_of(one, true),
                   list_of(one, false), show_money(one.bond), when(one.deadline_s, *now)});
    table.print(session.output, "nobody has asked for items of this submission");
    return {};
}

Command force_open_command() {
    return friendly_command(
        {.path = "submit force-open",
         .module = "market",
         .message = "forceOpen",
         .summary = "Ask a contributor to show items; what is not shown in time is a defect",
         .examples = {"assay submit force-open --submission 3 --indices '[0,17,99]'"},
         .notes =
             "At most eight items, ascending, before the window ends by more than the time for "
             "an answer. Each locks the price of an item: it comes back where any of them is "
             "not shown, else half of it goes to the contributor and half burns. Too many "
             "missing items reject the submission, and the challenger's share of its bond is "
             "yours.",
         .defaults = {}});
}

}  // namespace

std::vector<Command> opening_commands() {
    return {
        force_open_command(),
        {.path = "submit open",
         .summary = "Show the items that a request asks for, with proofs from the submission file",
         .positionals = {{"REQUEST", "its number: assay submit openings SUBMISSION"}},
         .flags = joined(
             {{"file", "FILE", "the submission file; found in ~/.assay/submissions unless given"}},
             sending_flags()),
         .examples = {"assay submit open 4"},
         .notes = "Shows leaves and their places in the tree, not the payloads. Items that are not "
                  "shown before the deadline count as missing.",
         .run = run_open},
        {.path = "submit openings",
         .summary = "Who asked to see items of a submission, and what was shown",
         .positionals = {{"SUBMISSION", "its number"}},
         .flags = {rpc_flag()},
         .examples = {"assay submit openings 3", "assay submit openings 3 --json"},
         .run = run_openings},
    };
}

}  // namespace assay::cli
