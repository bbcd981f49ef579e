// The one translation unit that compiles Asio's TLS; every other only declares it.
#include <boost/asio/ssl/impl/src.hpp>
