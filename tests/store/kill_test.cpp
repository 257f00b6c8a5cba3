// Kills writers of a SQLite store at random moments and looks whether anything they had been promised is missing, or
// anything is half there. Takes no arguments; prints its seed; exit code 0 means that all is well. RECOURSE_KILLS says how
// many writers are killed (1000). In every third round they write on a connection of the host's, each transaction with a row
// of the host's for each command.
//
// The bodies are a bookkeeping of our own: an event's body is the amount it reserves and the number of effects beside
// it, so that the state, the ledger and the outbox can be computed from the events and compared.
#include <poll.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <random>
#include <set>

#include "recourse/store/sqlite.hpp"
#include "samples.hpp"
#include "store/faults/trials.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

constexpr std::uint32_t disputes = 5;
constexpr std::uint32_t payments = 3;  // fewer than disputes, so that writers meet in the ledger too
constexpr std::int64_t captured = 1'000'000'000;
constexpr std::uint32_t first_host = 10;  // of the numbers of writers on a connection of the host's
constexpr char const* hosts_table = "CREATE TABLE IF NOT EXISTS host_commands (command TEXT PRIMARY KEY)";
settlement_group const group{"G-1"};

struct acknowledged {  // written to the pipe in one piece
    std::uint32_t dispute;
    std::uint32_t version;  // after the append
    std::uint32_t first;    // of its events
    std::uint32_t writer;
    std::uint64_t number;  // with `writer` the command key
};

std::string command_of(std::uint32_t writer, std::uint64_t number) {
    return "writer " + std::to_string(writer) + " command " + std::to_string(number);
}

dispute_key key_of(std::uint32_t dispute) { return key("D-" + std::to_string(dispute), std::string{group.text()}); }

std::string payment_of(std::uint32_t dispute) { return "P-" + std::to_string(dispute % payments); }

// One command: 1 to 3 events, each reserving a few cents with up to two effects.
store::append next_command(store::contract& at, std::uint32_t dispute, std::string const& command,
                           std::mt19937& random) {
    auto const now = at.load(key_of(dispute));
    auto const ledger = at.ledger(group, payment_id{payment_of(dispute)});
    std::int64_t reserved = ledger ? ledger->reserved_minor : 0;
    auto one = sample(key_of(dispute), now ? now->version : 0, command, static_cast<std::uint32_t>(1 + random() % 3));
    std::int64_t total = now ? std::stoll(now->state) : 0;
    for (auto& event : one.events) {
        auto const amount = 1 + static_cast<int>(random() % 9);
        auto const effects = static_cast<int>(random() % 3);
        event.body = std::to_string(amount) + " " + std::to_string(effects);
        total += amount;
        reserved += amount;
        for (int effect = 0; effect < effects; ++effect) one.outbox.push_back({"refund_order", event.body});
    }
    one.state = std::to_string(total);
    one.next_due = instant{total};
    one.ledger = {{row(ledger ? ledger->version + 1 : 1, captured, reserved, 0, payment_of(dispute))}};
    return one;
}

sqlite3* hosts_connection(std::string const& path) {
    sqlite3* handle = nullptr;
    if (sqlite3_open(path.c_str(), &handle) != SQLITE_OK) throw std::runtime_error{sqlite3_errmsg(handle)};
    sqlite3_busy_timeout(handle, 60000);
    return handle;
}
void run(sqlite3* host, std::string const& sql) {
    if (sqlite3_exec(host, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(host)};
}

[[noreturn]] void write_until_killed(std::string const& path, int pipe, std::uint32_t writer, unsigned seed) {
    std::mt19937 random{seed};
    auto at = store::open_sqlite({.path = path, .busy_timeout_ms = 60000});
    sqlite3* host = nullptr;
    if (writer >= first_host) {
        host = hosts_connection(path);
        run(host, hosts_table);
        at = store::open_sqlite(host);
    }
    for (std::uint64_t number = 0;;) {
        std::vector<store::append> batch;
        std::vector<acknowledged> promises;
        std::set<std::uint32_t> used;  // no append may build on another of its group
        if (host != nullptr) run(host, "BEGIN IMMEDIATE");
        for (auto more = 1 + random() % 3; more > 0; --more) {
            auto const dispute = static_cast<std::uint32_t>(random()) % disputes;
            if (!used.insert(dispute % payments).second) continue;
            auto one = next_command(*at, dispute, command_of(writer, number), random);
            promises.push_back({dispute, one.events.back().version, one.expected + 1, writer, number++});
            batch.push_back(std::move(one));
        }
        auto const outcomes = at->append(batch);
        for (std::size_t which = 0; host != nullptr && which < batch.size(); ++which)
            if (std::holds_alternative<store::committed>(outcomes[which]))
                run(host, "INSERT INTO host_commands VALUES ('" + batch[which].command + "')");
        if (host != nullptr) run(host, "COMMIT");
        for (std::size_t which = 0; which < outcomes.size(); ++which)
            if (std::holds_alternative<store::committed>(outcomes[which]))
                if (write(pipe, &promises[which], sizeof(acknowledged)) != sizeof(acknowledged)) _exit(3);
    }
}

std::set<std::string> commands_of_hosts(std::string const& path) {
    std::set<std::string> found;
    auto* const host = hosts_connection(path);
    sqlite3_stmt* row = nullptr;
    if (sqlite3_prepare_v2(host, "SELECT command FROM host_commands", -1, &row, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(host)};
    while (sqlite3_step(row) == SQLITE_ROW) found.emplace(reinterpret_cast<char const*>(sqlite3_column_text(row, 0)));
    sqlite3_finalize(row);
    sqlite3_close(host);
    return found;
}
bool is_by_host(std::string const& command) {
    return std::stoul(command.substr(std::string_view{"writer "}.size())) >= first_host;
}

// What is wrong with the file, in sentences; nothing when all is well.
std::vector<std::string> faults_in(std::string const& path, std::vector<acknowledged> const& promises) {
    std::vector<std::string> faults;
    auto fault = [&](std::string what) { faults.push_back(std::move(what)); };
    auto at = store::open_sqlite({.path = path, .create = false});
    std::map<std::string, std::int64_t> reserved;  // by payment
    std::map<std::string, std::uint64_t> commands;
    std::size_t effects = 0;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> command_at;
    for (std::uint32_t dispute = 0; dispute < disputes; ++dispute) {
        auto const name = to_text(key_of(dispute));
        try {
            auto const now = at->load(key_of(dispute));
            std::int64_t total = 0;
            std::uint32_t version = 0;
            std::vector<std::uint64_t> hashes;
            for (auto const& event : at->events(key_of(dispute))) {
                std::size_t digits = 0;
                auto const amount = std::stoll(event.body, &digits);
                total += amount;
                effects += std::stoul(event.body.substr(digits));
                if (event.version != ++version) fault(name + " lacks event " + std::to_string(version));
                if (event.command.empty()) continue;
                ++commands[payment_of(dispute)];
                command_at[{dispute, event.version}] = event.command;
                hashes.push_back(store::command_hash(event.command));
            }
            reserved[payment_of(dispute)] += total;
            if (now ? now->version != version || now->state != std::to_string(total) || now->command_hashes != hashes ||
                          now->next_due != instant{total}
                    : version != 0)
                fault(name + " has a row that is not the sum of its events");
        } catch (failure const& caught) {
            fault(caught.what());
        }
    }
    for (std::uint32_t which = 0; which < payments; ++which) {
        auto const payment = payment_of(which);
        auto const ledger = at->ledger(group, payment_id{payment});
        if ((ledger ? ledger->reserved_minor : 0) != reserved[payment])
            fault("ledger " + payment + " is not the sum of the events");
        if ((ledger ? ledger->version : 0) != commands[payment])
            fault("ledger " + payment + " has not a version for each command");
    }
    if (at->outbox(0, 1'000'000).size() != effects) fault("the outbox has not the effects of the events");
    auto rows = commands_of_hosts(path);
    for (auto const& [where, command] : command_at)
        if (is_by_host(command) && rows.erase(command) == 0) fault("the host has no row for " + command);
    for (auto const& command : rows) fault("the host has a row for what was not written: " + command);
    for (auto const& promise : promises) {
        auto const command = command_of(promise.writer, promise.number);
        auto const found = command_at.find({promise.dispute, promise.first});
        if (found == command_at.end() || found->second != command) fault("lost: " + command);
    }
    return faults;
}

struct tally {
    std::uint64_t promised = 0;
    std::uint64_t faults = 0;
};

void report(tally& sum, std::vector<std::string> const& faults) {
    for (auto const& what : faults) std::printf("FAULT %s\n", what.c_str());
    sum.faults += faults.size();
}

pid_t start_writer(std::string const& path, int pipe, std::uint32_t writer, unsigned seed) {
    auto const child = fork();
    if (child != 0) return child;
    try {
        write_until_killed(path, pipe, writer, seed);
    } catch (std::exception const& caught) {
        std::fprintf(stderr, "a writer stopped: %s\n", caught.what());
        _exit(2);
    }
}

// Reads what the writers say until `until`, or until all of them are gone.
void listen(int pipe, std::vector<acknowledged>& promises, std::chrono::steady_clock::time_point until) {
    using namespace std::chrono;
    for (;;) {
        auto const left = duration_cast<milliseconds>(until - steady_clock::now()).count();
        if (left <= 0) return;
        pollfd waiting{pipe, POLLIN, 0};
        if (poll(&waiting, 1, static_cast<int>(left)) <= 0) continue;
        acknowledged promise{};
        if (read(pipe, &promise, sizeof promise) != sizeof promise) return;
        promises.push_back(promise);
    }
}

// Starts one or two writers, kills them at a random moment and judges the file.
std::vector<acknowledged> kill_round(int round, std::string const& path, std::mt19937& random, tally& sum) {
    using namespace std::chrono;
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    std::vector<pid_t> writers;
    auto const first = round % 3 == 0 ? first_host : 0;
    for (auto writer = first; writer <= first + static_cast<std::uint32_t>(round % 2); ++writer)
        writers.push_back(start_writer(path, ends[1], writer, static_cast<unsigned>(random())));
    close(ends[1]);
    std::vector<acknowledged> promises;
    listen(ends[0], promises, steady_clock::now() + microseconds{3000 + random() % (round % 8 == 0 ? 120000 : 30000)});
    for (auto writer : writers) kill(writer, SIGKILL);
    for (auto writer : writers) {
        int status = 0;
        waitpid(writer, &status, 0);
        if (!WIFSIGNALED(status)) report(sum, {"a writer ended by itself"});
    }
    listen(ends[0], promises, steady_clock::now() + hours{1});
    close(ends[0]);
    sum.promised += promises.size();
    return promises;
}

void change(std::string const& path, std::string const& sql) {
    sqlite3* handle = nullptr;
    if (sqlite3_open(path.c_str(), &handle) != SQLITE_OK ||
        sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        std::printf("FAULT the negative control cannot run: %s\n", sqlite3_errmsg(handle));
        std::exit(1);
    }
    sqlite3_close(handle);
}

// The judge must notice what the rounds hope never to see.
void negative_controls(std::string const& path, std::vector<acknowledged> const& promises, tally& sum) {
    auto const& last = promises.back();
    auto const where = " WHERE dispute = 'D-" + std::to_string(last.dispute) + "'";
    auto const version = std::to_string(last.version);
    std::vector<std::pair<char const*, std::string>> controls{
        {"an acknowledged event deleted", "DELETE FROM events" + where + " AND version = " + version},
        {"an acknowledged append undone", "DELETE FROM events" + where +
                                              " AND version >= " + std::to_string(last.first) +
                                              "; UPDATE disputes SET version = " + std::to_string(last.first - 1) +
                                              where + " AND " + std::to_string(last.first) + " > 1"},
        {"a ledger without its last change", "UPDATE ledger SET reserved_minor = reserved_minor - 1"},
        {"an effect too many",
         "INSERT INTO outbox SELECT NULL, settlement_group, dispute, version, 9, 'again', x'00', zeroblob(32) FROM "
         "disputes LIMIT 1"},
        {"a row of the host's without its command",
         "INSERT INTO host_commands VALUES ('" + command_of(first_host, 1'000'000) + "')"},
    };
    if (last.writer >= first_host)
        controls.emplace_back("a command without its row of the host's", "DELETE FROM host_commands");
    for (auto const& [name, sql] : controls) {
        auto const copy = path + ".control";
        std::filesystem::copy_file(path, copy);
        change(copy, sql);
        auto const found = faults_in(copy, promises);
        std::printf("control: %s: %zu faults found, the first: %s\n", name, found.size(),
                    found.empty() ? "-" : found[0].c_str());
        if (found.empty()) report(sum, {std::string{"the control was not noticed: "} + name});
        std::filesystem::remove(copy);
    }
}

}  // namespace

int main() {
    auto const seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    std::fflush(stdout);
    std::mt19937 random{seed};
    tally sum;
    // Every second round kills two.
    auto const kills = static_cast<int>(test::number_from("RECOURSE_KILLS", 1000));
    int const rounds = (2 * kills + 2) / 3;
    int controls = 2;  // of the first that can be judged
    for (int round = 0; round < rounds; ++round) {
        folder place;
        auto const path = place / "store.db";
        auto const promises = kill_round(round, path, random, sum);
        if (!std::filesystem::exists(path)) {
            if (!promises.empty()) report(sum, {"the file is gone"});
            continue;  // killed before it was made
        }
        store::open_sqlite({.path = path});  // one killed while it was made is finished by the next to open it
        change(path, hosts_table);
        report(sum, faults_in(path, promises));
        if (controls == 0 || promises.empty()) continue;
        --controls;
        negative_controls(path, promises, sum);
    }
    std::printf("%d writers killed in %d rounds, %llu appends acknowledged, %llu faults\n", kills, rounds,
                static_cast<unsigned long long>(sum.promised), static_cast<unsigned long long>(sum.faults));
    if (sum.promised == 0) std::printf("FAULT no append was ever acknowledged\n");
    return sum.faults == 0 && sum.promised > 0 ? 0 : 1;
}
