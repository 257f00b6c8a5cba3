// Monday to Friday without holidays, for every year: for policies that promise weekdays and say so.
#include "table.hpp"

namespace recourse::holidays {

constinit table const weekdays{
    .name = "WEEKDAYS",
    .title = "Monday to Friday, no holidays",
    .weekend = saturday_and_sunday,
    .first_year = year_min,
    .last_year = year_max,
    .data_version = "1",
    .rows = {},
};

}  // namespace recourse::holidays
