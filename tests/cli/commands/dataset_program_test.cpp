// The commands of datasets: what owners, contributors and licensees send, and what they are told.
#include "chain/crypto/rfc6962.hpp"
#include "modules/datasets/messages.hpp"
#include "modules/datasets/views.hpp"
#include "modules/market/views.hpp"
#include "tests/cli/commands/program.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::cli::testing;
using datasets::Consent;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

struct Market : Home {
    std::string raw;
    Views views;
    datasets::DatasetStatus status;
    datasets::Licence licence;
    std::vector<datasets::SourceStatus> sources;
    std::vector<market::Submission> submissions;

    Market() {
        status.dataset.id = 3;
        status.dataset.owner = Address{{0x77}};
        status.dataset.price = Amount(2 * kTokenUnits);
        status.dataset.items = 5;
        status.dataset.submissions = 2;
        status.dataset.terms.uses = datasets::kTrain | datasets::kDerive;
        status.dataset.terms.contributors_ppm = 400'000;
        status.dataset.terms.royalty_ppm = 50'000;
        status.dataset.receivers = {{.dataset = 1, .ppm = 25'000}};
        status.books.consented_items = 4;
        status.on_offer = true;
        sources.resize(2);
        sources[0].source = {.submission = 12, .contributor = alice.address, .items = 4};
        sources[1].source = {.submission = 15, .contributor = Address{{0x55}}, .items = 1};
        licence.id = 8;
        licence.dataset = 3;
        licence.holder = alice.address;
        licence.buyer = Address{{0x55}};
        licence.ends_s = 130;
        licence.consented_items = 4;
        answer();
    }
    void answer() {
        views.on<datasets::GetDataset>(status);
        views.on<datasets::ListDatasets>({status.dataset});
        views.on<datasets::ListSources>(sources);
        views.on<datasets::GetLicence>(licence);
        views.on<datasets::ListLicences>({licence});
        views.on<datasets::ListHeldLicences>({licence});
        views.on<datasets::QuoteBuyLicence>(status.dataset.price);
        views.on<market::ListSubmissions>(submissions);
    }
    Ran dataset(std::vector<std::string> words) {
        auto answers = sending(raw, "0x1");
        answers["eth_call"] = views.answer();
        answers["eth_getBlockByNumber"] = fixed("\"result\":{\"timestamp\":\"0x64\"}");
        const FakeNode node(answers);
        words.insert(words.begin(), "dataset");
        words.insert(words.end(), {"--rpc", node.url()});
        return run(words);
    }
    Ran send(std::vector<std::string> words) {
        words.push_back("--yes");
        return dataset(words);
    }
    template <class M>
    M message() const {
        const auto envelope = *decode_envelope(*from_hex(raw));
        return *assay::abi::decode<M>(ByteView(envelope.data).subspan(4));
    }
    std::string text_file() const {
        const auto path = folder / "LICENCE";
        std::ofstream(path) << "Use it well.";
        return path.string();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_dataset_is_registered_as_its_owner_says, Market) {
    submissions.resize(3);
    for (std::uint64_t i = 0; i < 3; ++i) submissions[i].id = 20 + i;
    submissions[0].state = market::SubmissionState::finalized;
    submissions[1].state = market::SubmissionState::rejected;
    submissions[2].state = market::SubmissionState::accepted;
    answer();
    const Ran ran = send({"register",   "--order",        "7",           "--submissions", "30,2",
                          "--licence",  text_file(),      "--uses",      "train",         "--price",
                          "1.5assay",   "--contributors", "40%",         "--royalty",     "2.5%",
                          "--duration", "365d",           "--exclusive", "--parent",      "3"});
    BOOST_TEST(ran.code == 0, ran.err);
    const auto sent = message<datasets::RegisterDataset>();
    BOOST_TEST((sent.submissions == std::vector<std::uint64_t>{2, 20, 22, 30}));
    BOOST_TEST((sent.terms.text_hash == sha256(view_of("Use it well."))));
    BOOST_TEST(sent.terms.uses == datasets::kTrain);
    BOOST_TEST(sent.terms.contributors_ppm == 400'000U);
    BOOST_TEST(sent.terms.royalty_ppm == 25'000U);
    BOOST_TEST(sent.terms.duration_s == 365U * 86'400U);
    BOOST_TEST((sent.terms.exclusive && !sent.terms.transferable));
    BOOST_TEST(sent.price == Amount(kTokenUnits / 2 * 3));
    BOOST_TEST(sent.outside_root.is_zero());
    // The licence is found, the royalty is what the parent asks.
    BOOST_TEST((sent.parents == std::vector<datasets::Parent>{{3, 8, 50'000}}));

    const auto data = folder / "data.jsonl";
    std::ofstream(data) << "{\"a\":1}\n{\"a\":2}\n";
    const Ran outside =
        send({"register", "--data", data.string(), "--licence-hash", to_hex0x(sha256(view_of("x"))),
              "--uses", "all", "--price", "0", "--parent", "3:7.5%"});
    BOOST_TEST(outside.code == 0, outside.err);
    const auto plain = message<datasets::RegisterDataset>();
    BOOST_TEST(
        (plain.outside_root == rfc6962::inner_hash(rfc6962::leaf_hash(view_of("{\"a\":1}")),
                                                   rfc6962::leaf_hash(view_of("{\"a\":2}")))));
    BOOST_TEST(plain.terms.uses == datasets::kAllUses);
    BOOST_TEST(plain.terms.duration_s == 0U);
    BOOST_TEST(plain.parents[0].royalty_ppm == 75'000U);
}

BOOST_FIXTURE_TEST_CASE(dataset_commands_refuse_before_they_send, Market) {
    const std::string text = text_file();
    const auto registers = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"register", "--price", "1assay"});
        return send(words);
    };
    const std::string root = to_hex0x(sha256(view_of("x")));
    BOOST_TEST(registers({"--licence", text, "--uses", "train"}).code == 2);  // of nothing
    BOOST_TEST(registers({"--root", root, "--uses", "train"}).code == 2);     // without a text
    const Ran useless = registers({"--root", root, "--licence", text, "--uses", "eat"});
    BOOST_TEST(useless.code == 2);
    BOOST_TEST(has(useless.err, "train, evaluate, derive, publish, commercial"));
    BOOST_TEST(
        registers({"--root", root, "--licence", text, "--uses", "train", "--royalty", "101%"})
            .code == 2);
    licence.ends_s = 100;  // over
    answer();
    const Ran unlicensed =
        registers({"--root", root, "--licence", text, "--uses", "train", "--parent", "3"});
    BOOST_TEST(unlicensed.code == 3);
    BOOST_TEST(has(unlicensed.err, "derivation_not_licensed: dataset 3 is not yours"));
    const Ran nothing = send({"claim", "3"});
    BOOST_TEST(nothing.code == 3);
    BOOST_TEST(has(nothing.err, "nothing_to_claim"));
    BOOST_TEST(send({"consent", "revoke", "3"}).code == 3);  // alice granted nothing
    BOOST_TEST(send({"consent", "standing", "12", "--uses", "eat"}).code == 2);
    BOOST_TEST(dataset({"consent", "show", "4", "12", "--licence", "8"}).code == 2);
    BOOST_TEST(send({"price", "3", "much"}).code == 2);
    BOOST_TEST(raw.empty());
}

BOOST_FIXTURE_TEST_CASE(a_licence_is_bought_at_the_quote_with_the_consents_shown, Market) {
    Ran ran = send({"licence", "buy", "3"});
    BOOST_TEST(ran.code == 0, ran.err);
    BOOST_TEST(message<datasets::BuyLicence>().dataset == 3U);
    BOOST_TEST(message<datasets::BuyLicence>().least_items == 4U);
    BOOST_TEST(decode_envelope(*from_hex(raw))->value == Amount(2 * kTokenUnits));
    BOOST_TEST(has(ran.err, "Permits train, derive. 4 of 5 items"));
    BOOST_TEST(send({"licence", "buy", "3", "--least-items", "1"}).code == 0);
    BOOST_TEST(message<datasets::BuyLicence>().least_items == 1U);
    BOOST_TEST(send({"licence", "transfer", "8", kBob}).code == 0);
    BOOST_TEST(to_hex0x(message<datasets::TransferLicence>().to) == to_hex0x(*parse_address(kBob)));

    ran = dataset({"licence", "show", "8"});
    BOOST_TEST(has(ran.out, "until 1970-01-01 00:02:10 UTC, in 30s"));
    BOOST_TEST(has(ran.out, "4 of 5, in 0 submissions"));
    ran = dataset({"licence", "list", "--json"});
    BOOST_TEST(std::string(ran.json()[0]["id"].GetString()) == "8");
    BOOST_TEST(has(dataset({"licence", "list", "--dataset", "3"}).out, "in 30s"));
}

BOOST_FIXTURE_TEST_CASE(a_contributor_decides_and_collects, Market) {
    BOOST_TEST(send({"consent", "grant", "3"}).code == 0);  // all of alice's: number 12
    BOOST_TEST(message<datasets::GrantConsent>().submission == 12U);
    BOOST_TEST(send({"consent", "grant", "3", "15"}).code == 0);
    BOOST_TEST(message<datasets::GrantConsent>().submission == 15U);
    sources[0].source.consent = Consent::granted;
    sources[0].claimable = Amount(kTokenUnits);
    answer();
    BOOST_TEST(send({"consent", "grant", "3"}).code == 3);
    Ran ran = send({"consent", "revoke", "3"});
    BOOST_TEST(ran.code == 0, ran.err);
    BOOST_TEST(message<datasets::RevokeConsent>().submission == 12U);
    BOOST_TEST(has(ran.err, "what was earned stays yours"));
    ran = send({"claim", "3"});
    BOOST_TEST(ran.code == 0, ran.err);
    BOOST_TEST(message<datasets::ClaimRoyalties>().submission == 12U);
    BOOST_TEST(has(ran.err, "Pays 1 assay for submission 12"));
    BOOST_TEST(
        send({"consent", "standing", "12", "--uses", "train,evaluate", "--least", "2%"}).code == 0);
    BOOST_TEST(message<datasets::SetStandingConsent>().uses == 3);
    BOOST_TEST(message<datasets::SetStandingConsent>().least_ppm == 20'000U);
    BOOST_TEST(send({"consent", "standing", "12", "--uses", "none"}).code == 0);
    BOOST_TEST(message<datasets::SetStandingConsent>().uses == 0);

    views.on<datasets::GetConsentInLicence>(
        {.consent = Consent::revoked,
         .number = 2,
         .change = {.version = 5, .height = 40, .time_s = 70, .consent = Consent::revoked}});
    ran = dataset({"consent", "show", "3", "12", "--licence", "8"});
    BOOST_TEST(has(ran.out, "revoked"));
    BOOST_TEST(has(ran.out, "30s ago, block 40"));
    const datasets::ChangeKey next{.dataset = 3, .submission = 12, .number = 3};
    BOOST_TEST(has(ran.out, to_hex0x(datasets::kChanges.key_of(next))));
}

BOOST_FIXTURE_TEST_CASE(an_owner_sets_the_price_and_collects, Market) {
    BOOST_TEST(send({"price", "3", "12assay"}).code == 0);
    BOOST_TEST(message<datasets::EditDataset>().price == Amount(12 * kTokenUnits));
    BOOST_TEST(message<datasets::EditDataset>().on_sale);
    BOOST_TEST(send({"price", "3", "stop"}).code == 0);
    BOOST_TEST(message<datasets::EditDataset>().price == status.dataset.price);
    BOOST_TEST(!message<datasets::EditDataset>().on_sale);
    status.dataset.owner = alice.address;
    status.books.owner_due = Amount(5);
    answer();
    BOOST_TEST(send({"claim", "3"}).code == 0);
    BOOST_TEST(message<datasets::ClaimRoyalties>().submission == 0U);
}

BOOST_FIXTURE_TEST_CASE(datasets_are_shown_to_people_and_scripts, Market) {
    Ran ran = dataset({"show", "3"});
    BOOST_TEST(has(ran.out, "40% to contributors, 2.5% to dataset 1, 57.5% to the owner"));
    BOOST_TEST(has(ran.out, "5, 4 with consent"));
    ran = dataset({"show", "3", "--json"});
    BOOST_TEST(ran.json()["dataset"]["terms"]["contributorsPpm"].GetUint() == 400'000U);
    ran = dataset({"list"});
    BOOST_TEST(has(ran.out, "train, derive"));
    ran = dataset({"sources", "3"});
    BOOST_TEST(has(ran.out, "none"));
    ran = dataset({"sources", "3", "--json"});
    BOOST_TEST(std::string(ran.json()[1]["source"]["submission"].GetString()) == "15");
}
