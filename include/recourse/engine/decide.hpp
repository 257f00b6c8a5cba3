// decide: what a command does to a dispute, as a pure function. Nothing is read and nothing is written; what happened
// comes back as events, and the caller makes them durable.
//
// Deadlines that are due at or before `now` are applied first, each at its own instant, whether the command is then
// accepted or refused: so the answer never depends on how late a timer ran.
#pragma once

#include "recourse/calendar/deadline.hpp"
#include "recourse/engine/account.hpp"
#include "recourse/engine/command.hpp"
#include "recourse/policy/policy.hpp"

namespace recourse {

class host_rules;  // engine/host_rules.hpp

// Until when a dispute over a line may be opened, exclusive.
struct protected_until {
    line_id line;
    instant ends;
};

// Another dispute over the same payment that is open.
struct dispute_beside {
    dispute_id dispute;
    order_id order;
    actor_id buyer;
    actor_id seller;
    bool is_amendable = false;  // it is negotiated or mediated
};

// Whose days count: the policy, and the calendars and zones of the parties.
struct terms {
    recourse::policy const* policy = nullptr;
    policy_reference reference;
    business_calendar const* buyer_calendar = nullptr;
    business_calendar const* seller_calendar = nullptr;
    std::optional<time_zone> buyer_zone;
    std::optional<time_zone> seller_zone;
    calendar_set const* calendars = nullptr;  // where the calendars that the policy names are; null: the built-in ones
    // What other records over the same payment say, looked up for one command.
    std::vector<line_amount> given_up{};            // by disputes, for a refund by another route
    std::vector<protected_until> protections{};     // in the file of the payment, for a claim
    std::vector<dispute_beside> disputes_beside{};  // where the policy merges disputes
    terms const* migrates_to = nullptr;             // under the policy that a command asks for instead; null: none
    host_rules const* host = nullptr;               // the host's own vetoes and effects; null: none
};

// Which row of which table was taken; for coverage and for people.
struct taken_row {
    std::uint8_t lifecycle = 0;
    std::size_t row = 0;  // in reading order
    bool operator==(taken_row const&) const = default;
};

// What one command, or one deadline that passed, has recorded.
struct recorded {
    std::optional<next_deadline> lapse;  // the deadline, when it was one
    std::vector<event> events;           // at least one
    std::vector<taken_row> rows;         // one an event
    record after;
    std::optional<account> money;  // the account after it, if it changed
};

struct decision {
    std::vector<recorded> lapses;
    std::optional<recorded> accepted;
    refusals refused;  // empty if and only if the command was accepted, or there was none
};

// Throws failure{calendar_not_covered} when a deadline falls into a year that its calendar does not know.
decision decide(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
                command const& asked, instant now);

// The instant as of which a command is decided: when it was sent, if that is at most `skew_seconds` before `now` and not
// before the last event, a recorded lapse among them; otherwise `now`. The log is never reordered.
instant decided_as_of(command const& asked, record const& before, instant now, std::int64_t skew_seconds) noexcept;

// Only what time alone has done by `now`.
decision lapse(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
               instant now);

// What a dispute, or the file of the payment, hears of another record over the same payment.
struct payment_news {
    bool chargeback_was_opened = false;
    std::vector<line_amount> given_up{};  // of what the dispute holds; freed already
    // Of a dispute that was merged into it: which one, and its units.
    std::optional<dispute_id> merged{};
    std::vector<claim_line> joined{};
};

// What a record does because of what it hears, after its own deadlines; nullopt: nothing. `money` is the account after
// what was heard of. A dispute is closed, suspended or resumed, its held refunds leave, its claim becomes smaller; the
// file asks back what the buyer has twice.
std::optional<recorded> hear(dispute_key const& key, record const& before, account const& money, terms const& known,
                             actor const& by, payment_news const& news, instant at);

// What a dispute would give up of a line at most: what its claim holds, and no refund order has taken.
std::int64_t claimed_minor(record const& all, line_id const& line) noexcept;
// What a refund by another route needs of each line beyond what is free; and what of that a dispute gives up, which is
// taken off `lacking`.
std::vector<line_amount> lacking_for(account const& of, std::vector<line_amount> lines);
std::vector<line_amount> given_up_by(record const& all, std::vector<line_amount>& lacking);

// The deadline that a clock would have, counted from an instant; and why, day by day.
lifecycle::started_clock start_clock(lifecycle::clock kind, instant from, terms const& known);
explanation explain_clock(lifecycle::clock kind, instant from, terms const& known);
// The same of a clock that runs; one that ends with a fact of the order, a promised delivery, names the fact.
explanation explain_clock(lifecycle::running_clock const& running, terms const& known);
// The same of a clock that goes on after a suspension, with what remained of it.
explanation explain_clock(lifecycle::started_clock const& resumed);
// Until when the parties of a dispute that closes at an instant may still write; nullopt where the policy says not at all.
std::optional<instant> end_of_recontact(instant closed, terms const& known);
// The end of buyer protection of a line by the order's facts; nullopt as long as it has not started.
std::optional<deadline> protection_end(order_facts const& order, line_id const& line, terms const& known);

}  // namespace recourse
