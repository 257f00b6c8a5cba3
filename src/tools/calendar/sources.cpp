// Reading the files that are named on the command line.
#include "tools/calendar/sources.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

#include "recourse/calendar/calendar_document.hpp"
#include "recourse/calendar/holiday_table.hpp"

namespace recourse::tools {
namespace {

std::string contents_of(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::invalid_argument{fmt::format("cannot read {}", path)};
    return {std::istreambuf_iterator<char>{file}, {}};
}

template <class T>
T sound(result<T, input_problems> read, std::string const& path) {
    if (read) return std::move(read).value();
    throw std::invalid_argument{fmt::format("{}:\n{}", path, to_text(read.error()))};
}

}  // namespace

calendar_set calendars_of(calendar_sources const& sources) {
    calendar_set calendars;
    for (auto const& path : sources.table_paths) {
        auto const added = calendars.add(sound(read_holiday_table(contents_of(path)), path));
        if (!added) throw std::invalid_argument{fmt::format("{}: {}", path, added.error())};
    }
    for (auto const& path : sources.decree_paths) {
        auto const added = calendars.add(sound(read_holiday_decree(contents_of(path)), path));
        if (!added) throw std::invalid_argument{fmt::format("{}: {}", path, added.error())};
    }
    for (auto const& path : sources.document_paths) {
        calendars.add(sound(read_calendar_document(contents_of(path), calendars), path));
    }
    return calendars;
}

}  // namespace recourse::tools
