// Belgium: the ten national public holidays.
#include "table.hpp"

namespace recourse::holidays {

namespace {

using enum special_kind;

// Source: the ten days of the Royal Decree of 18 April 1974, article 1; their dates as six public holiday libraries
// give them, which agree on every row, read 2026-11-22.
// A holiday on a Saturday or Sunday is replaced by a day that each employer chooses, so no row can say which.
// clang-format off
constexpr table_row rows[] = {
    {2024,  1,  1, holiday, "New Year's Day"},
    {2024,  4,  1, holiday, "Easter Monday"},
    {2024,  5,  1, holiday, "Labour Day"},
    {2024,  5,  9, holiday, "Ascension Day"},
    {2024,  5, 20, holiday, "Whit Monday"},
    {2024,  7, 21, holiday, "National Day"},
    {2024,  8, 15, holiday, "Assumption Day"},
    {2024, 11,  1, holiday, "All Saints' Day"},
    {2024, 11, 11, holiday, "Armistice Day"},
    {2024, 12, 25, holiday, "Christmas Day"},

    {2025,  1,  1, holiday, "New Year's Day"},
    {2025,  4, 21, holiday, "Easter Monday"},
    {2025,  5,  1, holiday, "Labour Day"},
    {2025,  5, 29, holiday, "Ascension Day"},
    {2025,  6,  9, holiday, "Whit Monday"},
    {2025,  7, 21, holiday, "National Day"},
    {2025,  8, 15, holiday, "Assumption Day"},
    {2025, 11,  1, holiday, "All Saints' Day"},
    {2025, 11, 11, holiday, "Armistice Day"},
    {2025, 12, 25, holiday, "Christmas Day"},

    {2026,  1,  1, holiday, "New Year's Day"},
    {2026,  4,  6, holiday, "Easter Monday"},
    {2026,  5,  1, holiday, "Labour Day"},
    {2026,  5, 14, holiday, "Ascension Day"},
    {2026,  5, 25, holiday, "Whit Monday"},
    {2026,  7, 21, holiday, "National Day"},
    {2026,  8, 15, holiday, "Assumption Day"},
    {2026, 11,  1, holiday, "All Saints' Day"},
    {2026, 11, 11, holiday, "Armistice Day"},
    {2026, 12, 25, holiday, "Christmas Day"},

    {2027,  1,  1, holiday, "New Year's Day"},
    {2027,  3, 29, holiday, "Easter Monday"},
    {2027,  5,  1, holiday, "Labour Day"},
    {2027,  5,  6, holiday, "Ascension Day"},
    {2027,  5, 17, holiday, "Whit Monday"},
    {2027,  7, 21, holiday, "National Day"},
    {2027,  8, 15, holiday, "Assumption Day"},
    {2027, 11,  1, holiday, "All Saints' Day"},
    {2027, 11, 11, holiday, "Armistice Day"},
    {2027, 12, 25, holiday, "Christmas Day"},

    {2028,  1,  1, holiday, "New Year's Day"},
    {2028,  4, 17, holiday, "Easter Monday"},
    {2028,  5,  1, holiday, "Labour Day"},
    {2028,  5, 25, holiday, "Ascension Day"},
    {2028,  6,  5, holiday, "Whit Monday"},
    {2028,  7, 21, holiday, "National Day"},
    {2028,  8, 15, holiday, "Assumption Day"},
    {2028, 11,  1, holiday, "All Saints' Day"},
    {2028, 11, 11, holiday, "Armistice Day"},
    {2028, 12, 25, holiday, "Christmas Day"},
};
// clang-format on

}  // namespace

constinit table const belgium{
    .name = "BE",
    .title = "Belgium, national public holidays",
    .weekend = saturday_and_sunday,
    .first_year = 2024,
    .last_year = 2028,
    .data_version = "2026-11-22",
    .rows = rows,
};

}  // namespace recourse::holidays
