// The shape of a built-in holiday table. A new one is a file here and a line in src/calendar/holidays.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "recourse/calendar/business_calendar.hpp"

namespace recourse::holidays {

struct table_row {
    std::int32_t year;
    std::int32_t month;
    std::int32_t day;
    special_kind kind;
    std::string_view name;
};

struct table {
    std::string_view name;
    std::string_view title;
    weekend_days weekend;
    std::int32_t first_year;
    std::int32_t last_year;
    std::string_view data_version;  // the day on which the rows were last compared with their source
    std::span<table_row const> rows;
};

extern table const belgium;
extern table const china;
extern table const weekdays;

}  // namespace recourse::holidays
