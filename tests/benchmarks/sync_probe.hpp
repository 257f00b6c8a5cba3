// How often a second this machine brings one page to its disk, to be printed beside what depends on it.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace recourse::test {

// Writes the file at `path` for a second, and removes it.
inline double syncs_a_second(std::string const& path) {
    using clock_used = std::chrono::steady_clock;
    int const file = open(path.c_str(), O_RDWR | O_CREAT, 0600);
    std::string const page(4096, 'x');
    int done = 0;
    auto const from = clock_used::now();
    while (clock_used::now() - from < std::chrono::seconds{1}) {
        if (pwrite(file, page.data(), page.size(), 0) != 4096 || fdatasync(file) != 0)
            throw std::runtime_error{"cannot write " + path};
        ++done;
    }
    close(file);
    unlink(path.c_str());
    return done / std::chrono::duration<double>(clock_used::now() - from).count();
}

}  // namespace recourse::test
