// Double-entry postings: checked terms, then one sum a purse.
#include "recourse/engine/postings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace recourse {
namespace {

constexpr std::size_t purse_count = wire_names<purse>.size();
constexpr std::size_t at(purse one) noexcept { return static_cast<std::size_t>(one); }

std::string funders_problem(award_terms const& terms) {
    auto const& unit = terms.award.currency;
    std::int64_t named = 0;
    bool names_the_seller = false;
    auto const& bearers = terms.burden.bearers;
    for (auto one = bearers.begin(); one != bearers.end(); ++one) {
        if (one->purse == purse::held || one->purse == purse::buyer)
            return fmt::format("An award is funded by seller, platform, carrier or penalty, not by {}.",
                               wire_name(one->purse));
        if (std::any_of(bearers.begin(), one, [&](auto const& other) { return other.purse == one->purse; }))
            return fmt::format("The funder {} is named twice.", wire_name(one->purse));
        if (one->minor <= 0)
            return fmt::format("The funder {} is named with {}; expected an amount above zero.", wire_name(one->purse),
                               to_text({one->minor, unit}));
        auto const sum = add_minor(named, one->minor);
        if (!sum) return "The funders are named with more than can be counted.";
        named = *sum;
        names_the_seller = names_the_seller || one->purse == purse::seller;
        if (one->purse != purse::platform || !terms.coverage_cap) continue;
        if (terms.coverage_cap->currency != unit)
            return fmt::format("What the platform covers is limited in {}, the award is in {}.",
                               terms.coverage_cap->currency.code(), unit.code());
        if (one->minor > terms.coverage_cap->minor)
            return fmt::format("The platform would fund {}; it covers at most {}.", to_text({one->minor, unit}),
                               to_text(*terms.coverage_cap));
    }
    if (named > terms.award.minor || (names_the_seller && named != terms.award.minor))
        return fmt::format("The funders bear {} together, the award is {}.", to_text({named, unit}),
                           to_text(terms.award));
    return {};
}

std::string charge_problem(charge const& one, currency const& unit) {
    if (one.minor <= 0)
        return fmt::format("The cost {} is {}; expected an amount above zero.", wire_name(one.kind),
                           to_text({one.minor, unit}));
    if (one.payer == one.payee)
        return fmt::format("The cost {} is paid by {} to itself.", wire_name(one.kind), wire_name(one.payer));
    if (one.payer == purse::held || one.payee == purse::held)
        return fmt::format("The cost {} is not paid out of what is held: that is for the award.", wire_name(one.kind));
    return {};
}

}  // namespace

result<std::vector<posting>, std::string> postings_of(award_terms const& terms) {
    auto const& unit = terms.award.currency;
    if (unit == currency{} || terms.refundable.currency != unit)
        return failed{std::string{"The award and what is refundable are not in one currency."}};
    if (terms.award.minor < 0 || terms.award.minor > terms.refundable.minor)
        return failed{
            fmt::format("The award is {}; expected 0 to {}.", to_text(terms.award), to_text(terms.refundable))};
    if (auto problem = funders_problem(terms); !problem.empty()) return failed{std::move(problem)};

    std::array<std::int64_t, purse_count> sums{};
    sums[at(purse::held)] = -terms.refundable.minor;
    sums[at(purse::buyer)] = terms.award.minor;
    auto seller = terms.refundable.minor - terms.award.minor;
    for (auto const& one : terms.burden.bearers) {
        if (one.purse == purse::seller) continue;
        sums[at(one.purse)] -= one.minor;
        seller += one.minor;  // at most the award: the funders are part of it
    }
    sums[at(purse::seller)] = seller;
    for (auto const& one : terms.burden.charges) {
        if (auto problem = charge_problem(one, unit); !problem.empty()) return failed{std::move(problem)};
        auto const given = add_minor(sums[at(one.payer)], -one.minor);
        auto const got = add_minor(sums[at(one.payee)], one.minor);
        if (!given || !got) return failed{std::string{"The costs add up to more than can be counted."}};
        sums[at(one.payer)] = *given;
        sums[at(one.payee)] = *got;
    }
    std::vector<posting> postings;
    for (std::size_t which = 0; which < sums.size(); ++which) {
        if (sums[which] != 0) postings.push_back({static_cast<purse>(which), sums[which]});
    }
    return postings;
}

std::string imbalance(std::vector<posting> const& postings, currency const& unit) {
    std::int64_t total = 0;
    for (auto const& one : postings) {
        auto const sum = add_minor(total, one.minor);
        if (!sum) return "The postings add up to more than can be counted.";
        total = *sum;
    }
    if (total == 0) return {};
    return fmt::format("The postings add up to {}, not to {}.", to_text({total, unit}), to_text({0, unit}));
}

std::optional<money> coverage_cap(policy const& rules, date paid_on) {
    if (rules.coverage.empty()) return std::nullopt;
    money cap{0, rules.coverage.front().cap.currency};
    for (auto const& row : rules.coverage) {
        if (row.from <= paid_on) cap = row.cap;  // rows are in the order of their days
    }
    return cap;
}

std::optional<money> coverage_cap(policy const& rules, instant paid_at, time_zone const& zone) {
    return coverage_cap(rules, zone.local_date(paid_at));
}

}  // namespace recourse
