// The deadline queue as one ordered table.
#include "chain/exec/deadlines.hpp"

namespace assay {

void schedule(State& state, const Deadline& deadline) {
    CHECK(!is_scheduled(state, deadline));
    state.put(kDeadlines, deadline, {});
}

void unschedule(State& state, const Deadline& deadline) {
    CHECK(is_scheduled(state, deadline));
    state.erase(kDeadlines, deadline);
}

bool is_scheduled(const State& state, const Deadline& deadline) {
    return state.contains(kDeadlines, deadline);
}

}  // namespace assay
