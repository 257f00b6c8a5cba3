// The rules that hold for every step, each a function that names what broke it.
#include "engine/step_checks.hpp"

#include <fmt/format.h>

#include "recourse/lifecycle/evolve.hpp"

namespace recourse::engine {
namespace {

using broken = std::vector<broken_rule>;

void check_account(account const& money, broken& found) {
    auto const before = found.size();
    for (auto const& line : money.lines) {
        if (line.reserved_minor >= 0 && line.refunded_minor >= 0 && line.outside_refunded_minor >= 0 &&
            line.charged_back_minor >= 0 &&
            line.reserved_minor + line.refunded_minor + line.outside_refunded_minor + line.charged_back_minor <=
                line.paid_minor &&
            line.units_in_dispute >= 0 && line.units_in_dispute <= line.units)
            continue;
        found.push_back({search_flaw::pays_more_than_captured,
                         fmt::format("line {}: {} of {} units in dispute; {} reserved and {} refunded of {} paid",
                                     line.line.text(), line.units_in_dispute, line.units, line.reserved_minor,
                                     line.refunded_minor, line.paid_minor)});
    }
    if (found.size() > before) return;
    // By tender and by chargeback as well.
    if (auto why = imbalance(money); !why.empty())
        found.push_back({search_flaw::pays_more_than_captured, std::move(why)});
}

// A lease that the policy has ends.
void check_lease(record const& all, policy const& rules, broken& found) {
    auto const& talks = all.mediation();
    bool const is_held = talks.in<mediation::assigned>() || talks.in<mediation::deliberating>();
    if (is_held && rules.clocks.mediation_lease && !talks.kept.seat->lease_until)
        found.push_back({search_flaw::holds_without_end, fmt::format("{} holds the mediation, and no lease of it ends",
                                                                     talks.kept.seat->mediator.text())});
}

// A refund order that leaves while a bank has the money may pay it twice.
void check_orders(account const& money, recorded const& done, broken& found) {
    if (!blocked_since(money)) return;
    for (auto const& happened : done.events) {
        if (happened.lifecycle == refund::lifecycle_type::code && happened.to == refund::instructed::code &&
            happened.from != refund::instructed::code)
            found.push_back({search_flaw::orders_while_charged_back,
                             fmt::format("refund {} is ordered while a chargeback is open", happened.number)});
    }
}

void check_limit(std::string_view what, std::size_t count, std::size_t most, broken& found) {
    if (count > most)
        found.push_back(
            {search_flaw::passes_a_limit, fmt::format("{}: {}, and the policy allows {}", what, count, most)});
}

void check_limits(record const& all, policy const& rules, broken& found) {
    auto const& limits = rules.limits;
    for (auto const who : {role::buyer, role::seller, role::mediator}) {
        std::size_t made = 0;  // the claim is not counted
        for (auto const& one : all.offers()) made += !one.kept.is_the_claim && one.kept.author == who ? 1U : 0U;
        auto const most = who == role::mediator ? rules.mediation.proposals : limits.offers_per_party;
        check_limit(fmt::format("offers of the {}", wire_name(who)), made, most, found);
    }
    check_limit("amendments", all.dispute().kept.amendments, rules.amendments.most, found);
    check_limit("appeals", all.appeals().size(), rules.appeals.levels, found);
    check_limit("requests for information", all.mediation().kept.information_requests, limits.information_requests,
                found);
    for (auto const& one : all.appeals())
        check_limit("requests for information in an appeal", one.kept.information_requests,
                    rules.appeals.information_requests, found);
    for (auto const& one : all.refunds())
        check_limit("attempts of a refund", one.kept.attempts, limits.refund_attempts, found);
    for (auto const who : {role::buyer, role::seller, role::host})
        check_limit(fmt::format("pieces of evidence of the {}", wire_name(who)),
                    dispute::pieces_of(all.dispute().kept, who), limits.evidence_pieces, found);
}

// The event is what a row of its lifecycle's table records; which row, if that is known.
void check_row(event const& happened, std::optional<taken_row> const& taken, broken& found) {
    bool fits = false;
    auto const name =
        std::visit([](auto const& body) { return std::remove_cvref_t<decltype(body)>::name; }, happened.body);
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code != happened.lifecycle || (taken && taken->lifecycle != L::code)) return;
        for (std::size_t at = 0; at < lifecycle::rows<L>.size(); ++at) {
            auto const& row = lifecycle::rows<L>[at];
            fits = fits || ((!taken || taken->row == at) && row.from == happened.from && row.to == happened.to &&
                            row.event == name);
        }
    });
    if (!fits)
        found.push_back({search_flaw::leaves_the_tables,
                         fmt::format("no row of lifecycle {} that was taken records {} from state {} to state {}",
                                     happened.lifecycle, name, happened.from, happened.to)});
}

// Only a migration moves deadlines earlier, and only one that was allowed to harm.
void check_moved(record const& before, migration::policy_migrated const& told, broken& found) {
    if (told.harm_allowed) return;
    for_each_machine(before, [&]<class L>(machine<L> const& one) {
        for (auto const& each : told.moved) {
            if (each.lifecycle != L::code || each.number != one.number || !one.clock) continue;
            if (one.clock->due <= each.clock.due) continue;
            found.push_back({search_flaw::moves_a_deadline_earlier,
                             fmt::format("{} of {} {}: from {} to {}, by a migration that must not harm",
                                         wire_name(one.clock->kind), L::name, one.number, to_text(one.clock->due),
                                         to_text(each.clock.due))});
        }
    });
}

void check_clock(record const& before, event const& happened, broken& found) {
    if (auto const* told = std::get_if<migration::policy_migrated>(&happened.body)) check_moved(before, *told, found);
    if (!happened.clock_started || happened.clock_stopped) return;
    for_each_machine(before, [&]<class L>(machine<L> const& one) {
        if (L::code != happened.lifecycle || one.number != happened.number || !one.clock) return;
        if (one.clock->kind != happened.clock_started->kind || one.clock->due <= happened.clock_started->due) return;
        found.push_back({search_flaw::moves_a_deadline_earlier,
                         fmt::format("{} of {} {}: from {} to {}", wire_name(one.clock->kind), L::name, one.number,
                                     to_text(one.clock->due), to_text(happened.clock_started->due))});
    });
}

// A refund that was given up and is confirmed late puts the outcome right, and so does one for goods that came back which
// is given up after the rest has ended; beyond that it stays as it is.
struct ended {
    std::optional<outcome> how;
    bool is_closed = false;
    bool in_part = false;  // something was settled
    explicit ended(record const& all)
        : how{all.dispute().kept.ruling->outcome},
          is_closed{all.dispute().in<dispute::closed>()},
          in_part{!all.dispute().kept.course->settled.empty()} {}
};
void check_outcome(ended const& before, event const& happened, record const& after, broken& found) {
    auto const& was = before.how;
    auto const& is = after.dispute().kept.ruling->outcome;
    bool const confirmed_late =
        was && was->resolution == resolution::unpaid && std::holds_alternative<dispute::dispute_settled>(happened.body);
    bool const part_is_unpaid = was && is && is->resolution == resolution::unpaid &&
                                std::holds_alternative<dispute::dispute_closed>(happened.body) && before.in_part;
    bool const reopened = before.is_closed && !after.dispute().in<dispute::closed>();
    if ((!was || is == was || confirmed_late || part_is_unpaid) && !reopened) return;
    found.push_back({search_flaw::has_a_second_outcome,
                     fmt::format("closed as {}, then {}", was ? wire_name(was->resolution) : "nothing",
                                 reopened ? "open again"
                                 : is     ? wire_name(is->resolution)
                                          : "nothing")});
}

std::int64_t confirmed_minor(recorded const& done) {
    std::int64_t total = 0;
    for (auto const& happened : done.events) {
        if (std::holds_alternative<refund::refund_confirmed>(happened.body))
            total += done.after.refunds()[happened.number - 1].kept.amount.minor;
    }
    return total;
}

}  // namespace

std::vector<broken_rule> faults_of(record const& all, std::optional<account> const& money, policy const& rules) {
    broken found;
    if (money) check_account(*money, found);
    check_limits(all, rules, found);
    check_lease(all, rules, found);
    return found;
}

std::vector<broken_rule> faults_of(record const& before, event const& happened, record const& after) {
    broken found;
    check_row(happened, std::nullopt, found);
    check_clock(before, happened, found);
    check_outcome(ended{before}, happened, after, found);
    return found;
}

std::vector<broken_rule> faults_of(record const& before, std::optional<account> const& money, recorded const& done) {
    broken found;
    auto all = before;
    if (done.events.size() != done.rows.size())
        found.push_back({search_flaw::leaves_the_tables,
                         fmt::format("{} events of {} rows", done.events.size(), done.rows.size())});
    for (std::size_t at = 0; at < done.events.size(); ++at) {
        auto const& happened = done.events[at];
        if (at < done.rows.size()) check_row(happened, done.rows[at], found);
        check_clock(all, happened, found);
        ended const was{all};
        evolve(all, happened);
        check_outcome(was, happened, all, found);
    }
    if (all != done.after)
        found.push_back({search_flaw::differs_on_replay, fmt::format("after version {}", done.after.version)});
    if (auto const& funds = done.money ? done.money : money) check_orders(*funds, done, found);
    auto const refunded = [](std::optional<account> const& of) { return of ? of->refunded_minor() : 0; };
    auto const counted = refunded(done.money ? done.money : money) - refunded(money);
    if (auto const confirmed = confirmed_minor(done); counted != confirmed)
        found.push_back({search_flaw::counts_money_wrongly,
                         fmt::format("{} confirmed, {} counted as refunded, in minor units", confirmed, counted)});
    return found;
}

std::vector<broken_rule> faults_of(std::optional<account> const& before, std::optional<outside_refund> const& told,
                                   std::optional<account> const& after) {
    auto const minor_of = [](std::optional<account> const& of) { return of ? of->outside_refunded_minor() : 0; };
    auto const counted = minor_of(after) - minor_of(before);
    std::int64_t paid = 0;
    if (told) {
        for (auto const& one : told->lines) paid += one.minor;
    }
    if (counted == paid) return {};
    return {{search_flaw::counts_money_wrongly,
             fmt::format("{} told as refunded by another route, {} counted, in minor units", paid, counted)}};
}

}  // namespace recourse::engine
