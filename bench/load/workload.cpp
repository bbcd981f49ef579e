// Making and signing transactions, and the yardstick: recovering their senders.
#include "bench/load/workload.hpp"

#include <atomic>
#include <chrono>
#include <ctime>
#include <thread>

#include "chain/crypto/hash.hpp"
#include "chain/exec/gas.hpp"

namespace assay::bench {

namespace {

void on_every_processor(const std::function<void(std::size_t, std::size_t)>& work) {
    const std::size_t count = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back(work, i, count);
}

}  // namespace

Hash256 seeded(char purpose, std::uint64_t seed, std::uint64_t number) {
    Bytes text{static_cast<std::uint8_t>(purpose)};
    for (const std::uint64_t value : {seed, number})
        for (unsigned shift = 0; shift < 64; shift += 8)
            text.push_back(static_cast<std::uint8_t>(value >> shift));
    return sha256(text);
}

Calls transfers(const WorkloadSize& size) {
    return [size](std::size_t sender, std::uint64_t number) {
        const Hash256 drawn = seeded('t', size.seed, number * size.senders + sender);
        std::uint64_t account = 0;
        for (std::size_t i = 0; i < 8; ++i) account = account << 8U | drawn.bytes[i];
        return Call{.to = bulk_account(size.seed, account % size.accounts),
                    .value = Amount(1),
                    .data = {},
                    .gas_limit = kTxGas};
    };
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

std::vector<SignedTx> sign_all(const Calls& calls, std::size_t count, std::uint64_t first_nonce,
                               const WorkloadSize& size, const std::vector<Sender>& senders) {
    std::vector<SignedTx> out(count);
    on_every_processor([&](std::size_t first, std::size_t step) {
        for (std::size_t i = first; i < out.size(); i += step) {
            const std::size_t sender = i % senders.size();
            const std::uint64_t number = i / senders.size();
            Call call = calls(sender, number);
            Envelope envelope;
            envelope.chain_id = size.chain_id;
            envelope.nonce = first_nonce + number;
            envelope.max_priority_fee_per_gas = Amount(1'000'000);
            envelope.max_fee_per_gas = Amount(1'000'000'000'000);
            envelope.gas_limit = call.gas_limit;
            envelope.to = call.to;
            envelope.value = call.value;
            envelope.data = std::move(call.data);
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
