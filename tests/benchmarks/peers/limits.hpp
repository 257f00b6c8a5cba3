// The figures that this library promises on its own: what was measured, and what is the most that it may be.
//
//     for (auto const& one : limits()) one.holds();   // false: over
#pragma once

#include <string>
#include <vector>

namespace recourse::peers {

struct limit {
    std::string what;
    std::string of;  // the table, region or schedule that is the slowest or the largest
    double measured = 0;
    double most = 0;
    std::string unit;
    [[nodiscard]] bool holds() const { return measured <= most; }
};

// Of every built-in table with its regions and of three service schedules, each over the same 26 years. Throws when a
// schedule measures another time than was added to it.
std::vector<limit> limits();

}  // namespace recourse::peers
