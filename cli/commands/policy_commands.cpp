// `assay order post-gold | post-redundant | open-gold | batches`: orders whose policy compares
// work.
#include "cli/client/ask.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/order_terms.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "cli/items/gold_file.hpp"
#include "cli/terminal/files.hpp"
#include "modules/market/redundant.hpp"
#include "modules/market/views_policy.hpp"

namespace assay::cli {

namespace {

using namespace market;

const Flag kGoldFile = {
    "gold-file", "FILE",
    "where the hidden answers are kept (mode 0600); ~/.assay/gold unless given"};

// DIR/<first digits of the root>.json
std::filesystem::path gold_path(const Arguments& arguments, const Hash256& root) {
    if (const auto given = arguments.maybe("gold-file")) return *given;
    return assay_home() / "gold" / (to_hex(root).substr(0, 16) + ".json");
}

Outcome<std::uint8_t> small_number(const Arguments& arguments, const char* name,
                                   std::uint64_t most) {
    const auto number = arguments.number(name, most);
    if (!number) return number.error();
    return static_cast<std::uint8_t>(*number);
}

// What --spec and the like say, into either kind of order.
template <class M>
Outcome<void> fill_terms(M& out, const Arguments& arguments, const RpcClient& rpc) {
    const auto spec = spec_hash_of(arguments);
    if (!spec) return spec.error();
    const auto price = price_of(arguments);
    if (!price) return price.error();
    const auto deadline = deadline_in(arguments, rpc);
    if (!deadline) return deadline.error();
    const auto items = arguments.number("batch-items", kMaxItems);
    if (!items) return items.error();
    if (*items == 0) return usage("--batch-items: at least 1");
    const auto replicas = small_number(arguments, "replicas", kMaxReplicas);
    if (!replicas) return replicas.error();
    const auto payload = arguments.number("max-payload-bytes", kMaxAnswerBytes);
    if (!payload) return payload.error();
    out.spec_hash = *spec;
    out.spec_uri = arguments.text("spec-uri");
    out.batch_items = *items;
    out.replicas = *replicas;
    out.price_per_item = *price;
    out.max_payload_bytes = static_cast<std::uint32_t>(*payload);
    out.deadline_s = *deadline;
    return {};
}

void note_order(const Session& session, const Sent& sent) {
    const auto posted = event_in(sent, "OrderPosted");
    if (const AbiValue* id = value_named(posted, "order"))
        session.output.note("Contributors deliver with \"assay submit commit PATH --order " +
                            id->text + " --batch N\"; \"assay order batches " + id->text +
                            "\" tells what happens when.");
}

Outcome<PostGold> gold_order(const Session& session, const RpcClient& rpc, GoldFile& file) {
    const Arguments& arguments = session.arguments;
    PostGold out;
    if (const auto good = fill_terms(out, arguments, rpc); !good) return good.error();
    const auto hidden = small_number(arguments, "gold-per-batch", 255);
    if (!hidden) return hidden.error();
    const auto opened = small_number(arguments, "gold-opened", kMaxGoldOpened);
    if (!opened) return opened.error();
    const auto forgiven = small_number(arguments, "forgiven", kMaxGoldOpened);
    if (!forgiven) return forgiven.error();
    const auto rejected = small_number(arguments, "rejected", kMaxGoldOpened);
    if (!rejected) return rejected.error();
    const auto planned =
        plan_gold(arguments.text("TASKS"), {.batch_items = out.batch_items,
                                            .gold_per_batch = *hidden,
                                            .max_answer_bytes = out.max_payload_bytes});
    if (!planned)
        return Problem{Exit::failed, arguments.text("TASKS") + ": " + planned.error().message};
    file = *planned;
    out.batches = file.batches;
    out.gold_root = file.root;
    out.gold_per_batch = *hidden;
    out.gold_opened = *opened;
    out.forgiven = *forgiven;
    out.rejected = *rejected;
    return out;
}

Outcome<void> run_post_gold(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    GoldFile file;
    const auto order = gold_order(session, sender->rpc(), file);
    if (!order) return order.error();
    const auto path = gold_path(session.arguments, file.root);
    const auto sent =
        send_typed(session, *sender, "market", *order, {}, [&] { return save_gold(path, file); });
    if (!sent) return sent.error();
    print_sent(session, *sent);
    if (sent->dry_run) return {};
    note_order(session, *sent);
    session.output.note("Keep " + path.string() +
                        ": without it the gold cannot be opened, and the bond pays for that.");
    return {};
}

Outcome<void> run_post_redundant(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    PostRedundant order;
    if (const auto good = fill_terms(order, session.arguments, sender->rpc()); !good)
        return good.error();
    const auto batches = session.arguments.number("batches", kMaxItems);
    if (!batches) return batches.error();
    const auto samples = small_number(session.arguments, "samples", kMaxScoredItems);
    if (!samples) return samples.error();
    const auto least = session.arguments.number("min-score-ppm", kPpm - 1);
    if (!least) return least.error();
    order.batches = *batches;
    order.samples = *samples;
    order.min_score_ppm = static_cast<std::uint32_t>(*least);
    const auto sent = send_typed(session, *sender, "market", order);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    note_order(session, *sent);
    return {};
}

// Sends openGold for one batch. Nothing where nobody needs it: no work, or opened before.
Outcome<std::optional<Sent>> open_batch(const Session& session, const Sender& sender,
                                        const GoldFile& file, std::uint64_t order,
                                        std::uint64_t number) {
    const auto batch =
        ask(sender.rpc(), ModuleId::market, GetBatch{.order = order, .batch = number});
    if (!batch) return batch.error();
    if (batch->submissions.empty() || !batch->opened_gold.empty()) return std::optional<Sent>{};
    const auto gold = prove_gold(file, batch->drawn_gold);
    if (!gold) return gold.error();
    const auto sent = send_typed(session, sender, "market",
                                 OpenGold{.order = order, .batch = number, .gold = *gold});
    if (!sent) return sent.error();
    return std::optional(*sent);
}

Outcome<void> run_open_gold(const Session& session) {
    const auto id = session.arguments.number("ORDER");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto batches = ask(sender->rpc(), ModuleId::market, GetBatches{.order = *id});
    if (!batches) return batches.error();
    if (batches->terms.seed.is_zero())
        return Problem{Exit::failed, "the gold of order " + std::to_string(*id) +
                                         " is not drawn yet: \"assay order batches " +
                                         std::to_string(*id) + "\" tells when"};
    const auto file = load_gold(gold_path(session.arguments, batches->terms.gold_root));
    if (!file) return file.error();
    if (file->root != batches->terms.gold_root)
        return usage("--gold-file: holds the answers of another order");
    std::uint64_t first = 0;
    std::uint64_t last = batches->terms.batches;
    if (session.arguments.has("batch")) {
        const auto one = session.arguments.number("batch", batches->terms.batches - 1);
        if (!one) return one.error();
        first = *one;
        last = *one + 1;
    }
    std::vector<Sent> opened;
    for (std::uint64_t batch = first; batch < last; ++batch) {
        auto sent = open_batch(session, *sender, *file, *id, batch);
        if (!sent) return sent.error();
        if (*sent) opened.push_back(std::move(**sent));
    }
    print_all_sent(session, opened);
    session.output.note("Opened the gold of " + std::to_string(opened.size()) +
                        (opened.size() == 1 ? " batch." : " batches."));
    return {};
}

void print_batches(Output& output, const Batches& batches, std::uint64_t now_s) {
    const BatchTerms& terms = batches.terms;
    Fields fields;
    fields.add("batches", std::to_string(terms.batches) + " of " +
                              std::to_string(terms.batch_items) + " tasks, done by " +
                              std::to_string(terms.replicas) + " each");
    fields.add("compared", std::to_string(terms.scored) + " items of each batch");
    fields.add("drawn", terms.seed.is_zero() ? when(batches.draws_at_s, now_s) : "yes");
    if (terms.gold_per_batch != 0) {
        fields.add("gold", std::to_string(terms.gold_per_batch) + " hidden in each batch, root " +
                               to_hex0x(terms.gold_root));
        fields.add("wrong answers", std::to_string(terms.forgiven) + " forgiven, " +
                                        std::to_string(terms.rejected) + " reject");
        fields.add("gold opened by", when(batches.gold_ends_s, now_s));
    } else {
        fields.add("rejected below", std::to_string(terms.min_score_ppm) + " ppm of agreement");
    }
    fields.add("verdict", when(batches.verdict_due_s, now_s));
    fields.print(output);
}

Outcome<void> run_batches(const Session& session) {
    const auto id = session.arguments.number("ORDER");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto batches = ask(*rpc, ModuleId::market, GetBatches{.order = *id});
    if (!batches) return batches.error();
    return show_record(session, *rpc, *batches, print_batches);
}

std::vector<Flag> batch_flags(std::vector<Flag> own) {
    const std::vector<Flag> shared = {
        {"batch-items", "N", "tasks of one batch: one submission answers them all", "", "", true},
        {"replicas", "N", "contributors of each batch, at most 7", own.empty() ? "3" : "1"},
        {"max-payload-bytes", "N", "of one answer, at most 1024", "64"},
    };
    return joined(joined(joined(order_term_flags(), shared), std::move(own)), sending_flags());
}

Command post_redundant_command() {
    auto flags = batch_flags({});
    flags.insert(flags.begin(),
                 {{"batches", "N", "how many batches", "", "", true},
                  {"samples", "N", "items of a batch that are compared, at most 64", "32"},
                  {"min-score-ppm", "N", "less agreement beyond chance is rejected", "200000"}});
    return {.path = "order post-redundant",
            .summary = "Ask for answers by several contributors each, paid by agreement",
            .flags = std::move(flags),
            .examples = {"assay order post-redundant --spec tasks.jsonl --batches 20 --batch-items "
                         "50 --replicas 3 --price 0.01assay"},
            .notes =
                "Each batch is done by several; what the beacon draws is compared, and pay is "
                "Cohen's kappa against the majority. Mix the classes in every batch: where "
                "all answers are alike, agreement shows nothing and nothing is paid.",
            .run = run_post_redundant};
}

}  // namespace

std::vector<Command> policy_commands() {
    const Positional order = {"ORDER", "its number"};
    return {
        {.path = "order post-gold",
         .summary = "Ask for answers that are checked against some that you hide",
         .positionals = {{"TASKS", "JSONL: one {\"task\", \"answer\"} a line, answer where known"}},
         .flags = batch_flags({
             {"gold-per-batch", "N", "answers hidden in each batch", "8"},
             {"gold-opened", "N", "of those, how many the beacon picks, at most 16", "6"},
             {"forgiven", "N", "wrong answers that cost nothing", "1"},
             {"rejected", "N", "wrong answers that reject the work", "3"},
             kGoldFile,
         }),
         .examples = {"assay order post-gold tasks.jsonl --spec rules.md --batch-items 50 --price "
                      "0.01assay"},
         .notes = "TASKS lists every task in order; contributors get it without the answers. Which "
                  "answers are hidden is drawn here and kept in the gold file. After the last "
                  "reveal the beacon picks some: open them with \"assay order open-gold\", or the "
                  "work passes and your bond pays for it.",
         .run = run_post_gold},
        post_redundant_command(),
        {.path = "order open-gold",
         .summary = "Open the gold that was drawn, for every batch that has work",
         .positionals = {order},
         .flags = joined({kGoldFile, {"batch", "N", "this batch alone"}}, sending_flags()),
         .examples = {"assay order open-gold 7"},
         .run = run_open_gold},
        {.path = "order batches",
         .summary = "An order's batches: what is compared, and when",
         .positionals = {order},
         .flags = {rpc_flag()},
         .examples = {"assay order batches 7", "assay order batches 7 --json"},
         .run = run_batches},
    };
}

}  // namespace assay::cli
