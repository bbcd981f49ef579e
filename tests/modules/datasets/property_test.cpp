// Random lives of datasets: whatever people do, every block keeps every invariant, and in the end
// everything that was paid for licences was claimed or burned.
#include "tests/modules/datasets/dataset_fixture.hpp"

using namespace assay;
using namespace assay::test;

namespace {

struct Lives : DatasetFixture {
    std::uint64_t seed;
    std::uint64_t drawn = 0;
    std::vector<std::uint64_t> submissions;
    std::vector<std::uint64_t> frauds;  // with an item twice
    std::map<TxCode, std::uint64_t> codes;
    Amount paid;  // for licences

    explicit Lives(std::uint64_t number) : seed(number) {}

    std::uint64_t draw(std::uint64_t below) {
        Bytes text = record::encode(seed);
        record::encode_into(text, ++drawn);
        const Hash256 hash = sha256(text);
        std::uint64_t out = 0;
        for (std::size_t i = 0; i < 8; ++i) out = out << 8U | hash.bytes[i];
        return out % below;
    }
    Address person() { return someone(static_cast<std::uint8_t>(1 + draw(4))); }
    datasets::Counters counters() const { return state().get_or_default(datasets::kCounters, {}); }
    std::uint64_t any_dataset() { return 1 + draw(counters().datasets + 1); }
    std::uint64_t any_submission() {
        return draw(20) == 0 ? 0 : submissions[draw(submissions.size())];
    }
    // The contributor, nearly always.
    Address contributor_of(std::uint64_t submission) {
        const auto found = works.find(submission);
        return found == works.end() || draw(12) == 0 ? person() : found->second.contributor;
    }
    std::uint32_t rate(std::uint32_t most) {
        return static_cast<std::uint32_t>(draw(4) == 0 ? 0 : draw(most));
    }

    // Eight submissions of two contributors, some of them not what they seem.
    void begin() {
        post(40, Amount(1'003));
        for (std::uint32_t i = 0; i < 8; ++i) {
            std::vector<std::uint32_t> contents = {100 * i, 100 * i + 1};
            for (std::uint64_t more = draw(3); more > 0; --more)
                contents.push_back(100 * i + 10 + static_cast<std::uint32_t>(more));
            const bool fraud = draw(3) == 0;
            if (fraud) contents.push_back(100 * i);
            const std::uint64_t id = commit(i % 2 == 0 ? kAnn : kBob, contents);
            submissions.push_back(id);
            if (fraud) frauds.push_back(id);
            if (draw(2) == 0)
                note(send(works.at(id).contributor,
                          datasets::SetStandingConsent{.submission = id,
                                                       .uses = static_cast<std::uint8_t>(draw(40)),
                                                       .least_ppm = rate(200'000)}));
        }
        end_block();
        for (const std::uint64_t id : submissions) BOOST_TEST(reveal(id) == TxCode::ok);
        pass_deadline(submissions.back());
    }
    void note(TxCode code) { ++codes[code]; }

    void act() {
        switch (draw(12)) {
            case 0:
            case 1: return register_one();
            case 2:
            case 3:
            case 4: return buy();
            case 5:
            case 6:
            case 7: return change_consent();
            case 8: {
                const std::uint64_t who = any_submission();
                return note(claim_royalties(any_dataset(), draw(3) == 0 ? 0 : who, person()));
            }
            case 9: {
                const std::uint64_t id = 1 + draw(counters().licences + 1);
                const auto held = chain.ask(datasets::GetLicence{.licence = id});
                const Address sender = held && draw(4) != 0 ? held->holder : person();
                return note(send(sender, datasets::TransferLicence{.licence = id, .to = person()}));
            }
            case 10: {
                const std::uint64_t id = any_dataset();
                return note(send(person(), datasets::EditDataset{.dataset = id,
                                                                 .price = Amount(draw(100'000)),
                                                                 .on_sale = draw(8) != 0}));
            }
            default: return prove();
        }
    }
    void register_one() {
        const Address who = draw(3) == 0 ? person() : kBuyer;
        auto message = outside(Amount(draw(3) == 0 ? 0 : draw(1'000'000)));
        message.terms.uses = static_cast<std::uint8_t>(1 + draw(31));
        message.terms.exclusive = draw(5) == 0;
        message.terms.transferable = draw(2) == 0;
        message.terms.duration_s = draw(2) == 0 ? 0 : 1 + draw(20);
        message.terms.royalty_ppm = rate(200'000);
        if (who == kBuyer || draw(8) == 0)
            for (const std::uint64_t each : submissions)
                if (draw(3) == 0) message.submissions.push_back(each);
        if (!message.submissions.empty()) message.terms.contributors_ppm = rate(700'000);
        for (std::uint64_t id = 1; id <= counters().datasets; ++id) {
            if (draw(4) != 0) continue;
            const auto parent = dataset(id).dataset;
            std::uint64_t by = 0;
            if (parent.owner != who)
                for (const auto& each :
                     chain.ask(datasets::ListHeldLicences{.holder = who, .limit = 100}).value())
                    if (each.dataset == id) by = each.id;
            if (by == 0 && parent.owner != who && draw(8) != 0) continue;
            // A licence and an own dataset that is shared bind alike; outside data binds nobody.
            const bool shared = parent.owner == who && parent.terms.contributors_ppm != 0;
            if (shared && (parent.terms.uses & datasets::kDerive) == 0 && draw(8) != 0) continue;
            if ((by != 0 || shared) && draw(6) != 0) message.terms.uses &= parent.terms.uses;
            message.parents.push_back({id, by, parent.terms.royalty_ppm + rate(50'000)});
        }
        note(send(who, message));
    }
    void buy() {
        const std::uint64_t id = any_dataset();
        const auto quote = chain.ask(datasets::QuoteBuyLicence{.dataset = id});
        const Amount value = quote && draw(16) != 0 ? *quote : Amount(draw(1'000));
        const datasets::BuyLicence message{.dataset = id, .least_items = draw(4)};
        const TxCode code = send(person(), message, value);
        note(code);
        if (code == TxCode::ok) paid = sum_of(paid, value);
    }
    void change_consent() {
        const std::uint64_t submission = any_submission();
        const std::uint64_t id = any_dataset();
        const Address who = contributor_of(submission);
        note(draw(5) < 3 ? grant(who, submission, id) : revoke(who, submission, id));
    }
    void prove() {
        if (frauds.empty() || draw(6) != 0) return;
        const std::uint64_t id = frauds[draw(frauds.size())];
        const ItemWork& work = works.at(id);
        note(StoryFixture::prove(
            kCarol, market::ProveFraud{.submission = id,
                                       .kind = market::FraudKind::duplicate_content,
                                       .first = work.proof(0),
                                       .second = work.proof(work.contents.size() - 1)}));
    }
    // Everybody claims; what was paid for licences is with people or burned.
    void end() {
        Amount claimed;
        for (std::uint64_t id = 1; id <= counters().datasets; ++id) {
            const auto record = dataset(id);
            claimed = sum_of(claimed, record.books.owner_due);
            (void)claim_royalties(id, 0);
            for (const std::uint64_t each : submissions) {
                if (!state().contains(datasets::kSources, {.dataset = id, .submission = each}))
                    continue;
                claimed = sum_of(claimed, due(each, id));
                (void)claim_royalties(id, each);
            }
        }
        BOOST_TEST(claimed <= paid);
        BOOST_TEST(chain.balance(pool::kRoyalties) == Amount{});
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(random_lives_keep_every_invariant) {
    std::map<TxCode, std::uint64_t> codes;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Lives lives(seed);
        lives.begin();
        for (int height = 0; height < 60; ++height) {
            for (std::uint64_t i = lives.draw(6); i > 0; --i) lives.act();
            lives.end_block(1 + lives.draw(3));
        }
        lives.end();
        for (const auto& [code, count] : lives.codes) codes[code] += count;
    }
    for (const TxCode code :
         {TxCode::dataset_not_found, TxCode::dataset_not_on_sale, TxCode::licence_not_found,
          TxCode::licence_ended, TxCode::licence_not_transferable, TxCode::licence_exclusive,
          TxCode::no_consent, TxCode::too_few_consents, TxCode::unknown_use,
          TxCode::submission_not_in_dataset, TxCode::consent_unchanged,
          TxCode::derivation_not_licensed, TxCode::dataset_limit_reached, TxCode::wrong_value,
          TxCode::not_owner, TxCode::nothing_to_claim})
        BOOST_TEST(codes[code] > 0u, code);
    BOOST_TEST(codes[TxCode::ok] > 1'000u);
}
