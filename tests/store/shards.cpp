// Shards are the same for ever, and a map has each of them once.
#include "recourse/store/shards.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <stdexcept>
#include <string>

using namespace recourse;

namespace {

std::string const two_clusters =
    R"({"version":7,"clusters":[{"name":"a","connection":"host=10.0.0.1","shards":[[0,99],[101,127]]},)"
    R"({"name":"b","connection":"host=10.0.1.1","shards":[[128,255],[100,100]]}]})";

std::string problems_of(std::string const& json) {
    auto const read = store::read_shard_map(json);
    REQUIRE_FALSE(read);
    return to_text(read.error());
}

}  // namespace

TEST_CASE("a settlement group has the shard that it has always had") {
    // The first byte of `printf '%s' G-1 | sha256sum`.
    CHECK(int{store::shard_of(settlement_group{"G-1"})} == 0xc2);
    CHECK(int{store::shard_of(settlement_group{"G-2"})} == 0xf3);
    CHECK(int{store::shard_of(settlement_group{"order-1"})} == 0x0b);
    std::set<int> met;
    for (int group = 0; group < 10'000; ++group)
        met.insert(store::shard_of(settlement_group{"G-" + std::to_string(group)}));
    CHECK(met.size() == store::shards);
}

TEST_CASE("a map of shards says which cluster has a group, and is written as it is read") {
    auto const map = store::read_shard_map(two_clusters);
    REQUIRE(map);
    CHECK(map->version == 7);
    CHECK(store::cluster_of(*map, 0).name == "a");
    CHECK(store::cluster_of(*map, 127).name == "a");
    CHECK(store::cluster_of(*map, 100).name == "b");
    CHECK(store::cluster_of(*map, settlement_group{"G-1"}).connection == "host=10.0.1.1");
    CHECK(store::to_json(*map) == two_clusters);
    CHECK_THROWS_AS(store::cluster_of({}, 0), std::invalid_argument);
}

TEST_CASE("a map from which a shard moved has the next version, and each shard once") {
    auto const map = store::read_shard_map(two_clusters);
    REQUIRE(map);
    for (auto const shard : {0, 50, 99, 101, 127}) {
        auto const next = store::with_moved(*map, static_cast<std::uint8_t>(shard), "b");
        auto const read = store::read_shard_map(store::to_json(next));
        REQUIRE(read);
        CHECK(read->version == 8);
        for (unsigned each = 0; each < store::shards; ++each) {
            auto const one = static_cast<std::uint8_t>(each);
            CHECK(store::cluster_of(*read, one).name == (one == shard ? "b" : store::cluster_of(*map, one).name));
        }
    }
    CHECK_THROWS_AS(store::with_moved(*map, 200, "b"), std::invalid_argument);
    CHECK_THROWS_AS(store::with_moved(*map, 200, "c"), std::invalid_argument);
}

TEST_CASE("a map in which a shard is missing or stands twice is refused, all problems at once") {
    CHECK(problems_of(R"({"version":1,"clusters":[{"name":"a","connection":"host=x","shards":[[0,9],[12,200]]},)"
                      R"({"name":"a","connection":"","shards":[[200,253],[255,255]]}]})") ==
          "/clusters/1/name: \"a\" is the name of another cluster too\n"
          "/clusters/1/connection: says where the servers are; it is empty\n"
          "/clusters/1/shards/0: has a shard that \"a\" has too\n"
          "/clusters: no cluster has the shards 10 to 11\n"
          "/clusters: no cluster has the shard 254");
    CHECK(problems_of(R"({"version":0,"clusters":[{"name":"a","shards":[[9,0],[0,256],[1],"all"]}],"kluster":1})") ==
          "/version: expected an integer from 1 to 9007199254740991; found 0\n"
          "/clusters/0/connection: is missing\n"
          "/clusters/0/shards/0: the first shard, 9, is after the last, 0\n"
          "/clusters/0/shards/1/1: expected an integer from 0 to 255; found 256\n"
          "/clusters/0/shards/2: expected the first and the last shard, as in [0,127]; found an array\n"
          "/clusters/0/shards/3: expected the first and the last shard, as in [0,127]; found \"all\"\n"
          "/kluster: is not known here (did you mean \"clusters\"?)");
    CHECK(problems_of(R"({"version":1,"clusters":[]})") == "/clusters: a map has at least one cluster");
    CHECK_FALSE(store::read_shard_map("[]"));
    CHECK_FALSE(store::read_shard_map(""));
}
