#include <atomic>

#include "contract/place.hpp"
#include "contract/redis_sentinels.hpp"
#include "store/redis/open.hpp"

namespace hearth::contract {
namespace {

/// One group of sentinels for all tests of this process; each place is a database of its own.
redis_sentinels& group() {
    static redis_sentinels one;
    return one;
}

class database final : public place {
public:
    [[nodiscard]] std::string address() const override { return group().address(number_); }

private:
    static int next() {
        static std::atomic<int> last = 0;
        return ++last;
    }
    int number_ = next();
};

}  // namespace

std::unique_ptr<place> new_place() { return std::make_unique<database>(); }
std::unique_ptr<store::store> open_at(const std::string& address) { return store::redis::open_redis(address); }

}  // namespace hearth::contract
