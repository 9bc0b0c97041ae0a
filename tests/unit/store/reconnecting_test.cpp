#include "store/redis/reconnecting.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>
#include <optional>
#include <thread>

#include "tests/support/temporary_folder.hpp"

using namespace hearth::store::redis;
using namespace std::chrono_literals;

TEST_CASE("one that is let go when its pause is already over does nothing more") {
    const support::temporary_folder folder;
    endpoint nowhere;
    nowhere.socket = (folder.path() / "none.socket").string();
    options how;
    how.first_pause = 1ms;
    boost::asio::io_context loop;
    int lost = 0;
    std::optional<reconnecting> link;
    link.emplace(
        loop, nowhere, how, std::vector<std::string>{"*1\r\n$4\r\nPING\r\n"}, [] {},
        [&](const std::string& /*why*/) { ++lost; });
    link->connect();
    while (lost == 0) loop.run_one();
    std::this_thread::sleep_for(20ms);
    // The loop looks at the time before it runs this, so the end of the pause waits behind it.
    boost::asio::post(loop, [&] { link.reset(); });
    loop.run();
    CHECK(lost == 1);
}
