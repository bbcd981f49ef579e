// Fields out of flags.
#include "cli/commands/fields.hpp"

#include <algorithm>

#include "cli/commands/catalog.hpp"
#include "cli/keys/keyring.hpp"
#include "cli/terminal/files.hpp"
#include "cli/terminal/units.hpp"

namespace assay::cli {

namespace {

using Allocator = JsonDocument::AllocatorType;

bool is_list(const abi::Param& param) {
    return param.type.ends_with("]");
}

abi::Param element_of(const abi::Param& param) {
    abi::Param out = param;
    out.type = param.type.substr(0, param.type.rfind('['));
    return out;
}

bool is_taken(const std::string& name, const std::vector<Flag>& taken) {
    return name == "json" || name == "help" || name == "fields" ||
           std::any_of(taken.begin(), taken.end(),
                       [&](const Flag& flag) { return flag.name == name; });
}

std::string flag_name(const std::string& prefix, const abi::Param& param,
                      const std::vector<Flag>& taken) {
    const std::string name = prefix + kebab(param.name);
    return is_taken(name, taken) ? "field-" + name : name;
}

std::string value_form(const abi::Param& param) {
    if (is_list(param)) return "LIST";
    if (param.type == "tuple") return "JSON|@FILE";
    if (param.type == "address") return "ADDRESS";
    if (param.type == "uint256") return "AMOUNT";
    if (param.type == "bool") return "true|false";
    if (param.type == "string") return "TEXT";
    if (param.type == "bytes") return "HEX|@FILE";
    if (param.type.starts_with("bytes")) return "HEX" + param.type.substr(5);
    if (param.internal_type.starts_with("enum ")) return "NAME";
    return "N";
}

std::string help_of_type(const abi::Param& param) {
    const std::string& inner = param.internal_type;
    if (inner.starts_with("enum ")) return inner.substr(5) + ", by name or number";
    if (inner.starts_with("struct ")) return inner.substr(7) + " as JSON, or field by field";
    if (param.type == "uint256") return "1.5assay, 2gwei or base units";
    const bool is_time = param.name.ends_with("S");  // deadlineS: units last
    if (param.type == "uint64" && is_time) return "seconds; 36h, or +36h for that much from now";
    if (param.type == "uint64") return "number";
    return param.type;
}

void put_text(JsonValue& out, const std::string& text, Allocator& memory) {
    out.SetString(text.data(), static_cast<rapidjson::SizeType>(text.size()), memory);
}

bool ends_with_unit(const std::string& text) {
    return text.size() >= 2 && std::string("smhd").find(text.back()) != std::string::npos &&
           text.find_first_not_of("0123456789") == text.size() - 1;
}

Outcome<void> put_json(JsonValue& out, const std::string& text, Allocator& memory) {
    const auto parsed = json::parse(text);
    if (!parsed) return usage(parsed.error().message);
    out.CopyFrom(*parsed, memory);
    return {};
}

Outcome<void> put_bytes(JsonValue& out, const std::string& text, Allocator& memory) {
    if (!text.starts_with("@")) {
        put_text(out, text, memory);
        return {};
    }
    const auto content = read_text_file(text.substr(1));
    if (!content) return content.error();
    put_text(out, to_hex0x(view_of(*content)), memory);
    return {};
}

Outcome<void> put_number(JsonValue& out, const std::string& text, const Clock& now,
                         Allocator& memory) {
    std::uint64_t value = 0;
    if (text.starts_with("+")) {
        const auto time = now();
        if (!time) return time.error();
        const auto moment = parse_moment(text, *time, "time");
        if (!moment) return moment.error();
        value = *moment;
    } else if (ends_with_unit(text)) {
        const auto seconds = parse_duration(text, "duration");
        if (!seconds) return seconds.error();
        value = *seconds;
    } else {
        put_text(out, text, memory);
        return {};
    }
    put_text(out, std::to_string(value), memory);
    return {};
}

Outcome<void> put_value(const abi::Param& param, const std::string& text, const Clock& now,
                        JsonValue& out, Allocator& memory);

Outcome<void> put_list(const abi::Param& param, const std::string& text, const Clock& now,
                       JsonValue& out, Allocator& memory) {
    if (text.starts_with("[")) return put_json(out, text, memory);
    out.SetArray();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        JsonValue item;
        const auto put = put_value(element_of(param), text.substr(at, end - at), now, item, memory);
        if (!put) return put.error();
        out.PushBack(item, memory);
        at = end + 1;
    }
    return {};
}

Outcome<void> put_value(const abi::Param& param, const std::string& text, const Clock& now,
                        JsonValue& out, Allocator& memory) {
    const bool composed = is_list(param) || param.type == "tuple";
    if (composed && text.starts_with("@")) {
        const auto content = read_text_file(text.substr(1));
        if (!content) return content.error();
        return put_json(out, *content, memory);
    }
    if (is_list(param)) return put_list(param, text, now, out, memory);
    if (param.type == "tuple") return put_json(out, text, memory);
    if (param.type == "bytes") return put_bytes(out, text, memory);
    if (param.type == "uint256") {
        const auto amount = parse_money(text);
        if (!amount) return usage(amount.error().message);
        put_text(out, to_string(*amount), memory);
    } else if (param.type == "address") {
        const auto address = parse_address(text);
        if (!address) return usage(address.error().message);
        put_text(out, to_hex0x(*address), memory);
    } else if (param.type == "bool") {
        if (text != "true" && text != "false") return usage("expected true or false");
        out.SetBool(text == "true");
    } else if (param.type == "uint64" || param.type == "uint32") {
        return put_number(out, text, now, memory);
    } else {
        put_text(out, text, memory);
    }
    return {};
}

// Fills an object level by level.
class Filler {
  public:
    Filler(const Arguments& arguments, const std::vector<Flag>& taken, const Clock& now,
           Allocator& memory)
        : arguments_(arguments), taken_(taken), now_(now), memory_(memory) {}

    Outcome<void> fill(std::span<const abi::Param> params, const std::string& prefix,
                       JsonValue& object) {
        for (const auto& param : params) {
            const std::string flag = flag_name(prefix, param, taken_);
            const auto text = arguments_.maybe(flag);
            JsonValue value;
            if (text) {
                const auto put = put_value(param, *text, now_, value, memory_);
                if (!put)
                    return Problem{put.error().code, "--" + flag + ": " + put.error().message};
            } else if (object.HasMember(param.name.c_str())) {
                continue;
            } else if (param.type == "tuple") {
                value.SetObject();
                const auto put = fill(param.components, prefix + kebab(param.name) + ".", value);
                if (!put) return put.error();
            } else {
                missing_ += (missing_.empty() ? "--" : ", --") + flag;
                continue;
            }
            object.RemoveMember(param.name.c_str());
            JsonValue key;
            put_text(key, param.name, memory_);
            object.AddMember(key, value, memory_);
        }
        return {};
    }
    const std::string& missing() const { return missing_; }

  private:
    const Arguments& arguments_;
    const std::vector<Flag>& taken_;
    const Clock& now_;
    Allocator& memory_;
    std::string missing_;
};

void add_flags(std::span<const abi::Param> params, const std::string& prefix,
               const std::vector<Flag>& taken, std::vector<Flag>& out) {
    for (const auto& param : params) {
        out.push_back({flag_name(prefix, param, taken), value_form(param), help_of_type(param)});
        if (param.type == "tuple")
            add_flags(param.components, prefix + kebab(param.name) + ".", taken, out);
    }
}

}  // namespace

Flag fields_flag() {
    return {"fields", "FILE", "fields as one JSON object, - for standard input; flags override it"};
}

std::vector<Flag> field_flags(std::span<const abi::Param> params, const std::vector<Flag>& taken) {
    std::vector<Flag> out;
    add_flags(params, "", taken, out);
    return out;
}

Outcome<JsonDocument> fields_of(std::span<const abi::Param> params, const Arguments& arguments,
                                const std::vector<Flag>& taken, const Clock& now) {
    JsonDocument out;
    out.SetObject();
    if (const auto file = arguments.maybe("fields")) {
        const auto text = read_text_file(*file);
        if (!text) return text.error();
        auto parsed = json::parse(*text);
        if (!parsed) return usage("--fields: " + parsed.error().message);
        if (!parsed->IsObject()) return usage("--fields: expected a JSON object");
        out.Swap(*parsed);
    }
    Filler filler(arguments, taken, now, out.GetAllocator());
    const auto filled = filler.fill(params, "", out);
    if (!filled) return filled.error();
    if (!filler.missing().empty()) return usage("missing: " + filler.missing());
    return Outcome<JsonDocument>(std::move(out));
}

}  // namespace assay::cli
