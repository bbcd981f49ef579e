// Blocks, headers, commits, validators and parameters by height or hash.
#include "rpc/comet/comet_api.hpp"
#include "rpc/comet/json_types.hpp"

namespace assay::rpc::comet {

namespace {

const std::vector<ArgSpec> kHeight{{"height", ArgKind::int64}};

RpcError bad_params(const Error& error) {
    return invalid_params("error converting json params to arguments: " + error.message);
}

Rpc<std::uint64_t> height_of(CometApi& api, const Args& args, std::uint64_t latest) {
    const auto asked = args.integer(0);
    if (!asked) return bad_params(asked.error());
    const auto height = api.height_or(latest, *asked);
    if (!height) return internal(height.error().message);
    return *height;
}

// nullptr where no block has this hash.
Rpc<FullBlockPtr> by_hash(CometApi& api, const Args& args) {
    const auto hash = args.bytes(0);
    if (!hash) return bad_params(hash.error());
    if (hash->size() != Hash256::kSize) return FullBlockPtr();
    const auto height = api.backend.height_of(Hash256::from(*hash));
    return height ? api.full(*height) : FullBlockPtr();
}

void put_block_of(JsonWriter& out, const FullBlockPtr& full) {
    put_block_result(out, full ? std::optional(full->block) : std::nullopt);
}

void put_header_of(JsonWriter& out, const FullBlockPtr& full) {
    out.StartObject();
    put_key(out, "header");
    if (full)
        put_header(out, full->block.block.header);
    else
        out.Null();
    out.EndObject();
}

Outcome block(CometApi& api, const Args& args, Call& call) {
    const auto height = height_of(api, args, api.backend.height());
    if (!height) return height.error();
    put_block_of(call.out, api.full(*height));
    return Done{};
}

Outcome block_by_hash(CometApi& api, const Args& args, Call& call) {
    const auto full = by_hash(api, args);
    if (!full) return full.error();
    put_block_of(call.out, *full);
    return Done{};
}

Outcome header(CometApi& api, const Args& args, Call& call) {
    const auto height = height_of(api, args, api.backend.height());
    if (!height) return height.error();
    put_header_of(call.out, api.full(*height));
    return Done{};
}

Outcome header_by_hash(CometApi& api, const Args& args, Call& call) {
    const auto full = by_hash(api, args);
    if (!full) return full.error();
    put_header_of(call.out, *full);
    return Done{};
}

// The commit in the block above; of the newest block the one that this node saw, which another
// node may hold with other signatures.
Outcome commit(CometApi& api, const Args& args, Call& call) {
    const std::uint64_t latest = api.backend.height();
    const auto height = height_of(api, args, latest);
    if (!height) return height.error();
    const auto full = api.full(*height);
    if (!full) {
        call.out.Null();
        return Done{};
    }
    const bool canonical = *height < latest;
    const auto above = canonical ? api.full(*height + 1) : FullBlockPtr();
    const auto seen = canonical ? std::nullopt : api.backend.seen_commit(*height);
    if (!above && !seen) return internal("the commit of this height is not stored");
    JsonWriter& out = call.out;
    out.StartObject();
    put_key(out, "signed_header");
    out.StartObject();
    put_key(out, "header");
    put_header(out, full->block.block.header);
    put_key(out, "commit");
    put_commit(out, above ? above->block.block.last_commit : *seen);
    out.EndObject();
    put_key(out, "canonical");
    out.Bool(canonical);
    out.EndObject();
    return Done{};
}

Outcome block_results(CometApi& api, const Args& args, Call& call) {
    const auto height = height_of(api, args, api.backend.height());
    if (!height) return height.error();
    const auto full = api.full(*height);
    if (!full) return internal("could not find results for height #" + std::to_string(*height));
    JsonWriter& out = call.out;
    out.StartObject();
    put_uint64(out, "height", *height);
    put_key(out, "txs_results");
    if (full->outcome.results.empty()) {
        out.Null();
    } else {
        out.StartArray();
        for (const auto& result : full->outcome.results) put_tx_result(out, result);
        out.EndArray();
    }
    put_key(out, "finalize_block_events");
    put_events(out, full->outcome.events);
    put_key(out, "validator_updates");
    put_validator_updates(out, full->outcome.updates);
    put_key(out, "consensus_param_updates");
    out.Null();
    put_bytes(out, "app_hash", full->outcome.app_hash);
    out.EndObject();
    return Done{};
}

struct Range {
    std::int64_t low = 0;
    std::int64_t high = 0;
};

// CometBFT's filterMinMax: missing ends are open, and the lower end gives way to the limit.
Result<Range> blockchain_range(const CometApi& api, Range asked, std::int64_t newest) {
    if (asked.low < 0 || asked.high < 0) return failure("heights must be non-negative");
    const auto count = static_cast<std::int64_t>(api.limits.blockchain_blocks);
    const auto base = static_cast<std::int64_t>(api.backend.base());
    const std::int64_t high = std::min(newest, asked.high == 0 ? newest : asked.high);
    const std::int64_t low =
        std::max({base, asked.low == 0 ? std::int64_t{1} : asked.low, high - count + 1});
    if (low > high)
        return failure("min height " + std::to_string(low) + " can't be greater than max height " +
                       std::to_string(high));
    return Range{low, high};
}

Outcome blockchain(CometApi& api, const Args& args, Call& call) {
    const auto low = args.integer(0);
    const auto high = args.integer(1);
    if (!low) return bad_params(low.error());
    if (!high) return bad_params(high.error());
    const auto newest = static_cast<std::int64_t>(api.backend.height());
    const auto range = blockchain_range(api, {low->value_or(0), high->value_or(0)}, newest);
    if (!range) return internal(range.error().message);
    JsonWriter& out = call.out;
    out.StartObject();
    put_int64(out, "last_height", newest);
    put_key(out, "block_metas");
    out.StartArray();
    for (std::int64_t height = range->high; height >= range->low; --height)
        if (const auto stored = api.backend.block(static_cast<std::uint64_t>(height)))
            put_block_meta(out, *stored);
    out.EndArray();
    out.EndObject();
    return Done{};
}

Outcome validators(CometApi& api, const Args& args, Call& call) {
    const auto height = height_of(api, args, api.uncommitted_height());
    if (!height) return height.error();
    const auto page_asked = args.integer(1);
    const auto per_page = args.integer(2);
    if (!page_asked) return bad_params(page_asked.error());
    if (!per_page) return bad_params(per_page.error());
    const auto set = api.backend.validators_at(*height);
    if (!set)
        return internal("could not find validator set for height #" + std::to_string(*height));
    const auto page = page_of(*page_asked, *per_page, set->size());
    if (!page) return internal(page.error().message);
    JsonWriter& out = call.out;
    out.StartObject();
    put_uint64(out, "block_height", *height);
    put_key(out, "validators");
    out.StartArray();
    for (std::size_t i = 0; i < page->count; ++i)
        put_validator(out, set->validators()[page->first + i]);
    out.EndArray();
    put_uint64(out, "count", page->count);
    put_uint64(out, "total", set->size());
    out.EndObject();
    return Done{};
}

Outcome consensus_params(CometApi& api, const Args& args, Call& call) {
    const auto height = height_of(api, args, api.uncommitted_height());
    if (!height) return height.error();
    call.out.StartObject();
    put_uint64(call.out, "block_height", *height);
    put_key(call.out, "consensus_params");
    put_params(call.out, api.backend.node());
    call.out.EndObject();
    return Done{};
}

// The short form: the height being decided and who proposes first in it. Rounds and votes stay with
// consensus, whose thread no reader disturbs.
void put_round_state(JsonWriter& out, CometApi& api) {
    const std::uint64_t latest = api.backend.height();
    const auto full = api.full(latest);
    const auto set = api.backend.validators_at(latest + 1);
    put_key(out, "round_state");
    out.StartObject();
    put_text(out, "height/round/step", std::to_string(latest + 1) + "/0/1");
    put_time(out, "start_time",
             full ? full->block.block.header.time : api.backend.node().genesis_time);
    put_hex(out, "proposal_block_hash", {});
    put_hex(out, "locked_block_hash", {});
    put_hex(out, "valid_block_hash", {});
    put_key(out, "height_vote_set");
    out.StartArray();
    out.EndArray();
    put_key(out, "proposer");
    out.StartObject();
    const auto at = set ? set->index_of(set->proposer().address) : std::nullopt;
    put_hex(out, "address", at ? ByteView(set->validators()[*at].address) : ByteView());
    put_number(out, "index", at ? static_cast<std::int64_t>(*at) : 0);
    out.EndObject();
    out.EndObject();
}

Outcome consensus_state(CometApi& api, const Args&, Call& call) {
    call.out.StartObject();
    put_round_state(call.out, api);
    call.out.EndObject();
    return Done{};
}

Outcome dump_consensus_state(CometApi& api, const Args&, Call& call) {
    call.out.StartObject();
    put_round_state(call.out, api);
    put_key(call.out, "peers");
    call.out.StartArray();
    call.out.EndArray();
    call.out.EndObject();
    return Done{};
}

}  // namespace

void add_chain_methods(Dispatcher& dispatcher, CometApi& api) {
    api.add(dispatcher, "block", "A block and its id", kHeight, block);
    api.add(dispatcher, "block_by_hash", "A block by its header's hash", {{"hash", ArgKind::bytes}},
            block_by_hash);
    api.add(dispatcher, "header", "A block's header", kHeight, header);
    api.add(dispatcher, "header_by_hash", "A header by its hash", {{"hash", ArgKind::hex_bytes}},
            header_by_hash);
    api.add(dispatcher, "commit", "A header with the commit for it", kHeight, commit);
    api.add(dispatcher, "block_results", "What executing a block gave", kHeight, block_results);
    api.add(dispatcher, "blockchain", "Headers of up to 20 blocks, newest first",
            {{"minHeight", ArgKind::int64}, {"maxHeight", ArgKind::int64}}, blockchain);
    api.add(dispatcher, "validators", "Who decides a height",
            {{"height", ArgKind::int64}, {"page", ArgKind::int64}, {"per_page", ArgKind::int64}},
            validators);
    api.add(dispatcher, "consensus_params", "The consensus parameters", kHeight, consensus_params);
    api.add(dispatcher, "consensus_state", "The height being decided, in short", {},
            consensus_state);
    api.add(dispatcher, "dump_consensus_state", "As consensus_state", {}, dump_consensus_state);
}

}  // namespace assay::rpc::comet
