// Applying events to records.
#include "recourse/lifecycle/evolve.hpp"

namespace recourse {

bool pause_instead(record& all, event const& happened) {
    bool const is_its_own = happened.lifecycle == suspension::lifecycle_type::code;
    if (is_its_own || !is_suspended(all)) return false;
    auto& paused = all.of<suspension::lifecycle_type>().back().kept.paused;
    if (happened.clock_stopped || happened.clock_started)
        std::erase_if(paused, [&](auto const& one) {
            return one.lifecycle == happened.lifecycle && one.number == happened.number;
        });
    if (auto const& started = happened.clock_started)
        paused.push_back(
            {happened.lifecycle, happened.number, {started->kind, started->due, started->since}, happened.at, {}});
    return true;
}

void suspend_clocks(record& all, event const& happened) {
    if (happened.lifecycle != suspension::lifecycle_type::code) return;
    auto const& told = all.suspensions()[happened.number - 1];
    bool const begins = told.in<suspension::suspended>();
    for_each_machine(all, [&]<class L>(machine<L>& one) {
        if (L::code == suspension::lifecycle_type::code) return;
        if (begins) return one.clock.reset();
        for (auto const& each : told.kept.resumed) {
            if (each.lifecycle == L::code && each.number == one.number)
                one.clock = lifecycle::running_clock{each.clock.kind, each.clock.due, each.clock.since};
        }
    });
}

void carry_out(record& all, migration::policy_migrated const& told) {
    all.of<dispute::lifecycle_type>().kept.policy = told.to;
    for_each_machine(all, [&]<class L>(machine<L>& one) {
        for (auto const& each : told.moved) {
            if (each.lifecycle == L::code && each.number == one.number)
                one.clock = lifecycle::running_clock{each.clock.kind, each.clock.due, each.clock.since};
        }
    });
}

void evolve(record& all, event const& happened) {
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code != happened.lifecycle) return;
        lifecycle::for_each(lifecycle::events_of<L>{}, [&]<class Body>() {
            if (auto const* body = std::get_if<Body>(&happened.body)) evolve_by<L>(all, happened, *body);
        });
    });
}

}  // namespace recourse
