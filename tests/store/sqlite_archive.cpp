// The second file of a SQLite store: killed between its two transactions, missing, changed.
#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <filesystem>

#include "recourse/store/archive.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/store/sqlite_upkeep.hpp"
#include "samples.hpp"
#include "store/sqlite/archive.hpp"
#include "store/sqlite/format.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

constexpr instant in_april{1'776'000'000'000'000};

struct filled {
    folder place;
    store::sqlite_options options{.path = place / "store.db"};
    std::unique_ptr<store::contract> at = store::open_sqlite(options);
    std::vector<store::resting_dispute> two{{key("D-1"), 3, in_april}, {key("D-2"), 3, in_april}};

    filled() {
        for (auto const* const one : {"D-1", "D-2", "D-3"}) append_one(*at, sample(key(one), 0, "open", 3));
    }
    void in(std::string const& file, std::string const& sql) const {
        sqlite3* handle = nullptr;
        REQUIRE(sqlite3_open((place / file).c_str(), &handle) == SQLITE_OK);
        CHECK(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(handle);
    }
    [[nodiscard]] std::string complaint() const {
        auto const found = at->damages();
        return found.empty() ? std::string{} : found.front().what;
    }
};

}  // namespace

TEST_CASE("a move that is cut off between its two files has lost nothing, and is finished by the same again",
          "[store]") {
    filled store;
    auto const before = store.at->feed(0, 100);
    {
        recourse::store::sqlite::connection from{store.options};
        auto options = store.options;
        options.path = recourse::store::sqlite::archive_path(options.path);
        recourse::store::sqlite::connection to{options};
        recourse::store::sqlite::settle_format(from);
        recourse::store::sqlite::settle_format(to);
        CHECK(recourse::store::sqlite::copy_to_archive(from, to, store.two).size() == 2);
    }  // and here it was killed
    CHECK(store.at->feed(0, 100) == before);
    CHECK(store.complaint().empty());
    // Meanwhile one goes on: what the archive has of it is a beginning of its log and harms nobody.
    append_one(*store.at, sample(key("D-2"), 3, "it goes on"));
    append_one(*store.at, sample(key("D-3"), 3, "the last of the file"));
    auto const archive = recourse::store::open_archive(store.options);
    CHECK(archive->move(store.two) == std::vector{key("D-1")});
    CHECK(store.at->feed(0, 100).size() == before.size() + 2);
    CHECK(store.at->events(key("D-1")).size() == 3);
    CHECK(store.at->events(key("D-2")).size() == 4);
    CHECK(store.complaint().empty());
    std::vector<recourse::store::resting_dispute> const now{{key("D-2"), 4, in_april}};
    CHECK(archive->move(now).size() == 1);
    CHECK(store.at->events(key("D-2")).size() == 4);
    CHECK(store.at->feed(0, 100).size() == before.size() + 2);
    CHECK(store.complaint().empty());
}

TEST_CASE("the dispute with the last event of a file stays, so that no position is given twice", "[store]") {
    filled const store;
    auto const archive = recourse::store::open_archive(store.options);
    std::vector<recourse::store::resting_dispute> const last{{key("D-3"), 3, in_april}};
    CHECK(archive->move(last).empty());
    CHECK(archive->move(store.two).size() == 2);
    append_one(*store.at, sample(key("D-4"), 0, "open"));
    CHECK(store.at->feed(0, 100).back().position == 10);
    CHECK(archive->move(last).size() == 1);
}

TEST_CASE("a copy that does not agree with itself is not relied on", "[store]") {
    filled const store;
    recourse::store::sqlite::connection from{store.options};
    recourse::store::sqlite::settle_format(from);
    SECTION("with a chain that is broken") {
        store.in("store.db", "UPDATE events SET body = x'00' WHERE dispute = 'D-1' AND version = 2");
        auto const archive = recourse::store::open_archive(store.options);
        CHECK(archive->move(store.two) == std::vector{key("D-2")});
        CHECK(store.at->events(key("D-1")).size() == 3);
    }
    SECTION("with another head than the first file has by now") {
        std::vector<recourse::store::sqlite::copied_dispute> const other{{key("D-1"), 3, sha256("other")}};
        CHECK(recourse::store::sqlite::leave_in_archive(from, other).empty());
    }
}

TEST_CASE("an archive that is missing, or has lost or changed something, is told, and the others go on", "[store]") {
    filled store;
    CHECK(recourse::store::open_archive(store.options)->move(store.two).size() == 2);
    auto const archive = recourse::store::sqlite::archive_path(store.options.path);
    CHECK(store.complaint().empty());
    SECTION("missing") {
        store.at.reset();
        std::filesystem::rename(archive, archive + "d");
        store.at = recourse::store::open_sqlite(store.options);
        CHECK_THROWS_AS(store.at->load(key("D-1")), failure);
        CHECK_THROWS_AS(store.at->events(key("D-1")), failure);
        CHECK_THROWS_AS(append_one(*store.at, sample(key("D-1"), 0, "open", 3)), failure);
        CHECK(store.at->load(key("D-3"))->version == 3);
        CHECK(store.complaint() == "dispute G-1/D-1 was archived, and the archive does not have it");
    }
    SECTION("a dispute is gone") {
        store.in("store.db.archive", "DELETE FROM disputes WHERE dispute = 'D-1'");
        CHECK_THROWS_AS(store.at->load(key("D-1")), failure);
        CHECK(store.complaint() == "dispute G-1/D-1 was archived, and the archive does not have it");
        CHECK_THROWS_AS(recourse::store::open_archive(store.options)->restore(key("D-1")), failure);
    }
    SECTION("another head") {
        store.in("store.db.archive", "UPDATE disputes SET head = zeroblob(32) WHERE dispute = 'D-1'");
        CHECK_THROWS_AS(store.at->load(key("D-1")), failure);
        CHECK(store.complaint() == "the archive has dispute G-1/D-1 with another head");
    }
    SECTION("an event is changed") {
        store.in("store.db.archive", "UPDATE events SET body = x'00' WHERE dispute = 'D-1' AND version = 2");
        CHECK_THROWS_AS(recourse::store::open_archive(store.options)->restore(key("D-1")), failure);
    }
}
