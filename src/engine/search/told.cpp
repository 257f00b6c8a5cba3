// The search in words, its setting, and its paths as stories.
#include <fmt/format.h>

#include <algorithm>

#include "engine/search/graph.hpp"
#include "engine/situation.hpp"
#include "recourse/engine/json.hpp"

namespace recourse {
namespace {

std::string days(std::int64_t seconds) {
    return fmt::format("{} days {} hours {} minutes {} seconds", seconds / seconds_per_day, seconds / 3600 % 24,
                       seconds / 60 % 60, seconds % 60);
}

std::string in_words(taken_row const& one) {
    std::string text;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code != one.lifecycle) return;
        auto const& row = lifecycle::rows<L>[one.row];
        text = fmt::format("{}: {}, {} -> {}, {}", L::name, lifecycle::state_name<L>(row.from), row.command,
                           lifecycle::state_name<L>(row.to), row.event);
    });
    return text;
}

std::string lines_of(std::vector<search_step> const& path) {
    std::string text;
    for (auto const& step : path) text += "  " + to_text(step) + "\n";
    return text;
}

// Whole cents, so small that amounts do not multiply the nodes: two a line leave room for a part.
constexpr std::int64_t line_minor = 2;

dispute::open_dispute opening_for(search_setting const& setting, reason_rule const& why, remedy kind,
                                  order_facts const& order) {
    dispute::open_dispute opening;
    opening.policy = setting.known.policy->id;
    opening.order = order;
    opening.reason = why.reason;
    for (auto const& line : order.lines) opening.lines.push_back({line.line, line.units});
    opening.award = {kind, order.captured};
    if (kind == remedy::partial_refund) --opening.award.amount.minor;
    auto const& rules = *setting.known.policy;
    if (kind == remedy::alternative && !rules.alternatives.empty())
        opening.award.alternative = rules.alternatives.front().alternative;
    for (auto const needed : engine::kinds_for_opening(rules, why.reason, kind, order.buyer))
        opening.evidence.push_back(
            {needed, sha256(fmt::format("opening {}", opening.evidence.size())), engine::media_type_taken(rules), 1});
    return opening;
}

}  // namespace

search_setting search_setting_of(terms const& known, party_facts const& buyer, party_facts const& seller, instant start,
                                 std::size_t lines) {
    search_setting made;
    made.known = known;
    made.start = start;
    order_facts order;
    order.order = order_id{"O-1"};
    order.payment = payment_id{"P-1"};
    order.buyer = buyer;
    order.seller = seller;
    auto const euro = *currency::find("EUR");
    order.captured = {line_minor * static_cast<std::int64_t>(lines), euro};
    for (std::size_t line = 1; line <= lines; ++line)
        order.lines.push_back({line_id{fmt::format("L-{}", line)}, 1, {line_minor, euro}});
    order.paid_at = order.shipped_at = order.delivered_at = plus_seconds(start, -seconds_per_day);
    auto const& reasons = known.policy->reasons;
    auto const most = std::max_element(reasons.begin(), reasons.end(), [](auto const& one, auto const& two) {
        return one.remedies.size() < two.remedies.size();
    });
    if (most == reasons.end()) return made;
    for (auto const kind : most->remedies) made.openings.push_back(opening_for(made, *most, kind, order));
    return made;
}

bool search_violation::can_be_played() const noexcept {
    return std::none_of(path.begin(), path.end(), [](auto const& step) { return step.reordered; });
}

std::string to_text(search_step const& one) {
    auto text = to_text(one.at);
    bool const does_something = one.asked || one.told || one.paid_outside;
    std::string_view const what = one.waited ? wire_name(*one.waited) : one.awaited ? wire_name(*one.awaited) : "";
    if (!what.empty() && does_something)
        text += fmt::format(": silence to the last instant of {}, then", what);
    else if (!what.empty())
        text += fmt::format(": silence, {} passes", what);
    if (one.told)
        text += fmt::format(" the bank tells that {} over {} is {}", one.told->id.text(), to_text(one.told->amount),
                            wire_name(one.told->state));
    if (one.paid_outside)
        text += fmt::format(" the bank tells of {}, a refund by another route of {} of {}, in minor units",
                            one.paid_outside->id.text(), one.paid_outside->lines.front().minor,
                            one.paid_outside->lines.front().line.text());
    if (one.asked) {
        auto const asked = canonical(engine::command_of(one));
        auto const body = asked.substr(asked.find("\"do\":") + 5);
        text += fmt::format(
            " {} {}", wire_name(one.by.role),
            one.move == search_move::opens ? std::string{name(*one.asked)} : body.substr(0, body.size() - 1));
    }
    if (one.reordered) text += " (and the deadlines come in another order)";
    return text;
}

std::string to_text(search_violation const& found) {
    return fmt::format("{} ({} times): {}\n{}", wire_name(found.flaw), found.times, found.because,
                       lines_of(found.path));
}

std::string to_text(search_report const& found) {
    auto text = fmt::format(
        "{} nodes, {} of them with deadlines in another order than the policy's periods give; {} edges; closed in {}\n"
        "{} records held against the node that they came to\n"
        "{} rows of the tables taken, {} not:\n",
        found.nodes, found.nodes_reordered, found.edges, found.closed, found.compared, found.rows_taken.size(),
        found.rows_not_taken.size());
    for (auto const& one : found.rows_not_taken) text += "  " + in_words(one) + "\n";
    for (auto const& one : found.violations) text += to_text(one);
    if (!found.violations.empty()) return text;
    if (found.longest.path.empty()) return text + "nothing is violated; by time alone all of it closes\n";
    text += fmt::format("nothing is violated; by time alone all of it closes, after {} at most\n",
                        days(found.silence_seconds_max));
    text += fmt::format("the longest play takes {}:\n{}", days(found.longest.seconds), lines_of(found.longest.path));
    return text;
}

std::string to_story(std::string_view title, dispute_key const& dispute, std::vector<search_step> const& path) {
    auto story = fmt::format("{{\"story\": \"{}\", \"dispute\": \"{}\"}}\n", title, to_text(dispute));
    auto const tell = [&](instant at, command const& asked) {
        story += fmt::format("{{\"at\": \"{}\", {}\n", to_text(at), canonical(asked).substr(1));
    };
    // What the bank tells goes to the file of the payment, which hears of the order first.
    command to_file;
    to_file.id = command_id{"c"};
    to_file.by = engine::bank();
    bool const has_file =
        std::any_of(path.begin(), path.end(), [](auto const& one) { return one.told || one.paid_outside; });
    if (auto const first = has_file ? beginning_of(*path.front().asked) : beginning{}) {
        to_file.dispute = file_of(dispute.group, first.order->payment);
        to_file.body = payment::tell_order{*first.policy, *first.policy_version, *first.order};
        tell(path.front().at, to_file);
    }
    std::uint32_t sequence = 0;
    for (auto const& step : path) {
        if (step.told) {
            auto const phase = step.told->state == chargeback_state::won    ? chargeback::phase::won
                               : step.told->state == chargeback_state::lost ? chargeback::phase::lost
                                                                            : chargeback::phase::open;
            to_file.body = chargeback::tell_chargeback{
                step.told->id, phase, step.told->amount, step.told->tender, step.at, ++sequence, {}};
            tell(step.at, to_file);
            continue;
        }
        if (step.paid_outside) {
            to_file.body = payment::tell_outside_refund{step.paid_outside->id, step.paid_outside->lines,
                                                        step.paid_outside->tender};
            tell(step.at, to_file);
            continue;
        }
        if (!step.asked) {
            story += fmt::format("{{\"at\": \"{}\"}}\n", to_text(step.at));
            continue;
        }
        auto asked = engine::command_of(step);
        asked.dispute = dispute;
        tell(step.at, asked);
    }
    return story;
}

}  // namespace recourse
