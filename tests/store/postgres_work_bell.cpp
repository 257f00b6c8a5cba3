// Who waits for work hears of it, and of nothing else.
#include <catch2/catch.hpp>

#include <chrono>
#include <future>
#include <string>
#include <vector>

#include "postgres_adapter.hpp"
#include "samples.hpp"
#include "servers/postgres_server.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

constexpr int long_ms = 20'000;  // for what comes
constexpr int short_ms = 200;    // for what does not

store::append due_at(store::append one, std::int64_t when) {
    one.next_due = instant{when};
    return one;
}
store::append with_effect(store::append one) {
    one.outbox = {{"notification", "body"}};
    return one;
}

}  // namespace

TEST_CASE("a bell rings for effects and for earlier deadlines, at most once a commit", "[every_adapter]") {
    own_schema const place{recourse::test::shared_postgres()};
    auto const at = store::open_postgres({.connection = place.connection, .schema = place.name, .announces = true});
    store::work_bell bell{{.connection = place.connection, .schema = place.name}};
    CHECK(bell.wait(short_ms));  // what was appended before it listened is not heard: look anyway
    CHECK_FALSE(bell.wait(short_ms));

    append_one(*at, sample(key("D-1"), 0, "nothing to do"));
    CHECK_FALSE(bell.wait(short_ms));
    append_one(*at, due_at(sample(key("D-1"), 1, "a deadline"), 5000));
    CHECK(bell.wait(long_ms));
    append_one(*at, due_at(sample(key("D-1"), 2, "the same"), 5000));
    append_one(*at, due_at(sample(key("D-1"), 3, "a later one"), 6000));
    CHECK_FALSE(bell.wait(short_ms));
    append_one(*at, due_at(sample(key("D-1"), 4, "an earlier one"), 4000));
    CHECK(bell.wait(long_ms));
    append_all(*at, {with_effect(sample(key("D-2"), 0, "one")), with_effect(sample(key("D-3"), 0, "two"))});
    append_one(*at, with_effect(sample(key("D-2"), 1, "three")));
    CHECK(bell.wait(long_ms));
    int again = 0;  // the server may bring the word of the second commit after it was looked for
    while (bell.wait(short_ms)) ++again;
    CHECK(again <= 1);
    // What was not committed is not announced.
    append_one(*at, with_effect(sample(key("D-2"), 7, "a conflict")));
    CHECK_FALSE(bell.wait(short_ms));
}

TEST_CASE("who sleeps is woken, and a store that was not asked to announces nothing", "[every_adapter]") {
    own_schema const place{recourse::test::shared_postgres()};
    auto const silent = store::open_postgres({.connection = place.connection, .schema = place.name});
    auto const loud = store::open_postgres({.connection = place.connection, .schema = place.name, .announces = true});
    store::work_bell bell{{.connection = place.connection, .schema = place.name}};
    CHECK(bell.wait(short_ms));
    append_one(*silent, with_effect(sample(key("D-1"), 0, "silent")));
    CHECK_FALSE(bell.wait(short_ms));
    auto woken = std::async(std::launch::async, [&] { return bell.wait(long_ms); });
    CHECK(woken.wait_for(std::chrono::milliseconds{short_ms}) == std::future_status::timeout);
    append_one(*loud, with_effect(sample(key("D-2"), 0, "loud")));
    CHECK(woken.wait_for(std::chrono::milliseconds{long_ms / 2}) == std::future_status::ready);
    CHECK(woken.get());
}

TEST_CASE("a bell whose connection was lost tells to look", "[every_adapter]") {
    own_schema const place{recourse::test::shared_postgres()};
    static_cast<void>(store::open_postgres({.connection = place.connection, .schema = place.name}));
    store::work_bell bell{{.connection = place.connection + " application_name=" + place.name, .schema = place.name}};
    CHECK(bell.wait(short_ms));
    CHECK_FALSE(bell.wait(short_ms));
    plain_connection{place.connection}(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '" + place.name + "'");
    CHECK(bell.wait(long_ms));
    CHECK(bell.wait(long_ms));  // the new connection
    CHECK_FALSE(bell.wait(short_ms));
}
