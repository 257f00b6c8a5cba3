// Reminders: whom the policy wants told, before a deadline, that it is coming. They change nothing and are not recorded:
// a reminder is a function of the clocks that run, and ends with the clock that it is about.
//
//     auto const run = disputes.reminders(last_run, now);   // a worker that runs every minute, or after a day of standing
//     for (auto const& one : run.reminders) send(one);      // each that falls into (last_run, now], of what still runs
//     run.next                                              // when there will be another, as far as it is known now
#pragma once

#include "recourse/calendar/lead_time.hpp"
#include "recourse/engine/decide.hpp"

namespace recourse {

struct reminder {
    dispute_key dispute;
    std::uint8_t lifecycle = 0;  // whose machine waits
    std::uint32_t number = 1;
    lifecycle::running_clock clock;  // what it reminds of
    period before;                   // its end
    instant at;                      // after the clock has started and before it ends
    actor to;                        // the id is empty where it is nobody in particular
    // "remind:G-1/D-1:negotiation:1:seller_response:2026-03-19T16:00:00Z:2 calendar_days:seller": the same for the same
    // reminder, whenever it is asked for; another one when the deadline has moved.
    std::string key;
    bool operator==(reminder const&) const = default;
};

// Those of all clocks that run, past ones too, earliest first. Who has answered is not reminded. Throws
// failure{calendar_not_covered} where the calendar of a clock does not reach back so far.
std::vector<reminder> reminders_of(dispute_key const& key, record const& all, terms const& known);

// The next one of a machine after an instant to somebody in that role; nullopt: there is none, or a calendar does not
// reach so far.
std::optional<instant> remind_at(dispute_key const& key, record const& all, terms const& known, std::uint8_t lifecycle,
                                 std::uint32_t number, role to, instant after);

// Why a reminder is at that instant, day by day back from the deadline.
explanation explain_reminder(reminder const& one, terms const& known);

}  // namespace recourse
