// Verifying a store: a sound one, and each way in which it may no longer hold what was written.
#include "recourse/engine/verify.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <functional>

#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/store/sqlite.hpp"
#include "store/other_program.hpp"
#include "store/samples.hpp"
#include "store/seal.hpp"
#include "store/wrapped_store.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

dispute_key const first{settlement_group{"G-1"}, dispute_id{"D-1"}};
dispute_key const second{settlement_group{"G-1"}, dispute_id{"D-2"}};

// Two disputes over one payment, the second opened between two commands of the first; money refunded; refusals kept.
void fill(store::contract& at) {
    stage play;
    dispute_engine disputes{at, {}, {.keep_refusals = refusal_keeping::kept}};
    auto now = opening;
    auto const give = [&](char const* id, dispute_key const& key, actor const& by, command_body body) {
        now = plus_seconds(now, hour);
        return disputes.submit({command_id{id}, key, by, {}, std::move(body)}, now).accepted();
    };
    REQUIRE(give("c-1", first, anna, play.claim(full(2999))));
    auto other = play.claim(full(2000), {{line_id{"pot"}, 1}});
    other.evidence = {piece("another")};
    REQUIRE(give("c-1", second, anna, other));
    REQUIRE_FALSE(give("c-2", first, anna, offer::accept_offer{1}));
    REQUIRE(give("c-3", first, shop, offer::accept_offer{1}));
    REQUIRE(give(
        "c-5", second, anna,
        conversation::send_message{conversation::recipient::seller, salted_text{"Hello", sha256("a salt")}, {}, {}}));
    REQUIRE(give("c-2", second, anna, dispute::withdraw_dispute{}));
    REQUIRE(give("c-4", first, bank, refund::confirm_refund{1, euro(2999), "R-1"}));
}

std::string breaks_of(verification const& found) {
    std::string all;
    for (auto const& one : found.breaks) all += to_text(one) + "\n";
    return all;
}

// A store that tells something else than it holds.
struct lying_store : wrapped_store {
    using wrapped_store::wrapped_store;
    std::function<void(store::loaded&)> about_disputes;
    std::function<void(store::stored_event&)> about_events;
    std::function<void(std::optional<store::ledger_row>&)> about_money;
    std::function<void(std::optional<store::policy_document>&)> about_policies;

    std::optional<store::loaded> load(dispute_key const& key) override {
        auto found = under_.load(key);
        if (about_disputes && key == first) about_disputes(*found);
        return found;
    }
    std::vector<store::stored_event> events(dispute_key const& key, std::uint32_t after) override {
        auto found = under_.events(key, after);
        if (about_events && key == first) {
            for (auto& one : found) about_events(one);
        }
        return found;
    }
    std::optional<store::ledger_row> ledger(settlement_group const& group, payment_id const& payment) override {
        auto found = under_.ledger(group, payment);
        if (about_money) about_money(found);
        return found;
    }
    std::optional<store::policy_document> policy(digest const& hash) override {
        auto found = under_.policy(hash);
        if (about_policies) about_policies(found);
        return found;
    }
};

std::string replaced(std::string text, std::string const& what, std::string const& with) {
    auto const at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

// One value of a file: a column of a row.
struct cell {
    std::string table;
    std::string column;
    std::string row;
    [[nodiscard]] bool is_rowid() const { return (table == "outbox" || table == "deliveries") && column == "position"; }
};

std::vector<cell> cells_of(store_samples::other_program& file) {
    std::vector<cell> all;
    for (auto const& table :
         file.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
        auto const rows = file.rows("SELECT rowid FROM " + table[0] + " ORDER BY rowid");
        INFO(table[0]);
        CHECK_FALSE(rows.empty());
        for (auto const& column : file.rows("SELECT name FROM pragma_table_info('" + table[0] + "')")) {
            for (auto const& row : rows) all.push_back({table[0], column[0], row[0]});
        }
    }
    return all;
}

// The value with one bit changed, as SQL: of an integer a low, a middle and a high one; of bytes one in the first, the
// middle and the last of them. Nothing for NULL and for no bytes.
std::vector<std::string> with_a_bit_changed(store_samples::other_program& file, cell const& at,
                                            std::string const& value) {
    auto const kind = file.rows(
        fmt::format("SELECT typeof({0}), length({0}) FROM {1} WHERE rowid = {2}", at.column, at.table, at.row))[0];
    if (kind[0] == "null" || kind[1] == "0") return {};
    if (at.is_rowid()) return {value + " + 1024"};
    std::vector<std::string> changed;
    if (kind[0] == "integer") {
        // The lowest bit of a number that counts may make it that of its neighbour.
        bool const counts = at.column == "version" || at.column == "number" || at.column == "code";
        for (auto const* bit : {counts ? "64" : "1", "1024", "1099511627776"})
            changed.push_back(fmt::format("({0} | {1}) - ({0} & {1})", value, bit));
        return changed;
    }
    auto const size = std::stoul(kind[1]);
    for (std::size_t const before : {std::size_t{0}, size / 2, size - 1}) {
        auto const byte = file.rows(fmt::format("SELECT hex(substr(CAST({} AS BLOB), {}, 1)) FROM {} WHERE rowid = {}",
                                                at.column, before + 1, at.table, at.row))[0][0];
        changed.push_back(fmt::format(
            "CAST(substr(CAST({0} AS BLOB), 1, {1}) || x'{2:02x}' || substr(CAST({0} AS BLOB), {3}) AS {4})", at.column,
            before, std::stoul(byte, nullptr, 16) ^ 1U, before + 2, kind[0] == "text" ? "TEXT" : "BLOB"));
    }
    return changed;
}

}  // namespace

TEST_CASE("a store that holds what was written is sound, in memory and in a file, as a whole and by dispute",
          "[verify]") {
    auto const memory = store::open_memory();
    store_samples::folder const place;
    auto const file = store::open_sqlite({.path = place / "store.db"});
    for (auto* at : {memory.get(), file.get()}) {
        CHECK(verify(*at).sound());
        CHECK(verify(*at).disputes == 0);
        fill(*at);
        auto const whole = verify(*at);
        CHECK(breaks_of(whole).empty());
        CHECK(whole.disputes == 2);
        CHECK(whole.events == at->events(first).size() + at->events(second).size());
        auto const one = verify(*at, second);
        CHECK(one.sound());
        CHECK(one.disputes == 1);
        CHECK(one.events == at->events(second).size());
        CHECK(verify(*at, dispute_key{first.group, dispute_id{"D-9"}}).disputes == 0);
    }
}

TEST_CASE("each thing that verify compares is found when it differs, with dispute, version and what differs",
          "[verify]") {
    auto const under = store::open_memory();
    fill(*under);
    lying_store lying{*under};
    auto const found = [&] { return breaks_of(verify(lying)); };
    CHECK(found().empty());

    SECTION("the head") {
        lying.about_disputes = [](auto& told) { told.head = sha256("another"); };
        CHECK(found() == "G-1/D-1: the head stored with the dispute is not the link of its last event\n");
    }
    SECTION("the state") {
        lying.about_disputes = [](auto& told) {
            told.state = replaced(told.state, R"("payment_reference":"R-1")", R"("payment_reference":"R-2")");
        };
        CHECK(
            found() ==
            "G-1/D-1: its stored state differs from what its events add up to, at /refund/0/kept/payment_reference\n");
    }
    SECTION("a state that cannot be read") {
        lying.about_disputes = [](auto& told) { told.state = "{"; };
        CHECK(found() == "G-1/D-1: the state of a dispute is not a JSON object\n");
    }
    SECTION("the deadline") {
        lying.about_disputes = [](auto& told) { told.next_due = opening; };
        CHECK(found() == "G-1/D-1: its stored deadline is not the next one of its state\n");
    }
    SECTION("the command keys") {
        lying.about_disputes = [](auto& told) { told.command_hashes.pop_back(); };
        CHECK(found() == "G-1/D-1: its stored command keys are not those of its events\n");
    }
    SECTION("an event whose body was changed and still tells a story") {
        lying.about_events = [](auto& told) {
            if (told.version == 2)
                told.body = replaced(told.body, R"("by":{"role":"buyer")", R"("by":{"role":"seller")");
        };
        CHECK(found() == "G-1/D-1 version 2: its link is not that of what is stored of it\n");
    }
    SECTION("an event that was changed with its link") {
        lying.about_events = [](auto& told) {
            if (told.version == 2) told.type = "offer.offer_made";
            static digest before;
            if (told.version == 1) before = {};
            before = told.link = store::link_of(first, before, told);
        };
        auto const all = found();
        CHECK_THAT(all, Catch::Contains("G-1/D-1 version 2: its body tells of version 2, "));
        CHECK_THAT(all, Catch::Contains("the head stored with the dispute is not the link of its last event"));
    }
    SECTION("an event that cannot be read") {
        lying.about_events = [](auto& told) {
            if (told.version == 3) told.body = "{}";
        };
        auto const all = found();
        CHECK_THAT(all, Catch::Contains("G-1/D-1 version 3: its link"));
        CHECK_THAT(all, Catch::Contains("G-1/D-1 version 3: an event cannot be read"));
    }
    SECTION("a log that does not replay") {
        lying.about_events = [](auto& told) {
            if (told.version == 2) told.body = replaced(told.body, R"("from":"not_begun")", R"("from":"lapsed")");
        };
        CHECK_THAT(found(), Catch::Contains("G-1/D-1: its log does not replay: event 2 does not follow"));
        CHECK_THAT(
            breaks_of(verify(lying, second)),
            Catch::Contains("G-1/D-2: its payment cannot be checked: another dispute of its group cannot be told"));
    }
    SECTION("the money") {
        auto const money = [&](auto change, std::string const& what) {
            lying.about_money = [=](auto& told) { change(*told); };
            CHECK(found() == "payment P-1 of group G-1: " + what + "\n");
        };
        money([](auto& told) { ++told.version; }, "its version is 6, and the events make it 5");
        money([](auto& told) { told.currency = "USD"; }, "its currency is USD, and the events make it EUR");
        money([](auto& told) { ++told.captured_minor; }, "its captured amount is 5490, and the events make it 5489");
        money([](auto& told) { ++told.reserved_minor; }, "its reserved amount is 1, and the events make it 0");
        money([](auto& told) { --told.refunded_minor; }, "its refunded amount is 2998, and the events make it 2999");
        money(
            [](auto& told) {
                told.lines = replaced(told.lines, R"("refunded_minor":2999)", R"("refunded_minor":1999)");
            },
            "its lines are not what the events make of them");
        money([](auto& told) { told.lines = replaced(told.lines, "}]}", R"(}],"open":["D-7"]})"); },
              "its open disputes are not those that hold something of it");
        money([](auto& told) { told.lines = "none"; },
              "the lines of a payment cannot be read: /: is not JSON: syntax error at byte 0");
        lying.about_money = [](auto& told) { told.reset(); };
        CHECK(found() == "payment P-1 of group G-1: it has no ledger row\n");
    }
    SECTION("the policy") {
        lying.about_policies = [](auto& told) { told.reset(); };
        CHECK_THAT(found(), Catch::Contains("G-1/D-1: its policy aliexpress version 1 is not in the store"));
        lying.about_policies = [](auto& told) { told->text += ' '; };
        CHECK_THAT(found(), Catch::Contains("G-1/D-1: the text of its policy aliexpress version 1 has another hash"));
        lying.about_policies = [](auto& told) { told->version = 2; };
        CHECK_THAT(found(),
                   Catch::Contains("G-1/D-1: its policy aliexpress version 1 is stored as aliexpress version 2"));
    }
}

TEST_CASE("a single bit that changed in any column of a file is found", "[verify][sqlite]") {
    store_samples::folder const place;
    auto const path = place / "store.db";
    auto const at = store::open_sqlite({.path = path});
    fill(*at);
    auto const effects = at->claim_outbox({"w-1", {0}, {60}, 10});
    REQUIRE(effects.size() >= 2);
    CHECK(at->settle_claimed(effects[0], store::parked{{30}, "poison"}));
    store_samples::other_program file{path};
    // None of these disputes is due, so that nobody could lease one.
    auto const sum = store::seal(store::lease_seal, "G-1", "D-1", 2, 60, "w-1");
    file.run(fmt::format("INSERT INTO due_leases VALUES ('G-1', 'D-1', 2, 60, 'w-1', x'{}')", to_text(sum)));
    REQUIRE(verify(*at).sound());
    file.force("PRAGMA foreign_keys = OFF");
    int flips = 0;
    std::string missed;
    for (auto const& one : cells_of(file)) {
        auto const value =
            file.rows(fmt::format("SELECT quote({}) FROM {} WHERE rowid = {}", one.column, one.table, one.row))[0][0];
        for (auto const& changed : with_a_bit_changed(file, one, value)) {
            auto const set = [&](std::string const& to, std::string const& row) {
                file.run(fmt::format("UPDATE {} SET {} = {} WHERE rowid = {}", one.table, one.column, to, row));
            };
            set(changed, one.row);
            ++flips;
            if (verify(*at).sound())
                missed += fmt::format("{}.{} of row {}: {}\n", one.table, one.column, one.row, changed);
            set(value, one.is_rowid() ? one.row + " + 1024" : one.row);
        }
    }
    INFO(missed);
    CHECK(missed.empty());
    CHECK(flips > 500);
    CHECK(breaks_of(verify(*at)).empty());
}

TEST_CASE("a row that was taken away is found", "[verify][sqlite]") {
    store_samples::folder const place;
    auto const path = place / "store.db";
    {
        auto const at = store::open_sqlite({.path = path});
        fill(*at);
    }
    auto const [sql, part] = GENERATE(table<std::string, std::string>({
        {"DELETE FROM events WHERE dispute = 'D-1' AND version = 2", "an event before it is missing"},
        {"DELETE FROM events WHERE dispute = 'D-2'", "its events end at 0"},
        {"DELETE FROM disputes WHERE dispute = 'D-2'", "there are events of G-1/D-2, and no such dispute"},
        {"DELETE FROM ledger", "payment P-1 of group G-1: it has no ledger row"},
        {"DELETE FROM policies", "its policy aliexpress version 1 is not in the store"},
    }));
    INFO(sql);
    store_samples::other_program{path}.run(sql);
    auto const found = verify(*store::open_sqlite({.path = path, .read_only = true}));
    CHECK_THAT(breaks_of(found), Catch::Contains(part));
}
