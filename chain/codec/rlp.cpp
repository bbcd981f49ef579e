// RLP headers and integers.
#include "chain/codec/rlp.hpp"

namespace assay::rlp {

namespace {

constexpr std::uint8_t kString = 0x80;
constexpr std::uint8_t kList = 0xc0;
constexpr std::size_t kShortest = 56;  // payloads from here on spell their length out

struct Header {
    std::array<std::uint8_t, 9> bytes{};
    std::size_t size = 0;
    ByteView view() const { return ByteView(bytes).first(size); }
};

Header header_of(std::uint8_t kind, std::size_t length) {
    Header out;
    if (length < kShortest) {
        out.bytes[0] = static_cast<std::uint8_t>(kind + length);
        out.size = 1;
        return out;
    }
    std::size_t digits = 0;
    for (std::size_t rest = length; rest != 0; rest >>= 8) ++digits;
    out.bytes[0] = static_cast<std::uint8_t>(kind + kShortest - 1 + digits);
    for (std::size_t i = 0; i < digits; ++i)
        out.bytes[digits - i] = static_cast<std::uint8_t>(length >> (8 * i));
    out.size = 1 + digits;
    return out;
}

// Reads the length that `digits` bytes spell, refusing what a shorter form could say.
Result<std::size_t> long_length(ByteView rest, std::size_t digits) {
    if (rest.size() < digits) return failure("RLP item is cut short");
    if (rest[0] == 0) return failure("RLP length has a leading zero");
    std::size_t out = 0;
    for (const auto b : rest.first(digits)) out = out << 8 | b;
    if (out < kShortest) return failure("RLP length is not in its shortest form");
    return out;
}

Result<ByteView> canonical_number(const Item& item, std::size_t limit) {
    if (item.is_list) return failure("expected a number, got a list");
    if (!item.payload.empty() && item.payload[0] == 0) return failure("number has a leading zero");
    if (item.payload.size() > limit)
        return failure("exceeds 2^" + std::to_string(limit * 8) + " - 1");
    return item.payload;
}

}  // namespace

void Encoder::end_list() {
    CHECK(!open_.empty());
    const std::size_t start = open_.back();
    open_.pop_back();
    const Header header = header_of(kList, out_.size() - start);
    const ByteView view = header.view();
    out_.insert(out_.begin() + static_cast<std::ptrdiff_t>(start), view.begin(), view.end());
}

void Encoder::bytes(ByteView view) {
    if (view.size() == 1 && view[0] < kString) {
        out_.push_back(view[0]);
        return;
    }
    append(out_, header_of(kString, view.size()).view());
    append(out_, view);
}

void Encoder::integer(std::uint64_t value) {
    integer(Amount(value));
}

void Encoder::integer(Amount value) {
    std::array<std::uint8_t, 16> word;
    for (std::size_t i = 0; i < 16; ++i)
        word[15 - i] = static_cast<std::uint8_t>(value.raw() >> (8 * i));
    number(word);
}

void Encoder::number(ByteView big_endian) {
    while (!big_endian.empty() && big_endian[0] == 0) big_endian = big_endian.subspan(1);
    bytes(big_endian);
}

Bytes Encoder::take() && {
    CHECK(open_.empty());
    return std::move(out_);
}

Result<Item> take(ByteView& rest) {
    if (rest.empty()) return failure("RLP item is missing");
    const std::uint8_t lead = rest[0];
    Item out;
    if (lead < kString) {
        out.payload = rest.first(1);
        rest = rest.subspan(1);
        return out;
    }
    out.is_list = lead >= kList;
    std::size_t length = static_cast<std::size_t>(lead - (out.is_list ? kList : kString));
    rest = rest.subspan(1);
    if (length >= kShortest) {
        const std::size_t digits = length - (kShortest - 1);
        const auto spelled = long_length(rest, digits);
        if (!spelled) return spelled.error();
        length = *spelled;
        rest = rest.subspan(digits);
    }
    if (rest.size() < length) return failure("RLP item is cut short");
    out.payload = rest.first(length);
    rest = rest.subspan(length);
    if (!out.is_list && length == 1 && out.payload[0] < kString)
        return failure("RLP byte is not in its shortest form");
    return out;
}

Result<Item> decode(ByteView whole) {
    auto out = take(whole);
    if (out && !whole.empty())
        return failure(std::to_string(whole.size()) + " trailing bytes after RLP item");
    return out;
}

Result<std::uint64_t> integer(const Item& item) {
    const auto digits = canonical_number(item, 8);
    if (!digits) return digits.error();
    std::uint64_t out = 0;
    for (const auto b : *digits) out = out << 8 | b;
    return out;
}

Result<Amount> amount(const Item& item) {
    const auto digits = canonical_number(item, 16);
    if (!digits) return digits.error();
    u128 out = 0;
    for (const auto b : *digits) out = out << 8 | b;
    return Amount::from_raw(out);
}

Result<FixedBytes<32>> word(const Item& item) {
    const auto digits = canonical_number(item, 32);
    if (!digits) return digits.error();
    FixedBytes<32> out;
    std::copy_backward(digits->begin(), digits->end(), out.bytes.end());
    return out;
}

}  // namespace assay::rlp
