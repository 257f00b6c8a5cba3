// A policy: everything that differs between marketplaces, as data. Read from a JSON document, pinned to each dispute
// by id, version and the SHA-256 of the document's bytes.
//
//     auto const policy = read_policy(text);         // every problem with its pointer, or the policy
//     find_preset("aliexpress")->text                // a document that is built in
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/anchor.hpp"
#include "recourse/calendar/calendar_set.hpp"
#include "recourse/calendar/date.hpp"
#include "recourse/calendar/deadline.hpp"
#include "recourse/calendar/legal_period.hpp"
#include "recourse/calendar/service_hours.hpp"
#include "recourse/vocabulary/channel.hpp"
#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/input.hpp"
#include "recourse/vocabulary/order.hpp"
#include "recourse/vocabulary/outcome.hpp"
#include "recourse/vocabulary/partial.hpp"
#include "recourse/vocabulary/party.hpp"
#include "recourse/vocabulary/policy_reference.hpp"
#include "recourse/vocabulary/remedy.hpp"
#include "recourse/vocabulary/silence.hpp"

namespace recourse {

// Where a figure comes from.
enum class basis : std::uint8_t { documented, secondary, assumed };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<basis>{"documented", "secondary", "assumed"};

// A period with whose days it counts: "buyer", "seller", or the name of a holiday calendar or a zone.
struct clock_rule {
    deadline_rule rule;
    std::string calendar = "buyer";
    std::string zone = "buyer";
    recourse::basis basis = basis::assumed;
    std::string note;  // the clause, or why the figure was chosen
    std::optional<legal_regime>
        regime{};            // counted as that law counts, and not by the rule's own start, roll and cut-off
    std::string schedule{};  // of service_hours: whose calendar and zone are then those above
    bool operator==(clock_rule const&) const = default;
};

// Which fact of the order starts buyer protection.
enum class anchor : std::uint8_t { paid, shipped, delivered };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<anchor>{"paid", "shipped", "delivered"};

struct reason_rule {
    recourse::reason reason;
    std::string title;
    std::vector<remedy> remedies;         // that may be claimed, offered and awarded
    std::vector<evidence_kind> evidence;  // of each kind listed at least one piece at opening
    partial_rule partial{};               // which amounts the parties may claim and offer; a mediator awards any
    bool waits_for_delivery = false;      // where disputes are held for it; if no reason says so, all of them wait
    // A reason of which this one is a kind. What is left out is the parent's; a parent is a heading of the host's screens,
    // and no dispute is opened for it.
    std::optional<recourse::reason> parent{};
    std::optional<anchor_rule> not_before{};  // besides the start of protection
    std::optional<anchor_rule> not_after{};   // besides its end
    bool is_heading = false;                  // some other reason has it as its parent; no member of the document
    bool operator==(reason_rule const&) const = default;
};

struct clock_rules {
    clock_rule negotiation;
    clock_rule seller_response;
    clock_rule buyer_response;
    clock_rule decision;
    clock_rule information;
    clock_rule return_terms;
    clock_rule return_shipment;
    clock_rule return_transit;
    clock_rule return_inspection;
    clock_rule refund_result;
    clock_rule refund_recovery;
    // needed where the policy has what they are for
    std::optional<clock_rule> contact_wait{};
    std::optional<clock_rule> contact_opening{};
    std::optional<clock_rule>
        escalation_wait{};  // from the opening on; not needed: without it the seller's answer opens escalation
    std::optional<clock_rule> mediation_lease{};  // how long a mediator holds a dispute before another may take it over
    std::optional<clock_rule> appeal_window{};
    std::optional<clock_rule> appeal_window_of_loser{};  // shorter, for whoever got nothing of what was asked
    std::optional<clock_rule> appeal_evidence{};
    std::optional<clock_rule> appeal_review{};
    std::optional<clock_rule> replacement_shipment{};
    std::optional<clock_rule> replacement_transit{};
    std::optional<clock_rule> replacement_confirmation{};
    std::optional<clock_rule> performance{};
    std::optional<clock_rule> suspension{};
    bool operator==(clock_rules const&) const = default;
};

// What silence does: no dispute waits for ever.
struct silence_rules {
    silence seller = silence::opens_escalation;
    silence buyer = silence::opens_escalation;
    silence negotiation_end = silence::closes;    // never opens_escalation: that would wait for ever
    silence mediator = silence::grants_claim;     // grants_claim or closes
    silence lost_return = silence::grants_claim;  // grants_claim, closes or by_label
    silence appeal = silence::upholds;            // upholds, grants_claim or closes
    bool operator==(silence_rules const&) const = default;
};

struct limit_rules {
    std::uint32_t offers_per_party = 1;
    std::uint32_t information_requests = 1;
    std::uint32_t refund_attempts = 1;
    std::uint32_t evidence_pieces = 1;
    std::int64_t evidence_bytes = 1;  // of one piece
    bool operator==(limit_rules const&) const = default;
};

// Before a dispute: the buyer writes to the seller first.
struct contact_rules {
    bool required = false;
    bool answer_ends_wait = true;  // the seller's answer lets the buyer open at once
    bool operator==(contact_rules const&) const = default;
};

// Whether an amended claim gives the seller his full time to answer again.
enum class answer_restart : std::uint8_t { always, when_raised, never };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<answer_restart>{"always", "when_raised", "never"};

struct amendment_rules {
    std::uint32_t most = 0;
    bool in_mediation = false;
    answer_restart restarts_answer = answer_restart::when_raised;
    bool voids_offers = true;  // the seller's open offers end with the claim that they answered
    bool operator==(amendment_rules const&) const = default;
};

struct escalation_rules {
    bool at_once = false;    // no negotiation: a dispute goes to mediation when it is opened
    bool by_seller = false;  // the seller may escalate as well
    bool operator==(escalation_rules const&) const = default;
};

struct mediation_rules {
    std::uint32_t proposals = 0;        // that a mediator may put to both parties
    bool parties_may_settle = false;    // offers between the parties while a mediator has the dispute
    bool holds_for_delivery = false;    // what waits for delivery is held until the end of the promised one
    bool decisions_cite_rules = false;  // at least one of `rules`
    bool merges_disputes = false;       // of two over one payment one may go on with what both are about
    // Of a decision, also on appeal; zero: none. nullopt: at most what the dispute is about.
    std::optional<money> penalty_cap{};
    bool operator==(mediation_rules const&) const = default;
};

struct appeal_rules {
    std::uint32_t levels = 0;
    std::vector<ground> grounds;
    bool needs_new_evidence = true;
    recourse::execution execution = execution::suspensive;
    std::uint32_t information_requests = 0;  // how often the reviewer may ask, in each appeal
    bool operator==(appeal_rules const&) const = default;
};

// When a return for a refund is paid.
enum class refund_moment : std::uint8_t { inspection, delivery, shipment };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<refund_moment>{"inspection", "delivery", "shipment"};

struct return_rules {
    refund_moment refund_at = refund_moment::inspection;
    bool host_provides_label = false;  // the host is asked for one at once, and may say where the goods go
    bool operator==(return_rules const&) const = default;
};

struct alternative_rule {
    alternative_id alternative;
    std::string title;
    bool operator==(alternative_rule const&) const = default;
};

// A rule of the marketplace that a decision cites.
struct cited_rule {
    rule_id rule;
    std::string title;
    bool operator==(cited_rule const&) const = default;
};

// What an open chargeback does to a dispute over the same payment.
enum class chargeback_effect : std::uint8_t { suspends, closes, continues };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<chargeback_effect>{"suspends", "closes", "continues"};

struct chargeback_rules {
    chargeback_effect on_open = chargeback_effect::closes;
    bool operator==(chargeback_rules const&) const = default;
};

// Who may write to whom in each stage of a dispute, and how much.
struct channel_rules {
    channel_kind negotiation = channel_kind::direct;
    channel_kind mediation = channel_kind::through_mediator;
    channel_kind returning = channel_kind::direct;
    channel_kind settlement = channel_kind::direct;
    std::optional<clock_rule> recontact;  // from closing on, the parties to each other; nothing: the channel closes too
    std::int64_t text_bytes = 2000;       // of one message
    std::uint32_t attachments = 10;       // of one message; each as large as a piece of evidence
    bool operator==(channel_rules const&) const = default;
};

// What a seller may add to protection by himself.
struct extension_rule {
    std::uint32_t most = 0;        // how often, for each line; none: he may not
    std::int32_t days_in_all = 0;  // calendar days
    bool operator==(extension_rule const&) const = default;
};

struct protection_rule {
    anchor from = anchor::shipped;
    clock_rule length;
    extension_rule extensions{};
    std::optional<anchor_rule> starts{};  // in the place of `from`
    parcel_choice parcels = parcel_choice::last;
    bool operator==(protection_rule const&) const = default;
};

// How often units may be disputed again whose disputes ended without a refund; without such a rule, as long as
// protection runs. Units of a line have no names, so those of one line are counted together.
struct reopen_rule {
    std::uint32_t most = 0;
    bool operator==(reopen_rule const&) const = default;
};

// What the platform funds at most for orders paid from a day on.
struct coverage_rule {
    date from;
    money cap;
    bool operator==(coverage_rule const&) const = default;
};

// The commands that bring evidence, and the stages in which it is brought: in the last three by commands of their own,
// in the others also of somebody's own accord.
enum class evidence_action : std::uint8_t {
    open_dispute,
    amend_claim,
    submit_evidence,
    provide_information,
    contest_return,
    inspect_return,
    reject_replacement,
    file_appeal,
    join_appeal,
    submit_appeal_evidence,
    provide_appeal_information,
};
template <>
inline constexpr std::array<std::string_view, 11> wire_names<evidence_action>{"open_dispute",
                                                                              "amend_claim",
                                                                              "submit_evidence",
                                                                              "provide_information",
                                                                              "contest_return",
                                                                              "inspect_return",
                                                                              "reject_replacement",
                                                                              "file_appeal",
                                                                              "join_appeal",
                                                                              "submit_appeal_evidence",
                                                                              "provide_appeal_information"};
enum class evidence_stage : std::uint8_t { negotiating, in_mediation, returning, exchanging, remedying, under_appeal };
template <>
inline constexpr std::array<std::string_view, 6> wire_names<evidence_stage>{
    "negotiating", "in_mediation", "returning", "exchanging", "remedying", "under_appeal"};

// Kinds that an action calls for: always, for one reason, or where one remedy is claimed or awarded.
struct evidence_requirement {
    evidence_action action{};
    std::vector<evidence_kind> kinds;  // of each at least one piece
    std::optional<recourse::reason> reason{};
    std::optional<recourse::remedy> remedy{};
    bool operator==(evidence_requirement const&) const = default;
};
struct evidence_stage_rule {
    evidence_stage stage{};
    std::vector<party> by;  // none: nobody
    bool operator==(evidence_stage_rule const&) const = default;
};
// Who sees what is brought in a stage, beside who brought it and the marketplace.
struct evidence_view_rule {
    evidence_stage stage{};
    std::vector<party> to;  // none: neither party sees the other's
    bool operator==(evidence_view_rule const&) const = default;
};

// What evidence is taken, beside the limits. Stages that are not listed take it from both parties, and show it to both.
struct evidence_rules {
    std::vector<std::string> media_types{};  // "image/jpeg" or "image/*"; none: any
    std::vector<evidence_requirement> required{};
    std::vector<evidence_stage_rule> stages{};
    bool frozen_at_ruling = false;  // what was decided for the parties is decided on the evidence there was
    std::vector<evidence_view_rule> shown{};
    bool operator==(evidence_rules const&) const = default;
};
// Whether a piece of that media type is taken; letters count without their case, parameters ("; charset=utf-8") not.
bool takes_media_type(evidence_rules const& rules, std::string_view media_type);

// A name for what several anchors of the policy run from. The facts are those of an order: policy_fact_names.
struct named_anchor {
    std::string anchor;
    anchor_rule is;
    bool operator==(named_anchor const&) const = default;
};
inline constexpr std::array<std::string_view, 4> policy_fact_names{"paid", "shipped", "estimated_delivery",
                                                                   "delivered"};

// The hours in which somebody is there, for clocks in service_hours.
struct schedule_rule {
    std::string schedule;  // its name
    std::string calendar = "seller";
    std::string zone = "seller";
    std::vector<service_window> windows{};
    bool operator==(schedule_rule const&) const = default;
};

// What a buyer is asked for, against whom the marketplace counts so many strikes or more.
struct strike_rule {
    std::uint32_t strikes = 1;
    std::vector<evidence_kind> evidence{};  // at opening, beside what anybody brings: of each at least one piece
    std::vector<remedy> remedies{};         // that such a buyer may claim, of those of the reason; none: all of them
    bool operator==(strike_rule const&) const = default;
};
// What the parties' conduct changes. It never moves a deadline.
struct conduct_rules {
    std::vector<strike_rule> strikes{};         // ascending; of those that a buyer has reached the last counts
    std::optional<clock_rule> prompt_answer{};  // from the opening on: a seller who acts in it keeps a good name
    bool operator==(conduct_rules const&) const = default;
};

struct policy_source {
    std::string document;
    std::string read;  // the date, "2026-11-22"
    bool operator==(policy_source const&) const = default;
};

// For which orders a policy is meant, in the host's own names. A list that is empty, or a day that is left out, takes all
// of them; recourse/policy/selector.hpp chooses.
struct order_selector {
    std::vector<std::string> site{};
    std::vector<std::string> category{};
    std::vector<std::string> payment_method{};
    std::vector<std::string> seller_type{};
    std::optional<date> ordered_from{};    // the first day, where the buyer lives
    std::optional<date> ordered_before{};  // the first day that is too late
    bool operator==(order_selector const&) const = default;
};

// Somebody is told that a clock will run out. It changes nothing.
struct reminder_rule {
    std::string clock;  // "seller_response": a clock that runs, or "protection"
    period before;      // its end, on the calendar and in the zone of that clock
    std::vector<role> to;
    bool operator==(reminder_rule const&) const = default;
};

struct policy {
    std::uint32_t format = 1;
    policy_id id;
    std::uint32_t version = 0;
    std::string title;
    std::vector<policy_source> sources;
    protection_rule protection;
    std::vector<reason_rule> reasons;
    clock_rules clocks;
    silence_rules silences;
    limit_rules limits;
    // what a policy may have beyond the plain course
    contact_rules contact{};
    amendment_rules amendments{};
    escalation_rules escalation{};
    mediation_rules mediation{};
    appeal_rules appeals{};
    return_rules returns{};
    chargeback_rules chargebacks{};
    std::vector<alternative_rule> alternatives{};
    std::vector<cited_rule> rules{};
    tender_order tenders{};  // which tender is refunded first
    channel_rules channel{};
    std::vector<coverage_rule> coverage{};  // by `from`, ascending; none: the platform funds without limit
    std::optional<reopen_rule> reopen{};
    evidence_rules evidence{};
    std::vector<named_anchor> anchors{};  // each may use those before it; the rules of a policy that was read use none
    recourse::rounding rounding = recourse::rounding::half_up;  // of percents
    std::vector<schedule_rule> schedules{};
    std::optional<order_selector> applies_to{};  // without it the policy is had by its name only
    std::vector<reminder_rule> reminders{};
    conduct_rules conduct{};
    bool operator==(policy const&) const = default;
};

// Every problem at once: what is not JSON, unknown or missing members, wrong values, unknown calendars and zones, a
// silence that would leave a dispute waiting for ever. The calendars are those that a clock may name.
result<policy, input_problems> read_policy(std::string_view text, calendar_set const& calendars = {});

// The JSON Schema (draft 2020-12) of the documents that `read_policy` reads, laid out for people; docs/policy.schema.json.
// What is right under it may still have members that do not go together: `read_policy` tells.
std::string policy_schema();

struct preset {
    std::string_view name;
    std::string_view text;
};
// The documents of src/policy/presets. nullptr: there is none of that name.
preset const* find_preset(std::string_view name);
std::vector<std::string_view> preset_names();

}  // namespace recourse
