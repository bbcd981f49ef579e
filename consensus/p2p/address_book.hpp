// Owns AddressBook: where nodes can be reached, as they and others say.
#pragma once

#include <map>
#include <random>
#include <vector>

#include "consensus/p2p/hello.hpp"

namespace assay::consensus {

struct AddressBookLimits {
    std::size_t max_addresses = 1'000;
    std::size_t max_of_source = 64;   // so that no peer can fill it alone
    std::uint32_t max_failures = 10;  // in a row; then it is forgotten
};

class AddressBook {
  public:
    explicit AddressBook(AddressBookLimits limits = {}) : limits_(limits) {}

    // `source`: the peer that told it; the address's own id when it spoke for itself.
    void add(const PeerAddress& address, const PeerId& source);
    void succeeded(const PeerId& id);
    void failed(const PeerId& id);
    // Up to `count` in random order, those that were reached before the others.
    std::vector<PeerAddress> some(std::size_t count, std::mt19937_64& random) const;
    std::size_t size() const { return entries_.size(); }

    // JSON: a list of {address, source, reached}.
    std::string to_json() const;
    // Takes what it can read; refuses what is no such list.
    Result<void> load(std::string_view json);

  private:
    struct Entry {
        PeerAddress address;
        PeerId source;
        bool reached = false;
        std::uint32_t failures = 0;
    };
    std::size_t of_source(const PeerId& source) const;

    AddressBookLimits limits_;
    std::map<PeerId, Entry> entries_;
};

// What is said on Channel::addresses: an empty request, or a list of addresses.
Bytes encode_addresses(const std::vector<PeerAddress>& addresses);
Result<std::vector<PeerAddress>> decode_addresses(ByteView data);
inline constexpr std::size_t kMaxAddressesTold = 32;

}  // namespace assay::consensus
