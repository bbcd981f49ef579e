// Replay and verification.
#include "chain/app/audit.hpp"

namespace assay {

namespace {

FinalizeRequest request_of(const ChainIndex& index, const BlockInfo& info) {
    FinalizeRequest request{.height = info.header.number,
                            .time = {static_cast<std::int64_t>(info.header.timestamp_s), 0},
                            .hash = info.header.mix_hash,
                            .proposer_address = info.proposer,
                            .txs = {},
                            .attested = index.attested(info.header.number)};
    if (!info.entry.empty()) request.txs.push_back(info.entry);
    for (auto& tx : index.txs(info.header.number))
        if (!is_boundary_tx(tx)) request.txs.push_back(std::move(tx.raw));
    return request;
}

std::string at(std::uint64_t height) {
    return "block " + std::to_string(height);
}

// Everything about one stored block that can be computed from its own parts.
void audit_block(const ChainIndex& index, const BlockInfo& info, const Hash256& parent,
                 std::vector<InvariantFailure>& failures) {
    const std::uint64_t height = info.header.number;
    const auto report = [&](std::string what) {
        failures.push_back({at(height), std::move(what)});
    };
    ExecutedBlock block{.header = info.header,
                        .proposer = info.proposer,
                        .entry = info.entry,
                        .attested = {},
                        .txs = index.txs(height),
                        .receipts = index.receipts(height),
                        .types = {}};
    block.header.logs_bloom = {};
    if (block.txs.size() != block.receipts.size()) return report("transactions without receipts");
    for (std::uint32_t i = 0; i < block.txs.size(); ++i) {
        const StoredTx& tx = block.txs[i];
        block.types.push_back(!tx.raw.empty() && tx.raw[0] < 3 ? tx.raw[0] : std::uint8_t{0});
        if (index.locate(tx.hash) != TxLocation{.height = height, .index = i})
            report("transaction " + to_hex0x(tx.hash) + " is not found by its hash");
    }
    const BlockInfo again = seal(block);
    if (again.hash != info.hash) report("hash, roots or bloom differ from its contents");
    if (info.header.parent_hash != parent) report("parent hash is not the previous block's");
    if (index.height_of(info.hash) != height) report("not found by its hash");
}

// Of the block whose state was restored only the info is there.
void audit_base(const ChainApp& app, std::uint64_t height, Hash256& hash,
                std::vector<InvariantFailure>& failures) {
    const auto info = app.index().block(height);
    if (!info) {
        failures.push_back({at(height), "missing"});
        return;
    }
    hash = info->hash;
    if (info->header.number != height || hash_of(info->header) != info->hash)
        failures.push_back({at(height), "hash differs from its contents"});
    if (app.store().height() == height && info->header.state_root != app.store().root())
        failures.push_back({at(height), "state root is not the stored state's"});
}

}  // namespace

Result<ReplaySummary> replay(const ChainApp& stored, ChainApp& fresh,
                             const AuditProgress& progress) {
    const auto last = stored.index().latest_height();
    if (!last) return failure("the data directory holds no genesis block");
    if (const auto first = stored.index().earliest_height(); first > 0)
        return failure("the data directory begins with the state after block " +
                       std::to_string(first - 1) +
                       ", restored from a snapshot: the blocks from genesis on that a replay needs "
                       "are not there; replay on a node that synchronised from genesis, or verify");
    auto genesis_root = fresh.init_chain();
    if (!genesis_root) return genesis_root.error();
    const auto genesis = stored.index().block(0);
    if (!genesis || genesis->header.state_root != *genesis_root)
        return failure("block 0: the genesis file gives app hash " + to_hex(*genesis_root) +
                       ", stored is " + (genesis ? to_hex(genesis->header.state_root) : "nothing"));
    ReplaySummary summary{.blocks = 0, .txs = 0, .app_hash = *genesis_root};
    for (std::uint64_t height = 1; height <= *last; ++height) {
        const auto info = stored.index().block(height);
        if (!info) return failure(at(height) + " is missing");
        const FinalizeRequest request = request_of(stored.index(), *info);
        if (auto may = fresh.may_execute(height); !may) return may.error();
        summary.app_hash = fresh.finalize_block(request).app_hash;
        if (auto done = fresh.commit({}); !done) return done.error();
        if (summary.app_hash != info->header.state_root)
            return failure(at(height) + ": app hash " + to_hex(summary.app_hash) + ", stored is " +
                           to_hex(info->header.state_root));
        const auto again = fresh.index().block(height);
        if (!again || again->hash != info->hash)
            return failure(at(height) + ": same app hash, but receipts or header differ");
        ++summary.blocks;
        summary.txs += request.txs.size() - (info->entry.empty() ? 0 : 1);
        if (progress) progress(height);
    }
    return summary;
}

std::vector<InvariantFailure> audit(const ChainApp& app, const AuditProgress& progress) {
    const auto last = app.index().latest_height();
    if (!last) return {{"store", "the data directory holds no genesis block"}};
    std::vector<InvariantFailure> failures;
    if (const auto good = app.store().verify(); !good)
        failures.push_back({"state", good.error().message});
    const std::uint64_t first = app.index().earliest_height();
    Hash256 parent;
    if (first > 0) audit_base(app, first - 1, parent, failures);
    for (std::uint64_t height = first; height <= *last; ++height) {
        const auto info = app.index().block(height);
        if (!info) {
            failures.push_back({at(height), "missing"});
            continue;
        }
        audit_block(app.index(), *info, parent, failures);
        parent = info->hash;
        if (height == *last && info->header.state_root != app.store().root())
            failures.push_back({at(height), "state root is not the stored state's"});
        if (progress) progress(height);
    }
    for (auto& failure : check_invariants(app.registry(), State(app.store())))
        failures.push_back(std::move(failure));
    return failures;
}

}  // namespace assay
