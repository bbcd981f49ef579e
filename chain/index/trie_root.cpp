// Builds the trie over sorted keys by recursion; nodes are hashed as they are finished, none kept.
#include "chain/index/trie_root.hpp"

#include <algorithm>

#include "chain/crypto/hash.hpp"

namespace assay {

namespace {

struct Entry {
    Bytes nibbles;  // the key, four bits a byte
    const Bytes* value;
};

void put_length(Bytes& out, std::size_t length, std::uint8_t short_base, std::uint8_t long_base) {
    if (length < 56) {
        out.push_back(static_cast<std::uint8_t>(short_base + length));
        return;
    }
    std::uint8_t digits[8];
    std::size_t count = 0;
    for (std::size_t rest = length; rest != 0; rest >>= 8)
        digits[count++] = static_cast<std::uint8_t>(rest);
    out.push_back(static_cast<std::uint8_t>(long_base + count));
    while (count > 0) out.push_back(digits[--count]);
}

void put_string(Bytes& out, ByteView text) {
    if (text.size() == 1 && text[0] < 0x80) {
        out.push_back(text[0]);
        return;
    }
    put_length(out, text.size(), 0x80, 0xb7);
    append(out, text);
}

Bytes list_of(const Bytes& payload) {
    Bytes out;
    out.reserve(payload.size() + 9);
    put_length(out, payload.size(), 0xc0, 0xf7);
    append(out, payload);
    return out;
}

// Hex-prefix encoding: a flag nibble, padded to whole bytes.
Bytes hex_prefix(ByteView nibbles, bool leaf) {
    Bytes out;
    const bool odd = nibbles.size() % 2 == 1;
    std::uint8_t flag = static_cast<std::uint8_t>((leaf ? 2 : 0) + (odd ? 1 : 0));
    std::size_t at = 0;
    out.push_back(static_cast<std::uint8_t>(flag << 4 | (odd ? nibbles[at++] : 0)));
    for (; at < nibbles.size(); at += 2)
        out.push_back(static_cast<std::uint8_t>(nibbles[at] << 4 | nibbles[at + 1]));
    return out;
}

using Entries = std::span<const Entry>;

Bytes node_of(Entries entries, std::size_t depth);

// A child inside its parent: itself when shorter than a hash, else its hash.
void put_child(Bytes& out, Entries entries, std::size_t depth) {
    const Bytes node = node_of(entries, depth);
    if (node.size() < 32)
        append(out, node);
    else
        put_string(out, keccak256(node));
}

std::size_t shared_prefix(Entries entries, std::size_t depth) {
    const Bytes& first = entries.front().nibbles;
    const Bytes& last = entries.back().nibbles;  // sorted: the extremes share what all share
    std::size_t length = 0;
    while (depth + length < first.size() && depth + length < last.size() &&
           first[depth + length] == last[depth + length])
        ++length;
    return length;
}

Bytes node_of(Entries entries, std::size_t depth) {
    Bytes payload;
    const Bytes& first = entries.front().nibbles;
    if (entries.size() == 1) {
        put_string(payload, hex_prefix(ByteView(first).subspan(depth), true));
        put_string(payload, *entries.front().value);
        return list_of(payload);
    }
    if (const std::size_t shared = shared_prefix(entries, depth); shared > 0) {
        put_string(payload, hex_prefix(ByteView(first).subspan(depth, shared), false));
        put_child(payload, entries, depth + shared);
        return list_of(payload);
    }
    std::size_t at = 0;
    for (std::uint8_t nibble = 0; nibble < 16; ++nibble) {
        const std::size_t start = at;
        while (at < entries.size() && entries[at].nibbles[depth] == nibble) ++at;
        if (at == start)
            payload.push_back(0x80);
        else
            put_child(payload, entries.subspan(start, at - start), depth + 1);
    }
    payload.push_back(0x80);  // no key ends at a branch: rlp(index) is prefix-free
    return list_of(payload);
}

Bytes nibbles_of_index(std::size_t index) {
    Bytes key;
    if (index == 0) {
        key.push_back(0x80);
    } else {
        Bytes digits;
        for (std::size_t rest = index; rest != 0; rest >>= 8)
            digits.insert(digits.begin(), static_cast<std::uint8_t>(rest));
        put_string(key, digits);
    }
    Bytes out;
    for (const auto b : key) {
        out.push_back(b >> 4);
        out.push_back(b & 15);
    }
    return out;
}

}  // namespace

const Hash256 kEmptyTrieRoot =
    *fixed_from_hex<32>("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");
const Hash256 kEmptyUnclesHash =
    *fixed_from_hex<32>("1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347");

Hash256 ordered_trie_root(const std::vector<Bytes>& values) {
    if (values.empty()) return kEmptyTrieRoot;
    std::vector<Entry> entries;
    entries.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        entries.push_back({nibbles_of_index(i), &values[i]});
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.nibbles < b.nibbles; });
    return keccak256(node_of(entries, 0));
}

}  // namespace assay
