// Proofs of state, published ABIs, and transactions as the messages they are.
#include "chain/codec/abi_json.hpp"
#include "rpc/assay/assay_api.hpp"

namespace assay::rpc {

namespace {

// No key of any table is longer.
constexpr std::size_t kMaxKeyBytes = 1'024;

void put_uint(JsonWriter& out, std::string_view key, std::uint64_t value) {
    put_key(out, key);
    put_string(out, std::to_string(value));
}

void put_text(JsonWriter& out, std::string_view key, std::string_view text) {
    put_key(out, key);
    put_string(out, text);
}

Outcome get_proof(const EthApi& api, Call& call, const Params& params) {
    const auto key = params.get(0, read_data);
    if (!key) return key.error();
    if (key->empty() || key->size() > kMaxKeyBytes)
        return Params::bad(0, "a key has 1 to " + std::to_string(kMaxKeyBytes) + " bytes");
    const auto ref = params.get_or(1, read_block_ref, BlockRef{});
    if (!ref) return ref.error();
    const auto at = api.blocks.state(*ref);
    if (!at) return at.error();
    const std::uint64_t height = at->block.header.number;
    const auto proof = api.backend.store.prove(height, *key);
    if (!proof) return server_error(proof.error().message);
    call.out.StartObject();
    put_uint(call.out, "height", height);
    put_data(call.out, "appHash", at->block.header.state_root);
    put_data(call.out, "key", *key);
    if (proof->leaf)
        put_data(call.out, "value", proof->leaf->value);
    else
        put_null(call.out, "value");
    put_data(call.out, "proof", encode_ics23(*proof));
    call.out.EndObject();
    return Done{};
}

void put_abi(JsonWriter& out, const Module& module) {
    std::vector<abi::Function> functions;
    for (const auto& entry : module.messages) functions.push_back(entry.function);
    for (const auto& entry : module.views) functions.push_back(entry.function);
    std::vector<abi::Event> events;
    for (const auto& entry : module.events) events.push_back(entry.event);
    out.StartObject();
    put_text(out, "module", module.name);
    put_data(out, "address", module_address(module.id));
    put_key(out, "abi");
    abi::write_abi_json(out, functions, events);
    out.EndObject();
}

Result<std::string> read_name(const JsonValue& value) {
    if (!value.IsString()) return failure("expected the name of a module");
    return std::string(text_of(value));
}

Outcome get_abi(const EthApi& api, Call& call, const Params& params) {
    const auto& modules = api.backend.registry.modules();
    if (params.find(0) == nullptr) {
        call.out.StartArray();
        for (const auto& module : modules) put_abi(call.out, module);
        call.out.EndArray();
        return Done{};
    }
    const auto name = params.get(0, read_name);
    if (!name) return name.error();
    for (const auto& module : modules)
        if (module.name == *name) {
            put_abi(call.out, module);
            return Done{};
        }
    return Params::bad(0, "no module is named " + *name);
}

// The module and message that the bytes were meant for; nulls for a plain transfer and for what
// is no message.
void put_message(JsonWriter& out, const Registry& registry, const Envelope& envelope) {
    const Module* module = envelope.to ? registry.module_at(*envelope.to) : nullptr;
    const MessageEntry* entry =
        module == nullptr ? nullptr : registry.message(*envelope.to, envelope.data);
    put_key(out, "module");
    module == nullptr ? void(out.Null()) : put_string(out, module->name);
    put_key(out, "function");
    entry == nullptr ? void(out.Null()) : put_string(out, entry->function.name);
    put_key(out, "message");
    if (entry != nullptr)
        if (const auto message = entry->decode(ByteView(envelope.data).subspan(4)))
            return (*message)->to_json(out);
    out.Null();
}

void put_envelope(JsonWriter& out, const Registry& registry, const StoredTx& tx) {
    put_data(out, "hash", tx.hash);
    put_data(out, "sender", tx.sender);
    // The boundary's transaction has no envelope.
    const auto envelope = decode_envelope(tx.raw);
    put_key(out, "to");
    envelope && envelope->to ? put_data(out, *envelope->to) : void(out.Null());
    put_key(out, "nonce");
    envelope ? put_string(out, std::to_string(envelope->nonce)) : void(out.Null());
    put_key(out, "value");
    envelope ? put_string(out, to_string(envelope->value)) : void(out.Null());
    put_message(out, registry, envelope ? *envelope : Envelope());
}

void put_outcome(JsonWriter& out, const FullBlock& block, std::size_t index) {
    const Receipt& receipt = block.receipts[index];
    put_uint(out, "height", block.info.header.number);
    put_uint(out, "index", index);
    put_uint(out, "gasUsed", receipt.gas_used);
    put_text(out, "effectiveGasPrice", to_string(receipt.effective_gas_price));
    put_key(out, "code");
    out.Uint(static_cast<std::uint16_t>(receipt.code));
    put_text(out, "codeName", name_of(receipt.code));
}

Outcome get_transaction(const EthApi& api, Call& call, const Params& params) {
    const auto hash = params.get(0, read_hash);
    if (!hash) return hash.error();
    const Registry& registry = api.backend.registry;
    const auto at = api.backend.index.locate(*hash);
    if (const FullBlockPtr block = at ? api.blocks.full(at->height) : nullptr) {
        call.out.StartObject();
        put_envelope(call.out, registry, block->txs[at->index]);
        put_outcome(call.out, *block, at->index);
        call.out.EndObject();
    } else if (const auto waiting = api.backend.pool.find(*hash)) {
        call.out.StartObject();
        put_envelope(call.out, registry, {waiting->raw, waiting->hash, waiting->sender});
        for (const char* key :
             {"height", "index", "gasUsed", "effectiveGasPrice", "code", "codeName"})
            put_null(call.out, key);
        call.out.EndObject();
    } else {
        call.out.Null();
    }
    return Done{};
}

}  // namespace

void add_chain_methods(Dispatcher& dispatcher, const EthApi& api) {
    const auto add = [&](const char* name, const char* summary, std::vector<MethodParam> params,
                         auto handler) {
        dispatcher.add({.name = name, .summary = summary, .params = std::move(params)},
                       [&api, handler](Call& call) -> Outcome {
                           const auto read = Params::of(call);
                           if (!read) return read.error();
                           return handler(api, call, *read);
                       });
    };
    const MethodParam block{.name = "block", .type = "string", .required = false};
    add("assay_getProof", "A record of the state, or its absence, with an ICS-23 proof",
        {{.name = "key", .type = "string"}, block}, get_proof);
    add("assay_getAbi", "Address and ABI of a module, or of all",
        {{.name = "module", .type = "string", .required = false}}, get_abi);
    add("assay_getTransaction", "A transaction as the message it is, with its refusal by name",
        {{.name = "transactionHash", .type = "string"}}, get_transaction);
}

}  // namespace assay::rpc
