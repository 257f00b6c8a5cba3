// The appeal at work: its members, its facts, its machine.
#include "recourse/lifecycle/appeal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::appeal {

BOOST_DESCRIBE_STRUCT(file_appeal, (), (ground, evidence))
BOOST_DESCRIBE_STRUCT(join_appeal, (), (ground, evidence))
BOOST_DESCRIBE_STRUCT(submit_appeal_evidence, (), (evidence))
BOOST_DESCRIBE_STRUCT(withdraw_appeal, (), ())
BOOST_DESCRIBE_STRUCT(take_appeal, (), ())
BOOST_DESCRIBE_STRUCT(dismiss_appeal, (), (rules))
BOOST_DESCRIBE_STRUCT(uphold_decision, (), (rules))
BOOST_DESCRIBE_STRUCT(overturn_with_award, (), (award, funded_by, rules, penalty, shipping))
BOOST_DESCRIBE_STRUCT(overturn_with_rejection, (), (rules))
BOOST_DESCRIBE_STRUCT(appeal_filed, (), (appellant, ground, evidence))
BOOST_DESCRIBE_STRUCT(appeal_joined, (), (by, ground, evidence))
BOOST_DESCRIBE_STRUCT(appeal_evidence_submitted, (), (from, evidence))
BOOST_DESCRIBE_STRUCT(appeal_withdrawn, (), ())
BOOST_DESCRIBE_STRUCT(appeal_evidence_closed, (), ())
BOOST_DESCRIBE_STRUCT(appeal_taken, (), (reviewer))
BOOST_DESCRIBE_STRUCT(appeal_dismissed, (), (rules))
BOOST_DESCRIBE_STRUCT(appeal_called_off, (), ())
BOOST_DESCRIBE_STRUCT(decision_upheld, (), (rules))
BOOST_DESCRIBE_STRUCT(decision_upheld_by_default, (), ())
BOOST_DESCRIBE_STRUCT(decision_overturned, (), (terms))
BOOST_DESCRIBE_STRUCT(decision_overturned_by_default, (), (terms))
BOOST_DESCRIBE_STRUCT(request_appeal_information, (), (of))
BOOST_DESCRIBE_STRUCT(provide_appeal_information, (), (evidence))
BOOST_DESCRIBE_STRUCT(appeal_information_requested, (), (from))
BOOST_DESCRIBE_STRUCT(appeal_information_provided, (), (from, evidence))
BOOST_DESCRIBE_STRUCT(appeal_information_lapsed, (), ())
BOOST_DESCRIBE_STRUCT(instance, (), (appellant, ground, joined_ground, reviewer, information_requests))

}  // namespace recourse::appeal

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 2> defaulted<appeal::instance>{"reviewer", "information_requests"};
}  // namespace recourse::json

namespace recourse::engine {
namespace {

using appeals = appeal::lifecycle_type;

// Whether a party got less than it asked for: the buyer less than her claim, or a cost to pay, the seller any award at all.
bool lost_something(role who, dispute::instance const& kept) {
    if (who == role::seller) return kept.ruling->awarded.has_value();
    if (std::any_of(kept.bill->costs.begin(), kept.bill->costs.end(),
                    [](auto const& one) { return one.from == cost_party::buyer; }))
        return true;
    if (!kept.ruling->awarded || kept.ruling->awarded->amount.minor < kept.claim.amount.minor) return true;
    // More than was asked is no loss, whatever the remedy.
    return kept.ruling->awarded->amount.minor == kept.claim.amount.minor &&
           kept.ruling->awarded->remedy != kept.claim.remedy;
}

// Who got nothing of what was asked.
bool lost_all(role who, dispute::instance const& kept) {
    return who == role::seller ? kept.ruling->awarded && kept.ruling->awarded->amount.minor >= kept.claim.amount.minor
                               : !kept.ruling->awarded;
}

// The window of a party: the one that runs, or a shorter one for who lost all.
void fill_window(appeal::facts& known, situation const& now) {
    auto const ends = window_of_loser(now.by.role, now.all, now.known);
    if (!ends) return;
    known.window_is_open = now.at < *ends;
    if (!known.window_is_open) known.window_ended = ends;
}

void fill_grounds(appeal::facts& known, situation const& now) {
    known.grounds = now.known.policy->appeals.grounds;
    for (auto const& one : now.all.appeals()) {
        if (one.kept.appellant == now.by.role)
            known.grounds_used.push_back(one.kept.ground);
        else if (one.kept.joined_ground)
            known.grounds_used.push_back(*one.kept.joined_ground);
    }
}

}  // namespace

std::optional<instant> window_of_loser(role who, record const& all, terms const& known) {
    auto const& whole = all.dispute();
    auto const& shorter = known.policy->clocks.appeal_window_of_loser;
    bool const runs = whole.in<dispute::decided>() && whole.clock.has_value();
    bool const is_a_party = who == role::buyer || who == role::seller;
    if (!runs || !shorter || !is_a_party || !lost_all(who, whole.kept)) return std::nullopt;
    return std::min(end_of(*shorter, whole.clock->since, known), whole.clock->due);
}

template <>
appeal::facts workings<appeals>::facts_for(situation const& now, machine<appeals> const& one,
                                           told<appeals> const& command) {
    auto const& policy = *now.known.policy;
    auto const& whole = now.all.dispute();
    appeal::facts known;
    known.by = now.by.role;
    known.who = now.by.id;
    known.decision_may_be_appealed = whole.in<dispute::decided>();
    if (!known.decision_may_be_appealed)
        known.stage = fmt::format("dispute is {}", lifecycle::state_name<dispute::lifecycle_type>(whole.state));
    known.levels = policy.appeals.levels;
    // The one that is being filed is not counted yet.
    known.appeals_are_left = now.all.appeals().size() < policy.appeals.levels;
    fill_window(known, now);
    known.lost_something = lost_something(now.by.role, whole.kept);
    known.is_the_appellant = one.kept.appellant == now.by.role;
    known.somebody_joined = one.kept.joined_ground.has_value();
    known.has_joined = known.somebody_joined && !known.is_the_appellant;
    fill_grounds(known, now);
    known.evidence_is_needed = policy.appeals.needs_new_evidence;
    auto const judge = [&](std::vector<evidence> const& brought, evidence_action with) {
        known.evidence_is_needed = known.evidence_is_needed || !kinds_required(policy, with, now.all).empty();
        if (auto wrong = fault(brought, with, now)) {
            known.evidence_problem = wrong->code;
            known.evidence_subject = std::move(wrong->subject);
        }
    };
    if (auto const* filed = std::get_if<appeal::file_appeal const*>(&command))
        judge((*filed)->evidence, evidence_action::file_appeal);
    if (auto const* joined = std::get_if<appeal::join_appeal const*>(&command))
        judge((*joined)->evidence, evidence_action::join_appeal);
    if (auto const* given = std::get_if<appeal::submit_appeal_evidence const*>(&command))
        judge((*given)->evidence, evidence_action::submit_appeal_evidence);
    if (auto const* answered = std::get_if<appeal::provide_appeal_information const*>(&command))
        judge((*answered)->evidence, evidence_action::provide_appeal_information);
    auto const& deciders = now.all.mediation().kept.seat->decided;
    known.decided_before = std::find(deciders.begin(), deciders.end(), now.by.id) != deciders.end();
    for (auto const& before : now.all.appeals())
        known.decided_before =
            known.decided_before || (before.number != one.number && before.kept.reviewer == now.by.id);
    known.is_taken = !one.kept.reviewer.empty();
    known.is_the_reviewer = now.by.role == role::mediator && one.kept.reviewer == now.by.id;
    known.offered = offered_remedies(policy, whole.kept.reason);
    known.alternatives = alternatives(policy);
    // What was paid provisionally is decided about again.
    known.refundable = refundable_in_all(now.all);
    known.return_was_contested = return_was_contested(now.all);
    known.rules = cited_rules(policy);
    known.must_cite = policy.mediation.decisions_cite_rules;
    known.coverage_cap = whole.kept.course->coverage_cap;
    known.penalty_cap = policy.mediation.penalty_cap;
    known.when_reviewer_is_silent = policy.silences.appeal;
    known.information_requests_max = policy.appeals.information_requests;
    known.information_requests_left = one.kept.information_requests < known.information_requests_max;
    known.claim = return_was_contested(now.all) ? claim_in_money(now.all) : whole.kept.claim;
    return known;
}

template <>
bool workings<appeals>::tell(deciding& doing, std::uint32_t number, told<appeals> const& command) {
    return doing.tell_machine<appeals>(number, command);
}

template struct workings<appeals>;

}  // namespace recourse::engine
