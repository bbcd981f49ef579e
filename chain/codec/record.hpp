// Owns the encoding of stored records and keys: described structs, field by field, big-endian.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "chain/base/bytes.hpp"
#include "chain/types/amount.hpp"

// Fixed-width integers and Amount (16 bytes) big-endian; bool one byte 0/1; enums as their integer;
// FixedBytes raw; Bytes, std::string and std::vector with a u32 count; std::optional with a 0/1
// byte; described structs as their fields in order, bases first. Big-endian keeps key order equal
// to numeric order. Decoding refuses trailing bytes and any form that would not encode back.
namespace assay::record {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && std::is_class_v<T>;

template <class T>
inline constexpr bool kIsFixedBytes = false;
template <std::size_t N>
inline constexpr bool kIsFixedBytes<FixedBytes<N>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsArray = false;
template <class T, std::size_t N>
inline constexpr bool kIsArray<std::array<T, N>> = true;

// Calls f(member_value) for every public described member of `object`, in order.
template <class T, class F>
void for_each_member(T& object, F&& f) {
    using Members = boost::describe::describe_members<
        std::remove_const_t<T>, boost::describe::mod_public | boost::describe::mod_inherited>;
    boost::mp11::mp_for_each<Members>([&](auto member) { f(object.*member.pointer, member.name); });
}

template <std::unsigned_integral U>
void put_integer(Bytes& out, U value) {
    std::array<std::uint8_t, sizeof(U)> bytes;
    for (std::size_t i = 0; i < sizeof(U); ++i)
        bytes[sizeof(U) - 1 - i] = static_cast<std::uint8_t>(value >> (8 * i));
    out.insert(out.end(), bytes.begin(), bytes.end());
}

// Bytes that encode_into() appends.
template <class T>
std::size_t encoded_size(const T& value) {
    if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T> || std::integral<T>) {
        return sizeof(T);
    } else if constexpr (std::is_same_v<T, Amount>) {
        return 16;
    } else if constexpr (kIsFixedBytes<T>) {
        return T::kSize;
    } else if constexpr (std::is_same_v<T, Bytes> || std::is_same_v<T, std::string>) {
        return 4 + value.size();
    } else if constexpr (kIsVector<T> || kIsArray<T>) {
        std::size_t size = kIsVector<T> ? 4 : 0;
        for (const auto& item : value) size += encoded_size(item);
        return size;
    } else if constexpr (kIsOptional<T>) {
        return 1 + (value ? encoded_size(*value) : 0);
    } else {
        std::size_t size = 0;
        for_each_member(value,
                        [&](const auto& member, const char*) { size += encoded_size(member); });
        return size;
    }
}

template <class T>
void encode_into(Bytes& out, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        out.push_back(value ? 1 : 0);
    } else if constexpr (std::is_enum_v<T>) {
        encode_into(out, static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::unsigned_integral<T>) {
        put_integer(out, value);
    } else if constexpr (std::signed_integral<T>) {
        put_integer(out, static_cast<std::make_unsigned_t<T>>(value));
    } else if constexpr (std::is_same_v<T, Amount>) {
        put_integer(out, value.high());
        put_integer(out, value.low());
    } else if constexpr (kIsFixedBytes<T>) {
        append(out, value);
    } else if constexpr (std::is_same_v<T, Bytes>) {
        put_integer(out, static_cast<std::uint32_t>(value.size()));
        append(out, value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        put_integer(out, static_cast<std::uint32_t>(value.size()));
        append(out, view_of(value));
    } else if constexpr (kIsVector<T>) {
        put_integer(out, static_cast<std::uint32_t>(value.size()));
        for (const auto& item : value) encode_into(out, item);
    } else if constexpr (kIsArray<T>) {
        for (const auto& item : value) encode_into(out, item);
    } else if constexpr (kIsOptional<T>) {
        out.push_back(value.has_value() ? 1 : 0);
        if (value) encode_into(out, *value);
    } else {
        static_assert(Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        for_each_member(value, [&](const auto& member, const char*) { encode_into(out, member); });
    }
}

template <class T>
Bytes encode(const T& value) {
    Bytes out;
    out.reserve(encoded_size(value));
    encode_into(out, value);
    return out;
}

// Reads from the front of `rest`; false leaves the output unspecified.
class Reader {
  public:
    explicit Reader(ByteView rest) : rest_(rest) {}
    bool done() const { return rest_.empty(); }

    template <class T>
    bool read(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            std::uint8_t raw = 0;
            if (!read(raw) || raw > 1) return false;
            value = raw == 1;
            return true;
        } else if constexpr (std::is_enum_v<T>) {
            std::underlying_type_t<T> raw{};
            if (!read(raw)) return false;
            value = static_cast<T>(raw);
            return true;
        } else if constexpr (std::unsigned_integral<T>) {
            return read_integer(value);
        } else if constexpr (std::signed_integral<T>) {
            std::make_unsigned_t<T> raw{};
            if (!read_integer(raw)) return false;
            value = static_cast<T>(raw);
            return true;
        } else if constexpr (std::is_same_v<T, Amount>) {
            std::uint64_t high = 0;
            std::uint64_t low = 0;
            if (!read_integer(high) || !read_integer(low)) return false;
            value = Amount::from_raw(static_cast<u128>(high) << 64 | low);
            return true;
        } else if constexpr (kIsFixedBytes<T>) {
            ByteView part;
            if (!take(T::kSize, part)) return false;
            value = T::from(part);
            return true;
        } else if constexpr (std::is_same_v<T, Bytes>) {
            ByteView part;
            if (!take_counted(part)) return false;
            value.assign(part.begin(), part.end());
            return true;
        } else if constexpr (std::is_same_v<T, std::string>) {
            ByteView part;
            if (!take_counted(part)) return false;
            value.assign(text_of(part));
            return true;
        } else if constexpr (kIsVector<T>) {
            std::uint32_t count = 0;
            if (!read_integer(count) || count > rest_.size()) return false;
            value.clear();
            value.reserve(count);
            for (std::uint32_t i = 0; i < count; ++i)
                if (!read(value.emplace_back())) return false;
            return true;
        } else if constexpr (kIsArray<T>) {
            for (auto& item : value)
                if (!read(item)) return false;
            return true;
        } else if constexpr (kIsOptional<T>) {
            bool present = false;
            if (!read(present)) return false;
            value.reset();
            return !present || read(value.emplace());
        } else {
            static_assert(Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
            bool good = true;
            for_each_member(value, [&](auto& member, const char*) { good = good && read(member); });
            return good;
        }
    }

  private:
    bool take(std::size_t count, ByteView& part) {
        if (rest_.size() < count) return false;
        part = rest_.first(count);
        rest_ = rest_.subspan(count);
        return true;
    }
    bool take_counted(ByteView& part) {
        std::uint32_t count = 0;
        return read_integer(count) && take(count, part);
    }
    template <std::unsigned_integral U>
    bool read_integer(U& value) {
        ByteView part;
        if (!take(sizeof(U), part)) return false;
        std::uint64_t out = 0;
        for (const auto b : part) out = out << 8 | b;
        value = static_cast<U>(out);
        return true;
    }

    ByteView rest_;
};

template <class T>
Result<T> decode(ByteView bytes) {
    T value{};
    Reader reader(bytes);
    if (!reader.read(value)) return failure("record is cut short or malformed");
    if (!reader.done()) return failure("record has trailing bytes");
    return value;
}

}  // namespace assay::record
