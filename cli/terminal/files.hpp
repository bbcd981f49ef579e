// Owns reading small files whole and writing secret ones so that a crash cannot lose them.
#pragma once

#include <filesystem>
#include <string>

#include "chain/base/bytes.hpp"

namespace assay::cli {

inline constexpr std::uint64_t kSmallFile = 16ULL << 20;

// "-" reads standard input. Refuses more than `limit` bytes.
Result<std::string> read_text_file(const std::filesystem::path& path,
                                   std::uint64_t limit = kSmallFile);
// Mode 0600; written beside, synced, renamed, directory synced. Refuses to replace a file unless
// `replace`. Makes missing directories with mode 0700.
Result<void> write_private_file(const std::filesystem::path& path, std::string_view content,
                                bool replace);
// ~/.assay, or $ASSAY_HOME.
std::filesystem::path assay_home();
// `text` without line ends at its end.
std::string without_line_end(std::string text);

}  // namespace assay::cli
