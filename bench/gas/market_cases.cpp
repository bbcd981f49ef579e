// Orders under the optimistic policy, from the posting to the end of the holdback, and the fraud
// proofs against what was handed in.
#include "bench/gas/cases.hpp"
#include "modules/market/change_order.hpp"
#include "modules/market/commit_fraud.hpp"
#include "modules/market/insurance.hpp"
#include "modules/market/openings.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/market/tables.hpp"
#include "modules/market/views.hpp"
#include "modules/relay/relay.hpp"
#include "modules/rewards/messages.hpp"
#include "modules/rewards/views.hpp"

namespace assay::bench {

namespace {

using test::ItemWork;

constexpr std::uint64_t kQuota = 10'000;
constexpr std::uint32_t kTree = 1'024;  // items of the writer's tree: proofs of ten hashes
const Amount kPrice = Amount(kTokenUnits / 1'000);

market::PostOrder order_of(std::uint64_t now_s) {
    return {.spec_hash = sha256(view_of("spec")),
            .spec_uri = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
            .item_quota = kQuota,
            .price_per_item = kPrice,
            .max_payload_bytes = 2,  // shorter than any payload here
            .deadline_s = now_s + 40};
}

class MarketTale {
  public:
    explicit MarketTale(Story& story) : story_(story) {}

    void orders() {
        const Amount price =
            story_.ask(market::QuotePostOrder{.item_quota = kQuota, .price_per_item = kPrice});
        first_order_ = last_order(story_) + 1;
        const auto post = [&](std::size_t lane) {
            return call(person(lane, Role::buyer), ModuleId::market, order_of(story_.now_s()),
                        price);
        };
        story_.measure("market.postOrder", "", post, {"order_closes"});
        const std::uint64_t unwanted = last_order(story_) + 1;
        story_.each(post);
        story_.measure("market.cancelOrder", "", [&](std::size_t lane) {
            return call(person(lane, Role::buyer), ModuleId::market,
                        market::CancelOrder{.order = unwanted + lane});
        });
        const Amount more = story_.ask(market::QuoteFundOrder{.order = first_order_, .items = 10});
        story_.measure("market.fundOrder", "", [&](std::size_t lane) {
            return call(person(lane, Role::buyer), ModuleId::market,
                        market::FundOrder{.order = order(lane), .items = 10}, more);
        });
        story_.measure("market.sponsorOrder", "", [&](std::size_t lane) {
            return call(person(lane, Role::buyer), ModuleId::market,
                        market::SponsorOrder{.order = order(lane),
                                             .unbonded_items = 40,
                                             .unbonded_cap = 20,
                                             .sponsor_cap = tokens(1)},
                        tokens(2));
        });
    }

    void commitments() {
        commit(Role::writer, kTree, "market.commitSubmission");
        for (const Role role : {Role::repeater, Role::misplacer, Role::copier, Role::overlong,
                                Role::forfeiter, Role::waiter})
            commit(role, 8, "");
        for (std::size_t i = 0; i < kHands; ++i) commit_as(hand(i), 8, "");
        first_of_[who(Role::newcomer)] = last_submission(story_) + 1;
        story_.measure("market.commitUnbonded", "",
                       [&](std::size_t lane) {
                           return call(person(lane, Role::newcomer), ModuleId::market,
                                       unbonded(work(lane, who(Role::newcomer), 8)));
                       },
                       {"submission_reveal_ends"});
        first_of_[who(Role::poor)] = last_submission(story_) + 1;
        story_.measure("relay.relay", "commitUnbonded",
                       [&](std::size_t lane) {
                           const auto message = unbonded(work(lane, who(Role::poor), 8));
                           return relayed(lane,
                                          SponsoredCommit{.commit = message,
                                                          .nonce = intent_nonce(story_, lane),
                                                          .deadline_s = story_.now_s() + 10},
                                          message);
                       },
                       {"submission_reveal_ends"});
    }

    void reveals() {
        story_.measure("market.revealSubmission", "",
                       [&](std::size_t lane) { return reveal(lane, who(Role::writer), kTree); },
                       {"submission_window_ends", "holdback_ends"});
        for (const Role role : {Role::repeater, Role::misplacer, Role::copier, Role::overlong,
                                Role::waiter, Role::newcomer})
            story_.each([&](std::size_t lane) { return reveal(lane, who(role), 8); });
        for (std::size_t i = 0; i < kHands; ++i)
            story_.each([&](std::size_t lane) { return reveal(lane, hand(i), 8); });
        story_.measure("relay.relay", "revealSubmission",
                       [&](std::size_t lane) {
                           const auto message =
                               work(lane, who(Role::poor), 8).reveal(of(lane, who(Role::poor)));
                           return relayed(lane,
                                          SponsoredReveal{.reveal = message,
                                                          .nonce = intent_nonce(story_, lane),
                                                          .deadline_s = story_.now_s() + 10},
                                          message);
                       },
                       {"submission_window_ends", "holdback_ends"});
    }

    void openings() {
        const std::uint64_t first = last_opening(story_) + 1;
        ask("market.forceOpen", "8 items", who(Role::writer), 0, 8);
        ask("market.forceOpen", "1 item", who(Role::writer), 100, 1);
        const std::uint64_t of_poor = last_opening(story_) + 1;
        ask("", "", who(Role::poor), 0, 8);
        story_.measure("market.openItems", "8 items", [&](std::size_t lane) {
            return call(person(lane, Role::writer), ModuleId::market,
                        shown(first + lane, work(lane, who(Role::writer), kTree)));
        });
        story_.measure("relay.relay", "openItems", [&](std::size_t lane) {
            const auto message = shown(of_poor + lane, work(lane, who(Role::poor), 8));
            return relayed(lane,
                           SponsoredOpening{.open = message,
                                            .nonce = intent_nonce(story_, lane),
                                            .deadline_s = story_.now_s() + 10},
                           message);
        });
    }

    void frauds() {
        using market::FraudKind;
        prove("duplicateContent", Role::repeater, [&](std::size_t lane, market::ProveFraud& proof) {
            proof.kind = FraudKind::duplicate_content;
            proof.first = work(lane, who(Role::repeater), 8).proof(0);
            proof.second = work(lane, who(Role::repeater), 8).proof(7);
        });
        prove("malformedLeaf", Role::misplacer, [&](std::size_t lane, market::ProveFraud& proof) {
            proof.kind = FraudKind::malformed_leaf;
            proof.first = work(lane, who(Role::misplacer), 8).proof(7);
        });
        prove("copiedContent", Role::copier, [&](std::size_t lane, market::ProveFraud& proof) {
            proof.kind = FraudKind::copied_content;
            proof.first = work(lane, who(Role::copier), 8).proof(0);
            proof.second = work(lane, who(Role::writer), kTree).proof(0);
            proof.other_submission = of(lane, who(Role::writer));
        });
        prove("malformedPayload", Role::overlong, [&](std::size_t lane, market::ProveFraud& proof) {
            show_overlong(proof, work(lane, who(Role::overlong), 8));
        });
    }

    // The waiter's window ends by a message, the others' with the block.
    void windows() {
        const auto due_s =
            story_.ask(market::GetSubmission{.submission = of(0, who(Role::waiter))}).deadline_s;
        story_.chain().pass(due_s - 1);
        story_.chain().advance(1);
        story_.measure("market.settle", "",
                       [&](std::size_t lane) {
                           return call(person(lane, Role::stranger), ModuleId::market,
                                       market::Settle{.submission = of(lane, who(Role::waiter))});
                       },
                       {"holdback_ends"});
        story_.chain().sweep();
        story_.chain().pass(story_.ask(rewards::CurrentEpoch{}).ends_s + 1);
        story_.measure("rewards.claimVested", "", [&](std::size_t lane) {
            return call(person(lane, Role::writer), ModuleId::rewards,
                        rewards::ClaimVested{.submission = of(lane, who(Role::writer))});
        });
    }

    Accepted accepted() const {
        Accepted out;
        for (std::size_t lane = 0; lane < story_.lanes(); ++lane) {
            out.by_writer.push_back(of(lane, who(Role::writer)));
            std::vector<std::uint64_t> all{out.by_writer.back(), of(lane, who(Role::waiter))};
            for (std::size_t i = 0; i < kHands; ++i) all.push_back(of(lane, hand(i)));
            std::sort(all.begin(), all.end());
            out.all.push_back(std::move(all));
        }
        return out;
    }
    // Whose work was accepted is convicted afterwards, and its buyer claims what is insured.
    void late_frauds() {
        const auto overlong = [&](Role role, std::uint32_t items) {
            return [this, role, items](std::size_t lane, market::ProveFraud& proof) {
                show_overlong(proof, work(lane, who(role), items));
            };
        };
        prove("accepted, in 1 dataset", Role::waiter, overlong(Role::waiter, 8));
        story_.measure("market.claimInsurance", "", [&](std::size_t lane) {
            return call(person(lane, Role::buyer), ModuleId::market,
                        market::ClaimInsurance{.submission = of(lane, who(Role::waiter))});
        });
        prove("accepted, in 8 datasets", Role::writer, overlong(Role::writer, kTree));
    }

  private:
    static constexpr std::size_t kHands = 14;  // further contributors whose work is accepted

    static std::size_t who(Role role) { return static_cast<std::size_t>(role); }
    static std::size_t hand(std::size_t i) { return who(Role::first_of_many) + i; }
    std::uint64_t order(std::size_t lane) const { return first_order_ + lane; }
    std::uint64_t of(std::size_t lane, std::size_t who) const { return first_of_.at(who) + lane; }

    ItemWork work(std::size_t lane, std::size_t who, std::uint32_t items) const {
        ItemWork out{.order = order(lane),
                     .contributor = person(lane, who),
                     .contents = {},
                     .salt = sha256(view_of("salt")),
                     .misplaced = who == static_cast<std::size_t>(Role::misplacer)};
        const auto first = static_cast<std::uint32_t>(who * 10'000);
        for (std::uint32_t i = 0; i < items; ++i) out.contents.push_back(first + i);
        if (who == static_cast<std::size_t>(Role::repeater))
            out.contents.back() = out.contents.front();
        if (who == static_cast<std::size_t>(Role::copier))
            out.contents.front() = static_cast<std::uint32_t>(Role::writer) * 10'000;
        return out;
    }
    static market::CommitUnbonded unbonded(const ItemWork& work) {
        const auto bonded = work.commit();
        return {.order = bonded.order,
                .item_count = bonded.item_count,
                .commitment = bonded.commitment};
    }
    void commit(Role role, std::uint32_t items, const std::string& name) {
        commit_as(who(role), items, name);
    }
    void commit_as(std::size_t who, std::uint32_t items, const std::string& name) {
        const Amount bond =
            story_.ask(market::QuoteCommit{.order = first_order_, .item_count = items});
        first_of_[who] = last_submission(story_) + 1;
        const auto make = [&](std::size_t lane) {
            return call(person(lane, who), ModuleId::market, work(lane, who, items).commit(), bond);
        };
        if (name.empty()) return story_.each(make);
        story_.measure(name, "", make, {"submission_reveal_ends"});
    }
    Call reveal(std::size_t lane, std::size_t who, std::uint32_t items) const {
        return call(person(lane, who), ModuleId::market,
                    work(lane, who, items).reveal(of(lane, who)));
    }
    void ask(const std::string& name, const std::string& what, std::size_t who, std::uint64_t first,
             std::uint64_t count) {
        const auto make = [&](std::size_t lane) {
            market::ForceOpen message{.submission = of(lane, who), .indices = {}};
            for (std::uint64_t i = 0; i < count; ++i) message.indices.push_back(first + i);
            const Amount bond = story_.ask(market::QuoteForceOpen{.submission = message.submission,
                                                                  .indices = message.indices});
            return call(person(lane, Role::stranger), ModuleId::market, message, bond);
        };
        if (name.empty()) return story_.each(make);
        story_.measure(name, what, make, {"opening_ends"});
    }
    static market::OpenItems shown(std::uint64_t request, const ItemWork& work) {
        market::OpenItems out{.request = request, .items = {}};
        const auto hashes = work.hashes();
        for (std::uint64_t i = 0; i < 8; ++i)
            out.items.push_back(
                {.index = i, .leaf = work.leaf(i), .path = rfc6962::inclusion_path(hashes, i)});
        return out;
    }
    static void show_overlong(market::ProveFraud& proof, const ItemWork& work) {
        proof.kind = market::FraudKind::malformed_payload;
        proof.first = work.proof(0);
        proof.payload = ItemWork::payload(work.contents[0]);
        proof.salt = ItemWork::item_salt(work.contents[0]);
    }
    // Committed to first, and old enough when it is shown.
    template <class Fill>
    void prove(const std::string& what, Role accused, const Fill& fill) {
        const auto proof = [&](std::size_t lane) {
            market::ProveFraud out{.submission = of(lane, who(accused)),
                                   .commit_salt = sha256(view_of("hidden"))};
            fill(lane, out);
            return out;
        };
        story_.measure("market.commitFraud", what, [&](std::size_t lane) {
            const Address& prover = person(lane, Role::stranger);
            return call(prover, ModuleId::market,
                        market::CommitFraud{
                            .commitment = market::fraud_commitment(kChainId, prover, proof(lane))});
        });
        for (std::uint64_t i = 0; i < market::kFraudProofAge_blocks; ++i) story_.chain().commit();
        story_.measure("market.proveFraud", what, [&](std::size_t lane) {
            return call(person(lane, Role::stranger), ModuleId::market, proof(lane));
        });
    }

    Story& story_;
    std::uint64_t first_order_ = 0;
    std::map<std::size_t, std::uint64_t> first_of_;  // lane 0's submission, by contributor
};

}  // namespace

void tell_of_market(Story& story) {
    MarketTale tale(story);
    tale.orders();
    tale.commitments();
    tale.reveals();
    tale.openings();
    tale.frauds();
    tale.windows();
    tell_of_datasets(story, tale.accepted());
    tale.late_frauds();
    story.chain().pass(story.now_s() + 1'000);
}

}  // namespace assay::bench
