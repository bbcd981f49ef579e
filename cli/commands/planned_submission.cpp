// Hashing a data set for an order.
#include "cli/commands/planned_submission.hpp"

#include "cli/commands/data_flags.hpp"
#include "cli/terminal/output.hpp"
#include "modules/market/views_policy.hpp"

namespace assay::cli {

namespace {

Outcome<Hash256> hash_or_zero(const Arguments& arguments, const std::string& name) {
    const auto text = arguments.maybe(name);
    if (!text) return Hash256{};
    const auto hash = fixed_from_hex<32>(*text);
    if (!hash) return usage("--" + name + ": " + hash.error().message);
    return *hash;
}

}  // namespace

std::vector<Flag> work_flags() {
    std::vector<Flag> out = {
        {"order", "N", "the order that the work is for", "", "", true},
        {"file", "FILE",
         "where to keep secret and salts (mode 0600); ~/.assay/submissions unless given"},
        {"batch", "N", "the batch of tasks that the work answers, where the order has batches"},
        {"ciphertext-root", "HASH", "RFC 6962 root of the encrypted payloads, where delivered so"},
        {"key-hash", "HASH", "SHA-256 of the delivery key, where delivered so"},
    };
    for (auto flag : data_flags()) {
        if (flag.name == "kind") continue;  // the order says it
        out.push_back(std::move(flag));
    }
    return out;
}

Outcome<SubmissionFile> planned(const Session& session, const Sender& sender,
                                const market::Order& order) {
    const Arguments& arguments = session.arguments;
    const auto source = work_of(arguments, arguments.text("PATH"), order.item_kind);
    if (!source) return source.error();
    const auto ciphertext = hash_or_zero(arguments, "ciphertext-root");
    if (!ciphertext) return ciphertext.error();
    const auto key_hash = hash_or_zero(arguments, "key-hash");
    if (!key_hash) return key_hash.error();
    DataProgress progress(*source, "hashing", !session.output.json());
    const auto file = plan_submission(*source,
                                      {.chain_id = sender.chain_id(),
                                       .order = order.id,
                                       .contributor = sender.address(),
                                       .max_payload_bytes = order.max_payload_bytes,
                                       .ciphertext_root = *ciphertext,
                                       .key_hash = *key_hash},
                                      progress.callback());
    if (!file) return file.error();
    return *file;
}

Outcome<std::optional<std::uint64_t>> batch_of(const Session& session, const Sender& sender,
                                               const market::Order& order,
                                               const SubmissionFile& file) {
    const bool given = session.arguments.has("batch");
    if (order.policy != market::Policy::gold && order.policy != market::Policy::redundant) {
        if (given) return usage("--batch: order " + std::to_string(order.id) + " has no batches");
        return std::optional<std::uint64_t>{};
    }
    const auto batches = ask(sender.rpc(), ModuleId::market, market::GetBatches{.order = order.id});
    if (!batches) return batches.error();
    const market::BatchTerms& terms = batches->terms;
    if (!given)
        return usage("missing: --batch N, which of the order's batches 0.." +
                     std::to_string(terms.batches - 1) + " the work answers");
    const auto batch = session.arguments.number("batch", terms.batches - 1);
    if (!batch) return batch.error();
    if (file.item_count != terms.batch_items)
        return usage("the work has " + std::to_string(file.item_count) +
                     " items, a batch of this order has " + std::to_string(terms.batch_items));
    return std::optional(*batch);
}

std::filesystem::path path_for(const Arguments& arguments, const SubmissionFile& file) {
    if (arguments.has("file")) return arguments.text("file");
    return submission_path(submissions_home(), file);
}

}  // namespace assay::cli
