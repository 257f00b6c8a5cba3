// From a rule and a year to days.
#include "calendar/rules/days.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include <fmt/format.h>

#include "recourse/calendar/calendar_systems.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse::rules {

namespace {

// At most two: a Hijri year is eleven days shorter than ours.
struct base_days {
    std::array<date, 2> days{};
    std::size_t count = 0;
    bool covered = true;
    void add(date day) {
        assert(count < days.size());
        days[count++] = day;
    }
    void add_in(std::int32_t year, std::optional<date> day) {
        if (day && year_of(*day) == year) add(*day);
    }
};

date weekday_from(date day, weekday wanted, std::int32_t step) {
    auto const ahead = (static_cast<std::int32_t>(wanted) - static_cast<std::int32_t>(weekday_of(day)) + 7) % 7;
    return plus_days(day, step > 0 || ahead == 0 ? ahead : ahead - 7);
}

date weekday_after(date day, weekday wanted) { return weekday_from(plus_days(day, 1), wanted, 1); }
date weekday_before(date day, weekday wanted) { return weekday_from(plus_days(day, -1), wanted, -1); }

date searched(day_rule const& rule, date from) {
    auto const weeks = 7 * (rule.search_nth - 1);
    switch (rule.search) {
        case weekday_search::none: return from;
        case weekday_search::on_or_after: return plus_days(weekday_from(from, rule.search_for, 1), weeks);
        case weekday_search::on_or_before: return plus_days(weekday_from(from, rule.search_for, -1), -weeks);
        case weekday_search::after: return plus_days(weekday_after(from, rule.search_for), weeks);
        case weekday_search::before: return plus_days(weekday_before(from, rule.search_for), -weeks);
        case weekday_search::nearest: return weekday_from(plus_days(from, -3), rule.search_for, 1);
    }
    return from;
}

std::optional<date> nth_weekday(day_rule const& rule, std::int32_t year) {
    if (rule.nth < 0) {
        return weekday_from(to_date({year, rule.month, days_in_month(year, rule.month)}), rule.weekday, -1);
    }
    auto const day = plus_days(weekday_from(to_date({year, rule.month, 1}), rule.weekday, 1), 7 * (rule.nth - 1));
    if (to_civil(day).month != rule.month) return std::nullopt;
    return day;
}

lunisolar_tradition tradition_of(day_base base) {
    if (base == day_base::korean) return lunisolar_tradition::korean;
    return base == day_base::vietnamese ? lunisolar_tradition::vietnamese : lunisolar_tradition::chinese;
}

solar_term term_of(day_base base) {
    switch (base) {
        case day_base::march_equinox: return solar_term::march_equinox;
        case day_base::june_solstice: return solar_term::june_solstice;
        case day_base::september_equinox: return solar_term::september_equinox;
        case day_base::winter_solstice: return solar_term::winter_solstice;
        default: return solar_term::qingming;
    }
}

base_days moon_days(day_rule const& rule, std::int32_t year) {
    base_days found;
    if (rule.base == day_base::hebrew) {
        auto const month = static_cast<hebrew_month>(rule.month);
        for (std::int32_t const hebrew : {year + 3760, year + 3761}) {
            found.add_in(year, hebrew_day(hebrew, month, rule.day));
        }
    } else if (rule.base == day_base::hijri) {
        // The almanac that is printed in Mecca; the other table leaves its rule in 2029.
        constexpr auto almanac = umm_al_qura_table::printed;
        auto const first = umm_al_qura_year_of(to_date({year, 1, 1}), almanac);
        auto const last = umm_al_qura_year_of(to_date({year, 12, 31}), almanac);
        found.covered = first && last;
        if (!found.covered) return found;
        for (auto hijri = *first; hijri <= *last; ++hijri) {
            found.add_in(year, umm_al_qura_day(hijri, rule.month, rule.day, almanac));
        }
    } else {
        found.covered = lunisolar_first_year < year && year <= lunisolar_last_year;
        for (auto const lunar : {year - 1, year}) {
            found.add_in(year, lunisolar_day(tradition_of(rule.base), lunar, rule.month, rule.day));
        }
    }
    return found;
}

base_days days_of_base(day_rule const& rule, std::int32_t year) {
    using enum day_base;
    base_days found;
    switch (rule.base) {
        case fixed:
            if (exists({year, rule.month, rule.day})) found.add(to_date({year, rule.month, rule.day}));
            break;
        case weekday_of_month:
            if (auto const day = nth_weekday(rule, year)) found.add(*day);
            break;
        case easter: found.add(easter_sunday(year)); break;
        case orthodox_easter: found.add(orthodox_easter_sunday(year)); break;
        case chinese:
        case korean:
        case vietnamese:
        case hijri:
        case hebrew: return moon_days(rule, year);
        case qingming:
        case march_equinox:
        case june_solstice:
        case september_equinox:
        case winter_solstice: {
            auto const day = solar_term_day(term_of(rule.base), year, rule.utc_offset_hours);
            found.covered = day.has_value();
            if (day) found.add(*day);
            break;
        }
        case row:
        case between_holidays:
        case listed: break;
    }
    return found;
}

// The days of the other row as that row has them, its years, weekdays and moves included.
bool append_days_of_row(std::vector<date>& days, day_rule const& rule, std::int32_t year, holiday_table const& table,
                        std::size_t row) {
    auto const* other = row_called(table, rule.row, row);
    assert(other != nullptr && "the references of a table are checked before its days are asked for");
    auto const first = days.size();
    for (date const day : other->dates) {
        if (year_of(day) == year) days.push_back(day);
    }
    bool covered = true;
    if (days.size() == first && holds_in(*other, year)) {
        std::vector<date> by_rule;
        auto const place = static_cast<std::size_t>(other - table.holidays.data());
        covered = append_days(by_rule, other->when, year, table, place);
        for (date const day : by_rule) {
            if (auto const at = placed(*other, day)) days.push_back(*at);
        }
    }
    for (auto at = first; at < days.size(); ++at) days[at] = plus_days(searched(rule, days[at]), rule.offset_days);
    return covered;
}

}  // namespace

holiday_rule const* row_called(holiday_table const& table, std::string_view id, std::size_t row) {
    for (std::size_t at = 0; at < row && at < table.holidays.size(); ++at) {
        if (table.holidays[at].id == id) return &table.holidays[at];
    }
    return nullptr;
}

std::string reference_problem(holiday_table const& table, std::size_t row) {
    constexpr std::size_t steps_max = 8;
    std::size_t steps = 0;
    for (auto at = row; table.holidays[at].when.base == day_base::row;) {
        auto const& id = table.holidays[at].when.row;
        auto const* other = row_called(table, id, at);
        if (other == nullptr) return fmt::format("no row before this one has the id {}", quoted(id));
        if (++steps > steps_max) return fmt::format("refers over more than {} rows", steps_max);
        at = static_cast<std::size_t>(other - table.holidays.data());
    }
    return {};
}

day_base reached_base(holiday_table const& table, std::size_t row) {
    while (table.holidays[row].when.base == day_base::row) {
        row = static_cast<std::size_t>(row_called(table, table.holidays[row].when.row, row) - table.holidays.data());
    }
    return table.holidays[row].when.base;
}

bool holds_in(holiday_rule const& rule, std::int32_t year) {
    if (rule.from && year < *rule.from) return false;
    if (rule.to && year > *rule.to) return false;
    if (rule.every > 1 && rule.from && (std::int64_t{year} - *rule.from) % rule.every != 0) return false;
    return std::find(rule.except.begin(), rule.except.end(), year) == rule.except.end();
}

std::optional<date> placed(holiday_rule const& rule, date day) {
    if (!rule.only_on.has(weekday_of(day))) return std::nullopt;
    for (auto const& clause : rule.moved) {
        if (clause.on.has(weekday_of(day))) return moved_by(clause, day);
    }
    return day;
}

bool append_days(std::vector<date>& days, day_rule const& rule, std::int32_t year, holiday_table const& table,
                 std::size_t row) {
    if (rule.base == day_base::row) return append_days_of_row(days, rule, year, table, row);
    auto const found = days_of_base(rule, year);
    for (std::size_t at = 0; at < found.count; ++at) {
        days.push_back(plus_days(searched(rule, found.days[at]), rule.offset_days));
    }
    return found.covered;
}

date moved_by(substitute_clause const& clause, date day) {
    switch (clause.target) {
        case substitute_target::next_weekday: return weekday_after(day, clause.weekday);
        case substitute_target::previous_weekday: return weekday_before(day, clause.weekday);
        default: return plus_days(day, clause.days);
    }
}

}  // namespace recourse::rules
