// The cues of `packs/<language>/voice.toml`: the words from which the engine reads who speaks of whom, when, with what
// stance. This is the one list of its keys; the loader refuses any other, and says so with file and line.
//
// Every value is a list of patterns, in the pattern syntax of packs/README.md (alternatives, options, `{lists}` of
// words.toml, `die*`, `~`, `#`; one common word alone is allowed here). Cues count outside the words that a rule itself
// names; words that a rule's gap (`~`) skipped do count. A missing key is an empty list. Keys:
//
//   language       = "en"
//   function_words = []   the 40 to 80 commonest little words, chat spellings too; only to guess a message's language
//   number_words   = []   spelled-out numbers, which `#` matches besides digits ("ten", "quarante", "sepuluh")
//   clause_words   = []   words that start a new clause ("but", "because", "parce que", "tapi"); not "and", "or", "to"
//   idioms         = []   a match that overlaps one of these is nothing ("dying to (try|see)", "mort de rire",
//                         "mati lampu", "kill* time", "en finir avec (l'alcool|…)")
//
//   [who]                  looked for inside the match first, then nearest to it in the clause, then in the sentence
//   self     = []          the author: "i", "i'm", "me", "my", "myself", "j'ai", "moi", "aku", "gue", "saya"
//   you      = []          one reader: "you", "u", "your", "toi", "t'es", "kamu", "lo"
//   everyone = []          the room: "you all", "anyone", "guys", "vous tous", "kalian"
//   other    = []          somebody else: "he", "she", "my (friend|sister|…)", "mon pote", "temenku", "dia"
//
//   [when]                 looked for in the sentence
//   past    = []           a past that is over: "used to", "# years ago", "back then", "when i was", "il y a # ans",
//                          "dulu"; not "yesterday", "last week", "hier", "semalam": what happened then still needs care
//   now     = []           "right now", "at the moment", "en ce moment", "sekarang"; only what is emphatic
//   planned = []           "tonight", "going to", "ce soir", "demain", "nanti malam"; a time or a firm intent
//
//   [stance]
//   negation     = []      before the match, same clause, at most 6 words away: "not", "don't", "never", "ne", "pas",
//                          "plus jamais", "nggak", "bukan", also whole frames that reach over a subject: "don't think",
//                          "doesn't mean"
//   not_negation = []      wholes that hold a negation and negate nothing: "not only", "can't stop", "don't know (if|how)",
//                          "can't (help|wait)", "why (don't|not)", "pas mal de", "nggak tahan"
//   recovering   = []      same or next sentence: "in recovery", "# (days|months|years) (clean|sober)", "that's why i
//                          (stopped|quit)", "got help", "came through", "je m'en suis sorti*", "sudah pulih"
//   quoting      = []      same sentence: a report of what somebody else says, with its speaker if it needs one:
//                          "(he|she|they|people) (said|says|keep* saying)", "told me", "the (site|forum|voice) said",
//                          "i (read|heard) that", "on m'a dit", "katanya", "dia bilang"
//   refusing     = []      same or next sentence: the author turned it down: "i said no", "i hung up", "i blocked (him|her|them)",
//                          "j'ai refusé", "aku tolak"
//   warning      = []      same or next sentence: "please don't", "never ever", "be careful", "it's a (lie|scam|trap)",
//                          "don't (try|do) this", "attention", "jangan ditiru"
//   questioning  = []      same sentence, besides a question mark: "is it (true|safe|ok)", "what is", "est ce que",
//                          "apa benar"
//   asking_help  = []      anywhere: "help me", "what (do|should) i do", "i need help", "aidez moi", "tolong"
//   concern      = []      same sentence: worry about somebody else: "worried about", "scared for", "how (do|can) i help
//                          (him|her|them|my)", "inquiet* pour", "khawatir sama"
//   encouraging  = []      same sentence: pushes someone on: "you should", "just do it", "let's", "come on", "vas y",
//                          "ayo"
//   instructing  = []      same sentence: teaches how: "first you", "make sure (you|to)", "step #", "d'abord tu",
//                          "caranya"
//   selling      = []      same sentence: "for sale", "dm (me|for)", "price*", "promo", "livraison", "harga"
//
//   [contact]              for telephone numbers, addresses, handles and links, which the engine finds by itself
//   own      = []          same sentence: it is the author's: "my (number|mail|address|insta)", "call me (on|at)"
//   others   = []          same sentence: somebody else's: "(his|her|their) (number|address)", "she (lives|works) at"
//   invite   = []          same sentence: come elsewhere: "(text|add|dm|message|find) me", "let's (talk|move)", "écris moi"
//   helpline = []          same sentence: the number is a public service: "helpline", "hotline", "crisis line",
//                          "numéro vert", "layanan", "clinic", "emergency"
//
//   [echo]                 a short answer that means what the message before it means:
//   agree    = []          joins in: "same", "me too", "i'm in", "pareil", "moi aussi", "sama", "gue juga"
//   push     = []          eases it on: "do it", "go for it", "vas y", "fais le", "lakuin aja"
//   ask      = []          wants to know how or where: "how", "where do you get it", "comment", "gimana caranya"
//
// A cue is matched in the rule's own language and in the language the message seems to be in, so that "on", "pas", "si"
// of one language do not act in another.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hearth::moderation {

/// What a cue tells. The order is that of cue_keys.
enum class cue : std::uint8_t {
    function_word,
    number_word,
    clause_word,
    idiom,
    self,
    you,
    everyone,
    other,
    past,
    now,
    planned,
    negation,
    not_negation,
    recovering,
    quoting,
    refusing,
    warning,
    questioning,
    asking_help,
    concern,
    encouraging,
    instructing,
    selling,
    contact_own,
    contact_others,
    contact_invite,
    contact_helpline,
    echo_agree,
    echo_push,
    echo_ask,
};

struct cue_key {
    std::string_view table;  ///< empty: top level
    std::string_view key;
    cue kind;
};

inline constexpr std::array cue_keys{
    cue_key{"", "function_words", cue::function_word},
    cue_key{"", "number_words", cue::number_word},
    cue_key{"", "clause_words", cue::clause_word},
    cue_key{"", "idioms", cue::idiom},
    cue_key{"who", "self", cue::self},
    cue_key{"who", "you", cue::you},
    cue_key{"who", "everyone", cue::everyone},
    cue_key{"who", "other", cue::other},
    cue_key{"when", "past", cue::past},
    cue_key{"when", "now", cue::now},
    cue_key{"when", "planned", cue::planned},
    cue_key{"stance", "negation", cue::negation},
    cue_key{"stance", "not_negation", cue::not_negation},
    cue_key{"stance", "recovering", cue::recovering},
    cue_key{"stance", "quoting", cue::quoting},
    cue_key{"stance", "refusing", cue::refusing},
    cue_key{"stance", "warning", cue::warning},
    cue_key{"stance", "questioning", cue::questioning},
    cue_key{"stance", "asking_help", cue::asking_help},
    cue_key{"stance", "concern", cue::concern},
    cue_key{"stance", "encouraging", cue::encouraging},
    cue_key{"stance", "instructing", cue::instructing},
    cue_key{"stance", "selling", cue::selling},
    cue_key{"contact", "own", cue::contact_own},
    cue_key{"contact", "others", cue::contact_others},
    cue_key{"contact", "invite", cue::contact_invite},
    cue_key{"contact", "helpline", cue::contact_helpline},
    cue_key{"echo", "agree", cue::echo_agree},
    cue_key{"echo", "push", cue::echo_push},
    cue_key{"echo", "ask", cue::echo_ask},
};
inline constexpr std::size_t cue_count = cue_keys.size();

}  // namespace hearth::moderation
