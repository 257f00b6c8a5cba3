// Names of zones: read from the folder, not from the list tzdata.zi, which also names what is not installed.
#include "calendar/zone_names.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "vocabulary/edit_distance.hpp"

namespace recourse {

namespace {

constexpr std::size_t suggestions_max = 3;

// Zones and their folders have capitals: not localtime and posixrules, which are settings of the machine, nor posix/
// and right/, which hold every zone again, nor the tables. Factory is what a machine has before anybody set its zone.
bool is_zone_name(std::string_view name) {
    return name.front() >= 'A' && name.front() <= 'Z' && std::all_of(name.begin(), name.end(), is_zone_letter) &&
           name != "Factory" && name != "SECURITY";
}

std::string folded(std::string_view text) {
    std::string plain{text};
    for (char& letter : plain) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return plain;
}

}  // namespace

result<std::vector<std::string>, std::string> zone_names(std::string const& folder) {
    std::vector<std::string> names;
    std::error_code broken;
    std::filesystem::recursive_directory_iterator entry{folder, broken};
    for (auto const end = std::filesystem::recursive_directory_iterator{}; !broken && entry != end;
         entry.increment(broken)) {
        auto name = entry->path().string().substr(folder.size() + 1);
        bool const is_folder = entry->is_directory(broken);
        if (!is_zone_name(name)) {
            entry.disable_recursion_pending();
        } else if (!is_folder) {
            names.push_back(std::move(name));
        }
        broken.clear();  // a link that leads nowhere is a name whose file cannot be read
    }
    if (broken || names.empty()) return failed{fmt::format("the folder {} cannot be read", folder)};
    std::sort(names.begin(), names.end());
    return names;
}

// Other capitals come first, then a city without its continent, then up to two letters wrong.
std::vector<std::string_view> nearest_names(std::string_view asked, std::vector<std::string> const& names) {
    struct candidate {
        std::size_t distance;
        std::string_view name;
    };
    std::vector<candidate> near;
    auto const wanted = folded(asked);
    for (std::string_view const name : names) {
        auto const known = folded(name);
        bool const is_city = known.ends_with('/' + wanted);
        auto const distance = is_city ? 1 : edit_distance(wanted, known);
        if (distance <= 2 && 2 * distance < known.size()) near.push_back({distance, name});
    }
    std::stable_sort(near.begin(), near.end(),
                     [](candidate const& left, candidate const& right) { return left.distance < right.distance; });
    near.resize(std::min(near.size(), suggestions_max));
    std::vector<std::string_view> nearest;
    for (auto const& found : near) nearest.push_back(found.name);
    return nearest;
}

}  // namespace recourse
