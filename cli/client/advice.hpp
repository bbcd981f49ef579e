// Owns what a person can do about a refusal of the chain.
#pragma once

#include <string>

namespace assay::cli {

// A sentence or two for the refusal's name ("order_full"); empty where its name says it all.
std::string advice_on(const std::string& refusal);

}  // namespace assay::cli
