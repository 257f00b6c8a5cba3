// From rows and decrees to the days of a calendar: rules first, then decrees, then the days between and the substitutes.
#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "calendar/rules/days.hpp"
#include "calendar/weekend_on.hpp"
#include "recourse/calendar/holiday_table.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

// Holidays of the years before and after move into the span as substitutes: New Year's Day on 31 December.
constexpr std::int32_t margin_years = 1;

bool contains(std::vector<std::string> const& list, std::string_view wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

bool holds_in(holiday_rule const& rule, std::string_view region) {
    if (!rule.regions.empty() && !contains(rule.regions, region)) return false;
    return !contains(rule.except_regions, region);
}

certainty implied_by(day_base base) { return base == day_base::hijri ? certainty::predicted : certainty::rule; }

constexpr std::size_t rows_max = 2'000;
constexpr std::size_t words_max = 0xFFFF;

// What is wrong with the question before anything is computed from it; tables may be made by hand.
std::optional<std::string> problem(holiday_table const& table, compile_span const& span) {
    auto const first = span.first_year == 0 ? table.first_year : span.first_year;
    auto const last = span.last_year == 0 ? table.last_year : span.last_year;
    if (table.first_year < year_min || table.last_year > year_max) {
        return fmt::format("the table {} covers {} to {}; expected years within {} to {}", table.code, table.first_year,
                           table.last_year, year_min, year_max);
    }
    if (first < table.first_year || last > table.last_year || first > last) {
        return fmt::format("the calendar {} has data for the years {} to {}; asked for {} to {}", table.code,
                           table.first_year, table.last_year, first, last);
    }
    auto const known = std::any_of(table.regions.begin(), table.regions.end(),
                                   [&](auto const& one) { return one.code == span.region; });
    if (!span.region.empty() && !known) {
        return fmt::format("the calendar {} has no region {}", table.code, quoted(span.region));
    }
    auto const never_open = [](weekend_rule const& one) { return open_days_a_week(one.days) == 0; };
    if (table.weekends.empty() || std::any_of(table.weekends.begin(), table.weekends.end(), never_open)) {
        return fmt::format("the table {} has no weekend, or one that leaves no day open", table.code);
    }
    if (table.holidays.size() > rows_max) {
        return fmt::format("the table {} has {} rows; at most {}", table.code, table.holidays.size(), rows_max);
    }
    for (std::size_t row = 0; row < table.holidays.size(); ++row) {
        auto const wrong = rules::reference_problem(table, row);
        if (!wrong.empty()) {
            return fmt::format("the row {} of {}: {}", quoted(table.holidays[row].name), table.code, wrong);
        }
    }
    return std::nullopt;
}

constexpr std::size_t years_with_margins(std::int32_t first, std::int32_t last) {
    std::int32_t const years = last - first + 1 + 2 * margin_years;
    return static_cast<std::size_t>(years);
}

class compiler {
  public:
    compiler(holiday_table const& table, compile_span const& span, std::vector<holiday_decree> const& decrees)
        : table_{table},
          region_{span.region},
          first_year_{span.first_year == 0 ? table.first_year : span.first_year},
          last_year_{span.last_year == 0 ? table.last_year : span.last_year},
          first_{to_date({first_year_ - margin_years, 1, 1})},
          decrees_(years_with_margins(first_year_, last_year_), nullptr),
          taken_(decrees_.size() * 366, false) {
        for (auto const& one : decrees) keep(one);
    }

    result<business_calendar, std::string> calendar() {
        days_.reserve(table_.holidays.size() * decrees_.size());
        for (std::size_t row = 0; row < table_.holidays.size(); ++row) {
            if (auto wrong = add_row(row)) return failed{*std::move(wrong)};
        }
        for (auto const* decree : decrees_) {
            if (decree != nullptr) add_decree(*decree);
        }
        sort();
        for (auto const& one : days_) take(one);
        add_days_between();
        add_substitutes();
        // A decree may also take away a substitute, or a day between two holidays.
        for (auto const* decree : decrees_) {
            if (decree != nullptr) remove(*decree);
        }
        if (words_->size() > words_max) {
            return failed{fmt::format("the calendar {} has more than {} different holidays", table_.code, words_max)};
        }
        if (auto wrong = closed_worked_day()) return failed{*std::move(wrong)};
        return business_calendar::make(rows());
    }

  private:
    // A day and the row that it is of; decrees have none.
    struct found_day {
        holiday_day day;
        std::uint16_t row;
    };
    static constexpr std::uint16_t no_row = 0xFFFF;

    // The newest decree of a year is kept.
    void keep(holiday_decree const& decree) {
        auto const place = decree.year - first_year_ + margin_years;
        if (decree.calendar != table_.code || place < 0 || place >= std::ssize(decrees_)) return;
        auto& kept = decrees_[static_cast<std::size_t>(place)];
        if (kept == nullptr || kept->version <= decree.version) kept = &decree;
    }

    [[nodiscard]] holiday_decree const* decree_of(date day) const {
        auto const place = year_of(day) - first_year_ + margin_years;
        return place < 0 || place >= std::ssize(decrees_) ? nullptr : decrees_[static_cast<std::size_t>(place)];
    }

    std::uint16_t words_for(std::string_view name, std::string_view english, shared_text const& source,
                            half_day_span closed) {
        for (std::size_t at = 0; at < words_->size(); ++at) {
            auto const& one = (*words_)[at];
            if (one.name == name && one.english == english && one.source == source && one.closed == closed) {
                return static_cast<std::uint16_t>(at);
            }
        }
        words_->push_back({std::string{name}, std::string{english}, source, closed});
        return static_cast<std::uint16_t>(words_->size() - 1);
    }

    [[nodiscard]] shared_text source_of(holiday_rule const& rule) const {
        return rule.source.empty() ? table_source_ : shared_text{rule.source};
    }

    // An error names the row and the year for which a table of moons or suns has no data.
    std::optional<std::string> add_row(std::size_t row) {
        auto const& rule = table_.holidays[row];
        if (!holds_in(rule, region_) || rule.when.base == day_base::between_holidays) return std::nullopt;
        auto const words = words_for(rule.name, rule.english, source_of(rule), rule.closed);
        auto const known_by = rule.certainty.value_or(implied_by(rules::reached_base(table_, row)));
        listed_.assign(decrees_.size(), false);
        for (date const day : rule.dates) {
            auto const place = year_of(day) - first_year_ + margin_years;
            if (place < 0 || place >= std::ssize(listed_)) continue;
            listed_[static_cast<std::size_t>(place)] = true;
            bool const only_listed = rule.when.base == day_base::listed;
            keep_day(rule, day, words, only_listed ? rule.certainty.value_or(certainty::decreed) : certainty::decreed,
                     row);
        }
        for (auto year = first_year_ - margin_years; year <= last_year_ + margin_years; ++year) {
            auto const place = year - first_year_ + margin_years;
            if (!rules::holds_in(rule, year) || listed_[static_cast<std::size_t>(place)]) continue;
            scratch_.clear();
            bool const covered = rules::append_days(scratch_, rule.when, year, table_, row);
            if (!covered && first_year_ <= year && year <= last_year_) {
                return fmt::format("{} of {}: the tables behind \"{}\" have no data for the year {}", quoted(rule.name),
                                   table_.code, to_text(rule.when), year);
            }
            for (date const day : scratch_) add(rule, day, words, known_by, row);
        }
        return std::nullopt;
    }

    void add(holiday_rule const& rule, date day, std::uint16_t words, certainty known_by, std::size_t row) {
        if (auto const at = rules::placed(rule, day)) keep_day(rule, *at, words, known_by, row);
    }

    void keep_day(holiday_rule const& rule, date day, std::uint16_t words, certainty known_by, std::size_t row) {
        holiday_day made{.day = day, .words = words, .kind = rule.kind, .known_by = known_by};
        made.may_move_days =
            known_by == certainty::predicted && rules::reached_base(table_, row) == day_base::hijri ? 1 : 0;
        days_.push_back({made, static_cast<std::uint16_t>(row)});
    }

    // Closing days of rows, not those that the decree itself adds.
    void remove(holiday_decree const& decree) {
        std::erase_if(days_, [&](found_day const& one) {
            return one.row != no_row && closes(one.day.kind) &&
                   std::find(decree.removed.begin(), decree.removed.end(), one.day.day) != decree.removed.end();
        });
    }

    void add_decree(holiday_decree const& decree) {
        remove(decree);
        shared_text const source{decree.source};
        auto const add_day = [&](date day, std::uint16_t words, holiday_kind kind) {
            holiday_day const made{.day = day, .words = words, .kind = kind, .known_by = certainty::decreed};
            days_.push_back({made, no_row});
        };
        for (auto const& one : decree.added) {
            add_day(one.day, words_for(one.name, one.english, source, one.closed), one.kind);
        }
        for (auto const& one : decree.moved) {
            auto const words = words_for(one.name, one.english, source, {});
            add_day(one.off, words, holiday_kind::public_holiday);
            add_day(one.worked, words, holiday_kind::worked_weekend);
        }
    }

    void sort() {
        std::sort(days_.begin(), days_.end(), [](found_day const& left, found_day const& right) {
            return std::pair{left.day.day, left.row} < std::pair{right.day.day, right.row};
        });
    }

    [[nodiscard]] bool is_taken(date day) const {
        auto const at = day.days - first_.days;
        return at >= 0 && at < std::ssize(taken_) && taken_[static_cast<std::size_t>(at)];
    }

    void take(found_day const& one) {
        auto const at = one.day.day.days - first_.days;
        if (closes(one.day.kind) && at >= 0 && at < std::ssize(taken_)) taken_[static_cast<std::size_t>(at)] = true;
    }

    [[nodiscard]] bool is_weekend(date day) const { return weekend_on(table_.weekends, day).has(weekday_of(day)); }

    // Japan's Act on National Holidays, article 3(3): a day between two holidays is one, unless it is a Sunday.
    void add_days_between() {
        auto const asked = days_.size();
        for (std::size_t row = 0; row < table_.holidays.size(); ++row) {
            auto const& rule = table_.holidays[row];
            if (rule.when.base != day_base::between_holidays || !holds_in(rule, region_)) continue;
            auto const words = words_for(rule.name, rule.english, source_of(rule), rule.closed);
            for (std::size_t at = 0; at < asked; ++at) {
                auto const middle = plus_days(days_[at].day.day, 1);
                if (!closes(days_[at].day.kind) || is_taken(middle) || !is_taken(plus_days(middle, 1))) continue;
                if (weekday_of(middle) == weekday::sunday || !rules::holds_in(rule, year_of(middle))) continue;
                holiday_day const made{.day = middle, .words = words, .kind = rule.kind};
                days_.push_back({made, static_cast<std::uint16_t>(row)});
                take(days_.back());
            }
        }
        if (days_.size() > asked) sort();
    }

    [[nodiscard]] date target(substitute_clause const& clause, date day) const {
        auto const walk = [&](std::int32_t step, auto const& unfit) {
            do day = plus_days(day, step);
            while (unfit(day));
            return day;
        };
        auto const closed = [&](date at) { return is_weekend(at) || is_taken(at); };
        switch (clause.target) {
            case substitute_target::next_working_day: return walk(1, closed);
            case substitute_target::previous_working_day: return walk(-1, closed);
            case substitute_target::next_non_holiday: return walk(1, [&](date at) { return is_taken(at); });
            default: return rules::moved_by(clause, day);
        }
    }

    // In the order of the days: a holiday that is itself on a working day keeps it, and each substitute is taken for
    // the ones after it. Christmas on a Saturday: 25 -> Monday 27, 26 -> Tuesday 28.
    void add_substitutes() {
        auto const asked = days_.size();
        for (std::size_t at = 0; at < asked; ++at) {
            auto const one = days_[at];
            if (one.row == no_row || !closes(one.day.kind)) continue;
            auto const& clauses = table_.holidays[one.row].substitute;
            if (clauses.empty()) continue;
            auto const* decree = decree_of(one.day.day);
            if (decree != nullptr && decree->lists_substitutes) continue;
            bool const on_holiday = is_second(at);
            for (auto const& clause : clauses) {
                if (!clause.on.has(weekday_of(one.day.day)) && !(clause.on_holiday && on_holiday)) continue;
                auto moved = one;
                moved.day.day = target(clause, one.day.day);
                moved.day.substitute = 1;
                days_.push_back(moved);
                take(moved);
                break;
            }
        }
        if (days_.size() > asked) sort();
    }

    // Whether a closing day stands before this one on the same date.
    [[nodiscard]] bool is_second(std::size_t at) const {
        for (auto before = at; before > 0 && days_[before - 1].day.day == days_[at].day.day; --before) {
            if (closes(days_[before - 1].day.kind)) return true;
        }
        return false;
    }

    // A decree that has a day worked which is a holiday says two things.
    [[nodiscard]] std::optional<std::string> closed_worked_day() const {
        for (std::size_t at = 0; at < days_.size(); ++at) {
            auto const& one = days_[at];
            if (one.row != no_row || one.day.kind != holiday_kind::worked_weekend) continue;
            bool closed = is_second(at);
            for (auto next = at + 1; next < days_.size() && days_[next].day.day == one.day.day; ++next) {
                closed = closed || closes(days_[next].day.kind);
            }
            if (!closed) continue;
            return fmt::format("the decree of {} for {} has {} worked, which is a holiday; remove that first",
                               table_.code, year_of(one.day.day), to_text(one.day.day));
        }
        return std::nullopt;
    }

    calendar_rows rows() {
        calendar_rows made;
        made.name = region_.empty() ? table_.code : region_;
        made.title = table_.title;
        for (auto const& region : table_.regions) {
            if (region.code == region_) made.title += fmt::format(": {}", region.name);
        }
        made.data_version = table_.version;
        for (auto const* decree : decrees_) {
            if (decree != nullptr) made.data_version = std::max(made.data_version, decree->version);
        }
        made.weekends = table_.weekends;
        made.first_year = first_year_;
        made.last_year = last_year_;
        auto const first = to_date({first_year_, 1, 1});
        auto const last = to_date({last_year_, 12, 31});
        made.days.reserve(days_.size());
        for (auto const& one : days_) {
            if (one.day.day < first || last < one.day.day) continue;
            made.days.push_back(one.day);
            if (!table_.decreed_yearly) continue;
            made.days.back().known_by = decree_of(one.day.day) != nullptr ? certainty::decreed : certainty::predicted;
        }
        made.words = std::move(words_);
        return made;
    }

    holiday_table const& table_;
    shared_text table_source_{table_.source};
    std::string_view region_;
    std::int32_t first_year_;
    std::int32_t last_year_;
    date first_;
    std::vector<holiday_decree const*> decrees_;  // one a year, margins too
    std::shared_ptr<std::vector<holiday_words>> words_ = std::make_shared<std::vector<holiday_words>>();
    std::vector<found_day> days_;
    std::vector<bool> taken_;
    std::vector<bool> listed_;
    std::vector<date> scratch_;
};

}  // namespace

result<business_calendar, std::string> compile_calendar(holiday_table const& table, compile_span const& span,
                                                        std::vector<holiday_decree> const& decrees) {
    if (auto wrong = problem(table, span)) return failed{*std::move(wrong)};
    return compiler{table, span, decrees}.calendar();
}

}  // namespace recourse
