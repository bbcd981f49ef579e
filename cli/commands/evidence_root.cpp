// Hashes evidence.
#include "cli/commands/evidence_root.hpp"

#include "chain/crypto/rfc6962.hpp"
#include "cli/items/item_source.hpp"

namespace assay::cli {

Outcome<Hash256> evidence_of(const Arguments& arguments) {
    if (const auto text = arguments.maybe("evidence-root")) {
        const auto root = fixed_from_hex<32>(*text);
        if (!root) return usage("--evidence-root: " + root.error().message);
        return *root;
    }
    const auto path = arguments.maybe("evidence");
    if (!path)
        return usage(
            "missing: --evidence PATH, what you will show the jury (or its RFC 6962 root "
            "as --evidence-root)");
    const auto source = item_source(*path, arguments.text("format"));
    if (!source) return source.error();
    rfc6962::RootBuilder tree;
    const auto read = read_items(*source, [&](std::uint64_t, ByteView item) -> Result<void> {
        tree.add(item);
        return {};
    });
    if (!read) return read.error();
    if (tree.size() == 0) return Problem{Exit::failed, *path + " holds no evidence"};
    return tree.root();
}

std::vector<Flag> evidence_flags() {
    return {
        {"evidence", "PATH",
         "what you will show the jury: JSONL, CSV or a folder; its RFC 6962 root is posted"},
        {"format", "FORMAT", "of the evidence; by the file's name unless given"},
        {"evidence-root", "HASH", "that root, where the evidence is elsewhere"},
        {"evidence-uri", "TEXT", "where the jury finds the evidence"},
    };
}

}  // namespace assay::cli
