// Owns strict ABI decoding: every accepted input is exactly what the encoder would write.
#pragma once

#include "chain/codec/abi_layout.hpp"

namespace assay::abi {

// Walks a value in the encoder's order, so that each tail must start where the one before ended.
class Reader {
  public:
    explicit Reader(ByteView data) : data_(data) {}

    // Reads an argument list into the chosen fields of `object`, at the end of what was read so
    // far.
    template <class Fields, class T>
    bool sequence(T& object) {
        const std::size_t base = end_;
        if (!claim(fields_head_size<Fields>())) return false;
        std::size_t head = base;
        bool good = true;
        for_each_field<Fields>([&](auto field) {
            if (!good) return;
            good = place(head, base, object.*field.pointer);
            if (!good) failure_.in_field(text::lower_camel_of_snake(field.name));
            head += head_size<FieldType<decltype(field)>>();
        });
        return good;
    }

    // Reads an argument list of one.
    template <class T>
    bool single(T& value) {
        const std::size_t base = end_;
        return claim(head_size<T>()) && place(base, base, value);
    }

    // Refuses trailing bytes.
    bool finish() {
        if (end_ == data_.size()) return true;
        return failure_.set(std::to_string(data_.size() - end_) + " trailing bytes");
    }
    std::string message() const { return failure_.message(); }

  private:
    bool claim(std::size_t bytes) {
        if (data_.size() - end_ < bytes) return failure_.set("calldata is cut short");
        end_ += bytes;
        return true;
    }

    ByteView word(std::size_t at) const { return data_.subspan(at, kWord); }

    static bool all(ByteView part, std::uint8_t value) {
        return std::all_of(part.begin(), part.end(), [&](std::uint8_t b) { return b == value; });
    }
    static std::uint64_t low(ByteView part) {
        std::uint64_t out = 0;
        for (const auto b : part.last(8)) out = out << 8 | b;
        return out;
    }

    // A number of at most 64 bits: an offset, a length or an integer.
    bool number(std::size_t at, std::uint64_t limit, std::uint64_t& out) {
        const ByteView part = word(at);
        out = low(part);
        if (!all(part.first(kWord - 8), 0) || out > limit)
            return failure_.set("exceeds " + std::to_string(limit));
        return true;
    }

    template <class T>
    bool place(std::size_t head, std::size_t base, T& value) {
        if constexpr (is_dynamic<T>()) {
            const ByteView part = word(head);
            if (!all(part.first(kWord - 8), 0) || low(part) != end_ - base)
                return failure_.set("offset is not canonical");
            return tail(value);
        } else {
            return fixed(head, value);
        }
    }

    template <class T>
    bool fixed(std::size_t at, T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            std::uint64_t raw = 0;
            if (!number(at, 1, raw)) return failure_.set("bool is neither 0 nor 1");
            value = raw == 1;
        } else if constexpr (std::is_enum_v<T>) {
            std::uint64_t raw = 0;
            if (!number(at, 0xff, raw)) return false;
            value = static_cast<T>(raw);
        } else if constexpr (std::unsigned_integral<T>) {
            std::uint64_t raw = 0;
            if (!number(at, std::numeric_limits<T>::max(), raw)) return false;
            value = static_cast<T>(raw);
        } else if constexpr (std::signed_integral<T>) {
            const ByteView part = word(at);
            value = static_cast<T>(low(part));
            const bool extended = all(part.first(kWord - sizeof(T)), value < 0 ? 0xff : 0);
            if (!extended) return failure_.set("exceeds int" + std::to_string(sizeof(T) * 8));
        } else if constexpr (std::is_same_v<T, Amount>) {
            const ByteView part = word(at);
            if (!all(part.first(16), 0)) return failure_.set("exceeds 2^128 - 1");
            value = Amount::from_raw(static_cast<u128>(low(part.first(24))) << 64 | low(part));
        } else if constexpr (std::is_same_v<T, Address>) {
            const ByteView part = word(at);
            if (!all(part.first(12), 0)) return failure_.set("address has nonzero padding");
            value = Address::from(part.last(20));
        } else if constexpr (FixedLike<T>) {
            const ByteView part = word(at);
            if (!all(part.subspan(T::kSize), 0))
                return failure_.set("bytes" + std::to_string(T::kSize) + " has nonzero padding");
            value = T::from(part.first(T::kSize));
        } else if constexpr (ArrayLike<T>) {
            for (std::size_t i = 0; i < value.size(); ++i) {
                if (!fixed(at, value[i])) return failure_.in_item(i);
                at += head_size<typename T::value_type>();
            }
        } else {
            bool good = true;
            for_each_field<FieldsOf<T>>([&](auto field) {
                if (!good) return;
                good = fixed(at, value.*field.pointer);
                if (!good) failure_.in_field(text::lower_camel_of_snake(field.name));
                at += head_size<FieldType<decltype(field)>>();
            });
            return good;
        }
        return true;
    }

    template <class T>
    bool tail(T& value) {
        if constexpr (std::is_same_v<T, Bytes>) {
            ByteView part;
            if (!counted(part)) return false;
            value.assign(part.begin(), part.end());
            return true;
        } else if constexpr (std::is_same_v<T, std::string>) {
            ByteView part;
            if (!counted(part)) return false;
            if (!text::is_utf8(text_of(part))) return failure_.set("string is not UTF-8");
            value.assign(text_of(part));
            return true;
        } else if constexpr (ListLike<T>) {
            return list(value);
        } else if constexpr (ArrayLike<T>) {
            const std::size_t base = end_;
            if (!claim(value.size() * kWord)) return false;
            for (std::size_t i = 0; i < value.size(); ++i)
                if (!place(base + i * kWord, base, value[i])) return failure_.in_item(i);
            return true;
        } else {
            return sequence<FieldsOf<T>>(value);
        }
    }

    template <class T>
    bool list(T& value) {
        using Item = typename T::value_type;
        constexpr std::size_t kStep = head_size<Item>();
        std::uint64_t count = 0;
        if (!length(kStep, count)) return false;
        const std::size_t base = end_;
        end_ += count * kStep;
        value.clear();
        value.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            Item item{};
            if (!place(base + i * kStep, base, item)) return failure_.in_item(i);
            value.push_back(std::move(item));
        }
        return true;
    }

    // Takes a length word and makes sure that `count` times `step` bytes follow.
    bool length(std::size_t step, std::uint64_t& count) {
        const std::size_t at = end_;
        if (!claim(kWord)) return false;
        const ByteView part = word(at);
        count = low(part);
        if (!all(part.first(kWord - 8), 0) || count > (data_.size() - end_) / step)
            return failure_.set("length exceeds the calldata");
        return true;
    }

    bool counted(ByteView& part) {
        std::uint64_t count = 0;
        if (!length(1, count)) return false;
        const std::size_t at = end_;
        if (!claim((count + kWord - 1) / kWord * kWord)) return false;
        part = data_.subspan(at, count);
        if (!all(data_.subspan(at + count, end_ - at - count), 0))
            return failure_.set("nonzero padding");
        return true;
    }

    ByteView data_;
    std::size_t end_ = 0;  // where the next tail must start
    text::Failure failure_;
};

}  // namespace assay::abi
