// The commands of a clock, each giving a new clock or the reason why not.
#include "recourse/calendar/countdown.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "calendar/clock_time_left.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

using sentence = std::string;
using enum countdown_state;

countdown_segment& last(countdown& clock) { return clock.segments.back(); }

sentence words(instant at, counting const& on) { return in_words(at, on.zone); }

// A cap that has passed by `at` has ended its pause at its own instant, and the clock runs since the last of them.
countdown settled(countdown clock, instant at) {
    if (clock.held.empty()) return clock;
    instant ended = clock.held.front().since;
    std::erase_if(clock.held, [&](held_pause const& one) {
        bool const over = one.until && *one.until <= at;
        if (over) ended = std::max(ended, *one.until);
        return over;
    });
    if (!clock.held.empty()) return clock;
    last(clock).to = ended;
    clock.segments.push_back({.run = last(clock).run, .kind = running, .from = ended});
    return clock;
}

// Why nothing at all may happen to the clock at that instant; empty when something may.
sentence out_of_place(countdown const& clock, instant at, counting const& on) {
    if (clock.segments.empty()) return "This clock was never armed";
    if (auto problem = countdown_basis_problem(clock.length.unit, on); !problem.empty()) return problem;
    auto const [calendar, zone] = countdown_basis_names(clock.length.unit, on);
    if (calendar != clock.calendar || zone != clock.zone) {
        return fmt::format("The clock was armed on {} in {}, and cannot go on on {} in {}", quoted(clock.calendar),
                           clock.zone, quoted(calendar), zone);
    }
    if (at < clock.last_event) {
        return fmt::format("{} is before the last event of the clock, {}", words(at, on), words(clock.last_event, on));
    }
    if (at > last_instant) return "The instant is beyond the year 9999";
    return {};
}

sentence expired_words(countdown const& clock, counting const& on) {
    return fmt::format("The clock expired on {}", due_in_words(*clock.due, on.zone));
}

sentence reason_problem(std::string_view reason) {
    if (!reason.empty() && reason.size() <= pause_reason_length_max) return {};
    return fmt::format("{} is not a reason: it has 1 to {} characters", quoted(reason), pause_reason_length_max);
}

// When the clock runs out, on the segments and pauses that it has.
result<std::optional<instant>, sentence> due_of(countdown const& clock, counting const& on) {
    auto const& now = clock.segments.back();
    instant from = now.from;
    if (now.kind == stopped) return std::optional<instant>{};
    if (now.kind == paused) {
        for (auto const& one : clock.held) {
            if (!one.until) return std::optional<instant>{};
            from = std::max(from, *one.until);
        }
    }
    auto const left = full_length(clock).amount - spent_before(clock);
    auto const due = runs_out(clock, from, left, on);
    if (!due) return failed{due.error()};
    return std::optional{*due};
}

countdown_answer finished(countdown clock, instant at, counting const& on) {
    auto const due = due_of(clock, on);
    if (!due) return failed{due.error()};
    clock.due = *due;
    clock.last_event = at;
    clock.data_version = countdown_data_version(clock.length.unit, on);
    return clock;
}

// Ends the segment that goes on.
result<countdown, sentence> closed(countdown clock, instant at, counting const& on) {
    auto& now = last(clock);
    if (now.kind == running) {
        auto const spent = spent_between(clock, now.from, at, on);
        if (!spent) return failed{spent.error()};
        // It has not expired, so something is left, even if the holidays are no longer those it was armed with.
        auto const left = full_length(clock).amount - spent_before(clock);
        now.spent = std::clamp<std::int64_t>(*spent, 0, left - 1);
    }
    now.to = at;
    return clock;
}

countdown_answer begun(countdown clock, instant at, counting const& on) {
    auto const day_zero = countdown_day_zero(clock.length.unit, at, on);
    if (!day_zero) return failed{day_zero.error()};
    clock.day_zero = *day_zero;
    clock.held.clear();
    auto const run = clock.segments.empty() ? 1 : last(clock).run + 1;
    clock.segments.push_back({.run = run, .kind = running, .from = at});
    return finished(std::move(clock), at, on);
}

// The pause is over, or the clock is no longer stopped.
countdown_answer running_again(countdown clock, instant at, counting const& on) {
    auto const from = last(clock).from;
    if (from == at && clock.segments.size() > 1) {
        // It stood for no time: as if it had never stood.
        auto& before = clock.segments[clock.segments.size() - 2];
        if (before.kind == running && before.run == last(clock).run) {
            clock.segments.pop_back();
            last(clock).to.reset();
            last(clock).spent = 0;
            return finished(std::move(clock), at, on);
        }
    }
    last(clock).to = at;
    clock.segments.push_back({.run = last(clock).run, .kind = running, .from = at});
    return finished(std::move(clock), at, on);
}

}  // namespace

countdown_answer arm(period const& length, instant at, counting const& on) {
    if (length.length < period_length_min || length.length > period_length_max) {
        return failed{fmt::format("{} is not the length of a clock: it is {} to {} of a unit", to_text(length),
                                  period_length_min, period_length_max)};
    }
    if (auto problem = countdown_basis_problem(length.unit, on); !problem.empty()) return failed{std::move(problem)};
    if (at < first_instant || at > last_instant) {
        return failed{sentence{"A clock is armed within the years 0001 to 9999"}};
    }
    auto [calendar, zone] = countdown_basis_names(length.unit, on);
    countdown clock;
    clock.length = length;
    clock.calendar = std::move(calendar);
    clock.zone = std::move(zone);
    return begun(std::move(clock), at, on);
}

countdown_answer pause(countdown const& clock, instant at, std::string_view reason, counting const& on,
                       std::optional<period> cap) {
    if (auto problem = out_of_place(clock, at, on); !problem.empty()) return failed{std::move(problem)};
    if (auto problem = reason_problem(reason); !problem.empty()) return failed{std::move(problem)};
    auto const state = state_at(clock, at);
    if (state == stopped) return failed{sentence{"The clock is stopped, and cannot be paused"}};
    if (state == expired) return failed{fmt::format("{}, and cannot be paused", expired_words(clock, on))};
    auto next = settled(clock, at);
    for (auto const& one : next.held) {
        if (one.reason != reason) continue;
        return failed{
            fmt::format("The clock is paused for {} already, since {}", quoted(reason), words(one.since, on))};
    }
    held_pause held{std::string{reason}, at};
    if (cap) {
        auto const ends = ends_after(at, *cap, on);
        if (!ends) return failed{ends.error()};
        held.until = *ends;
    }
    next.held.push_back(std::move(held));
    if (state == running) {
        auto stands = closed(std::move(next), at, on);
        if (!stands) return stands;
        next = *std::move(stands);
        auto const count = next.segments.size();
        bool const at_once = last(next).from == at && count > 1 && next.segments[count - 2].kind == paused;
        if (at_once) {
            // It ran for no time since the pause before it, so the two are one.
            next.segments.pop_back();
            last(next).to.reset();
        } else {
            next.segments.push_back({.run = last(next).run, .kind = paused, .from = at});
        }
    }
    auto& reasons = last(next).reasons;
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.emplace_back(reason);
    return finished(std::move(next), at, on);
}

countdown_answer resume(countdown const& clock, instant at, counting const& on,
                        std::optional<std::string_view> reason) {
    if (auto problem = out_of_place(clock, at, on); !problem.empty()) return failed{std::move(problem)};
    auto const state = state_at(clock, at);
    if (state == expired) return failed{fmt::format("{}, and cannot be resumed", expired_words(clock, on))};
    auto next = settled(clock, at);
    if (state == running) {
        bool const by_itself = next.segments.size() != clock.segments.size();
        return failed{
            by_itself ? fmt::format("The clock is not paused: it went on by itself on {}", words(last(next).from, on))
                      : sentence{"The clock is not paused"}};
    }
    if (state == stopped) {
        if (reason) {
            return failed{
                fmt::format("The clock is stopped, not paused for {}; resume it without a reason", quoted(*reason))};
        }
        return running_again(std::move(next), at, on);
    }
    if (reason) {
        auto const held = std::find_if(next.held.begin(), next.held.end(),
                                       [&](held_pause const& one) { return one.reason == *reason; });
        if (held == next.held.end()) {
            std::vector<sentence> names;
            for (auto const& one : next.held) names.push_back(quoted(one.reason));
            return failed{
                fmt::format("The clock is not paused for {}, but for {}", quoted(*reason), fmt::join(names, ", "))};
        }
        next.held.erase(held);
        if (!next.held.empty()) return finished(std::move(next), at, on);
    }
    next.held.clear();
    return running_again(std::move(next), at, on);
}

countdown_answer restart(countdown const& clock, instant at, counting const& on) {
    if (auto problem = out_of_place(clock, at, on); !problem.empty()) return failed{std::move(problem)};
    bool const was_expired = state_at(clock, at) == expired;
    auto next = settled(clock, was_expired ? *clock.due : at);
    if (was_expired) {
        last(next).to = *clock.due;
        last(next).spent = full_length(next).amount - spent_before(next);
        next.segments.push_back({.run = last(next).run, .kind = expired, .from = *clock.due, .to = at});
    } else {
        auto ended = closed(std::move(next), at, on);
        if (!ended) return ended;
        next = *std::move(ended);
    }
    return begun(std::move(next), at, on);
}

countdown_answer extend(countdown const& clock, instant at, period const& by, counting const& on) {
    if (auto problem = out_of_place(clock, at, on); !problem.empty()) return failed{std::move(problem)};
    if (by.unit != clock.length.unit) {
        return failed{fmt::format("A clock of {} cannot be extended by {}: it goes on in its own unit",
                                  to_text(clock.length), to_text(by))};
    }
    if (by.length < period_length_min || by.length > period_length_max) {
        return failed{fmt::format("A clock cannot be extended by {}: it is {} to {} of a unit", to_text(by),
                                  period_length_min, period_length_max)};
    }
    std::int64_t whole = std::int64_t{clock.length.length} + by.length;
    for (auto const& one : clock.extensions) whole += one.by;
    if (whole > countdown_length_max) {
        return failed{
            fmt::format("With {} more the clock has {} of them, above {}", to_text(by), whole, countdown_length_max)};
    }
    auto const state = state_at(clock, at);
    if (state == stopped) return failed{sentence{"The clock is stopped, and cannot be extended"}};
    if (state == expired) return failed{fmt::format("{}, and cannot be extended", expired_words(clock, on))};
    auto next = settled(clock, at);
    next.extensions.push_back({at, by.length});
    return finished(std::move(next), at, on);
}

countdown_answer stop(countdown const& clock, instant at, std::string_view reason, counting const& on) {
    if (auto problem = out_of_place(clock, at, on); !problem.empty()) return failed{std::move(problem)};
    if (auto problem = reason_problem(reason); !problem.empty()) return failed{std::move(problem)};
    auto const state = state_at(clock, at);
    if (state == stopped) return failed{sentence{"The clock is stopped already"}};
    if (state == expired) return failed{fmt::format("{}, and cannot be stopped", expired_words(clock, on))};
    auto stands = closed(settled(clock, at), at, on);
    if (!stands) return stands;
    stands->held.clear();
    stands->segments.push_back(
        {.run = last(*stands).run, .kind = stopped, .from = at, .reasons = {std::string{reason}}});
    return finished(*std::move(stands), at, on);
}

countdown_state state_at(countdown const& clock, instant at) {
    if (clock.segments.empty() || clock.segments.back().kind == stopped) return stopped;
    if (clock.due && *clock.due <= at) return expired;
    bool const held = std::any_of(clock.held.begin(), clock.held.end(),
                                  [&](held_pause const& one) { return !one.until || *one.until > at; });
    return held ? paused : running;
}

clock_amount full_length(countdown const& clock) {
    std::int64_t whole = clock.length.length;
    for (auto const& one : clock.extensions) whole += one.by;
    return {whole * countdown_ticks(clock.length.unit), clock.length.unit};
}

result<clock_amount, std::string> elapsed(countdown const& clock, instant at, counting const& on) {
    if (auto problem = out_of_place(clock, at, on); !problem.empty()) return failed{std::move(problem)};
    auto const whole = full_length(clock);
    if (state_at(clock, at) == expired) return whole;
    auto const seen = settled(clock, at);
    auto const before = spent_before(seen);
    auto const& now = seen.segments.back();
    if (now.kind != running) return clock_amount{before, whole.unit};
    auto const spent = spent_between(seen, now.from, at, on);
    if (!spent) return failed{spent.error()};
    return clock_amount{std::min(before + *spent, whole.amount - 1), whole.unit};
}

result<clock_amount, std::string> remaining(countdown const& clock, instant at, counting const& on) {
    auto const ran = elapsed(clock, at, on);
    if (!ran) return ran;
    return clock_amount{full_length(clock).amount - ran->amount, ran->unit};
}

result<countdown_explanation, std::string> explain(countdown const& clock, instant at, counting const& on) {
    auto const ran = elapsed(clock, at, on);
    if (!ran) return failed{ran.error()};
    countdown_explanation told;
    told.state = state_at(clock, at);
    told.elapsed = *ran;
    told.remaining = {full_length(clock).amount - ran->amount, ran->unit};
    told.due = clock.due;
    if (told.due) told.due_words = due_in_words(*told.due, on.zone);
    told.data_version = clock.data_version;
    auto steps = countdown_steps(settled(clock, at), at, on);
    if (!steps) return failed{std::move(steps).error()};
    told.steps = *std::move(steps);
    return told;
}

}  // namespace recourse
