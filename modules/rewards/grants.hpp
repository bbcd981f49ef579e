// Owns the life of one submission's grant: its size and how much of it is released when.
#pragma once

#include "chain/state/state.hpp"
#include "modules/rewards/objects.hpp"

namespace assay::rewards {

// floor(contributors' mint * the submission's burned fee / the epoch's). Zero before the end.
Amount grant_size(const Epoch& epoch, const Grant& grant);
// What of a grant of this size has vested: a part at once when the epoch ended, the rest linearly.
Amount vested_of(const Epoch& epoch, Amount granted, std::uint64_t now_s);

// Of the vested part, what may be paid or was: never what is pledged or was seized.
Amount payable_of(const Epoch& epoch, const Grant& grant, Amount granted, std::uint64_t now_s);

// A grant with its epoch, read and written together.
struct OpenGrant {
    Grant grant;
    Epoch epoch;
};
// nullopt where the submission has none.
std::optional<OpenGrant> open_grant(const State& state, std::uint64_t submission);
// Fixes the grant's size in both records; with the epoch's last one the rounding remainder is
// burned. The epoch has ended.
void compute_grant(State& state, OpenGrant& open);
void put_grant(State& state, const OpenGrant& open);

}  // namespace assay::rewards
