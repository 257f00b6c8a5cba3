// Buyer protection: when it starts and ends for each line of an order, and when disputes may be opened, by reason.
//
//     protection_terms terms;
//     terms.starts = *parse_anchor("shipped");
//     terms.ends = *parse_anchor("first_of(shipped + 60 calendar_days, delivered + 15 calendar_days)");
//     auto const answer = *compute_protection(terms, facts, parties);
//     answer.lines[0].end.at             // 2026-04-04T22:00:00Z, exclusive
//     answer.lines[0].end.may_come       // {"delivered"}: it may still become earlier
//
// Computed anew whenever a fact arrives. Given the answer that people were shown, no end becomes earlier than that
// unless an operator says so. What is not known yet names the facts that it waits for. Facts that cannot be (delivered
// before shipped) are errors, and then there is no answer at all.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/anchor.hpp"
#include "recourse/vocabulary/identity.hpp"
#include "recourse/vocabulary/input.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/order.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

struct policy;

// The terms: data of a policy.

// The facts that every order can tell. A policy may name others, which the host then tells by name.
inline constexpr std::array<std::string_view, 5> protection_fact_names{"paid", "shipped", "estimated_delivery",
                                                                       "delivered", "confirmed"};

// Which ends that were shown may not become earlier.
enum class shown_choice : unsigned char {
    every,    // all of them
    settled,  // not those that were shown as "or earlier, when ... is known"
};
template <>
inline constexpr std::array<std::string_view, 2> wire_names<shown_choice>{"every", "settled"};

// From when and until when a dispute may be opened for a reason.
struct reason_window {
    recourse::reason reason;
    std::optional<anchor_rule> not_before{};  // besides the start of protection
    std::optional<anchor_rule> not_after{};   // besides its end
    bool outlives_protection = false;         // only `not_after` counts
    bool operator==(reason_window const&) const = default;
};

// What sellers may add to protection.
struct extension_limits {
    std::int32_t count = 100;                // for each line
    std::int32_t days_each = 3'650;          // calendar days
    std::int32_t days_in_all = 3'650;        // for each line
    std::optional<anchor_rule> not_after{};  // no extension reaches beyond it; what is longer is cut there
    bool operator==(extension_limits const&) const = default;
};

struct protection_terms {
    anchor_rule starts{.fact = "paid"};
    anchor_rule ends{};                    // exclusive; without an offset protection ends at the anchor itself
    std::vector<reason_window> reasons{};  // each reason once
    extension_limits extensions{};
    parcel_choice parcels = parcel_choice::last;
    shown_choice shown = shown_choice::every;
    // How the days of all anchors are counted. The roll is for ends that are ends of days, after extensions.
    calendar_choice calendar = calendar_choice::buyer;
    zone_choice zone = zone_choice::buyer;
    start_rule start = start_rule::count;
    roll_rule roll = roll_rule::none;
    std::optional<std::int32_t> cut_off{};
    std::vector<std::string> other_facts{};  // names, besides protection_fact_names, that the anchors may use
    bool operator==(protection_terms const&) const = default;
};

// What a policy's rule of protection means: one length from one fact, and no windows but protection itself. A rule that
// names a calendar or a zone instead of a party counts on the platform's, which the host gives.
protection_terms protection_terms_of(policy const&);

// Everything that is wrong with the terms, with pointers from them: "/reasons/0/not_after"; none when they can be used.
input_problems protection_problems(protection_terms const&);

// The facts of an order, as they arrive.

struct protected_line {
    line_id line;
    std::int64_t units = 1;
    std::optional<instant> confirmed{};  // by the buyer, for this line
    bool operator==(protected_line const&) const = default;
};

struct parcel_facts {
    std::string parcel;  // its number, for people
    std::vector<claim_line> lines;
    std::optional<instant> shipped{};
    std::optional<moment> estimated_delivery{};  // whole_day(day, zone) when only a day was promised
    std::optional<instant> delivered{};
    bool operator==(parcel_facts const&) const = default;
};

struct protection_extension {
    std::optional<instant> at{};   // not known: nobody asks whether it came in time
    std::int32_t days = 0;         // calendar days
    std::vector<line_id> lines{};  // none: all lines
    bool operator==(protection_extension const&) const = default;
};

struct protection_facts {
    std::vector<protected_line> lines;
    std::vector<parcel_facts> parcels{};
    std::optional<instant> paid{};
    std::optional<instant> confirmed{};              // by the buyer, for all lines that have none of their own
    std::vector<protection_extension> extensions{};  // by the seller, in the order of their instants
    known_facts others{};
    bool operator==(protection_facts const&) const = default;
};

// What the order of a dispute tells: its parcels, or one with all lines. It knows neither estimates nor confirmations.
protection_facts protection_facts_of(order_facts const&);

// The answer.

struct protection_instant {
    std::optional<instant> at;          // nothing: not known yet
    std::vector<std::string> missing;   // the facts that it waits for
    std::vector<std::string> may_come;  // facts, not known yet, that may still make it earlier
    std::string waits_for;              // "either delivered or both estimated_delivery and shipped"
    bool held_as_shown = false;         // it would be earlier, had it not been shown
    std::vector<explanation_step> steps;
    std::optional<day_range> may_fall;  // its day, where a predicted holiday may move it
    bool operator==(protection_instant const&) const = default;
};

struct opening_window {
    recourse::reason reason;
    protection_instant earliest;
    protection_instant latest;  // exclusive
    // Not as long as either side is not known.
    [[nodiscard]] bool is_open(instant at) const noexcept {
        return earliest.at && latest.at && *earliest.at <= at && at < *latest.at;
    }
    [[nodiscard]] bool never_opens() const noexcept { return earliest.at && latest.at && *latest.at <= *earliest.at; }
    bool operator==(opening_window const&) const = default;
};

struct line_protection {
    line_id line;
    protection_instant start;
    protection_instant end;               // exclusive
    std::int32_t extended_days = 0;       // that the end contains
    std::vector<opening_window> windows;  // in the order of the terms
    bool operator==(line_protection const&) const = default;
};

// An operator's word that ends may become earlier than they were shown.
struct operator_override {
    actor_id by;
    instant at;
    std::string reason;
    bool operator==(operator_override const&) const = default;
};

struct protection {
    std::vector<line_protection> lines;  // in the order of the facts
    std::string calendar;
    std::string zone;
    std::string data_version;
    std::optional<operator_override> overridden;  // with which ends became earlier
    bool operator==(protection const&) const = default;
};

// An earlier answer that people have seen.
struct shown_protection {
    protection answer;
    std::optional<operator_override> overridden{};
};

// What was shown holds: an end that is not known any more, because a fact was taken back, stays as it was shown. Starts
// and earliest instants move freely, both ways.
//
// The error is a sentence: a fact that cannot be, terms that cannot be used, a calendar not known or without data.
result<protection, std::string> compute_protection(protection_terms const&, protection_facts const&, party_days const&,
                                                   std::optional<shown_protection> const& shown = {});

std::string to_text(protection const&, time_zone const&);  // for people; several lines, each ended by a newline
std::string to_json(protection const&);                    // one object on one line

}  // namespace recourse
