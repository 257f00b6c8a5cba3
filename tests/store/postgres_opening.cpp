// Several workers come up at once on a database that has no tables yet.
#include <catch2/catch.hpp>

#include <chrono>
#include <exception>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "postgres_adapter.hpp"
#include "servers/postgres_server.hpp"

using namespace recourse;
using namespace store_samples;

// What a session has once looked for and not found it goes on not finding while it waits for a lock that names no table.
TEST_CASE("workers that wait for the one who makes the tables find them", "[every_adapter]") {
    own_schema const place{recourse::test::shared_postgres()};
    plain_connection const first{place.connection};
    first("BEGIN");
    first("SELECT pg_advisory_xact_lock(hashtextextended('" + place.name + ".store', 0))");
    std::vector<std::future<std::string>> opened;
    for (int worker = 0; worker < 4; ++worker)
        opened.push_back(std::async(std::launch::async, [&]() -> std::string {
            try {
                store::open_postgres({.connection = place.connection, .schema = place.name, .deadline_ms = 30'000});
                return "opened";
            } catch (std::exception const& problem) {
                return problem.what();
            }
        }));
    plain_connection const watcher{place.connection};
    for (int tries = 0;
         tries < 2000 && watcher("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") != "4";
         ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    CHECK(watcher("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == "4");
    first("COMMIT");
    for (auto& one : opened) CHECK(one.get() == "opened");
}
