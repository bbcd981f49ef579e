// Owns CHECK: the assertion for bugs, on in every build, never used on input.
#pragma once

namespace assay {

// Prints the condition and its place to stderr and aborts. Never returns.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace assay

#define CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::assay::check_failed(#condition, __FILE__, __LINE__))
