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
    std::optional<refused> account_problem() {
        if (likely()) return std::nullopt;
        refused no;
        no.code = either() ? refusal::amount_exceeds_refundable : refusal::tender_unknown;
        no.subject = "C-1";
        return no;
    }
    currency any_currency() { return *currency::find(likely() ? "EUR" : "USD"); }
    money amount() {
        constexpr std::int64_t near_the_limit[] = {100, 100, 100, 99, 99, 50, 101, 1, 0, -1};
        return {near_the_limit[below(std::size(near_the_limit))], any_currency()};
    }
    money limit() { return {100, *currency::find("EUR")}; }
    award any_award() {
        award made{one_of<remedy>(), amount()};
        if ((made.remedy == remedy::alternative) == likely())
            made.alternative = alternative_id{likely() ? "repair" : "song"};
        return made;
    }
    std::vector<rule_id> some_rules() {
        if (either()) return {};
        return {rule_id{likely() ? "R-1" : "R-9"}};
    }
    std::vector<funding> funds(award const& of) {
        if (either() || of.amount.minor < 2) return {};
        return {{funder::seller, of.amount.minor - 1}, {funder::platform, likely() ? 1 : 2}};
    }
    std::optional<role> anybody() { return either() ? std::optional{one_of<role>()} : std::nullopt; }
    std::vector<claim_line> claimed() { return {{line_id{"L-1"}, 1}}; }
    remedy_set remedies() {
        remedy_set set;
        for (auto const kind : {remedy::full_refund, remedy::partial_refund, remedy::return_refund, remedy::exchange,
                                remedy::replacement, remedy::alternative}) {
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
        known.contact_is_required = either();
        known.contact_is_over = likely();
        known.was_contact_only = either();
        known.paid_provisionally = !likely();
        known.goes_to_mediation_at_once = either();
        known.amendments_are_left = likely();
        known.amendable_here = likely();
        known.amended_reason = reason{"damaged"};
        known.decided_by = any_role();
        known.appeals_are_left = either();
        known.execution = one_of<execution>();
        known.seller_may_escalate = either();
        known.decision = {any_award(), {}, some_rules()};
        if (!likely()) known.charged_back_since = instant{4};
        if (known.goods_are_under_way) known.parcel_under_way = text();
        if (!likely()) known.beyond_contact = text();
        if (!likely()) known.reopening_problem = text();
        if (!likely()) known.merge_problem = refusal::dispute_unknown;
        known.has_the_mediation = either();
        known.reopenings_are_counted = either();
        known.takes_evidence = likely();
        known.evidence_takers = text();
        known.evidence_is_frozen = !likely();
    }
    void fill(negotiation::facts& known) { known = {any_role(), one_of<silence>(), one_of<silence>()}; }
    void fill(offer::facts& known) {
        known.by = any_role();
        known.author = likely() ? static_cast<role>(below(3)) : one_of<role>();
        known.accepted_by = anybody();
        known.is_the_claim = either();
        known.offered = remedies();
        known.alternatives = {alternative_id{"repair"}};
        known.is_the_assigned_mediator = likely();
        known.mediation_runs = likely();
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
        known.lease_is_over = either();
        if (either()) known.lease_was_until = instant{7};
        if (known.lease_is_over) known.is_the_assigned_mediator = either();
        known.assigned_is_a_party = !likely();
        if (either()) known.held_until = instant{9};
        known.alternatives = {alternative_id{"repair"}};
        known.rules = {rule_id{"R-1"}};
        known.must_cite = !likely();
        if (either()) known.coverage_cap = limit();
        if (!likely()) known.penalty_cap = limit();
    }
    void fill(appeal::facts& known) {
        known.by = any_role();
        known.who = actor_id{"max"};
        known.decision_may_be_appealed = likely();
        known.stage = text();
        known.appeals_are_left = likely();
        known.levels = 2;
        known.window_is_open = likely();
        known.lost_something = likely();
        known.is_the_appellant = either();
        known.has_joined = !likely();
        known.somebody_joined = !likely();
        known.grounds = {ground{"new_evidence"}, ground{"wrong_rule"}};
        if (!likely()) known.grounds_used = {ground{"new_evidence"}};
        known.evidence_is_needed = either();
        known.evidence_problem = problem();
        known.evidence_subject = text();
        known.decided_before = !likely();
        known.is_taken = either();
        known.is_the_reviewer = likely();
        known.offered = remedies();
        known.alternatives = {alternative_id{"repair"}};
        known.refundable = limit();
        known.return_was_contested = !likely();
        known.rules = {rule_id{"R-1"}};
        known.must_cite = !likely();
        if (either()) known.coverage_cap = limit();
        if (!likely()) known.penalty_cap = limit();
        constexpr silence choices[] = {silence::upholds, silence::grants_claim, silence::closes};
        known.when_reviewer_is_silent = choices[below(3)];
        known.information_requests_left = likely();
        known.information_requests_max = 3;
        known.claim = any_award();
    }
    void fill(return_request::facts& known) {
        known.by = any_role();
        known.evidence_problem = problem();
        known.evidence_subject = text();
        known.loss_is_refunded = either();
        known.host_gives_terms = either();
        known.paid_at_shipment = either();
        known.paid_at_delivery = either();
        known.findings_problem = likely() ? "" : "Line L-1 is not named.";
        if (either()) known.as_agreed = lines();
        if (either()) known.wanting = lines();
    }
    void fill(replacement::facts& known) { known = {any_role(), problem(), text()}; }
    void fill(refund::facts& known) {
        known = {any_role(), limit(), text(), "G-1/D-1/refund/1", static_cast<std::uint32_t>(below(6)), 5, {}, {}};
        if (either()) known.routes_used = {"bank"};
        known.money_is_blocked = either();
        if (known.money_is_blocked) known.blocked_since = instant{3};
        known.lines = lines();
    }
    void fill(suspension::facts& known) {
        if (either()) known.paused = {{1, 1, {lifecycle::clock::decision, instant{5}, instant{1}}, instant{2}, text()}};
    }
    void fill(payment::facts& known) {
        known.by = any_role();
        known.order_contradiction = likely() ? "" : "The order has no lines.";
        known.policy = {policy_id{"shop"}, 1, sha256("shop")};
        known.account_problem = account_problem();
        known.was_told_before = either();
        known.released = lines();
        known.recoup_due = {static_cast<std::int64_t>(below(3)), *currency::find("EUR")};
        known.recoup_ordered = {1, *currency::find("EUR")};
        known.recoup_key = text();
    }
    void fill(chargeback::facts& known) {
        known.by = likely() ? role::host : any_role();
        known.is_news = likely();
        known.account_problem = account_problem();
        if (either()) known.answer_due = instant{9};
    }
    void fill(buyer_protection::facts& known) {
        known.by = any_role();
        if (likely()) known.ends = instant{9};
        known.was_delivered = either();
        known.dispute_is_open = either();
        known.extension_problem = likely() ? "" : "It has ended.";
        if (known.extension_problem.empty()) known.extended_to = instant{12};
    }

    void fill(conversation::facts& known) {
        known.by = any_role();
        known.is_the_assigned_mediator = likely();
        known.channel = either() ? channel_kind::direct : one_of<channel_kind>();
        known.stage = "negotiating";
        known.text_bytes_max = likely() ? 2 : 1;
        known.attachments_max = likely() ? 2 : 1;
        known.attachment_bytes_max = 1;
        known.attachment_type_problem = likely() || either() ? "" : "video/mp4";
    }

    void fill(migration::facts& known) {
        known.by = likely() ? role::platform_operator : any_role();
        known.is_known = likely();
        known.asked_for = "shop version 2";
        known.from = {policy_id{"shop"}, 1, sha256("shop")};
        known.to = likely() ? policy_reference{policy_id{"shop"}, 2, sha256("shop 2")} : known.from;
        known.is_open = likely();
        known.stage = "negotiating";
        known.obstacle = likely() ? "" : "a clock runs";
        known.harm = either() ? "" : "less time";
    }

    // ---- commands: the members that any of them may have
    template <class Command>
    void fill_command(Command& command) {
        if constexpr (requires { command.award; }) command.award = any_award();
        if constexpr (requires { command.evidence; }) command.evidence = pieces();
        if constexpr (requires { command.from = role::buyer; }) command.from = either() ? role::buyer : role::seller;
        if constexpr (requires { command.restarts_answer; }) command.restarts_answer = either();
        if constexpr (requires { command.terms.awarded; }) {
            if (likely()) command.terms.awarded = any_award();
            command.appealable = either();
        }
        if constexpr (requires { command.funded_by; }) command.funded_by = funds(command.award);
        if constexpr (requires { command.rules; }) command.rules = some_rules();
        if constexpr (requires { command.penalty; }) {
            if (!likely()) command.penalty = penalty{one_of<cost_party>(), one_of<cost_party>(), 1};
            if (!likely()) command.shipping = {{shipping_way::back, cost_party::seller, one_of<cost_party>(), 1}};
        }
        if constexpr (requires { command.ground; }) {
            constexpr std::string_view names[] = {"new_evidence", "wrong_rule", "bad_luck"};
            command.ground = ground{std::string{names[likely() ? below(2) : 2]}};
        }
        if constexpr (requires { command.harm_allowed; }) command.harm_allowed = either();
        if constexpr (requires { command.route; }) command.route = likely() ? "voucher" : "bank";
        if constexpr (requires { command.mediator; }) command.mediator = actor_id{"max"};
        if constexpr (requires { command.state = chargeback::phase::open; })
            command.state = one_of<chargeback::phase>();
        if constexpr (requires { command.respond_by; }) {
            if (either()) command.respond_by = instant{8};
        }
        if constexpr (requires { command.attachments; }) {
            command.to = one_of<conversation::recipient>();
            if (likely()) command.text = salted_text{text(), likely() ? sha256("salt") : digest{}};
            command.reference = text();
            command.attachments = pieces();
        }
        if constexpr (requires { command.of = mediation::asked::both; }) command.of = one_of<mediation::asked>();
        if constexpr (requires { command.of = appeal::asked::both; }) command.of = one_of<appeal::asked>();
        if constexpr (requires { command.offer = 1U; }) command.offer = 1;
        if constexpr (requires { command.refund = 1U; }) command.refund = 1;
        if constexpr (requires { command.amount.minor; }) command.amount = amount();
        if constexpr (requires { command.payment_reference; }) command.payment_reference = text();
        if constexpr (requires { command.cause; }) command.cause = text();
        if constexpr (requires { command.attempt; }) {
            if (either()) command.attempt = static_cast<std::uint32_t>(below(6));
        }
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
