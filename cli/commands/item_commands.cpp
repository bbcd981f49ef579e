// `assay items`: the tree of a data set and proofs of its items, without a node.
#include <algorithm>
#include <ostream>

#include "chain/crypto/kdf.hpp"
#include "chain/crypto/rfc6962.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/data_flags.hpp"
#include "cli/items/submission_file.hpp"
#include "cli/terminal/files.hpp"
#include "cli/terminal/output.hpp"

namespace assay::cli {

namespace {

const Flag kSecretFile = {"secret-file",
                          "FILE",
                          "32 bytes in hex that the items' salts are derived from; made, mode "
                          "0600, where there is none yet",
                          "",
                          "",
                          true};
const Flag kSubmissionFile = {"file", "FILE",
                              "a submission file: it names the data set and holds the secret"};

Outcome<SaltSecret> read_secret(const std::string& path) {
    const auto text = read_text_file(path);
    if (!text) return text.error();
    const auto secret = fixed_from_hex<32>(without_line_end(*text));
    if (!secret) return Problem{Exit::failed, path + ": " + secret.error().message};
    return *secret;
}

Outcome<SaltSecret> secret_of(const Arguments& arguments) {
    const std::string path = arguments.text("secret-file");
    if (std::filesystem::exists(path)) return read_secret(path);
    SaltSecret out;
    const Bytes bytes = crypto::random_bytes(out.bytes.size());
    std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
    const auto wrote = write_private_file(path, to_hex0x(out) + "\n", false);
    if (!wrote) return wrote.error();
    return out;
}

Outcome<void> run_hash(const Session& session) {
    const auto source = work_of(session.arguments, session.arguments.text("PATH"));
    if (!source) return source.error();
    const auto secret = secret_of(session.arguments);
    if (!secret) return secret.error();
    const auto tree = [&] {
        DataProgress progress(*source, "hashing", !session.output.json());
        return hash_items(*source, *secret, progress.callback());
    }();
    if (!tree) return tree.error();
    Fields fields;
    fields.add("root", to_hex0x(tree->root));
    fields.add("items", std::to_string(tree->count));
    fields.add("kind", source->kind == market::ItemKind::original ? "original" : "annotation");
    fields.add("secret file", session.arguments.text("secret-file"));
    fields.print(session.output);
    return {};
}

struct Provable {
    WorkSource source;
    SaltSecret secret;
};

Outcome<Provable> provable_of(const Arguments& arguments) {
    if (const auto file = arguments.maybe("file")) {
        const auto submission = load_submission(*file);
        if (!submission) return submission.error();
        const auto source = source_of(*submission);
        if (!source) return source.error();
        return Provable{*source, submission->secret};
    }
    if (!arguments.has("data") || !arguments.has("secret-file"))
        return usage("missing: --file, or --data with --secret-file");
    const auto source = work_of(arguments, arguments.text("data"));
    if (!source) return source.error();
    const auto secret = read_secret(arguments.text("secret-file"));
    if (!secret) return secret.error();
    return Provable{*source, *secret};
}

void write_proof(JsonWriter& out, const ItemProof& proof) {
    out.StartObject();
    out.Key("index");
    json::write(out, proof.leaf.index);
    out.Key("leaf");
    json::write(out, market::leaf_data(proof.leaf));
    out.Key("path");
    json::write(out, proof.path);
    out.Key("salt");
    json::write(out, proof.salt);
    out.Key("payload");
    json::write(out, proof.payload);
    out.EndObject();
}

Outcome<void> run_prove(const Session& session) {
    std::vector<std::uint64_t> indices;
    for (const auto& word : session.arguments.list("INDEX")) {
        const auto index = parse_number(word, "INDEX", market::kMaxItems);
        if (!index) return index.error();
        indices.push_back(*index);
    }
    const auto what = provable_of(session.arguments);
    if (!what) return what.error();
    ItemTree tree;
    const auto proofs = [&] {
        DataProgress progress(what->source, "proving", !session.output.json(), 2);
        return prove_items(what->source, what->secret, indices, tree, progress.callback());
    }();
    if (!proofs) return proofs.error();
    session.output.document([&](JsonWriter& out) {
        out.StartObject();
        out.Key("root");
        json::write(out, tree.root);
        out.Key("items");
        json::write(out, tree.count);
        out.Key("proofs");
        out.StartArray();
        for (const auto& proof : *proofs) write_proof(out, proof);
        out.EndArray();
        out.EndObject();
    });
    return {};
}

// What write_proof made, as a stranger receives it.
struct ShownProof {
    std::uint64_t index = 0;
    Bytes leaf;
    std::vector<Hash256> path;
    Hash256 salt;
    Bytes payload;
};
BOOST_DESCRIBE_STRUCT(ShownProof, (), (index, leaf, path, salt, payload))

struct ShownProofs {
    Hash256 root;
    std::uint64_t items = 0;
    std::vector<ShownProof> proofs;
};
BOOST_DESCRIBE_STRUCT(ShownProofs, (), (root, items, proofs))

Result<void> check_proof(const ShownProofs& all, const ShownProof& proof) {
    const std::string where = "item " + std::to_string(proof.index) + ": ";
    const auto leaf = record::decode<market::Leaf>(proof.leaf);
    if (!leaf) return failure(where + "its leaf is malformed");
    if (leaf->index != proof.index) return failure(where + "its leaf names another place");
    if (leaf->payload_hash != market::payload_hash(proof.salt, proof.payload))
        return failure(where + "payload and salt are not those of the leaf");
    if (!rfc6962::verify_inclusion(all.root, rfc6962::leaf_hash(proof.leaf), proof.index, all.items,
                                   proof.path))
        return failure(where + "the path does not lead to the root");
    return {};
}

Outcome<void> run_check(const Session& session) {
    const auto text = read_text_file(session.arguments.text("FILE"), 256ULL << 20U);
    if (!text) return text.error();
    const auto document = json::parse(*text);
    if (!document) return document.error();
    const auto all = json::read<ShownProofs>(*document);
    if (!all) return Problem{Exit::failed, "no proofs of items: " + all.error().message};
    if (const auto wanted = session.arguments.maybe("root")) {
        const auto root = fixed_from_hex<32>(*wanted);
        if (!root) return usage("--root: " + root.error().message);
        if (*root != all->root)
            return Problem{Exit::failed, "the proofs lead to " + to_hex0x(all->root) +
                                             ", not to the root you trust"};
    }
    for (const auto& proof : all->proofs)
        if (const auto good = check_proof(*all, proof); !good)
            return Problem{Exit::failed, good.error().message};
    Fields fields;
    fields.add_flag("valid", true);
    fields.add("proofs", std::to_string(all->proofs.size()));
    fields.add("root", to_hex0x(all->root));
    fields.print(session.output);
    if (!session.arguments.has("root"))
        session.output.note(
            "Compare the root with \"assay submit show ID\", or pass it as --root.");
    return {};
}

}  // namespace

std::vector<Command> item_commands() {
    return {
        {.path = "items hash",
         .summary = "The root of a data set's tree, as a submission commits to it",
         .positionals = {{"PATH", "a .jsonl or .csv file, or a folder of files"}},
         .flags = joined({kSecretFile}, data_flags()),
         .examples = {"assay items hash work.jsonl --secret-file work.secret",
                      "assay items hash labels.csv --kind annotation --task-field text "
                      "--payload-field label --secret-file labels.secret --json"},
         .notes = "Reads the data once, in constant memory. " + annotation_help() +
                  " \"assay submit commit\" hashes by itself; this is to look first.",
         .run = run_hash},
        {.path = "items prove",
         .summary = "Open single items: leaf, salt, payload and the path to the root, as JSON",
         .positionals = {{"INDEX", "which items, counted from 0; at most 1000", true, true}},
         .flags = joined({kSubmissionFile,
                          {"data", "PATH", "the data set, where there is no submission file"},
                          {"secret-file", "FILE", "the secret that \"assay items hash\" used"}},
                         data_flags()),
         .examples = {"assay items prove 0 17 --file ~/.assay/submissions/31337-1-8a2f.json",
                      "assay items prove 3 --data work.jsonl --secret-file work.secret"},
         .notes = "Whoever gets the output can read those items and nothing else.",
         .run = run_prove},
        {.path = "items check",
         .summary = "Check opened items against a root, without a node",
         .positionals = {{"FILE", "what \"assay items prove\" printed, - for standard input"}},
         .flags = {{"root", "HASH", "the root you trust: the submission's, on the chain"}},
         .examples = {"assay items check proofs.json --root 0x5d1c..."},
         .run = run_check},
    };
}

}  // namespace assay::cli
