// Owns Receipt: the lasting outcome of one transaction.
#pragma once

#include <vector>

#include "chain/types/amount.hpp"
#include "chain/types/log.hpp"
#include "chain/types/tx_code.hpp"

namespace assay {

struct Receipt {
    TxCode code = TxCode::ok;
    std::uint64_t gas_used = 0;
    std::uint64_t cumulative_gas = 0;  // of the block up to and including this transaction
    Amount effective_gas_price;
    std::vector<Log> logs;
    friend bool operator==(const Receipt&, const Receipt&) = default;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (code, gas_used, cumulative_gas, effective_gas_price, logs))

}  // namespace assay
