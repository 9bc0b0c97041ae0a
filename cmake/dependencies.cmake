# Every outside library, found once, Debian 12 packages only. scripts/setup installs them.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS system json url)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(ZLIB REQUIRED)
# libcurl asks the remote classifier: TLS, proxies, deadlines and many requests on one thread, none of which is our trade.
find_package(CURL 7.85 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(Catch2 2.13 REQUIRED)
find_package(prometheus-cpp REQUIRED COMPONENTS core)
find_package(PkgConfig REQUIRED)
# The allocator: messages are many small pieces made on one thread and freed on another (docs/decisions/0011).
find_package(mimalloc 2.0 REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
# Asynchronous, without timeouts and TLS of its own (0.14): server/store/redis brings the one and needs a tunnel for the other.
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis>=0.14)
# Many sends in one system call where the kernel allows it; liburing is its authors' own interface (server/net/send_batch).
pkg_check_modules(uring REQUIRED IMPORTED_TARGET liburing>=2.3)
pkg_check_modules(vectorscan REQUIRED IMPORTED_TARGET libhs)
# LIBLINEAR trains the classifier (moderation/tools/train); the judge scores by itself and does not need it.
find_library(HEARTH_LINEAR linear REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
# Asio's and Beast's own code is compiled once, in server/net/asio_impl.cpp.
add_library(hearth_asio INTERFACE)
target_link_libraries(hearth_asio INTERFACE Boost::system Boost::headers Threads::Threads OpenSSL::SSL OpenSSL::Crypto)
target_compile_definitions(hearth_asio INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
