// Measures what consensus adds to a block: mempool, log, signer, encoding, commits and signatures.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "chain/crypto/hash.hpp"
#include "chain/crypto/signature_batch.hpp"
#include "consensus/disk/posix_disk.hpp"
#include "consensus/mempool/mempool.hpp"
#include "consensus/privval/file_signer.hpp"
#include "consensus/types/block.hpp"
#include "consensus/types/part_set.hpp"
#include "consensus/wal/wal.hpp"

using namespace assay;
using namespace assay::consensus;

namespace {

using Clock = std::chrono::steady_clock;

struct Figure {
    std::string name;
    double value = 0;
    const char* unit = "us";
};

double microseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

// Mean of `count` runs.
template <class Run>
double mean_us(std::size_t count, Run run) {
    const auto start = Clock::now();
    for (std::size_t i = 0; i < count; ++i) run(i);
    return microseconds_since(start) / static_cast<double>(count);
}

CheckedTxPtr make_tx(std::uint64_t sender, std::uint64_t nonce) {
    auto out = std::make_shared<CheckedTx>();
    const Hash256 identity = sha256(record::encode(sender));
    out->sender = Address::from(ByteView(identity).first(20));
    out->envelope.nonce = nonce;
    out->envelope.max_fee_per_gas = 2'000;
    out->envelope.max_priority_fee_per_gas = 1 + (sender * 7919 + nonce) % 500;
    out->gas = 21'000;
    out->raw = Bytes(130, static_cast<std::uint8_t>(nonce));
    std::copy(identity.begin(), identity.end(), out->raw.begin());
    out->hash = out->sha256 = sha256(out->raw);
    return out;
}

// A full pool of `count` transactions, a few a sender, drained in blocks of 4,000.
void mempool_figures(std::vector<Figure>& out, std::size_t count, std::size_t senders) {
    constexpr std::size_t kBlockTxs = 4'000;
    std::vector<CheckedTxPtr> txs;
    for (std::size_t i = 0; i < count; ++i) txs.push_back(make_tx(i % senders, i / senders));
    Mempool pool;
    const std::string label =
        std::to_string(count) + " txs of " + std::to_string(senders) + " senders";
    const double add = mean_us(count, [&](std::size_t i) { CHECK(pool.add(txs[i], 0)); });
    out.push_back({"mempool add, " + label, add});
    double select = 0;
    double commit = 0;
    double ready = 0;
    std::size_t blocks = 0;
    for (std::uint64_t height = 1; pool.size() > 0; ++height, ++blocks) {
        ready += mean_us(1, [&](std::size_t) { CHECK(pool.has_ready(1'000)); });
        std::vector<CheckedTxPtr> block;
        select += mean_us(
            1, [&](std::size_t) { block = pool.select(1'000, kBlockTxs * 21'000, 1U << 30U); });
        commit += mean_us(1, [&](std::size_t) { pool.committed(block, height); });
    }
    const auto per_block = static_cast<double>(blocks);
    out.push_back({"  is anything ready, a block", ready / per_block});
    out.push_back({"  select 4000, a block", select / per_block});
    out.push_back({"  drop 4000 committed, a block", commit / per_block});
}

crypto::SecretKey key_of(std::uint64_t label) {
    return *crypto::secret_key_from(sha256(record::encode(label)));
}

void disk_figures(std::vector<Figure>& out, const std::string& dir) {
    PosixDisk disk;
    auto wal = *Wal::open(disk, {.directory = dir + "/wal"});
    for (const std::size_t size : {500U, 50'000U, 520'000U}) {
        const Bytes block(size, 7);
        static std::uint64_t height = 0;
        const double mean = mean_us(60, [&](std::size_t) {
            CHECK(wal->append(WalKind::block, ++height, block));
            CHECK(wal->sync());
        });
        out.push_back({"log a block of " + std::to_string(size) + " bytes, synced", mean});
    }
    FileSigner signer(key_of(1), *SignState::create(disk, dir + "/sign_state"));
    Vote vote;
    vote.type = VoteType::precommit;
    vote.block_id.parts.total = 1;
    const double sign = mean_us(200, [&](std::size_t) {
        ++vote.height;
        CHECK(signer.sign("assay-31337-1", vote));
        CHECK(signer.flush());
    });
    out.push_back({"sign a precommit, synced", sign});
}

void block_figures(std::vector<Figure>& out) {
    Block block;
    block.header.chain_id = "assay-31337-1";
    block.header.height = 1;
    for (std::uint64_t i = 0; i < 4'000; ++i) block.txs.push_back(make_tx(i, 0)->raw);
    Bytes encoded;
    out.push_back(
        {"encode a block of 4000 txs", mean_us(20, [&](std::size_t) { encoded = encode(block); })});
    out.push_back({"decode it", mean_us(20, [&](std::size_t) { CHECK(decode<Block>(encoded)); })});
    out.push_back({"data hash", mean_us(20, [&](std::size_t) { data_hash(block.txs); })});
    out.push_back({"part set", mean_us(20, [&](std::size_t) { part_set_header(encoded); })});
    out.push_back({"header hash", mean_us(1000, [&](std::size_t) { block.header.hash(); })});
}

void commit_figures(std::vector<Figure>& out, std::size_t count) {
    std::vector<Validator> validators;
    for (std::size_t i = 0; i < count; ++i)
        validators.push_back(make_validator(crypto::public_key_of(key_of(i))->compressed(), 1));
    const auto set = *ValidatorSet::create(validators);
    Commit commit;
    commit.height = 5;
    commit.block_id.parts.total = 1;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& address = set.validators()[i].address;
        commit.signatures.push_back({CommitFlag::commit, address, {100, 0}, {}});
        for (std::size_t k = 0; k < count; ++k)
            if (validators[k].address == address)
                commit.signatures[i].signature =
                    sign_message(key_of(k), commit.vote(i).sign_bytes("assay-31337-1"));
    }
    out.push_back({"check a commit of " + std::to_string(count) + " validators",
                   mean_us(10, [&](std::size_t) {
                       CHECK(verify_commit("assay-31337-1", set, 5, commit.block_id, commit));
                   })});
}

// What a transaction's signature costs: to find its key, and to check a key that is claimed.
void signature_figures(std::vector<Figure>& out, std::size_t count, std::size_t signers) {
    std::vector<crypto::PublicKey> keys;
    for (std::size_t i = 0; i < signers; ++i) keys.push_back(*crypto::public_key_of(key_of(i)));
    std::vector<crypto::SignerClaim> claims;
    for (std::size_t i = 0; i < count; ++i) {
        const Hash256 digest = sha256(record::encode(std::uint64_t{i}));
        const std::size_t signer = i % signers;
        claims.push_back({.digest = digest,
                          .signature = crypto::sign_recoverable(key_of(signer), digest),
                          .key = static_cast<std::uint32_t>(signer)});
    }
    const double alone = mean_us(count, [&](std::size_t i) {
        CHECK(crypto::recover(claims[i].digest, claims[i].signature));
    });
    const double together = mean_us(1, [&](std::size_t) { CHECK(crypto::all_hold(keys, claims)); });
    const std::string label =
        std::to_string(count) + " signatures of " + std::to_string(signers) + " keys";
    out.push_back({"recover, each of " + label, alone});
    out.push_back({"  check claimed keys together, each", together / static_cast<double>(count)});
    out.push_back({"  the second by the first", together / static_cast<double>(count) / alone, ""});
}

}  // namespace

int main(int argc, char** argv) {
    const bool json = argc > 1 && std::string(argv[1]) == "--json";
    const auto dir = std::filesystem::temp_directory_path() / "assay-bench-consensus";
    std::filesystem::remove_all(dir);
    std::filesystem::create_directories(dir);
    std::vector<Figure> figures;
    mempool_figures(figures, 200'000, 200'000);
    mempool_figures(figures, 200'000, 1'000);
    disk_figures(figures, dir.string());
    block_figures(figures);
    commit_figures(figures, 4);
    commit_figures(figures, 100);
    signature_figures(figures, 1'000, 1'000);
    signature_figures(figures, 4'000, 500);
    signature_figures(figures, 10'000, 2'000);
    std::filesystem::remove_all(dir);
    if (json) std::printf("{");
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& f = figures[i];
        if (json)
            std::printf("%s\"%s\": %.2f", i == 0 ? "" : ", ", f.name.c_str(), f.value);
        else
            std::printf("%-52s %12.2f %s\n", f.name.c_str(), f.value, f.unit);
    }
    if (json) std::printf("}\n");
    return 0;
}
