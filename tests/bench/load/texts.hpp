// What members say under load: everyday lines of some hundred bytes, 4,096 different ones, since a server that judges what
// it passes on remembers lines that are always the same, and people's are not.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace load {

/// Line `which`, and the ones after it until there are `least` bytes.
inline std::string everyday_text(std::size_t which, std::size_t least) {
    static constexpr std::array<const char*, 16> openings{"Good morning all, ",
                                                          "Thank you for yesterday, ",
                                                          "Day forty today and ",
                                                          "The bus was late this morning but ",
                                                          "Same here, honestly, ",
                                                          "It rained all night so ",
                                                          "Quick hello from the bus, ",
                                                          "It is Sunday at last and ",
                                                          "My sister visited and ",
                                                          "Not much news from me, ",
                                                          "The new job started and ",
                                                          "I was nervous before the call, then ",
                                                          "You asked how the week went: ",
                                                          "For the first time since spring ",
                                                          "A small win to share, ",
                                                          "Sorry I was quiet lately, "};
    static constexpr std::array<const char*, 16> middles{
        "the walk by the river helped me a lot ", "we cooked soup together and laughed ",
        "I told the group how it really is ",     "the garden is coming along slowly ",
        "I read half a book on the balcony ",     "someone at work asked how I was ",
        "my doctor listened the whole hour ",     "I took the dog twice round the lake ",
        "the breathing exercise worked again ",   "we painted the kitchen a warm yellow ",
        "I rang an old friend from school ",      "the evening class was full of kind faces ",
        "I wrote three pages before breakfast ",  "nobody was cross that I came late ",
        "I slept better than I expected ",        "the choir sang outside and I stayed "};
    static constexpr std::array<const char*, 16> endings{"and I am proud of that.",
                                                         "so one step at a time, I suppose.",
                                                         "which surprised me more than anyone.",
                                                         "how are you all doing tonight?",
                                                         "and that is enough for one day.",
                                                         "thank you for staying with me.",
                                                         "see you at the meeting on Thursday.",
                                                         "I wish it were always like this.",
                                                         "does anyone else know that feeling?",
                                                         "maybe I will try it again next week.",
                                                         "and the kettle is on now.",
                                                         "it was quieter than I feared.",
                                                         "tell me what helped you back then.",
                                                         "I had forgotten how good that is.",
                                                         "and tomorrow I rest, as promised.",
                                                         "and the neighbours sang along too."};
    std::string text;
    do {
        if (!text.empty()) text += ' ';
        const auto mixed = which++ * 2'654'435'761U;  // neighbours share nothing
        text.append(openings[mixed / 256 % 16]).append(middles[mixed / 16 % 16]).append(endings[mixed % 16]);
    } while (text.size() < least);
    return text;
}

}  // namespace load
