// Secrets on disk.
#include "cli/client/secret_store.hpp"

#include <algorithm>

#include "cli/terminal/files.hpp"

namespace assay::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kEnding = ".json";

bool is_name(const std::string& name) {
    return !name.empty() && name.size() <= 200 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

}  // namespace

fs::path SecretStore::path_of(const std::string& kind, const std::string& name) const {
    return folder_ / (kind + "." + name + kEnding);
}

Result<fs::path> SecretStore::save(const std::string& kind, const std::string& name,
                                   const std::string& json) const {
    CHECK(is_name(kind) && is_name(name));
    const fs::path path = path_of(kind, name);
    const auto wrote = write_private_file(path, json + "\n", false);
    if (!wrote) return wrote.error();
    return path;
}

Result<JsonDocument> SecretStore::load(const std::string& kind, const std::string& name) const {
    const auto text = read_text_file(path_of(kind, name));
    if (!text) return text.error();
    auto document = json::parse(*text);
    if (!document) return failure(path_of(kind, name).string() + ": " + document.error().message);
    return document;
}

Result<std::vector<std::string>> SecretStore::names(const std::string& kind) const {
    std::vector<std::string> out;
    std::error_code error;
    if (!fs::exists(folder_, error)) return out;
    const std::string start = kind + ".";
    for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
        const std::string file = it->path().filename().string();
        if (!file.starts_with(start) || !file.ends_with(kEnding)) continue;
        out.push_back(file.substr(start.size(), file.size() - start.size() - 5));
    }
    if (error) return failure("cannot list " + folder_.string() + ": " + error.message());
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace assay::cli
