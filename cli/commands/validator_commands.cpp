// `assay stake`: what a validator's operator does.
#include "chain/exec/message.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/staking_lookup.hpp"
#include "cli/commands/typed_message.hpp"
#include "cli/keys/validator_key.hpp"
#include "modules/staking/messages.hpp"
#include "modules/staking/stake.hpp"

namespace assay::cli {

namespace {

using namespace staking;

Outcome<std::uint32_t> rate_of(const std::string& text, const std::string& what) {
    const auto rate = parse_percent(text);
    if (!rate) return usage(what + ": " + rate.error().message);
    return *rate;
}

// The validator's public key, and that its holder wants `operator_account` to speak for it.
struct Possession {
    Bytes public_key;
    Bytes proof;
};

Possession possession_of(const crypto::SecretKey& key, std::uint64_t chain_id,
                         const Address& operator_account) {
    const Hash256 digest = possession_digest(chain_id, operator_account);
    return {.public_key = to_bytes(crypto::public_key_of(key)->compressed()),
            .proof = to_bytes(crypto::sign_compact(key, digest))};
}

Outcome<Bytes> bytes_of(const Arguments& arguments, const std::string& name) {
    const auto bytes = from_hex(arguments.text(name));
    if (!bytes) return usage("--" + name + ": " + bytes.error().message);
    return *bytes;
}

Outcome<Possession> possession(const Arguments& arguments, const Sender& sender) {
    if (const auto file = arguments.maybe("validator-key")) {
        const auto key = read_validator_key(*file);
        if (!key) return key.error();
        return possession_of(*key, sender.chain_id(), sender.address());
    }
    if (!arguments.has("public-key") || !arguments.has("proof"))
        return usage(
            "missing: --validator-key FILE, the node's priv_validator_key.json (or --public-key "
            "and --proof, which \"assay stake prove-key\" prints where the file is)");
    const auto public_key = bytes_of(arguments, "public-key");
    if (!public_key) return public_key.error();
    const auto proof = bytes_of(arguments, "proof");
    if (!proof) return proof.error();
    return Possession{*public_key, *proof};
}

Outcome<Bond> bond_of(const Arguments& arguments, const Sender& sender) {
    const auto shown = possession(arguments, sender);
    if (!shown) return shown.error();
    const auto rate = rate_of(arguments.text("commission"), "--commission");
    if (!rate) return rate.error();
    Address recipient = sender.address();
    if (arguments.has("fee-recipient")) {
        const auto given = parse_address(arguments.text("fee-recipient"));
        if (!given) return usage("--fee-recipient: " + given.error().message);
        recipient = *given;
    }
    return Bond{.public_key = shown->public_key,
                .proof = shown->proof,
                .fee_recipient = recipient,
                .commission_ppm = *rate};
}

Outcome<void> run_create(const Session& session) {
    const auto amount = parse_money(session.arguments.text("AMOUNT"));
    if (!amount) return usage("AMOUNT: " + amount.error().message);
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto message = bond_of(session.arguments, *sender);
    if (!message) return message.error();
    const auto params = staking_params(sender->rpc());
    if (!params) return params.error();
    if (*amount < params->min_self_bond)
        return usage("AMOUNT: a validator begins with " + show_money(params->min_self_bond) +
                     " of its operator's own at least");
    session.output.note(
        "The stake is slashed if the validator signs twice or stays away, and "
        "comes back " +
        show_duration(params->unbonding_s) + " after you undelegate it.");
    const auto sent = send_typed(session, *sender, "staking", *message, *amount);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    session.output.note("Validator " + to_hex0x(consensus_of(message->public_key)) +
                        " votes from the second block after this one: its node must run by then. "
                        "\"assayd vrf-key show --home DIR\" prints the key of its block proofs, "
                        "to be registered with \"assay tx send beacon register-vrf-key\".");
    return {};
}

Outcome<void> run_prove(const Session& session) {
    const auto account = parse_address(session.arguments.text("OPERATOR"));
    if (!account) return usage("OPERATOR: " + account.error().message);
    const auto chain = session.arguments.number("chain-id");
    if (!chain) return chain.error();
    const auto key = read_validator_key(session.arguments.text("validator-key"));
    if (!key) return key.error();
    const Possession shown = possession_of(*key, *chain, *account);
    Fields fields;
    fields.add("validator", to_hex0x(consensus_of(shown.public_key)));
    fields.add("public key", to_hex0x(shown.public_key));
    fields.add("proof", to_hex0x(shown.proof));
    fields.print(session.output);
    return {};
}

// The operator's validator with its present terms.
struct Terms {
    Sender sender;
    ValidatorStatus status;
};

Outcome<Terms> open_terms(const Session& session) {
    const auto validator = validator_named(session.arguments, "VALIDATOR");
    if (!validator) return validator.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto status = status_of(sender->rpc(), *validator);
    if (!status) return status.error();
    if (status->validator.operator_account != sender->address())
        return Problem{Exit::refused, "not_owner: validator " + to_hex0x(*validator) +
                                          " is operated by " +
                                          checksummed(status->validator.operator_account) +
                                          ", not by " + checksummed(sender->address())};
    return Terms{*sender, *status};
}

Outcome<void> edit(const Session& session, const Sender& sender, const Validator& record) {
    const EditValidator message{.validator = record.address,
                                .fee_recipient = record.fee_recipient,
                                .commission_ppm = record.commission_ppm};
    const auto sent = send_typed(session, sender, "staking", message);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Outcome<void> run_set_commission(const Session& session) {
    const auto rate = rate_of(session.arguments.text("RATE"), "RATE");
    if (!rate) return rate.error();
    auto terms = open_terms(session);
    if (!terms) return terms.error();
    Validator& record = terms->status.validator;
    session.output.note("From " + show_percent(record.commission_ppm) + " to " +
                        show_percent(*rate) + "; what was earned before stays as it was.");
    record.commission_ppm = *rate;
    return edit(session, terms->sender, record);
}

Outcome<void> run_set_recipient(const Session& session) {
    const auto account = account_of(session.arguments, "ACCOUNT");
    if (!account) return account.error();
    auto terms = open_terms(session);
    if (!terms) return terms.error();
    terms->status.validator.fee_recipient = *account;
    return edit(session, terms->sender, terms->status.validator);
}

Outcome<void> run_unjail(const Session& session) {
    const auto terms = open_terms(session);
    if (!terms) return terms.error();
    const auto sent = send_typed(session, terms->sender, "staking",
                                 Unjail{.validator = terms->status.validator.address});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    session.output.note("Its votes count again from the second block after this one.");
    return {};
}

const Flag kKeyFile = {"validator-key", "FILE",
                       "the node's priv_validator_key.json; it does not leave this machine"};

Command create_command() {
    return {.path = "stake create",
            .summary = "Become a validator: bond your own stake to a node's key",
            .positionals = {{"AMOUNT", "your own stake, as 100assay"}},
            .flags = joined({kKeyFile,
                             {"public-key", "HEX", "of the validator, where the file is elsewhere"},
                             {"proof", "HEX", "for it, as \"assay stake prove-key\" prints"},
                             {"commission", "RATE", "of what delegators earn, as 5%", "5%"},
                             {"fee-recipient", "ADDRESS",
                              "of the tips of its blocks; the sender unless given"}},
                            sending_flags()),
            .examples = {"assay stake create 100assay --validator-key "
                         "~/.assayd/priv_validator_key.json --commission 5%"},
            .notes = "The sender becomes the operator, who alone may change the terms and unjail.",
            .run = run_create};
}

Command prove_command() {
    Flag key = kKeyFile;
    key.required = true;
    return {.path = "stake prove-key",
            .summary = "Sign, with a node's key, that an account may operate its validator",
            .positionals = {{"OPERATOR", "the address that will send \"stake create\""}},
            .flags = {key, {"chain-id", "N", "the chain's EIP-155 id", "", "", true}},
            .examples = {"assay stake prove-key 0xf39f... --chain-id 31337 --validator-key "
                         "priv_validator_key.json"},
            .notes = "For nodes on machines that hold no account's key. Needs no node's RPC.",
            .run = run_prove};
}

}  // namespace

std::vector<Command> validator_commands() {
    const Positional validator = validator_positional();
    const std::string example = "0x5e1f4c6e9a0b...";
    return {
        create_command(),
        prove_command(),
        {.path = "stake set-commission",
         .summary = "Change what the operator keeps of the delegators' earnings",
         .positionals = {validator, {"RATE", "as 5%"}},
         .flags = sending_flags(),
         .examples = {"assay stake set-commission " + example + " 6%"},
         .notes =
             "It rises by a small step at a time and changes once a day; \"assay query staking "
             "get-staking-params\" shows both.",
         .run = run_set_commission},
        {.path = "stake set-recipient",
         .summary = "Change who gets the tips of the validator's blocks",
         .positionals = {validator, {"ACCOUNT", "an address, or one of your keys by name"}},
         .flags = sending_flags(),
         .examples = {"assay stake set-recipient " + example + " treasury"},
         .run = run_set_recipient},
        {.path = "stake unjail",
         .summary = "Bring a jailed validator back",
         .positionals = {validator},
         .flags = sending_flags(),
         .examples = {"assay stake unjail " + example},
         .notes = "After its jail time, and with the least self bond. Start its node first.",
         .run = run_unjail},
    };
}

}  // namespace assay::cli
