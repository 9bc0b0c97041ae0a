// A store on a place of its own.
#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

#include "contract/place.hpp"
#include "contract/values.hpp"
#include "store/waiting.hpp"

namespace hearth::contract {

class fixture {
public:
    fixture() : where_(new_place()), store_(open_at(where_->address())) {}

    template <class Call, class... Arguments>
    auto ask(Call call, Arguments&&... arguments) {
        return store::wait(*store_, call, std::forward<Arguments>(arguments)...);
    }
    void reopen() {
        store_.reset();
        store_ = open_at(where_->address());
    }
    [[nodiscard]] std::unique_ptr<store_type> open_another() const { return open_at(where_->address()); }
    store_type& store() { return *store_; }
    [[nodiscard]] std::string address() const { return where_->address(); }

    // Things made on the way, that have to succeed.
    room_info room(const std::string& slug = "harbour", bool open = false);
    account staff(const std::string& name, role standing = role::moderator);
    /// A guest who is a member of `room`.
    person member(const room_info& room, const std::string& name);
    store::committed commit(store::room_commit unit);
    /// A public message of `from`; its seq.
    seq_t say(const room_info& room, const person& from, const std::string& key, const std::string& text);

private:
    std::unique_ptr<place> where_;
    std::unique_ptr<store_type> store_;
};

/// Every event of a room, as somebody who may see everything reads it.
[[nodiscard]] std::vector<event> whole_log(store_type& from, room_id room);

template <class T>
[[nodiscard]] errc code_of(const outcome<T>& got) {
    REQUIRE(got.has_error());
    return got.error().code;
}

}  // namespace hearth::contract

// So that a failed comparison says which code came.
template <>
struct Catch::StringMaker<hearth::errc> {
    static std::string convert(hearth::errc code) { return std::string(hearth::to_string(code)); }
};
