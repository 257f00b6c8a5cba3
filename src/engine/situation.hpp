// What the engine knows when it fills the facts of a lifecycle.
#pragma once

#include "recourse/engine/decide.hpp"

namespace recourse::engine {

struct situation {
    dispute_key const& key;
    record const& all;
    account const* money;  // nullptr until an order is known
    terms const& known;
    actor const& by;
    instant at;
};

clock_rule const& rule_of(lifecycle::clock kind, policy const& of);
reason_rule const* rule_of(reason const& why, policy const& of);
// Whether that is the reason, or one of its parents.
bool is_kind_of(reason const& why, reason const& other, policy const& of);
time_zone zone_of(lifecycle::clock kind, terms const& known);  // whose days the clock counts in
business_calendar const& calendar_of(lifecycle::clock kind, terms const& known);
// A clock whose end an event tells. That of protection was counted by the policy; the others by whoever told of them.
lifecycle::started_clock told_clock(lifecycle::clock kind, instant due, instant from, terms const& known);
// Whether a dispute for this reason is held until the promised delivery.
bool waits_for_delivery(policy const& of, reason const& why);
remedy_set offered_remedies(policy const& of, reason const& why);
// What a buyer may claim, against whom the marketplace may count strikes, and what it asks at opening of such a buyer.
remedy_set claimable_remedies(policy const& of, reason const& why, party_facts const& buyer);
strike_rule const* strikes_reached(policy const& of, party_facts const& buyer) noexcept;  // nullptr: none that matter
partial_amounts partial_refunds(policy const& of, reason const& why, money const& refundable);

// What is wrong with the evidence that a command brings; nullopt when nothing is.
struct evidence_fault {
    refusal code;
    std::string subject;
};
std::optional<evidence_fault> fault(std::vector<evidence> const& brought, situation const& now);
// The same, and whether a kind is missing that the policy calls for with that action; where none is brought at all, the
// action's own guards say whether it may be.
std::optional<evidence_fault> fault(std::vector<evidence> const& brought, evidence_action with, situation const& now);

// The kinds that an action calls for: in a dispute for that reason over that remedy, or over any; in a dispute as it
// stands, where what was awarded counts before what was claimed; and when its claim becomes another.
std::vector<evidence_kind> kinds_required(policy const& of, evidence_action with, reason const& why,
                                          std::optional<remedy> about);
std::vector<evidence_kind> kinds_required(policy const& of, evidence_action with, record const& all);
std::vector<evidence_kind> kinds_for_opening(policy const& of, reason const& why, std::optional<remedy> about,
                                             party_facts const& buyer);
std::vector<evidence_kind> kinds_for_amendment(policy const& of, dispute::instance const& kept, reason const& why,
                                               remedy about);
// One that the policy takes; and which of a piece it does not, with those that it does.
std::string media_type_taken(policy const& of);
std::optional<std::string> media_type_refused(policy const& of, evidence const& piece);

// The hours of a clock that runs in service_hours, and the instant at which so many of their seconds have passed.
growing_schedule schedule_of(clock_rule const& rule, terms const& known);
instant open_time_later(clock_rule const& rule, instant from, std::int64_t seconds, terms const& known);

// When buyer protection of a line starts by what the order tells of it, if it has; and its end, of which protection_end says more.
std::optional<moment> protection_start(order_times const& order, terms const& known);
instant protection_due(moment const& from, order_times const& order, terms const& known);
std::optional<deadline> protection_end(order_times const& order, terms const& known);

// What a reason's own window adds to protection. A side that is not known yet is open where it is the end, and shut where
// it is the beginning.
struct reason_window_of {
    bool has_begun = true;
    std::optional<instant> opens{};
    std::optional<instant> closes{};
};
reason_window_of window_of(reason const& why, order_times const& order, terms const& known, instant now);

// An amount over the claimed lines, in proportion to what can be refunded for each.
std::vector<line_amount> split(money const& amount, std::vector<line_amount> const& lines);

// The refund orders that pay an amount out of these lines: none for nothing, one for each tender that gives something.
std::vector<refund_part> parts(money const& amount, std::vector<line_amount> const& lines, situation const& now);

std::vector<alternative_id> alternatives(policy const& of);
std::vector<rule_id> cited_rules(policy const& of);
// The end of a period that begins now, by a rule of the policy.
instant end_of(clock_rule const& rule, instant from, terms const& known);

// What an award may come to: what is held of the claim, and what was paid of it while an appeal was possible.
money refundable_in_all(record const& all);

// Until when a party that lost all may appeal, where the policy gives it less time than the others. nullopt: as the others.
std::optional<instant> window_of_loser(role who, record const& all, terms const& known);

// Who decides now: under appeal the reviewer, else the mediator; empty while nobody has taken it.
actor_id const& who_decides(record const& all);

bool return_was_contested(record const& all);
// What the buyer asks for; after a contested return the goods do not travel again.
award claim_in_money(record const& all);

}  // namespace recourse::engine
