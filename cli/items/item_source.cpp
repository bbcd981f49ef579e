// Streams of items.
#include "cli/items/item_source.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "cli/items/csv_splitter.hpp"

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::string at_line(const fs::path& path, std::uint64_t line) {
    return path.string() + " line " + std::to_string(line) + ": ";
}

Error too_long(const std::string& where, std::uint64_t limit) {
    return failure(where + "the item is longer than " + std::to_string(limit) +
                   " bytes; raise --max-item-bytes if that is meant");
}

// Reads a file in blocks of fixed size.
class BlockReader {
  public:
    explicit BlockReader(const fs::path& path)
        : path_(path), file_(std::fopen(path.c_str(), "rb"), &std::fclose) {}

    Result<std::string_view> next() {
        if (file_ == nullptr)
            return failure("cannot read " + path_.string() + ": " + std::strerror(errno));
        const std::size_t got = std::fread(block_->data(), 1, block_->size(), file_.get());
        if (got == 0 && std::ferror(file_.get()) != 0)
            return failure("cannot read " + path_.string() + ": " + std::strerror(errno));
        read_ += got;
        std::string_view out(block_->data(), got);
        if (read_ == got && out.starts_with(kByteOrderMark)) out.remove_prefix(3);
        return out;
    }
    std::uint64_t bytes_read() const { return read_; }

  private:
    using Block = std::array<char, 1 << 18>;
    fs::path path_;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    std::unique_ptr<Block> block_ = std::make_unique<Block>();
    std::uint64_t read_ = 0;
};

// Counts items on their way to the sink and reports progress.
class Counter {
  public:
    Counter(const ItemSink& sink, const ItemProgress& progress)
        : sink_(sink), progress_(progress) {}
    Result<void> item(std::string_view payload) { return sink_(count_++, view_of(payload)); }
    void report(std::uint64_t bytes) const {
        if (progress_) progress_(bytes, count_);
    }

  private:
    const ItemSink& sink_;
    const ItemProgress& progress_;
    std::uint64_t count_ = 0;
};

// "" where the line is one JSON text, else why not.
std::string json_problem(std::string_view line) {
    constexpr unsigned kFlags =
        rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    rapidjson::MemoryStream stream(line.data(), line.size());
    rapidjson::BaseReaderHandler<> ignore;
    rapidjson::Reader reader;
    const auto result = reader.Parse<kFlags>(stream, ignore);
    if (!result.IsError()) return {};
    return std::string(rapidjson::GetParseError_En(result.Code())) + " At byte " +
           std::to_string(result.Offset()) + ".";
}

// One line of JSONL, without its line feed.
Result<void> take_line(const ItemSource& source, std::string_view line, std::uint64_t number,
                       Counter& counter) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string where = at_line(source.path, number);
    if (line.size() > source.max_item_bytes) return too_long(where, source.max_item_bytes);
    if (line.find_first_not_of(" \t") == std::string_view::npos)
        return failure(where + "the line is empty; every line of JSONL is an item");
    if (const std::string problem = json_problem(line); !problem.empty())
        return failure(where + "no valid JSON. " + problem);
    return counter.item(line);
}

Result<void> read_jsonl(const ItemSource& source, Counter& counter) {
    BlockReader reader(source.path);
    std::string carried;  // a line that began in an earlier block
    std::uint64_t line = 1;
    for (;;) {
        const auto block = reader.next();
        if (!block) return block.error();
        if (reader.bytes_read() == 0 || block->empty()) break;
        std::string_view rest = *block;
        for (std::size_t end = 0; (end = rest.find('\n')) != std::string_view::npos; ++line) {
            std::string_view text = rest.substr(0, end);
            if (!carried.empty()) text = carried.append(text);
            if (const auto taken = take_line(source, text, line, counter); !taken)
                return taken.error();
            carried.clear();
            rest.remove_prefix(end + 1);
        }
        carried.append(rest);
        if (carried.size() > source.max_item_bytes + 1)
            return too_long(at_line(source.path, line), source.max_item_bytes);
        counter.report(reader.bytes_read());
    }
    if (carried.empty()) return {};
    return take_line(source, carried, line, counter);
}

// Checks records against the first one and hands them on.
class CsvRecords {
  public:
    CsvRecords(const ItemSource& source, Counter& counter) : source_(source), counter_(counter) {}

    Result<void> take(CsvSplitter& splitter) {
        const bool is_header = columns_ == 0 && source_.header;
        if (columns_ == 0) columns_ = splitter.fields();
        if (splitter.fields() != columns_)
            return failure(at_line(source_.path, splitter.line()) + "the record has " +
                           std::to_string(splitter.fields()) + " fields where the first has " +
                           std::to_string(columns_));
        Result<void> taken;
        if (!is_header) taken = counter_.item(splitter.text());
        splitter.next_record();
        return taken;
    }

  private:
    const ItemSource& source_;
    Counter& counter_;
    std::uint64_t columns_ = 0;
};

Result<void> read_csv(const ItemSource& source, Counter& counter) {
    BlockReader reader(source.path);
    CsvSplitter splitter;
    CsvRecords records(source, counter);
    const auto follow = [&](CsvSplitter::Step step) -> Result<void> {
        if (step == CsvSplitter::Step::error)
            return failure(at_line(source.path, splitter.line()) + splitter.reason());
        if (splitter.text().size() > source.max_item_bytes)
            return too_long(at_line(source.path, splitter.line()), source.max_item_bytes);
        if (step == CsvSplitter::Step::record) return records.take(splitter);
        return {};
    };
    for (;;) {
        const auto block = reader.next();
        if (!block) return block.error();
        if (block->empty()) return follow(splitter.finish());
        for (const char c : *block) {
            const auto step = splitter.push(c);
            const bool long_already = splitter.text().size() > source.max_item_bytes;
            if (step == CsvSplitter::Step::more && !long_already) continue;
            if (const auto followed = follow(step); !followed) return followed.error();
        }
        counter.report(reader.bytes_read());
    }
}

// Relative paths of the regular files, in byte order.
Result<std::vector<std::string>> files_of(const fs::path& folder) {
    std::vector<std::string> out;
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
        if (it->path().filename().string().starts_with(".")) {
            it.disable_recursion_pending();
            continue;
        }
        if (it->is_symlink(error))
            return failure(it->path().string() + " is a symbolic link; put the file itself there");
        if (it->is_directory(error)) continue;
        if (!it->is_regular_file(error)) return failure(it->path().string() + " is no plain file");
        out.push_back(it->path().lexically_relative(folder).generic_string());
    }
    if (error) return failure("cannot list " + folder.string() + ": " + error.message());
    std::sort(out.begin(), out.end());
    return out;
}

Result<void> read_folder(const ItemSource& source, Counter& counter) {
    const auto names = files_of(source.path);
    if (!names) return names.error();
    std::uint64_t bytes = 0;
    std::string content;
    for (const auto& name : *names) {
        const fs::path path = source.path / name;
        const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                                   &std::fclose);
        if (file == nullptr)
            return failure("cannot read " + path.string() + ": " + std::strerror(errno));
        std::error_code error;
        const std::uint64_t size = fs::file_size(path, error);
        if (error || size > source.max_item_bytes)
            return too_long(path.string() + ": ", source.max_item_bytes);
        content.resize(size);
        if (std::fread(content.data(), 1, size, file.get()) != size)
            return failure("cannot read " + path.string() + ": it changed while it was read");
        if (const auto taken = counter.item(content); !taken) return taken.error();
        bytes += size;
        counter.report(bytes);
    }
    return {};
}

}  // namespace

Result<ItemSource> item_source(const fs::path& path, const std::string& format) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status)) return failure("there is no " + path.string());
    const bool is_folder = fs::is_directory(status);
    const std::string ending = path.extension().string();
    ItemSource out;
    out.path = path;
    if (format == "folder" || (format.empty() && is_folder))
        out.format = ItemFormat::folder;
    else if (format == "jsonl" || (format.empty() && (ending == ".jsonl" || ending == ".ndjson")))
        out.format = ItemFormat::jsonl;
    else if (format == "csv" || (format.empty() && ending == ".csv"))
        out.format = ItemFormat::csv;
    else if (format.empty())
        return failure(path.string() + ": say what it is with --format jsonl or --format csv");
    else
        return failure("format \"" + format + "\" is none of jsonl, csv, folder");
    if (is_folder != (out.format == ItemFormat::folder))
        return failure(path.string() + (is_folder ? " is a folder, no file" : " is no folder"));
    return out;
}

Result<void> read_items(const ItemSource& source, const ItemSink& sink,
                        const ItemProgress& progress) {
    Counter counter(sink, progress);
    switch (source.format) {
        case ItemFormat::jsonl: return read_jsonl(source, counter);
        case ItemFormat::csv: return read_csv(source, counter);
        case ItemFormat::folder: return read_folder(source, counter);
    }
    return failure("unknown format");
}

Result<std::uint64_t> total_bytes(const ItemSource& source) {
    std::error_code error;
    if (source.format != ItemFormat::folder) {
        const std::uint64_t size = fs::file_size(source.path, error);
        if (error) return failure("cannot read " + source.path.string() + ": " + error.message());
        return size;
    }
    const auto names = files_of(source.path);
    if (!names) return names.error();
    std::uint64_t total = 0;
    for (const auto& name : *names) total += fs::file_size(source.path / name, error);
    return total;
}

}  // namespace assay::cli
