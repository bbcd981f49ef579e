// Validation, JSON and the construction of the genesis state.
#include "genesis/genesis.hpp"

#include <fstream>
#include <rapidjson/error/en.h>
#include <rapidjson/prettywriter.h>
#include <set>
#include <sstream>

#include "chain/codec/json.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/crypto/secp256k1.hpp"
#include "chain/exec/ledger.hpp"
#include "modules/wiring/modules.hpp"

namespace assay {

namespace {

// 10^9 tokens: the supply cap of the protocol.
const Amount kCap = Amount::from_raw(static_cast<u128>(kTokenUnits) * 1'000'000'000ULL);
// MetaMask refuses chain ids above this.
constexpr std::uint64_t kMaxChainId = 4'503'599'627'370'476ULL;

Result<void> validate_accounts(const GenesisDoc& doc) {
    if (doc.accounts.size() > kMaxGenesisAccounts)
        return failure("accounts: at most " + std::to_string(kMaxGenesisAccounts));
    std::set<Address> seen;
    Amount total;
    for (const auto& account : doc.accounts) {
        const std::string name = "accounts: " + to_hex0x(account.address);
        if (account.address.is_zero() || is_reserved(account.address))
            return failure(name + " is the zero address or a reserved one");
        if (!seen.insert(account.address).second) return failure(name + " is listed twice");
        const auto next = checked_add(total, account.balance);
        if (!next || *next > kCap)
            return failure("accounts: balances exceed the cap of 10^27 base units");
        total = *next;
    }
    return {};
}

Result<void> validate_validators(const GenesisDoc& doc) {
    if (doc.validators.empty()) return failure("validators: at least one is needed");
    if (doc.validators.size() > kMaxGenesisValidators)
        return failure("validators: at most " + std::to_string(kMaxGenesisValidators));
    std::set<FixedBytes<33>> seen;
    std::set<FixedBytes<33>> vrf_keys;
    for (const auto& validator : doc.validators) {
        const std::string name = "validators: " + to_hex0x(validator.public_key);
        if (!crypto::PublicKey::parse(validator.public_key))
            return failure(name + " is not a compressed secp256k1 key");
        if (!seen.insert(validator.public_key).second) return failure(name + " is listed twice");
        if (validator.power == 0 || validator.power > (1ULL << 50))
            return failure(name + ": power must be 1 to 2^50");
        if (validator.fee_recipient.is_zero() || is_reserved(validator.fee_recipient))
            return failure(name + ": feeRecipient is the zero address or a reserved one");
        if (!validator.vrf_public_key) continue;
        if (!crypto::PublicKey::parse(*validator.vrf_public_key))
            return failure(name + ": vrfPublicKey is not a compressed secp256k1 key");
        if (*validator.vrf_public_key == validator.public_key ||
            !vrf_keys.insert(*validator.vrf_public_key).second)
            return failure(name + ": vrfPublicKey must be a key of its own");
    }
    return {};
}

// What init_validator() creates for the validators counts as issued too.
Result<void> validate_stakes(const GenesisDoc& doc) {
    const staking::Params& params = doc.modules.staking;
    if (doc.validators.size() > params.max_validators)
        return failure("validators: more than staking.maxValidators");
    std::optional<Amount> issued = Amount{};
    for (const auto& account : doc.accounts) issued = sum_of(*issued, account.balance);
    for (const auto& validator : doc.validators) {
        const auto stake = checked_mul(params.power_unit, Amount(validator.power));
        issued = stake && issued ? checked_add(*issued, *stake) : std::nullopt;
        if (!issued || *issued > kCap)
            return failure("validators: balances and stakes exceed the cap of 10^27 base units");
        if (*stake < params.min_self_bond)
            return failure("validators: " + to_hex0x(validator.public_key) +
                           ": power * staking.powerUnit is below staking.minSelfBond");
    }
    return {};
}

Result<void> validate_block(const BlockLimits& block) {
    if (block.max_bytes < kMinBlockBytes || block.max_bytes > kMaxBlockBytes)
        return failure("block.maxBytes must be " + std::to_string(kMinBlockBytes) + " to " +
                       std::to_string(kMaxBlockBytes));
    return {};
}

}  // namespace

Result<void> validate(const GenesisDoc& doc) {
    if (doc.chain_id == 0 || doc.chain_id > kMaxChainId)
        return failure("chainId must be 1 to " + std::to_string(kMaxChainId));
    if (doc.chain_name.empty() || doc.chain_name.size() > 50 || !doc.chain_name.ends_with("-1"))
        return failure("chainName must have 1 to 50 characters and end in -1");
    if (doc.genesis_time_s == 0 || doc.genesis_time_s > 253'402'300'799ULL)
        return failure("genesisTimeS must be between 1970 and 9999");
    if (auto good = validate_accounts(doc); !good) return good;
    if (auto good = validate_validators(doc); !good) return good;
    if (auto good = validate_block(doc.block); !good) return good;
    if (auto good = validate(doc.fees); !good) return good;
    if (auto good = validate(doc.modules); !good) return good;
    return validate_stakes(doc);
}

Result<GenesisDoc> parse_genesis(std::string_view json) {
    JsonDocument document;
    document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
    if (document.HasParseError())
        return failure("genesis is not JSON: " +
                       std::string(rapidjson::GetParseError_En(document.GetParseError())) +
                       " at byte " + std::to_string(document.GetErrorOffset()));
    auto doc = json::read<GenesisDoc>(document);
    if (!doc) return failure("genesis: " + doc.error().message);
    if (auto good = validate(*doc); !good) return failure("genesis: " + good.error().message);
    return doc;
}

std::string to_json(const GenesisDoc& doc) {
    rapidjson::StringBuffer compact;
    JsonWriter writer(compact);
    json::write(writer, doc);
    JsonDocument parsed;
    parsed.Parse(compact.GetString(), compact.GetSize());
    rapidjson::StringBuffer pretty;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> out(pretty);
    out.SetIndent(' ', 2);
    parsed.Accept(out);
    return std::string(pretty.GetString(), pretty.GetSize()) + "\n";
}

Result<GenesisDoc> load_genesis(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return failure("cannot read the genesis file " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return parse_genesis(text.str());
}

FixedBytes<20> consensus_address(const FixedBytes<33>& public_key) {
    return ripemd160(sha256(public_key));
}

AppConfig app_config(const GenesisDoc& doc) {
    return {.chain_id = doc.chain_id,
            .genesis_time = {.seconds = static_cast<std::int64_t>(doc.genesis_time_s), .nanos = 0},
            .build_genesis =
                [doc](State& state) {
                    for (const auto& account : doc.accounts)
                        ledger::grant_at_genesis(state, account.address, account.balance);
                    for (const auto& validator : doc.validators)
                        state.put(kFeeRecipients, consensus_address(validator.public_key),
                                  validator.fee_recipient);
                    state.put(kFeeParams, {}, doc.fees);
                    init_modules(state, doc.modules, doc.genesis_time_s);
                    for (const auto& validator : doc.validators)
                        init_validator(state, validator.public_key, validator.power,
                                       validator.fee_recipient);
                    for (const auto& validator : doc.validators)
                        if (validator.vrf_public_key)
                            init_vrf_key(state, consensus_address(validator.public_key),
                                         *validator.vrf_public_key);
                },
            .known_upgrades = known_upgrades()};
}

}  // namespace assay
