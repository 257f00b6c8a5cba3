// Calendars as iCalendar: what an event's days are, what is refused and where, and that what is written reads back.
#include "recourse/calendar/icalendar.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <thread>

#include "recourse/calendar/holidays.hpp"

namespace {

using namespace recourse;

icalendar_options of_2026() { return {.first_year = 2026, .last_year = 2026}; }

icalendar_options in_berlin() {
    auto options = of_2026();
    options.zone = *time_zone::find("Europe/Berlin");
    return options;
}

std::string calendar_of(std::string const& content) { return "BEGIN:VCALENDAR\r\n" + content + "END:VCALENDAR\r\n"; }

// Lines with spaces for line ends: "UID:a DTSTART:20260101".
std::string event(std::string const& lines) {
    std::string text = "BEGIN:VEVENT\r\n";
    for (char const letter : lines) {
        if (letter == '|')
            text += "\r\n";
        else
            text += letter;
    }
    return text + "\r\nEND:VEVENT\r\n";
}

std::string days_in(std::string const& text, icalendar_options const& options) {
    auto const read = read_icalendar(text, options);
    if (!read) return to_text(read.error());
    std::string days;
    for (auto const& one : *read) days += (days.empty() ? "" : " ") + to_text(one.day);
    return days;
}

std::string days_of(std::string const& lines, icalendar_options const& options = of_2026()) {
    return days_in(calendar_of(event(lines)), options);
}

std::string names_of(std::string const& lines) {
    auto const read = read_icalendar(calendar_of(event(lines)), of_2026());
    if (!read) return to_text(read.error());
    std::string names;
    for (auto const& one : *read) names += "[" + one.name + "]";
    return names;
}

std::string problem_of(std::string const& lines, icalendar_options const& options = of_2026()) {
    auto const read = read_icalendar(calendar_of(event(lines)), options);
    return read ? "was read" : to_text(read.error());
}

}  // namespace

TEST_CASE("an event of whole days is every day before its exclusive end") {
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260105") == "2026-01-05");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260105|DTEND;VALUE=DATE:20260108") == "2026-01-05 2026-01-06 2026-01-07");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260105|DTEND;VALUE=DATE:20260105") == "2026-01-05");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260105|DURATION:P2D") == "2026-01-05 2026-01-06");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260227|DURATION:P1W").size() == 7 * 11 - 1);
    CHECK(days_of("UID:a|DTSTART:20260105") == "2026-01-05");  // without VALUE=DATE, as some write it
}

TEST_CASE("days outside the years asked for are left out, those of a year's turn are kept in part") {
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20251230|DTEND;VALUE=DATE:20260103") == "2026-01-01 2026-01-02");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20261230|DTEND;VALUE=DATE:20270103") == "2026-12-30 2026-12-31");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20240105").empty());
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20300105|RRULE:FREQ=YEARLY").empty());
}

TEST_CASE("an event with times is the local days that it touches") {
    auto const berlin = in_berlin();
    CHECK(days_of("UID:a|DTSTART;TZID=Europe/Berlin:20260105T220000|DTEND;TZID=Europe/Berlin:20260106T020000",
                  berlin) == "2026-01-05 2026-01-06");
    // It ends as the next day begins.
    CHECK(days_of("UID:a|DTSTART;TZID=Europe/Berlin:20260105T220000|DTEND;TZID=Europe/Berlin:20260106T000000",
                  berlin) == "2026-01-05");
    CHECK(days_of("UID:a|DTSTART:20260105T230000Z", berlin) == "2026-01-06");
    CHECK(days_of("UID:a|DTSTART:20260105T225959Z", berlin) == "2026-01-05");
    // 20:00 in New York is 02:00 of the next day in Berlin.
    CHECK(days_of("UID:a|DTSTART;TZID=America/New_York:20260105T200000|DURATION:PT1H", berlin) == "2026-01-06");
    // The night that has 23 hours: three hours of the clock from 23:30 end at 03:30 summer time.
    CHECK(days_of("UID:a|DTSTART;TZID=Europe/Berlin:20260328T233000|DURATION:PT3H", berlin) == "2026-03-28 2026-03-29");
    CHECK(days_of("UID:a|DTSTART;TZID=Europe/Berlin:20260328T000000|DURATION:P1D", berlin) == "2026-03-28");
    // A start in one zone, an end in another.
    CHECK(days_of("UID:a|DTSTART;TZID=Europe/Berlin:20260105T100000|DTEND:20260105T233000Z", berlin) ==
          "2026-01-05 2026-01-06");
}

TEST_CASE("a time without a zone needs none: its days are those that are written") {
    CHECK(days_of("UID:a|DTSTART:20260105T080000|DTEND:20260105T120000") == "2026-01-05");
    CHECK(days_of("UID:a|DTSTART:20260105T200000|DTEND:20260107T000000") == "2026-01-05 2026-01-06");
    CHECK(days_of("UID:a|DTSTART:20260105T200000|DURATION:PT4H") == "2026-01-05");
    CHECK(days_of("UID:a|DTSTART:20260105T200000|DURATION:PT4H1S") == "2026-01-05 2026-01-06");
    CHECK(days_of("UID:a|DTSTART:20260105T000000|DURATION:P2D") == "2026-01-05 2026-01-06");
    CHECK(days_of("UID:a|DTSTART:20260105T235959") == "2026-01-05");
}

TEST_CASE("a time in a zone is refused where no zone was chosen") {
    auto const problem = problem_of("UID:a|DTSTART:20260105T080000Z");
    CHECK(problem == "line 4, event a: has a time in a zone; say in the option zone whose days count");
}

TEST_CASE("a zone is found by its name, behind a prefix, by its location, or by an alias") {
    auto berlin = in_berlin();
    std::string const at = "|DTEND:20260106T010000Z";
    CHECK(days_of("UID:a|DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260106T003000" + at, berlin) ==
          "2026-01-06");
    CHECK(days_of("UID:a|DTSTART;TZID=\"W. Europe Standard Time\":20260106T003000" + at, berlin) ==
          "line 4, event a: the TZID \"W. Europe Standard Time\" is no IANA zone; name the zone that it means in "
          "zone_aliases");
    berlin.zone_aliases = {{"W. Europe Standard Time", *time_zone::find("Europe/Berlin")}};
    CHECK(days_of("UID:a|DTSTART;TZID=\"W. Europe Standard Time\":20260106T003000" + at, berlin) == "2026-01-06");
    std::string const zone =
        "BEGIN:VTIMEZONE\r\nTZID:Office\r\nX-LIC-LOCATION:Europe/"
        "Vienna\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n"
        "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    CHECK(days_in(calendar_of(zone + event("UID:a|DTSTART;TZID=Office:20260106T003000" + at)), berlin) == "2026-01-06");
}

TEST_CASE("a recurring event gives its days in the years asked for") {
    icalendar_options const years{.first_year = 2025, .last_year = 2028};
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20001123|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", years) ==
          "2025-11-27 2026-11-26 2027-11-25 2028-11-23");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20200229|RRULE:FREQ=YEARLY", years) == "2028-02-29");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260130|RRULE:FREQ=MONTHLY;COUNT=3;BYMONTHDAY=30") ==
          "2026-01-30 2026-03-30 2026-04-30");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260102|RRULE:FREQ=WEEKLY;UNTIL=20260116") ==
          "2026-01-02 2026-01-09 2026-01-16");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260131|RRULE:FREQ=MONTHLY;BYDAY=-1SA;COUNT=2") ==
          "2026-01-31 2026-02-28");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260202|RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;COUNT=4") ==
          "2026-02-02 2026-02-03 2026-02-16 2026-02-17");
    // Two days each time.
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260202|DTEND;VALUE=DATE:20260204|RRULE:FREQ=WEEKLY;COUNT=2") ==
          "2026-02-02 2026-02-03 2026-02-09 2026-02-10");
}

TEST_CASE("UNTIL is an instant for an event with times, a day for an event of days") {
    auto const berlin = in_berlin();
    std::string const nights = "UID:a|DTSTART;TZID=America/New_York:20260105T200000|RRULE:FREQ=DAILY;UNTIL=";
    CHECK(days_of(nights + "20260107T010000Z", berlin) == "2026-01-06 2026-01-07");  // the 6th, 20:00 in New York
    CHECK(days_of(nights + "20260107T005959Z", berlin) == "2026-01-06");
    CHECK(days_of(nights + "20260106", berlin) == "2026-01-06 2026-01-07");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260105|RRULE:FREQ=DAILY;UNTIL=20260106T000000Z") ==
          "2026-01-05 2026-01-06");
}

TEST_CASE("RDATE adds days, EXDATE takes them out") {
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260102|RDATE;VALUE=DATE:20260302,20260202") ==
          "2026-01-02 2026-02-02 2026-03-02");
    CHECK(days_of("UID:a|DTSTART;VALUE=DATE:20260102|RRULE:FREQ=DAILY;COUNT=4|EXDATE;VALUE=DATE:20260103|"
                  "EXDATE;VALUE=DATE:20260105") == "2026-01-02 2026-01-04");
    auto const berlin = in_berlin();
    // The same instant in another zone, and a whole day.
    CHECK(days_of("UID:a|DTSTART;TZID=Europe/Berlin:20260702T100000|RRULE:FREQ=DAILY;COUNT=4|EXDATE:20260703T080000Z|"
                  "EXDATE;VALUE=DATE:20260704",
                  berlin) == "2026-07-02 2026-07-05");
    // Another time of the day is not the same event.
    CHECK(days_of("UID:a|DTSTART;TZID=Europe/Berlin:20260702T100000|RRULE:FREQ=DAILY;COUNT=2|EXDATE:20260703T090000Z",
                  berlin) == "2026-07-02 2026-07-03");
}

TEST_CASE("a changed day of a recurring event takes the place of the day that it names") {
    auto const master = event("UID:a|DTSTART;VALUE=DATE:20260102|RRULE:FREQ=DAILY;COUNT=3|SUMMARY:Every day");
    CHECK(days_in(calendar_of(master + event("UID:a|RECURRENCE-ID;VALUE=DATE:20260103|DTSTART;VALUE=DATE:20260203")),
                  of_2026()) == "2026-01-02 2026-01-04 2026-02-03");
    CHECK(days_in(calendar_of(event("UID:a|RECURRENCE-ID;VALUE=DATE:20260103|DTSTART;VALUE=DATE:20260103|"
                                    "STATUS:CANCELLED") +
                              master),
                  of_2026()) == "2026-01-02 2026-01-04");
    // That of another event changes nothing here.
    CHECK(days_in(calendar_of(master + event("UID:b|RECURRENCE-ID;VALUE=DATE:20260103|DTSTART;VALUE=DATE:20260203")),
                  of_2026()) == "2026-01-02 2026-01-03 2026-01-04 2026-02-03");
}

TEST_CASE("cancelled events are left out, and by choice those that are free time or of a category") {
    CHECK(days_of("UID:a|DTSTART:20260102|STATUS:CANCELLED").empty());
    CHECK(days_of("UID:a|DTSTART:20260102|STATUS:TENTATIVE") == "2026-01-02");
    auto options = of_2026();
    options.only_busy = true;
    CHECK(days_of("UID:a|DTSTART:20260102|TRANSP:TRANSPARENT", options).empty());
    CHECK(days_of("UID:a|DTSTART:20260102|TRANSP:OPAQUE", options) == "2026-01-02");
    options = of_2026();
    options.only_categories = {"closed", "shut, for good"};
    CHECK(days_of("UID:a|DTSTART:20260102|CATEGORIES:party,closed", options) == "2026-01-02");
    CHECK(days_of("UID:a|DTSTART:20260102|CATEGORIES:shut\\, for good", options) == "2026-01-02");
    CHECK(days_of("UID:a|DTSTART:20260102|CATEGORIES:party", options).empty());
    CHECK(days_of("UID:a|DTSTART:20260102", options).empty());
    options.except_categories = {"party"};
    CHECK(days_of("UID:a|DTSTART:20260102|CATEGORIES:party,closed", options).empty());
}

TEST_CASE("a name is the summary, unescaped, in one line, and short enough for a calendar") {
    CHECK(names_of("UID:a|DTSTART:20260102|SUMMARY:Inventur\\, Lager\\; Halle 3\\\\4\\nzweite Zeile") ==
          "[Inventur, Lager; Halle 3\\4 zweite Zeile]");
    CHECK(names_of("UID:a|DTSTART:20260102|SUMMARY;LANGUAGE=de;X-A=\"b:c;d\":  Neujahr\t ") == "[Neujahr]");
    CHECK(names_of("UID:a|DTSTART:20260102|SUMMARY:Neu| jahr") == "[Neujahr]");  // folded
    CHECK(names_of("UID:a|DTSTART:20260102") == "[holiday]");
    CHECK(names_of("UID:a|DTSTART:20260102|SUMMARY:") == "[holiday]");
    CHECK(names_of("UID:a|DTSTART:20260102|SUMMARY: ") == "[holiday]");
    std::string const long_name = "a" + std::string(200, 'x');
    CHECK(names_of("UID:a|DTSTART:20260102|SUMMARY:" + long_name) == "[" + long_name.substr(0, 117) + "...]");
    std::string umlauts;
    for (int i = 0; i < 70; ++i) umlauts += "ü";
    auto const cut = names_of("UID:a|DTSTART:20260102|SUMMARY:" + umlauts);
    CHECK(cut == "[" + umlauts.substr(0, 116) + "...]");
}

TEST_CASE("a source is read in one line, and short enough for a calendar") {
    auto const source_of = [](std::string const& written) {
        auto const read = read_icalendar(
            calendar_of(event("UID:a|DTSTART:20260102|X-RECOURSE-KIND:public|X-RECOURSE-SOURCE:" + written)),
            of_2026());
        REQUIRE(read);
        return read->front().source;
    };
    CHECK(source_of("somebody\\; said so") == "somebody; said so");
    CHECK(source_of("somebody\\; said so\rO") == "somebody; said so O");
    CHECK(source_of(std::string(500, 'x')) == std::string(397, 'x') + "...");
}

TEST_CASE("events have the kind and the certainty that the reader says") {
    auto options = of_2026();
    auto const read = read_icalendar(calendar_of(event("UID:a|DTSTART:20260102")), options);
    REQUIRE(read);
    CHECK(read->front().kind == holiday_kind::public_holiday);
    CHECK(read->front().known_by == certainty::decreed);
    options.kind = holiday_kind::worked_weekend;
    options.known_by = certainty::predicted;
    auto const again = read_icalendar(calendar_of(event("UID:a|DTSTART:20260102")), options);
    REQUIRE(again);
    CHECK(again->front().kind == holiday_kind::worked_weekend);
    CHECK(again->front().known_by == certainty::predicted);
    options.kind = holiday_kind::half_day;
    CHECK(problem_of("UID:a|DTSTART:20260102", options).starts_with("kind: expected public, bank or worked_weekend"));
}

TEST_CASE("an event that cannot be read is refused with its line, its UID and what would be right") {
    auto const refused = [](std::string const& lines, std::string const& text) {
        INFO(lines);
        CHECK_THAT(problem_of(lines), Catch::Contains(text));
    };
    refused("UID:shop-7|SUMMARY:x|DTSTART:20260230", "line 5, event shop-7: DTSTART is \"20260230\"; expected a date");
    refused("DTSTART:20260101T250000", "line 3, event number 1: DTSTART is \"20260101T250000\"");
    refused("UID:a|SUMMARY:x", "line 2, event a: has no DTSTART");
    refused("UID:a|DTSTART:2026-01-01", "expected a date YYYYMMDD");
    refused("UID:a|DTSTART:2026 1 1", "expected a date YYYYMMDD");
    refused("UID:a|DTSTART:00000101", "expected a date YYYYMMDD");
    refused("UID:a|DTSTART;VALUE=DATE:20260101T000000", "not of the kind that its parameter VALUE says");
    refused("UID:a|DTSTART:20260101|DTSTART:20260102", "line 4, event a: has DTSTART twice, again in line 5");
    refused("UID:a|DTSTART:20260101|DTEND:20251231", "DTEND lies before DTSTART");
    refused("UID:a|DTSTART:20260101|DTEND:20260102T000000", "not both dates or both times");
    refused("UID:a|DTSTART:20260101|DTEND:20260102|DURATION:P1D", "has DTEND and DURATION");
    refused("UID:a|DTSTART:20260101|DURATION:PT8H", "days or weeks, not hours");
    refused("UID:a|DTSTART:20260101|DURATION:-P1D", "DURATION is \"-P1D\"; expected a time such as P1D");
    refused("UID:a|DTSTART:20260101|DURATION:P99999999999D", "expected a time such as P1D");
    refused("UID:a|DTSTART:20260101|DURATION:P99999W", "at most 36525 days");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=HOURLY", "expected DAILY, WEEKLY, MONTHLY or YEARLY");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=DAILY;BYHOUR=1,2", "RRULE has \"BYHOUR\", which is not read for days");
    refused("UID:a|DTSTART:20260101|RRULE:RSCALE=CHINESE;FREQ=YEARLY", "RRULE has \"RSCALE\"");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=DAILY;COUNT=5x", "RRULE has COUNT=\"5X\"; expected 1 to 100000");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=DAILY;COUNT=0", "expected 1 to 100000");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=DAILY;INTERVAL=65537", "expected 1 to 1000");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=DAILY;COUNT=2;COUNT=3", "RRULE has COUNT twice");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=DAILY;COUNT=2;UNTIL=20260103", "its clauses do not go together");
    refused("UID:a|DTSTART:20260101|RRULE:COUNT=2", "its clauses do not go together");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=YEARLY;BYMONTH=13", "RRULE");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=DAILY;UNTIL=20251231", "the UNTIL of RRULE lies before DTSTART");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=DAILY;UNTIL=tomorrow", "expected a date or a time");
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "which has no day");
    // A Thursday is no first day of a rule for Fridays; what it means is not defined.
    refused("UID:a|DTSTART:20260101|RRULE:FREQ=WEEKLY;BYDAY=FR", "DTSTART is 2026-01-01, which is no day of the rule");
    refused("UID:a|DTSTART:20260101|EXRULE:FREQ=DAILY", "list the days as EXDATE");
    refused("UID:a|DTSTART:20260101|RDATE;VALUE=PERIOD:20260101T000000Z/PT1H", "RDATE names a period");
    refused("UID:a|DTSTART:20260101|RECURRENCE-ID;RANGE=THISANDFUTURE:20260101", "RECURRENCE-ID has a RANGE");
    refused("DTSTART:20260101|RECURRENCE-ID:20260101", "RECURRENCE-ID needs the UID");
    refused("UID:a|DTSTART:20260101|SUMMARY", "line 5: expected NAME:VALUE; found \"SUMMARY\"");
    refused("UID:a|DTSTART:20260101|X-RECOURSE-KIND:holy", "expected one of public, bank, half_day, worked_weekend");
    refused("UID:a|DTSTART:20260101|X-RECOURSE-KIND:half_day", "expected the hours that a half_day is closed");
}

TEST_CASE("one event that cannot be read refuses them all, and every problem is told") {
    auto const read = read_icalendar(
        calendar_of(event("UID:a|DTSTART:20260101") + event("UID:b|DTSTART:x") + event("UID:c|RRULE:y")), of_2026());
    REQUIRE_FALSE(read);
    CHECK(read.error().size() == 3);
    CHECK(read.error()[0].pointer == "line 8, event b");
}

TEST_CASE("a text that is no calendar is refused at its first line") {
    auto const refused = [](std::string const& text, std::string const& problem) {
        INFO(text);
        CHECK_THAT(days_in(text, of_2026()), Catch::Contains(problem));
    };
    refused("", "line 1: expected BEGIN:VCALENDAR; found no line");
    refused("hello", "line 1: expected NAME:VALUE; found \"hello\"");
    refused("{\"a\":1}", "line 1: expected BEGIN:VCALENDAR");
    refused("BEGIN:VEVENT\nEND:VEVENT\n", "line 1: expected BEGIN:VCALENDAR; found \"BEGIN:VEVENT\"");
    refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n", "breaks off: expected END:VEVENT");
    refused("BEGIN:VCALENDAR\nEND:VEVENT\n", "line 2: expected END:VCALENDAR; found \"END:VEVENT\"");
    refused("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n", "line 3: \"END:VCALENDAR\" ends what never began");
    refused("BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n", "VCALENDAR begins within a component");
    refused("BEGIN:VCALENDAR\nX:\xff\nEND:VCALENDAR\n", "line 2: is not UTF-8 text");
    refused(std::string{"BEGIN:VCALENDAR\nX:\0\nEND:VCALENDAR\n", 34}, "line 2: is not UTF-8 text");
    CHECK(days_in("BEGIN:VCALENDAR\nEND:VCALENDAR", of_2026()).empty());
    CHECK(days_in("\xef\xbb\xbf" + calendar_of("") + calendar_of(event("UID:a|DTSTART:20260101")), of_2026()) ==
          "2026-01-01");
}

TEST_CASE("what asks for too much is an error, not a wait") {
    CHECK_THAT(days_in(std::string(icalendar_bytes_max + 1, ' '), of_2026()), Catch::Contains("is too long"));
    std::string many;
    for (std::size_t at = 0; at <= icalendar_events_max; ++at) many += "BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n";
    CHECK_THAT(days_in(calendar_of(many), of_2026()), Catch::Contains("has more than 20000 events"));
    std::string daily;
    for (int at = 0; at < 300; ++at) daily += event("UID:a|DTSTART:20200101|RRULE:FREQ=DAILY");
    CHECK_THAT(days_in(calendar_of(daily), {.first_year = 2020, .last_year = 2025}),
               Catch::Contains("take too long to write out") || Catch::Contains("brings the days to more than 100000"));
    std::string impossible;
    for (int at = 0; at < 300; ++at)
        impossible += event("UID:a|DTSTART:20200101|RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=6");
    CHECK_THAT(days_in(calendar_of(impossible), of_2026()), Catch::Contains("which has no day"));
    std::string dates = "20260101";
    for (int at = 0; at < 500; ++at) dates += ",20260101";
    CHECK_THAT(problem_of("UID:a|DTSTART:20260101|EXDATE:" + dates), Catch::Contains("more than 500 values"));
    CHECK_THAT(problem_of("UID:a|DTSTART:20260101", {.first_year = 2000, .last_year = 2300}),
               Catch::Contains("at most 200 years"));
    CHECK_THAT(problem_of("UID:a|DTSTART:20260101", {}), Catch::Contains("expected years from 1 to 2500"));
}

TEST_CASE("every built-in calendar that is written reads back as the same days") {
    for (auto const name : calendar_names()) {
        auto const& calendar = *find_calendar(name);
        if (calendar.first_year() < 1900) continue;  // WEEKDAYS covers every year and has no day to write
        auto const first = to_date({calendar.first_year(), 1, 1});
        auto const last = to_date({calendar.last_year(), 12, 31});
        auto const text = write_icalendar(calendar, first, last);
        auto const read =
            read_icalendar(text, {.first_year = calendar.first_year(), .last_year = calendar.last_year()});
        INFO(name << (read ? std::string{} : to_text(read.error())));
        REQUIRE(read);
        CHECK(*read == calendar.holidays(first, last).value());
    }
}

TEST_CASE("a written calendar has the members that others read, in lines of at most 75 bytes") {
    std::string long_name;
    for (int i = 0; i < 55; ++i) long_name += "ü";
    auto const calendar = business_calendar::make(
        {.name = "SHOP",
         .title = "The shop; Ghent, Belgium",
         .data_version = "2026-11-20",
         .holidays = {{.day = to_date({2026, 1, 5}), .name = "Inventur, Lager\\Halle"},
                      {.day = to_date({2026, 1, 5}), .name = "Inventur, Lager\\Halle", .kind = holiday_kind::bank},
                      {.day = to_date({2026, 12, 24}), .name = long_name}}});
    REQUIRE(calendar);
    auto const text = write_icalendar(*calendar, first_date, last_date);
    CHECK(text == write_icalendar(*calendar, first_date, last_date));
    CHECK_THAT(text, Catch::StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//recourse//calendar//EN\r\n"));
    CHECK_THAT(text, Catch::Contains("\r\nX-WR-CALNAME:The shop\\; Ghent\\, Belgium\r\n"));
    CHECK_THAT(text, Catch::Contains("\r\nDTSTAMP:20261120T000000Z\r\nDTSTART;VALUE=DATE:20260105\r\nDTEND;VALUE=DATE:"
                                     "20260106\r\nSUMMARY:Inventur\\, Lager\\\\Halle\r\nCATEGORIES:public\r\n"));
    CHECK_THAT(text, Catch::Contains("\r\nUID:2026-01-05-SHOP-") && Catch::Contains("-2@recourse\r\n"));
    CHECK_THAT(text, Catch::EndsWith("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    for (std::size_t at = 0; at < text.size();) {
        auto const end = text.find("\r\n", at);
        REQUIRE(end != std::string::npos);
        CHECK(end - at <= 75);
        at = end + 2;
    }
    auto const read = read_icalendar(text, of_2026());
    REQUIRE(read);
    CHECK(*read == calendar->holidays(first_date, last_date).value());
}

TEST_CASE("only the days asked for are written, and a version without a day is stamped 1970") {
    auto const calendar = business_calendar::make(
        {.name = "SHOP",
         .title = "Shop",
         .data_version = "own",
         .holidays = {{.day = to_date({2026, 1, 5}), .name = "a"}, {.day = to_date({2027, 1, 5}), .name = "b"}},
         .first_year = 2026,
         .last_year = 2027});
    REQUIRE(calendar);
    auto const text = write_icalendar(*calendar, to_date({2027, 1, 1}), to_date({2040, 1, 1}));
    CHECK_THAT(text, !Catch::Contains("SUMMARY:a") && Catch::Contains("SUMMARY:b"));
    CHECK_THAT(text, Catch::Contains("DTSTAMP:19700101T000000Z"));
    CHECK(days_in(write_icalendar(*calendar, to_date({2030, 1, 1}), to_date({2040, 1, 1})), of_2026()).empty());
}

TEST_CASE("a joined calendar is stamped with the latest of its versions") {
    auto const version = [](std::string name, std::string of, date day) {
        return *business_calendar::make({.name = std::move(name),
                                         .title = "Shop",
                                         .data_version = std::move(of),
                                         .holidays = {{.day = day, .name = "a"}}});
    };
    auto const one = version("A", "2026-03-01", to_date({2026, 1, 5}));
    auto const two = version("B", "2026-11-09", to_date({2026, 1, 6}));
    auto const both = joined({&one, &two}, join_rule::closed_if_any);
    REQUIRE(both);
    auto const text = write_icalendar(*both, first_date, last_date);
    CHECK_THAT(text, Catch::Contains("DTSTAMP:20261109T000000Z"));
    CHECK(days_in(text, of_2026()) == "2026-01-05 2026-01-06");
}

TEST_CASE("several threads read at the same time") {
    auto const text =
        calendar_of(event("UID:a|DTSTART:20200101T100000Z|RRULE:FREQ=YEARLY") + event("UID:b|DTSTART:2026010")) +
        calendar_of(
            event("UID:c|DTSTART;TZID=Europe/Berlin:20200101T100000|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"));
    auto const good = calendar_of(event("UID:a|DTSTART:20200101T100000Z|RRULE:FREQ=YEARLY"));
    std::array<std::string, 4> answers;
    std::vector<std::thread> threads;
    for (auto& answer : answers) {
        threads.emplace_back([&] {
            for (int round = 0; round < 20; ++round) answer = days_in(good, in_berlin()) + problem_of("DTSTART:x");
            answer += days_in(text, in_berlin());
        });
    }
    for (auto& thread : threads) thread.join();
    for (auto const& answer : answers) CHECK(answer == answers[0]);
    CHECK_THAT(answers[0], Catch::StartsWith("2026-01-01line 3, event number 1: DTSTART is"));
}
