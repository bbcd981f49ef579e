// Owns the question which network addresses count as one source.
#pragma once

#include <string>

namespace assay::consensus {

// Who calls: an IPv4 address, or a /64 of IPv6, which one customer is given whole. A name, and
// what is no address, stands for itself. IPv4 written as IPv6 is IPv4.
std::string caller_of(const std::string& host);
// Whose word it is: a /16 of IPv4, a /32 of IPv6.
std::string network_of(const std::string& host);

}  // namespace assay::consensus
