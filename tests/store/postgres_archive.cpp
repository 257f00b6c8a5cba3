// The archive in PostgreSQL: its partitions, its damages, and tables of before it.
#include <catch2/catch.hpp>

#include "postgres_adapter.hpp"
#include "recourse/store/archive.hpp"
#include "samples.hpp"
#include "servers/postgres_server.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

constexpr instant in_april{1'776'000'000'000'000};

struct filled {
    own_schema place{recourse::test::shared_postgres()};
    store::postgres_options options{.connection = place.connection, .schema = place.name};
    plain_connection admin{place.connection};
    std::unique_ptr<store::contract> at = store::open_postgres(options);
    std::unique_ptr<store::archive> archive = store::open_archive(options);

    filled() {
        for (auto const* const one : {"D-1", "D-2", "D-3"}) append_one(*at, sample(key(one), 0, "open", 3));
        std::vector<store::resting_dispute> const two{{key("D-1"), 3, in_april}, {key("D-2"), 3, in_april}};
        REQUIRE(archive->move(two).size() == 2);
    }
    std::string in(std::string const& sql) const {
        auto text = sql;
        for (auto found = text.find("recourse."); found != std::string::npos; found = text.find("recourse."))
            text.replace(found, 8, place.name);
        return admin(text);
    }
};

}  // namespace

TEST_CASE("archived disputes lie in the partitions of their month, and no longer among the others",
          "[store][postgres]") {
    filled const store;
    CHECK(store.in("SELECT count(*) FROM recourse.disputes") == "1");
    CHECK(store.in("SELECT count(*) FROM recourse.events") == "3");
    CHECK(store.in("SELECT count(*) FROM recourse.archived_disputes_2026_04") == "2");
    CHECK(store.in("SELECT count(*) FROM recourse.archived_events_2026_04") == "6");
    auto const months = store.archive->months();
    REQUIRE(months.size() == 1);
    CHECK(months[0].month == "2026_04");
    CHECK(months[0].disputes == 2);
    CHECK((months[0].from <= in_april && in_april < months[0].until));
    std::vector<recourse::store::resting_dispute> const next{
        {key("D-3"), 3, *parse_instant("2026-12-31T23:59:59.999999Z")}};
    CHECK(store.archive->move(next).size() == 1);
    CHECK(store.in("SELECT count(*) FROM recourse.archived_events_2026_12") == "3");
    CHECK(store.in("SELECT rests_until FROM recourse.archive_months WHERE month = '2026_12'") ==
          std::to_string(parse_instant("2027-01-01T00:00:00Z")->microseconds));
}

TEST_CASE("an archive that lost something, holds it twice or was changed is told by damages", "[store][postgres]") {
    filled const store;
    CHECK(store.at->damages().empty());
    auto const after = [&](std::string const& sql) {
        store.in("BEGIN");
        store.in(sql);
        store.in("COMMIT");
        auto const found = store.at->damages();
        return found.empty() ? std::string{} : found.front().what;
    };
    SECTION("a row of a dispute") {
        CHECK(after("DELETE FROM recourse.archived_disputes WHERE dispute = 'D-1'") ==
              "dispute G-1/D-1 is listed as archived, and its row is gone");
    }
    SECTION("its place in the list") {
        CHECK(after("DELETE FROM recourse.archived WHERE dispute = 'D-1'") ==
              "dispute G-1/D-1 was archived, and is not listed there");
    }
    SECTION("a state") {
        CHECK(after("UPDATE recourse.archived_disputes SET state = 'x' WHERE dispute = 'D-1'") ==
              "the row of the archived dispute differs from its seal");
    }
    SECTION("an event") {
        CHECK(after("DELETE FROM recourse.archived_events WHERE dispute = 'D-1' AND version = 2").empty());
        CHECK_THROWS_AS(store.at->events(key("D-1")), failure);  // as with any other dispute
    }
    SECTION("both places") {
        CHECK(
            after("INSERT INTO recourse.disputes (settlement_group, dispute, version, keys, head, state, seal) SELECT "
                  "settlement_group, dispute, version, keys, head, state, seal FROM recourse.archived_disputes "
                  "WHERE dispute = 'D-1'") == "dispute G-1/D-1 stands in the archive and among the others");
    }
}

TEST_CASE("tables of schema version 2 get the archive when they are opened for writing", "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    store::postgres_options const options{.connection = place.connection, .schema = place.name};
    append_one(*store::open_postgres(options), sample(key("D-1"), 0, "open", 2));
    plain_connection const admin{place.connection};
    make_third(admin, place.name);
    admin("DROP TABLE " + place.name + ".archive_months, " + place.name + ".archived, " + place.name +
          ".archived_disputes, " + place.name + ".archived_events");
    admin("UPDATE " + place.name + ".store SET version = 2");
    auto const archive = store::open_archive(options);
    CHECK(admin("SELECT version FROM " + place.name + ".store") == "4");
    std::vector<store::resting_dispute> const one{{key("D-1"), 2, in_april}};
    CHECK(archive->move(one).size() == 1);
    CHECK(store::open_postgres(options)->events(key("D-1")).size() == 2);
}

TEST_CASE("positions go on above those that only the archive has", "[store][postgres]") {
    filled const store;
    store.in("UPDATE recourse.archived_events SET position = position + (1::bigint << 40)");
    store.in("UPDATE recourse.archive_months SET last_position = last_position + (1::bigint << 40)");
    auto const again = recourse::store::open_postgres(store.options);
    append_one(*again, sample(key("D-4"), 0, "open"));
    auto const all = again->feed(0, 100);
    REQUIRE(all.size() == 10);
    CHECK(all.back().dispute == key("D-4"));
}

TEST_CASE("a month that is detached as the document says is gone, and nothing else", "[store][postgres]") {
    filled const store;
    std::vector<recourse::store::resting_dispute> const later{{key("D-3"), 3, *parse_instant("2026-05-01T00:00:00Z")}};
    REQUIRE(store.archive->move(later).size() == 1);
    store.in("ALTER TABLE recourse.archived_disputes DETACH PARTITION recourse.archived_disputes_2026_04");
    store.in("ALTER TABLE recourse.archived_events DETACH PARTITION recourse.archived_events_2026_04");
    store.in(
        "DELETE FROM recourse.archived AS listed USING recourse.archive_months AS month WHERE month.month = '2026_04' "
        "AND listed.rests_since >= month.rests_from AND listed.rests_since < month.rests_until");
    store.in("DELETE FROM recourse.archive_months WHERE month = '2026_04'");
    CHECK_FALSE(store.at->load(key("D-1")));
    CHECK(store.at->load(key("D-3"))->version == 3);
    CHECK(store.at->feed(0, 100).size() == 3);
    CHECK(store.at->damages().empty());
    CHECK(store.archive->months().size() == 1);
}
