// One act in one room, all or nothing; and the erasure of a person, which reaches into every room.
#pragma once

#include "store/sqlite/writer.hpp"
#include "store/store.hpp"

namespace hearth::store::sqlite {

/// Everything that can be refused is checked by reading before the first row is written, so a refused unit leaves
/// nothing to undo in the transaction it shares with others.
[[nodiscard]] outcome<committed> commit(writer& w, const room_commit& unit);

/// How many messages lost their text.
[[nodiscard]] outcome<std::int64_t> erase_person(writer& w, const user_id& id, time_point at);

}  // namespace hearth::store::sqlite
