// Owns the switch of the mutants: an amount that is wrong by one where the environment says so.
// Only the copies that tests/plays/mutants makes include it.
#pragma once

#include <cstdlib>

#include "chain/types/amount.hpp"

namespace assay::mutant {

// The number of the site that is wrong, negative where it is a unit too little; 0: none.
inline int active() {
    static const int number = [] {
        const char* text = std::getenv("ASSAY_MUTANT");
        return text == nullptr ? 0 : std::atoi(text);
    }();
    return number;
}

template <class T>
T off_by_one(int site, T right) {
    if (active() == site) return static_cast<T>(right + 1);
    if (active() == -site && right != T{}) return static_cast<T>(right - 1);
    return right;
}
inline Amount off_by_one(int site, Amount right) {
    if (active() == site) return sum_of(right, Amount(1));
    if (active() == -site && !right.is_zero()) return difference_of(right, Amount(1));
    return right;
}

}  // namespace assay::mutant
