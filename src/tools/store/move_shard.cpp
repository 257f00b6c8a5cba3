// `recourse store move-shard`: the copying, the fence, the comparison, the map.
#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>

#include "recourse/store/shards.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "tools/progress.hpp"
#include "tools/store/archive.hpp"
#include "tools/worker/opening.hpp"
#ifdef RECOURSE_HAS_POSTGRES
#include "recourse/store/postgres_shard_move.hpp"
#endif

namespace recourse::tools {

#ifdef RECOURSE_HAS_POSTGRES
namespace {

using boost::json::object;

constexpr std::uint64_t events_left_max = 200;  // copied behind the fence
constexpr int rounds_max = 20;

store::shard_map map_in(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw failure{failure_kind::store_unavailable, fmt::format("cannot read {}", path)};
    auto read = store::read_shard_map(std::string{std::istreambuf_iterator<char>{file}, {}});
    if (!read)
        throw std::invalid_argument{fmt::format("{} is no map of shards:\n{}", path, to_text(read.error(), path))};
    return *std::move(read);
}

// Whoever reads it meanwhile reads the one or the other.
void replace(std::string const& path, store::shard_map const& map) {
    auto const beside = path + ".next";
    {
        std::ofstream file{beside, std::ios::binary | std::ios::trunc};
        file << store::to_json(map) << "\n";
        if (!file.flush()) throw failure{failure_kind::store_unavailable, fmt::format("cannot write {}", beside)};
    }
    if (std::rename(beside.c_str(), path.c_str()) != 0)
        throw failure{failure_kind::store_unavailable, fmt::format("cannot replace {}", path)};
}

}  // namespace

int move_shard(move_arguments const& given, streams with) {
    auto const shard = static_cast<std::uint8_t>(given.shard);
    std::optional<store::shard_map> next;
    if (!given.map.empty()) next = store::with_moved(map_in(given.map), shard, given.cluster);
    store::shard_move move{server_named(given.from), server_named(given.to), shard};
    progress_bar bar{with.error, "events copied"};
    move.begin();
    if (given.gives_up) {
        move.give_up();
        with.out << (given.json ? boost::json::serialize(object{{"shard", given.shard}, {"given_up", true}})
                                : fmt::format("shard {}: the copy is removed, the old cluster takes its commands",
                                              given.shard))
                 << "\n";
        return exit_done;
    }
    std::uint64_t events = 0;
    int rounds = 0;
    for (;;) {
        auto const copied = move.copy();
        events += copied.events;
        bar.show(events, 0);
        if (++rounds >= rounds_max || (rounds > 1 && copied.events <= events_left_max)) break;
    }
    auto const began = std::chrono::steady_clock::now();
    move.fence();
    auto const tables = move.finish();
    auto const stood_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count();
    if (next) replace(given.map, *next);
    if (given.json) {
        object rows;
        for (auto const& one : tables) rows[one.table] = one.rows;
        object told{{"shard", given.shard}, {"rounds", rounds}, {"stood_ms", stood_ms}, {"rows", std::move(rows)}};
        if (next) told["map_version"] = next->version;
        with.out << boost::json::serialize(told) << "\n";
        return exit_done;
    }
    with.out << fmt::format("shard {}: copied in {} rounds, stood still for {} ms\n", given.shard, rounds, stood_ms);
    for (auto const& one : tables) with.out << fmt::format("{:<16} {} rows, the same in both\n", one.table, one.rows);
    with.out << (next ? fmt::format("{} has version {} now\n", given.map, next->version)
                      : std::string{"publish a map in which the other cluster has it: until then its commands wait\n"});
    return exit_done;
}
#else
int move_shard(move_arguments const&, streams) {
    throw std::invalid_argument{"store move-shard: this recourse was built without PostgreSQL"};
}
#endif

}  // namespace recourse::tools
