// From the beacon to a panel of locked seats.
#include "modules/disputes/seating.hpp"

#include "chain/exec/event.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/panel.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/rounds.hpp"
#include "modules/disputes/ruling.hpp"

namespace assay::disputes {

std::vector<Address> excluded_from(const State& state, const Dispute& dispute) {
    std::vector<Address> out{dispute.contributor, dispute.buyer};
    for (const Backer& backer : backers_of(state, dispute)) out.push_back(backer.account);
    for (const Address& who : needs::interested_in(state, dispute.submission)) out.push_back(who);
    return out;
}

std::vector<Address> draw_jurors(State& state, const BlockEnv& block, Dispute& dispute,
                                 std::uint8_t seats, const std::vector<Address>& excluded) {
    ++dispute.draws;
    dispute.seats = 0;
    dispute.commits = 0;
    dispute.reveals = 0;
    dispute.votes_accept = 0;
    dispute.votes_reject = 0;
    dispute.seed =
        panel_seed(block.chain_id, dispute.id, dispute.draws, needs::beacon_value(state));
    auto out = needs::draw_jurors(state, {.seed = dispute.seed,
                                          .seats = seats,
                                          .lock = seat_lock(dispute.terms),
                                          .excluded = excluded});
    CHECK(out.size() <= seats);
    return out;
}

void note_draw(State& state, const BlockEnv& block, const Dispute& dispute, std::uint8_t round,
               std::size_t found) {
    state.put(kDraws, {.dispute = dispute.id, .draw = dispute.draws},
              {.beacon = needs::beacon_value(state),
               .seed = dispute.seed,
               .height = block.height,
               .time_s = block.time_s,
               .epoch = needs::current_epoch(state),
               .eligible = needs::eligible_stake(state),
               .found = static_cast<std::uint8_t>(found),
               .round = round});
    const RoundKey key{.dispute = dispute.id, .round = round};
    Round record = state.must_get(kRounds, key);
    if (record.draws == 0) record.first_draw = dispute.draws;
    ++record.draws;
    state.put(kRounds, key, record);
}

void seat_panel(State& state, const BlockEnv& block, Dispute& dispute,
                const std::vector<Address>& jurors) {
    const std::uint64_t commit_ends_s = block.time_s + dispute.terms.commit_s;
    const Amount amount = seat_lock(dispute.terms);
    dispute.seats = static_cast<std::uint8_t>(jurors.size());
    for (std::uint8_t i = 0; i < dispute.seats; ++i) {
        needs::lock_stake(state, jurors[i], amount);
        state.put(
            kSeats, {.dispute = dispute.id, .draw = dispute.draws, .seat = i},
            Seat{.seat = i, .juror = jurors[i], .commitment = {}, .locked = amount, .salt = {}});
        emit(state, ModuleId::disputes,
             JurorDrawn{.dispute = dispute.id,
                        .juror = jurors[i],
                        .seat = i,
                        .draw = dispute.draws,
                        .commit_ends_s = commit_ends_s});
    }
    enter_phase(state, dispute, Phase::commit, commit_ends_s);
}

}  // namespace assay::disputes
