// The text of a day rule and of a substitute rule: read word by word, written back the same.
#include "recourse/calendar/holiday_rule.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

constexpr std::array<std::string_view, 7> weekday_words{"monday", "tuesday",  "wednesday", "thursday",
                                                        "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 12> month_words{"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 13> hebrew_words{"tishri",     "heshvan", "kislev", "tevet", "shevat",
                                                        "adar_first", "adar",    "nisan",  "iyar",  "sivan",
                                                        "tammuz",     "av",      "elul"};
constexpr std::array<std::string_view, 5> nth_words{"1st", "2nd", "3rd", "4th", "5th"};

struct named_base {
    std::string_view word;
    day_base base;
};
constexpr std::array<named_base, 2> easters{
    {{"easter", day_base::easter}, {"orthodox_easter", day_base::orthodox_easter}}};
constexpr std::array<named_base, 4> moons{{{"chinese", day_base::chinese},
                                           {"korean", day_base::korean},
                                           {"vietnamese", day_base::vietnamese},
                                           {"hijri", day_base::hijri}}};
constexpr std::array<named_base, 5> suns{{{"qingming", day_base::qingming},
                                          {"march_equinox", day_base::march_equinox},
                                          {"june_solstice", day_base::june_solstice},
                                          {"september_equinox", day_base::september_equinox},
                                          {"winter_solstice", day_base::winter_solstice}}};

template <std::size_t N>
std::optional<day_base> base_called(std::array<named_base, N> const& names, std::string_view word) {
    for (auto const& one : names) {
        if (one.word == word) return one.base;
    }
    return std::nullopt;
}

template <std::size_t N>
std::string_view word_of(std::array<named_base, N> const& names, day_base base) {
    for (auto const& one : names) {
        if (one.base == base) return one.word;
    }
    return {};
}

template <std::size_t N>
std::optional<std::int32_t> place_in(std::array<std::string_view, N> const& words, std::string_view word) {
    auto const found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return std::nullopt;
    return static_cast<std::int32_t>(found - words.begin());
}

std::optional<std::int32_t> number(std::string_view text) {
    std::int32_t read = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return read;
}

// "+3" or "-12"; at most a year, since days of the years beside a calendar's own are looked at too.
constexpr std::int32_t days_max = 366;

std::optional<std::int32_t> signed_number(std::string_view text) {
    if (text.size() < 2 || text.size() > 4 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    if (text[1] < '0' || text[1] > '9') return std::nullopt;
    auto const read = number(text[0] == '+' ? text.substr(1) : text);
    if (!read || *read < -days_max || *read > days_max) return std::nullopt;
    return read;
}

// "8/15" or "12-25", two numbers with a sign between them.
std::optional<std::pair<std::int32_t, std::int32_t>> number_pair(std::string_view text, char between) {
    auto const middle = text.find(between);
    if (middle == std::string_view::npos) return std::nullopt;
    auto const first = number(text.substr(0, middle));
    auto const second = number(text.substr(middle + 1));
    if (!first || !second || *first < 1 || *second < 1) return std::nullopt;
    return std::pair{*first, *second};
}

class words {
  public:
    explicit words(std::string_view text) : text_{text} {
        for (std::size_t at = 0; at < text.size();) {
            auto const end = std::min(text.find(' ', at), text.size());
            if (end > at) all_.push_back(text.substr(at, end - at));
            at = end + 1;
        }
    }
    [[nodiscard]] bool done() const { return at_ == all_.size(); }
    [[nodiscard]] std::string_view peek(std::size_t ahead = 0) const {
        return at_ + ahead < all_.size() ? all_[at_ + ahead] : std::string_view{};
    }
    std::string_view next() {
        auto const word = peek();
        if (!done()) ++at_;
        return word;
    }
    bool take(std::string_view word) {
        if (peek() != word) return false;
        ++at_;
        return true;
    }
    [[nodiscard]] failed<std::string> wrong(std::string_view expected) const {
        return failed{fmt::format("{}: expected {}, found {}", quoted(text_), expected,
                                  done() ? std::string{"the end"} : quoted(peek()))};
    }

  private:
    std::string_view text_;
    std::vector<std::string_view> all_;
    std::size_t at_ = 0;
};

using refused = std::optional<failed<std::string>>;

std::optional<weekday> weekday_called(std::string_view word) {
    auto const at = place_in(weekday_words, word);
    if (!at) return std::nullopt;
    return static_cast<weekday>(*at);
}

// What stands between a weekday and its base; empty if this is no search.
weekday_search take_search(words& from) {
    if (from.take("on")) {
        if (!from.take("or")) return weekday_search::none;
        if (from.take("after")) return weekday_search::on_or_after;
        return from.take("before") ? weekday_search::on_or_before : weekday_search::none;
    }
    if (from.take("after")) return weekday_search::after;
    if (from.take("before")) return weekday_search::before;
    return from.take("nearest") ? weekday_search::nearest : weekday_search::none;
}

// Reads "[NTH] WEEKDAY in MONTH" whole, or "[NTH] WEEKDAY <search>" up to the base.
refused read_weekday(words& from, day_rule& into, bool& base_is_read) {
    std::optional<std::int32_t> nth;
    if (auto const place = place_in(nth_words, from.peek())) {
        nth = *place + 1;
        from.next();
    } else if (from.take("last")) {
        nth = -1;
    }
    auto const day = weekday_called(from.peek());
    if (!day) return nth ? refused{from.wrong("a weekday, such as monday")} : std::nullopt;
    from.next();
    if (from.take("in")) {
        auto const month = place_in(month_words, from.peek());
        if (!month) return from.wrong("a month, such as january");
        if (!nth) return from.wrong("1st to 5th or last before the weekday of a month");
        from.next();
        into.base = day_base::weekday_of_month;
        into.month = *month + 1;
        into.nth = *nth;
        into.weekday = *day;
        base_is_read = true;
        return std::nullopt;
    }
    into.search = take_search(from);
    if (into.search == weekday_search::none) {
        return from.wrong("in MONTH, on or after, on or before, after, before or nearest behind the weekday");
    }
    into.search_for = *day;
    into.search_nth = nth.value_or(1);
    if (into.search_nth < 0 || (into.search == weekday_search::nearest && into.search_nth > 1)) {
        return from.wrong("a search that has an nth weekday: neither last, nor nearest with a number");
    }
    return std::nullopt;
}

refused read_base(words& from, day_rule& into) {
    auto const word = from.peek();
    if (auto const fixed = number_pair(word, '-'); fixed && word.size() == 5 && word[2] == '-') {
        if (fixed->first > 12 || fixed->second > days_in_month(2024, fixed->first)) {
            return from.wrong("a month and day that exist, such as 12-25");
        }
        into.base = day_base::fixed;
        std::tie(into.month, into.day) = *fixed;
        from.next();
        return std::nullopt;
    }
    if (auto const easter = base_called(easters, word)) {
        into.base = *easter;
        from.next();
        return std::nullopt;
    }
    if (auto const moon = base_called(moons, word)) {
        from.next();
        auto const day = number_pair(from.peek(), '/');
        if (!day || day->first > 12 || day->second > 30) return from.wrong("a month and day of the moon, such as 8/15");
        from.next();
        into.base = *moon;
        std::tie(into.month, into.day) = *day;
        return std::nullopt;
    }
    if (auto const sun = base_called(suns, word)) {
        from.next();
        auto const hours = from.peek().starts_with("utc") ? signed_number(from.peek().substr(3)) : std::nullopt;
        if (!hours || *hours < -12 || *hours > 14) return from.wrong("the zone of the solar term, such as utc+9");
        from.next();
        into.base = *sun;
        into.utc_offset_hours = *hours;
        return std::nullopt;
    }
    if (from.take("hebrew")) {
        auto const month = place_in(hebrew_words, from.peek());
        if (!month) return from.wrong("a Hebrew month, tishri to elul");
        from.next();
        auto const day = number(from.peek());
        if (!day || *day < 1 || *day > 30) return from.wrong("a day of the month, 1 to 30");
        from.next();
        into.base = day_base::hebrew;
        into.month = *month;
        into.day = *day;
        return std::nullopt;
    }
    if (from.take("row")) {
        if (from.done()) return from.wrong("the id of a row");
        into.base = day_base::row;
        into.row = from.next();
        return std::nullopt;
    }
    if (from.take("between")) {
        if (!from.take("holidays")) return from.wrong("holidays");
        into.base = day_base::between_holidays;
        return std::nullopt;
    }
    if (from.take("listed")) {
        into.base = day_base::listed;
        return std::nullopt;
    }
    return from.wrong("a day, such as 12-25, easter, 3rd monday in may, chinese 8/15 or listed");
}

refused read_clause_target(words& from, substitute_clause& into) {
    if (auto const days = signed_number(from.peek())) {
        if (*days == 0) return from.wrong("a number of days that is not 0");
        into.target = substitute_target::days;
        into.days = *days;
        from.next();
        return std::nullopt;
    }
    bool const next = from.take("next");
    if (!next && !from.take("previous")) return from.wrong("+N, -N, next or previous");
    if (next && from.take("non-holiday")) {
        into.target = substitute_target::next_non_holiday;
        return std::nullopt;
    }
    if (from.take("working")) {
        if (!from.take("day")) return from.wrong("day");
        into.target = next ? substitute_target::next_working_day : substitute_target::previous_working_day;
        return std::nullopt;
    }
    auto const day = weekday_called(from.peek());
    if (!day) return from.wrong("a weekday, working day or non-holiday");
    from.next();
    into.target = next ? substitute_target::next_weekday : substitute_target::previous_weekday;
    into.weekday = *day;
    return std::nullopt;
}

std::string search_words(day_rule const& rule) {
    constexpr std::array<std::string_view, 6> relations{"",      "on or after", "on or before",
                                                        "after", "before",      "nearest"};
    if (rule.search == weekday_search::none) return {};
    auto const nth =
        rule.search_nth > 1 ? fmt::format("{} ", nth_words[static_cast<std::size_t>(rule.search_nth - 1)]) : "";
    return fmt::format("{}{} {} ", nth, weekday_words[static_cast<std::size_t>(rule.search_for)],
                       relations[static_cast<std::size_t>(rule.search)]);
}

std::string base_words(day_rule const& rule) {
    using enum day_base;
    switch (rule.base) {
        case fixed: return fmt::format("{:02}-{:02}", rule.month, rule.day);
        case weekday_of_month:
            return fmt::format("{} {} in {}", rule.nth < 0 ? "last" : nth_words[static_cast<std::size_t>(rule.nth - 1)],
                               weekday_words[static_cast<std::size_t>(rule.weekday)],
                               month_words[static_cast<std::size_t>(rule.month - 1)]);
        case easter:
        case orthodox_easter: return std::string{word_of(easters, rule.base)};
        case chinese:
        case korean:
        case vietnamese:
        case hijri: return fmt::format("{} {}/{}", word_of(moons, rule.base), rule.month, rule.day);
        case hebrew: return fmt::format("hebrew {} {}", hebrew_words[static_cast<std::size_t>(rule.month)], rule.day);
        case qingming:
        case march_equinox:
        case june_solstice:
        case september_equinox:
        case winter_solstice: return fmt::format("{} utc{:+}", word_of(suns, rule.base), rule.utc_offset_hours);
        case row: return "row " + rule.row;
        case between_holidays: return "between holidays";
        case listed: return "listed";
    }
    return {};
}

std::string target_words(substitute_clause const& clause) {
    auto const day = weekday_words[static_cast<std::size_t>(clause.weekday)];
    switch (clause.target) {
        case substitute_target::days: return fmt::format("{:+}", clause.days);
        case substitute_target::next_weekday: return fmt::format("next {}", day);
        case substitute_target::previous_weekday: return fmt::format("previous {}", day);
        case substitute_target::next_working_day: return "next working day";
        case substitute_target::previous_working_day: return "previous working day";
        case substitute_target::next_non_holiday: return "next non-holiday";
    }
    return {};
}

}  // namespace

result<weekday, std::string> parse_weekday(std::string_view text) {
    if (auto const day = weekday_called(text)) return *day;
    return failed{fmt::format("expected a weekday, monday to sunday; found {}", quoted(text))};
}

result<weekday_set, std::string> parse_weekdays(std::string_view text) {
    weekday_set days;
    for (words from{text}; !from.done();) {
        auto const day = weekday_called(from.peek());
        if (!day) return from.wrong("weekdays, such as saturday sunday");
        days.bits = static_cast<std::uint8_t>(days.bits | (1U << static_cast<unsigned>(*day)));
        from.next();
    }
    return days;
}

result<day_rule, std::string> parse_day_rule(std::string_view text) {
    day_rule rule;
    words from{text};
    bool base_is_read = false;
    auto wrong = read_weekday(from, rule, base_is_read);
    // A search may start from the nth weekday of a month: "tuesday after 1st monday in november".
    if (!wrong && !base_is_read && rule.search != weekday_search::none && weekday_called(from.peek(1))) {
        auto const search = rule.search;
        auto const search_for = rule.search_for;
        auto const search_nth = rule.search_nth;
        wrong = read_weekday(from, rule, base_is_read);
        if (!wrong && !base_is_read) wrong = from.wrong("the weekday of a month");
        rule.search = search;
        rule.search_for = search_for;
        rule.search_nth = search_nth;
    }
    if (!wrong && !base_is_read) wrong = read_base(from, rule);
    if (wrong) return *wrong;
    if (auto const days = signed_number(from.peek())) {
        rule.offset_days = *days;
        from.next();
    }
    if (!from.done()) return from.wrong("+N, -N or the end");
    bool const is_day = rule.base != day_base::between_holidays && rule.base != day_base::listed;
    if (!is_day && (rule.search != weekday_search::none || rule.offset_days != 0)) {
        return failed{fmt::format("{}: expected {} alone, since it is no day to search or count from", quoted(text),
                                  rule.base == day_base::listed ? "listed" : "between holidays")};
    }
    return rule;
}

result<substitute_rule, std::string> parse_substitute_rule(std::string_view text) {
    substitute_rule rule;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find(';', at), text.size());
        words from{text.substr(at, end - at)};
        substitute_clause clause;
        while (!from.done() && from.peek() != "->") {
            auto const day = weekday_called(from.peek());
            if (!day && from.peek() != "holiday") return from.wrong("a weekday, holiday or ->");
            if (day) clause.on.bits = static_cast<std::uint8_t>(clause.on.bits | (1U << static_cast<unsigned>(*day)));
            clause.on_holiday = clause.on_holiday || !day;
            from.next();
        }
        if (!from.take("->")) return from.wrong("-> behind the weekdays");
        if (clause.on.bits == 0 && !clause.on_holiday) return from.wrong("a weekday or holiday before ->");
        if (auto const wrong = read_clause_target(from, clause)) return *wrong;
        if (!from.done()) return from.wrong("; or the end");
        rule.push_back(clause);
        at = end + 1;
    }
    return rule;
}

std::string to_text(weekday_set days) {
    std::string text;
    for (std::size_t at = 0; at < weekday_words.size(); ++at) {
        if (!days.has(static_cast<weekday>(at))) continue;
        if (!text.empty()) text += ' ';
        text += weekday_words[at];
    }
    return text;
}

std::string to_text(day_rule const& rule) {
    auto text = search_words(rule) + base_words(rule);
    if (rule.offset_days != 0) text += fmt::format(" {:+}", rule.offset_days);
    return text;
}

std::string to_text(substitute_rule const& rule) {
    std::string text;
    for (auto const& clause : rule) {
        if (!text.empty()) text += "; ";
        text += to_text(clause.on);
        if (clause.on_holiday) text += clause.on.bits == 0 ? "holiday" : " holiday";
        text += fmt::format(" -> {}", target_words(clause));
    }
    return text;
}

}  // namespace recourse
