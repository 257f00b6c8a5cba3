// A PostgreSQL server of our own: on loopback, at a free port, in a folder that goes away with it.
//
//     postgres_server server{{"fsync=off"}};
//     store::open_postgres({.connection = server.connection()});
//
// A test that needs a server and cannot start one fails: the constructor throws and says why.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace recourse::test {

class postgres_server {
  public:
    struct options {
        std::vector<std::string> settings{};  // "fsync=off"
        bool outlives_us = false;             // otherwise it dies with the thread that started it
    };
    explicit postgres_server(options const& wanted);
    postgres_server(postgres_server const&) = delete;
    postgres_server& operator=(postgres_server const&) = delete;
    ~postgres_server();

    [[nodiscard]] std::string connection() const;
    [[nodiscard]] pid_t process() const noexcept { return process_; }
    [[nodiscard]] std::string const& folder() const noexcept { return folder_; }
    [[nodiscard]] int port() const noexcept { return port_; }

    void start();                             // after it was stopped or killed, on what it has left
    void stop(int with);                      // SIGINT: in order; SIGQUIT, SIGKILL: as if it crashed
    void signal_all(int with) const;          // the server and all processes that it has made
    void leave() noexcept { owns_ = false; }  // to the one who stops it by its number and folder

    // What `leave` left, by another process.
    static void stop_left(pid_t process, std::string const& folder);

  private:
    options wanted_;
    std::string folder_;
    int port_ = 0;
    pid_t process_ = 0;
    bool owns_ = true;
};

// One for all tests of this process. If the environment names a file in RECOURSE_POSTGRES, the server is the one that this
// file tells of, and is shared with other processes.
std::string shared_postgres();

}  // namespace recourse::test
