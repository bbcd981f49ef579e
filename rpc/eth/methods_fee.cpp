// Prices: what the next block asks and what recent blocks paid.
#include <algorithm>

#include "rpc/eth/eth_api.hpp"

namespace assay::rpc {

namespace {

constexpr std::uint64_t kSuggestionBlocks = 20;
constexpr std::size_t kSuggestionPercentile = 60;
constexpr std::uint64_t kLeastTip = 1'000'000;  // offered where nobody bids: 0.001 gwei
constexpr std::size_t kMaxPercentiles = 100;

Amount next_base_fee(const EthApi& api) {
    return api.backend.executor.base_fee(State(*api.backend.store.latest()));
}

struct Paid {
    Amount tip;
    std::uint64_t gas = 0;
};

// Tips of a block's transactions, cheapest first.
std::vector<Paid> tips_of(const FullBlock& block) {
    std::vector<Paid> out;
    for (std::size_t i = 0; i < block.txs.size(); ++i) {
        if (is_boundary_tx(block.txs[i])) continue;
        const Receipt& receipt = block.receipts[i];
        const auto tip = checked_sub(receipt.effective_gas_price, block.info.header.base_fee);
        out.push_back({.tip = tip.value_or(Amount()), .gas = receipt.gas_used});
    }
    std::sort(out.begin(), out.end(), [](const Paid& a, const Paid& b) { return a.tip < b.tip; });
    return out;
}

Amount suggested_tip(const EthApi& api) {
    std::vector<Amount> tips;
    const std::uint64_t latest = api.blocks.latest();
    const std::uint64_t first = latest - std::min(latest, kSuggestionBlocks - 1);
    for (std::uint64_t height = first; height <= latest; ++height)
        if (const auto block = api.blocks.full(height))
            for (const auto& paid : tips_of(*block)) tips.push_back(paid.tip);
    if (tips.empty()) return kLeastTip;
    const auto at =
        tips.begin() + static_cast<std::ptrdiff_t>((tips.size() - 1) * kSuggestionPercentile / 100);
    std::nth_element(tips.begin(), at, tips.end());
    return max_of(*at, kLeastTip);
}

Result<std::vector<double>> read_percentiles(const JsonValue& value) {
    if (!value.IsArray() || value.Size() > kMaxPercentiles)
        return failure("expected at most 100 percentiles");
    std::vector<double> out;
    for (const auto& item : value.GetArray()) {
        if (!item.IsNumber()) return failure("expected numbers");
        const double percentile = item.GetDouble();
        if (percentile < 0 || percentile > 100) return failure("invalid reward percentile");
        if (!out.empty() && percentile < out.back())
            return failure("reward percentiles must ascend");
        out.push_back(percentile);
    }
    return out;
}

// The tip at each percentile of the block's gas; zeros for an empty block.
void put_rewards(JsonWriter& out, const FullBlock& block, const std::vector<double>& percentiles) {
    const auto tips = tips_of(block);
    std::uint64_t total = 0;
    for (const auto& paid : tips) total += paid.gas;
    out.StartArray();
    std::size_t at = 0;
    std::uint64_t reached = tips.empty() ? 0 : tips[0].gas;
    for (const double percentile : percentiles) {
        const double target = static_cast<double>(total) * percentile / 100;
        while (at + 1 < tips.size() && static_cast<double>(reached) < target)
            reached += tips[++at].gas;
        put_quantity(out, tips.empty() ? Amount() : tips[at].tip);
    }
    out.EndArray();
}

Outcome fee_history(const EthApi& api, Call& call) {
    const auto params = Params::of(call);
    if (!params) return params.error();
    const auto count = params->get(0, read_uint);
    if (!count) return count.error();
    const auto ref = params->get(1, read_block_ref);
    if (!ref) return ref.error();
    const auto percentiles = params->get_or(2, read_percentiles, {});
    if (!percentiles) return percentiles.error();
    const auto newest = api.blocks.height_of(*ref);
    if (!newest) return server_error("request beyond head block");
    const std::uint64_t stored =
        *newest + 1 - std::min(*newest + 1, api.backend.index.earliest_height());
    const std::uint64_t blocks = std::min({*count, api.limits.fee_history_blocks, stored});
    const std::uint64_t oldest = *newest + 1 - blocks;
    std::vector<FullBlockPtr> all;
    for (std::uint64_t height = oldest; height <= *newest; ++height)
        if (auto block = api.blocks.full(height)) all.push_back(std::move(block));
    JsonWriter& out = call.out;
    out.StartObject();
    put_quantity(out, "oldestBlock", blocks == 0 ? Amount() : Amount(oldest));
    out.Key("baseFeePerGas");
    out.StartArray();
    for (const auto& block : all) put_quantity(out, block->info.header.base_fee);
    const auto following = api.backend.index.block(*newest + 1);
    if (blocks > 0) put_quantity(out, following ? following->header.base_fee : next_base_fee(api));
    out.EndArray();
    out.Key("gasUsedRatio");
    out.StartArray();
    for (const auto& block : all)
        out.Double(block->info.header.gas_limit == 0
                       ? 0.0
                       : static_cast<double>(block->info.header.gas_used) /
                             static_cast<double>(block->info.header.gas_limit));
    out.EndArray();
    if (!percentiles->empty()) {
        out.Key("reward");
        out.StartArray();
        for (const auto& block : all) put_rewards(out, *block, *percentiles);
        out.EndArray();
    }
    out.EndObject();
    return Done{};
}

}  // namespace

void add_fee_methods(Dispatcher& dispatcher, EthApi& api) {
    dispatcher.add({.name = "eth_gasPrice", .summary = "Base fee and usual tip", .params = {}},
                   [&api](Call& call) -> Outcome {
                       put_quantity(call.out, sum_of(next_base_fee(api), suggested_tip(api)));
                       return Done{};
                   });
    dispatcher.add({.name = "eth_maxPriorityFeePerGas", .summary = "Usual tip", .params = {}},
                   [&api](Call& call) -> Outcome {
                       put_quantity(call.out, suggested_tip(api));
                       return Done{};
                   });
    dispatcher.add({.name = "eth_feeHistory",
                    .summary = "Base fees, fill ratios and tips of recent blocks",
                    .params = {{.name = "blockCount", .type = "string"},
                               {.name = "newestBlock", .type = "string"},
                               {.name = "rewardPercentiles", .type = "array", .required = false}}},
                   [&api](Call& call) { return fee_history(api, call); });
}

}  // namespace assay::rpc
