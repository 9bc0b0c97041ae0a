// Places that are databases of one Redis, or of one group of sentinels, for all tests of a process.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "contract/place.hpp"

namespace hearth::contract {

template <class Server>
class redis_database final : public place {
public:
    [[nodiscard]] std::string address() const override {
        static Server one;
        return one.address(number_);
    }

private:
    static int next() {
        static std::atomic<int> last = 0;
        return ++last;
    }
    int number_ = next();
};

}  // namespace hearth::contract
