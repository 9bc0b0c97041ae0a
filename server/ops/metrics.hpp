// What an operator can count. Numbers only: no names, rooms or words.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace hearth::ops {

class metrics {
public:
    metrics();
    ~metrics();
    metrics(const metrics&) = delete;
    metrics& operator=(const metrics&) = delete;

    /// All of these from any thread.
    void message_said(std::string_view disposition);
    void case_opened();
    void page_sent();
    void people_connected(std::size_t now);
    void request_answered(int status);
    void remote_asked(std::string_view outcome);  ///< of a question to the remote classifier
    void rules_read_again(bool taken);

    /// Prometheus text exposition format 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    struct families;
    std::unique_ptr<families> families_;
};

}  // namespace hearth::ops
