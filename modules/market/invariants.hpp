// Owns what must hold for the market at every height.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::market {

// 4: the pools hold what the records say; an order's escrow covers its unpaid work; nothing is held
// for what is over.
void check_money(const State& state, const StateReader& whole,
                 std::vector<InvariantFailure>& failures);
// Counts of orders are those of their submissions, and so are the look-ups.
void check_counts(const State& state, const StateReader& whole,
                  std::vector<InvariantFailure>& failures);
// 7: what waits has its one deadline in the queue.
void check_deadlines(const State& state, const StateReader& whole,
                     std::vector<InvariantFailure>& failures);
// 9: a bond is held exactly while its submission lives, a holdback while it is accepted.
void check_bonds(const State& state, const StateReader& whole,
                 std::vector<InvariantFailure>& failures);
// 7, 9: a request holds its bond and has its deadline exactly while it waits, and a submission's
// counts of items are those of its requests.
void check_openings(const State& state, const StateReader& whole,
                    std::vector<InvariantFailure>& failures);

// Places in batches are those of live and accepted submissions, at most as many as replicas and by
// different contributors; a closed order that compares work waits for its draw or has one.
void check_batches(const State& state, const StateReader& reader,
                   std::vector<InvariantFailure>& failures);

// 5, 7, 8, 9: a revealed submission of an audited order has its audit, which waits for one deadline
// until its verdict; fees are held and stake is locked exactly until the submission's end.
void check_audits(const State& state, const StateReader& reader,
                  std::vector<InvariantFailure>& failures);

}  // namespace assay::market
