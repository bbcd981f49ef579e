// Owns the Solidity ABI of described structs: calls, arguments and return values.
#pragma once

#include "chain/codec/abi_reader.hpp"
#include "chain/codec/abi_type.hpp"
#include "chain/codec/abi_writer.hpp"

namespace assay::abi {

// The fields of `value` as an argument list, without a selector.
template <DescribedStruct T>
Bytes encode(const T& value) {
    Writer out;
    out.sequence<FieldsOf<T>>(value);
    return std::move(out).take();
}

// Selector and arguments: what a transaction carries as data.
template <DescribedStruct M>
Bytes encode_call(const M& message) {
    static const FixedBytes<4> selector = function_of<M>(false).selector;
    Writer out;
    append(out.buffer(), selector);
    out.sequence<FieldsOf<M>>(message);
    return std::move(out).take();
}

// Strict: canonical offsets, zero padding, no trailing bytes, numbers in range, UTF-8 strings; so
// encode() gives the input back. Any byte is accepted for an enum. The error names the field.
template <DescribedStruct T>
Result<T> decode(ByteView data) {
    T value{};
    Reader in(data);
    if (!in.sequence<FieldsOf<T>>(value) || !in.finish()) return failure(in.message());
    return value;
}

// What a view gives back: a described struct as several values, any other type as one.
template <class R>
Bytes encode_return(const R& value) {
    if constexpr (DescribedStruct<R>) {
        return encode(value);
    } else {
        Writer out;
        out.single(value);
        return std::move(out).take();
    }
}

// The inverse of encode_return, as strict as decode().
template <class R>
Result<R> decode_return(ByteView data) {
    if constexpr (DescribedStruct<R>) {
        return decode<R>(data);
    } else {
        R value{};
        Reader in(data);
        if (!in.single(value) || !in.finish()) return failure(in.message());
        return value;
    }
}

}  // namespace assay::abi
