// Owns the jurors' events.
#pragma once

#include "modules/jurors/objects.hpp"

namespace assay::jurors {

struct JurorStaked {
    static constexpr int kIndexed = 1;
    Address juror;
    Amount amount;
    Amount stake;  // after it
};
BOOST_DESCRIBE_STRUCT(JurorStaked, (), (juror, amount, stake))

struct JurorUnstaking {
    static constexpr int kIndexed = 1;
    Address juror;
    Amount amount;
    std::uint64_t ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(JurorUnstaking, (), (juror, amount, ends_s))

struct JurorUnbonded {
    static constexpr int kIndexed = 1;
    Address juror;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(JurorUnbonded, (), (juror, amount))

struct JurorPenalised {
    static constexpr int kIndexed = 1;
    Address juror;
    Amount amount;
    Amount shortfall;  // what was charged and is not there
};
BOOST_DESCRIBE_STRUCT(JurorPenalised, (), (juror, amount, shortfall))

struct JurorSuspended {
    static constexpr int kIndexed = 1;
    Address juror;
    std::uint64_t until_epoch = 0;
};
BOOST_DESCRIBE_STRUCT(JurorSuspended, (), (juror, until_epoch))

}  // namespace assay::jurors
