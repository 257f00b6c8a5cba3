// How many letters must be added, taken away or changed to make one text of another, for "did you mean".
#pragma once

#include <cstddef>
#include <string_view>

namespace recourse {

std::size_t edit_distance(std::string_view left, std::string_view right);

}  // namespace recourse
