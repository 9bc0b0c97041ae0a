#include "moderation/claims.hpp"

namespace hearth::moderation {

void claim_book::add(claim one) {
    auto id = one.id;
    claims_.emplace(std::move(id), std::move(one));
}

const claim* claim_book::find(std::string_view id) const {
    const auto found = claims_.find(id);
    return found == claims_.end() ? nullptr : &found->second;
}

const claim_text& text_for(const claim& one, std::string_view language) {
    static const claim_text none;
    for (const auto wanted : {language, std::string_view("en")}) {
        if (const auto found = one.texts.find(wanted); found != one.texts.end()) return found->second;
    }
    return one.texts.empty() ? none : one.texts.begin()->second;
}

}  // namespace hearth::moderation
