// Sellers of datasets who keep what contributors and other datasets are owed.
#include "modules/datasets/messages.hpp"
#include "modules/datasets/views.hpp"
#include "tests/economy/attack.hpp"

namespace assay::economy {

namespace {

constexpr std::uint32_t kContributors_ppm = 500'000;
constexpr std::uint32_t kRoyalty_ppm = 100'000;

// The attacker sells work that ann and another did for it and consented to.
class Seller {
  public:
    explicit Seller(World& world) : world_(world) {
        const std::uint32_t items = world.conditions().items;
        const std::uint64_t order = world.post(world.mallory(), 2 * items);
        for (const Address& who : {world.ann(), world.watcher()})
            works_.push_back(world.submit(who, order, items, Quality::good));
        world.end_block(world.conditions().params.market.challenge_window_s + 1);
        world.end_block();
        before_ = world.gain(world.mallory());
    }

    const std::vector<std::uint64_t>& works() const { return works_; }
    datasets::RegisterDataset of(std::vector<std::uint64_t> works) const {
        return {.outside_root = {},
                .data_uri = "ipfs://data",
                .terms = {.text_hash = sha256(view_of("licence")),
                          .text_uri = "ipfs://licence",
                          .uses = datasets::kTrain,
                          .contributors_ppm = kContributors_ppm,
                          .royalty_ppm = kRoyalty_ppm},
                .price = price(),
                .submissions = std::move(works),
                .parents = {}};
    }
    // The same data as if no order had brought it.
    datasets::RegisterDataset copy(std::vector<datasets::Parent> parents) const {
        auto out = of({});
        out.outside_root = sha256(view_of("copy"));
        out.terms.contributors_ppm = 0;
        out.parents = std::move(parents);
        return out;
    }
    Amount price() const { return world_.conditions().price; }
    template <Message M>
    TxCode send(const Address& who, const M& message, Amount value = {}) {
        return world_.chain().send(who, ModuleId::datasets, message, value);
    }
    void consent(std::uint64_t dataset) {
        CHECK(send(world_.ann(), datasets::GrantConsent{dataset, works_[0]}) == TxCode::ok);
        CHECK(send(world_.watcher(), datasets::GrantConsent{dataset, works_[1]}) == TxCode::ok);
    }
    // A stranger buys, who wants consent for so many items.
    TxCode sell(std::uint64_t dataset, std::uint64_t least_items) {
        return send(world_.buyer(),
                    datasets::BuyLicence{.dataset = dataset, .least_items = least_items}, price());
    }
    std::uint64_t items() const { return 2ULL * world_.conditions().items; }
    // In shares of a licence's price, with what every dataset owes the seller.
    double gain(std::uint64_t datasets) {
        for (std::uint64_t id = 1; id <= datasets; ++id)
            (void)send(world_.mallory(), datasets::ClaimRoyalties{.dataset = id, .submission = 0});
        return shares(world_, world_.gain(world_.mallory()) - before_, 1);
    }

  private:
    World& world_;
    std::vector<std::uint64_t> works_;
    double before_ = 0;
};

double sell_with_consent(World& world) {
    Seller seller(world);
    CHECK(seller.send(world.mallory(), seller.of(seller.works())) == TxCode::ok);
    seller.consent(1);
    CHECK(seller.sell(1, seller.items()) == TxCode::ok);
    return seller.gain(1);
}

// One of two contributors revokes; the licence is sold to whoever asks for no more than what is
// left.
double sell_what_is_left(World& world) {
    Seller seller(world);
    CHECK(seller.send(world.mallory(), seller.of(seller.works())) == TxCode::ok);
    seller.consent(1);
    CHECK(seller.send(world.ann(), datasets::RevokeConsent{1, seller.works()[0]}) == TxCode::ok);
    CHECK(seller.sell(1, seller.items()) == TxCode::too_few_consents);
    CHECK(seller.sell(1, seller.items() / 2) == TxCode::ok);
    return seller.gain(1);
}

// Both revoke. The seller leaves it on sale, and registers the same work once more.
double sell_without_consent(World& world) {
    Seller seller(world);
    for (std::uint64_t id : {1U, 2U}) {
        CHECK(seller.send(world.mallory(), seller.of(seller.works())) == TxCode::ok);
        if (id == 1) {
            seller.consent(1);
            for (const std::uint64_t work : seller.works())
                CHECK(seller.send(world.submission(work).contributor,
                                  datasets::RevokeConsent{1, work}) == TxCode::ok);
        }
        CHECK(seller.sell(id, 0) == TxCode::no_consent);
    }
    return seller.gain(2);
}

// Sells a copy of its own dataset, of which contributors get the royalty alone.
double sell_a_copy(World& world) {
    Seller seller(world);
    CHECK(seller.send(world.mallory(), seller.of(seller.works())) == TxCode::ok);
    seller.consent(1);
    const TxCode code =
        seller.send(world.mallory(), seller.copy({{.dataset = 1, .royalty_ppm = kRoyalty_ppm}}));
    if (code == TxCode::ok) CHECK(seller.sell(2, 0) == TxCode::ok);
    return seller.gain(2);
}

// Adds its own work, made for nothing, which shares what contributors get. Those gave their consent
// ahead, for at least what they were promised.
double pad_with_own_work(World& world) {
    Seller seller(world);
    const std::uint32_t items = world.conditions().items;
    for (const std::uint64_t work : seller.works())
        CHECK(seller.send(world.submission(work).contributor,
                          datasets::SetStandingConsent{.submission = work,
                                                       .uses = datasets::kTrain,
                                                       .least_ppm = kContributors_ppm / 2}) ==
              TxCode::ok);
    const std::uint64_t order = world.post(world.mallory(), 4 * items, Amount(1'000));
    const std::uint64_t padding = world.submit(world.alias(0), order, 4 * items, Quality::bad);
    world.end_block(world.conditions().params.market.challenge_window_s + 1);
    world.end_block();
    auto all = seller.works();
    all.push_back(padding);
    CHECK(seller.send(world.mallory(), seller.of(all)) == TxCode::ok);
    CHECK(seller.send(world.alias(0), datasets::GrantConsent{1, padding}) == TxCode::ok);
    const bool sold = seller.sell(1, seller.items() + 4ULL * items) == TxCode::ok;
    (void)seller.send(world.alias(0),
                      datasets::ClaimRoyalties{.dataset = 1, .submission = padding});
    const double of_alias = sold ? world.gain(world.alias(0)) : 0;
    return seller.gain(1) + shares(world, of_alias, 1);
}

// Says that the work came from outside. Nobody can tell from the chain; a buyer who asks for
// consents does not buy.
double hide_the_source(World& world) {
    Seller seller(world);
    CHECK(seller.send(world.mallory(), seller.copy({})) == TxCode::ok);
    CHECK(seller.sell(1, seller.items()) == TxCode::too_few_consents);
    CHECK(seller.sell(1, 0) == TxCode::ok);
    return seller.gain(1);
}

}  // namespace

std::vector<Attack> dataset_attacks() {
    return {
        {.name = "selling without consent",
         .strategy = "all revoked; sells on, and registers anew",
         .attack = sell_without_consent,
         .honest = sell_with_consent},
        {.name = "selling what is left",
         .strategy = "one of two revoked; its share is not the seller's",
         .attack = sell_what_is_left,
         .honest = sell_with_consent,
         .useless = 0.001},
        {.name = "a copy to withhold royalties",
         .strategy = "sells a copy of its own dataset, royalty 10%",
         .attack = sell_a_copy,
         .honest = sell_with_consent},
        {.name = "padding a dataset",
         .strategy = "adds own work to share what contributors get",
         .attack = pad_with_own_work,
         .honest = sell_with_consent},
        {.name = "hiding where a dataset is from",
         .strategy = "registers contributors' work as data from outside",
         .attack = hide_the_source,
         .honest = sell_with_consent,
         .open = "the chain sees no contents; no consents to show"},
    };
}

}  // namespace assay::economy
