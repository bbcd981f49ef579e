// Owns the key by which peers know a node, and the TLS settings that go with it.
#pragma once

#include <memory>

#include "consensus/disk/disk.hpp"
#include "consensus/engine/ports.hpp"

struct evp_pkey_st;
struct ssl_ctx_st;
struct x509_st;

namespace assay::consensus {

class NodeKey {
  public:
    // A new Ed25519 key.
    static Result<NodeKey> make();
    // PEM, PKCS #8.
    static Result<NodeKey> parse(std::string_view pem);
    std::string pem() const;

    // The first 20 bytes of SHA-256 over the SubjectPublicKeyInfo.
    PeerId id() const;
    // TLS 1.3 and Ed25519 alone, with a self-signed certificate of this key. The other side must
    // show a certificate; whose it is, is asked after the handshake by id_of_certificate().
    Result<std::shared_ptr<ssl_ctx_st>> tls_context() const;

  private:
    explicit NodeKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

// Refuses keys other than Ed25519.
Result<PeerId> id_of_certificate(const x509_st& certificate);

// Writes a new file that only its owner may read. Refuses to replace one.
Result<void> save_node_key(Disk& disk, const std::string& path, const NodeKey& key);
Result<NodeKey> load_node_key(Disk& disk, const std::string& path);

}  // namespace assay::consensus
