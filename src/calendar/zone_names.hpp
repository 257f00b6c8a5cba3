// The names of the zones that a folder of zone files has, and the names nearest to a wrong one.
//
//     zone_names("/usr/share/zoneinfo")->front()              // "Africa/Abidjan": in the order of their letters
//     nearest_names("Europe/Brusels", names)                  // {"Europe/Brussels"}
//     zone_names("/nowhere").error()                          // "the folder /nowhere cannot be read"
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "recourse/vocabulary/result.hpp"

namespace recourse {

result<std::vector<std::string>, std::string> zone_names(std::string const& folder);

// At most three, the nearest first.
std::vector<std::string_view> nearest_names(std::string_view asked, std::vector<std::string> const& names);

constexpr bool is_zone_letter(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
           letter == '/' || letter == '_' || letter == '+' || letter == '-';
}

}  // namespace recourse
