// The members of a policy, for JSON. A clock rule is flat in JSON: its length is text, "5 business_days".
#pragma once

#include <array>
#include <limits>

#include "calendar/json.hpp"
#include "recourse/calendar/clock_time.hpp"
#include "recourse/policy/policy.hpp"
#include "vocabulary/described.hpp"

namespace recourse {

// A clock rule as it stands in the document.
struct written_clock {
    std::string length;
    start_rule start = start_rule::count;
    roll_rule roll = roll_rule::none;
    std::string cut_off;
    std::string calendar = "buyer";
    std::string zone = "buyer";
    recourse::basis basis = basis::assumed;
    std::string note;
    std::optional<legal_regime> regime;
    std::string schedule;
};
BOOST_DESCRIBE_STRUCT(written_clock, (), (length, start, roll, cut_off, calendar, zone, basis, note, regime, schedule))

// A window of a schedule as it stands in the document.
enum class window_day : std::uint8_t { mon, tue, wed, thu, fri, sat, sun };
template <>
inline constexpr std::array<std::string_view, 7> wire_names<window_day>{"mon", "tue", "wed", "thu",
                                                                        "fri", "sat", "sun"};
struct written_window {
    std::vector<window_day> days;
    std::string open;
    std::string close;
};
BOOST_DESCRIBE_STRUCT(written_window, (), (days, open, close))
inline written_window written(service_window const& one) {
    written_window made{{}, to_clock_text(one.open_seconds), to_clock_text(one.close_seconds)};
    for (std::size_t day = 0; day < wire_names<window_day>.size(); ++day) {
        if ((one.days.bits >> day & 1U) != 0) made.days.push_back(static_cast<window_day>(day));
    }
    return made;
}
BOOST_DESCRIBE_STRUCT(schedule_rule, (), (schedule, calendar, zone, windows))

// A reminder as it stands in the document.
struct written_reminder {
    std::string clock;
    std::string before;
    std::vector<role> to;
};
BOOST_DESCRIBE_STRUCT(written_reminder, (), (clock, before, to))

BOOST_DESCRIBE_STRUCT(policy_source, (), (document, read))
BOOST_DESCRIBE_STRUCT(reason_rule, (),
                      (reason, title, remedies, evidence, partial, waits_for_delivery, parent, not_before, not_after))
BOOST_DESCRIBE_STRUCT(clock_rules, (),
                      (negotiation, seller_response, buyer_response, decision, information, return_terms,
                       return_shipment, return_transit, return_inspection, refund_result, refund_recovery, contact_wait,
                       contact_opening, escalation_wait, mediation_lease, appeal_window, appeal_window_of_loser,
                       appeal_evidence, appeal_review, replacement_shipment, replacement_transit,
                       replacement_confirmation, performance, suspension))
BOOST_DESCRIBE_STRUCT(silence_rules, (), (seller, buyer, negotiation_end, mediator, lost_return, appeal))
BOOST_DESCRIBE_STRUCT(limit_rules, (),
                      (offers_per_party, information_requests, refund_attempts, evidence_pieces, evidence_bytes))
BOOST_DESCRIBE_STRUCT(extension_rule, (), (most, days_in_all))
BOOST_DESCRIBE_STRUCT(protection_rule, (), (from, length, extensions, starts, parcels))
BOOST_DESCRIBE_STRUCT(named_anchor, (), (anchor, is))
BOOST_DESCRIBE_STRUCT(coverage_rule, (), (from, cap))
BOOST_DESCRIBE_STRUCT(reopen_rule, (), (most))
BOOST_DESCRIBE_STRUCT(contact_rules, (), (required, answer_ends_wait))
BOOST_DESCRIBE_STRUCT(amendment_rules, (), (most, in_mediation, restarts_answer, voids_offers))
BOOST_DESCRIBE_STRUCT(escalation_rules, (), (at_once, by_seller))
BOOST_DESCRIBE_STRUCT(mediation_rules, (),
                      (proposals, parties_may_settle, holds_for_delivery, decisions_cite_rules, merges_disputes,
                       penalty_cap))
BOOST_DESCRIBE_STRUCT(appeal_rules, (), (levels, grounds, needs_new_evidence, execution, information_requests))
BOOST_DESCRIBE_STRUCT(return_rules, (), (refund_at, host_provides_label))
BOOST_DESCRIBE_STRUCT(alternative_rule, (), (alternative, title))
BOOST_DESCRIBE_STRUCT(cited_rule, (), (rule, title))
BOOST_DESCRIBE_STRUCT(chargeback_rules, (), (on_open))
BOOST_DESCRIBE_STRUCT(channel_rules, (),
                      (negotiation, mediation, returning, settlement, recontact, text_bytes, attachments))
BOOST_DESCRIBE_STRUCT(evidence_requirement, (), (action, kinds, reason, remedy))
BOOST_DESCRIBE_STRUCT(evidence_stage_rule, (), (stage, by))
BOOST_DESCRIBE_STRUCT(evidence_view_rule, (), (stage, to))
BOOST_DESCRIBE_STRUCT(evidence_rules, (), (media_types, required, stages, frozen_at_ruling, shown))
BOOST_DESCRIBE_STRUCT(strike_rule, (), (strikes, evidence, remedies))
BOOST_DESCRIBE_STRUCT(conduct_rules, (), (strikes, prompt_answer))
BOOST_DESCRIBE_STRUCT(order_selector, (), (site, category, payment_method, seller_type, ordered_from, ordered_before))
BOOST_DESCRIBE_STRUCT(policy, (),
                      (format, id, version, title, sources, protection, reasons, clocks, silences, limits, contact,
                       amendments, escalation, mediation, appeals, returns, chargebacks, alternatives, rules, tenders,
                       channel, coverage, reopen, evidence, anchors, rounding, schedules, applies_to, reminders,
                       conduct))

}  // namespace recourse

namespace recourse::json {

template <>
inline constexpr std::array<std::string_view, 3> defaulted<protection_rule>{"from", "extensions", "parcels"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<silence_rules>{"appeal"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<contact_rules>{"answer_ends_wait"};
template <>
inline constexpr std::array<std::string_view, 3> defaulted<amendment_rules>{"in_mediation", "restarts_answer",
                                                                            "voids_offers"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<escalation_rules>{"at_once", "by_seller"};
template <>
inline constexpr std::array<std::string_view, 5> defaulted<mediation_rules>{
    "proposals", "parties_may_settle", "holds_for_delivery", "decisions_cite_rules", "merges_disputes"};
template <>
inline constexpr std::array<std::string_view, 3> defaulted<appeal_rules>{"needs_new_evidence", "execution",
                                                                         "information_requests"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<return_rules>{"refund_at", "host_provides_label"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<evidence_rules>{"frozen_at_ruling"};
template <>
inline constexpr std::array<std::string_view, 12> defaulted<policy>{
    "contact", "amendments",  "escalation", "mediation", "conduct",  "appeals",
    "returns", "chargebacks", "tenders",    "channel",   "evidence", "rounding"};

template <>
inline constexpr std::array<std::string_view, 7> defaulted<written_clock>{"start", "roll", "cut_off", "calendar",
                                                                          "zone",  "note", "schedule"};

void read_value(value const&, clock_rule&, place const&, problems&);
void read_value(value const&, tender_order&, place const&, problems&);
void read_value(value const&, anchor_rule&, place const&, problems&);
void read_value(value const&, service_window&, place const&, problems&);

template <>
inline constexpr std::array<std::string_view, 2> defaulted<schedule_rule>{"calendar", "zone"};
void read_value(value const&, partial_rule&, place const&, problems&);
void read_value(value const&, reminder_rule&, place const&, problems&);

template <>
inline constexpr std::array<std::string_view, 6> defaulted<channel_rules>{"negotiation", "mediation",  "returning",
                                                                          "settlement",  "text_bytes", "attachments"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<reason_rule>{"partial", "waits_for_delivery"};

// clang-format off
template <> inline constexpr std::array<number_range, 2> ranges<policy>{{
    {"format"              , 1, 1},
    {"version"             , 1, std::numeric_limits<std::uint32_t>::max()}}};
template <> inline constexpr std::array<number_range, 5> ranges<limit_rules>{{
    {"offers_per_party"    , 1, 100},
    {"information_requests", 1, 100},
    {"refund_attempts"     , 1, 100},
    {"evidence_pieces"     , 1, 1000},
    {"evidence_bytes"      , 1, std::int64_t{1} << 40}}};
template <> inline constexpr std::array<number_range, 2> ranges<extension_rule>{{
    {"most"                , 0, 100},
    {"days_in_all"         , 0, 3650}}};
template <> inline constexpr std::array<number_range, 1> ranges<reopen_rule>{{
    {"most"                , 0, 100}}};
template <> inline constexpr std::array<number_range, 1> ranges<strike_rule>{{
    {"strikes"             , 1, 1000000}}};
template <> inline constexpr std::array<number_range, 1> ranges<amendment_rules>{{
    {"most"                , 0, 100}}};
template <> inline constexpr std::array<number_range, 1> ranges<mediation_rules>{{
    {"proposals"           , 0, 100}}};
template <> inline constexpr std::array<number_range, 2> ranges<appeal_rules>{{
    {"levels"              , 0, 9},
    {"information_requests", 0, 100}}};
template <> inline constexpr std::array<number_range, 2> ranges<channel_rules>{{
    {"text_bytes"          , 1, text_length_max},
    {"attachments"         , 0, 100}}};

template <> inline constexpr std::array<needed_list, 1> needed<policy>{{
    {"reasons" , "lists no reason, so that no dispute could be opened"}}};
template <> inline constexpr std::array<needed_list, 1> needed<schedule_rule>{{
    {"windows" , "lists no window, so that no hour would ever count"}}};
template <> inline constexpr std::array<needed_list, 1> needed<written_window>{{
    {"days"    , "lists no day"}}};
template <> inline constexpr std::array<needed_list, 1> needed<evidence_requirement>{{
    {"kinds"   , "lists no kind, so that nothing is called for"}}};

// What may be chosen for each silence; the reader says why not the others.
struct silence_choice {
    std::string_view member;
    silence silence_rules::*chosen;
    std::array<silence, 3> allowed;
};
inline constexpr std::array<silence_choice, 6> silence_choices{{
    {"seller"         , &silence_rules::seller         , {silence::opens_escalation, silence::escalates   , silence::grants_claim}},
    {"buyer"          , &silence_rules::buyer          , {silence::opens_escalation, silence::escalates   , silence::closes}},
    {"negotiation_end", &silence_rules::negotiation_end, {silence::escalates       , silence::grants_claim, silence::closes}},
    {"mediator"       , &silence_rules::mediator       , {silence::grants_claim    , silence::closes      , silence::closes}},
    {"lost_return"    , &silence_rules::lost_return    , {silence::grants_claim    , silence::closes      , silence::by_label}},
    {"appeal"         , &silence_rules::appeal         , {silence::upholds         , silence::grants_claim, silence::closes}},
}};
// clang-format on
inline std::vector<std::string_view> allowed_names(std::array<silence, 3> const& allowed) {
    std::vector<std::string_view> names;
    for (auto const one : allowed) {
        if (names.empty() || names.back() != wire_name(one)) names.push_back(wire_name(one));
    }
    return names;
}

}  // namespace recourse::json
