// Owns EIP-712: what a wallet signs when it shows a described struct as readable fields.
#pragma once

#include "chain/codec/abi_type.hpp"
#include "chain/codec/abi_writer.hpp"
#include "chain/codec/json.hpp"
#include "chain/crypto/hash.hpp"

namespace assay::eip712 {

// The domain in the form EIP712Domain(string name,string version,uint256 chainId,address
// verifyingContract).
struct Domain {
    std::string name;
    std::string version;
    std::uint64_t chain_id = 0;
    Address verifying_contract;
};

// "Mail(Person from,Person to,string contents)Person(string name,address wallet)": the struct's own
// fields, then every struct it reaches in alphabetical order.
std::string encode_type(const std::string& name, const std::vector<abi::Param>& fields);
Hash256 domain_separator(const Domain& domain);
// keccak(0x1901 | domain separator | struct hash): what is signed.
Hash256 digest(const Domain& domain, const Hash256& struct_hash);
// Writes the members `types`, `primaryType` and `domain` of a typed-data document.
void write_typed_data_head(JsonWriter& out, const Domain& domain, const std::string& primary_type,
                           const std::vector<abi::Param>& fields);

template <DescribedStruct T>
std::string encode_type() {
    return encode_type(abi::struct_name<T>(), abi::params_of<T>());
}

template <DescribedStruct T>
const Hash256& type_hash() {
    static const Hash256 hash = keccak256(view_of(encode_type<T>()));
    return hash;
}

template <DescribedStruct T>
Hash256 hash_struct(const T& value);

namespace detail {

// encodeData of one member: one word each.
template <class T>
void put_member(abi::Writer& out, const T& value) {
    if constexpr (std::is_same_v<T, Bytes>) {
        out.static_word(keccak256(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
        out.static_word(keccak256(view_of(value)));
    } else if constexpr (ListLike<T> || ArrayLike<T>) {
        abi::Writer items;
        for (const typename T::value_type& item : value) put_member(items, item);
        out.static_word(keccak256(items.buffer()));
    } else if constexpr (DescribedStruct<T>) {
        out.static_word(hash_struct(value));
    } else {
        out.static_word(value);
    }
}

}  // namespace detail

// keccak(type hash | encoded members).
template <DescribedStruct T>
Hash256 hash_struct(const T& value) {
    abi::Writer out;
    out.static_word(type_hash<T>());
    for_each_field<FieldsOf<T>>([&](auto field) { detail::put_member(out, value.*field.pointer); });
    return keccak256(out.buffer());
}

// What the sender of `message` signs.
template <DescribedStruct T>
Hash256 digest(const Domain& domain, const T& message) {
    return digest(domain, hash_struct(message));
}

// The document that eth_signTypedData_v4 takes.
template <DescribedStruct T>
void write_typed_data(JsonWriter& out, const Domain& domain, const T& message) {
    out.StartObject();
    write_typed_data_head(out, domain, abi::struct_name<T>(), abi::params_of<T>());
    out.Key("message");
    json::write<json::EnumForm::number>(out, message);
    out.EndObject();
}

}  // namespace assay::eip712
