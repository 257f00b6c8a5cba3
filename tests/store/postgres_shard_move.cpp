// A shard moves between two databases while everybody writes it: nothing acknowledged is lost, and nothing is there twice.
#include <catch2/catch.hpp>

#include "moving_writers.hpp"
#include "postgres_adapter.hpp"
#include "recourse/store/archive.hpp"
#include "recourse/store/postgres_shard_move.hpp"
#include "recourse/store/shards.hpp"
#include "recourse/vocabulary/salted_text.hpp"
#include "samples.hpp"
#include "servers/postgres_server.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

constexpr std::uint8_t moved = 194;  // of G-1

// Another database on the server that the tests share.
std::string second_database() {
    static std::string const made = [] {
        auto const first = recourse::test::shared_postgres();
        auto const name = "second_" + std::to_string(getpid());
        plain_connection{first}("CREATE DATABASE " + name);
        return first + " dbname=" + name;
    }();
    return made;
}

struct two_clusters {
    own_schema first{recourse::test::shared_postgres()};
    own_schema second{second_database()};
    store::postgres_options from{.connection = first.connection, .schema = first.name};
    store::postgres_options to{.connection = second.connection, .schema = second.name};
    std::unique_ptr<store::contract> old_one = store::open_postgres(from);
    std::unique_ptr<store::contract> new_one = store::open_postgres(to);
};

void write_some(store::contract& at) {
    for (int number = 1; number <= 8; ++number) {
        auto const name = "D-" + std::to_string(number);
        auto one = sample(key(name), 0, "open " + name, 2);
        one.next_due = instant{5000 + number};
        one.outbox = {{"notification", "first of " + name}, {"refund_order", "second of " + name}};
        if (number == 1) one.ledger = {{row(1, 100, 40, 0)}};
        one.policy = policy("shop", 1, "{}");
        salted_text const text{"words", sha256("salt")};
        one.texts = {{{role::buyer, actor_id{"anna"}}, digest_of(text), text.salt, text.text}};
        append_one(at, one);
    }
    at.settle(at.outbox(0, 1)[0].position);
    at.refuse({key("D-1"), {2000}, {7, 9}, "late", "asked"}, store::keeping::whole);
    append_one(at, sample(key("D-1", "G-2"), 0, "of another shard"));
}

}  // namespace

TEST_CASE("a shard that moved has every row that it had, and the other shards stay", "[every_adapter]") {
    two_clusters const place;
    write_some(*place.old_one);
    auto const events = place.old_one->events(key("D-1"));
    auto const state = place.old_one->load(key("D-1"));
    auto const ledger = place.old_one->ledger(settlement_group{"G-1"}, payment_id{"P-1"});
    auto const due = place.old_one->due(last_instant, 100);
    std::vector<store::outbox_entry> effects;
    for (auto const& one : place.old_one->outbox(0, 100)) effects.push_back(one.entry);

    store::shard_move move{place.from, place.to, moved};
    CHECK_THROWS_AS(move.copy(), std::logic_error);
    move.begin();
    CHECK(move.copy() == store::shard_copied{8, 16});
    CHECK(move.copy() == store::shard_copied{0, 0});
    append_one(*place.old_one, sample(key("D-2"), 2, "meanwhile"));
    CHECK(move.copy() == store::shard_copied{1, 1});
    CHECK_THROWS_AS(append_one(*place.new_one, sample(key("D-3"), 2, "too early")), failure);
    CHECK(place.new_one->outbox(0, 100).empty());
    move.fence();
    CHECK_THROWS_AS(append_one(*place.old_one, sample(key("D-3"), 2, "too late")), failure);
    CHECK_THROWS_AS(place.old_one->refuse({key("D-1"), {2000}, {7}, "later", "asked"}, store::keeping::whole), failure);
    auto const tables = move.finish();
    REQUIRE(tables.size() == 7);
    CHECK(tables[0].table == "disputes");
    CHECK(tables[0].rows == 8);
    CHECK(tables[1].rows == 17);

    CHECK(place.new_one->events(key("D-1")) == events);
    auto const there = place.new_one->load(key("D-1"));
    CHECK(there->state == state->state);
    CHECK(there->head == state->head);
    CHECK(there->command_hashes == state->command_hashes);
    CHECK(place.new_one->ledger(settlement_group{"G-1"}, payment_id{"P-1"}) == ledger);
    CHECK(place.new_one->policy(policy_id{"shop"}, 1));
    CHECK(place.new_one->texts(key("D-1")).size() == 1);
    CHECK(place.new_one->refusals(key("D-1"), 10).size() == 1);
    CHECK(place.new_one->refusal_counts(key("D-1")).size() == 2);
    CHECK(place.new_one->due(last_instant, 100).size() == due.size() - 1);  // of D-2 there is none any more
    std::vector<store::outbox_entry> effects_there;
    for (auto const& one : place.new_one->outbox(0, 100)) effects_there.push_back(one.entry);
    CHECK(effects_there == effects);
    CHECK(place.old_one->outbox(0, 100).empty());
    CHECK(place.new_one->disputes(std::nullopt, 100).size() == 8);
    CHECK(append_one(*place.new_one, sample(key("D-1"), 2, "goes on")) == store::outcome{store::committed{3}});
    CHECK(append_one(*place.new_one, sample(key("D-1"), 0, "open D-1", 2)) == store::outcome{store::duplicate{1}});
    CHECK(append_one(*place.old_one, sample(key("D-1", "G-2"), 1, "beside")) == store::outcome{store::committed{2}});
    CHECK(place.new_one->damages().empty());
    CHECK(place.old_one->damages().empty());
}

TEST_CASE("a shard moves under writers: nothing acknowledged is lost or doubled", "[every_adapter]") {
    two_clusters const place;
    write_some(*place.old_one);
    writers busy{place.from, place.to};
    busy.let_write(100);
    store::shard_move move{place.from, place.to, moved};
    move.begin();
    move.copy();
    busy.let_write(100);
    move.copy();
    move.fence();
    auto const before = busy.sent.load();
    auto const tables = move.finish();
    CHECK(busy.sent <= before + 3);  // what was acknowledged before the fence, and counted after it
    busy.published = true;
    busy.let_write(100);
    busy.end();
    CHECK(busy.lost_and_doubled(*place.new_one) == std::pair{0, 0});
    CHECK(place.new_one->damages().empty());
}

TEST_CASE("without a fence the same move loses what is written last, or finds that the copy differs",
          "[every_adapter]") {
    two_clusters const place;
    write_some(*place.old_one);
    writers busy{place.from, place.to};
    busy.let_write(50);
    store::shard_move move{place.from, place.to, moved};
    move.begin();
    move.copy();
    bool differs = false;
    try {
        move.finish();
        busy.let_write(50);
        busy.published = true;
    } catch (failure const& found) {
        differs = found.kind() == failure_kind::store_corrupt;
    }
    busy.end();
    auto const [lost, doubled] = busy.lost_and_doubled(*place.new_one);
    CHECK((differs || lost > 0));
}

TEST_CASE("a move that is broken off goes on from its beginning, or is given up", "[every_adapter]") {
    two_clusters const place;
    write_some(*place.old_one);
    {
        store::shard_move first{place.from, place.to, moved};
        first.begin();
        first.copy();
        first.fence();
    }  // and here it was killed
    store::shard_move again{place.from, place.to, moved};
    again.begin();
    SECTION("it goes on") {
        CHECK(again.copy() == store::shard_copied{0, 0});
        again.fence();
        again.finish();
        CHECK(place.new_one->events(key("D-8")).size() == 2);
        CHECK_THROWS_AS(append_one(*place.old_one, sample(key("D-3"), 2, "too late")), failure);
    }
    SECTION("it is given up") {
        again.give_up();
        CHECK(place.new_one->disputes(std::nullopt, 100).empty());
        CHECK(place.new_one->feed(0, 100).empty());
        CHECK(append_one(*place.old_one, sample(key("D-3"), 2, "again")) == store::outcome{store::committed{3}});
        CHECK(append_one(*place.new_one, sample(key("D-3"), 0, "of somebody else")) ==
              store::outcome{store::committed{1}});
        store::shard_move third{place.from, place.to, moved};
        CHECK_THROWS_AS(third.begin(), failure);  // what is there is no copy
    }
}

TEST_CASE("effects of a fenced shard are claimed by nobody, and settled by whoever has them", "[every_adapter]") {
    two_clusters const place;
    write_some(*place.old_one);
    append_one(*place.old_one, [] {
        auto one = sample(key("D-9", "G-2"), 0, "of another shard");
        one.outbox = {{"notification", "of another shard"}};
        return one;
    }());
    auto const mine = place.old_one->claim_outbox({"w-1", {10}, {20}, 1});
    REQUIRE(mine.size() == 1);
    store::shard_move move{place.from, place.to, moved};
    move.begin();
    move.copy();
    move.fence();
    auto const others = place.old_one->claim_outbox({"w-2", {30}, {40}, 100});
    REQUIRE(others.size() == 1);
    CHECK(others[0].effect.dispute == key("D-9", "G-2"));
    SECTION("the move goes on without what was settled") {
        CHECK(place.old_one->settle_claimed(mine[0], store::delivered{}));
        auto const waiting = place.old_one->outbox(0, 100).size();
        move.finish();
        CHECK(place.new_one->outbox(0, 100).size() == waiting - 1);
        CHECK(place.old_one->outbox(0, 100).size() == 1);
        CHECK(place.new_one->claim_outbox({"w-3", {30}, {40}, 100}).size() == 7);  // the first of each dispute
    }
    SECTION("given up, they are free again") {
        move.give_up();
        CHECK(place.old_one->claim_outbox({"w-2", {30}, {40}, 100}).size() == 8);
    }
}

TEST_CASE("a move that failed at its last step keeps every effect, and ends when it is repeated", "[every_adapter]") {
    two_clusters const place;
    write_some(*place.old_one);
    auto const waiting = place.old_one->outbox(0, 100).size();
    auto hurried = place.to;
    hurried.deadline_ms = 500;
    {
        plain_connection const reader{place.second.connection};
        store::shard_move first{place.from, hurried, moved};
        first.begin();
        first.copy();
        first.fence();
        // Whoever reads the events holds back that the fence is taken away, and nothing else.
        reader("BEGIN");
        reader("SELECT count(*) FROM " + place.second.name + ".events");
        CHECK_THROWS_AS(first.finish(), failure);
        CHECK(place.old_one->outbox(0, 100).empty());
        CHECK_THROWS_AS(append_one(*place.new_one, sample(key("D-3"), 2, "too early")), failure);
        CHECK(place.new_one->claim_outbox({"w-1", {30}, {40}, 100}).empty());
        reader("COMMIT");
    }
    store::shard_move again{place.from, place.to, moved};
    again.begin();
    CHECK_THROWS_AS(again.give_up(), failure);
    again.copy();
    again.fence();
    auto const tables = again.finish();
    CHECK(place.new_one->outbox(0, 100).size() == waiting);
    CHECK(place.new_one->claim_outbox({"w-1", {30}, {40}, 100}).size() == 8);

    // Ended and repeated, as by one who was killed before the map was published.
    append_one(*place.new_one, sample(key("D-3"), 2, "goes on"));
    store::shard_move third{place.from, place.to, moved};
    third.begin();
    CHECK(third.copy() == store::shard_copied{});
    third.fence();
    CHECK(third.finish()[1].rows == tables[1].rows + 1);
    CHECK_THROWS_AS(third.give_up(), failure);
    CHECK(append_one(*place.new_one, sample(key("D-4"), 2, "goes on too")) == store::outcome{store::committed{3}});
    CHECK_THROWS_AS(append_one(*place.old_one, sample(key("D-4"), 2, "too late")), failure);
}

TEST_CASE("a shard moves there and back, and from where it was it moves to nobody else", "[every_adapter]") {
    two_clusters const place;
    write_some(*place.old_one);
    auto const go = [](store::postgres_options const& from, store::postgres_options const& to) {
        store::shard_move move{from, to, moved};
        move.begin();
        move.copy();
        move.fence();
        move.finish();
    };
    go(place.from, place.to);
    append_one(*place.new_one, sample(key("D-3"), 2, "there"));
    auto const waiting = place.new_one->outbox(0, 100).size();

    own_schema const third{recourse::test::shared_postgres()};
    store::postgres_options const elsewhere{.connection = third.connection, .schema = third.name};
    auto const third_one = store::open_postgres(elsewhere);
    CHECK_THROWS_AS(go(place.from, elsewhere), failure);
    CHECK(third_one->disputes(std::nullopt, 10).empty());

    go(place.to, place.from);
    CHECK(place.old_one->events(key("D-3")).size() == 3);
    CHECK(place.old_one->outbox(0, 100).size() == waiting);
    CHECK(append_one(*place.old_one, sample(key("D-3"), 3, "back")) == store::outcome{store::committed{4}});
    CHECK(place.old_one->damages().empty());
    CHECK_THROWS_AS(append_one(*place.new_one, sample(key("D-3"), 3, "too late")), failure);
    go(place.from, place.to);
    CHECK(place.new_one->events(key("D-3")).size() == 4);
    CHECK(place.new_one->damages().empty());
}

TEST_CASE("a copy that lost, changed or kept something is not opened", "[every_adapter]") {
    two_clusters const place;
    write_some(*place.old_one);
    store::shard_move move{place.from, place.to, moved};
    move.begin();
    move.copy();
    plain_connection const admin{place.second.connection};
    SECTION("an event") { admin("DELETE FROM " + place.second.name + ".events WHERE dispute = 'D-4' AND version = 2"); }
    SECTION("a payment") { admin("UPDATE " + place.second.name + ".ledger SET seal = sha256(seal)"); }
    SECTION("a dispute") { admin("DELETE FROM " + place.second.name + ".disputes WHERE dispute = 'D-4'"); }
    move.fence();
    CHECK_THROWS_AS(move.finish(), failure);
    CHECK_THROWS_AS(append_one(*place.new_one, sample(key("D-3"), 2, "too early")), failure);
}

TEST_CASE("texts that are erased while their shard moves are gone in the copy too", "[every_adapter]") {
    two_clusters const place;
    write_some(*place.old_one);
    store::shard_move move{place.from, place.to, moved};
    move.begin();
    move.copy();
    CHECK(place.old_one->erase({role::buyer, actor_id{"anna"}}) == 8);
    move.fence();
    move.finish();
    CHECK(place.new_one->texts(key("D-1")).empty());
}

TEST_CASE("archived disputes move with their shard", "[every_adapter]") {
    two_clusters const place;
    write_some(*place.old_one);
    append_one(*place.old_one, sample(key("A-1"), 0, "closed", 3));
    std::vector<store::resting_dispute> const one{{key("A-1"), 3, {1'776'000'000'000'000}}};
    REQUIRE(store::open_archive(place.from)->move(one).size() == 1);
    store::shard_move move{place.from, place.to, moved};
    move.begin();
    CHECK(move.copy() == store::shard_copied{9, 19});
    move.fence();
    move.finish();
    CHECK(place.new_one->events(key("A-1")).size() == 3);
    CHECK(place.new_one->damages().empty());
}
