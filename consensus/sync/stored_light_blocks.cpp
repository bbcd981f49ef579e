// Header, commit and set of a height from the engine's records.
#include "consensus/sync/stored_light_blocks.hpp"

#include "consensus/engine/chain_position.hpp"

namespace assay::consensus {

std::optional<LightBlock> StoredLightBlocks::light_block(std::int64_t height) const {
    if (height < 1) return std::nullopt;
    const auto number = static_cast<std::uint64_t>(height);
    const auto raw_commit = app_.engine_record(commit_record_key(number));
    if (!raw_commit) return std::nullopt;
    auto commit = decode<Commit>(*raw_commit);
    auto header = load_header(app_, number);
    auto validators = load_validators(app_, number);
    if (!commit || !header || !validators) return std::nullopt;
    return LightBlock{.header = std::move(*header),
                      .commit = std::move(*commit),
                      .validators = std::move(*validators)};
}

}  // namespace assay::consensus
