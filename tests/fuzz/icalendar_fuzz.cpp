// Fuzzes the reader of iCalendar: any text gives days that a calendar takes, or problems in sentences; what was read is
// written and read again as the same days.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "recourse/calendar/icalendar.hpp"

namespace {

constexpr std::int32_t first_year = 2020;
constexpr std::int32_t last_year = 2031;

recourse::icalendar_options options() {
    return {.first_year = first_year, .last_year = last_year, .zone = *recourse::time_zone::find("Europe/Berlin")};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace recourse;
    auto const read = read_icalendar({reinterpret_cast<char const*>(bytes), size}, options());
    if (!read) {
        if (read.error().empty()) std::abort();
        for (auto const& one : read.error()) {
            if (one.reason.empty()) std::abort();
        }
        return 0;
    }
    auto const calendar = business_calendar::make({.name = "FUZZ",
                                                   .title = "What was read",
                                                   .data_version = "2026-11-22",
                                                   .holidays = *read,
                                                   .first_year = first_year,
                                                   .last_year = last_year});
    if (!calendar) std::abort();
    auto const text = write_icalendar(*calendar, first_date, last_date);
    auto const again = read_icalendar(text, options());
    if (!again || *again != *read) std::abort();
    return 0;
}
