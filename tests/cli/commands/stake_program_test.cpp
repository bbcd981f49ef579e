// The commands of delegators and operators: what they send, what they say before, what they refuse.
#include "chain/codec/base64.hpp"
#include "modules/staking/messages.hpp"
#include "modules/staking/stake.hpp"
#include "modules/staking/views.hpp"
#include "tests/cli/commands/program.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::cli::testing;

namespace {

const staking::Consensus kFirst{{0x11, 0xab}};
const staking::Consensus kSecond{{0x22, 0xcd}};
// RFC 4648 of 32 bytes of which the last is 7, and of its public key.
const std::string kSecretSeven = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAc=";

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

struct Staker : Home {
    std::string raw;
    Views views;
    staking::ValidatorStatus status;
    staking::DelegationStatus held;

    Staker() {
        status.validator.address = kFirst;
        status.validator.operator_account = Address{{0x77}};
        status.validator.fee_recipient = Address{{0x78}};
        status.validator.commission_ppm = 50'000;
        status.validator.tokens = Amount(kTokenUnits);
        status.status = staking::Status::active;
        held.validator = kFirst;
        held.stake = Amount(3 * kTokenUnits);
        answer();
    }
    void answer() {
        views.on<staking::GetValidator>(status);
        views.on<staking::ListValidators>({status});
        views.on<staking::GetDelegation>(held);
        views.on<staking::ListDelegations>({held});
        views.on<staking::GetStakingParams>(staking::Params{});
    }
    Ran stake(std::vector<std::string> words) {
        auto answers = sending(raw, "0x1");
        answers["eth_call"] = views.answer();
        answers["eth_getBlockByNumber"] = fixed("\"result\":{\"timestamp\":\"0x64\"}");
        const FakeNode node(answers);
        words.insert(words.begin(), "stake");
        words.insert(words.end(), {"--rpc", node.url()});
        return run(words);
    }
    Ran send(std::vector<std::string> words) {
        words.push_back("--yes");
        return stake(words);
    }
    template <class M>
    M message() const {
        const auto envelope = *decode_envelope(*from_hex(raw));
        return *assay::abi::decode<M>(ByteView(envelope.data).subspan(4));
    }
    std::string key_file(const std::string& secret, const std::string& public_key) const {
        const auto path = folder / "priv_validator_key.json";
        std::ofstream(path) << R"({"address":"","pub_key":{"type":"tendermint/PubKeySecp256k1",)"
                            << R"("value":")" << public_key << R"("},"priv_key":{"type":)"
                            << R"("tendermint/PrivKeySecp256k1","value":")" << secret << "\"}}";
        return path.string();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(stake_moves_as_said, Staker) {
    const std::string first = to_hex0x(kFirst);
    Ran ran = send({"delegate", first, "2assay"});
    BOOST_TEST(ran.code == 0, ran.err);
    BOOST_TEST((message<staking::Delegate>().validator == kFirst));
    BOOST_TEST(decode_envelope(*from_hex(raw))->value == Amount(2 * kTokenUnits));
    BOOST_TEST(has(ran.err, "It takes 5%"));
    BOOST_TEST(has(ran.err, "locks or pays  2 assay"));

    ran = send({"undelegate", first.substr(2), "all"});
    BOOST_TEST(ran.code == 0, ran.err);
    BOOST_TEST(message<staking::Unbond>().amount == held.stake);
    BOOST_TEST(has(ran.err, "3 assay earns nothing from now on and is paid to"));
    BOOST_TEST(has(ran.err, "after 21d"));

    ran = send({"redelegate", first, to_hex0x(kSecond), "1.5assay"});
    BOOST_TEST(ran.code == 0, ran.err);
    const auto moved = message<staking::Redelegate>();
    BOOST_TEST((moved.from == kFirst && moved.to == kSecond));
    BOOST_TEST(moved.amount == Amount(kTokenUnits / 2 * 3));
    BOOST_TEST(has(ran.err, "1.5 assay moves at once"));

    held.rewards = Amount(kTokenUnits);
    answer();
    ran = send({"claim"});  // the only validator that owes something
    BOOST_TEST(ran.code == 0, ran.err);
    BOOST_TEST((message<staking::WithdrawRewards>().validator == kFirst));
    BOOST_TEST(has(ran.err, "Pays 1 assay of rewards"));
}

BOOST_FIXTURE_TEST_CASE(stake_commands_refuse_before_they_send, Staker) {
    const std::string first = to_hex0x(kFirst);
    BOOST_TEST(send({"delegate", "nobody", "2assay"}).code == 2);
    BOOST_TEST(has(send({"delegate", "nobody", "2assay"}).err, "no validator's address"));
    BOOST_TEST(send({"delegate", first, "2 eth"}).code == 2);
    BOOST_TEST(send({"redelegate", first, first, "all"}).code == 2);
    BOOST_TEST(send({"claim"}).code == 3);
    BOOST_TEST(send({"create", "100assay"}).code == 2);
    BOOST_TEST(has(send({"create", "100assay"}).err, "missing: --validator-key FILE"));
    const Ran foreign = send({"unjail", first});
    BOOST_TEST(foreign.code == 3);
    BOOST_TEST(has(foreign.err, "not_owner: validator " + first + " is operated by"));
    BOOST_TEST(send({"set-commission", first, "6"}).code == 2);
    held.stake = {};
    answer();
    BOOST_TEST(has(send({"undelegate", first, "all"}).err, "has no stake at"));
    BOOST_TEST(raw.empty());
}

BOOST_FIXTURE_TEST_CASE(an_operator_changes_one_term_and_keeps_the_other, Staker) {
    const std::string first = to_hex0x(kFirst);
    status.validator.operator_account = alice.address;
    status.validator.commission = Amount(kTokenUnits);
    answer();
    BOOST_TEST(send({"set-commission", first, "6%"}).code == 0);
    auto terms = message<staking::EditValidator>();
    BOOST_TEST(terms.commission_ppm == 60'000U);
    BOOST_TEST((terms.fee_recipient == status.validator.fee_recipient));
    BOOST_TEST(send({"set-recipient", first, "alice"}).code == 0);
    terms = message<staking::EditValidator>();
    BOOST_TEST(terms.commission_ppm == 50'000U);
    BOOST_TEST((terms.fee_recipient == alice.address));
    BOOST_TEST(send({"unjail", first}).code == 0);
    BOOST_TEST((message<staking::Unjail>().validator == kFirst));
    BOOST_TEST(has(send({"claim", first}).err, "and 1 assay of commission"));
    const Ran leaves = send({"undelegate", first, "2.5assay"});
    BOOST_TEST(has(leaves.err, "less than 1 assay of your own it is jailed at once"));
    BOOST_TEST(!has(send({"undelegate", first, "2assay"}).err, "jailed at once"));
}

BOOST_FIXTURE_TEST_CASE(a_validator_is_made_with_its_nodes_key, Staker) {
    FixedBytes<32> scalar;
    scalar.bytes[31] = 7;
    const crypto::SecretKey key(scalar);
    const auto public_key = crypto::public_key_of(key)->compressed();
    const std::string file = key_file(kSecretSeven, base64_of(public_key));
    const Ran made = send({"create", "1.5assay", "--validator-key", file, "--commission", "7.5%"});
    BOOST_TEST(made.code == 0, made.err);
    const auto bond = message<staking::Bond>();
    BOOST_TEST((bond.public_key == to_bytes(public_key)));
    BOOST_TEST(bond.commission_ppm == 75'000U);
    BOOST_TEST((bond.fee_recipient == alice.address));
    BOOST_TEST(crypto::verify_compact(*crypto::PublicKey::parse(bond.public_key),
                                      staking::possession_digest(31'337, alice.address),
                                      FixedBytes<64>::from(bond.proof)));
    BOOST_TEST(has(made.err, "Validator " + to_hex0x(staking::consensus_of(public_key))));
    const Ran shown = run({"stake", "prove-key", to_hex0x(alice.address), "--chain-id", "31337",
                           "--validator-key", file, "--json"});
    const JsonDocument proof = shown.json();
    BOOST_TEST(send({"create", "2assay", "--public-key", proof["publicKey"].GetString(), "--proof",
                     proof["proof"].GetString()})
                   .code == 0);
    BOOST_TEST((message<staking::Bond>().proof == bond.proof));
    BOOST_TEST(send({"create", "0.5assay", "--validator-key", file}).code == 2);
    const auto other = crypto::public_key_of(crypto::SecretKey(FixedBytes<32>{{1}}))->compressed();
    const Ran mixed =
        send({"create", "2assay", "--validator-key", key_file(kSecretSeven, base64_of(other))});
    BOOST_TEST(mixed.code == 1);
    BOOST_TEST(has(mixed.err, "pub_key does not belong to priv_key"));
    BOOST_TEST(send({"create", "2assay", "--validator-key", key_file("!", "")}).code == 1);
}

BOOST_FIXTURE_TEST_CASE(stake_is_shown_to_people_and_scripts, Staker) {
    held.unbondings = {{.id = 4, .amount = Amount(kTokenUnits), .ends_s = 160}};
    held.redelegations = {{.id = 5, .source = kSecond, .amount = Amount(2), .ends_s = 220}};
    status.status = staking::Status::jailed;
    status.validator.jailed_until_s = 130;
    answer();
    Ran ran = stake({"validators"});
    BOOST_TEST(has(ran.out, to_hex0x(kFirst)));
    BOOST_TEST(has(ran.out, "jailed"));
    BOOST_TEST(!has(stake({"validators", "--active"}).out, to_hex0x(kFirst)));
    ran = stake({"validators", "--json"});
    BOOST_TEST(ran.json()[0]["validator"]["commissionPpm"].GetUint() == 50'000U);
    ran = stake({"show", to_hex0x(kFirst)});
    BOOST_TEST(has(ran.out, "1970-01-01 00:02:10 UTC, in 30s"));
    ran = stake({"delegations"});
    BOOST_TEST(has(ran.out, "3 assay"));
    BOOST_TEST(has(ran.out, "in 1m"));
    BOOST_TEST(has(ran.out, "answers for " + to_hex0x(kSecond)));
    ran = stake({"delegations", "alice", "--json"});
    BOOST_TEST((ran.json()[0]["redelegations"][0]["source"].GetString() == to_hex0x(kSecond)));
}
