// Facts that more than one lifecycle needs.
#include "engine/situation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "calendar/walk.hpp"
#include "recourse/calendar/holidays.hpp"

namespace recourse {
namespace {

business_calendar const& calendar_of(clock_rule const& rule, terms const& known) {
    if (rule.calendar == "buyer") return *known.buyer_calendar;
    if (rule.calendar == "seller") return *known.seller_calendar;
    // The policy was read with it.
    auto const* found =
        known.calendars != nullptr ? known.calendars->find(rule.calendar) : find_calendar(rule.calendar);
    if (found == nullptr) {
        throw failure{failure_kind::policy_missing,
                      fmt::format("the policy counts on the calendar {}, which is not here", rule.calendar)};
    }
    return *found;
}

time_zone zone_of(clock_rule const& rule, terms const& known) {
    if (rule.zone == "buyer") return *known.buyer_zone;
    if (rule.zone == "seller") return *known.seller_zone;
    return *time_zone::find(rule.zone);
}

[[noreturn]] void not_covered(calendar_gap const& gap) {
    throw failure{failure_kind::calendar_not_covered, to_text(gap)};
}

[[noreturn]] void not_covered(period_error const& why) {
    throw failure{failure_kind::calendar_not_covered, why.sentence};
}

}  // namespace

growing_schedule engine::schedule_of(clock_rule const& rule, terms const& known) {
    auto const& all = known.policy->schedules;
    auto const named =
        std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.schedule == rule.schedule; });
    assert(named != all.end());  // reading the policy has seen to that
    auto made = growing_schedule::make(
        {.name = named->schedule, .zone = recourse::zone_of(rule, known), .windows = named->windows},
        &recourse::calendar_of(rule, known));
    if (!made) throw failure{failure_kind::policy_missing, made.error()};
    return std::move(made).value();
}

instant engine::open_time_later(clock_rule const& rule, instant from, std::int64_t seconds, terms const& known) {
    auto const due = schedule_of(rule, known).add(from, seconds, edge_convention::close);
    if (!due) throw failure{failure_kind::calendar_not_covered, to_text(due.error())};
    return *due;
}

namespace {

instant computed(clock_rule const& rule, instant from, terms const& known) {
    if (!rule.schedule.empty())
        return engine::open_time_later(rule, from, std::int64_t{3600} * rule.rule.length.length, known);
    if (rule.regime) {
        auto const end = end_of({*rule.regime, rule.rule.length}, from, calendar_of(rule, known), zone_of(rule, known));
        if (!end) not_covered(end.error());
        return end->due;
    }
    auto const due = due_at(rule.rule, from, calendar_of(rule, known), zone_of(rule, known));
    if (!due) not_covered(due.error());
    return *due;
}

// Both are kept in each clock: put together where it costs nothing, and copied once.
using text_on_the_stack = fmt::basic_memory_buffer<char, 64>;
short_text length_text(period const& length) {
    text_on_the_stack text;
    walk::append_period(text, length);
    return std::string_view{text.data(), text.size()};
}
short_text data_text(business_calendar const& calendar) {
    std::array<char, 96> text;
    std::size_t size = 0;
    for (auto const part : walk::data_version_parts(calendar)) {
        if (part.size() > text.size() - size) return walk::data_version_of(calendar);
        size += part.copy(text.data() + size, part.size());
    }
    return std::string_view{text.data(), size};
}

}  // namespace

}  // namespace recourse

namespace recourse::engine {

namespace {
// A clock that a policy need not have is there where it is started: reading the policy has seen to that.
clock_rule const& present(std::optional<clock_rule> const& rule, lifecycle::clock kind) {
    if (!rule) throw failure{failure_kind::policy_missing, fmt::format("the policy has no clock {}", wire_name(kind))};
    return *rule;
}
}  // namespace

clock_rule const& rule_of(lifecycle::clock kind, policy const& of) {
    using enum lifecycle::clock;
    auto const& clocks = of.clocks;
    switch (kind) {
        case negotiation: return clocks.negotiation;
        case seller_response: return clocks.seller_response;
        case buyer_response: return clocks.buyer_response;
        case decision: return clocks.decision;
        case information: return clocks.information;
        case return_terms: return clocks.return_terms;
        case return_shipment: return clocks.return_shipment;
        case return_transit: return clocks.return_transit;
        case return_inspection: return clocks.return_inspection;
        case refund_result: return clocks.refund_result;
        case refund_recovery: return clocks.refund_recovery;
        case contact_wait: return present(clocks.contact_wait, kind);
        case contact_opening: return present(clocks.contact_opening, kind);
        case appeal_window: return present(clocks.appeal_window, kind);
        case appeal_evidence: return present(clocks.appeal_evidence, kind);
        case appeal_review: return present(clocks.appeal_review, kind);
        case replacement_shipment: return present(clocks.replacement_shipment, kind);
        case replacement_transit: return present(clocks.replacement_transit, kind);
        case replacement_confirmation: return present(clocks.replacement_confirmation, kind);
        case performance: return present(clocks.performance, kind);
        case suspension: return present(clocks.suspension, kind);
        case protection: return of.protection.length;
        case delivery_hold:  // ends when the order says
        case representment:  // ends when the network says
        case none: break;
    }
    assert(false && "a clock without a rule");
    return clocks.negotiation;
}

reason_rule const* rule_of(reason const& why, policy const& of) {
    auto const found =
        std::find_if(of.reasons.begin(), of.reasons.end(), [&](auto const& one) { return one.reason == why; });
    return found == of.reasons.end() || found->is_heading ? nullptr : &*found;
}

bool is_kind_of(reason const& why, reason const& other, policy const& of) {
    if (why == other) return true;
    auto const* rule = rule_of(why, of);
    auto parent = rule == nullptr ? std::nullopt : rule->parent;
    while (parent && *parent != other) {
        auto const above =
            std::find_if(of.reasons.begin(), of.reasons.end(), [&](auto const& one) { return one.reason == *parent; });
        parent = above == of.reasons.end() ? std::nullopt : above->parent;
    }
    return parent.has_value();
}

bool waits_for_delivery(policy const& of, reason const& why) {
    if (!of.mediation.holds_for_delivery) return false;
    auto const says_so = [](reason_rule const& one) { return one.waits_for_delivery; };
    if (std::none_of(of.reasons.begin(), of.reasons.end(), says_so)) return true;
    auto const* rule = rule_of(why, of);
    return rule != nullptr && rule->waits_for_delivery;
}

remedy_set offered_remedies(policy const& of, reason const& why) {
    remedy_set set;
    if (auto const* rule = rule_of(why, of)) {
        for (auto const kind : rule->remedies) set.insert(kind);
    }
    return set;
}

strike_rule const* strikes_reached(policy const& of, party_facts const& buyer) noexcept {
    strike_rule const* reached = nullptr;
    for (auto const& one : of.conduct.strikes) {
        if (buyer.strikes.value_or(0) >= one.strikes) reached = &one;
    }
    return reached;
}

remedy_set claimable_remedies(policy const& of, reason const& why, party_facts const& buyer) {
    auto const offered = offered_remedies(of, why);
    auto const* rule = strikes_reached(of, buyer);
    if (rule == nullptr || rule->remedies.empty()) return offered;
    remedy_set set;
    for (auto const kind : rule->remedies) {
        if (offered.contains(kind)) set.insert(kind);
    }
    return set;
}

partial_amounts partial_refunds(policy const& of, reason const& why, money const& refundable) {
    auto const* rule = rule_of(why, of);
    return rule == nullptr ? partial_amounts{} : amounts_under(rule->partial, refundable, of.rounding);
}

std::optional<evidence_fault> fault(std::vector<evidence> const& brought, situation const& now) {
    auto const& limits = now.known.policy->limits;
    auto const& known = now.all.dispute().kept.evidence;
    // Each has pieces of his own: nobody uses up what another may still have to show.
    auto const before = dispute::pieces_of(now.all.dispute().kept, now.by.role);
    if (before + brought.size() > limits.evidence_pieces)
        return evidence_fault{refusal::evidence_used_up,
                              fmt::format("{} pieces given by the {} before, {} now, {} allowed", before,
                                          wire_name(now.by.role), brought.size(), limits.evidence_pieces)};
    for (std::size_t at = 0; at < brought.size(); ++at) {
        auto const& piece = brought[at];
        if (piece.size_bytes < 1 || piece.size_bytes > limits.evidence_bytes)
            return evidence_fault{refusal::evidence_too_large,
                                  fmt::format("{} bytes, expected 1 to {}", piece.size_bytes, limits.evidence_bytes)};
        if (auto wrong = media_type_refused(*now.known.policy, piece))
            return evidence_fault{refusal::evidence_type_not_taken, *std::move(wrong)};
        auto const same = [&](auto const& other) { return other.content == piece.content; };
        if (std::find(known.begin(), known.end(), piece.content) != known.end() ||
            std::any_of(brought.begin(), brought.begin() + static_cast<std::ptrdiff_t>(at), same))
            return evidence_fault{refusal::evidence_repeated, to_text(piece.content)};
    }
    return std::nullopt;
}

std::optional<evidence_fault> fault(std::vector<evidence> const& brought, evidence_action with, situation const& now) {
    if (auto wrong = fault(brought, now)) return wrong;
    if (brought.empty()) return std::nullopt;
    for (auto const kind : kinds_required(*now.known.policy, with, now.all)) {
        if (std::none_of(brought.begin(), brought.end(), [&](auto const& piece) { return piece.kind == kind; }))
            return evidence_fault{refusal::evidence_missing, std::string{wire_name(kind)}};
    }
    return std::nullopt;
}

namespace {
void add_each(std::vector<evidence_kind>& to, std::vector<evidence_kind> const& more) {
    for (auto const kind : more) {
        if (std::find(to.begin(), to.end(), kind) == to.end()) to.push_back(kind);
    }
}
}  // namespace

std::vector<evidence_kind> kinds_required(policy const& of, evidence_action with, reason const& why,
                                          std::optional<remedy> about) {
    std::vector<evidence_kind> kinds;
    auto const* rule = with == evidence_action::open_dispute ? rule_of(why, of) : nullptr;
    if (rule != nullptr) add_each(kinds, rule->evidence);
    for (auto const& one : of.evidence.required) {
        bool const counts = one.action == with && (!one.reason || is_kind_of(why, *one.reason, of)) &&
                            (!one.remedy || (about && *one.remedy == *about));
        if (counts) add_each(kinds, one.kinds);
    }
    return kinds;
}

std::vector<evidence_kind> kinds_required(policy const& of, evidence_action with, record const& all) {
    auto const& kept = all.dispute().kept;
    return kinds_required(of, with, kept.reason,
                          kept.ruling->awarded ? kept.ruling->awarded->remedy : kept.claim.remedy);
}

std::vector<evidence_kind> kinds_for_opening(policy const& of, reason const& why, std::optional<remedy> about,
                                             party_facts const& buyer) {
    auto kinds = kinds_required(of, evidence_action::open_dispute, why, about);
    if (auto const* rule = strikes_reached(of, buyer)) add_each(kinds, rule->evidence);
    return kinds;
}

std::vector<evidence_kind> kinds_for_amendment(policy const& of, dispute::instance const& kept, reason const& why,
                                               remedy about) {
    auto kinds = kinds_required(of, evidence_action::amend_claim, why, about);
    auto opening = kinds_for_opening(of, why, about, kept.buyer);
    // What the opening has shown is not asked for again, unless it was shown for another reason.
    if (why == kept.reason) {
        auto const shown = kinds_for_opening(of, why, kept.claim.remedy, kept.buyer);
        std::erase_if(opening, [&](auto kind) { return std::find(shown.begin(), shown.end(), kind) != shown.end(); });
    }
    add_each(kinds, opening);
    return kinds;
}

std::string media_type_taken(policy const& of) {
    constexpr std::string_view plain = "text/plain";
    if (takes_media_type(of.evidence, plain)) return std::string{plain};
    auto one = of.evidence.media_types.front();
    if (one.ends_with('*')) one.replace(one.size() - 1, 1, "any");
    return one;
}

std::optional<std::string> media_type_refused(policy const& of, evidence const& piece) {
    if (takes_media_type(of.evidence, piece.media_type)) return std::nullopt;
    return fmt::format("{}, taken are {}", piece.media_type.empty() ? "none" : piece.media_type,
                       fmt::join(of.evidence.media_types, ", "));
}

std::vector<line_amount> split(money const& amount, std::vector<line_amount> const& lines) {
    std::vector<std::int64_t> weights;
    weights.reserve(lines.size());
    for (auto const& one : lines) weights.push_back(one.minor);
    auto const shares = allocate(amount.minor, weights);
    auto parts = lines;
    for (std::size_t at = 0; at < parts.size(); ++at) parts[at].minor = shares[at];
    std::erase_if(parts, [](auto const& part) { return part.minor == 0; });
    return parts;
}

std::vector<refund_part> parts(money const& amount, std::vector<line_amount> const& lines, situation const& now) {
    if (amount.minor == 0) return {};
    if (now.money == nullptr || now.money->tenders.empty()) return {{{}, amount, lines}};
    std::vector<refund_part> made;
    std::size_t at = 0;
    std::int64_t used = 0;  // of the line that stands at `at`
    for (auto const& share : split_over_tenders(*now.money, amount.minor, now.known.policy->tenders)) {
        auto& part = made.emplace_back(refund_part{share.tender, {share.minor, amount.currency}, {}});
        // Line after line is paid out of tender after tender, so that both add up.
        for (auto left = share.minor; left > 0 && at < lines.size();) {
            auto const of_line = std::min(left, lines[at].minor - used);
            // Units are counted once, however many tenders pay for them.
            if (of_line > 0) part.lines.push_back({lines[at].line, used == 0 ? lines[at].units : 0, of_line});
            left -= of_line;
            used += of_line;
            if (used == lines[at].minor) {
                ++at;
                used = 0;
            }
        }
    }
    return made;
}

std::vector<alternative_id> alternatives(policy const& of) {
    std::vector<alternative_id> names;
    names.reserve(of.alternatives.size());
    for (auto const& one : of.alternatives) names.push_back(one.alternative);
    return names;
}
std::vector<rule_id> cited_rules(policy const& of) {
    std::vector<rule_id> names;
    names.reserve(of.rules.size());
    for (auto const& one : of.rules) names.push_back(one.rule);
    return names;
}

instant end_of(clock_rule const& rule, instant from, terms const& known) { return computed(rule, from, known); }

actor_id const& who_decides(record const& all) {
    bool const reviewed = all.dispute().in<dispute::under_appeal>() && !all.appeals().empty();
    return reviewed ? all.appeals().back().kept.reviewer : all.mediation().kept.seat->mediator;
}

bool return_was_contested(record const& all) {
    return std::any_of(all.returns().begin(), all.returns().end(), [](auto const& one) {
        return one.template in<return_request::contested>() || one.template in<return_request::partly_accepted>();
    });
}

money refundable_in_all(record const& all) {
    auto whole = all.dispute().kept.refundable;
    whole.minor += all.dispute().kept.course->provisional_minor;
    return whole;
}

award claim_in_money(record const& all) {
    auto claim = all.dispute().kept.claim;
    auto const refundable = refundable_in_all(all);
    // What came back as agreed was paid for already.
    for (auto const& part : all.dispute().kept.course->settled)
        claim.amount.minor = std::max<std::int64_t>(0, claim.amount.minor - part.minor);
    claim.amount.minor = std::min(claim.amount.minor, refundable.minor);
    if (goods_go_back(claim.remedy) && return_was_contested(all)) {
        claim.remedy = claim.amount == refundable ? remedy::full_refund : remedy::partial_refund;
    } else if (claim.remedy == remedy::partial_refund && claim.amount == refundable) {
        claim.remedy = remedy::full_refund;
    }
    return claim;
}

}  // namespace recourse::engine

namespace recourse {

time_zone engine::zone_of(lifecycle::clock kind, terms const& known) {
    // The promise was made to the buyer.
    if (kind == lifecycle::clock::delivery_hold) return *known.buyer_zone;
    if (kind == lifecycle::clock::representment) return *known.seller_zone;
    return recourse::zone_of(rule_of(kind, *known.policy), known);
}

business_calendar const& engine::calendar_of(lifecycle::clock kind, terms const& known) {
    return recourse::calendar_of(rule_of(kind, *known.policy), known);
}

lifecycle::started_clock engine::told_clock(lifecycle::clock kind, instant due, instant from, terms const& known) {
    if (kind != lifecycle::clock::protection) return {kind, due, from, {}, {}, {}, {}};
    auto const& calendar = engine::calendar_of(kind, known);
    // Its length is told nowhere: it runs from a fact of the order, and sellers add days to it.
    return {kind, due, from, {}, calendar.name(), engine::zone_of(kind, known).name(), data_text(calendar)};
}

lifecycle::started_clock start_clock(lifecycle::clock kind, instant from, terms const& known) {
    auto const& rule = engine::rule_of(kind, *known.policy);
    auto const& calendar = calendar_of(rule, known);
    return {kind,
            computed(rule, from, known),
            from,
            length_text(rule.rule.length),
            calendar.name(),
            zone_of(rule, known).name(),
            data_text(calendar)};
}

explanation explain_clock(lifecycle::clock kind, instant from, terms const& known) {
    auto const& rule = engine::rule_of(kind, *known.policy);
    if (!rule.schedule.empty()) {
        auto hours = engine::schedule_of(rule, known);
        // What is compiled afterwards reaches as far as the end.
        auto const due = hours.add(from, std::int64_t{3600} * rule.rule.length.length, edge_convention::close);
        if (!due) throw failure{failure_kind::calendar_not_covered, to_text(due.error())};
        auto told = explain(rule.rule.length, from, *hours.compiled());
        if (!told) throw failure{failure_kind::calendar_not_covered, to_text(told.error())};
        return *std::move(told);
    }
    if (rule.regime) {
        auto told = explain({*rule.regime, rule.rule.length}, from, calendar_of(rule, known), zone_of(rule, known));
        if (!told) not_covered(told.error());
        return *std::move(told);
    }
    auto why = explain(rule.rule, from, calendar_of(rule, known), zone_of(rule, known));
    if (!why) not_covered(why.error());
    return *std::move(why);
}

namespace {

// What an order tells of the facts that the anchors of a policy name. A promise until a midnight is one for a day.
known_facts facts_of(order_times const& order, time_zone const& zone) {
    known_facts facts;
    if (order.paid_at) facts.push_back({"paid", {*order.paid_at}});
    if (order.shipped_at) facts.push_back({"shipped", {*order.shipped_at}});
    if (auto const until = order.promised_until)
        facts.push_back({"estimated_delivery", {*until, zone.start_of_day(zone.local_date(*until)) == *until}});
    if (order.delivered_at) facts.push_back({"delivered", {*order.delivered_at}});
    return facts;
}

std::optional<moment> resolved(anchor_rule const& anchor, order_times const& order, terms const& known) {
    auto const& days = known.policy->protection.length;
    counting on{borrowed(calendar_of(days, known)), zone_of(days, known)};
    on.start = days.rule.start;
    on.cut_off = days.rule.cut_off;
    auto const found = resolve(anchor, facts_of(order, on.zone), on);
    if (!found) throw failure{failure_kind::calendar_not_covered, found.error()};
    return found->at;
}

// Days are counted from the day that a promise for a whole day ends.
instant counted_from(moment const& from) { return {from.at.microseconds - (from.ends_day ? 1 : 0)}; }

}  // namespace

std::optional<moment> engine::protection_start(order_times const& order, terms const& known) {
    auto const& rule = known.policy->protection;
    if (rule.starts) return resolved(*rule.starts, order, known);
    auto const at = [&]() -> std::optional<instant> {
        switch (rule.from) {
            case anchor::paid: return order.paid_at;
            case anchor::shipped: return order.shipped_at;
            case anchor::delivered: break;
        }
        return order.delivered_at;
    }();
    return at ? std::optional<moment>{{*at}} : std::nullopt;
}

instant engine::protection_due(moment const& from, order_times const& order, terms const& known) {
    auto length = known.policy->protection.length;
    length.rule.length.length += order.protection_extended_days;
    return computed(length, counted_from(from), known);
}

engine::reason_window_of engine::window_of(reason const& why, order_times const& order, terms const& known,
                                           instant now) {
    reason_window_of window;
    auto const* rule = rule_of(why, *known.policy);
    if (rule == nullptr) return window;
    if (rule->not_before) {
        auto const opens = resolved(*rule->not_before, order, known);
        if (opens) window.opens = opens->at;
        window.has_begun = opens && now >= opens->at;
    }
    if (rule->not_after) {
        if (auto const closes = resolved(*rule->not_after, order, known)) window.closes = closes->at;
    }
    return window;
}

namespace {
// A deadline that no rule of the policy counts: it is what somebody told.
explanation as_told(lifecycle::running_clock const& running, time_zone const& zone, std::string reason) {
    auto const hours = (running.due.microseconds - running.since.microseconds) / (3600 * microseconds_per_second);
    explanation why;
    why.answer.due = running.due;
    why.answer.from = running.since;
    why.answer.length = {static_cast<std::int32_t>(std::clamp<std::int64_t>(hours, 1, period_length_max)),
                         period_unit::hours};
    why.answer.zone = zone.name();
    why.from_words = in_words(running.since, zone);
    why.due_words = due_in_words(running.due, zone);
    explanation_step told;
    told.kind = step_kind::anchored;
    told.first = told.last = zone.to_local(running.due).day;
    told.reason = std::move(reason);
    why.steps.push_back(std::move(told));
    return why;
}
}  // namespace

explanation explain_clock(lifecycle::running_clock const& running, terms const& known) {
    if (running.kind == lifecycle::clock::delivery_hold)
        return as_told(running, *known.buyer_zone, "the promised delivery, as the order tells");
    if (running.kind == lifecycle::clock::representment)
        return as_told(running, *known.seller_zone, "the time to answer, as the network tells");
    if (running.kind == lifecycle::clock::protection)
        return as_told(running, engine::zone_of(running.kind, known),
                       "the end of protection, counted from the facts of the order");
    return explain_clock(running.kind, running.since, known);
}

explanation explain_clock(lifecycle::started_clock const& resumed) {
    auto why = as_told({resumed.kind, resumed.due, resumed.since}, *time_zone::find(resumed.zone),
                       fmt::format("{} remained when a chargeback suspended the dispute", resumed.length));
    why.answer.calendar = resumed.calendar;
    if (auto const length = parse_period(resumed.length)) why.answer.length = *length;
    return why;
}

std::optional<instant> end_of_recontact(instant closed, terms const& known) {
    auto const& rule = known.policy->channel.recontact;
    if (!rule) return std::nullopt;
    return computed(*rule, closed, known);
}

std::optional<deadline> protection_end(order_facts const& order, line_id const& line, terms const& known) {
    return engine::protection_end(times_of(order, line, known.policy->protection.parcels), known);
}

std::optional<deadline> engine::protection_end(order_times const& order, terms const& known) {
    auto const from = engine::protection_start(order, known);
    if (!from) return std::nullopt;
    auto length = known.policy->protection.length;
    length.rule.length.length += order.protection_extended_days;
    auto end = compute_deadline(length.rule, counted_from(*from), recourse::calendar_of(length, known),
                                recourse::zone_of(length, known));
    if (!end) not_covered(end.error());
    return *std::move(end);
}

}  // namespace recourse
