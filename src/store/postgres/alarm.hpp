// A time limit that can be waited for together with a socket. The kernel counts; nobody is asked what time it is.
#pragma once

namespace recourse::store::postgres {

class alarm {
  public:
    alarm();
    alarm(alarm const&) = delete;
    alarm& operator=(alarm const&) = delete;
    ~alarm();

    void set(int after_ms) noexcept;
    [[nodiscard]] int left_ms() const noexcept;  // 0 when it has rung

    // Waits for the socket, but not longer than the alarm: false when that rang first. Reading is always waited for.
    [[nodiscard]] bool wait_for(int socket, bool for_writing) const;

  private:
    int descriptor_ = -1;
};

}  // namespace recourse::store::postgres
