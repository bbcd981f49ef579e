// EIP-712 type strings, the domain and the head of typed-data documents.
#include "chain/codec/eip712.hpp"

#include <map>

namespace assay::eip712 {

namespace {

using Structs = std::map<std::string, std::vector<abi::Param>>;

constexpr std::string_view kStruct = "struct ";

const std::vector<abi::Param>& domain_fields() {
    const auto field = [](const char* name, const char* type) {
        return abi::Param{
            .name = name, .type = type, .indexed = false, .components = {}, .internal_type = {}};
    };
    static const std::vector<abi::Param> fields = {
        field("name", "string"), field("version", "string"), field("chainId", "uint256"),
        field("verifyingContract", "address")};
    return fields;
}

// A tuple goes by its struct's name, arrays of it included.
std::string member_type(const abi::Param& param) {
    if (param.components.empty()) return param.type;
    return param.internal_type.substr(kStruct.size());
}

void collect(const std::vector<abi::Param>& fields, Structs& out) {
    for (const auto& field : fields) {
        if (field.components.empty()) continue;
        const std::string type = member_type(field);
        out.emplace(type.substr(0, type.find('[')), field.components);
        collect(field.components, out);
    }
}

std::string own_type(const std::string& name, const std::vector<abi::Param>& fields) {
    std::string out = name + "(";
    for (const auto& field : fields) {
        if (out.back() != '(') out += ",";
        out += member_type(field) + " " + field.name;
    }
    return out + ")";
}

void write_fields(JsonWriter& out, const std::string& name, const std::vector<abi::Param>& fields) {
    out.Key(name.c_str());
    out.StartArray();
    for (const auto& field : fields) {
        out.StartObject();
        out.Key("name");
        out.String(field.name);
        out.Key("type");
        out.String(member_type(field));
        out.EndObject();
    }
    out.EndArray();
}

}  // namespace

std::string encode_type(const std::string& name, const std::vector<abi::Param>& fields) {
    Structs reached;
    collect(fields, reached);
    std::string out = own_type(name, fields);
    for (const auto& [type, members] : reached)
        if (type != name) out += own_type(type, members);
    return out;
}

Hash256 domain_separator(const Domain& domain) {
    static const Hash256 type = keccak256(view_of(encode_type("EIP712Domain", domain_fields())));
    abi::Writer out;
    out.static_word(type);
    out.static_word(keccak256(view_of(domain.name)));
    out.static_word(keccak256(view_of(domain.version)));
    out.static_word(domain.chain_id);
    out.static_word(domain.verifying_contract);
    return keccak256(out.buffer());
}

Hash256 digest(const Domain& domain, const Hash256& struct_hash) {
    Bytes out = {0x19, 0x01};
    append(out, domain_separator(domain));
    append(out, struct_hash);
    return keccak256(out);
}

void write_typed_data_head(JsonWriter& out, const Domain& domain, const std::string& primary_type,
                           const std::vector<abi::Param>& fields) {
    Structs types;
    collect(fields, types);
    types[primary_type] = fields;
    out.Key("types");
    out.StartObject();
    write_fields(out, "EIP712Domain", domain_fields());
    for (const auto& [name, members] : types) write_fields(out, name, members);
    out.EndObject();
    out.Key("primaryType");
    out.String(primary_type);
    out.Key("domain");
    out.StartObject();
    out.Key("name");
    out.String(domain.name);
    out.Key("version");
    out.String(domain.version);
    out.Key("chainId");
    out.Uint64(domain.chain_id);
    out.Key("verifyingContract");
    out.String(to_hex0x(domain.verifying_contract));
    out.EndObject();
}

}  // namespace assay::eip712
