// Planning a migration: the deadlines that run, what the dispute is about, then every change that may still matter.
#include "recourse/engine/migration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/situation.hpp"
#include "recourse/policy/policy_diff.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "vocabulary/described.hpp"

namespace recourse {
namespace {

using lifecycle::clock;

constexpr party both[] = {party::buyer, party::seller};

// Who has to act while a clock runs: less of it takes time from them.
std::vector<party> whose(clock kind) {
    switch (kind) {
        case clock::seller_response:
        case clock::return_terms:
        case clock::return_inspection:
        case clock::contact_wait:
        case clock::replacement_shipment:
        case clock::replacement_transit:  // if they do not arrive, the seller pays
        case clock::performance:
        case clock::representment: return {party::seller};
        case clock::buyer_response:
        case clock::return_shipment:
        case clock::return_transit:  // if the goods do not arrive, it may be her risk
        case clock::contact_opening:
        case clock::replacement_confirmation:
        case clock::protection: return {party::buyer};
        case clock::negotiation:
        case clock::information:
        case clock::appeal_window:
        case clock::appeal_evidence:
        case clock::suspension: return {std::begin(both), std::end(both)};
        case clock::decision:
        case clock::refund_result:
        case clock::refund_recovery:
        case clock::delivery_hold:
        case clock::appeal_review:
        case clock::none: break;
    }
    return {};
}

bool is_of_the_policy(clock kind) noexcept {
    return kind != clock::none && kind != clock::delivery_hold && kind != clock::representment;
}

std::optional<clock> clock_at(std::string_view pointer) {
    constexpr std::string_view room = "/clocks/";
    if (!pointer.starts_with(room)) return std::nullopt;
    auto const name = pointer.substr(room.size());
    return from_wire_name<clock>(name.substr(0, name.find('/')));
}

template <std::size_t N>
bool is_one_of(std::string_view const (&rooms)[N], std::string_view pointer) {
    return std::any_of(std::begin(rooms), std::end(rooms), [&](auto room) { return pointer.starts_with(room); });
}

// What is over once a dispute is open; of one that is only announced to the seller it is still to come.
constexpr std::string_view over_once_open[] = {
    "/protection",
    "/anchors",
    "/contact",
    "/clocks/contact_wait",
    "/clocks/contact_opening",
    "/reopen",
    "/coverage",
    "/escalation/at_once",
    "/clocks/escalation_wait",
};
// What says nothing to a dispute that has its policy.
constexpr std::string_view about_the_document[] = {"/format", "/id", "/version", "/title", "/sources", "/applies_to"};
// What both parties may do: `policy diff` says that it favours neither, and less of it is taken from both.
constexpr std::string_view for_both[] = {
    "/limits/offers_per_party", "/limits/evidence_pieces", "/limits/evidence_bytes", "/mediation/parties_may_settle",
    "/channel/text_bytes",      "/channel/attachments",    "/channel/recontact",
};
bool is_for_both(std::string_view pointer) {
    constexpr std::string_view listed = "/alternatives/";
    return is_one_of(for_both, pointer) ||
           (pointer.starts_with(listed) && pointer.find('/', listed.size()) == std::string_view::npos);
}

// Numbers tell it, and what is there or not, or allowed or not. nullopt: it is told otherwise.
std::optional<bool> is_less(policy_change const& change) {
    if (change.before.empty() || change.after.empty()) return change.after.empty();
    if (change.after == "true" || change.after == "false") return change.after == "false";
    auto const number = [](std::string const& json) -> std::optional<std::int64_t> {
        std::int64_t read = 0;
        auto const [end, error] = std::from_chars(json.data(), json.data() + json.size(), read);
        return error == std::errc{} && end == json.data() + json.size() ? std::optional{read} : std::nullopt;
    };
    auto const was = number(change.before);
    auto const is = number(change.after);
    return was && is ? std::optional{*is < *was} : std::nullopt;
}

class planning {
  public:
    planning(dispute_key const& key, record const& all, terms const& from, terms const& to)
        : all_{all}, from_{from}, to_{to}, plan_{key, from.reference, to.reference, {}, {}, {}} {}

    migration_plan plan() {
        for_each_machine(all_, [&]<class L>(machine<L> const& one) {
            if (one.clock) deadline(L::code, one.number, *one.clock);
        });
        if (is_suspended(all_)) {
            for (auto const& one : all_.suspensions().back().kept.paused) standing(one.clock);
        }
        windows_of_losers();
        subject();
        offers();
        rest();
        return std::move(plan_);
    }

  private:
    void tell(std::string_view about, std::string words, std::vector<party> harms = {}) {
        plan_.consequences.push_back({std::string{about}, std::move(words), std::move(harms), {}, {}});
    }

    // Whether the clock goes on with what remained of it when a chargeback suspended the dispute.
    bool is_what_remained(std::uint8_t code, std::uint32_t number, lifecycle::running_clock const& running) const {
        for (auto const& suspended : all_.suspensions()) {
            for (auto const& one : suspended.kept.resumed) {
                if (one.lifecycle == code && one.number == number && one.clock.kind == running.kind &&
                    one.clock.since == running.since)
                    return true;
            }
        }
        return false;
    }
    // Whether the new policy has the clock; without it the dispute cannot go on.
    bool goes_on(clock kind) {
        try {
            static_cast<void>(engine::rule_of(kind, *to_.policy));
            return true;
        } catch (failure const&) {
            plan_.obstacle = fmt::format("the clock {} runs, and the new policy has none", wire_name(kind));
            return false;
        }
    }
    // As the engine starts it: by days, by a law or by the hours of a schedule.
    instant counted(lifecycle::running_clock const& running, terms const& under) const {
        return start_clock(running.kind, running.since, under).due;
    }

    void deadline(std::uint8_t code, std::uint32_t number, lifecycle::running_clock const& running) {
        if (!is_of_the_policy(running.kind) || !goes_on(running.kind)) return;
        auto const name = wire_name(running.kind);
        auto const was = counted(running, from_);
        auto started = start_clock(running.kind, running.since, to_);
        auto const is = started.due;
        if (is == was) return;
        if (was != running.due || is_what_remained(code, number, running)) {
            tell(name, fmt::format("{} stays due {}: it was not counted from the policy alone", name, said(running)));
            return;
        }
        moved(name,
              fmt::format("{} is due {} instead of {}", name, due_in_words(is, engine::zone_of(running.kind, to_)),
                          said(running)),
              was, is, whose(running.kind));
        plan_.moved.push_back({code, number, std::move(started)});
    }
    void moved(std::string_view about, std::string words, instant was, instant is, std::vector<party> of) {
        if (is >= was) of.clear();
        plan_.consequences.push_back({std::string{about}, std::move(words), std::move(of), was, is});
    }
    void standing(lifecycle::running_clock const& paused) {
        if (!is_of_the_policy(paused.kind) || !goes_on(paused.kind)) return;
        if (counted(paused, from_) == counted(paused, to_)) return;
        tell(wire_name(paused.kind),
             fmt::format("{} stands while the dispute is suspended, and goes on with what remained of it",
                         wire_name(paused.kind)));
    }

    // Who lost all may have less time to appeal; that is counted when it is asked for, and no machine keeps it.
    void windows_of_losers() {
        auto const& window = all_.dispute().clock;
        if (!plan_.obstacle.empty() || !window || window->kind != clock::appeal_window) return;
        auto later = all_;
        if (window->due == counted(*window, from_))
            later.of<dispute::lifecycle_type>().clock = {{window->kind, counted(*window, to_), window->since}};
        for (auto const& [who, role_of] : {std::pair{party::buyer, role::buyer}, {party::seller, role::seller}}) {
            auto const own_before = engine::window_of_loser(role_of, all_, from_);
            auto const own_after = engine::window_of_loser(role_of, later, to_);
            if (!own_before && !own_after) continue;
            auto const was = own_before.value_or(window->due);
            auto const is = own_after.value_or(later.dispute().clock->due);
            if (was == is) continue;
            auto const zone = engine::zone_of(clock::appeal_window, to_);
            moved("appeal_window_of_loser",
                  fmt::format("the {}, who lost all, may appeal until {} instead of {}", wire_name(who),
                              due_in_words(is, zone), due_in_words(was, zone)),
                  was, is, {who});
        }
    }
    std::string said(lifecycle::running_clock const& running) const {
        return due_in_words(running.due, engine::zone_of(running.kind, from_));
    }

    // What the dispute is about must be possible under the new policy as well.
    void subject() {
        auto const& kept = all_.dispute().kept;
        auto const* old_rule = engine::rule_of(kept.reason, *from_.policy);
        auto const* rule = engine::rule_of(kept.reason, *to_.policy);
        if (rule == nullptr) {
            tell(
                "/reasons",
                fmt::format("the new policy knows no disputes for {}, and offers no remedy in one", kept.reason.text()),
                {party::buyer});
            return;
        }
        auto const offers = [](reason_rule const& one, remedy kind) {
            return std::find(one.remedies.begin(), one.remedies.end(), kind) != one.remedies.end();
        };
        for (auto const kind : old_rule == nullptr ? std::vector<remedy>{} : old_rule->remedies) {
            if (offers(*rule, kind)) continue;
            bool const is_claimed = !all_.offers().empty() && kept.claim.remedy == kind;
            tell("/reasons",
                 fmt::format("{} is not offered for {} any more{}", wire_name(kind), kept.reason.text(),
                             is_claimed ? ", and it is what is claimed" : ""),
                 is_claimed ? std::vector{party::buyer} : std::vector{party::buyer, party::seller});
        }
        for (auto const kind : rule->remedies) {
            if (old_rule != nullptr && !offers(*old_rule, kind))
                tell("/reasons", fmt::format("{} is offered for {} as well", wire_name(kind), kept.reason.text()));
        }
        if (old_rule != nullptr && old_rule->partial != rule->partial)
            tell("/reasons", fmt::format("partial refunds for {} may have other amounts", kept.reason.text()));
    }

    void offers() {
        auto const offered = engine::offered_remedies(*to_.policy, all_.dispute().kept.reason);
        auto const listed = engine::alternatives(*to_.policy);
        for (auto const& one : all_.offers()) {
            if (!one.in<offer::proposed>() || one.kept.is_the_claim) continue;
            auto const& award = one.kept.award;
            bool const stays = offered.contains(award.remedy) &&
                               (award.remedy != remedy::alternative ||
                                std::find(listed.begin(), listed.end(), award.alternative) != listed.end());
            if (!stays)
                tell("/reasons",
                     fmt::format("offer {} is of {}, which is not offered any more", one.number,
                                 wire_name(award.remedy)),
                     {std::begin(both), std::end(both)});
        }
    }

    // The other changes, as far as they may still matter.
    void rest() {
        for (auto const& change : policy_diff(*from_.policy, *to_.policy)) {
            if (!may_still_matter(change.pointer)) continue;
            bool const both_have_it = is_for_both(change.pointer);
            if (change.favours == favoured::neither && !both_have_it) continue;
            tell(change.pointer, fmt::format("from now on, {}", change.words),
                 both_have_it ? takes_from_both(change) : harmed(change));
        }
    }
    bool may_still_matter(std::string_view pointer) const {
        bool const says_why = pointer.ends_with("/basis") || pointer.ends_with("/note");
        if (says_why || is_one_of(about_the_document, pointer)) return false;
        if (is_past_contact() && is_one_of(over_once_open, pointer)) return false;
        return !pointer.starts_with("/reasons/") || is_about_its_reason(pointer);
    }
    // Of the dispute's own reason, what `subject` does not tell: what is needed to open one, and whether it waits.
    bool is_about_its_reason(std::string_view pointer) const {
        auto const& rules = to_.policy->reasons;
        auto const found = std::find_if(rules.begin(), rules.end(),
                                        [&](auto const& one) { return one.reason == all_.dispute().kept.reason; });
        auto const own = fmt::format("/reasons/{}/", found - rules.begin());
        if (found == rules.end() || !pointer.starts_with(own)) return false;
        auto const member = pointer.substr(own.size());
        if (member == "waits_for_delivery") return true;
        return !is_past_contact() &&
               (member.starts_with("evidence") || member == "not_before" || member == "not_after");
    }
    bool is_past_contact() const {
        return !all_.dispute().in<dispute::contacting>() && !all_.dispute().in<dispute::contacted>();
    }
    static std::vector<party> takes_from_both(policy_change const& change) {
        auto const less = is_less(change);
        if (less ? *less : is_shorter(change)) return {std::begin(both), std::end(both)};
        return {};
    }
    // Who has less time for what he has to do, fewer choices or a worse default.
    static std::vector<party> harmed(policy_change const& change) {
        // This one takes time from whoever lost all by being there.
        if (change.pointer == "/clocks/appeal_window_of_loser")
            return change.after.empty() ? std::vector<party>{} : std::vector{party::buyer, party::seller};
        if (auto const who = whose_clock(change.pointer)) {
            auto const rules = member_rules();
            auto const row = std::find_if(rules.begin(), rules.end(), [&](auto const& one) {
                return one.how == judged::longer && change.pointer.starts_with(one.pattern) &&
                       (change.pointer.size() == one.pattern.size() || change.pointer[one.pattern.size()] == '/');
            });
            bool const is_longer = row != rules.end() && change.favours == row->more && row->more != favoured::depends;
            return is_longer || change.before.empty() || !is_shorter(change) ? std::vector<party>{} : *who;
        }
        if (change.favours == favoured::buyer) return {party::seller};
        if (change.favours == favoured::seller) return {party::buyer};
        return {};
    }
    // Who acts while the clock runs that a change is about; nullopt if it is about none of them.
    static std::optional<std::vector<party>> whose_clock(std::string_view pointer) {
        if (pointer.starts_with("/clocks/appeal_window_of_loser/"))
            return std::vector<party>{std::begin(both), std::end(both)};
        if (auto const kind = clock_at(pointer)) return whose(*kind);
        return std::nullopt;
    }
    // Lengths in one unit tell it. What they do not tell, a schedule or a law for one, may be shorter.
    static bool is_shorter(policy_change const& change) {
        auto const length = [](std::string_view json) {
            return json.size() < 2 ? result<period, std::string>{failed{std::string{}}}
                                   : parse_period(json.substr(1, json.size() - 2));
        };
        if (!change.pointer.ends_with("/length")) return true;
        auto const was = length(change.before);
        auto const is = length(change.after);
        return !was || !is || was->unit != is->unit || is->length < was->length;
    }

    record const& all_;
    terms const& from_;
    terms const& to_;
    migration_plan plan_;
};

}  // namespace

bool migration_plan::harms_somebody() const noexcept {
    return std::any_of(consequences.begin(), consequences.end(), [](auto const& one) { return !one.harms.empty(); });
}

std::string migration_plan::harm() const {
    std::string text;
    for (auto const& one : consequences) {
        bool const is_earlier = one.was && one.becomes && *one.becomes < *one.was;
        if (one.harms.empty() && !is_earlier) continue;
        if (!text.empty()) text += "; ";
        text += one.words;
    }
    return text;
}

migration_plan plan_migration(dispute_key const& key, record const& all, terms const& from, terms const& to) {
    return planning{key, all, from, to}.plan();
}

std::string to_json(migration_plan const& plan) {
    std::string out = R"({"dispute":)";
    json::write_string(out, to_text(plan.dispute));
    out += R"(,"from":)";
    json::write_value(out, plan.from);
    out += R"(,"to":)";
    json::write_value(out, plan.to);
    if (!plan.obstacle.empty()) {
        out += R"(,"obstacle":)";
        json::write_string(out, plan.obstacle);
    }
    out += R"(,"consequences":[)";
    for (auto const& one : plan.consequences) {
        if (out.back() != '[') out += ',';
        out += R"({"about":)";
        json::write_string(out, one.about);
        out += R"(,"words":)";
        json::write_string(out, one.words);
        if (one.was) out += fmt::format(R"(,"was":"{}","becomes":"{}")", to_text(*one.was), to_text(*one.becomes));
        out += R"(,"harms":)";
        json::write_value(out, one.harms);
        out += '}';
    }
    return out += "]}";
}

}  // namespace recourse
