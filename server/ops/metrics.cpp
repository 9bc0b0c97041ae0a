#include "ops/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace hearth::ops {
namespace {

prometheus::Family<prometheus::Counter>& counters(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

}  // namespace

struct metrics::families {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& messages =
        counters(registry, "hearth_messages_total", "Messages said, by disposition");
    prometheus::Counter& published = messages.Add({{"disposition", "published"}});
    prometheus::Counter& held = messages.Add({{"disposition", "held"}});
    prometheus::Counter& blocked = messages.Add({{"disposition", "blocked"}});
    prometheus::Counter& cases = counters(registry, "hearth_cases_opened_total", "Review cases opened").Add({});
    prometheus::Counter& pages = counters(registry, "hearth_pages_total", "Cases that call a person on duty").Add({});
    prometheus::Gauge& people = prometheus::BuildGauge()
                                    .Name("hearth_people_connected")
                                    .Help("People with an open WebSocket")
                                    .Register(registry)
                                    .Add({});
    prometheus::Family<prometheus::Counter>& remote = counters(
        registry, "hearth_remote_questions_total", "Questions to the remote classifier, by what became of them");
    prometheus::Family<prometheus::Counter>& reloads =
        counters(registry, "hearth_rules_reloads_total", "Times the rules were read again, by what became of it");
    prometheus::Counter& rules_taken = reloads.Add({{"outcome", "taken"}});
    prometheus::Counter& rules_refused = reloads.Add({{"outcome", "refused"}});
    prometheus::Family<prometheus::Counter>& requests =
        counters(registry, "hearth_http_responses_total", "HTTP responses, by class");
    prometheus::Counter& fine = requests.Add({{"class", "2xx"}});
    prometheus::Counter& elsewhere = requests.Add({{"class", "3xx"}});
    prometheus::Counter& refused = requests.Add({{"class", "4xx"}});
    prometheus::Counter& failed = requests.Add({{"class", "5xx"}});
};

metrics::metrics() : families_(std::make_unique<families>()) {}
metrics::~metrics() = default;

void metrics::message_said(std::string_view disposition) {
    (disposition == "held"      ? families_->held
     : disposition == "blocked" ? families_->blocked
                                : families_->published)
        .Increment();
}
void metrics::case_opened() { families_->cases.Increment(); }
void metrics::page_sent() { families_->pages.Increment(); }
void metrics::people_connected(std::size_t now) { families_->people.Set(static_cast<double>(now)); }
void metrics::remote_asked(std::string_view outcome) {
    families_->remote.Add({{"outcome", std::string(outcome)}}).Increment();
}
void metrics::rules_read_again(bool taken) { (taken ? families_->rules_taken : families_->rules_refused).Increment(); }
void metrics::request_answered(int status) {
    (status >= 500   ? families_->failed
     : status >= 400 ? families_->refused
     : status >= 300 ? families_->elsewhere
                     : families_->fine)
        .Increment();
}

std::string metrics::text() const { return prometheus::TextSerializer().Serialize(families_->registry.Collect()); }

}  // namespace hearth::ops
