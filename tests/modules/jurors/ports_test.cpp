// What the jurors need of others, as the tests set it.
#include "modules/jurors/needs.hpp"
#include "tests/support/juror_fixture.hpp"

namespace assay::jurors::needs {

std::uint64_t current_epoch(const State& state) {
    return state.must_get(test::kEpoch, {});
}

}  // namespace assay::jurors::needs
