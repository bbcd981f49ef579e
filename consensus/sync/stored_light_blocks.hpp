// Owns light blocks out of what an engine stored.
#pragma once

#include "chain/app/application.hpp"
#include "consensus/sync/light_block.hpp"

namespace assay::consensus {

class StoredLightBlocks final : public LightBlocks {
  public:
    explicit StoredLightBlocks(const Application& app) : app_(app) {}
    std::optional<LightBlock> light_block(std::int64_t height) const override;

  private:
    const Application& app_;
};

}  // namespace assay::consensus
