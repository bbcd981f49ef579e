// Counting into buckets, and the text that Prometheus reads.
#include "rpc/server/metrics.hpp"

#include <cstdio>

namespace assay::rpc {

namespace {

// 1500 as "0.0015".
std::string seconds_of(std::uint64_t us) {
    char text[48];
    std::snprintf(text, sizeof text, "%llu.%06llu", static_cast<unsigned long long>(us / 1'000'000),
                  static_cast<unsigned long long>(us % 1'000'000));
    std::string out = text;
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.')) out.pop_back();
    return out;
}

void line(std::string& out, std::string_view name, std::string_view labels,
          std::string_view value) {
    out += name;
    if (!labels.empty()) {
        out += '{';
        out += labels;
        out += '}';
    }
    out += ' ';
    out += value;
    out += '\n';
}

}  // namespace

void DurationHistogram::add(std::chrono::nanoseconds duration) {
    const auto us = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
    for (std::size_t i = 0; i < kBoundsUs.size(); ++i)
        if (us <= kBoundsUs[i]) {
            buckets_[i].fetch_add(1, std::memory_order_relaxed);
            break;
        }
    count_.fetch_add(1, std::memory_order_relaxed);
    sum_us_.fetch_add(us, std::memory_order_relaxed);
}

void MetricsText::head(std::string_view name, std::string_view type, std::string_view help) {
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
    text_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void MetricsText::sample(std::string_view name, std::string_view labels, std::uint64_t value) {
    line(text_, name, labels, std::to_string(value));
}

void MetricsText::histogram(std::string_view name, std::string_view labels,
                            const DurationHistogram& measured) {
    const std::string prefix = labels.empty() ? "" : std::string(labels) + ",";
    const std::string bucket = std::string(name) + "_bucket";
    const std::uint64_t count = measured.count_.load(std::memory_order_relaxed);
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < DurationHistogram::kBoundsUs.size(); ++i) {
        below += measured.buckets_[i].load(std::memory_order_relaxed);
        line(text_, bucket, prefix + "le=\"" + seconds_of(DurationHistogram::kBoundsUs[i]) + '"',
             std::to_string(below));
    }
    // Read one by one while others add: the total must not be below its part.
    const std::string total = std::to_string(std::max(below, count));
    line(text_, bucket, prefix + "le=\"+Inf\"", total);
    line(text_, std::string(name) + "_sum", labels,
         seconds_of(measured.sum_us_.load(std::memory_order_relaxed)));
    line(text_, std::string(name) + "_count", labels, total);
}

void MetricsText::counter(std::string_view name, std::string_view help, std::uint64_t value) {
    head(name, "counter", help);
    sample(name, {}, value);
}

void MetricsText::gauge(std::string_view name, std::string_view help, std::uint64_t value) {
    head(name, "gauge", help);
    sample(name, {}, value);
}

}  // namespace assay::rpc
