// What the command says to a line of arguments, without a process.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "tools/commands.hpp"

namespace recourse::test {

struct said {
    int code = -1;
    std::string out;
    std::string error;
};

inline said run(std::vector<std::string> words, std::string const& input = {}) {
    words.insert(words.begin(), "recourse");
    std::vector<char const*> arguments;
    for (auto const& word : words) arguments.push_back(word.c_str());
    std::istringstream in{input};
    std::ostringstream out;
    std::ostringstream error;
    auto const code = tools::run(static_cast<int>(arguments.size()), arguments.data(), {in, out, error});
    return {code, out.str(), error.str()};
}

}  // namespace recourse::test
