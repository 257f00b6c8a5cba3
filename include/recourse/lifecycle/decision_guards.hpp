// Guards on a decision, for whoever decides: a mediator, or the reviewer of an appeal. They read `command.award`,
// `command.funded_by`, `command.penalty`, `command.shipping` and `command.rules`, and of the facts `facts.rules` (the
// marketplace's), `facts.must_cite`, `facts.refundable`, `facts.coverage_cap` (what the platform bears at most) and
// `facts.penalty_cap`.
#pragma once

#include <algorithm>

#include "recourse/vocabulary/money.hpp"
#include "recourse/vocabulary/outcome.hpp"
#include "recourse/vocabulary/refusal.hpp"

namespace recourse::lifecycle {

struct funding_adds_up {
    static constexpr std::string_view name = "funding_adds_up";
    static constexpr auto otherwise = refusal::funding_differs_from_award;
    static bool holds(auto const&, auto const& command) noexcept {
        if (command.funded_by.empty()) return true;
        std::int64_t left = command.award.amount.minor;
        for (auto const& part : command.funded_by) {
            if (part.minor <= 0 || part.minor > left) return false;
            left -= part.minor;
        }
        return left == 0;
    }
    static void particulars(auto const&, auto const& command, refused& no) { no.limit = command.award.amount; }
};

struct platform_covers_it {
    static constexpr std::string_view name = "platform_covers_it";
    static constexpr auto otherwise = refusal::platform_share_exceeds_coverage;
    static std::int64_t share_of_platform(auto const& command) noexcept {
        std::int64_t total = 0;
        for (auto const& part : command.funded_by) {
            // What adds up to more than the award has a refusal of its own.
            if (part.by == funder::platform && part.minor > 0 && part.minor <= command.award.amount.minor)
                total = std::min(total + part.minor, command.award.amount.minor);
        }
        return total;
    }
    static bool holds(auto const& facts, auto const& command) noexcept {
        auto const& cap = facts.coverage_cap;
        auto const share = share_of_platform(command);
        return !cap || share == 0 || (cap->currency == command.award.amount.currency && share <= cap->minor);
    }
    static void particulars(auto const& facts, auto const&, refused& no) { no.limit = facts.coverage_cap; }
};

// A penalty above its cap has a refusal of its own. Without a cap of the policy it is at most what the dispute is about.
struct costs_are_payable {
    static constexpr std::string_view name = "costs_are_payable";
    static constexpr auto otherwise = refusal::cost_not_payable;
    // A carrier is paid for parcels and fined by nobody.
    static bool is_payable(side_cost const& one) noexcept {
        bool const of_carrier = one.from == cost_party::carrier || one.to == cost_party::carrier;
        return one.minor > 0 && one.from != one.to && !(one.kind == side_cost_kind::penalty && of_carrier);
    }
    static bool are_payable(std::vector<side_cost> const& costs) noexcept {
        std::int64_t total = 0;
        for (auto const& one : costs) {
            auto const sum = add_minor(total, one.minor);
            if (!is_payable(one) || !sum) return false;
            total = *sum;
        }
        return true;
    }
    static money cap(auto const& facts) noexcept { return facts.penalty_cap.value_or(facts.refundable); }
    static bool is_within_cap(auto const& facts, auto const& command) noexcept {
        auto const most = cap(facts);
        return !command.penalty ||
               (most.currency == command.award.amount.currency && command.penalty->minor <= most.minor);
    }
    static bool holds(auto const& facts, auto const& command) {
        return are_payable(side_costs(command.penalty, command.shipping)) && is_within_cap(facts, command);
    }
    static void particulars(auto const& facts, auto const& command, refused& no) {
        auto const costs = side_costs(command.penalty, command.shipping);
        for (auto const& one : costs) {
            if (no.subject.empty() && !is_payable(one)) no.subject = wire_name(one.kind);
        }
        if (!are_payable(costs)) return;
        no.code = refusal::penalty_exceeds_cap;
        no.limit = cap(facts);
    }
};

struct rules_are_cited {
    static constexpr std::string_view name = "rules_are_cited";
    static constexpr auto otherwise = refusal::rule_unknown;
    static bool holds(auto const& facts, auto const& command) noexcept {
        if (facts.must_cite && command.rules.empty()) return false;
        return std::all_of(command.rules.begin(), command.rules.end(), [&](auto const& one) {
            return std::find(facts.rules.begin(), facts.rules.end(), one) != facts.rules.end();
        });
    }
    static void particulars(auto const& facts, auto const& command, refused& no) {
        for (auto const& one : command.rules) {
            if (no.subject.empty() && std::find(facts.rules.begin(), facts.rules.end(), one) == facts.rules.end())
                no.subject = one.text();
        }
        for (auto const& one : facts.rules)
            no.because.append(no.because.empty() ? "There are: " : ", ").append(one.text());
        if (!no.because.empty()) no.because += ".";
    }
};

}  // namespace recourse::lifecycle
