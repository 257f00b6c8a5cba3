// A dispute and the shop's own row about its order in one SQLite file: both are written, or neither is.
#include <sqlite3.h>

#include <cstdio>
#include <filesystem>
#include <memory>

#include "recourse/recourse.hpp"

using namespace recourse;

namespace {

bool run(sqlite3* shop, char const* sql) {
    if (sqlite3_exec(shop, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return true;
    std::printf("%s: %s\n", sql, sqlite3_errmsg(shop));
    return false;
}

command opening_of(dispute_key const& key) {
    auto const euro = *currency::find("EUR");
    actor const anna{role::buyer, actor_id{"anna"}};
    dispute::open_dispute opening;
    opening.policy = policy_id{"aliexpress"};
    opening.reason = reason{"not_received"};
    opening.order = {.order = order_id{"O-1"},
                     .payment = payment_id{"P-1"},
                     .captured = {4590, euro},
                     .buyer = {anna.id, "Europe/Brussels", "BE"},
                     .seller = {actor_id{"shop"}, "Asia/Shanghai", "CN"},
                     .lines = {{line_id{"lamp"}, 1, {4590, euro}}},
                     .paid_at = {},
                     .shipped_at = *parse_instant("2026-02-01T08:00:00+08:00"),
                     .delivered_at = {}};
    opening.lines = {{line_id{"lamp"}, 1}};
    opening.award = {remedy::full_refund, {4590, euro}};
    return {command_id{"c-1"}, key, anna, {}, opening};
}

}  // namespace

int main() {
    for (auto const* const left : {"shop.db", "shop.db-wal", "shop.db-shm"}) std::filesystem::remove(left);
    store::open_sqlite({.path = "shop.db"});  // makes the store's tables, once

    sqlite3* opened = nullptr;
    if (sqlite3_open("shop.db", &opened) != SQLITE_OK) return 1;
    std::unique_ptr<sqlite3, decltype(&sqlite3_close)> const shop{opened, &sqlite3_close};
    // The shop's tables lie beside the store's, under names that begin with host_.
    if (!run(opened, "CREATE TABLE host_orders (number TEXT PRIMARY KEY, status TEXT)")) return 1;
    if (!run(opened, "INSERT INTO host_orders VALUES ('O-1', 'shipped')")) return 1;

    auto const store = store::open_sqlite(opened);
    dispute_engine disputes{*store};
    dispute_key const key{settlement_group{"G-1"}, dispute_id{"D-1"}};
    auto const now = *parse_instant("2026-03-02T09:00:00+01:00");
    for (auto const* const end : {"ROLLBACK", "COMMIT"}) {
        if (!run(opened, "BEGIN IMMEDIATE")) return 1;
        if (!run(opened, "UPDATE host_orders SET status = 'disputed' WHERE number = 'O-1'")) return 1;
        auto const answer = disputes.submit(opening_of(key), now);
        if (!answer.accepted()) return std::puts(to_text(answer.refused[0]).c_str()), 1;
        if (!run(opened, end)) return 1;
        std::printf("after %s there is %s dispute\n", end, disputes.find(key) ? "a" : "no");
    }
    return 0;
}
