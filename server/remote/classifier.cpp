#include "remote/classifier.hpp"

#include <curl/curl.h>

#include <deque>
#include <fstream>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

#include "core/startup_error.hpp"

namespace hearth::remote {
namespace {

constexpr int look_again_ms = 200;  // curl_multi_poll also wakes for work and for answers

struct question {
    std::string text;
    std::function<void(std::vector<remote_finding>)> found;
};

struct transfer {
    question what;
    std::string body, answer;
    std::size_t most = 0;
    curl_slist* headers = nullptr;
    ~transfer() { curl_slist_free_all(headers); }
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& one = *static_cast<transfer*>(into);
    if (one.answer.size() + size * count > one.most) return 0;  // ends the transfer
    try {
        one.answer.append(bytes, size * count);
    } catch (...) { return 0; }
    return size * count;
}

// As the library itself reads the URL, so that nobody's name or path passes for the host.
std::string part_of(const std::string& url, CURLUPart part) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> read(curl_url(), curl_url_cleanup);
    char* found = nullptr;
    if (!read || curl_url_set(read.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
        curl_url_get(read.get(), part, &found, 0) != CURLUE_OK)
        return {};
    const std::unique_ptr<char, decltype(&curl_free)> freed(found, curl_free);
    return found;
}

bool on_this_machine(const std::string& url) {
    const auto host = part_of(url, CURLUPART_HOST);
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

}  // namespace

std::string_view to_string(outcome_kind value) noexcept {
    switch (value) {
        case outcome_kind::answered: return "answered";
        case outcome_kind::flagged: return "flagged";
        case outcome_kind::failed: return "failed";
        case outcome_kind::late: return "late";
        case outcome_kind::refused: return "refused";
        case outcome_kind::not_asked: return "not_asked";
    }
    return "failed";
}

// One thread, many questions: curl's multi interface. The queue before it is the only thing that other threads touch.
class classifier::loop {
public:
    loop(classifier_options options, std::function<void(outcome_kind)> counted)
        : options_(std::move(options)),
          counted_(std::move(counted)),
          scheme_(part_of(options_.url, CURLUPART_SCHEME)),
          breaker_(options_.failures, options_.pause, options_.longest_pause),
          multi_(curl_multi_init()) {
        if (multi_ == nullptr) throw startup_error("remote_classifier: the library for requests cannot be started");
        thread_ = std::thread([this] { run(); });
    }

    ~loop() {
        {
            const std::lock_guard hold(guard_);
            ending_ = true;
        }
        curl_multi_wakeup(multi_);
        thread_.join();
        for (auto& [handle, one] : under_way_) {
            curl_multi_remove_handle(multi_, handle);
            curl_easy_cleanup(handle);
        }
        curl_multi_cleanup(multi_);
    }
    loop(const loop&) = delete;
    loop& operator=(const loop&) = delete;

    void add(question what) {
        bool taken = false;
        {
            const std::lock_guard hold(guard_);
            taken = waiting_.size() < options_.waiting;
            if (taken) waiting_.push_back(std::move(what));
        }
        if (!taken) return counted_(outcome_kind::not_asked);
        curl_multi_wakeup(multi_);
    }

private:
    void run() {
        while (true) {
            begin_some();
            int running = 0;
            curl_multi_perform(multi_, &running);
            int left = 0;
            while (CURLMsg* said = curl_multi_info_read(multi_, &left)) {
                if (said->msg == CURLMSG_DONE) end(said->easy_handle, said->data.result);
            }
            {
                const std::lock_guard hold(guard_);
                if (ending_) return;
                if (!waiting_.empty() && under_way_.size() < options_.at_once) continue;
            }
            curl_multi_poll(multi_, nullptr, 0, look_again_ms, nullptr);
        }
    }

    void begin_some() {
        while (under_way_.size() < options_.at_once) {
            question next;
            {
                const std::lock_guard hold(guard_);
                if (waiting_.empty()) return;
                next = std::move(waiting_.front());
                waiting_.pop_front();
            }
            if (!breaker_.may_ask(breaker::clock::now()) || !begin(std::move(next))) counted_(outcome_kind::not_asked);
        }
    }

    bool begin(question what) {
        CURL* handle = curl_easy_init();
        if (handle == nullptr) return false;
        auto one = std::make_unique<transfer>();
        one->body = write_question(options_.model, what.text);
        one->what = std::move(what);
        one->most = options_.answer_bytes;
        one->headers = curl_slist_append(nullptr, "Content-Type: application/json");
        if (!options_.key.empty())
            one->headers = curl_slist_append(one->headers, ("Authorization: Bearer " + options_.key).c_str());
        curl_easy_setopt(handle, CURLOPT_URL, options_.url.c_str());
        curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, scheme_.c_str());
        curl_easy_setopt(handle, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
        curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, one->headers);
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, one->body.data());
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(one->body.size()));
        curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.deadline.count()));
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
        curl_easy_setopt(handle, CURLOPT_WRITEDATA, one.get());
        if (!options_.ca_file.empty()) {  // then nobody else's word counts
            curl_easy_setopt(handle, CURLOPT_CAINFO, options_.ca_file.c_str());
            curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
        }
        if (curl_multi_add_handle(multi_, handle) != CURLM_OK) {
            curl_easy_cleanup(handle);
            return false;
        }
        under_way_.emplace(handle, std::move(one));
        return true;
    }

    void end(CURL* handle, CURLcode result) {
        long status = 0;
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        const auto at = under_way_.find(handle);
        const auto one = std::move(at->second);
        under_way_.erase(at);
        curl_multi_remove_handle(multi_, handle);
        curl_easy_cleanup(handle);
        if (result != CURLE_OK || status != 200) return fail(result, status);
        auto found = read_answer(one->answer, options_.threshold);
        if (!found) return fail(CURLE_OK, status);
        breaker_.succeeded();
        counted_(found->empty() ? outcome_kind::answered : outcome_kind::flagged);
        if (!found->empty()) one->what.found(std::move(*found));
    }

    void fail(CURLcode result, long status) {
        breaker_.failed(breaker::clock::now());
        const bool refused = status >= 400 && status < 500;
        counted_(result == CURLE_OPERATION_TIMEDOUT ? outcome_kind::late
                 : refused                          ? outcome_kind::refused
                                                    : outcome_kind::failed);
    }

    const classifier_options options_;
    const std::function<void(outcome_kind)> counted_;
    const std::string scheme_;
    breaker breaker_;  // the thread's
    CURLM* multi_;
    std::unordered_map<CURL*, std::unique_ptr<transfer>> under_way_;  // the thread's
    std::mutex guard_;
    std::deque<question> waiting_;  // guarded
    bool ending_ = false;           // guarded
    std::thread thread_;
};

classifier::classifier(classifier_options options, std::function<void(outcome_kind)> counted) {
    const auto scheme = part_of(options.url, CURLUPART_SCHEME);
    if (scheme != "https" && !(scheme == "http" && on_this_machine(options.url)))
        throw startup_error("remote_classifier.url: only https, or http on this machine: people's words travel there");
    if (!options.ca_file.empty() && !std::ifstream(options.ca_file))
        throw startup_error("remote_classifier.ca_file: " + options.ca_file + " cannot be read");
    if (!(options.threshold > 0 && options.threshold <= 1))
        throw startup_error("remote_classifier.threshold: a number above 0 and up to 1");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        throw startup_error("remote_classifier: the library for requests cannot be started");
    loop_ = std::make_unique<loop>(std::move(options), std::move(counted));
}

classifier::~classifier() = default;

void classifier::ask(std::string text, std::function<void(std::vector<remote_finding>)> found) {
    loop_->add({std::move(text), std::move(found)});
}

}  // namespace hearth::remote
