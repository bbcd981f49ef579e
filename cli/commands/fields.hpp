// Owns turning flags into a message's or a view's fields, by the fields' declared types.
#pragma once

#include <functional>

#include "chain/codec/abi_type.hpp"
#include "chain/codec/json.hpp"
#include "cli/terminal/arguments.hpp"

namespace assay::cli {

// The chain's time in seconds, asked for only where a value is relative to it.
using Clock = std::function<Outcome<std::uint64_t>()>;

// One flag a field, in kebab-case; the fields of a tuple as --policy.kind; `taken` are names that
// mean something else in the same command, so that a field of that name is --field-NAME.
std::vector<Flag> field_flags(std::span<const abi::Param> params, const std::vector<Flag>& taken);

// The JSON object that json::read of the declared struct takes. --fields FILE (JSON, "-" for
// standard input) gives values that flags may override. Values: amounts as 1.5assay; whole numbers
// also as 36h (seconds) or +36h (from the chain's time); bytes as hex or @FILE; lists as JSON or
// with commas; tuples as JSON or field by field. Names every missing field.
Outcome<JsonDocument> fields_of(std::span<const abi::Param> params, const Arguments& arguments,
                                const std::vector<Flag>& taken, const Clock& now);

// --fields FILE.
Flag fields_flag();

}  // namespace assay::cli
