// Boost.Test's entry point, shared by every test program.
#define BOOST_TEST_MODULE assay
#include <boost/test/unit_test.hpp>
