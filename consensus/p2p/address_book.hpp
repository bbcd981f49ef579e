// Owns AddressBook: where nodes can be reached, as they and others say.
#pragma once

#include <map>
#include <random>
#include <vector>

#include "consensus/p2p/hello.hpp"

namespace assay::consensus {

struct AddressBookLimits {
    std::size_t max_addresses = 1'000;
    std::size_t max_of_source = 64;   // so that no network can fill it alone
    std::uint32_t max_failures = 10;  // in a row; then it is forgotten
    std::uint32_t max_reached = 40;   // the same for one that was reached before
    std::uint64_t retry_ms = 5'000;   // after a failure; doubles with each
    std::uint64_t max_retry_ms = 3'600'000;
};

class AddressBook {
  public:
    explicit AddressBook(AddressBookLimits limits = {}) : limits_(limits) {}

    // `source`: the network from which it was told (network_of()): ids cost nothing, networks do.
    // `own_word`: the node spoke for itself, and that replaces what was known of it.
    void add(const PeerAddress& address, const std::string& source, bool own_word);
    // This node dialled it and found it.
    void succeeded(const PeerId& id);
    // `online`: others could be reached meanwhile, so that it is not this node's fault.
    void failed(const PeerId& id, std::uint64_t now_ms, bool online);
    // Up to `count` in random order, those that were reached before the others.
    std::vector<PeerAddress> some(std::size_t count, std::mt19937_64& random) const;
    // The same of those whose time to be tried has come.
    std::vector<PeerAddress> due(std::size_t count, std::mt19937_64& random,
                                 std::uint64_t now_ms) const;
    std::size_t size() const { return entries_.size(); }

    // JSON: a list of {address, source, reached}.
    std::string to_json() const;
    // Takes what it can read; refuses what is no such list.
    Result<void> load(std::string_view json);

  private:
    struct Entry {
        PeerAddress address;
        std::string source;
        bool reached = false;
        std::uint32_t failures = 0;
        std::uint64_t next_ms = 0;
    };
    void make_room();
    void forget(std::map<PeerId, Entry>::iterator entry);

    AddressBookLimits limits_;
    std::map<PeerId, Entry> entries_;
    std::map<std::string, std::size_t> of_source_;  // entries; none is zero
};

// What is said on Channel::addresses: an empty request, or a list of addresses.
Bytes encode_addresses(const std::vector<PeerAddress>& addresses);
Result<std::vector<PeerAddress>> decode_addresses(ByteView data);
inline constexpr std::size_t kMaxAddressesTold = 32;

}  // namespace assay::consensus
