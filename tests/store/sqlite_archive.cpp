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
        // What is missing, where it was expected, what to do.
        auto const gone = Catch::Contains("there is no file " + archive +
                                          ", and closed disputes were moved there; put it back beside the store");
        CHECK_THROWS_WITH(store.at->load(key("D-1")), gone);
        CHECK_THROWS_WITH(store.at->events(key("D-1")), gone);
        CHECK_THROWS_WITH(append_one(*store.at, sample(key("D-1"), 0, "open", 3)), gone);
        CHECK_THROWS_WITH(store.at->feed(0, 100), gone);
        CHECK_THROWS_WITH(store.at->feed(3, 100), gone);
        CHECK(store.at->feed(6, 100).size() == 3);  // nothing of these was archived
        CHECK(store.at->load(key("D-3"))->version == 3);
        CHECK_THAT(store.complaint(), gone);
        CHECK_THROWS_WITH(recourse::store::back_up(store.options, store.place / "copy.db"), gone);
        CHECK_FALSE(std::filesystem::exists(store.place / "copy.db"));
        CHECK_THROWS_WITH(recourse::store::export_lines(store.options, [](std::string_view) {}), gone);
        std::filesystem::rename(archive + "d", archive);
        CHECK(store.at->feed(0, 100).size() == 9);
        CHECK(store.complaint().empty());
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

TEST_CASE("a backup has the archive beside it, and is the same store", "[store]") {
    filled store;
    auto const before = store.at->feed(0, 100);
    auto const form = GENERATE(recourse::store::backup_form::pages, recourse::store::backup_form::compact);
    auto const copy = store.place / "copy.db";
    SECTION("where there is none, there is none") {
        recourse::store::back_up(store.options, copy, form);
        CHECK_FALSE(std::filesystem::exists(copy + ".archive"));
        CHECK(recourse::store::open_sqlite({.path = copy})->feed(0, 100) == before);
    }
    SECTION("where there is one") {
        CHECK(recourse::store::open_archive(store.options)->move(store.two).size() == 2);
        recourse::store::back_up(store.options, copy, form);
        auto const at = recourse::store::open_sqlite({.path = copy});
        CHECK(at->feed(0, 100) == before);
        CHECK(at->events(key("D-1")) == store.at->events(key("D-1")));
        CHECK(at->damages().empty());
    }
    SECTION("and nothing is written over, or left half") {
        CHECK(recourse::store::open_archive(store.options)->move(store.two).size() == 2);
        store.in("copy.db.archive", "CREATE TABLE of_somebody (one int)");
        CHECK_THROWS_AS(recourse::store::back_up(store.options, copy, form), failure);
        CHECK_FALSE(std::filesystem::exists(copy));
        CHECK(std::filesystem::exists(copy + ".archive"));
        // The control of the above: the first file alone is no backup.
        std::filesystem::remove(copy + ".archive");
        recourse::store::back_up(store.options, copy, form);
        std::filesystem::remove(copy + ".archive");
        CHECK_THROWS_AS(recourse::store::open_sqlite({.path = copy})->feed(0, 100), failure);
    }
}

TEST_CASE("an export has what is archived among the rest, line by line as if it had never been", "[store]") {
    filled store;
    auto const lines_of = [](recourse::store::sqlite_options const& options) {
        std::vector<std::string> lines;
        recourse::store::export_lines(options, [&](std::string_view line) { lines.emplace_back(line); });
        return lines;
    };
    auto const before = lines_of(store.options);
    auto const archive = recourse::store::open_archive(store.options);
    CHECK(archive->move(store.two).size() == 2);
    CHECK(lines_of(store.options) == before);
    // What came back and went on stands there once.
    CHECK(archive->restore(key("D-1")));
    CHECK(lines_of(store.options) == before);
    append_one(*store.at, sample(key("D-1"), 3, "it goes on"));
    auto const lines = lines_of(store.options);
    CHECK(lines.size() == before.size() + 1);
    std::size_t next = 0;
    recourse::store::sqlite_options const made{.path = store.place / "made.db"};
    recourse::store::import_lines(
        [&]() -> std::optional<std::string> {
            if (next == lines.size()) return std::nullopt;
            return lines[next++];
        },
        made);
    CHECK_FALSE(std::filesystem::exists(made.path + ".archive"));
    auto const at = recourse::store::open_sqlite(made);
    CHECK(at->damages().empty());
    for (auto const* const one : {"D-1", "D-2", "D-3"}) CHECK(at->events(key(one)) == store.at->events(key(one)));
    CHECK(at->feed(0, 100) == store.at->feed(0, 100));
    CHECK(lines_of(made).size() == lines.size());
    store.in("store.db.archive", "UPDATE disputes SET head = zeroblob(32) WHERE dispute = 'D-2'");
    CHECK_THROWS_WITH(lines_of(store.options), Catch::Contains("dispute G-1/D-2 was archived with another head"));
}
