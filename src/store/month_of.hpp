// The month that an instant lies in, in UTC, as archives call it.
#pragma once

#include <fmt/format.h>

#include <string>

#include "recourse/store/archive.hpp"
#include "recourse/vocabulary/instant.hpp"

namespace recourse::store {

// Without the number of its disputes.
inline archive_month month_of(instant at) {
    auto const text = to_text(at);  // "2026-04-17T..."
    int year = std::stoi(text.substr(0, 4));
    int month = std::stoi(text.substr(5, 2));
    auto const begins = [](int in_year, int in_month) { return fmt::format("{:04}-{:02}", in_year, in_month); };
    auto const name = begins(year, month);
    auto const next = month == 12 ? begins(year + 1, 1) : begins(year, month + 1);
    auto const start = [](std::string const& of) { return parse_instant(of + "-01T00:00:00Z"); };
    auto const until = start(next);
    return {name.substr(0, 4) + "_" + name.substr(5), *start(name),
            until ? *until : instant{last_instant.microseconds + 1}, 0};
}

}  // namespace recourse::store
