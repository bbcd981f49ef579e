// The commands of buyers and graders of audited orders: what they send, keep, show and refuse.
#include <sys/stat.h>

#include "cli/commands/grades.hpp"
#include "modules/market/audit_order.hpp"
#include "modules/market/views.hpp"
#include "tests/cli/commands/program.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::cli::testing;

namespace {

struct Audits : Home {
    std::string raw;
    Views views;
    market::AuditRecord record;

    Audits() {
        record.audit.submission = 12;
        record.audit.phase = market::AuditPhase::commit;
        record.audit.lot = market::Lot::audited;
        record.audit.items = 3;
        record.audit.seats = 1;
        record.phase_ends_s = 900;
        record.items = {4, 17, 93};
        record.bounds = {.items = 3, .forgiven = 0, .rejected = 1};
        record.seats = {{.seat = 2, .grader = alice.address}};
        tell();
    }
    void tell() {
        views.on<market::GetAudit>(record);
        views.on<market::ListAudits>({record.audit});
    }
    std::map<std::string, FakeNode::Answer> answers() {
        auto out = sending(raw, "0x1");
        out["eth_call"] = views.answer();
        out["eth_getBlockByNumber"] = fixed("\"result\":{\"timestamp\":\"0x64\"}");
        return out;
    }
    template <class M>
    M message() const {
        const auto envelope = *decode_envelope(*from_hex(raw));
        return *assay::abi::decode<M>(ByteView(envelope.data).subspan(4));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_grade_is_kept_sealed_and_opened_without_retyping, Audits) {
    {
        const FakeNode node(answers());
        const Ran ran = run({"audit", "commit", "12", "17,93", "--rpc", node.url(), "--yes"});
        BOOST_TEST(ran.code == 0, ran.err);
        for (const char* bad : {"5", "4,", "x", "", "4 17"}) {
            const Ran refused = run({"audit", "commit", "12", bad, "--rpc", node.url(), "--yes"});
            BOOST_TEST(refused.code == 2, bad);
        }
    }
    const auto committed = message<market::AuditCommit>();
    BOOST_TEST(committed.submission == 12U);
    BOOST_TEST(committed.seat == 2U);
    std::size_t kept = 0;
    for (const auto& one : std::filesystem::directory_iterator(folder / "grades")) {
        struct stat facts{};
        BOOST_REQUIRE(stat(one.path().c_str(), &facts) == 0);
        BOOST_TEST((facts.st_mode & 0777U) == 0600U);
        ++kept;
    }
    BOOST_TEST(kept == 1U);

    record.audit.phase = market::AuditPhase::reveal;
    record.seats[0].commitment = committed.commitment;
    tell();
    const FakeNode node(answers());
    BOOST_TEST(run({"audit", "reveal", "12", "--rpc", node.url(), "--yes"}).code == 0);
    const auto opened = message<market::AuditReveal>();
    BOOST_TEST((opened.defects == Bytes{0x06}));
    BOOST_TEST((market::grade_commitment({.chain_id = 31'337,
                                          .submission = 12,
                                          .seat = 2,
                                          .grader = alice.address,
                                          .defects = opened.defects,
                                          .salt = opened.salt}) == committed.commitment));
}

BOOST_FIXTURE_TEST_CASE(a_grade_that_is_not_here_is_not_invented, Audits) {
    record.audit.phase = market::AuditPhase::reveal;
    record.seats[0].commitment = sha256(view_of("elsewhere"));
    tell();
    const FakeNode node(answers());
    const Ran ran = run({"audit", "reveal", "12", "--rpc", node.url(), "--yes"});
    BOOST_TEST(ran.code != 0);
    BOOST_TEST(ran.err.find("is not on this machine") != std::string::npos);
    BOOST_TEST(raw.empty());
}

BOOST_FIXTURE_TEST_CASE(who_has_no_seat_is_refused, Audits) {
    record.seats[0].grader.bytes[0] ^= 1U;
    tell();
    const FakeNode node(answers());
    const Ran ran = run({"audit", "commit", "12", "none", "--rpc", node.url(), "--yes"});
    BOOST_TEST(ran.code == 3);
    BOOST_TEST(ran.err.find("not_a_grader") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_audit_is_shown_and_found, Audits) {
    record.audit.commits = 1;
    record.audit.reveals = 1;
    record.seats[0].commitment = sha256(view_of("grade"));
    record.seats[0].defects = Bytes{0x05};
    tell();
    const FakeNode node(answers());
    const Ran shown = run({"audit", "show", "12", "--rpc", node.url()});
    BOOST_TEST(shown.code == 0, shown.err);
    BOOST_TEST(shown.out.find("4,17,93") != std::string::npos);  // to look at
    BOOST_TEST(shown.out.find("4,93") != std::string::npos);     // found bad
    const Ran mine = run({"audit", "mine", "alice", "--rpc", node.url()});
    BOOST_TEST(mine.code == 0, mine.err);
    BOOST_TEST(mine.out.find("12") != std::string::npos);
    record.seats[0].commitment = {};
    record.seats[0].defects = {};
    tell();
    const FakeNode other(answers());
    const Ran next = run({"audit", "mine", "alice", "--rpc", other.url()});
    BOOST_TEST(next.out.find("assay audit commit 12") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_audited_order_is_sent_with_its_quote, Audits) {
    views.on<market::QuotePostAudited>(Amount(777));
    const FakeNode node(answers());
    const std::string hash = "0x" + std::string(64, '1');
    const Ran ran = run({"order", "post-audited", "--spec-hash", hash, "--items", "100",
                         "--min-items", "20", "--graders", "5", "--audits", "3", "--price",
                         "0.1assay", "--rpc", node.url(), "--yes"});
    BOOST_TEST(ran.code == 0, ran.err);
    const auto sent = message<market::PostAudited>();
    BOOST_TEST(sent.item_quota == 100U);
    BOOST_TEST(sent.min_items == 20U);
    BOOST_TEST(sent.graders == 5U);
    BOOST_TEST(sent.audits == 3U);
    BOOST_TEST((decode_envelope(*from_hex(raw))->value == Amount(777)));
}
