// Owns the JSON form of described structs, for the RPC and the command line.
#pragma once

#include <optional>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "chain/codec/describe.hpp"
#include "chain/types/ids.hpp"

namespace assay {
using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;
using JsonValue = rapidjson::Value;
using JsonDocument = rapidjson::Document;
}  // namespace assay

// Objects with lowerCamel keys; 64-bit integers and Amount as decimal strings, smaller integers as
// numbers; bytes, hashes and addresses as 0x hex; a described enum as its name, any other as its
// number; an empty optional as null.
namespace assay::json {

namespace detail {

void write_text(JsonWriter& out, std::string_view text);
void write_hex(JsonWriter& out, ByteView bytes);

bool read_unsigned(const JsonValue& in, std::uint64_t limit, std::uint64_t& value,
                   text::Failure& failure);
bool read_signed(const JsonValue& in, std::int64_t low, std::int64_t high, std::int64_t& value,
                 text::Failure& failure);
bool read_amount(const JsonValue& in, Amount& value, text::Failure& failure);
bool read_text(const JsonValue& in, std::string& value, text::Failure& failure);
bool read_bytes(const JsonValue& in, Bytes& value, text::Failure& failure);
bool read_fixed(const JsonValue& in, std::uint8_t* value, std::size_t size, text::Failure& failure);
// Refuses a member that is not in `known` or comes twice.
bool check_members(const JsonValue& in, const std::vector<std::string>& known,
                   text::Failure& failure);

template <DescribedEnum T>
const char* enumerator_name(T value) {
    const char* out = nullptr;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
        if (enumerator.value == value) out = enumerator.name;
    });
    return out;
}

template <class T>
bool read_into(const JsonValue& in, T& value, text::Failure& failure);

template <class T>
bool read_enum(const JsonValue& in, T& value, text::Failure& failure) {
    if constexpr (DescribedEnum<T>) {
        bool found = false;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
            if (in.IsString() && enumerator.name == std::string_view(in.GetString())) {
                value = enumerator.value;
                found = true;
            }
        });
        if (found) return true;
    }
    std::underlying_type_t<T> raw{};
    if (!read_into(in, raw, failure)) return false;
    value = static_cast<T>(raw);
    return true;
}

template <class T>
bool read_struct(const JsonValue& in, T& value, text::Failure& failure) {
    if (!in.IsObject()) return failure.set("expected an object");
    std::vector<std::string> known;
    bool good = true;
    for_each_field<FieldsOf<T>>([&](auto field) {
        if (!good) return;
        using Member = FieldType<decltype(field)>;
        known.push_back(text::lower_camel_of_snake(field.name));
        const std::string& key = known.back();
        const auto member = in.FindMember(key.c_str());
        if (member != in.MemberEnd())
            good = read_into(member->value, value.*field.pointer, failure);
        else if constexpr (!record::kIsOptional<Member>)
            good = failure.set("is missing");
        if (!good) failure.in_field(key);
    });
    return good && check_members(in, known, failure);
}

template <class T>
bool read_items(const JsonValue& in, T& value, text::Failure& failure) {
    if (!in.IsArray()) return failure.set("expected an array");
    if constexpr (ArrayLike<T>) {
        if (in.Size() != value.size())
            return failure.set("expected " + std::to_string(value.size()) + " items, got " +
                               std::to_string(in.Size()));
    } else {
        value.clear();
        value.reserve(in.Size());
    }
    for (rapidjson::SizeType i = 0; i < in.Size(); ++i) {
        typename T::value_type item{};
        if (!read_into(in[i], item, failure)) return failure.in_item(i);
        if constexpr (ArrayLike<T>)
            value[i] = std::move(item);
        else
            value.push_back(std::move(item));
    }
    return true;
}

template <class T>
bool read_into(const JsonValue& in, T& value, text::Failure& failure) {
    if constexpr (std::is_same_v<T, bool>) {
        if (!in.IsBool()) return failure.set("expected true or false");
        value = in.GetBool();
        return true;
    } else if constexpr (std::is_enum_v<T>) {
        return read_enum(in, value, failure);
    } else if constexpr (std::unsigned_integral<T>) {
        std::uint64_t raw = 0;
        if (!read_unsigned(in, std::numeric_limits<T>::max(), raw, failure)) return false;
        value = static_cast<T>(raw);
        return true;
    } else if constexpr (std::signed_integral<T>) {
        std::int64_t raw = 0;
        using Limits = std::numeric_limits<T>;
        if (!read_signed(in, Limits::min(), Limits::max(), raw, failure)) return false;
        value = static_cast<T>(raw);
        return true;
    } else if constexpr (std::is_same_v<T, Amount>) {
        return read_amount(in, value, failure);
    } else if constexpr (FixedLike<T>) {
        return read_fixed(in, value.data(), T::kSize, failure);
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return read_bytes(in, value, failure);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return read_text(in, value, failure);
    } else if constexpr (ListLike<T> || ArrayLike<T>) {
        return read_items(in, value, failure);
    } else if constexpr (record::kIsOptional<T>) {
        value.reset();
        return in.IsNull() || read_into(in, value.emplace(), failure);
    } else {
        static_assert(DescribedStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        return read_struct(in, value, failure);
    }
}

}  // namespace detail

// How a described enum appears. Typed-data documents need numbers, people read names.
enum class EnumForm { name, number };

template <EnumForm kForm = EnumForm::name, class T>
void write(JsonWriter& out, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        out.Bool(value);
    } else if constexpr (std::is_enum_v<T>) {
        const char* name = nullptr;
        if constexpr (DescribedEnum<T> && kForm == EnumForm::name)
            name = detail::enumerator_name(value);
        if (name != nullptr)
            detail::write_text(out, name);
        else
            write<kForm>(out, static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::integral<T> && sizeof(T) == 8) {
        detail::write_text(out, std::to_string(value));
    } else if constexpr (std::unsigned_integral<T>) {
        out.Uint(value);
    } else if constexpr (std::signed_integral<T>) {
        out.Int(value);
    } else if constexpr (std::is_same_v<T, Amount>) {
        detail::write_text(out, to_string(value));
    } else if constexpr (std::is_same_v<T, Bytes> || FixedLike<T>) {
        detail::write_hex(out, value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        detail::write_text(out, value);
    } else if constexpr (ListLike<T> || ArrayLike<T>) {
        out.StartArray();
        for (const typename T::value_type& item : value) write<kForm>(out, item);
        out.EndArray();
    } else if constexpr (record::kIsOptional<T>) {
        if (value)
            write<kForm>(out, *value);
        else
            out.Null();
    } else {
        static_assert(DescribedStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        out.StartObject();
        for_each_field<FieldsOf<T>>([&](auto field) {
            const std::string key = text::lower_camel_of_snake(field.name);
            out.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
            write<kForm>(out, value.*field.pointer);
        });
        out.EndObject();
    }
}

// Numbers come as decimal string, 0x-hex string or whole JSON number; enums also by name; an
// optional may be null or absent. Negative, fractional, too large, unknown and missing are refused,
// and the error names the field.
template <class T>
Result<T> read(const JsonValue& in) {
    T value{};
    text::Failure failed;
    if (!detail::read_into(in, value, failed)) return failure(failed.message());
    return value;
}

template <class T>
std::string to_string(const T& value) {
    rapidjson::StringBuffer buffer;
    JsonWriter out(buffer);
    write(out, value);
    return {buffer.GetString(), buffer.GetSize()};
}

// One whole JSON text of valid UTF-8; nesting costs no stack. The error names the position.
Result<JsonDocument> parse(std::string_view text);

}  // namespace assay::json
