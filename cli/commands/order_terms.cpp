// Reading the terms of orders.
#include "cli/commands/order_terms.hpp"

#include "chain/crypto/hash.hpp"
#include "cli/commands/fields.hpp"
#include "cli/commands/present.hpp"
#include "cli/terminal/files.hpp"

namespace assay::cli {

namespace {

constexpr std::uint64_t kLargestSpec = 64ULL << 20U;

}  // namespace

Flag price_flag() {
    return {"price", "AMOUNT", "for one accepted item, as 0.1assay", "", "", true};
}

std::vector<Flag> order_term_flags() {
    return {
        {"spec", "FILE", "the document that says what a good item is; its SHA-256 is posted"},
        {"spec-hash", "HASH", "that SHA-256, where the document is elsewhere"},
        {"spec-uri", "TEXT", "where contributors and jurors find the document"},
        price_flag(),
        {"deadline", "TIME", "no commitment after it: +36h from now, or seconds since 1970", "+7d"},
    };
}

Outcome<Amount> price_of(const Arguments& arguments) {
    const auto price = parse_money(arguments.text("price"));
    if (!price) return usage("--price: " + price.error().message);
    return *price;
}

Outcome<Hash256> spec_hash_of(const Arguments& arguments) {
    if (const auto file = arguments.maybe("spec")) {
        const auto text = read_text_file(*file, kLargestSpec);
        if (!text) return text.error();
        return sha256(view_of(*text));
    }
    const auto given = arguments.maybe("spec-hash");
    if (!given)
        return usage(
            "missing: --spec FILE, the document that says what a good item is (or its "
            "SHA-256 as --spec-hash)");
    const auto hash = fixed_from_hex<32>(*given);
    if (!hash) return usage("--spec-hash: " + hash.error().message);
    return *hash;
}

Outcome<std::uint64_t> deadline_in(const Arguments& arguments, const RpcClient& rpc) {
    const auto now = rpc.latest_time_s();
    if (!now) return now.error();
    return parse_moment(arguments.text("deadline"), *now, "--deadline");
}

}  // namespace assay::cli
