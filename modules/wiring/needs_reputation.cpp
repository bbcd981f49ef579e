// What reputation needs: the stake of jurors.
#include "modules/jurors/api.hpp"
#include "modules/reputation/needs.hpp"

namespace assay::reputation::needs {

Amount stake_of(const State& state, const Address& account) {
    return jurors::stake_of(state, account);
}

}  // namespace assay::reputation::needs
