// Owns a juror's votes between commitment and reveal: which seats are whose, and their secrets.
#pragma once

#include "cli/client/ask.hpp"
#include "cli/client/secret_store.hpp"
#include "cli/keys/keyring.hpp"
#include "modules/disputes/views.hpp"

namespace assay::cli {

// What a reveal needs; kept in a file of mode 0600 from before the commitment is sent.
struct VoteSecret {
    std::uint64_t chain_id = 0;
    std::uint64_t dispute = 0;
    std::uint8_t draw = 0;
    std::uint8_t seat = 0;
    Address juror;
    disputes::Choice choice{};
    Hash256 salt;
    Hash256 commitment;
};
BOOST_DESCRIBE_STRUCT(VoteSecret, (),
                      (chain_id, dispute, draw, seat, juror, choice, salt, commitment))

// A new salt and the commitment to `choice` in one seat of the present panel.
VoteSecret new_vote(std::uint64_t chain_id, const disputes::Dispute& dispute, std::uint8_t seat,
                    const Address& juror, disputes::Choice choice);

// ~/.assay/votes, or $ASSAY_HOME/votes.
SecretStore vote_store();
Result<std::filesystem::path> save_vote(const SecretStore& store, const VoteSecret& vote);
// The kept vote whose commitment stands in `seat`; the error says where it was looked for.
Result<VoteSecret> load_vote(const SecretStore& store, std::uint64_t chain_id,
                             const disputes::Dispute& dispute, const disputes::Seat& seat);

Outcome<std::vector<disputes::Dispute>> all_disputes(const RpcClient& rpc);

// The seats of `juror` in the present panel, one of them where --seat is given. Refuses where there
// are none.
Outcome<std::vector<disputes::Seat>> own_seats(const Arguments& arguments, const RpcClient& rpc,
                                               std::uint64_t dispute, const Address& juror);

}  // namespace assay::cli
