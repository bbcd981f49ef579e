// Owns the reading of positional parameters with geth's error texts.
#pragma once

#include <optional>

#include "rpc/eth/encoding.hpp"
#include "rpc/server/outcome.hpp"

namespace assay::rpc {

// Positional parameters. A missing one and a null one are alike; named parameters are refused.
class Params {
  public:
    static Rpc<Params> of(const Call& call) {
        if (call.params != nullptr && !call.params->IsArray())
            return invalid_params("non-array args");
        return Params(call.params);
    }
    std::size_t size() const { return array_ == nullptr ? 0 : array_->Size(); }
    // nullptr where it is missing or null.
    const JsonValue* find(unsigned at) const {
        if (at >= size() || (*array_)[at].IsNull()) return nullptr;
        return &(*array_)[at];
    }
    // Reads a required parameter with one of the read_ functions.
    template <class T>
    Rpc<T> get(unsigned at, Result<T> (*read)(const JsonValue&)) const {
        const JsonValue* value = find(at);
        if (value == nullptr)
            return invalid_params("missing value for required argument " + std::to_string(at));
        auto out = read(*value);
        if (!out) return bad(at, out.error().message);
        return std::move(*out);
    }
    template <class T>
    Rpc<T> get_or(unsigned at, Result<T> (*read)(const JsonValue&), T otherwise) const {
        if (find(at) == nullptr) return otherwise;
        return get(at, read);
    }
    static RpcError bad(unsigned at, const std::string& why) {
        return invalid_params("invalid argument " + std::to_string(at) + ": " + why);
    }

  private:
    explicit Params(const JsonValue* array) : array_(array) {}
    const JsonValue* array_;
};

inline Result<bool> read_bool(const JsonValue& value) {
    if (!value.IsBool()) return failure("expected true or false");
    return value.GetBool();
}

// nullptr where the object has no such member or it is null.
inline const JsonValue* find_member(const JsonValue& object, const char* name) {
    const auto it = object.FindMember(name);
    return it == object.MemberEnd() || it->value.IsNull() ? nullptr : &it->value;
}

}  // namespace assay::rpc
