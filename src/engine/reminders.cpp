// Reminders: the rules of the policy, over the clocks that run.
#include "recourse/engine/reminders.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/situation.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/outlook.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

using lifecycle::running_clock;

constexpr std::size_t keys_a_page = 256;

// Whether the word that a clock waits for was given: the clock runs on for somebody else, or for nobody.
bool has_answered(record const& all, lifecycle::clock kind, role who) {
    if (kind == lifecycle::clock::contact_wait) return all.dispute().kept.contact_was_answered;
    if (kind != lifecycle::clock::information || (who != role::buyer && who != role::seller)) return false;
    auto const asked = owed_by(all, kind);
    return std::find(asked.begin(), asked.end(), who) == asked.end();
}

actor addressee(record const& all, role who) {
    auto const kept = subject_of(all);
    switch (who) {
        case role::buyer: return {who, kept.buyer.id};
        case role::seller: return {who, kept.seller.id};
        case role::mediator: return {who, engine::who_decides(all)};
        case role::platform_operator:
        case role::host:
        case role::timer: break;
    }
    return {who, {}};
}

template <class Visitor>
void for_each_running(record const& all, Visitor&& visit) {
    for_each_machine(all, [&]<class L>(machine<L> const& one) {
        if (one.clock) visit(L::code, L::name, one.number, *one.clock);
    });
}

}  // namespace

std::vector<reminder> reminders_of(dispute_key const& key, record const& all, terms const& known) {
    std::vector<reminder> found;
    if (known.policy->reminders.empty()) return found;
    for_each_running(
        all, [&](std::uint8_t code, std::string_view name, std::uint32_t number, running_clock const& clock) {
            for (auto const& rule : known.policy->reminders) {
                if (rule.clock != wire_name(clock.kind)) continue;
                auto const at = lead_before(clock.due, rule.before, engine::calendar_of(clock.kind, known),
                                            engine::zone_of(clock.kind, known));
                if (!at) throw failure{failure_kind::calendar_not_covered, to_text(at.error())};
                if (*at <= clock.since || *at >= clock.due) continue;
                for (auto const who : rule.to) {
                    if (has_answered(all, clock.kind, who)) continue;
                    found.push_back(
                        {key, code, number, clock, rule.before, *at, addressee(all, who),
                         fmt::format("remind:{}:{}:{}:{}:{}:{}:{}", to_text(key), name, number, wire_name(clock.kind),
                                     to_text(clock.due), to_text(rule.before), wire_name(who))});
                }
            }
        });
    std::stable_sort(found.begin(), found.end(), [](auto const& one, auto const& other) { return one.at < other.at; });
    return found;
}

std::optional<instant> remind_at(dispute_key const& key, record const& all, terms const& known, std::uint8_t lifecycle,
                                 std::uint32_t number, role to, instant after) {
    try {
        for (auto const& one : reminders_of(key, all, known)) {
            if (one.lifecycle == lifecycle && one.number == number && one.to.role == to && one.at > after)
                return one.at;
        }
    } catch (failure const& unforeseeable) {
        if (unforeseeable.kind() != failure_kind::calendar_not_covered) throw;
    }
    return std::nullopt;
}

explanation explain_reminder(reminder const& one, terms const& known) {
    auto why = explain_lead(one.clock.due, one.before, engine::calendar_of(one.clock.kind, known),
                            engine::zone_of(one.clock.kind, known));
    if (!why) throw failure{failure_kind::calendar_not_covered, to_text(why.error())};
    return *std::move(why);
}

reminder_run dispute_engine::reminders(instant after, instant until) {
    reminder_run run;
    std::optional<dispute_key> last;
    for (auto keys = store_.disputes(last, keys_a_page); !keys.empty(); keys = store_.disputes(last, keys_a_page)) {
        last = keys.back();
        for (auto const& key : keys) {
            try {
                auto const stored = store_.load(key);
                if (!stored || !stored->next_due) continue;  // nothing is waited for
                auto seen = view_of(key, *stored);
                if (seen.known.policy->reminders.empty()) continue;
                // What time has ended needs no reminder, whether its timer ran or not.
                for (auto& done : lapse(key, seen.all, seen.money, seen.known, until).lapses) seen.all = done.after;
                for (auto& one : reminders_of(key, seen.all, seen.known)) {
                    if (one.at > until && (!run.next || one.at < *run.next)) run.next = one.at;
                    if (one.at > after && one.at <= until) run.reminders.push_back(std::move(one));
                }
            } catch (failure const& broken) {
                if (broken.kind() == failure_kind::store_unavailable) throw;
                run.failed.push_back({key, broken.kind(), broken.what()});
            }
        }
    }
    std::stable_sort(run.reminders.begin(), run.reminders.end(),
                     [](auto const& one, auto const& other) { return one.at < other.at; });
    return run;
}

}  // namespace recourse
