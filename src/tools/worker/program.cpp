// Running a program of the host's for one effect.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>

#include "recourse/vocabulary/failure.hpp"
#include "tools/worker/carrier.hpp"

extern char** environ;  // NOLINT: named so by POSIX

namespace recourse::tools {
namespace {

constexpr int exit_temporary_failure = 75;  // EX_TEMPFAIL of sysexits.h

class descriptor {
  public:
    explicit descriptor(int number = -1) : number_{number} {}
    descriptor(descriptor const&) = delete;
    descriptor& operator=(descriptor const&) = delete;
    ~descriptor() { close(); }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }
    void take(int number) {
        close();
        number_ = number;
    }
    [[nodiscard]] int number() const noexcept { return number_; }

  private:
    int number_;
};

void open_pipe(descriptor& to_read, descriptor& to_write) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw failure{failure_kind::store_unavailable, fmt::format("no pipe can be made: {}", std::strerror(errno))};
    to_read.take(ends[0]);
    to_write.take(ends[1]);
}

// A program that closes its input early must not end the worker. The signal comes to the thread that writes, and other threads
// may be writing to programs of theirs; so it is held back in this one, and taken out before that ends.
class pipe_signal_held {
  public:
    pipe_signal_held() {
        ::sigemptyset(&it_);
        ::sigaddset(&it_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &it_, &before_);
    }
    pipe_signal_held(pipe_signal_held const&) = delete;
    pipe_signal_held& operator=(pipe_signal_held const&) = delete;
    ~pipe_signal_held() {
        timespec const at_once{0, 0};
        while (::sigtimedwait(&it_, nullptr, &at_once) < 0 && errno == EINTR) {}
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

  private:
    sigset_t it_{};
    sigset_t before_{};
};

class program final : public carrier {
  public:
    program(std::vector<std::string> words, std::int64_t timeout_ms) : words_{std::move(words)}, timeout_{timeout_ms} {}

    carried carry_out(std::string const& /*key*/, std::string const& line) override {
        descriptor input;
        descriptor errors;
        pid_t child = 0;
        if (auto why = start(child, input, errors); !why.empty()) return {carried::outcome::failed, why};
        auto const until = std::chrono::steady_clock::now() + timeout_;
        std::string said;
        std::size_t written = 0;
        for (int status = 0;;) {
            auto const ended = ::waitpid(child, &status, WNOHANG);
            if (ended == child) {
                read_from(errors, said);
                return judge(status, said);
            }
            if (std::chrono::steady_clock::now() >= until) {
                ::kill(-child, SIGKILL);  // and what it has started
                while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
                return {carried::outcome::later, fmt::format("{} ms were not enough", timeout_.count())};
            }
            pump(line, written, input, errors, said);
        }
    }

  private:
    // In a group of its own: a signal to the worker is not one to what is under way.
    std::string start(pid_t& child, descriptor& input, descriptor& errors) const {
        descriptor its_input;
        descriptor its_errors;
        open_pipe(its_input, input);
        open_pipe(errors, its_errors);
        ::fcntl(input.number(), F_SETFL, O_NONBLOCK);
        ::fcntl(errors.number(), F_SETFL, O_NONBLOCK);
        posix_spawn_file_actions_t files;
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawn_file_actions_adddup2(&files, its_input.number(), 0);
        ::posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_adddup2(&files, its_errors.number(), 2);
        posix_spawnattr_t attributes;
        ::posix_spawnattr_init(&attributes);
        sigset_t usual;
        ::sigemptyset(&usual);
        for (int const signal : {SIGPIPE, SIGTERM, SIGINT}) ::sigaddset(&usual, signal);
        ::posix_spawnattr_setsigdefault(&attributes, &usual);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
        std::vector<char*> arguments;
        for (auto const& word : words_) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        int const code = ::posix_spawnp(&child, arguments[0], &files, &attributes, arguments.data(), environ);
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&files);
        return code == 0 ? std::string{} : fmt::format("{} cannot be started: {}", words_[0], std::strerror(code));
    }

    // Writes what it takes of the line, reads what it says, and waits a moment.
    static void pump(std::string const& line, std::size_t& written, descriptor& input, descriptor& errors,
                     std::string& said) {
        constexpr int moment_ms = 10;
        pollfd waiting[2] = {{input.number(), POLLOUT, 0}, {errors.number(), POLLIN, 0}};
        ::poll(waiting, 2, moment_ms);
        if (waiting[0].revents != 0) {
            pipe_signal_held const meanwhile;
            auto const size = ::write(input.number(), line.data() + written, line.size() - written);
            if (size > 0) written += static_cast<std::size_t>(size);
            if (written == line.size() || (size < 0 && errno == EPIPE)) input.close();
        }
        if (waiting[1].revents != 0) read_from(errors, said);
    }

    static void read_from(descriptor& errors, std::string& said) {
        constexpr std::size_t kept_max = 4096;
        char some[1024];
        while (errors.number() >= 0) {
            auto const size = ::read(errors.number(), some, sizeof some);
            if (size == 0) errors.close();
            if (size <= 0) return;
            if (said.size() < kept_max) said.append(some, static_cast<std::size_t>(size));
        }
    }

    static carried judge(int status, std::string const& said) {
        auto const words = said.empty() ? std::string{} : ": " + said;
        if (WIFSIGNALED(status))
            return {carried::outcome::failed, as_reason(fmt::format("ended by signal {}{}", WTERMSIG(status), words))};
        int const code = WEXITSTATUS(status);
        if (code == 0) return {carried::outcome::done};
        auto const reason = as_reason(fmt::format("exit code {}{}", code, words));
        return {code == exit_temporary_failure ? carried::outcome::later : carried::outcome::failed, reason};
    }

    std::vector<std::string> words_;
    std::chrono::milliseconds timeout_;
};

}  // namespace

std::unique_ptr<carrier> carried_by_program(std::vector<std::string> words, std::int64_t timeout_ms) {
    return std::make_unique<program>(std::move(words), timeout_ms);
}

}  // namespace recourse::tools
