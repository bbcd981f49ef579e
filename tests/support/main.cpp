// Boost.Test's entry point, shared by every test program.
#define BOOST_TEST_MODULE assay
#include <boost/test/unit_test.hpp>

// LevelDB comes compiled without the thread sanitizer, which so cannot see its locks.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
    return "called_from_lib:libleveldb.so\nrace:leveldb::\n"
           "mutex:assay::Snapshot::~Snapshot\n";
}
