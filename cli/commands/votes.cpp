// Makes, keeps and finds votes.
#include "cli/commands/votes.hpp"

#include <algorithm>

#include "chain/crypto/kdf.hpp"
#include "cli/terminal/files.hpp"

namespace assay::cli {

namespace {

// Part of the commitment is in the name, so that a vote that was never sent stands in nobody's way.
std::string name_of_vote(std::uint64_t chain_id, std::uint64_t dispute, std::uint8_t draw,
                         std::uint8_t seat, const Hash256& commitment) {
    return std::to_string(chain_id) + "-" + std::to_string(dispute) + "-" + std::to_string(draw) +
           "-" + std::to_string(seat) + "-" + to_hex(commitment).substr(0, 12);
}

}  // namespace

VoteSecret new_vote(std::uint64_t chain_id, const disputes::Dispute& dispute, std::uint8_t seat,
                    const Address& juror, disputes::Choice choice) {
    VoteSecret out{.chain_id = chain_id,
                   .dispute = dispute.id,
                   .draw = dispute.draws,
                   .seat = seat,
                   .juror = juror,
                   .choice = choice};
    out.salt = crypto::random_hash();
    out.commitment =
        disputes::vote_commitment(chain_id, out.dispute, out.draw, seat, juror, choice, out.salt);
    return out;
}

SecretStore vote_store() {
    return SecretStore(assay_home() / "votes");
}

Result<std::filesystem::path> save_vote(const SecretStore& store, const VoteSecret& vote) {
    return store.save(
        "vote", name_of_vote(vote.chain_id, vote.dispute, vote.draw, vote.seat, vote.commitment),
        json::to_string(vote));
}

Result<VoteSecret> load_vote(const SecretStore& store, std::uint64_t chain_id,
                             const disputes::Dispute& dispute, const disputes::Seat& seat) {
    const auto document = store.load(
        "vote", name_of_vote(chain_id, dispute.id, dispute.draws, seat.seat, seat.commitment));
    if (!document)
        return failure("the vote of seat " + std::to_string(seat.seat) +
                       " is not on this machine: " + document.error().message);
    return json::read<VoteSecret>(*document);
}

Outcome<std::vector<disputes::Dispute>> all_disputes(const RpcClient& rpc) {
    return ask_all<disputes::Dispute>(
        [&](std::uint64_t after) {
            return ask(rpc, ModuleId::disputes,
                       disputes::ListDisputes{.after = after, .limit = disputes::kMaxPage});
        },
        disputes::kMaxPage);
}

Outcome<std::vector<disputes::Seat>> own_seats(const Arguments& arguments, const RpcClient& rpc,
                                               std::uint64_t dispute, const Address& juror) {
    auto panel = ask(rpc, ModuleId::disputes, disputes::GetPanel{.dispute = dispute});
    if (!panel) return panel.error();
    std::erase_if(*panel, [&](const disputes::Seat& seat) { return seat.juror != juror; });
    if (panel->empty())
        return Problem{Exit::refused, "not_a_juror: " + checksummed(juror) +
                                          " has no seat in dispute " + std::to_string(dispute)};
    if (!arguments.has("seat")) return *panel;
    const auto wanted = arguments.number("seat", 255);
    if (!wanted) return wanted.error();
    std::erase_if(*panel, [&](const disputes::Seat& seat) { return seat.seat != *wanted; });
    if (panel->empty()) return usage("--seat: that seat is not yours");
    return *panel;
}

}  // namespace assay::cli
