// Encoding and decoding by run-time types (Solidity ABI specification, "Formal Specification of
// the Encoding").
#include "cli/client/abi_value.hpp"

#include <algorithm>

#include "cli/terminal/output.hpp"
#include "cli/terminal/units.hpp"

namespace assay::cli {

namespace {

constexpr std::size_t kWord = 32;
constexpr std::size_t kMostItems = 1'000'000;
constexpr int kDeepest = 16;

bool is_array(const abi::Param& param) {
    return param.type.ends_with("]");
}
bool is_open_array(const abi::Param& param) {
    return param.type.ends_with("[]");
}
bool is_text(const abi::Param& param) {
    return param.type == "bytes" || param.type == "string";
}

// The type of the elements of an array type.
abi::Param element_of(const abi::Param& param) {
    abi::Param out = param;
    out.name.clear();
    out.type = param.type.substr(0, param.type.rfind('['));
    return out;
}

// N of T[N].
std::size_t fixed_length(const abi::Param& param) {
    const std::size_t at = param.type.rfind('[');
    return static_cast<std::size_t>(std::stoul(param.type.substr(at + 1)));
}

bool is_dynamic(const abi::Param& param) {
    if (is_open_array(param) || is_text(param)) return true;
    if (is_array(param)) return is_dynamic(element_of(param));
    return std::any_of(param.components.begin(), param.components.end(), is_dynamic);
}

std::size_t head_bytes(const abi::Param& param) {
    if (is_dynamic(param)) return kWord;
    if (is_array(param)) return fixed_length(param) * head_bytes(element_of(param));
    if (param.type != "tuple") return kWord;
    std::size_t out = 0;
    for (const auto& part : param.components) out += head_bytes(part);
    return out;
}

void append_word(Bytes& out, u128 number) {
    for (int i = 31; i >= 0; --i)
        out.push_back(i >= 16 ? 0 : static_cast<std::uint8_t>(number >> (8 * i)));
}

void append_text(Bytes& out, ByteView text) {
    append_word(out, text.size());
    append(out, text);
    out.resize((out.size() + kWord - 1) / kWord * kWord);
}

Result<Bytes> encode_one(const abi::Param& param, const JsonValue& in);

// Heads, then tails, of values side by side.
Result<Bytes> encode_sequence(std::span<const abi::Param> params,
                              const std::vector<const JsonValue*>& values) {
    std::size_t head = 0;
    for (const auto& param : params) head += head_bytes(param);
    Bytes out;
    Bytes tail;
    for (std::size_t i = 0; i < params.size(); ++i) {
        const auto one = encode_one(params[i], *values[i]);
        if (!one)
            return params[i].name.empty() ? one.error()
                                          : failure(params[i].name + ": " + one.error().message);
        if (is_dynamic(params[i])) {
            append_word(out, head + tail.size());
            append(tail, *one);
        } else {
            append(out, *one);
        }
    }
    append(out, tail);
    return out;
}

Result<Bytes> encode_array(const abi::Param& param, const JsonValue& in) {
    if (!in.IsArray()) return failure("expected an array");
    if (!is_open_array(param) && in.Size() != fixed_length(param))
        return failure("expected " + std::to_string(fixed_length(param)) + " items");
    const std::vector<abi::Param> params(in.Size(), element_of(param));
    std::vector<const JsonValue*> values;
    for (const auto& item : in.GetArray()) values.push_back(&item);
    const auto items = encode_sequence(params, values);
    if (!items) return items.error();
    Bytes out;
    if (is_open_array(param)) append_word(out, in.Size());
    append(out, *items);
    return out;
}

Result<Bytes> encode_number(const abi::Param& param, const JsonValue& in) {
    Amount number;
    text::Failure why;
    if (!json::detail::read_amount(in, number, why)) return failure(why.message());
    const bool is_signed = param.type.starts_with("int");
    const unsigned long bits = std::stoul(param.type.substr(is_signed ? 3 : 4));
    const std::size_t usable = bits - (is_signed ? 1 : 0);
    if (usable < 128 && number.raw() >> usable != 0) return failure("does not fit " + param.type);
    Bytes out;
    append_word(out, number.raw());
    return out;
}

Result<Bytes> encode_leaf(const abi::Param& param, const JsonValue& in) {
    if (param.type.starts_with("uint") || param.type.starts_with("int"))
        return encode_number(param, in);
    Bytes out;
    if (param.type == "bool") {
        if (!in.IsBool()) return failure("expected true or false");
        append_word(out, in.GetBool() ? 1 : 0);
        return out;
    }
    if (!in.IsString()) return failure("expected a string");
    const std::string text(in.GetString(), in.GetStringLength());
    if (param.type == "string") {
        append_text(out, view_of(text));
        return out;
    }
    const auto raw = from_hex(text);
    if (!raw) return raw.error();
    if (param.type == "bytes") {
        append_text(out, *raw);
        return out;
    }
    const bool address = param.type == "address";
    const std::size_t size = address ? 20 : std::stoul(param.type.substr(5));
    if (raw->size() != size)
        return failure("expected " + std::to_string(size) + " bytes of hex, got " +
                       std::to_string(raw->size()));
    if (address) out.resize(kWord - size);
    append(out, *raw);
    out.resize(kWord);
    return out;
}

Result<Bytes> encode_one(const abi::Param& param, const JsonValue& in) {
    if (is_array(param)) return encode_array(param, in);
    if (param.type == "tuple") return encode_values(param.components, in);
    return encode_leaf(param, in);
}

// Reads values out of bytes that may be anything.
class Decoder {
  public:
    explicit Decoder(ByteView data) : data_(data) {}

    bool sequence(std::span<const abi::Param> params, std::size_t base, int depth,
                  std::vector<AbiValue>& out) {
        if (depth > kDeepest) return false;
        std::size_t head = base;
        for (const auto& param : params) {
            if (++items_ > kMostItems) return false;
            std::size_t at = head;
            if (is_dynamic(param)) {
                std::uint64_t offset = 0;
                if (!number(head, offset) || offset > data_.size() - base) return false;
                at = base + offset;
            }
            AbiValue value{param, {}, {}};
            if (!one(param, at, depth, value)) return false;
            out.push_back(std::move(value));
            head += head_bytes(param);
        }
        return true;
    }

  private:
    bool word(std::size_t at, ByteView& out) const {
        if (at > data_.size() || data_.size() - at < kWord) return false;
        out = data_.subspan(at, kWord);
        return true;
    }
    bool number(std::size_t at, std::uint64_t& out) const {
        ByteView part;
        if (!word(at, part)) return false;
        out = 0;
        for (std::size_t i = 0; i < kWord; ++i) {
            if (i < 24 && part[i] != 0) return false;
            out = out << 8 | part[i];
        }
        return true;
    }

    bool one(const abi::Param& param, std::size_t at, int depth, AbiValue& out) {
        if (is_array(param)) {
            std::uint64_t count = 0;
            if (is_open_array(param)) {
                if (!number(at, count)) return false;
                at += kWord;
            } else {
                count = fixed_length(param);
            }
            if (count > kMostItems || count * kWord > data_.size()) return false;
            const std::vector<abi::Param> params(count, element_of(param));
            return sequence(params, at, depth + 1, out.items);
        }
        if (param.type == "tuple") return sequence(param.components, at, depth + 1, out.items);
        if (is_text(param)) {
            std::uint64_t size = 0;
            if (!number(at, size) || size > data_.size() - at - kWord) return false;
            const ByteView text = data_.subspan(at + kWord, size);
            out.text = param.type == "string" ? std::string(text_of(text)) : to_hex0x(text);
            return true;
        }
        ByteView part;
        return word(at, part) && leaf(param, part, out.text);
    }

    static bool leaf(const abi::Param& param, ByteView part, std::string& out) {
        if (param.type == "address") {
            out = to_hex0x(part.last(20));
        } else if (param.type == "bool") {
            out = part[31] != 0 ? "true" : "false";
        } else if (param.type.starts_with("bytes")) {
            const std::size_t size = std::stoul(param.type.substr(5));
            if (size > kWord) return false;
            out = to_hex0x(part.first(size));
        } else {
            const bool minus = param.type.starts_with("int") && (part[0] & 0x80) != 0;
            u128 value = 0;
            for (std::size_t i = 0; i < kWord; ++i) {
                if (i < 16 && part[i] != (minus ? 0xff : 0)) return false;
                value = value << 8 | part[i];
            }
            out = minus ? "-" + to_string(Amount::from_raw(~value + 1))
                        : to_string(Amount::from_raw(value));
        }
        return true;
    }

    ByteView data_;
    std::size_t items_ = 0;
};

bool is_moment(const std::string& name) {
    return name.ends_with("AtS") || name.ends_with("UntilS") || name.ends_with("TimeS") ||
           name.ends_with("EndsS") || name.ends_with("deadlineS") || name.ends_with("DeadlineS");
}

// Numbers that every JSON reader holds exactly.
bool is_small_number(const std::string& type) {
    for (const char* small : {"uint8", "uint16", "uint32", "int8", "int16", "int32"})
        if (type == small) return true;
    return false;
}

void write_param(JsonWriter& out, const abi::Param& param, bool event) {
    out.StartObject();
    out.Key("name");
    write_text(out, param.name);
    out.Key("type");
    write_text(out, param.type);
    out.Key("internalType");
    write_text(out, param.internal_type.empty() ? param.type : param.internal_type);
    if (event) {
        out.Key("indexed");
        out.Bool(param.indexed);
    }
    if (!param.components.empty()) {
        out.Key("components");
        out.StartArray();
        for (const auto& part : param.components) write_param(out, part, false);
        out.EndArray();
    }
    out.EndObject();
}

void write_params(JsonWriter& out, const char* key, const std::vector<abi::Param>& params,
                  bool event) {
    out.Key(key);
    out.StartArray();
    for (const auto& param : params) write_param(out, param, event);
    out.EndArray();
}

}  // namespace

Result<Bytes> encode_values(std::span<const abi::Param> params, const JsonValue& object) {
    if (!object.IsObject()) return failure("expected an object");
    std::vector<const JsonValue*> values;
    for (const auto& param : params) {
        const auto member = object.FindMember(param.name.c_str());
        if (member == object.MemberEnd()) return failure(param.name + ": is missing");
        values.push_back(&member->value);
    }
    return encode_sequence(params, values);
}

Result<std::vector<AbiValue>> decode_values(std::span<const abi::Param> params, ByteView data) {
    std::vector<AbiValue> out;
    if (!Decoder(data).sequence(params, 0, 0, out))
        return failure("the node's answer does not match the declaration; is it of this version?");
    return out;
}

Result<std::vector<AbiValue>> decode_event(const abi::Event& event, const Log& log) {
    std::vector<abi::Param> indexed;
    std::vector<abi::Param> rest;
    for (const auto& param : event.inputs) (param.indexed ? indexed : rest).push_back(param);
    if (log.topics.size() != indexed.size() + 1) return failure("the log has other topics");
    Bytes topics;
    for (std::size_t i = 1; i < log.topics.size(); ++i) append(topics, log.topics[i]);
    auto out = decode_values(indexed, topics);
    if (!out) return out.error();
    auto data = decode_values(rest, log.data);
    if (!data) return data.error();
    out->insert(out->end(), data->begin(), data->end());
    return out;
}

void write_value(JsonWriter& out, const AbiValue& value) {
    if (value.is_list()) {
        out.StartArray();
        for (const auto& item : value.items) write_value(out, item);
        out.EndArray();
    } else if (value.is_tuple()) {
        write_values(out, value.items);
    } else if (value.param.type == "bool") {
        out.Bool(value.text == "true");
    } else if (is_small_number(value.param.type)) {
        out.Int64(std::stoll(value.text));
    } else {
        write_text(out, value.text);
    }
}

void write_values(JsonWriter& out, std::span<const AbiValue> values) {
    if (values.size() == 1 && values[0].param.name.empty()) return write_value(out, values[0]);
    out.StartObject();
    for (const auto& value : values) {
        write_text(out, value.param.name);
        write_value(out, value);
    }
    out.EndObject();
}

std::string show_value(const AbiValue& value) {
    if (value.is_list() || value.is_tuple()) {
        std::string out;
        for (const auto& item : value.items) {
            const std::string name = item.param.name.empty() ? "" : item.param.name + " ";
            out += (out.empty() ? "" : ", ") + name + show_value(item);
        }
        return value.is_list() ? "[" + out + "]" : "(" + out + ")";
    }
    if (value.param.type == "uint256")
        if (const auto amount = parse_amount(value.text)) return show_money(*amount);
    if (value.param.type == "uint64" && is_moment(value.param.name) && value.text.size() < 12)
        return show_time(std::stoull(value.text));
    if (value.param.type == "bool") return value.text == "true" ? "yes" : "no";
    return value.text;
}

const AbiValue* value_named(std::span<const AbiValue> values, const std::string& name) {
    for (const auto& value : values)
        if (value.param.name == name) return &value;
    return nullptr;
}

void write_abi_function(JsonWriter& out, const abi::Function& function) {
    out.StartObject();
    out.Key("type");
    out.String("function");
    out.Key("name");
    write_text(out, function.name);
    out.Key("stateMutability");
    out.String(function.view ? "view" : function.payable ? "payable" : "nonpayable");
    write_params(out, "inputs", function.inputs, false);
    write_params(out, "outputs", function.outputs, false);
    out.EndObject();
}

void write_abi_event(JsonWriter& out, const abi::Event& event) {
    out.StartObject();
    out.Key("type");
    out.String("event");
    out.Key("name");
    write_text(out, event.name);
    out.Key("anonymous");
    out.Bool(false);
    write_params(out, "inputs", event.inputs, true);
    out.EndObject();
}

}  // namespace assay::cli
