// Proving a policy: the search, and what can be told from the clocks alone.
#include "recourse/engine/proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "engine/proof/clocks.hpp"
#include "engine/search/graph.hpp"
#include "engine/situation.hpp"
#include "recourse/engine/candidates.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

// Two cents, as in the search; where the policy has steps of partial refunds, enough that one of them is whole cents.
constexpr std::int64_t stepped_minor = 10'000;

void offer_steps(dispute::open_dispute& opening, policy const& rules, reason_rule const& why) {
    if (why.partial.form == partial_form::free) return;
    auto const of = opening.award.amount.currency;
    opening.order.captured = {stepped_minor, of};
    opening.order.lines.front().paid = {stepped_minor, of};
    auto const legal = award_amounts(engine::offered_remedies(rules, why.reason), stepped_minor,
                                     engine::partial_refunds(rules, why.reason, {stepped_minor, of}));
    for (auto const& one : legal) {
        if (one.remedy == opening.award.remedy)
            opening.award.amount.minor = one.remedy == remedy::partial_refund ? one.smallest_minor : stepped_minor;
    }
}

// A promised delivery is so many days after the opening; a later one makes a dispute longer by as much.
constexpr std::int32_t promised_days = 3;
constexpr std::int32_t days_before_max = 400;

bool can_be_opened(dispute::open_dispute const& opening, proof_setting const& setting) {
    search_setting with;
    with.known = setting.known;
    with.start = setting.start;
    auto const step = engine::opening_step(with, opening, setting.start, setting.start);
    auto const asked = engine::command_of(step);
    try {
        return setting.decides(engine::searched_dispute(), {}, {}, setting.known, &asked, setting.start)
            .accepted.has_value();
    } catch (failure const&) {
        return true;  // the search tells of it
    }
}

// As given if it is accepted, else with an order that is not delivered, or was delivered so long ago that the reason's
// window is open. As given again if there is none: the search tells of it.
dispute::open_dispute opened_in_time(dispute::open_dispute given, proof_setting const& setting) {
    if (can_be_opened(given, setting)) return given;
    auto other = given;
    other.order.delivered_at.reset();
    if (can_be_opened(other, setting)) return other;
    other = given;
    for (std::int32_t day = 2; day < days_before_max; ++day) {
        other.order.paid_at = other.order.shipped_at = other.order.delivered_at =
            plus_seconds(setting.start, -day * seconds_per_day);
        if (can_be_opened(other, setting)) return other;
    }
    return given;
}

bool contains_all(std::vector<remedy> const& of, std::vector<remedy> const& wanted) {
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](auto one) { return std::find(of.begin(), of.end(), one) != of.end(); });
}

// A claim of every remedy for each reason that has one which no reason before has with as many others.
std::vector<dispute::open_dispute> openings_under(proof_setting const& setting) {
    auto const& rules = *setting.known.policy;
    std::vector<reason_rule const*> differing;
    std::vector<reason_rule const*> by_size;
    for (auto const& one : rules.reasons) {
        if (!one.is_heading) by_size.push_back(&one);
    }
    std::stable_sort(by_size.begin(), by_size.end(),
                     [](auto const* one, auto const* other) { return one->remedies.size() > other->remedies.size(); });
    for (auto const* one : by_size) {
        bool const is_like_another = std::any_of(differing.begin(), differing.end(), [&](auto const* other) {
            return contains_all(other->remedies, one->remedies) && other->waits_for_delivery == one->waits_for_delivery;
        });
        if (!is_like_another) differing.push_back(one);
    }
    std::vector<dispute::open_dispute> openings;
    for (auto const* one : differing) {
        auto alone = rules;
        // The others stay: evidence may be called for by a heading.
        for (auto& other : alone.reasons) {
            if (other.reason != one->reason) other.remedies.clear();
        }
        auto known = setting.known;
        known.policy = &alone;
        for (auto& opening : search_setting_of(known, setting.buyer, setting.seller, setting.start).openings) {
            offer_steps(opening, rules, *one);
            if (rules.mediation.holds_for_delivery)
                opening.order.promised_until = plus_seconds(setting.start, promised_days * seconds_per_day);
            openings.push_back(opened_in_time(std::move(opening), setting));
        }
    }
    return openings;
}

bool offers(policy const& rules, std::initializer_list<remedy> any) {
    return std::any_of(rules.reasons.begin(), rules.reasons.end(), [&](auto const& one) {
        return std::any_of(one.remedies.begin(), one.remedies.end(),
                           [&](auto kind) { return std::find(any.begin(), any.end(), kind) != any.end(); });
    });
}

// These are in the file of a payment, and not in a dispute.
bool is_of_a_payment(std::string_view lifecycle) {
    return lifecycle == "payment" || lifecycle == "chargeback" || lifecycle == "protection";
}

// What of the policy keeps every play from a state; empty if nothing does.
std::string_view why_not_reached(std::string_view lifecycle, std::string_view state, policy const& rules) {
    using enum remedy;
    auto const is = [&](std::string_view what, std::initializer_list<std::string_view> states) {
        return lifecycle == what && std::find(states.begin(), states.end(), state) != states.end();
    };
    auto const has = [](std::string_view text, bool left_out) { return left_out ? text : std::string_view{}; };
    if (lifecycle == "suspension" || is("refund", {"held", "called_off"}))
        return "only a chargeback leads there, and none is searched here";
    if (is("appeal", {"called_off"}) || is("replacement", {"called_off"}))
        return rules.appeals.levels == 0 && lifecycle == "appeal"
                   ? "there are no appeals"
                   : "only money that goes by another way closes a dispute there, and none is searched here";
    if (lifecycle == "migration") return "another policy is the operator's to bring, and none is searched here";
    if (lifecycle == "conversation") return "messages decide nothing, and none is searched here";
    if (rules.appeals.levels > 0 && is("appeal", {"awaiting_both", "awaiting_buyer", "awaiting_seller"}))
        return has("the reviewer may not ask for information", rules.appeals.information_requests == 0);
    if (lifecycle == "appeal" || is("dispute", {"decided", "under_appeal"}))
        return has("there are no appeals", rules.appeals.levels == 0);
    if (is("dispute", {"contacting", "contacted"})) return has("no contact is asked for", !rules.contact.required);
    if (lifecycle == "negotiation" || is("dispute", {"negotiating"}))
        return has("disputes go to mediation at once", rules.escalation.at_once);
    if (is("mediation", {"held"})) return has("nothing is held for its delivery", !rules.mediation.holds_for_delivery);
    if (is("mediation", {"awaiting_both", "awaiting_buyer", "awaiting_seller", "deliberating"}))
        return has("the mediator may not ask for information", rules.limits.information_requests == 0);
    if (is("offer", {"half_accepted"})) return has("mediators propose nothing", rules.mediation.proposals == 0);
    if (lifecycle == "offer")
        return has("nobody negotiates, or makes offers",
                   rules.escalation.at_once || (rules.limits.offers_per_party == 0 && rules.amendments.most == 0));
    if (lifecycle == "return_request" || is("dispute", {"returning"})) {
        if (!offers(rules, {return_refund, exchange})) return "no remedy sends goods back";
        if (is("return_request", {"in_transit", "lost", "contested", "partly_accepted"}) &&
            rules.returns.refund_at == refund_moment::shipment && !offers(rules, {exchange}))
            return "returns are paid when they are sent";
        if (is("return_request", {"partly_accepted"})) return "one thing is sent back, which is as agreed or is not";
        if (is("return_request", {"awaiting_inspection"}))
            return has("returns are paid before anybody looks at them",
                       rules.returns.refund_at != refund_moment::inspection && !offers(rules, {exchange}));
        return {};
    }
    if (is("dispute", {"exchanging"})) return has("no remedy is an exchange", !offers(rules, {exchange}));
    if (is("dispute", {"remedying"}))
        return has("no remedy is a replacement or a promise", !offers(rules, {replacement, alternative}));
    if (lifecycle == "replacement") {
        if (!offers(rules, {exchange, replacement, alternative})) return "no remedy gives other goods";
        if (is("replacement", {"awaiting_performance"})) return has("no alternatives", !offers(rules, {alternative}));
        return has("no other goods are sent", !offers(rules, {exchange, replacement}));
    }
    return {};
}

std::vector<unreached_state> unreached_by(search_report const& found, policy const& rules) {
    std::vector<unreached_state> left;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (is_of_a_payment(L::name)) return;
        for (auto const& state : lifecycle::states<L>) {
            bool const reached =
                state.code == L::initial::code ||
                std::any_of(found.rows_taken.begin(), found.rows_taken.end(), [&](auto const& taken) {
                    return taken.lifecycle == L::code && lifecycle::rows<L>[taken.row].to == state.code;
                });
            if (!reached) left.push_back({L::name, state.name, why_not_reached(L::name, state.name, rules)});
        }
    });
    return left;
}

std::string spaced(std::string_view name) {
    std::string text{name};
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string day_of(search_step const& step, instant start) {
    return fmt::format("day {}",
                       (step.at.microseconds - start.microseconds) / microseconds_per_second / seconds_per_day);
}

// "the seller: decline offer, in the last instant before seller response".
std::string in_words(search_step const& step) {
    auto const waited = step.waited    ? spaced(wire_name(*step.waited))
                        : step.awaited ? spaced(wire_name(*step.awaited))
                                       : std::string{};
    std::string text;
    if (!step.asked)
        text +=
            step.awaited ? fmt::format("all are silent, {}", waited) : fmt::format("all are silent, {} passes", waited);
    else
        text += fmt::format("the {}: {}", spaced(wire_name(step.by.role)), spaced(name(*step.asked)));
    if (step.asked && !waited.empty()) text += fmt::format(", in the last instant before {}", waited);
    if (step.reordered) text += " (and the deadlines come in another order)";
    return text;
}
std::string dated(search_step const& step, instant start) {
    return fmt::format("{}, {}: {}", day_of(step, start), to_text(step.at), in_words(step));
}
// A bound has no dates: no calendar makes all clocks as long as that at once.
std::string undated(search_step const& step, instant start) {
    return fmt::format("{}: {}", day_of(step, start), in_words(step));
}

// Where deadlines keep an order, more of the paths are those that the policy's own periods give: of a violation that
// cannot be played such a one is looked for.
void tell_what_can_be_played(search_report& found, search_setting const& walked) {
    auto const is_told = [](search_violation const& one) {
        return one.flaw == search_flaw::finds_no_end || one.can_be_played();
    };
    if (std::all_of(found.violations.begin(), found.violations.end(), is_told)) return;
    auto setting = walked;
    setting.without_orders = false;
    setting.looks_for_the_longest = false;
    auto again = search(setting);
    for (auto& one : found.violations) {
        auto const told = std::find_if(again.violations.begin(), again.violations.end(), [&](auto const& other) {
            return other.flaw == one.flaw && other.can_be_played();
        });
        if (!is_told(one) && told != again.violations.end()) one = std::move(*told);
    }
}

std::string days(std::int64_t seconds) {
    auto const hours = seconds / 3600 % 24;
    return hours == 0 ? fmt::format("{} days", seconds / seconds_per_day)
                      : fmt::format("{} days {} hours", seconds / seconds_per_day, hours);
}

}  // namespace

policy_proof prove(proof_setting const& setting) {
    auto const& rules = *setting.known.policy;
    policy_proof proof;
    proof.policy = setting.known.reference;
    proof.start = setting.start;
    auto const clocks = engine::longest_clocks(setting.known, setting.start);
    proof.clocks = engine::bounds_of(clocks);
    proof.flaws = engine::window_flaws(setting.known, setting.start);

    auto searched = rules;
    // The shorter window of who lost all is moved among the deadlines by seconds, which days cannot be.
    if (searched.clocks.appeal_window_of_loser) searched.clocks.appeal_window_of_loser = clocks.appeal_window_of_loser;
    search_setting walk;
    walk.known = setting.known;
    walk.known.policy = &searched;
    walk.start = setting.start;
    walk.openings = openings_under(setting);
    walk.decides = setting.decides;
    walk.compare_every = setting.compare_every;
    walk.nodes_max = setting.nodes_max;
    walk.without_counters = true;
    walk.looks_for_the_longest = setting.looks_for_the_longest;
    auto longest = searched;
    longest.clocks = clocks;
    walk.clocks_at_most = &longest;
    walk.without_orders = true;
    auto found = search(walk);
    tell_what_can_be_played(found, walk);

    proof.nodes = found.nodes;
    proof.edges = found.edges;
    proof.closed = found.closed;
    auto const data = engine::end_of_calendars(setting.known, setting.start);
    for (auto const& one : found.violations) {
        if (one.flaw == search_flaw::finds_no_end) {
            proof.flaws.push_back({unsoundness::not_decided, {}, one.because});
            continue;
        }
        // What `decide` throws where a calendar ends.
        bool const no_data = one.flaw == search_flaw::throws && !data.pointer.empty();
        proof.flaws.push_back({no_data ? unsoundness::deadline_without_data : unsoundness::found_by_search,
                               no_data ? data.pointer : "", fmt::format("{}: {}", wire_name(one.flaw), one.because),
                               one.path});
    }
    if (!found.violations.empty()) return proof;
    proof.unreached = unreached_by(found, rules);
    for (auto const& one : proof.unreached) {
        if (one.because.empty())
            proof.flaws.push_back({unsoundness::unreachable_state,
                                   {},
                                   fmt::format("no play comes to the state {} of {}, and the policy does not say why",
                                               one.state, one.lifecycle)});
    }
    if (!setting.looks_for_the_longest) return proof;
    proof.longest = found.longest;
    auto& bound = found.bound.seconds >= found.longest.seconds ? found.bound : found.longest;
    proof.bound_seconds = bound.seconds;
    proof.bound_path = std::move(bound.path);
    proof.silence_seconds_max = found.silence_seconds_max;
    proof.covered_until = plus_seconds(data.until, -proof.bound_seconds);
    if (*proof.covered_until < setting.start)
        proof.flaws.push_back({unsoundness::deadline_without_data, data.pointer,
                               fmt::format("has no deadline from {} on, and a dispute that is opened on {} may last {}",
                                           to_text(data.until), to_text(setting.start), days(proof.bound_seconds))});
    return proof;
}

std::string_view policy_proof::verdict() const noexcept {
    if (flaws.empty()) return "sound";
    bool const is_open =
        std::all_of(flaws.begin(), flaws.end(), [](auto const& one) { return one.kind == unsoundness::not_decided; });
    return is_open ? "not decided" : "unsound";
}

std::string to_story(policy_flaw const& flaw, std::string_view document) {
    bool const plays = !flaw.path.empty() && std::none_of(flaw.path.begin(), flaw.path.end(),
                                                          [](auto const& step) { return step.reordered; });
    if (!plays) return {};
    auto const& key = engine::searched_dispute();
    auto const whole = to_story("", key, flaw.path);
    boost::json::object head{{"story", "What is wrong with the policy"}, {"dispute", to_text(key)}};
    if (!document.empty()) head["policies"] = boost::json::array{document};
    return boost::json::serialize(head) + whole.substr(whole.find('\n'));
}

std::string to_text(policy_proof const& found) {
    auto text = fmt::format("{} version {}: {}\n{} combinations searched, {} steps between them; closed in {}\n",
                            found.policy.id.text(), found.policy.version, found.verdict(), found.nodes, found.edges,
                            found.closed);
    for (auto const& one : found.flaws) {
        text +=
            fmt::format("{}: {}{}{}\n", wire_name(one.kind), one.pointer, one.pointer.empty() ? "" : " ", one.because);
        for (auto const& step : one.path) text += fmt::format("  {}\n", dated(step, found.start));
    }
    if (found.longest.seconds > 0) {
        text += fmt::format("a dispute that is opened at {} closes after {} at most:\n", to_text(found.start),
                            days(found.longest.seconds));
        for (auto const& step : found.longest.path) text += fmt::format("  {}\n", dated(step, found.start));
        text += fmt::format("by time alone, from any state, after {} at most\n", days(found.silence_seconds_max));
        text +=
            fmt::format("whenever it is opened, after {} at most, with each clock as long as its calendar makes it:\n",
                        days(found.bound_seconds));
        for (auto const& step : found.bound_path) text += fmt::format("  {}\n", undated(step, found.start));
        text += "each clock, at most:\n";
        for (auto const& one : found.clocks)
            text += fmt::format("  {}: {}\n", spaced(one.clock), days(std::int64_t{3600} * one.hours_max));
    }
    if (found.covered_until)
        text += fmt::format("the calendars have data for disputes that are opened until {}\n",
                            to_text(*found.covered_until));
    for (auto const& one : found.unreached)
        text += fmt::format("not reached: {} of {}{}{}\n", one.state, one.lifecycle, one.because.empty() ? "" : ": ",
                            one.because);
    return text;
}

std::string to_json(policy_proof const& found) {
    using boost::json::array;
    using boost::json::object;
    auto const steps = [&](std::vector<search_step> const& path) {
        array lines;
        for (auto const& step : path) lines.emplace_back(dated(step, found.start));
        return lines;
    };
    object whole{{"policy", found.policy.id.text()},
                 {"version", found.policy.version},
                 {"hash", to_text(found.policy.hash)},
                 {"verdict", found.verdict()},
                 {"start", to_text(found.start)},
                 {"combinations", found.nodes},
                 {"steps", found.edges},
                 {"closed", found.closed}};
    if (found.longest.seconds > 0) {
        whole["longest_seconds"] = found.longest.seconds;
        whole["longest_play"] = steps(found.longest.path);
        whole["silence_seconds"] = found.silence_seconds_max;
        whole["bound_seconds"] = found.bound_seconds;
        array lines;
        for (auto const& step : found.bound_path) lines.emplace_back(undated(step, found.start));
        whole["bound_play"] = std::move(lines);
    }
    object clocks;
    for (auto const& one : found.clocks) clocks[one.clock] = one.hours_max;
    whole["clock_hours_max"] = std::move(clocks);
    if (found.covered_until) whole["covered_until"] = to_text(*found.covered_until);
    array flaws;
    for (auto const& one : found.flaws)
        flaws.push_back(object{{"flaw", wire_name(one.kind)},
                               {"pointer", one.pointer},
                               {"because", one.because},
                               {"play", steps(one.path)}});
    whole["flaws"] = std::move(flaws);
    array unreached;
    for (auto const& one : found.unreached)
        unreached.push_back(object{{"lifecycle", one.lifecycle}, {"state", one.state}, {"because", one.because}});
    whole["not_reached"] = std::move(unreached);
    return boost::json::serialize(whole);
}

}  // namespace recourse
