// Files of an older schema: brought up to date when they are opened for writing, with links and seals over what they hold.
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <iterator>

#include "other_program.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "samples.hpp"
#include "store/seal.hpp"

using namespace recourse;
using namespace store_samples;
using store::open_sqlite;

namespace {

std::string text_of(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// A store as version 1 made it: two disputes whose events were written in turn, one effect settled and one pending.
void make_first_version(std::string const& path) {
    other_program file{path};
    for (auto const* table : {"disputes", "disputes_due", "events", "ledger", "outbox", "policies"}) {
        auto const text = text_of(RECOURSE_SOURCE_DIR "/src/store/sqlite/schema_1/" + std::string{table} + ".sql");
        file.run(text.substr(text.find("CREATE")));
    }
    auto const hash = "x'" + to_text(sha256("{}")) + "'";
    file.run(R"(
        PRAGMA application_id = 1919247218; PRAGMA user_version = 1;
        INSERT INTO events VALUES ('G-1', 'D-1', 1, 100, 'a.b', 'open', )" +
             hash + R"(, CAST('one' AS BLOB));
        INSERT INTO events VALUES ('G-1', 'D-2', 1, 150, 'a.b', 'open', )" +
             hash + R"(, CAST('other' AS BLOB));
        INSERT INTO events VALUES ('G-1', 'D-1', 2, 200, 'a.c', NULL, NULL, CAST('two' AS BLOB));
        INSERT INTO disputes VALUES ('G-1', 'D-1', 2, 900, x'0011223344556677', CAST('state 1' AS BLOB));
        INSERT INTO disputes VALUES ('G-1', 'D-2', 1, NULL, x'0011223344556677', CAST('state 2' AS BLOB));
        INSERT INTO ledger VALUES ('G-1', 'P-1', 3, 'EUR', 100, 40, 10, CAST('lines' AS BLOB));
        INSERT INTO policies VALUES ()" +
             hash + R"(, 'shop', 4, '{}');
        INSERT INTO outbox VALUES (1, 'G-1', 'D-1', 1, 0, 'notification', CAST('first' AS BLOB));
        INSERT INTO outbox VALUES (2, 'G-1', 'D-1', 2, 0, 'notification', CAST('second' AS BLOB));
        INSERT INTO outbox VALUES (3, 'G-1', 'D-2', 1, 0, 'notification', CAST('third' AS BLOB));
        DELETE FROM outbox WHERE position IN (1, 3))");
}

std::string thrown_by_opening(store::sqlite_options const& options, failure_kind kind) {
    try {
        open_sqlite(options);
    } catch (failure const& caught) {
        CHECK(name(caught.kind()) == name(kind));
        return caught.what();
    }
    return "nothing was thrown";
}

}  // namespace

TEST_CASE("a file of schema version 1 is brought up to date when it is opened, and holds what it held",
          "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    make_first_version(path);
    for (int opened = 0; opened < 2; ++opened) {
        auto at = open_sqlite({.path = path, .create = false});
        auto const events = at->events(key("D-1"));
        REQUIRE(events.size() == 2);
        CHECK(events[0].body == "one");
        CHECK(events[0].command == "open");
        CHECK(events[0].fingerprint == sha256("{}"));
        CHECK_FALSE(events[0].recorded_at);
        CHECK(events[0].link == store::link_of(key("D-1"), {}, events[0]));
        CHECK(events[1].type == "a.c");
        CHECK(events[1].command.empty());
        CHECK(events[1].link == store::link_of(key("D-1"), events[0].link, events[1]));
        auto const found = at->load(key("D-1"));
        CHECK(found->version == 2);
        CHECK(found->state == "state 1");
        CHECK(found->head == events[1].link);
        CHECK(found->next_due == instant{900});
        CHECK(found->command_hashes == std::vector<std::uint64_t>{0x0011223344556677U});
        CHECK(at->load(key("D-2"))->head == at->events(key("D-2")).at(0).link);
        CHECK(at->ledger(settlement_group{"G-1"}, payment_id{"P-1"}) == row(3, 100, 40, 10));
        CHECK(at->policy(policy_id{"shop"}, 4) == policy("shop", 4, "{}"));
        CHECK(at->due(last_instant, 10) == std::vector<store::due_dispute>{{key("D-1"), 2, {900}}});
        REQUIRE(at->outbox(0, 10).size() == 1);
        CHECK(at->outbox(0, 10)[0].position == 2);
        CHECK(at->outbox(0, 10)[0].entry.body == "second");
        CHECK(at->damages() == std::vector<store::damage>{});
    }
    CHECK(other_program{path}.rows("PRAGMA user_version")[0][0] == "4");
    auto at = open_sqlite({.path = path});
    auto next = sample(key("D-1"), 2, "next");
    next.outbox = {{"notification", "new"}};
    REQUIRE(append_one(*at, next) == store::outcome{store::committed{3}});
    CHECK(at->outbox(2, 10).at(0).position == 40'000);  // of the fourth event; 3 was given once
    CHECK(at->events(key("D-1"), 2).at(0).link == at->load(key("D-1"))->head);
    CHECK(at->damages() == std::vector<store::damage>{});
}

TEST_CASE("a file of schema version 1 without effects and disputes is brought up to date", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    make_first_version(path);
    other_program{path}.run("DELETE FROM outbox; DELETE FROM events; DELETE FROM disputes; DELETE FROM ledger");
    auto at = open_sqlite({.path = path});
    CHECK(at->disputes(std::nullopt, 10).empty());
    auto one = sample(key("D-1"), 0, "open");
    one.outbox = {{"notification", "new"}};
    append_one(*at, one);
    CHECK(at->outbox(0, 10).at(0).position == 10'000);
}

TEST_CASE("a file of schema version 1 is not opened read-only, and says what to do", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    make_first_version(path);
    auto const why = thrown_by_opening({.path = path, .read_only = true}, failure_kind::store_unavailable);
    CHECK_THAT(why, Catch::Contains("schema version 1") && Catch::Contains("open it once for writing"));
    CHECK(other_program{path}.rows("PRAGMA user_version")[0][0] == "1");
}

TEST_CASE("a migration that meets a value it cannot read leaves the file as it was", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    make_first_version(path);
    other_program{path}.force("UPDATE events SET version = 0 WHERE body = CAST('two' AS BLOB)");
    auto const why = thrown_by_opening({.path = path}, failure_kind::store_corrupt);
    CHECK_THAT(why, Catch::Contains("version is 0"));
    other_program file{path};
    CHECK(file.rows("PRAGMA user_version")[0][0] == "1");
    CHECK(file.rows("SELECT name FROM sqlite_schema WHERE name LIKE 'first%'").empty());
    CHECK(file.rows("SELECT count(*) FROM events")[0][0] == "3");
}

TEST_CASE("a file whose schema is that of no version is refused, not migrated", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    make_first_version(path);
    other_program{path}.run("ALTER TABLE ledger ADD COLUMN note TEXT");
    CHECK_THAT(thrown_by_opening({.path = path}, failure_kind::store_corrupt),
               Catch::Contains("its ledger is not the one"));
}

namespace {

// A store as version 3 made it: today's with the outbox of then. Two effects are pending, and the fourth was settled.
void make_third_version(std::string const& path) {
    {
        auto at = open_sqlite({.path = path});
        auto one = sample(key("D-1"), 0, "open");
        one.next_due = instant{900};
        append_one(*at, one);
    }
    auto const text = text_of(RECOURSE_SOURCE_DIR "/src/store/sqlite/schema_3/outbox.sql");
    other_program file{path};
    file.run("DROP TABLE outbox; " + text.substr(text.find("CREATE")));
    auto const write = [&](int position, int index) {
        auto const sum =
            store::seal(store::effect_seal, std::int64_t{position}, key("D-1").group, key("D-1").dispute,
                        std::int64_t{1}, std::int64_t{index}, std::string_view{"notification"}, std::string_view{"{}"});
        file.run("INSERT INTO outbox VALUES (" + std::to_string(position) + ", 'G-1', 'D-1', 1, " +
                 std::to_string(index) + ", 'notification', CAST('{}' AS BLOB), x'" + to_text(sum) + "')");
    };
    write(1, 0);
    write(2, 1);
    write(4, 2);
    file.run("DELETE FROM outbox WHERE position = 4; PRAGMA user_version = 3");
}

// The same without the tables that version 3 added.
void make_second_version(std::string const& path) {
    make_third_version(path);
    other_program{path}.run("DROP TABLE due_leases; DROP TABLE deliveries; PRAGMA user_version = 2");
}

}  // namespace

TEST_CASE("a file of schema version 3 keeps its effects at their positions, and gives none of them again",
          "[store][sqlite]") {
    auto const last_given = GENERATE(4, 9'999, 10'000, 12'345'678);
    folder place;
    auto const path = place / "store.db";
    make_third_version(path);
    other_program{path}.force("UPDATE sqlite_sequence SET seq = " + std::to_string(last_given));
    CHECK_THAT(thrown_by_opening({.path = path, .read_only = true}, failure_kind::store_unavailable),
               Catch::Contains("schema version 3"));
    auto at = open_sqlite({.path = path, .create = false});
    CHECK(other_program{path}.rows("PRAGMA user_version")[0][0] == "4");
    CHECK(other_program{path}.rows("SELECT name FROM sqlite_schema WHERE name LIKE 'third%'").empty());
    auto const before = at->outbox(0, 10);
    REQUIRE(before.size() == 2);
    CHECK(before[0].position == 1);
    CHECK(before[1].position == 2);
    auto next = sample(key("D-1"), 1, "next");
    next.outbox = {{"notification", "new"}, {"notification", "newer"}};
    REQUIRE(append_one(*at, next) == store::outcome{store::committed{2}});
    auto const after = at->outbox(static_cast<std::uint64_t>(last_given), 10);
    REQUIRE(after.size() == 2);
    CHECK(after[0].entry.body == "new");
    CHECK(at->feed(0, 10).size() == 2);
    CHECK(at->damages().empty());
}

TEST_CASE("a file of schema version 2 gets the tables of leases when it is opened, and holds what it held",
          "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    make_second_version(path);
    CHECK_THAT(thrown_by_opening({.path = path, .read_only = true}, failure_kind::store_unavailable),
               Catch::Contains("schema version 2"));
    auto at = open_sqlite({.path = path, .create = false});
    CHECK(other_program{path}.rows("PRAGMA user_version")[0][0] == "4");
    CHECK(at->outbox(0, 10).size() == 2);
    CHECK(at->claim_due({"w-1", {900}, {1000}, 10}).size() == 1);
    CHECK(at->claim_due({"w-2", {900}, {1000}, 10}).empty());
    CHECK(at->claim_outbox({"w-1", {900}, {1000}, 10}).size() == 1);
    CHECK(at->damages().empty());
}

TEST_CASE("a migration that is killed at any moment leaves a file of before or of after", "[store][sqlite]") {
    int before = 0;
    int after = 0;
    for (int step = 0; step < 40; ++step) {
        folder place;
        auto const path = place / "store.db";
        step % 2 == 0 ? make_second_version(path) : make_first_version(path);
        auto const child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            itimerval const soon{{0, 0}, {0, 50 + 60 * step}};  // to a few milliseconds, which is what it takes
            std::signal(SIGALRM, SIG_DFL);
            setitimer(ITIMER_REAL, &soon, nullptr);
            try {
                open_sqlite({.path = path});
            } catch (...) {
                _exit(1);
            }
            raise(SIGKILL);
        }
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        auto const found = other_program{path}.rows("PRAGMA user_version")[0][0];
        (found == "4" ? after : before) += 1;
        auto at = open_sqlite({.path = path});
        CHECK(at->damages() == std::vector<store::damage>{});
        CHECK(at->outbox(0, 10).size() == (step % 2 == 0 ? 2 : 1));
        CHECK(at->claim_outbox({"w-1", {900}, {1000}, 10}).size() == 1);
    }
    INFO("before " << before << ", after " << after);
    CHECK(before > 0);
}
