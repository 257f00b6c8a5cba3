// China (mainland): public holidays and the weekends that are worked in exchange for them.
#include "table.hpp"

namespace recourse::holidays {

namespace {

using enum special_kind;

// Source: the yearly notice of the General Office of the State Council on the arrangement of holidays, 2024 to 2026, as
// seven open holiday tables give it, which agree on every row; read 2026-11-22. The notice for a year comes out in the
// autumn before; until then that year is not covered. Only days that differ from Monday to Friday have a row.
// clang-format off
constexpr table_row rows[] = {
    {2024,  1,  1, holiday, "New Year's Day"},
    {2024,  2,  4, worked , "Spring Festival"},
    {2024,  2, 12, holiday, "Spring Festival"},
    {2024,  2, 13, holiday, "Spring Festival"},
    {2024,  2, 14, holiday, "Spring Festival"},
    {2024,  2, 15, holiday, "Spring Festival"},
    {2024,  2, 16, holiday, "Spring Festival"},
    {2024,  2, 18, worked , "Spring Festival"},
    {2024,  4,  4, holiday, "Qingming Festival"},
    {2024,  4,  5, holiday, "Qingming Festival"},
    {2024,  4,  7, worked , "Qingming Festival"},
    {2024,  4, 28, worked , "Labour Day"},
    {2024,  5,  1, holiday, "Labour Day"},
    {2024,  5,  2, holiday, "Labour Day"},
    {2024,  5,  3, holiday, "Labour Day"},
    {2024,  5, 11, worked , "Labour Day"},
    {2024,  6, 10, holiday, "Dragon Boat Festival"},
    {2024,  9, 14, worked , "Mid-Autumn Festival"},
    {2024,  9, 16, holiday, "Mid-Autumn Festival"},
    {2024,  9, 17, holiday, "Mid-Autumn Festival"},
    {2024,  9, 29, worked , "National Day"},
    {2024, 10,  1, holiday, "National Day"},
    {2024, 10,  2, holiday, "National Day"},
    {2024, 10,  3, holiday, "National Day"},
    {2024, 10,  4, holiday, "National Day"},
    {2024, 10,  7, holiday, "National Day"},
    {2024, 10, 12, worked , "National Day"},

    {2025,  1,  1, holiday, "New Year's Day"},
    {2025,  1, 26, worked , "Spring Festival"},
    {2025,  1, 28, holiday, "Spring Festival"},
    {2025,  1, 29, holiday, "Spring Festival"},
    {2025,  1, 30, holiday, "Spring Festival"},
    {2025,  1, 31, holiday, "Spring Festival"},
    {2025,  2,  3, holiday, "Spring Festival"},
    {2025,  2,  4, holiday, "Spring Festival"},
    {2025,  2,  8, worked , "Spring Festival"},
    {2025,  4,  4, holiday, "Qingming Festival"},
    {2025,  4, 27, worked , "Labour Day"},
    {2025,  5,  1, holiday, "Labour Day"},
    {2025,  5,  2, holiday, "Labour Day"},
    {2025,  5,  5, holiday, "Labour Day"},
    {2025,  6,  2, holiday, "Dragon Boat Festival"},
    {2025,  9, 28, worked , "National Day and Mid-Autumn Festival"},
    {2025, 10,  1, holiday, "National Day and Mid-Autumn Festival"},
    {2025, 10,  2, holiday, "National Day and Mid-Autumn Festival"},
    {2025, 10,  3, holiday, "National Day and Mid-Autumn Festival"},
    {2025, 10,  6, holiday, "National Day and Mid-Autumn Festival"},
    {2025, 10,  7, holiday, "National Day and Mid-Autumn Festival"},
    {2025, 10,  8, holiday, "National Day and Mid-Autumn Festival"},
    {2025, 10, 11, worked , "National Day and Mid-Autumn Festival"},

    {2026,  1,  1, holiday, "New Year's Day"},
    {2026,  1,  2, holiday, "New Year's Day"},
    {2026,  1,  4, worked , "New Year's Day"},
    {2026,  2, 14, worked , "Spring Festival"},
    {2026,  2, 16, holiday, "Spring Festival"},
    {2026,  2, 17, holiday, "Spring Festival"},
    {2026,  2, 18, holiday, "Spring Festival"},
    {2026,  2, 19, holiday, "Spring Festival"},
    {2026,  2, 20, holiday, "Spring Festival"},
    {2026,  2, 23, holiday, "Spring Festival"},
    {2026,  2, 28, worked , "Spring Festival"},
    {2026,  4,  6, holiday, "Qingming Festival"},
    {2026,  5,  1, holiday, "Labour Day"},
    {2026,  5,  4, holiday, "Labour Day"},
    {2026,  5,  5, holiday, "Labour Day"},
    {2026,  5,  9, worked , "Labour Day"},
    {2026,  6, 19, holiday, "Dragon Boat Festival"},
    {2026,  9, 20, worked , "National Day"},
    {2026,  9, 25, holiday, "Mid-Autumn Festival"},
    {2026, 10,  1, holiday, "National Day"},
    {2026, 10,  2, holiday, "National Day"},
    {2026, 10,  5, holiday, "National Day"},
    {2026, 10,  6, holiday, "National Day"},
    {2026, 10,  7, holiday, "National Day"},
    {2026, 10, 10, worked , "National Day"},
};
// clang-format on

}  // namespace

constinit table const china{
    .name = "CN",
    .title = "China, public holidays and worked weekends",
    .weekend = saturday_and_sunday,
    .first_year = 2024,
    .last_year = 2026,
    .data_version = "2026-11-22",
    .rows = rows,
};

}  // namespace recourse::holidays
