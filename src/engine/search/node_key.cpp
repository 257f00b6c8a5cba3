// The canonical form of a record: its shape, without what no decision reads.
#include "engine/search/node_key.hpp"

#include <algorithm>
#include <tuple>

#include "engine/described_account.hpp"
#include "engine/described_clock.hpp"
#include "engine/search/shape.hpp"
#include "engine/situation.hpp"
#include "engine/workings.hpp"

namespace recourse::engine {
namespace {

// Of an offer that is over, decisions ask who made it (offers are counted by party) and nothing else; once no mediator can
// get the dispute any more, before whom the parties may settle, not even that.
void forget_offers(record& all) {
    auto& offers = all.of<offer::lifecycle_type>();
    auto const& stage = all.dispute();
    if (stage.in<dispute::exchanging>() || stage.in<dispute::remedying>() || stage.in<dispute::settling>() ||
        stage.in<dispute::settlement_failed>() || stage.in<dispute::closed>()) {
        erase_if(offers, [](auto const& one) { return !is_open(one); });
        return;
    }
    for (auto& one : offers) {
        if (is_open(one)) continue;
        one.state = offer::expired::code;
        one.kept.award = {};
    }
}

// A final decision, in a way that leads to no mediation any more.
bool is_carried_out(record const& all) {
    auto const& stage = all.dispute();
    bool const is_under_way = stage.in<dispute::settling>() || stage.in<dispute::settlement_failed>() ||
                              stage.in<dispute::exchanging>() || stage.in<dispute::remedying>();
    return is_under_way && stage.kept.standing == dispute::standing::final;
}

// Once nobody negotiates, how the negotiation has ended and who had answered is asked for no more; nor, once a final
// decision is carried out or the dispute is closed, who mediated and how appeals went, but how many.
void forget_talks_that_are_over(record& all, policy const& rules) {
    auto& whole = all.of<dispute::lifecycle_type>();
    if (whole.in<dispute::negotiating>() || whole.in<dispute::contacting>() || whole.in<dispute::contacted>()) return;
    auto& talks = all.of<negotiation::lifecycle_type>();
    talks.kept = {};
    if (talks.in<negotiation::agreed>()) talks.state = negotiation::broken_off::code;
    whole.kept.claim = claim_that_matters(all, rules);
    if (!whole.in<dispute::closed>() && !is_carried_out(all)) return;
    all.of<mediation::lifecycle_type>().kept = {};
    for (auto& one : all.of<appeal::lifecycle_type>()) {
        if (one.clock) continue;
        one.state = appeal::dismissed::code;
        one.kept = {};
    }
}

// Whether the parties agreed is all that is asked of who decided.
role party_or_not(role who) { return who == role::buyer || who == role::seller ? role::buyer : role::mediator; }

// Of an appeal that is over nothing is asked but that it was, if there is a ground of its own for each; and who has
// mediated or reviewed is a name among others, since whoever comes next is somebody else. A mediation that begins anew
// begins without a mediator, so of one that is over nothing is asked. Once the other party has joined an appeal, neither
// of them can do what the other cannot.
void forget_who_decided(record& all, policy const& rules) {
    auto& talks = all.of<mediation::lifecycle_type>();
    if (talks.in<mediation::decided>() || talks.in<mediation::called_off>()) talks.kept = {};
    auto seat = *talks.kept.seat;
    seat.decided.clear();
    auto const somebody = actor_id{"somebody"};
    if (!seat.mediator.empty()) seat.mediator = somebody;
    talks.kept.seat = std::move(seat);
    auto& ruled = all.of<dispute::lifecycle_type>().kept.ruling.change();
    if (ruled.decided_by) ruled.decided_by = party_or_not(*ruled.decided_by);
    if (ruled.outcome) ruled.outcome->decided_by = party_or_not(ruled.outcome->decided_by);
    for (auto& one : all.of<appeal::lifecycle_type>()) {
        if (one.kept.joined_ground && has_a_ground_for_each_appeal(rules)) one.kept.appellant = role::buyer;
        bool const is_over = one.in<appeal::upheld>() || one.in<appeal::overturned>() || one.in<appeal::dismissed>() ||
                             one.in<appeal::called_off>();
        if (is_over && has_a_ground_for_each_appeal(rules)) {
            one.state = appeal::dismissed::code;
            one.kept = {};
        } else if (!one.kept.reviewer.empty()) {
            one.kept.reviewer = somebody;
        }
    }
}

// Offers are known by their place among those that are open, and nothing is left of what was used up: how many offers
// there were, how often a claim was amended, who brought how much evidence, how often the mediator asked, by which routes a
// refund was tried.
void forget_counters(record& all, policy const& rules) {
    auto& offers = all.of<offer::lifecycle_type>();
    erase_if(offers, [](auto const& one) { return !is_open(one); });
    std::uint32_t number = 0;
    for (auto& one : offers) one.number = ++number;
    auto& whole = all.of<dispute::lifecycle_type>().kept;
    whole.amendments = 0;
    whole.evidence.clear();
    whole.sources.clear();
    all.of<mediation::lifecycle_type>().kept.information_requests = 0;
    for (auto& one : all.of<appeal::lifecycle_type>()) one.kept.information_requests = 0;
    forget_talks_that_are_over(all, rules);
    forget_who_decided(all, rules);
    // Of goods that are no longer under way only how that ended is asked; without a clock they may also be suspended.
    bool const was_suspended = !all.suspensions().empty();
    for (auto& one : all.of<return_request::lifecycle_type>()) {
        one.kept.tracking_number.clear();
        if (!one.clock && !was_suspended) one.kept = {};
    }
    for (auto& one : all.of<replacement::lifecycle_type>()) {
        one.kept.tracking_number.clear();
        if (!one.clock && !was_suspended) one.kept = {};
    }
    for (auto& one : all.of<refund::lifecycle_type>()) {
        one.kept.attempts = 0;
        one.kept.routes.clear();
        one.kept.key.clear();  // it grows with every route
    }
}

// While a dispute is suspended its clocks stand, and how much is left of each decides only in which order they go on: any.
void forget_what_is_left(record& all) {
    for (auto& one : all.of<suspension::lifecycle_type>()) {
        one.kept.resumed.clear();
        auto& paused = one.kept.paused;
        for (auto& each : paused) each.remained.clear();
        std::sort(paused.begin(), paused.end(), [](auto const& left, auto const& right) {
            return std::pair{left.lifecycle, left.number} < std::pair{right.lifecycle, right.number};
        });
    }
}

void write_record(std::string& shape, record const& all) {
    write_shape(shape, all.recontact_until);
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if constexpr (L::many) write_number(shape, all.of<L>().size());
        for_each_machine_of<L>(all, [&](machine<L> const& one) {
            write_shape(shape, one.number);
            write_shape(shape, one.state);
            write_shape(shape, one.clock.has_value());
            if (one.clock) write_shape(shape, *one.clock);
            workings<L>::write_shape(shape, one.kept);
        });
    });
}

// Neither which payment it is, nor how often it was written.
void write_account(std::string& shape, account const& of) {
    write_shape(shape, of.parties);
    write_shape(shape, of.recouped_minor);
    write_shape(shape, of.lines);
    write_shape(shape, of.open);
    write_shape(shape, of.tenders);
    write_shape(shape, of.settlement);
    write_shape(shape, of.outside_refunds);
    write_shape(shape, of.chargebacks);
}

std::optional<role> who_lost_all(record const& all, terms const& known) {
    for (auto const who : {role::buyer, role::seller}) {
        if (window_of_loser(who, all, known)) return who;
    }
    return std::nullopt;
}

// When a turning point is, while it matters; whether it has passed is for the caller.
std::optional<instant> instant_of(turning_point turn, record const& all, terms const& known) {
    auto const& talks = all.mediation();
    auto const& whole = all.dispute();
    switch (turn) {
        case turning_point::lease_ends:
            if (talks.in<mediation::not_begun>() || talks.in<mediation::held>() || talks.in<mediation::queued>() ||
                talks.in<mediation::decided>() || talks.in<mediation::called_off>())
                return std::nullopt;
            return talks.kept.seat->lease_until;
        case turning_point::escalation_opens:
            return whole.in<dispute::negotiating>() ? whole.kept.course->escalation_opens : std::nullopt;
        case turning_point::window_of_loser_ends: {
            auto const who = who_lost_all(all, known);
            return who ? window_of_loser(*who, all, known) : std::nullopt;
        }
        case turning_point::promised_delivery_ends:
            if (!known.policy->mediation.holds_for_delivery || !whole.in<dispute::negotiating>() ||
                !talks.in<mediation::not_begun>())
                return std::nullopt;
            return whole.kept.course->promised_until;
    }
    return std::nullopt;
}

void move(record& all, pending_instant const& which, instant to, terms const& known) {
    if (!which.turn) {
        for_each_machine(all, [&]<class L>(machine<L>& one) {
            if (L::code != which.lifecycle || one.number != which.number) return;
            auto const runs = *one.clock;
            one.clock = {{runs.kind, to, runs.since}};
        });
        return;
    }
    switch (*which.turn) {
        case turning_point::lease_ends: all.of<mediation::lifecycle_type>().kept.seat.change().lease_until = to; break;
        case turning_point::escalation_opens:
            all.of<dispute::lifecycle_type>().kept.course.change().escalation_opens = to;
            break;
        case turning_point::promised_delivery_ends:
            all.of<dispute::lifecycle_type>().kept.course.change().promised_until = to;
            break;
        case turning_point::window_of_loser_ends: {
            auto& clock = all.of<dispute::lifecycle_type>().clock;
            auto const runs = *clock;
            auto const& rule = *known.policy->clocks.appeal_window_of_loser;
            auto const ends = end_of(rule, runs.since, known);
            auto const moved = instant{runs.since.microseconds + to.microseconds - ends.microseconds};
            if (end_of(rule, moved, known) == to) clock = {{runs.kind, runs.due, moved}};
            break;
        }
    }
}

// Whether the event lets the clock of a machine go on that stood.
bool resumes(event const& happened, pending_instant const& which) {
    return std::visit(
        [&](auto const& body) {
            if constexpr (requires { body.resumed; }) {
                return std::any_of(body.resumed.begin(), body.resumed.end(), [&](auto const& one) {
                    return one.lifecycle == which.lifecycle && one.number == which.number;
                });
            } else {
                return false;
            }
        },
        happened.body);
}

bool is_started_by(std::vector<recorded> const& done, pending_instant const& which) {
    return std::any_of(done.begin(), done.end(), [&](auto const& one) {
        return std::any_of(one.events.begin(), one.events.end(), [&](auto const& happened) {
            return (happened.lifecycle == which.lifecycle && happened.number == which.number &&
                    happened.clock_started.has_value()) ||
                   resumes(happened, which);
        });
    });
}

}  // namespace

bool is_open(machine<offer::lifecycle_type> const& one) noexcept {
    return one.in<offer::proposed>() || one.in<offer::half_accepted>();
}

award claim_that_matters(record const& all, policy const& rules) {
    auto const& stage = all.dispute();
    auto claim = stage.kept.claim;
    if (stage.in<dispute::closed>() || is_carried_out(all)) return {};
    bool const is_negotiated =
        stage.in<dispute::negotiating>() || stage.in<dispute::contacting>() || stage.in<dispute::contacted>();
    bool const is_mediated = stage.in<dispute::in_mediation>();
    bool const is_settled_about_goods = return_was_contested(all) && !is_mediated;
    bool const may_be_amended = rules.amendments.in_mediation && rules.amendments.most > 0 && !is_settled_about_goods;
    bool const may_be_appealed = all.appeals().size() < rules.appeals.levels ||
                                 std::any_of(all.appeals().begin(), all.appeals().end(), [](auto const& one) {
                                     return one.template in<appeal::awaiting_evidence>();
                                 });
    bool const asks_for_evidence = std::any_of(rules.evidence.required.begin(), rules.evidence.required.end(),
                                               [](auto const& one) { return one.remedy.has_value(); });
    if (is_negotiated || may_be_amended || may_be_appealed || asks_for_evidence ||
        rules.silences.appeal == silence::grants_claim)
        return claim;
    if (is_settled_about_goods) return {};
    if (is_mediated) return return_was_contested(all) ? claim_in_money(all) : claim;
    auto all_that_was_paid = refundable_in_all(all).minor;
    for (auto const& part : stage.kept.course->settled) all_that_was_paid += part.minor;
    if (goods_go_back(claim.remedy) && claim.amount.minor == all_that_was_paid) claim.remedy = remedy::full_refund;
    return claim;
}

std::vector<pending_instant> pending_instants(record const& all, terms const& known) {
    std::vector<pending_instant> found;
    for (std::size_t at = 0; at < wire_names<turning_point>.size(); ++at) {
        auto const turn = static_cast<turning_point>(at);
        auto const when = instant_of(turn, all, known);
        if (when && *when > all.last_at) found.push_back({*when, 0, 0, {}, turn});
    }
    for_each_machine(all, [&]<class L>(machine<L> const& one) {
        if (one.clock) found.push_back({one.clock->due, L::code, one.number, one.clock->kind, {}});
    });
    // Stable: at one instant they pass in the order in which the machines are visited, as in next_due; a deadline that
    // passes at a turning point comes after it.
    std::stable_sort(found.begin(), found.end(), [](auto const& one, auto const& two) { return one.at < two.at; });
    return found;
}

std::optional<pending_instant> next_instant(record const& all, terms const& known) {
    auto const pending = pending_instants(all, known);
    return pending.empty() ? std::nullopt : std::optional{pending.front()};
}

used_counters used_by(record const& all) {
    used_counters used{};
    auto const& whole = all.dispute().kept;
    for (auto const& one : all.offers()) {
        if (one.kept.is_the_claim) continue;
        ++used[one.kept.author == role::buyer ? 0 : one.kept.author == role::seller ? 1 : 2];
    }
    used[3] = whole.amendments;
    used[4] = all.mediation().kept.information_requests;
    // Of several refunds the sum: they never become fewer, so it grows whenever one of them is tried again.
    for (auto const& one : all.refunds()) used[5] += one.kept.attempts;
    std::size_t at = used_evidence;
    for (auto const who : {role::buyer, role::seller, role::host})
        used[at++] = static_cast<std::uint32_t>(dispute::pieces_of(whole, who));
    for (auto const& one : all.appeals()) used[used_appeal_questions] += one.kept.information_requests;
    return used;
}

used_counters used_that_matters(record const& all, terms const& known) {
    auto used = used_by(all);
    auto const& stage = all.dispute();
    bool const is_negotiated =
        stage.in<dispute::negotiating>() || stage.in<dispute::contacting>() || stage.in<dispute::contacted>();
    bool const is_mediated = stage.in<dispute::in_mediation>();
    auto const& rules = *known.policy;
    if (!is_negotiated && !(is_mediated && rules.mediation.parties_may_settle)) used[0] = used[1] = 0;
    if (!is_mediated) used[2] = 0;
    if (!is_negotiated && !(is_mediated && rules.amendments.in_mediation)) used[3] = 0;
    bool const is_paid = stage.in<dispute::settling>() || stage.in<dispute::settlement_failed>();
    for (auto at = used_evidence; at < used_appeal_questions; ++at) {
        if (is_paid) used[at] = 0;
    }
    if (!stage.in<dispute::under_appeal>()) used[used_appeal_questions] = 0;
    return used;
}

bool has_a_ground_for_each_appeal(policy const& rules) noexcept {
    return rules.appeals.grounds.size() >= rules.appeals.levels;
}

policy without_limits(policy rules) {
    constexpr std::uint32_t plenty = 1000;
    for (auto* limit : {&rules.limits.offers_per_party, &rules.limits.information_requests,
                        &rules.limits.refund_attempts, &rules.limits.evidence_pieces, &rules.mediation.proposals,
                        &rules.amendments.most, &rules.appeals.information_requests}) {
        if (*limit > 0) *limit = plenty;
    }
    return rules;
}

record without_what_is_past(record all, terms const& known, bool without_counters) {
    all.version = 0;
    forget_offers(all);
    if (without_counters) forget_counters(all, *known.policy);
    forget_what_is_left(all);
    // Decisions ask how many pieces of evidence each has brought, not in which order, nor when.
    auto& sources = all.of<dispute::lifecycle_type>().kept.sources;
    for (auto& one : sources) one.stage = 0;
    std::sort(sources.begin(), sources.end(), [](auto const& one, auto const& two) { return one.by < two.by; });
    return all;
}

digest node_key(record const& all, std::optional<account> const& money, search_setting const& setting) {
    auto pending = pending_instants(all, setting.known);
    if (setting.without_orders)
        std::sort(pending.begin(), pending.end(), [](auto const& one, auto const& two) {
            return std::tie(one.turn, one.lifecycle, one.number) < std::tie(two.turn, two.lifecycle, two.number);
        });
    std::string shape;
    shape.reserve(512);
    for (auto const& one : pending) {
        write_shape(shape, one.turn);
        write_shape(shape, one.lifecycle);
        write_shape(shape, one.number);
    }
    // After the last of them: no such lifecycle.
    write_shape(shape, std::optional<turning_point>{});
    write_shape(shape, std::uint8_t{0});
    write_record(shape, without_what_is_past(all, setting.known, setting.without_counters));
    write_shape(shape, money.has_value());
    if (money) write_account(shape, *money);
    return sha256(shape);
}

bool starts_a_clock(std::vector<recorded> const& done) {
    return std::any_of(done.begin(), done.end(), [](auto const& one) {
        return std::any_of(one.events.begin(), one.events.end(), [](auto const& happened) {
            return happened.clock_started.has_value() || std::visit(
                                                             [](auto const& body) {
                                                                 if constexpr (requires { body.resumed; })
                                                                     return !body.resumed.empty();
                                                                 else
                                                                     return false;
                                                             },
                                                             happened.body);
        });
    });
}

bool deadlines_coincide(std::vector<pending_instant> const& pending) noexcept {
    for (std::size_t at = 1; at < pending.size(); ++at) {
        if (pending[at].at == pending[at - 1].at) return true;
    }
    return false;
}

record with_deadlines_apart(record all, terms const& known, std::size_t first) {
    auto pending = pending_instants(all, known);
    auto const chosen = pending.begin() + static_cast<std::ptrdiff_t>(first);
    if (first > 0) std::rotate(pending.begin(), chosen, chosen + 1);
    auto due = all.last_at;
    for (auto const& one : pending) {
        due = plus_seconds(due, 1);
        move(all, one, due, known);
    }
    return all;
}

std::vector<record> reorderings(record const& before, record const& after, std::vector<recorded> const& done,
                                terms const& known) {
    std::vector<record> others;
    auto const pending = pending_instants(after, known);
    if (pending.size() < 2 || done.empty()) return others;
    auto const old = pending_instants(before, known);
    auto const stood_before = [&](pending_instant const& one) {
        return std::any_of(old.begin(), old.end(),
                           [&](auto const& other) { return other.turn == one.turn && other.at == one.at; });
    };
    std::vector<bool> is_new;
    is_new.reserve(pending.size());
    for (auto const& one : pending) is_new.push_back(one.turn ? !stood_before(one) : is_started_by(done, one));
    if (std::none_of(is_new.begin(), is_new.end(), [](bool one) { return one; })) return others;

    std::vector<std::size_t> order(pending.size());
    for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
    while (std::next_permutation(order.begin(), order.end())) {
        // Deadlines that stood before keep their order among each other.
        std::optional<std::size_t> last_old;
        bool possible = true;
        for (auto const which : order) {
            if (is_new[which]) continue;
            possible = possible && (!last_old || *last_old < which);
            last_old = which;
        }
        if (!possible) continue;
        auto moved = after;
        auto due = moved.last_at;
        for (auto const which : order) {
            due = plus_seconds(due, 1);
            move(moved, pending[which], due, known);
        }
        others.push_back(std::move(moved));
    }
    return others;
}

}  // namespace recourse::engine
