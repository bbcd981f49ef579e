// Splits items into tasks and payloads.
#include "cli/items/work_source.hpp"

#include <algorithm>

#include "chain/codec/json.hpp"
#include "cli/items/csv_splitter.hpp"

namespace assay::cli {

namespace {

// Names the item and the file in what a reader of one item complains about.
std::string where_of(const WorkSource& source, std::uint64_t index) {
    return source.items.path.string() + ", item " + std::to_string(index) + ": ";
}

class JsonAnnotations {
  public:
    explicit JsonAnnotations(const WorkSource& source) : source_(source) {}

    Result<void> take(std::uint64_t index, ByteView item, const WorkSink& sink) {
        JsonDocument object;
        object.Parse(reinterpret_cast<const char*>(item.data()), item.size());
        const std::string where = where_of(source_, index);
        if (object.HasParseError() || !object.IsObject())
            return failure(where + "an annotation is a JSON object with the strings \"" +
                           source_.task_field + "\" and \"" + source_.payload_field + "\"");
        const auto task = text_in(object, source_.task_field, where);
        if (!task) return task.error();
        const auto payload = text_in(object, source_.payload_field, where);
        if (!payload) return payload.error();
        return sink(index, {view_of(*task), view_of(*payload), source_.kind});
    }

  private:
    static Result<std::string_view> text_in(const JsonValue& object, const std::string& name,
                                            const std::string& where) {
        const auto member = object.FindMember(name.c_str());
        if (member == object.MemberEnd())
            return failure(where + "there is no member \"" + name + "\"");
        if (!member->value.IsString())
            return failure(where + "the member \"" + name + "\" must be a string");
        return std::string_view(member->value.GetString(), member->value.GetStringLength());
    }

    const WorkSource& source_;
};

// The first record names the columns; items are counted without it.
class CsvAnnotations {
  public:
    explicit CsvAnnotations(const WorkSource& source) : source_(source) {}

    Result<void> take(std::uint64_t index, ByteView item, const WorkSink& sink) {
        const auto fields = csv_fields(text_of(item));
        if (index == 0) return header(fields);
        return sink(index - 1, {view_of(fields[task_]), view_of(fields[payload_]), source_.kind});
    }

  private:
    Result<void> header(const std::vector<std::string>& names) {
        const auto column = [&](const std::string& name) -> Result<std::size_t> {
            const auto found = std::find(names.begin(), names.end(), name);
            if (found == names.end())
                return failure(source_.items.path.string() + ": the header has no column \"" +
                               name + "\"");
            return static_cast<std::size_t>(found - names.begin());
        };
        const auto task = column(source_.task_field);
        if (!task) return task.error();
        const auto payload = column(source_.payload_field);
        if (!payload) return payload.error();
        task_ = *task;
        payload_ = *payload;
        return {};
    }

    const WorkSource& source_;
    std::size_t task_ = 0;
    std::size_t payload_ = 0;
};

}  // namespace

Result<void> read_work(const WorkSource& source, const WorkSink& sink,
                       const ItemProgress& progress) {
    if (source.kind == market::ItemKind::original)
        return read_items(
            source.items,
            [&](std::uint64_t index, ByteView item) { return sink(index, {{}, item}); }, progress);
    ItemSource items = source.items;
    if (items.format == ItemFormat::folder)
        return failure(items.path.string() +
                       ": annotations are read from JSONL or CSV; a folder holds originals only");
    if (items.format == ItemFormat::jsonl) {
        JsonAnnotations reader(source);
        return read_items(
            items, [&](std::uint64_t i, ByteView item) { return reader.take(i, item, sink); },
            progress);
    }
    items.header = false;  // it is read here, for its names
    CsvAnnotations reader(source);
    return read_items(
        items, [&](std::uint64_t i, ByteView item) { return reader.take(i, item, sink); },
        progress);
}

}  // namespace assay::cli
