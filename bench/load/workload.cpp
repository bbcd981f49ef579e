// Making and signing transactions, and the yardstick: recovering their senders.
#include "bench/load/workload.hpp"

#include <atomic>
#include <chrono>
#include <ctime>
#include <functional>
#include <thread>

#include "chain/crypto/hash.hpp"
#include "chain/exec/gas.hpp"

namespace assay::bench {

namespace {

Hash256 seeded(char kind, std::uint64_t seed, std::uint64_t number) {
    Bytes text{static_cast<std::uint8_t>(kind)};
    for (const std::uint64_t value : {seed, number})
        for (unsigned shift = 0; shift < 64; shift += 8)
            text.push_back(static_cast<std::uint8_t>(value >> shift));
    return sha256(text);
}

void on_every_processor(const std::function<void(std::size_t, std::size_t)>& work) {
    const std::size_t count = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back(work, i, count);
}

// Transfers of one base unit to accounts drawn evenly from the whole state.
class Transfers final : public Workload {
  public:
    explicit Transfers(const WorkloadSize& size) : size_(size) {}
    void fill(Envelope& envelope, std::size_t sender, std::uint64_t nonce) const override {
        const Hash256 drawn = seeded('t', size_.seed, nonce * size_.senders + sender);
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < 8; ++i) number = number << 8U | drawn.bytes[i];
        envelope.to = bulk_account(size_.seed, number % size_.accounts);
        envelope.value = Amount(1);
        envelope.gas_limit = kTxGas;
    }

  private:
    WorkloadSize size_;
};

}  // namespace

Result<std::unique_ptr<Workload>> make_workload(const std::string& name, const WorkloadSize& size) {
    if (name == "transfer") return std::unique_ptr<Workload>(new Transfers(size));
    return failure("no workload is named " + name + "; there is: transfer");
}

Address bulk_account(std::uint64_t seed, std::uint64_t number) {
    return Address::from(ByteView(seeded('a', seed, number)).first(20));
}

std::vector<Sender> make_senders(const WorkloadSize& size) {
    std::vector<Sender> out(size.senders);
    on_every_processor([&](std::size_t first, std::size_t step) {
        for (std::size_t i = first; i < out.size(); i += step) {
            out[i].key = *crypto::secret_key_from(seeded('k', size.seed, i));
            out[i].address = crypto::address_of(*crypto::public_key_of(out[i].key));
        }
    });
    return out;
}

std::vector<SignedTx> sign_all(const Workload& workload, const WorkloadSize& size,
                               const std::vector<Sender>& senders) {
    std::vector<SignedTx> out(size.txs);
    on_every_processor([&](std::size_t first, std::size_t step) {
        for (std::size_t i = first; i < out.size(); i += step) {
            const std::size_t sender = i % senders.size();
            Envelope envelope;
            envelope.chain_id = size.chain_id;
            envelope.nonce = i / senders.size();
            envelope.max_priority_fee_per_gas = Amount(1'000'000);
            envelope.max_fee_per_gas = Amount(1'000'000'000'000);
            workload.fill(envelope, sender, envelope.nonce);
            sign_envelope(envelope, senders[sender].key);
            out[i].raw = encode_envelope(envelope);
            out[i].hash = keccak256(out[i].raw);
        }
    });
    return out;
}

Recoveries measure_recoveries(const std::vector<SignedTx>& txs, double seconds) {
    struct Signed {
        Hash256 digest;
        crypto::RecoverableSignature signature;
    };
    std::vector<Signed> all;
    for (std::size_t i = 0; i < std::min<std::size_t>(txs.size(), 4096); ++i) {
        const auto envelope = decode_envelope(txs[i].raw);
        CHECK(envelope.has_value());
        all.push_back({signing_hash(*envelope), {envelope->r, envelope->s, envelope->y_parity}});
    }
    std::atomic<std::uint64_t> done{0};
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    const std::clock_t cpu_start = std::clock();
    const auto elapsed = [&] {
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    on_every_processor([&](std::size_t first, std::size_t) {
        std::size_t at = first;
        for (std::uint64_t mine = 1; elapsed() < seconds; ++mine, ++done) {
            const Signed& one = all[at++ % all.size()];
            CHECK(crypto::recover(one.digest, one.signature).has_value());
        }
    });
    const double wall = elapsed();
    const double count = static_cast<double>(done);
    const double cpu = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
    return {.per_s = count / wall,
            .cpu_us = cpu * 1e6 / count,
            .share = cpu / wall / std::max(1U, std::thread::hardware_concurrency())};
}

}  // namespace assay::bench
