// Problems with what somebody gave us to read: where in the document, and what is wrong there.
#pragma once

#include <string>
#include <vector>

namespace recourse {

struct input_problem {
    std::string pointer;  // RFC 6901: "/do/make_offer/award/amount"; "" is the whole document
    std::string reason;   // a sentence: what was found and what would be right
    bool operator==(input_problem const&) const = default;
};

using input_problems = std::vector<input_problem>;  // never empty where it is an error

// One line a problem.
std::string to_text(input_problems const&);

}  // namespace recourse
