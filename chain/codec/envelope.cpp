// Envelope fields in their wire order.
#include "chain/codec/envelope.hpp"

#include <limits>

#include "chain/codec/rlp.hpp"
#include "chain/crypto/hash.hpp"

namespace assay {

namespace {

constexpr std::uint64_t kUnprotectedV = 27;
constexpr std::uint64_t kProtectedV = 35;  // EIP-155
constexpr std::uint8_t kLastType = 2;

// Takes the fields of one list in order and remembers the first refusal.
class FieldReader {
  public:
    explicit FieldReader(ByteView rest) : rest_(rest) {}

    void number(const char* name, std::uint64_t& out) { read(name, rlp::integer, out); }
    void number(const char* name, Amount& out) { read(name, rlp::amount, out); }
    void number(const char* name, FixedBytes<32>& out) { read(name, rlp::word, out); }

    void recipient(std::optional<Address>& out) {
        const auto item = next("to", false);
        if (!item || item->payload.empty()) return;
        if (item->payload.size() != Address::kSize)
            return refuse("to", "has " + std::to_string(item->payload.size()) + " bytes, not 20");
        out = Address::from(item->payload);
    }
    void text(const char* name, Bytes& out) {
        if (const auto item = next(name, false)) out = to_bytes(item->payload);
    }
    void access_list(std::vector<AccessEntry>& out) {
        const auto list = next("accessList", true);
        if (!list) return;
        for (ByteView rest = list->payload; !rest.empty() && !failed();) {
            const auto item = rlp::take(rest);
            if (!item) return refuse("accessList", item.error().message);
            if (!item->is_list) return refuse("accessList", "entry is not a list");
            access_entry(item->payload, out.emplace_back());
        }
    }

    bool done() const { return rest_.empty(); }
    bool failed() const { return !error_.empty(); }
    void refuse(const char* name, const std::string& why) {
        if (error_.empty()) error_ = std::string(name) + ": " + why;
    }
    const std::string& error() const { return error_; }

  private:
    std::optional<rlp::Item> next(const char* name, bool list) {
        if (failed()) return std::nullopt;
        const auto item = rlp::take(rest_);
        if (item && item->is_list == list) return *item;
        refuse(name,
               item ? (list ? "expected a list" : "expected a string") : item.error().message);
        return std::nullopt;
    }

    template <class T>
    void read(const char* name, Result<T> (*parse)(const rlp::Item&), T& out) {
        const auto item = next(name, false);
        if (!item) return;
        const auto value = parse(*item);
        if (!value) return refuse(name, value.error().message);
        out = *value;
    }

    void access_entry(ByteView rest, AccessEntry& out) {
        const auto address = rlp::take(rest);
        if (!address || address->is_list || address->payload.size() != Address::kSize)
            return refuse("accessList", "address is not 20 bytes");
        out.address = Address::from(address->payload);
        const auto keys = rlp::take(rest);
        if (!keys || !keys->is_list || !rest.empty())
            return refuse("accessList", "entry is not an address and a list of keys");
        for (ByteView left = keys->payload; !left.empty();) {
            const auto key = rlp::take(left);
            if (!key || key->is_list || key->payload.size() != Hash256::kSize)
                return refuse("accessList", "storage key is not 32 bytes");
            out.storage_keys.push_back(Hash256::from(key->payload));
        }
    }

    ByteView rest_;
    std::string error_;
};

void read_legacy(FieldReader& in, Envelope& out) {
    in.number("nonce", out.nonce);
    in.number("gasPrice", out.max_fee_per_gas);
    in.number("gas", out.gas_limit);
    in.recipient(out.to);
    in.number("value", out.value);
    in.text("input", out.data);
    Amount v;
    in.number("v", v);
    if (in.failed()) return;
    if (v == Amount(kUnprotectedV) || v == Amount(kUnprotectedV + 1)) {
        out.y_parity = static_cast<std::uint8_t>(v.low() - kUnprotectedV);
        return;
    }
    if (v < Amount(kProtectedV)) return in.refuse("v", "is none of 27, 28 and 35 or more");
    const u128 chain_id = (v.raw() - kProtectedV) / 2;
    if (chain_id > std::numeric_limits<std::uint64_t>::max())
        return in.refuse("v", "stands for a chain id above 2^64 - 1");
    out.chain_id = static_cast<std::uint64_t>(chain_id);
    out.y_parity = static_cast<std::uint8_t>((v.raw() - kProtectedV) % 2);
}

void read_typed(FieldReader& in, Envelope& out) {
    std::uint64_t chain_id = 0;
    in.number("chainId", chain_id);
    out.chain_id = chain_id;
    in.number("nonce", out.nonce);
    if (out.type == 2) in.number("maxPriorityFeePerGas", out.max_priority_fee_per_gas);
    in.number(out.type == 2 ? "maxFeePerGas" : "gasPrice", out.max_fee_per_gas);
    in.number("gas", out.gas_limit);
    in.recipient(out.to);
    in.number("value", out.value);
    in.text("input", out.data);
    in.access_list(out.access_list);
    std::uint64_t parity = 0;
    in.number("yParity", parity);
    if (parity > 1) in.refuse("yParity", "is neither 0 nor 1");
    out.y_parity = static_cast<std::uint8_t>(parity);
}

void write_access_list(rlp::Encoder& out, const std::vector<AccessEntry>& entries) {
    out.begin_list();
    for (const auto& entry : entries) {
        out.begin_list();
        out.bytes(entry.address);
        out.begin_list();
        for (const auto& key : entry.storage_keys) out.bytes(key);
        out.end_list();
        out.end_list();
    }
    out.end_list();
}

// The fields before the signature, inside a list that is left open.
void write_unsigned(rlp::Encoder& out, const Envelope& envelope) {
    CHECK(envelope.type <= kLastType && (envelope.type == 0 || envelope.chain_id.has_value()));
    out.reserve(envelope.data.size() + 256);
    out.begin_list();
    if (envelope.type != 0) out.integer(*envelope.chain_id);
    out.integer(envelope.nonce);
    if (envelope.type == 2) out.integer(envelope.max_priority_fee_per_gas);
    out.integer(envelope.max_fee_per_gas);
    out.integer(envelope.gas_limit);
    out.bytes(envelope.to ? ByteView(*envelope.to) : ByteView());
    out.integer(envelope.value);
    out.bytes(envelope.data);
    if (envelope.type != 0) write_access_list(out, envelope.access_list);
}

Bytes with_type(std::uint8_t type, Bytes body) {
    if (type != 0) body.insert(body.begin(), type);  // EIP-2718
    return body;
}

}  // namespace

Amount Envelope::v() const {
    if (type != 0) return Amount(y_parity);
    if (!chain_id) return Amount(kUnprotectedV + y_parity);
    return Amount::from_raw(static_cast<u128>(*chain_id) * 2 + kProtectedV + y_parity);
}

Result<Envelope> decode_envelope(ByteView raw) {
    if (raw.empty()) return failure("transaction is empty");
    Envelope out;
    out.type = 0;
    if (raw[0] < 0xc0) {
        out.type = raw[0];
        if (out.type == 0 || out.type > kLastType) return failure("transaction type not supported");
        raw = raw.subspan(1);
    }
    const auto list = rlp::decode(raw);
    if (!list) return list.error();
    if (!list->is_list) return failure("transaction is not an RLP list");
    FieldReader in(list->payload);
    if (out.type == 0)
        read_legacy(in, out);
    else
        read_typed(in, out);
    if (out.type != 2) out.max_priority_fee_per_gas = out.max_fee_per_gas;
    in.number("r", out.r);
    in.number("s", out.s);
    if (in.failed()) return failure(in.error());
    if (!in.done()) return failure("transaction has too many fields");
    if (out.nonce == std::numeric_limits<std::uint64_t>::max())
        return failure("nonce has max value (EIP-2681)");
    if (!crypto::is_scalar(out.r))
        return failure("invalid transaction v, r, s values: r is out of range");
    if (!crypto::is_low_s(out.s))
        return failure("invalid transaction v, r, s values: s is not in the lower half (EIP-2)");
    return out;
}

Bytes encode_envelope(const Envelope& envelope) {
    rlp::Encoder out;
    write_unsigned(out, envelope);
    out.integer(envelope.v());
    out.number(envelope.r);
    out.number(envelope.s);
    out.end_list();
    return with_type(envelope.type, std::move(out).take());
}

Hash256 signing_hash(const Envelope& envelope) {
    rlp::Encoder out;
    write_unsigned(out, envelope);
    if (envelope.type == 0 && envelope.chain_id) {  // EIP-155
        out.integer(*envelope.chain_id);
        out.integer(0);
        out.integer(0);
    }
    out.end_list();
    return keccak256(with_type(envelope.type, std::move(out).take()));
}

Result<Address> sender_of(const Envelope& envelope) {
    const auto key =
        crypto::recover(signing_hash(envelope),
                        {.r = envelope.r, .s = envelope.s, .recovery_id = envelope.y_parity});
    if (!key) return key.error();
    return crypto::address_of(*key);
}

void sign_envelope(Envelope& envelope, const crypto::SecretKey& key) {
    const auto signature = crypto::sign_recoverable(key, signing_hash(envelope));
    envelope.y_parity = signature.recovery_id;
    envelope.r = signature.r;
    envelope.s = signature.s;
}

}  // namespace assay
