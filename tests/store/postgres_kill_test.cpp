// Kills writers of a PostgreSQL store, and then the server itself, at random moments, and looks whether anything that they
// had been promised is missing, doubled or half there. Takes no arguments; prints its seed; exit code 0: all is well.
//
// Each command reserves one cent, and has one effect, so that the ledger and the outbox can be told from the events.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <random>
#include <stdexcept>
#include <thread>

#include "recourse/store/postgres.hpp"
#include "samples.hpp"
#include "servers/plain_connection.hpp"
#include "servers/postgres_server.hpp"

using namespace recourse;
using namespace store_samples;
using recourse::test::plain_connection;
using recourse::test::postgres_server;

namespace {

constexpr int rounds = 24;  // of which every sixth kills the server
constexpr std::uint32_t disputes = 5;
constexpr std::uint32_t writers = 3;
constexpr std::int64_t captured = 1'000'000'000;
settlement_group const group{"G-1"};

struct acknowledged {  // written to the pipe in one piece
    std::uint32_t dispute;
    std::uint32_t round;
    std::uint32_t writer;
    std::uint32_t number;
};

dispute_key key_of(std::uint32_t dispute) { return key("D-" + std::to_string(dispute)); }
std::string command_of(acknowledged const& one) {
    return std::to_string(one.round) + "/" + std::to_string(one.writer) + "/" + std::to_string(one.number);
}

// True when it is answered; false when another try is needed.
bool try_once(store::contract& at, acknowledged const& what) {
    auto const dispute = key_of(what.dispute);
    auto const now = at.load(dispute);
    auto const account = at.ledger(group, payment_id{"P-1"});
    auto one = sample(dispute, now ? now->version : 0, command_of(what), 1 + what.number % 3);
    one.outbox = {{"notification", command_of(what)}};
    one.ledger = {{row(account ? account->version + 1 : 1, captured, account ? account->reserved_minor + 1 : 1, 0)}};
    auto const answer = append_one(at, one);
    return std::holds_alternative<store::committed>(answer) || std::holds_alternative<store::duplicate>(answer);
}

[[noreturn]] void write_until_killed(store::postgres_options const& options, int pipe, acknowledged next,
                                     unsigned seed) {
    std::mt19937 random{seed};
    std::unique_ptr<store::contract> at;
    for (;; ++next.number) {
        next.dispute = static_cast<std::uint32_t>(random()) % disputes;
        for (bool answered = false; !answered;) {
            try {
                if (!at) at = store::open_postgres(options);
                answered = try_once(*at, next);
            } catch (failure const&) {  // the server is gone for a while
                std::this_thread::sleep_for(std::chrono::milliseconds{20});
            }
        }
        if (write(pipe, &next, sizeof next) != static_cast<ssize_t>(sizeof next)) _exit(1);
    }
}

std::vector<acknowledged> drain(int pipe) {
    std::vector<acknowledged> all;
    for (acknowledged one{}; read(pipe, &one, sizeof one) == static_cast<ssize_t>(sizeof one);) all.push_back(one);
    return all;
}

// How many promises were broken, each told on stderr.
int judge(store::contract& at, std::vector<acknowledged> const& promises) {
    int broken = 0;
    auto const complain = [&](std::string const& what) {
        std::fprintf(stderr, "%s\n", what.c_str());
        ++broken;
    };
    std::map<std::pair<dispute_key, std::string>, int> commands;
    for (auto const& dispute : at.disputes(std::nullopt, 1000)) {
        digest last;
        for (auto const& event : at.events(dispute)) {  // throws if one is missing
            if (event.link != store::link_of(dispute, last, event)) complain("a link is wrong in " + to_text(dispute));
            last = event.link;
            if (!event.command.empty()) ++commands[{dispute, event.command}];
        }
        if (at.load(dispute)->head != last) complain("the head is wrong in " + to_text(dispute));
    }
    for (auto const& [command, count] : commands)
        if (count != 1) complain(command.second + " is there " + std::to_string(count) + " times");
    for (auto const& promise : promises)
        if (!commands.contains({key_of(promise.dispute), command_of(promise)}))
            complain(command_of(promise) + " was acknowledged and is not there");
    auto const account = at.ledger(group, payment_id{"P-1"});
    auto const reserved = account ? account->reserved_minor : 0;
    if (reserved != static_cast<std::int64_t>(commands.size()))
        complain(std::to_string(reserved) + " cents are reserved by " + std::to_string(commands.size()) + " commands");
    if (at.outbox(0, 10'000'000).size() != commands.size()) complain("the outbox has not one effect a command");
    for (auto const& damage : at.damages()) complain(damage.what);
    return broken;
}

// The server may still be carrying out what its clients asked for before they were killed.
void wait_for_the_last(std::string const& connection) {
    plain_connection const at{connection};
    while (
        at("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()") !=
        "0")
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
}

// A commit that does not wait for the disk is lost with the server; if that is not seen, nothing here is worth anything.
bool control_is_lost(postgres_server& server) {
    {
        plain_connection const client{server.connection()};
        client("CREATE TABLE control (number int)");
        client("CHECKPOINT");
        client("SET synchronous_commit = off");
        client("INSERT INTO control VALUES (1)");
        server.signal_all(SIGKILL);
    }
    server.stop(SIGKILL);
    server.start();
    return plain_connection{server.connection()}("SELECT count(*) FROM control") == "0";
}

int run() {
    auto const seed = static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count());
    std::printf("seed %u\n", seed);
    std::mt19937 random{seed};
    postgres_server server{{{"wal_writer_delay=10s"}}};  // fsync stays on
    store::postgres_options const options{.connection = server.connection()};
    static_cast<void>(store::open_postgres(options));
    std::vector<acknowledged> promises;
    int server_kills = 0;
    for (int round = 0; round < rounds; ++round) {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0) throw std::runtime_error{"no pipe"};
        std::vector<pid_t> children;
        for (std::uint32_t writer = 0; writer < writers; ++writer) {
            auto const child_seed = static_cast<unsigned>(random());
            auto const child = fork();
            if (child == 0) {
                close(ends[0]);
                try {
                    write_until_killed(options, ends[1], {0, static_cast<std::uint32_t>(round), writer, 0}, child_seed);
                } catch (std::exception const& problem) {
                    std::fprintf(stderr, "a writer: %s\n", problem.what());
                    _exit(1);
                }
            }
            children.push_back(child);
        }
        close(ends[1]);
        std::this_thread::sleep_for(std::chrono::microseconds{50'000 + random() % 200'000});
        if (round % 6 == 5) {
            server.signal_all(SIGKILL);
            server.stop(SIGKILL);
            server.start();
            ++server_kills;
            std::this_thread::sleep_for(std::chrono::milliseconds{200});
        }
        int failed = 0;
        for (auto const child : children) {
            kill(child, SIGKILL);
            int status = 0;
            waitpid(child, &status, 0);
            if (!WIFSIGNALED(status)) ++failed;
        }
        auto const more = drain(ends[0]);
        promises.insert(promises.end(), more.begin(), more.end());
        close(ends[0]);
        wait_for_the_last(options.connection);
        auto const at = store::open_postgres(options);
        if (failed > 0 || judge(*at, promises) > 0) {
            std::printf("round %d FAILED\n", round);
            return 1;
        }
    }
    // The judge itself: a promise that nobody kept has to be noticed.
    auto invented = promises;
    invented.push_back({0, 99, 99, 99});
    auto const at = store::open_postgres(options);
    bool const notices = judge(*at, invented) == 1;
    bool const lost = control_is_lost(server);
    std::printf("%d kills of %u writers and %d of the server: %zu commands acknowledged, none lost, none doubled\n",
                rounds, writers, server_kills, promises.size());
    std::printf("controls: a promise that was not kept is %s; a commit that does not wait is %s\n",
                notices ? "noticed" : "NOT NOTICED", lost ? "lost" : "NOT LOST");
    return notices && lost && !promises.empty() ? 0 : 1;
}

}  // namespace

int main() {
    try {
        return run();
    } catch (std::exception const& problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 1;
    }
}
