// Owns ABI values whose type is known at run time only: arguments of views, their answers, events.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "chain/codec/abi_type.hpp"
#include "chain/codec/json.hpp"
#include "chain/types/log.hpp"

namespace assay::cli {

// A decoded value: a leaf has `text` (decimal, true/false, 0x hex or the string itself), a tuple or
// an array has `items`.
struct AbiValue {
    abi::Param param;  // its name and type; the elements of an array have no name
    std::string text;
    std::vector<AbiValue> items;

    bool is_tuple() const { return param.type == "tuple"; }
    bool is_list() const { return param.type.ends_with("]"); }
};

// Arguments in order out of an object with one member per parameter. Errors name the parameter.
Result<Bytes> encode_values(std::span<const abi::Param> params, const JsonValue& object);
// As strict about bounds as needed to be safe, not about canonical form: it reads what a node says.
Result<std::vector<AbiValue>> decode_values(std::span<const abi::Param> params, ByteView data);
// Topics and data of an event together, in the order of its declaration.
Result<std::vector<AbiValue>> decode_event(const abi::Event& event, const Log& log);

// JSON as chain/codec/json.hpp writes it: 64-bit integers and above as decimal strings.
void write_value(JsonWriter& out, const AbiValue& value);
// An object with one member per value.
void write_values(JsonWriter& out, std::span<const AbiValue> values);
// One line for a person: amounts in tokens, moments as dates.
std::string show_value(const AbiValue& value);
// The member of that name, nullptr where there is none.
const AbiValue* value_named(std::span<const AbiValue> values, const std::string& name);

// "[{...}]" as Solidity tools publish it.
void write_abi_function(JsonWriter& out, const abi::Function& function);
void write_abi_event(JsonWriter& out, const abi::Event& event);

}  // namespace assay::cli
