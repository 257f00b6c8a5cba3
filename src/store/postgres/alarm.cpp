// A timer of Linux as a file descriptor.
#include "alarm.hpp"

#include <poll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "recourse/vocabulary/failure.hpp"

namespace recourse::store::postgres {
namespace {

[[noreturn]] void system_refuses(char const* what) {
    throw failure{failure_kind::store_unavailable,
                  std::string{what} + " failed: " + std::system_category().message(errno)};
}

}  // namespace

alarm::alarm() : descriptor_{timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)} {
    if (descriptor_ < 0) system_refuses("making a timer");
}

alarm::~alarm() { close(descriptor_); }

void alarm::set(int after_ms) noexcept {
    int const at_least = std::max(after_ms, 1);  // 0 would switch it off
    itimerspec when{};
    when.it_value.tv_sec = at_least / 1000;
    when.it_value.tv_nsec = at_least % 1000 * 1'000'000L;
    timerfd_settime(descriptor_, 0, &when, nullptr);
}

int alarm::left_ms() const noexcept {
    itimerspec when{};
    timerfd_gettime(descriptor_, &when);
    return static_cast<int>(when.it_value.tv_sec * 1000 + (when.it_value.tv_nsec + 999'999) / 1'000'000);
}

bool alarm::wait_for(int socket, bool for_writing) const {
    std::array<pollfd, 2> both{};
    both[0] = {socket, static_cast<short>(for_writing ? POLLIN | POLLOUT : POLLIN), 0};
    both[1] = {descriptor_, POLLIN, 0};
    while (poll(both.data(), both.size(), -1) < 0)
        if (errno != EINTR) system_refuses("waiting for the server");
    return both[1].revents == 0;
}

}  // namespace recourse::store::postgres
