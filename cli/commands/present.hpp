// Owns how the chain's records are worded for a person.
#pragma once

#include "chain/codec/json.hpp"
#include "cli/client/rpc_client.hpp"
#include "cli/terminal/command.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/units.hpp"

namespace assay::cli {

// The enumerator's name with spaces: "low quality"; its number where it has none.
template <class T>
std::string words_of(T value) {
    const char* name = json::detail::enumerator_name(value);
    if (name == nullptr) return std::to_string(static_cast<unsigned>(value));
    std::string out = name;
    for (char& c : out)
        if (c == '_') c = ' ';
    return out;
}

// The enumerator of that name, with spaces or dashes for underscores; `what` and all the names are
// in the refusal.
template <class T>
Outcome<T> enum_of(std::string text, const std::string& what) {
    for (char& c : text)
        if (c == '-' || c == ' ') c = '_';
    std::optional<T> found;
    std::string known;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto one) {
        if (text == one.name) found = one.value;
        known += (known.empty() ? "" : ", ") + std::string(one.name);
    });
    if (!found) return usage(what + " must be one of " + known);
    return *found;
}

// "2026-01-31 12:00:00 UTC, in 3h" or ", 5m ago".
std::string when(std::uint64_t moment_s, std::uint64_t now_s);
// "0x7099...79c8".
std::string short_address(const Address& address);
// The record as one JSON document, exactly as the chain's views give it.
template <class T>
void print_record(Output& output, const T& record) {
    output.document([&](JsonWriter& out) { json::write(out, record); });
}
// With --json print_record(); else `print(output, record, now_s)` for a person, now as the chain
// has it.
template <class T, class Print>
Outcome<void> show_record(const Session& session, const RpcClient& rpc, const T& record,
                          Print&& print) {
    if (session.output.json()) {
        print_record(session.output, record);
        return {};
    }
    const auto now = rpc.latest_time_s();
    if (!now) return now.error();
    print(session.output, record, *now);
    return {};
}
// An address, or one of the keyring's keys by name; the only key there is where `name` was not
// given.
Outcome<Address> account_of(const Arguments& arguments, const std::string& name);

}  // namespace assay::cli
