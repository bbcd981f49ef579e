// OpenSSL's side of identity.
#include "consensus/p2p/node_key.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "chain/crypto/hash.hpp"

namespace assay::consensus {

namespace {

constexpr long kMaxCertificateBytes = 4'096;
constexpr long kCertificateSeconds = 100L * 365 * 24 * 3'600;  // nobody checks its dates

PeerId id_of_key(evp_pkey_st* key) {
    unsigned char* der = nullptr;
    const int size = ::i2d_PUBKEY(key, &der);
    CHECK(size > 0);
    const Hash256 hash = sha256(ByteView(der, static_cast<std::size_t>(size)));
    ::OPENSSL_free(der);
    return PeerId::from(ByteView(hash).first(20));
}

std::shared_ptr<x509_st> certificate_of(evp_pkey_st* key) {
    std::shared_ptr<x509_st> out(::X509_new(), ::X509_free);
    ::X509_set_version(out.get(), 2);
    ::ASN1_INTEGER_set(::X509_get_serialNumber(out.get()), 1);
    ::X509_gmtime_adj(::X509_getm_notBefore(out.get()), 0);
    ::X509_gmtime_adj(::X509_getm_notAfter(out.get()), kCertificateSeconds);
    ::X509_set_pubkey(out.get(), key);
    X509_NAME* name = ::X509_get_subject_name(out.get());
    ::X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                 reinterpret_cast<const unsigned char*>("assayd"), -1, -1, 0);
    ::X509_set_issuer_name(out.get(), name);
    if (::X509_sign(out.get(), key, nullptr) == 0) return nullptr;
    return out;
}

}  // namespace

Result<NodeKey> NodeKey::make() {
    std::shared_ptr<evp_pkey_st> key(::EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"),
                                     ::EVP_PKEY_free);
    if (!key) return failure("node key: OpenSSL made none");
    return NodeKey(std::move(key));
}

Result<NodeKey> NodeKey::parse(std::string_view pem) {
    const std::unique_ptr<BIO, decltype(&::BIO_free)> in(
        ::BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), ::BIO_free);
    std::shared_ptr<evp_pkey_st> key(::PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr),
                                     ::EVP_PKEY_free);
    if (!key) return failure("node key: is no private key in PEM");
    if (::EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519)
        return failure("node key: is no Ed25519 key");
    return NodeKey(std::move(key));
}

std::string NodeKey::pem() const {
    const std::unique_ptr<BIO, decltype(&::BIO_free)> out(::BIO_new(::BIO_s_mem()), ::BIO_free);
    CHECK(::PEM_write_bio_PrivateKey(out.get(), key_.get(), nullptr, nullptr, 0, nullptr,
                                     nullptr) == 1);
    char* text = nullptr;
    const long size = ::BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

PeerId NodeKey::id() const {
    return id_of_key(key_.get());
}

Result<PeerId> id_of_certificate(const x509_st& certificate) {
    evp_pkey_st* key = ::X509_get0_pubkey(&certificate);
    if (key == nullptr || ::EVP_PKEY_get_id(key) != EVP_PKEY_ED25519)
        return failure("the peer's key is no Ed25519 key");
    return id_of_key(key);
}

Result<std::shared_ptr<ssl_ctx_st>> NodeKey::tls_context() const {
    std::shared_ptr<ssl_ctx_st> out(::SSL_CTX_new(::TLS_method()), ::SSL_CTX_free);
    const auto certificate = certificate_of(key_.get());
    if (!out || !certificate || ::SSL_CTX_set_min_proto_version(out.get(), TLS1_3_VERSION) != 1 ||
        ::SSL_CTX_use_certificate(out.get(), certificate.get()) != 1 ||
        ::SSL_CTX_use_PrivateKey(out.get(), key_.get()) != 1 ||
        ::SSL_CTX_set1_sigalgs_list(out.get(), "ed25519") != 1)
        return failure("node key: OpenSSL takes no TLS 1.3 settings");
    ::SSL_CTX_set_session_cache_mode(out.get(), SSL_SESS_CACHE_OFF);
    ::SSL_CTX_set_num_tickets(out.get(), 0);
    ::SSL_CTX_set_mode(out.get(), SSL_MODE_RELEASE_BUFFERS);
    ::SSL_CTX_set_max_cert_list(out.get(), kMaxCertificateBytes);
    // Any key is good here: TLS proves that the peer has it, and its id says whose it is. Nothing
    // else in the certificate is looked at.
    ::SSL_CTX_set_verify(out.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    ::SSL_CTX_set_cert_verify_callback(
        out.get(), [](X509_STORE_CTX*, void*) { return 1; }, nullptr);
    return out;
}

Result<void> save_node_key(Disk& disk, const std::string& path, const NodeKey& key) {
    if (disk.exists(path)) return failure(path + " exists already; peers know this node by it");
    return replace_file(disk, path, view_of(key.pem()));
}

Result<NodeKey> load_node_key(Disk& disk, const std::string& path) {
    auto file = disk.open(path);
    if (!file) return file.error();
    const auto text = (*file)->read(0, (*file)->size());
    if (!text) return text.error();
    return NodeKey::parse(text_of(*text));
}

}  // namespace assay::consensus
