// Proposals with their votes as they stand.
#include "cli/commands/proposal_view.hpp"

#include "cli/client/sender.hpp"
#include "cli/terminal/command.hpp"

namespace assay::cli {

namespace {

using namespace governance;

// What `gov show --json` prints: the chain's two views of it.
struct ShownProposal {
    Proposal proposal;
    TallyStatus votes;
};
BOOST_DESCRIBE_STRUCT(ShownProposal, (), (proposal, votes))

std::string content_of(const Proposal& proposal) {
    switch (proposal.kind) {
        case Kind::params: {
            std::string out;
            for (const ParamChange& each : proposal.changes)
                out += (out.empty() ? "" : ", ") + each.name + " = " + each.value;
            return out;
        }
        case Kind::grant:
            return show_money(proposal.grant.amount) + " to " +
                   checksummed(proposal.grant.recipient);
        case Kind::upgrade: break;
    }
    if (proposal.upgrade.height == 0) return "take the planned upgrade back";
    return "\"" + proposal.upgrade.name + "\" from block " +
           std::to_string(proposal.upgrade.height) + " on, info hash " +
           to_hex0x(proposal.upgrade.info_hash);
}

std::string share(Amount part, Amount whole) {
    const auto ppm = mul_div_floor(part, Amount(kPpm), whole);
    return ppm ? show_percent(static_cast<std::uint32_t>(ppm->low())) : std::string("-");
}

void add_votes(Fields& fields, const Proposal& proposal, const TallyStatus& votes) {
    const Tally& tally = votes.tally;
    const Amount voted = sum_of(sum_of(tally.yes, tally.no), sum_of(tally.abstain, tally.veto));
    const auto line = [&](Amount part) {
        return show_money(part) + " (" + share(part, voted) + " of votes)";
    };
    fields.add("yes", line(tally.yes));
    fields.add("no", line(tally.no));
    fields.add("abstain", line(tally.abstain));
    fields.add("veto", line(tally.veto));
    fields.add("turnout", share(voted, tally.total) + " of " + show_money(tally.total) +
                              "; quorum " + show_percent(proposal.terms.quorum_ppm));
    if (proposal.status != Status::voting) return;
    const std::string result =
        votes.outcome == Status::timelock ? "accepted" : words_of(votes.outcome);
    fields.add("as it stands", result + (votes.deposit_burned ? ", and the deposit burned" : ""));
}

Fields fields_of(const ShownProposal& shown, std::uint64_t now_s) {
    const Proposal& proposal = shown.proposal;
    Fields fields;
    fields.add("proposal", std::to_string(proposal.id));
    fields.add("title", proposal.title);
    fields.add("status", words_of(proposal.status));
    if (proposal.failure != 0)
        fields.add("refused by", std::string(name_of(static_cast<TxCode>(proposal.failure))));
    fields.add("kind", words_of(proposal.kind));
    fields.add("content", content_of(proposal));
    if (!proposal.details_uri.empty()) fields.add("details", proposal.details_uri);
    fields.add("proposer", checksummed(proposal.proposer));
    fields.add("deposit", show_money(proposal.deposit));
    fields.add("made", when(proposal.made_s, now_s));
    if (proposal.status == Status::voting)
        fields.add("voting ends", when(proposal.deadline_s, now_s));
    if (proposal.status == Status::timelock)
        fields.add("executes", when(proposal.deadline_s, now_s));
    add_votes(fields, proposal, shown.votes);
    return fields;
}

Outcome<void> run_show(const Session& session) {
    const auto id = session.arguments.number("PROPOSAL");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto proposal = ask(*rpc, ModuleId::governance, GetProposal{.proposal = *id});
    if (!proposal) return proposal.error();
    const auto votes = ask(*rpc, ModuleId::governance, GetTally{.proposal = *id});
    if (!votes) return votes.error();
    const ShownProposal shown{*proposal, *votes};
    if (session.output.json()) {
        print_record(session.output, shown);
        return {};
    }
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    fields_of(shown, *now).print(session.output);
    return {};
}

Outcome<std::vector<Proposal>> all_proposals(const RpcClient& rpc) {
    std::vector<Proposal> out;
    for (;;) {
        const std::uint64_t before = out.empty() ? 0 : out.back().id;
        if (before == 1) return out;
        auto page = ask(rpc, ModuleId::governance,
                        ListProposals{.before = before, .count = governance::kMaxPage});
        if (!page) return page.error();
        for (auto& each : *page) out.push_back(std::move(each));
        if (page->size() < governance::kMaxPage) return out;
    }
}

Outcome<void> run_list(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    auto proposals = all_proposals(*rpc);
    if (!proposals) return proposals.error();
    if (session.arguments.has("open"))
        std::erase_if(*proposals, [](const Proposal& each) { return !is_open(each.status); });
    if (session.output.json()) {
        print_record(session.output, *proposals);
        return {};
    }
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    Table table({"proposal", "kind", "status", "title", "next"});
    for (const Proposal& each : *proposals)
        table.add({std::to_string(each.id), words_of(each.kind), words_of(each.status), each.title,
                   each.deadline_s == 0 ? "-" : when(each.deadline_s, *now)});
    table.print(session.output, "no proposals");
    return {};
}

Outcome<void> run_upgrade(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto plan = ask(*rpc, ModuleId::governance, GetUpgradePlan{});
    if (!plan) return plan.error();
    if (session.output.json()) {
        print_record(session.output, *plan);
        return {};
    }
    Fields fields;
    fields.add("upgrade", plan->name);
    fields.add("from block", std::to_string(plan->height));
    fields.add("info hash", to_hex0x(plan->info_hash));
    fields.print(session.output);
    return {};
}

}  // namespace

std::vector<Command> looking_at_proposals() {
    return {
        {.path = "gov list",
         .summary = "Proposals, the newest first",
         .flags = {rpc_flag(), {"open", "", "only those voted on or waiting to be executed"}},
         .examples = {"assay gov list --open", "assay gov list --json"},
         .run = run_list},
        {.path = "gov show",
         .summary = "One proposal and its votes",
         .positionals = {{"PROPOSAL", "its number, as \"assay gov list\" shows it"}},
         .flags = {rpc_flag()},
         .examples = {"assay gov show 3"},
         .run = run_show},
        {.path = "gov upgrade",
         .summary = "The upgrade that is planned",
         .flags = {rpc_flag()},
         .examples = {"assay gov upgrade"},
         .run = run_upgrade},
    };
}

}  // namespace assay::cli
