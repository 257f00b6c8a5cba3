// Where the instants after a step come from.
#include "engine/search/timing.hpp"

#include <algorithm>

#include "engine/situation.hpp"

namespace recourse::engine {
namespace {

constexpr pending_id ids_of_turning_points = 16;
constexpr pending_id ids_of_a_lifecycle = 4096;

// Its place in the list of all, which is the order in which machines are visited.
pending_id place_of(std::uint8_t lifecycle) noexcept {
    pending_id place = 0;
    pending_id found = 0;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code == lifecycle) found = place;
        ++place;
    });
    return found;
}

// The last start of the machine's clock among the events; nullptr if there is none.
event const* start_of(pending_instant const& one, std::vector<recorded> const& done) {
    event const* found = nullptr;
    for (auto const& each : done) {
        for (auto const& happened : each.events) {
            if (happened.lifecycle == one.lifecycle && happened.number == one.number && happened.clock_started)
                found = &happened;
        }
    }
    return found;
}

bool starts_a_lease(std::vector<recorded> const& done) {
    return std::any_of(done.begin(), done.end(), [](auto const& one) {
        return std::any_of(one.events.begin(), one.events.end(), [](auto const& happened) {
            return std::visit(
                [](auto const& body) {
                    if constexpr (requires { body.lease_until; })
                        return body.lease_until.has_value();
                    else
                        return false;
                },
                happened.body);
        });
    });
}

bool opens_a_dispute(std::vector<recorded> const& done) {
    return std::any_of(done.begin(), done.end(), [](auto const& one) {
        return std::any_of(one.events.begin(), one.events.end(), [](auto const& happened) {
            return std::holds_alternative<dispute::dispute_opened>(happened.body);
        });
    });
}

// Whether a turning point that was not pending is counted from this step on.
bool is_counted_from_here(turning_point turn, record const& after, std::vector<recorded> const& done, instant at) {
    switch (turn) {
        case turning_point::lease_ends: return starts_a_lease(done);
        case turning_point::escalation_opens: return opens_a_dispute(done);
        case turning_point::window_of_loser_ends: {
            auto const& clock = after.dispute().clock;
            return clock && clock->since == at;
        }
        case turning_point::promised_delivery_ends: return false;
    }
    return false;
}

}  // namespace

pending_id id_of(pending_instant const& one) noexcept {
    if (one.turn) return static_cast<pending_id>(*one.turn);
    return ids_of_turning_points + place_of(one.lifecycle) * ids_of_a_lifecycle + one.number;
}

std::vector<pending_id> ids_of(std::vector<pending_instant> const& pending) {
    std::vector<pending_id> ids;
    ids.reserve(pending.size());
    for (auto const& one : pending) ids.push_back(id_of(one));
    return ids;
}

std::optional<spent_counters> spent_by(record const& all) {
    if (all.refunds().size() > refunds_counted || all.appeals().size() > appeals_counted) return std::nullopt;
    spent_counters spent{};
    auto const used = used_by(all);
    auto const count = [](std::uint32_t much) { return static_cast<std::uint16_t>(much); };
    for (std::size_t at = 0; at < spent_evidence; ++at) spent[at] = count(used[at]);
    for (std::size_t at = spent_evidence; at < spent_attempts; ++at)
        spent[at] = count(used[used_evidence + at - spent_evidence]);
    for (std::size_t at = 0; at < all.refunds().size(); ++at)
        spent[spent_attempts + at] = count(all.refunds()[at].kept.attempts);
    for (std::size_t at = 0; at < all.appeals().size(); ++at)
        spent[spent_questions + at] = count(all.appeals()[at].kept.information_requests);
    return spent;
}

spent_counters limits_of(policy const& rules) {
    spent_counters most{};
    auto const count = [](std::uint32_t much) { return static_cast<std::uint16_t>(std::min(much, 30'000U)); };
    most[0] = most[1] = count(rules.limits.offers_per_party);
    most[2] = count(rules.mediation.proposals);
    most[3] = count(rules.amendments.most);
    most[4] = count(rules.limits.information_requests);
    std::fill(most.begin() + spent_evidence, most.begin() + spent_attempts, count(rules.limits.evidence_pieces));
    // The first attempt of a refund is nobody's to refuse.
    std::fill(most.begin() + spent_attempts, most.begin() + spent_questions,
              count(std::max(rules.limits.refund_attempts, 1U)));
    std::fill(most.begin() + spent_questions, most.end(), count(rules.appeals.information_requests));
    return most;
}

step_timing timing_of(record const& before, record const& after, std::vector<recorded> const& done, instant at,
                      terms const& known) {
    step_timing made;
    auto const was = spent_by(before);
    auto const is = spent_by(after);
    if (!was || !is || !after.suspensions().empty()) return made;
    for (std::size_t one = 0; one < is->size(); ++one) {
        if ((*is)[one] < (*was)[one]) return made;
        made.spent[one] = static_cast<std::uint16_t>((*is)[one] - (*was)[one]);
    }
    auto old = pending_instants(before, known);
    std::sort(old.begin(), old.end(), [](auto const& one, auto const& two) { return id_of(one) < id_of(two); });
    for (auto const& one : pending_instants(after, known)) {
        instant_source source{id_of(one), instant_comes_from::before, 0, {}};
        auto const* started = one.turn ? nullptr : start_of(one, done);
        auto const stood = std::find_if(old.begin(), old.end(), [&](auto const& other) {
            // A delivery that is waited for from now on is due when it was promised.
            bool const is_same = id_of(other) == source.id || (other.turn == turning_point::promised_delivery_ends &&
                                                               one.clock == lifecycle::clock::delivery_hold);
            return is_same && other.at == one.at;
        });
        bool const is_told = one.clock == lifecycle::clock::delivery_hold;
        if (started != nullptr && !is_told) {
            if (started->clock_started->since != at) return made;
            source.from = instant_comes_from::clock;
            source.which = static_cast<std::uint8_t>(started->clock_started->kind);
        } else if (one.turn && is_counted_from_here(*one.turn, after, done, at)) {
            source.from = instant_comes_from::turning;
            source.which = static_cast<std::uint8_t>(*one.turn);
        } else if (stood != old.end()) {
            source.which = static_cast<std::uint8_t>(stood - old.begin());
        } else if (started != nullptr) {
            source.from = instant_comes_from::order;
            source.told = started->clock_started->due;
        } else {
            return made;
        }
        made.after.push_back(source);
    }
    made.is_known = true;
    return made;
}

instant end_of_source(instant_source const& one, instant at, terms const& known) {
    if (one.from == instant_comes_from::clock)
        return end_of(rule_of(static_cast<lifecycle::clock>(one.which), *known.policy), at, known);
    auto const& clocks = known.policy->clocks;
    switch (static_cast<turning_point>(one.which)) {
        case turning_point::lease_ends: return end_of(*clocks.mediation_lease, at, known);
        case turning_point::escalation_opens: return end_of(*clocks.escalation_wait, at, known);
        case turning_point::window_of_loser_ends: return end_of(*clocks.appeal_window_of_loser, at, known);
        case turning_point::promised_delivery_ends: break;
    }
    return at;
}

}  // namespace recourse::engine
