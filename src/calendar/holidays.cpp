// The list of built-in calendars. A calendar is made from its table when any of them is first asked for.
#include "recourse/calendar/holidays.hpp"

#include <array>

#include "holidays/table.hpp"

namespace recourse {

namespace {

constexpr std::array tables{
    &holidays::belgium,
    &holidays::china,
    &holidays::weekdays,
};

business_calendar built(holidays::table const& source) {
    calendar_content content{
        std::string{source.name}, std::string{source.title},       source.weekend, {}, source.first_year,
        source.last_year,         std::string{source.data_version}};
    content.rows.reserve(source.rows.size());
    for (auto const& row : source.rows) {
        content.rows.push_back({to_date({row.year, row.month, row.day}), std::string{row.name}, row.kind});
    }
    return business_calendar::make(std::move(content)).value();  // a wrong row is our bug; a test reads them all
}

std::vector<business_calendar> const& calendars() {
    static std::vector<business_calendar> const all = [] {
        std::vector<business_calendar> made;
        for (auto const* source : tables) made.push_back(built(*source));
        return made;
    }();
    return all;
}

}  // namespace

business_calendar const* find_calendar(std::string_view name) {
    for (auto const& calendar : calendars()) {
        if (calendar.name() == name) return &calendar;
    }
    return nullptr;
}

std::vector<std::string_view> calendar_names() {
    std::vector<std::string_view> names;
    for (auto const* source : tables) names.push_back(source->name);
    return names;
}

}  // namespace recourse
