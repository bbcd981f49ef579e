// Checks of manifests and chunks.
#include "chain/app/snapshot.hpp"

#include "chain/crypto/hash.hpp"
#include "chain/crypto/rfc6962.hpp"

namespace assay {

Result<void> check_manifest(const SnapshotManifest& manifest) {
    if (manifest.format != kSnapshotFormat)
        return failure("snapshot: format " + std::to_string(manifest.format) + " is not known");
    if (manifest.chunks == 0 || manifest.chunks > kMaxSnapshotChunks)
        return failure("snapshot: has " + std::to_string(manifest.chunks) + " chunks; 1 to " +
                       std::to_string(kMaxSnapshotChunks) + " are allowed");
    if (manifest.height == 0) return failure("snapshot: genesis is no snapshot");
    return {};
}

bool is_chunk_of(const SnapshotManifest& manifest, std::uint32_t index,
                 const SnapshotChunk& chunk) {
    if (chunk.bytes.empty() || chunk.bytes.size() > kSnapshotChunkBytes) return false;
    if (chunk.path.size() > kMaxChunkPath) return false;
    const Hash256 leaf = rfc6962::leaf_hash(sha256(chunk.bytes));
    return rfc6962::verify_inclusion(manifest.root, leaf, index, manifest.chunks, chunk.path);
}

}  // namespace assay
