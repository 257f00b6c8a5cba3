// The SQLite store against files it did not expect: foreign, newer, damaged, locked, read-only; and against itself.
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <catch2/catch.hpp>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>

#include "other_program.hpp"
#include "recourse/store/sqlite.hpp"
#include "samples.hpp"

using namespace recourse;
using namespace store_samples;
using store::committed;
using store::open_sqlite;
using store::outcome;

namespace {

struct thrown {
    std::optional<failure_kind> kind;
    std::string message;
};

template <class Call>
thrown thrown_by(Call&& call) {
    try {
        call();
    } catch (failure const& caught) {
        return {caught.kind(), caught.what()};
    }
    return {};
}

thrown thrown_by_opening(store::sqlite_options const& options) {
    return thrown_by([&] { open_sqlite(options); });
}

void check_thrown(thrown const& found, failure_kind kind, std::vector<std::string> const& parts) {
    INFO(found.message);
    REQUIRE(found.kind);
    CHECK(name(*found.kind) == name(kind));
    for (auto const& part : parts) CHECK_THAT(found.message, Catch::Contains(part));
}

std::string contents(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void write_file(std::string const& path, std::string_view bytes) {
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// Some of everything: three disputes with 3, 6 and 9 events.
void fill(store::contract& at) {
    for (auto count : {3U, 6U, 9U}) {
        auto one = sample(key("D-" + std::to_string(count)), 0, "open", count);
        for (auto& event : one.events) event.body += std::string(700, 'b');
        one.next_due = instant{static_cast<std::int64_t>(count)};
        one.outbox = {{"notification", "dear buyer"}};
        one.ledger = {{row(1, 100, 10, 20, "P-" + std::to_string(count))}};
        one.policy = policy("shop", count, std::string(900, 'p') + std::to_string(count));
        REQUIRE(append_one(at, one) == outcome{committed{count}});
    }
}

// Reads all there is in every way there is, and gives it as text, to compare.
std::string read_all(store::contract& at) {
    std::string all;
    for (auto const& dispute : at.disputes(std::nullopt, 100)) {
        auto found = at.load(dispute);
        all += to_text(dispute);
        if (!found) continue;  // listed and not found: an index of a damaged file
        all += " " + std::to_string(found->version) + found->state;
        for (auto hash : found->command_hashes) all += " " + std::to_string(hash);
        for (auto const& event : at.events(dispute))
            all += " " + std::to_string(event.at.microseconds) + event.type + event.command +
                   to_text(event.fingerprint) + event.body;
    }
    for (auto const& due : at.due(last_instant, 100))
        all += " " + to_text(due.dispute) + std::to_string(due.due.microseconds);
    for (auto const& effect : at.outbox(0, 100))
        all += " " + std::to_string(effect.position) + effect.entry.kind + effect.entry.body;
    for (auto const* count : {"3", "6", "9"}) {
        if (auto found = at.ledger(settlement_group{"G-1"}, payment_id{std::string{"P-"} + count}))
            all += " " + std::to_string(found->captured_minor) + found->currency + found->lines;
        if (auto found = at.policy(policy_id{"shop"}, static_cast<std::uint32_t>(count[0] - '0'))) all += found->text;
    }
    return all;
}

std::string filled_file(std::string const& path) {
    fill(*open_sqlite({.path = path}));
    return contents(path);
}

}  // namespace

TEST_CASE("what was appended is there after reopening", "[store][sqlite]") {
    folder place;
    std::string before;
    {
        auto at = open_sqlite({.path = place / "store.db"});
        fill(*at);
        before = read_all(*at);
    }
    CHECK_FALSE(std::filesystem::exists(place / "store.db-wal"));
    auto at = open_sqlite({.path = place / "store.db", .create = false});
    CHECK(read_all(*at) == before);
    CHECK(append_one(*at, sample(key("D-3"), 0, "open")) == outcome{store::duplicate{1}});
    CHECK(append_one(*at, sample(key("D-3"), 3, "next")) == outcome{committed{4}});
    CHECK(read_all(*open_sqlite({.path = place / "store.db", .read_only = true})) == read_all(*at));
}

TEST_CASE("a store opened read-only reads and refuses to write", "[store][sqlite]") {
    folder place;
    filled_file(place / "store.db");
    auto at = open_sqlite({.path = place / "store.db", .read_only = true});
    CHECK(at->load(key("D-6"))->version == 6);
    auto const one = sample(key("D-6"), 6, "next");
    check_thrown(thrown_by([&] { append_one(*at, one); }), failure_kind::store_unavailable,
                 {place / "store.db", "read-only"});
    check_thrown(thrown_by([&] { at->settle(1); }), failure_kind::store_unavailable, {"read-only"});
    CHECK(at->outbox(0, 10).size() == 3);
}

TEST_CASE("a path that cannot hold a store is unavailable, with the reason", "[store][sqlite]") {
    folder place;
    auto unavailable = [](store::sqlite_options const& options, std::vector<std::string> const& parts) {
        check_thrown(thrown_by_opening(options), failure_kind::store_unavailable, parts);
    };
    unavailable({.path = place / "none.db", .create = false}, {place / "none.db", "does not exist", "`create` is off"});
    unavailable({.path = place / "none.db", .read_only = true}, {"does not exist", "read-only"});
    CHECK_FALSE(std::filesystem::exists(place / "none.db"));
    unavailable({.path = place / "no/such/store.db"}, {"there is no directory", "create it first"});
    std::filesystem::create_directory(place / "directory");
    unavailable({.path = place / "directory"}, {"is a directory"});
    write_file(place / "file", "text");
    unavailable({.path = place / "file/store.db"}, {place / "file/store.db"});
    unavailable({.path = "/proc/recourse_store.db"}, {"/proc/recourse_store.db"});
    unavailable({.path = "/dev/null"}, {"not a regular file"});
    REQUIRE(mkfifo((place / "pipe").c_str(), 0600) == 0);
    unavailable({.path = place / "pipe"}, {"not a regular file"});  // and does not wait for a writer
    unavailable({.path = ""}, {"empty"});
    unavailable({.path = ":memory:"}, {"open_memory()"});
    unavailable({.path = "file:" + (place / "store.db")}, {"not a URI"});
    unavailable({.path = std::string{"zero\0.db", 8}}, {"zero character"});
    unavailable({.path = place / std::string(300, 'n')}, {"unavailable"});
    if (geteuid() != 0) {  // nothing is forbidden to root
        filled_file(place / "locked.db");
        std::filesystem::permissions(place / "locked.db", std::filesystem::perms::none);
        unavailable({.path = place / "locked.db"}, {"readable"});
    }
}

TEST_CASE("a file that is no store is corrupt, and is left as it was", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    auto corrupt = [&](std::vector<std::string> const& parts) {
        auto const before = contents(path);
        check_thrown(thrown_by_opening({.path = path}), failure_kind::store_corrupt, parts);
        CHECK(contents(path) == before);
    };
    SECTION("text") {
        write_file(path, "Dear reader, this is a letter and not a database.");
        corrupt({path, "not a database"});
    }
    SECTION("one byte") {
        write_file(path, "x");
        corrupt({path});
    }
    SECTION("zeros") {
        write_file(path, std::string(8192, '\0'));
        corrupt({path});
    }
    SECTION("random bytes") {
        std::mt19937 random{7};
        std::string bytes(20000, '\0');
        for (auto& byte : bytes) byte = static_cast<char>(random());
        write_file(path, bytes);
        corrupt({"not a database"});
    }
    SECTION("another program's database") {
        other_program{path}.run("CREATE TABLE customers (name TEXT)");
        corrupt({path, "is a SQLite file but not a recourse store", "application_id"});
    }
    SECTION("another program's empty database with its mark") {
        other_program{path}.run("PRAGMA application_id = 42");
        corrupt({"is a SQLite file but not a recourse store", "42"});
    }
    SECTION("our mark without our tables") {
        other_program{path}.run("PRAGMA application_id = 1919247218; PRAGMA user_version = 1");
        corrupt({"it has no disputes"});
    }
    SECTION("UTF-16") {
        other_program{path}.run(
            "PRAGMA encoding = 'UTF-16le'; CREATE TABLE disputes (text); PRAGMA application_id = 1919247218; PRAGMA "
            "user_version = 1");
        corrupt({"UTF-16le"});
    }
}

TEST_CASE("a store of a newer version is refused with both versions", "[store][sqlite]") {
    folder place;
    filled_file(place / "store.db");
    other_program{place / "store.db"}.run("PRAGMA user_version = 7");
    check_thrown(thrown_by_opening({.path = place / "store.db"}), failure_kind::store_newer,
                 {place / "store.db", "schema version 7", "versions up to 4"});
    other_program{place / "store.db"}.run("PRAGMA user_version = -7");
    check_thrown(thrown_by_opening({.path = place / "store.db"}), failure_kind::store_corrupt,
                 {"schema version is -7"});
}

TEST_CASE("an empty file becomes a store only when it may be created", "[store][sqlite]") {
    folder place;
    write_file(place / "store.db", "");
    check_thrown(thrown_by_opening({.path = place / "store.db", .create = false}), failure_kind::store_corrupt,
                 {"is empty"});
    check_thrown(thrown_by_opening({.path = place / "store.db", .read_only = true}), failure_kind::store_corrupt,
                 {"is empty"});
    CHECK(contents(place / "store.db").empty());
    fill(*open_sqlite({.path = place / "store.db"}));
    CHECK(open_sqlite({.path = place / "store.db"})->load(key("D-3")));
}

TEST_CASE("a store whose schema was changed is refused", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    filled_file(path);
    auto const [sql, part] = GENERATE(table<std::string, std::string>({
        {"DROP TABLE outbox", "it has no outbox"},
        {"DROP INDEX disputes_due", "it has no disputes_due"},
        {"ALTER TABLE ledger ADD COLUMN note TEXT", "its ledger is not the one"},
        {"CREATE TRIGGER steal AFTER INSERT ON events BEGIN DELETE FROM events; END", "an object steal"},
        {"CREATE VIEW everything AS SELECT * FROM events", "an object everything"},
        {"CREATE TABLE notes (text TEXT)", "an object notes"},
        {"ALTER TABLE events RENAME TO old; CREATE VIEW events AS SELECT * FROM old", "its events is not the one"},
    }));
    other_program{path}.run(sql);
    check_thrown(thrown_by_opening({.path = path}), failure_kind::store_corrupt, {path, part});
}

TEST_CASE("statistics and a vacuum do no harm", "[store][sqlite]") {
    folder place;
    filled_file(place / "store.db");
    auto const before = read_all(*open_sqlite({.path = place / "store.db"}));
    other_program{place / "store.db"}.run("ANALYZE; VACUUM; PRAGMA journal_mode = DELETE");
    CHECK(read_all(*open_sqlite({.path = place / "store.db"})) == before);
}

TEST_CASE("a file cut short anywhere is corrupt", "[store][sqlite]") {
    folder place;
    auto const whole = filled_file(place / "whole.db");
    REQUIRE(whole.size() > 40000);
    auto const path = place / "cut.db";
    for (std::size_t size = 1; size < whole.size(); size += size < 600 ? 7 : 509) {
        write_file(path, std::string_view{whole}.substr(0, size));
        INFO("cut at " << size << " of " << whole.size());
        check_thrown(thrown_by([&] { read_all(*open_sqlite({.path = path})); }), failure_kind::store_corrupt, {path});
    }
    for (std::size_t pages = 1; pages < whole.size() / 4096; ++pages) {
        write_file(path, std::string_view{whole}.substr(0, pages * 4096));
        INFO("cut after " << pages << " pages");
        check_thrown(thrown_by([&] { read_all(*open_sqlite({.path = path})); }), failure_kind::store_corrupt, {path});
    }
    write_file(path, whole + "tail");
    check_thrown(thrown_by_opening({.path = path}), failure_kind::store_corrupt, {"cut short"});
}

TEST_CASE("a changed byte in the header is noticed or harmless", "[store][sqlite]") {
    folder place;
    auto const whole = filled_file(place / "whole.db");
    auto const path = place / "flipped.db";
    auto const truth = read_all(*open_sqlite({.path = place / "whole.db"}));
    int noticed = 0;
    for (std::size_t at = 0; at < 200; ++at)
        for (int flip : {0x01, 0x80, 0xff}) {
            auto bytes = whole;
            bytes[at] = static_cast<char>(bytes[at] ^ flip);
            for (auto const* beside : {"flipped.db-wal", "flipped.db-shm", "flipped.db-journal"})
                std::filesystem::remove(place / beside);
            write_file(path, bytes);
            INFO("byte " << at << " flipped by " << flip);
            try {
                auto store = open_sqlite({.path = path, .busy_timeout_ms = 0});
                auto const found = read_all(*store);
                CHECK(found == truth);
                append_one(*store, sample(key("D-6"), 6, "next"));
            } catch (failure const&) {
                ++noticed;
            }
        }
    CHECK(noticed > 120);  // of 600; many of the first page's bytes lie between its rows and mean nothing
}

TEST_CASE("changed bytes in the pages never crash the reader", "[store][sqlite]") {
    folder place;
    auto const whole = filled_file(place / "whole.db");
    auto const path = place / "flipped.db";
    auto const seed = std::random_device{}();
    std::mt19937 random{seed};
    INFO("seed " << seed);
    int noticed = 0;
    for (int round = 0; round < 300; ++round) {
        auto bytes = whole;
        for (int change = 0; change < 20; ++change)
            bytes[100 + random() % (bytes.size() - 100)] = static_cast<char>(random());
        for (auto const* beside : {"flipped.db-wal", "flipped.db-shm"}) std::filesystem::remove(place / beside);
        write_file(path, bytes);
        try {
            auto store = open_sqlite({.path = path, .busy_timeout_ms = 0});
            read_all(*store);
            append_one(*store, sample(key("D-6"), 6, "next"));
        } catch (failure const&) {
            ++noticed;
        }
    }
    CHECK(noticed > 0);
}

TEST_CASE("a value that this library cannot have written is corrupt", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    filled_file(path);
    struct damage {
        std::string sql;
        std::string part;
    };
    auto const [sql, part] = GENERATE(values<damage>({
        {"UPDATE disputes SET version = -1", "version"},
        {"UPDATE disputes SET version = 0", "version"},
        {"UPDATE disputes SET version = 4294967296", "version"},
        {"UPDATE disputes SET version = version + 1", "its events end at"},
        {"UPDATE disputes SET version = version - 1", "its events end at"},
        {"UPDATE disputes SET keys = x''", "keys"},
        {"UPDATE disputes SET keys = x'00112233445566'", "keys"},
        {"UPDATE disputes SET keys = CAST(keys || x'00' AS BLOB)", "keys"},
        {"UPDATE disputes SET settlement_group = 'G 1'", "settlement_group is no identifier"},
        {"UPDATE disputes SET dispute = '' WHERE version = 3", "dispute is no identifier"},
        {"UPDATE disputes SET dispute = dispute || '/'", "dispute is no identifier"},
        {"UPDATE disputes SET dispute = printf('%0100d', version)", "dispute is no identifier"},
        {"DELETE FROM events WHERE version = 2", "an event before it is missing"},
        {"DELETE FROM events WHERE version = 1", "an event before it is missing"},
        {"DELETE FROM events WHERE version = 9", "its events end at 8"},
        {"DELETE FROM events", "its events end at 0"},
        {"UPDATE events SET fingerprint = x'00' WHERE version = 1", "fingerprint has 1 bytes"},
        {"UPDATE events SET fingerprint = NULL", "fingerprint is NULL where a BLOB belongs"},
        {"UPDATE ledger SET reserved_minor = -1", "captured_minor does not cover"},
        {"UPDATE ledger SET refunded_minor = 9223372036854775807, reserved_minor = 9223372036854775807",
         "does not cover"},
        {"UPDATE ledger SET captured_minor = -9223372036854775808", "does not cover"},
        {"UPDATE ledger SET version = 0", "version is 0"},
        {"UPDATE ledger SET version = -5", "version is -5"},
        {"UPDATE outbox SET effect = -1", "effect"},
        {"UPDATE outbox SET effect = 4294967296", "effect"},
        {"UPDATE outbox SET version = 0", "version is 0"},
        {"UPDATE outbox SET dispute = '../etc'", "dispute is no identifier"},
        {"UPDATE policies SET text = text || ' '", "not the hash"},
        {"UPDATE policies SET id = 'shop', version = version + 4294967296 WHERE version = 3", ""},
        // As if the file had been made without STRICT: every column may hold anything.
        {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')')",
         "not the one this library makes"},
    }));
    INFO(sql);
    other_program{path}.force(sql);
    auto const found = thrown_by([&] { read_all(*open_sqlite({.path = path})); });
    if (part.empty()) return;  // reads as "no such policy"
    check_thrown(found, failure_kind::store_corrupt, {path, part});
}

TEST_CASE("values of another type under a strict schema are corrupt", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    filled_file(path);
    auto const [change, part] = GENERATE(table<std::string, std::string>({
        {"UPDATE disputes SET version = 'three'", "version is a TEXT where an INTEGER belongs"},
        {"UPDATE disputes SET version = 2.5", "version is a REAL where an INTEGER belongs"},
        {"UPDATE disputes SET state = 'text'", "state is a TEXT where a BLOB belongs"},
        {"UPDATE disputes SET keys = 12345678", "keys is an INTEGER where a BLOB belongs"},
        {"UPDATE events SET body = 'text'", "body is a TEXT where a BLOB belongs"},
        {"UPDATE events SET at = 'now'", "at is a TEXT where an INTEGER belongs"},
        {"UPDATE events SET type = x'00'", "type is a BLOB where a TEXT belongs"},
        {"UPDATE ledger SET currency = 978", "currency is an INTEGER where a TEXT belongs"},
        {"UPDATE ledger SET captured_minor = 1e300", "captured_minor is a REAL where an INTEGER belongs"},
        {"UPDATE outbox SET kind = x'00'", "kind is a BLOB where a TEXT belongs"},
    }));
    {
        other_program loose{path};
        loose.force(
            "PRAGMA writable_schema = ON; "
            "UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'STRICT', ''), 'INTEGER NOT NULL', 'NOT "
            "NULL'), "
            "'TEXT NOT NULL', 'NOT NULL')");
    }
    other_program{path}.force(change);
    {
        folder second;
        filled_file(second / "model.db");
        other_program back{path};
        back.force("ATTACH '" + (second / "model.db") +
                   "' AS model; PRAGMA writable_schema = ON; "
                   "UPDATE main.sqlite_schema AS loose SET sql = "
                   "(SELECT strict.sql FROM model.sqlite_schema AS strict WHERE strict.name = loose.name)");
    }
    check_thrown(thrown_by([&] { read_all(*open_sqlite({.path = path})); }), failure_kind::store_corrupt, {path, part});
}

TEST_CASE("a hash that two command keys share does not make a new command a duplicate", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    auto at = open_sqlite({.path = path});
    append_one(*at, sample(key("D-1"), 0, "open"));
    char hash[17];
    std::snprintf(hash, sizeof hash, "%016llx", static_cast<unsigned long long>(store::command_hash("next")));
    other_program{path}.run("UPDATE disputes SET keys = x'" + std::string{hash} + "'");
    REQUIRE(at->load(key("D-1"))->command_hashes == std::vector{store::command_hash("next")});
    CHECK(append_one(*at, sample(key("D-1"), 1, "next")) == outcome{committed{2}});
    CHECK(append_one(*at, sample(key("D-1"), 1, "next")) == outcome{store::duplicate{2}});
    CHECK(at->load(key("D-1"))->command_hashes ==
          std::vector{store::command_hash("next"), store::command_hash("next")});
}

TEST_CASE("events that are already there stop an append, and nothing of the group stays", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    auto at = open_sqlite({.path = path});
    append_one(*at, sample(key("D-1"), 0, "open", 2));
    other_program{path}.run("UPDATE disputes SET version = 1");
    auto const group = std::vector{sample(key("D-0"), 0, "open"), sample(key("D-1"), 1, "next")};
    check_thrown(thrown_by([&] { append_all(*at, group); }), failure_kind::store_corrupt, {path, "UNIQUE"});
    CHECK_FALSE(at->load(key("D-0")));
    other_program{path}.run("UPDATE disputes SET version = 2");
    CHECK(append_one(*at, group[0]) == outcome{committed{1}});  // usable after the throw
}

TEST_CASE("a store locked for too long is unavailable, and usable again afterwards", "[store][sqlite]") {
    folder place;
    auto const path = place / "store.db";
    auto at = open_sqlite({.path = path, .busy_timeout_ms = 30});
    auto const group = std::vector{sample(key("D-1"), 0, "open"), sample(key("D-2"), 0, "open")};
    {
        other_program writer{path};
        writer.run("BEGIN IMMEDIATE");
        check_thrown(thrown_by([&] { append_all(*at, group); }), failure_kind::store_unavailable,
                     {path, "locked", "30 ms", "busy_timeout_ms"});
        check_thrown(thrown_by([&] { at->settle(1); }), failure_kind::store_unavailable, {"locked"});
        CHECK(at->disputes(std::nullopt, 10).empty());               // a reader is not held up
        CHECK_FALSE(open_sqlite({.path = path})->load(key("D-1")));  // nor is opening
        writer.run("ROLLBACK");
    }
    CHECK(append_all(*at, group) == std::vector<outcome>{committed{1}, committed{1}});
}

TEST_CASE("a disk that takes no more makes the store unavailable; the same append is taken when it does",
          "[store][sqlite]") {
    folder place;
    auto at = open_sqlite({.path = place / "store.db"});
    append_one(*at, sample(key("D-1"), 0, "open"));
    auto large = sample(key("D-1"), 1, "large");
    large.events[0].body = std::string(1U << 20U, 'x');
    auto const group = std::vector{sample(key("D-2"), 0, "open"), large};

    auto* const before = signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &old) == 0);
    rlimit const small{200000, old.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    auto const found = thrown_by([&] { append_all(*at, group); });
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, before);

    check_thrown(found, failure_kind::store_unavailable, {place / "store.db"});
    CHECK_FALSE(at->load(key("D-2")));
    CHECK(at->load(key("D-1"))->version == 1);
    CHECK(append_all(*at, group) == std::vector<outcome>{committed{1}, committed{2}});
    CHECK(open_sqlite({.path = place / "store.db"})->events(key("D-1"), 1).at(0).body == large.events[0].body);
}

TEST_CASE("two connections that race on one dispute: one commits, the other meets a conflict", "[store][sqlite]") {
    folder place;
    auto first = open_sqlite({.path = place / "store.db"});
    auto second = open_sqlite({.path = place / "store.db"});
    for (std::uint32_t version = 0; version < 20; ++version) {
        auto& fast = version % 2 == 0 ? *first : *second;
        auto& slow = version % 2 == 0 ? *second : *first;
        auto const number = std::to_string(version);
        CHECK(append_one(fast, sample(key("D-1"), version, "fast " + number)) == outcome{committed{version + 1}});
        CHECK(append_one(slow, sample(key("D-1"), version, "slow " + number)) == dispute_conflict(version + 1));
        CHECK(append_one(slow, sample(key("D-1"), version, "fast " + number)) ==
              outcome{store::duplicate{version + 1}});
    }
    CHECK(first->events(key("D-1")) == second->events(key("D-1")));
    CHECK(first->events(key("D-1")).size() == 20);
}

TEST_CASE("processes that make and write one store at the same moment lose nothing", "[store][sqlite]") {
    constexpr int processes = 6;
    constexpr std::uint32_t each = 15;
    constexpr std::size_t all = std::size_t{processes} * each;
    for (int round = 0; round < 5; ++round) {
        folder place;
        auto const path = place / "store.db";
        std::vector<pid_t> children;
        for (int which = 0; which < processes; ++which) {
            auto const child = fork();
            REQUIRE(child >= 0);
            if (child == 0) {
                int code = 0;
                try {
                    auto at = open_sqlite({.path = path, .busy_timeout_ms = 30000});
                    for (std::uint32_t done = 0; done < each;) {
                        auto const now = at->load(key("D-1"));
                        auto const command = std::to_string(which) + " " + std::to_string(done);
                        auto answer = append_one(*at, sample(key("D-1"), now ? now->version : 0, command));
                        if (std::holds_alternative<committed>(answer)) ++done;
                    }
                } catch (std::exception const& caught) {
                    std::fprintf(stderr, "%s\n", caught.what());
                    code = 1;
                }
                _exit(code);
            }
            children.push_back(child);
        }
        for (auto child : children) {
            int status = 0;
            REQUIRE(waitpid(child, &status, 0) == child);
            CHECK(status == 0);
        }
        auto at = open_sqlite({.path = path, .create = false});
        CHECK(at->load(key("D-1"))->version == all);
        CHECK(at->events(key("D-1")).size() == all);
        CHECK(at->load(key("D-1"))->command_hashes.size() == all);
    }
}

TEST_CASE("the write-ahead log stays bounded", "[store][sqlite]") {
    folder place;
    auto at = open_sqlite({.path = place / "store.db"});
    for (std::uint32_t version = 0; version < 60; ++version) {
        auto one = sample(key("D-1"), version, std::to_string(version));
        one.state = std::string(200000, 's');
        append_one(*at, one);
    }
    CHECK(std::filesystem::file_size(place / "store.db-wal") < 8'000'000);
}
