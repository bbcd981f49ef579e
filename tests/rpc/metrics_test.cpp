// The text that Prometheus reads: cumulative buckets, seconds, one head a family.
#include "rpc/server/metrics.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay::rpc;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(counters_and_gauges_have_a_head_and_a_value) {
    MetricsText text;
    text.counter("a_total", "How many.", 18'446'744'073'709'551'615ULL);
    text.head("b", "gauge", "Two.");
    text.sample("b", "kind=\"x\"", 0);
    BOOST_TEST(text.take() ==
               "# HELP a_total How many.\n# TYPE a_total counter\na_total 18446744073709551615\n"
               "# HELP b Two.\n# TYPE b gauge\nb{kind=\"x\"} 0\n");
}

BOOST_AUTO_TEST_CASE(buckets_are_cumulative_and_end_in_infinity) {
    DurationHistogram measured;
    for (const auto took : {100us, 101us, 1'500us}) measured.add(took);
    measured.add(11s);
    MetricsText text;
    text.histogram("t_seconds", "phase=\"x\"", measured);
    const std::string out = text.take();
    const auto has = [&](const std::string& part) { return out.find(part) != std::string::npos; };
    BOOST_TEST(has("t_seconds_bucket{phase=\"x\",le=\"0.0001\"} 1\n"));
    BOOST_TEST(has("t_seconds_bucket{phase=\"x\",le=\"0.0005\"} 2\n"));
    BOOST_TEST(has("t_seconds_bucket{phase=\"x\",le=\"0.005\"} 3\n"));
    BOOST_TEST(has("t_seconds_bucket{phase=\"x\",le=\"10\"} 3\n"));
    BOOST_TEST(has("t_seconds_bucket{phase=\"x\",le=\"+Inf\"} 4\n"));
    BOOST_TEST(has("t_seconds_sum{phase=\"x\"} 11.001701\n"));
    BOOST_TEST(has("t_seconds_count{phase=\"x\"} 4\n"));
}
