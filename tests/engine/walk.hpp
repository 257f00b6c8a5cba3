// Random walks: steps of small numbers, each read as a command by somebody at some time, right or wrong. Most commands
// fit the state that the dispute is in, so that walks come far.
#pragma once

#include <array>
#include <random>

#include "engine/stage.hpp"
#include "recourse/engine/candidates.hpp"

namespace recourse::test {

struct walk_step {
    unsigned dispute = 0;
    unsigned by = 0;
    unsigned what = 0;
    unsigned number = 0;
    unsigned amount = 0;
    unsigned pause = 0;
    bool operator==(walk_step const&) const = default;
};

// The preset with everything that a policy may have beyond the plain course.
inline policy everything_allowed() {
    using enum remedy;
    auto made = aliexpress();
    for (auto& one : made.reasons)
        one.remedies = {full_refund, partial_refund, return_refund, exchange, replacement, alternative};
    made.alternatives = {{alternative_id{"repair"}, "Repair"}, {alternative_id{"voucher"}, "Voucher"}};
    made.rules = {{rule_id{"R-1"}, "Goods must be as described"}};
    made.amendments = {2, true, answer_restart::when_raised, true};
    made.mediation = {2, true, true, true};
    made.appeals = {2, {ground{"new_evidence"}, ground{"wrong_rule"}}, true, execution::provisional, 1};
    auto& clocks = made.clocks;
    for (auto* one :
         {&clocks.appeal_window, &clocks.appeal_evidence, &clocks.appeal_review, &clocks.replacement_shipment,
          &clocks.replacement_transit, &clocks.replacement_confirmation, &clocks.performance, &clocks.mediation_lease})
        *one = clocks.buyer_response;
    clocks.mediation_lease->rule.length = {36, period_unit::hours};
    return made;
}

// The preset with other silences, and with everything that it has not: between them, every consequence that a policy may
// choose.
inline policy const& any_policy(unsigned number) {
    static auto const all = [] {
        std::array<policy, 8> made{aliexpress(),         aliexpress(),         aliexpress(),
                                   aliexpress(),         everything_allowed(), everything_allowed(),
                                   everything_allowed(), everything_allowed()};
        // Contact first, nothing paid before it is final, refunds when the goods are sent.
        made[5].contact = {true, true};
        made[5].clocks.contact_wait = made[5].clocks.contact_opening = made[5].clocks.buyer_response;
        made[5].appeals.execution = execution::suspensive;
        made[5].appeals.needs_new_evidence = false;
        made[5].silences.appeal = silence::grants_claim;
        made[5].returns = {refund_moment::shipment, false};
        made[5].amendments.restarts_answer = answer_restart::always;
        // Mediation at once, refunds when the goods have arrived, a shorter window for who lost all.
        made[6].escalation = {true, true};
        made[6].silences.appeal = silence::closes;
        made[6].silences.mediator = silence::closes;
        made[6].returns = {refund_moment::delivery, true};
        made[6].clocks.appeal_window_of_loser = made[6].clocks.buyer_response;
        made[6].clocks.appeal_window_of_loser->rule.length = {2, period_unit::calendar_days};
        // Escalation by a window of its own, by either party; the claim is granted when the negotiation ends.
        made[7].escalation.by_seller = true;
        made[7].clocks.escalation_wait = made[7].clocks.buyer_response;
        made[7].clocks.escalation_wait->rule.length = {2, period_unit::calendar_days};
        made[7].silences.negotiation_end = silence::grants_claim;
        made[7].amendments.restarts_answer = answer_restart::never;
        made[7].mediation.proposals = 1;
        made[1].silences = {silence::grants_claim, silence::closes, silence::escalates, silence::closes,
                            silence::closes};
        made[2].silences = {silence::escalates, silence::escalates, silence::grants_claim, silence::grants_claim,
                            silence::closes};
        made[3].silences = {silence::opens_escalation, silence::opens_escalation, silence::grants_claim,
                            silence::closes, silence::grants_claim};
        return made;
    }();
    return all[number % all.size()];
}

// The person who may do it, three times out of four; else anybody.
inline actor walker(walk_step const& step, actor const& right) {
    actor const anybody[] = {anna,
                             shop,
                             mia,
                             otto,
                             bank,
                             {role::mediator, actor_id{"max"}},
                             {role::buyer, actor_id{"eve"}},
                             {role::timer, actor_id{"timer"}}};
    return step.by % 4 != 0 ? right : anybody[(step.by / 4) % std::size(anybody)];
}

// Now and then back, mostly a few hours on, sometimes weeks.
inline instant after(instant now, walk_step const& step) {
    std::int64_t const hours[] = {0, 1, 5, 0, 30, 2, 100, 0, -3, 0, 2, 400, 20, 10, 0, 1};
    return plus_seconds(now, hours[step.pause % std::size(hours)] * hour);
}

// So little that somebody mostly answers before a deadline passes; now and then a day.
inline instant soon_after(instant now, walk_step const& step) {
    return plus_seconds(now, step.pause % 8 == 0 ? 2 * day : hour);
}

inline award award_of_step(walk_step const& step, money limit) {
    if (limit.currency == currency{}) limit = euro(2999);
    switch (step.amount % 7) {
        case 0: return {remedy::full_refund, limit};
        case 1: return {remedy::return_refund, limit};
        case 2: return {remedy::partial_refund, {limit.minor / 2, limit.currency}};
        case 3: return {remedy::partial_refund, {1, limit.currency}};
        case 4: return {remedy::partial_refund, {limit.minor - 1, limit.currency}};
        case 5:
            return {remedy::full_refund,
                    {limit.minor + static_cast<std::int64_t>(step.amount % 3) - 1, limit.currency}};
        default: return {remedy::return_refund, {limit.minor / 3, limit.currency}};
    }
}

inline dispute::open_dispute opening_of_step(walk_step const& step, stage const& play) {
    std::vector<claim_line> const choices[] = {
        {{line_id{"cups"}, 3}},
        {{line_id{"cups"}, 1}},
        {{line_id{"cups"}, 2}, {line_id{"pot"}, 1}},
        {{line_id{"pot"}, 1}, {line_id{"shipping"}, 1}},
        {{line_id{"cups"}, 1}, {line_id{"pot"}, 1}, {line_id{"shipping"}, 1}},
        {{line_id{"cups"}, 4}},
    };
    auto const& lines = choices[step.number % std::size(choices)];
    money limit = euro(0);
    auto const funds = play.money.value_or(account_of(play.order));
    for (auto const& claimed : lines) {
        for (auto const& line : funds.lines) {
            if (line.line == claimed.line) limit.minor += refundable_minor(line, claimed.units);
        }
    }
    auto asked = play.claim(award_of_step(step, limit), lines);
    // Now and then the order is still to come.
    if (step.what % 4 == 0) asked.order.promised_until = plus_seconds(opening, 9 * day);
    return asked;
}

// One of the commands that could be given now, by somebody who may give it if a few tries find one; mostly one that does
// not end the dispute, for what has ended has little more to show.
inline command candidate_of_step(walk_step const& step, stage const& play, std::size_t which, instant now) {
    auto const& one = play.disputes[which];
    std::mt19937_64 random{step.what * 7919ULL + step.number * 104729ULL + step.amount};
    auto const bodies = candidates(one.all, play.known, play.money ? &*play.money : nullptr);
    auto const people = actors(one.all);
    command asked;
    for (int tries = 0; tries < 24; ++tries) {
        // Each kind of command is as likely as any other, however many ways there are to give it.
        auto const kinds = lifecycle::size(command_body::alternatives{});
        std::vector<command_body const*> ways;
        for (auto wanted = random() % kinds; ways.empty(); wanted = (wanted + 1) % kinds) {
            for (auto const& body : bodies) {
                if (body.index() == wanted) ways.push_back(&body);
            }
        }
        asked = play.asked(people[random() % people.size()], *ways[random() % ways.size()], which);
        auto const made = decide(one.key, one.all, play.money, play.known, asked, now);
        if (made.accepted && (!made.accepted->after.dispute().in<dispute::closed>() || random() % 8 == 0)) break;
    }
    return asked;
}

enum class walk_command : unsigned {
    open,
    evidence,
    escalate,
    withdraw,
    offer,
    accept,
    decline,
    take_back,
    mediate,
    request,
    inform,
    award,
    reject,
    terms,
    ship,
    delivered,
    lose,
    take_return,
    contest,
    confirm,
    fail,
    lose_sight,
    retry,
    write
};
inline constexpr unsigned walk_commands = 24;

// What may be possible now, more or less.
inline std::vector<walk_command> fitting(record const& all) {
    using enum walk_command;
    auto const& one = all.dispute();
    auto const& talks = all.mediation();
    if (one.in<dispute::not_opened>() || one.in<dispute::contacting>() || one.in<dispute::contacted>()) return {open};
    if (one.in<dispute::negotiating>())
        return {evidence, escalate, withdraw, offer, offer, offer, accept, accept, decline, take_back, write};
    if (one.in<dispute::in_mediation>()) {
        if (talks.in<mediation::queued>() || talks.in<mediation::held>())
            return {mediate, mediate, mediate, mediate, withdraw};
        if (talks.in<mediation::assigned>() || talks.in<mediation::deliberating>())
            return {request, request, award, award, reject, evidence};
        return {inform, inform, inform, inform, withdraw};
    }
    if (one.in<dispute::returning>()) {
        auto const& sent = all.returns().back();
        if (sent.in<return_request::awaiting_terms>()) return {terms, terms, terms, withdraw};
        if (sent.in<return_request::awaiting_shipment>()) return {ship, ship, ship, ship, ship, withdraw};
        if (sent.in<return_request::in_transit>()) return {delivered, delivered, delivered, lose, withdraw};
        return {take_return, contest, withdraw};
    }
    if (one.in<dispute::closed>()) return {confirm, accept, evidence};
    return {confirm, fail, lose_sight, retry, retry, evidence};
}

inline command command_of(walk_step const& step, stage const& play) {
    using enum walk_command;
    auto const which = step.dispute % play.disputes.size();
    auto const& all = play.all(which);
    bool const has_everything = play.known.policy->appeals.levels > 0;
    if (all.version > 0 && step.number % 3 < (has_everything ? 2 : 1))
        return candidate_of_step(step, play, which, all.last_at);
    if (all.version == 0 && play.known.policy->contact.required && step.number % 5 != 0) {
        auto const first = opening_of_step(step, play);
        // Mostly about everything, so that what is opened later is about some of it.
        auto about = first.lines;
        if (step.number % 5 != 1) about = {{line_id{"cups"}, 3}, {line_id{"pot"}, 1}, {line_id{"shipping"}, 1}};
        return play.asked(walker(step, anna),
                          dispute::contact_seller{first.policy, {}, first.order, first.reason, std::move(about)},
                          which);
    }
    auto const limit = all.dispute().kept.refundable;
    auto const number = 1 + step.number % 4;
    auto const some_piece = piece(std::to_string(step.number * 31 + step.amount), evidence_kind::photo);
    auto const either = step.amount % 2 == 0 ? anna : shop;
    auto const& refunds = all.refunds();
    auto const paid = refunds.empty() || step.amount % 5 == 0 ? euro(step.amount) : refunds.back().kept.amount;
    auto const made = [&](actor const& right, command_body body) {
        return play.asked(walker(step, right), std::move(body), which);
    };
    auto const likely = fitting(all);
    auto const what = step.what % 5 != 0 ? likely[step.what / 5 % likely.size()]
                                         : static_cast<walk_command>(step.what / 5 % walk_commands);
    switch (what) {
        case open: return made(anna, opening_of_step(step, play));
        case evidence: return made(either, dispute::submit_evidence{{some_piece}});
        case escalate: return made(anna, dispute::escalate_dispute{});
        case withdraw:
            return step.amount % 3 == 0 ? made(anna, dispute::withdraw_dispute{})
                                        : made(anna, dispute::escalate_dispute{});
        case offer: return made(either, offer::make_offer{award_of_step(step, limit)});
        case accept: return made(either, offer::accept_offer{number});
        case decline: return made(either, offer::decline_offer{number});
        case take_back: return made(either, offer::withdraw_offer{number});
        case mediate: return made(mia, mediation::take_mediation{});
        case request: return made(mia, mediation::request_information{static_cast<mediation::asked>(step.amount % 3)});
        case inform: return made(either, mediation::provide_information{{some_piece}});
        case award: return made(mia, mediation::award_remedy{award_of_step(step, limit)});
        case reject: return made(mia, mediation::reject_claim{});
        case terms: return made(shop, return_request::provide_return_terms{"address-1", party::seller});
        case ship: return made(anna, return_request::ship_return{"post", "RR1"});
        case delivered: return made(bank, return_request::report_return_delivered{});
        case lose: return made(bank, return_request::report_return_lost{});
        case take_return: return made(shop, return_request::accept_return{});
        case contest: return made(shop, return_request::contest_return{{some_piece}});
        case confirm: return made(bank, refund::confirm_refund{1, paid, step.number % 5 == 0 ? "" : "reference"});
        case fail: return made(bank, refund::report_refund_failed{1, "card_closed"});
        case lose_sight: return made(bank, refund::report_refund_unknown{1});
        case write:
            return made(either, conversation::send_message{static_cast<conversation::recipient>(step.number % 4),
                                                           {},
                                                           "chat-" + std::to_string(step.amount),
                                                           {some_piece}});
        case retry: break;
    }
    return made(step.amount % 2 == 0 ? otto : bank, refund::retry_refund{1});
}

inline walk_step random_step(std::mt19937_64& random) {
    auto const any = [&] { return static_cast<unsigned>(random() % 1000); };
    return {any(), any(), any(), any(), any(), any()};
}

}  // namespace recourse::test
