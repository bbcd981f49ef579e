// The calls of each kind, and learning the numbers that the chain gave to orders and submissions.
#include "bench/load/market.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <chrono>
#include <memory>

#include "bench/load/connection.hpp"
#include "chain/codec/abi.hpp"
#include "chain/exec/gas.hpp"
#include "modules/market/commitment.hpp"
#include "modules/market/events.hpp"
#include "modules/market/money.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/submit.hpp"

namespace assay::bench {

namespace {

constexpr std::uint64_t kQuota = 10'000;  // items of an order: more than a run commits
constexpr std::uint64_t kItems = 5;       // of a submission
constexpr Amount kPrice(1'000'000'000'000'000);
constexpr std::uint64_t kOrderSeconds = 86'400;
constexpr std::uint64_t kGasLimit = 200'000;

using Ids = boost::unordered_flat_map<std::string, std::uint64_t>;  // by transaction hash in hex

// What the events of one kind number first, of all receipts in these blocks.
Result<Ids> numbers_in(std::uint16_t port, const DriveResult& run, const Hash256& topic) {
    auto client = HttpClient::connect(port);
    if (!client) return client.error();
    Ids out;
    const std::string wanted = to_hex0x(topic);
    for (std::uint64_t height = run.first_height; height <= run.last_height; ++height) {
        const auto receipts = read_receipts(*client, height);
        if (!receipts) return receipts.error();
        for (const auto& receipt : (*receipts)["result"].GetArray())
            for (const auto& log : receipt["logs"].GetArray()) {
                if (log["topics"][0].GetString() != wanted) continue;
                out[log["transactionHash"].GetString()] =
                    std::stoull(log["topics"][1].GetString(), nullptr, 16);
            }
    }
    return out;
}

class Market {
  public:
    Market(std::uint16_t port, const WorkloadSize& size, const std::vector<Sender>& senders,
           const DriveSettings& settings)
        : port_(port),
          size_(size),
          senders_(senders),
          settings_(settings),
          transfer_(transfers(size)) {}

    Result<void> prepare() {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        deadline_s_ = static_cast<std::uint64_t>(
                          std::chrono::duration_cast<std::chrono::seconds>(now).count()) +
                      kOrderSeconds;
        auto orders = round<market::OrderPosted>(
            [&](std::size_t sender, std::uint64_t) { return post(sender, 0); }, 1);
        if (!orders) return orders.error();
        orders_ = std::move(*orders);
        const std::uint64_t measured = (size_.txs + senders_.size() - 1) / senders_.size();
        revealable_ = (measured + 9) / 10 * 4;
        auto submissions = round<market::SubmissionCommitted>(
            [&](std::size_t sender, std::uint64_t number) { return commit(sender, number); },
            revealable_);
        if (!submissions) return submissions.error();
        submissions_ = std::move(*submissions);
        return {};
    }

    std::uint64_t next_nonce() const { return next_nonce_; }

    Call measured(std::size_t sender, std::uint64_t number) const {
        const std::uint64_t ten = number / 10;
        const std::uint64_t in_ten = number % 10;
        if (in_ten == 8) return transfer_(sender, number);
        if (in_ten == 9) return post(sender, 1 + ten);
        const std::uint64_t nth = ten * 4 + in_ten / 2;
        return in_ten % 2 == 0 ? reveal(sender, nth) : commit(sender, revealable_ + nth);
    }

  private:
    // Drives `each` transactions of every sender to their blocks; the numbers that their events of
    // kind E name first, in the order of the transactions.
    template <class E>
    Result<std::vector<std::uint64_t>> round(const Calls& calls, std::uint64_t each) {
        const auto txs = sign_all(calls, each * senders_.size(), next_nonce_, size_, senders_);
        next_nonce_ += each;
        const auto run = drive(port_, txs, settings_);
        if (!run) return run.error();
        const auto numbers = numbers_in(port_, *run, abi::event_of<E>().topic);
        if (!numbers) return numbers.error();
        std::vector<std::uint64_t> out;
        for (const auto& tx : txs) {
            const auto found = numbers->find(to_hex0x(tx.hash));
            if (found == numbers->end())
                return failure(abi::event_of<E>().name + " is missing after " + to_hex0x(tx.hash));
            out.push_back(found->second);
        }
        return out;
    }

    template <class M>
    static Call call(const M& message, Amount value) {
        return {.to = module_address(ModuleId::market),
                .value = value,
                .data = abi::encode_call(message),
                .gas_limit = kGasLimit};
    }

    Hash256 drawn(char purpose, std::size_t sender, std::uint64_t number) const {
        return seeded(purpose, size_.seed, number * senders_.size() + sender);
    }

    Call post(std::size_t sender, std::uint64_t number) const {
        const auto value = market::value_of(kQuota, kPrice);
        return call(market::PostOrder{.spec_hash = drawn('s', sender, number),
                                      .spec_uri = "https://example.org/specification",
                                      .item_quota = kQuota,
                                      .price_per_item = kPrice,
                                      .max_payload_bytes = 4'096,
                                      .deadline_s = deadline_s_},
                    market::order_cost(*value, terms_).total());
    }

    // A sender's submissions go round the orders of all others.
    market::CommitmentPreimage preimage(std::size_t sender, std::uint64_t number) const {
        const std::size_t buyer = (sender + 1 + number % (senders_.size() - 1)) % senders_.size();
        return {.chain_id = size_.chain_id,
                .order = orders_[buyer],
                .contributor = senders_[sender].address,
                .item_count = kItems,
                .root = drawn('r', sender, number),
                .ciphertext_root = {},
                .key_hash = {},
                .salt = drawn('x', sender, number)};
    }

    Call commit(std::size_t sender, std::uint64_t number) const {
        const auto work = preimage(sender, number);
        const auto value = market::value_of(kItems, kPrice);
        return call(market::CommitSubmission{.order = work.order,
                                             .item_count = work.item_count,
                                             .commitment = market::commitment_of(work)},
                    market::submission_bond(*value, terms_));
    }

    Call reveal(std::size_t sender, std::uint64_t number) const {
        const auto work = preimage(sender, number);
        return call(
            market::RevealSubmission{.submission = submissions_[number * senders_.size() + sender],
                                     .root = work.root,
                                     .ciphertext_root = work.ciphertext_root,
                                     .key_hash = work.key_hash,
                                     .salt = work.salt,
                                     .data_uri = {}},
            Amount(0));
    }

    std::uint16_t port_;
    WorkloadSize size_;
    const std::vector<Sender>& senders_;
    DriveSettings settings_;
    Calls transfer_;
    market::Params terms_ = market::devnet_params();
    std::uint64_t next_nonce_ = 0;
    std::uint64_t revealable_ = 0;  // submissions of each sender that the measured part opens
    std::uint64_t deadline_s_ = 0;
    std::vector<std::uint64_t> orders_;       // by sender
    std::vector<std::uint64_t> submissions_;  // by number * senders + sender
};

}  // namespace

Result<MarketLoad> prepare_market(std::uint16_t port, const WorkloadSize& size,
                                  const std::vector<Sender>& senders,
                                  const DriveSettings& settings) {
    if (senders.size() < 2) return failure("a market needs two senders or more");
    const auto market = std::make_shared<Market>(port, size, senders, settings);
    if (auto prepared = market->prepare(); !prepared) return prepared.error();
    return MarketLoad{
        .calls = [market](std::size_t sender,
                          std::uint64_t number) { return market->measured(sender, number); },
        .first_nonce = market->next_nonce()};
}

}  // namespace assay::bench
