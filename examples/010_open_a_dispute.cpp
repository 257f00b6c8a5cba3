// Open a dispute, let the seller offer a refund, accept it, and see what is to be paid.
#include <cstdio>

#include "recourse/recourse.hpp"

using namespace recourse;

int main() {
    auto const store = store::open_memory();  // or store::open_sqlite({.path = "disputes.db"})
    dispute_engine disputes{*store};

    auto const euro = *currency::find("EUR");
    dispute_key const key{settlement_group{"G-1"}, dispute_id{"D-1"}};
    actor const anna{role::buyer, actor_id{"anna"}};
    actor const shop{role::seller, actor_id{"shop"}};
    auto const at = [](char const* text) { return *parse_instant(text); };

    dispute::open_dispute opening;
    opening.policy = policy_id{"aliexpress"};
    opening.reason = reason{"not_received"};
    opening.order = {.order = order_id{"O-1"},
                     .payment = payment_id{"P-1"},
                     .captured = {4590, euro},
                     .buyer = {anna.id, "Europe/Brussels", "BE"},
                     .seller = {shop.id, "Asia/Shanghai", "CN"},
                     .lines = {{line_id{"lamp"}, 1, {3990, euro}}, {line_id{"shipping"}, 1, {600, euro}}},
                     .paid_at = {},
                     .shipped_at = at("2026-02-01T08:00:00+08:00"),
                     .delivered_at = {}};
    opening.lines = {{line_id{"lamp"}, 1}, {line_id{"shipping"}, 1}};
    opening.award = {remedy::full_refund, {4590, euro}};

    auto answer = disputes.submit({command_id{"c-1"}, key, anna, {}, opening}, at("2026-03-02T09:00:00+01:00"));
    if (!answer.accepted()) return std::puts(to_text(answer.refused[0]).c_str()), 1;

    // Why is the seller's answer due when it is?
    auto const seen = *disputes.find(key);
    std::puts(to_text(dispute_engine::explain(seen, *seen.all.negotiation().clock)).c_str());

    // What may the seller do now?
    auto const possible = disputes.actions(key, shop, at("2026-03-03T00:00:00Z"));
    for (auto const& one : *possible) {
        if (one.allowed) std::printf("the seller may %s\n", std::string{one.command}.c_str());
    }

    offer::make_offer const half{{remedy::partial_refund, {2000, euro}}};
    disputes.submit({command_id{"c-2"}, key, shop, {}, half}, at("2026-03-03T10:00:00+08:00"));
    answer =
        disputes.submit({command_id{"c-3"}, key, anna, {}, offer::accept_offer{2}}, at("2026-03-03T20:00:00+01:00"));

    for (auto const& happened : answer.events) std::puts(type_of(happened).c_str());
    for (auto const& effect : store->outbox(0, 100)) {
        if (effect.entry.kind == "refund_order") std::puts(effect.entry.body.c_str());  // for the payment provider
    }
    return answer.accepted() ? 0 : 1;
}
