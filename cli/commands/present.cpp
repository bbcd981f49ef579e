// Wording shared by the commands.
#include "cli/commands/present.hpp"

#include "cli/keys/keyring.hpp"

namespace assay::cli {

std::string when(std::uint64_t moment_s, std::uint64_t now_s) {
    if (moment_s == 0) return "-";
    const std::string distance = moment_s >= now_s ? "in " + show_duration(moment_s - now_s)
                                                   : show_duration(now_s - moment_s) + " ago";
    return show_time(moment_s) + ", " + distance;
}

std::string short_address(const Address& address) {
    const std::string text = checksummed(address);
    return text.substr(0, 6) + "..." + text.substr(text.size() - 4);
}

Outcome<Address> account_of(const Arguments& arguments, const std::string& name) {
    const std::string text = arguments.text(name);
    if (text.size() == 42 && text.starts_with("0x")) {
        const auto address = parse_address(text);
        if (!address) return usage(address.error().message);
        return *address;
    }
    const auto key = keyring_of(arguments).find(text);
    if (!key) return key.error();
    return key->address;
}

}  // namespace assay::cli
