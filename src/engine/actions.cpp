// Actions: each candidate is tried on a copy, now and after each deadline that time alone will let pass.
#include "recourse/engine/actions.hpp"

#include <algorithm>

#include "engine/situation.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

// One way to give a command, and what comes of it now.
struct tried {
    command asked;
    decision made;
};

class trials {
  public:
    trials(dispute_key const& key, outlook const& ahead, terms const& known, actor const& by)
        : key_{key}, ahead_{ahead}, known_{known}, by_{by}, now_{ahead.prospects.front()} {
        for (auto& waiting : waits(ahead_)) {
            if (owes(now_.all, waiting, by_)) owed_.push_back(std::move(waiting));
        }
    }

    // The action that all these candidates are ways of.
    action of(std::vector<command_body> bodies) const {
        action made;
        made.command = name(bodies.front());
        made.number = number_named(bodies.front());
        std::vector<tried> all;
        for (auto& body : bodies) all.push_back(attempt(std::move(body)));
        std::vector<tried> possible;
        std::copy_if(all.begin(), all.end(), std::back_inserter(possible),
                     [](tried const& one) { return one.made.accepted.has_value(); });
        made.allowed = !possible.empty();
        if (made.allowed) {
            made.until = first_turn([&](prospect const& then) { return !any_accepted(possible, then, then.at); });
            if (!made.until) made.until = ahead_.unknown_from;
            made.owed = answered_by(possible);
            for (auto const& one : possible) limit(made, one.asked.body);
        } else {
            made.blocked_by = std::min_element(all.begin(), all.end(), [](tried const& one, tried const& two) {
                                  return one.made.refused.size() < two.made.refused.size();
                              })->made.refused;
            made.from = opens(all);
        }
        return made;
    }

  private:
    tried attempt(command_body body) const {
        command asked{{}, key_, by_, {}, std::move(body)};
        auto made = decide(key_, now_.all, now_.money, known_, asked, now_.at);
        return {std::move(asked), std::move(made)};
    }

    // Whether one of them is accepted at an instant at which the dispute is still as in that prospect.
    bool any_accepted(std::vector<tried> const& several, prospect const& then, instant at) const {
        return std::any_of(several.begin(), several.end(), [&](tried const& one) {
            try {
                return decide(key_, then.all, then.money, known_, one.asked, at).accepted.has_value();
            } catch (failure const& unforeseeable) {
                if (unforeseeable.kind() != failure_kind::calendar_not_covered) throw;
                return false;  // a deadline that it would start cannot be counted
            }
        });
    }

    template <class Turned>
    std::optional<instant> first_turn(Turned const& turned) const {
        auto const found = std::find_if(ahead_.prospects.begin() + 1, ahead_.prospects.end(), turned);
        return found == ahead_.prospects.end() ? std::nullopt : std::optional{found->at};
    }

    // When one of them will be accepted: after a deadline, or from an instant that a refusal names.
    std::optional<instant> opens(std::vector<tried> const& all) const {
        std::vector<instant> named;
        for (auto const& one : all) {
            for (auto const& no : one.made.refused) {
                if (no.not_before && *no.not_before > now_.at) named.push_back(*no.not_before);
            }
        }
        std::sort(named.begin(), named.end());
        for (std::size_t at = 0; at < ahead_.prospects.size(); ++at) {
            auto const& then = ahead_.prospects[at];
            if (at > 0 && any_accepted(all, then, then.at)) return then.at;
            auto const end =
                at + 1 < ahead_.prospects.size() ? std::optional{ahead_.prospects[at + 1].at} : ahead_.unknown_from;
            for (auto const each : named) {
                if (each > then.at && (!end || each < *end) && any_accepted(all, then, each)) return each;
            }
        }
        return std::nullopt;
    }

    // What the actor owes, if one of these ends the wait. Giving up ends it too, but is not what is asked of him.
    std::optional<wait> answered_by(std::vector<tried> const& possible) const {
        for (auto const& waiting : owed_) {
            for (auto const& one : possible) {
                auto const& after = one.made.accepted->after;
                auto const& end = after.dispute().kept.ruling->outcome;
                bool const gives_up =
                    after.dispute().in<dispute::closed>() && end && end->resolution == resolution::withdrawn;
                if (!gives_up && ends(waiting, after)) return waiting;
            }
        }
        return std::nullopt;
    }
    // A mediator who takes a dispute and the first of two who answer leave the clock as it is: the state tells.
    bool ends(wait const& waiting, record const& after) const {
        bool ended = false;
        lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
            if (L::code != waiting.lifecycle) return;
            auto const& one = *find_machine<L>(now_.all, waiting.number);
            auto const& then = *find_machine<L>(after, waiting.number);
            ended = one.state != then.state || one.clock != then.clock || one.kept != then.kept;
        });
        return ended;
    }

    // Widens the limits by what this way names.
    void limit(action& made, command_body const& body) const {
        std::visit(
            [&]<class Command>(Command const& one) {
                if constexpr (requires { one.award; }) {
                    constexpr bool decides = std::is_same_v<Command, mediation::award_remedy> ||
                                             std::is_same_v<Command, appeal::overturn_with_award>;
                    auto& limits = limit_amount(made, one.award, decides ? award_use::decided : award_use::offered);
                    if constexpr (std::is_same_v<Command, dispute::amend_claim>) {
                        auto const& kept = now_.all.dispute().kept;
                        limits.evidence_required =
                            engine::kinds_for_amendment(*known_.policy, kept, kept.reason, one.award.remedy);
                    }
                }
                if constexpr (requires { one.amount; }) made.amount = one.amount;
                if constexpr (requires { one.evidence; }) {
                    made.evidence = evidence_accepted(now_.all, known_, by_.role);
                    if constexpr (!requires { one.award; })
                        made.evidence->required = engine::kinds_required(
                            *known_.policy, from_wire_name<evidence_action>(Command::name).value(), now_.all);
                }
                if constexpr (std::is_same_v<Command, mediation::request_information> ||
                              std::is_same_v<Command, appeal::request_appeal_information>)
                    made.addressees.push_back(wire_name(one.of));
                if constexpr (std::is_same_v<Command, conversation::send_message>)
                    made.addressees.push_back(wire_name(one.to));
            },
            body);
    }
    amount_limits& limit_amount(action& made, award const& named, award_use use) const {
        auto const same = [&](auto const& one) { return one.remedy == named.remedy; };
        auto found = std::find_if(made.amounts.begin(), made.amounts.end(), same);
        if (found == made.amounts.end()) {
            auto const legal = award_amounts(now_.all, known_, use);
            auto first = limits_of(*std::find_if(legal.begin(), legal.end(), same), named.amount.currency);
            first.smallest = first.largest = named.amount;
            found = made.amounts.insert(found, std::move(first));
        }
        if (named.amount.minor < found->smallest.minor) found->smallest = named.amount;
        if (named.amount.minor > found->largest.minor) found->largest = named.amount;
        return *found;
    }
    dispute_key const& key_;
    outlook const& ahead_;
    terms const& known_;
    actor const& by_;
    prospect const& now_;
    std::vector<wait> owed_;
};

}  // namespace

evidence_limits evidence_accepted(record const& all, terms const& known, role by) {
    evidence_limits accepted;
    for (std::size_t kind = 0; kind < wire_names<evidence_kind>.size(); ++kind)
        accepted.kinds.push_back(static_cast<evidence_kind>(kind));
    auto const& limits = known.policy->limits;
    auto const given = static_cast<std::uint32_t>(dispute::pieces_of(all.dispute().kept, by));
    accepted.pieces_left = limits.evidence_pieces - std::min(given, limits.evidence_pieces);
    accepted.bytes_max = limits.evidence_bytes;
    accepted.media_types = known.policy->evidence.media_types;
    return accepted;
}

amount_limits limits_of(legal_amounts const& legal, currency in) {
    amount_limits limits{legal.remedy, {legal.smallest_minor, in}, {legal.largest_minor, in}, {}, {}};
    for (auto const minor : legal.values_minor) limits.values.push_back({minor, in});
    return limits;
}

record as_of(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
             instant now) {
    auto passed = lapse(key, before, money, known, now);
    if (passed.lapses.empty()) return before;
    return std::move(passed.lapses.back().after);
}

std::vector<action> actions(dispute_key const& key, record const& before, std::optional<account> const& money,
                            terms const& known, actor const& by, instant now) {
    auto const ahead = outlook_of(key, before, money, known, now);
    auto const& first = ahead.prospects.front();
    trials const trying{key, ahead, known, by};
    std::vector<action> found;
    std::vector<command_body> ways;
    auto const same = [](command_body const& one, command_body const& two) {
        return one.index() == two.index() && number_named(one) == number_named(two);
    };
    for (auto& body : candidates(first.all, known, first.money ? &*first.money : nullptr)) {
        if (!ways.empty() && !same(ways.back(), body)) found.push_back(trying.of(std::exchange(ways, {})));
        ways.push_back(std::move(body));
    }
    if (!ways.empty()) found.push_back(trying.of(std::move(ways)));
    return found;
}

}  // namespace recourse
