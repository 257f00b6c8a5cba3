// Problems with what somebody gave us to read: where in the document, and what is wrong there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recourse {

struct input_problem {
    std::string pointer{};  // RFC 6901: "/do/make_offer/award/amount"; "" is the whole document
    std::string reason{};   // a sentence: what was found and what would be right
    std::string nearest{};  // of a name that is not known: the right one that is nearest, if one is near
    // Where the member or element begins in the text, or what it is missing from; 0 where the reader does not tell.
    // Both from 1; a column is a letter of UTF-8.
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool operator==(input_problem const&) const = default;
};

using input_problems = std::vector<input_problem>;  // never empty where it is an error

// One line a problem.
std::string to_text(input_problems const&);
// The same as compilers write it: "my_market.json:12:5: /clocks/decision: is missing".
std::string to_text(input_problems const&, std::string_view document);

}  // namespace recourse
