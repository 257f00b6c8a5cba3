// Starting a server as the user that Debian makes for it, since it refuses to be root.
#include "servers/postgres_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <thread>

namespace recourse::test {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(fs::path const& file) {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
}

fs::path programs() {
    std::vector<fs::path> found;
    std::error_code ignored;
    for (auto const& version : fs::directory_iterator{"/usr/lib/postgresql", ignored})
        if (fs::exists(version.path() / "bin/postgres")) found.push_back(version.path() / "bin");
    if (found.empty())
        throw std::runtime_error{"there is no PostgreSQL server below /usr/lib/postgresql; install postgresql"};
    return *std::max_element(found.begin(), found.end());
}

// Port 0 gives a free one; whether it still is when the server comes is seen then.
int free_port() {
    int const socket_made = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof where;
    bool const bound = bind(socket_made, reinterpret_cast<sockaddr*>(&where), size) == 0 &&
                       getsockname(socket_made, reinterpret_cast<sockaddr*>(&where), &size) == 0;
    close(socket_made);
    if (!bound) throw std::runtime_error{"there is no free port on loopback"};
    return ntohs(where.sin_port);
}

// Runs a program as the server's user, its output in a file.
pid_t launch(std::vector<std::string> const& words, std::string const& log, bool dies_with_us) {
    auto const child = fork();
    if (child < 0) throw std::runtime_error{"cannot start a process"};
    if (child > 0) return child;
    int const out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    dup2(out, 1);
    dup2(out, 2);
    if (geteuid() == 0) {
        auto const* const user = getpwnam("postgres");
        if (user == nullptr || initgroups("postgres", user->pw_gid) != 0 || setgid(user->pw_gid) != 0 ||
            setuid(user->pw_uid) != 0)
            _exit(126);
    }
    if (dies_with_us)
        prctl(PR_SET_PDEATHSIG, SIGQUIT);
    else
        setsid();
    std::vector<char*> arguments;
    for (auto const& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    if (chdir("/") == 0) execv(arguments[0], arguments.data());
    _exit(127);
}

void run(std::vector<std::string> const& words, std::string const& log) {
    int status = 0;
    waitpid(launch(words, log, true), &status, 0);
    if (status != 0) throw std::runtime_error{words[0] + " failed: " + bytes_of(log)};
}

bool answers(std::string const& connection) { return PQping(connection.c_str()) == PQPING_OK; }

void pause_ms(int length) { std::this_thread::sleep_for(std::chrono::milliseconds{length}); }

// What /proc says of a process after its name: "S 122 ..." is a sleeping child of 122; empty if there is none.
std::string state_and_parent(std::string const& process) {
    auto const text = bytes_of("/proc/" + process + "/stat");  // "123 (postgres) S 122 ..."
    auto const after_name = text.rfind(") ");
    return after_name == std::string::npos ? "" : text.substr(after_name + 2);
}

bool runs(pid_t process) {
    auto const state = state_and_parent(std::to_string(process));
    return !state.empty() && state[0] != 'Z' && state[0] != 'X';
}

std::vector<pid_t> children_of(pid_t process) {
    std::vector<pid_t> found;
    for (auto const& entry : fs::directory_iterator{"/proc"}) {
        auto const name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        auto const state = state_and_parent(name);
        if (state.size() > 2 && std::atoi(state.c_str() + 2) == process) found.push_back(std::atoi(name.c_str()));
    }
    return found;
}

}  // namespace

postgres_server::postgres_server(options const& wanted) : wanted_{wanted} {
    auto pattern = (fs::temp_directory_path() / "recourse_postgres_XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"cannot make a folder for PostgreSQL"};
    folder_ = pattern;
    if (geteuid() == 0) {
        auto const* const user = getpwnam("postgres");
        if (user == nullptr || chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error{
                "PostgreSQL refuses to be root, and there is no user postgres; install postgresql"};
    }
    run({programs() / "initdb", "-D", folder_ + "/data", "-U", "recourse", "--auth=trust", "--no-sync", "--no-locale",
         "--encoding=UTF8"},
        folder_ + ".log");
    start();
}

postgres_server::~postgres_server() {
    if (!owns_) return;
    if (process_ != 0) stop(SIGQUIT);
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    fs::remove(folder_ + ".log", ignored);
}

void postgres_server::start() {
    bool const again = port_ != 0;  // those who know the port find it again
    for (int tries = 0; tries < 10; ++tries) {
        if (!again) port_ = free_port();
        if (again && tries > 0) pause_ms(200);  // processes of the one before are still going
        std::vector<std::string> words{programs() / "postgres",
                                       "-D",
                                       folder_ + "/data",
                                       "-p",
                                       std::to_string(port_),
                                       "-c",
                                       "listen_addresses=127.0.0.1",
                                       "-c",
                                       "unix_socket_directories=" + folder_};
        for (auto const& setting : wanted_.settings) words.insert(words.end(), {"-c", setting});
        process_ = launch(words, folder_ + ".log", !wanted_.outlives_us);
        for (int waited = 0; waited < 60'000; waited += 20) {
            if (answers(connection())) return;
            if (waitpid(process_, nullptr, WNOHANG) == process_) break;  // the port was taken, perhaps
            pause_ms(20);
        }
    }
    process_ = 0;
    throw std::runtime_error{"PostgreSQL does not start: " + bytes_of(folder_ + ".log")};
}

void postgres_server::stop(int with) {
    if (process_ == 0) return;
    auto const made = children_of(process_);
    kill(process_, with);
    waitpid(process_, nullptr, 0);
    process_ = 0;
    // Of those that it has made, one with a client would still answer; each notices within a moment.
    for (auto const one : made)
        for (int waited = 0; waited < 30'000 && runs(one); waited += 5) pause_ms(5);
}

void postgres_server::signal_all(int with) const {
    auto const made = children_of(process_);
    kill(process_, with);
    for (auto const one : made) kill(one, with);
}

std::string postgres_server::connection() const {
    return "host=127.0.0.1 port=" + std::to_string(port_) + " user=recourse dbname=postgres";
}

void postgres_server::stop_left(pid_t process, std::string const& folder) {
    kill(process, SIGINT);
    for (int waited = 0; waited < 30'000 && kill(process, 0) == 0; waited += 20) pause_ms(20);
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    fs::remove(folder + ".log", ignored);
}

std::string shared_postgres() {
    if (auto const* const file = std::getenv("RECOURSE_POSTGRES")) {
        auto text = bytes_of(file);
        text.erase(std::min(text.find('\n'), text.size()));
        if (text.empty()) throw std::runtime_error{std::string{"RECOURSE_POSTGRES names no server: "} + file};
        return text;
    }
    static postgres_server const own{{{"fsync=off", "autovacuum=off", "max_connections=60"}}};
    return own.connection();
}

}  // namespace recourse::test
