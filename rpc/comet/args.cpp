// Go's unmarshalling of arguments, with its texts where clients see them.
#include "rpc/comet/args.hpp"

#include <algorithm>
#include <charconv>

#include "rpc/comet/encoding.hpp"

namespace assay::rpc::comet {

namespace {

std::string json_of(const JsonValue& value) {
    JsonBuffer buffer;
    JsonWriter writer(buffer);
    value.Accept(writer);
    return std::string(text_of(buffer));
}

std::string quoted(std::string_view text) {
    JsonBuffer buffer;
    JsonWriter writer(buffer);
    put_text(writer, text);
    return std::string(text_of(buffer));
}

std::string names_of(const std::vector<ArgSpec>& specs) {
    std::string out;
    for (const auto& spec : specs) out += (out.empty() ? "" : " ") + spec.name;
    return out;
}

std::string_view go_kind(ArgKind kind) {
    switch (kind) {
        case ArgKind::int64: return "int64";
        case ArgKind::boolean: return "bool";
        case ArgKind::text: return "string";
        default: return "slice";
    }
}

// Percent signs and plus signs undone; what is no escape stands for itself.
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = text[i] == '%' ? from_hex(text.substr(i + 1, 2)) : failure("");
        if (byte && byte->size() == 1) {
            out += static_cast<char>(byte->front());
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

// The argument's first occurrence; empty where it is missing.
std::string uri_argument(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && unescaped(pair.substr(0, equals)) == name)
            return unescaped(pair.substr(equals + 1));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return {};
}

bool is_integer(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string json_bytes(ArgKind kind, ByteView data) {
    if (kind == ArgKind::bytes) return '"' + base64_of(data) + '"';
    if (kind == ArgKind::hex_bytes) return '"' + upper_hex(data) + '"';
    return quoted({reinterpret_cast<const char*>(data.data()), data.size()});
}

Result<std::string> uri_value(ArgKind kind, const std::string& text) {
    if (kind == ArgKind::int64 && is_integer(text)) return '"' + text + '"';
    if (text.starts_with("0x") || text.starts_with("0X")) {
        if (kind == ArgKind::int64 || kind == ArgKind::boolean)
            return failure("got a hex string arg, but expected '" + std::string(go_kind(kind)) +
                           "'");
        const auto data = from_hex(std::string_view(text).substr(2));
        if (!data) return failure("encoding/hex: " + data.error().message);
        return json_bytes(kind, *data);
    }
    std::string copy = text;
    rapidjson::Document document;
    if (auto parsed = parse_in_place(copy.data(), document); !parsed) return parsed.error();
    const bool is_bytes = kind == ArgKind::bytes || kind == ArgKind::hex_bytes;
    if (is_bytes && document.IsString()) return json_bytes(kind, view_of(text_of(document)));
    return json_of(document);
}

}  // namespace

Result<Args> Args::of(const std::vector<ArgSpec>& specs, const JsonValue* params) {
    Args out;
    out.specs_ = &specs;
    out.values_.resize(specs.size(), nullptr);
    if (params == nullptr) return out;
    if (params->IsArray() && params->Size() == 0 && !specs.empty()) return out;
    if (params->IsArray() && params->Size() != specs.size())
        return failure("expected " + std::to_string(specs.size()) + " parameters ([" +
                       names_of(specs) + "]), got " + std::to_string(params->Size()) + " (" +
                       json_of(*params) + ")");
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const JsonValue* value = nullptr;
        if (params->IsArray()) {
            value = &(*params)[static_cast<rapidjson::SizeType>(i)];
        } else if (const auto member = params->FindMember(specs[i].name.c_str());
                   member != params->MemberEnd()) {
            value = &member->value;
        }
        if (value != nullptr && !value->IsNull()) out.values_[i] = value;
    }
    return out;
}

Result<std::optional<std::int64_t>> Args::integer(std::size_t at) const {
    const JsonValue* value = values_[at];
    if (value == nullptr) return std::optional<std::int64_t>();
    if (!value->IsString())
        return failure("invalid 64-bit integer encoding " + quoted(json_of(*value)) +
                       ", expected string");
    const std::string_view text = text_of(*value);
    std::int64_t out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return std::optional(out);
    if (is_integer(text))
        return failure("json: cannot unmarshal number " + std::string(text) +
                       " into Go value of type int64");
    return failure("invalid integer " + quoted(text) + " for " + (*specs_)[at].name);
}

Result<Bytes> Args::bytes(std::size_t at) const {
    const JsonValue* value = values_[at];
    if (value == nullptr) return Bytes();
    const std::string& name = (*specs_)[at].name;
    if (!value->IsString()) return failure(name + " must be a text");
    if ((*specs_)[at].kind == ArgKind::hex_bytes) {
        auto data = from_hex(text_of(*value));
        if (!data) return failure(name + ": encoding/hex: " + data.error().message);
        return std::move(*data);
    }
    auto data = from_base64(text_of(*value));
    if (!data) return failure(name + ": illegal base64 data");
    return std::move(*data);
}

Result<std::string> Args::text(std::size_t at) const {
    const JsonValue* value = values_[at];
    if (value == nullptr) return std::string();
    if (!value->IsString()) return failure((*specs_)[at].name + " must be a text");
    return std::string(text_of(*value));
}

Result<bool> Args::boolean(std::size_t at) const {
    const JsonValue* value = values_[at];
    if (value == nullptr) return false;
    if (!value->IsBool()) return failure((*specs_)[at].name + " must be true or false");
    return value->GetBool();
}

Result<std::string> params_of_uri(const std::vector<ArgSpec>& specs, std::string_view query) {
    std::string out = "{";
    for (const auto& spec : specs) {
        const std::string text = uri_argument(query, spec.name);
        if (text.empty()) continue;
        const auto value = uri_value(spec.kind, text);
        if (!value) return value.error();
        out += (out.size() == 1 ? "" : ",") + quoted(spec.name) + ":" + *value;
    }
    return out + "}";
}

}  // namespace assay::rpc::comet
