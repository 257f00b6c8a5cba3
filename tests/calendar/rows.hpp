// Reads the tables in tests/vectors: a comment line, a header line, then rows of fields between tabs.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/date.hpp"

namespace recourse::test {

inline std::vector<std::string> fields(std::string_view line, char separator) {
    std::vector<std::string> found;
    for (std::size_t from = 0; from <= line.size();) {
        auto const end = std::min(line.find(separator, from), line.size());
        found.emplace_back(line.substr(from, end - from));
        from = end + 1;
    }
    return found;
}

inline std::vector<std::vector<std::string>> rows_of(std::string const& file_name) {
    std::ifstream file{std::string{RECOURSE_TEST_DIR} + "/vectors/" + file_name};
    if (!file) throw std::runtime_error{"no test vectors " + file_name};
    std::vector<std::vector<std::string>> rows;
    bool header_seen = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) continue;
        if (header_seen) rows.push_back(fields(line, '\t'));
        header_seen = true;
    }
    return rows;
}

inline date day(std::string_view text) { return parse_date(text).value(); }

}  // namespace recourse::test
