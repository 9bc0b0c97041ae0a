// Erasing a person takes several calls, for their words lie in many rooms and cases are documents that Redis cannot
// read. Each step may be repeated, so whoever was told try_later asks again; the audit entry comes last. What a process
// left undone another one goes on with.
#include "store/case_document.hpp"
#include "store/case_erasure.hpp"
#include "store/redis/redis_store.hpp"
#include "store/redis/rows.hpp"
#include "store/waiting.hpp"

namespace hearth::store::redis {
namespace {

constexpr int most_tries = 20;  // at a room's cases while others change them

class erasure : public std::enable_shared_from_this<erasure> {
public:
    /// `resumed`: somebody else began it, and may have finished it since.
    erasure(redis_store& data, user_id id, time_point at, bool resumed, completions& to, callback<std::int64_t> done)
        : data_(data), id_(std::move(id)), at_(at), resumed_(resumed), to_(to), done_(std::move(done)) {}

    /// From here on nobody speaks as them; then their words, then their name in cases.
    void start() {
        auto what = data_.writing("close_person", shared_key);
        what.add(id_).add(erased_name).add(at_).add(resumed_);
        using names = std::vector<std::string>;
        step<names>(
            what,
            [](const reply& from) {
                return read_answer(from, [](row fields) {
                    names out;
                    for (const auto& each : fields.next().items) out.push_back(each.text);
                    return out;
                });
            },
            [this](const names& rooms) {
                for (const auto& room : rooms) {
                    erase_words(room);
                    erase_from_cases(room, most_tries);
                }
            });
    }

private:
    /// Asks, and when nothing is left to be asked finishes.
    template <class T, class Read, class Then>
    void step(const request& what, Read read, Then then) {
        ++open_;
        data_.ask(what, at_once::instance(), callback<T>([self = shared_from_this(), then](outcome<T> got) {
                      if (!got)
                          self->fail(got.error());
                      else
                          then(*got);
                      if (--self->open_ == 0) self->finish();
                  }),
                  read);
    }

    void erase_words(const std::string& room) {
        auto what = data_.writing("erase_words", room_key(room));
        what.add(room).add(id_).add(erased_name);
        step<std::int64_t>(
            what, [](const reply& from) { return read_answer(from, [](row fields) { return fields.integer(); }); },
            [this](std::int64_t messages) { messages_ += messages; });
    }

    void erase_from_cases(const std::string& room, int tries) {
        request what("cases_naming", room_key(room));
        what.add(room).add(id_);
        step<std::vector<review_case>>(
            what,
            [](const reply& from) {
                return read_answer(from, [](row fields) { return read_all(fields.next(), read_case); });
            },
            [this, room, tries](std::vector<review_case>& found) {
                for (auto& each : found) amend(room, each, tries);
            });
    }

    void amend(const std::string& room, review_case& each, int tries) {
        erase_from_case(each, id_);
        auto what = data_.writing("amend_case", room_key(room));
        what.add(room).add(each.id).add(each.version).add(write_document(each));
        step<bool>(
            what,
            [](const reply& from) -> outcome<bool> {
                row fields(from);
                if (fields.text() == "ok") return true;
                auto why = read_refusal(fields);
                if (why.code == errc::conflict) return false;
                return why;
            },
            [this, room, tries](bool stored) {
                if (stored) return;
                if (tries == 0) return fail(unavailable("cases change too fast"));
                erase_from_cases(room, tries - 1);
            });
    }

    void fail(failure why) {
        if (!failed_) failed_ = std::move(why);
    }

    void finish() {
        if (failed_) return to_.run({[self = shared_from_this()] { self->done_(*self->failed_); }});
        audit_entry entry;
        entry.at = at_;
        entry.action = "person.erase";
        entry.subject = id_.value;
        entry.detail = "{\"messages\":" + std::to_string(messages_) + "}";
        auto what = data_.writing("finish_erasing", shared_key);
        what.add(id_);
        add(what, std::vector{entry});
        data_.ask(what, to_, std::move(done_), [messages = messages_](const reply& from) {
            return read_answer(from, [&](row) { return messages; });
        });
        // The append-only file has the words until it is written anew. Who may not ask for that does it otherwise.
        data_.ask(request("BGREWRITEAOF"), at_once::instance(), callback<void>([](const outcome<void>&) {}),
                  [](const reply&) { return outcome<void>(); });
    }

    redis_store& data_;
    const user_id id_;
    const time_point at_;
    const bool resumed_;
    completions& to_;
    callback<std::int64_t> done_;
    std::size_t open_ = 0;  // all on the store's thread from here
    std::int64_t messages_ = 0;
    std::optional<failure> failed_;
};

}  // namespace

void erase_person(redis_store& data, user_id id, time_point at, completions& to, callback<std::int64_t> done) {
    std::make_shared<erasure>(data, std::move(id), at, false, to, std::move(done))->start();
}

void redis_store::finish_interrupted(time_point begun_before) {
    using erasing = std::pair<user_id, time_point>;
    ask(request("unfinished_erasings", shared_key).add(begun_before), at_once::instance(),
        callback<std::vector<erasing>>([this](const outcome<std::vector<erasing>>& found) {
            if (!found) return;
            for (const auto& [id, at] : *found)
                std::make_shared<erasure>(*this, id, at, true, at_once::instance(), [](const outcome<std::int64_t>&) {
                })->start();
        }),
        [](const reply& from) {
            return read_answer(from, [](row fields) {
                return read_all<erasing>(fields.next(), [](row each) {
                    user_id id{each.text()};
                    return erasing{std::move(id), each.time()};
                });
            });
        });
}

}  // namespace hearth::store::redis
