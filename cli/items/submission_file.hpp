// Owns the submission file: all that reveals and proves one submission, kept by its contributor.
#pragma once

#include <filesystem>

#include "cli/items/item_tree.hpp"

namespace assay::cli {

// Written before the commitment leaves the machine; without it the bond is lost. It names the data
// set and does not hold it.
struct SubmissionFile {
    std::uint32_t version = 1;
    std::uint64_t chain_id = 0;
    std::uint64_t order = 0;
    Address contributor;
    std::string data_path;  // absolute
    std::string format;     // jsonl, csv or folder
    bool header = true;     // of CSV
    std::uint64_t max_item_bytes = 0;
    market::ItemKind item_kind = market::ItemKind::original;
    std::string task_field;
    std::string payload_field;
    std::uint64_t item_count = 0;
    Hash256 root;
    Hash256 ciphertext_root;
    Hash256 key_hash;
    SaltSecret secret;  // the items' salts are derived from it
    Hash256 salt;       // of the commitment
    Hash256 commitment;
};
BOOST_DESCRIBE_STRUCT(SubmissionFile, (),
                      (version, chain_id, order, contributor, data_path, format, header,
                       max_item_bytes, item_kind, task_field, payload_field, item_count, root,
                       ciphertext_root, key_hash, secret, salt, commitment))

// A new secret and salt, the tree of `source` and the commitment to it. Refuses two items with one
// content id and a payload longer than `max_payload_bytes`: anyone could prove either as fraud.
struct CommitPlan {
    std::uint64_t chain_id = 0;
    std::uint64_t order = 0;
    Address contributor;
    std::uint32_t max_payload_bytes = 0;
    Hash256 ciphertext_root;
    Hash256 key_hash;
};
Result<SubmissionFile> plan_submission(const WorkSource& source, const CommitPlan& plan,
                                       const ItemProgress& progress = {});

// The data set that the file names.
Result<WorkSource> source_of(const SubmissionFile& file);

// Mode 0600; a file that is there already is never replaced.
Result<void> save_submission(const std::filesystem::path& path, const SubmissionFile& file);
// Refuses a file whose commitment is not the hash of its own fields.
Result<SubmissionFile> load_submission(const std::filesystem::path& path);

// DIR/<chain>-<order>-<first digits of the commitment>.json
std::filesystem::path submission_path(const std::filesystem::path& folder,
                                      const SubmissionFile& file);
// Those of `folder` that can be read, in the order of their names.
std::vector<std::pair<std::filesystem::path, SubmissionFile>> submissions_in(
    const std::filesystem::path& folder);

std::string name_of(ItemFormat format);

}  // namespace assay::cli
