// The bar of what takes long.
#include "tools/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace recourse::tools {

std::string bar_of(std::uint64_t done, std::uint64_t all, std::string const& what) {
    if (all == 0) return fmt::format("{:>12}  {}", done, what);
    constexpr std::uint64_t width = 30;
    auto const part = std::min(done, all);
    auto const marks = static_cast<std::size_t>(part * width / all);
    return fmt::format("[{:.<{}}] {:>3} %  {}", std::string(marks, '#'), width, part * 100 / all, what);
}

progress_bar::progress_bar(std::ostream& on, std::string what)
    : on_{on}, what_{std::move(what)}, draws_{&on == &std::cerr && isatty(STDERR_FILENO) == 1} {}

progress_bar::~progress_bar() {
    if (!shown_.empty()) on_ << '\r' << std::string(shown_.size(), ' ') << '\r' << std::flush;
}

void progress_bar::show(std::uint64_t done, std::uint64_t all) {
    if (!draws_) return;
    auto now = bar_of(done, all, what_);
    if (now == shown_) return;
    on_ << '\r' << now << std::flush;
    shown_ = std::move(now);
}

}  // namespace recourse::tools
