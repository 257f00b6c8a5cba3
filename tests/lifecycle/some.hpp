// Facts and commands at random, from a seed: mostly such that guards hold, so that long lists of guards are passed.
#pragma once

#include <random>

#include "recourse/lifecycle/all.hpp"

namespace recourse::test {

class some {
  public:
    explicit some(std::uint64_t seed) : random_{seed} {}

    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
    bool likely() { return below(12) != 0; }
    bool either() { return below(2) == 0; }

    // ---- values
    template <wire_named E>
    E one_of() {
        return static_cast<E>(below(wire_names<E>.size()));
    }
    // Two parties and the mediator come up most often.
    role any_role() { return likely() ? static_cast<role>(below(5)) : role::timer; }
    std::string text() { return likely() ? std::string(1 + below(2), 'a') : std::string{}; }
    std::optional<refusal> problem() {
        return likely() ? std::nullopt : std::optional{either() ? refusal::line_unknown : refusal::evidence_repeated};
    }
    currency any_currency() { return *currency::find(likely() ? "EUR" : "USD"); }
    money amount() {
        constexpr std::int64_t near_the_limit[] = {100, 100, 100, 99, 99, 50, 101, 1, 0, -1};
        return {near_the_limit[below(std::size(near_the_limit))], any_currency()};
    }
    money limit() { return {100, *currency::find("EUR")}; }
    award any_award() { return {one_of<remedy>(), amount()}; }
    remedy_set remedies() {
        remedy_set set;
        for (auto const kind : {remedy::full_refund, remedy::partial_refund, remedy::return_refund}) {
            if (likely()) set.insert(kind);
        }
        return set;
    }
    std::vector<evidence> pieces() {
        std::vector<evidence> made(likely() ? 1 + below(2) : 0);
        for (auto& piece : made) piece = {one_of<evidence_kind>(), sha256(text()), "image/jpeg", 1};
        return made;
    }
    std::vector<line_amount> lines() {
        std::vector<line_amount> made(1 + below(2));
        for (auto& line : made) line = {line_id{"L-1"}, 1, static_cast<std::int64_t>(below(100))};
        return made;
    }

    // ---- facts
    void fill(dispute::facts& known) {
        known.by = any_role();
        known.order_contradiction = likely() ? "" : "The order has no lines.";
        known.line_problem = problem();
        known.line_subject = text();
        known.units_are_free = likely();
        known.taken_units = text();
        known.reason_is_offered = likely();
        known.offered_reasons = text();
        known.protection_has_started = likely();
        known.protection_runs = likely();
        known.protection_ends = {static_cast<std::int64_t>(below(1000))};
        known.protection_counted = text();
        known.claimed = lines();
        known.refundable = limit();
        known.policy = {policy_id{"shop"}, 1, sha256("shop")};
        if (!likely()) known.evidence_lacking = one_of<evidence_kind>();
        known.evidence_problem = problem();
        known.evidence_subject = text();
        known.escalation_is_open = either();
        if (either()) known.escalation_opens = instant{5};
        known.goods_are_under_way = either();
        known.when_time_ends = one_of<silence>();
        known.claim = any_award();
        known.split = lines();
        if (either()) known.awarded = any_award();
    }
    void fill(negotiation::facts& known) { known = {any_role(), one_of<silence>(), one_of<silence>()}; }
    void fill(offer::facts& known) {
        known.by = any_role();
        known.author = one_of<party>();
        known.is_the_claim = either();
        known.offered = remedies();
        known.refundable = limit();
        known.return_was_contested = !likely();
        known.talks_are_open = likely();
        known.talks_state = text();
        known.offers_left = likely();
        known.offers_max = 5;
    }
    void fill(mediation::facts& known) {
        known.by = any_role();
        known.who = actor_id{"mia"};
        known.is_the_assigned_mediator = likely();
        known.information_requests_left = likely();
        known.information_requests_max = 3;
        known.offered = remedies();
        known.refundable = limit();
        known.return_was_contested = !likely();
        known.evidence_problem = problem();
        known.evidence_subject = text();
        known.claim = any_award();
        known.silence_grants_claim = either();
    }
    void fill(return_request::facts& known) { known = {any_role(), problem(), text(), either()}; }
    void fill(refund::facts& known) {
        known = {any_role(), limit(), text(), "G-1/D-1/refund/1", static_cast<std::uint32_t>(below(6)), 5};
    }

    void fill(conversation::facts& known) {
        known.by = any_role();
        known.is_the_assigned_mediator = likely();
        known.channel = either() ? channel_kind::direct : one_of<channel_kind>();
        known.stage = "negotiating";
        known.text_bytes_max = likely() ? 2 : 1;
        known.attachments_max = likely() ? 2 : 1;
        known.attachment_bytes_max = 1;
    }

    // ---- commands: the members that any of them may have
    template <class Command>
    void fill_command(Command& command) {
        if constexpr (requires { command.award; }) command.award = any_award();
        if constexpr (requires { command.evidence; }) command.evidence = pieces();
        if constexpr (requires { command.attachments; }) {
            command.to = one_of<conversation::recipient>();
            if (likely()) command.text = salted_text{text(), likely() ? sha256("salt") : digest{}};
            command.reference = text();
            command.attachments = pieces();
        }
        if constexpr (requires { command.from = party::buyer; }) command.from = one_of<party>();
        if constexpr (requires { command.of = mediation::asked::both; }) command.of = one_of<mediation::asked>();
        if constexpr (requires { command.offer = 1U; }) command.offer = 1;
        if constexpr (requires { command.refund = 1U; }) command.refund = 1;
        if constexpr (requires { command.amount.minor; }) command.amount = amount();
        if constexpr (requires { command.payment_reference; }) command.payment_reference = text();
        if constexpr (requires { command.cause; }) command.cause = text();
        if constexpr (requires { command.address_reference; }) command.address_reference = text();
        if constexpr (requires { command.shipping_paid_by; }) command.shipping_paid_by = one_of<party>();
        if constexpr (requires { command.carrier; }) command.carrier = text();
        if constexpr (requires { command.tracking_number; }) command.tracking_number = text();
        if constexpr (requires { command.resolution = resolution::expired; }) command.resolution = one_of<resolution>();
        if constexpr (requires { command.lines.front().minor; }) command.lines = lines();
    }

  private:
    std::mt19937_64 random_;
};

}  // namespace recourse::test
