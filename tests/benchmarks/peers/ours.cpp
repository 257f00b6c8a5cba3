// The questions are random, for a fixed seed; the answers come from find_calendar("US") as any host gets it.
#include "benchmarks/peers/ours.hpp"

#include "benchmarks/business_day_questions.hpp"
#include "recourse/calendar/holidays.hpp"

namespace recourse::peers {

namespace {

constexpr std::size_t questions_each = 200'000;
constexpr int runs = 100;
constexpr date first_asked = to_date({2020, 1, 1});
constexpr std::int32_t days_asked = to_date({2035, 12, 31}).days - first_asked.days + 1;

std::vector<question> add_questions(business_calendar const& calendar) {
    test::fixed_numbers random{add_seed};
    std::vector<question> all;
    while (all.size() < questions_each) {
        question const asked{first_asked.days + random.below(days_asked),
                             (1 + random.below(60)) * (random.below(2) == 0 ? -1 : 1)};
        if (calendar.is_business_day({asked.day}).value()) all.push_back(asked);
    }
    return all;
}

std::vector<question> short_spans() {
    test::fixed_numbers random{count_seed};
    std::vector<question> all(questions_each);
    for (auto& asked : all) {
        asked.day = first_asked.days + random.below(days_asked);
        asked.other = asked.day + random.below(90 + 1);
    }
    return all;
}

// From the earlier to the later day: numpy before 1.25 counts otherwise when they are turned round.
std::vector<question> long_spans() {
    test::fixed_numbers random{count_seed};
    std::vector<question> all(questions_each);
    for (auto& asked : all) {
        auto const one = first_asked.days + random.below(days_asked);
        auto const other = first_asked.days + random.below(days_asked);
        asked = {std::min(one, other), std::max(one, other)};
    }
    return all;
}

std::vector<question> closed_weekdays(business_calendar const& calendar) {
    std::vector<question> all;
    auto const end = to_date({last_year, 12, 31});
    for (auto day = to_date({first_year, 1, 1}); day <= end; day = plus_days(day, 1)) {
        if (weekday_of(day) < weekday::saturday && !calendar.is_business_day(day).value())
            all.push_back({day.days, day.days});
    }
    return all;
}

std::vector<std::int32_t> days_of(std::vector<question> const& all) {
    std::vector<std::int32_t> days;
    for (auto const& one : all) days.push_back(one.day);
    return days;
}

calendar_rows rows_of(std::vector<question> const& closed) {
    calendar_rows rows{.name = "LIST", .title = "A list of holidays", .data_version = "1"};
    rows.words = std::make_shared<std::vector<holiday_words> const>(1, holiday_words{"Closed", "", "", {}});
    for (auto const& one : closed) rows.days.emplace_back().day = {one.day};
    rows.first_year = first_year;
    rows.last_year = last_year;
    return rows;
}

result<business_calendar, std::string> compiled_like(business_calendar const& calendar) {
    auto const& table = *find_holiday_table(calendar.name());
    return compile_calendar(table, {.region = "", .first_year = first_year, .last_year = last_year},
                            built_in_decrees(table));
}

// What is timed, and the days that are closed in its result.
template <class Make>
answers made(std::string const& peer, std::string_view kind, Make make) {
    constexpr int made_a_run = 10;  // the processor's clock has steps of a microsecond
    auto const nanoseconds = least_nanoseconds(runs, [&] {
        for (int round = 0; round < made_a_run; ++round) static_cast<void>(make().value());
    });
    auto const closed = days_of(closed_weekdays(make().value()));
    return {peer, std::string{kind}, nanoseconds / made_a_run, closed.size(), checksum_of(closed)};
}

std::int32_t added(business_calendar const& calendar, question const& asked) {
    auto const found = calendar.add_business_days({asked.day}, asked.other);
    return found ? found->days : 0;
}

std::int32_t counted(business_calendar const& calendar, question const& asked) {
    auto const found = calendar.count_business_days({asked.day}, {asked.other});
    return found ? *found : 0;
}

}  // namespace

our_side::our_side() : calendar_{*find_calendar("US")} {
    questions_[add] = add_questions(calendar_);
    questions_[count_90_days] = short_spans();
    questions_[count_16_years] = long_spans();
    questions_[from_list] = closed_weekdays(calendar_);
    questions_[from_rules] = questions_[from_list];
}

answers our_side::answers_to(std::string_view kind) const {
    std::string const peer{"recourse"};
    std::span const all{questions(kind)};
    if (kind == add) return ask(peer, kind, runs, all, [&](question const& one) { return added(calendar_, one); });
    if (kind == from_rules) return made(peer, kind, [&] { return compiled_like(calendar_); });
    if (kind == from_list) {
        auto const rows = rows_of(questions(kind));
        return made(peer, kind, [&] { return business_calendar::make(rows); });
    }
    return ask(peer, kind, runs, all, [&](question const& one) { return counted(calendar_, one); });
}

std::int64_t our_side::checksum(std::string_view kind, std::size_t answered) const {
    auto const& all = questions(kind);
    std::vector<std::int32_t> given;
    for (std::size_t at = 0; at < std::min(answered, all.size()); ++at) {
        auto const& asked = all[at];
        given.push_back(is_whole_calendar(kind) ? asked.day
                        : kind == add           ? added(calendar_, asked)
                                                : counted(calendar_, asked));
    }
    return checksum_of(given);
}

}  // namespace recourse::peers
