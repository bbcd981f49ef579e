// Owns the canonical protobuf wire form: fields in order, defaults left out, nothing unknown.
#pragma once

#include <concepts>
#include <string>
#include <utility>

#include "chain/base/bytes.hpp"
#include "chain/base/result.hpp"

// What gogoproto writes for proto3 messages whose submessages are not nullable. Hashes and
// signatures are taken over these bytes, so exactly one encoding of a value exists and the reader
// takes no other.
namespace assay::protobuf {

void append_varint(Bytes& out, std::uint64_t value);

// Fields must be written in ascending order of their numbers. Default values are left out.
class Writer {
  public:
    void varint(std::uint32_t field, std::uint64_t value);
    // int32, int64 and enums: negative numbers take ten bytes.
    void integer(std::uint32_t field, std::int64_t value) {
        varint(field, static_cast<std::uint64_t>(value));
    }
    void sfixed64(std::uint32_t field, std::int64_t value);
    void bytes(std::uint32_t field, ByteView value);
    void text(std::uint32_t field, std::string_view value) { bytes(field, view_of(value)); }
    // An element of a repeated bytes field: written even when empty.
    void element(std::uint32_t field, ByteView value);
    // A submessage: written even when it has no content. `write` fills the same writer.
    template <std::invocable<Writer&> Write>
    void message(std::uint32_t field, Write&& write) {
        tag(field, 2);
        const std::size_t start = out_.size();
        std::forward<Write>(write)(*this);
        insert_length(start);
    }

    const Bytes& view() const { return out_; }
    Bytes take() { return std::move(out_); }
    void reserve(std::size_t size) { out_.reserve(size); }

  private:
    void tag(std::uint32_t field, std::uint32_t wire_type);
    void insert_length(std::size_t start);

    Bytes out_;
};

// Reads the fields in the order Writer writes them. The first fault sticks; later reads return
// defaults, so a decoder asks finish() once at its end. Refuses default values that were written
// out, varints longer than needed, and whatever is left over.
class Reader {
  public:
    explicit Reader(ByteView data) : data_(data) {}

    std::uint64_t varint(std::uint32_t field);
    std::int64_t int64(std::uint32_t field) { return static_cast<std::int64_t>(varint(field)); }
    std::int32_t int32(std::uint32_t field);
    std::uint32_t uint32(std::uint32_t field);
    std::int64_t sfixed64(std::uint32_t field);
    // Empty when absent. The view borrows the input.
    ByteView bytes(std::uint32_t field);
    std::string text(std::uint32_t field) { return std::string(text_of(bytes(field))); }
    // Exactly N bytes.
    template <std::size_t N>
    FixedBytes<N> fixed(std::uint32_t field) {
        const ByteView view = bytes(field);
        if (view.size() == N) return FixedBytes<N>::from(view);
        fail(field, "has the wrong length");
        return {};
    }
    // True when the next field is `field`: for optional submessages and repeated fields.
    bool has(std::uint32_t field) const;
    // One element of a repeated bytes field, or a submessage; it must be present.
    ByteView element(std::uint32_t field);
    // A submessage read by `read(Reader&)`, which must consume all of it.
    template <class Read>
    void message(std::uint32_t field, Read&& read) {
        Reader inner(element(field));
        if (!ok()) return;
        std::forward<Read>(read)(inner);
        const auto done = inner.finish();
        if (!done) fail(field, "holds: " + done.error().message);
    }

    bool ok() const { return error_.empty(); }
    void fail(std::uint32_t field, const std::string& what);
    // Succeeds when everything was read and nothing was wrong.
    Result<void> finish() const;

  private:
    bool take_tag(std::uint32_t field, std::uint32_t wire_type);
    std::uint64_t raw_varint(std::uint32_t field);
    ByteView raw_bytes(std::uint32_t field);

    ByteView data_;
    std::size_t at_ = 0;
    std::string error_;
};

}  // namespace assay::protobuf
