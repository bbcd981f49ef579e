// Owns stories about audited work: orders under `audited`, graders and what they find.
#pragma once

#include "modules/market/audit_grade.hpp"
#include "modules/market/audit_money.hpp"
#include "modules/market/audit_order.hpp"
#include "modules/market/views_audit.hpp"
#include "tests/support/market_fixture.hpp"

namespace assay::test {

inline const Hash256 kGradeSalt = sha256(view_of("grade"));

struct AuditFixture : MarketFixture {
    using MarketFixture::MarketFixture;

    market::PostAudited audited_order(std::uint64_t quota = 4, std::uint32_t audits = 2,
                                      std::uint8_t graders = 3) const {
        return {.spec_hash = sha256(view_of("spec")),
                .spec_uri = "ipfs://spec",
                .item_quota = quota,
                .price_per_item = Amount(kTokenUnits),
                .max_payload_bytes = 100,
                .deadline_s = now_s() + 1'000,
                .min_items = 2,
                .graders = graders,
                .audits = audits};
    }
    Amount price_of(const market::PostAudited& message) const {
        return chain
            .ask(market::QuotePostAudited{.item_quota = message.item_quota,
                                          .price_per_item = message.price_per_item,
                                          .graders = message.graders,
                                          .audits = message.audits})
            .value();
    }
    TxCode post_audited(const market::PostAudited& message) {
        return send(kBuyer, message, price_of(message));
    }
    market::AuditRecord record_of(std::uint64_t id = 1) const {
        return chain.ask(market::GetAudit{id}).value();
    }
    market::Audit audit(std::uint64_t id = 1) const { return record_of(id).audit; }
    market::GradeSeat seat(std::uint8_t number, std::uint64_t id = 1) const {
        return record_of(id).seats.at(number);
    }
    Amount budget(std::uint64_t order_id = 1) const {
        return chain.ask(market::GetAuditTerms{order_id})->budget;
    }
    Amount fees(std::uint64_t seats) const { return market::fees_of(seats, terms()); }
    Amount sigma() const {
        return market::grade_penalty(market::GradeOutcome::incoherent, terms());
    }

    // Contents first, first + 1 and so on, `items` of them.
    std::uint64_t submit_many(const Address& who, std::uint32_t first, std::uint32_t items,
                              std::uint64_t order_id = 1) {
        std::vector<std::uint32_t> contents;
        for (std::uint32_t i = 0; i < items; ++i) contents.push_back(first + i);
        return submit(who, contents, order_id);
    }
    void pass_draw(std::uint64_t id = 1) {
        BOOST_REQUIRE((audit(id).phase == market::AuditPhase::drawing));
        pass(audit(id).deadline_s);
    }

    // The first `defects` drawn items are bad.
    Bytes bitmap(std::uint64_t defects, std::uint64_t id = 1) const {
        Bytes out(market::bitmap_bytes(audit(id).items));
        for (std::uint64_t i = 0; i < defects; ++i)
            out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | 1U << i % 8);
        return out;
    }
    TxCode commit_grade(std::uint8_t number, const Bytes& defects, std::uint64_t id = 1) {
        const Address grader = seat(number, id).grader;
        return send(grader, market::AuditCommit{
                                .submission = id,
                                .seat = number,
                                .commitment = market::grade_commitment({.chain_id = kWiredChainId,
                                                                        .submission = id,
                                                                        .seat = number,
                                                                        .grader = grader,
                                                                        .defects = defects,
                                                                        .salt = kGradeSalt})});
    }
    TxCode reveal_grade(std::uint8_t number, const Bytes& defects, std::uint64_t id = 1) {
        return send(seat(number, id).grader,
                    market::AuditReveal{
                        .submission = id, .seat = number, .defects = defects, .salt = kGradeSalt});
    }

    // What each seat does: so many defects found; kSilent commits and keeps silent, kAway does
    // nothing.
    static constexpr int kSilent = -1;
    static constexpr int kAway = -2;
    void commit_grades(const std::vector<int>& seats, std::uint64_t id = 1) {
        BOOST_REQUIRE(seats.size() == audit(id).seats);
        for (std::uint8_t i = 0; i < seats.size(); ++i)
            if (seats[i] != kAway)
                BOOST_REQUIRE(commit_grade(i, found(seats[i], id), id) == TxCode::ok);
        pass(audit(id).deadline_s);
    }
    void reveal_grades(const std::vector<int>& seats, std::uint64_t id = 1) {
        for (std::uint8_t i = 0; i < seats.size(); ++i)
            if (seats[i] >= 0)
                BOOST_REQUIRE(reveal_grade(i, found(seats[i], id), id) == TxCode::ok);
        if (state_of(id) == market::SubmissionState::revealed) pass_deadline(id);
    }
    // Both, until the verdict.
    void grade(const std::vector<int>& seats, std::uint64_t id = 1) {
        commit_grades(seats, id);
        reveal_grades(seats, id);
        BOOST_REQUIRE((state_of(id) == market::SubmissionState::window));
    }
    Bytes found(int defects, std::uint64_t id) const {
        return bitmap(defects < 0 ? 0 : static_cast<std::uint64_t>(defects), id);
    }

    TxCode contest(std::uint64_t id, const Address& who) {
        const auto value = chain.ask(disputes::QuoteChallenge{.submission = id});
        return chain.send(who, ModuleId::disputes,
                          disputes::Contest{.submission = id,
                                            .evidence_root = sha256(view_of("contest")),
                                            .evidence_uri = "ipfs://contest"},
                          value ? *value : Amount{});
    }
    market::ProveFraud duplicate(std::uint64_t id = 1) const {
        return {.submission = id,
                .kind = market::FraudKind::duplicate_content,
                .first = works.at(id).proof(0),
                .second = works.at(id).proof(1)};
    }
    // What a juror has in the ledger and at stake.
    Amount worth(const Address& who) const {
        const auto record = chain.ask(jurors::GetJuror{who});
        return sum_of(wealth(who), record ? record->stake : Amount{});
    }
    bool earned(const Address& who, Amount amount) const {
        return worth(who) == sum_of(genesis.each, amount);
    }
    bool paid(const Address& who, Amount amount) const {
        return sum_of(worth(who), amount) == genesis.each;
    }
    Amount locked(const Address& who) const { return chain.ask(jurors::GetJuror{who})->locked; }
};

// With jurors who can be drawn, and an order of four items whose buyer pays for two audits.
struct HiredAuditFixture : AuditFixture {
    HiredAuditFixture() {
        hire();
        BOOST_REQUIRE(post_audited(audited_order()) == TxCode::ok);
    }
};

}  // namespace assay::test
