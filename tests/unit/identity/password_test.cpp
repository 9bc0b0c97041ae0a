#include "identity/password.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <future>
#include <set>

#include "identity/password_pool.hpp"

using namespace hearth;
using namespace hearth::identity;

namespace {

class at_once final : public completions {
public:
    void run(std::vector<std::function<void()>> batch) override {
        for (auto& each : batch) each();
    }
};

template <class T>
struct waiting {
    std::promise<outcome<T>> promise;
    callback<T> done() {
        return [this](outcome<T> got) { promise.set_value(std::move(got)); };
    }
    outcome<T> get() { return promise.get_future().get(); }
};

double milliseconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("a password is Argon2id with 19 MiB and two passes, salted") {
    const std::string hash = hash_password("correct horse");
    CHECK(hash.rfind("$argon2id$v=19$m=19456,t=2,p=1$", 0) == 0);
    CHECK(hash != hash_password("correct horse"));
    CHECK(verify_password("correct horse", hash));
    CHECK_FALSE(verify_password("correct horsf", hash));
    CHECK_FALSE(verify_password("", hash));
    CHECK_FALSE(verify_password("correct horse", "not a hash"));
    CHECK_FALSE(verify_password("", ""));
}

TEST_CASE("a wrong name costs what a wrong password costs") {
    const std::string hash = hash_password("correct horse");
    (void)verify_password("x", "");
    double name = 1e9, password = 1e9;
    for (int i = 0; i < 5; ++i) {
        name = std::min(name, milliseconds([] { (void)verify_password("wrong", ""); }));
        password = std::min(password, milliseconds([&] { (void)verify_password("wrong", hash); }));
    }
    CHECK(name > password * 0.5);
    CHECK(name < password * 2);
}

TEST_CASE("chosen passwords have at least twelve characters, however many bytes") {
    CHECK(check_password("twelve chars").has_value());
    CHECK(check_password("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9").has_value());
    CHECK(check_password(std::string(1'024, 'x')).has_value());
    const auto shorter = check_password("eleven char");
    REQUIRE(shorter.has_error());
    CHECK(shorter.error().code == errc::bad_request);
    CHECK(shorter.error().field == "password");
    CHECK(shorter.error().limit == 12);
    CHECK(check_password("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9").error().code == errc::bad_request);
    CHECK(check_password(std::string(20, '\xff')).error().code == errc::bad_request);
    CHECK(check_password(std::string(1'025, 'x')).error().code == errc::too_long);
}

TEST_CASE("made passwords would be accepted as chosen ones, and are all different") {
    std::set<std::string> all;
    for (int i = 0; i < 100; ++i) {
        const std::string made = new_password();
        REQUIRE(made.size() == 24);
        REQUIRE(check_password(made).has_value());
        all.insert(made);
    }
    CHECK(all.size() == 100);
}

TEST_CASE("the pool hashes and verifies on a thread of its own") {
    at_once to;
    password_pool pool;
    waiting<std::string> hashed;
    pool.hash("correct horse", to, hashed.done());
    const std::string hash = hashed.get().value();
    waiting<bool> right, wrong, nobody;
    pool.verify("correct horse", hash, to, right.done());
    pool.verify("wrong horse", hash, to, wrong.done());
    pool.verify("correct horse", "", to, nobody.done());
    CHECK(right.get().value());
    CHECK_FALSE(wrong.get().value());
    CHECK_FALSE(nobody.get().value());
}

TEST_CASE("a crowd at the door is told to try later; those inside are served, also while it closes") {
    at_once to;
    std::atomic<int> served = 0, later = 0;
    {
        password_pool pool(3);
        for (int i = 0; i < 10; ++i)
            pool.verify("x", "", to, [&](outcome<bool> got) {
                if (got) {
                    ++served;
                } else if (got.error().code == errc::try_later && got.error().retry_after) {
                    ++later;
                }
            });
        pool.stop();
        CHECK(served + later == 10);
        CHECK(served >= 3);
        CHECK(later >= 5);
        const int before = later;
        pool.hash("late", to, [&](outcome<std::string> got) { later += got.has_error(); });
        CHECK(later == before + 1);
    }
}
