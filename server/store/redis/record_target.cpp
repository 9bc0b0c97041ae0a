#include "store/redis/record_target.hpp"

#include <memory>

#include "store/redis/rows.hpp"
#include "store/waiting.hpp"

namespace hearth::store::redis {
namespace {

// One call of this size keeps Redis busy for some milliseconds, well below a call's deadline.
constexpr std::size_t most_records = 256, most_bytes = 256 * 1024, most_calls = 8;

std::future<outcome<reply>> send_to(redis_store& data, const request& what) {
    auto got = std::make_shared<std::promise<outcome<reply>>>();
    auto out = got->get_future();
    data.ask(what, at_once::instance(), callback<reply>([got](outcome<reply> answer) { got->set_value(answer); }),
             [](const reply& from) { return read_answer(from, [&](row) { return from; }); });
    return out;
}

std::string text_of(const reply& field) {
    return field.what == reply::type::integer ? std::to_string(field.number) : field.text;
}

std::size_t size_of(const record& one) {
    std::size_t out = 0;
    for (const auto& field : one.fields) out += 16 + (field ? field->size() : 0);
    return out;
}

/// A step writes to the room and to what belongs to none at once, which a cluster keeps apart.
endpoint one_server(const std::string& address) {
    auto out = parse_endpoint(address);
    if (!out.cluster.empty()) throw data_error("a community is moved to one server, not into a cluster");
    return out;
}

}  // namespace

std::string move_state(redis_store& data) {
    const auto got = send_to(data, request("move_state", shared_key)).get();
    if (!got) throw data_error(got.error().detail);
    return got->items.at(1).text;
}

record_target::record_target(const std::string& address, const options& how) : data_(one_server(address), how) {}

std::future<outcome<reply>> record_target::ask(const request& what) { return send_to(data_, what); }

reply record_target::answer(std::future<outcome<reply>> from) {
    auto got = from.get();
    if (!got) throw data_error(got.error().detail);
    return std::move(*got);
}

bool record_target::begin(const std::string& identity, std::int64_t last_room) {
    return answer(ask(data_.writing("move_begin", shared_key).add(identity).add(last_room))).items.at(1).number != 0;
}

void record_target::put(record_kind kind, const record& one) {
    if (kind != kind_) send();
    kind_ = kind;
    gathered_.push_back(one);
    bytes_ += size_of(one);
    if (gathered_.size() == most_records || bytes_ >= most_bytes) send();
}

void record_target::send() {
    if (gathered_.empty()) return;
    auto what = data_.writing("move_" + std::string(to_string(kind_)), shared_key);
    what.add(gathered_.size());
    for (const auto& one : gathered_) {
        for (std::size_t i = 0; i < one.fields.size(); ++i) {
            if (may_lack(kind_, i))
                what.add(one.fields[i]);
            else
                what.add(one.fields[i].value_or(""));
        }
        if (kind_ != record_kind::sessions) continue;
        const time_point end(std::chrono::milliseconds(std::stoll(one.fields[2].value_or("0"))));
        what.add(end + sessions_kept).add(now());
    }
    gathered_.clear();
    bytes_ = 0;
    while (under_way_.size() >= most_calls) {
        auto oldest = std::move(under_way_.front());
        under_way_.pop_front();
        (void)answer(std::move(oldest));
    }
    under_way_.push_back(ask(what));
}

void record_target::flush() {
    send();
    for (; !under_way_.empty(); under_way_.pop_front()) (void)answer(std::move(under_way_.front()));
}

std::vector<std::optional<record>> record_target::read(record_kind kind, const std::vector<record>& keys) {
    request what("moved_" + std::string(to_string(kind)), shared_key);
    what.add(keys.size());
    for (const auto& key : keys)
        for (std::size_t i = 0; i < key_fields(kind); ++i) what.add(key.fields[i].value_or(""));
    const auto got = answer(ask(what));
    std::vector<std::optional<record>> out;
    out.reserve(keys.size());
    for (const auto& each : got.items.at(1).items) {
        auto& one = out.emplace_back();
        if (each.what != reply::type::list) continue;
        one.emplace();
        for (const auto& field : each.items) {
            if (field.what == reply::type::nil)
                one->fields.emplace_back(std::nullopt);
            else
                one->fields.emplace_back(text_of(field));
        }
    }
    return out;
}

std::vector<std::pair<record_kind, std::int64_t>> record_target::counts() {
    const auto got = answer(ask(request("move_counts", shared_key)));
    row fields(got, 1);
    std::vector<std::pair<record_kind, std::int64_t>> out;
    for (const auto kind : {record_kind::rooms, record_kind::invites, record_kind::events, record_kind::cases,
                            record_kind::spellings, record_kind::audit})
        out.emplace_back(kind, fields.integer());
    return out;
}

void record_target::end() { (void)answer(ask(data_.writing("move_end", shared_key))); }

}  // namespace hearth::store::redis
