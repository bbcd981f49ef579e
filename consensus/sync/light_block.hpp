// Owns LightBlock: what proves a header without its block.
#pragma once

#include "consensus/types/commit.hpp"
#include "consensus/types/header.hpp"

namespace assay::consensus {

struct LightBlock {
    static constexpr const char* kName = "light block";
    Header header;
    Commit commit;            // for this header
    ValidatorSet validators;  // who decided it; its turns mean nothing
    friend bool operator==(const LightBlock&, const LightBlock&) = default;
};

void write(protobuf::Writer& out, const LightBlock& block);
void read(protobuf::Reader& in, LightBlock& block);

// Stored headers with their commits and sets: a port, since history may be stored or made up.
class LightBlocks {
  public:
    virtual ~LightBlocks() = default;
    virtual std::optional<LightBlock> light_block(std::int64_t height) const = 0;
};

}  // namespace assay::consensus
