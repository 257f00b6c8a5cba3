// Whose days count, and the deadlines of a policy that run from anchors.
#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "calendar/walk.hpp"
#include "recourse/calendar/anchor.hpp"

namespace recourse {

namespace {

using sentence = std::string;

result<std::shared_ptr<business_calendar const>, sentence> named(business_calendar const* known,
                                                                 std::string_view whose) {
    if (known != nullptr) return borrowed(*known);
    return failed{fmt::format("The calendar of the {} is not known", whose)};
}

result<std::shared_ptr<business_calendar const>, sentence> joined_of(party_days const& parties, join_rule rule) {
    auto const* made = rule == join_rule::closed_if_any ? parties.either_closed : parties.both_closed;
    if (made != nullptr) return borrowed(*made);
    auto const buyer = named(parties.buyer, "buyer");
    if (!buyer) return buyer;
    auto const seller = named(parties.seller, "seller");
    if (!seller || parties.seller == parties.buyer) return seller;
    auto both = joined({parties.buyer, parties.seller}, rule);
    if (!both) return failed{std::move(both).error()};
    return std::make_shared<business_calendar const>(*std::move(both));
}

result<std::shared_ptr<business_calendar const>, sentence> calendar_of(party_days const& parties,
                                                                       calendar_choice choice) {
    switch (choice) {
        case calendar_choice::buyer: return named(parties.buyer, "buyer");
        case calendar_choice::seller: return named(parties.seller, "seller");
        case calendar_choice::platform: return named(parties.platform, "platform");
        case calendar_choice::either_closed: return joined_of(parties, join_rule::closed_if_any);
        case calendar_choice::both_closed: return joined_of(parties, join_rule::closed_if_all);
    }
    return failed{sentence{"There is no such choice of a calendar"}};
}

std::optional<time_zone> zone_of(party_days const& parties, zone_choice choice) {
    switch (choice) {
        case zone_choice::buyer: return parties.buyer_zone;
        case zone_choice::seller: return parties.seller_zone;
        case zone_choice::platform: return parties.platform_zone;
    }
    return std::nullopt;
}

void add(std::vector<std::string>& to, std::vector<std::string> const& names) {
    for (auto const& name : names) {
        if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
    }
}

bool in_days(period_unit unit) { return unit != period_unit::hours && unit != period_unit::service_hours; }

result<explanation, sentence> explained(deadline_rule rule, moment const& from, counting const& on,
                                        deadline_bounds const& bounds) {
    if (rule.length.unit == period_unit::service_hours) {
        if (on.schedule == nullptr) {
            return failed{fmt::format("{} cannot be counted: no service hours are known", to_text(rule.length))};
        }
        auto why = explain(rule.length, from.at, *on.schedule, bounds);
        if (!why) return failed{to_text(why.error())};
        return *std::move(why);
    }
    // A moment that ends a day belongs to that day, and has no time of the day that could be too late.
    bool const steps_back = from.ends_day && in_days(rule.length.unit);
    if (from.ends_day) rule.cut_off.reset();
    auto why = explain(rule, {from.at.microseconds - (steps_back ? 1 : 0)}, *on.calendar, on.zone, bounds);
    if (!why) return failed{to_text(why.error())};
    if (steps_back) {
        why->answer.from = from.at;
        why->from_words = due_in_words(from.at, on.zone);
    }
    return *std::move(why);
}

// A bound that is not known is no bound yet; whether there is a deadline all the same is for the caller to say.
result<std::optional<anchor_answer>, sentence> bound_of(std::optional<anchor_rule> const& rule,
                                                        known_facts const& facts, counting const& on) {
    if (!rule) return std::optional<anchor_answer>{};
    auto answer = resolve(*rule, facts, on);
    if (!answer) return failed{std::move(answer).error()};
    return std::optional{*std::move(answer)};
}

std::optional<instant> instant_of(std::optional<anchor_answer> const& bound) {
    if (!bound || !bound->at) return std::nullopt;
    return bound->at->at;
}

result<term_answer, sentence> counted(deadline_term const& term, known_facts const& facts, counting const& on,
                                      std::optional<instant> shown) {
    auto const from = resolve(term.from, facts, on);
    if (!from) return failed{from.error()};
    auto const not_before = bound_of(term.not_before, facts, on);
    if (!not_before) return failed{not_before.error()};
    auto const not_after = bound_of(term.not_after, facts, on);
    if (!not_after) return failed{not_after.error()};

    term_answer answer;
    for (auto const* part : {&*from, *not_before ? &**not_before : nullptr}) {
        if (part == nullptr || part->at) continue;
        add(answer.missing, part->missing);
        answer.waits_for = answer.waits_for.empty() || answer.waits_for == part->waits_for
                               ? part->waits_for
                               : fmt::format("both {} and {}", answer.waits_for, part->waits_for);
    }
    if (!answer.missing.empty()) return answer;

    auto why = explained(term.rule, *from->at, on, {instant_of(*not_before), instant_of(*not_after), shown});
    if (!why) return failed{std::move(why).error()};
    why->steps.insert(why->steps.begin(), from->steps.begin(), from->steps.end());
    answer.due = why->answer;
    answer.why = *std::move(why);
    add(answer.may_come, from->may_come);
    if (*not_before) add(answer.may_come, (*not_before)->may_come);
    if (*not_after) {
        add(answer.may_come, (*not_after)->may_come);
        add(answer.may_come, (*not_after)->missing);
    }
    return answer;
}

// Predicted holidays may lie before the period too, where its anchor is counted.
std::optional<day_range> may_fall(deadline_term const& term, known_facts const& facts, counting const& on,
                                  std::optional<instant> shown, deadline const& due) {
    auto const last_day = [&](instant end) { return on.zone.local_date({end.microseconds - 1}); };
    auto first = last_day(due.due);
    for (auto const& one : facts) first = std::min(first, last_day(one.when.at));
    return walk::may_fall(*on.calendar, {first, last_day(due.due)}, last_day(due.due),
                          [&](business_calendar const& other) -> std::optional<date> {
                              auto moved = on;
                              moved.calendar = borrowed(other);
                              auto const again = counted(term, facts, moved, shown);
                              if (!again || !again->due) return std::nullopt;
                              return last_day(again->due->due);
                          });
}

}  // namespace

result<counting, std::string> counting_of(party_days const& parties, calendar_choice calendar, zone_choice zone) {
    auto days = calendar_of(parties, calendar);
    if (!days) return failed{std::move(days).error()};
    auto const ends = zone_of(parties, zone);
    if (!ends) return failed{fmt::format("The zone of the {} is not known", wire_name(zone))};
    return counting{*std::move(days), *ends};
}

result<term_answer, std::string> resolve(deadline_term const& term, known_facts const& facts, party_days const& parties,
                                         std::optional<instant> shown, service_schedule const* schedule) {
    if (term.rule.length.length < period_length_min || term.rule.length.length > period_length_max) {
        return failed{fmt::format("{} is not a length: it is {} to {} of a unit", to_text(term.rule.length),
                                  period_length_min, period_length_max)};
    }
    auto on = counting_of(parties, term.calendar, term.zone);
    if (!on) return failed{std::move(on).error()};
    on->schedule = schedule;
    auto answer = counted(term, facts, *on, shown);
    if (answer && answer->due) answer->why->may_fall = may_fall(term, facts, *on, shown, *answer->due);
    return answer;
}

}  // namespace recourse
