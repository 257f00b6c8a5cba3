// The days of the events of an iCalendar text: recurring ones written out, changed and excepted ones taken out.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "calendar/icalendar/content_lines.hpp"
#include "calendar/icalendar/events.hpp"
#include "recourse/calendar/icalendar.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace icalendar {
namespace {

constexpr std::int64_t steps_max = 400'000;    // of recurring events, a few seconds at worst
constexpr std::int32_t asked_year_max = 2500;  // libical writes events out up to 2582

// Times with a zone are turned into instants, which must not leave the years that instants have.
constexpr date first_zoned_day = to_date({year_min + 1, 1, 1});
constexpr date last_zoned_day = to_date({year_max - 1, 12, 31});

using failure = std::optional<std::string>;

// A moment on the clock of the event's own zone, or of wherever one is.
struct local_spot {
    date day;
    std::int32_t seconds_of_day = 0;
    auto operator<=>(local_spot const&) const = default;
};

class reader {
  public:
    explicit reader(icalendar_options const& options)
        : options_{options}, first_{to_date({options.first_year, 1, 1})}, last_{to_date({options.last_year, 12, 31})} {}

    result<std::vector<holiday>, input_problems> read(std::string_view text);

  private:
    [[nodiscard]] bool is_wanted(event const& one) const;
    result<std::optional<time_zone>, std::string> zone_of(moment const& one);
    result<local_spot, std::string> spot_of(moment const& one, moment const& start);
    result<instant, std::string> instant_of(local_spot const& spot, time_zone const& zone);
    result<std::vector<local_spot>, std::string> starts_of(event const& one);
    failure add_rule(event const& one, std::string const& rule, std::vector<local_spot>& starts);
    result<std::vector<date>, std::string> days_of(event const& one);
    // `run`: days in a row that are in `days` already, so that occurrences that overlap are not walked again and again.
    failure add_days(event const& one, local_spot const& from, std::set<date>& days,
                     std::optional<std::pair<date, date>>& run);
    result<std::pair<date, date>, std::string> touched(event const& one, local_spot const& from);
    void add_holidays(event const& one, std::vector<date> const& days);

    icalendar_options const& options_;
    date first_;
    date last_;
    std::map<std::string, std::string, std::less<>> zone_places_;
    std::map<std::string, std::optional<time_zone>, std::less<>> zones_;
    std::map<std::string, std::vector<moment>, std::less<>> replaced_;  // by UID
    steps allowed_{steps_max};
    bool days_used_up_ = false;
    std::vector<holiday> found_;
};

// ---- one event ------------------------------------------------------------------------------------------------------

bool reader::is_wanted(event const& one) const {
    auto const has = [&](std::string const& category) {
        return std::find(one.categories.begin(), one.categories.end(), category) != one.categories.end();
    };
    auto const& only = options_.only_categories;
    auto const& except = options_.except_categories;
    if (!only.empty() && std::none_of(only.begin(), only.end(), has)) return false;
    if (std::any_of(except.begin(), except.end(), has)) return false;
    return !one.cancelled && !(options_.only_busy && one.transparent);
}

result<std::optional<time_zone>, std::string> reader::zone_of(moment const& one) {
    if (one.is_utc) return std::optional{*time_zone::find("UTC")};
    if (one.is_date || one.zone.empty()) return std::optional<time_zone>{};
    if (auto const known = zones_.find(one.zone); known != zones_.end()) return known->second;
    auto const kept = [&](time_zone zone) { return zones_[one.zone] = zone; };
    for (auto const& alias : options_.zone_aliases) {
        if (alias.name == one.zone) return kept(alias.zone);
    }
    // Some put a name of their own in front: "/freeassociation.sourceforge.net/Europe/Berlin".
    auto const place = zone_places_.find(one.zone);
    for (std::string_view name :
         {std::string_view{one.zone}, place == zone_places_.end() ? std::string_view{} : place->second}) {
        for (int cuts = 0; cuts < 4 && !name.empty(); ++cuts) {
            if (auto const zone = time_zone::find(name)) return kept(*zone);
            auto const slash = name.find('/');
            name = slash == std::string_view::npos ? std::string_view{} : name.substr(slash + 1);
        }
    }
    return failed{
        fmt::format("the TZID {} is no IANA zone; name the zone that it means in zone_aliases", quoted(one.zone))};
}

result<instant, std::string> reader::instant_of(local_spot const& spot, time_zone const& zone) {
    if (spot.day < first_zoned_day || spot.day > last_zoned_day) {
        return failed{fmt::format("{} has no time in a zone; expected the years {} to {}", to_text(spot.day),
                                  year_of(first_zoned_day), year_of(last_zoned_day))};
    }
    auto const found = zone.to_instant(spot.day, spot.seconds_of_day);
    if (!found) return failed{found.error()};
    return found->at;
}

// What the clock of the event's start shows at another of its moments.
result<local_spot, std::string> reader::spot_of(moment const& one, moment const& start) {
    local_spot const spot{one.day, one.is_date ? start.seconds_of_day : one.seconds_of_day};
    if (one.is_date || start.is_date || (one.is_utc == start.is_utc && one.zone == start.zone)) {
        return start.is_date ? local_spot{one.day, 0} : spot;
    }
    auto const from = zone_of(one);
    if (!from) return failed{from.error()};
    auto const to = zone_of(start);
    if (!to) return failed{to.error()};
    if (!*from || !*to) return spot;
    auto const at = instant_of(spot, **from);
    if (!at) return failed{at.error()};
    auto const local = (*to)->to_local(*at);
    return local_spot{local.day, local.seconds_of_day};
}

failure reader::add_rule(event const& one, std::string const& rule, std::vector<local_spot>& starts) {
    auto const& start = *one.start;
    date last = last_;
    for (auto const& until : until_of(rule)) {
        auto const spot = spot_of(until, start);
        if (!spot) return spot.error();
        // A day whose time is after that of UNTIL is no longer meant, unless UNTIL is a whole day.
        bool const too_late = !until.is_date && !start.is_date && spot->seconds_of_day < start.seconds_of_day;
        last = std::min(last, plus_days(spot->day, too_late ? -1 : 0));
        if (last < start.day) return fmt::format("the UNTIL of RRULE lies before DTSTART {}", to_text(start.day));
    }
    auto const days = recurring_days(rule, start.day, last, allowed_);
    if (!days) return days.error();
    for (date const day : *days) starts.push_back({day, start.seconds_of_day});
    return std::nullopt;
}

result<std::vector<local_spot>, std::string> reader::starts_of(event const& one) {
    auto const& start = *one.start;
    std::vector<local_spot> starts{{start.day, start.seconds_of_day}};
    if (start.day > last_) starts.clear();
    for (auto const& rule : one.rules) {
        if (start.day > last_) break;
        if (auto wrong = add_rule(one, rule, starts)) return failed{*std::move(wrong)};
    }
    for (auto const& more : one.more) {
        auto spot = spot_of(more, start);
        if (!spot) return failed{std::move(spot).error()};
        starts.push_back(*spot);
    }
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    static std::vector<moment> const none;
    auto const changed = one.replaces ? replaced_.end() : replaced_.find(one.uid);
    std::set<local_spot> dropped;
    std::set<date> dropped_days;  // named without their time
    for (auto const* list : {&one.without, changed == replaced_.end() ? &none : &std::as_const(changed->second)}) {
        allowed_.left -= static_cast<std::int64_t>(list->size());
        if (allowed_.left < 0) return failed{std::string{"has too many days that are excepted or changed"}};
        for (auto const& other : *list) {
            auto const spot = spot_of(other, start);
            if (!spot) return failed{spot.error()};
            if (other.is_date)
                dropped_days.insert(spot->day);
            else
                dropped.insert(*spot);
        }
    }
    std::erase_if(starts, [&](local_spot const& at) { return dropped.contains(at) || dropped_days.contains(at.day); });
    return starts;
}

// The first and the last day that an event touches which starts there.
result<std::pair<date, date>, std::string> reader::touched(event const& one, local_spot const& from) {
    auto const& start = *one.start;
    auto const lasts = one.lasts.value_or(length{});
    if (start.is_date) {
        auto const days = one.end ? one.end->day.days - start.day.days : static_cast<std::int32_t>(lasts.days);
        return std::pair{from.day, plus_days(from.day, std::max(days, 1) - 1)};
    }
    auto const zone = zone_of(start);
    if (!zone) return failed{zone.error()};
    auto const after = [](local_spot const& spot, std::int64_t seconds) {
        auto const whole = spot.day.days * seconds_per_day + spot.seconds_of_day + seconds;
        auto const day = whole >= 0 ? whole / seconds_per_day : (whole - seconds_per_day + 1) / seconds_per_day;
        return local_spot{{static_cast<std::int32_t>(day)}, static_cast<std::int32_t>(whole - day * seconds_per_day)};
    };
    local_spot const nominal{plus_days(from.day, static_cast<std::int32_t>(lasts.days)), from.seconds_of_day};
    if (!*zone) {  // wherever one is: the days are those that are written
        auto seconds = lasts.seconds;
        if (one.end) {
            auto const end = spot_of(*one.end, start);
            if (!end) return failed{end.error()};
            seconds = (std::int64_t{end->day.days} - start.day.days) * seconds_per_day + end->seconds_of_day -
                      start.seconds_of_day;
        }
        auto const last = after(nominal, std::max<std::int64_t>(seconds - 1, lasts.days > 0 && seconds == 0 ? -1 : 0));
        return std::pair{from.day, std::max(last.day, from.day)};
    }
    if (!options_.zone) {
        return failed{std::string{"has a time in a zone; say in the option zone whose days count"}};
    }
    auto const begins = instant_of(from, **zone);
    if (!begins) return failed{begins.error()};
    auto ends = instant_of(nominal, **zone);
    if (!ends) return failed{ends.error()};
    *ends = plus_seconds(*ends, lasts.seconds);
    if (one.end) {  // RFC 5545 section 3.8.5.3: each recurrence lasts exactly as long as the first
        auto const first = instant_of({start.day, start.seconds_of_day}, **zone);
        auto const end_zone = zone_of(*one.end);
        if (!first) return failed{first.error()};
        if (!end_zone) return failed{end_zone.error()};
        auto const end = instant_of({one.end->day, one.end->seconds_of_day}, *end_zone ? **end_zone : **zone);
        if (!end) return failed{end.error()};
        *ends = {begins->microseconds + end->microseconds - first->microseconds};
    }
    auto const last = std::max(*begins, instant{ends->microseconds - 1});
    if (last > last_instant) return failed{std::string{"ends after the year 9999"}};
    return std::pair{options_.zone->local_date(*begins), options_.zone->local_date(last)};
}

failure reader::add_days(event const& one, local_spot const& from, std::set<date>& days,
                         std::optional<std::pair<date, date>>& run) {
    auto const span = touched(one, from);
    if (!span) return span.error();
    auto const first = std::max(span->first, first_);
    auto const last = std::min(span->second, last_);
    if (last < first) return std::nullopt;
    bool const goes_on = run && run->first <= first && first <= plus_days(run->second, 1);
    for (date day = goes_on ? plus_days(run->second, 1) : first; day <= last; day = plus_days(day, 1)) {
        days.insert(day);
        if (found_.size() + days.size() > icalendar_days_max) {
            days_used_up_ = true;
            return fmt::format("brings the days to more than {}", icalendar_days_max);
        }
    }
    run = {goes_on ? run->first : first, goes_on ? std::max(run->second, last) : last};
    return std::nullopt;
}

result<std::vector<date>, std::string> reader::days_of(event const& one) {
    auto const& start = *one.start;
    if (one.end) {
        auto const end = spot_of(*one.end, start);
        if (!end) return failed{end.error()};
        if (*end < local_spot{start.day, start.seconds_of_day}) return failed{std::string{"DTEND lies before DTSTART"}};
    }
    auto const starts = starts_of(one);
    if (!starts) return failed{starts.error()};
    std::set<date> days;
    std::optional<std::pair<date, date>> run;
    for (auto const& from : *starts) {
        if (auto wrong = add_days(one, from, days, run)) return failed{*std::move(wrong)};
    }
    return std::vector<date>{days.begin(), days.end()};
}

void reader::add_holidays(event const& one, std::vector<date> const& days) {
    holiday made;
    made.kind = options_.kind;
    made.known_by = options_.known_by;
    if (one.is_ours) made = one.ours;
    made.name = cleaned(one.name);
    if (made.name.empty()) made.name = "holiday";
    for (date const day : days) {
        made.day = day;
        found_.push_back(made);
    }
}

result<std::vector<holiday>, input_problems> reader::read(std::string_view text) {
    problem_list problems;
    auto const list = read_events(text, problems);
    if (!problems.none()) return failed{problems.take()};
    zone_places_ = list.zone_places;
    for (auto const& one : list.events) {
        if (one.replaces) replaced_[one.uid].push_back(*one.replaces);
    }
    for (auto const& one : list.events) {
        if (!is_wanted(one)) continue;
        auto const days = days_of(one);
        if (days)
            add_holidays(one, *days);
        else
            problems.report(one, one.rules.empty() ? "DTSTART" : "RRULE", days.error());
        // Neither gets better with the next event.
        if (allowed_.left < 0 || days_used_up_ || problems.are_enough()) break;
    }
    if (!problems.none()) return failed{problems.take()};
    std::stable_sort(found_.begin(), found_.end(),
                     [](holiday const& left, holiday const& right) { return left.day < right.day; });
    return std::move(found_);
}

input_problems wrong_options(icalendar_options const& options) {
    if (options.first_year < year_min || options.last_year > asked_year_max || options.first_year > options.last_year) {
        return {
            {"first_year", fmt::format("expected years from {} to {}, the first not after the last; found {} and {}",
                                       year_min, asked_year_max, options.first_year, options.last_year)}};
    }
    if (options.last_year - options.first_year >= icalendar_years_max) {
        return {{"last_year", fmt::format("expected at most {} years; found {} to {}", icalendar_years_max,
                                          options.first_year, options.last_year)}};
    }
    if (options.kind == holiday_kind::half_day || wire_name(options.kind) == "unknown") {
        return {{"kind",
                 "expected public, bank or worked_weekend; an event does not say which hours of a half_day are "
                 "closed"}};
    }
    return {};
}

}  // namespace
}  // namespace icalendar

result<std::vector<holiday>, input_problems> read_icalendar(std::string_view text, icalendar_options const& options) {
    if (auto wrong = icalendar::wrong_options(options); !wrong.empty()) return failed{std::move(wrong)};
    if (text.size() > icalendar_bytes_max) {
        return failed{
            input_problems{{{}, fmt::format("is too long: {} bytes, at most {}", text.size(), icalendar_bytes_max)}}};
    }
    if (auto const line = icalendar::line_that_is_no_text(text)) {
        return failed{input_problems{{fmt::format("line {}", *line), "is not UTF-8 text; save the file as UTF-8"}}};
    }
    return icalendar::reader{options}.read(text);
}

}  // namespace recourse
