// A policy as a page for people: a lawyer, a buyer, a seller. Text only, as Markdown or as one HTML file.
//
//     page_days const buyer{find_calendar("BE"), *time_zone::find("Europe/Brussels")};
//     page_days const seller{find_calendar("CN"), *time_zone::find("Asia/Shanghai")};
//     page_setting const on{.start = *parse_date("2026-04-02"), .buyer = buyer, .seller = seller};
//     to_html(*read_policy(text), on)      // title, sources, every figure with its mark, every clock with a worked date
//
// Everything that the format has is on the page: the members are walked as they are described, and what has no words of
// its own is shown under its name. Foreign text, such as a title, is escaped in both forms.
#pragma once

#include <string>
#include <vector>

#include "recourse/calendar/calendar_set.hpp"
#include "recourse/calendar/date.hpp"
#include "recourse/calendar/time_zone.hpp"
#include "recourse/policy/policy.hpp"

namespace recourse {

// Whose days a worked date is counted in. The calendar is not null and outlives the call.
struct page_days {
    business_calendar const* calendar = nullptr;
    time_zone zone;
};

// A drawing that was made elsewhere. Both texts are inlined as they are: they are the caller's own and never foreign.
struct page_diagram {
    std::string title;
    std::string mermaid{};  // for Markdown, and for HTML where there is no `svg`
    std::string svg{};      // one element <svg>
};

struct page_setting {
    date start;  // worked dates count from noon of this day, where the clock's days are counted
    page_days buyer;
    page_days seller;
    calendar_set const* calendars = nullptr;  // for clocks that name a calendar; nullptr: the built-in ones
    std::vector<page_diagram> diagrams{};
    std::string made_by{};  // a line for the end of the page, "Made by ..."; empty: none
};

// A year without data is no error: the page says so where the date would stand.
std::string to_markdown(policy const& of, page_setting const& on);
std::string to_html(policy const& of, page_setting const& on);

}  // namespace recourse
