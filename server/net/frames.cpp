#include "net/frames.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstring>
#include <utility>

namespace hearth::net {
namespace {

constexpr std::uint8_t continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10;
constexpr std::size_t most_control = 125;

void unmask(std::span<char> bytes, const std::array<char, 4>& key) {
    std::uint64_t wide = 0;
    std::memcpy(&wide, key.data(), 4);
    wide |= wide << 32U;
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::uint64_t part = 0;
        std::memcpy(&part, bytes.data() + i, 8);
        part ^= wide;
        std::memcpy(bytes.data() + i, &part, 8);
    }
    for (; i < bytes.size(); ++i) bytes[i] = static_cast<char>(bytes[i] ^ key[i % 4]);
}

std::string control_frame(std::uint8_t opcode, std::string_view payload) {
    std::string frame;
    frame += static_cast<char>(0x80U | opcode);
    frame += static_cast<char>(payload.size());
    frame += payload;
    return frame;
}

}  // namespace

struct frame_reader::header {
    bool last = false, masked = false, reserved = false;
    std::uint8_t opcode = 0;
    std::uint64_t size = 0;
    std::array<char, 4> key{};
    std::size_t bytes = 0;  ///< of the header itself
    [[nodiscard]] bool control() const noexcept { return opcode >= close; }
};

/// Nothing: not all of it is here. What can be told wrong by its first two bytes is told at once.
std::optional<frame_reader::header> frame_reader::read_header() const {
    const auto byte = [this](std::size_t at) { return static_cast<std::uint8_t>(in_[at]); };
    if (in_.size() < 2) return std::nullopt;
    header h;
    h.last = (byte(0) & 0x80U) != 0;
    h.reserved = (byte(0) & 0x70U) != 0;
    h.opcode = byte(0) & 0x0FU;
    h.masked = (byte(1) & 0x80U) != 0;
    h.size = byte(1) & 0x7FU;
    if (!h.masked || h.reserved || (h.control() && h.size > most_control)) return h;
    const std::size_t extended = h.size == 126 ? 2 : h.size == 127 ? 8 : 0;
    h.bytes = 2 + extended + 4;
    if (in_.size() < h.bytes) return std::nullopt;
    if (extended > 0) h.size = 0;
    for (std::size_t i = 0; i < extended; ++i) h.size = h.size << 8U | byte(2 + i);
    std::memcpy(h.key.data(), in_.data() + 2 + extended, 4);
    return h;
}

void frame_reader::feed(std::span<char> bytes) {
    if (kept_.empty()) {
        in_ = bytes;
        return;
    }
    kept_.append(bytes.data(), bytes.size());
    in_ = kept_;
}

void frame_reader::keep_rest() {
    if (in_.empty()) {
        std::string().swap(kept_);
    } else if (kept_.empty()) {
        kept_.assign(in_.data(), in_.size());
    } else {
        kept_.erase(0, kept_.size() - in_.size());
    }
    in_ = {};
}

std::optional<frame_reader::item> frame_reader::fail(fault why) {
    wrong_ = why;
    in_ = {};
    return std::nullopt;
}

std::optional<frame_reader::item> frame_reader::next() {
    if (std::exchange(given_, false)) std::string().swap(message_);  // which gives the memory back
    while (!wrong_) {
        const auto h = read_header();
        if (!h) break;
        const bool starts = h->opcode == text || h->opcode == binary;
        if (!h->masked || h->reserved ||
            (!starts && h->opcode != continuation && (h->opcode < close || h->opcode > pong)))
            return fail(fault::protocol);
        if (h->control() ? !h->last || h->size > most_control : starts == fragmented_.has_value())
            return fail(fault::protocol);
        if (!h->control() && h->size > most_ - message_.size()) return fail(fault::too_big);
        if (in_.size() - h->bytes < h->size) break;
        const auto payload = in_.subspan(h->bytes, h->size);
        unmask(payload, h->key);
        in_ = in_.subspan(h->bytes + h->size);
        const std::string_view view(payload.data(), payload.size());
        if (h->control())
            return item{h->opcode == close ? kind::close : h->opcode == ping ? kind::ping : kind::pong, view};
        const auto what = starts ? (h->opcode == text ? kind::text : kind::binary) : *fragmented_;
        if (starts && h->last) return item{what, view};
        message_ += view;
        fragmented_ = what;
        if (!h->last) continue;
        fragmented_.reset();
        given_ = true;
        return item{what, message_};
    }
    if (!wrong_) keep_rest();
    return std::nullopt;
}

std::optional<std::uint16_t> close_code_of(std::string_view payload) noexcept {
    if (payload.empty()) return 1005;
    if (payload.size() == 1) return std::nullopt;
    const auto code = static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8U |
                                                 static_cast<unsigned char>(payload[1]));
    const bool known = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
    if (!known && (code < 3000 || code > 4999)) return std::nullopt;
    return code;
}

std::string close_frame(std::uint16_t code, std::string_view reason) {
    std::string payload{static_cast<char>(code >> 8U), static_cast<char>(code & 0xFFU)};
    payload += reason;
    return control_frame(close, payload);
}

std::string ping_frame() { return control_frame(ping, {}); }
std::string pong_frame(std::string_view payload) { return control_frame(pong, payload); }

std::string accept_for(std::string_view key) {
    const std::string salted = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(salted.data(), salted.size(), digest.data(), &size, EVP_sha1(), nullptr);
    std::array<unsigned char, 32> coded{};
    const int length = EVP_EncodeBlock(coded.data(), digest.data(), static_cast<int>(size));
    return {reinterpret_cast<const char*>(coded.data()), static_cast<std::size_t>(length)};
}

}  // namespace hearth::net
