// What goes wrong with PostgreSQL when nobody thinks of it. Each trap is sprung here first, on a plain connection, so that a
// test which finds nothing wrong with the store is known to be able to.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <future>
#include <iterator>
#include <thread>

#include "postgres_adapter.hpp"
#include "recourse/vocabulary/salted_text.hpp"
#include "samples.hpp"
#include "servers/postgres_server.hpp"

using namespace recourse;
using namespace store_samples;
using recourse::test::postgres_server;
using store::committed;
using store::duplicate;
using store::outcome;

namespace {

using milliseconds = std::chrono::milliseconds;

void pause(int ms) { std::this_thread::sleep_for(milliseconds{ms}); }

template <class Work>
auto beside(Work work) {
    return std::async(std::launch::async, std::move(work));
}

std::unique_ptr<store::contract> open_on(postgres_server const& server, int deadline_ms = 5000) {
    return store::open_postgres({.connection = server.connection(), .deadline_ms = deadline_ms});
}

// Commits of this server wait for a standby that never comes, or do not.
void wait_for_standby(plain_connection const& admin, bool wanted) {
    admin(std::string{"ALTER SYSTEM SET synchronous_standby_names = '"} + (wanted ? "nobody" : "") + "'");
    admin("SELECT pg_reload_conf()");
    while (admin("SHOW synchronous_standby_names").empty() == wanted) pause(10);
    pause(200);  // the other processes hear of it as well
}

// Cancels every wait for the standby, as an operator might, once there is one.
void cancel_waits(plain_connection const& admin) {
    for (int waited = 0; waited < 500; ++waited, pause(10))
        if (admin("SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") != "0")
            return;
    throw std::runtime_error{"nobody waits for the standby"};
}

std::string kind_thrown(std::function<void()> const& work) {
    try {
        work();
    } catch (failure const& thrown) {
        return std::string{name(thrown.kind())} + ": " + thrown.what();
    }
    return "nothing";
}

}  // namespace

TEST_CASE(
    "a commit that succeeds with a warning is no answer, and a duplicate waits for the standby like what it repeats",
    "[store][postgres]") {
    postgres_server const server{{{"fsync=off"}}};
    plain_connection const admin{server.connection()};
    auto at = open_on(server);
    auto const one = sample(key("D-1"), 0, "open");
    admin("CREATE TABLE plain (number int)");
    wait_for_standby(admin, true);

    // A plain client is told of success by the same cancelled wait.
    auto plain = beside([&] {
        plain_connection const client{server.connection()};
        PQsetNoticeProcessor(
            client.handle(), [](void*, char const*) {}, nullptr);
        return client("INSERT INTO plain VALUES (1) RETURNING 'success'");
    });
    cancel_waits(admin);
    auto said = plain.get();
    CHECK(said == "success");

    auto answer = beside([&] { return kind_thrown([&] { append_one(*at, one); }); });
    cancel_waits(admin);
    said = answer.get();
    INFO(said);
    CHECK(said.find("store_unavailable") == 0);
    CHECK(said.find("canceling wait for synchronous replication") != std::string::npos);

    // It is there now, and on no standby. Whoever looks the key up and commits nothing is told so at once.
    CHECK(admin("SELECT version FROM recourse.events WHERE dispute = 'D-1'") == "1");
    auto again = open_on(server, 700);
    auto const begun = std::chrono::steady_clock::now();
    said = kind_thrown([&] { append_one(*again, one); });
    INFO(said);
    CHECK(said.find("store_unavailable") == 0);
    CHECK(std::chrono::steady_clock::now() - begun > milliseconds{600});
    said = kind_thrown([&] { again->settle(1); });
    CHECK(said.find("store_unavailable") == 0);

    wait_for_standby(admin, false);
    CHECK(append_one(*at, one) == outcome{duplicate{1}});
}

TEST_CASE("a server that stands still keeps nobody past the deadline", "[store][postgres]") {
    postgres_server const server{{{"fsync=off"}}};
    auto const patient = open_on(server, 30'000);  // making the tables takes its time
    append_one(*patient, sample(key("D-1"), 0, "open"));
    constexpr int deadline_ms = 1500;
    auto const at = open_on(server, deadline_ms);
    auto plain = beside([&, client = std::make_shared<plain_connection>(server.connection())] {
        pause(300);
        return (*client)("SELECT 1");
    });
    server.signal_all(SIGSTOP);
    auto const timed = [](auto const& work) {
        auto const begun = std::chrono::steady_clock::now();
        auto const said = kind_thrown(work);
        CHECK(said.find("store_unavailable") == 0);
        return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun).count();
    };
    auto const writing = timed([&] { append_one(*at, sample(key("D-1"), 1, "next")); });
    CHECK(writing >= deadline_ms - 50);
    CHECK(writing < 4 * deadline_ms);
    auto const connecting = timed([&] { at->load(key("D-1")); });
    CHECK(connecting >= deadline_ms - 50);
    CHECK(connecting < 4 * deadline_ms);
    CHECK(plain.wait_for(milliseconds{0}) == std::future_status::timeout);  // libpq alone waits for ever
    server.signal_all(SIGCONT);
    CHECK(plain.get() == "1");
    REQUIRE(patient->load(key("D-1")));
    auto const again = append_one(*patient, sample(key("D-1"), 1, "next"));
    CHECK((again == outcome{duplicate{2}} || again == outcome{committed{2}}));
    CHECK(patient->events(key("D-1")).size() == 2);
}

TEST_CASE("no event and no effect is written below one that was read, whoever commits first", "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    store::postgres_options options{.connection = place.connection, .schema = place.name};
    auto at = store::open_postgres(options);
    auto const with_effect = [](std::string const& dispute) {
        auto one = sample(key(dispute), 0, "open");
        one.outbox = {{"notification", dispute}};
        return one;
    };
    plain_connection const slow{place.connection};
    slow("BEGIN");
    options.host = slow.handle();
    auto hosts = store::open_postgres(options);
    CHECK(append_one(*hosts, with_effect("D-slow")) == outcome{committed{1}});
    CHECK(append_one(*at, with_effect("D-fast")) == outcome{committed{1}});

    // The naive reader: what is there, behind what was read last.
    plain_connection const naive{place.connection};
    auto const reads_after = [&](std::string const& position) {
        return naive("SELECT string_agg(dispute || ' ' || position, ',' ORDER BY position) FROM " + place.name +
                     ".outbox WHERE position > " + position);
    };
    auto const seen = reads_after("0");
    CHECK(seen.find("D-fast ") == 0);
    CHECK(at->outbox(0, 10).empty());  // not yet
    CHECK(at->feed(0, 10).empty());

    slow("COMMIT");
    CHECK(reads_after(seen.substr(7)).empty());  // D-slow is never seen
    auto const all = at->outbox(0, 10);
    REQUIRE(all.size() == 2);
    CHECK(all[0].dispute == key("D-slow"));
    CHECK(all[1].dispute == key("D-fast"));
    CHECK(at->outbox(all[0].position, 10) == std::vector{all[1]});
    auto const events = at->feed(0, 10);
    REQUIRE(events.size() == 2);
    CHECK(events[0].dispute == key("D-slow"));
    CHECK(events[1].dispute == key("D-fast"));
}

TEST_CASE("on the host's connection a dispute and the host's own row are committed together or not at all",
          "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    store::postgres_options options{.connection = place.connection, .schema = place.name};
    auto at = store::open_postgres(options);
    plain_connection const host{place.connection};
    host("CREATE TABLE " + place.name + ".orders (number int PRIMARY KEY)");
    auto const orders = [&] { return host("SELECT count(*) FROM " + place.name + ".orders"); };
    auto const order = [&](int number) {
        return "INSERT INTO " + place.name + ".orders VALUES (" + std::to_string(number) + ")";
    };
    options.host = host.handle();
    auto hosts = store::open_postgres(options);
    CHECK_THROWS_AS(append_one(*hosts, sample(key("D-1"), 0, "open")), std::logic_error);  // no transaction

    host("BEGIN");
    host(order(1));
    auto one = sample(key("D-1"), 0, "open");
    one.outbox = {{"notification", "first"}};
    CHECK(append_one(*hosts, one) == outcome{committed{1}});
    CHECK(append_one(*hosts, sample(key("D-1"), 0, "stale")) == dispute_conflict(1));
    CHECK(append_one(*hosts, one) == outcome{duplicate{1}});
    auto next = sample(key("D-1"), 1, "next");
    next.outbox = {{"notification", "second"}};
    CHECK(append_one(*hosts, next) == outcome{committed{2}});
    CHECK_FALSE(at->load(key("D-1")));
    host("ROLLBACK");
    CHECK_FALSE(at->load(key("D-1")));
    CHECK(orders() == "0");

    host("BEGIN");
    host(order(1));
    CHECK(append_all(*hosts, {one, next}) == std::vector<outcome>{committed{1}, committed{2}});
    CHECK(append_one(*hosts, sample(key("D-2"), 0, "open")) == outcome{committed{1}});
    // Somebody else opens the third at the same moment: the host's transaction goes on all the same.
    append_one(*at, sample(key("D-3"), 0, "theirs"));
    CHECK(append_one(*hosts, sample(key("D-3"), 0, "ours")) == dispute_conflict(1));
    host(order(2));
    host("COMMIT");
    CHECK(orders() == "2");
    CHECK(at->load(key("D-1"))->version == 2);
    auto const effects = at->outbox(0, 10);
    REQUIRE(effects.size() == 2);
    CHECK(effects[0].entry.body == "first");
    CHECK(effects[0].position < effects[1].position);
    CHECK(at->damages().empty());
}

TEST_CASE("hosts that do not answer, and those that are not there, are passed over for one that takes writes",
          "[store][postgres]") {
    postgres_server const server{{{"fsync=off"}}};
    open_on(server);
    // It takes connections and says nothing.
    int const silent = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof where;
    REQUIRE(bind(silent, reinterpret_cast<sockaddr*>(&where), size) == 0);
    REQUIRE(listen(silent, 5) == 0);
    REQUIRE(getsockname(silent, reinterpret_cast<sockaddr*>(&where), &size) == 0);
    auto const ports = std::to_string(ntohs(where.sin_port)) + ",1," + std::to_string(server.port());
    auto at = store::open_postgres(
        {.connection = "host=127.0.0.1,127.0.0.1,127.0.0.1 port=" + ports + " user=recourse dbname=postgres",
         .deadline_ms = 1500});
    CHECK(append_one(*at, sample(key("D-1"), 0, "open")) == outcome{committed{1}});

    // A server that only reads, as a standby does, is none to write to.
    postgres_server const reader{{{"fsync=off", "default_transaction_read_only=on"}}};
    auto const both = std::to_string(reader.port()) + "," + std::to_string(server.port());
    auto past = store::open_postgres(
        {.connection = "host=127.0.0.1,127.0.0.1 port=" + both + " user=recourse dbname=postgres"});
    CHECK(past->load(key("D-1"))->version == 1);
    auto const said =
        kind_thrown([&] { static_cast<void>(store::open_postgres({.connection = reader.connection()})); });
    CHECK(said.find("store_unavailable") == 0);
    close(silent);
}

TEST_CASE("a server that crashes loses nothing that it has acknowledged, and is found again", "[store][postgres]") {
    postgres_server server{{}};  // with fsync
    auto at = open_on(server);
    CHECK(append_one(*at, sample(key("D-1"), 0, "open")) == outcome{committed{1}});
    for (std::uint32_t round = 1; round <= 2; ++round) {
        server.stop(SIGKILL);
        CHECK(kind_thrown([&] { at->load(key("D-1")); }).find("store_unavailable") == 0);
        server.start();
        CHECK(at->load(key("D-1"))->version == round);
        CHECK(append_one(*at, sample(key("D-1"), round, "round " + std::to_string(round))) ==
              outcome{committed{round + 1}});
    }
    CHECK(at->events(key("D-1")).size() == 3);
}

TEST_CASE("serialization failures and deadlocks are tried again", "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    auto at = store::open_postgres({.connection = place.connection, .schema = place.name});
    plain_connection const admin{place.connection};
    auto const& in = place.name;
    admin("CREATE SEQUENCE " + in + ".failures");
    admin("CREATE FUNCTION " + in + ".fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN CASE nextval('" + in +
          ".failures') WHEN 1 THEN RAISE 'serialization' USING ERRCODE = '40001'; WHEN 2 THEN RAISE 'deadlock' USING "
          "ERRCODE = '40P01'; ELSE END CASE; RETURN NEW; END $$");
    admin("CREATE TRIGGER fails BEFORE INSERT ON " + in + ".events FOR EACH ROW EXECUTE FUNCTION " + in + ".fail()");
    CHECK(append_one(*at, sample(key("D-1"), 0, "open")) == outcome{committed{1}});
    CHECK(admin("SELECT last_value FROM " + in + ".failures") == "3");
    CHECK(at->events(key("D-1")).size() == 1);
}

TEST_CASE("a row that somebody keeps locked is passed over by claims, and an append to it is told so in time",
          "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    auto at = store::open_postgres({.connection = place.connection, .schema = place.name, .deadline_ms = 1500});
    for (auto const* dispute : {"D-1", "D-2"}) {
        auto one = sample(key(dispute), 0, "open");
        one.next_due = instant{100};
        append_one(*at, one);
    }
    plain_connection const other{place.connection};
    other("BEGIN");
    other("SELECT 1 FROM " + place.name + ".disputes WHERE dispute = 'D-1' FOR UPDATE");
    CHECK(at->claim_due({"w-1", {100}, {200}, 10}) == std::vector<store::due_dispute>{{key("D-2"), 1, {100}}});
    auto const said = kind_thrown([&] { append_one(*at, sample(key("D-1"), 1, "next")); });
    INFO(said);
    CHECK(said.find("store_unavailable") == 0);
    CHECK(said.find("kept a lock") != std::string::npos);
    other("COMMIT");
    CHECK(append_one(*at, sample(key("D-1"), 1, "next")) == outcome{committed{2}});
    CHECK(at->claim_due({"w-1", {100}, {200}, 10}).empty());
}

TEST_CASE("the account of a payment refuses by itself what pays more than was captured", "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    auto at = store::open_postgres({.connection = place.connection, .schema = place.name});
    auto one = sample(key("D-1"), 0, "open");
    one.ledger = {{row(1, 100, 40, 60)}};
    append_one(*at, one);
    plain_connection const admin{place.connection};
    auto const set = [&](std::string const& change) { return admin("UPDATE " + place.name + ".ledger SET " + change); };
    CHECK_THROWS(set("reserved_minor = 41"));
    CHECK_THROWS(set("refunded_minor = 61"));
    CHECK_THROWS(set("captured_minor = 99"));
    CHECK_THROWS(set("reserved_minor = -1"));
    CHECK_THROWS(set("reserved_minor = 9223372036854775807, refunded_minor = 9223372036854775807"));
    CHECK_NOTHROW(set("reserved_minor = 39"));
    CHECK(at->damages().size() == 1);  // and what it lets through is seen by its seal
}

TEST_CASE("what was changed by hand in any table is found", "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    auto at = store::open_postgres({.connection = place.connection, .schema = place.name});
    auto one = sample(key("D-1"), 0, "open");
    one.ledger = {{row(1, 100, 40, 60)}};
    one.outbox = {{"notification", "body"}};
    one.policy = policy("shop", 1, "{}");
    salted_text const text{"words", sha256("salt")};
    one.texts = {{{role::buyer, actor_id{"anna"}}, digest_of(text), text.salt, text.text}};
    append_one(*at, one);
    at->refuse({key("D-1"), {50}, {20}, "c-1", "asked"}, store::keeping::whole);
    REQUIRE(at->damages().empty());
    plain_connection const admin{place.connection};
    auto const found = [&](std::string const& table, std::string const& change) {
        admin("BEGIN");
        admin("UPDATE " + place.name + "." + table + " SET " + change);
        store::postgres_options const inside{.schema = place.name, .host = admin.handle()};
        auto const damages = store::open_postgres(inside)->damages().size();
        admin("ROLLBACK");
        return damages;
    };
    for (auto const* change : {"state = 'x'", "version = 2", "next_due = 5", "head = sha256('x')",
                               "keys = keys || keys", "seal = sha256('x')"})
        CHECK(found("disputes", change) == 1);
    for (auto const* change : {"currency = 'USD'", "captured_minor = 101", "lines = 'x'", "version = 2"})
        CHECK(found("ledger", change) == 1);
    for (auto const* change : {"kind = 'x'", "body = 'x'", "version = 2", "effect = 1", "dispute = 'D-2'"})
        CHECK(found("outbox", change) == 1);
    for (auto const* change : {"count = 2", "code = 21"}) CHECK(found("refusal_counts", change) == 1);
    for (auto const* change : {"asked = 'x'", "codes = '21'", "at = 51"}) CHECK(found("refusals", change) == 1);
    for (auto const* change : {"text = 'x'", "subject = 'eve'", "role = 'seller'"})
        CHECK(found("personal_texts", change) == 1);
    CHECK(found("policies", "text = 'x'") == 1);
    CHECK(found("events", "dispute = 'D-2'") == 1);
    CHECK(at->damages().empty());
}

TEST_CASE("a schema that is newer, another's or damaged is told apart", "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    store::postgres_options options{.connection = place.connection, .schema = place.name};
    auto const opening = [&] { return kind_thrown([&] { static_cast<void>(store::open_postgres(options)); }); };
    options.create = false;
    CHECK(opening().find("store_corrupt") == 0);
    options.create = true;
    CHECK(opening() == "nothing");
    plain_connection const admin{place.connection};
    admin("UPDATE " + place.name + ".store SET version = 99");
    CHECK(opening().find("store_newer") == 0);
    admin("DELETE FROM " + place.name + ".store");
    CHECK(opening().find("store_corrupt") == 0);
    options.schema = "Robert'); DROP";
    CHECK_THROWS_AS(store::open_postgres(options), std::invalid_argument);
    options.schema = place.name;
    options.connection = "host=127.0.0.1 nonsense";
    CHECK_THROWS_AS(store::open_postgres(options), std::invalid_argument);
}

TEST_CASE("positions go on upwards when the tables move to a server that counts transactions from the beginning",
          "[store][postgres]") {
    own_schema const place{recourse::test::shared_postgres()};
    store::postgres_options const options{.connection = place.connection, .schema = place.name};
    auto const open_with = [&](std::string const& dispute) {
        auto one = sample(key(dispute), 0, "open");
        one.outbox = {{"notification", "x"}};
        append_one(*store::open_postgres(options), one);
    };
    open_with("D-1");
    plain_connection const admin{place.connection};
    admin("UPDATE " + place.name + ".outbox SET position = position + (1::bigint << 40)");
    admin("UPDATE " + place.name + ".events SET position = position + (1::bigint << 40)");
    open_with("D-2");
    auto const all = store::open_postgres(options)->outbox(0, 10);
    REQUIRE(all.size() == 2);
    CHECK(all[0].dispute == key("D-1"));
    CHECK(all[1].dispute == key("D-2"));
}

TEST_CASE("the bytes of an erased text are not in the table's file any more", "[store][postgres]") {
    postgres_server const server{{{"fsync=off", "autovacuum=off"}}};
    auto at = open_on(server);
    std::string const words = "a sentence that nobody else would write";
    auto const with_text = [&](std::string const& dispute, std::string const& who, std::string const& said) {
        auto one = sample(key(dispute), 0, "open");
        salted_text const text{said, sha256("salt")};
        one.texts = {{{role::buyer, actor_id{who}}, digest_of(text), text.salt, text.text}};
        append_one(*at, one);
    };
    with_text("D-1", "anna", words);
    with_text("D-2", "otto", "something else that stays");
    plain_connection const admin{server.connection()};
    auto const in_file = [&](std::string const& what) {
        admin("CHECKPOINT");
        auto const path = server.folder() + "/data/" + admin("SELECT pg_relation_filepath('recourse.personal_texts')");
        std::ifstream in{path};
        std::string const bytes{std::istreambuf_iterator<char>{in}, {}};
        return bytes.find(what) != std::string::npos;
    };
    CHECK(in_file(words));
    admin("BEGIN");
    admin("DELETE FROM recourse.personal_texts WHERE subject = 'anna'");  // would not do
    CHECK(in_file(words));
    admin("ROLLBACK");
    CHECK(at->erase({role::buyer, actor_id{"anna"}}) == 1);
    CHECK_FALSE(in_file(words));
    CHECK(in_file("something else that stays"));
    CHECK(at->texts(key("D-2")).size() == 1);
}
