// `assay keys`: making, importing, listing and exporting keys.
#include <ostream>

#include "chain/crypto/kdf.hpp"
#include "cli/commands/commands.hpp"
#include "cli/keys/hd_key.hpp"
#include "cli/keys/keyring.hpp"
#include "cli/keys/mnemonic.hpp"
#include "cli/terminal/console.hpp"
#include "cli/terminal/files.hpp"
#include "cli/terminal/output.hpp"

namespace assay::cli {

namespace {

constexpr std::uint64_t kHighestIndex = 0x7fffffff;
constexpr std::size_t kShortestPassword = 8;

std::vector<Flag> with_keyring(std::vector<Flag> flags) {
    const auto more = keyring_flags();
    flags.insert(flags.end(), more.begin(), more.end());
    return flags;
}

const Flag kName = {"name", "NAME", "a name for the key, to use with --from"};
const Flag kWords = {"words", "N", "length of the phrase: 12, 15, 18, 21 or 24", "24"};
const Flag kIndex = {"index", "I", "account number in m/44'/60'/0'/0/I", "0"};
const Flag kPassphraseFile = {"passphrase-file", "FILE",
                              "the phrase's optional BIP-39 passphrase (not the password)"};
const Flag kLight = {"light", "",
                     "cheaper scrypt (n 4096): faster, and easier to guess; for tests"};

ScryptCost cost_of(const Arguments& arguments) {
    ScryptCost out;
    if (arguments.has("light")) out.n = 4096;
    return out;
}

Outcome<std::string> new_phrase(const Arguments& arguments) {
    const auto words = arguments.number("words");
    if (!words) return words.error();
    if (*words < 12 || *words > 24 || *words % 3 != 0)
        return usage("--words must be 12, 15, 18, 21 or 24");
    return *mnemonic_of(crypto::random_bytes(*words * 4 / 3));
}

Outcome<std::string> passphrase_of(const Arguments& arguments) {
    const auto file = arguments.maybe("passphrase-file");
    if (!file) return std::string();
    const auto text = read_text_file(*file);
    if (!text) return text.error();
    return without_line_end(*text);
}

Outcome<crypto::SecretKey> key_of_phrase(const std::string& phrase, const Arguments& arguments) {
    const auto index = arguments.number("index", kHighestIndex);
    if (!index) return index.error();
    const auto passphrase = passphrase_of(arguments);
    if (!passphrase) return passphrase.error();
    const auto seed = seed_of(phrase, *passphrase);
    if (!seed) return seed.error();
    const auto key = key_at_path(*seed, account_path(static_cast<std::uint32_t>(*index)));
    if (!key) return key.error();
    return *key;
}

Outcome<StoredKey> store(const Session& session, const crypto::SecretKey& key) {
    const auto password = password_of(session.arguments, "New password for this key", true);
    if (!password) return password.error();
    if (password->size() < kShortestPassword && !session.arguments.has("light"))
        return usage("the password must have at least 8 characters; it guards real money");
    const auto added =
        keyring_of(session.arguments)
            .add(key, *password, session.arguments.text("name"), cost_of(session.arguments));
    if (!added) return added.error();
    return *added;
}

Fields fields_of_key(const StoredKey& key) {
    Fields out;
    out.add("address", checksummed(key.address));
    if (!key.name.empty()) out.add("name", key.name);
    out.add("file", key.file.string());
    return out;
}

Outcome<void> run_new(const Session& session) {
    const auto phrase = new_phrase(session.arguments);
    if (!phrase) return phrase.error();
    const auto key = key_of_phrase(*phrase, session.arguments);
    if (!key) return key.error();
    const auto stored = store(session, *key);
    if (!stored) return stored.error();
    Fields fields = fields_of_key(*stored);
    fields.add("mnemonic", *phrase);
    fields.print(session.output);
    session.output.note(
        "\nWrite the words down on paper, in order. They restore the key without the password, so "
        "whoever\nreads them owns it. They are shown only this once.");
    return {};
}

// A phrase is told from a hex key by its spaces.
Outcome<crypto::SecretKey> key_of_text(const std::string& text, const Arguments& arguments) {
    if (text.find_first_of(" \n\t") != std::string::npos) return key_of_phrase(text, arguments);
    const auto raw = from_hex(text);
    if (!raw) return usage("expected a phrase of words or 32 bytes of hex");
    const auto key = crypto::secret_key_from(*raw);
    if (!key) return key.error();
    return *key;
}

Outcome<std::string> keystore_password(const Arguments& arguments, const std::string& keystore) {
    const auto file = arguments.maybe("keystore-password-file");
    if (!file) return ask_hidden("Password of " + keystore);
    const auto text = read_text_file(*file);
    if (!text) return text.error();
    return without_line_end(*text);
}

Outcome<crypto::SecretKey> key_to_import(const Arguments& arguments) {
    if (const auto file = arguments.maybe("keystore")) {
        const auto json = read_text_file(*file);
        if (!json) return json.error();
        const auto old = keystore_password(arguments, *file);
        if (!old) return old.error();
        const auto key = open_keystore(*json, *old);
        if (!key) return key.error();
        return *key;
    }
    if (const auto file = arguments.maybe("secret-file")) {
        const auto text = read_text_file(*file);
        if (!text) return text.error();
        return key_of_text(without_line_end(*text), arguments);
    }
    const auto typed = ask_hidden("Phrase, or private key in hex (not shown)");
    if (!typed) return typed.error();
    return key_of_text(*typed, arguments);
}

Outcome<void> run_import(const Session& session) {
    const auto key = key_to_import(session.arguments);
    if (!key) return key.error();
    const auto stored = store(session, *key);
    if (!stored) return stored.error();
    fields_of_key(*stored).print(session.output);
    return {};
}

Outcome<void> run_list(const Session& session) {
    const Keyring ring = keyring_of(session.arguments);
    const auto keys = ring.list();
    if (!keys) return keys.error();
    Table table({"address", "name", "file"});
    for (const auto& key : *keys)
        table.add({checksummed(key.address), key.name.empty() ? "-" : key.name,
                   key.file.filename().string()});
    table.print(session.output,
                "No keys in " + ring.folder().string() + "; \"assay keys new\" makes one.");
    return {};
}

Outcome<void> run_show(const Session& session) {
    const auto key = keyring_of(session.arguments).find(session.arguments.text("KEY"));
    if (!key) return key.error();
    fields_of_key(*key).print(session.output);
    return {};
}

Outcome<void> run_export(const Session& session) {
    const Keyring ring = keyring_of(session.arguments);
    const auto key = ring.find(session.arguments.text("KEY"));
    if (!key) return key.error();
    if (!session.arguments.has("private-key")) {
        const auto json = read_text_file(key->file);
        if (!json) return json.error();
        session.output.out() << without_line_end(*json) << "\n";
        return {};
    }
    if (!session.arguments.has("yes")) {
        if (!stdin_is_terminal()) return usage("--private-key without a terminal needs --yes");
        if (!ask_yes("Whoever sees the private key owns the account. Print it?"))
            return Problem{Exit::failed, "not printed"};
    }
    const auto password =
        password_of(session.arguments, "Password of " + checksummed(key->address), false);
    if (!password) return password.error();
    const auto secret = ring.open(*key, *password);
    if (!secret) return secret.error();
    Fields fields;
    fields.add("address", checksummed(key->address));
    fields.add("private key", to_hex0x(secret->bytes));
    fields.print(session.output);
    return {};
}

Outcome<void> run_mnemonic(const Session& session) {
    std::string phrase;
    if (const auto file = session.arguments.maybe("check")) {
        const auto text = read_text_file(*file);
        if (!text) return text.error();
        phrase = without_line_end(*text);
    } else {
        const auto made = new_phrase(session.arguments);
        if (!made) return made.error();
        phrase = *made;
    }
    const auto key = key_of_phrase(phrase, session.arguments);
    if (!key) return key.error();
    const auto index = session.arguments.number("index");
    Fields fields;
    if (!session.arguments.has("check")) fields.add("mnemonic", phrase);
    fields.add("path", account_path(static_cast<std::uint32_t>(*index)));
    fields.add("address", checksummed(crypto::address_of(*crypto::public_key_of(*key))));
    fields.print(session.output);
    return {};
}

}  // namespace

std::vector<Command> key_commands() {
    const Positional key = {"KEY", "an address, its beginning (0x and four digits) or a name",
                            false};
    return {
        {.path = "keys new",
         .summary = "Make a key from a new phrase and store it under a password",
         .flags = with_keyring({kName, kWords, kIndex, kPassphraseFile, kLight}),
         .examples = {"assay keys new --name alice",
                      "assay keys new --words 12 --password-file pw.txt --json"},
         .run = run_new},
        {.path = "keys import",
         .summary = "Store a key you have: a phrase, a private key or a keystore file",
         .flags = with_keyring(
             {{"secret-file", "FILE",
               "phrase or hex key from a file, - for standard input; asked "
               "for without echo unless given"},
              {"keystore", "FILE", "keystore file of another wallet"},
              {"keystore-password-file", "FILE", "its password; asked for unless given"},
              kName,
              kIndex,
              kPassphraseFile,
              kLight}),
         .examples = {"assay keys import --name alice",
                      "assay keys import --secret-file phrase.txt --index 3"},
         .run = run_import},
        {.path = "keys list",
         .summary = "List the stored keys",
         .flags = with_keyring({}),
         .examples = {"assay keys list", "assay keys list --json"},
         .run = run_list},
        {.path = "keys show",
         .summary = "Show one key's address and file",
         .positionals = {key},
         .flags = with_keyring({}),
         .examples = {"assay keys show alice", "assay keys show 0xf39f"},
         .run = run_show},
        {.path = "keys export",
         .summary = "Print a key's keystore file, or its private key",
         .positionals = {key},
         .flags = with_keyring({{"private-key", "", "the private key itself, in hex"},
                                {"yes", "", "do not ask before printing it"}}),
         .examples = {"assay keys export alice > alice.json",
                      "assay keys export alice --private-key"},
         .run = run_export},
        {.path = "keys mnemonic",
         .summary = "Make a phrase, or check one, without storing anything",
         .flags = {kWords,
                   kIndex,
                   kPassphraseFile,
                   {"check", "FILE", "check the phrase in this file, - for standard input"}},
         .examples = {"assay keys mnemonic --words 12", "assay keys mnemonic --check phrase.txt"},
         .run = run_mnemonic},
    };
}

}  // namespace assay::cli
