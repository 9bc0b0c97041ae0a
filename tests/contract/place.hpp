// Where a store under test keeps its data. One executable per implementation links this suite with its own place.
#pragma once

#include <memory>
#include <string>

#include "store/store.hpp"

namespace hearth::contract {

/// Outlives the stores opened on it; what it holds is gone with it.
class place {
public:
    virtual ~place() = default;
    /// What open_at() finds it by, also in another process.
    [[nodiscard]] virtual std::string address() const = 0;
};

[[nodiscard]] std::unique_ptr<place> new_place();
[[nodiscard]] std::unique_ptr<store::store> open_at(const std::string& address);

}  // namespace hearth::contract
