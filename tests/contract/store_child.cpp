// A process to be killed: says messages as fast as the store takes them and prints each one that was acknowledged.
#include <unistd.h>

#include <cstdlib>
#include <semaphore>

#include "contract/place.hpp"
#include "contract/values.hpp"
#include "store/waiting.hpp"

using namespace hearth;
using namespace hearth::contract;

namespace {

/// One line per acknowledgement, written before anything else can happen.
void print(const std::string& line) {
    if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::_Exit(3);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    const std::string round = arguments[2];
    const person speaker{{arguments[3]}, "Rowan", role::member};
    const auto talking = open_at(arguments[1]);
    const room_info room = store::wait(*talking, &store_type::find_room, "harbour").value();
    std::counting_semaphore<64> places(64);
    for (int i = 0;; ++i) {
        const std::string key = round + "-" + std::to_string(i);
        store::room_commit unit = a_say(room, a_message(speaker, key, "text of " + key));
        if (i % 5 == 0) {
            unit.opened = a_case("c" + key, room, speaker);
            unit.audit = {an_entry("message.hold", key)};
        }
        places.acquire();
        talking->commit(std::move(unit), store::at_once::instance(), [&places, key](outcome<store::committed> got) {
            if (!got) std::_Exit(4);
            print(key + " " + std::to_string(got->seqs.at(0)) + "\n");
            places.release();
        });
    }
}
