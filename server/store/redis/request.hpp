// One command as it goes over the wire (RESP 2), written where it is asked for and only copied by the connection.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "store/redis/call.hpp"
#include "store/redis/library.hpp"
#include "store/redis/slots.hpp"

namespace hearth::store::redis {

class request {
public:
    explicit request(std::string_view command) { add(command); }
    /// A call of the library's `function`; `key` says where it belongs in a cluster (library/prelude.lua).
    request(std::string_view function, std::string_view key) : slot_(slot_of(key)) {
        add("FCALL")
            .add(std::string(library_name) + '_' + std::string(function))
            .add("2")
            .add(key)
            .add(std::string(key) + "none");
    }

    request& add(std::string_view argument) {
        words& to = in_unit_ ? unit_ : command_;
        ++to.count;
        to.bytes += '$';
        to.bytes += std::to_string(argument.size());
        to.bytes += "\r\n";
        to.bytes += argument;
        to.bytes += "\r\n";
        return *this;
    }
    request& add(const char* argument) { return add(std::string_view(argument)); }
    request& add(const std::string& argument) { return add(std::string_view(argument)); }
    template <class Tag>
    request& add(const text_id<Tag>& id) {
        return add(std::string_view(id.value));
    }
    template <class N>
    requires(std::is_integral_v<N> && !std::is_same_v<N, bool>) request& add(N number) {
        return add(std::string_view(std::to_string(number)));
    }
    template <class E>
    requires std::is_enum_v<E> request& add(E value) { return add(static_cast<std::int64_t>(value)); }
    request& add(bool value) { return add(value ? "1" : "0"); }
    request& add(time_point at) { return add(at.time_since_epoch().count()); }
    /// "-" for none, "+" and the value for some.
    request& add(const std::optional<std::string>& value) { return add(value ? "+" + *value : std::string("-")); }

    /// What it writes is promised to somebody (call.hpp).
    request& lasting() {
        lasting_ = true;
        return *this;
    }

    /// What is added from here on may go together with others' of the same command (call.hpp).
    request& unit() {
        in_unit_ = true;
        return *this;
    }

    [[nodiscard]] std::string wire() const { return wire_of(std::array{request(*this).to_call(nullptr)}); }
    /// It is of no use afterwards.
    [[nodiscard]] call to_call(std::shared_ptr<call_job> asked) {
        call out;
        out.command = std::move(command_);
        out.unit = std::move(unit_);
        out.asked = std::move(asked);
        out.slot = slot_;
        out.lasting = lasting_;
        return out;
    }

private:
    int slot_ = every_server;
    bool lasting_ = false;
    bool in_unit_ = false;
    words command_, unit_;
};

}  // namespace hearth::store::redis
