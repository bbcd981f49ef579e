// Names and text of the outward encodings.
#include "chain/codec/text.hpp"

namespace assay::text {

namespace {

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// How many continuation bytes follow `lead`, and the range that the first of them may take
// (Unicode 15, table 3-7).
struct Follow {
    int count = -1;
    std::uint8_t low = 0x80;
    std::uint8_t high = 0xbf;
};

Follow follow_of(std::uint8_t lead) {
    if (lead < 0x80) return {0};
    if (lead < 0xc2) return {-1};
    if (lead < 0xe0) return {1};
    if (lead == 0xe0) return {2, 0xa0, 0xbf};
    if (lead == 0xed) return {2, 0x80, 0x9f};
    if (lead < 0xf0) return {2};
    if (lead == 0xf0) return {3, 0x90, 0xbf};
    if (lead < 0xf4) return {3};
    if (lead == 0xf4) return {3, 0x80, 0x8f};
    return {-1};
}

}  // namespace

std::string lower_camel_of_snake(std::string_view snake) {
    std::string out;
    out.reserve(snake.size());
    bool raise = false;
    for (const char c : snake) {
        if (c == '_') {
            raise = true;
            continue;
        }
        out.push_back(raise ? upper(c) : c);
        raise = false;
    }
    return out;
}

std::string lower_first(std::string_view pascal) {
    std::string out(pascal);
    if (!out.empty()) out.front() = lower(out.front());
    return out;
}

bool is_utf8(std::string_view text) {
    const ByteView bytes = view_of(text);
    for (std::size_t i = 0; i < bytes.size();) {
        const Follow follow = follow_of(bytes[i++]);
        if (follow.count < 0) return false;
        for (int k = 0; k < follow.count; ++k, ++i) {
            if (i == bytes.size()) return false;
            const std::uint8_t low = k == 0 ? follow.low : 0x80;
            const std::uint8_t high = k == 0 ? follow.high : 0xbf;
            if (bytes[i] < low || bytes[i] > high) return false;
        }
    }
    return true;
}

bool Failure::set(std::string reason) {
    reason_ = std::move(reason);
    return false;
}

bool Failure::in_field(std::string_view name) {
    const bool joined = path_.empty() || path_.front() == '[';
    path_ = std::string(name) + (joined ? "" : ".") + path_;
    return false;
}

bool Failure::in_item(std::size_t index) {
    const bool joined = path_.empty() || path_.front() == '[';
    path_ = "[" + std::to_string(index) + "]" + (joined ? "" : ".") + path_;
    return false;
}

std::string Failure::message() const {
    return path_.empty() ? reason_ : path_ + ": " + reason_;
}

}  // namespace assay::text
