// What a period runs from: named facts, the first or the last of several, and lengths before or after them.
//
//     auto const from = *parse_anchor("first_of(delivered, last_of(estimated_delivery, shipped) + 30 calendar_days)");
//     resolve(from, {{"shipped", {monday}}}, belgium)->at         // nothing: not started
//     resolve(from, {{"shipped", {monday}}}, belgium)->missing    // {"delivered", "estimated_delivery"}
//     parse_anchor("delivered + 3 days").error()                // names the word, its place and the units there are
//
// A fact that is not known means "not started", never a default date. A length after an anchor ends as a deadline ends:
// hours run from the instant; days, weeks, months and years are local days, the day of the anchor is day 0, and the end
// is local midnight after the last day. A length before it is the mirror image: it begins with the first instant of its
// first local day. Lengths that follow each other add up: what runs from the end of a day has that day as its day 0.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/deadline.hpp"
#include "recourse/calendar/explanation.hpp"
#include "recourse/calendar/period.hpp"
#include "recourse/calendar/service_hours.hpp"
#include "recourse/calendar/time_zone.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

// When something was or will be. What is promised for a day and not for an hour is the exclusive end of that local day.
struct moment {
    instant at;
    bool ends_day = false;  // `at` is 24:00 of the day before: a period from here has that day as its day 0
    bool operator==(moment const&) const = default;
    // 24:00 of a day comes before 00:00 of the next one.
    friend constexpr std::strong_ordering operator<=>(moment const& left, moment const& right) noexcept {
        if (auto const order = left.at <=> right.at; order != 0) return order;
        return right.ends_day <=> left.ends_day;
    }
};

inline moment whole_day(date day, time_zone const& zone) { return {zone.end_of_day(day), true}; }

struct known_fact {
    std::string name;
    moment when;
    bool operator==(known_fact const&) const = default;
};
using known_facts = std::vector<known_fact>;  // each name once; in any order

enum class anchor_kind : unsigned char {
    fact,
    first_of,  // the earliest of those that are known
    last_of,   // the latest, once all are known
};
template <>
inline constexpr std::array<std::string_view, 3> wire_names<anchor_kind>{"fact", "first_of", "last_of"};

enum class offset_direction : unsigned char { after, before };

struct anchor_offset {
    period length;
    offset_direction direction = offset_direction::after;
    bool operator==(anchor_offset const&) const = default;
};

struct anchor_rule {
    anchor_kind kind = anchor_kind::fact;
    std::string fact{};             // of a fact: lower case letters, digits and underscores, a letter first
    std::vector<anchor_rule> of{};  // of the others: at least one
    std::optional<anchor_offset> offset{};
    bool operator==(anchor_rule const&) const = default;
};

inline constexpr std::size_t fact_name_length_max = 64;
inline constexpr std::size_t anchor_depth_max = 8;       // a fact alone is 1
inline constexpr std::size_t anchor_names_max = 64;      // facts in one anchor
inline constexpr std::size_t anchor_length_max = 4'096;  // of its text

std::string to_text(anchor_rule const&);
// Anchors with commas between them, each with one offset at most. The error names the word and its place.
result<anchor_rule, std::string> parse_anchor(std::string_view text);
// The error says what an anchor that was made without a text has wrong.
result<anchor_rule, std::string> checked(anchor_rule rule);
std::vector<std::string> fact_names(anchor_rule const&);  // each once, as they come
// A sentence about the first fact that is not among those there can be; empty when there is none.
std::string unknown_fact(anchor_rule const&, std::vector<std::string> const& there_are);

// What days are counted on. The start rule and the cut-off are for lengths after an event, not for those before it.
struct counting {
    std::shared_ptr<business_calendar const> calendar;  // needed only where days are asked for that may be closed
    time_zone zone;
    service_schedule const* schedule = nullptr;  // for service hours
    start_rule start = start_rule::count;
    std::optional<std::int32_t> cut_off{};  // of an event with a time of day, as in a deadline_rule
};

// A calendar that is found elsewhere and lives longer.
inline std::shared_ptr<business_calendar const> borrowed(business_calendar const& calendar) {
    return {std::shared_ptr<business_calendar const>{}, &calendar};
}

struct anchor_answer {
    std::optional<moment> at;           // nothing: not started
    std::vector<std::string> missing;   // without an answer: the facts that it waits for
    std::vector<std::string> may_come;  // with one: facts, not known yet, that may still make it earlier
    std::string waits_for;              // "delivered, or both estimated_delivery and shipped"; empty with an answer
    std::vector<explanation_step> steps;
    std::optional<day_range> may_fall;  // its day, where a predicted holiday may move it
    bool operator==(anchor_answer const&) const = default;
};

// The error is a sentence: a year without data, a fact that is told twice, service hours without a schedule.
result<anchor_answer, std::string> resolve(anchor_rule const&, known_facts const&, counting const&);

// Whose days count, as data.
enum class calendar_choice : unsigned char {
    buyer,
    seller,
    platform,
    either_closed,  // closed when buyer or seller is closed
    both_closed,    // closed when both are
};
template <>
inline constexpr std::array<std::string_view, 5> wire_names<calendar_choice>{"buyer", "seller", "platform",
                                                                             "either_closed", "both_closed"};
enum class zone_choice : unsigned char { buyer, seller, platform };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<zone_choice>{"buyer", "seller", "platform"};

// Calendars and zones of the parties, as far as they are known.
struct party_days {
    business_calendar const* buyer = nullptr;
    business_calendar const* seller = nullptr;
    business_calendar const* platform = nullptr;
    std::optional<time_zone> buyer_zone{};
    std::optional<time_zone> seller_zone{};
    std::optional<time_zone> platform_zone{};
    // Of buyer and seller, joined beforehand; where there is none it is joined anew for each question.
    business_calendar const* either_closed = nullptr;
    business_calendar const* both_closed = nullptr;
};

// The error says whose calendar or zone is not known.
result<counting, std::string> counting_of(party_days const&, calendar_choice, zone_choice);

// A deadline as a policy writes it: what it runs from, how long, and what it may not pass.
struct deadline_term {
    anchor_rule from;
    deadline_rule rule;
    std::optional<anchor_rule> not_before{};            // not known: there is no deadline yet
    std::optional<anchor_rule> not_after{};             // not known: the deadline holds, and may come earlier
    calendar_choice calendar = calendar_choice::buyer;  // for the offsets of the anchors too
    zone_choice zone = zone_choice::buyer;
    bool operator==(deadline_term const&) const = default;
};

struct term_answer {
    std::optional<deadline> due;  // nothing: not started
    std::vector<std::string> missing;
    std::vector<std::string> may_come;
    std::string waits_for;
    std::optional<explanation> why;  // with a deadline
    bool operator==(term_answer const& other) const {
        return due == other.due && missing == other.missing && may_come == other.may_come &&
               waits_for == other.waits_for;
    }
};

// `shown` is what somebody was told: the deadline is not earlier.
result<term_answer, std::string> resolve(deadline_term const&, known_facts const&, party_days const&,
                                         std::optional<instant> shown = {}, service_schedule const* schedule = nullptr);

}  // namespace recourse
