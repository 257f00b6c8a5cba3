// Business days on calendars made up at random: adding, counting, rolling and joining agree with days looked at one by
// one, whichever tables a calendar has.
#include <rapidcheck.h>

#include "calendar/business_days.hpp"
#include "properties/properties.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

constexpr std::int32_t first_year = 2024;
constexpr std::int32_t last_year = 2026;
date const first = to_date({first_year, 1, 1});
date const last = to_date({last_year, 12, 31});

rc::Gen<date> any_day() {
    return rc::gen::map(rc::gen::inRange(first.days, last.days + 1), [](std::int32_t days) { return date{days}; });
}

rc::Gen<weekend_days> any_weekend() {
    return rc::gen::map(rc::gen::inRange(0, 0b111'1111),
                        [](std::int32_t bits) { return weekend_days{static_cast<std::uint8_t>(bits)}; });
}

rc::Gen<std::vector<weekend_rule>> any_weekends() {
    return rc::gen::exec([] {
        std::vector<weekend_rule> weekends{{first_date, *any_weekend()}};
        auto changes = *rc::gen::container<std::vector<date>>(*rc::gen::inRange<std::size_t>(0, 3), any_day());
        std::sort(changes.begin(), changes.end());
        changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
        for (date const from : changes) weekends.push_back({from, *any_weekend()});
        return weekends;
    });
}

// Any number of rows a day, in any order; half of them stand close together, as real holidays do.
rc::Gen<calendar_content> any_content(std::string name) {
    return rc::gen::exec([name = std::move(name)] {
        calendar_content content{
            .name = name, .title = "Any", .data_version = "1", .first_year = first_year, .last_year = last_year};
        content.weekends = *any_weekends();
        auto const crowd = *any_day();
        for (auto rows = *rc::gen::inRange(0, 80); rows > 0; --rows) {
            auto const near = plus_days(crowd, *rc::gen::inRange(0, 30));
            auto row = holiday_on(*rc::gen::arbitrary<bool>() ? std::min(near, last) : *any_day(), "Row",
                                  static_cast<holiday_kind>(*rc::gen::inRange(0, 4)));
            if (row.kind == holiday_kind::half_day) row.closed = {43'200, 86'400};
            content.holidays.push_back(std::move(row));
        }
        return content;
    });
}

calendar_content of_all_years(calendar_content content) {
    content.first_year = year_min;
    content.last_year = year_max;
    return content;
}

// Mostly near; sometimes beyond the covered years.
rc::Gen<std::int32_t> any_count() { return rc::gen::oneOf(rc::gen::inRange(-70, 71), rc::gen::inRange(-1'200, 1'201)); }

rc::Gen<roll_rule> any_roll() {
    return rc::gen::map(rc::gen::inRange(0, static_cast<int>(wire_names<roll_rule>.size())),
                        [](int number) { return static_cast<roll_rule>(number); });
}

template <class Error>
std::optional<date> day_of(result<date, Error> const& answer) {
    return answer ? std::optional{*answer} : std::nullopt;
}

}  // namespace

bool business_days_agree_with_days_looked_at() {
    return rc::check("business days added, counted and offset are those of a look at each day", [] {
        auto const content = *any_content("ANY");
        day_by_day const plain{content};
        auto const few = made(content);
        auto const all = made(of_all_years(content));
        for (int round = 0; round < 20; ++round) {
            auto const from = *any_day();
            auto const to = *any_day();
            auto const count = *any_count();
            auto const roll = *any_roll();
            RC_ASSERT(*few.is_business_day(from) == plain.is_open(from));
            RC_ASSERT(*all.is_business_day(from) == plain.is_open(from));
            RC_ASSERT(few.day_reason(from)->is_open() == plain.is_open(from));
            auto const added = plain.add(from, count);
            RC_ASSERT(day_of(few.add_business_days(from, count)) == added);
            if (added) RC_ASSERT(all.add_business_days(from, count) == *added);
            bool const include_first = *rc::gen::arbitrary<bool>();
            bool const include_last = *rc::gen::arbitrary<bool>();
            auto const counted = plain.count(from, to, include_first, include_last);
            RC_ASSERT(few.count_business_days(from, to, include_first, include_last) == counted);
            RC_ASSERT(all.count_business_days(from, to, include_first, include_last) == counted);
            auto const start = roll == roll_rule::none && !plain.is_open(from) ? std::nullopt : plain.roll(from, roll);
            // The plain roll knows no day beyond the covered years, so it gives up where the calendar still is certain.
            if (!start) continue;
            auto const offset = plain.add(*start, count);
            RC_ASSERT(day_of(few.offset_business_days(from, count, roll)) == offset);
            if (offset && all.rolled(from, roll) == *start)
                RC_ASSERT(day_of(all.offset_business_days(from, count, roll)) == offset);
        }
    });
}

bool adding_and_counting_business_days_agree() {
    return rc::check("counting to where business days were added gives their number, and adding them back the day", [] {
        auto content = *any_content("ANY");
        if (*rc::gen::arbitrary<bool>()) content = of_all_years(std::move(content));
        auto const calendar = made(content);
        for (int round = 0; round < 20; ++round) {
            auto const from = *any_day();
            auto const count = *any_count();
            auto const to = calendar.add_business_days(from, count);
            if (!to) continue;
            RC_ASSERT(calendar.business_days_between(from, *to) == count);
            RC_ASSERT((count == 0 || *calendar.is_business_day(*to)));
            if (!*calendar.is_business_day(from)) continue;
            RC_ASSERT(calendar.add_business_days(*to, -count) == from);
            RC_ASSERT(calendar.business_days_between(*to, from) == -count);
        }
    });
}

bool dense_and_sparse_tables_agree() {
    return rc::check("dense and sparse tables of the same days give the same answers to everything", [] {
        auto const calendar = made(*any_content("ANY"));
        auto const rows = calendar.holiday_days(first, last);
        dense_days const dense{first, last, calendar.weekends(), rows};
        sparse_days const sparse{first, last, calendar.weekends(), rows};
        std::int32_t open = 0;
        for (date at = first; at <= last; at = plus_days(at, 1)) {
            RC_ASSERT(dense.open_before(at) == open);
            RC_ASSERT(sparse.open_before(at) == open);
            RC_ASSERT(dense.is_open(at) == sparse.is_open(at));
            if (!dense.is_open(at)) continue;
            RC_ASSERT(dense.nth(open) == at);
            RC_ASSERT(sparse.nth(open) == at);
            ++open;
        }
        RC_ASSERT(dense.open_before(plus_days(last, 1)) == open);
        RC_ASSERT(sparse.open_before(plus_days(last, 1)) == open);
        for (std::int64_t const number : {std::int64_t{-1}, std::int64_t{open}, INT64_MAX, INT64_MIN}) {
            RC_ASSERT(!dense.has_nth(number));
            RC_ASSERT(!sparse.has_nth(number));
        }
        RC_ASSERT((open == 0 || (dense.has_nth(open - 1) && sparse.has_nth(open - 1))));
    });
}

bool rolls_end_on_open_days() {
    return rc::check("a roll ends on an open day in the direction or month that it names, and on the nearest such", [] {
        auto const content = *any_content("ANY");
        day_by_day const plain{content};
        auto const few = made(content);
        for (int round = 0; round < 20; ++round) {
            auto const from = *any_day();
            auto const roll = *any_roll();
            auto const answer = few.rolled(from, roll);
            if (auto const expected = plain.roll(from, roll)) RC_ASSERT(answer == *expected);
            if (!answer) continue;
            if (roll == roll_rule::none || plain.is_open(from)) {
                RC_ASSERT(*answer == from);
                continue;
            }
            RC_ASSERT(plain.is_open(*answer));
            // Nothing is open between the two, and with `nearest` nothing as near on the other side.
            RC_ASSERT(std::abs(plain.count(from, *answer, true, true)) == 1);
            if (roll == roll_rule::following) RC_ASSERT(*answer > from);
            if (roll == roll_rule::preceding) RC_ASSERT(*answer < from);
            if (roll != roll_rule::nearest) continue;
            auto const mirrored = date{2 * from.days - answer->days};
            if (!plain.covers(mirrored)) continue;
            RC_ASSERT(plain.count(from, mirrored, true, *answer < from) == 0);
        }
    });
}

bool advances_agree_with_their_rules() {
    return rc::check("weeks, months and years are shifted, clipped and rolled as the rules say, step by step", [] {
        auto const content = *any_content("ANY");
        day_by_day const plain{content};
        auto const few = made(content);
        auto const all = made(of_all_years(content));
        for (int round = 0; round < 20; ++round) {
            auto const from = *any_day();
            auto const unit = static_cast<advance_unit>(*rc::gen::inRange(0, 4));
            auto const n = *rc::gen::inRange(-30, 31) / (unit == advance_unit::years ? 12 : 1);
            auto const roll = *any_roll();
            bool const end_of_month = *rc::gen::arbitrary<bool>();
            auto const expected = plain.advance(from, n, unit, roll, end_of_month);
            auto const answer = few.advance(from, n, unit, roll, end_of_month);
            if (expected) RC_ASSERT(answer == *expected);
            // Where the covered years have an answer, more years have the same.
            if (answer) RC_ASSERT(all.advance(from, n, unit, roll, end_of_month) == *answer);
        }
    });
}

bool joined_calendars_are_open_as_their_parts() {
    return rc::check("a joined calendar is open when all, or when any, of its parts are", [] {
        std::vector<business_calendar> parts;
        bool const few = *rc::gen::arbitrary<bool>();
        for (auto const name : {"A", "B", "C"}) {
            auto content = *any_content(name);
            parts.push_back(made(few ? std::move(content) : of_all_years(std::move(content))));
        }
        auto const joined_days = joined({&parts[0], &parts[1], &parts[2]}, join_rule::closed_if_any);
        // Random weekends may leave no weekday to all of them, which is refused.
        if (!joined_days) {
            RC_ASSERT(joined_days.error().find("no weekday open") != std::string::npos);
            return;
        }
        auto const& all_open = *joined_days;
        auto const any_open = joined({&parts[0], &parts[1], &parts[2]}, join_rule::closed_if_all).value();
        for (date at = first; at <= last; at = plus_days(at, 1)) {
            std::int32_t open = 0;
            for (auto const& part : parts) open += *part.is_business_day(at) ? 1 : 0;
            RC_ASSERT(*all_open.is_business_day(at) == (open == 3));
            RC_ASSERT(*any_open.is_business_day(at) == (open > 0));
            RC_ASSERT(all_open.day_reason(at)->is_open() == (open == 3));
            RC_ASSERT(any_open.day_reason(at)->is_open() == (open > 0));
        }
    });
}
