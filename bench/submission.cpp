// Measures what a submission costs on the chain by the number of its items: bytes, gas and time
// from the commitment to the payment, with 192 items opened on demand.
#include <bit>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

#include "chain/app/chain_app.hpp"
#include "chain/codec/abi.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/crypto/rfc6962.hpp"
#include "chain/exec/ledger.hpp"
#include "modules/market/commitment.hpp"
#include "modules/market/money.hpp"
#include "modules/market/openings.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/submit.hpp"
#include "modules/market/views.hpp"
#include "modules/wiring/modules.hpp"
#include "modules/wiring/params.hpp"

using namespace assay;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kChain = 31'337;
constexpr std::uint64_t kBegin_s = 1'700'000'000;
constexpr std::uint64_t kRequests = 24;  // of market::kMaxIndices items each
const FixedBytes<20> kProposer{{0x77}};
const Amount kPrice = Amount(kTokenUnits / 10'000);

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

struct Person {
    crypto::SecretKey key;
    Address address;
    std::uint64_t nonce = 0;
    explicit Person(std::string_view name)
        : key(*crypto::secret_key_from(sha256(view_of(name)))),
          address(crypto::address_of(*crypto::public_key_of(key))) {}
};

// The work: every leaf, its hash, and whatever the contributor keeps.
struct Work {
    std::vector<Hash256> hashes;
    double hash_ms = 0;

    explicit Work(std::uint64_t items) {
        hashes.reserve(items);
        const auto start = Clock::now();
        for (std::uint64_t i = 0; i < items; ++i)
            hashes.push_back(rfc6962::leaf_hash(market::leaf_data(leaf(i))));
        root = rfc6962::root_of_hashes(hashes);
        hash_ms = ms_since(start);
    }
    static market::Leaf leaf(std::uint64_t index) {
        const Bytes payload = record::encode(index);
        return {.index = index,
                .content_id = market::content_id(payload),
                .payload_hash = market::payload_hash({}, payload)};
    }
    market::LeafProof proof(std::uint64_t index) {
        return {.index = index,
                .leaf = market::leaf_data(leaf(index)),
                .path = path(0, hashes.size(), index)};
    }
    // As rfc6962::inclusion_path(), with subtrees hashed once for all proofs.
    std::vector<Hash256> path(std::size_t begin, std::size_t end, std::size_t index) {
        if (end - begin == 1) return {};
        const std::size_t middle = begin + std::bit_ceil(end - begin) / 2;
        const bool left = index < middle;
        auto out = left ? path(begin, middle, index) : path(middle, end, index);
        out.push_back(left ? subtree(middle, end) : subtree(begin, middle));
        return out;
    }
    const Hash256& subtree(std::size_t begin, std::size_t end) {
        const auto [at, is_new] = subtrees.try_emplace({begin, end});
        if (is_new)
            at->second = rfc6962::root_of_hashes(
                std::span<const Hash256>(hashes).subspan(begin, end - begin));
        return at->second;
    }

    std::map<std::pair<std::size_t, std::size_t>, Hash256> subtrees;
    Hash256 root;
};

struct Cost {
    std::uint64_t transactions = 0;
    std::uint64_t bytes = 0;
    std::uint64_t gas = 0;
};

class Chain {
  public:
    Chain(const std::filesystem::path& dir, const std::vector<const Person*>& people)
        : registry_(all_modules()) {
        std::filesystem::create_directories(dir);
        database_ = Database::open(dir.string()).value();
        AppConfig config{.chain_id = kChain,
                         .genesis_time = {kBegin_s, 0},
                         .build_genesis = [people](State& state) {
                             for (const Person* who : people)
                                 ledger::grant_at_genesis(
                                     state, who->address,
                                     Amount::from_raw(static_cast<u128>(kTokenUnits) * 10'000'000));
                             state.put(kFeeRecipients, kProposer, Address{{0x99}});
                             state.put(kFeeParams, {}, {});
                             init_modules(state, devnet_params(), kBegin_s);
                         }};
        app_ = ChainApp::open(std::move(config), registry_, *database_).value();
        CHECK(app_->init_chain().has_value());
    }

    template <Message M>
    void add(Person& sender, const M& message, Amount value, Cost& cost) {
        Envelope envelope;
        envelope.type = 2;
        envelope.chain_id = kChain;
        envelope.nonce = sender.nonce++;
        envelope.to = module_address(ModuleId::market);
        envelope.value = value;
        envelope.data = abi::encode_call(message);
        envelope.gas_limit = 5'000'000;
        envelope.max_fee_per_gas = app_->next_base_fee();
        sign_envelope(envelope, sender.key);
        txs_.push_back(encode_envelope(envelope));
        cost.transactions += 1;
        cost.bytes += txs_.back().size();
    }
    // One block of what was added, durable; returns milliseconds. Everything in it must succeed.
    double block(Cost& cost, std::uint64_t later_s = 1) {
        now_s_ += later_s;
        const std::uint64_t height = app_->store().height() + 1;
        const auto start = Clock::now();
        const auto response = app_->finalize_block({.height = height,
                                                    .time = {static_cast<std::int64_t>(now_s_), 0},
                                                    .hash = sha256(record::encode(height)),
                                                    .proposer_address = kProposer,
                                                    .txs = std::exchange(txs_, {})});
        CHECK(app_->commit({}).has_value());
        const double out = ms_since(start);
        for (const auto& result : response.results) {
            CHECK(result.code == TxCode::ok);
            cost.gas += result.gas_used;
        }
        return out;
    }
    template <View V>
    typename V::Returns ask(const V& view) const {
        const auto reader = app_->store().latest();
        const State state(*reader);
        BlockEnv block;
        block.time_s = now_s_;
        return view.view(state, block).value();
    }
    std::uint64_t now_s() const { return now_s_; }

  private:
    Registry registry_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<ChainApp> app_;
    std::vector<Bytes> txs_;
    std::uint64_t now_s_ = kBegin_s;
};

struct Row {
    std::uint64_t items = 0;
    double hash_ms = 0;  // the contributor's own, off the chain
    Cost commit;
    Cost reveal;
    Cost open;
    std::uint64_t opened = 0;
    double commit_ms = 0;
    double reveal_ms = 0;
    double open_ms = 0;
    double settle_ms = 0;
};

Row measure(const std::filesystem::path& dir, std::uint64_t items) {
    Person buyer("buyer");
    Person contributor("contributor");
    Person stranger("stranger");
    Work work(items);
    Chain chain(dir, {&buyer, &contributor, &stranger});
    Row row{.items = items, .hash_ms = work.hash_ms};
    Cost other;

    chain.add(buyer,
              market::PostOrder{.spec_hash = sha256(view_of("spec")),
                                .item_quota = items,
                                .price_per_item = kPrice,
                                .max_payload_bytes = 100,
                                .deadline_s = chain.now_s() + 1'000},
              chain.ask(market::QuotePostOrder{.item_quota = items, .price_per_item = kPrice}),
              other);
    chain.block(other);

    const market::CommitmentPreimage preimage{.chain_id = kChain,
                                              .order = 1,
                                              .contributor = contributor.address,
                                              .item_count = items,
                                              .root = work.root};
    chain.add(contributor,
              market::CommitSubmission{
                  .order = 1, .item_count = items, .commitment = commitment_of(preimage)},
              chain.ask(market::QuoteCommit{.order = 1, .item_count = items}), row.commit);
    row.commit_ms = chain.block(row.commit);
    chain.add(contributor, market::RevealSubmission{.submission = 1, .root = work.root}, {},
              row.reveal);
    row.reveal_ms = chain.block(row.reveal);

    // Evenly over the tree, so that paths are as long as they get.
    std::vector<market::ForceOpen> asks;
    for (std::uint64_t r = 0; r < kRequests; ++r) {
        market::ForceOpen ask{.submission = 1};
        for (std::uint64_t i = 0; i < market::kMaxIndices; ++i)
            ask.indices.push_back((r * market::kMaxIndices + i) * items /
                                  (kRequests * market::kMaxIndices));
        chain.add(stranger, ask,
                  chain.ask(market::QuoteForceOpen{.submission = 1, .indices = ask.indices}),
                  other);
        asks.push_back(std::move(ask));
    }
    chain.block(other);
    for (std::uint64_t r = 0; r < kRequests; ++r) {
        market::OpenItems answer{.request = r + 1};
        for (const std::uint64_t index : asks[r].indices) answer.items.push_back(work.proof(index));
        row.opened += answer.items.size();
        chain.add(contributor, answer, {}, row.open);
    }
    row.open_ms = chain.block(row.open);
    row.settle_ms = chain.block(other, devnet_params().market.challenge_window_s + 1);
    const auto settled = chain.ask(market::GetSubmission{.submission = 1});
    CHECK(settled.state == market::SubmissionState::accepted && settled.items_missing == 0);
    CHECK(sum_of(settled.payout, Amount{}) == *market::value_of(items, kPrice));
    return row;
}

}  // namespace

int main(int argc, char** argv) {
    const bool json = argc == 2 && std::string(argv[1]) == "--json";
    if (argc != 1 && !json) {
        std::fprintf(stderr, "bench_submission [--json]\n");
        return 2;
    }
    const auto dir = std::filesystem::temp_directory_path() / "assay-bench-submission";
    if (!json)
        std::printf("%9s %8s | %6s %7s %6s | %6s %7s %6s | %6s %8s %9s %7s | %8s\n", "items",
                    "hash ms", "commit", "gas", "ms", "reveal", "gas", "ms", "opened", "bytes",
                    "gas", "ms", "settle ms");
    for (const std::uint64_t items : {1'000U, 10'000U, 100'000U, 1'000'000U}) {
        std::filesystem::remove_all(dir);
        const Row row = measure(dir, items);
        std::printf(
            json
                ? "{\"items\":%llu,\"hashMs\":%.1f,\"commitBytes\":%llu,\"commitGas\":%llu,"
                  "\"commitMs\":%.2f,\"revealBytes\":%llu,\"revealGas\":%llu,\"revealMs\":%.2f,"
                  "\"opened\":%llu,\"openBytes\":%llu,\"openGas\":%llu,\"openMs\":%.2f,"
                  "\"settleMs\":%.2f}\n"
                : "%9llu %8.1f | %6llu %7llu %6.2f | %6llu %7llu %6.2f | %6llu %8llu %9llu %7.2f | "
                  "%8.2f\n",
            static_cast<unsigned long long>(row.items), row.hash_ms,
            static_cast<unsigned long long>(row.commit.bytes),
            static_cast<unsigned long long>(row.commit.gas), row.commit_ms,
            static_cast<unsigned long long>(row.reveal.bytes),
            static_cast<unsigned long long>(row.reveal.gas), row.reveal_ms,
            static_cast<unsigned long long>(row.opened),
            static_cast<unsigned long long>(row.open.bytes),
            static_cast<unsigned long long>(row.open.gas), row.open_ms, row.settle_ms);
        std::fflush(stdout);
    }
    std::filesystem::remove_all(dir);
    return 0;
}
