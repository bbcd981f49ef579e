// Owns the ABI's view of C++ types: parameter lists, signatures, selectors and topics.
#pragma once

#include <string>
#include <vector>

#include "chain/codec/abi_layout.hpp"
#include "chain/types/ids.hpp"

namespace assay::abi {

// One argument, output or event field. A tuple carries its fields in `components`, and `type` is
// then "tuple", "tuple[]" or "tuple[4]". `internal_type` is "struct X" or "enum X" where there is a
// name.
struct Param {
    std::string name;
    std::string type;
    bool indexed = false;
    std::vector<Param> components;
    std::string internal_type;
};

struct Function {
    std::string name;       // "postOrder"
    std::string signature;  // "postOrder(bytes32,uint64)"
    FixedBytes<4> selector;
    std::vector<Param> inputs;
    std::vector<Param> outputs;
    bool payable = false;
    bool view = false;
};

struct Event {
    std::string name;       // "OrderPosted"
    std::string signature;  // "OrderPosted(uint64,address)"
    Hash256 topic;          // keccak of the signature
    std::vector<Param> inputs;
};

// "uint8", "(address,uint256)[]".
std::string canonical_type(const Param& param);
// "name(type,type)".
std::string signature_of(const std::string& name, const std::vector<Param>& inputs);
FixedBytes<4> selector_of(const std::string& signature);
Hash256 topic_of(const std::string& signature);

template <class T>
Param param_of(std::string name);

// The fields of a described struct as a parameter list, in order.
template <class T>
std::vector<Param> params_of() {
    std::vector<Param> out;
    for_each_field<FieldsOf<T>>([&](auto field) {
        out.push_back(param_of<FieldType<decltype(field)>>(text::lower_camel_of_snake(field.name)));
    });
    return out;
}

// bool, uintN, intN; one-byte enums as uint8; 20 bytes as address, others up to 32 as bytesN;
// Amount as uint256; Bytes, std::string; std::vector as T[]; std::array as T[N]; described structs
// as tuples.
template <class T>
Param param_of(std::string name) {
    Param out{.name = std::move(name),
              .type = {},
              .indexed = false,
              .components = {},
              .internal_type = {}};
    if constexpr (std::is_same_v<T, bool>) {
        out.type = "bool";
    } else if constexpr (std::is_enum_v<T>) {
        static_assert(SmallEnum<T>, "an enum in the ABI has the underlying type std::uint8_t");
        out.type = "uint8";
        out.internal_type = "enum " + std::string(type_name<T>());
    } else if constexpr (std::integral<T>) {
        out.type = (std::is_signed_v<T> ? "int" : "uint") + std::to_string(sizeof(T) * 8);
    } else if constexpr (std::is_same_v<T, Amount>) {
        out.type = "uint256";
    } else if constexpr (std::is_same_v<T, Address>) {
        out.type = "address";
    } else if constexpr (FixedLike<T>) {
        static_assert(T::kSize >= 1 && T::kSize <= 32, "the ABI has bytes1 to bytes32");
        out.type = "bytes" + std::to_string(T::kSize);
    } else if constexpr (std::is_same_v<T, Bytes>) {
        out.type = "bytes";
    } else if constexpr (std::is_same_v<T, std::string>) {
        out.type = "string";
    } else if constexpr (ListLike<T> || ArrayLike<T>) {
        out = param_of<typename T::value_type>(std::move(out.name));
        std::string suffix = "[]";
        if constexpr (ArrayLike<T>) suffix = "[" + std::to_string(std::tuple_size_v<T>) + "]";
        out.type += suffix;
        if (!out.internal_type.empty()) out.internal_type += suffix;
    } else {
        static_assert(DescribedStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        out.type = "tuple";
        out.components = params_of<T>();
        out.internal_type = "struct " + std::string(type_name<T>());
    }
    return out;
}

// "PostOrder".
template <class T>
std::string struct_name() {
    return std::string(type_name<T>());
}

// A message as a function: fields are the inputs, nothing comes back.
template <class M>
Function function_of(bool payable) {
    Function out{.name = text::lower_first(type_name<M>()),
                 .signature = {},
                 .selector = {},
                 .inputs = params_of<M>(),
                 .outputs = {},
                 .payable = payable,
                 .view = false};
    out.signature = signature_of(out.name, out.inputs);
    out.selector = selector_of(out.signature);
    return out;
}

// A view as a function: a described struct R gives several outputs, any other type one.
template <class V, class R>
Function view_of() {
    Function out = function_of<V>(false);
    if constexpr (DescribedStruct<R>)
        out.outputs = params_of<R>();
    else
        out.outputs = {param_of<R>("")};
    out.view = true;
    return out;
}

// How many leading fields of an event are topics: `static constexpr int kIndexed`, else none.
template <class E>
constexpr std::size_t indexed_fields() {
    if constexpr (requires { E::kIndexed; }) {
        static_assert(E::kIndexed >= 0 && E::kIndexed <= 3, "an event has at most three topics");
        return static_cast<std::size_t>(E::kIndexed);
    } else {
        return 0;
    }
}

template <class E>
Event event_of() {
    static_assert(indexed_fields<E>() <= kFieldCount<E>);
    Event out{.name = struct_name<E>(), .signature = {}, .topic = {}, .inputs = params_of<E>()};
    for (std::size_t i = 0; i < indexed_fields<E>(); ++i) out.inputs[i].indexed = true;
    out.signature = signature_of(out.name, out.inputs);
    out.topic = topic_of(out.signature);
    return out;
}

}  // namespace assay::abi
