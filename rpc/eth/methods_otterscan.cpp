// ots_*: what the Otterscan explorer asks beside eth_*.
#include <algorithm>

#include "chain/codec/abi_json.hpp"
#include "rpc/eth/eth_api.hpp"
#include "rpc/eth/json_block.hpp"

namespace assay::rpc {

namespace {

constexpr std::uint64_t kApiLevel = 8;
constexpr std::size_t kMaxPage = 25;  // transactions of one search page
constexpr std::size_t kMaxBlockPage = 1'000;

const MethodParam kBlock{.name = "block", .type = "string"};
const MethodParam kAddress{.name = "address", .type = "string"};
const MethodParam kTxHash{.name = "transactionHash", .type = "string"};

// Parameter 0 as a block; null is answered for an unknown one.
Rpc<FullBlockPtr> block_at(const EthApi& api, const Params& params) {
    const auto ref = params.get(0, read_block_ref);
    if (!ref) return ref.error();
    const auto height = api.blocks.height_of(*ref);
    return height ? api.blocks.full(*height) : FullBlockPtr();
}

Amount fees_of(const FullBlock& block) {
    Amount total;
    for (const auto& receipt : block.receipts)
        if (const auto fee = checked_mul(receipt.effective_gas_price, Amount(receipt.gas_used)))
            total = sum_of(total, *fee);
    return total;
}

void put_block_summary(JsonWriter& out, const FullBlock& block) {
    out.StartObject();
    put_header_members(out, block.info);
    put_quantity(out, "transactionCount", block.txs.size());
    out.Key("uncles");
    out.StartArray();
    out.EndArray();
    out.EndObject();
}

Outcome block_details(EthApi& api, Call& call, const Params& params) {
    const auto block = block_at(api, params);
    if (!block) return block.error();
    if (!*block) {
        call.out.Null();
        return Done{};
    }
    JsonWriter& out = call.out;
    out.StartObject();
    out.Key("block");
    put_block_summary(out, **block);
    out.Key("issuance");
    out.StartObject();
    for (const char* key : {"blockReward", "uncleReward", "issuance"})
        put_quantity(out, key, Amount());
    out.EndObject();
    put_quantity(out, "totalFees", fees_of(**block));
    out.EndObject();
    return Done{};
}

// Pages count from the newest transaction backwards.
Outcome block_transactions(EthApi& api, Call& call, const Params& params) {
    const auto block = block_at(api, params);
    if (!block) return block.error();
    const auto page = params.get(1, read_uint);
    if (!page) return page.error();
    const auto size = params.get(2, read_uint);
    if (!size) return size.error();
    if (!*block || *size > kMaxBlockPage || *page > (*block)->txs.size()) {
        call.out.Null();
        return Done{};
    }
    const std::size_t count = (*block)->txs.size();
    const std::size_t end = count - std::min<std::size_t>(count, *page * *size);
    const std::size_t begin = end - std::min<std::size_t>(end, *size);
    JsonWriter& out = call.out;
    out.StartObject();
    out.Key("fullblock");
    out.StartObject();
    put_header_members(out, (*block)->info);
    put_quantity(out, "transactionCount", count);
    out.Key("uncles");
    out.StartArray();
    out.EndArray();
    out.Key("transactions");
    out.StartArray();
    for (std::size_t i = begin; i < end; ++i) put_tx(out, **block, i, api.backend.checker.chain_id);
    out.EndArray();
    out.EndObject();
    out.Key("receipts");
    out.StartArray();
    for (std::size_t i = begin; i < end; ++i) put_receipt(out, **block, i);
    out.EndArray();
    out.EndObject();
    return Done{};
}

Outcome transaction_error(EthApi& api, Call& call, const Params& params) {
    const auto hash = params.get(0, read_hash);
    if (!hash) return hash.error();
    const auto at = api.backend.index.locate(*hash);
    const auto receipt = at ? api.backend.index.receipt(*at) : std::nullopt;
    Bytes reason;
    if (receipt && receipt->code != TxCode::ok)
        reason = abi::encode_refused(static_cast<std::uint16_t>(receipt->code),
                                     std::string(name_of(receipt->code)));
    put_data(call.out, reason);
    return Done{};
}

Outcome has_code(EthApi& api, Call& call, const Params& params) {
    const auto address = params.get(0, read_address);
    if (!address) return address.error();
    call.out.Bool(api.backend.registry.module_at(*address) != nullptr || *address == kMulticall3);
    return Done{};
}

// Every transaction logs a Transfer with its sender, and every payment one with both sides, so the
// bloom of a block knows the addresses in it.
struct Search {
    const EthApi& api;
    Address address;
    Hash256 topic;
    std::vector<std::pair<FullBlockPtr, std::size_t>> found = {};

    Search(const EthApi& use, const Address& who) : api(use), address(who) {
        std::copy(who.begin(), who.end(), topic.bytes.begin() + 12);
    }
    bool concerns(const FullBlock& block, std::size_t index) const {
        if (block.txs[index].sender == address) return true;
        for (const auto& log : block.receipts[index].logs) {
            if (log.address == address) return true;
            if (std::find(log.topics.begin(), log.topics.end(), topic) != log.topics.end())
                return true;
        }
        return false;
    }
    // Adds a block's transactions, newest first.
    void visit(std::uint64_t height) {
        const auto info = api.backend.index.block(height);
        if (!info || (!may_contain(info->header.logs_bloom, topic) &&
                      !may_contain(info->header.logs_bloom, address)))
            return;
        const auto block = api.blocks.full(height);
        if (!block) return;  // below the history that this node has
        for (std::size_t i = block->txs.size(); i-- > 0;)
            if (concerns(*block, i)) found.emplace_back(block, i);
    }
};

void put_found(JsonWriter& out, const Search& search, bool first, bool last) {
    out.StartObject();
    out.Key("txs");
    out.StartArray();
    for (const auto& [block, index] : search.found)
        put_tx(out, *block, index, search.api.backend.checker.chain_id);
    out.EndArray();
    out.Key("receipts");
    out.StartArray();
    for (const auto& [block, index] : search.found) {
        put_receipt(out, *block, index);
    }
    out.EndArray();
    out.Key("firstPage");
    out.Bool(first);
    out.Key("lastPage");
    out.Bool(last);
    out.EndObject();
}

struct SearchParams {
    Address address;
    std::uint64_t height = 0;
    std::size_t page = 0;
};
Rpc<SearchParams> read_search(const Params& params) {
    const auto address = params.get(0, read_address);
    if (!address) return address.error();
    const auto height = params.get(1, read_uint);
    if (!height) return height.error();
    const auto page = params.get(2, read_uint);
    if (!page) return page.error();
    return SearchParams{*address, *height, std::min<std::size_t>(*page, kMaxPage)};
}

// Older than the height; 0 starts from the newest.
Outcome search_before(EthApi& api, Call& call, const Params& params) {
    const auto wanted = read_search(params);
    if (!wanted) return wanted.error();
    Search search(api, wanted->address);
    const std::uint64_t latest = api.blocks.latest();
    const bool first = wanted->height == 0 || wanted->height > latest;
    std::uint64_t next = first ? latest + 1 : wanted->height;
    for (std::uint64_t seen = 0;
         next > 0 && seen < api.limits.search_blocks && search.found.size() < wanted->page; ++seen)
        search.visit(--next);
    put_found(call.out, search, first, next == 0);
    return Done{};
}

// Newer than the height; 0 starts from the oldest. Newest first all the same.
Outcome search_after(EthApi& api, Call& call, const Params& params) {
    const auto wanted = read_search(params);
    if (!wanted) return wanted.error();
    Search search(api, wanted->address);
    const std::uint64_t latest = api.blocks.latest();
    std::uint64_t next = wanted->height == 0 ? 0 : wanted->height + 1;
    std::vector<std::pair<FullBlockPtr, std::size_t>> all;
    for (std::uint64_t seen = 0;
         next <= latest && seen < api.limits.search_blocks && all.size() < wanted->page; ++seen) {
        search.found.clear();
        search.visit(next++);
        all.insert(all.begin(), search.found.begin(), search.found.end());
    }
    search.found = std::move(all);
    put_found(call.out, search, next > latest, wanted->height == 0);
    return Done{};
}

Outcome by_sender_and_nonce(EthApi& api, Call& call, const Params& params) {
    const auto address = params.get(0, read_address);
    if (!address) return address.error();
    const auto nonce = params.get(1, read_uint);
    if (!nonce) return nonce.error();
    Search search(api, *address);
    std::uint64_t next = api.blocks.latest() + 1;
    for (std::uint64_t seen = 0; next > 0 && seen < api.limits.search_blocks; ++seen) {
        search.found.clear();
        search.visit(--next);
        for (const auto& [block, index] : search.found) {
            const StoredTx& tx = block->txs[index];
            if (tx.sender != *address || is_boundary_tx(tx)) continue;
            const auto envelope = decode_envelope(tx.raw);
            if (!envelope || envelope->nonce != *nonce) continue;
            put_data(call.out, tx.hash);
            return Done{};
        }
    }
    call.out.Null();
    return Done{};
}

Outcome empty_list(EthApi&, Call& call, const Params& params) {
    if (const auto hash = params.get(0, read_hash); !hash) return hash.error();
    call.out.StartArray();
    call.out.EndArray();
    return Done{};
}

Outcome nothing(EthApi&, Call& call, const Params& params) {
    if (const auto address = params.get(0, read_address); !address) return address.error();
    call.out.Null();
    return Done{};
}

Outcome api_level(EthApi&, Call& call, const Params&) {
    call.out.Uint64(kApiLevel);
    return Done{};
}

}  // namespace

void add_otterscan_methods(Dispatcher& dispatcher, EthApi& api) {
    const auto add = [&](const char* name, const char* summary, std::vector<MethodParam> params,
                         auto handler) {
        dispatcher.add({.name = name, .summary = summary, .params = std::move(params)},
                       [&api, handler](Call& call) -> Outcome {
                           const auto read = Params::of(call);
                           if (!read) return read.error();
                           return handler(api, call, *read);
                       });
    };
    const MethodParam page{.name = "page", .type = "integer"};
    const MethodParam size{.name = "pageSize", .type = "integer"};
    const MethodParam height{.name = "height", .type = "integer"};
    const MethodParam nonce{.name = "nonce", .type = "integer"};
    add("ots_getApiLevel", "8", {}, api_level);
    add("ots_getBlockDetails", "Block without transactions, and its fees", {kBlock}, block_details);
    add("ots_getBlockDetailsByHash", "Block without transactions, and its fees", {kBlock},
        block_details);
    add("ots_getBlockTransactions", "A page of a block", {kBlock, page, size}, block_transactions);
    add("ots_getTransactionError", "ABI bytes of the refusal", {kTxHash}, transaction_error);
    add("ots_hasCode", "True for modules", {kAddress, kBlock}, has_code);
    add("ots_searchTransactionsBefore", "Transactions of an address", {kAddress, height, size},
        search_before);
    add("ots_searchTransactionsAfter", "Transactions of an address", {kAddress, height, size},
        search_after);
    add("ots_getTransactionBySenderAndNonce", "Hash", {kAddress, nonce}, by_sender_and_nonce);
    add("ots_getInternalOperations", "Empty", {kTxHash}, empty_list);
    add("ots_traceTransaction", "Empty", {kTxHash}, empty_list);
    add("ots_getContractCreator", "null", {kAddress}, nothing);
}

}  // namespace assay::rpc
