// Owns plays of jurors that several tables use.
#pragma once

#include <span>

#include "tests/economy/world.hpp"

namespace assay::economy {

// Some disputes, a share of them about bad work, in which these jurors judge so. Returns what they
// gained together a dispute, in fees, what looking costs honest ones subtracted.
double judged(World& world, std::span<const std::uint8_t> jurors, Judging judging,
              double bad_share);

// What a friendly minority of the jurors is worth to who sends garbage, and the same people's
// honest work.
// `meanwhile` runs while the dispute waits for its panel.
double capture(World& world, void (*meanwhile)(World&) = nullptr);
double honest_with_jurors(World& world);

// Up to 127 seats from the world's jurors.
void let_panels_be_large(ModuleParams& params);

}  // namespace assay::economy
