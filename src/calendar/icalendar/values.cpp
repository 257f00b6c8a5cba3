// One property at a time is given to libical, and what it lets pass too lightly is held against the text again.
#include "calendar/icalendar/values.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <libical/ical.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse::icalendar {

namespace {

// libical drops what comes after the 500th value of one property, and the parameters after the 100th.
constexpr std::size_t values_max = 500;
constexpr std::size_t parameters_max = 50;
constexpr std::size_t line_bytes_max = 65'536;

constexpr int interval_max = 1'000;
constexpr int count_max = 100'000;
constexpr std::int64_t length_days_max = 36'525;

struct freed {
    void operator()(icalcomponent* one) const { icalcomponent_free(one); }
    void operator()(icalparser* one) const { icalparser_free(one); }
    void operator()(icalrecur_iterator* one) const { icalrecur_iterator_free(one); }
};
using component = std::unique_ptr<icalcomponent, freed>;
using line_parser = std::unique_ptr<icalparser, freed>;
using occurrences = std::unique_ptr<icalrecur_iterator, freed>;

// Debian's libical only sets an error number, but one that was built otherwise ends the process. The zone UTC is made
// when it is first asked for, together with a list of zones: done once, here, it is only read afterwards.
void prepare_libical() {
    [[maybe_unused]] static bool const prepared = [] {
        if (icalerror_get_errors_are_fatal() != 0) icalerror_set_errors_are_fatal(0);
        return icaltimezone_get_utc_timezone() != nullptr;
    }();
}

// icalparser_parse_string changes a setting of the whole process while it runs; to add lines one by one does not.
component parsed(std::string const& text) {
    prepare_libical();
    line_parser const parser{icalparser_new()};
    for (std::string line : {std::string{"BEGIN:VEVENT"}, text}) icalparser_add_line(parser.get(), line.data());
    std::string end{"END:VEVENT"};
    return component{icalparser_add_line(parser.get(), end.data())};
}

std::vector<icalproperty*> properties_of(component const& from) {
    std::vector<icalproperty*> found;
    if (from == nullptr) return found;
    for (auto* one = icalcomponent_get_first_property(from.get(), ICAL_ANY_PROPERTY); one != nullptr;
         one = icalcomponent_get_next_property(from.get(), ICAL_ANY_PROPERTY)) {
        found.push_back(one);
    }
    return found;
}

bool is_complaint(icalproperty const* one) {
    return icalproperty_isa(const_cast<icalproperty*>(one)) == ICAL_XLICERROR_PROPERTY;
}

failed<std::string> no(std::string sentence) { return failed{std::move(sentence)}; }

std::optional<std::string> wrong_size(content_line const& line) {
    if (line.text.size() > line_bytes_max) {
        return fmt::format("{} has {} bytes; at most {}", line.name, line.text.size(), line_bytes_max);
    }
    auto const head = std::string_view{line.text}.substr(0, line.text.size() - line.value.size());
    if (static_cast<std::size_t>(std::count(head.begin(), head.end(), ';')) > parameters_max) {
        return fmt::format("{} has more than {} parameters", line.name, parameters_max);
    }
    if (static_cast<std::size_t>(std::count(line.value.begin(), line.value.end(), ',')) >= values_max) {
        return fmt::format("{} has more than {} values; spread them over several lines of that name", line.name,
                           values_max);
    }
    return std::nullopt;
}

std::string parameter(icalproperty* of, icalparameter_kind kind) {
    auto* found = icalproperty_get_first_parameter(of, kind);
    if (found == nullptr) return {};
    auto const* text = kind == ICAL_TZID_PARAMETER ? icalparameter_get_tzid(found) : nullptr;
    return text == nullptr ? std::string{} : std::string{text};
}

std::optional<date> day_of(icaltimetype const& time) {
    year_month_day const civil{time.year, time.month, time.day};
    if (civil.year < year_min || civil.year > year_max || !exists(civil)) return std::nullopt;
    return to_date(civil);
}

std::optional<moment> moment_of(icaltimetype const& time) {
    auto const day = day_of(time);
    if (!day) return std::nullopt;
    if (time.is_date != 0) return moment{.day = *day, .is_date = true};
    // 60 is a leap second, which clocks here do not have.
    bool const real = time.hour >= 0 && time.hour <= 23 && time.minute >= 0 && time.minute <= 59 && time.second >= 0 &&
                      time.second <= 60;
    if (!real) return std::nullopt;
    return moment{.day = *day,
                  .seconds_of_day = time.hour * 3'600 + time.minute * 60 + std::min(time.second, 59),
                  .is_utc = icaltime_is_utc(time) != 0};
}

icaltimetype as_libical(date day) {
    auto const civil = to_civil(day);
    icaltimetype time{};
    time.is_date = 1;
    time.year = civil.year;
    time.month = civil.month;
    time.day = civil.day;
    return time;
}

// Two digits a field: libical also takes " 1" and "+1" for a number, and dates with dashes.
std::string as_written(icaltimetype const& time) {
    auto text = fmt::format("{:04}{:02}{:02}", time.year, time.month, time.day);
    if (time.is_date != 0) return text;
    return text + fmt::format("T{:02}{:02}{:02}{}", time.hour, time.minute, time.second,
                              icaltime_is_utc(time) != 0 ? "Z" : "");
}

// libical forgets a parameter VALUE that does not fit the value.
bool says_value(content_line const& line, std::string_view kind) {
    auto const head = in_capitals(std::string_view{line.text}.substr(0, line.text.size() - line.value.size() - 1));
    return (head + ";").find(fmt::format(";VALUE={};", kind)) != std::string::npos;
}

}  // namespace

result<std::vector<std::string>, std::string> read_texts(content_line const& line) {
    if (auto wrong = wrong_size(line)) return no(*std::move(wrong));
    if (line.value.find_first_not_of(" \t") == std::string::npos) return std::vector<std::string>{};
    // A comma splits CATEGORIES and X- properties; elsewhere it is a letter, escaped or not.
    auto const made = parsed(line.text);
    std::vector<std::string> texts;
    for (auto* one : properties_of(made)) {
        if (is_complaint(one)) continue;
        auto const* value = icalproperty_get_value(one);
        if (value == nullptr) continue;
        auto const kind = icalvalue_isa(value);
        auto const* text = kind == ICAL_TEXT_VALUE ? icalvalue_get_text(value)
                           : kind == ICAL_X_VALUE  ? icalvalue_get_x(value)
                                                   : nullptr;
        if (text != nullptr) texts.emplace_back(text);
    }
    if (texts.empty()) return no(fmt::format("{} cannot be read; expected {}:text", line.name, line.name));
    return texts;
}

result<std::vector<moment>, std::string> read_moments(content_line const& line) {
    if (auto wrong = wrong_size(line)) return no(*std::move(wrong));
    auto const unreadable = [&] {
        return no(fmt::format("{} is {}; expected a date YYYYMMDD, or a time YYYYMMDDTHHMMSS with Z, a TZID or neither",
                              line.name, quoted(line.value)));
    };
    auto const made = parsed(line.text);
    std::vector<moment> moments;
    std::string again;
    for (auto* one : properties_of(made)) {
        if (is_complaint(one)) return unreadable();
        auto const* value = icalproperty_get_value(one);
        if (value == nullptr) return unreadable();
        auto const kind = icalvalue_isa(value);
        if (kind == ICAL_PERIOD_VALUE) return no(fmt::format("{} names a period; expected its days", line.name));
        if (kind != ICAL_DATE_VALUE && kind != ICAL_DATETIME_VALUE) return unreadable();
        auto const time = icalvalue_get_datetime(value);
        auto read = moment_of(time);
        if (!read) return unreadable();
        if (read->is_date ? says_value(line, "DATE-TIME") : says_value(line, "DATE")) {
            return no(fmt::format("{} is {}, which is not of the kind that its parameter VALUE says", line.name,
                                  quoted(line.value)));
        }
        if (!read->is_date && !read->is_utc) read->zone = parameter(one, ICAL_TZID_PARAMETER);
        if (!again.empty()) again += ',';
        again += as_written(time);
        moments.push_back(*std::move(read));
    }
    if (moments.empty() || again != line.value) return unreadable();
    return moments;
}

result<length, std::string> read_length(content_line const& line) {
    prepare_libical();
    auto const unreadable = [&] {
        return no(fmt::format("{} is {}; expected a time such as P1D, P2W or PT8H30M", line.name, quoted(line.value)));
    };
    // Longer numbers would run over in libical.
    std::size_t digits = 0;
    for (char const letter : line.value) {
        digits = letter >= '0' && letter <= '9' ? digits + 1 : 0;
        if (digits > 6) return unreadable();
    }
    if (line.value.find_first_not_of("+PTWDHMS0123456789") != std::string::npos) return unreadable();
    auto const read = icaldurationtype_from_string(line.value.c_str());
    if (icaldurationtype_is_bad_duration(read) != 0 || read.is_neg != 0) return unreadable();
    length const made{std::int64_t{read.weeks} * 7 + read.days,
                      std::int64_t{read.hours} * 3'600 + std::int64_t{read.minutes} * 60 + read.seconds};
    if (made.days + made.seconds / 86'400 > length_days_max) {
        return no(
            fmt::format("{} is {}; an event is at most {} days long", line.name, quoted(line.value), length_days_max));
    }
    return made;
}

// ---- recurring events -----------------------------------------------------------------------------------------------

namespace {

struct clause {
    std::string_view name;
    std::string_view value;
};

std::optional<std::vector<clause>> clauses_of(std::string_view rule) {
    std::vector<clause> clauses;
    while (!rule.empty()) {
        auto const end = std::min(rule.find(';'), rule.size());
        auto const one = rule.substr(0, end);
        rule.remove_prefix(std::min(end + 1, rule.size()));
        auto const sign = one.find('=');
        if (sign == std::string_view::npos) return std::nullopt;
        clauses.push_back({one.substr(0, sign), one.substr(sign + 1)});
    }
    return clauses;
}

bool are_digits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view without_sign(std::string_view text) {
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    return text;
}

bool is_weekday(std::string_view text) {
    constexpr std::array<std::string_view, 7> days{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    return std::find(days.begin(), days.end(), text) != days.end();
}

bool is_numbered_weekday(std::string_view text) {
    if (text.size() < 2) return false;
    auto const number = text.substr(0, text.size() - 2);
    return is_weekday(text.substr(text.size() - 2)) && (number.empty() || are_digits(without_sign(number), 1, 2));
}

bool is_number(std::string_view text) { return are_digits(without_sign(text), 1, 3); }

template <class Each>
bool all_of_list(std::string_view list, Each each) {
    while (true) {
        auto const end = std::min(list.find(','), list.size());
        if (!each(list.substr(0, end))) return false;
        if (end == list.size()) return true;
        list.remove_prefix(end + 1);
    }
}

int number_of(std::string_view digits) {
    int number = 0;
    for (char const digit : digits) number = number * 10 + (digit - '0');
    return number;
}

bool is_positive(std::string_view text, int most) {
    return are_digits(text, 1, 6) && number_of(text) >= 1 && number_of(text) <= most;
}

// A clause that libical may read: it takes the number at the front of "5x" for a 5.
std::optional<std::string> wrong_clause(clause const& one) {
    auto const expected = [&](std::string_view what) {
        return fmt::format("RRULE has {}={}; expected {}", one.name, quoted(one.value), what);
    };
    if (one.name == "FREQ") {
        for (auto const known : {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}) {
            if (one.value == known) return std::nullopt;
        }
        return expected("DAILY, WEEKLY, MONTHLY or YEARLY: a day does not recur within a day");
    }
    if (one.name == "INTERVAL") {
        return is_positive(one.value, interval_max) ? std::nullopt
                                                    : std::optional{expected(fmt::format("1 to {}", interval_max))};
    }
    if (one.name == "COUNT") {
        return is_positive(one.value, count_max) ? std::nullopt
                                                 : std::optional{expected(fmt::format("1 to {}", count_max))};
    }
    if (one.name == "WKST") return is_weekday(one.value) ? std::nullopt : std::optional{expected("MO, TU, ... or SU")};
    if (one.name == "BYDAY") {
        return all_of_list(one.value, is_numbered_weekday) ? std::nullopt
                                                           : std::optional{expected("weekdays such as MO,2TU,-1FR")};
    }
    for (auto const known : {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}) {
        if (one.name == known) {
            return all_of_list(one.value, is_number) ? std::nullopt : std::optional{expected("numbers")};
        }
    }
    if (one.name == "UNTIL") {
        content_line const line{0, fmt::format("RDATE:{}", one.value), "UNTIL", std::string{one.value}};
        auto const until = read_moments(line);
        return until && until->size() == 1 ? std::nullopt : std::optional{expected("a date or a time")};
    }
    return fmt::format(
        "RRULE has {}, which is not read for days; expected FREQ, INTERVAL, COUNT, UNTIL, WKST, BYDAY, "
        "BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO or BYSETPOS",
        quoted(one.name));
}

// Without an UNTIL, which is set apart from the text.
std::string without_until(std::string_view rule) {
    std::string kept;
    for (auto const& one : clauses_of(rule).value_or(std::vector<clause>{})) {
        if (one.name != "UNTIL") kept += fmt::format("{}{}={}", kept.empty() ? "" : ";", one.name, one.value);
    }
    return kept;
}

// What libical does for a rule before it is past the last day, at least.
std::int64_t steps_of(icalrecurrencetype const& rule, date start, date last) {
    constexpr std::int64_t set_up = 10;
    auto const days = std::int64_t{last.days} - start.days;
    auto const each = rule.freq == ICAL_DAILY_RECURRENCE     ? 1
                      : rule.freq == ICAL_WEEKLY_RECURRENCE  ? 7
                      : rule.freq == ICAL_MONTHLY_RECURRENCE ? 28
                                                             : 365;
    return set_up + days / each / std::max<std::int64_t>(rule.interval, 1);
}

// libical looks through the years up to 2582 before it finds that a rule has no day at all, which takes 0.1 seconds.
constexpr std::int64_t steps_of_no_day = 20'000;

}  // namespace

result<std::string, std::string> read_rule(content_line const& line) {
    if (auto wrong = wrong_size(line)) return no(*std::move(wrong));
    auto rule = in_capitals(line.value);
    auto const clauses = clauses_of(rule);
    if (!clauses)
        return no(fmt::format("RRULE is {}; expected clauses NAME=VALUE with semicolons", quoted(line.value)));
    for (auto one = clauses->begin(); one != clauses->end(); ++one) {
        if (auto wrong = wrong_clause(*one)) return no(*std::move(wrong));
        if (std::any_of(clauses->begin(), one, [&](clause const& before) { return before.name == one->name; })) {
            return no(fmt::format("RRULE has {} twice", one->name));
        }
    }
    prepare_libical();
    auto const read = icalrecurrencetype_from_string(rule.c_str());
    if (read.freq == ICAL_NO_RECURRENCE) {
        return no(fmt::format("RRULE is {}; its clauses do not go together", quoted(line.value)));
    }
    return rule;
}

std::vector<moment> until_of(std::string_view rule) {
    for (auto const& one : clauses_of(rule).value_or(std::vector<clause>{})) {
        if (one.name != "UNTIL") continue;
        auto const read = moment_of(icaltime_from_string(std::string{one.value}.c_str()));
        if (read) return {*read};
    }
    return {};
}

result<std::vector<date>, std::string> recurring_days(std::string_view rule, date start, date last, steps& allowed) {
    prepare_libical();
    auto read = icalrecurrencetype_from_string(without_until(rule).c_str());
    read.until = as_libical(last);
    auto const used_up = [] { return no("its days take too long to write out; give a shorter rule or list the days"); };
    allowed.left -= steps_of(read, start, last);
    if (allowed.left < 0) return used_up();
    // A date, not a time: libical would ask ICU for the zone of a time, and the environment for the zone of none.
    occurrences const from{icalrecur_iterator_new(read, as_libical(start))};
    if (from == nullptr) {
        allowed.left -= steps_of_no_day;
        return no(fmt::format("RRULE is {}, which has no day", quoted(rule)));
    }
    std::vector<date> days;
    while (true) {
        auto const time = icalrecur_iterator_next(from.get());
        if (icaltime_is_null_time(time) != 0) break;
        auto const day = day_of(time);
        if (!day || *day > last) break;
        if (--allowed.left < 0) return used_up();
        days.push_back(*day);
    }
    if (days.empty() || days.front() != start) {
        return no(
            fmt::format("DTSTART is {}, which is no day of the rule {}; such events have no defined days (RFC 5545 "
                        "section 3.8.5.3)",
                        to_text(start), quoted(rule)));
    }
    return days;
}

}  // namespace recourse::icalendar
