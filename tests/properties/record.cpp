// Records over random walks: replay equals live, a refusal leaves no trace, and what is said to be possible is.
#include "properties/properties.hpp"
#include "properties/walks.hpp"
#include "recourse/engine/actions.hpp"
#include "recourse/engine/eligibility.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/worklist.hpp"
#include "recourse/lifecycle/evolve.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

std::vector<actor> const everybody{anna,
                                   shop,
                                   mia,
                                   otto,
                                   bank,
                                   {role::mediator, actor_id{"max"}},
                                   {role::buyer, actor_id{"eve"}},
                                   {role::timer, actor_id{"timer"}}};

// The commands worth trying, and beside each the same just outside of what the rules about contents allow to somebody.
std::vector<command_body> tried_bodies(stage const& play, record const& all, role by) {
    auto bodies = candidates(all, play.known, play.money ? &*play.money : nullptr);
    std::vector<command_body> spoiled;
    for (auto const& body : bodies) {
        std::visit(
            [&]<class Command>(Command const& right) {
                auto wrong = right;
                if constexpr (requires { right.award; }) {
                    for (auto const minor : {right.award.amount.minor - 1, right.award.amount.minor + 1}) {
                        wrong.award.amount.minor = minor;
                        spoiled.emplace_back(wrong);
                    }
                }
                if constexpr (requires { right.evidence; }) {
                    if (!wrong.evidence.empty()) {
                        wrong.evidence[0].size_bytes = play.known.policy->limits.evidence_bytes;
                        spoiled.emplace_back(wrong);
                        ++wrong.evidence[0].size_bytes;
                        spoiled.emplace_back(wrong);
                    }
                    wrong.evidence.clear();
                    auto const left =
                        play.known.policy->limits.evidence_pieces - dispute::pieces_of(all.dispute().kept, by);
                    for (std::size_t at = 0; at <= left; ++at)
                        wrong.evidence.push_back(piece("tried " + std::to_string(at)));
                    spoiled.emplace_back(wrong);
                    wrong.evidence.pop_back();
                    spoiled.emplace_back(wrong);
                }
                if constexpr (requires { right.amount; }) {
                    ++wrong.amount.minor;
                    spoiled.emplace_back(wrong);
                }
            },
            body);
    }
    bodies.insert(bodies.end(), spoiled.begin(), spoiled.end());
    return bodies;
}

bool takes(evidence_limits const& limits, std::vector<evidence_kind> const& required,
           std::vector<evidence> const& brought) {
    evidence_rules types;
    types.media_types = limits.media_types;
    auto const fits = [&](evidence const& one) {
        return one.size_bytes > 0 && one.size_bytes <= limits.bytes_max && takes_media_type(types, one.media_type);
    };
    auto const is_shown = [&](evidence_kind kind) {
        return std::any_of(brought.begin(), brought.end(), [&](auto const& one) { return one.kind == kind; });
    };
    return brought.size() <= limits.pieces_left && std::all_of(brought.begin(), brought.end(), fits) &&
           std::all_of(required.begin(), required.end(), is_shown);
}

// Whether an action says that this command is possible.
bool covers(action const& one, command_body const& body) {
    if (!one.allowed) return false;
    return std::visit(
        [&]<class Command>(Command const& asked) {
            if constexpr (requires { asked.award; }) {
                for (auto const& limits : one.amounts) {
                    auto const& amount = asked.award.amount;
                    if (limits.remedy != asked.award.remedy) continue;
                    if constexpr (requires { asked.evidence; }) {
                        if (!takes(*one.evidence, limits.evidence_required, asked.evidence)) return false;
                    }
                    if (!limits.values.empty())
                        return std::find(limits.values.begin(), limits.values.end(), amount) != limits.values.end();
                    return limits.smallest.minor <= amount.minor && amount.minor <= limits.largest.minor;
                }
                return false;
            } else if constexpr (requires { asked.evidence; }) {
                // What is found as agreed needs no evidence, and none is read with it.
                if constexpr (requires { asked.findings; }) {
                    if (std::all_of(asked.findings.begin(), asked.findings.end(),
                                    [](auto const& each) { return each.found == return_request::finding::as_agreed; }))
                        return true;
                }
                return !asked.evidence.empty() && takes(*one.evidence, one.evidence->required, asked.evidence);
            } else if constexpr (requires { asked.amount; }) {
                return asked.amount == one.amount;
            } else if constexpr (std::is_same_v<Command, mediation::request_information>) {
                auto const& whom = one.addressees;
                return std::find(whom.begin(), whom.end(), wire_name(asked.of)) != whom.end();
            } else if constexpr (std::is_same_v<Command, conversation::send_message>) {
                auto const& whom = one.addressees;
                return std::find(whom.begin(), whom.end(), wire_name(asked.to)) != whom.end();
            } else {
                return true;
            }
        },
        body);
}

bool concerns(action const& one, command_body const& body) {
    return one.command == name(body) && one.number == number_named(body);
}

// A walk to somewhere, and one of the disputes that were opened on the way.
struct reached {
    stage play;
    instant now;
    std::size_t which = 0;
};
std::optional<reached> somewhere() {
    reached place;
    place.now = play_walk(*any_walk(), *a_policy(), place.play, [](auto&&...) {});
    auto const from = *rc::gen::inRange<std::size_t>(0, place.play.disputes.size());
    for (std::size_t next = 0; next < place.play.disputes.size(); ++next) {
        place.which = (from + next) % place.play.disputes.size();
        if (place.play.all(place.which).version > 0) return place;
    }
    return std::nullopt;
}

}  // namespace

bool replay_equals_live() {
    return rc::check("the events add up to the record that was decided, and both read back as they were written", [] {
        stage play;
        std::vector<record> replayed(play.disputes.size());
        play_walk(*any_walk(), *a_policy(), play, [&](std::size_t which, decision const&, command const&, instant) {
            auto const& one = play.disputes[which];
            auto& all = replayed[which];
            for (auto at_event = all.version; at_event < one.events.size(); ++at_event)
                evolve(all, read_event(to_json(one.events[at_event])));
            RC_ASSERT(all == one.all);
            if (all.version > 0) RC_ASSERT(read_record(to_json(all)) == all);
        });
    });
}

bool a_refused_command_changes_nothing() {
    return rc::check("a command is accepted or refused, never both; refused, it leaves what time alone had done", [] {
        stage play;
        auto before = play;
        play_walk(*any_walk(), *a_policy(), play,
                  [&](std::size_t which, decision const& made, command const&, instant now) {
                      RC_ASSERT(made.accepted.has_value() == made.refused.empty());
                      before.known = play.known;
                      if (!made.accepted) {
                          before.wait(now, which);
                          RC_ASSERT(before.all(which) == play.all(which));
                          RC_ASSERT(before.money == play.money);
                      } else {
                          RC_ASSERT(!made.accepted->events.empty());
                          RC_ASSERT(made.accepted->events.size() == made.accepted->rows.size());
                      }
                      before = play;
                  });
    });
}

bool actions_agree_with_decisions() {
    return rc::check("what is listed as possible is accepted, what is blocked is refused for those reasons", [] {
        auto const place = somewhere();
        if (!place) return;
        auto const& play = place->play;
        auto const now = place->now;
        auto const which = place->which;
        auto const& one = play.disputes[which];
        auto const all = as_of(one.key, one.all, play.money, play.known, now);
        auto const before = play;
        for (auto const& who : everybody) {
            auto const bodies = tried_bodies(play, all, who.role);
            auto const listed = actions(one.key, one.all, play.money, play.known, who, now);
            RC_ASSERT(one.all == before.all(which));
            for (auto const& each : listed) {
                RC_ASSERT(each.allowed == each.blocked_by.empty());
                bool told = each.allowed;
                for (auto const& body : bodies) {
                    if (!concerns(each, body)) continue;
                    auto const made =
                        decide(one.key, one.all, play.money, play.known, play.asked(who, body, which), now);
                    RC_ASSERT(made.accepted.has_value() == covers(each, body));
                    told = told || made.refused == each.blocked_by;
                }
                RC_ASSERT(told);
            }
            // Nothing that was tried is missing from the list.
            for (auto const& body : bodies)
                RC_ASSERT(std::any_of(listed.begin(), listed.end(),
                                      [&](action const& each) { return concerns(each, body); }));
        }
    });
}

bool actions_turn_when_they_say() {
    return rc::check("an action turns at its instant by time alone, not a microsecond before, or never", [] {
        auto const place = somewhere();
        if (!place) return;
        auto const& play = place->play;
        auto const now = place->now;
        auto const which = place->which;
        auto const& one = play.disputes[which];
        auto const all = as_of(one.key, one.all, play.money, play.known, now);
        auto const who = *rc::gen::elementOf(everybody);
        auto const bodies = candidates(all, play.known, &*play.money);
        auto const possible = [&](std::vector<command_body> const& ways, instant at) {
            return std::any_of(ways.begin(), ways.end(), [&](auto const& body) {
                return decide(one.key, one.all, play.money, play.known, play.asked(who, body, which), at)
                    .accepted.has_value();
            });
        };
        std::vector<instant> deadlines;
        for (auto later = all; auto const due = next_due(later);) {
            deadlines.push_back(due->clock.due);
            later = lapse(one.key, later, play.money, play.known, due->clock.due).lapses.back().after;
        }
        auto const the_end = plus_seconds(deadlines.empty() ? now : deadlines.back(), day);
        for (auto const& each : actions(one.key, one.all, play.money, play.known, who, now)) {
            std::vector<command_body> ways;
            for (auto const& body : bodies) {
                if (concerns(each, body) && (!each.allowed || covers(each, body))) ways.push_back(body);
            }
            auto const turns = each.allowed ? each.until : each.from;
            RC_ASSERT(!(each.allowed ? each.from : each.until));
            for (auto const at : deadlines) {
                if (!turns || at < *turns) RC_ASSERT(possible(ways, at) == each.allowed);
            }
            if (turns) {
                RC_ASSERT(*turns > now);
                RC_ASSERT(possible(ways, {turns->microseconds - 1}) == each.allowed);
                RC_ASSERT(possible(ways, *turns) != each.allowed);
            } else {
                RC_ASSERT(possible(ways, the_end) == each.allowed);
            }
        }
    });
}

bool waits_end_when_they_say() {
    return rc::check("who owes something has until the instant told, then what was told happens", [] {
        auto const place = somewhere();
        if (!place) return;
        auto const& play = place->play;
        auto const now = place->now;
        auto const which = place->which;
        auto const& one = play.disputes[which];
        auto const ahead = outlook_of(one.key, one.all, play.money, play.known, now);
        auto const all = as_of(one.key, one.all, play.money, play.known, now);
        RC_ASSERT(ahead.prospects.front().all == all);
        RC_ASSERT(ahead.prospects.back().all.dispute().in<dispute::closed>());
        RC_ASSERT(!next_due(ahead.prospects.back().all));
        for (auto const& waiting : waits(ahead)) {
            auto const clock_at = [&](instant at) {
                auto const then = as_of(one.key, one.all, play.money, play.known, at);
                lifecycle::kept_clock clock;
                for_each_machine(then, [&]<class L>(machine<L> const& each) {
                    if (L::code == waiting.lifecycle && each.number == waiting.number) clock = each.clock;
                });
                return clock;
            };
            RC_ASSERT(waiting.until > now);
            RC_ASSERT(clock_at({waiting.until.microseconds - 1}) == clock_at(now));
            RC_ASSERT(clock_at(waiting.until) != clock_at(now));
            RC_ASSERT(waiting.otherwise.has_value());
            auto const then = as_of(one.key, one.all, play.money, play.known, waiting.until);
            if (waiting.otherwise->outcome) {
                RC_ASSERT(then.dispute().kept.ruling->outcome == waiting.otherwise->outcome);
            }
            RC_ASSERT(then.dispute().in<dispute::closed>() ==
                      (waiting.otherwise->outcome.has_value() || all.dispute().in<dispute::closed>()));
            // It is on somebody's list, and what answers it does so when tried.
            for (auto const by : waiting.owed_by) {
                auto tasks = tasks_of(one.key, one.all, play.money, play.known, {by, {}}, now);
                auto const task =
                    std::find_if(tasks.begin(), tasks.end(), [&](auto const& each) { return each.owed == waiting; });
                RC_ASSERT(task != tasks.end());
                find_answers(*task, one.all, play.money, play.known, now);
                for (auto const& answer : task->answers) {
                    for (auto const& each : actions(one.key, one.all, play.money, play.known, task->who, now)) {
                        if (each.command == answer.command && each.number == answer.number) RC_ASSERT(each.allowed);
                    }
                }
            }
        }
    });
}

bool every_state_has_a_status() {
    return rc::check("every state that is reached has a sentence for every viewer, true until it says", [] {
        auto const place = somewhere();
        if (!place) return;
        auto const& play = place->play;
        auto const now = place->now;
        auto const which = place->which;
        auto const& one = play.disputes[which];
        auto const at = [&](role viewer, instant when) {
            return status_of(one.key, one.all, play.money, play.known, viewer, when);
        };
        for (auto const viewer : {role::buyer, role::seller, role::mediator, role::platform_operator, role::host}) {
            auto const told = at(viewer, now);
            RC_ASSERT(told.code != status_code::not_opened);
            RC_ASSERT(to_text(told).find('{') == std::string::npos);
            RC_ASSERT(told.until.has_value() ==
                      !as_of(one.key, one.all, play.money, play.known, now).dispute().in<dispute::closed>());
            if (told.until) {
                RC_ASSERT(at(viewer, {told.until->microseconds - 1}).until == told.until);
                RC_ASSERT(at(viewer, *told.until) != told);
            }
        }
    });
}

bool eligibility_agrees_with_openings() {
    return rc::check("whoever is eligible can open, within the limits and the time told, and nobody else", [] {
        stage play;
        auto now = play_walk(*any_walk(), *a_policy(), play, [](auto&&...) {});
        now = plus_seconds(now, *rc::gen::inRange<std::int64_t>(-60, 60) * day);
        if (*rc::gen::inRange(0, 8) == 0) play.order.shipped_at.reset();
        for (auto const& one : play.disputes) {
            if (one.all.version == 0 || !play.money) continue;
            for (auto const& done : lapse(one.key, one.all, play.money, play.known, now).lapses) {
                if (done.money) play.money = done.money;
            }
        }
        auto const why = *rc::gen::element(reason{"not_received"}, reason{"not_as_described"}, reason{"mood"});
        auto const asked = eligibility_of(play.order, why, play.money, play.known, now);
        dispute_key const key{settlement_group{"G-1"}, dispute_id{"D-9"}};
        auto const opened = [&](std::vector<claim_line> lines, award claim, instant when) {
            auto claimed = play.claim(std::move(claim), std::move(lines));
            claimed.reason = why;
            command const what{command_id{"c"}, key, anna, {}, std::move(claimed)};
            return decide(key, {}, play.money, play.known, what, when);
        };
        std::vector<claim_line> everything;
        for (auto const& line : asked.lines) {
            if (line.refundable.minor > 0) everything.push_back({line.line, line.units});
        }
        RC_ASSERT(asked.eligible() == !asked.remedies.empty());
        for (auto const& limits : asked.remedies) {
            for (auto const& amount : {limits.smallest, limits.largest}) {
                award const claim{limits.remedy, amount};
                RC_ASSERT(opened(everything, claim, now).accepted.has_value());
                RC_ASSERT(opened(everything, claim, *asked.earliest).accepted.has_value());
                RC_ASSERT(!opened(everything, claim, {asked.earliest->microseconds - 1}).accepted);
                RC_ASSERT(opened(everything, claim, {asked.latest->microseconds - 1}).accepted.has_value());
                RC_ASSERT(!opened(everything, claim, *asked.latest).accepted);
            }
            RC_ASSERT(!opened(everything, {limits.remedy, euro(limits.smallest.minor - 1)}, now).accepted);
            RC_ASSERT(!opened(everything, {limits.remedy, euro(limits.largest.minor + 1)}, now).accepted);
        }
        for (auto const& line : asked.lines) {
            RC_ASSERT(line.units > 0 || line.refundable.minor == 0);
            award const claim{remedy::full_refund, line.refundable};
            if (asked.eligible() && line.refundable.minor > 0)
                RC_ASSERT(opened({{line.line, line.units}}, claim, now).accepted.has_value());
            RC_ASSERT(!opened({{line.line, line.units + 1}}, claim, now).accepted);
        }
        if (!asked.eligible() && !everything.empty()) {
            std::int64_t sum = 0;
            for (auto const& line : asked.lines) sum += line.refundable.minor;
            auto const made = opened(everything, full(sum), now);
            RC_ASSERT(!made.accepted);
            RC_ASSERT(made.refused == asked.blocked_by);
        }
    });
}
