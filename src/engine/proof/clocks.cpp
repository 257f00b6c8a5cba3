// The clocks of a policy over all days of ten years.
#include "engine/proof/clocks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/situation.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse::engine {
namespace {

constexpr std::int32_t days_looked_at = 3653;

// Calls visit(name, rule) for each clock that the policy has and that can keep a dispute open.
template <class Clocks, class Visitor>
void each_clock(Clocks& clocks, Visitor&& visit) {
    visit("negotiation", clocks.negotiation);
    visit("seller_response", clocks.seller_response);
    visit("buyer_response", clocks.buyer_response);
    visit("decision", clocks.decision);
    visit("information", clocks.information);
    visit("return_terms", clocks.return_terms);
    visit("return_shipment", clocks.return_shipment);
    visit("return_transit", clocks.return_transit);
    visit("return_inspection", clocks.return_inspection);
    visit("refund_result", clocks.refund_result);
    visit("refund_recovery", clocks.refund_recovery);
    auto const visit_if = [&](std::string_view name, auto& rule) {
        if (rule) visit(name, *rule);
    };
    visit_if("contact_wait", clocks.contact_wait);
    visit_if("contact_opening", clocks.contact_opening);
    visit_if("escalation_wait", clocks.escalation_wait);
    visit_if("mediation_lease", clocks.mediation_lease);
    visit_if("appeal_window", clocks.appeal_window);
    visit_if("appeal_window_of_loser", clocks.appeal_window_of_loser);
    visit_if("appeal_evidence", clocks.appeal_evidence);
    visit_if("appeal_review", clocks.appeal_review);
    visit_if("replacement_shipment", clocks.replacement_shipment);
    visit_if("replacement_transit", clocks.replacement_transit);
    visit_if("replacement_confirmation", clocks.replacement_confirmation);
    visit_if("performance", clocks.performance);
    visit_if("suspension", clocks.suspension);
}

// The ends of a clock, whenever it starts; the hours of a schedule are compiled once.
class ends_of_clock {
  public:
    ends_of_clock(clock_rule const& rule, terms const& known)
        : rule_{rule}, known_{known}, zone_{zone_of(rule, known)} {
        if (!rule.schedule.empty()) hours_ = schedule_of(rule, known);
    }

    // Nothing where a calendar has no data.
    [[nodiscard]] std::optional<instant> from(instant start) {
        if (hours_) {
            auto const due = hours_->add(start, std::int64_t{3600} * rule_.rule.length.length, edge_convention::close);
            return due ? std::optional{*due} : std::nullopt;
        }
        try {
            return end_of(rule_, start, known_);
        } catch (failure const& broken) {
            if (broken.kind() == failure_kind::calendar_not_covered) return std::nullopt;
            throw;
        }
    }

    // From the first instant of each day on, and from the cut-off, after which an event counts as of the next day: a
    // deadline that is a day's end is longest from there. Until `visit` says no.
    template <class Visitor>
    void each_day(instant start, Visitor&& visit) const {
        auto const first = zone_.local_date(start);
        for (std::int32_t day = 0; day < days_looked_at; ++day) {
            auto const begins = zone_.start_of_day(plus_days(first, day));
            if (!visit(begins)) return;
            if (rule_.rule.cut_off && !visit(plus_seconds(begins, *rule_.rule.cut_off))) return;
        }
    }

  private:
    static time_zone zone_of(clock_rule const& rule, terms const& known) {
        if (rule.zone == "buyer") return *known.buyer_zone;
        if (rule.zone == "seller") return *known.seller_zone;
        return time_zone::find(rule.zone).value();
    }

    clock_rule const& rule_;
    terms const& known_;
    time_zone zone_;
    std::optional<growing_schedule> hours_{};
};

constexpr std::int64_t hour_seconds = 3600;

// In whole hours, rounded up, and never too few.
std::int32_t hours_at_most(clock_rule const& rule, instant start, terms const& known) {
    bool const by_days = rule.schedule.empty() && !rule.regime;
    if (by_days && rule.rule.length.unit == period_unit::hours) return rule.rule.length.length;
    ends_of_clock ends{rule, known};
    std::int64_t most = 0;
    if (by_days) {
        ends.each_day(start, [&](instant from) {
            auto const end = ends.from(from);
            if (end) most = std::max(most, end->microseconds - from.microseconds);
            return end.has_value();
        });
        // On the day on which summer time begins or ends the cut-off is an hour beside where it was looked for.
        if (rule.rule.cut_off) most += hour_seconds * microseconds_per_second;
    } else {
        // No later start ends earlier: whoever starts within an hour has at most the end of the next hour's start.
        for (std::int32_t hour = 0; hour < days_looked_at * 24; ++hour) {
            auto const from = plus_seconds(start, hour * hour_seconds);
            auto const end = ends.from(plus_seconds(from, hour_seconds));
            if (!end) break;
            most = std::max(most, end->microseconds - from.microseconds);
        }
    }
    constexpr std::int64_t hour = hour_seconds * microseconds_per_second;
    return static_cast<std::int32_t>(std::max<std::int64_t>(1, (most + hour - 1) / hour));
}

struct window {
    std::string_view pointer;
    clock_rule const* opens;
    clock_rule const* ends;
    std::string_view what;
};

}  // namespace

clock_rules longest_clocks(terms const& known, instant start) {
    auto clocks = known.policy->clocks;
    each_clock(clocks, [&](std::string_view, clock_rule& rule) {
        auto const hours = hours_at_most(rule, start, known);
        rule.rule = {};
        rule.rule.length = {hours, period_unit::hours};
        rule.regime.reset();
        rule.schedule.clear();
    });
    return clocks;
}

std::vector<clock_bound> bounds_of(clock_rules const& longest) {
    std::vector<clock_bound> bounds;
    each_clock(longest, [&](std::string_view name, clock_rule const& rule) {
        bounds.push_back({name, rule.rule.length.length});
    });
    return bounds;
}

std::vector<policy_flaw> window_flaws(terms const& known, instant start) {
    auto const& rules = *known.policy;
    auto const& clocks = rules.clocks;
    std::vector<window> windows;
    if (!rules.escalation.at_once && clocks.escalation_wait)
        windows.push_back({"/clocks/escalation_wait", &*clocks.escalation_wait, &clocks.negotiation,
                           "escalation opens when the negotiation is over"});
    if (!rules.escalation.at_once && !clocks.escalation_wait && rules.silences.seller == silence::opens_escalation)
        windows.push_back({"/clocks/seller_response", &clocks.seller_response, &clocks.negotiation,
                           "against a silent seller escalation opens when the negotiation is over"});
    if (rules.contact.required && clocks.contact_wait)
        windows.push_back({"/clocks/contact_wait", &*clocks.contact_wait, &rules.protection.length,
                           "a dispute may be opened when protection is over, if it began with the contact"});
    std::vector<policy_flaw> flaws;
    for (auto const& one : windows) {
        ends_of_clock opening{*one.opens, known};
        ends_of_clock ending{*one.ends, known};
        opening.each_day(start, [&](instant from) {
            auto const opens = opening.from(from);
            auto const ends = ending.from(from);
            if (!opens || !ends) return false;
            if (*opens < *ends) return true;
            flaws.push_back({unsoundness::window_never_opens, std::string{one.pointer},
                             fmt::format("{}: from {} it ends at {}, and the other at {}", one.what, to_text(from),
                                         to_text(*opens), to_text(*ends))});
            return false;
        });
    }
    return flaws;
}

end_of_data end_of_calendars(terms const& known, instant start) {
    end_of_data found{plus_seconds(start, days_looked_at * seconds_per_day), {}};
    each_clock(known.policy->clocks, [&](std::string_view name, clock_rule const& rule) {
        ends_of_clock ends{rule, known};
        ends.each_day(start, [&](instant from) {
            if (from >= found.until) return false;
            if (ends.from(from)) return true;
            found = {from, fmt::format("/clocks/{}", name)};
            return false;
        });
    });
    return found;
}

}  // namespace recourse::engine
