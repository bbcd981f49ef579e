// Keys and their registration.
#include "node/vrf_tool.hpp"

#include "chain/codec/abi.hpp"
#include "chain/codec/json.hpp"
#include "chain/crypto/kdf.hpp"
#include "consensus/disk/posix_disk.hpp"
#include "consensus/privval/key_file.hpp"
#include "consensus/privval/vrf_keys.hpp"
#include "modules/beacon/register_vrf_key.hpp"

namespace assay::node {

namespace {

struct Registration {
    Address to;
    Bytes data;
    beacon::RegisterVrfKey message;
};
BOOST_DESCRIBE_STRUCT(Registration, (), (to, data, message))

}  // namespace

Result<std::string> add_vrf_key(const Home& home) {
    consensus::PosixDisk disk;
    const auto key = crypto::secret_key_from(crypto::random_bytes(32));
    if (!key) return key.error();
    const std::string path = home.vrf_key().string();
    const auto added = disk.exists(path) ? consensus::add_to_vrf_file(disk, path, *key)
                                         : consensus::save_vrf_file(disk, path, *key);
    if (!added) return added.error();
    return vrf_registration(home);
}

Result<std::string> vrf_registration(const Home& home) {
    consensus::PosixDisk disk;
    const auto genesis = load_genesis(home.genesis().string());
    if (!genesis) return genesis.error();
    const auto secret = consensus::load_key_file(disk, home.key().string());
    if (!secret) return secret.error();
    auto vrf_keys = consensus::load_vrf_file(disk, home.vrf_key().string());
    if (!vrf_keys) return vrf_keys.error();
    consensus::FileVrfProver prover(std::move(*vrf_keys));
    Registration out{.to = module_address(ModuleId::beacon), .data = {}, .message = {}};
    out.message.validator = consensus_address(crypto::public_key_of(*secret)->compressed());
    out.message.public_key = to_bytes(prover.newest());
    const Bytes alpha = beacon::possession_alpha(genesis->chain_id, out.message.validator);
    out.message.proof = to_bytes(prover.prove(prover.newest(), alpha).value());
    out.data = abi::encode_call(out.message);
    rapidjson::StringBuffer text;
    JsonWriter writer(text);
    json::write(writer, out);
    return std::string(text.GetString(), text.GetSize());
}

}  // namespace assay::node
