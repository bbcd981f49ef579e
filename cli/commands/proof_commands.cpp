// `assay verify-proof`: checks a state proof with no trust in the node that gave it.
#include "chain/state/proof.hpp"
#include "cli/client/rpc_client.hpp"
#include "cli/commands/commands.hpp"
#include "cli/terminal/files.hpp"
#include "cli/terminal/output.hpp"

namespace assay::cli {

namespace {

// What assay_getProof answers: a proof, the record it is about and the root it leads to.
struct ProofFile {
    Hash256 root;
    Bytes key;
    std::optional<Bytes> value;  // absent: the proof says that there is no such record
    StateProof proof;
};

// Reads the members that matter; others, like the height, are for people.
Result<ProofFile> read_proof(const JsonValue& in) {
    if (!in.IsObject()) return failure("proof: expected a JSON object");
    ProofFile out;
    const auto member = [&](const char* name) -> const JsonValue* {
        const auto it = in.FindMember(name);
        return it == in.MemberEnd() ? nullptr : &it->value;
    };
    const JsonValue* root = member("appHash");
    const JsonValue* key = member("key");
    const JsonValue* proof = member("proof");
    if (root == nullptr || key == nullptr || proof == nullptr)
        return failure("proof: expected appHash, key, value and proof, as assay_getProof answers");
    const auto root_read = json::read<Hash256>(*root);
    const auto key_read = json::read<Bytes>(*key);
    const auto bytes_read = json::read<Bytes>(*proof);
    if (!root_read) return failure("appHash: " + root_read.error().message);
    if (!key_read) return failure("key: " + key_read.error().message);
    if (!bytes_read) return failure("proof: " + bytes_read.error().message);
    const auto proof_read = decode_ics23(*bytes_read);
    if (!proof_read) return proof_read.error();
    out.root = *root_read;
    out.key = *key_read;
    out.proof = *proof_read;
    const JsonValue* value = member("value");
    if (value == nullptr || value->IsNull()) return out;
    const auto value_read = json::read<Bytes>(*value);
    if (!value_read) return failure("value: " + value_read.error().message);
    out.value = *value_read;
    return out;
}

Outcome<void> run_verify(const Session& session) {
    const auto text = read_text_file(session.arguments.text("FILE"));
    if (!text) return text.error();
    const auto document = json::parse(*text);
    if (!document) return document.error();
    auto read = read_proof(*document);
    if (!read) return read.error();
    const auto trusted = session.arguments.maybe("root");
    if (trusted) {
        const auto root = fixed_from_hex<32>(*trusted);
        if (!root) return usage("--root: " + root.error().message);
        if (*root != read->root)
            return Problem{Exit::failed, "the proof leads to " + to_hex0x(read->root) +
                                             ", not to the root you trust"};
    }
    std::optional<ByteView> value;
    if (read->value) value = *read->value;
    const auto good = verify_proof(read->root, read->key, value, read->proof);
    if (!good) return Problem{Exit::failed, "the proof does not hold: " + good.error().message};
    Fields fields;
    fields.add_flag("valid", true);
    fields.add("root", to_hex0x(read->root));
    fields.add("key", to_hex0x(read->key));
    fields.add("value", read->value ? to_hex0x(*read->value) : "no such record");
    fields.print(session.output);
    if (!trusted)
        session.output.note("Compare the root with a header you trust, or pass it as --root.");
    return {};
}

}  // namespace

std::vector<Command> proof_commands() {
    return {{.path = "verify-proof",
             .summary = "Check a state proof offline",
             .positionals = {{"FILE", "the answer of assay_getProof, - for standard input"}},
             .flags = {{"root", "HASH", "the state root you trust, from a header you verified"}},
             .examples = {"assay verify-proof proof.json --root 0x1f..."},
             .notes = "Needs no node: only the proof and a root that you trust.",
             .run = run_verify}};
}

}  // namespace assay::cli
