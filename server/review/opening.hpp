// Where cases come from: what the rules found, what people report, what an edit changes, and a conversation that slides.
// Pure decisions.
#pragma once

#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/event.hpp"
#include "core/review_case.hpp"
#include "core/room_info.hpp"
#include "moderation/verdict.hpp"
#include "store/store.hpp"

namespace hearth::review {

/// A message where it was seen.
struct sighting {
    const event& message;
    const room_info& room;
    int exposed = 0;  ///< people who can see it: those present for a public message, 0 for a held or blocked one
};

/// The case a verdict asks for; none for `publish`. Its `seq` is the message's (0 before the commit gives one).
/// A verdict without a lane (text the rules could not read) asks for a person in the harm lane at severity 2: what
/// nobody read may be anything.
[[nodiscard]] std::optional<review_case> open_case(case_id id, const moderation::verdict& found, const sighting& seen,
                                                   time_point now);

/// The audit entry for what the server did by itself: a hold or a block. None for a flagged, published message.
[[nodiscard]] std::optional<store::audit_entry> automatic_act(const review_case& opened);

/// What a report does to the review.
struct report_result {
    enum class change : std::uint8_t { nothing, opened, changed } what = change::nothing;
    review_case kase;
};

/// `existing`: the message's case if it has one; else a case with `id_if_new` is opened.
/// - The same person reporting again changes nothing: whatever they add, one voice counts once.
/// - A care reason (suicide.*, selfharm.disclosure, overdose.emergency) opens in the care lane, and moves a case of no
///   greater severity there; what was found in the other lane stays in `categories`.
/// - Reports only raise: severity and page never fall, the due time never moves away.
/// - A report on a decided case opens it again, with a new clock; its decisions stay.
/// Errors: bad_request (`reason`) for one that is neither a taxonomy id nor `other`; not_found for a message whose text
/// is gone and that has no case.
[[nodiscard]] outcome<report_result> add_report(std::optional<review_case> existing, case_id id_if_new,
                                                const sighting& seen, report_entry report, time_point now);

/// What a second judge, who answers late, found in a message.
struct late_finding {
    std::string category;  ///< taxonomy id
    std::string rule;      ///< who says so
};

/// `existing`: the message's case if it has one; else one is opened with `id_if_new`. Late findings only raise: nothing
/// becomes less urgent, and what people have decided stands. None when nothing changes.
[[nodiscard]] std::optional<report_result> add_late_findings(std::optional<review_case> existing, case_id id_if_new,
                                                             const sighting& seen,
                                                             const std::vector<late_finding>& found, time_point now);

/// An edit of a message with a case: the case shows the text that now stands, with what was found in it. Earlier
/// categories and severity stay, so nobody edits their way out of a review. A decided case opens again if the new text
/// asks for a person.
[[nodiscard]] review_case note_edit(review_case kase, std::string text, const moderation::verdict& found,
                                    const sighting& seen, time_point now);

/// What the engine's own finding about a slide is called: this and its kind.
inline constexpr std::string_view drift_rule = "engine.drift.";

/// A conversation that slides, on its last line's case: `existing`, or a new one. Harm lane, nobody is paged, nothing is
/// withheld; a decided case opens again. `what.evidence` is not empty.
[[nodiscard]] review_case add_slide(std::optional<review_case> existing, case_id id_if_new, const room_info& room,
                                    drift_note what, time_point now);

/// Whether a slide is all there is: no rule found one of its lines wanting and nobody reported it.
[[nodiscard]] bool is_slide_alone(const review_case& kase) noexcept;

}  // namespace hearth::review
