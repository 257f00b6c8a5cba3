// From the rules of service hours to open time: day by day, in local time first, then as instants.
#include <algorithm>
#include <utility>

#include "calendar/service_rules.hpp"

namespace recourse {

namespace {

constexpr std::int64_t floored_days(std::int64_t seconds) {
    return (seconds - (seconds < 0 ? seconds_per_day - 1 : 0)) / seconds_per_day;
}

constexpr std::int64_t no_day = INT64_MAX;  // comes before it

constexpr std::int64_t seconds_of(instant at) { return at.microseconds / microseconds_per_second; }

// Local time to UTC by choose::compatible, from the offsets of the horizon.
class local_clock {
  public:
    local_clock(time_zone const& zone, instant from, instant to) : spans_{zone.offsets_between(from, to)} {}

    // The first offset that is still in force when the clock shows `local`; where the clocks skip it, the one before.
    [[nodiscard]] std::int64_t utc_of(std::int64_t local) const {
        auto const at = span_of(local);
        auto const utc = local - spans_[at].offset_seconds;
        bool const skipped = at > 0 && utc < seconds_of(spans_[at].from);
        return skipped ? local - spans_[at - 1].offset_seconds : utc;
    }

    // From `day` to `past_day`, all windows have this one offset from their opening to their closing.
    struct steady_days {
        std::int64_t past_day;
        std::int64_t offset_seconds;
    };
    [[nodiscard]] steady_days steady_from(std::int64_t day) const {
        auto const midnight = day * seconds_per_day;
        auto const at = span_of(midnight);
        auto const offset = std::int64_t{spans_[at].offset_seconds};
        bool const skipped = at > 0 && midnight - offset < seconds_of(spans_[at].from);
        if (skipped) return {day, 0};
        if (at + 1 == spans_.size()) return {no_day, offset};
        // A window closes before the second midnight after its day, or on it.
        return {floored_days(seconds_of(spans_[at + 1].from) + offset - 1) - 1, offset};
    }

  private:
    [[nodiscard]] std::size_t span_of(std::int64_t local) const {
        std::size_t first = 0;
        std::size_t past = spans_.size() - 1;
        while (first < past) {
            auto const middle = first + (past - first) / 2;
            bool const over = local - spans_[middle].offset_seconds >= seconds_of(spans_[middle + 1].from);
            (over ? first : past) = over ? middle + 1 : middle;
        }
        return first;
    }

    std::vector<offset_span> spans_;
};

// What sets a day apart from its weekday.
enum day_mark : std::uint8_t {
    closed = 1,
    worked_weekend = 2,
    half_day = 4,
    cut = 8,       // a break meets it
    shifted = 16,  // beats all the others but `cut`
    unknown = 32,  // before the years of the calendar
};

struct closed_part {
    date day;
    half_day_span span;
};

class compiler {
  public:
    // A window that was opened two days before can still be open: the clocks may skip the whole day between.
    compiler(service_rules const& rules, date first_day, date last_day)
        : rules_{rules},
          first_{plus_days(first_day, -2)},
          last_{last_day},
          made_{std::max(rules.zone.start_of_day(first_day), first_instant),
                std::min(rules.zone.end_of_day(last_day), instant{last_instant.microseconds + 1}),
                {}},
          clock_{rules.zone, std::max(plus_seconds(made_.start, -4 * seconds_per_day), first_instant),
                 std::min(plus_seconds(made_.end, 4 * seconds_per_day), last_instant)},
          marks_(static_cast<std::size_t>(last_.days - first_.days) + 1) {
        if (rules.calendar != nullptr) follow(*rules.calendar);
        for_dates(rules.holidays, [&](date day) { mark(day, closed); });
        for (auto const& one : rules.breaks) {
            for (auto day = floored_days(one.opens) - 1; day * seconds_per_day < one.closes; ++day) {
                if (first_.days <= day && day <= last_.days) mark({static_cast<std::int32_t>(day)}, cut);
            }
        }
        for (auto const& one : rules.shifts) {
            if (first_ <= one.day && one.day <= last_) mark(one.day, shifted);
        }
    }

    compiled_windows compiled() {
        begin_after_unknown_days();
        length_ = seconds_of(made_.end) - seconds_of(made_.start);
        made_.open.reserve(marks_.size() * rules_.windows.size() / 7 + 8);
        local_clock::steady_days steady{first_.days, 0};
        auto on = static_cast<std::size_t>(weekday_of(first_));
        for (std::int64_t day = first_.days; day <= last_.days; ++day, on = on == 6 ? 0 : on + 1) {
            auto const marks = marks_[static_cast<std::size_t>(day - first_.days)];
            if ((marks & (closed | shifted)) == closed) continue;
            if (day >= steady.past_day) steady = clock_.steady_from(day);
            if (marks != 0 || day >= steady.past_day) {
                add_day({static_cast<std::int32_t>(day)}, marks);
                continue;
            }
            auto const midnight = day * seconds_per_day - steady.offset_seconds - seconds_of(made_.start);
            for (auto at = rules_.first_window[on]; at < rules_.first_window[on + 1]; ++at) {
                add(midnight + rules_.windows[at].opens, midnight + rules_.windows[at].closes);
            }
        }
        join_open();
        return std::move(made_);
    }

  private:
    void mark(date day, day_mark what) {
        auto& marks = marks_[static_cast<std::size_t>(day.days - first_.days)];
        marks = static_cast<std::uint8_t>(marks | what);
    }

    template <class Seen>
    void for_dates(std::vector<date> const& days, Seen&& seen) const {
        for (auto at = std::lower_bound(days.begin(), days.end(), first_); at != days.end() && *at <= last_; ++at) {
            seen(*at);
        }
    }

    // All that is asked of the calendar. A half day on a day that is closed anyway changes nothing.
    void follow(business_calendar const& calendar) {
        for (auto day = first_; day <= last_; day = plus_days(day, 1)) {
            auto const open = calendar.is_business_day(day);
            if (!open || !*open) mark(day, open ? closed : unknown);
        }
        for (auto const& row : calendar.holiday_days(first_, last_)) {
            if (row.kind == holiday_kind::worked_weekend) mark(row.day, worked_weekend);
            if (row.kind != holiday_kind::half_day || rules_.half_days == half_day_rule::open) continue;
            mark(row.day, rules_.half_days == half_day_rule::closed ? closed : half_day);
            closed_parts_.push_back({row.day, calendar.words_of(row).closed});
        }
    }

    // Nobody knows whether an unknown day left a window open overnight, so the horizon begins after the latest.
    void begin_after_unknown_days() {
        for (auto day = first_; day <= last_; day = plus_days(day, 1)) {
            auto const marks = marks_[static_cast<std::size_t>(day.days - first_.days)];
            if ((marks & unknown) == 0) break;
            if ((marks & (closed | shifted)) != 0) continue;
            for (auto const& one : may_open_on(day)) {
                auto const closes = clock_.utc_of(day.days * seconds_per_day + one.closes) * microseconds_per_second;
                made_.start = std::min(std::max(made_.start, {closes}), made_.end);
            }
            mark(day, closed);
        }
    }

    [[nodiscard]] std::vector<day_window> windows_of_weekday(weekday on) const {
        auto const number = static_cast<std::size_t>(on);
        return {rules_.windows.begin() + rules_.first_window[number],
                rules_.windows.begin() + rules_.first_window[number + 1]};
    }

    [[nodiscard]] std::vector<day_window> may_open_on(date day) const {
        auto windows = windows_of_weekday(weekday_of(day));
        if (windows.empty() && rules_.worked_weekend_as) windows = windows_of_weekday(*rules_.worked_weekend_as);
        return windows;
    }

    [[nodiscard]] std::vector<day_window> windows_on(date day, unsigned marks) const {
        std::vector<day_window> windows;
        if ((marks & shifted) != 0) {
            auto at = std::lower_bound(rules_.shifts.begin(), rules_.shifts.end(), day,
                                       [](day_shift const& one, date wanted) { return one.day < wanted; });
            for (; at != rules_.shifts.end() && at->day == day; ++at) windows.push_back(at->window);
            return windows;
        }
        windows = (marks & worked_weekend) != 0 ? may_open_on(day) : windows_of_weekday(weekday_of(day));
        if ((marks & half_day) == 0) return windows;
        for (auto const& part : closed_parts_) {
            if (part.day == day) windows = without(windows, part.span);
        }
        return windows;
    }

    // A day that is closed until 24:00 does not open again after midnight.
    static std::vector<day_window> without(std::vector<day_window> const& windows, half_day_span span) {
        std::vector<day_window> left;
        for (auto const& one : windows) {
            if (one.opens < span.from) left.push_back({one.opens, std::min(one.closes, span.from)});
            if (one.closes > span.until && span.until < seconds_per_day) {
                left.push_back({std::max(one.opens, span.until), one.closes});
            }
        }
        return left;
    }

    void add_day(date day, unsigned marks) {
        auto const midnight = day.days * seconds_per_day;
        for (auto const& one : windows_on(day, marks)) add_cut({midnight + one.opens, midnight + one.closes});
    }

    // Breaks are cut out in local time, before anything becomes an instant.
    void add_cut(local_span window) {
        auto at = std::partition_point(rules_.breaks.begin(), rules_.breaks.end(),
                                       [&](local_span const& one) { return one.closes <= window.opens; });
        for (; at != rules_.breaks.end() && at->opens < window.closes; ++at) {
            if (window.opens < at->opens) add_local({window.opens, at->opens});
            window.opens = at->closes;
        }
        if (window.opens < window.closes) add_local(window);
    }

    void add_local(local_span window) {
        auto const start = seconds_of(made_.start);
        add(clock_.utc_of(window.opens) - start, clock_.utc_of(window.closes) - start);
    }

    // In seconds from the start. Days come in order and so do their windows, but for a few about a break or a gap.
    void add(std::int64_t opens, std::int64_t closes) {
        opens = std::max(opens, std::int64_t{0});
        closes = std::min(closes, length_);
        if (opens >= closes) return;
        auto& open = made_.open;
        open.push_back({static_cast<std::uint32_t>(opens), static_cast<std::uint32_t>(closes)});
        constexpr std::size_t far = 32;
        for (std::size_t at = open.size() - 1, steps = 0; at > 0 && open[at].opens < open[at - 1].opens; --at) {
            if (++steps > far) {
                in_order_ = false;
                return;
            }
            std::swap(open[at], open[at - 1]);
        }
    }

    void join_open() {
        auto& open = made_.open;
        if (!in_order_) {
            std::sort(open.begin(), open.end(),
                      [](open_span const& left, open_span const& right) { return left.opens < right.opens; });
        }
        std::size_t kept = 0;
        for (auto const& one : open) {
            if (kept > 0 && one.opens <= open[kept - 1].closes)
                open[kept - 1].closes = std::max(open[kept - 1].closes, one.closes);
            else
                open[kept++] = one;
        }
        open.resize(kept);
    }

    service_rules const& rules_;
    date first_;
    date last_;
    compiled_windows made_;
    local_clock clock_;
    std::vector<std::uint8_t> marks_;  // of each day from first_ to last_
    std::vector<closed_part> closed_parts_;
    std::int64_t length_ = 0;
    bool in_order_ = true;
};

}  // namespace

compiled_windows windows_of(service_rules const& rules, date first_day, date last_day) {
    return compiler{rules, first_day, last_day}.compiled();
}

}  // namespace recourse
