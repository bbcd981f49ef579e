// Owns how CometBFT's methods take their parameters: by name or in order, in Go's JSON forms, and
// from the query of a URI.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chain/base/bytes.hpp"
#include "rpc/server/outcome.hpp"

namespace assay::rpc::comet {

// bytes are base64 in JSON, hex_bytes hexadecimal; in a URI both are 0x hex or quoted text.
enum class ArgKind { int64, bytes, hex_bytes, text, boolean };

struct ArgSpec {
    std::string name;
    ArgKind kind = ArgKind::int64;
};

// The arguments of one call, each present or not. Reading one refuses what Go would not unmarshal.
class Args {
  public:
    // Refuses arrays of another length than the specification's.
    static Result<Args> of(const std::vector<ArgSpec>& specs, const JsonValue* params);

    Result<std::optional<std::int64_t>> integer(std::size_t at) const;
    // Empty where it is missing.
    Result<Bytes> bytes(std::size_t at) const;
    Result<std::string> text(std::size_t at) const;
    Result<bool> boolean(std::size_t at) const;  // false where it is missing

  private:
    const std::vector<ArgSpec>* specs_ = nullptr;
    std::vector<const JsonValue*> values_;  // nullptr: missing or null
};

// The parameters in a URI's query ("height=5&prove=true") as a JSON object.
Result<std::string> params_of_uri(const std::vector<ArgSpec>& specs, std::string_view query);

}  // namespace assay::rpc::comet
