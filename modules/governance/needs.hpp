// Owns what governance needs from other modules; modules/wiring defines these functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chain/state/state.hpp"
#include "chain/types/tx_code.hpp"
#include "modules/governance/objects.hpp"

namespace assay::governance::needs {

// ok, or why the changes cannot be made now, as a code and in words.
struct Verdict {
    TxCode code = TxCode::ok;
    std::string why;
};
// All the chain's parameters, changed, must pass every rule that genesis must.
Verdict judge_params(const State& state, const std::vector<ParamChange>& changes);
// They were judged ok.
void apply_params(State& state, const std::vector<ParamChange>& changes);

struct Bonded {
    Consensus validator;
    Amount tokens;
    Amount shares;  // of the tokens
};
// The validators of the set, each once.
std::vector<Bonded> bonded_set(const State& state);

struct Standing {
    Amount shares;
    bool is_operator = false;
};
// What an account has at a validator; nullopt where there is no such validator.
std::optional<Standing> standing(const State& state, const Address& account,
                                 const Consensus& validator);

}  // namespace assay::governance::needs
