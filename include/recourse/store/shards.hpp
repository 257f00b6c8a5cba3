// Many clusters of servers: which of them has a settlement group.
//
// A group belongs to one of 256 shards for ever, by its name alone; a map says which cluster has which shards, and changes.
// What concerns one group (its disputes, its payments, its effects) never leaves its shard, so no command needs two.
//
//     shard_of(settlement_group{"G-1"});                     // 194, on every machine and in every version
//     auto const map = store::read_shard_map(text);          // {"version":7,"clusters":[{"name":"a",...},...]}
//     auto const& at = store::cluster_of(*map, settlement_group{"G-1"});
//     store::open_postgres({.connection = at.connection});
//
// docs/operations.md tells how a host reads a newer map, and how a shard is moved.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/vocabulary/identity.hpp"
#include "recourse/vocabulary/input.hpp"
#include "recourse/vocabulary/result.hpp"

namespace recourse::store {

inline constexpr unsigned shards = 256;

// The first byte of SHA-256 of the group's name: 0 to 255.
std::uint8_t shard_of(settlement_group const&);

struct shard_range {  // both ends belong to it
    std::uint8_t first = 0;
    std::uint8_t last = 0;
    bool operator==(shard_range const&) const = default;
};

struct shard_cluster {
    std::string name{};        // for people and figures
    std::string connection{};  // as in postgres_options
    std::vector<shard_range> shards{};
    bool operator==(shard_cluster const&) const = default;
};

struct shard_map {
    std::uint64_t version = 0;  // from 1; of two maps the one with the higher version holds
    std::vector<shard_cluster> clusters{};
    bool operator==(shard_map const&) const = default;
};

// Each shard stands in exactly one cluster; all problems at once.
//
//     {"version":1,"clusters":[{"name":"a","connection":"host=10.0.0.1,10.0.0.2 dbname=shop","shards":[[0,127]]},
//                              {"name":"b","connection":"host=10.0.1.1,10.0.1.2 dbname=shop","shards":[[128,255]]}]}
result<shard_map, input_problems> read_shard_map(std::string_view json);
// The same in one line, as it is read.
std::string to_json(shard_map const&);

// Of a map that was read: it has every shard.
shard_cluster const& cluster_of(shard_map const&, std::uint8_t shard);
shard_cluster const& cluster_of(shard_map const&, settlement_group const&);

// The next version of the map, in which the cluster of that name has the shard. Throws std::invalid_argument if there is no
// such cluster, or if it has the shard.
shard_map with_moved(shard_map map, std::uint8_t shard, std::string_view to);

}  // namespace recourse::store
