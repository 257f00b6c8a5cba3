// Tables of before are brought up to date: whole or not at all, with all that was in them.
#include <catch2/catch.hpp>

#include <functional>
#include <string>

#include "postgres_adapter.hpp"
#include "recourse/store/shards.hpp"
#include "servers/postgres_server.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

std::string kind_thrown(std::function<void()> const& work) {
    try {
        work();
    } catch (failure const& thrown) {
        return std::string{name(thrown.kind())} + ": " + thrown.what();
    }
    return "";
}

}  // namespace

TEST_CASE("tables of schema version 3 keep their rows when states and lines move to the end, and are fenced as before",
          "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    store::postgres_options options{.connection = place.connection, .schema = place.name};
    auto one = sample(key("D-1"), 0, "open");
    one.next_due = instant{100};
    one.outbox = {{"a", "1"}, {"b", "2"}};
    one.ledger = {{row(1, 100, 40, 0)}};
    auto const other = sample(key("D-2", "G-2"), 0, "other");
    append_all(*store::open_postgres(options), {one, other});
    auto const elsewhere = store::shard_of(settlement_group{"G-2"});
    store::fence_shard(options, elsewhere);
    plain_connection const admin{place.connection};
    make_third(admin, place.name);
    auto const last = [&](std::string const& table) {
        return admin("SELECT attname FROM pg_attribute WHERE attrelid = '" + place.name + "." + table +
                     "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum DESC LIMIT 1");
    };
    CHECK(last("disputes") == "seal");
    CHECK(last("ledger") == "seal");
    options.read_only = true;
    CHECK(kind_thrown([&] { static_cast<void>(store::open_postgres(options)); }).find("store_unavailable") == 0);
    options.read_only = false;
    // A bring-up that fails in the middle changes nothing: one row of before has no lines.
    admin("ALTER TABLE " + place.name + ".ledger ALTER COLUMN lines DROP NOT NULL");
    admin("UPDATE " + place.name + ".ledger SET lines = NULL");
    CHECK_FALSE(kind_thrown([&] { static_cast<void>(store::open_postgres(options)); }).empty());
    CHECK(last("disputes") == "seal");
    CHECK(admin("SELECT version FROM " + place.name + ".store") == "3");
    admin("UPDATE " + place.name + ".ledger SET lines = 'lines'");
    auto at = store::open_postgres(options);
    CHECK(admin("SELECT version FROM " + place.name + ".store") == "4");
    CHECK(last("disputes") == "state");
    CHECK(last("ledger") == "lines");
    CHECK(admin("SELECT string_agg(indexrelid::regclass::text, ' ' ORDER BY indexrelid::regclass::text) FROM pg_index "
                "WHERE indrelid = '" +
                place.name + ".outbox'::regclass") == place.name + ".outbox_dispute " + place.name + ".outbox_pkey");
    CHECK(at->damages().empty());
    CHECK(at->load(key("D-1"))->state == "state after open");
    CHECK(at->ledger(settlement_group{"G-1"}, payment_id{"P-1"})->lines == "lines");
    CHECK(at->outbox(0, 10).size() == 2);
    CHECK(at->claim_outbox({"w-1", {100}, {200}, 10}).size() == 1);  // the second waits for the first
    CHECK(append_one(*at, sample(key("D-1"), 1, "next")) == store::outcome{store::committed{2}});
    CHECK(kind_thrown([&] { append_one(*at, sample(key("D-2", "G-2"), 1, "fenced")); }).find("store_unavailable") == 0);
    store::open_shard(options, elsewhere);
    CHECK(append_one(*at, sample(key("D-2", "G-2"), 1, "fenced")) == store::outcome{store::committed{2}});
}

TEST_CASE("tables of schema version 1 are brought up to date when they are opened for writing", "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    store::postgres_options options{.connection = place.connection, .schema = place.name};
    auto one = sample(key("D-1"), 0, "open");
    one.next_due = instant{100};
    one.outbox = {{"a", "1"}, {"b", "2"}};
    append_one(*store::open_postgres(options), one);
    plain_connection const admin{place.connection};
    make_third(admin, place.name);
    admin("ALTER TABLE " + place.name + ".disputes DROP COLUMN lease_worker");
    admin("ALTER TABLE " + place.name +
          ".outbox DROP COLUMN lease_worker, DROP COLUMN attempts, DROP COLUMN parked_at, DROP COLUMN reason");
    admin("DROP TABLE " + place.name + ".archive_months, " + place.name + ".archived, " + place.name +
          ".archived_disputes, " + place.name + ".archived_events");
    admin("UPDATE " + place.name + ".store SET version = 1");
    options.read_only = true;
    CHECK(kind_thrown([&] { static_cast<void>(store::open_postgres(options)); }).find("store_unavailable") == 0);
    options.read_only = false;
    auto at = store::open_postgres(options);
    CHECK(admin("SELECT version FROM " + place.name + ".store") == "4");
    CHECK(at->claim_due({"w-1", {100}, {200}, 10}).size() == 1);
    auto const effect = at->claim_outbox({"w-1", {100}, {200}, 10});
    REQUIRE(effect.size() == 1);
    CHECK(at->settle_claimed(effect[0], store::parked{{100}, "poison"}));
    CHECK(store::open_postgres(options)->parked_effects(0, 10).size() == 1);
    CHECK(at->damages().empty());
}
