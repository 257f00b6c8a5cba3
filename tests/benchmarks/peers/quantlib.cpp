// QuantLib's answers: from a calendar that is given our holidays, and from its own of the United States.
//
//     recourse_peers_quantlib FOLDER    // reads the questions there, prints a line for each kind of question
#include <ql/time/calendars/bespokecalendar.hpp>
#include <ql/time/calendars/unitedstates.hpp>
#include <ql/version.hpp>

#include "benchmarks/peers/asked.hpp"

using namespace recourse::peers;

namespace {

constexpr std::int32_t serial_of_1970 = 25'569;  // QuantLib counts as spreadsheets do
constexpr int runs = 3;
constexpr int calendar_runs = 9;

// Days are looked at one by one, so fewer questions tell enough.
constexpr std::size_t add_questions = 20'000;
constexpr std::size_t short_count_questions = 10'000;
constexpr std::size_t long_count_questions = 500;

QuantLib::Date to_date(std::int32_t day) { return QuantLib::Date{day + serial_of_1970}; }
std::int32_t to_day(QuantLib::Date const& date) {
    return static_cast<std::int32_t>(date.serialNumber() - serial_of_1970);
}

std::vector<QuantLib::Date> holidays_of(QuantLib::Calendar const& calendar) {
    return calendar.holidayList({1, QuantLib::January, first_year}, {31, QuantLib::December, last_year});
}

std::vector<std::int32_t> days_of(std::vector<QuantLib::Date> const& dates) {
    std::vector<std::int32_t> days;
    for (auto const& date : dates) days.push_back(to_day(date));
    return days;
}

struct dated_question {
    QuantLib::Date date;
    QuantLib::Date other;
    std::int32_t number = 0;
};

std::vector<dated_question> first_of(std::string const& folder, std::string_view kind, std::size_t most) {
    auto all = read_questions(folder, kind);
    all.resize(std::min(all.size(), most));
    std::vector<dated_question> dated;
    for (auto const& asked : all) {
        bool const counted = kind != add;
        dated.push_back({to_date(asked.day), counted ? to_date(asked.other) : QuantLib::Date{}, asked.other});
    }
    return dated;
}

void ask_all(std::string const& folder, std::string const& peer, QuantLib::Calendar const& calendar) {
    auto const added = first_of(folder, add, add_questions);
    report(ask(peer, add, runs, std::span{added}, [&](dated_question const& asked) {
        return to_day(calendar.advance(asked.date, asked.number, QuantLib::Days));
    }));
    auto const counted = [&](dated_question const& asked) {
        return static_cast<std::int32_t>(calendar.businessDaysBetween(asked.date, asked.other));
    };
    auto const short_spans = first_of(folder, count_90_days, short_count_questions);
    report(ask(peer, count_90_days, runs, std::span{short_spans}, counted));
    auto const long_spans = first_of(folder, count_16_years, long_count_questions);
    report(ask(peer, count_16_years, runs, std::span{long_spans}, counted));
}

void report_made(std::string const& peer, std::string_view kind, QuantLib::Calendar const& calendar,
                 double nanoseconds) {
    auto const days = days_of(holidays_of(calendar));
    report({peer, std::string{kind}, nanoseconds, days.size(), checksum_of(days)});
}

QuantLib::BespokeCalendar made_of(std::vector<QuantLib::Date> const& holidays) {
    QuantLib::BespokeCalendar calendar{"US"};
    calendar.addWeekend(QuantLib::Saturday);
    calendar.addWeekend(QuantLib::Sunday);
    for (auto const& date : holidays) calendar.addHoliday(date);
    return calendar;
}

// Another difference would be an error, ours or theirs, and no checksum would agree.
void add_juneteenth_of_2021(QuantLib::Calendar& calendar) {
    calendar.addHoliday({18, QuantLib::June, 2021});
    std::cout
        << "# QuantLib has Juneteenth from 2022 on. Federal offices were closed on 2021-06-18 already, the day after "
           "Public Law 117-17: added.\n";
}

void say_how_it_is_measured() {
    std::cout << "# QuantLib answers the first " << add_questions << ", " << short_count_questions << " and "
              << long_count_questions << ".\n";
#ifdef QL_HIGH_RESOLUTION_DATE
    std::cout << "# It was built with QL_HIGH_RESOLUTION_DATE, with which dates are several times slower.\n";
#endif
}

}  // namespace

int main(int count, char** words) try {
    if (count != 2) throw std::runtime_error{"usage: recourse_peers_quantlib FOLDER"};
    std::string const folder = words[1];
    std::string const version = "QuantLib " QL_VERSION;

    say_how_it_is_measured();

    std::vector<QuantLib::Date> holidays;
    for (auto const& closed : read_questions(folder, from_list)) holidays.push_back(to_date(closed.day));
    auto const of_a_list = version + " BespokeCalendar";
    auto const bespoke = made_of(holidays);
    ask_all(folder, of_a_list, bespoke);
    report_made(of_a_list, from_list, bespoke, least_nanoseconds(calendar_runs, [&] { made_of(holidays); }));

    QuantLib::UnitedStates own{QuantLib::UnitedStates::Settlement};
    add_juneteenth_of_2021(own);
    auto const of_its_own = version + " UnitedStates";
    ask_all(folder, of_its_own, own);
    report_made(of_its_own, from_rules, own, least_nanoseconds(calendar_runs, [&] { holidays_of(own); }));
} catch (std::exception const& failure) {
    std::cerr << "recourse_peers_quantlib: " << failure.what() << '\n';
    return 1;
}
