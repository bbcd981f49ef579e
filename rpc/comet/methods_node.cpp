// What clients ask about the node, its application and its peers.
#include "rpc/comet/comet_api.hpp"
#include "rpc/comet/json_types.hpp"

namespace assay::rpc::comet {

namespace {

constexpr std::uint64_t kGenesisChunkBytes = 16U << 20U;
constexpr std::uint64_t kP2pProtocol = 8;  // CometBFT's number; peers here speak one of their own
constexpr std::string_view kAppName = "assay";

std::string lower_id(const FixedBytes<20>& id) {
    return to_hex(id);
}

void put_node_info(JsonWriter& out, const CometNode& node) {
    out.StartObject();
    put_key(out, "protocol_version");
    out.StartObject();
    put_uint64(out, "p2p", kP2pProtocol);
    put_uint64(out, "block", consensus::kBlockProtocol);
    put_uint64(out, "app", 0);
    out.EndObject();
    put_text(out, "id", lower_id(node.id));
    put_text(out, "listen_addr", node.listen_address);
    put_text(out, "network", node.chain_id);
    put_text(out, "version", kCometVersion);
    put_text(out, "channels", "");
    put_text(out, "moniker", node.moniker);
    put_key(out, "other");
    out.StartObject();
    put_text(out, "tx_index", "on");
    put_text(out, "rpc_address", node.rpc_address);
    out.EndObject();
    out.EndObject();
}

// Where there is no block yet: no hashes, and the beginning of the epoch.
void put_newest(JsonWriter& out, const char* prefix, const FullBlockPtr& full) {
    const std::string name = prefix;
    const auto hash = [&](const Hash256& value) { return full ? ByteView(value) : ByteView(); };
    static const CometBlock kNone;
    const CometBlock& block = full ? full->block : kNone;
    const auto& header = block.block.header;
    put_hex(out, name + "_block_hash", hash(block.id.hash));
    put_hex(out, name + "_app_hash", hash(header.app_hash));
    put_int64(out, name + "_block_height", header.height);
    put_time(out, name + "_block_time", header.time);
}

void put_own_validator(JsonWriter& out, CometApi& api) {
    const auto& own = api.backend.node().validator;
    out.StartObject();
    if (own) {
        const auto address = consensus::consensus_address(*own);
        const auto set = api.backend.validators_at(api.uncommitted_height());
        const auto at = set ? set->index_of(address) : std::nullopt;
        put_hex(out, "address", address);
        put_key(out, "pub_key");
        put_public_key(out, *own);
        put_int64(out, "voting_power", at ? set->validators()[*at].power : 0);
    } else {
        put_hex(out, "address", {});
        put_key(out, "pub_key");
        out.Null();
        put_int64(out, "voting_power", 0);
    }
    out.EndObject();
}

Outcome status(CometApi& api, const Args&, Call& call) {
    JsonWriter& out = call.out;
    out.StartObject();
    put_key(out, "node_info");
    put_node_info(out, api.backend.node());
    put_key(out, "sync_info");
    out.StartObject();
    put_newest(out, "latest", api.full(api.backend.height()));
    put_newest(out, "earliest", api.full(api.backend.base()));
    put_key(out, "catching_up");
    out.Bool(api.backend.catching_up());
    out.EndObject();
    put_key(out, "validator_info");
    put_own_validator(out, api);
    out.EndObject();
    return Done{};
}

Outcome health(CometApi&, const Args&, Call& call) {
    call.out.StartObject();
    call.out.EndObject();
    return Done{};
}

std::int64_t nanoseconds(std::uint64_t ms) {
    return static_cast<std::int64_t>(ms) * 1'000'000;
}

// libs/flowrate's Status: of its rates only the average is measured here.
void put_monitor(JsonWriter& out, const char* name, std::uint64_t bytes, std::uint64_t ms) {
    const auto count = static_cast<std::int64_t>(bytes);
    put_key(out, name);
    out.StartObject();
    put_text(out, "Start", "0001-01-01T00:00:00Z");
    put_int64(out, "Bytes", count);
    put_int64(out, "Samples", 0);
    put_int64(out, "InstRate", 0);
    put_int64(out, "CurRate", 0);
    put_int64(out, "AvgRate", ms == 0 ? 0 : count * 1'000 / static_cast<std::int64_t>(ms));
    put_int64(out, "PeakRate", 0);
    put_int64(out, "BytesRem", 0);
    put_int64(out, "Duration", nanoseconds(ms));
    put_int64(out, "Idle", 0);
    put_int64(out, "TimeRem", 0);
    put_key(out, "Progress");
    out.Uint(0);
    put_key(out, "Active");
    out.Bool(true);
    out.EndObject();
}

// Peers here tell each other nothing but who they are.
void put_peer(JsonWriter& out, const CometApi& api, const CometPeer& peer) {
    CometNode node;
    node.id = peer.id;
    node.chain_id = api.backend.node().chain_id;
    out.StartObject();
    put_key(out, "node_info");
    put_node_info(out, node);
    put_key(out, "is_outbound");
    out.Bool(peer.outbound);
    put_key(out, "connection_status");
    out.StartObject();
    put_int64(out, "Duration", nanoseconds(peer.connected_ms));
    put_monitor(out, "SendMonitor", peer.bytes_out, peer.connected_ms);
    put_monitor(out, "RecvMonitor", peer.bytes_in, peer.connected_ms);
    put_key(out, "Channels");
    out.StartArray();
    out.EndArray();
    out.EndObject();
    put_text(out, "remote_ip", peer.remote_ip);
    out.EndObject();
}

Outcome net_info(CometApi& api, const Args&, Call& call) {
    JsonWriter& out = call.out;
    const auto peers = api.backend.peers();
    out.StartObject();
    put_key(out, "listening");
    out.Bool(true);
    put_key(out, "listeners");
    out.StartArray();
    put_text(out, "Listener(@" + api.backend.node().listen_address + ")");
    out.EndArray();
    put_uint64(out, "n_peers", peers.size());
    put_key(out, "peers");
    out.StartArray();
    for (const auto& peer : peers) put_peer(out, api, peer);
    out.EndArray();
    out.EndObject();
    return Done{};
}

// The genesis document as three parts in a row, of which the middle one may be large.
struct GenesisText {
    std::string head;
    std::uint64_t middle_bytes = 0;

    explicit GenesisText(const CometApi& api)
        : head(genesis_head(api.backend.node())), middle_bytes(api.backend.genesis_bytes()) {}
    std::uint64_t size() const { return head.size() + middle_bytes + kGenesisTail.size(); }

    Result<std::string> part(const CometApi& api, std::uint64_t from, std::uint64_t bytes) const {
        const std::uint64_t end = std::min(from + bytes, size());
        const std::uint64_t middle_end = head.size() + middle_bytes;
        std::string out;
        if (from < head.size()) out = head.substr(from, bytes);
        const std::uint64_t first = std::max<std::uint64_t>(from, head.size());
        if (const std::uint64_t last = std::min(end, middle_end); first < last) {
            const auto middle = api.backend.genesis_part(first - head.size(), last - first);
            if (!middle) return middle.error();
            out += *middle;
        }
        if (end > middle_end)
            out += kGenesisTail.substr(std::max(from, middle_end) - middle_end, end - middle_end);
        return out;
    }
};

Outcome genesis(CometApi& api, const Args&, Call& call) {
    const GenesisText text(api);
    if (text.size() > kGenesisChunkBytes)
        return internal("genesis response is large, please use the genesis_chunked API instead");
    const auto whole = text.part(api, 0, text.size());
    if (!whole) return internal(whole.error().message);
    call.out.StartObject();
    put_key(call.out, "genesis");
    call.out.RawValue(whole->data(), whole->size(), rapidjson::kObjectType);
    call.out.EndObject();
    return Done{};
}

Outcome genesis_chunked(CometApi& api, const Args& args, Call& call) {
    const auto asked = args.integer(0);
    if (!asked) return invalid_params(asked.error().message);
    const GenesisText text(api);
    const std::uint64_t chunks = (text.size() - 1) / kGenesisChunkBytes + 1;
    const std::int64_t chunk = asked->value_or(0);
    if (chunk < 0 || static_cast<std::uint64_t>(chunk) >= chunks)
        return internal("there are " + std::to_string(chunks - 1) + " chunks, " +
                        std::to_string(chunk) + " is invalid");
    const auto part =
        text.part(api, static_cast<std::uint64_t>(chunk) * kGenesisChunkBytes, kGenesisChunkBytes);
    if (!part) return internal(part.error().message);
    call.out.StartObject();
    put_int64(call.out, "chunk", chunk);
    put_uint64(call.out, "total", chunks);
    put_bytes(call.out, "data", view_of(*part));
    call.out.EndObject();
    return Done{};
}

Outcome abci_info(CometApi& api, const Args&, Call& call) {
    JsonWriter& out = call.out;
    out.StartObject();
    put_key(out, "response");
    out.StartObject();
    put_text(out, "data", kAppName);
    put_text(out, "version", api.backend.node().app_version);
    if (const std::uint64_t height = api.backend.height(); height != 0)
        put_uint64(out, "last_block_height", height);
    put_bytes(out, "last_block_app_hash", api.backend.app_hash());
    out.EndObject();
    out.EndObject();
    return Done{};
}

// ABCI's ResponseQuery; a refusal is an answer with a code, as applications give it.
struct QueryAnswer {
    std::uint32_t code = 0;
    std::string log;
    Bytes key;
    CometStoreValue found;
    bool proven = false;
};

void put_query_answer(JsonWriter& out, const QueryAnswer& answer) {
    out.StartObject();
    put_key(out, "response");
    out.StartObject();
    put_number(out, "code", answer.code);
    put_text(out, "log", answer.log);
    put_text(out, "info", "");
    put_int64(out, "index", 0);
    put_bytes(out, "key", answer.key);
    put_bytes(out, "value", answer.found.value ? ByteView(*answer.found.value) : ByteView());
    put_key(out, "proofOps");
    if (answer.proven) {
        out.StartObject();
        put_key(out, "ops");
        out.StartArray();
        out.StartObject();
        put_text(out, "type", "ics23:smt");
        put_bytes(out, "key", answer.key);
        put_bytes(out, "data", answer.found.proof);
        out.EndObject();
        out.EndArray();
        out.EndObject();
    } else {
        out.Null();
    }
    put_uint64(out, "height", answer.found.height);
    put_text(out, "codespace", answer.code == 0 ? "" : "assay");
    out.EndObject();
    out.EndObject();
}

Outcome abci_query(CometApi& api, const Args& args, Call& call) {
    constexpr std::size_t kMaxKeyBytes = 1'024;
    const auto path = args.text(0);
    auto data = args.bytes(1);
    const auto height = args.integer(2);
    const auto prove = args.boolean(3);
    if (!path) return invalid_params(path.error().message);
    if (!data) return invalid_params(data.error().message);
    if (!height) return invalid_params(height.error().message);
    if (!prove) return invalid_params(prove.error().message);
    QueryAnswer answer{.key = std::move(*data)};
    const auto refuse = [&](std::string why) {
        answer.code = 1;
        answer.log = std::move(why);
    };
    if (*path != "/store" && *path != "store") {
        refuse("unknown path " + *path + ": /store answers by the key in data");
    } else if (answer.key.empty() || answer.key.size() > kMaxKeyBytes) {
        refuse("data must be a key of 1 to " + std::to_string(kMaxKeyBytes) + " bytes");
    } else if (height->value_or(0) < 0) {
        refuse("height must not be negative");
    } else {
        auto found = api.backend.prove(answer.key, static_cast<std::uint64_t>(height->value_or(0)));
        if (found) {
            answer.found = std::move(*found);
            answer.proven = *prove;
        } else {
            refuse(found.error().message);
        }
    }
    put_query_answer(call.out, answer);
    return Done{};
}

}  // namespace

void add_node_methods(Dispatcher& dispatcher, CometApi& api) {
    api.add(dispatcher, "health", "An empty object: the node runs", {}, health);
    api.add(dispatcher, "status", "The node, its newest and oldest block, its validator", {},
            status);
    api.add(dispatcher, "net_info", "Connected peers", {}, net_info);
    api.add(dispatcher, "genesis", "The genesis document", {}, genesis);
    api.add(dispatcher, "genesis_chunked", "A part of the genesis document, 16 MiB in base64",
            {{"chunk", ArgKind::int64}}, genesis_chunked);
    api.add(dispatcher, "abci_info", "The application's newest height and hash", {}, abci_info);
    api.add(dispatcher, "abci_query", "A record of the state with its ICS-23 proof",
            {{"path", ArgKind::text},
             {"data", ArgKind::hex_bytes},
             {"height", ArgKind::int64},
             {"prove", ArgKind::boolean}},
            abci_query);
}

}  // namespace assay::rpc::comet
