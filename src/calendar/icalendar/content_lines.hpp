// The content lines of an iCalendar text, RFC 5545 section 3.1: unfolded, one after the other, with their line numbers.
//
//     content_lines lines{"BEGIN:VEVENT\r\nSUMMARY;LANGUAGE=de:Neu\r\n jahr\r\n"};
//     lines.next();   // number 1, name "BEGIN", value "VEVENT"
//     lines.next();   // number 2, name "SUMMARY", value "Neujahr"
//     lines.next();   // nothing
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace recourse::icalendar {

struct content_line {
    std::size_t number = 0;  // of its first line
    std::string text;        // the whole line, unfolded
    std::string name;        // in capitals; empty when the line has no colon outside of quotes
    std::string value;       // what stands after that colon, still escaped
};

// Lines may end in CRLF or LF; empty lines and a byte order mark are passed over.
class content_lines {
  public:
    explicit content_lines(std::string_view text);
    std::optional<content_line> next();

  private:
    std::string_view take_line();

    std::string_view rest_;
    std::size_t number_ = 0;
};

// The number of the first line that is not UTF-8 without NUL; nothing when all are.
std::optional<std::size_t> line_that_is_no_text(std::string_view text);

// The start of a text in UTF-8, at most so many bytes, no letter cut in two.
std::string_view whole_letters(std::string_view text, std::size_t bytes_max);

std::string in_capitals(std::string_view text);

}  // namespace recourse::icalendar
