# The libraries Assay stands on, all from Debian packages (scripts/deps installs them).
set(Boost_USE_STATIC_LIBS OFF)
find_package(Boost 1.81 REQUIRED COMPONENTS program_options unit_test_framework)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Protobuf REQUIRED)
find_package(spdlog REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(secp256k1 REQUIRED IMPORTED_TARGET libsecp256k1)
pkg_check_modules(snappy REQUIRED IMPORTED_TARGET snappy)
pkg_check_modules(cryptopp REQUIRED IMPORTED_TARGET libcrypto++)
find_package(tomlplusplus REQUIRED)
find_package(mimalloc QUIET)

# LevelDB ships no pkg-config file in Debian 12, but a CMake package.
find_package(leveldb REQUIRED)
add_library(PkgConfig::leveldb ALIAS leveldb::leveldb)

add_library(rapidjson INTERFACE)
find_path(RAPIDJSON_INCLUDE rapidjson/document.h REQUIRED)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # Two lines of RapidJSON 1.1.0 that clang 19 or its sanitizers refuse, corrected in a copy: an
  # operator= over a const member, which nothing calls, and an addition to a null pointer.
  file(COPY ${RAPIDJSON_INCLUDE}/rapidjson DESTINATION ${CMAKE_BINARY_DIR}/include
       PATTERN rapidjson/document.h EXCLUDE PATTERN internal/stack.h EXCLUDE)
  file(READ ${RAPIDJSON_INCLUDE}/rapidjson/document.h text)
  string(REPLACE "{ s = rhs.s; length = rhs.length; }" "= delete;" text "${text}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/include/rapidjson/document.h CONTENT "${text}" @ONLY)
  file(READ ${RAPIDJSON_INCLUDE}/rapidjson/internal/stack.h text)
  string(REPLACE "stackTop_ + sizeof(T) * count > stackEnd_"
         "static_cast<std::ptrdiff_t>(sizeof(T) * count) > stackEnd_ - stackTop_" text "${text}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/include/rapidjson/internal/stack.h CONTENT "${text}" @ONLY)
  set(rapidjson_include ${CMAKE_BINARY_DIR}/include)
else()
  set(rapidjson_include ${RAPIDJSON_INCLUDE})
endif()
target_include_directories(rapidjson SYSTEM INTERFACE ${rapidjson_include})
target_compile_definitions(rapidjson INTERFACE RAPIDJSON_HAS_STDSTRING=1)

# Asio and Beast are compiled once, in cmake/boost_asio.cpp.
add_library(boost_asio STATIC ${CMAKE_SOURCE_DIR}/cmake/boost_asio.cpp)
target_compile_definitions(boost_asio PUBLIC BOOST_ASIO_SEPARATE_COMPILATION
                           BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
target_compile_options(boost_asio PRIVATE -w)
target_link_libraries(boost_asio PUBLIC Boost::headers Threads::Threads)
