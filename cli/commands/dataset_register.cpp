// `assay dataset register`: a dataset out of accepted work, data from outside, and other datasets.
#include <algorithm>

#include "chain/crypto/hash.hpp"
#include "chain/crypto/rfc6962.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/dataset_lookup.hpp"
#include "cli/commands/submission_lookup.hpp"
#include "cli/commands/typed_message.hpp"
#include "cli/items/item_source.hpp"
#include "cli/terminal/files.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/units.hpp"
#include "modules/datasets/messages.hpp"

namespace assay::cli {

namespace {

using namespace datasets;

constexpr std::uint64_t kLargestText = 16ULL << 20U;

Outcome<Hash256> text_hash_of(const Arguments& arguments) {
    if (const auto file = arguments.maybe("licence")) {
        const auto text = read_text_file(*file, kLargestText);
        if (!text) return text.error();
        return sha256(view_of(*text));
    }
    const auto given = arguments.maybe("licence-hash");
    if (!given)
        return usage(
            "missing: --licence FILE, the licence text (or its SHA-256 as "
            "--licence-hash)");
    const auto hash = fixed_from_hex<32>(*given);
    if (!hash) return usage("--licence-hash: " + hash.error().message);
    return *hash;
}

// The root over the items of --data, --root, or zero.
Outcome<Hash256> outside_root_of(const Arguments& arguments) {
    if (const auto text = arguments.maybe("root")) {
        const auto root = fixed_from_hex<32>(*text);
        if (!root) return usage("--root: " + root.error().message);
        return *root;
    }
    const auto path = arguments.maybe("data");
    if (!path) return Hash256{};
    const auto source = item_source(*path, arguments.text("format"));
    if (!source) return source.error();
    rfc6962::RootBuilder tree;
    const auto read = read_items(*source, [&](std::uint64_t, ByteView item) -> Result<void> {
        tree.add(item);
        return {};
    });
    if (!read) return read.error();
    if (tree.size() == 0) return Problem{Exit::failed, *path + " holds no items"};
    return tree.root();
}

Outcome<std::uint32_t> percent_of(const Arguments& arguments, const std::string& name) {
    const auto percent = parse_percent(arguments.text(name));
    if (!percent) return usage("--" + name + ": " + percent.error().message);
    return *percent;
}

// What --submissions names, and all accepted work of each --order.
Outcome<std::vector<std::uint64_t>> submissions_of(const Arguments& arguments,
                                                   const RpcClient& rpc) {
    std::vector<std::uint64_t> out;
    for (const std::string& list : arguments.list("submissions")) {
        for (std::size_t at = 0; at <= list.size();) {
            const std::size_t end = std::min(list.find(',', at), list.size());
            const auto id = parse_number(list.substr(at, end - at), "--submissions");
            if (!id) return id.error();
            out.push_back(*id);
            at = end + 1;
        }
    }
    for (const std::string& text : arguments.list("order")) {
        const auto order = parse_number(text, "--order");
        if (!order) return order.error();
        const auto all = cli::submissions_of(rpc, *order);
        if (!all) return all.error();
        for (const auto& each : *all)
            if (each.state == market::SubmissionState::accepted ||
                each.state == market::SubmissionState::finalized)
                out.push_back(each.id);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    if (out.size() > kMaxSources)
        return usage("a dataset takes at most " + std::to_string(kMaxSources) +
                     " submissions; register several, and one more with --parent of each");
    return out;
}

// "7" or "7:2.5%": the royalty is what the parent asks unless given; the licence is found.
Outcome<Parent> parent_of(const std::string& text, const Sender& sender) {
    const std::size_t colon = text.find(':');
    const auto id = parse_number(text.substr(0, colon), "--parent");
    if (!id) return id.error();
    const auto status = dataset_status(sender.rpc(), *id);
    if (!status) return status.error();
    Parent out{.dataset = *id, .licence = 0, .royalty_ppm = status->dataset.terms.royalty_ppm};
    if (colon != std::string::npos) {
        const auto percent = parse_percent(text.substr(colon + 1));
        if (!percent) return usage("--parent: " + percent.error().message);
        out.royalty_ppm = *percent;
    }
    if (status->dataset.owner == sender.address()) return out;
    const auto held = licences_held(sender.rpc(), sender.address());
    if (!held) return held.error();
    const auto now = sender.rpc().latest_time_s();
    if (!now) return now.error();
    for (const Licence& licence : *held)
        if (licence.dataset == *id && licence.ends_s > *now) out.licence = licence.id;
    if (out.licence == 0)
        return Problem{Exit::refused, "derivation_not_licensed: dataset " + std::to_string(*id) +
                                          " is not yours, and you hold no licence of it; see "
                                          "\"assay dataset licence buy\""};
    return out;
}

Outcome<Terms> terms_of(const Arguments& arguments) {
    Terms out;
    const auto hash = text_hash_of(arguments);
    if (!hash) return hash.error();
    const auto uses = parse_uses(arguments.text("uses"), "--uses");
    if (!uses) return uses.error();
    const std::string length = arguments.text("duration");
    const auto duration = length == "forever" ? Outcome<std::uint64_t>(std::uint64_t{0})
                                              : parse_duration(length, "--duration");
    if (!duration) return duration.error();
    const auto contributors = percent_of(arguments, "contributors");
    if (!contributors) return contributors.error();
    const auto royalty = percent_of(arguments, "royalty");
    if (!royalty) return royalty.error();
    out.text_hash = *hash;
    out.text_uri = arguments.text("licence-uri");
    out.uses = *uses;
    out.duration_s = *duration;
    out.exclusive = arguments.has("exclusive");
    out.transferable = arguments.has("transferable");
    out.contributors_ppm = *contributors;
    out.royalty_ppm = *royalty;
    return out;
}

Outcome<RegisterDataset> message_of(const Arguments& arguments, const Sender& sender) {
    RegisterDataset out;
    const auto terms = terms_of(arguments);
    if (!terms) return terms.error();
    const auto root = outside_root_of(arguments);
    if (!root) return root.error();
    const auto price = parse_money(arguments.text("price"));
    if (!price) return usage("--price: " + price.error().message);
    auto submissions = submissions_of(arguments, sender.rpc());
    if (!submissions) return submissions.error();
    for (const std::string& text : arguments.list("parent")) {
        const auto parent = parent_of(text, sender);
        if (!parent) return parent.error();
        out.parents.push_back(*parent);
    }
    std::sort(out.parents.begin(), out.parents.end(),
              [](const Parent& a, const Parent& b) { return a.dataset < b.dataset; });
    out.outside_root = *root;
    out.data_uri = arguments.text("data-uri");
    out.terms = *terms;
    out.price = *price;
    out.submissions = std::move(*submissions);
    if (out.outside_root.is_zero() && out.submissions.empty())
        return usage(
            "a dataset is made of something: --order N, --submissions LIST, --data PATH "
            "or --root HASH");
    return out;
}

Outcome<void> run_register(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto message = message_of(session.arguments, *sender);
    if (!message) return message.error();
    const auto sent = send_typed(session, *sender, "datasets", *message);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    const auto registered = event_in(*sent, "DatasetRegistered");
    const AbiValue* id = value_named(registered, "dataset");
    if (id != nullptr && !message->submissions.empty())
        session.output.note("Its contributors consent with \"assay dataset consent grant " +
                            id->text +
                            "\"; licences are sold as soon as one of them has, standing "
                            "consents count at once.");
    return {};
}

}  // namespace

Command register_dataset_command() {
    return {
        .path = "dataset register",
        .summary = "Offer licences of accepted work, or of data from outside",
        .flags = joined(
            {{"order", "N", "all accepted work of this order of yours", "", "", false, true},
             {"submissions", "LIST", "single submissions of your orders, with commas", "", "",
              false, true},
             {"data", "PATH", "data that no order brought; its RFC 6962 root is registered"},
             {"format", "FORMAT", "of --data: jsonl, csv or folder; by its name unless given"},
             {"root", "HASH", "that root, where the data is elsewhere"},
             {"data-uri", "TEXT", "where licensees find the data"},
             {"licence", "FILE", "the licence text; its SHA-256 is registered"},
             {"licence-hash", "HASH", "that SHA-256, where the text is elsewhere"},
             {"licence-uri", "TEXT", "where the text is found"},
             {"uses", "LIST", "what a licence permits: " + known_uses() + ", or all", "", "", true},
             {"price", "AMOUNT", "of one licence, as 10assay; 0 is free", "", "", true},
             {"duration", "TIME", "of a licence, as 365d", "forever"},
             {"exclusive", "", "one licence at a time"},
             {"transferable", "", "licences may be passed on"},
             {"contributors", "PERCENT", "of the price, shared by the items with consent", "0%"},
             {"royalty", "PERCENT", "of the price of datasets derived from this one, at least",
              "0%"},
             {"parent", "ID[:PERCENT]",
              "a dataset that this one is made of, and its royalty; what it asks unless given", "",
              "", false, true}},
            sending_flags()),
        .examples = {"assay dataset register --order 7 --licence LICENCE.md --uses train,evaluate "
                     "--price 10assay --contributors 40%",
                     "assay dataset register --data cleaned.jsonl --licence LICENCE.md --uses all "
                     "--price 25assay --parent 3 --parent 5:2.5%"},
        .notes =
            "Terms, contents and parents never change; \"assay dataset price\" changes the "
            "price. A parent of somebody else needs a licence of it that permits to derive.",
        .run = run_register};
}

}  // namespace assay::cli
