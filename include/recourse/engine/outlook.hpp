// The outlook: what becomes of a dispute by time alone, prospect by prospect, and who could still change it.
//
//     auto const ahead = outlook_of(key, all, money, known, now);
//     ahead.prospects[0]                  // as of now
//     ahead.prospects[1].at               // the next deadline, and the dispute after it
//     waits(ahead)[0].owed_by           // {role::seller}: he must answer ...
//     waits(ahead)[0].until             // ... before this instant, or
//     waits(ahead)[0].otherwise         // "negotiation.seller_lapsed": the buyer may escalate
//
// Nothing is stored; every prospect is what `lapse` would record.
#pragma once

#include "recourse/engine/decide.hpp"

namespace recourse {

struct prospect {
    instant at;
    record all;
    std::optional<account> money;
    std::vector<recorded> lapses;  // the deadlines that passed at this instant; of the first, all that were due
};

struct outlook {
    std::vector<prospect> prospects;  // the first is now; the last is the end, unless the calendars do not reach so far
    std::optional<instant> unknown_from;  // the deadline after which a calendar has no data
};

// Throws failure{calendar_not_covered} only for what was due by `now`.
outlook outlook_of(dispute_key const& key, record const& before, std::optional<account> const& money,
                   terms const& known, instant now);

// What silence until a deadline does.
struct consequence {
    std::string event;                         // the first that is recorded: "negotiation.seller_lapsed"
    std::string_view stage;                    // where the dispute goes: "in_mediation"; empty if it stays where it is
    std::optional<award> awarded;              // if a settlement or a return begins with it
    std::optional<recourse::outcome> outcome;  // if the dispute is closed by it
    bool operator==(consequence const&) const = default;
};

// A running clock, and who is waited for.
struct wait {
    std::uint8_t lifecycle = 0;  // whose machine
    std::uint32_t number = 1;
    std::uint8_t state = 0;
    lifecycle::clock clock{};
    std::vector<role> owed_by;    // who could do what is waited for; nobody in particular while the parties may agree
    instant until;                // exclusive: from then on it is too late
    lifecycle::clock ended_by{};  // this clock, or another that runs out earlier and ends this wait as well
    std::optional<consequence> otherwise{};  // nullopt: a calendar does not reach so far
    bool operator==(wait const&) const = default;
};

// Every running clock as of now; what somebody owes comes first, then by `until`.
std::vector<wait> waits(outlook const& ahead);

// Who can do what a clock waits for, in this state of the dispute.
std::vector<role> owed_by(record const& all, lifecycle::clock kind);

// Whether this very person or system is meant: the parties by their ids, a mediator unless another has taken the dispute.
bool owes(record const& all, wait const& waiting, actor const& who);

// "the dispute goes to mediation", "the dispute is closed: expired", "the buyer may escalate"
std::string to_text(consequence const&);

}  // namespace recourse
