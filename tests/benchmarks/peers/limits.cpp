// Compiling every built-in calendar, and service hours of the common shapes.
#include "benchmarks/peers/limits.hpp"

#include <fmt/format.h>

#include "benchmarks/business_day_questions.hpp"
#include "benchmarks/peers/asked.hpp"
#include "recourse/calendar/holidays.hpp"
#include "recourse/calendar/service_hours.hpp"

namespace recourse::peers {

namespace {

constexpr int runs = 100;

void raise(limit& so_far, std::string const& of, double measured) {
    if (measured <= so_far.measured) return;
    so_far.of = of;
    so_far.measured = measured;
}

// The processor's clock has steps of a microsecond, which are small beside a calendar.
template <class Compile>
double microseconds_to_compile(int runs_of_it, Compile compile) {
    return least_nanoseconds(runs_of_it, [&] { static_cast<void>(compile().value()); }) / 1'000;
}

struct built_in {
    holiday_table const* table;
    compile_span span;
    double microseconds = std::numeric_limits<double>::max();
    [[nodiscard]] auto compiled() const { return compile_calendar(*table, span, built_in_decrees(*table)); }
};

std::vector<built_in> built_in_calendars() {
    std::vector<built_in> all;
    for (auto const name : calendar_names()) {
        auto const* table = find_holiday_table(name);
        if (table == nullptr) continue;  // WEEKDAYS has none
        all.push_back({table, {.region = "", .first_year = first_year, .last_year = last_year}});
        for (auto const& region : table->regions) {
            all.push_back({table, {.region = region.code, .first_year = first_year, .last_year = last_year}});
        }
    }
    return all;
}

// In turns, so that a busy moment of the computer does not fall on one table alone.
void compile_every_table(limit& time, limit& memory) {
    constexpr int turns = 20;
    auto all = built_in_calendars();
    for (int turn = 0; turn < turns; ++turn) {
        for (auto& one : all) {
            one.microseconds =
                std::min(one.microseconds, microseconds_to_compile(runs / turns, [&] { return one.compiled(); }));
        }
    }
    for (auto const& one : all) {
        auto const calendar = one.compiled().value();
        raise(time, calendar.name(), one.microseconds);
        raise(memory, calendar.name(), static_cast<double>(calendar.bytes()));
    }
}

constexpr std::int32_t hour = 3'600;
constexpr date first_day = to_date({first_year, 1, 1});
constexpr date last_day = to_date({last_year, 12, 31});

struct open_hours {
    service_hours hours;
    business_calendar const* calendar = nullptr;
};

std::vector<open_hours> common_hours() {
    auto const berlin = time_zone::find("Europe/Berlin").value();
    auto const new_york = time_zone::find("America/New_York").value();
    return {
        {{.name = "09-17, Berlin", .zone = berlin, .windows = {{monday_to_friday, 9 * hour, 17 * hour}}}},
        {{.name = "09-12 and 13-17, New York, holidays of US",
          .zone = new_york,
          .windows = {{monday_to_friday, 9 * hour, 12 * hour}, {monday_to_friday, 13 * hour, 17 * hour}}},
         find_calendar("US")},
        {{.name = "09-12 and 13-17 every day, Berlin",
          .zone = berlin,
          .windows = {{every_weekday, 9 * hour, 12 * hour}, {every_weekday, 13 * hour, 17 * hour}}}},
    };
}

struct service_question {
    instant from;
    std::int64_t seconds = 0;
};

// One second to forty open hours from any second of 2016 to 2039, forward or back.
std::vector<service_question> service_questions() {
    test::fixed_numbers random{20'261'124};
    auto const start = to_date({2016, 1, 1});
    auto const days = to_date({2039, 12, 31}).days - start.days + 1;
    std::vector<service_question> all(200'000);
    for (auto& asked : all) {
        auto const day = std::int64_t{start.days} + random.below(days);
        asked.from = {(day * 86'400 + random.below(86'400)) * microseconds_per_second};
        asked.seconds = (1 + random.below(40 * hour)) * (random.below(2) == 0 ? -1 : 1);
    }
    return all;
}

double nanoseconds_to_add(service_schedule const& schedule, std::vector<service_question> const& all) {
    std::vector<instant> found(all.size());
    auto const nanoseconds = least_nanoseconds(runs, [&] {
        for (std::size_t at = 0; at < all.size(); ++at) {
            auto const added = schedule.add(all[at].from, all[at].seconds, edge_convention::close);
            if (added) found[at] = *added;
        }
    });
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (schedule.between(all[at].from, found[at]) != all[at].seconds) {
            throw std::runtime_error{fmt::format("{}: {} s from {} were not added", schedule.name(), all[at].seconds,
                                                 to_text(all[at].from))};
        }
    }
    return nanoseconds / static_cast<double>(all.size());
}

}  // namespace

std::vector<limit> limits() {
    limit calendar_time{"compile a calendar", "", 0, 100, "us"};
    limit calendar_memory{"hold a calendar", "", 0, 64 * 1'024, "bytes"};
    compile_every_table(calendar_time, calendar_memory);

    limit schedule_time{"compile a service schedule", "", 0, 400, "us"};
    limit schedule_memory{"hold a service schedule", "", 0, 256 * 1'024, "bytes"};
    limit service_add{"add service time", "", 0, 25, "ns"};
    auto const questions = service_questions();
    for (auto const& [hours, calendar] : common_hours()) {
        auto const compiled = [&, &hours = hours, calendar = calendar] {
            return service_schedule::make(hours, first_day, last_day, calendar);
        };
        auto const schedule = compiled().value();
        raise(schedule_time, hours.name, microseconds_to_compile(runs, compiled));
        raise(schedule_memory, hours.name, static_cast<double>(schedule.bytes()));
        raise(service_add, hours.name, nanoseconds_to_add(schedule, questions));
    }
    return {calendar_time, calendar_memory, service_add, schedule_time, schedule_memory};
}

}  // namespace recourse::peers
