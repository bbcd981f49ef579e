// Owns playing an attack many times and what came of it.
#pragma once

#include "tests/economy/strategies.hpp"

namespace assay::economy {

// The attacker's profit over honest play: mean and half the width of its 99% interval.
struct Verdict {
    std::uint64_t runs = 0;
    double attack = 0;  // mean gain of the attack
    double honest = 0;
    double mean = 0;  // of the differences
    double error = 0;
    bool loses() const { return mean + error < 0; }
};

// `loosen` changes the parameters after they passed validate().
Verdict play(const Attack& attack, std::uint64_t runs, std::uint64_t first_seed,
             const std::function<void(ModuleParams&)>& loosen = {});

}  // namespace assay::economy
