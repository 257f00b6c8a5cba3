// replay: events checked for continuity, then applied.
#include "recourse/engine/replay.hpp"

#include <fmt/format.h>

#include "recourse/lifecycle/evolve.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

// What keeps an event from following on a record, as a sentence; empty if nothing does.
std::string gap(record const& before, event const& next) {
    if (next.version != before.version + 1)
        return fmt::format("version {} follows version {}", next.version, before.version);
    if (next.at < before.last_at)
        return fmt::format("its time {} is before {}", to_text(next.at), to_text(before.last_at));
    std::string why = "it belongs to no lifecycle";
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code != next.lifecycle) return;
        why.clear();
        auto const* one = find_machine<L>(before, next.number);
        auto state = L::initial::code;
        if (one != nullptr) state = one->state;
        if constexpr (L::many) {
            if (one == nullptr && next.number != before.of<L>().size() + 1)
                why = fmt::format("there is no {} {}", L::name, next.number);
        } else {
            if (one == nullptr) why = fmt::format("there is no {} {}", L::name, next.number);
        }
        if (why.empty() && state != next.from)
            why = fmt::format("it starts from {}, but {} is {}", lifecycle::state_name<L>(next.from), L::name,
                              lifecycle::state_name<L>(state));
    });
    return why;
}

}  // namespace

record replay(std::span<event const> log) {
    record all;
    for (auto const& next : log) {
        if (auto const why = gap(all, next); !why.empty())
            throw failure{failure_kind::store_corrupt, fmt::format("event {} does not follow: {}", next.version, why)};
        evolve(all, next);
    }
    return all;
}

}  // namespace recourse
