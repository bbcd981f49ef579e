// Posts, commits and reveals, many to a block.
#include "bench/world/crowd.hpp"

#include "chain/crypto/hash.hpp"
#include "modules/market/commitment.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/submit.hpp"
#include "modules/market/tables.hpp"
#include "modules/market/views.hpp"

namespace assay::bench {

namespace {

constexpr std::uint64_t kOfABlock = 20'000;
const Amount kPrice = Amount(1'000'000'000);

Hash256 root_of(std::uint64_t account) {
    return sha256(record::encode(account));
}

template <class Make>
void in_blocks(Chain& chain, std::uint64_t count, const Make& make) {
    for (std::uint64_t i = 0; i < count; ++i) {
        chain.send(make(i));
        if ((i + 1) % kOfABlock == 0) chain.commit();
    }
    chain.commit();
}

}  // namespace

Address account_of(std::uint64_t number) {
    Bytes seed = to_bytes(view_of("assay/bench/account"));
    record::encode_into(seed, number);
    return Address::from(ByteView(sha256(seed)).first(20));
}

void add_accounts(State& state, std::uint64_t accounts) {
    for (std::uint64_t i = 0; i < accounts; ++i)
        ledger::grant_at_genesis(state, account_of(i), tokens(1));
}

Call commitment_by(std::uint64_t account, std::uint64_t order, Amount bond) {
    const Address who = account_of(account);
    return call(
        who, ModuleId::market,
        market::CommitSubmission{.order = order,
                                 .item_count = 1,
                                 .commitment = market::commitment_of({.chain_id = kChainId,
                                                                      .order = order,
                                                                      .contributor = who,
                                                                      .item_count = 1,
                                                                      .root = root_of(account),
                                                                      .ciphertext_root = {},
                                                                      .key_hash = {},
                                                                      .salt = {}})},
        bond);
}

Call reveal_by(std::uint64_t account, std::uint64_t submission) {
    return call(account_of(account), ModuleId::market,
                market::RevealSubmission{.submission = submission,
                                         .root = root_of(account),
                                         .ciphertext_root = {},
                                         .key_hash = {},
                                         .salt = {},
                                         .data_uri = "ipfs://data"});
}

Crowd gather(Chain& chain, const CrowdSize& size) {
    const auto counters = chain.state().get_or_default(market::kCounters, {});
    const std::uint64_t window_s = chain.ask(market::GetMarketParams{}).challenge_window_s;
    Crowd out{.size = size,
              .first_order = counters.orders + 1,
              .first_submission = counters.submissions + 1,
              .deadline_s = chain.now_s() + window_s};
    if (size.orders == 0) return out;
    const std::uint64_t quota = (size.submissions + size.orders - 1) / size.orders;
    const Amount price =
        chain.ask(market::QuotePostOrder{.item_quota = quota + 1, .price_per_item = kPrice});
    in_blocks(chain, size.orders, [&](std::uint64_t i) {
        return call(account_of((i + 1) % size.accounts), ModuleId::market,  // not of its own work
                    market::PostOrder{.spec_hash = sha256(view_of("spec")),
                                      .spec_uri = "ipfs://spec",
                                      .item_quota = quota + 1,  // never full: it closes in time
                                      .price_per_item = kPrice,
                                      .max_payload_bytes = 100,
                                      .deadline_s = out.deadline_s},
                    price);
    });
    const Amount bond = chain.ask(market::QuoteCommit{.order = out.first_order, .item_count = 1});
    in_blocks(chain, size.submissions, [&](std::uint64_t i) {
        return commitment_by(i, out.first_order + i % size.orders, bond);
    });
    in_blocks(chain, size.submissions,
              [&](std::uint64_t i) { return reveal_by(i, out.first_submission + i); });
    return out;
}

}  // namespace assay::bench
