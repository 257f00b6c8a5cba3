// Moves a shard from one PostgreSQL server to another while everybody writes it, with the figures: how long it was copied,
// how long nobody could write, whether anything acknowledged is lost or there twice. Takes no arguments; exit code 0: all is
// well, and the control, the same move without a fence, lost something or was found to differ.
//
// RECOURSE_SHARD_DISPUTES says how many disputes of four events the shard has (1000). Both servers sync to the disk.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <tuple>

#include "moving_writers.hpp"
#include "recourse/store/postgres_shard_move.hpp"
#include "recourse/store/shards.hpp"
#include "servers/plain_connection.hpp"
#include "servers/postgres_server.hpp"
#include "store/faults/trials.hpp"

using namespace recourse;
using namespace store_samples;
using recourse::test::plain_connection;
using recourse::test::postgres_server;

namespace {

using clock_used = std::chrono::steady_clock;

constexpr std::uint32_t events_each = 4;
constexpr std::uint8_t moved = 194;  // of G-1

double since(clock_used::time_point from) { return std::chrono::duration<double>{clock_used::now() - from}.count(); }

// Settlement groups of the shard of G-1, the group that the writers write.
class groups {
  public:
    std::string next() {
        for (;; ++number_)
            if (auto name = "G-" + std::to_string(number_); store::shard_of(settlement_group{name}) == moved) {
                ++number_;
                return name;
            }
    }

  private:
    std::uint64_t number_ = 2;
};

// Five disputes, each over a payment of its own, in each settlement group.
void fill(store::contract& at, std::uint64_t disputes) {
    constexpr std::uint64_t group_max = 100;
    groups of;
    std::string group_name;
    for (std::uint64_t first = 0; first < disputes; first += group_max) {
        std::vector<store::append> group;
        for (auto number = first; number < std::min(disputes, first + group_max); ++number) {
            auto const name = "D-" + std::to_string(number);
            if (number % 5 == 0) group_name = of.next();
            auto one = sample(key(name, group_name), 0, "open", events_each);
            for (auto& event : one.events) event.body = std::string(300, 'e');
            one.state = std::string(400, 's');
            one.next_due = instant{5000};
            one.outbox = {{"notification", std::string(150, 'o')}};
            one.ledger = {{row(1, 1000, 10, 0, "P-" + name)}};
            group.push_back(std::move(one));
        }
        append_all(at, group);
    }
}

struct ended {
    bool differs = false;  // and was not opened
    int lost = 0;
    int doubled = 0;
    std::size_t damages = 0;
};

ended move_it(postgres_server const& old_server, postgres_server const& new_server, std::uint64_t disputes,
              bool fences) {
    for (auto const* const one : {&old_server, &new_server})
        plain_connection{one->connection()}("SET client_min_messages = error; DROP SCHEMA IF EXISTS recourse CASCADE");
    store::postgres_options const from{.connection = old_server.connection(), .deadline_ms = 60'000};
    store::postgres_options const to{.connection = new_server.connection(), .deadline_ms = 60'000};
    auto const old_one = store::open_postgres(from);
    auto const new_one = store::open_postgres(to);
    fill(*old_one, disputes);
    writers busy{from, to, 20};
    busy.let_write(200);
    ended found;
    store::shard_move move{from, to, moved};
    auto const begun = clock_used::now();
    auto const before = busy.sent.load();
    move.begin();
    std::uint64_t copied = 0;
    int rounds = 0;
    for (store::shard_copied last{1000, 1000}; last.events > 100 && rounds < 20; ++rounds) {
        last = move.copy();
        copied += last.events;
    }
    auto const copying = since(begun);
    auto const beside = busy.sent - before;
    if (fences) move.fence();
    auto const frozen = clock_used::now();
    try {
        auto const tables = move.finish();
        auto const freeze = since(frozen);
        if (!fences) busy.let_write(50);
        busy.published = true;
        busy.let_write(200);
        busy.end();
        std::printf(
            "%llu disputes, %llu events copied in %.1f s and %d rounds beside %d commands; nobody wrote for %.2f s\n",
            static_cast<unsigned long long>(tables.at(0).rows), static_cast<unsigned long long>(copied), copying,
            rounds, beside, freeze);
    } catch (failure const& told) {
        busy.end();
        if (told.kind() != failure_kind::store_corrupt) throw;
        std::printf("not opened: %s\n", told.what());
        found.differs = true;
        return found;
    }
    std::tie(found.lost, found.doubled) = busy.lost_and_doubled(*new_one);
    found.damages = new_one->damages().size() + old_one->damages().size();
    std::printf("%d commands acknowledged in all: %d lost, %d doubled, %zu damages\n", busy.sent.load(), found.lost,
                found.doubled, found.damages);
    return found;
}

}  // namespace

int main() {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    try {
        auto const disputes = test::number_from("RECOURSE_SHARD_DISPUTES", 1000);
        postgres_server const old_server{{{"max_wal_size=4GB"}}};
        postgres_server const new_server{{{"max_wal_size=4GB"}}};
        auto const done = move_it(old_server, new_server, disputes, true);
        bool const well = !done.differs && done.lost == 0 && done.doubled == 0 && done.damages == 0;
        auto const control = move_it(old_server, new_server, std::min<std::uint64_t>(disputes, 1000), false);
        bool const noticed = control.differs || control.lost > 0;
        std::printf("control: without a fence %s\n", control.differs ? "the copy differs and is not opened"
                                                     : noticed       ? "commands are lost, and that is noticed"
                                                                     : "NOTHING IS LOST");
        return well && noticed ? 0 : 1;
    } catch (std::exception const& problem) {
        std::printf("FAULT %s\n", problem.what());
        return 1;
    }
}
