// RFC 3339 in and out. The reader takes no shortcut: one form, one meaning, and a sentence for everything else.
#include "recourse/vocabulary/instant.hpp"

#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

constexpr std::string_view example = "write an instant as \"2026-03-29T01:30:00Z\" or \"2026-03-29T03:30:00+02:00\"";

// Reads from the front. A field that is not there stops the reading for good, so only the last step need be checked.
class reader {
  public:
    explicit reader(std::string_view text) : rest_{text} {}

    std::optional<std::int64_t> digits(std::size_t count) {
        if (rest_.size() < count) return std::nullopt;
        std::int64_t number = 0;
        for (char const digit : rest_.substr(0, count)) {
            if (digit < '0' || digit > '9') return std::nullopt;
            number = number * 10 + (digit - '0');
        }
        rest_.remove_prefix(count);
        return number;
    }
    bool one_of(std::string_view letters) {
        if (rest_.empty() || letters.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    [[nodiscard]] char front() const { return rest_.empty() ? '\0' : rest_.front(); }
    [[nodiscard]] bool done() const { return rest_.empty(); }

  private:
    std::string_view rest_;
};

failed<std::string> no_instant(std::string_view text, std::string_view why) {
    return failed{fmt::format("{} is not an instant: {}", quoted(text), why)};
}

}  // namespace

std::string to_text(instant at) {
    if (at < first_instant || at > last_instant) {
        return fmt::format("{} microseconds from 1970-01-01T00:00:00Z", at.microseconds);
    }
    namespace chrono = std::chrono;
    chrono::sys_time<chrono::microseconds> const point{chrono::microseconds{at.microseconds}};
    auto const midnight = chrono::floor<chrono::days>(point);
    chrono::year_month_day const civil{midnight};
    chrono::hh_mm_ss const clock{point - midnight};
    auto text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", int{civil.year()}, unsigned{civil.month()},
                    unsigned{civil.day()}, clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    if (auto const fraction = clock.subseconds().count(); fraction != 0) text += fmt::format(".{:06}", fraction);
    return text + 'Z';
}

result<instant, std::string> parse_instant(std::string_view text) {
    reader read{text};
    auto const year = read.digits(4);
    auto const month = year && read.one_of("-") ? read.digits(2) : std::nullopt;
    auto const day = month && read.one_of("-") ? read.digits(2) : std::nullopt;
    if (!day) return no_instant(text, fmt::format("it does not begin with a date; {}", example));
    std::chrono::year_month_day const civil{std::chrono::year{static_cast<int>(*year)},
                                            std::chrono::month{static_cast<unsigned>(*month)},
                                            std::chrono::day{static_cast<unsigned>(*day)}};
    if (*year == 0) return no_instant(text, "years run from 0001 to 9999");
    if (!civil.ok()) return no_instant(text, "there is no such day in the calendar");

    // RFC 3339 section 5.6: "T" and "Z" may be lower case.
    if (!read.one_of("Tt")) return no_instant(text, fmt::format("a \"T\" and a time follow the date; {}", example));
    auto const hour = read.digits(2);
    auto const minute = hour && read.one_of(":") ? read.digits(2) : std::nullopt;
    auto const second = minute && read.one_of(":") ? read.digits(2) : std::nullopt;
    if (!second) return no_instant(text, fmt::format("its time is not hh:mm:ss; {}", example));
    if (*hour > 23) return no_instant(text, "hours run from 00 to 23; the end of a day is 00:00:00 of the next");
    if (*minute > 59) return no_instant(text, "minutes run from 00 to 59");
    if (*second == 60) return no_instant(text, "leap seconds are not counted; write second 59 or the next minute");
    if (*second > 59) return no_instant(text, "seconds run from 00 to 59");

    std::int64_t microsecond = 0;
    if (read.one_of(".")) {
        std::int64_t unit = 100'000;
        auto digit = read.digits(1);
        if (!digit) return no_instant(text, "a digit follows the decimal point");
        for (; digit; digit = read.digits(1), unit /= 10) {
            if (unit == 0) return no_instant(text, "a fraction has at most six digits, microseconds");
            microsecond += *digit * unit;
        }
    }

    std::int64_t offset_minutes = 0;
    if (!read.one_of("Zz")) {
        char const sign = read.front();
        if (!read.one_of("+-")) {
            return no_instant(text, "a zone is required after the time: \"Z\" or an offset such as \"+02:00\"");
        }
        auto const hours = read.digits(2);
        auto const minutes = hours && read.one_of(":") ? read.digits(2) : std::nullopt;
        if (!minutes || *hours > 23 || *minutes > 59) {
            return no_instant(text, "an offset is +hh:mm or -hh:mm, up to 23:59");
        }
        offset_minutes = (*hours * 60 + *minutes) * (sign == '-' ? -1 : 1);
    }
    if (!read.done()) return no_instant(text, "nothing may follow the zone");

    std::int64_t const days = std::chrono::sys_days{civil}.time_since_epoch().count();
    std::int64_t const minutes = days * 1'440 + *hour * 60 + *minute - offset_minutes;
    instant const at{(minutes * 60 + *second) * microseconds_per_second + microsecond};
    if (at < first_instant || at > last_instant) return no_instant(text, "in UTC it is outside the years 0001 to 9999");
    return at;
}

}  // namespace recourse
