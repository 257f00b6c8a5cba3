// Where the calendars of a command come from: the built-in ones, and the files that are named on top of them.
#pragma once

#include <string>
#include <vector>

#include "recourse/calendar/calendar_set.hpp"

namespace recourse::tools {

struct calendar_sources {
    std::vector<std::string> table_paths;     // holiday tables, on top of the built-in ones
    std::vector<std::string> decree_paths;    // decrees of single years, on top of those
    std::vector<std::string> document_paths;  // calendars of the host's own
};

// What the files hold, read and compiled. Throws std::invalid_argument for a file that cannot be read or is wrong.
calendar_set calendars_of(calendar_sources const& sources);

}  // namespace recourse::tools
