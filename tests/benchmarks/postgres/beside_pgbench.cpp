// Our adapter and pgbench, which runs the same statements with as many round trips, against one server in turn: commands a
// second at 1, 4 and 16 connections, the bytes that each command leaves in the log, and what announcing costs.
//
//     recourse_postgres_benchmark [SECONDS]      of each run, default 4; each is the median of three
//
// One command reads what it rests on, advances its dispute, and writes an event of 300 bytes, a state of 400 and an effect
// of 150. Of a state the last 44 of 100 bytes stay, of the lines of a payment 25, as in the stories 01 to 08 on average; all
// before them is new. Synced to disk; the rate of syncs of the machine is printed beside.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "benchmarks/sync_probe.hpp"
#include "recourse/store/postgres.hpp"
#include "servers/plain_connection.hpp"
#include "servers/postgres_server.hpp"
#include "store/samples.hpp"

using namespace recourse;
using namespace store_samples;
using recourse::test::plain_connection;
using recourse::test::postgres_server;
using recourse::test::syncs_a_second;

namespace {

using seconds = std::chrono::duration<double>;
using clock_used = std::chrono::steady_clock;

constexpr int disputes_each = 200;  // of a connection, which has them for itself
constexpr int connections_max = 16;
constexpr int rounds = 3;

struct rate {
    double a_second = 0;
    double bytes = 0;  // of the log, a command
};

std::string dispute_of(int connection, int number) {
    return "D-" + std::to_string(connection) + "-" + std::to_string(number);
}

// Bytes of which nothing in front is as it was, and that end as they did.
std::string changed(std::uint32_t version, std::size_t fresh, std::size_t kept) {
    auto const number = std::to_string(10'000'000 + version);
    std::string made;
    while (made.size() < fresh) made += number;
    made.resize(fresh);
    std::reverse(made.begin(), made.end());  // the digit that changes comes first
    return made + std::string(kept, 's');
}

// `money`: the row of a payment changes too, as an account of two lines.
store::append command_for(std::string const& dispute, std::uint32_t version, std::string const& id, bool money) {
    auto one = sample(key(dispute), version, id);
    one.events[0].body = std::string(300, 'e');
    one.events[0].recorded_at = one.events[0].at;
    one.state = changed(version, 224, 176);
    one.next_due = instant{1'000'000'000};
    one.outbox = {{"notification", std::string(150, 'o')}};
    if (money)
        one.ledger = {{{payment_id{"P-" + dispute}, version + std::uint64_t{1}, "EUR", 1'000'000, version, 0,
                        changed(version, 150, 50)}}};
    return one;
}

std::int64_t log_position(plain_connection const& at) {
    return std::stoll(at("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"));
}

// From a server that has nothing to tidy up, with every page written whole once since the checkpoint.
void start_afresh(plain_connection const& admin, std::string const& connection) {
    admin("DROP SCHEMA IF EXISTS recourse CASCADE");
    auto const at = store::open_postgres({.connection = connection, .deadline_ms = 60'000});
    admin("CHECKPOINT");
    for (int owner = 0; owner < connections_max; ++owner) {
        std::vector<store::append> group;
        for (int number = 0; number < disputes_each; ++number)
            group.push_back(command_for(dispute_of(owner, number), 0, "open", true));
        append_all(*at, group);
    }
    admin("VACUUM ANALYZE recourse.disputes");
}

rate ours(plain_connection const& admin, std::string const& connection, int connections, int length, bool announces,
          bool money = false) {
    start_afresh(admin, connection);
    std::atomic<bool> stop{false};
    std::atomic<std::int64_t> done{0};
    std::atomic<bool> failed{false};
    std::vector<std::unique_ptr<store::contract>> stores;
    for (int owner = 0; owner < connections; ++owner)
        stores.push_back(store::open_postgres({.connection = connection, .announces = announces}));
    auto const log = log_position(admin);
    auto const from = clock_used::now();
    std::vector<std::thread> threads;
    for (int owner = 0; owner < connections; ++owner)
        threads.emplace_back([&, owner] {
            try {
                std::vector<std::uint32_t> versions(disputes_each, 1);
                for (int step = 0; !stop; ++step) {
                    auto const number = step % disputes_each;
                    auto& version = versions[static_cast<std::size_t>(number)];
                    auto const one = command_for(dispute_of(owner, number), version, std::to_string(step), money);
                    if (!std::holds_alternative<store::committed>(
                            append_one(*stores[static_cast<std::size_t>(owner)], one)))
                        throw std::runtime_error{"a command was not committed"};
                    ++version;
                    ++done;
                }
            } catch (std::exception const& problem) {
                std::fprintf(stderr, "%s\n", problem.what());
                failed = true;
            }
        });
    std::this_thread::sleep_for(std::chrono::seconds{length});
    stop = true;
    for (auto& thread : threads) thread.join();
    auto const took = seconds{clock_used::now() - from}.count();
    if (failed || done == 0) throw std::runtime_error{"our side of the benchmark failed"};
    auto const all = static_cast<double>(done.load());
    return {all / took, static_cast<double>(log_position(admin) - log) / all};
}

// The statements of an append, word for word but for the names of their parameters.
std::string const script = R"(\set number random(0, 199)
SELECT version, keys, head, next_due, 'D-' || :client_id || '-' || :number AS dispute FROM recourse.disputes
    WHERE settlement_group = 'G-1' AND dispute = 'D-' || :client_id || '-' || :number \gset
\startpipeline
BEGIN ISOLATION LEVEL READ COMMITTED;
WITH moved AS (
    UPDATE recourse.disputes SET version = :version + 1, next_due = 1000000000, keys = :keys::bytea || '\x0102030405060708',
        head = sha256('head'), state = convert_to(repeat(reverse((10000000 + :version)::text), 28) || repeat('s', 176), 'UTF8'), seal = sha256('seal'), lease_until = NULL
    WHERE settlement_group = 'G-1' AND dispute = :dispute AND version = :version RETURNING 1)
SELECT 1 / count(*) AS moved FROM moved;
INSERT INTO recourse.events (settlement_group, dispute, version, at, recorded_at, type, command, fingerprint, body, link,
    position)
VALUES ('G-1', :dispute, :version + 1, 1001, 1001, 'offer.offer_made', '12345', sha256('fingerprint'),
    convert_to(repeat('e', 300), 'UTF8'), sha256('link'), ((pg_current_xact_id()::text::bigint + 0::bigint) << 16) + 1);
INSERT INTO recourse.outbox (settlement_group, dispute, version, effect, kind, body, seal, position)
VALUES ('G-1', :dispute, :version + 1, 0, 'notification', convert_to(repeat('o', 150), 'UTF8'), sha256('seal'),
    ((pg_current_xact_id()::text::bigint + 0::bigint) << 16) + 2);
COMMIT;
\endpipeline
)";

std::string output_of(std::string const& command) {
    auto const close = [](FILE* one) { pclose(one); };
    std::unique_ptr<FILE, decltype(close)> const pipe{popen(command.c_str(), "r"), close};
    if (!pipe) throw std::runtime_error{"cannot start " + command};
    std::string all;
    std::array<char, 4096> some{};
    while (auto const count = fread(some.data(), 1, some.size(), pipe.get())) all.append(some.data(), count);
    return all;
}

rate pgbench(plain_connection const& admin, postgres_server const& server, std::string const& file, int connections,
             int length) {
    start_afresh(admin, server.connection());
    auto const log = log_position(admin);
    auto const count = std::to_string(connections);
    auto const said = output_of("pgbench -n -M prepared -f " + file + " -c " + count + " -j " + count + " -T " +
                                std::to_string(length) + " '" + server.connection() + "' 2>&1");
    auto const number_after = [&](std::string const& words) {
        auto const at = said.find(words);
        if (at == std::string::npos) throw std::runtime_error{"pgbench says: " + said};
        return std::stod(said.substr(at + words.size()));
    };
    if (number_after("number of failed transactions: ") != 0) throw std::runtime_error{"pgbench says: " + said};
    auto const all = number_after("number of transactions actually processed: ");
    return {number_after("tps = "), static_cast<double>(log_position(admin) - log) / all};
}

rate median(std::vector<rate> all) {
    std::sort(all.begin(), all.end(), [](rate left, rate right) { return left.a_second < right.a_second; });
    return all[all.size() / 2];
}

int run(int length) {
    postgres_server const server{{{"max_wal_size=4GB", "checkpoint_timeout=1h", "shared_buffers=128MB"}}};
    plain_connection const admin{server.connection()};
    admin("SET client_min_messages = error");
    folder const place;
    auto const file = place / "append.sql";
    std::ofstream{file} << script;
    // A count, which hardly differs between runs.
    std::printf("log of a command, one connection: %.0f B; with the row of a payment: %.0f B\n",
                ours(admin, server.connection(), 1, length, false).bytes,
                ours(admin, server.connection(), 1, length, false, true).bytes);
    std::printf("%.0f syncs a second\n", syncs_a_second(server.folder() + "/probe"));
    std::printf("connections  pgbench/s  ours/s  ratio  announcing/s  log: pgbench  ours\n");
    for (int const connections : {1, 4, 16}) {
        std::vector<rate> theirs;
        std::vector<rate> mine;
        std::vector<rate> loud;
        for (int round = 0; round < rounds; ++round) {
            theirs.push_back(pgbench(admin, server, file, connections, length));
            mine.push_back(ours(admin, server.connection(), connections, length, false));
            loud.push_back(ours(admin, server.connection(), connections, length, true));
        }
        auto const pgbench_rate = median(theirs);
        auto const our_rate = median(mine);
        std::printf("%11d  %9.0f  %6.0f  %4.0f%%  %12.0f  %7.0f B  %5.0f B\n", connections, pgbench_rate.a_second,
                    our_rate.a_second, 100 * our_rate.a_second / pgbench_rate.a_second, median(loud).a_second,
                    pgbench_rate.bytes, our_rate.bytes);
        std::fflush(stdout);
    }
    return 0;
}

}  // namespace

int main(int count, char** words) {
    try {
        int const length = count > 1 ? std::atoi(words[1]) : 4;
        if (length < 1) throw std::invalid_argument{"SECONDS is at least 1"};
        return run(length);
    } catch (std::exception const& problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 1;
    }
}
