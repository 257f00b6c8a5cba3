// Guards on a decision, for whoever decides: a mediator, or the reviewer of an appeal. They read `command.award`,
// `command.funded_by` and `command.rules`, and of the facts `facts.rules` (the marketplace's), `facts.must_cite` and
// `facts.coverage_cap` (what the platform bears at most).
#pragma once

#include <algorithm>

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
