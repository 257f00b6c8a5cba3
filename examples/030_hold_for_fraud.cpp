// Hold refunds to an account that the host's risk system has flagged, tell everybody why, and release them later.
#include <cstdio>
#include <set>

#include "recourse/recourse.hpp"

using namespace recourse;

namespace {

instant at(char const* text) { return *parse_instant(text); }

// What the host knows of fraud. It changes outside of disputes; a veto only looks at it.
class risk_system {
  public:
    void flag(actor_id const& account) { flagged_.insert(account); }
    void clear(actor_id const& account) { flagged_.erase(account); }
    [[nodiscard]] bool is_flagged(actor_id const& account) const { return flagged_.contains(account); }

  private:
    std::set<actor_id> flagged_;
};

// Nothing orders a refund to a flagged account: neither an accepted offer nor a mediator. Time still does.
host_rules rules_of(risk_system const& risk) {
    host_rules rules;
    rules.add_veto("refund.instruct_refund", "fraud_hold", [&](veto_question const& asked) -> std::optional<veto> {
        if (!risk.is_flagged(subject_of(asked.all).buyer.id)) return std::nullopt;
        return veto{"account_flagged", "Refunds to this account wait for a check."};
    });
    rules.add_effect("refund.refund_instructed", "bookkeeping", [](host_event const& told) {
        auto const& ordered = std::get<refund::refund_instructed>(told.happened.body);
        return std::optional{to_text(ordered.amount) + " are to be paid"};
    });
    return rules;
}

dispute::open_dispute not_received(actor const& buyer, actor const& seller) {
    auto const euro = *currency::find("EUR");
    dispute::open_dispute opening;
    opening.policy = policy_id{"aliexpress"};
    opening.reason = reason{"not_received"};
    opening.order = {.order = order_id{"O-1"},
                     .payment = payment_id{"P-1"},
                     .captured = {4590, euro},
                     .buyer = {buyer.id, "Europe/Brussels", "BE"},
                     .seller = {seller.id, "Asia/Shanghai", "CN"},
                     .lines = {{line_id{"lamp"}, 1, {4590, euro}}},
                     .paid_at = {},
                     .shipped_at = at("2026-02-01T08:00:00+08:00"),
                     .delivered_at = {}};
    opening.lines = {{line_id{"lamp"}, 1}};
    opening.award = {remedy::full_refund, {4590, euro}};
    return opening;
}

void show(char const* what, answer const& given) {
    std::printf("%s: %s\n", what, given.accepted() ? "accepted" : "refused");
    for (auto const& no : given.refused) {
        auto const told = veto_told_by(no);
        if (told) std::printf("  %s, %s: %s\n", told->name.c_str(), told->code.c_str(), told->words.c_str());
    }
}

}  // namespace

int main() {
    auto const store = store::open_memory();
    risk_system risk;
    dispute_engine disputes{*store, {}, {.keep_refusals = refusal_keeping::kept, .host = rules_of(risk)}};
    dispute_key const key{settlement_group{"G-1"}, dispute_id{"D-1"}};
    actor const anna{role::buyer, actor_id{"anna"}};
    actor const shop{role::seller, actor_id{"shop"}};

    show("anna opens a dispute", disputes.submit({command_id{"c-1"}, key, anna, {}, not_received(anna, shop)},
                                                 at("2026-03-02T09:00:00+01:00")));
    offer::make_offer const half{{remedy::partial_refund, {2000, *currency::find("EUR")}}};
    show("the shop offers 20 EUR",
         disputes.submit({command_id{"c-2"}, key, shop, {}, half}, at("2026-03-03T10:00:00+08:00")));

    risk.flag(anna.id);
    auto const evening = at("2026-03-03T20:00:00+01:00");
    // What stands in her way is told before she tries.
    auto const possible = disputes.actions(key, anna, evening);
    for (auto const& one : *possible) {
        if (one.command == "accept_offer" && one.number == 2) {
            for (auto const& no : one.blocked_by) std::printf("anna may not accept: %s\n", to_text(no).c_str());
        }
    }
    show("anna accepts", disputes.submit({command_id{"c-3"}, key, anna, {}, offer::accept_offer{2}}, evening));
    for (auto const& one : disputes.refusals(key, 10))
        std::printf("kept: %s, because %s\n", one.command.c_str(), one.vetoes.at(0).words.c_str());

    risk.clear(anna.id);
    auto const released =
        disputes.submit({command_id{"c-4"}, key, anna, {}, offer::accept_offer{2}}, at("2026-03-04T09:00:00+01:00"));
    show("anna accepts after the check", released);
    for (auto const& effect : store->outbox(0, 100)) {
        if (effect.entry.kind == "host") std::printf("%s\n", effect.entry.body.c_str());
    }
    return released.accepted() ? 0 : 1;
}
