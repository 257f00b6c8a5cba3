// What another program prints.
//
//     output_of("echo yes")   // "yes\n"
//     output_of("false")      // throws std::runtime_error: "it failed, or could not be started"
#pragma once

#include <cstdio>
#include <stdexcept>
#include <string>

namespace recourse::peers {

inline std::string output_of(std::string const& command) {
    auto* stream = popen(command.c_str(), "r");
    if (stream == nullptr) throw std::runtime_error{"no process could be started"};
    std::string text;
    for (int letter = std::fgetc(stream); letter != EOF; letter = std::fgetc(stream)) {
        text += static_cast<char>(letter);
    }
    if (pclose(stream) != 0) throw std::runtime_error{"it failed, or could not be started"};
    return text;
}

}  // namespace recourse::peers
