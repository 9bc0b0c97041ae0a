#include "store/redis/cluster.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "store/redis/greeting.hpp"
#include "store/redis/request.hpp"

namespace hearth::store::redis {
namespace {

constexpr std::chrono::milliseconds between_tries{20}, between_refreshes{250};

inquiry::question who_has_which_slots(const endpoint& where) {
    return {signing_in(where), request("CLUSTER").add("SLOTS").wire(),
            [](const reply& got) { return got.what == reply::type::list && !got.items.empty(); },
            "no cluster: no slot is given to anybody"};
}

/// Of "MOVED 3999 127.0.0.1:6381", as ASK says it, too. A host that is left out is the one that said it.
host_port read_place(const std::string& error, const host_port& from) {
    const auto place = std::string_view(error).substr(error.rfind(' ') + 1);
    const auto colon = place.rfind(':');
    host_port out{from.host, 0};
    if (colon == std::string_view::npos) return out;
    if (colon > 0) out.host = std::string(place.substr(0, colon));
    std::from_chars(place.data() + colon + 1, place.data() + place.size(), out.port);
    return out;
}

endpoint at_place(endpoint where, const host_port& place) {
    where.host = place.host;
    where.port = place.port;
    return where;
}

}  // namespace

cluster::cluster(boost::asio::io_context& loop, const endpoint& where, const options& how, events to_tell)
    : loop_(loop),
      where_(where),
      how_(how),
      tell_(std::move(to_tell)),
      map_(loop, where.cluster, who_has_which_slots(where), how.deadline),
      owners_(slot_count),
      patience_(how.deadline),
      again_(loop) {}

void cluster::connect() { refresh(); }

// Who has what

void cluster::refresh() {
    refresh_at_ = connection::clock::now() + between_refreshes;
    map_.find([this](const host_port* of, const reply* got, const std::string& why_not) {
        if (!of) {
            if (!known_) tell_.lost(why_not);
            return;
        }
        try {
            const auto ranges = read_slots(*got, *of);
            if (!known_ && covered(ranges) != slot_count)
                return tell_.lost("the cluster has given " + std::to_string(covered(ranges)) + " of its " +
                                  std::to_string(slot_count) + " slots to somebody");
            refreshed(ranges);
        } catch (const std::exception& problem) { tell_.lost(problem.what()); }
    });
}

void cluster::refreshed(const std::vector<slot_range>& ranges) {
    known_ = true;
    const auto before = std::exchange(primaries_, {});
    std::fill(owners_.begin(), owners_.end(), host_port{});
    for (const auto& each : ranges) {
        std::fill(owners_.begin() + each.first, owners_.begin() + each.last + 1, each.primary);
        if (std::find(primaries_.begin(), primaries_.end(), each.primary) == primaries_.end())
            primaries_.push_back(each.primary);
    }
    for (const auto& each : primaries_) {
        map_.add(each);
        lane_at(each);
    }
    // Who is primary no more may have stopped without a word.
    for (const auto& each : before)
        if (!still_there(at_place(where_, each))) lane_at(each).drop("it has no slots any more");
}

lane& cluster::lane_at(const host_port& place) {
    auto& found = lanes_[place.name()];
    if (!found) {
        found = std::make_unique<lane>(
            loop_, at_place(where_, place), how_,
            lane::events{tell_.ready, tell_.lost, [this, place](call one, const reply* got, lane::fate what) {
                             answered(place, std::move(one), got, what);
                         }});
        found->connect();
    }
    return *found;
}

bool cluster::ready() const {
    return known_ && std::all_of(primaries_.begin(), primaries_.end(), [this](const host_port& each) {
               const auto found = lanes_.find(each.name());
               return found != lanes_.end() && found->second->ready();
           });
}

bool cluster::idle() const {
    return everywhere_ == 0 && std::all_of(traffic_.begin(), traffic_.end(), [](const auto& each) {
               return each.second.in_flight == 0 && each.second.held.empty();
           });
}

void cluster::locate(reconnecting::on_located found) {
    map_.find([this, found = std::move(found)](const host_port* of, const reply*, const std::string& why_not) {
        if (!of || primaries_.empty()) return found(nullptr, of ? "its servers are not known yet" : why_not);
        found(&primaries_[listeners_place_++ % primaries_.size()], {});
    });
}

bool cluster::still_there(const endpoint& place) const {
    return std::find(primaries_.begin(), primaries_.end(), host_port{place.host, place.port}) != primaries_.end();
}

void cluster::tick(std::chrono::milliseconds deadline) {
    if (deadline < patience_)
        for (auto& [slot, of] : traffic_)
            for (auto& [number, each] : of.held) each.until = std::min(each.until, connection::clock::now() + deadline);
    patience_ = deadline;
    map_.look_at_deadline();
    for (auto& [name, each] : lanes_) each->tick(deadline);
    std::erase_if(lanes_, [this](const auto& each) {
        return each.second->idle() && !still_there(each.second->link().where()) && !each.second->ready();
    });
    if (connection::clock::now() >= refresh_at_) refresh();
}

// Calls on their way

void cluster::push(call one) {
    one.number = ++last_number_;
    one.until = connection::clock::now() + patience_;
    if (one.slot == every_server) return send_everywhere(std::move(one));
    auto& of = traffic_[one.slot];
    const auto number = one.number;
    if (of.alone || !of.held.empty())
        of.held.emplace(number, std::move(one));
    else
        send(of, std::move(one));
}

void cluster::flush() {
    for (auto& [name, each] : lanes_) each->flush();
}

void cluster::send(traffic& of, call one) {
    const auto& owner = owners_[static_cast<std::size_t>(one.slot)];
    one.asking = of.asked_at.port != 0;
    if (!one.asking && owner.port == 0) return hold(of, std::move(one), between_tries);
    ++of.in_flight;
    lane_at(one.asking ? of.asked_at : owner).push(std::move(one));
}

void cluster::answered(const host_port& from, call one, const reply* got, lane::fate fate) {
    const bool in_doubt = fate == lane::fate::in_doubt;
    if (one.slot == every_server) return tell_.answered(one, got, in_doubt);
    auto& of = traffic_[one.slot];
    --of.in_flight;
    const bool was_alone = std::exchange(of.alone, false);
    const auto what = judge(from, one, got, fate);
    if (what == verdict::done) {
        const int slot = one.slot;
        of.asked_at = {};
        if (one.asking && got) owners_[static_cast<std::size_t>(slot)] = from;  // all of it has arrived there
        tell_.answered(one, got, in_doubt);
        if (was_alone) release(slot, of);
        return;
    }
    of.asked_at = {};
    if (what == verdict::moved) owners_[static_cast<std::size_t>(one.slot)] = read_place(got->text, from);
    if (what == verdict::ask) of.asked_at = read_place(got->text, from);
    if (what == verdict::moved || !got) refresh_at_ = {};
    hold(of, std::move(one), what == verdict::again ? between_tries : connection::clock::duration{});
}

cluster::verdict cluster::judge(const host_port& from, const call& one, const reply* got, lane::fate fate) {
    if (fate != lane::fate::answered) return fate == lane::fate::in_doubt ? verdict::done : verdict::again;
    if (!got->is_error()) return verdict::done;
    const std::string& error = got->text;
    if (error.starts_with("MOVED ")) return verdict::moved;
    if (error.starts_with("ASK ")) return verdict::ask;
    if (one.until < connection::clock::now()) return verdict::done;
    if (error.starts_with("TRYAGAIN") || error.starts_with("CLUSTERDOWN")) return verdict::again;
    if (!has_to_begin_anew(error)) return verdict::done;
    lane_at(from).drop(error);
    return verdict::again;
}

void cluster::hold(traffic& in, call one, connection::clock::duration pause) {
    const auto number = one.number;
    in.held.emplace(number, std::move(one));
    in.alone = false;
    in.again_at = connection::clock::now() + pause;
    if (std::exchange(again_planned_, true)) return;
    again_.expires_after(between_tries);
    again_.async_wait([this](boost::system::error_code problem) {
        if (!problem) try_again();
    });
}

/// Its first one is done where it was sent, so the others will be.
void cluster::release(int slot, traffic& of) {
    const auto owner = owners_[static_cast<std::size_t>(slot)];
    for (auto& [number, each] : std::exchange(of.held, {})) send(of, std::move(each));
    if (owner.port != 0) lane_at(owner).flush();
}

void cluster::try_again() {
    again_planned_ = false;
    if (connection::clock::now() >= refresh_at_) refresh();
    bool more = false;
    for (auto& [slot, of] : traffic_) {
        expire(of);
        if (of.held.empty()) continue;
        more = true;
        if (of.in_flight > 0 || connection::clock::now() < of.again_at) continue;
        auto first = of.held.extract(of.held.begin());
        of.alone = true;
        send(of, std::move(first.mapped()));
    }
    flush();
    if (!more || std::exchange(again_planned_, true)) return;
    again_.expires_after(between_tries);
    again_.async_wait([this](boost::system::error_code problem) {
        if (!problem) try_again();
    });
}

void cluster::expire(traffic& of) {
    const auto now = connection::clock::now();
    while (!of.held.empty() && of.held.begin()->second.until < now) {
        const auto late = of.held.extract(of.held.begin());
        tell_.answered(late.mapped(), nullptr, false);
    }
}

void cluster::send_everywhere(call one) {
    struct gathering {
        call what;
        reply list;
        std::size_t open = 0;
        bool failed = false;
    };
    if (primaries_.empty()) return tell_.answered(one, nullptr, false);
    const auto all = std::make_shared<gathering>();
    all->what = std::move(one);
    all->list.what = reply::type::list;
    all->open = primaries_.size();
    ++everywhere_;
    for (const auto& each : primaries_) {
        const auto told = [this, all](const reply* got) {
            if (got && !got->is_error())
                all->list.items.push_back(*got);
            else
                all->failed = true;
            if (--all->open > 0) return;
            --everywhere_;
            tell_.answered(all->what, all->failed ? nullptr : &all->list, false);
        };
        auto& to = lane_at(each);
        if (to.ready())
            to.link().current().send(wire_of(std::span(&all->what, 1)), told);
        else
            told(nullptr);
    }
}

std::unique_ptr<servers> cluster_of_servers(boost::asio::io_context& loop, const endpoint& where, const options& how,
                                            servers::events to_tell) {
    return std::make_unique<cluster>(loop, where, how, std::move(to_tell));
}

}  // namespace hearth::store::redis
