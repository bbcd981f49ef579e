// The commands of buyers, contributors and jurors: what they send, what they keep, what they
// refuse.
#include <sys/stat.h>

#include "chain/codec/abi.hpp"
#include "cli/commands/catalog.hpp"
#include "cli/commands/votes.hpp"
#include "cli/items/submission_file.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/views.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/submit.hpp"
#include "modules/market/views.hpp"
#include "tests/cli/commands/program.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::cli::testing;

namespace {

struct Market : Home {
    std::string raw;
    Views views;
    market::Order order;

    Market() {
        order.id = 7;
        order.max_payload_bytes = 100;
        order.terms.reveal_window_s = 90;
        views.on<market::GetOrder>(order);
        views.on<market::QuoteCommit>(Amount(500));
        views.on<market::QuotePostOrder>(Amount(kTokenUnits));
    }
    std::map<std::string, FakeNode::Answer> answers() {
        auto out = sending(raw, "0x1");
        out["eth_call"] = views.answer();
        out["eth_getBlockByNumber"] = fixed("\"result\":{\"timestamp\":\"0x64\"}");
        return out;
    }
    std::string file(const std::string& name, const std::string& content) const {
        std::ofstream(folder / name, std::ios::binary) << content;
        return (folder / name).string();
    }
    Envelope sent() const { return *decode_envelope(*from_hex(raw)); }
    template <class M>
    M message() const {
        const auto envelope = sent();
        return *assay::abi::decode<M>(ByteView(envelope.data).subspan(4));
    }
    // The one file of a folder in the home.
    std::filesystem::path only(const std::string& name) const {
        std::vector<std::filesystem::path> found;
        for (const auto& one : std::filesystem::directory_iterator(folder / name))
            found.push_back(one.path());
        BOOST_REQUIRE(found.size() == 1U);
        struct stat facts{};
        BOOST_REQUIRE(stat(found[0].c_str(), &facts) == 0);
        BOOST_TEST((facts.st_mode & 0777U) == 0600U);
        return found[0];
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_order_carries_what_the_chain_quotes, Market) {
    const FakeNode node(answers());
    const std::vector<std::string> line = {
        "order",   "post",       "--spec",     file("spec.md", "label well"),
        "--items", "40",         "--price",    "0.5assay",
        "--kind",  "annotation", "--deadline", "+2h",
        "--rpc",   node.url(),   "--yes"};
    const Ran ran = run(line);
    BOOST_TEST(ran.code == 0, ran.err);
    BOOST_TEST(ran.err.find("locks or pays") != std::string::npos);
    BOOST_TEST(sent().value == Amount(kTokenUnits));
    const auto posted = message<market::PostOrder>();
    BOOST_TEST((posted.spec_hash == sha256(view_of("label well"))));
    BOOST_TEST(posted.item_quota == 40U);
    BOOST_TEST(posted.price_per_item == Amount(kTokenUnits / 2));
    BOOST_TEST((posted.item_kind == market::ItemKind::annotation));
    BOOST_TEST(posted.deadline_s == 100U + 7'200U);
    const Ran missing =
        run({"order", "post", "--items", "1", "--price", "1assay", "--rpc", node.url(), "--yes"});
    BOOST_TEST(missing.code == 2);
    BOOST_TEST(missing.err.find("missing: --spec FILE") != std::string::npos);
    auto wrong = line;
    wrong[9] = "originals";
    BOOST_TEST(run(wrong).err.find("--kind must be one of original, annotation") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_commitment_is_kept_before_it_is_sent_and_reveals_itself, Market) {
    const std::string data = file("work.jsonl", "1\n2\n3\n");
    auto refusing = answers();
    refusing["eth_sendRawTransactionSync"] =
        fixed("\"error\":{\"code\":-32000,\"message\":\"nonce too low\"}");
    {
        const FakeNode node(refusing);
        BOOST_TEST(
            run({"submit", "commit", data, "--order", "7", "--rpc", node.url(), "--yes"}).code ==
            3);
    }
    const auto path = only("submissions");
    std::filesystem::remove(path);
    const FakeNode node(answers());
    const Ran ran =
        run({"submit", "commit", data, "--order", "7", "--rpc", node.url(), "--yes", "--json"});
    BOOST_TEST(ran.code == 0, ran.err);
    const auto kept = load_submission(only("submissions"));
    BOOST_REQUIRE(kept);
    BOOST_TEST(sent().value == Amount(500));
    BOOST_TEST((message<market::CommitSubmission>().commitment == kept->commitment));
    BOOST_TEST(message<market::CommitSubmission>().item_count == 3U);

    market::Submission submission;
    submission.id = 12;
    submission.order = 7;
    submission.contributor = alice.address;
    submission.commitment = kept->commitment;
    views.on<market::GetSubmission>(submission);
    views.on<market::ListSubmissions>({submission});
    const FakeNode later(answers());
    BOOST_TEST(run({"submit", "reveal", "12", "--rpc", later.url(), "--yes"}).code == 0);
    const auto reveal = message<market::RevealSubmission>();
    BOOST_TEST(reveal.submission == 12U);
    BOOST_TEST((reveal.root == kept->root));
    BOOST_TEST((reveal.salt == kept->salt));
    raw.clear();
    const std::string by_file = only("submissions").string();
    BOOST_TEST(run({"submit", "reveal", "--file", by_file, "--rpc", later.url(), "--yes"}).code ==
               0);
    BOOST_TEST(message<market::RevealSubmission>().submission == 12U);
    BOOST_TEST(run({"submit", "files", "--rpc", later.url()}).out.find("12") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(work_that_would_be_fraud_is_not_committed, Market) {
    const FakeNode node(answers());
    const std::string twice = file("twice.jsonl", "1\n1\n");
    const Ran ran = run({"submit", "commit", twice, "--order", "7", "--rpc", node.url(), "--yes"});
    BOOST_TEST(ran.code == 1);
    BOOST_TEST(ran.err.find("items 0 and 1 are the same") != std::string::npos);
    BOOST_TEST(raw.empty());
    BOOST_TEST(!std::filesystem::exists(folder / "submissions"));
}

BOOST_FIXTURE_TEST_CASE(a_vote_is_kept_sealed_and_opened_without_retyping, Market) {
    disputes::Dispute dispute;
    dispute.id = 3;
    dispute.draws = 1;
    dispute.phase = disputes::Phase::commit;
    disputes::Seat seat{.seat = 2, .juror = alice.address};
    views.on<disputes::GetDispute>(dispute);
    views.on<disputes::GetPanel>({seat});
    {
        const FakeNode node(answers());
        const Ran ran =
            run({"dispute", "vote-commit", "3", "reject", "--rpc", node.url(), "--yes"});
        BOOST_TEST(ran.code == 0, ran.err);
        BOOST_TEST(
            run({"dispute", "vote-commit", "3", "maybe", "--rpc", node.url(), "--yes"}).code == 2);
    }
    const auto committed = message<disputes::VoteCommit>();
    only("votes");
    seat.commitment = committed.commitment;
    dispute.phase = disputes::Phase::reveal;
    views.on<disputes::GetDispute>(dispute);
    views.on<disputes::GetPanel>({seat});
    const FakeNode node(answers());
    BOOST_TEST(run({"dispute", "vote-reveal", "3", "--rpc", node.url(), "--yes"}).code == 0);
    const auto opened = message<disputes::VoteReveal>();
    BOOST_TEST((opened.choice == disputes::Choice::reject));
    BOOST_TEST((disputes::vote_commitment(31'337, 3, 1, 2, alice.address, opened.choice,
                                          opened.salt) == committed.commitment));
    seat.juror.bytes[0] ^= 1U;
    views.on<disputes::GetPanel>({seat});
    const FakeNode other(answers());
    const Ran none = run({"dispute", "vote-reveal", "3", "--rpc", other.url(), "--yes"});
    BOOST_TEST(none.code == 3);
    BOOST_TEST(none.err.find("not_a_juror") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(sides_are_joined_and_rulings_appealed_with_the_quoted_value, Market) {
    views.on<disputes::QuoteJoin>(Amount(70));
    views.on<disputes::QuoteAppeal>(Amount(1'400));
    disputes::Dispute ruled;
    ruled.phase = disputes::Phase::appealable;
    ruled.round = 1;
    views.on<disputes::GetDispute>(ruled);
    const FakeNode node(answers());
    const std::string why = file("why.jsonl", "\"a\"\n\"b\"\n");
    const Ran joined = run({"dispute", "join", "3", "reject", "--evidence", why, "--evidence-uri",
                            "ipfs://why", "--rpc", node.url(), "--yes", "--json"});
    BOOST_TEST(joined.code == 0, joined.err);
    const auto join = message<disputes::JoinDispute>();
    BOOST_TEST(sent().value == Amount(70));
    BOOST_TEST((join.dispute == 3U && join.side == disputes::Choice::reject));
    BOOST_TEST(join.evidence_uri == "ipfs://why");
    BOOST_TEST(!join.evidence_root.is_zero());
    const Ran appealed =
        run({"dispute", "appeal", "3", "--evidence", why, "--rpc", node.url(), "--yes"});
    BOOST_TEST(appealed.code == 0, appealed.err);
    BOOST_TEST(sent().value == Amount(1'400));
    BOOST_TEST((message<disputes::Appeal>().evidence_root == join.evidence_root));
    BOOST_TEST(message<disputes::Appeal>().seats == disputes::panel_seats(2));
    raw.clear();
    BOOST_TEST(run({"dispute", "appeal", "3", "--rpc", node.url(), "--yes"}).code == 2);
    BOOST_TEST(
        run({"dispute", "join", "3", "maybe", "--evidence", why, "--rpc", node.url()}).code == 2);
    BOOST_TEST(raw.empty());
}

BOOST_FIXTURE_TEST_CASE(a_dispute_is_shown_with_rounds_and_backers, Market) {
    disputes::Dispute dispute;
    dispute.id = 3;
    dispute.round = 1;
    dispute.phase = disputes::Phase::appealable;
    dispute.ruling = disputes::Choice::accept;
    views.on<disputes::GetDispute>(dispute);
    views.on<disputes::GetRounds>(
        {disputes::Round{.round = 0, .seats = 3, .side = disputes::Choice::reject},
         disputes::Round{.round = 1, .seats = 7, .side = disputes::Choice::accept}});
    views.on<disputes::GetBackers>({disputes::Backer{
        .account = alice.address, .role = disputes::Role::appellant, .bond = Amount(kTokenUnits)}});
    views.on<disputes::GetPanel>({});
    const FakeNode node(answers());
    const Ran human = run({"dispute", "show", "3", "--rpc", node.url()});
    BOOST_TEST(human.code == 0, human.err);
    for (const char* words :
         {"appealable of round 1", "accept, may still be overturned", "appellant", "ASKS TO"})
        BOOST_TEST(human.out.find(words) != std::string::npos, words);
    const Ran machine = run({"dispute", "show", "3", "--rpc", node.url(), "--json"});
    BOOST_TEST(machine.code == 0, machine.err);
    BOOST_TEST(machine.json()["rounds"].Size() == 2U);
    BOOST_TEST(machine.json()["backers"].Size() == 1U);
}

// A record that names no panel cannot be replayed; from a file no node is asked.
BOOST_FIXTURE_TEST_CASE(a_record_is_kept_and_judged_again, Market) {
    disputes::DisputeRecord record;
    record.chain_id = 31'337;
    record.dispute.id = 3;
    record.dispute.phase = disputes::Phase::ruled;
    views.on<disputes::GetDisputeRecord>(record);
    const FakeNode node(answers());
    const Ran kept = run({"dispute", "record", "3", "--rpc", node.url()});
    BOOST_TEST(kept.code == 0, kept.err);
    const std::string path = file("record.json", kept.out);
    const Ran replayed = run({"replay-dispute", "3", "--record", path});
    BOOST_TEST(replayed.code == 1);
    BOOST_TEST(replayed.err.find("dispute 3 does not replay") != std::string::npos);
    BOOST_TEST(run({"replay-dispute", "3", "--rpc", node.url()}).err == replayed.err);
    const Ran other = run({"replay-dispute", "4", "--record", path});
    BOOST_TEST(other.err.find("is the record of dispute 3") != std::string::npos);
    BOOST_TEST(run({"replay-dispute", "3", "--record", file("bad.json", "{}")}).code == 1);
}

BOOST_FIXTURE_TEST_CASE(items_are_hashed_proven_and_checked_without_a_node, Market) {
    const std::string data = file("work.jsonl", "\"a\"\n\"b\"\n\"c\"\n");
    const std::string secret = (folder / "secret").string();
    const Ran hashed = run({"items", "hash", data, "--secret-file", secret, "--json"});
    BOOST_TEST(hashed.code == 0, hashed.err);
    const std::string root = hashed.json()["root"].GetString();
    BOOST_TEST(run({"items", "hash", data, "--secret-file", secret, "--json"}).out == hashed.out);
    const Ran proofs = run({"items", "prove", "0", "2", "--data", data, "--secret-file", secret});
    BOOST_TEST(proofs.code == 0, proofs.err);
    const std::string shown = file("proofs.json", proofs.out);
    BOOST_TEST(run({"items", "check", shown, "--root", root}).code == 0);
    BOOST_TEST(run({"items", "check", shown, "--root", to_hex0x(Hash256{})}).code == 1);
    std::string forged = proofs.out;
    const std::size_t at = forged.find("0x226122");
    BOOST_REQUIRE(at != std::string::npos);
    forged.replace(at, 8, "0x226222");
    const Ran wrong = run({"items", "check", file("forged.json", forged)});
    BOOST_TEST(wrong.code == 1);
    BOOST_TEST(wrong.err == "assay: item 0: payload and salt are not those of the leaf\n");
    BOOST_TEST(run({"items", "prove", "3", "--data", data, "--secret-file", secret}).code == 1);
    BOOST_TEST(run({"items", "hash", data}).code == 2);
}

BOOST_FIXTURE_TEST_CASE(the_demo_says_what_it_lacks, Market) {
    setenv("XDG_CACHE_HOME", folder.c_str(), 1);
    const FakeNode node({{"eth_chainId", fixed("\"result\":\"0x7a69\"")},
                         {"eth_getBalance", fixed("\"result\":\"0x0\"")}});
    const Ran no_corpus = run({"demo", "--rpc", node.url()});
    BOOST_TEST(no_corpus.code == 1);
    BOOST_TEST(no_corpus.err.find("--input FILE") != std::string::npos);
    const std::string texts = file("texts.jsonl", "{\"text\":\"a\",\"label\":\"x\"}\n");
    const Ran poor = run({"demo", "--input", texts, "--rpc", node.url()});
    BOOST_TEST(poor.code == 1);
    BOOST_TEST(poor.err.find("holds nothing on this chain") != std::string::npos);
    const FakeNode rich({{"eth_chainId", fixed("\"result\":\"0x7a69\"")},
                         {"eth_getBalance", fixed("\"result\":\"0x1\"")}});
    const Ran thin = run({"demo", "--input", texts, "--rpc", rich.url()});
    BOOST_TEST(thin.code == 1);
    BOOST_TEST(thin.err.find("at least two different labels") != std::string::npos);
}
