// Signatures, selectors and topics.
#include "chain/codec/abi_type.hpp"

#include "chain/crypto/hash.hpp"

namespace assay::abi {

namespace {

std::string joined(const std::vector<Param>& params) {
    std::string out = "(";
    for (const auto& param : params) {
        if (out.size() > 1) out += ",";
        out += canonical_type(param);
    }
    return out + ")";
}

}  // namespace

std::string canonical_type(const Param& param) {
    constexpr std::string_view kTuple = "tuple";
    if (!param.type.starts_with(kTuple)) return param.type;
    return joined(param.components) + param.type.substr(kTuple.size());
}

std::string signature_of(const std::string& name, const std::vector<Param>& inputs) {
    return name + joined(inputs);
}

FixedBytes<4> selector_of(const std::string& signature) {
    return FixedBytes<4>::from(ByteView(topic_of(signature)).first(4));
}

Hash256 topic_of(const std::string& signature) {
    return keccak256(view_of(signature));
}

}  // namespace assay::abi
