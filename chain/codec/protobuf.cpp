// Varints, tags and lengths of the protobuf wire format.
#include "chain/codec/protobuf.hpp"

#include <limits>

namespace assay::protobuf {

namespace {

constexpr std::uint32_t kVarint = 0;
constexpr std::uint32_t kFixed64 = 1;
constexpr std::uint32_t kDelimited = 2;

struct EncodedVarint {
    std::array<std::uint8_t, 10> bytes;
    std::size_t size = 0;
};

EncodedVarint encode_varint(std::uint64_t value) {
    EncodedVarint out{};
    while (value >= 0x80) {
        out.bytes[out.size++] = static_cast<std::uint8_t>(value | 0x80);
        value >>= 7;
    }
    out.bytes[out.size++] = static_cast<std::uint8_t>(value);
    return out;
}

}  // namespace

void append_varint(Bytes& out, std::uint64_t value) {
    const EncodedVarint encoded = encode_varint(value);
    append(out, ByteView(encoded.bytes.data(), encoded.size));
}

void Writer::tag(std::uint32_t field, std::uint32_t wire_type) {
    append_varint(out_, (static_cast<std::uint64_t>(field) << 3) | wire_type);
}

void Writer::varint(std::uint32_t field, std::uint64_t value) {
    if (value == 0) return;
    tag(field, kVarint);
    append_varint(out_, value);
}

void Writer::sfixed64(std::uint32_t field, std::int64_t value) {
    if (value == 0) return;
    tag(field, kFixed64);
    for (int shift = 0; shift < 64; shift += 8)
        out_.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> shift));
}

void Writer::bytes(std::uint32_t field, ByteView value) {
    if (!value.empty()) element(field, value);
}

void Writer::element(std::uint32_t field, ByteView value) {
    tag(field, kDelimited);
    append_varint(out_, value.size());
    append(out_, value);
}

void Writer::insert_length(std::size_t start) {
    const EncodedVarint length = encode_varint(out_.size() - start);
    out_.insert(out_.begin() + static_cast<std::ptrdiff_t>(start), length.bytes.begin(),
                length.bytes.begin() + static_cast<std::ptrdiff_t>(length.size));
}

void Reader::fail(std::uint32_t field, const std::string& what) {
    if (error_.empty()) error_ = "field " + std::to_string(field) + " " + what;
}

bool Reader::has(std::uint32_t field) const {
    Reader ahead(data_.subspan(at_));
    if (!ok() || ahead.data_.empty()) return false;
    const std::uint64_t tag = ahead.raw_varint(field);
    return ahead.ok() && (tag >> 3) == field;
}

bool Reader::take_tag(std::uint32_t field, std::uint32_t wire_type) {
    if (!has(field)) return false;
    const std::uint64_t tag = raw_varint(field);
    if ((tag & 7) != wire_type) fail(field, "has the wrong wire type");
    return ok();
}

std::uint64_t Reader::raw_varint(std::uint32_t field) {
    std::uint64_t value = 0;
    for (std::uint32_t shift = 0; shift < 70; shift += 7) {
        if (at_ == data_.size()) break;
        const std::uint64_t byte = data_[at_++];
        if (shift == 63 && byte > 1) break;
        value |= (byte & 0x7f) << shift;
        if (byte & 0x80) continue;
        if (byte == 0 && shift != 0) break;
        return value;
    }
    fail(field, "is not a minimal varint");
    return 0;
}

ByteView Reader::raw_bytes(std::uint32_t field) {
    const std::uint64_t size = raw_varint(field);
    if (ok() && size > data_.size() - at_) fail(field, "runs past the end");
    if (!ok()) return {};
    const ByteView out = data_.subspan(at_, size);
    at_ += size;
    return out;
}

std::uint64_t Reader::varint(std::uint32_t field) {
    if (!take_tag(field, kVarint)) return 0;
    const std::uint64_t value = raw_varint(field);
    if (value == 0) fail(field, "spells out a default");
    return value;
}

std::int32_t Reader::int32(std::uint32_t field) {
    const std::int64_t value = int64(field);
    if (value >= std::numeric_limits<std::int32_t>::min() &&
        value <= std::numeric_limits<std::int32_t>::max())
        return static_cast<std::int32_t>(value);
    fail(field, "does not fit 32 bits");
    return 0;
}

std::uint32_t Reader::uint32(std::uint32_t field) {
    const std::uint64_t value = varint(field);
    if (value <= std::numeric_limits<std::uint32_t>::max())
        return static_cast<std::uint32_t>(value);
    fail(field, "does not fit 32 bits");
    return 0;
}

std::int64_t Reader::sfixed64(std::uint32_t field) {
    if (!take_tag(field, kFixed64)) return 0;
    if (data_.size() - at_ < 8) {
        fail(field, "runs past the end");
        return 0;
    }
    std::uint64_t value = 0;
    for (std::uint32_t i = 0; i < 8; ++i)
        value |= static_cast<std::uint64_t>(data_[at_ + i]) << (8 * i);
    at_ += 8;
    if (value == 0) fail(field, "spells out a default");
    return static_cast<std::int64_t>(value);
}

ByteView Reader::bytes(std::uint32_t field) {
    if (!has(field)) return {};
    const ByteView out = element(field);
    if (out.empty()) fail(field, "spells out a default");
    return out;
}

ByteView Reader::element(std::uint32_t field) {
    if (take_tag(field, kDelimited)) return raw_bytes(field);
    fail(field, "is missing");
    return {};
}

Result<void> Reader::finish() const {
    if (!ok()) return failure(error_);
    if (at_ != data_.size())
        return failure("unexpected bytes at offset " + std::to_string(at_) + " of " +
                       std::to_string(data_.size()));
    return {};
}

}  // namespace assay::protobuf
