// `recourse worker` over PostgreSQL, by the name that the command line gives it.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <chrono>
#include <fstream>
#include <thread>

#include "postgres_adapter.hpp"
#include "samples.hpp"
#include "servers/postgres_server.hpp"
#include "tools/said.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

// "host=... port=... user=... dbname=..." as a URI of libpq's.
std::string uri_of(own_schema const& place) {
    std::string uri = "postgres:///?";
    std::istringstream words{place.connection};
    for (std::string word; words >> word;) uri += word + "&";
    return uri + "schema=" + place.name;
}

}  // namespace

TEST_CASE("workers share a store in PostgreSQL; an effect that fails is parked, shown and released",
          "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    auto const at = store::open_postgres({.connection = place.connection, .schema = place.name});
    for (int dispute = 1; dispute <= 4; ++dispute) {
        auto one = sample(key(fmt::format("D-{}", dispute)), 0, "open");
        one.outbox = {{"notification", "{}"}, {"notification", "{}"}};
        append_one(*at, one);
    }
    folder const files;
    auto const got = files / "got";
    std::string const program = "read -r line; case $line in *D-1/1/0*) exit 1;; esac; echo \"$line\" >> " + got;
    auto const work = [&](std::string const& now) {
        return test::run({"worker", "--store", uri_of(place), "--once", "--now", now, "--attempts", "1", "--batch", "2",
                          "--command", "sh", "--", "-c", program});
    };
    std::vector<test::said> said(2);
    std::thread other{[&] { said[1] = work("2026-03-01T12:00:00Z"); }};
    said[0] = work("2026-03-01T12:00:00Z");
    other.join();
    INFO(said[0].error << said[1].error);
    CHECK(said[0].code + said[1].code == tools::exit_failed);  // one of them has parked it
    auto const last = work("2026-03-01T12:00:00Z");
    CHECK(last.code == tools::exit_done);
    auto const parked = at->parked_effects(0, 10);
    REQUIRE(parked.size() == 1);
    CHECK(parked[0].effect.dispute == key("D-1"));
    CHECK(at->outbox(0, 10).size() == 2);  // it, and the one behind it
    CHECK_THAT(test::run({"parked", "--store", uri_of(place)}).out, Catch::Contains("exit code 1"));
    auto const position = std::to_string(parked[0].effect.position);
    CHECK(test::run({"parked", "--store", uri_of(place), "--release", position}).code == tools::exit_done);
    CHECK(at->settle(parked[0].effect.position));  // carried out by hand
    CHECK(work("2026-03-01T12:00:01Z").code == tools::exit_done);
    CHECK(at->outbox(0, 10).empty());
    std::ifstream file{got};
    int lines = 0;
    for (std::string line; std::getline(file, line);) ++lines;
    CHECK(lines == 7);
    CHECK(at->damages().empty());
}

TEST_CASE("a worker that listens is woken by an effect long before it would look again", "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    auto const at = store::open_postgres({.connection = place.connection, .schema = place.name, .announces = true});
    folder const files;
    auto const got = files / "got";
    auto const begun = std::chrono::steady_clock::now();
    // It looks once an hour, and is told to stop by the second effect.
    std::thread worker{[&] {
        test::run({"worker", "--store", uri_of(place), "--listen", "--poll", "3600000", "--command", "sh", "--", "-c",
                   "cat >> " + got + "; [ $(wc -l < " + got + ") -lt 2 ] || kill -TERM " + std::to_string(getpid())});
    }};
    auto const wait_for_lines = [&](int wanted) {
        for (int waited = 0; waited < 3000; ++waited) {
            std::ifstream file{got};
            int lines = 0;
            for (std::string line; std::getline(file, line);) ++lines;
            if (lines >= wanted) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
        }
        return false;
    };
    auto one = sample(key("D-1"), 0, "open");
    one.outbox = {{"notification", "{}"}};
    append_one(*at, one);
    CHECK(wait_for_lines(1));
    std::this_thread::sleep_for(std::chrono::milliseconds{500});  // asleep again, or near it
    auto more = sample(key("D-1"), 1, "more");
    more.outbox = {{"notification", "{}"}};
    append_one(*at, more);
    bool const woken = wait_for_lines(2);
    CHECK(woken);
    if (!woken) ::kill(::getpid(), SIGTERM);
    worker.join();
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::minutes{5});
    CHECK(at->outbox(0, 10).empty());
}
