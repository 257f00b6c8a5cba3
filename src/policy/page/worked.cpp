// Worked dates: computed as the engine computes deadlines, and told by their own explanation.
#include "policy/page/worked.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "policy/clock_named.hpp"
#include "policy/page/words.hpp"
#include "recourse/calendar/clock_time.hpp"
#include "recourse/calendar/holidays.hpp"

namespace recourse::page {
namespace {

constexpr std::int32_t noon = 12 * 3600;

std::string party_or_name(std::string_view named, std::string_view what) {
    if (named == "buyer" || named == "seller") return fmt::format("the {}'s {}", named, what);
    return fmt::format("the {} {}", what, named);
}

// What made the answer other than a plain count: weekends in one number, everything else by its name.
std::string skipped(explanation const& told) {
    std::string words;
    int weekend_days = 0;
    auto const say = [&](std::string_view more) { words += fmt::format("{}{}", words.empty() ? "" : ", ", more); };
    for (auto const& step : told.steps) {
        switch (step.kind) {
            case step_kind::skipped:
                if (step.reason == "weekend")
                    ++weekend_days;
                else
                    say(fmt::format("skips {} ({}{})", to_words(step.first), step.reason,
                                    step.known_by == certainty::predicted ? ", predicted" : ""));
                break;
            case step_kind::start_moved: say(fmt::format("begins on {}, an open day", to_words(step.first))); break;
            case step_kind::rolled: say(fmt::format("moved to {}, an open day", to_words(step.first))); break;
            case step_kind::cut_off: say(fmt::format("counts as begun on {}", to_words(step.first))); break;
            case step_kind::offset_changed: say("the clocks are changed on the way"); break;
            default: break;
        }
    }
    if (weekend_days > 0) say(fmt::format("skips {} weekend day{}", weekend_days, weekend_days == 1 ? "" : "s"));
    if (told.may_fall)
        say(fmt::format("may fall from {} to {}", to_words(told.may_fall->earliest), to_words(told.may_fall->latest)));
    return words;
}

}  // namespace

page_days days_of(clock_rule const& rule, page_setting const& on) {
    auto days = rule.zone == "seller" ? on.seller : on.buyer;
    if (rule.zone != "buyer" && rule.zone != "seller") {
        if (auto const zone = time_zone::find(rule.zone)) days.zone = *zone;
    }
    if (rule.calendar == "buyer")
        days.calendar = on.buyer.calendar;
    else if (rule.calendar == "seller")
        days.calendar = on.seller.calendar;
    else
        days.calendar = on.calendars != nullptr ? on.calendars->find(rule.calendar) : find_calendar(rule.calendar);
    return days;
}

instant noon_of(clock_rule const& rule, page_setting const& on) {
    auto const zone = days_of(rule, on).zone;
    // No zone skips its noon in a way that `compatible` has no answer for.
    auto const at = zone.to_instant(on.start, noon);
    return at ? at->at : zone.start_of_day(on.start);
}

namespace {

// As the engine counts: by a schedule, by a law, or by the rule itself.
result<explanation, std::string> counted(clock_rule const& rule, policy const& of, instant from,
                                         page_days const& days) {
    if (days.calendar == nullptr) return failed{fmt::format("the calendar {} is not here", rule.calendar)};
    if (!rule.schedule.empty()) {
        auto const named = std::find_if(of.schedules.begin(), of.schedules.end(),
                                        [&](auto const& one) { return one.schedule == rule.schedule; });
        if (named == of.schedules.end()) return failed{fmt::format("there is no schedule {}", rule.schedule)};
        auto hours = growing_schedule::make({.name = named->schedule, .zone = days.zone, .windows = named->windows},
                                            days.calendar);
        if (!hours) return failed{hours.error()};
        // What is compiled by looking for the end reaches as far as the end.
        auto const seconds = std::int64_t{3600} * rule.rule.length.length;
        if (auto const due = hours->add(from, seconds, edge_convention::close); !due)
            return failed{to_text(due.error())};
        auto told = explain(rule.rule.length, from, *hours->compiled());
        if (!told) return failed{to_text(told.error())};
        return *std::move(told);
    }
    if (rule.regime) {
        auto told = explain({*rule.regime, rule.rule.length}, from, *days.calendar, days.zone);
        if (!told) return failed{told.error().sentence};
        return *std::move(told);
    }
    auto told = explain(rule.rule, from, *days.calendar, days.zone);
    if (!told) return failed{to_text(told.error())};
    return *std::move(told);
}

}  // namespace

text worked_date(clock_rule const& rule, policy const& of, page_setting const& on) {
    auto const told = counted(rule, of, noon_of(rule, on), days_of(rule, on));
    if (!told) return {{mark::soft, fmt::format("no date: {}", told.error())}};
    text words = plain(told->due_words);
    if (auto const why = skipped(*told); !why.empty()) add(words, " ("), add(words, why, mark::soft), add(words, ")");
    return words;
}

std::string whose_days(clock_rule const& rule) {
    bool const in_hours =
        rule.rule.length.unit == period_unit::hours || rule.rule.length.unit == period_unit::service_hours;
    bool const of_a_party = rule.zone == "buyer" || rule.zone == "seller";
    auto words =
        rule.zone == rule.calendar && of_a_party
            ? fmt::format("the {}'s {}", rule.zone, in_hours ? "hours" : "days")
            : fmt::format("{}, {}", party_or_name(rule.zone, "zone"), party_or_name(rule.calendar, "calendar"));
    if (rule.rule.start == start_rule::adjust_then_count) words += "; begins on an open day";
    if (rule.rule.roll != roll_rule::none)
        words += fmt::format("; an end on a closed day moves ({})", spaced(wire_name(rule.rule.roll)));
    if (!rule.schedule.empty()) words += fmt::format("; the hours of {}", rule.schedule);
    if (rule.regime) words += fmt::format("; counted as {} counts", wire_name(*rule.regime));
    if (rule.rule.cut_off)
        words += fmt::format("; what comes at {} or later counts as the next day", to_clock_text(*rule.rule.cut_off));
    return words;
}

std::string length_in_words(period const& length) {
    auto unit = spaced(wire_name(length.unit));
    if (length.length == 1 && unit.ends_with('s')) unit.pop_back();
    return fmt::format("{} {}", length.length, unit);
}

namespace {

enum class begins : unsigned char { at_start, at_opening, when_negotiated, when_decided, when_back, when_all_is_done };

// In the order of a course. `after` is the clock whose end it begins with; empty: an instant of the course.
struct course_row {
    std::string_view section;
    std::string_view clock;
    std::string_view after;
    begins when = begins::at_start;
    std::string_view label{};  // empty: that of the clock
};

// clang-format off
constexpr course_row course[] = {
    {"Contact",       "contact_wait",             {},                     begins::at_start},
    {"Negotiation",   "escalation_wait",          {},                     begins::at_opening},
    {"Negotiation",   "seller_response",          {},                     begins::at_opening},
    {"Negotiation",   "buyer_response",           "seller_response"},
    {"Negotiation",   "negotiation",              {},                     begins::at_opening},
    {"Mediation",     "decision",                 {},                     begins::when_negotiated},
    {"Mediation",     "information",              "decision"},
    {"Mediation",     "decision",                 "information",          begins::at_start,  "Decision after a question"},
    {"Appeal",        "appeal_window",            {},                     begins::when_decided},
    {"Appeal",        "appeal_evidence",          "appeal_window"},
    {"Appeal",        "appeal_review",            "appeal_evidence"},
    {"Goods go back", "return_terms",             {},                     begins::when_decided},
    {"Goods go back", "return_shipment",          "return_terms"},
    {"Goods go back", "return_transit",           "return_shipment"},
    {"Goods go back", "return_inspection",        "return_transit"},
    {"Promises",      "performance",              {},                     begins::when_decided},
    {"Promises",      "replacement_shipment",     {},                     begins::when_back},
    {"Promises",      "replacement_transit",      "replacement_shipment"},
    {"Promises",      "replacement_confirmation", {},                     begins::when_all_is_done},
    {"Money",         "refund_result",            {},                     begins::when_all_is_done},
    {"Money",         "refund_recovery",          "refund_result"},
};
// clang-format on

struct named_end {
    std::string_view clock;
    instant at;
};

}  // namespace

bars course_of(policy const& of, page_setting const& on) {
    auto const any_remedy = [&](auto&& chosen) {
        return std::any_of(of.reasons.begin(), of.reasons.end(), [&](auto const& one) {
            return std::any_of(one.remedies.begin(), one.remedies.end(), chosen);
        });
    };
    bool const goods_return = any_remedy([](remedy kind) { return goods_go_back(kind); });
    bool const exchanges = any_remedy([](remedy kind) { return kind == remedy::exchange; });
    auto const is_part = [&](course_row const& row) {
        if (row.section == "Negotiation") return !of.escalation.at_once;
        if (row.section == "Goods go back") return goods_return;
        return true;
    };

    bars made{"A dispute in which everybody takes all of the time there is", {}};
    std::vector<named_end> ends;
    auto const end_of = [&](std::string_view clock) -> std::optional<instant> {
        auto const found =
            std::find_if(ends.rbegin(), ends.rend(), [&](auto const& one) { return one.clock == clock; });
        return found == ends.rend() ? std::nullopt : std::optional{found->at};
    };
    auto const latest = [&](std::optional<instant> before, std::string_view section) {
        for (auto const& row : course) {
            if (!section.empty() && row.section != section) continue;
            if (auto const at = end_of(row.clock); at && (!before || *before < *at)) before = at;
        }
        return before;
    };
    for (auto const& row : course) {
        auto const* rule = is_part(row) ? clock_named(of, row.clock) : nullptr;
        if (rule == nullptr) continue;
        auto const days = days_of(*rule, on);
        auto const start = noon_of(*rule, on);
        auto const opening = end_of("contact_wait").value_or(start);
        auto from = opening;
        if (!row.after.empty()) {
            from = end_of(row.after).value_or(opening);
        } else {
            switch (row.when) {
                case begins::at_start: from = start; break;
                case begins::at_opening: break;
                case begins::when_negotiated: from = end_of("negotiation").value_or(opening); break;
                case begins::when_decided:
                    from = latest(latest(opening, "Mediation"), "Appeal").value_or(opening);
                    break;
                case begins::when_back:
                    from = latest(latest(opening, "Mediation"), "Appeal").value_or(opening);
                    if (exchanges) from = latest(from, "Goods go back").value_or(from);
                    break;
                case begins::when_all_is_done: from = latest(opening, {}).value_or(opening); break;
            }
        }
        auto const told = counted(*rule, of, from, days);
        if (!told) continue;
        auto const due = told->answer.due;
        ends.push_back({row.clock, due});
        auto const* words = words_of_clock(row.clock);
        auto const first = days.zone.local_date(from);
        // The end is exclusive: midnight belongs to the day before it.
        auto const last = std::max(first, days.zone.local_date({due.microseconds - 1}));
        made.all.push_back({std::string{row.section},
                            std::string{!row.label.empty() ? row.label
                                        : words != nullptr ? words->label
                                                           : row.clock},
                            length_in_words(rule->rule.length),
                            fmt::format("{} to {}", to_words(first), to_words(last)), first, last});
    }
    return made;
}

}  // namespace recourse::page
