// Reading, shuffling and splitting the demo's data.
#include "cli/demo/corpus.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "chain/codec/json.hpp"
#include "cli/items/csv_splitter.hpp"
#include "cli/items/item_source.hpp"

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

Result<LabelledText> text_of_object(const JsonValue& object, const std::string& where) {
    if (!object.IsObject()) return failure(where + ": expected a JSON object");
    LabelledText out;
    const auto read = [&](const char* name, std::string& value) {
        const auto member = object.FindMember(name);
        if (member == object.MemberEnd() || !member->value.IsString()) return false;
        value.assign(member->value.GetString(), member->value.GetStringLength());
        return true;
    };
    if (!read("text", out.text)) return failure(where + ": field \"text\" must be a string");
    if (!read("label", out.label) && read("group", out.label))
        out.label = out.label.starts_with("spam") ? "spam" : "ham";
    if (out.label.empty()) return failure(where + ": field \"label\" must be a non-empty string");
    return out;
}

Result<void> read_package(const fs::path& folder, std::vector<LabelledText>& out) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().extension() == ".json" &&
            entry.path().parent_path() != folder)
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.size() > kMaxCorpusItems)
        return failure(folder.string() + ": more than " + std::to_string(kMaxCorpusItems) +
                       " texts");
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        JsonDocument document;
        document.Parse(bytes.str().c_str());
        if (document.HasParseError()) return failure(file.string() + " is not JSON");
        auto text = text_of_object(document, file.string());
        if (!text) return text.error();
        text->id = (file.parent_path().filename() / file.stem()).string();
        out.push_back(std::move(*text));
    }
    return {};
}

// The header's names decide which columns are the text and the label.
class CsvReader {
  public:
    Result<LabelledText> read(std::string_view record, const std::string& where) {
        const auto fields = csv_fields(record);
        LabelledText out;
        out.text = fields[text_];
        out.label = fields[label_];
        if (out.label.empty()) return failure(where + ": the label is empty");
        return out;
    }
    Result<void> header(std::string_view record) {
        const auto names = csv_fields(record);
        const auto text = std::find(names.begin(), names.end(), "text");
        const auto label = std::find(names.begin(), names.end(), "label");
        if (text == names.end() || label == names.end())
            return failure("the CSV header needs the columns text and label");
        text_ = static_cast<std::size_t>(text - names.begin());
        label_ = static_cast<std::size_t>(label - names.begin());
        return {};
    }

  private:
    std::size_t text_ = 0;
    std::size_t label_ = 0;
};

Result<void> read_file(const std::string& path, std::vector<LabelledText>& out) {
    auto source = item_source(path, "");
    if (!source) return source.error();
    source->header = false;  // it is read here, for its names
    source->max_item_bytes = kMaxTextBytes;
    CsvReader csv;
    return read_items(*source, [&](std::uint64_t index, ByteView payload) -> Result<void> {
        const std::string where = path + ", item " + std::to_string(index + 1);
        if (out.size() >= kMaxCorpusItems)
            return failure(path + ": more than " + std::to_string(kMaxCorpusItems) + " texts");
        if (source->format == ItemFormat::csv && index == 0) return csv.header(text_of(payload));
        auto text = [&]() -> Result<LabelledText> {
            if (source->format == ItemFormat::csv) return csv.read(text_of(payload), where);
            JsonDocument document;
            document.Parse(reinterpret_cast<const char*>(payload.data()), payload.size());
            if (document.HasParseError()) return failure(where + " is not JSON");
            return text_of_object(document, where);
        }();
        if (!text) return text.error();
        text->id = std::to_string(index + 1);
        out.push_back(std::move(*text));
        return {};
    });
}

}  // namespace

Result<Corpus> load_corpus(const std::string& path, std::size_t max_tasks,
                           std::size_t example_every) {
    if (example_every < 2) return failure("at most every second text can be an example");
    std::error_code error;
    std::vector<LabelledText> all;
    if (!fs::exists(path, error)) return failure("no such file or folder: " + path);
    const auto read =
        fs::is_directory(path, error) ? read_package(path, all) : read_file(path, all);
    if (!read) return read.error();
    Corpus out;
    out.name = fs::is_directory(path, error) ? "the SpamAssassin corpus"
                                             : fs::path(path).filename().string();
    for (const auto& text : all) out.labels.push_back(text.label);
    std::sort(out.labels.begin(), out.labels.end());
    out.labels.erase(std::unique(out.labels.begin(), out.labels.end()), out.labels.end());
    if (out.labels.size() < 2)
        return failure(path + ": at least two different labels are needed, found " +
                       std::to_string(out.labels.size()));
    if (out.labels.size() > 100)
        return failure(path + ": at most 100 different labels, found " +
                       std::to_string(out.labels.size()));
    std::mt19937_64 random(20'021'010);
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random() % i]);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i % example_every == 0)
            out.examples.push_back(std::move(all[i]));
        else if (out.tasks.size() < max_tasks)
            out.tasks.push_back(std::move(all[i]));
    }
    if (out.tasks.empty()) return failure(path + ": no text is left to label");
    return out;
}

}  // namespace assay::cli
