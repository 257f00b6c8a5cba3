// The suspension at work: its members, its facts, its machine.
#include "recourse/lifecycle/suspension.hpp"

#include "engine/described_clock.hpp"
#include "engine/lifecycles/workings_of.hpp"
#include "engine/time_left.hpp"

namespace recourse::suspension {

BOOST_DESCRIBE_STRUCT(paused_clock, (), (lifecycle, number, clock, since, remained))
BOOST_DESCRIBE_STRUCT(resumed_clock, (), (lifecycle, number, clock))
BOOST_DESCRIBE_STRUCT(dispute_suspended, (), (paused))
BOOST_DESCRIBE_STRUCT(dispute_resumed, (), (resumed))
BOOST_DESCRIBE_STRUCT(suspension_lapsed, (), (resumed))
BOOST_DESCRIBE_STRUCT(suspension_called_off, (), (resumed))
BOOST_DESCRIBE_STRUCT(instance, (), (paused, resumed))

}  // namespace recourse::suspension

namespace recourse::engine {

using suspensions = suspension::lifecycle_type;

template <>
suspension::facts workings<suspensions>::facts_for(situation const& now, machine<suspensions> const& one,
                                                   told<suspensions> const&) {
    suspension::facts known;
    if (one.in<suspension::not_begun>()) {
        for_each_machine(now.all, [&]<class L>(machine<L> const& each) {
            if (each.clock)
                known.paused.push_back(
                    {L::code, each.number, *each.clock, now.at, to_text(time_left(*each.clock, now.at, now.known))});
        });
        return known;
    }
    for (auto const& each : one.kept.paused)
        known.resumed.push_back({each.lifecycle, each.number, resumed(each.clock, each.since, now.at, now.known)});
    return known;
}

template <>
bool workings<suspensions>::tell(deciding& doing, std::uint32_t number, told<suspensions> const& command) {
    return doing.tell_machine<suspensions>(number, command);
}

template struct workings<suspensions>;

}  // namespace recourse::engine
