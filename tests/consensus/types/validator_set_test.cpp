// Validator sets against CometBFT's golden vectors, and the checks of commits.
#include <boost/test/unit_test.hpp>

#include "tests/consensus/types/comet_vectors.hpp"

namespace assay::consensus::test {

namespace {

std::vector<Validator> validators_of(const JsonValue& list) {
    std::vector<Validator> out;
    for (const auto& entry : list.GetArray())
        out.push_back(make_validator(fixed_at<33>(entry, "public"), entry["power"].GetInt64()));
    return out;
}

void compare(const ValidatorSet& set, const JsonValue& expected, bool with_proposer) {
    BOOST_TEST(to_hex(set.hash()) == text_at(expected, "hash"));
    BOOST_TEST(set.total_power() == expected["total"].GetInt64());
    BOOST_REQUIRE(set.size() == expected["sorted"].Size());
    for (rapidjson::SizeType i = 0; i < set.size(); ++i) {
        const auto& entry = expected["sorted"][i];
        BOOST_TEST(to_hex(set.validators()[i].address) == text_at(entry, "address"));
        BOOST_TEST(set.validators()[i].priority == entry["priority"].GetInt64());
    }
    if (!with_proposer) return;
    BOOST_TEST(to_hex(set.proposer().address) == text_at(expected, "proposer"));
    BOOST_TEST(same_both_ways(set, bytes_at(expected, "proto")));
}

// Four validators of power 1 and the keys that sign for them.
struct Signers {
    std::vector<crypto::SecretKey> keys;  // in the set's order
    ValidatorSet set;

    Signers() {
        std::vector<Validator> list;
        std::vector<crypto::SecretKey> unordered;
        for (std::uint8_t i = 1; i <= 4; ++i) {
            FixedBytes<32> scalar;
            scalar.bytes[31] = i;
            unordered.emplace_back(scalar);
            list.push_back(make_validator(key_of(unordered.back()), 1));
        }
        set = *ValidatorSet::create(list);
        for (const Validator& v : set.validators())
            for (const auto& key : unordered)
                if (key_of(key) == v.key) keys.push_back(key);
    }

    static ValidatorKey key_of(const crypto::SecretKey& key) {
        return crypto::public_key_of(key)->compressed();
    }

    Commit commit(const BlockId& id, std::vector<CommitFlag> flags) const {
        Commit out{5, 1, id, {}};
        for (std::size_t i = 0; i < flags.size(); ++i) {
            CommitSig entry;
            entry.flag = flags[i];
            if (entry.flag != CommitFlag::absent) {
                entry.validator = set.validators()[i].address;
                entry.time = {100 + static_cast<std::int64_t>(i), 0};
            }
            out.signatures.push_back(entry);
            if (entry.flag != CommitFlag::absent)
                out.signatures[i].signature =
                    sign_message(keys[i], out.vote(i).sign_bytes("assay-1-1"));
        }
        return out;
    }
};

constexpr auto kFor = CommitFlag::commit;
constexpr auto kNil = CommitFlag::nil;
constexpr auto kAway = CommitFlag::absent;

}  // namespace

BOOST_AUTO_TEST_CASE(sets_turns_and_changes_are_comets) {
    for (const auto& vector : comet()["validator_sets"].GetArray()) {
        auto set = ValidatorSet::create(validators_of(vector["initial"]));
        BOOST_REQUIRE(set);
        compare(*set, vector["set"], true);
        for (const auto& step : vector["steps"].GetArray()) {
            const bool changes = step.HasMember("changes");
            if (changes)
                BOOST_TEST(set->update(validators_of(step["changes"])).has_value());
            else
                set->rotate(step["times"].GetInt());
            compare(*set, step["set"], !changes);
        }
    }
}

BOOST_AUTO_TEST_CASE(impossible_changes_are_refused_and_change_nothing) {
    Signers signers;
    const ValidatorSet before = signers.set;
    const Validator& first = before.validators()[0];
    const auto refused = [&](std::vector<Validator> changes) {
        const auto done = signers.set.update(changes);
        BOOST_TEST(!done.has_value());
        BOOST_TEST((signers.set == before));
    };
    refused({first, first});
    refused({make_validator(first.key, -1)});
    refused({make_validator(first.key, kMaxTotalPower)});
    FixedBytes<32> scalar;
    scalar.bytes[0] = 9;
    refused({make_validator(Signers::key_of(crypto::SecretKey(scalar)), 0)});
    std::vector<Validator> everyone = before.validators();
    for (Validator& v : everyone) v.power = 0;
    refused(everyone);
    BOOST_TEST(!ValidatorSet::create({}).has_value());
}

BOOST_AUTO_TEST_CASE(a_commit_needs_more_than_two_thirds_of_valid_signatures) {
    const Signers signers;
    BlockId id;
    id.hash.bytes[0] = 1;
    id.parts = {1, id.hash};
    const auto verify = [&](const Commit& commit) {
        return verify_commit("assay-1-1", signers.set, 5, id, commit);
    };
    BOOST_TEST(verify(signers.commit(id, {kFor, kFor, kFor, kFor})).has_value());
    BOOST_TEST(verify(signers.commit(id, {kFor, kAway, kFor, kFor})).has_value());
    BOOST_TEST(verify(signers.commit(id, {kFor, kNil, kFor, kFor})).has_value());
    BOOST_TEST(!verify(signers.commit(id, {kFor, kNil, kAway, kFor})).has_value());
    BOOST_TEST(!verify(signers.commit(id, {kFor, kFor, kFor})).has_value());
    BOOST_TEST(!verify_commit("assay-2-1", signers.set, 5, id,
                              signers.commit(id, {kFor, kFor, kFor, kFor}))
                    .has_value());
    BOOST_TEST(!verify_commit("assay-1-1", signers.set, 6, id,
                              signers.commit(id, {kFor, kFor, kFor, kFor}))
                    .has_value());
    Commit swapped = signers.commit(id, {kFor, kFor, kFor, kFor});
    std::swap(swapped.signatures[0], swapped.signatures[1]);
    BOOST_TEST(verify(swapped).error().message == "commit signature 0 names another validator");
    Commit forged = signers.commit(id, {kFor, kFor, kFor, kFor});
    forged.signatures[2].time.nanos = 1;
    BOOST_TEST(verify(forged).error().message == "commit signature 2 is wrong");
}

BOOST_AUTO_TEST_CASE(bft_time_is_the_weighted_median) {
    const Signers signers;
    BlockId id;
    id.parts.total = 1;
    BOOST_TEST(median_time(signers.commit(id, {kFor, kFor, kFor, kFor}), signers.set).seconds ==
               101);
    BOOST_TEST(median_time(signers.commit(id, {kFor, kAway, kFor, kFor}), signers.set).seconds ==
               100);
}

}  // namespace assay::consensus::test
