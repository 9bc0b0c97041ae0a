// Expected failures of single calls.
#pragma once

#include <string>

#include "core/error.hpp"

namespace hearth::store::sqlite {

[[nodiscard]] inline failure refused(errc code, std::string field, std::string detail) {
    failure why;
    why.code = code;
    why.field = std::move(field);
    why.detail = std::move(detail);
    return why;
}

}  // namespace hearth::store::sqlite
