// `assay dataset`: looking at datasets, their price, and collecting what they earned.
#include <ostream>

#include "cli/commands/commands.hpp"
#include "cli/commands/dataset_lookup.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "modules/datasets/messages.hpp"

namespace assay::cli {

namespace {

using namespace datasets;

std::string length_of(const Terms& terms) {
    return terms.duration_s == 0 ? "for ever" : show_duration(terms.duration_s);
}

std::string share_of(std::uint32_t part_ppm, const char* whom) {
    return show_percent(part_ppm) + " to " + whom;
}

// "40% to contributors, 5% to dataset 3, 55% to the owner".
std::string split_text(const Dataset& dataset) {
    std::uint32_t left = kPpm - dataset.terms.contributors_ppm;
    std::string out;
    if (dataset.terms.contributors_ppm != 0)
        out = share_of(dataset.terms.contributors_ppm, "contributors") + ", ";
    for (const Receiver& each : dataset.receivers) {
        left -= each.ppm;
        out += share_of(each.ppm, "dataset ") + std::to_string(each.dataset) + ", ";
    }
    return out + share_of(left, "the owner");
}

std::string parents_text(const Dataset& dataset) {
    std::string out;
    for (const Parent& each : dataset.parents)
        out += (out.empty() ? "" : ", ") + std::to_string(each.dataset) + " (" +
               show_percent(each.royalty_ppm) +
               (each.licence == 0 ? "" : ", licence " + std::to_string(each.licence)) + ")";
    return out.empty() ? "-" : out;
}

void print_dataset(Output& output, const DatasetStatus& status, std::uint64_t now_s) {
    const Dataset& record = status.dataset;
    const Books& books = status.books;
    const Terms& terms = record.terms;
    Fields fields;
    fields.add("dataset", std::to_string(record.id));
    fields.add("owner", checksummed(record.owner));
    fields.add("for sale", status.on_offer ? "yes" : record.on_sale ? "not now" : "no");
    fields.add("price", show_money(record.price));
    fields.add("permits", words_of_uses(terms.uses));
    fields.add("a licence runs", length_of(terms));
    fields.add("exclusive", terms.exclusive ? "one licence at a time" : "no");
    fields.add("transferable", terms.transferable ? "yes" : "no");
    fields.add("price goes", split_text(record));
    fields.add("derived datasets owe", show_percent(terms.royalty_ppm) + " at least");
    fields.add("submissions", std::to_string(record.submissions) + ", " +
                                  std::to_string(books.consented_submissions) + " with consent");
    fields.add("items", std::to_string(record.items) + ", " +
                            std::to_string(books.consented_items) + " with consent");
    fields.add("parents", parents_text(record));
    fields.add("licences sold", std::to_string(books.licences));
    fields.add("earned so far", show_money(books.income));
    fields.add("owner may claim", show_money(books.owner_due));
    fields.add("contributors may claim", show_money(books.contributors_due));
    fields.add("registered", when(record.registered_s, now_s));
    fields.add("licence text",
               to_hex0x(terms.text_hash) + (terms.text_uri.empty() ? "" : " at " + terms.text_uri));
    fields.add("root of submissions",
               record.submissions == 0 ? "-" : to_hex0x(record.sources_root));
    fields.add("root from outside",
               record.outside_root.is_zero() ? "-" : to_hex0x(record.outside_root));
    fields.add("data uri", record.data_uri.empty() ? "-" : record.data_uri);
    fields.print(output);
}

Outcome<void> run_show(const Session& session) {
    const auto id = session.arguments.number("DATASET");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto status = dataset_status(*rpc, *id);
    if (!status) return status.error();
    return show_record(session, *rpc, *status, print_dataset);
}

Outcome<void> run_list(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto all = ask_all<Dataset>(
        [&](std::uint64_t after) {
            return ask(*rpc, ModuleId::datasets,
                       ListDatasets{.after = after, .limit = datasets::kMaxPage});
        },
        datasets::kMaxPage);
    if (!all) return all.error();
    if (session.output.json()) {
        print_record(session.output, *all);
        return {};
    }
    Table table(
        {"dataset", "owner", "price", "licence", "permits", "submissions", "items", "parents"});
    for (const Dataset& each : *all)
        table.add({std::to_string(each.id), short_address(each.owner),
                   each.on_sale ? show_money(each.price) : "not for sale", length_of(each.terms),
                   words_of_uses(each.terms.uses), std::to_string(each.submissions),
                   std::to_string(each.items), parents_text(each)});
    table.print(session.output, "no datasets");
    return {};
}

Outcome<void> run_sources(const Session& session) {
    const auto id = session.arguments.number("DATASET");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto all = sources_of(*rpc, *id);
    if (!all) return all.error();
    if (session.output.json()) {
        print_record(session.output, *all);
        return {};
    }
    Table table({"submission", "contributor", "items", "consent", "to claim", "claimed so far"});
    for (const SourceStatus& each : *all)
        table.add({std::to_string(each.source.submission), short_address(each.source.contributor),
                   std::to_string(each.source.items), words_of(each.source.consent),
                   show_money(each.claimable), show_money(each.source.claimed)});
    table.print(session.output, "data from outside only");
    return {};
}

Outcome<void> run_price(const Session& session) {
    const auto id = session.arguments.number("DATASET");
    if (!id) return id.error();
    const std::string text = session.arguments.text("PRICE");
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto status = dataset_status(sender->rpc(), *id);
    if (!status) return status.error();
    EditDataset message{.dataset = *id, .price = status->dataset.price, .on_sale = true};
    if (text == "stop") {
        message.on_sale = false;
    } else {
        const auto price = parse_money(text);
        if (!price) return usage("PRICE: " + price.error().message + "; or stop");
        message.price = *price;
    }
    const auto sent = send_typed(session, *sender, "datasets", message);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

// What the account may claim in one dataset: 0 stands for the owner's part.
struct Due {
    std::uint64_t submission = 0;
    Amount amount;
};

Outcome<std::vector<Due>> dues_of(const RpcClient& rpc, std::uint64_t dataset,
                                  const Address& account) {
    const auto status = dataset_status(rpc, dataset);
    if (!status) return status.error();
    const auto sources = sources_of(rpc, dataset);
    if (!sources) return sources.error();
    std::vector<Due> out;
    if (status->dataset.owner == account && !status->books.owner_due.is_zero())
        out.push_back({0, status->books.owner_due});
    for (const SourceStatus& each : *sources)
        if (each.source.contributor == account && !each.claimable.is_zero())
            out.push_back({each.source.submission, each.claimable});
    return out;
}

Outcome<void> run_claim(const Session& session) {
    const auto id = session.arguments.number("DATASET");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto dues = dues_of(sender->rpc(), *id, sender->address());
    if (!dues) return dues.error();
    if (dues->empty())
        return Problem{Exit::refused, "nothing_to_claim: dataset " + std::to_string(*id) +
                                          " owes nothing to " + checksummed(sender->address())};
    Table table({"for", "amount", "transaction", "block"});
    for (const Due& due : *dues) {
        const std::string what =
            due.submission == 0 ? "owner" : "submission " + std::to_string(due.submission);
        session.output.note("Pays " + show_money(due.amount) + " for " + what +
                            ", and what comes until then.");
        const auto sent = send_typed(session, *sender, "datasets",
                                     ClaimRoyalties{.dataset = *id, .submission = due.submission});
        if (!sent) return sent.error();
        table.add({what, show_money(due.amount), sent->dry_run ? "-" : to_hex0x(sent->hash),
                   sent->receipt ? std::to_string(sent->receipt->block) : "-"});
    }
    table.print(session.output, "nothing was sent");
    return {};
}

}  // namespace

std::vector<Command> dataset_commands() {
    const Positional dataset = {"DATASET", "its number"};
    return {
        register_dataset_command(),
        {.path = "dataset list",
         .summary = "All datasets",
         .flags = {rpc_flag()},
         .examples = {"assay dataset list", "assay dataset list --json"},
         .run = run_list},
        {.path = "dataset show",
         .summary = "One dataset: terms, who is paid what, consents, what it earned",
         .positionals = {dataset},
         .flags = {rpc_flag()},
         .examples = {"assay dataset show 3", "assay dataset show 3 --json"},
         .run = run_show},
        {.path = "dataset sources",
         .summary = "A dataset's submissions: consent, and what each may claim",
         .positionals = {dataset},
         .flags = {rpc_flag()},
         .examples = {"assay dataset sources 3", "assay dataset sources 3 --json"},
         .run = run_sources},
        {.path = "dataset price",
         .summary = "Change what a licence costs, or stop selling",
         .positionals = {dataset, {"PRICE", "as 10assay, or stop"}},
         .flags = sending_flags(),
         .examples = {"assay dataset price 3 12assay", "assay dataset price 3 stop"},
         .notes = "Naming a price begins to sell again. Licences sold stay as they are.",
         .run = run_price},
        {.path = "dataset claim",
         .summary = "Collect what a dataset owes you, as its owner or a contributor",
         .positionals = {dataset},
         .flags = sending_flags(),
         .examples = {"assay dataset claim 3"},
         .notes = "One transaction for each submission that earned something. Anybody may send "
                  "them for you: assay tx send datasets claim-royalties.",
         .run = run_claim},
    };
}

}  // namespace assay::cli
