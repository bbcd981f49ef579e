// `assay gov`: proposing, voting, executing, and looking at proposals.
#include "chain/crypto/hash.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/proposal_view.hpp"
#include "cli/commands/staking_lookup.hpp"
#include "cli/commands/typed_message.hpp"
#include "cli/terminal/files.hpp"
#include "modules/governance/messages.hpp"

namespace assay::cli {

namespace {

using namespace governance;

constexpr std::uint64_t kLargestDocument = 64ULL << 20U;

std::vector<Flag> proposing_flags(const std::vector<Flag>& more = {}) {
    return joined(
        joined(sending_flags(),
               {{"title", "TEXT", "what people read in lists, 120 bytes at most", "", "", true},
                {"details", "URI", "where the reasons are written down"}}),
        more);
}

Outcome<void> propose(const Session& session, const Sender& sender, const auto& message) {
    const auto params = ask(sender.rpc(), ModuleId::governance, GetGovernanceParams{});
    if (!params) return params.error();
    session.output.note(
        "The deposit of " + show_money(params->deposit) +
        " comes back when the vote "
        "ends in " +
        show_duration(params->voting_s) +
        ", unless the quorum is missed or the proposal is vetoed: then it is burned.");
    const auto sent = send_typed(session, sender, "governance", message);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    const auto made = event_in(*sent, "ProposalMade");
    if (const AbiValue* id = value_named(made, "proposal"))
        session.output.note("Follow it with \"assay gov show " + id->text + "\".");
    return {};
}

// An amount of tokens in base units; any other text as it is.
Outcome<std::string> value_of(const std::string& text) {
    if (!text.ends_with("assay")) return text;
    const auto amount = parse_money(text);
    if (!amount) return usage("CHANGE: " + amount.error().message);
    return to_string(*amount);
}

Outcome<std::vector<ParamChange>> changes_of(const Arguments& arguments) {
    std::vector<ParamChange> out;
    for (const std::string& word : arguments.list("CHANGE")) {
        const auto equals = word.find('=');
        if (equals == std::string::npos)
            return usage("CHANGE: \"" + word + "\" is not of the form NAME=VALUE");
        const auto value = value_of(word.substr(equals + 1));
        if (!value) return value.error();
        out.push_back({.name = word.substr(0, equals), .value = *value});
    }
    if (out.size() > kMaxChanges)
        return usage("at most " + std::to_string(kMaxChanges) + " changes fit one proposal");
    return out;
}

Outcome<void> run_propose_params(const Session& session) {
    const auto changes = changes_of(session.arguments);
    if (!changes) return changes.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto judged = ask(sender->rpc(), ModuleId::governance, JudgeParams{.changes = *changes});
    if (!judged) return judged.error();
    if (judged->code != 0)
        return Problem{Exit::refused, std::string(name_of(static_cast<TxCode>(judged->code))) +
                                          ": " + judged->why};
    return propose(session, *sender,
                   ProposeParams{.title = session.arguments.text("title"),
                                 .details_uri = session.arguments.text("details"),
                                 .changes = *changes});
}

Outcome<void> run_propose_grant(const Session& session) {
    const auto recipient = account_of(session.arguments, "RECIPIENT");
    if (!recipient) return recipient.error();
    const auto amount = parse_money(session.arguments.text("AMOUNT"));
    if (!amount) return usage("AMOUNT: " + amount.error().message);
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    return propose(session, *sender,
                   ProposeGrant{.title = session.arguments.text("title"),
                                .details_uri = session.arguments.text("details"),
                                .recipient = *recipient,
                                .amount = *amount});
}

Outcome<Hash256> info_hash_of(const Arguments& arguments) {
    if (const auto file = arguments.maybe("info")) {
        const auto text = read_text_file(*file, kLargestDocument);
        if (!text) return text.error();
        return sha256(view_of(*text));
    }
    const auto given = arguments.maybe("info-hash");
    if (!given)
        return usage(
            "missing: --info FILE, the document that says what changes and where the release is "
            "(or its SHA-256 as --info-hash)");
    const auto hash = fixed_from_hex<32>(*given);
    if (!hash) return usage("--info-hash: " + hash.error().message);
    return *hash;
}

Outcome<void> run_propose_upgrade(const Session& session) {
    const auto height = session.arguments.number("HEIGHT");
    if (!height) return height.error();
    const auto hash = info_hash_of(session.arguments);
    if (!hash) return hash.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    session.output.note("Nodes whose program does not know \"" + session.arguments.text("NAME") +
                        "\" stop before block " + std::to_string(*height) + ".");
    return propose(session, *sender,
                   ProposeUpgrade{.title = session.arguments.text("title"),
                                  .details_uri = session.arguments.text("details"),
                                  .height = *height,
                                  .name = session.arguments.text("NAME"),
                                  .info_hash = *hash});
}

Outcome<void> run_cancel_upgrade(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    return propose(session, *sender,
                   ProposeUpgrade{.title = session.arguments.text("title"),
                                  .details_uri = session.arguments.text("details"),
                                  .height = 0,
                                  .name = {},
                                  .info_hash = {}});
}

// Those named with --validator, or all where the account has stake.
Outcome<std::vector<Consensus>> voting_places(const Session& session, const Sender& sender) {
    std::vector<Consensus> out;
    if (session.arguments.has("validator")) {
        const auto validator = validator_named(session.arguments, "validator");
        if (!validator) return validator.error();
        return std::vector<Consensus>{*validator};
    }
    const auto delegations = delegations_of(sender.rpc(), sender.address());
    if (!delegations) return delegations.error();
    for (const auto& each : *delegations)
        if (!each.stake.is_zero()) out.push_back(each.validator);
    if (out.empty())
        return Problem{Exit::refused,
                       checksummed(sender.address()) +
                           " has no stake: \"assay stake delegate\" gives it a vote"};
    if (out.size() > Vote::kMaxValidators) {
        session.output.note("You have stake at " + std::to_string(out.size()) +
                            " validators; this votes with the first " +
                            std::to_string(Vote::kMaxValidators) +
                            ". Vote with the others by --validator.");
        out.resize(Vote::kMaxValidators);
    }
    return out;
}

Outcome<void> run_vote(const Session& session) {
    const auto id = session.arguments.number("PROPOSAL");
    if (!id) return id.error();
    const auto choice = enum_of<Choice>(session.arguments.text("CHOICE"), "CHOICE");
    if (!choice) return choice.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto places = voting_places(session, *sender);
    if (!places) return places.error();
    session.output.note("Votes " + words_of(*choice) + " with your stake at " +
                        std::to_string(places->size()) +
                        (places->size() == 1 ? " validator" : " validators") +
                        ", as it will be when the vote ends; vote again to change it.");
    const auto sent = send_typed(session, *sender, "governance",
                                 Vote{.proposal = *id, .choice = *choice, .validators = *places});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Outcome<void> run_execute(const Session& session) {
    const auto id = session.arguments.number("PROPOSAL");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(session, *sender, "governance", Execute{.proposal = *id});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

const Positional kProposal = {"PROPOSAL", "its number, as \"assay gov list\" shows it"};

std::vector<Command> proposing() {
    return {
        {.path = "gov propose-params",
         .summary = "Propose other parameters, all together or none",
         .positionals = {{"CHANGE",
                          "NAME=VALUE with the names of the genesis file; amounts also as 10assay",
                          true, true}},
         .flags = proposing_flags(),
         .examples = {"assay gov propose-params market.feePpm=40000 --title \"A lower fee\""},
         .notes = "The chain's views give the present values: \"assay query market "
                  "get-market-params\" and so on; fees.* are those of the fee market.",
         .run = run_propose_params},
        {.path = "gov propose-grant",
         .summary = "Propose a payment out of the treasury",
         .positionals = {{"RECIPIENT", "an address, or one of your keys by name"},
                         {"AMOUNT", "as 100assay"}},
         .flags = proposing_flags(),
         .examples = {"assay gov propose-grant 0x7099... 100assay --title \"An audit\""},
         .run = run_propose_grant},
        {.path = "gov propose-upgrade",
         .summary = "Propose the block from which on a new release is needed",
         .positionals = {{"NAME", "by which the release knows the upgrade"},
                         {"HEIGHT", "the first block of the new rules"}},
         .flags = proposing_flags({{"info", "FILE", "what changes and where the release is"},
                                   {"info-hash", "HEX", "the SHA-256 of that document"}}),
         .examples = {"assay gov propose-upgrade v2 500000 --info v2.md --title \"Release 2\""},
         .run = run_propose_upgrade},
        {.path = "gov cancel-upgrade",
         .summary = "Propose to take the planned upgrade back",
         .flags = proposing_flags(),
         .examples = {"assay gov cancel-upgrade --title \"Release 2 is not ready\""},
         .run = run_cancel_upgrade},
    };
}

}  // namespace

std::vector<Command> governance_commands() {
    std::vector<Command> out = looking_at_proposals();
    for (Command& each : proposing()) out.push_back(std::move(each));
    out.push_back(
        {.path = "gov vote",
         .summary = "Vote with your stake; an operator votes for silent delegators too",
         .positionals = {kProposal, {"CHOICE", "yes, no, abstain or veto"}},
         .flags = joined(sending_flags(),
                         {{"validator", "ADDRESS", "only with the stake there; all unless given"}}),
         .examples = {"assay gov vote 3 yes", "assay gov vote 3 no --validator 0x5e1f..."},
         .notes = "A veto says no, and burns the deposit if more than the veto share of "
                  "all votes does so.",
         .run = run_vote});
    out.push_back({.path = "gov execute",
                   .summary = "Do what was decided, once the timelock is over",
                   .positionals = {kProposal},
                   .flags = sending_flags(),
                   .examples = {"assay gov execute 3"},
                   .notes =
                       "The end of the block does this too; the command is for times when more "
                       "is due there than fits.",
                   .run = run_execute});
    return out;
}

}  // namespace assay::cli
