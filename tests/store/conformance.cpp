// What every store must do, sentence by sentence of the contract; run for each adapter.
#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "adapters.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/vocabulary/salted_text.hpp"
#include "samples.hpp"

using namespace recourse;
using namespace store_samples;
using store::committed;
using store::duplicate;
using store::key_reused;
using store::outcome;

namespace {

opened in_memory() { return {nullptr, store::open_memory()}; }
registered const memory{{"memory", in_memory, nullptr}};

struct file {
    folder place;
    std::string path = place / "store.db";
};
opened in_sqlite() {
    auto place = std::make_shared<file>();
    auto at = store::open_sqlite({.path = place->path});
    return {std::move(place), std::move(at)};
}
opened in_sqlite_again(opened const& first) {
    return {first.place, store::open_sqlite({.path = std::static_pointer_cast<file>(first.place)->path})};
}
std::unique_ptr<store::archive> archive_in_sqlite(opened const& first) {
    return store::open_archive(store::sqlite_options{.path = std::static_pointer_cast<file>(first.place)->path});
}
registered const sqlite{{"sqlite", in_sqlite, in_sqlite_again, archive_in_sqlite}};

// Catch2 runs a test case once for each; the name is in the output of a failure.
adapter each_adapter() {
    auto const which = GENERATE(from_range(adapters()));
    UNSCOPED_INFO("store: " << which.name);
    return which;
}
opened each_store() { return each_adapter().open(); }

// Runs a loop for each of several connections to one store, at once.
template <class Work>
void at_once(adapter const& which, opened const& first, int workers, Work const& work) {
    std::vector<opened> stores;
    for (int worker = 0; worker < workers; ++worker) stores.push_back(which.open_again(first));
    std::vector<std::thread> threads;
    for (int worker = 0; worker < workers; ++worker)
        threads.emplace_back([&, worker] { work(*stores[static_cast<std::size_t>(worker)], worker); });
    for (auto& one : threads) one.join();
}

// Everything a reader can see, to show that nothing was left behind.
struct seen {
    std::vector<dispute_key> disputes;
    std::vector<std::vector<store::stored_event>> events;
    std::vector<std::string> states;
    std::vector<store::due_dispute> due;
    std::vector<store::pending_effect> outbox;
    std::optional<store::ledger_row> ledger;
    std::vector<std::vector<store::code_count>> refusal_counts;
    bool operator==(seen const&) const = default;
};

seen everything(store::contract& at) {
    seen all;
    all.disputes = at.disputes(std::nullopt, 1000);
    for (auto const& dispute : all.disputes) {
        all.events.push_back(at.events(dispute));
        all.states.push_back(at.load(dispute)->state);
        all.refusal_counts.push_back(at.refusal_counts(dispute));
    }
    all.due = at.due(last_instant, 1000);
    all.outbox = at.outbox(0, 1000);
    all.ledger = at.ledger(settlement_group{"G-1"}, payment_id{"P-1"});
    return all;
}

std::string every_byte() {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    return bytes + '\0' + "\xff\xfe end" + '\0';
}

}  // namespace

TEST_CASE("a store that was just opened holds nothing", "[store][every_adapter]") {
    auto at = each_store();
    CHECK_FALSE(at->load(key("D-1")));
    CHECK(at->events(key("D-1")).empty());
    CHECK(at->due(last_instant, 10).empty());
    CHECK(at->outbox(0, 10).empty());
    CHECK(at->feed(0, 10).empty());
    CHECK(at->disputes(std::nullopt, 10).empty());
    CHECK_FALSE(at->ledger(settlement_group{"G-1"}, payment_id{"P-1"}));
    CHECK_FALSE(at->policy(sha256("any")));
    CHECK_FALSE(at->policy(policy_id{"any"}, 1));
    CHECK_FALSE(at->settle(1));
    CHECK(at->append({}).empty());
}

TEST_CASE("one append stores its events, state, deadline, effects, ledger rows and policy", "[store][every_adapter]") {
    auto at = each_store();
    auto one = sample(key("D-1"), 0, "open", 3);
    one.next_due = instant{5000};
    one.outbox = {{"notification", "first"}, {"refund_order", "second"}};
    one.ledger = {{row(1, 100, 40, 0)}, {row(1, 7, 0, 7, "P-2")}};
    one.policy = policy("shop", 3, "{}");
    CHECK(append_one(*at, one) == outcome{committed{3}});

    auto found = at->load(key("D-1"));
    REQUIRE(found);
    CHECK(found->version == 3);
    CHECK(found->state == one.state);
    CHECK(found->next_due == instant{5000});
    CHECK(found->command_hashes == std::vector{store::command_hash("open")});

    auto expected = one.events;
    expected[0].command = "open";
    expected[0].fingerprint = one.fingerprint;
    digest link;
    for (auto& event : expected) link = event.link = store::link_of(key("D-1"), link, event);
    CHECK(at->events(key("D-1")) == expected);
    CHECK(found->head == link);

    CHECK(at->due(instant{5000}, 10) == std::vector<store::due_dispute>{{key("D-1"), 3, {5000}}});
    auto effects = at->outbox(0, 10);
    REQUIRE(effects.size() == 2);
    CHECK(effects[0] == store::pending_effect{effects[0].position, key("D-1"), 3, 0, one.outbox[0]});
    CHECK(effects[1] == store::pending_effect{effects[1].position, key("D-1"), 3, 1, one.outbox[1]});
    CHECK(at->ledger(settlement_group{"G-1"}, payment_id{"P-1"}) == one.ledger[0].after);
    CHECK(at->ledger(settlement_group{"G-1"}, payment_id{"P-2"}) == one.ledger[1].after);
    CHECK(at->policy(one.policy->hash) == one.policy);
    CHECK(at->policy(policy_id{"shop"}, 3) == one.policy);
}

TEST_CASE("the command key and fingerprint stand on the first event of a command only, whatever its events say",
          "[store][every_adapter]") {
    auto at = each_store();
    auto one = sample(key("D-1"), 0, "open", 2);
    for (auto& event : one.events) {
        event.command = "other";
        event.fingerprint = sha256("other");
    }
    append_one(*at, one);
    append_one(*at, sample(key("D-1"), 2, "next"));
    auto events = at->events(key("D-1"));
    REQUIRE(events.size() == 3);
    CHECK(events[0].command == "open");
    CHECK(events[0].fingerprint == one.fingerprint);
    CHECK(events[1].command.empty());
    CHECK(events[1].fingerprint == digest{});
    CHECK(events[2].command == "next");
    CHECK(append_one(*at, sample(key("D-1"), 3, "other")) == outcome{committed{4}});
}

TEST_CASE("events are read after a version, in order", "[store][every_adapter]") {
    auto at = each_store();
    append_one(*at, sample(key("D-1"), 0, "open", 2));
    append_one(*at, sample(key("D-1"), 2, "next", 2));
    append_one(*at, sample(key("D-2"), 0, "open", 1));
    auto versions = [&](std::uint32_t after) {
        std::vector<std::uint32_t> found;
        for (auto const& event : at->events(key("D-1"), after)) found.push_back(event.version);
        return found;
    };
    CHECK(versions(0) == std::vector<std::uint32_t>{1, 2, 3, 4});
    CHECK(versions(1) == std::vector<std::uint32_t>{2, 3, 4});
    CHECK(versions(3) == std::vector<std::uint32_t>{4});
    CHECK(versions(4).empty());
    CHECK(versions(5).empty());
    CHECK(versions(std::numeric_limits<std::uint32_t>::max()).empty());
}

TEST_CASE("an append on a stale version is a conflict that names the version found", "[store][every_adapter]") {
    auto at = each_store();
    CHECK(append_one(*at, sample(key("D-1"), 2, "early")) == dispute_conflict(0));
    append_one(*at, sample(key("D-1"), 0, "open", 2));
    auto before = everything(*at);
    CHECK(append_one(*at, sample(key("D-1"), 0, "again")) == dispute_conflict(2));
    CHECK(append_one(*at, sample(key("D-1"), 1, "stale")) == dispute_conflict(2));
    CHECK(append_one(*at, sample(key("D-1"), 3, "ahead")) == dispute_conflict(2));
    CHECK(everything(*at) == before);
    CHECK(at->load(key("D-1"))->command_hashes.size() == 1);
}

TEST_CASE("a command that met a conflict is decided anew", "[store][every_adapter]") {
    auto at = each_store();
    CHECK(append_one(*at, sample(key("D-1"), 1, "open")) == dispute_conflict(0));
    CHECK(append_one(*at, sample(key("D-1"), 0, "open")) == outcome{committed{1}});
}

TEST_CASE("a known command key answers duplicate whatever the versions say, and writes nothing",
          "[store][every_adapter]") {
    auto at = each_store();
    append_one(*at, sample(key("D-1"), 0, "open", 2));
    append_one(*at, sample(key("D-1"), 2, "next", 3));
    append_one(*at, sample(key("D-1"), 5, "last"));
    auto before = everything(*at);
    for (std::uint32_t expected : {0U, 2U, 6U, 77U}) {
        auto again = sample(key("D-1"), expected, "next", 1);
        again.outbox = {{"notification", "twice"}};
        again.ledger = {{row(9, 1, 0, 0)}};
        CHECK(append_one(*at, again) == outcome{duplicate{3}});
    }
    CHECK(append_one(*at, sample(key("D-1"), 0, "open")) == outcome{duplicate{1}});
    CHECK(append_one(*at, sample(key("D-1"), 0, "last")) == outcome{duplicate{6}});
    CHECK(everything(*at) == before);
}

TEST_CASE("a known command key with another fingerprint is key_reused", "[store][every_adapter]") {
    auto at = each_store();
    append_one(*at, sample(key("D-1"), 0, "open"));
    auto before = everything(*at);
    auto other = sample(key("D-1"), 1, "open");
    other.fingerprint = sha256("something else");
    CHECK(append_one(*at, other) == outcome{key_reused{}});
    other.expected = 0;
    other.events[0].version = 1;
    CHECK(append_one(*at, other) == outcome{key_reused{}});
    CHECK(everything(*at) == before);
}

TEST_CASE("a command key is known within its dispute only", "[store][every_adapter]") {
    auto at = each_store();
    CHECK(append_one(*at, sample(key("D-1"), 0, "open")) == outcome{committed{1}});
    CHECK(append_one(*at, sample(key("D-2"), 0, "open")) == outcome{committed{1}});
    CHECK(append_one(*at, sample(key("D-1", "G-2"), 0, "open")) == outcome{committed{1}});
}

TEST_CASE("load gives the hash of every command key in the order of writing", "[store][every_adapter]") {
    auto at = each_store();
    std::vector<std::uint64_t> expected;
    for (std::uint32_t version = 0; version < 300; ++version) {
        auto command = "command " + std::to_string(version);
        expected.push_back(store::command_hash(command));
        REQUIRE(append_one(*at, sample(key("D-1"), version, command)) == outcome{committed{version + 1}});
    }
    CHECK(at->load(key("D-1"))->command_hashes == expected);
}

TEST_CASE("command_hash is the first eight bytes of SHA-256, big-endian", "[store]") {
    CHECK(store::command_hash("abc") == 0xba7816bf8f01cfeaU);
    CHECK(store::command_hash("") == 0xe3b0c44298fc1c14U);
}

TEST_CASE("an append that is a bug of its caller throws before anything is written", "[store][every_adapter]") {
    auto at = each_store();
    append_one(*at, sample(key("D-1"), 0, "open"));
    auto before = everything(*at);
    auto refused = [&](std::function<void(store::append&)> const& spoil) {
        auto bad = sample(key("D-1"), 1, "bad", 2);
        spoil(bad);
        CHECK_THROWS_AS(append_all(*at, {sample(key("D-0"), 0, "good"), bad}), std::invalid_argument);
        CHECK_THROWS_AS(append_one(*at, bad), std::invalid_argument);
        CHECK(everything(*at) == before);
    };
    auto ledger = [](store::ledger_row after) { return [after](store::append& one) { one.ledger = {{after}}; }; };
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    SECTION("no events") {
        refused([](auto& one) { one.events.clear(); });
    }
    SECTION("a gap") {
        refused([](auto& one) { one.events[1].version = 4; });
    }
    SECTION("a version twice") {
        refused([](auto& one) { one.events[1].version = 2; });
    }
    SECTION("not after expected") {
        refused([](auto& one) { one.expected = 0; });
    }
    SECTION("versions past the last one") {
        refused([](auto& one) {
            one.expected = std::numeric_limits<std::uint32_t>::max() - 1;
            one.events[0].version = one.expected + 1;
            one.events[1].version = 0;
        });
    }
    SECTION("no command key") {
        refused([](auto& one) { one.command.clear(); });
    }
    SECTION("no dispute") {
        refused([](auto& one) { one.dispute.dispute = {}; });
    }
    SECTION("no group") {
        refused([](auto& one) { one.dispute.group = {}; });
    }
    SECTION("no payment") {
        refused([](auto& one) { one.ledger = {{{payment_id{}, 1, "EUR", 0, 0, 0, ""}}}; });
    }
    SECTION("ledger version 0") { refused(ledger(row(0, 1, 0, 0))); }
    SECTION("ledger version past the last one") { refused(ledger(row(1ULL << 63U, 1, 0, 0))); }
    SECTION("reserved below 0") { refused(ledger(row(1, 100, -1, 0))); }
    SECTION("refunded below 0") { refused(ledger(row(1, 100, 0, -1))); }
    SECTION("captured below 0") { refused(ledger(row(1, -1, 0, 0))); }
    SECTION("reserved over captured") { refused(ledger(row(1, 100, 101, 0))); }
    SECTION("refunded over captured") { refused(ledger(row(1, 100, 0, 101))); }
    SECTION("their sum over captured") { refused(ledger(row(1, 100, 60, 41))); }
    SECTION("a sum that overflows") { refused(ledger(row(1, most, most, most))); }
    SECTION("the least number") { refused(ledger(row(1, least, 0, 0))); }
    SECTION("a negative sum that overflows") { refused(ledger(row(1, 0, least, least))); }
    SECTION("a policy with another hash") {
        refused([](auto& one) {
            one.policy = policy("shop", 1, "{}");
            one.policy->text = "{ }";
        });
    }
    SECTION("a text of nobody") {
        refused([](auto& one) { one.texts = {{{role::buyer, {}}, digest_of({"text", {}}), {}, "text"}}; });
    }
    SECTION("a text with another digest") {
        refused([](auto& one) { one.texts = {{{role::buyer, actor_id{"anna"}}, sha256("text"), {}, "text"}}; });
    }
    SECTION("a policy without identifier") {
        refused([](auto& one) {
            one.policy = policy("shop", 1, "{}");
            one.policy->id = {};
        });
    }
}

TEST_CASE("the ledger invariant allows its borders", "[store][every_adapter]") {
    auto at = each_store();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    auto one = sample(key("D-1"), 0, "open");
    one.ledger = {{row(1, 0, 0, 0)},
                  {row(1, most, most, 0, "P-2")},
                  {row(1, most, 0, most, "P-3")},
                  {row(1, 100, 60, 40, "P-4")}};
    CHECK(append_one(*at, one) == outcome{committed{1}});
    CHECK(at->ledger(settlement_group{"G-1"}, payment_id{"P-3"}) == row(1, most, 0, most, "P-3"));
}

TEST_CASE("a ledger row is written only on top of the version that was read", "[store][every_adapter]") {
    auto at = each_store();
    auto with = [&](std::uint32_t expected, std::string const& command, store::ledger_row after) {
        auto one = sample(key("D-1"), expected, command);
        one.outbox = {{"notification", command}};
        one.ledger = {{row(1, 5, 0, 0, "P-" + command)}, {after}};  // the first one must not stay when the second fails
        return append_one(*at, one);
    };
    CHECK(with(0, "early", row(2, 100, 0, 0)) == ledger_conflict(0));
    CHECK_FALSE(at->load(key("D-1")));
    CHECK(with(0, "open", row(1, 100, 0, 0)) == outcome{committed{1}});
    CHECK(with(1, "reserve", row(2, 100, 50, 0)) == outcome{committed{2}});
    auto before = everything(*at);
    CHECK(with(2, "stale", row(2, 100, 70, 0)) == ledger_conflict(2));
    CHECK(with(2, "new", row(1, 100, 70, 0)) == ledger_conflict(2));
    CHECK(with(2, "ahead", row(4, 100, 70, 0)) == ledger_conflict(2));
    CHECK(everything(*at) == before);
    CHECK_FALSE(at->ledger(settlement_group{"G-1"}, payment_id{"P-stale"}));
    CHECK(with(2, "stale", row(3, 100, 0, 50)) == outcome{committed{3}});
}

TEST_CASE("a payment may change twice in one append, and belongs to its settlement group", "[store][every_adapter]") {
    auto at = each_store();
    auto one = sample(key("D-1"), 0, "open");
    one.ledger = {{row(1, 100, 0, 0)}, {row(2, 100, 50, 0)}};
    CHECK(append_one(*at, one) == outcome{committed{1}});
    CHECK(at->ledger(settlement_group{"G-1"}, payment_id{"P-1"}) == row(2, 100, 50, 0));
    CHECK_FALSE(at->ledger(settlement_group{"G-2"}, payment_id{"P-1"}));
    auto elsewhere = sample(key("D-1", "G-2"), 0, "open");
    elsewhere.ledger = {{row(1, 9, 0, 9)}};
    CHECK(append_one(*at, elsewhere) == outcome{committed{1}});
    auto skipping = sample(key("D-1"), 1, "skip");
    skipping.ledger = {{row(3, 100, 0, 50)}, {row(5, 100, 0, 60)}};
    CHECK(append_one(*at, skipping) == ledger_conflict(3));
    CHECK(at->ledger(settlement_group{"G-1"}, payment_id{"P-1"}) == row(2, 100, 50, 0));
}

TEST_CASE("the dispute's version is compared before the ledger's, and the ledger's before the policy",
          "[store][every_adapter]") {
    auto at = each_store();
    auto first = sample(key("D-1"), 0, "open");
    first.policy = policy("shop", 1, "{}");
    append_one(*at, first);
    auto bad = sample(key("D-2"), 5, "all wrong");
    bad.ledger = {{row(9, 1, 0, 0)}};
    bad.policy = policy("shop", 1, "{other}");
    CHECK(append_one(*at, bad) == dispute_conflict(0));
    bad.expected = 0;
    bad.events[0].version = 1;
    CHECK(append_one(*at, bad) == ledger_conflict(0));
    bad.ledger.clear();
    CHECK(append_one(*at, bad) == outcome{store::conflict{store::conflict::cause::policy_differs, 0}});
}

TEST_CASE("a group commits each append on its own merits, in the order given", "[store][every_adapter]") {
    auto at = each_store();
    append_one(*at, sample(key("D-9"), 0, "open"));
    auto failing = sample(key("D-2"), 0, "open", 2);
    failing.outbox = {{"notification", "never"}};
    failing.next_due = instant{1};
    failing.ledger = {{row(1, 50, 0, 0, "P-2")}, {row(2, 50, 0, 0, "P-3")}};
    auto reused = sample(key("D-1"), 0, "open");
    reused.fingerprint = sha256("other");
    auto outcomes = append_all(
        *at, {sample(key("D-1"), 0, "open", 2), failing, sample(key("D-1"), 2, "next"), sample(key("D-1"), 2, "late"),
              sample(key("D-1"), 0, "open"), reused, sample(key("D-9"), 1, "next"), sample(key("D-3"), 0, "open")});
    CHECK(outcomes == std::vector<outcome>{committed{2}, ledger_conflict(0), committed{3}, dispute_conflict(3),
                                           duplicate{1}, key_reused{}, committed{2}, committed{1}});
    CHECK(at->disputes(std::nullopt, 10) == std::vector{key("D-1"), key("D-3"), key("D-9")});
    CHECK(at->events(key("D-1")).size() == 3);
    CHECK(at->outbox(0, 10).empty());
    CHECK(at->due(last_instant, 10).empty());
    CHECK_FALSE(at->ledger(settlement_group{"G-1"}, payment_id{"P-2"}));
}

TEST_CASE("an append rests on those to its dispute before it in the group", "[store][every_adapter]") {
    auto at = each_store();
    append_one(*at, sample(key("D-1"), 0, "open"));
    append_one(*at, sample(key("D-1"), 1, "somebody else's"));
    // Decided on version 1: the first would make version 2, which is somebody else's by now. The second must not take it
    // for its own.
    auto outcomes =
        append_all(*at, {sample(key("D-1"), 1, "timer"), sample(key("D-1"), 2, "mine"), sample(key("D-2"), 0, "open")});
    CHECK(outcomes == std::vector<outcome>{dispute_conflict(2), dispute_conflict(2), committed{1}});
    CHECK(at->events(key("D-1")).size() == 2);
    CHECK(append_one(*at, sample(key("D-1"), 2, "mine")) == outcome{committed{3}});
}

TEST_CASE("a group that holds together is committed whole or not at all", "[store][every_adapter]") {
    auto at = each_store();
    append_one(*at, sample(key("D-1"), 0, "open"));
    auto const before = everything(*at);
    auto file = sample(key("/P-1"), 0, "notice");
    file.ledger = {{row(1, 100, 0, 0)}};
    file.all_or_none = true;
    auto heard = sample(key("D-1"), 0, "heard");  // somebody has been faster
    heard.ledger = {{row(2, 100, 10, 0)}};
    CHECK(append_all(*at, {file, heard}) == std::vector<outcome>{dispute_conflict(0), dispute_conflict(1)});
    CHECK(everything(*at) == before);
    CHECK_FALSE(at->ledger(recourse::settlement_group{"G-1"}, recourse::payment_id{"P-1"}));
    // The second rests on the ledger row that the first one makes.
    heard = sample(key("D-1"), 1, "heard");
    heard.ledger = {{row(2, 100, 10, 0)}};
    CHECK(append_all(*at, {file, heard}) == std::vector<outcome>{committed{1}, committed{2}});
    CHECK(at->ledger(recourse::settlement_group{"G-1"}, recourse::payment_id{"P-1"})->version == 2);
    // Sent again, all of it is known.
    CHECK(append_all(*at, {file, heard}) == std::vector<outcome>{duplicate{1}, duplicate{2}});
    auto stale = sample(key("D-2"), 0, "other");
    stale.all_or_none = true;
    auto wrong = sample(key("D-1"), 2, "more");
    wrong.ledger = {{row(2, 100, 20, 0)}};
    CHECK(append_all(*at, {stale, wrong}) == std::vector<outcome>{dispute_conflict(0), ledger_conflict(2)});
    CHECK_FALSE(at->load(key("D-2")));
}

TEST_CASE("a group in which nothing can be written writes nothing", "[store][every_adapter]") {
    auto at = each_store();
    append_one(*at, sample(key("D-1"), 0, "open"));
    auto before = everything(*at);
    CHECK(append_all(*at, {sample(key("D-1"), 0, "open"), sample(key("D-1"), 0, "other")}) ==
          std::vector<outcome>{duplicate{1}, dispute_conflict(1)});
    CHECK(everything(*at) == before);
}

TEST_CASE("due gives disputes whose deadline has come, earliest first, at most so many", "[store][every_adapter]") {
    auto at = each_store();
    auto with_due = [&](dispute_key const& of, std::uint32_t expected, std::optional<instant> when) {
        auto one = sample(of, expected, "command " + std::to_string(expected));
        one.next_due = when;
        REQUIRE(append_one(*at, one) == outcome{committed{expected + 1}});
    };
    with_due(key("D-3"), 0, instant{300});
    with_due(key("D-2", "G-2"), 0, instant{100});
    with_due(key("D-9"), 0, instant{100});
    with_due(key("D-1"), 0, std::nullopt);
    with_due(key("D-4"), 0, instant{-50});
    store::due_dispute const fourth{key("D-4"), 1, {-50}}, ninth{key("D-9"), 1, {100}},
        second{key("D-2", "G-2"), 1, {100}}, third{key("D-3"), 1, {300}};
    CHECK(at->due({-51}, 10).empty());
    CHECK(at->due({-50}, 10) == std::vector{fourth});
    CHECK(at->due({99}, 10) == std::vector{fourth});
    CHECK(at->due({100}, 10) == std::vector{fourth, ninth, second});  // at one instant by key
    CHECK(at->due(last_instant, std::numeric_limits<std::size_t>::max()) == std::vector{fourth, ninth, second, third});
    CHECK(at->due(last_instant, 2) == std::vector{fourth, ninth});
    CHECK(at->due(last_instant, 0).empty());

    with_due(key("D-9"), 1, instant{400});  // moved
    with_due(key("D-4"), 1, std::nullopt);  // gone
    with_due(key("D-3"), 1, instant{300});  // the same
    CHECK(at->due(last_instant, 10) ==
          std::vector{second, store::due_dispute{key("D-3"), 2, {300}}, store::due_dispute{key("D-9"), 2, {400}}});
    CHECK_FALSE(at->load(key("D-4"))->next_due);
}

TEST_CASE("effects come in commit order and stay until they are settled", "[store][every_adapter]") {
    auto at = each_store();
    auto with_effects = [&](std::string const& dispute, std::uint32_t expected,
                            std::vector<store::outbox_entry> entries) {
        auto one = sample(key(dispute), expected, "command " + std::to_string(expected));
        one.outbox = std::move(entries);
        REQUIRE(append_one(*at, one) == outcome{committed{expected + 1}});
    };
    with_effects("D-2", 0, {{"a", "1"}, {"b", "2"}});
    with_effects("D-1", 0, {{"c", "3"}});
    with_effects("D-1", 1, {});
    with_effects("D-2", 1, {{"d", "4"}});
    auto all = at->outbox(0, 10);
    REQUIRE(all.size() == 4);
    for (std::size_t next = 1; next < all.size(); ++next) CHECK(all[next - 1].position < all[next].position);
    CHECK(all[0].position > 0);
    CHECK(all[0].entry == store::outbox_entry{"a", "1"});
    CHECK(all[1].index == 1);
    CHECK(all[3].version == 2);
    CHECK(at->outbox(0, 2) == std::vector{all[0], all[1]});
    CHECK(at->outbox(all[1].position, 10) == std::vector{all[2], all[3]});
    CHECK(at->outbox(0, 0).empty());
    CHECK(at->outbox(all[3].position, 10).empty());
    CHECK(at->outbox(std::numeric_limits<std::uint64_t>::max(), 10).empty());

    CHECK(at->settle(all[1].position));
    CHECK_FALSE(at->settle(all[1].position));
    CHECK_FALSE(at->settle(0));
    CHECK_FALSE(at->settle(std::numeric_limits<std::uint64_t>::max()));
    CHECK(at->outbox(0, 10) == std::vector{all[0], all[2], all[3]});
}

TEST_CASE("the position of a settled effect is never given again", "[store][every_adapter]") {
    auto at = each_store();
    std::uint64_t last = 0;
    for (std::uint32_t version = 0; version < 5; ++version) {
        auto one = sample(key("D-1"), version, "command " + std::to_string(version));
        one.outbox = {{"notification", "x"}};
        append_one(*at, one);
        auto pending = at->outbox(last, 10);
        REQUIRE(pending.size() == 1);
        last = pending[0].position;
        REQUIRE(at->settle(last));
    }
}

TEST_CASE("a policy is stored once by its hash; another text under its name is a conflict", "[store][every_adapter]") {
    auto at = each_store();
    auto with_policy = [&](std::string const& dispute, store::policy_document const& document) {
        auto one = sample(key(dispute), 0, "open");
        one.policy = document;
        return append_one(*at, one);
    };
    auto const first = policy("shop", 1, "{one}");
    CHECK(with_policy("D-1", first) == outcome{committed{1}});
    CHECK(with_policy("D-2", first) == outcome{committed{1}});
    CHECK(with_policy("D-3", policy("shop", 1, "{two}")) ==
          outcome{store::conflict{store::conflict::cause::policy_differs, 0}});
    CHECK_FALSE(at->load(key("D-3")));
    CHECK(with_policy("D-3", policy("shop", 2, "{two}")) == outcome{committed{1}});
    CHECK(at->policy(first.hash) == first);
    CHECK(at->policy(policy_id{"shop"}, 1) == first);
    CHECK(at->policy(policy_id{"shop"}, 2) == policy("shop", 2, "{two}"));
    CHECK_FALSE(at->policy(policy_id{"shop"}, 3));
    CHECK_FALSE(at->policy(sha256("{three}")));
}

TEST_CASE("disputes are listed by group and then by dispute, a page at a time", "[store][every_adapter]") {
    auto at = each_store();
    for (auto const& of : {key("D-2"), key("d", "G-10"), key("D-10"), key("D-1", "G-2"), key("D-1")})
        append_one(*at, sample(of, 0, "open"));
    auto const all = std::vector{key("D-1"), key("D-10"), key("D-2"), key("d", "G-10"), key("D-1", "G-2")};
    CHECK(at->disputes(std::nullopt, 100) == all);
    std::vector<dispute_key> paged;
    for (std::optional<dispute_key> after;;) {
        auto page = at->disputes(after, 2);
        if (page.empty()) break;
        paged.insert(paged.end(), page.begin(), page.end());
        after = page.back();
    }
    CHECK(paged == all);
    CHECK(at->disputes(key("D-11"), 1) == std::vector{key("D-2")});  // a key that is not there
    CHECK(at->disputes(std::nullopt, 0).empty());
}

TEST_CASE("bytes come back as they were, zeros and broken UTF-8 included", "[store][every_adapter]") {
    auto at = each_store();
    auto const bytes = every_byte();
    auto one = sample(key("D-1"), 0, bytes);
    one.state = bytes;
    one.events[0].body = bytes;
    one.events[0].type = bytes;
    one.outbox = {{bytes, bytes}, {"", ""}};
    one.ledger = {{row(1, 1, 0, 0)}};
    one.ledger[0].after.lines = bytes;
    one.ledger[0].after.currency = bytes;
    one.policy = policy("shop", 0, bytes);
    REQUIRE(append_one(*at, one) == outcome{committed{1}});
    CHECK(append_one(*at, one) == outcome{duplicate{1}});
    CHECK(at->load(key("D-1"))->state == bytes);
    CHECK(at->events(key("D-1"))[0].body == bytes);
    CHECK(at->events(key("D-1"))[0].type == bytes);
    CHECK(at->events(key("D-1"))[0].command == bytes);
    CHECK(at->outbox(0, 10)[0].entry == one.outbox[0]);
    CHECK(at->outbox(0, 10)[1].entry == one.outbox[1]);
    CHECK(at->ledger(settlement_group{"G-1"}, payment_id{"P-1"}) == one.ledger[0].after);
    CHECK(at->policy(one.policy->hash) == one.policy);
}

TEST_CASE("large and empty bodies come back as they were", "[store][every_adapter]") {
    auto at = each_store();
    std::string large(1U << 20U, 'x');
    for (std::size_t place = 0; place < large.size(); place += 97) large[place] = static_cast<char>(place);
    auto one = sample(key("D-1"), 0, "open", 2);
    one.events[0].body = large;
    one.events[1].body.clear();
    one.state = large;
    one.outbox = {{"notification", large}};
    one.policy = policy("shop", 1, large);
    REQUIRE(append_one(*at, one) == outcome{committed{2}});
    CHECK(at->events(key("D-1"))[0].body == large);
    CHECK(at->events(key("D-1"))[1].body.empty());
    CHECK(at->load(key("D-1"))->state == large);
    CHECK(at->outbox(0, 1)[0].entry.body == large);
    CHECK(at->policy(policy_id{"shop"}, 1)->text == large);

    auto emptied = sample(key("D-1"), 2, "next");
    emptied.state.clear();
    append_one(*at, emptied);
    CHECK(at->load(key("D-1"))->state.empty());
}

TEST_CASE("instants of any size come back as they were", "[store][every_adapter]") {
    auto at = each_store();
    auto one = sample(key("D-1"), 0, "open", 3);
    one.events[0].at = {std::numeric_limits<std::int64_t>::min()};
    one.events[1].at = first_instant;
    one.events[2].at = {std::numeric_limits<std::int64_t>::max()};
    one.next_due = instant{std::numeric_limits<std::int64_t>::min()};
    append_one(*at, one);
    auto events = at->events(key("D-1"));
    for (std::size_t which = 0; which < 3; ++which) CHECK(events[which].at == one.events[which].at);
    CHECK(at->load(key("D-1"))->next_due == one.next_due);
    CHECK(at->due({std::numeric_limits<std::int64_t>::min()}, 1).size() == 1);
}

TEST_CASE("the link of an event is SHA-256 over the link before it and all that is stored of it, each with its length",
          "[store]") {
    // The bytes were put together by hand, as docs/store.md has them, and summed with another program.
    store::stored_event const first{1, {1000}, "a.b", "{}", "c-1", sha256("x"), instant{2000}};
    store::stored_event const second{2, {-5}, "a.c", "", "", {}};
    auto const link = store::link_of(key("D-1"), {}, first);
    CHECK(to_text(link) == "3254195d3ef9c53d3def42d21f485e72b9880f85c625289e3821f62d5b973dd9");
    CHECK(to_text(store::link_of(key("D-1"), link, second)) ==
          "584e72040a1b64f09b0f48c046b70daf1ef2df1c23331914fefeecc7aff7ca22");

    auto const differs = [&](auto const& change) {
        auto other = first;
        change(other);
        return store::link_of(key("D-1"), {}, other) != link;
    };
    CHECK(differs([](auto& event) { event.version = 2; }));
    CHECK(differs([](auto& event) { event.at = {1001}; }));
    CHECK(differs([](auto& event) { event.recorded_at = instant{2001}; }));
    CHECK(differs([](auto& event) { event.recorded_at.reset(); }));
    CHECK(differs([](auto& event) { event.type = "a.c"; }));
    CHECK(differs([](auto& event) { event.body = "{ }"; }));
    CHECK(differs([](auto& event) { event.command = "c-2"; }));
    CHECK(differs([](auto& event) { event.command.clear(); }));
    CHECK(differs([](auto& event) { event.fingerprint = sha256("y"); }));
    CHECK(differs([](auto& event) { std::swap(event.type, event.body); }));
    CHECK_FALSE(differs([](auto& event) { event.link = sha256("not read"); }));
    CHECK(store::link_of(key("D-2"), {}, first) != link);
    CHECK(store::link_of(key("D-1", "G-2"), {}, first) != link);
    CHECK(store::link_of(key("D-1"), sha256("another"), first) != link);
}

TEST_CASE("each event is linked to the one before it, over the appends of its dispute, and the head is the last link",
          "[store][every_adapter]") {
    auto at = each_store();
    append_all(*at,
               {sample(key("D-1"), 0, "open", 2), sample(key("D-2"), 0, "open"), sample(key("D-1"), 2, "next", 2)});
    append_one(*at, sample(key("D-1"), 4, "last"));
    append_one(*at, sample(key("D-1"), 4, "never"));  // a conflict
    for (auto const& dispute : {key("D-1"), key("D-2")}) {
        digest last;
        for (auto const& event : at->events(dispute)) {
            CHECK(event.link == store::link_of(dispute, last, event));
            last = event.link;
        }
        CHECK(at->load(dispute)->head == last);
    }
    auto const two = at->events(key("D-1"), 3);
    REQUIRE(two.size() == 2);
    CHECK(two[1].link == store::link_of(key("D-1"), two[0].link, two[1]));
    CHECK(at->damages().empty());
}

TEST_CASE("when an event was recorded comes back as it was given, or as nothing", "[store][every_adapter]") {
    auto at = each_store();
    auto one = sample(key("D-1"), 0, "open", 2);
    one.events[0].recorded_at = instant{-7};
    one.events[1].link = sha256("the store makes the links");
    append_one(*at, one);
    auto const events = at->events(key("D-1"));
    CHECK(events[0].recorded_at == instant{-7});
    CHECK_FALSE(events[1].recorded_at);
    CHECK(events[1].link == store::link_of(key("D-1"), events[0].link, events[1]));
}

TEST_CASE(
    "the feed has the events of all disputes in commit order, a page at a time, and nothing of what was not committed",
    "[store][every_adapter]") {
    auto at = each_store();
    append_one(*at, sample(key("D-2"), 0, "open", 2));
    append_all(*at, {sample(key("D-1"), 0, "open"), sample(key("D-2"), 0, "stale"), sample(key("D-1"), 1, "next", 2)});
    append_one(*at, sample(key("D-2"), 2, "last"));
    auto const all = at->feed(0, 100);
    REQUIRE(all.size() == 6);
    std::vector<std::pair<dispute_key, std::uint32_t>> order;
    for (auto const& one : all) {
        order.emplace_back(one.dispute, one.event.version);
        CHECK(one.event == at->events(one.dispute, one.event.version - 1).front());
    }
    CHECK(order ==
          std::vector<std::pair<dispute_key, std::uint32_t>>{
              {key("D-2"), 1}, {key("D-2"), 2}, {key("D-1"), 1}, {key("D-1"), 2}, {key("D-1"), 3}, {key("D-2"), 3}});
    for (std::size_t next = 1; next < all.size(); ++next) CHECK(all[next - 1].position < all[next].position);
    std::vector<store::fed_event> paged;
    for (std::uint64_t after = 0;;) {
        auto const page = at->feed(after, 4);
        if (page.empty()) break;
        paged.insert(paged.end(), page.begin(), page.end());
        after = page.back().position;
    }
    CHECK(paged == all);
    CHECK(at->feed(0, 0).empty());
    CHECK(at->feed(std::numeric_limits<std::uint64_t>::max(), 10).empty());
}

TEST_CASE("a reader that follows the feed while several connections write misses nothing and sees nothing twice",
          "[store][every_adapter]") {
    auto const which = each_adapter();
    auto const first = which.open();
    if (which.open_again == nullptr) return;
    constexpr int workers = 6;
    constexpr std::uint32_t rounds = 40;
    std::map<dispute_key, std::uint32_t> read;
    bool in_order = true;
    std::size_t total = 0;
    std::uint64_t after = 0;
    auto const follow = [&](store::contract& at) {
        for (auto const& one : at.feed(after, 50)) {
            in_order = in_order && one.position > after && one.event.version == ++read[one.dispute];
            after = one.position;
            ++total;
        }
    };
    std::atomic<int> writing{workers};
    at_once(which, first, workers + 1, [&](store::contract& at, int worker) {
        if (worker == workers) {
            while (writing > 0) follow(at);
            return;
        }
        auto const mine = key("D-" + std::to_string(worker));
        for (std::uint32_t round = 0; round < rounds; ++round)
            append_one(at, sample(mine, round, std::to_string(round)));
        --writing;
    });
    for (std::size_t before = total + 1; before != total;) {
        before = total;
        follow(*first);
    }
    CHECK(in_order);
    CHECK(total == workers * rounds);
}

TEST_CASE("refused commands are counted by code and kept if asked to, and touch nothing else",
          "[store][every_adapter]") {
    auto at = each_store();
    append_one(*at, sample(key("D-1"), 0, "open"));
    auto before = everything(*at);
    store::refused_command const first{key("D-1"), {50}, {20, 60}, "c-1", R"({"do":1})"};
    store::refused_command const second{key("D-1"), {-60}, {20}, "c-1", every_byte()};
    store::refused_command const nowhere{key("D-9"), {70}, {3}, "c-2", ""};
    at->refuse(first, store::keeping::counted);
    at->refuse(second, store::keeping::whole);
    at->refuse(nowhere, store::keeping::whole);
    at->refuse(first, store::keeping::whole);
    CHECK(at->refusal_counts(key("D-1")) == std::vector<store::code_count>{{20, 3}, {60, 2}});
    CHECK(at->refusal_counts(key("D-9")) == std::vector<store::code_count>{{3, 1}});
    CHECK(at->refusal_counts(key("D-2")).empty());
    CHECK(at->refusals(key("D-1"), 10) == std::vector{second, first});
    CHECK(at->refusals(key("D-1"), 1) == std::vector{second});
    CHECK(at->refusals(key("D-9"), 10) == std::vector{nowhere});
    CHECK(at->refusals(key("D-1"), 0).empty());
    CHECK(at->damages().empty());
    CHECK_FALSE(at->load(key("D-9")));
    before.refusal_counts = {at->refusal_counts(key("D-1"))};
    CHECK(everything(*at) == before);
}

TEST_CASE("a refused command that is a bug of its caller throws", "[store][every_adapter]") {
    auto at = each_store();
    store::refused_command const good{key("D-1"), {50}, {20, 60}, "c-1", "asked"};
    auto const refused = [&](auto const& spoil) {
        auto bad = good;
        spoil(bad);
        CHECK_THROWS_AS(at->refuse(bad, store::keeping::whole), std::invalid_argument);
        CHECK(at->refusal_counts(key("D-1")).empty());
    };
    refused([](auto& one) { one.dispute.group = {}; });
    refused([](auto& one) { one.dispute.dispute = {}; });
    refused([](auto& one) { one.command.clear(); });
    refused([](auto& one) { one.codes.clear(); });
    refused([](auto& one) { one.codes = {60, 20}; });
    refused([](auto& one) { one.codes = {20, 20}; });
}

namespace {

store::personal_text a_text(role as, std::string const& subject, std::string const& text) {
    salted_text const whole{text, sha256("salt of " + text)};
    return {{as, actor_id{subject}}, digest_of(whole), whole.salt, text};
}

}  // namespace

TEST_CASE("personal texts are written with their append, read by dispute, and erased by whose they are",
          "[store][every_adapter]") {
    auto at = each_store();
    auto const hers = a_text(role::buyer, "anna", every_byte());
    auto const his = a_text(role::seller, "anna", "the same id in another role");
    auto const elsewhere = a_text(role::buyer, "anna", "in another dispute");
    auto one = sample(key("D-1"), 0, "open");
    one.texts = {hers, his, hers};
    append_one(*at, one);
    auto other = sample(key("D-2"), 0, "open");
    other.texts = {elsewhere};
    append_one(*at, other);
    auto never = sample(key("D-1"), 0, "conflict");
    never.texts = {elsewhere};
    CHECK(append_one(*at, never) == dispute_conflict(1));
    CHECK(append_one(*at, one) == outcome{duplicate{1}});

    auto expected = std::vector{hers, his};
    std::sort(expected.begin(), expected.end(), [](auto const& a, auto const& b) { return a.content < b.content; });
    CHECK(at->texts(key("D-1")) == expected);
    CHECK(at->texts(key("D-2")) == std::vector{elsewhere});
    CHECK(at->texts(key("D-3")).empty());
    CHECK(at->damages().empty());
    auto const before = everything(*at);
    CHECK(at->erase({role::buyer, actor_id{"mia"}}) == 0);
    CHECK(at->erase({role::buyer, actor_id{"anna"}}) == 2);
    CHECK(at->texts(key("D-1")) == std::vector{his});
    CHECK(at->texts(key("D-2")).empty());
    CHECK(append_one(*at, one) == outcome{duplicate{1}});
    CHECK(at->texts(key("D-1")) == std::vector{his});  // what was erased does not come back with a duplicate
    CHECK(everything(*at) == before);
    CHECK(at->damages().empty());
}

TEST_CASE("several connections that append to one dispute commit each version once, and lose nothing",
          "[store][every_adapter]") {
    auto const which = each_adapter();
    auto const first = which.open();
    if (which.open_again == nullptr) return;  // memory has one connection
    constexpr int workers = 6;
    constexpr int rounds = 25;
    std::atomic<int> committed_ones{0};
    std::atomic<int> conflicts{0};
    std::atomic<int> others{0};
    at_once(which, first, workers, [&](store::contract& at, int worker) {
        for (int round = 0; round < rounds; ++round) {
            auto const now = at.load(key("D-1"));
            auto const command = std::to_string(worker) + " " + std::to_string(round);
            auto one = sample(key("D-1"), now ? now->version : 0, command);
            one.outbox = {{"notification", command}};
            auto const answer = append_one(at, one);
            if (std::holds_alternative<committed>(answer))
                ++committed_ones;
            else if (std::holds_alternative<store::conflict>(answer))
                ++conflicts;
            else
                ++others;
        }
    });
    CHECK(others == 0);
    CHECK(committed_ones + conflicts == workers * rounds);
    CHECK(committed_ones > 0);
    auto const events = first->events(key("D-1"));  // throws if one is missing
    CHECK(static_cast<int>(events.size()) == committed_ones);
    CHECK(static_cast<int>(first->outbox(0, 1000).size()) == committed_ones);
    CHECK(first->load(key("D-1"))->command_hashes.size() == events.size());
    digest last;
    for (auto const& event : events) {
        CHECK(event.link == store::link_of(key("D-1"), last, event));
        last = event.link;
    }
    CHECK(first->damages().empty());
}

TEST_CASE("several connections that send the same command commit it once, and all hear of it",
          "[store][every_adapter]") {
    auto const which = each_adapter();
    auto const first = which.open();
    if (which.open_again == nullptr) return;
    constexpr int workers = 6;
    constexpr std::uint32_t rounds = 25;
    std::atomic<int> committed_ones{0};
    std::atomic<int> duplicates{0};
    at_once(which, first, workers, [&](store::contract& at, int) {
        for (std::uint32_t round = 0; round < rounds;) {
            auto const answer = append_one(at, sample(key("D-1"), round, "command " + std::to_string(round)));
            if (std::holds_alternative<store::conflict>(answer)) continue;  // the version before is on its way
            std::holds_alternative<committed>(answer) ? ++committed_ones : ++duplicates;
            ++round;
        }
    });
    CHECK(committed_ones == static_cast<int>(rounds));
    CHECK(duplicates == static_cast<int>(rounds) * (workers - 1));
    CHECK(first->events(key("D-1")).size() == rounds);
}

TEST_CASE("several connections and many disputes never reserve more of one payment than was captured",
          "[store][every_adapter]") {
    auto const which = each_adapter();
    auto const first = which.open();
    if (which.open_again == nullptr) return;
    constexpr int workers = 6;
    constexpr std::int64_t captured = 40;
    std::atomic<int> paid{0};
    at_once(which, first, workers, [&](store::contract& at, int worker) {
        for (int round = 0;;) {
            auto const account = at.ledger(settlement_group{"G-1"}, payment_id{"P-1"});
            auto const reserved = account ? account->reserved_minor : 0;
            if (reserved == captured) return;
            auto one = sample(key("D-" + std::to_string(worker) + "-" + std::to_string(round)), 0, "open");
            one.ledger = {{row(account ? account->version + 1 : 1, captured, reserved + 1, 0)}};
            if (!std::holds_alternative<committed>(append_one(at, one))) continue;
            ++paid;
            ++round;
        }
    });
    CHECK(paid == captured);
    CHECK(first->ledger(settlement_group{"G-1"}, payment_id{"P-1"})->reserved_minor == captured);
    CHECK(first->disputes(std::nullopt, 1000).size() == static_cast<std::size_t>(captured));
}

TEST_CASE("groups of appends in opposite orders do not stop each other", "[store][every_adapter]") {
    auto const which = each_adapter();
    auto const first = which.open();
    if (which.open_again == nullptr) return;
    constexpr std::uint32_t rounds = 30;
    std::atomic<int> written{0};
    at_once(which, first, 4, [&](store::contract& at, int worker) {
        for (std::uint32_t round = 0; round < rounds; ++round) {
            std::vector<store::append> group;
            for (int one = 0; one < 4; ++one) {
                auto const dispute = key("D-" + std::to_string(worker % 2 == 0 ? one : 3 - one));
                auto const now = at.load(dispute);
                group.push_back(
                    sample(dispute, now ? now->version : 0, std::to_string(worker) + " " + std::to_string(round)));
            }
            for (auto const& answer : append_all(at, group))
                if (std::holds_alternative<committed>(answer)) ++written;
        }
    });
    std::size_t events = 0;
    for (auto const& dispute : first->disputes(std::nullopt, 10)) events += first->events(dispute).size();
    CHECK(static_cast<int>(events) == written);
    CHECK(first->damages().empty());
}

TEST_CASE("a due dispute that is claimed is nobody else's until its lease ends or something is appended to it",
          "[store][every_adapter]") {
    auto const at = each_store();
    for (int number = 1; number <= 3; ++number) {
        auto one = sample(key("D-" + std::to_string(number)), 0, "open");
        one.next_due = instant{100 * number};
        append_one(*at, one);
    }
    store::due_dispute const first{key("D-1"), 1, {100}}, second{key("D-2"), 1, {200}}, third{key("D-3"), 1, {300}};
    CHECK(at->claim_due({"w-1", {99}, {1000}, 10}).empty());
    CHECK(at->claim_due({"w-1", {250}, {1000}, 1}) == std::vector{first});
    CHECK(at->claim_due({"w-2", {300}, {2000}, 10}) == std::vector{second, third});
    CHECK(at->claim_due({"w-1", {999}, {5000}, 10}).empty());
    CHECK(at->due({999}, 10).size() == 3);  // a lease hides nothing
    CHECK(at->damages().empty());
    CHECK(at->claim_due({"w-3", {1000}, {5000}, 10}) == std::vector{first});
    auto again = sample(key("D-2"), 1, "moved");
    again.next_due = instant{400};
    CHECK(append_one(*at, again) == outcome{committed{2}});
    CHECK(at->claim_due({"w-1", {1001}, {5000}, 10}) == std::vector{store::due_dispute{key("D-2"), 2, {400}}});
    // Whoever comes too late with what he has claimed meets a conflict like anybody else.
    CHECK(append_one(*at, sample(key("D-2"), 1, "late")) == dispute_conflict(2));
    CHECK(at->damages().empty());
}

TEST_CASE("a due dispute is given back by the worker that has it, and by no other", "[store][every_adapter]") {
    auto const at = each_store();
    auto one = sample(key("D-1"), 0, "open");
    one.next_due = instant{100};
    append_one(*at, one);
    store::due_dispute const due{key("D-1"), 1, {100}};
    CHECK_FALSE(at->give_back(due, "w-1"));  // nobody has it
    REQUIRE(at->claim_due({"w-1", {100}, {200}, 10}).size() == 1);
    CHECK_FALSE(at->give_back(due, "w-2"));
    CHECK_FALSE(at->give_back({key("D-1"), 2, {100}}, "w-1"));
    CHECK_FALSE(at->give_back({key("D-2"), 1, {100}}, "w-1"));
    CHECK(at->claim_due({"w-2", {101}, {200}, 10}).empty());
    CHECK(at->give_back(due, "w-1"));
    CHECK_FALSE(at->give_back(due, "w-1"));
    CHECK(at->claim_due({"w-2", {101}, {300}, 10}) == std::vector{due});
    CHECK(at->claim_due({"w-1", {300}, {400}, 10}) == std::vector{due});  // the lease of w-2 has ended
    CHECK_FALSE(at->give_back(due, "w-2"));
    auto next = sample(key("D-1"), 1, "next");
    append_one(*at, next);
    CHECK_FALSE(at->give_back(due, "w-1"));
}

TEST_CASE("of each dispute the first pending effect is claimed, by one worker at a time, in order",
          "[store][every_adapter]") {
    auto const at = each_store();
    auto one = sample(key("D-1"), 0, "open");
    one.outbox = {{"a", "1"}, {"b", "2"}};
    append_one(*at, one);
    auto other = sample(key("D-2"), 0, "open");
    other.outbox = {{"c", "3"}};
    append_one(*at, other);
    auto const all = at->outbox(0, 10);
    REQUIRE(all.size() == 3);
    using claimed = std::vector<store::claimed_effect>;
    CHECK(at->claim_outbox({"w-1", {10}, {20}, 1}) == claimed{{all[0], 1, "w-1"}});
    CHECK(at->claim_outbox({"w-2", {10}, {20}, 10}) == claimed{{all[2], 1, "w-2"}});
    CHECK(at->claim_outbox({"w-1", {19}, {30}, 10}).empty());
    CHECK(at->damages().empty());
    CHECK(at->settle(all[0].position));  // by a host that asks nobody
    CHECK_FALSE(at->settle_claimed({all[0], 1, "w-1"}, store::delivered{}));
    CHECK(at->claim_outbox({"w-1", {11}, {20}, 1}) == claimed{{all[1], 1, "w-1"}});
    CHECK(at->claim_outbox({"w-3", {20}, {30}, 10}) ==
          claimed{{all[1], 2, "w-3"}, {all[2], 2, "w-3"}});  // leases that ran out, attempts that count
    CHECK(at->outbox(0, 10).size() == 2);
    CHECK(at->damages().empty());
}

TEST_CASE("who lost an effect to another worker settles nothing", "[store][every_adapter]") {
    auto const at = each_store();
    auto one = sample(key("D-1"), 0, "open");
    one.outbox = {{"a", "1"}};
    append_one(*at, one);
    auto const late = at->claim_outbox({"w-1", {10}, {20}, 10}).at(0);
    auto const now = at->claim_outbox({"w-2", {20}, {30}, 10}).at(0);
    auto const told = GENERATE(0, 1, 2, 3);
    store::delivery const what = told == 0   ? store::delivery{store::delivered{}}
                                 : told == 1 ? store::delivery{store::put_off{{50}, "busy"}}
                                 : told == 2 ? store::delivery{store::parked{{50}, "poison"}}
                                             : store::delivery{store::given_back{}};
    CHECK_FALSE(at->settle_claimed(late, what));
    CHECK_FALSE(at->settle_claimed({now.effect, now.attempt, "w-1"}, what));
    CHECK_FALSE(at->settle_claimed({now.effect, now.attempt + 1, "w-2"}, what));
    CHECK(at->outbox(0, 10).size() == 1);
    CHECK(at->parked_effects(0, 10).empty());
    CHECK(at->claim_outbox({"w-3", {29}, {60}, 10}).empty());
    CHECK(at->settle_claimed(now, what));  // its own lease, whether or not it has ended
    CHECK_FALSE(at->settle_claimed(now, what));
    CHECK(at->damages().empty());
}

TEST_CASE("an effect that was put off is handed out again at its time, and holds back its dispute until then",
          "[store][every_adapter]") {
    auto const at = each_store();
    auto one = sample(key("D-1"), 0, "open");
    one.outbox = {{"a", "1"}, {"b", "2"}};
    append_one(*at, one);
    auto const first = at->claim_outbox({"w-1", {10}, {20}, 10}).at(0);
    CHECK(at->settle_claimed(first, store::put_off{{100}, "busy"}));
    CHECK(at->claim_outbox({"w-2", {99}, {200}, 10}).empty());
    auto const second = at->claim_outbox({"w-2", {100}, {200}, 10});
    CHECK(second == std::vector<store::claimed_effect>{{first.effect, 2, "w-2"}});
    CHECK(at->settle_claimed(second[0], store::given_back{}));
    auto const third = at->claim_outbox({"w-1", {100}, {200}, 10});
    CHECK(third == std::vector<store::claimed_effect>{{first.effect, 2, "w-1"}});  // the one given back did not count
    CHECK(at->settle_claimed(third[0], store::delivered{}));
    CHECK(at->claim_outbox({"w-1", {100}, {200}, 10}).at(0).effect.index == 1);
    CHECK(at->outbox(0, 10).size() == 1);
    CHECK(at->damages().empty());
}

TEST_CASE("a parked effect holds back what comes after it in its dispute, and no other, until it is released",
          "[store][every_adapter]") {
    auto const at = each_store();
    for (auto const* dispute : {"D-1", "D-2"}) {
        auto one = sample(key(dispute), 0, "open");
        one.outbox = {{"a", "1"}, {"b", "2"}};
        append_one(*at, one);
    }
    auto const all = at->outbox(0, 10);
    auto const handed = at->claim_outbox({"w-1", {10}, {20}, 10});
    REQUIRE(handed.size() == 2);
    std::string const reason{"exit code 1\0\xff", 13};
    CHECK(at->settle_claimed(handed[0], store::parked{{15}, reason}));
    CHECK(at->settle_claimed(handed[1], store::delivered{}));
    CHECK(at->parked_effects(0, 10) == std::vector<store::parked_effect>{{all[0], {15}, 1, reason}});
    CHECK(at->parked_effects(all[0].position, 10).empty());
    CHECK(at->parked_effects(0, 0).empty());
    CHECK(at->outbox(0, 10).size() == 3);  // it is still pending
    auto later = sample(key("D-1"), 1, "later");
    later.outbox = {{"c", "3"}};
    append_one(*at, later);
    CHECK(at->claim_outbox({"w-1", {1'000'000}, {2'000'000}, 10}) ==
          std::vector<store::claimed_effect>{{all[3], 1, "w-1"}});
    CHECK(at->damages().empty());
    CHECK_FALSE(at->release(all[1].position));
    CHECK_FALSE(at->release(0));
    CHECK_FALSE(at->release(std::numeric_limits<std::uint64_t>::max()));
    CHECK(at->release(all[0].position));
    CHECK_FALSE(at->release(all[0].position));
    CHECK(at->parked_effects(0, 10).empty());
    CHECK(at->claim_outbox({"w-2", {16}, {30}, 10}) == std::vector<store::claimed_effect>{{all[0], 1, "w-2"}});
    CHECK(at->settle(all[0].position));
    CHECK(at->claim_outbox({"w-2", {16}, {30}, 10}).at(0).effect == all[1]);
    CHECK(at->damages().empty());
}

TEST_CASE("a parked effect that the host settles by itself lets those behind it go on", "[store][every_adapter]") {
    auto const at = each_store();
    auto one = sample(key("D-1"), 0, "open");
    one.outbox = {{"a", "1"}, {"b", "2"}};
    append_one(*at, one);
    auto const first = at->claim_outbox({"w-1", {10}, {20}, 10}).at(0);
    CHECK(at->settle_claimed(first, store::parked{{15}, "poison"}));
    CHECK(at->settle(first.effect.position));
    CHECK(at->parked_effects(0, 10).empty());
    CHECK(at->claim_outbox({"w-1", {15}, {20}, 10}).at(0).effect.index == 1);
    CHECK(at->damages().empty());
}

TEST_CASE("a claim that is a bug of its caller throws", "[store][every_adapter]") {
    auto const at = each_store();
    for (auto const& worker : {std::string{}, std::string{"a b"}, std::string{"w\n"}, std::string(201, 'w')}) {
        CHECK_THROWS_AS(at->claim_due({worker, {1}, {2}, 1}), std::invalid_argument);
        CHECK_THROWS_AS(at->claim_outbox({worker, {1}, {2}, 1}), std::invalid_argument);
    }
    store::pending_effect const some{1, key("D-1"), 1, 0, {"a", "1"}};
    CHECK_THROWS_AS(at->settle_claimed({some, 0, "w-1"}, store::delivered{}), std::invalid_argument);
    CHECK_THROWS_AS(at->settle_claimed({some, 1, ""}, store::delivered{}), std::invalid_argument);
    CHECK_FALSE(at->settle_claimed({some, 1, "w-1"}, store::delivered{}));
    CHECK(at->claim_outbox({"w-1", {1}, {2}, 0}).empty());
}

TEST_CASE("several workers that claim effects carry out each one once, in the order of its dispute",
          "[store][every_adapter]") {
    auto const which = each_adapter();
    auto const first = which.open();
    if (which.open_again == nullptr) return;
    constexpr std::uint32_t disputes = 8;
    constexpr std::uint32_t effects = 6;
    for (std::uint32_t dispute = 0; dispute < disputes; ++dispute) {
        auto one = sample(key("D-" + std::to_string(dispute)), 0, "open");
        for (std::uint32_t effect = 0; effect < effects; ++effect) one.outbox.push_back({"x", std::to_string(effect)});
        append_one(*first, one);
    }
    std::mutex watching;
    std::map<dispute_key, std::vector<std::uint32_t>> done;
    std::atomic<int> left{static_cast<int>(disputes * effects)};
    std::atomic<int> lost{0};
    at_once(which, first, 4, [&](store::contract& at, int worker) {
        while (left > 0)
            for (auto const& one : at.claim_outbox({"w-" + std::to_string(worker), {0}, {1'000'000}, 3})) {
                {
                    std::lock_guard const alone{watching};
                    done[one.effect.dispute].push_back(one.effect.index);
                }
                if (!at.settle_claimed(one, store::delivered{})) ++lost;
                --left;
            }
    });
    CHECK(lost == 0);
    CHECK(done.size() == disputes);
    for (auto const& [dispute, order] : done) CHECK(order == std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5});
    CHECK(first->outbox(0, 1).empty());
    CHECK(first->damages().empty());
}

TEST_CASE("several workers that claim due disputes are given each once", "[store][every_adapter]") {
    auto const which = each_adapter();
    auto const first = which.open();
    if (which.open_again == nullptr) return;
    for (int number = 0; number < 40; ++number) {
        auto one = sample(key("D-" + std::to_string(number)), 0, "open");
        one.next_due = instant{100};
        append_one(*first, one);
    }
    std::atomic<int> given{0};
    std::atomic<int> refused{0};
    at_once(which, first, 4, [&](store::contract& at, int worker) {
        auto const name = "w-" + std::to_string(worker);
        for (int empty = 0; empty < 5;) {
            auto const mine = at.claim_due({name, {100}, {1'000'000}, 3});
            if (mine.empty()) ++empty;
            for (auto const& one : mine) {
                ++given;
                if (append_one(at, sample(one.dispute, one.version, "timer")) != outcome{committed{2}}) ++refused;
            }
        }
    });
    CHECK(given == 40);
    CHECK(refused == 0);
    CHECK(first->due({100}, 100).empty());
}
