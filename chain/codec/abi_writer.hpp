// Owns ABI encoding: heads first, tails in order behind them, all in one growing buffer.
#pragma once

#include "chain/codec/abi_layout.hpp"

namespace assay::abi {

class Writer {
  public:
    // Writes the chosen fields of `object` as one argument list at the end of the buffer.
    template <class Fields, class T>
    void sequence(const T& object) {
        const std::size_t base = open(fields_head_size<Fields>());
        std::size_t head = base;
        for_each_field<Fields>([&](auto field) {
            using Member = FieldType<decltype(field)>;
            place(head, base, object.*field.pointer);
            head += head_size<Member>();
        });
    }

    // Writes one value as an argument list of one.
    template <class T>
    void single(const T& value) {
        const std::size_t base = open(head_size<T>());
        place(base, base, value);
    }

    // Appends a word, as the in-place encoding of indexed event fields needs.
    template <class T>
    void static_word(const T& value) {
        put_static(open(kWord), value);
    }
    // Appends raw bytes and zeros up to a whole number of words.
    void padded(ByteView view) {
        append(out_, view);
        out_.resize(out_.size() + (kWord - view.size() % kWord) % kWord);
    }

    Bytes take() && { return std::move(out_); }
    Bytes& buffer() { return out_; }

  private:
    std::size_t open(std::size_t bytes) {
        const std::size_t at = out_.size();
        out_.resize(at + bytes);
        return at;
    }

    // Big-endian into the word at `at`, which is zero or `fill` so far.
    void put_low(std::size_t at, std::uint64_t value) {
        for (std::size_t i = 0; i < 8; ++i)
            out_[at + kWord - 1 - i] = static_cast<std::uint8_t>(value >> (8 * i));
    }

    template <class T>
    void place(std::size_t head, std::size_t base, const T& value) {
        if constexpr (is_dynamic<T>()) {
            put_low(head, out_.size() - base);
            put_tail(value);
        } else {
            put_static(head, value);
        }
    }

    template <class T>
    void put_static(std::size_t at, const T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            put_low(at, value ? 1 : 0);
        } else if constexpr (std::is_enum_v<T>) {
            put_low(at, static_cast<std::uint8_t>(value));
        } else if constexpr (std::unsigned_integral<T>) {
            put_low(at, value);
        } else if constexpr (std::signed_integral<T>) {
            if (value < 0) std::fill_n(out_.begin() + static_cast<std::ptrdiff_t>(at), kWord, 0xff);
            put_low(at, static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
        } else if constexpr (std::is_same_v<T, Amount>) {
            put_low(at, value.low());
            put_low(at - 8, value.high());
        } else if constexpr (FixedLike<T>) {
            const std::size_t shift = std::is_same_v<T, Address> ? kWord - T::kSize : 0;
            std::copy(value.begin(), value.end(),
                      out_.begin() + static_cast<std::ptrdiff_t>(at + shift));
        } else if constexpr (ArrayLike<T>) {
            for (const auto& item : value) {
                put_static(at, item);
                at += head_size<typename T::value_type>();
            }
        } else {
            for_each_field<FieldsOf<T>>([&](auto field) {
                put_static(at, value.*field.pointer);
                at += head_size<FieldType<decltype(field)>>();
            });
        }
    }

    template <class T>
    void put_tail(const T& value) {
        if constexpr (std::is_same_v<T, Bytes>) {
            put_low(open(kWord), value.size());
            padded(value);
        } else if constexpr (std::is_same_v<T, std::string>) {
            put_low(open(kWord), value.size());
            padded(view_of(value));
        } else if constexpr (ListLike<T> || ArrayLike<T>) {
            using Item = typename T::value_type;
            if constexpr (ListLike<T>) put_low(open(kWord), value.size());
            const std::size_t base = open(value.size() * head_size<Item>());
            std::size_t head = base;
            for (const Item& item : value) {
                place(head, base, item);
                head += head_size<Item>();
            }
        } else {
            sequence<FieldsOf<T>>(value);
        }
    }

    Bytes out_;
};

}  // namespace assay::abi
