// Addresses of nodes.
#include "consensus/p2p/address_book.hpp"

#include <algorithm>
#include <rapidjson/document.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "chain/codec/protobuf.hpp"

namespace assay::consensus {

// Others' words replace nothing. A node that moved has to be reached there again.
void AddressBook::add(const PeerAddress& address, const std::string& source, bool own_word) {
    if (const auto known = entries_.find(address.id); known != entries_.end()) {
        Entry& entry = known->second;
        if (!own_word || entry.address == address) return;
        entry.address = address;
        entry.reached = false;
        entry.failures = 0;
        entry.next_ms = 0;
        return;
    }
    const auto told = of_source_.find(source);
    if (told != of_source_.end() && told->second >= limits_.max_of_source) return;
    if (entries_.size() >= limits_.max_addresses) make_room();
    if (entries_.size() >= limits_.max_addresses) return;
    entries_.emplace(address.id, Entry{.address = address, .source = source});
    ++of_source_[source];
}

// The source that told most loses one that was never reached, the one that failed most.
void AddressBook::make_room() {
    auto worst = entries_.end();
    std::pair<std::size_t, std::uint32_t> most;
    for (auto it = entries_.begin(); it != entries_.end(); ++it) {
        if (it->second.reached) continue;
        const std::pair<std::size_t, std::uint32_t> weight(of_source_.at(it->second.source),
                                                           it->second.failures);
        if (worst != entries_.end() && weight <= most) continue;
        worst = it;
        most = weight;
    }
    if (worst != entries_.end()) forget(worst);
}

void AddressBook::forget(std::map<PeerId, Entry>::iterator entry) {
    const auto told = of_source_.find(entry->second.source);
    if (--told->second == 0) of_source_.erase(told);
    entries_.erase(entry);
}

void AddressBook::succeeded(const PeerId& id) {
    const auto it = entries_.find(id);
    if (it == entries_.end()) return;
    it->second.reached = true;
    it->second.failures = 0;
    it->second.next_ms = 0;
}

void AddressBook::failed(const PeerId& id, std::uint64_t now_ms, bool online) {
    const auto it = entries_.find(id);
    if (it == entries_.end()) return;
    Entry& entry = it->second;
    const std::uint64_t wait = limits_.retry_ms << std::min(entry.failures, 20U);
    entry.next_ms = now_ms + std::min(wait, limits_.max_retry_ms);
    if (!online) return;
    const std::uint32_t most = entry.reached ? limits_.max_reached : limits_.max_failures;
    if (++entry.failures >= most) forget(it);
}

std::vector<PeerAddress> AddressBook::some(std::size_t count, std::mt19937_64& random) const {
    return due(count, random, ~std::uint64_t{0});
}

std::vector<PeerAddress> AddressBook::due(std::size_t count, std::mt19937_64& random,
                                          std::uint64_t now_ms) const {
    std::vector<const Entry*> all;
    for (const auto& [id, entry] : entries_)
        if (entry.next_ms <= now_ms) all.push_back(&entry);
    std::shuffle(all.begin(), all.end(), random);
    std::stable_partition(all.begin(), all.end(),
                          [](const Entry* entry) { return entry->reached; });
    std::vector<PeerAddress> out;
    for (const Entry* entry : all)
        if (out.size() < count) out.push_back(entry->address);
    return out;
}

std::string AddressBook::to_json() const {
    rapidjson::StringBuffer text;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> out(text);
    out.StartArray();
    for (const auto& [id, entry] : entries_) {
        out.StartObject();
        out.Key("address");
        out.String(entry.address.text());
        out.Key("source");
        out.String(entry.source);
        out.Key("reached");
        out.Bool(entry.reached);
        out.EndObject();
    }
    out.EndArray();
    return text.GetString();
}

Result<void> AddressBook::load(std::string_view json) {
    rapidjson::Document all;
    all.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
    if (all.HasParseError() || !all.IsArray()) return failure("address book: is no JSON list");
    for (const auto& one : all.GetArray()) {
        if (!one.IsObject() || !one.HasMember("address") || !one["address"].IsString() ||
            !one.HasMember("source") || !one["source"].IsString())
            continue;
        const auto address = parse_peer_address(one["address"].GetString());
        if (!address) continue;
        add(*address, one["source"].GetString(), false);
        if (one.HasMember("reached") && one["reached"].IsBool() && one["reached"].GetBool())
            succeeded(address->id);
    }
    return {};
}

Bytes encode_addresses(const std::vector<PeerAddress>& addresses) {
    protobuf::Writer out;
    for (const auto& address : addresses) {
        const std::string text = address.text();
        out.element(1, view_of(text));
    }
    return out.take();
}

Result<std::vector<PeerAddress>> decode_addresses(ByteView data) {
    protobuf::Reader in(data);
    std::vector<PeerAddress> out;
    while (in.has(1) && out.size() < kMaxAddressesTold) {
        auto address = parse_peer_address(std::string(text_of(in.element(1))));
        if (!address) return address.error();
        out.push_back(std::move(*address));
    }
    if (const auto done = in.finish(); !done) return failure("addresses: " + done.error().message);
    return out;
}

}  // namespace assay::consensus
