#include "store/redis/connection.hpp"

#include <hiredis/async.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <deque>
#include <utility>

namespace hearth::store::redis {
namespace {

namespace asio = boost::asio;

reply copy(const redisReply& from) {
    reply out;
    switch (from.type) {
        case REDIS_REPLY_STRING:
        case REDIS_REPLY_STATUS:
            out.what = reply::type::text;
            out.text.assign(from.str, from.len);
            break;
        case REDIS_REPLY_ERROR:
            out.what = reply::type::error;
            out.text.assign(from.str, from.len);
            break;
        case REDIS_REPLY_INTEGER:
            out.what = reply::type::integer;
            out.number = from.integer;
            break;
        case REDIS_REPLY_ARRAY:
            out.what = reply::type::list;
            out.items.reserve(from.elements);
            for (std::size_t i = 0; i < from.elements; ++i) out.items.push_back(copy(*from.element[i]));
            break;
        default: break;
    }
    return out;
}

}  // namespace

/// What hiredis and the loop hold on to; outlives the connection until the last wait has come back.
struct connection::link : std::enable_shared_from_this<link> {
    explicit link(asio::io_context& loop) : descriptor(loop) {}

    asio::posix::stream_descriptor descriptor;  // hiredis' own: given back, never closed here
    redisAsyncContext* context = nullptr;       // nothing: ended
    bool reading = false, writing = false;
    std::deque<std::pair<clock::time_point, on_reply>> asked;
    std::function<void(const reply&)> told;
    std::function<void(std::string)> lost;
    std::string why;

    void open(const endpoint& where);
    void wait(bool& waiting, asio::posix::descriptor_base::wait_type what, void (*handle)(redisAsyncContext*));
    void ended();

    static link& of(void* data) { return *static_cast<link*>(data); }
    static void add_read(void* data) {
        of(data).wait(of(data).reading, asio::posix::descriptor_base::wait_read, redisAsyncHandleRead);
    }
    static void add_write(void* data) {
        of(data).wait(of(data).writing, asio::posix::descriptor_base::wait_write, redisAsyncHandleWrite);
    }
    static void ignore(void* /*data*/) {}
    static void cleanup(void* data) { of(data).ended(); }
    static void answered(redisAsyncContext* /*context*/, void* got, void* data) {
        auto& self = of(data);
        auto done = std::move(self.asked.front().second);
        self.asked.pop_front();
        if (!got) return done(nullptr);
        const reply value = copy(*static_cast<const redisReply*>(got));
        done(&value);
    }
    static void heard(redisAsyncContext* /*context*/, void* got, void* data) {
        auto& self = of(data);
        if (got && self.told) self.told(copy(*static_cast<const redisReply*>(got)));
    }
};

void connection::link::open(const endpoint& where) {
    auto* made = where.socket.empty() ? redisAsyncConnect(where.host.c_str(), where.port)
                                      : redisAsyncConnectUnix(where.socket.c_str());
    if (!made || made->err != 0) {
        why = made ? made->errstr : "no memory";
        if (made) redisAsyncFree(made);
        return ended();
    }
    context = made;
    descriptor.assign(made->c.fd);
    made->ev.data = this;
    made->ev.addRead = add_read;
    made->ev.delRead = ignore;
    made->ev.addWrite = add_write;
    made->ev.delWrite = ignore;
    made->ev.cleanup = cleanup;
    add_write(this);  // writable is how a connection that is being made tells that it is there
}

void connection::link::wait(bool& waiting, asio::posix::descriptor_base::wait_type what,
                            void (*handle)(redisAsyncContext*)) {
    if (!context || std::exchange(waiting, true)) return;
    descriptor.async_wait(what, [self = shared_from_this(), &waiting, handle](boost::system::error_code problem) {
        waiting = false;
        if (!problem && self->context) handle(self->context);
    });
}

void connection::link::ended() {
    if (context) {
        if (why.empty() && context->err != 0) why = context->errstr;
        context = nullptr;
        descriptor.release();
    }
    asio::post(descriptor.get_executor(), [self = shared_from_this()] {
        if (self->lost) std::exchange(self->lost, nullptr)(self->why.empty() ? "it was closed" : self->why);
    });
}

connection::connection(asio::io_context& loop, const endpoint& where, std::function<void(std::string why)> lost)
    : link_(std::make_shared<link>(loop)) {
    link_->lost = std::move(lost);
    link_->open(where);
}

connection::~connection() {
    link_->lost = nullptr;
    link_->told = nullptr;
    drop("closed");
}

void connection::send(std::string_view wire, on_reply done) {
    if (!link_->context) return done(nullptr);
    link_->asked.emplace_back(clock::now(), std::move(done));
    if (redisAsyncFormattedCommand(link_->context, link::answered, link_.get(), wire.data(), wire.size()) == REDIS_OK)
        return;
    auto failed = std::move(link_->asked.back().second);
    link_->asked.pop_back();
    failed(nullptr);
}

void connection::subscribe(const std::string& channel, const std::string& another,
                           std::function<void(const reply&)> told) {
    link_->told = std::move(told);
    if (link_->context)
        redisAsyncCommand(link_->context, link::heard, link_.get(), "SUBSCRIBE %b %b", channel.data(), channel.size(),
                          another.data(), another.size());
}

void connection::drop(const std::string& why) {
    if (!link_->context) return;
    link_->why = why;
    redisAsyncFree(link_->context);
}

std::optional<connection::clock::time_point> connection::waiting_since() const {
    if (link_->asked.empty()) return std::nullopt;
    return link_->asked.front().first;
}

}  // namespace hearth::store::redis
