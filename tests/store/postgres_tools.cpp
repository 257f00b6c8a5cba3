// `recourse store archive`, `restore` and `move-shard` over PostgreSQL and over a file.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "postgres_adapter.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/store/shards.hpp"
#include "recourse/store/sqlite.hpp"
#include "samples.hpp"
#include "servers/postgres_server.hpp"
#include "tools/said.hpp"

using namespace recourse;
using Catch::Contains;
using test::run;

namespace {

// "host=127.0.0.1 port=1 user=x dbname=y" as a URI.
std::string uri_of(store_samples::own_schema const& place) {
    auto const value = [&](std::string const& name) {
        auto const at = (" " + place.connection).find(" " + name + "=");
        REQUIRE(at != std::string::npos);
        auto const start = at + name.size() + 1;
        return place.connection.substr(start, place.connection.find(' ', start) - start);
    };
    return "postgres://" + value("user") + "@" + value("host") + ":" + value("port") + "/" + value("dbname") +
           "?schema=" + place.name;
}

// Closed, with nothing left to do; and one of another group that is open.
void fill(store::contract& in) {
    auto const at = *parse_instant("2026-02-10T12:00:00Z");
    dispute_engine engine{in};
    for (auto const* const group : {"G-1", "G-2"}) {
        dispute::open_dispute body;
        body.policy = policy_id{"aliexpress"};
        money const all{300, *currency::find("EUR")};
        body.order = {order_id{"O-1"},
                      payment_id{"P-1"},
                      all,
                      {actor_id{"anna"}, "Europe/Brussels", "BE"},
                      {actor_id{"shop"}, "Asia/Shanghai", "CN"},
                      {{line_id{"mug"}, 3, all}},
                      {},
                      *parse_instant("2026-02-01T00:00:00Z"),
                      {},
                      {},
                      0};
        body.reason = reason{"not_received"};
        body.lines = {{line_id{"mug"}, 3}};
        body.award = {remedy::full_refund, all};
        dispute_key const dispute{settlement_group{group}, dispute_id{"D-1"}};
        REQUIRE(engine.submit({command_id{"open"}, dispute, {role::buyer, actor_id{"anna"}}, {}, body}, at).accepted());
        if (group == std::string{"G-2"}) break;
        REQUIRE(
            engine
                .submit({command_id{"no"}, dispute, {role::buyer, actor_id{"anna"}}, {}, dispute::withdraw_dispute{}},
                        at)
                .accepted());
    }
    for (auto const& one : in.outbox(0, 100)) in.settle(one.position);
}

void archives(std::string const& store) {
    CHECK(run({"store", "archive", "--store", store}).code == tools::exit_usage);
    CHECK(run({"store", "archive", "--store", store, "--before", "yesterday"}).code == tools::exit_usage);
    CHECK_THAT(run({"store", "archive", "--store", store, "--before", "2026-02-10T00:00:00Z", "--json"}).out,
               Contains(R"("looked_at":1,"over":0,"archived":0)"));
    auto const shown = run({"show", "--store", store, "G-1/D-1"});
    CHECK(shown.code == tools::exit_done);
    auto const exported = run({"export", "--store", store, "G-1/D-1"});
    auto const done = run({"store", "archive", "--store", store, "--older-than", "1", "--json"});
    CHECK(done.code == tools::exit_done);
    CHECK_THAT(done.out,
               Contains(R"("over":1,"archived":1,"unreadable":[],"archive":[{"month":"2026_02","disputes":1}])"));
    CHECK(run({"show", "--store", store, "G-1/D-1"}).out == shown.out);
    CHECK(run({"export", "--store", store, "G-1/D-1"}).out == exported.out);
    CHECK_THAT(run({"store", "verify", "--store", store}).out, Contains("2 disputes") && Contains("sound"));
    CHECK(run({"store", "restore", "--store", store, "G-1/D-1"}).code == tools::exit_done);
    CHECK(run({"store", "restore", "--store", store, "G-1/D-1"}).code == tools::exit_usage);
    CHECK(run({"show", "--store", store, "G-1/D-1"}).out == shown.out);
}

}  // namespace

TEST_CASE("an operator archives closed disputes of a file, and brings one back") {
    store_samples::folder const place;
    auto const path = place / "store.db";
    fill(*store::open_sqlite({.path = path}));
    archives(path);
}

TEST_CASE("an operator archives closed disputes on a server, and brings one back", "[every_adapter]") {
    store_samples::own_schema const place{test::shared_postgres()};
    fill(*store::open_postgres({.connection = place.connection, .schema = place.name}));
    archives(uri_of(place));
}

TEST_CASE("an operator moves a shard to another server, and the map has its next version", "[every_adapter]") {
    store_samples::own_schema const first{test::shared_postgres()};
    store_samples::own_schema const second{test::shared_postgres()};
    fill(*store::open_postgres({.connection = first.connection, .schema = first.name}));
    store_samples::folder const place;
    auto const map = place / "map.json";
    std::ofstream{map} << R"({"version":3,"clusters":[{"name":"a","connection":"x","shards":[[0,255]]},)"
                       << R"({"name":"b","connection":"y","shards":[]}]})";
    auto const from = uri_of(first);
    auto const to = uri_of(second);
    CHECK(run({"store", "move-shard", "--store", from, "--to", "file.db", "--shard", "194"}).code == tools::exit_usage);
    CHECK(run({"store", "move-shard", "--store", from, "--to", to, "--shard", "256"}).code == tools::exit_usage);
    auto const done = run({"store", "move-shard", "--store", from, "--to", to, "--shard", "194", "--map", map,
                           "--cluster", "b", "--json"});
    INFO(done.error);
    CHECK(done.code == tools::exit_done);
    CHECK_THAT(done.out, Contains(R"("map_version":4)") && Contains(R"("disputes":1)"));
    std::ifstream file{map};
    auto const next = store::read_shard_map(std::string{std::istreambuf_iterator<char>{file}, {}});
    REQUIRE(next);
    CHECK(store::cluster_of(*next, 194).name == "b");
    CHECK_THAT(run({"store", "verify", "--store", to}).out, Contains("1 disputes") && Contains("sound"));
    CHECK(run({"show", "--store", to, "G-1/D-1"}).code == tools::exit_done);
}

TEST_CASE("submit and run-due ring the bell of workers that listen if they are asked to", "[store][postgres]") {
    store_samples::own_schema const place{recourse::test::shared_postgres()};
    store::postgres_options const options{.connection = place.connection, .schema = place.name};
    auto const at = store::open_postgres(options);
    auto const opening = [](std::string const& group) {
        return R"({"id":"open","dispute":")" + group +
               R"(/D-1","as":{"role":"buyer","id":"anna"},"do":{"open_dispute":{"policy":"aliexpress","order":{"order":"O-1",)"
               R"("payment":"P-1","captured":{"currency":"EUR","minor":300},"buyer":{"id":"anna","zone":"Europe/Brussels",)"
               R"("calendar":"BE"},"seller":{"id":"shop","zone":"Asia/Shanghai","calendar":"CN"},"lines":[{"line":"mug",)"
               R"("units":3,"paid":{"currency":"EUR","minor":300}}],"shipped_at":"2026-02-01T00:00:00Z"},)"
               R"("reason":"not_received","lines":[{"line":"mug","units":3}],"award":{"remedy":"full_refund",)"
               R"("amount":{"currency":"EUR","minor":300}}}}})";
    };
    store::work_bell bell{options};
    bell.wait(1);  // from here on it listens
    auto const uri = uri_of(place);
    auto const submit = [&](std::vector<std::string> words, std::string const& group) {
        words.insert(words.begin(), {"submit", "--store", uri, "--now", "2026-02-10T12:00:00Z"});
        auto const said = run(words, opening(group));
        CHECK_THAT(said.out, Contains(R"("accepted":true)"));
        CHECK(said.code == tools::exit_done);
    };
    submit({}, "G-1");
    CHECK_FALSE(bell.wait(300));
    submit({"--announce"}, "G-2");
    CHECK(bell.wait(30'000));
    CHECK(run({"run-due", "--store", uri, "--now", "2026-06-01T00:00:00Z", "--announce"}).code == tools::exit_done);
    CHECK(bell.wait(30'000));
    store_samples::folder const files;
    auto const refused = run({"submit", "--store", files / "a.db", "--announce"}, opening("G-3"));
    CHECK(refused.code == tools::exit_usage);
    CHECK_THAT(refused.error, Contains("--announce: only a store in PostgreSQL has a bell"));
    CHECK(run({"submit", "--announce"}, opening("G-3")).code == tools::exit_usage);
}
