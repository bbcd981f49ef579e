// Owns consents: their changes, the digest that commits to all of them, and what held when.
#pragma once

#include <optional>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/datasets/objects.hpp"

namespace assay::datasets {

// SHA-256("assay/consent/1" | previous digest | encoded key | encoded change). The digest of a
// dataset without a change is zero.
Hash256 next_digest(const Hash256& previous, const ChangeKey& key, const ConsentChange& change);

// What the source earned and nobody claimed.
Amount claimable(const Books& books, const Source& source);

// Credits the source, changes its consent and the dataset's counts, and writes the change, the
// source and the event. `books` is the caller's to write. The consent must differ.
void change_consent(State& state, const BlockEnv& block, std::uint64_t dataset, Books& books,
                    Source& source, Consent to);

// Whether the standing consent covers a dataset on these terms in which the submission has `items`
// of `all_items`.
bool covers(const StandingConsent& standing, const Terms& terms, std::uint64_t items,
            std::uint64_t all_items);

// The last change of the source at or below a version of the dataset's consents, or in or before
// the block of a height; 0 where it had none by then.
std::uint64_t change_at_version(const State& state, std::uint64_t dataset, const Source& source,
                                std::uint64_t version);
std::uint64_t change_at_height(const State& state, std::uint64_t dataset, const Source& source,
                               std::uint64_t height);

}  // namespace assay::datasets
