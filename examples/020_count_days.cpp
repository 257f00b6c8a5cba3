// Business days, a deadline that explains itself, service hours, and a shop's own closing days.
#include <cstdio>

#include "recourse/calendar/closures.hpp"
#include "recourse/calendar/deadline.hpp"
#include "recourse/calendar/holidays.hpp"
#include "recourse/calendar/legal_period.hpp"
#include "recourse/calendar/service_hours.hpp"

using namespace recourse;

int main() {
    auto const& germany = *find_calendar("DE");
    auto const berlin = *time_zone::find("Europe/Berlin");
    auto const received = *parse_instant("2026-03-31T15:30:00Z");

    // Three business days over Easter, day by day.
    deadline_rule const answer{.length = {3, period_unit::business_days}};
    auto const told = explain(answer, received, germany, berlin);
    if (!told) return std::puts(to_text(told.error()).c_str()), 1;
    std::fputs(to_text(*told).c_str(), stdout);

    // The withdrawal period of European law: fourteen days, which end on a working day.
    legal_period const withdrawal{legal_regime::eu_1182_71, {14, period_unit::calendar_days}};
    auto const end = end_of(withdrawal, to_date({2026, 12, 11}), germany, berlin);
    std::printf("withdrawal until the end of %s\n", to_text(end->last_day).c_str());

    // Four hours of work from Friday afternoon on, over the night in which the clocks change.
    service_hours desk{.name = "desk", .zone = berlin};
    desk.windows = {{monday_to_friday, 9 * 3'600, 17 * 3'600}};
    auto const schedule = service_schedule::make(desk, to_date({2026, 1, 1}), to_date({2026, 12, 31}), &germany);
    auto const friday = *parse_instant("2026-03-27T15:00:00Z");
    std::printf("answered by %s\n", to_text(*schedule->add(friday, 4 * 3'600, edge_convention::close)).c_str());

    // A shop takes stock on the Monday after Easter week, on top of Germany's holidays.
    holiday const stocktaking{.day = to_date({2026, 4, 13}), .name = "Stocktaking"};
    auto const shop = with_closures(germany, "SHOP", {stocktaking});
    std::printf("the next day in the shop is %s\n", to_text(*shop->next_business_day(to_date({2026, 4, 10}))).c_str());
}
