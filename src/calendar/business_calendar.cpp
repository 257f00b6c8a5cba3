// What a calendar says about a day, and how days are counted, rolled and shifted on its tables.
#include "recourse/calendar/business_calendar.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "calendar/weekend_on.hpp"

namespace recourse {

namespace {

bool same_month(date left, date right) { return end_of_month(left) == end_of_month(right); }

bool passes_the_15th(date from, date to) { return to_civil(from).day <= 15 && to_civil(to).day > 15; }

std::string_view spoken_name(holiday_words const& words) { return words.english.empty() ? words.name : words.english; }

std::size_t bytes_of(std::string const& text) {
    return text.capacity() < sizeof(std::string) ? 0 : text.capacity() + 1;
}

}  // namespace

std::string to_text(calendar_gap const& gap) {
    if (gap.year == no_year) {
        return fmt::format("the calendar {} counts days; service hours are counted on a schedule", gap.calendar);
    }
    return fmt::format("the calendar {} has no data for the year {}", gap.calendar, gap.year);
}

calendar_error to_error(calendar_gap const& gap) { return {calendar_error_kind::no_data, to_text(gap)}; }

std::string to_text(day_state const& state) {
    switch (state.kind) {
        case day_kind::working: return "working day";
        case day_kind::weekend: return "weekend";
        case day_kind::holiday: return state.name;
        case day_kind::worked_weekend: return fmt::format("worked weekend ({})", state.name);
        case day_kind::half_day: return fmt::format("half day ({})", state.name);
    }
    return "unknown day";
}

business_calendar business_calendar::compiled(calendar_rows rows) {
    business_calendar made;
    made.first_day_ = to_date({rows.first_year, 1, 1});
    made.last_day_ = to_date({rows.last_year, 12, 31});
    if (rows.last_year - rows.first_year < dense_years_max)
        made.dense_ = dense_days{made.first_day_, made.last_day_, rows.weekends, rows.days};
    else
        made.sparse_ = sparse_days{made.first_day_, made.last_day_, rows.weekends, rows.days};
    made.name_ = std::move(rows.name);
    made.title_ = std::move(rows.title);
    made.data_version_ = std::move(rows.data_version);
    made.first_year_ = rows.first_year;
    made.last_year_ = rows.last_year;
    made.weekends_ = std::move(rows.weekends);
    made.words_ = std::move(rows.words);
    made.days_ = std::move(rows.days);
    return made;
}

calendar_gap business_calendar::gap_at(date day) const { return {name_, year_of(day)}; }

bool business_calendar::is_weekend(date day) const noexcept { return weekend_on(weekends_, day).has(weekday_of(day)); }

std::size_t business_calendar::bytes() const noexcept {
    auto bytes = sizeof *this + bytes_of(name_) + bytes_of(title_) + bytes_of(data_version_) + dense_.bytes() +
                 sparse_.bytes() + weekends_.capacity() * sizeof(weekend_rule) + days_.capacity() * sizeof(holiday_day);
    if (words_ == nullptr) return bytes;
    bytes += sizeof(std::vector<holiday_words>) + words_->capacity() * sizeof(holiday_words);
    std::set<void const*> counted;
    for (auto const& words : *words_) {
        bytes += bytes_of(words.name) + bytes_of(words.english);
        if (!counted.insert(words.source.address()).second) continue;
        bytes += words.source.view().size() + sizeof(std::string) + 1;
    }
    return bytes;
}

result<day_state, calendar_gap> business_calendar::day_reason(date day) const {
    if (!covers(day)) return failed{gap_at(day)};
    auto const rows = holiday_days(day, day);
    auto const any = [&](auto wanted) {
        return std::any_of(rows.begin(), rows.end(), [&](holiday_day const& row) { return wanted(row.kind); });
    };
    auto const told = [&](day_kind kind, auto wanted) {
        day_state state{kind, {}};
        std::vector<std::string_view> names;  // a day may be a public and a bank holiday by the same name
        for (auto const& row : rows) {
            auto const name = spoken_name(words_of(row));
            if (!wanted(row.kind) || std::find(names.begin(), names.end(), name) != names.end()) continue;
            if (!names.empty()) state.name += " and ";
            state.name += name;
            names.push_back(name);
        }
        return state;
    };
    auto const worked = [](holiday_kind kind) { return kind == holiday_kind::worked_weekend; };
    auto const half = [](holiday_kind kind) { return kind == holiday_kind::half_day; };
    bool const weekend = is_weekend(day);
    if (any(closes)) return told(day_kind::holiday, closes);
    if (weekend && !any(worked)) return day_state{day_kind::weekend, {}};
    if (any(half)) return told(day_kind::half_day, half);
    return weekend ? told(day_kind::worked_weekend, worked) : day_state{day_kind::working, {}};
}

std::span<holiday_day const> business_calendar::holiday_days(date first, date last) const noexcept {
    auto const begin = std::lower_bound(days_.begin(), days_.end(), first,
                                        [](holiday_day const& row, date wanted) { return row.day < wanted; });
    auto const end = std::upper_bound(begin, days_.end(), last,
                                      [](date wanted, holiday_day const& row) { return wanted < row.day; });
    return {begin, end};
}

result<std::vector<holiday>, calendar_gap> business_calendar::holidays(date first, date last) const {
    for (date const end : {first, last}) {
        if (!covers(end)) return failed{gap_at(end)};
    }
    std::vector<holiday> found;
    for (auto const& row : holiday_days(first, last)) {
        auto const& words = words_of(row);
        found.push_back({.day = row.day,
                         .name = words.name,
                         .english = words.english,
                         .kind = row.kind,
                         .known_by = row.known_by,
                         .substitute = row.substitute != 0,
                         .may_move_days = row.may_move_days,
                         .closed = row.kind == holiday_kind::half_day ? words.closed : half_day_span{},
                         .source = words.source});
    }
    return found;
}

result<bool, calendar_gap> business_calendar::is_business_day_elsewhere(date day) const {
    if (!covers(day)) return failed{gap_at(day)};
    return sparse_.is_open(day);  // a dense calendar was asked before
}

result<date, calendar_gap> business_calendar::add_elsewhere(date from, std::int32_t count) const {
    if (!covers(from)) return failed{gap_at(from)};
    if (count == 0) return from;
    std::int32_t const forward = count > 0 ? 1 : 0;
    if (!is_dense()) {
        auto const number = std::int64_t{sparse_.open_before(plus_days(from, forward))} + count - forward;
        if (sparse_.has_nth(number)) return sparse_.nth(number);
    }
    return failed{gap_at(count > 0 ? plus_days(last_day_, 1) : plus_days(first_day_, -1))};
}

result<std::int32_t, calendar_gap> business_calendar::count_elsewhere(date from, date to, bool include_first,
                                                                      bool include_last) const {
    for (date const end : {from, to}) {
        if (!covers(end)) return failed{gap_at(end)};
    }
    if (from == to && !(include_first && include_last)) return 0;
    bool const backward = to < from;  // as in count_business_days; a dense calendar was asked there
    return sparse_.open_before(plus_days(to, include_last != backward ? 1 : 0)) -
           sparse_.open_before(plus_days(from, include_first != backward ? 0 : 1));
}

std::optional<date> business_calendar::open_from(date day) const {
    auto const found = [&](auto const& days) -> std::optional<date> {
        auto const number = days.open_before(day);
        if (!days.has_nth(number)) return std::nullopt;
        return days.nth(number);
    };
    return is_dense() ? found(dense_) : found(sparse_);
}

std::optional<date> business_calendar::open_up_to(date day) const {
    auto const found = [&](auto const& days) -> std::optional<date> {
        auto const number = days.open_before(plus_days(day, 1)) - 1;
        if (!days.has_nth(number)) return std::nullopt;
        return days.nth(number);
    };
    return is_dense() ? found(dense_) : found(sparse_);
}

result<date, calendar_gap> business_calendar::roll_closed(date day, roll_rule roll) const {
    if (!covers(day)) return failed{gap_at(day)};
    auto const later = open_from(day);
    if (later == day) return day;
    auto const earlier = open_up_to(day);
    // Where there is no open day the end of the covered years stands for it: a day beyond is at least so far away, and
    // certainly in another month.
    date const late = later.value_or(plus_days(last_day_, 1));
    date const early = earlier.value_or(plus_days(first_day_, -1));
    bool forward = false;
    switch (roll) {
        case roll_rule::none:  // never comes here
        case roll_rule::following: forward = true; break;
        case roll_rule::preceding: forward = false; break;
        case roll_rule::modified_following: forward = same_month(day, late); break;
        case roll_rule::modified_preceding: forward = !same_month(day, early); break;
        case roll_rule::half_month_modified_following:
            forward = same_month(day, late) && !passes_the_15th(day, late);
            break;
        case roll_rule::nearest: forward = late.days - day.days <= day.days - early.days; break;
    }
    auto const& answer = forward ? later : earlier;
    if (!answer) return failed{gap_at(forward ? late : early)};
    return *answer;
}

result<date, calendar_error> business_calendar::offset_elsewhere(date from, std::int32_t count, roll_rule roll) const {
    auto const open = is_business_day(from);
    if (!open) return failed{to_error(open.error())};
    if (!*open && roll == roll_rule::none) {
        return failed{calendar_error{
            calendar_error_kind::closed_day,
            fmt::format(
                "{} is closed in the calendar {} ({}); with the roll \"none\" business days are counted from an "
                "open day",
                to_text(from), name_, to_text(day_reason(from).value()))}};
    }
    auto const start = rolled(from, roll);
    if (!start) return failed{to_error(start.error())};
    auto const answer = add_business_days(*start, count);
    if (!answer) return failed{to_error(answer.error())};
    return *answer;
}

result<date, calendar_error> business_calendar::nth_business_day(std::int32_t year, std::int32_t month,
                                                                 std::int32_t n) const {
    auto const no_such_day = [](std::string sentence) {
        return failed{calendar_error{calendar_error_kind::no_such_business_day, std::move(sentence)}};
    };
    if (year < first_year_ || year > last_year_) return failed{to_error(calendar_gap{name_, year})};
    if (month < 1 || month > 12)
        return no_such_day(fmt::format("there is no month {}; months run from 1 to 12", month));
    if (n == 0) {
        return no_such_day("there is no business day 0 of a month; the first is 1 and the last is -1");
    }
    date const first = to_date({year, month, 1});
    date const last = end_of_month(first);
    auto const open = count_business_days(first, last, true, true).value();  // both are covered
    if (n > open || n < -open) {
        return no_such_day(fmt::format("{:04}-{:02} has {} business days in the calendar {}; there is no number {}",
                                       year, month, open, name_, n));
    }
    if (n > 0) return add_business_days(open_from(first).value(), n - 1).value();
    return add_business_days(open_up_to(last).value(), n + 1).value();
}

result<date, calendar_gap> business_calendar::advance(date from, std::int32_t n, advance_unit unit, roll_rule roll,
                                                      bool end_of_month) const {
    if (n == 0) return rolled(from, roll);
    if (unit == advance_unit::business_days) return add_business_days(from, n);
    if (from < first_date || from > last_date) return failed{gap_at(from)};
    calendar_gap const out_of_time{name_, n > 0 ? year_max + 1 : year_min - 1};
    if (unit == advance_unit::weeks) {
        auto const days = std::int64_t{from.days} + std::int64_t{n} * 7;
        if (days < first_date.days || days > last_date.days) return failed{out_of_time};
        return rolled({static_cast<std::int32_t>(days)}, roll);
    }
    auto const shifted = plus_months(from, std::int64_t{n} * (unit == advance_unit::years ? 12 : 1));
    if (!shifted) return failed{out_of_time};
    if (!end_of_month) return rolled(*shifted, roll);
    if (roll == roll_rule::none) {
        return from == recourse::end_of_month(from) ? recourse::end_of_month(*shifted) : *shifted;
    }
    auto const last_open = rolled(recourse::end_of_month(from), roll_rule::preceding);
    if (!last_open) return last_open;
    if (from < *last_open) return rolled(*shifted, roll);
    return rolled(recourse::end_of_month(*shifted), roll_rule::preceding);
}

bool operator==(business_calendar const& left, business_calendar const& right) {
    return left.name_ == right.name_ && left.title_ == right.title_ && left.data_version_ == right.data_version_ &&
           left.first_year_ == right.first_year_ && left.last_year_ == right.last_year_ &&
           left.weekends_ == right.weekends_ &&
           std::equal(left.days_.begin(), left.days_.end(), right.days_.begin(), right.days_.end(),
                      [&](holiday_day one, holiday_day const& other) {
                          if (left.words_of(one) != right.words_of(other)) return false;
                          one.words = other.words;  // the number of the words is nobody's business
                          return one == other;
                      });
}

}  // namespace recourse
