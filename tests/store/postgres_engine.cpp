// The engine over PostgreSQL: the same events, states and answers as over memory.
#include <catch2/catch.hpp>

#include "postgres_adapter.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/verify.hpp"
#include "recourse/store/memory.hpp"
#include "servers/postgres_server.hpp"

using namespace recourse;

namespace {

money euro(std::int64_t minor) { return {minor, *currency::find("EUR")}; }
instant at(char const* text) { return *parse_instant(text); }

dispute_key one_dispute() { return {settlement_group{"G-1"}, dispute_id{"D-1"}}; }

command opening() {
    dispute::open_dispute body;
    body.policy = policy_id{"aliexpress"};
    body.order = {order_id{"O-1"},
                  payment_id{"P-1"},
                  euro(300),
                  {actor_id{"anna"}, "Europe/Brussels", "BE"},
                  {actor_id{"shop"}, "Asia/Shanghai", "CN"},
                  {{line_id{"mug"}, 3, euro(300)}},
                  {},
                  at("2026-02-01T00:00:00Z"),
                  {},
                  {},
                  0};
    body.reason = reason{"not_received"};
    body.lines = {{line_id{"mug"}, 3}};
    body.award = {remedy::full_refund, euro(300)};
    return {command_id{"c-1"}, one_dispute(), {role::buyer, actor_id{"anna"}}, {}, body};
}

void play(store::contract& in) {
    auto const noon = at("2026-02-10T12:00:00Z");
    dispute_engine engine{in};
    CHECK(engine.submit(opening(), noon).accepted());
    CHECK(engine.submit(opening(), noon).accepted());  // the same again
    actor const shop{role::seller, actor_id{"shop"}};
    CHECK(engine.submit({command_id{"c-2"}, one_dispute(), shop, {}, offer::accept_offer{1}}, noon).accepted());
    CHECK_FALSE(engine.submit({command_id{"c-3"}, one_dispute(), shop, {}, offer::accept_offer{1}}, noon).accepted());
    actor const bank{role::host, actor_id{"bank"}};
    CHECK(engine.submit({command_id{"c-4"}, one_dispute(), bank, {}, refund::confirm_refund{1, euro(300), "R-1"}}, noon)
              .accepted());
}

}  // namespace

TEST_CASE("a dispute in PostgreSQL has the bytes and links that it has in memory, and is sound", "[store][postgres]") {
    store_samples::own_schema const place{recourse::test::shared_postgres()};
    auto const server = store::open_postgres({.connection = place.connection, .schema = place.name});
    auto const memory = store::open_memory();
    play(*server);
    play(*memory);
    CHECK(server->events(one_dispute()) == memory->events(one_dispute()));
    auto const here = server->load(one_dispute());
    auto const there = memory->load(one_dispute());
    REQUIRE(here);
    REQUIRE(there);
    CHECK(here->state == there->state);
    CHECK(here->head == there->head);
    CHECK(here->command_hashes == there->command_hashes);
    settlement_group const group{"G-1"};
    CHECK(server->ledger(group, payment_id{"P-1"}) == memory->ledger(group, payment_id{"P-1"}));
    CHECK(server->outbox(0, 100).size() == memory->outbox(0, 100).size());
    CHECK(verify(*server).sound());
}
