// Finding anchors among the facts, and the deadlines that run from them.
#include "recourse/calendar/anchor.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "calendar/walk.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

using sentence = std::string;

// An answer without its explanation.
struct found {
    std::optional<moment> at;
    std::vector<std::string> missing;
    std::vector<std::string> may_come;
    std::string waits_for;
};

void add(std::vector<std::string>& to, std::vector<std::string> const& names) {
    for (auto const& name : names) {
        if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
    }
}

// "a", "both a and b", "all of a, b and c"; "either a or b", "one of a, b or c".
sentence joined_words(std::vector<sentence> const& parts, anchor_kind kind) {
    std::vector<sentence> once;
    add(once, parts);
    if (once.empty()) return {};
    if (once.size() == 1) return once.front();
    bool const all = kind == anchor_kind::last_of;
    auto const last = std::move(once.back());
    once.pop_back();
    return fmt::format("{} {} {} {}", once.size() == 1 ? (all ? "both" : "either") : (all ? "all of" : "one of"),
                       fmt::join(once, ", "), all ? "and" : "or", last);
}

date day_of(moment const& when, time_zone const& zone) {
    return zone.local_date({when.at.microseconds - (when.ends_day ? 1 : 0)});
}

sentence words_of(moment const& when, time_zone const& zone) {
    return when.ends_day ? due_in_words(when.at, zone) : in_words(when.at, zone);
}

bool is_in_range(instant at) { return first_instant <= at && at <= last_instant; }

sentence beyond_range(anchor_offset const& offset, moment const& from, time_zone const& zone) {
    return fmt::format("{} {} {} is not within the years 0001 to 9999", walk::period_words(offset.length),
                       offset.direction == offset_direction::after ? "after" : "before", words_of(from, zone));
}

// Asked about no day where days are only counted, so it need not know any.
business_calendar const& every_day_calendar() {
    static business_calendar const plain =
        business_calendar::make(calendar_content{.name = "every_day", .title = "Every day", .data_version = "1"})
            .value();
    return plain;
}

result<business_calendar const*, sentence> calendar_for(counting const& on, bool asked) {
    if (on.calendar != nullptr) return on.calendar.get();
    if (asked) return failed{sentence{"No calendar is known to count business days on"}};
    return &every_day_calendar();
}

deadline_rule rule_from(moment const& from, period const& length, counting const& on) {
    // What is promised for a day has no time of the day that could be too late.
    return {.length = length,
            .start = on.start,
            .roll = roll_rule::none,
            .cut_off = from.ends_day ? std::nullopt : on.cut_off};
}

// The instant that a deadline runs from so that its day 0 is the day of the moment.
instant counted_from(moment const& from, period_unit unit) {
    bool const in_days = unit != period_unit::hours && unit != period_unit::service_hours;
    return from.ends_day && in_days ? instant{from.at.microseconds - 1} : from.at;
}

result<moment, sentence> service_hours_from(moment const& from, anchor_offset const& offset, counting const& on) {
    if (on.schedule == nullptr) {
        return failed{fmt::format("{} cannot be counted: no service hours are known", to_text(offset.length))};
    }
    auto const sign = offset.direction == offset_direction::after ? 1 : -1;
    auto const at =
        on.schedule->add(from.at, sign * std::int64_t{offset.length.length} * 3'600, edge_convention::close);
    if (!at) return failed{to_text(at.error())};
    return moment{*at, false};
}

result<moment, sentence> days_before(moment const& from, anchor_offset const& offset, counting const& on) {
    auto const day_zero = day_of(from, on.zone);
    auto const& length = offset.length;
    auto first = walk::shifted(day_zero, length.unit, -std::int64_t{length.length});
    if (length.unit == period_unit::business_days) {
        auto const calendar = calendar_for(on, true);
        if (!calendar) return failed{calendar.error()};
        auto const reached = (*calendar)->add_business_days(day_zero, -length.length);
        if (!reached) return failed{to_text(reached.error())};
        first = *reached;
    }
    if (!first) return failed{beyond_range(offset, from, on.zone)};
    return moment{on.zone.start_of_day(*first), false};
}

result<moment, sentence> with_offset(moment const& from, anchor_offset const& offset, counting const& on) {
    auto const& length = offset.length;
    bool const after = offset.direction == offset_direction::after;
    if (length.unit == period_unit::service_hours) return service_hours_from(from, offset, on);
    if (length.unit == period_unit::hours) {
        instant const at = plus_seconds(from.at, (after ? 1 : -1) * std::int64_t{length.length} * 3'600);
        if (!is_in_range(at)) return failed{beyond_range(offset, from, on.zone)};
        return moment{at, false};
    }
    if (!after) return days_before(from, offset, on);
    auto const rule = rule_from(from, length, on);
    auto const calendar =
        calendar_for(on, length.unit == period_unit::business_days || rule.start != start_rule::count);
    if (!calendar) return failed{calendar.error()};
    auto const due = compute_deadline(rule, counted_from(from, length.unit), **calendar, on.zone);
    if (!due) return failed{to_text(due.error())};
    return moment{due->due, true};
}

// The days between an anchor and the end of the length after it; the first day of a length before it.
void tell_offset(walk::steps& told, moment const& from, moment const& at, anchor_offset const& offset,
                 counting const& on) {
    auto const& length = offset.length;
    if (offset.direction == offset_direction::after && length.unit == period_unit::service_hours) {
        auto why = explain(length, from.at, *on.schedule);
        if (why) std::move(why->steps.begin(), why->steps.end(), std::back_inserter(told));
    } else if (offset.direction == offset_direction::after) {
        auto const calendar = calendar_for(on, false);
        auto why = explain(rule_from(from, length, on), counted_from(from, length.unit), **calendar, on.zone);
        if (why) std::move(why->steps.begin(), why->steps.end(), std::back_inserter(told));
    } else {
        if (length.unit == period_unit::business_days) {
            walk::business_days(told, day_of(from, on.zone), day_of(at, on.zone), *on.calendar);
        }
        told.push_back(walk::step(step_kind::anchored, day_of(at, on.zone),
                                  fmt::format("{}, {} before", words_of(at, on.zone), walk::period_words(length))));
    }
}

class finder {
  public:
    finder(known_facts const& facts, counting const& on, walk::steps* told) : facts_{facts}, on_{on}, told_{told} {}

    result<found, sentence> find(anchor_rule const& rule) const {
        auto answer = rule.kind == anchor_kind::fact ? fact(rule) : among(rule);
        if (!answer || !answer->at || !rule.offset) return answer;
        auto const at = with_offset(*answer->at, *rule.offset, on_);
        if (!at) return failed{at.error()};
        if (told_ != nullptr) tell_offset(*told_, *answer->at, *at, *rule.offset, on_);
        answer->at = *at;
        return answer;
    }

  private:
    result<found, sentence> fact(anchor_rule const& rule) const {
        auto const known =
            std::find_if(facts_.begin(), facts_.end(), [&](auto const& one) { return one.name == rule.fact; });
        if (known == facts_.end()) return found{std::nullopt, {rule.fact}, {}, rule.fact};
        if (told_ != nullptr) {
            told_->push_back(walk::step(step_kind::anchored, day_of(known->when, on_.zone),
                                        fmt::format("{}, {}", rule.fact, words_of(known->when, on_.zone))));
        }
        return found{known->when, {}, {}, {}};
    }

    result<found, sentence> among(anchor_rule const& rule) const {
        bool const first = rule.kind == anchor_kind::first_of;
        found answer;
        std::vector<found> parts;
        std::vector<sentence> waiting;
        std::size_t chosen = 0;
        for (auto const& one : rule.of) {
            auto part = find(one);
            if (!part) return failed{part.error()};
            if (part->at && (!answer.at || (first ? *part->at < *answer.at : *part->at > *answer.at))) {
                answer.at = part->at;
                chosen = parts.size();
            }
            if (!part->at) waiting.push_back(part->waits_for);
            parts.push_back(*std::move(part));
        }
        if (!waiting.empty() && !first) answer.at.reset();
        for (auto const& part : parts) {
            if (!part.at) add(answer.at ? answer.may_come : answer.missing, part.missing);
            // What is known of the last of several moves it only if it is the last itself.
            if (answer.at && part.at && (first || *part.at == *answer.at)) add(answer.may_come, part.may_come);
        }
        if (!answer.at) answer.waits_for = joined_words(waiting, rule.kind);
        if (answer.at && told_ != nullptr && rule.of.size() > 1) {
            told_->push_back(
                walk::step(step_kind::anchored, day_of(*answer.at, on_.zone),
                           fmt::format("{}, the {} of {}: {}", words_of(*answer.at, on_.zone), first ? "first" : "last",
                                       rule.of.size(), to_text(rule.of[chosen]))));
        }
        return answer;
    }

    known_facts const& facts_;
    counting const& on_;
    walk::steps* told_;
};

// A fact that cannot be; empty when there is none.
sentence problem_of(known_facts const& facts) {
    for (auto one = facts.begin(); one != facts.end(); ++one) {
        bool const again = std::any_of(facts.begin(), one, [&](auto const& other) { return other.name == one->name; });
        if (again) return fmt::format("The fact {} is told twice", quoted(one->name));
        if (!is_in_range(one->when.at)) {
            return fmt::format("The fact {} is at {} microseconds, not within the years 0001 to 9999",
                               quoted(one->name), one->when.at.microseconds);
        }
    }
    return {};
}

result<anchor_rule, sentence> usable(anchor_rule const& rule, known_facts const& facts) {
    if (auto problem = problem_of(facts); !problem.empty()) return failed{std::move(problem)};
    return checked(rule);
}

date first_day_of(known_facts const& facts, time_zone const& zone) {
    auto const first = std::min_element(facts.begin(), facts.end(),
                                        [](auto const& left, auto const& right) { return left.when < right.when; });
    return day_of(first->when, zone);
}

// Where the day may come to lie when predicted holidays fall on another day; nothing if it stays where it is.
std::optional<day_range> may_fall(known_facts const& facts, date last, counting const& on,
                                  std::function<std::optional<moment>(counting const&)> const& found_on) {
    if (on.calendar == nullptr) return std::nullopt;
    auto const first = first_day_of(facts, on.zone);
    return walk::may_fall(*on.calendar, {std::min(first, last), std::max(first, last)}, last,
                          [&](business_calendar const& other) -> std::optional<date> {
                              auto moved = on;
                              moved.calendar = borrowed(other);
                              auto const at = found_on(moved);
                              if (!at) return std::nullopt;
                              return day_of(*at, on.zone);
                          });
}

}  // namespace

result<anchor_answer, std::string> resolve(anchor_rule const& rule, known_facts const& facts, counting const& on) {
    if (auto const problem = usable(rule, facts); !problem) return failed{problem.error()};
    anchor_answer answer;
    auto known = finder{facts, on, &answer.steps}.find(rule);
    if (!known) return failed{std::move(known).error()};
    answer.at = known->at;
    answer.missing = std::move(known->missing);
    answer.may_come = std::move(known->may_come);
    answer.waits_for = std::move(known->waits_for);
    if (!answer.at) return answer;
    answer.may_fall = may_fall(facts, day_of(*answer.at, on.zone), on, [&](counting const& moved) {
        auto const other = finder{facts, moved, nullptr}.find(rule);
        return other ? other->at : std::nullopt;
    });
    return answer;
}

}  // namespace recourse
