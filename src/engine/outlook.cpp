// The outlook: deadlines are let pass in a copy, one instant after the other.
#include "recourse/engine/outlook.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "recourse/engine/json.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

prospect after(decision passed, prospect before) {
    for (auto& done : passed.lapses) {
        if (done.money) before.money = done.money;
        before.all = done.after;
        before.lapses.push_back(std::move(done));
    }
    return before;
}

// The clock of one machine, if it runs.
lifecycle::kept_clock clock_of(record const& all, std::uint8_t code, std::uint32_t number) {
    lifecycle::kept_clock found;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code != code) return;
        if (auto const* one = find_machine<L>(all, number); one != nullptr) found = one->clock;
    });
    return found;
}

consequence consequence_of(record const& before, prospect const& then, recorded const& ending) {
    auto const& disputed = then.all.dispute();
    consequence made;
    made.event = type_of(ending.events.front());
    if (disputed.state == before.dispute().state) return made;
    made.stage = lifecycle::state_name<dispute::lifecycle_type>(disputed.state);
    if (disputed.in<dispute::closed>())
        made.outcome = disputed.kept.ruling->outcome;
    else
        made.awarded = disputed.kept.ruling->awarded;
    return made;
}

// Lets `waiting` go on as long as its clock runs unchanged.
void find_end(wait& waiting, lifecycle::running_clock const& running, outlook const& ahead) {
    for (std::size_t at = 1; at < ahead.prospects.size(); ++at) {
        auto const& then = ahead.prospects[at];
        auto const still = clock_of(then.all, waiting.lifecycle, waiting.number);
        if (still == running) continue;
        // Of several deadlines at one instant its own tells what silence did; else the first one.
        auto const own = std::find_if(then.lapses.begin(), then.lapses.end(), [&](auto const& done) {
            return done.lapse && done.lapse->lifecycle == waiting.lifecycle && done.lapse->number == waiting.number;
        });
        auto const& ending = own != then.lapses.end() ? *own : then.lapses.front();
        waiting.until = then.at;
        waiting.ended_by = ending.lapse->clock.kind;
        waiting.otherwise = consequence_of(ahead.prospects[at - 1].all, then, ending);
        return;
    }
    waiting.until = ahead.unknown_from.value_or(running.due);
    waiting.ended_by = waiting.clock;
}

}  // namespace

outlook outlook_of(dispute_key const& key, record const& before, std::optional<account> const& money,
                   terms const& known, instant now) {
    outlook ahead;
    ahead.prospects.push_back(after(lapse(key, before, money, known, now), {now, before, money, {}}));
    while (auto const due = next_due(ahead.prospects.back().all)) {
        auto const& last = ahead.prospects.back();
        try {
            auto passed = lapse(key, last.all, last.money, known, due->clock.due);
            ahead.prospects.push_back(after(std::move(passed), {due->clock.due, last.all, last.money, {}}));
        } catch (failure const& unforeseeable) {
            if (unforeseeable.kind() != failure_kind::calendar_not_covered) throw;
            ahead.unknown_from = due->clock.due;
            return ahead;
        }
    }
    return ahead;
}

namespace {

// Of appeals only the last can be under way.
template <class State>
bool is_reviewed_in(record const& all) {
    return !all.appeals().empty() && all.appeals().back().in<State>();
}

}  // namespace

std::vector<role> owed_by(record const& all, lifecycle::clock kind) {
    using enum lifecycle::clock;
    switch (kind) {
        case none:
        case negotiation:
        case contact_opening:  // she may open a dispute, and need not
        case delivery_hold:
        case appeal_window:  // either may appeal, and need not
        case appeal_evidence:
        case protection:  // the buyer may open a dispute, and need not
        case suspension: return {};
        case representment: return {role::seller, role::platform_operator};
        case contact_wait:
            if (all.dispute().kept.contact_was_answered) return {};
            return {role::seller};
        case replacement_shipment:
        case performance: return {role::seller};
        case replacement_confirmation: return {role::buyer};
        case appeal_review: return {role::mediator};
        case replacement_transit: return {role::host};
        case seller_response:
        case return_terms:
        case return_inspection: return {role::seller};
        case buyer_response:
        case return_shipment: return {role::buyer};
        case decision: return {role::mediator};
        case information:
            if (all.mediation().in<mediation::awaiting_buyer>() || is_reviewed_in<appeal::awaiting_buyer>(all))
                return {role::buyer};
            if (all.mediation().in<mediation::awaiting_seller>() || is_reviewed_in<appeal::awaiting_seller>(all))
                return {role::seller};
            return {role::buyer, role::seller};
        case return_transit:
        case refund_result: return {role::host};
        case refund_recovery: return {role::host, role::platform_operator};
    }
    return {};
}

std::vector<wait> waits(outlook const& ahead) {
    std::vector<wait> found;
    auto const& all = ahead.prospects.front().all;
    for_each_machine(all, [&]<class L>(machine<L> const& one) {
        if (!one.clock) return;
        wait waiting;
        waiting.lifecycle = L::code;
        waiting.number = one.number;
        waiting.state = one.state;
        waiting.clock = one.clock->kind;
        waiting.owed_by = owed_by(all, one.clock->kind);
        find_end(waiting, *one.clock, ahead);
        found.push_back(std::move(waiting));
    });
    std::stable_sort(found.begin(), found.end(), [](wait const& one, wait const& two) {
        if (one.owed_by.empty() != two.owed_by.empty()) return two.owed_by.empty();
        return one.until < two.until;
    });
    return found;
}

bool owes(record const& all, wait const& waiting, actor const& who) {
    auto const& roles = waiting.owed_by;
    if (std::find(roles.begin(), roles.end(), who.role) == roles.end()) return false;
    auto const kept = subject_of(all);
    bool const is_review = waiting.lifecycle == appeal::lifecycle_type::code;
    auto const& taken_by =
        is_review ? all.appeals()[waiting.number - 1].kept.reviewer : all.mediation().kept.seat->mediator;
    // Who has decided once does not review it.
    auto const& deciders = all.mediation().kept.seat->decided;
    if (is_review && taken_by.empty() && std::find(deciders.begin(), deciders.end(), who.id) != deciders.end())
        return false;
    switch (who.role) {
        case role::buyer: return who.id == kept.buyer.id;
        case role::seller: return who.id == kept.seller.id;
        case role::mediator:
            return taken_by.empty() ? who.id != kept.buyer.id && who.id != kept.seller.id : who.id == taken_by;
        case role::platform_operator:
        case role::host:
        case role::timer: break;
    }
    return true;
}

std::string to_text(consequence const& what) {
    auto const plain = [](std::string_view name) {
        std::string words{name};
        std::replace(words.begin(), words.end(), '_', ' ');
        return words;
    };
    if (what.outcome) return fmt::format("the dispute is closed: {}", plain(wire_name(what.outcome->resolution)));
    if (what.stage == dispute::settling::name && what.awarded)
        return fmt::format("{} are refunded", to_text(what.awarded->amount));
    if (what.stage == dispute::returning::name) return "the goods go back";
    if (!what.stage.empty()) return fmt::format("the dispute is {}", plain(what.stage));
    static constexpr std::pair<std::string_view, std::string_view> staying[] = {
        {"negotiation.seller_lapsed", "the buyer may escalate"},
        {"negotiation.buyer_lapsed", "the seller's offers expire, and the buyer may escalate"},
        {"mediation.information_lapsed", "the mediator decides on what is there"},
        {"mediation.hold_ended", "a mediator decides"},
        {"dispute.contact_lapsed", "the buyer may open a dispute"},
        {"appeal.appeal_evidence_closed", "the decision is reviewed on what is there"},
        {"appeal.appeal_information_lapsed", "the reviewer decides on what is there"},
        {"suspension.suspension_lapsed", "the dispute goes on, and its refunds wait"},
        {"chargeback.answer_lapsed", "the network rules without an answer"},
        {"protection.protection_expired", "no dispute can be opened any more"},
        {"protection.delivery_auto_confirmed", "the delivery counts as confirmed"},
        {"protection.confirmation_held", "nothing, as long as the dispute is open"},
        {"refund.refund_outcome_unknown", "the refund counts as unknown"},
    };
    for (auto const& [event, words] : staying) {
        if (event == what.event) return std::string{words};
    }
    return plain(what.event.substr(what.event.find('.') + 1));
}

}  // namespace recourse
