// Transactions: taking them, finding them by SHA-256, and those that wait.
#include "chain/crypto/hash.hpp"
#include "rpc/comet/comet_api.hpp"
#include "rpc/comet/json_types.hpp"

namespace assay::rpc::comet {

namespace {

const std::vector<ArgSpec> kTx{{"tx", ArgKind::bytes}};
constexpr std::string_view kCodespace = "assay";

// What the mempool refuses as CometBFT's own would, which is an error of the call and no answer of
// the application.
Result<void> mempool_error(const TxRejection& rejection) {
    if (rejection.message == "already known") return failure("tx already exists in cache");
    if (rejection.message == "txpool is full") return failure("mempool is full");
    return {};
}

// A refusal of the envelope has no code of its own: 1.
CometTxResult refused(const TxRejection& rejection) {
    const auto code = static_cast<std::uint32_t>(rejection.code);
    return {.code = code == 0 ? 1 : code,
            .log = rejection.message,
            .codespace = std::string(kCodespace)};
}

Rpc<Bytes> tx_of(const Args& args) {
    auto tx = args.bytes(0);
    if (!tx)
        return invalid_params("error converting json params to arguments: " + tx.error().message);
    if (tx->size() > kMaxTxBytes)
        return internal("Tx too large. Max size is " + std::to_string(kMaxTxBytes) + ", but got " +
                        std::to_string(tx->size()));
    return std::move(*tx);
}

void put_broadcast(JsonWriter& out, const CometTxResult& result, const Hash256& hash) {
    out.StartObject();
    put_number(out, "code", result.code);
    put_hex(out, "data", {});
    put_text(out, "log", result.log);
    put_text(out, "codespace", result.codespace);
    put_hex(out, "hash", hash);
    out.EndObject();
}

Outcome broadcast(CometApi& api, const Args& args, Call& call, bool tell) {
    auto tx = tx_of(args);
    if (!tx) return tx.error();
    const Hash256 hash = sha256(*tx);
    const auto taken = api.backend.submit(std::move(*tx));
    CometTxResult checked;
    if (!taken) {
        if (const auto full = mempool_error(taken.error()); !full)
            return internal(full.error().message);
        if (tell) checked = refused(taken.error());
    }
    put_broadcast(call.out, checked, hash);
    return Done{};
}

Outcome broadcast_sync(CometApi& api, const Args& args, Call& call) {
    return broadcast(api, args, call, true);
}

Outcome broadcast_async(CometApi& api, const Args& args, Call& call) {
    return broadcast(api, args, call, false);
}

// Waits before it submits, so that no block passes unseen.
void submit_and_wait(CometApi& api, Bytes tx, const Complete& complete) {
    const Hash256 hash = sha256(tx);
    std::uint64_t ticket = 0;
    if (!api.events.wait(hash, ticket, complete))
        return complete(internal("too many calls wait for blocks"));
    const auto taken = api.backend.submit(std::move(tx));
    if (taken) return;
    const Complete mine = api.events.take(hash, ticket);
    if (!mine) return;
    if (const auto full = mempool_error(taken.error()); !full)
        return mine(internal("error on broadcastTxCommit: " + full.error().message));
    mine(commit_result(refused(taken.error()), {}, hash, 0));
}

Outcome broadcast_commit(CometApi& api, const Args& args, Call&) {
    auto tx = tx_of(args);
    if (!tx) return tx.error();
    return Deferred{[&api, raw = std::move(*tx)](const Complete& complete) {
        submit_and_wait(api, raw, complete);
    }};
}

Outcome check_tx(CometApi& api, const Args& args, Call& call) {
    auto tx = tx_of(args);
    if (!tx) return tx.error();
    const auto checked = api.backend.check(std::move(*tx));
    if (checked)
        put_tx_result(call.out,
                      {.gas_wanted = static_cast<std::int64_t>((*checked)->envelope.gas_limit)});
    else
        put_tx_result(call.out, refused(checked.error()));
    return Done{};
}

void put_waiting(JsonWriter& out, std::size_t shown, CometWaiting waiting) {
    put_uint64(out, "n_txs", shown);
    put_uint64(out, "total", waiting.count);
    put_uint64(out, "total_bytes", waiting.bytes);
    put_key(out, "txs");
}

Outcome unconfirmed_txs(CometApi& api, const Args& args, Call& call) {
    const auto limit = args.integer(0);
    if (!limit) return invalid_params(limit.error().message);
    const auto txs = api.backend.waiting_txs(per_page_of(*limit));
    call.out.StartObject();
    put_waiting(call.out, txs.size(), api.backend.waiting());
    put_txs(call.out, txs);
    call.out.EndObject();
    return Done{};
}

Outcome num_unconfirmed_txs(CometApi& api, const Args&, Call& call) {
    const CometWaiting waiting = api.backend.waiting();
    call.out.StartObject();
    put_waiting(call.out, waiting.count, waiting);
    call.out.Null();
    call.out.EndObject();
    return Done{};
}

Outcome tx(CometApi& api, const Args& args, Call& call) {
    const auto hash = args.bytes(0);
    const auto prove = args.boolean(1);
    if (!hash) return invalid_params(hash.error().message);
    if (!prove) return invalid_params(prove.error().message);
    const auto place =
        hash->size() == Hash256::kSize ? api.backend.locate(Hash256::from(*hash)) : std::nullopt;
    const auto full = place ? api.full(place->height) : FullBlockPtr();
    if (!full) return internal("tx (" + upper_hex(*hash) + ") not found");
    put_tx(call.out, *full, place->index, *prove);
    return Done{};
}

Outcome broadcast_evidence(CometApi&, const Args&, Call&) {
    return internal("failed to add evidence: this node takes evidence from its peers alone");
}

}  // namespace

void put_tx(JsonWriter& out, const FullBlock& full, std::size_t index, bool prove) {
    const auto& txs = full.block.block.txs;
    out.StartObject();
    put_hex(out, "hash", sha256(txs[index]));
    put_int64(out, "height", full.block.block.header.height);
    put_number(out, "index", static_cast<std::int64_t>(index));
    put_key(out, "tx_result");
    put_tx_result(out, full.outcome.results[index]);
    put_bytes(out, "tx", txs[index]);
    if (prove) {
        put_key(out, "proof");
        put_tx_proof(out, txs, index);
    }
    out.EndObject();
}

void add_tx_methods(Dispatcher& dispatcher, CometApi& api) {
    api.add(dispatcher, "broadcast_tx_sync", "Sends a transaction; answers with its check", kTx,
            broadcast_sync);
    api.add(dispatcher, "broadcast_tx_async", "Sends a transaction; answers with its hash", kTx,
            broadcast_async);
    api.add(dispatcher, "broadcast_tx_commit", "Sends a transaction; answers once a block has it",
            kTx, broadcast_commit);
    api.add(dispatcher, "broadcast_evidence", "Refused", {{"evidence", ArgKind::text}},
            broadcast_evidence);
    api.add(dispatcher, "check_tx", "Checks a transaction and keeps nothing", kTx, check_tx);
    api.add(dispatcher, "tx", "A transaction by SHA-256, with its result and proof",
            {{"hash", ArgKind::bytes}, {"prove", ArgKind::boolean}}, tx);
    api.add(dispatcher, "unconfirmed_txs", "Waiting transactions", {{"limit", ArgKind::int64}},
            unconfirmed_txs);
    api.add(dispatcher, "num_unconfirmed_txs", "How many wait", {}, num_unconfirmed_txs);
}

}  // namespace assay::rpc::comet
