#include "moderation/signals/literals.hpp"

#include <hs/hs.h>

#include <cstdlib>
#include <new>
#include <stdexcept>

namespace hearth::moderation {

literal_set::literal_set(const std::vector<std::string>& literals) {
    if (literals.empty()) return;
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    std::vector<unsigned> ids;
    const std::vector<unsigned> flags(literals.size(), 0);
    for (const auto& literal : literals) {
        ids.push_back(static_cast<unsigned>(ids.size()));
        texts.push_back(literal.data());
        lengths.push_back(literal.size());
    }
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    const auto result =
        hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), lengths.data(),
                             static_cast<unsigned>(texts.size()), HS_MODE_BLOCK, nullptr, &database, &error);
    if (result != HS_SUCCESS) {
        const std::string why = error != nullptr ? error->message : "unknown";
        hs_free_compile_error(error);
        throw std::runtime_error("phrases do not compile: " + why);
    }
    database_ = std::shared_ptr<void>(database, [](void* one) { hs_free_database(static_cast<hs_database_t*>(one)); });
}

literal_set literal_set::from_bytes(const std::string& bytes) {
    literal_set result;
    if (bytes.empty()) return result;
    hs_database_t* database = nullptr;
    if (hs_deserialize_database(bytes.data(), bytes.size(), &database) != HS_SUCCESS)
        throw std::runtime_error("compiled phrases are of another machine");
    result.database_ =
        std::shared_ptr<void>(database, [](void* one) { hs_free_database(static_cast<hs_database_t*>(one)); });
    return result;
}

std::string literal_set::bytes() const {
    if (!database_) return {};
    char* memory = nullptr;
    std::size_t size = 0;
    if (hs_serialize_database(static_cast<const hs_database_t*>(database_.get()), &memory, &size) != HS_SUCCESS)
        throw std::bad_alloc();
    std::string result(memory, size);
    std::free(memory);  // the library's allocator is malloc
    return result;
}

literal_set::~literal_set() = default;

literal_set::scratch::scratch(const literal_set& of) {
    if (!of.database_) return;
    hs_scratch_t* memory = nullptr;
    if (hs_alloc_scratch(static_cast<const hs_database_t*>(of.database_.get()), &memory) != HS_SUCCESS)
        throw std::bad_alloc();
    memory_ = std::shared_ptr<void>(memory, [](void* one) { hs_free_scratch(static_cast<hs_scratch_t*>(one)); });
}

bool literal_set::scan(std::string_view text, scratch& memory, std::vector<hit>& hits) const noexcept {
    hits.clear();
    if (!database_) return true;
    const auto collect = [](unsigned id, unsigned long long, unsigned long long to, unsigned, void* out) -> int {
        try {
            static_cast<std::vector<hit>*>(out)->push_back({id, static_cast<std::uint32_t>(to)});
            return 0;
        } catch (...) { return 1; }
    };
    return hs_scan(static_cast<const hs_database_t*>(database_.get()), text.data(), static_cast<unsigned>(text.size()),
                   0, static_cast<hs_scratch_t*>(memory.memory_.get()), collect, &hits) == HS_SUCCESS;
}

}  // namespace hearth::moderation
