// Owns what can be asked of the jurors.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/jurors/objects.hpp"

namespace assay::jurors {

struct GetJuror {
    using Returns = Juror;
    Address account;
    Result<Juror> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetJuror, (), (account))

struct JurorTotals {
    std::uint32_t slots = 0;  // jurors with a record
    Amount stake;
    Amount unbonding;
    Amount locked;
    Amount eligible;       // what draws of this epoch weigh
    Amount eligible_next;  // what draws of the next one weigh as things stand
    std::uint64_t epoch = 0;
};
BOOST_DESCRIBE_STRUCT(JurorTotals, (),
                      (slots, stake, unbonding, locked, eligible, eligible_next, epoch))

struct GetJurorTotals {
    using Returns = JurorTotals;
    Result<JurorTotals> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetJurorTotals, (), ())

struct GetJurorParams {
    using Returns = Params;
    Result<Params> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetJurorParams, (), ())

}  // namespace assay::jurors
