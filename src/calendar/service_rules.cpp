// What service hours may say, and in which order they are kept.
#include "calendar/service_rules.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

constexpr std::size_t name_bytes_max = 120;

std::optional<std::string> problem_of_clock(std::int32_t opens, std::int32_t closes) {
    for (auto const second : {opens, closes}) {
        if (second < 0 || second > seconds_per_day) {
            return fmt::format("names second {} of a day; seconds run from 0 to 86400, which is 24:00", second);
        }
    }
    return std::nullopt;
}

std::optional<std::string> problem(std::vector<service_window> const& windows) {
    if (windows.size() > service_windows_max) {
        return fmt::format("there are {} windows; at most {} are taken", windows.size(), service_windows_max);
    }
    for (std::size_t at = 0; at < windows.size(); ++at) {
        auto const& one = windows[at];
        if (auto const wrong = problem_of_clock(one.open_seconds, one.close_seconds)) {
            return fmt::format("window {} {}", at + 1, *wrong);
        }
        if (one.days.bits == 0) return fmt::format("window {} is of no weekday; name at least one", at + 1);
        if (one.days.bits > every_weekday.bits) return fmt::format("window {} names more than seven weekdays", at + 1);
    }
    return std::nullopt;
}

std::optional<std::string> problem_of_dates(std::string_view what, std::size_t count) {
    if (count <= service_dates_max) return std::nullopt;
    return fmt::format("there are {} {}s; at most {} are taken", count, what, service_dates_max);
}

std::optional<std::string> problem_of_day(std::string_view what, std::size_t at, date day) {
    if (first_date <= day && day <= last_date) return std::nullopt;
    return fmt::format("{} {} is outside the years 0001 to 9999", what, at + 1);
}

std::optional<std::string> problem(std::string_view what, std::vector<dated_window> const& several) {
    if (auto const wrong = problem_of_dates(what, several.size())) return wrong;
    for (std::size_t at = 0; at < several.size(); ++at) {
        auto const& one = several[at];
        if (auto const wrong = problem_of_day(what, at, one.day)) return wrong;
        if (auto const wrong = problem_of_clock(one.open_seconds, one.close_seconds)) {
            return fmt::format("{} {} on {} {}", what, at + 1, to_text(one.day), *wrong);
        }
    }
    return std::nullopt;
}

std::optional<std::string> problem(service_hours const& hours) {
    bool const plain = std::none_of(hours.name.begin(), hours.name.end(),
                                    [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
    if (!plain || hours.name.size() > name_bytes_max) {
        return fmt::format("their name has at most {} bytes and no control characters", name_bytes_max);
    }
    if (auto const wrong = problem(hours.windows)) return wrong;
    if (auto const wrong = problem("shift", hours.shifts)) return wrong;
    if (hours.windows.empty() && hours.shifts.empty()) {
        return "there is no window and no shift; one at least must say when it is open";
    }
    if (auto const wrong = problem("break", hours.breaks)) return wrong;
    if (auto const wrong = problem_of_dates("holiday", hours.holidays.size())) return wrong;
    for (std::size_t at = 0; at < hours.holidays.size(); ++at) {
        if (auto const wrong = problem_of_day("holiday", at, hours.holidays[at])) return wrong;
    }
    if (hours.worked_weekend_as && *hours.worked_weekend_as > weekday::sunday) {
        return "the weekday whose windows a worked weekend has is none of the seven";
    }
    if (hours.half_days > half_day_rule::closed) return "half days are shortened, open or closed";
    return std::nullopt;
}

day_window window_of(std::int32_t opens, std::int32_t closes) {
    auto const next_date = closes <= opens ? static_cast<std::int32_t>(seconds_per_day) : 0;
    return {opens, closes + next_date};
}

std::vector<local_span> breaks_of(std::vector<dated_window> const& given) {
    std::vector<local_span> several;
    several.reserve(given.size());
    for (auto const& one : given) {
        auto const window = window_of(one.open_seconds, one.close_seconds);
        auto const midnight = one.day.days * seconds_per_day;
        several.push_back({midnight + window.opens, midnight + window.closes});
    }
    std::sort(several.begin(), several.end(),
              [](local_span const& left, local_span const& right) { return left.opens < right.opens; });
    std::size_t kept = 0;
    for (auto const& one : several) {
        if (kept > 0 && one.opens <= several[kept - 1].closes)
            several[kept - 1].closes = std::max(several[kept - 1].closes, one.closes);
        else
            several[kept++] = one;
    }
    several.resize(kept);
    return several;
}

std::vector<day_shift> shifts_of(std::vector<dated_window> const& given) {
    std::vector<day_shift> several;
    several.reserve(given.size());
    for (auto const& one : given) several.push_back({one.day, window_of(one.open_seconds, one.close_seconds)});
    std::sort(several.begin(), several.end(), [](day_shift const& left, day_shift const& right) {
        return left.day != right.day ? left.day < right.day : left.window.opens < right.window.opens;
    });
    return several;
}

}  // namespace

std::int64_t service_rules::open_seconds_a_week() const noexcept {
    std::int64_t sum = 0;
    for (auto const& one : windows) sum += one.closes - one.opens;
    return sum;
}

failed<std::string> refused_hours(std::string const& name, std::string const& why) {
    return failed{name.empty() ? fmt::format("service hours: {}", why)
                               : fmt::format("service hours {}: {}", quoted(name), why)};
}

result<service_rules, std::string> rules_of(service_hours hours, business_calendar const* calendar) {
    if (auto const wrong = problem(hours)) return refused_hours(hours.name, *wrong);
    service_rules rules{.name = std::move(hours.name),
                        .zone = hours.zone,
                        .calendar = calendar,
                        .windows = {},
                        .holidays = std::move(hours.holidays),
                        .breaks = breaks_of(hours.breaks),
                        .shifts = shifts_of(hours.shifts),
                        .worked_weekend_as = hours.worked_weekend_as,
                        .half_days = hours.half_days};
    std::sort(rules.holidays.begin(), rules.holidays.end());
    rules.windows.reserve(hours.windows.size() * 7);
    for (std::size_t day = 0; day < 7; ++day) {
        auto const first = static_cast<std::ptrdiff_t>(rules.windows.size());
        for (auto const& one : hours.windows) {
            if (one.days.has(static_cast<weekday>(day))) {
                rules.windows.push_back(window_of(one.open_seconds, one.close_seconds));
            }
        }
        std::sort(rules.windows.begin() + first, rules.windows.end(),
                  [](day_window const& left, day_window const& right) { return left.opens < right.opens; });
        rules.first_window[day + 1] = static_cast<std::uint16_t>(rules.windows.size());
    }
    return rules;
}

}  // namespace recourse
