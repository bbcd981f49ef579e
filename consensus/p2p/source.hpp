// Owns the question which network addresses count as one source.
#pragma once

#include <string>

namespace assay::consensus {

// Who calls: an IPv4 address, or a /64 of IPv6, which one customer is given whole. A name, and
// what is no address, stands for itself. IPv4 written as IPv6 is IPv4.
std::string caller_of(const std::string& host);
// Whose word it is: a /16 of IPv4, a /32 of IPv6.
std::string network_of(const std::string& host);

// Whether an address may be believed that a node at `teller` tells: a loopback address only from
// loopback, a private one only from loopback or private networks; never a name, a multicast or the
// unspecified address.
bool is_believable(const std::string& host, const std::string& teller);

}  // namespace assay::consensus
