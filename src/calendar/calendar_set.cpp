// Own calendars are looked up first; a decree compiles its calendar and all its regions anew.
#include "recourse/calendar/calendar_set.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "recourse/calendar/holidays.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

void calendar_set::add(business_calendar calendar) {
    add(std::make_shared<business_calendar const>(std::move(calendar)));
}

void calendar_set::add(std::shared_ptr<business_calendar const> calendar) {
    auto name = calendar->name();
    own_.insert_or_assign(std::move(name), own_calendar{std::move(calendar), {}});
}

result<business_calendar const*, std::string> calendar_set::compile(own_table from) {
    auto const& code = from.table.code;
    auto decrees = from.is_built_in ? built_in_decrees(from.table) : std::vector<holiday_decree>{};
    decrees.insert(decrees.end(), from.decrees.begin(), from.decrees.end());
    std::vector<std::pair<std::string, std::shared_ptr<business_calendar const>>> made;
    std::vector<std::string> regions{""};
    for (auto const& region : from.table.regions) regions.push_back(region.code);
    for (auto const& region : regions) {
        auto compiled = compile_calendar(from.table, {.region = region}, decrees);
        if (!compiled) return failed{compiled.error()};
        auto calendar = std::make_shared<business_calendar const>(std::move(compiled).value());
        made.emplace_back(calendar->name(), calendar);
        if (!region.empty()) continue;
        for (auto const& name : from.table.also) made.emplace_back(name, calendar);
    }
    auto const* national = made.front().second.get();
    std::erase_if(own_, [&](auto const& one) { return one.second.table == code; });
    for (auto& [name, calendar] : made) own_.insert_or_assign(std::move(name), own_calendar{std::move(calendar), code});
    auto key = code;
    tables_.insert_or_assign(std::move(key), std::move(from));
    return national;
}

result<business_calendar const*, std::string> calendar_set::add(holiday_table table) {
    own_table own{.table = std::move(table), .is_built_in = false, .decrees = {}};
    if (auto const known = tables_.find(own.table.code); known != tables_.end()) own.decrees = known->second.decrees;
    return compile(std::move(own));
}

result<business_calendar const*, std::string> calendar_set::add(holiday_decree decree) {
    own_table own;
    if (auto const known = tables_.find(decree.calendar); known != tables_.end()) {
        own = known->second;
    } else if (auto const* built_in = find_holiday_table(decree.calendar);
               built_in != nullptr && built_in->code == decree.calendar) {
        own = {.table = *built_in, .is_built_in = true, .decrees = {}};
    } else {
        return failed{
            fmt::format("the decree is for {}, which is the code of no holiday table", quoted(decree.calendar))};
    }
    if (decree.year < own.table.first_year || decree.year > own.table.last_year) {
        return failed{fmt::format("the decree is for the year {}; the table {} has {} to {}", decree.year,
                                  own.table.code, own.table.first_year, own.table.last_year)};
    }
    auto const same_year = [&](holiday_decree const& other) { return other.year == decree.year; };
    auto const later = [&](holiday_decree const& other) { return same_year(other) && other.version > decree.version; };
    auto const refused_for = [&](std::vector<holiday_decree> const& present) -> std::optional<std::string> {
        auto const found = std::find_if(present.begin(), present.end(), later);
        if (found == present.end()) return std::nullopt;
        return fmt::format("the decree for {} in {} has the version {}; that of version {} is there and later",
                           decree.calendar, decree.year, quoted(decree.version), quoted(found->version));
    };
    if (auto refused = refused_for(own.decrees)) return failed{*std::move(refused)};
    if (own.is_built_in) {
        if (auto refused = refused_for(built_in_decrees(own.table))) return failed{*std::move(refused)};
    }
    std::erase_if(own.decrees, same_year);
    own.decrees.push_back(std::move(decree));
    return compile(std::move(own));
}

business_calendar const* calendar_set::find(std::string_view name) const {
    if (auto const known = own_.find(name); known != own_.end()) return known->second.calendar.get();
    // A region of a built-in table in whose place another stands went with it.
    if (auto const* table = tables_.empty() ? nullptr : find_holiday_table(name);
        table != nullptr && tables_.find(table->code) != tables_.end())
        return nullptr;
    return find_calendar(name);
}

holiday_table const* calendar_set::find_table(std::string_view name) const {
    if (auto const known = own_.find(name); known != own_.end()) {
        auto const behind = tables_.find(known->second.table);
        return behind == tables_.end() ? nullptr : &behind->second.table;
    }
    return find(name) == nullptr ? nullptr : find_holiday_table(name);
}

std::vector<std::string_view> calendar_set::names() const {
    std::vector<std::string_view> names;
    for (auto const& [name, own] : own_) {
        if (own.table.empty() || own.table == name) names.emplace_back(name);
    }
    for (auto const name : calendar_names()) {
        if (own_.find(name) == own_.end() && tables_.find(name) == tables_.end()) names.push_back(name);
    }
    return names;
}

}  // namespace recourse
