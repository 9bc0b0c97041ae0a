#include <stdlib.h>

#include <filesystem>

#include "contract/place.hpp"
#include "store/sqlite/open.hpp"

namespace hearth::contract {
namespace {

class directory final : public place {
public:
    directory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "hearth-contract-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
        path_ = pattern;
    }
    ~directory() override {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string address() const override { return path_ / "data"; }

private:
    std::filesystem::path path_;
};

}  // namespace

std::unique_ptr<place> new_place() { return std::make_unique<directory>(); }
std::unique_ptr<store::store> open_at(const std::string& address) { return store::sqlite::open_sqlite(address); }

}  // namespace hearth::contract
