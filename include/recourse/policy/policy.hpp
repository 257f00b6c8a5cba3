// A policy: everything that differs between marketplaces, as data. Read from a JSON document, pinned to each dispute
// by id, version and the SHA-256 of the document's bytes.
//
//     auto const policy = read_policy(text);         // every problem with its pointer, or the policy
//     find_preset("aliexpress")->text                // a document that is built in
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/calendar_set.hpp"
#include "recourse/calendar/date.hpp"
#include "recourse/calendar/deadline.hpp"
#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/input.hpp"
#include "recourse/vocabulary/order.hpp"
#include "recourse/vocabulary/partial.hpp"
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
    bool operator==(clock_rules const&) const = default;
};

// What silence does: no dispute waits for ever.
struct silence_rules {
    silence seller = silence::opens_escalation;
    silence buyer = silence::opens_escalation;
    silence negotiation_end = silence::closes;    // never opens_escalation: that would wait for ever
    silence mediator = silence::grants_claim;     // grants_claim or closes
    silence lost_return = silence::grants_claim;  // grants_claim or closes
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

struct protection_rule {
    anchor from = anchor::shipped;
    clock_rule length;
    bool operator==(protection_rule const&) const = default;
};

// What the platform funds at most for orders paid from a day on.
struct coverage_rule {
    date from;
    money cap;
    bool operator==(coverage_rule const&) const = default;
};

struct policy_source {
    std::string document;
    std::string read;  // the date, "2026-11-22"
    bool operator==(policy_source const&) const = default;
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
    tender_order tenders{};                 // which tender is refunded first
    std::vector<coverage_rule> coverage{};  // by `from`, ascending; none: the platform funds without limit
    bool operator==(policy const&) const = default;
};

// Every problem at once: what is not JSON, unknown or missing members, wrong values, unknown calendars and zones, a
// silence that would leave a dispute waiting for ever. The calendars are those that a clock may name.
result<policy, input_problems> read_policy(std::string_view text, calendar_set const& calendars = {});

struct preset {
    std::string_view name;
    std::string_view text;
};
// The documents of src/policy/presets. nullptr: there is none of that name.
preset const* find_preset(std::string_view name);
std::vector<std::string_view> preset_names();

}  // namespace recourse
