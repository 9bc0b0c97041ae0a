// Asks a remote classifier about messages that are already in the room. It only ever adds eyes: nothing waits for it,
// nothing is cleared by it, and its silence changes nothing. Off unless the operator names one, for text leaves the house.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "remote/answer.hpp"
#include "remote/breaker.hpp"

namespace hearth::remote {

struct classifier_options {
    std::string url;  ///< https://…; http:// for loopback only. Empty: there is none
    std::string model = "omni-moderation-latest";
    std::string key;      ///< bearer token; empty: none is sent
    std::string ca_file;  ///< PEM file of authorities to trust; empty: the system's
    double threshold = 0.8;
    std::chrono::milliseconds deadline{3'000};
    std::size_t waiting = 256;  ///< questions kept; more are not asked, and counted
    std::size_t at_once = 8;    ///< questions under way
    std::size_t answer_bytes = 65'536;
    int failures = 5;  ///< in a row, until it is left alone for a while
    std::chrono::seconds pause{15};
    std::chrono::seconds longest_pause{600};
};

/// What became of a question, for the counters.
enum class outcome_kind : std::uint8_t { answered, flagged, failed, late, refused, not_asked };
[[nodiscard]] std::string_view to_string(outcome_kind value) noexcept;

class classifier {
public:
    /// `counted` is called for every question, on any thread. Throws startup_error for options that cannot work.
    classifier(classifier_options options, std::function<void(outcome_kind)> counted);
    /// Gives up what is under way.
    ~classifier();
    classifier(const classifier&) = delete;
    classifier& operator=(const classifier&) = delete;

    /// From any thread, returns at once. `found` is called on the classifier's own thread, only when it found something.
    void ask(std::string text, std::function<void(std::vector<remote_finding>)> found);

private:
    class loop;
    std::unique_ptr<loop> loop_;
};

}  // namespace hearth::remote
