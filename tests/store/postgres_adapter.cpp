// PostgreSQL among the adapters.
#include "postgres_adapter.hpp"

#include <unistd.h>

#include <exception>

#include "servers/postgres_server.hpp"

namespace store_samples {

own_schema::own_schema(std::string at) : connection{std::move(at)} {
    static int made = 0;
    name = "test_" + std::to_string(getpid()) + "_" + std::to_string(++made);
}

own_schema::~own_schema() {
    try {
        plain_connection{connection}("SET client_min_messages = error; DROP SCHEMA IF EXISTS " + name + " CASCADE");
    } catch (std::exception const&) {  // the server is gone, and the schema with it
    }
}

void make_third(plain_connection const& admin, std::string const& schema) {
    auto const moved_to_end = [&](std::string const& table, std::string const& column) {
        auto const at = schema + "." + table;
        admin("ALTER TABLE " + at + " ADD COLUMN moved bytea");
        admin("UPDATE " + at + " SET moved = " + column);
        admin("ALTER TABLE " + at + " DROP COLUMN " + column + ", ALTER COLUMN moved SET NOT NULL");
        admin("ALTER TABLE " + at + " RENAME COLUMN moved TO " + column);
    };
    moved_to_end("disputes", "seal");
    moved_to_end("ledger", "seal");
    admin("DROP INDEX " + schema + ".outbox_dispute");
    admin("ALTER TABLE " + schema + ".outbox DROP CONSTRAINT outbox_pkey");
    admin("ALTER TABLE " + schema + ".outbox ADD PRIMARY KEY (settlement_group, dispute, version, effect)");
    admin("CREATE INDEX outbox_position ON " + schema + ".outbox (position)");
    admin("UPDATE " + schema + ".store SET version = 3");
}

namespace {

opened in_postgres() {
    auto place = std::make_shared<own_schema>(recourse::test::shared_postgres());
    auto at = store::open_postgres({.connection = place->connection, .schema = place->name});
    return {std::move(place), std::move(at)};
}
opened in_postgres_again(opened const& first) {
    auto const place = std::static_pointer_cast<own_schema>(first.place);
    return {place, store::open_postgres({.connection = place->connection, .schema = place->name})};
}
std::unique_ptr<store::archive> archive_in_postgres(opened const& first) {
    auto const place = std::static_pointer_cast<own_schema>(first.place);
    return store::open_archive(store::postgres_options{.connection = place->connection, .schema = place->name});
}
registered const postgres{{"postgres", in_postgres, in_postgres_again, archive_in_postgres, true}};

}  // namespace
}  // namespace store_samples
