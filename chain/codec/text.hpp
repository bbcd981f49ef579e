// Owns how names and text are formed for every outward encoding: camelCase, UTF-8, error paths.
#pragma once

#include <string>
#include <string_view>

#include "chain/base/bytes.hpp"

namespace assay::text {

// "max_fee_per_gas" gives "maxFeePerGas".
std::string lower_camel_of_snake(std::string_view snake);
// "PostOrder" gives "postOrder".
std::string lower_first(std::string_view pascal);
// True for well-formed UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

// Where a decoder failed and why. Names are added on the way out, so success costs nothing.
class Failure {
  public:
    // Returns false, for `return failure.set("...")`.
    bool set(std::string reason);
    bool in_field(std::string_view name);
    bool in_item(std::size_t index);
    // "policy.quorum: out of range"; without a path the reason alone.
    std::string message() const;

  private:
    std::string path_;
    std::string reason_;
};

}  // namespace assay::text
