#include "contract/place.hpp"
#include "store/sqlite/open.hpp"
#include "support/temporary_folder.hpp"

namespace hearth::contract {
namespace {

class directory final : public place {
public:
    [[nodiscard]] std::string address() const override { return folder_.path() / "data"; }

private:
    support::temporary_folder folder_;
};

}  // namespace

std::unique_ptr<place> new_place() { return std::make_unique<directory>(); }
std::unique_ptr<store::store> open_at(const std::string& address) { return store::sqlite::open_sqlite(address); }

}  // namespace hearth::contract
