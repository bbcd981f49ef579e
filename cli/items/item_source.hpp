// Owns reading a data set as a stream of items: lines of JSONL, records of CSV, or files of a
// folder.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "chain/base/bytes.hpp"

namespace assay::cli {

enum class ItemFormat { jsonl, csv, folder };

struct ItemSource {
    std::filesystem::path path;
    ItemFormat format = ItemFormat::jsonl;
    bool header = true;                          // CSV: the first record names the columns
    std::uint64_t max_item_bytes = 16ULL << 20;  // a longer item is refused, memory stays bounded
};

// `format` is jsonl, csv, folder or empty: then a folder is a folder and a file is known by its
// name's end (.jsonl, .ndjson, .csv).
Result<ItemSource> item_source(const std::filesystem::path& path, const std::string& format);

// What the stream is handed. An error ends it.
using ItemSink = std::function<Result<void>(std::uint64_t index, ByteView payload)>;
// Bytes read so far, items so far.
using ItemProgress = std::function<void(std::uint64_t bytes, std::uint64_t items)>;

// Every item in order, counted from 0. The payload of
// - JSONL is the line without its line end; it must be one valid JSON text in UTF-8;
// - CSV is the record (RFC 4180) without its line end, byte for byte; all have the same number of
//   fields; the header is no item;
// - a folder is a file's content; files of all levels in the byte order of their relative path,
//   hidden ones passed over, symbolic links refused.
// Errors name the line or the file. Memory does not grow with the number of lines.
Result<void> read_items(const ItemSource& source, const ItemSink& sink,
                        const ItemProgress& progress = {});

// Bytes that read_items will read.
Result<std::uint64_t> total_bytes(const ItemSource& source);

}  // namespace assay::cli
