// Clocks that pause, over random commands: nothing is lost and nothing gained, and a naive recount agrees.
#include <algorithm>

#include <rapidcheck.h>

#include "properties/properties.hpp"
#include "recourse/calendar/countdown.hpp"

using namespace recourse;
using namespace std::string_literals;

namespace {

std::int64_t const from_microseconds = parse_instant("2026-03-02T00:00:00Z")->microseconds;
constexpr std::int64_t hour = 3'600 * microseconds_per_second;

// Weekends and every eleventh day closed, in a zone whose clocks change on 29 March 2026.
business_calendar const& shop() {
    static auto const made = [] {
        calendar_content content{.name = "SHOP", .title = "Shop", .data_version = "1"};
        for (std::int32_t number = 0; number < 60; ++number) {
            content.holidays.push_back(
                {.day = plus_days(to_date({2026, 1, 5}), 11 * number), .name = "Day "s + std::to_string(number)});
        }
        return business_calendar::make(std::move(content)).value();
    }();
    return made;
}

time_zone brussels() { return time_zone::find("Europe/Brussels").value(); }

service_schedule const& desk() {
    static auto const made =
        service_schedule::make(
            {.name = "desk",
             .zone = brussels(),
             .windows = {{monday_to_friday, 9 * 3'600, 12 * 3'600}, {monday_to_friday, 13 * 3'600, 17 * 3'600}}},
            to_date({2026, 1, 1}), to_date({2029, 12, 31}), &shop())
            .value();
    return made;
}

counting shop_days() { return {borrowed(shop()), brussels(), &desk()}; }

rc::Gen<period> any_length() {
    return rc::gen::exec([] {
        auto const unit = *rc::gen::element(period_unit::hours, period_unit::calendar_days, period_unit::business_days,
                                            period_unit::service_hours);
        return period{*rc::gen::inRange(1, 30), unit};
    });
}

// Often on a full hour, so that edges of days and windows are met; otherwise to the microsecond.
std::int64_t any_wait() {
    auto const hours = *rc::gen::inRange(0, 60);
    return hours * hour + (*rc::gen::inRange(0, 4) == 0 ? *rc::gen::inRange<std::int64_t>(0, hour) : 0);
}

instant any_start() { return {from_microseconds + any_wait() + *rc::gen::inRange(0, 40) * 24 * hour}; }

struct stretch {
    instant from;
    instant to;
};

bool lies_in(std::vector<stretch> const& pauses, instant first, instant last) {
    // Of (from, to]: the end of a day that falls on the end of a pause is lost.
    return std::any_of(pauses.begin(), pauses.end(),
                       [&](stretch const& one) { return one.from < first && last <= one.to; });
}

// Every day looked at by itself: its end counts unless a pause holds it.
instant naive_days(period const& length, instant armed, std::vector<stretch> const& pauses) {
    auto const zone = brussels();
    auto day = zone.local_date(armed);
    for (std::int32_t left = length.length; left > 0;) {
        day = plus_days(day, 1);
        auto const end = zone.end_of_day(day);
        if (length.unit == period_unit::business_days && !*shop().is_business_day(day)) continue;
        if (!lies_in(pauses, end, end)) --left;
    }
    return zone.end_of_day(day);
}

// Open time less pauses, cut into pieces that are looked at one by one.
instant naive_hours(period const& length, instant armed, std::vector<stretch> const& pauses) {
    std::int64_t left = length.length * hour;
    std::vector<open_interval> open{{armed, {armed.microseconds + 4'000 * hour}}};
    if (length.unit == period_unit::service_hours) {
        open = desk().open_intervals(armed, {armed.microseconds + 10'000 * hour}).value();
    }
    for (auto const& window : open) {
        std::vector<instant> edges{window.opens, window.closes};
        for (auto const& one : pauses) {
            for (auto const edge : {one.from, one.to}) {
                if (window.opens < edge && edge < window.closes) edges.push_back(edge);
            }
        }
        std::sort(edges.begin(), edges.end());
        for (std::size_t at = 1; at < edges.size(); ++at) {
            bool const stands = std::any_of(pauses.begin(), pauses.end(), [&](stretch const& one) {
                return one.from <= edges[at - 1] && edges[at] <= one.to && one.from < one.to;
            });
            if (stands) continue;
            auto const ran = edges[at].microseconds - edges[at - 1].microseconds;
            if (ran >= left) return {edges[at - 1].microseconds + left};
            left -= ran;
        }
    }
    return last_instant;
}

instant naive_due(period const& length, instant armed, std::vector<stretch> const& pauses) {
    bool const in_days = length.unit == period_unit::calendar_days || length.unit == period_unit::business_days;
    return in_days ? naive_days(length, armed, pauses) : naive_hours(length, armed, pauses);
}

bool pauses_agree_with_a_recount() {
    return rc::check("a clock with pauses is due when a naive recount says, and a pause never makes it earlier", [] {
        auto const on = shop_days();
        auto length = *any_length();
        auto const armed = any_start();
        auto clock = arm(length, armed, on).value();
        RC_ASSERT(clock.due == naive_due(length, armed, {}));
        std::vector<stretch> pauses;
        auto now = armed;
        for (auto rounds = *rc::gen::inRange(1, 6); rounds > 0; --rounds) {
            now.microseconds += any_wait();
            if (now >= *clock.due) {
                RC_ASSERT(!pause(clock, now, "late", on));
                RC_ASSERT(state_at(clock, now) == countdown_state::expired);
                RC_ASSERT(remaining(clock, now, on)->amount == 0);
                return;
            }
            auto const before = *clock.due;
            auto const left = remaining(clock, now, on).value();
            auto const from = now;
            clock = pause(clock, now, "a", on).value();
            RC_ASSERT(!clock.due);
            RC_ASSERT(remaining(clock, now, on) == left);
            instant const middle{now.microseconds + any_wait()};
            clock = pause(clock, middle, "b", on).value();
            now = {middle.microseconds + any_wait()};
            clock = resume(clock, now, on, *rc::gen::element("a"s, "b"s)).value();
            RC_ASSERT(!clock.due);
            now.microseconds += any_wait();
            RC_ASSERT(remaining(clock, now, on) == left);
            clock = resume(clock, now, on).value();
            pauses.push_back({from, now});
            RC_ASSERT(remaining(clock, now, on) == left);
            RC_ASSERT(*clock.due >= before);
            RC_ASSERT(*clock.due == naive_due(length, armed, pauses));
            if (*rc::gen::inRange(0, 3) == 0) {
                period const by{*rc::gen::inRange(1, 10), length.unit};
                clock = extend(clock, now, by, on).value();
                length.length += by.length;
                RC_ASSERT(*clock.due == naive_due(length, armed, pauses));
            }
            auto const ran = elapsed(clock, now, on).value();
            RC_ASSERT(ran.amount + remaining(clock, now, on)->amount == full_length(clock).amount);
        }
    });
}

bool no_time_is_lost_in_no_time() {
    return rc::check("a pause and its end at one instant change nothing", [] {
        auto const on = shop_days();
        auto const length = *any_length();
        auto const armed = any_start();
        auto clock = arm(length, armed, on).value();
        instant const now{armed.microseconds + any_wait()};
        if (now >= *clock.due) return;
        auto same = resume(*pause(clock, now, "a", on), now, on).value();
        same.last_event = clock.last_event;
        RC_ASSERT(same == clock);
    });
}

bool open_time_moves_the_end_by_itself() {
    return rc::check("a pause over so many open seconds moves the end of service hours by exactly as many", [] {
        auto const on = shop_days();
        period const length{*rc::gen::inRange(1, 30), period_unit::service_hours};
        auto const whole = [](instant at) {
            return instant{at.microseconds - at.microseconds % microseconds_per_second};
        };
        auto const armed = whole(any_start());
        auto const clock = arm(length, armed, on).value();
        auto const from = whole({armed.microseconds + any_wait()});
        if (from >= *clock.due) return;
        auto const to = whole({from.microseconds + any_wait()});
        auto const after = resume(*pause(clock, from, "a", on), to, on).value();
        RC_ASSERT(desk().between(*clock.due, *after.due) == desk().between(from, to).value());
        auto const hours = arm({length.length, period_unit::hours}, armed, on).value();
        if (from >= *hours.due) return;
        auto const later = resume(*pause(hours, from, "a", on), to, on).value();
        RC_ASSERT(later.due->microseconds - hours.due->microseconds == to.microseconds - from.microseconds);
    });
}

bool caps_end_pauses_by_themselves() {
    return rc::check("a pause that its cap ends is as one that somebody ends at that instant", [] {
        auto const on = shop_days();
        auto const armed = any_start();
        auto const clock = arm(*any_length(), armed, on).value();
        instant const from{armed.microseconds + any_wait()};
        if (from >= *clock.due) return;
        auto const capped = pause(clock, from, "a", on, *any_length()).value();
        auto const until = *capped.held[0].until;
        auto const by_hand = resume(*pause(clock, from, "a", on), until, on).value();
        RC_ASSERT(capped.due == by_hand.due);
        instant const now{from.microseconds + any_wait() + any_wait()};
        if (now < until) {
            RC_ASSERT(state_at(capped, now) == countdown_state::paused);
            return;
        }
        RC_ASSERT(state_at(capped, now) == state_at(by_hand, now));
        RC_ASSERT(remaining(capped, now, on) == remaining(by_hand, now, on).value());
        auto const one = stop(capped, now, "closed", on);
        auto const other = stop(by_hand, now, "closed", on);
        RC_ASSERT(one.has_value() == other.has_value());
        if (one) RC_ASSERT(one->segments == other->segments);
    });
}

bool any_commands_keep_the_clock_whole() {
    return rc::check("whatever is asked of a clock, its segments stand end to end and add up, or nothing has changed",
                     [] {
                         auto const on = shop_days();
                         auto clock = arm(*any_length(), any_start(), on).value();
                         for (auto rounds = *rc::gen::inRange(1, 12); rounds > 0; --rounds) {
                             instant const now{clock.last_event.microseconds + any_wait() -
                                               (*rc::gen::inRange(0, 8) == 0 ? hour : 0)};
                             auto const before = clock;
                             auto const reason = *rc::gen::element("a"s, "b"s);
                             auto const cap = *rc::gen::arbitrary<bool>() ? std::optional{*any_length()} : std::nullopt;
                             auto next = [&]() -> countdown_answer {
                                 switch (*rc::gen::inRange(0, 6)) {
                                     case 0: return pause(clock, now, reason, on, cap);
                                     case 1: return resume(clock, now, on, reason);
                                     case 2: return resume(clock, now, on);
                                     case 3: return restart(clock, now, on);
                                     case 4: return extend(clock, now, *any_length(), on);
                                     default: return stop(clock, now, reason, on);
                                 }
                             }();
                             RC_ASSERT(clock == before);
                             if (!next) {
                                 RC_ASSERT(!next.error().empty());
                                 continue;
                             }
                             clock = *std::move(next);
                             RC_ASSERT(clock.last_event == now);
                             RC_ASSERT(!clock.segments.back().to);
                             for (std::size_t at = 1; at < clock.segments.size(); ++at) {
                                 RC_ASSERT(clock.segments[at - 1].to == clock.segments[at].from);
                                 RC_ASSERT(clock.segments[at - 1].from <= clock.segments[at].from);
                             }
                             auto const state = state_at(clock, now);
                             RC_ASSERT(state == clock.segments.back().kind);
                             RC_ASSERT((state == countdown_state::paused) == !clock.held.empty());
                             if (state == countdown_state::running) RC_ASSERT(clock.due && *clock.due > now);
                             if (state == countdown_state::stopped) RC_ASSERT(!clock.due);
                             auto const ran = elapsed(clock, now, on).value();
                             RC_ASSERT(ran.amount >= 0 && ran.amount < full_length(clock).amount);
                             auto const told = explain(clock, now, on).value();
                             RC_ASSERT(told.elapsed.amount + told.remaining.amount == full_length(clock).amount);
                         }
                     });
}

}  // namespace

bool clocks_keep_their_time() {
    bool held = pauses_agree_with_a_recount();
    held = no_time_is_lost_in_no_time() && held;
    held = open_time_moves_the_end_by_itself() && held;
    held = caps_end_pauses_by_themselves() && held;
    return any_commands_keep_the_clock_whole() && held;
}
