// `assay dataset licence` and `assay dataset consent`: using data, and deciding who may use it.
#include <algorithm>
#include <ostream>

#include "cli/commands/commands.hpp"
#include "cli/commands/dataset_lookup.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "modules/datasets/messages.hpp"

namespace assay::cli {

namespace {

using namespace datasets;

std::string end_text(const Licence& licence, std::uint64_t now_s) {
    return licence.ends_s == kForever ? "for ever" : when(licence.ends_s, now_s);
}

Outcome<void> run_buy(const Session& session) {
    const auto id = session.arguments.number("DATASET");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto status = dataset_status(sender->rpc(), *id);
    if (!status) return status.error();
    const Books& books = status->books;
    // What the person is shown is what they get: a revocation on the way refuses.
    const auto least = session.arguments.has("least-items")
                           ? session.arguments.number("least-items")
                           : Outcome<std::uint64_t>(books.consented_items);
    if (!least) return least.error();
    session.output.note("Permits " + words_of_uses(status->dataset.terms.uses) + ". " +
                        std::to_string(books.consented_items) + " of " +
                        std::to_string(status->dataset.items) +
                        " items from orders have their contributors' consent.");
    const auto sent =
        send_typed(session, *sender, "datasets", BuyLicence{.dataset = *id, .least_items = *least});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

void print_licence(Output& output, const Licence& licence, const DatasetStatus& status,
                   std::uint64_t now_s) {
    Fields fields;
    fields.add("licence", std::to_string(licence.id));
    fields.add("dataset", std::to_string(licence.dataset));
    fields.add("holder", checksummed(licence.holder));
    fields.add("bought by", checksummed(licence.buyer));
    fields.add("bought", when(licence.bought_s, now_s) + ", in block " +
                             std::to_string(licence.bought_height));
    fields.add("price", show_money(licence.price));
    fields.add("runs", licence.ends_s <= now_s ? "no longer, it ended " + end_text(licence, now_s)
                       : licence.ends_s == kForever ? "for ever"
                                                    : "until " + end_text(licence, now_s));
    fields.add("permits", words_of_uses(status.dataset.terms.uses));
    fields.add("items with consent", std::to_string(licence.consented_items) + " of " +
                                         std::to_string(status.dataset.items) + ", in " +
                                         std::to_string(licence.consented_submissions) +
                                         " submissions");
    fields.add("consent version", std::to_string(licence.consent_version));
    fields.add("consent digest", to_hex0x(licence.consent_digest));
    fields.add("licence text", to_hex0x(licence.text_hash));
    fields.print(output);
}

Outcome<void> run_show(const Session& session) {
    const auto id = session.arguments.number("LICENCE");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto licence = ask(*rpc, ModuleId::datasets, GetLicence{.licence = *id});
    if (!licence) return licence.error();
    if (session.output.json()) {
        print_record(session.output, *licence);
        return {};
    }
    const auto status = dataset_status(*rpc, licence->dataset);
    if (!status) return status.error();
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    print_licence(session.output, *licence, *status, *now);
    return {};
}

Outcome<std::vector<Licence>> chosen_licences(const Session& session, const RpcClient& rpc) {
    if (!session.arguments.has("dataset")) {
        const auto account = account_of(session.arguments, "ACCOUNT");
        if (!account) return account.error();
        return licences_held(rpc, *account);
    }
    const auto id = session.arguments.number("dataset");
    if (!id) return id.error();
    return ask_all<Licence>(
        [&](std::uint64_t after) {
            return ask(rpc, ModuleId::datasets,
                       ListLicences{.dataset = *id, .after = after, .limit = datasets::kMaxPage});
        },
        datasets::kMaxPage);
}

Outcome<void> run_list(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto licences = chosen_licences(session, *rpc);
    if (!licences) return licences.error();
    if (session.output.json()) {
        print_record(session.output, *licences);
        return {};
    }
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    Table table({"licence", "dataset", "holder", "price", "ends", "items with consent"});
    for (const Licence& each : *licences)
        table.add({std::to_string(each.id), std::to_string(each.dataset),
                   short_address(each.holder), show_money(each.price), end_text(each, *now),
                   std::to_string(each.consented_items)});
    table.print(session.output, "no licences");
    return {};
}

Outcome<void> run_transfer(const Session& session) {
    const auto id = session.arguments.number("LICENCE");
    if (!id) return id.error();
    const auto to = account_of(session.arguments, "TO");
    if (!to) return to.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent =
        send_typed(session, *sender, "datasets", TransferLicence{.licence = *id, .to = *to});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

// The sender's submissions in the dataset, or those named, whose consent is not yet as wanted.
Outcome<std::vector<std::uint64_t>> to_change(const Session& session, const Sender& sender,
                                              std::uint64_t dataset, bool granted) {
    std::vector<std::uint64_t> out;
    for (const std::string& text : session.arguments.list("SUBMISSION")) {
        const auto id = parse_number(text, "SUBMISSION");
        if (!id) return id.error();
        out.push_back(*id);
    }
    if (!out.empty()) return out;
    const auto sources = sources_of(sender.rpc(), dataset);
    if (!sources) return sources.error();
    for (const SourceStatus& each : *sources) {
        if (each.source.contributor != sender.address()) continue;
        if (each.source.consent == Consent::withdrawn) continue;
        if ((each.source.consent == Consent::granted) != granted)
            out.push_back(each.source.submission);
    }
    if (!out.empty()) return out;
    return Problem{Exit::refused, "consent_unchanged: no submission of " +
                                      checksummed(sender.address()) + " in dataset " +
                                      std::to_string(dataset) + " is to be changed"};
}

template <class M>
Outcome<void> change_consents(const Session& session, bool granted) {
    const auto id = session.arguments.number("DATASET");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto submissions = to_change(session, *sender, *id, granted);
    if (!submissions) return submissions.error();
    Table table({"submission", "consent", "transaction", "block"});
    for (const std::uint64_t submission : *submissions) {
        const auto sent =
            send_typed(session, *sender, "datasets", M{.dataset = *id, .submission = submission});
        if (!sent) return sent.error();
        table.add({std::to_string(submission), granted ? "granted" : "revoked",
                   sent->dry_run ? "-" : to_hex0x(sent->hash),
                   sent->receipt ? std::to_string(sent->receipt->block) : "-"});
    }
    table.print(session.output, "nothing was sent");
    return {};
}

Outcome<void> run_grant(const Session& session) {
    return change_consents<GrantConsent>(session, true);
}

Outcome<void> run_revoke(const Session& session) {
    session.output.note("Licences sold before stay sold; what was earned stays yours to claim.");
    return change_consents<RevokeConsent>(session, false);
}

Outcome<void> run_standing(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const std::string text = session.arguments.text("uses");
    const auto uses =
        text == "none" ? Outcome<std::uint8_t>(std::uint8_t{0}) : parse_uses(text, "--uses");
    if (!uses) return uses.error();
    const auto least = parse_percent(session.arguments.text("least"));
    if (!least) return usage("--least: " + least.error().message);
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(
        session, *sender, "datasets",
        SetStandingConsent{.submission = *id, .uses = *uses, .least_ppm = *uses == 0 ? 0 : *least});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Outcome<ConsentHeld> consent_held(const Session& session, const RpcClient& rpc,
                                  std::uint64_t dataset, std::uint64_t submission) {
    if (session.arguments.has("licence")) {
        const auto licence = session.arguments.number("licence");
        if (!licence) return licence.error();
        const auto record = ask(rpc, ModuleId::datasets, GetLicence{.licence = *licence});
        if (!record) return record.error();
        if (record->dataset != dataset)
            return usage("licence " + std::to_string(*licence) + " is one of dataset " +
                         std::to_string(record->dataset));
        return ask(rpc, ModuleId::datasets,
                   GetConsentInLicence{.licence = *licence, .submission = submission});
    }
    std::uint64_t height = ~std::uint64_t{0};
    if (session.arguments.has("height")) {
        const auto given = session.arguments.number("height");
        if (!given) return given.error();
        height = *given;
    }
    return ask(rpc, ModuleId::datasets,
               GetConsentAt{.dataset = dataset, .submission = submission, .height = height});
}

Outcome<void> run_consent_show(const Session& session) {
    const auto dataset = session.arguments.number("DATASET");
    if (!dataset) return dataset.error();
    const auto submission = session.arguments.number("SUBMISSION");
    if (!submission) return submission.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto held = consent_held(session, *rpc, *dataset, *submission);
    if (!held) return held.error();
    if (session.output.json()) {
        print_record(session.output, *held);
        return {};
    }
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    const ChangeKey key{.dataset = *dataset, .submission = *submission, .number = held->number};
    ChangeKey next = key;
    next.number += 1;
    Fields fields;
    fields.add("consent", words_of(held->consent));
    fields.add("since", held->number == 0 ? "-"
                                          : when(held->change.time_s, *now) + ", block " +
                                                std::to_string(held->change.height));
    fields.add("version", std::to_string(held->change.version));
    if (held->number != 0) fields.add("proven by record", to_hex0x(kChanges.key_of(key)));
    fields.add("and the next, absent or later", to_hex0x(kChanges.key_of(next)));
    fields.print(session.output);
    session.output.note(
        "assay_getProof proves each record; \"assay verify-proof\" checks the proof.");
    return {};
}

std::vector<Command> consent_commands() {
    const Positional dataset = {"DATASET", "its number"};
    const Positional own = {"SUBMISSION", "which; all of yours in the dataset unless given", false,
                            true};
    return {
        {.path = "dataset consent grant",
         .summary = "Let your work count in licences of a dataset, and earn from them",
         .positionals = {dataset, own},
         .flags = sending_flags(),
         .examples = {"assay dataset consent grant 3", "assay dataset consent grant 3 12 15"},
         .notes = "Look at the terms first: assay dataset show. They never change.",
         .run = run_grant},
        {.path = "dataset consent revoke",
         .summary = "Take your work out of all licences sold from now on",
         .positionals = {dataset, own},
         .flags = sending_flags(),
         .examples = {"assay dataset consent revoke 3", "assay dataset consent revoke 3 12"},
         .run = run_revoke},
        {.path = "dataset consent standing",
         .summary = "Consent ahead to datasets that will be made of a submission",
         .positionals = {{"SUBMISSION", "one of yours"}},
         .flags = joined(
             {{"uses", "LIST", "that it covers: " + known_uses() + ", all, or none", "", "", true},
              {"least", "PERCENT", "of each licence's price, that the submission must get", "0%"}},
             sending_flags()),
         .examples = {"assay dataset consent standing 12 --uses train,evaluate --least 2%",
                      "assay dataset consent standing 12 --uses none"},
         .notes = "Counts for datasets registered later. In those that exist, grant or revoke.",
         .run = run_standing},
        {.path = "dataset consent show",
         .summary = "Which consent a submission had in a licence, at a height, or has now",
         .positionals = {dataset, {"SUBMISSION", "its number"}},
         .flags = {rpc_flag(),
                   {"licence", "N", "when this licence was bought"},
                   {"height", "H", "after this block"}},
         .examples = {"assay dataset consent show 3 12 --licence 8",
                      "assay dataset consent show 3 12 --height 1200 --json"},
         .run = run_consent_show},
    };
}

}  // namespace

std::vector<Command> licence_commands() {
    const Positional licence = {"LICENCE", "its number"};
    auto listing = keyring_flags();
    listing.insert(listing.begin(),
                   {rpc_flag(), {"dataset", "N", "those of a dataset, not of an account"}});
    std::vector<Command> out = {
        {.path = "dataset licence buy",
         .summary = "Buy a licence at the price the chain quotes",
         .positionals = {{"DATASET", "its number"}},
         .flags = joined({{"least-items", "N",
                           "refuse where fewer have consent; as many as there are now unless "
                           "given"}},
                         sending_flags()),
         .examples = {"assay dataset licence buy 3", "assay dataset licence buy 3 --least-items 1"},
         .run = run_buy},
        {.path = "dataset licence show",
         .summary = "One licence: what it permits, until when, and which consents held",
         .positionals = {licence},
         .flags = {rpc_flag()},
         .examples = {"assay dataset licence show 8", "assay dataset licence show 8 --json"},
         .run = run_show},
        {.path = "dataset licence list",
         .summary = "The licences that an account holds, or those sold of a dataset",
         .positionals = {{"ACCOUNT",
                          "an address, or one of your keys by name; your only key "
                          "unless given",
                          false}},
         .flags = listing,
         .examples = {"assay dataset licence list", "assay dataset licence list --dataset 3"},
         .run = run_list},
        {.path = "dataset licence transfer",
         .summary = "Pass a licence on, where its terms permit",
         .positionals = {licence, {"TO", "an address, or one of your keys by name"}},
         .flags = sending_flags(),
         .examples = {"assay dataset licence transfer 8 bob"},
         .run = run_transfer},
    };
    for (auto& command : consent_commands()) out.push_back(std::move(command));
    return out;
}

}  // namespace assay::cli
