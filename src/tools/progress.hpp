// A bar on standard error while something long goes on; nothing where nobody looks.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

namespace recourse::tools {

class progress_bar {
  public:
    // Draws only if `on` is the terminal that standard error is.
    progress_bar(std::ostream& on, std::string what);
    progress_bar(progress_bar const&) = delete;
    progress_bar& operator=(progress_bar const&) = delete;
    ~progress_bar();  // leaves the line empty
    void show(std::uint64_t done, std::uint64_t all);

  private:
    std::ostream& on_;
    std::string what_;
    std::string shown_;
    bool draws_ = false;
};

// "[#####...............]  25 %  copying"; all of 0: how many there will be is not known.
std::string bar_of(std::uint64_t done, std::uint64_t all, std::string const& what);

}  // namespace recourse::tools
