// The folder of keystore files and where passwords come from.
#include "cli/keys/keyring.hpp"

#include <algorithm>
#include <cstdlib>

#include "chain/crypto/hash.hpp"
#include "cli/terminal/console.hpp"
#include "cli/terminal/files.hpp"

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestKeystore = 64 << 10;
constexpr std::size_t kShortestPrefix = 6;  // 0x and four digits

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool matches(const StoredKey& key, const std::string& wanted) {
    if (wanted.empty() || (!key.name.empty() && key.name == wanted)) return true;
    const std::string hex = lower(wanted.starts_with("0x") ? wanted : "0x" + wanted);
    return hex.size() >= kShortestPrefix && to_hex0x(key.address).starts_with(hex);
}

std::string label_of(const StoredKey& key) {
    return checksummed(key.address) + (key.name.empty() ? "" : " (" + key.name + ")");
}

}  // namespace

Result<std::vector<StoredKey>> Keyring::list() const {
    std::vector<StoredKey> out;
    std::error_code error;
    if (!fs::exists(folder_, error)) return out;
    std::vector<fs::path> files;
    for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error))
        if (it->is_regular_file(error)) files.push_back(it->path());
    if (error) return failure("cannot list " + folder_.string() + ": " + error.message());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        const auto json = read_text_file(file, kLargestKeystore);
        if (!json) continue;
        const auto head = keystore_head(*json);
        if (head) out.push_back({file, head->address, head->name});
    }
    return out;
}

Result<StoredKey> Keyring::find(const std::string& wanted) const {
    const auto keys = list();
    if (!keys) return keys.error();
    if (keys->empty())
        return failure("no keys in " + folder_.string() +
                       "; \"assay keys new\" makes one, \"assay keys import\" takes yours");
    std::vector<StoredKey> found;
    for (const auto& key : *keys)
        if (matches(key, wanted)) found.push_back(key);
    if (found.size() == 1) return found.front();
    std::string names;
    for (const auto& key : found.empty() ? *keys : found) names += "\n  " + label_of(key);
    if (found.empty())
        return failure("no key \"" + wanted + "\" in " + folder_.string() + "; there are:" + names);
    return failure("which key? Name one with --from ADDRESS or NAME:" + names);
}

Result<crypto::SecretKey> Keyring::open(const StoredKey& key, const std::string& password) const {
    const auto json = read_text_file(key.file, kLargestKeystore);
    if (!json) return json.error();
    auto out = open_keystore(*json, password);
    if (!out) return failure(label_of(key) + ": " + out.error().message);
    return out;
}

Result<StoredKey> Keyring::add(const crypto::SecretKey& key, const std::string& password,
                               const std::string& name, const ScryptCost& cost) const {
    const auto point = crypto::public_key_of(key);
    if (!point) return point.error();
    const Address address = crypto::address_of(*point);
    const auto keys = list();
    if (!keys) return keys.error();
    for (const auto& other : *keys) {
        if (other.address == address)
            return failure(checksummed(address) + " is in " + other.file.string() + " already");
        if (!name.empty() && other.name == name)
            return failure("the name \"" + name + "\" belongs to " + checksummed(other.address));
    }
    const fs::path file = folder_ / keystore_file_name(address);
    const auto wrote = write_private_file(file, seal_keystore(key, password, name, cost), false);
    if (!wrote) return wrote.error();
    return StoredKey{file, address, name};
}

std::string checksummed(const Address& address) {
    std::string hex = to_hex(address);
    const Hash256 hash = keccak256(view_of(hex));
    for (std::size_t i = 0; i < hex.size(); ++i) {
        const int nibble = hash.bytes[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
        if (nibble >= 8 && hex[i] >= 'a') hex[i] = static_cast<char>(hex[i] - 'a' + 'A');
    }
    return "0x" + hex;
}

Result<Address> parse_address(const std::string& text) {
    const auto address = fixed_from_hex<20>(text);
    if (!address) return failure("address \"" + text + "\": " + address.error().message);
    const std::string digits = text.starts_with("0x") ? text.substr(2) : text;
    const bool mixed =
        std::any_of(digits.begin(), digits.end(), [](char c) { return c >= 'A' && c <= 'F'; }) &&
        std::any_of(digits.begin(), digits.end(), [](char c) { return c >= 'a' && c <= 'f'; });
    if (mixed && checksummed(*address) != "0x" + digits)
        return failure("address " + text + ": the EIP-55 checksum is wrong; a digit is mistyped");
    return *address;
}

std::vector<Flag> keyring_flags() {
    return {
        {"keys-dir", "DIR", "where keystore files are; ~/.assay/keys unless given", "",
         "ASSAY_KEYS_DIR"},
        {"password-file", "FILE",
         "read the password from the file's first line; else from the "
         "environment variable ASSAY_PASSWORD, else it is asked for"},
    };
}

Keyring keyring_of(const Arguments& arguments) {
    const auto folder = arguments.maybe("keys-dir");
    return Keyring(folder ? fs::path(*folder) : assay_home() / "keys");
}

Outcome<std::string> password_of(const Arguments& arguments, const std::string& question,
                                 bool twice) {
    if (const auto file = arguments.maybe("password-file")) {
        const auto text = read_text_file(*file, kLargestKeystore);
        if (!text) return text.error();
        std::string line = text->substr(0, text->find('\n'));
        return without_line_end(std::move(line));
    }
    if (const char* set = std::getenv("ASSAY_PASSWORD"); set != nullptr) return std::string(set);
    auto password = ask_hidden(question);
    if (!password || !twice) return password;
    const auto again = ask_hidden("the same again");
    if (!again) return again.error();
    if (*again != *password) return usage("the two passwords differ");
    return password;
}

}  // namespace assay::cli
