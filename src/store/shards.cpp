// The map of shards, and its JSON.
#include "recourse/store/shards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "recourse/vocabulary/digest.hpp"
#include "vocabulary/json.hpp"

namespace recourse::store {

// Found by its argument when the list of a cluster is read and written: a range is [first,last].
static void read_value(json::value const& from, shard_range& into, json::place const& where, json::problems& found) {
    auto const* const ends = from.if_array();
    if (ends == nullptr || ends->size() != 2)
        return found.report(where,
                            "expected the first and the last shard, as in [0,127]; found " + json::picture(from));
    constexpr auto last = static_cast<std::int64_t>(shards) - 1;
    auto const first = json::read_integer((*ends)[0], where.element(0), found, 0, last);
    auto const end = json::read_integer((*ends)[1], where.element(1), found, 0, last);
    if (!first || !end) return;
    if (*first > *end)
        return found.report(where, fmt::format("the first shard, {}, is after the last, {}", *first, *end));
    into = {static_cast<std::uint8_t>(*first), static_cast<std::uint8_t>(*end)};
}

static void write_value(std::string& out, shard_range const& one) {
    out += fmt::format("[{},{}]", one.first, one.last);
}

BOOST_DESCRIBE_STRUCT(shard_cluster, (), (name, connection, shards))
BOOST_DESCRIBE_STRUCT(shard_map, (), (version, clusters))

}  // namespace recourse::store

namespace recourse::json {

template <>
inline constexpr std::array<number_range, 1> ranges<store::shard_map>{{{"version", 1, 9'007'199'254'740'991}}};
template <>
inline constexpr std::array<needed_list, 1> needed<store::shard_map>{{{"clusters", "a map has at least one cluster"}}};

}  // namespace recourse::json

namespace recourse::store {
namespace {

void require_names(shard_map const& map, json::place const& clusters, json::problems& found) {
    std::set<std::string_view> names;
    for (std::size_t at = 0; at < map.clusters.size(); ++at) {
        auto const& one = map.clusters[at];
        auto const where = clusters.element(at);
        if (one.name.empty()) found.report(where.member("name"), "a cluster has a name");
        if (!one.name.empty() && !names.insert(one.name).second)
            found.report(where.member("name"), fmt::format("\"{}\" is the name of another cluster too", one.name));
        if (one.connection.empty()) found.report(where.member("connection"), "says where the servers are; it is empty");
    }
}

void require_every_shard(shard_map const& map, json::place const& clusters, json::problems& found) {
    std::array<std::string const*, shards> owners{};
    for (std::size_t at = 0; at < map.clusters.size(); ++at) {
        auto const cluster = clusters.element(at);
        auto const list = cluster.member("shards");
        auto const& ranges = map.clusters[at].shards;
        for (std::size_t range = 0; range < ranges.size(); ++range) {
            std::string const* before = nullptr;
            for (unsigned shard = ranges[range].first; shard <= ranges[range].last; ++shard) {
                if (before == nullptr) before = owners.at(shard);
                owners.at(shard) = &map.clusters[at].name;
            }
            if (before != nullptr)
                found.report(list.element(range), fmt::format("has a shard that \"{}\" has too", *before));
        }
    }
    for (unsigned shard = 0; shard < shards; ++shard) {
        if (owners.at(shard) != nullptr) continue;
        unsigned last = shard;
        while (last + 1 < shards && owners.at(last + 1) == nullptr) ++last;
        found.report(clusters, last == shard ? fmt::format("no cluster has the shard {}", shard)
                                             : fmt::format("no cluster has the shards {} to {}", shard, last));
        shard = last;
    }
}

}  // namespace

std::uint8_t shard_of(settlement_group const& group) { return sha256(group.text()).bytes[0]; }

result<shard_map, input_problems> read_shard_map(std::string_view text) {
    json::problems found;
    shard_map map;
    json::place const root;
    auto const document = json::parse(text, json::origin::foreign, found);
    if (document) json::read_value(*document, map, root, found);
    // What could not be read would be told a second time as missing.
    if (found.none()) {
        auto const clusters = root.member("clusters");
        require_names(map, clusters, found);
        require_every_shard(map, clusters, found);
    }
    if (!found.none()) return failed{found.take()};
    return map;
}

std::string to_json(shard_map const& map) { return json::to_json(map); }

shard_cluster const& cluster_of(shard_map const& map, std::uint8_t shard) {
    for (auto const& one : map.clusters)
        for (auto const& range : one.shards)
            if (range.first <= shard && shard <= range.last) return one;
    throw std::invalid_argument{fmt::format("the map of version {} has no shard {}", map.version, shard)};
}

shard_cluster const& cluster_of(shard_map const& map, settlement_group const& group) {
    return cluster_of(map, shard_of(group));
}

shard_map with_moved(shard_map map, std::uint8_t shard, std::string_view to) {
    auto const target =
        std::find_if(map.clusters.begin(), map.clusters.end(), [&](auto const& one) { return one.name == to; });
    if (target == map.clusters.end()) throw std::invalid_argument{fmt::format("the map has no cluster \"{}\"", to)};
    if (&cluster_of(map, shard) == &*target)
        throw std::invalid_argument{fmt::format("cluster \"{}\" has the shard {} already", to, shard)};
    for (auto& cluster : map.clusters) {
        std::vector<shard_range> left;
        for (auto const& [first, last] : cluster.shards) {
            if (shard < first || last < shard) {
                left.push_back({first, last});
                continue;
            }
            if (first < shard) left.push_back({first, static_cast<std::uint8_t>(shard - 1)});
            if (shard < last) left.push_back({static_cast<std::uint8_t>(shard + 1), last});
        }
        cluster.shards = std::move(left);
    }
    target->shards.push_back({shard, shard});
    ++map.version;
    return map;
}

}  // namespace recourse::store
