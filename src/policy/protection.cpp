// When buyer protection starts and ends for each line of an order, and when disputes may be opened.
#include "recourse/policy/protection.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "calendar/walk.hpp"
#include "policy/protection_facts.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

using sentence = std::string;
using answer = protection_instant;

void add(std::vector<std::string>& to, std::vector<std::string> const& names) {
    for (auto const& name : names) {
        if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
    }
}

date last_day_before(instant end, time_zone const& zone) { return zone.local_date({end.microseconds - 1}); }

// Midnight ends a day; any other instant is itself.
moment end_of(instant at, time_zone const& zone) { return {at, zone.start_of_day(zone.local_date(at)) == at}; }

answer answer_of(anchor_answer found) {
    answer made;
    if (found.at) made.at = found.at->at;
    made.missing = std::move(found.missing);
    made.may_come = std::move(found.may_come);
    made.waits_for = std::move(found.waits_for);
    made.steps = std::move(found.steps);
    made.may_fall = found.may_fall;
    return made;
}

result<moment, sentence> days_later(moment const& from, std::int32_t days, counting on) {
    on.start = start_rule::count;
    on.cut_off.reset();
    auto const later = resolve(anchor_rule{.fact = "end", .offset = anchor_offset{{days, period_unit::calendar_days}}},
                               {{"end", from}}, on);
    if (!later) return failed{later.error()};
    return *later->at;
}

// An end of protection with what was added to it.
struct extended_end {
    answer end;
    std::int32_t days = 0;
};

class line_calculator {
  public:
    line_calculator(protection_terms const& terms, protection_facts const& order, protected_line const& line,
                    counting const& on, line_protection const* shown, bool holds)
        : terms_{terms},
          order_{order},
          line_{line},
          facts_{facts_of_line(order, line, terms)},
          on_{on},
          shown_{shown},
          holds_{holds} {}

    result<line_protection, sentence> computed() const {
        line_protection made;
        made.line = line_.line;
        auto const start = resolve(terms_.starts, facts_, on_);
        if (!start) return failed{start.error()};
        made.start = answer_of(*start);
        auto end = ended(on_);
        if (!end) return failed{std::move(end).error()};
        made.extended_days = end->days;
        made.end = std::move(end->end);
        range(made.end, [this](counting const& on) { return end_on(on); });
        if (shown_ != nullptr) hold(made.end, shown_->end, made.extended_days - shown_->extended_days);
        for (auto const& rule : terms_.reasons) {
            auto window = opening(rule, made);
            if (!window) return failed{std::move(window).error()};
            made.windows.push_back(*std::move(window));
        }
        return made;
    }

  private:
    // The last day where a roll has put it; never to before the day on which protection starts.
    result<moment, sentence> rolled(moment const& end, counting const& on, walk::steps* told) const {
        if (terms_.roll == roll_rule::none || !end.ends_day) return end;
        auto const counted = last_day_before(end.at, on.zone);
        auto const day = on.calendar->rolled(counted, terms_.roll);
        if (!day) return failed{to_text(day.error())};
        auto last = *day;
        if (auto const start = resolve(terms_.starts, facts_, on); start && start->at) {
            auto const local = on.zone.to_local({start->at->at.microseconds - (start->at->ends_day ? 1 : 0)});
            bool const late = on.cut_off && !start->at->ends_day && local.seconds_of_day >= *on.cut_off;
            last = std::max(last, std::min(counted, plus_days(local.day, late ? 1 : 0)));
        }
        if (told != nullptr) walk::roll(*told, counted, last, sentence{wire_name(terms_.roll)}, {}, *on.calendar);
        return moment{on.zone.end_of_day(last), true};
    }

    // The end after so many days of extension, without what was shown.
    result<moment, sentence> end_with(moment const& end, std::int32_t days, counting const& on,
                                      walk::steps* told) const {
        auto const plain = rolled(end, on, days == 0 ? told : nullptr);
        if (!plain || days == 0) return plain;
        auto longer = days_later(end, days, on);
        if (!longer) return longer;
        if (told != nullptr) {
            told->push_back(walk::step(
                step_kind::anchored, last_day_before(longer->at, on.zone),
                fmt::format("{}, the seller added {} calendar days", due_in_words(longer->at, on.zone), days)));
        }
        longer = rolled(*longer, on, told);
        if (!longer) return longer;
        auto later = std::max(*plain, *longer);
        if (!terms_.extensions.not_after) return later;
        auto const most = resolve(*terms_.extensions.not_after, facts_, on);
        if (!most) return failed{most.error()};
        if (!most->at || !(*most->at < later)) return later;
        later = std::max(*plain, *most->at);
        if (told != nullptr) {
            told->push_back(walk::step(step_kind::held_not_after, last_day_before(later.at, on.zone),
                                       due_in_words(later.at, on.zone)));
        }
        return later;
    }

    // What was shown, with the days that were added since.
    result<std::optional<instant>, sentence> shown_end(answer const& shown, std::int32_t days_since) const {
        if (!shown.at) return std::optional<instant>{};
        if (days_since <= 0) return shown.at;
        auto const later = days_later(end_of(*shown.at, on_.zone), days_since, on_);
        if (!later) return failed{later.error()};
        return std::optional{later->at};
    }

    // Why an extension cannot be: it is no extension, too much, or too late; empty when it can.
    result<sentence, sentence> extension_problem(protection_extension const& one, std::int32_t number,
                                                 std::int32_t days, std::optional<moment> const& end,
                                                 counting const& on) const {
        auto const& limits = terms_.extensions;
        auto const what = fmt::format("Extension {} of line {}", number, line_.line.text());
        if (number > limits.count) return fmt::format("{} is one more than the {} allowed", what, limits.count);
        if (one.days > limits.days_each) {
            return fmt::format("{} has {} days, more than the {} allowed", what, one.days, limits.days_each);
        }
        if (days + one.days > limits.days_in_all) {
            return fmt::format("{} makes {} days in all, more than the {} allowed", what, days + one.days,
                               limits.days_in_all);
        }
        // What was accepted when it came is not judged again by facts that were told later.
        bool const accepted = shown_ != nullptr && days + one.days <= shown_->extended_days;
        if (!one.at || !end || accepted) return sentence{};
        auto const until = end_with(*end, days, on, nullptr);
        if (!until) return failed{until.error()};
        auto last = until->at;
        if (shown_ != nullptr) {
            auto const held = shown_end(shown_->end, days - shown_->extended_days);
            if (!held) return failed{held.error()};
            if (*held) last = std::max(last, **held);
        }
        if (*one.at < last) return sentence{};
        return fmt::format("{} came on {}, when protection had ended on {}", what, in_words(*one.at, on.zone),
                           due_in_words(last, on.zone));
    }

    result<extended_end, sentence> ended(counting const& on) const {
        auto found = resolve(terms_.ends, facts_, on);
        if (!found) return failed{std::move(found).error()};
        auto const end = found->at;
        extended_end made{answer_of(*std::move(found))};
        std::int32_t number = 0;
        for (auto const& one : order_.extensions) {
            bool const of_this =
                one.lines.empty() || std::find(one.lines.begin(), one.lines.end(), line_.line) != one.lines.end();
            if (!of_this) continue;
            auto const problem = extension_problem(one, ++number, made.days, end, on);
            if (!problem) return failed{problem.error()};
            if (!problem->empty()) return failed{*problem};
            made.days += one.days;
        }
        if (!end) return made;
        auto const last = end_with(*end, made.days, on, &made.end.steps);
        if (!last) return failed{last.error()};
        made.end.at = last->at;
        if (made.days > 0 && terms_.extensions.not_after) {
            auto const most = resolve(*terms_.extensions.not_after, facts_, on);
            if (most) add(made.end.may_come, most->at ? most->may_come : most->missing);
        }
        return made;
    }

    result<answer, sentence> end_on(counting const& on) const {
        auto end = ended(on);
        if (!end) return failed{std::move(end).error()};
        return std::move(end->end);
    }

    // Adds where the answer may come to lie when predicted holidays fall on another day.
    void range(answer& made, std::function<result<answer, sentence>(counting const&)> const& computed_on) const {
        made.may_fall.reset();
        if (!made.at || made.held_as_shown) return;
        auto const last = last_day_before(*made.at, on_.zone);
        auto first = last;
        for (auto const& one : facts_) first = std::min(first, last_day_before(one.when.at, on_.zone));
        made.may_fall =
            walk::may_fall(*on_.calendar, {first, last}, last, [&](auto const& other) -> std::optional<date> {
                auto moved = on_;
                moved.calendar = borrowed(other);
                auto const again = computed_on(moved);
                if (!again || !again->at) return std::nullopt;
                return last_day_before(*again->at, on_.zone);
            });
    }

    // The start of protection, or what must be before a dispute may be opened, whichever is later.
    result<answer, sentence> earliest(reason_window const& rule, answer const& start) const {
        if (!rule.not_before) return start;
        auto const found = resolve(*rule.not_before, facts_, on_);
        if (!found) return failed{found.error()};
        auto made = answer_of(*found);
        add(made.missing, start.missing);
        if (!start.at) {
            made.waits_for = made.at || made.waits_for == start.waits_for
                                 ? start.waits_for
                                 : fmt::format("both {} and {}", made.waits_for, start.waits_for);
        }
        if (!made.at || !start.at) {
            made.at.reset();
            made.may_come.clear();
            made.may_fall.reset();
            return made;
        }
        if (*start.at > *made.at) return start;
        return made;
    }

    // The end of protection, or what must be before a dispute may not be opened any more, whichever is earlier.
    result<answer, sentence> latest(reason_window const& rule, answer const& end, counting const& on) const {
        if (!rule.not_after) return end;
        auto found = resolve(*rule.not_after, facts_, on);
        if (!found) return failed{std::move(found).error()};
        auto made = answer_of(*found);
        if (found->at) {
            auto const last = rolled(*found->at, on, &made.steps);
            if (!last) return failed{last.error()};
            made.at = last->at;
        }
        if (rule.outlives_protection) return made;
        if (!made.at && !end.at) {
            add(made.missing, end.missing);
            if (made.waits_for != end.waits_for) {
                made.waits_for = fmt::format("either {} or {}", made.waits_for, end.waits_for);
            }
            return made;
        }
        auto chosen = !made.at || (end.at && *end.at < *made.at) ? end : made;
        add(chosen.may_come, made.at ? made.may_come : made.missing);
        add(chosen.may_come, end.at ? end.may_come : end.missing);
        chosen.missing.clear();
        return chosen;
    }

    result<opening_window, sentence> opening(reason_window const& rule, line_protection const& line) const {
        opening_window made;
        made.reason = rule.reason;
        auto first = earliest(rule, line.start);
        if (!first) return failed{std::move(first).error()};
        made.earliest = *std::move(first);
        auto last = latest(rule, line.end, on_);
        if (!last) return failed{std::move(last).error()};
        made.latest = *std::move(last);
        range(made.latest, [&](counting const& on) -> result<answer, sentence> {
            auto const end = end_on(on);
            if (!end) return failed{end.error()};
            return latest(rule, *end, on);
        });
        if (shown_ == nullptr) return made;
        for (auto const& window : shown_->windows) {
            if (window.reason == rule.reason) hold(made.latest, window.latest, 0);
        }
        return made;
    }

    // What people were shown holds, with the days that were added to it since.
    void hold(answer& made, answer const& shown, std::int32_t days_since) const {
        bool const promised = terms_.shown == shown_choice::every || shown.may_come.empty();
        if (!holds_ || !promised) return;
        auto const held = shown_end(shown, days_since);
        // What cannot be counted any more, beyond the year 9999, was never shown.
        if (!held || !*held || (made.at && **held <= *made.at)) return;
        made.at = *held;
        made.held_as_shown = true;
        made.may_fall.reset();
        made.steps.push_back(walk::step(step_kind::held_as_shown, last_day_before(*made.at, on_.zone),
                                        due_in_words(*made.at, on_.zone)));
    }

    protection_terms const& terms_;
    protection_facts const& order_;
    protected_line const& line_;
    known_facts facts_;
    counting const& on_;
    line_protection const* shown_;
    bool holds_;  // unless an operator says otherwise
};

line_protection const* line_of(protection const& all, line_id const& line) {
    auto const found =
        std::find_if(all.lines.begin(), all.lines.end(), [&](auto const& one) { return one.line == line; });
    return found == all.lines.end() ? nullptr : &*found;
}

}  // namespace

result<protection, std::string> compute_protection(protection_terms const& terms, protection_facts const& facts,
                                                   party_days const& parties,
                                                   std::optional<shown_protection> const& shown) {
    if (auto const problems = protection_problems(terms); !problems.empty()) {
        return failed{fmt::format("The terms cannot be used: at {} {}", quoted(problems.front().pointer),
                                  problems.front().reason)};
    }
    auto on = counting_of(parties, terms.calendar, terms.zone);
    if (!on) return failed{std::move(on).error()};
    on->start = terms.start;
    on->cut_off = terms.cut_off;
    if (auto problem = facts_problem(facts, terms, on->zone); !problem.empty()) return failed{std::move(problem)};
    bool const overrides = shown && shown->overridden;
    if (overrides && shown->overridden->reason.empty()) {
        return failed{sentence{"An operator who lets ends become earlier than they were shown says why"}};
    }
    protection made;
    for (auto const& line : facts.lines) {
        auto const* seen = shown ? line_of(shown->answer, line.line) : nullptr;
        auto computed = line_calculator{terms, facts, line, *on, seen, !overrides}.computed();
        if (!computed) return failed{std::move(computed).error()};
        made.lines.push_back(*std::move(computed));
    }
    made.calendar = on->calendar->name();
    made.zone = on->zone.name();
    made.data_version = walk::data_version_of(*on->calendar);
    if (overrides) made.overridden = shown->overridden;
    return made;
}

}  // namespace recourse
