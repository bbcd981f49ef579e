// Addresses of nodes.
#include "consensus/p2p/address_book.hpp"

#include <algorithm>
#include <rapidjson/document.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "chain/codec/protobuf.hpp"

namespace assay::consensus {

std::size_t AddressBook::of_source(const PeerId& source) const {
    return static_cast<std::size_t>(
        std::count_if(entries_.begin(), entries_.end(),
                      [&](const auto& entry) { return entry.second.source == source; }));
}

// A node's own word about itself replaces what others said; others' words replace nothing.
void AddressBook::add(const PeerAddress& address, const PeerId& source) {
    if (const auto known = entries_.find(address.id); known != entries_.end()) {
        if (source == address.id) known->second.address = address;
        return;
    }
    if (source != address.id && of_source(source) >= limits_.max_of_source) return;
    if (entries_.size() >= limits_.max_addresses) {
        const auto unreached =
            std::find_if(entries_.begin(), entries_.end(),
                         [](const auto& entry) { return !entry.second.reached; });
        if (unreached == entries_.end()) return;
        entries_.erase(unreached);
    }
    entries_.emplace(address.id,
                     Entry{.address = address, .source = source, .reached = false, .failures = 0});
}

void AddressBook::succeeded(const PeerId& id) {
    const auto it = entries_.find(id);
    if (it == entries_.end()) return;
    it->second.reached = true;
    it->second.failures = 0;
}

void AddressBook::failed(const PeerId& id) {
    const auto it = entries_.find(id);
    if (it != entries_.end() && ++it->second.failures >= limits_.max_failures) entries_.erase(it);
}

std::vector<PeerAddress> AddressBook::some(std::size_t count, std::mt19937_64& random) const {
    std::vector<const Entry*> all;
    for (const auto& [id, entry] : entries_) all.push_back(&entry);
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
        out.String(to_hex(entry.source));
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
        const auto source = fixed_from_hex<20>(one["source"].GetString());
        if (!address || !source) continue;
        add(*address, *source);
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
