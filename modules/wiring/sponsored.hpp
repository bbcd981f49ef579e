// Owns what people sign to have their messages relayed: the EIP-712 types, as wallets show them.
#pragma once

#include "modules/market/answers.hpp"
#include "modules/market/batches.hpp"
#include "modules/market/openings.hpp"
#include "modules/market/submit.hpp"

namespace assay {

// Each is a message of the market with the nonce and deadline of modules/relay. A wallet shows
// every field under the name that stands here.
struct SponsoredCommit {
    market::CommitUnbonded commit;
    std::uint64_t nonce = 0;
    std::uint64_t deadline_s = 0;
};
BOOST_DESCRIBE_STRUCT(SponsoredCommit, (), (commit, nonce, deadline_s))

struct SponsoredReveal {
    market::RevealSubmission reveal;
    std::uint64_t nonce = 0;
    std::uint64_t deadline_s = 0;
};
BOOST_DESCRIBE_STRUCT(SponsoredReveal, (), (reveal, nonce, deadline_s))

struct SponsoredOpening {
    market::OpenItems open;
    std::uint64_t nonce = 0;
    std::uint64_t deadline_s = 0;
};
BOOST_DESCRIBE_STRUCT(SponsoredOpening, (), (open, nonce, deadline_s))

struct SponsoredBatch {
    market::CommitBatch commit;  // in a place without a bond
    std::uint64_t nonce = 0;
    std::uint64_t deadline_s = 0;
};
BOOST_DESCRIBE_STRUCT(SponsoredBatch, (), (commit, nonce, deadline_s))

struct SponsoredAnswer {
    market::AnswerItems answer;
    std::uint64_t nonce = 0;
    std::uint64_t deadline_s = 0;
};
BOOST_DESCRIBE_STRUCT(SponsoredAnswer, (), (answer, nonce, deadline_s))

}  // namespace assay
