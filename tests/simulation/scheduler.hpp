// Owns Scheduler: simulated time and what happens when.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "tests/simulation/plan.hpp"

namespace assay::simulation {

// Events of one moment happen in the order in which they were asked for.
class Scheduler {
  public:
    Micros now() const { return now_; }
    std::uint64_t done() const { return done_; }
    bool empty() const { return heap_.empty(); }
    void after(Micros delay, std::function<void()> action) {
        heap_.push_back({now_ + delay, next_++, std::move(action)});
        std::push_heap(heap_.begin(), heap_.end());
    }
    void step() {
        std::pop_heap(heap_.begin(), heap_.end());
        const Event event = std::move(heap_.back());
        heap_.pop_back();
        now_ = event.at;
        ++done_;
        event.action();
    }

  private:
    struct Event {
        Micros at;
        std::uint64_t order;
        std::function<void()> action;
        bool operator<(const Event& other) const {
            return at != other.at ? at > other.at : order > other.order;
        }
    };

    std::vector<Event> heap_;
    Micros now_ = 0;
    std::uint64_t next_ = 0;
    std::uint64_t done_ = 0;
};

}  // namespace assay::simulation
