// A shard that is about to move is written by nobody any more, and the others by everybody.
#include <catch2/catch.hpp>

#include <chrono>
#include <future>
#include <string>
#include <variant>

#include "postgres_adapter.hpp"
#include "recourse/store/shards.hpp"
#include "samples.hpp"
#include "servers/postgres_server.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

std::string refused(store::contract& at, dispute_key const& dispute, std::string const& command) {
    try {
        auto const now = at.load(dispute);
        append_one(at, sample(dispute, now ? now->version : 0, command));
        return "committed";
    } catch (failure const& problem) {
        return std::string{name(problem.kind())} + ": " + problem.what();
    }
}

}  // namespace

TEST_CASE("a fenced shard refuses appends so that they are sent again, and the other shards do not notice",
          "[every_adapter]") {
    own_schema const place{recourse::test::shared_postgres()};
    store::postgres_options const options{.connection = place.connection, .schema = place.name};
    auto const at = store::open_postgres(options);
    auto const moved = key("D-1", "G-1");
    auto const other = key("D-1", "G-2");
    auto const shard = store::shard_of(moved.group);
    REQUIRE(shard != store::shard_of(other.group));
    CHECK(refused(*at, moved, "before") == "committed");

    store::fence_shard(options, shard);
    store::fence_shard(options, shard);
    CHECK(refused(*at, moved, "during").find("store_unavailable: ") == 0);
    CHECK(refused(*at, moved, "during").find("shard 194 is being moved, or has moved, to another cluster") !=
          std::string::npos);
    CHECK(refused(*at, key("D-2", "G-1"), "new").find("store_unavailable: ") == 0);
    CHECK(refused(*at, other, "beside") == "committed");
    CHECK(at->load(moved)->version == 1);
    CHECK_FALSE(at->load(key("D-2", "G-1")));

    store::open_shard(options, shard);
    store::open_shard(options, shard);
    CHECK(refused(*at, moved, "during") == "committed");
    CHECK(at->damages().empty());
}

TEST_CASE("a fence waits for the append that is under way, and no append slips through it", "[every_adapter]") {
    own_schema const place{recourse::test::shared_postgres()};
    store::postgres_options const options{.connection = place.connection, .schema = place.name};
    auto const at = store::open_postgres(options);
    auto const dispute = key("D-1", "G-1");
    plain_connection const host{place.connection};
    auto const in_transaction = store::open_postgres({.schema = place.name, .host = host.handle()});
    host("BEGIN");
    CHECK(std::holds_alternative<store::committed>(append_one(*in_transaction, sample(dispute, 0, "under way"))));

    auto fence = std::async(std::launch::async, [&] { store::fence_shard(options, store::shard_of(dispute.group)); });
    CHECK(fence.wait_for(std::chrono::milliseconds{300}) == std::future_status::timeout);
    host("COMMIT");
    fence.get();
    CHECK(at->load(dispute)->version == 1);
    CHECK(refused(*at, dispute, "late").find("store_unavailable: ") == 0);
    CHECK(at->load(dispute)->version == 1);
}
