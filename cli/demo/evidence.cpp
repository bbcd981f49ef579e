// Writes, hashes and reads exhibits.
#include "cli/demo/evidence.hpp"

#include "chain/codec/json.hpp"
#include "chain/crypto/rfc6962.hpp"

namespace assay::cli {

Evidence::Evidence(const std::vector<Exhibit>& exhibits) {
    for (const auto& exhibit : exhibits) lines_.push_back(json::to_string(exhibit));
}

Result<std::vector<Exhibit>> Evidence::read(const std::vector<std::string>& lines) {
    std::vector<Exhibit> out;
    for (const auto& line : lines) {
        const auto document = json::parse(line);
        if (!document) return document.error();
        auto exhibit = json::read<Exhibit>(*document);
        if (!exhibit) return exhibit.error();
        out.push_back(std::move(*exhibit));
    }
    return out;
}

Hash256 Evidence::root() const {
    return evidence_root(lines_);
}

Hash256 evidence_root(const std::vector<std::string>& lines) {
    rfc6962::RootBuilder tree;
    for (const auto& line : lines) tree.add(view_of(line));
    return tree.root();
}

}  // namespace assay::cli
