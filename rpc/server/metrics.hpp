// Owns measurements and their Prometheus text form (exposition format 0.0.4).
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

namespace assay::rpc {

// Durations in buckets from 0.1 ms to 10 s. Thread-safe, without a lock.
class DurationHistogram {
  public:
    void add(std::chrono::nanoseconds duration);

    // Upper bounds in microseconds; what is longer is counted in none of them.
    static constexpr std::array<std::uint64_t, 11> kBoundsUs{
        100, 500, 1'000, 5'000, 10'000, 50'000, 100'000, 500'000, 1'000'000, 5'000'000, 10'000'000};

  private:
    friend class MetricsText;
    std::array<std::atomic<std::uint64_t>, kBoundsUs.size()> buckets_{};  // not cumulative
    std::atomic<std::uint64_t> count_{0};
    std::atomic<std::uint64_t> sum_us_{0};
};

// Writes families one after another: first head(), then its samples.
class MetricsText {
  public:
    // `type` is counter, gauge or histogram.
    void head(std::string_view name, std::string_view type, std::string_view help);
    // `labels` is empty or as in {method="x"}, without the braces.
    void sample(std::string_view name, std::string_view labels, std::uint64_t value);
    void histogram(std::string_view name, std::string_view labels,
                   const DurationHistogram& measured);
    // A family of one sample without labels.
    void counter(std::string_view name, std::string_view help, std::uint64_t value);
    void gauge(std::string_view name, std::string_view help, std::uint64_t value);

    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

}  // namespace assay::rpc
