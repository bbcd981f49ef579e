// Owns Log: one event as Ethereum clients read it.
#pragma once

#include <boost/describe.hpp>
#include <vector>

#include "chain/types/ids.hpp"

namespace assay {

struct Log {
    Address address;
    std::vector<Hash256> topics;  // at most four
    Bytes data;
    friend bool operator==(const Log&, const Log&) = default;
};
BOOST_DESCRIBE_STRUCT(Log, (), (address, topics, data))

}  // namespace assay
