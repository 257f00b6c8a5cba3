// The diagram of a policy: rows of the tables whose guards it can meet, and reactions whose conditions it can meet.
#include "recourse/engine/policy_diagram.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "policy/clock_named.hpp"
#include "recourse/lifecycle/reactions.hpp"

namespace recourse {
namespace {

bool offers(policy const& of, bool (*chosen)(remedy)) {
    return std::any_of(of.reasons.begin(), of.reasons.end(),
                       [&](auto const& one) { return std::any_of(one.remedies.begin(), one.remedies.end(), chosen); });
}

constexpr std::string_view not_negotiated = "it is not negotiated";

// What the policy decides of a guard or a condition; what is not here may always be met.
struct condition {
    std::string_view name;
    std::string_view on;  // the event, where the name alone says too little
    bool (*can_be)(policy const&);
};
// clang-format off
constexpr condition conditions[] = {
    {"contact_is_foreseen",       {}, [](policy const& of) { return of.contact.required; }},
    {"contact_is_not_required",   {}, [](policy const& of) { return !of.contact.required; }},
    {"end_escalates",             {}, [](policy const& of) { return of.silences.negotiation_end == silence::escalates; }},
    {"end_grants",                {}, [](policy const& of) { return of.silences.negotiation_end == silence::grants_claim; }},
    {"end_closes",                {}, [](policy const& of) { return of.silences.negotiation_end == silence::closes; }},
    {"silence_grants",            {}, [](policy const& of) { return of.silences.mediator == silence::grants_claim; }},
    {"silence_rejects",           {}, [](policy const& of) { return of.silences.mediator == silence::closes; }},
    {"silence_upholds",           {}, [](policy const& of) { return of.silences.appeal == silence::upholds; }},
    {"silence_overturns",         {}, [](policy const& of) { return of.silences.appeal != silence::upholds; }},
    {"decision_may_be_appealed",  {}, [](policy const& of) { return of.appeals.levels > 0; }},
    {"requests_left", "appeal_information_requested", [](policy const& of) { return of.appeals.information_requests > 0; }},
    {"paid_at_shipment",          {}, [](policy const& of) { return of.returns.refund_at == refund_moment::shipment; }},
    {"paid_at_delivery",          {}, [](policy const& of) { return of.returns.refund_at != refund_moment::inspection; }},
    {"goods_are_promised",        {}, [](policy const& of) { return offers(of, [](remedy kind) { return kind == remedy::exchange || kind == remedy::replacement; }); }},
    {"it is negotiated first",    {}, [](policy const& of) { return !of.escalation.at_once; }},
    {not_negotiated,              {}, [](policy const& of) { return of.escalation.at_once; }},
    {"escalates",    "seller_lapsed", [](policy const& of) { return of.silences.seller == silence::escalates; }},
    {"grants_claim", "seller_lapsed", [](policy const& of) { return of.silences.seller == silence::grants_claim; }},
    {"escalates",    "buyer_lapsed",  [](policy const& of) { return of.silences.buyer == silence::escalates; }},
    {"closes",       "buyer_lapsed",  [](policy const& of) { return of.silences.buyer == silence::closes; }},
    {"the goods go back",         {}, [](policy const& of) { return offers(of, [](remedy kind) { return goods_go_back(kind); }); }},
    {"a promise",                 {}, [](policy const& of) { return offers(of, [](remedy kind) { return is_a_promise(kind) && !goods_go_back(kind); }); }},
    {"for an exchange",           {}, [](policy const& of) { return offers(of, [](remedy kind) { return kind == remedy::exchange; }); }},
    {"for money",                 {}, [](policy const& of) { return offers(of, [](remedy kind) { return kind == remedy::return_refund; }); }},
    {"exchange",                  {}, [](policy const& of) { return offers(of, [](remedy kind) { return kind == remedy::exchange; }); }},
    {"replacement",               {}, [](policy const& of) { return offers(of, [](remedy kind) { return kind == remedy::replacement; }); }},
    {"alternative",               {}, [](policy const& of) { return offers(of, [](remedy kind) { return kind == remedy::alternative; }); }},
    {"the loss is refunded",      {}, [](policy const& of) { return of.silences.lost_return != silence::closes; }},
    {"the loss is not refunded",  {}, [](policy const& of) { return of.silences.lost_return != silence::grants_claim; }},
};

// Whose events a dispute hears in which stage, beside its own.
struct at_work {
    std::string_view stage;
    std::string_view lifecycle;
    bool (*is_there)(policy const&) = [](policy const&) { return true; };
};
constexpr at_work all_at_work[] = {
    {"negotiating",       "negotiation"},
    {"negotiating",       "offer"},
    {"in_mediation",      "mediation"},
    {"in_mediation",      "offer", [](policy const& of) { return of.mediation.parties_may_settle || of.mediation.proposals > 0; }},
    {"decided",           "appeal"},
    {"under_appeal",      "appeal"},
    {"returning",         "return_request"},
    {"exchanging",        "replacement"},
    {"remedying",         "replacement"},
    {"settling",          "refund"},
    {"settlement_failed", "refund"},
};
// clang-format on

bool can_be(policy const& of, std::string_view name, std::string_view on) {
    return std::all_of(std::begin(conditions), std::end(conditions), [&](auto const& one) {
        return one.name != name || (!one.on.empty() && one.on != on) || one.can_be(of);
    });
}

std::string spaced(std::string_view name) {
    std::string words{name};
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

// "15 days (negotiation)", days being calendar days; nothing for a clock that the policy goes without.
std::optional<std::string> time_of(policy const& of, lifecycle::clock kind) {
    if (kind == lifecycle::clock::delivery_hold) return "the promised delivery";
    auto const* rule = clock_named(of, wire_name(kind));
    if (rule == nullptr) return std::nullopt;
    auto const& length = rule->rule.length;
    auto const unit = length.unit == period_unit::calendar_days ? std::string{"days"} : spaced(wire_name(length.unit));
    return fmt::format("{} {} ({})", length.length, unit, spaced(wire_name(kind)));
}

bool guards_can_hold(policy const& of, lifecycle::row_value const& row) {
    return std::all_of(row.guards.begin(), row.guards.end(),
                       [&](auto const& guard) { return guard.empty() || can_be(of, guard, row.event); });
}

struct drawing {
    policy const& of;
    policy_diagram made{};

    void add(std::string_view from, std::string_view to, bool by_time, std::string because) {
        // Nobody gets a word in between the opening and a mediation that begins at once.
        if (of.escalation.at_once && from == dispute::negotiating::name && because != not_negotiated) return;
        auto found = std::find_if(made.moves.begin(), made.moves.end(), [&](auto const& one) {
            return one.from == from && one.to == to && one.by_time == by_time;
        });
        if (found == made.moves.end()) found = made.moves.insert(found, {from, to, by_time, {}});
        auto& all = found->because;
        if (std::find(all.begin(), all.end(), because) == all.end()) all.push_back(std::move(because));
    }

    // The ways in which a lifecycle comes to record an event: in time, or because somebody acts.
    template <class L>
    void add_ways(std::string_view from, std::string_view to, std::string_view event, std::string_view said) {
        bool const is_own = std::is_same_v<L, dispute::lifecycle_type>;
        for (auto const& row : lifecycle::rows<L>) {
            if (row.event != event || !guards_can_hold(of, row)) continue;
            // Of its own events a dispute hears those with which it came to the stage.
            if (is_own && lifecycle::state_name<L>(row.to) != from) continue;
            if (row.command == lifecycle::deadline_passed::name) {
                auto const kind = lifecycle::clock_in<L>(row.from);
                // An exchange is goods; what else a seller performs has a stage of its own.
                if (from == dispute::exchanging::name && kind == lifecycle::clock::performance) continue;
                if (auto time = time_of(of, kind)) add(from, to, true, *std::move(time));
            } else {
                add(from, to, false, std::string{said});
            }
        }
    }

    // Those reactions that tell the dispute to do it, while it stands there.
    void add_told(std::string_view from, std::string_view to, std::string_view command) {
        lifecycle::for_each(lifecycle::reactions{}, [&]<class When>() {
            if constexpr (std::is_same_v<typename When::lifecycle, dispute::lifecycle_type>) {
                if (When::command::name != command) return;
                std::string said;
                for (auto const& one : When::conditions) {
                    if (!can_be(of, one, When::event::name)) return;
                    if (one != "final") said += fmt::format("{}{}", said.empty() ? "" : ", ", one);
                }
                lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
                    if constexpr (lifecycle::contains<lifecycle::events_of<L>, typename When::event>) {
                        constexpr bool is_own = std::is_same_v<L, dispute::lifecycle_type>;
                        auto const hears = [&](at_work const& one) {
                            return one.stage == from && one.lifecycle == L::name && one.is_there(of);
                        };
                        if (!is_own && std::none_of(std::begin(all_at_work), std::end(all_at_work), hears)) return;
                        auto const words = is_own && !said.empty() ? said : spaced(When::event::name);
                        add_ways<L>(from, to, When::event::name, words);
                    }
                });
            }
        });
    }

    void draw() {
        using table = dispute::lifecycle_type;
        for (auto const& row : lifecycle::rows<table>) {
            // Mergers need another dispute, and come from outside.
            if (row.from == row.to || row.command == dispute::merge_dispute::name || !guards_can_hold(of, row))
                continue;
            auto const from = lifecycle::state_name<table>(row.from);
            auto const to = lifecycle::state_name<table>(row.to);
            if (row.command == lifecycle::deadline_passed::name) {
                if (auto time = time_of(of, lifecycle::clock_in<table>(row.from)))
                    add(from, to, true, *std::move(time));
            } else if (row.internal) {
                add_told(from, to, row.command);
            } else {
                add(from, to, false, spaced(row.command));
            }
        }
        keep_reachable();
    }

    void keep_reachable() {
        using table = dispute::lifecycle_type;
        std::vector<std::string_view> reached{table::initial::name};
        for (std::size_t at = 0; at < reached.size(); ++at) {
            for (auto const& one : made.moves) {
                if (one.from == reached[at] && std::find(reached.begin(), reached.end(), one.to) == reached.end())
                    reached.push_back(one.to);
            }
        }
        auto const is_reached = [&](std::string_view name) {
            return std::find(reached.begin(), reached.end(), name) != reached.end();
        };
        std::erase_if(made.moves, [&](auto const& one) { return !is_reached(one.from); });
        for (auto const& one : lifecycle::states<table>) {
            if (is_reached(one.name)) made.stages.push_back(one.name);
        }
    }
};

bool ends(std::string_view stage) { return stage == dispute::closed::name; }

}  // namespace

policy_diagram diagram_of(policy const& of) {
    drawing one{of};
    one.draw();
    return std::move(one.made);
}

std::string to_mermaid(policy_diagram const& drawn) {
    auto text = fmt::format("stateDiagram-v2\n    [*] --> {}\n", drawn.stages.front());
    for (auto const& one : drawn.moves)
        text += fmt::format("    {} --> {}: {}{}\n", one.from, one.to, one.by_time ? "after " : "",
                            fmt::join(one.because, one.by_time ? " or " : ", "));
    for (auto const& stage : drawn.stages) {
        if (ends(stage)) text += fmt::format("    {} --> [*]\n", stage);
    }
    return text;
}

std::string to_dot(policy_diagram const& drawn) {
    std::string text =
        "digraph policy {\n"
        "    graph [bgcolor=\"transparent\", nodesep=0.2, ranksep=0.45, fontname=\"sans-serif\"];\n"
        "    node [shape=box, style=\"rounded\", fontname=\"sans-serif\", fontsize=15, margin=\"0.16,0.08\"];\n"
        "    edge [fontname=\"sans-serif\", fontsize=13, arrowsize=0.8];\n";
    for (auto const& stage : drawn.stages) {
        if (!ends(stage)) text += fmt::format("    {} [label=\"{}\"];\n", stage, spaced(stage));
    }
    // Nearly every stage can end, so each has an end of its own: one for all would be a knot of lines.
    auto const node_of = [](diagram_move const& one) {
        return ends(one.to) ? fmt::format("{}_{}", one.to, one.from) : std::string{one.to};
    };
    std::vector<std::string> drawn_ends;
    for (auto const& one : drawn.moves) {
        auto const node = node_of(one);
        if (ends(one.to) && std::find(drawn_ends.begin(), drawn_ends.end(), node) == drawn_ends.end()) {
            text += fmt::format("    {} [label=\"{}\", fontsize=13];\n", node, spaced(one.to));
            drawn_ends.push_back(node);
        }
        std::string label;
        for (auto const& because : one.because) {
            // A line for how long, one for what it is the end of.
            auto const name = one.by_time ? because.find(" (") : std::string::npos;
            label += fmt::format("{}{}", one.by_time ? label.empty() ? " after " : " or after " : " ",
                                 because.substr(0, name));
            if (name != std::string::npos) label += fmt::format("\\l {}", because.substr(name + 1));
            label += "\\l";
        }
        text += fmt::format("    {} -> {} [label=\"{}\"{}];\n", one.from, node, label,
                            one.by_time ? ", style=dashed, class=\"time\"" : "");
    }
    return text + "}\n";
}

std::vector<std::string_view> conditions_asked() {
    std::vector<std::string_view> names;
    for (auto const& one : conditions) names.push_back(one.name);
    return names;
}

}  // namespace recourse
