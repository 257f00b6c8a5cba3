// What is known of each line of an order, and what cannot be.
#include "policy/protection_facts.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

using sentence = std::string;

constexpr std::int64_t units_max = 1'000'000;  // of one line, as in an order

bool is_listed(std::vector<std::string> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool tells_itself(std::string_view name) {
    return std::find(protection_fact_names.begin(), protection_fact_names.end(), name) != protection_fact_names.end();
}

std::vector<std::string> names_of(protection_terms const& terms) {
    std::vector<std::string> names{protection_fact_names.begin(), protection_fact_names.end()};
    names.insert(names.end(), terms.other_facts.begin(), terms.other_facts.end());
    return names;
}

protected_line const* line_of(protection_facts const& facts, line_id const& line) {
    auto const found =
        std::find_if(facts.lines.begin(), facts.lines.end(), [&](auto const& one) { return one.line == line; });
    return found == facts.lines.end() ? nullptr : &*found;
}

std::int64_t units_in(parcel_facts const& parcel, line_id const& line) {
    for (auto const& one : parcel.lines) {
        if (one.line == line) return one.units;
    }
    return 0;
}

sentence lines_problem(protection_facts const& facts) {
    if (facts.lines.empty()) return "The order has no lines";
    for (auto one = facts.lines.begin(); one != facts.lines.end(); ++one) {
        if (one->line.empty()) return "A line has no identifier";
        if (one->units < 1 || one->units > units_max) {
            return fmt::format("Line {} has {} units; expected 1 to {}", one->line.text(), one->units, units_max);
        }
        if (line_of(facts, one->line) != &*one) return fmt::format("Line {} is listed twice", one->line.text());
    }
    return {};
}

sentence parcel_problem(parcel_facts const& parcel, protection_facts const& facts, time_zone const& zone) {
    auto const what = fmt::format("Parcel {}", quoted(parcel.parcel));
    for (auto one = parcel.lines.begin(); one != parcel.lines.end(); ++one) {
        auto const* line = line_of(facts, one->line);
        if (line == nullptr) return fmt::format("{} has line {}, which the order has not", what, one->line.text());
        bool const again =
            std::any_of(parcel.lines.begin(), one, [&](auto const& other) { return other.line == one->line; });
        if (again) return fmt::format("{} lists line {} twice", what, one->line.text());
        if (one->units < 1 || one->units > line->units) {
            return fmt::format("{} has {} units of line {}; expected 1 to {}", what, one->units, one->line.text(),
                               line->units);
        }
    }
    if (parcel.shipped && parcel.delivered && *parcel.delivered < *parcel.shipped) {
        return fmt::format("{} was delivered on {}, before it was shipped on {}", what,
                           in_words(*parcel.delivered, zone), in_words(*parcel.shipped, zone));
    }
    return {};
}

sentence extensions_problem(protection_facts const& facts) {
    std::optional<instant> before;
    for (std::size_t at = 0; at < facts.extensions.size(); ++at) {
        auto const& one = facts.extensions[at];
        auto const what = fmt::format("Extension {}", at + 1);
        if (one.days < 1 || one.days > period_length_max) {
            return fmt::format("{} adds {} days; expected 1 to {}", what, one.days, period_length_max);
        }
        if (one.at && before && *one.at < *before) {
            return fmt::format("{} came at {}, before the one that is listed before it, {}", what, to_text(*one.at),
                               to_text(*before));
        }
        if (one.at) before = one.at;
        for (auto const& line : one.lines) {
            if (line_of(facts, line) == nullptr) {
                return fmt::format("{} is for line {}, which the order has not", what, line.text());
            }
        }
    }
    return {};
}

// The one instant of several parcels; nothing as long as one that is needed is not known.
template <class When>
std::optional<When> of_parcels(std::vector<std::optional<When>> const& told, bool all_units, parcel_choice choice) {
    std::optional<When> chosen;
    for (auto const& one : told) {
        if (!one && choice == parcel_choice::last) return std::nullopt;
        if (!one) continue;
        if (!chosen || (choice == parcel_choice::last ? *one > *chosen : *one < *chosen)) chosen = one;
    }
    if (choice == parcel_choice::last && !all_units) return std::nullopt;
    return chosen;
}

}  // namespace

std::string facts_problem(protection_facts const& facts, protection_terms const& terms, time_zone const& zone) {
    if (auto problem = lines_problem(facts); !problem.empty()) return problem;
    for (auto const& parcel : facts.parcels) {
        if (auto problem = parcel_problem(parcel, facts, zone); !problem.empty()) return problem;
    }
    for (auto const& line : facts.lines) {
        std::int64_t units = 0;
        for (auto const& parcel : facts.parcels) units += units_in(parcel, line.line);
        if (units > line.units) {
            return fmt::format("The parcels have {} units of line {}, which has {}", units, line.line.text(),
                               line.units);
        }
    }
    if (auto problem = extensions_problem(facts); !problem.empty()) return problem;
    for (auto const& fact : facts.others) {
        if (tells_itself(fact.name)) {
            return fmt::format("The fact {} is one of the order and cannot be told beside it", quoted(fact.name));
        }
        if (!is_listed(terms.other_facts, fact.name)) {
            return fmt::format("The terms do not know the fact {}; they know {}", quoted(fact.name),
                               fmt::join(names_of(terms), ", "));
        }
    }
    return {};
}

known_facts facts_of_line(protection_facts const& facts, protected_line const& line, protection_terms const& terms) {
    std::vector<std::optional<instant>> shipped;
    std::vector<std::optional<moment>> estimated;
    std::vector<std::optional<instant>> delivered;
    std::int64_t units = 0;
    for (auto const& parcel : facts.parcels) {
        auto const here = units_in(parcel, line.line);
        if (here == 0) continue;
        units += here;
        shipped.push_back(parcel.shipped);
        estimated.push_back(parcel.estimated_delivery);
        delivered.push_back(parcel.delivered);
    }
    bool const all_units = units == line.units;
    known_facts known = facts.others;
    auto const tell = [&](std::string_view name, std::optional<instant> at) {
        if (at) known.push_back({std::string{name}, {*at}});
    };
    tell("paid", facts.paid);
    tell("shipped", of_parcels(shipped, all_units, terms.parcels));
    if (auto const when = of_parcels(estimated, all_units, terms.parcels)) {
        known.push_back({"estimated_delivery", *when});
    }
    tell("delivered", of_parcels(delivered, all_units, terms.parcels));
    tell("confirmed", line.confirmed ? line.confirmed : facts.confirmed);
    return known;
}

protection_facts protection_facts_of(order_facts const& order) {
    protection_facts facts;
    for (auto const& line : order.lines) facts.lines.push_back({line.line, line.units});
    for (auto const& one : order.parcels)
        facts.parcels.push_back({std::string{one.parcel.text()}, one.lines, one.shipped_at, {}, one.delivered_at});
    if (order.parcels.empty()) {
        parcel_facts all{.parcel = std::string{order.order.text()}, .lines = {}};
        for (auto const& line : order.lines) all.lines.push_back({line.line, line.units});
        all.shipped = order.shipped_at;
        all.delivered = order.delivered_at;
        facts.parcels.push_back(std::move(all));
    }
    facts.paid = order.paid_at;
    if (order.protection_extended_days != 0) facts.extensions.push_back({{}, order.protection_extended_days, {}});
    return facts;
}

input_problems protection_problems(protection_terms const& terms) {
    input_problems found;
    auto const names = names_of(terms);
    auto const check = [&](std::string pointer, anchor_rule const& rule) {
        if (auto const anchor = checked(rule); !anchor) {
            found.push_back({std::move(pointer), anchor.error()});
        } else if (auto problem = unknown_fact(rule, names); !problem.empty()) {
            found.push_back({std::move(pointer), std::move(problem)});
        }
    };
    for (std::size_t at = 0; at < terms.other_facts.size(); ++at) {
        auto const& name = terms.other_facts[at];
        auto const pointer = fmt::format("/other_facts/{}", at);
        auto const before = terms.other_facts.begin() + static_cast<std::ptrdiff_t>(at);
        if (auto const fact = checked(anchor_rule{.fact = name}); !fact) {
            found.push_back({pointer, fact.error()});
        } else if (tells_itself(name) || std::find(terms.other_facts.begin(), before, name) != before) {
            found.push_back({pointer, fmt::format("names {} a second time", quoted(name))});
        }
    }
    check("/starts", terms.starts);
    check("/ends", terms.ends);
    for (std::size_t at = 0; at < terms.reasons.size(); ++at) {
        auto const& rule = terms.reasons[at];
        auto const pointer = fmt::format("/reasons/{}", at);
        if (rule.reason.empty()) found.push_back({pointer + "/reason", "names no reason"});
        for (std::size_t before = 0; before < at; ++before) {
            if (terms.reasons[before].reason == rule.reason) {
                found.push_back({pointer + "/reason", fmt::format("repeats /reasons/{}", before)});
            }
        }
        if (rule.not_before) check(pointer + "/not_before", *rule.not_before);
        if (rule.not_after) check(pointer + "/not_after", *rule.not_after);
        if (rule.outlives_protection && !rule.not_after) {
            found.push_back({pointer + "/outlives_protection", "is true, but no not_after says until when"});
        }
    }
    auto const& limits = terms.extensions;
    for (auto const& [name, number] : {std::pair{"count", limits.count}, std::pair{"days_each", limits.days_each},
                                       std::pair{"days_in_all", limits.days_in_all}}) {
        if (number < 0 || number > period_length_max) {
            found.push_back({fmt::format("/extensions/{}", name),
                             fmt::format("expected 0 to {}; found {}", period_length_max, number)});
        }
    }
    if (limits.not_after) check("/extensions/not_after", *limits.not_after);
    if (terms.cut_off && (*terms.cut_off < 0 || *terms.cut_off > seconds_per_day)) {
        found.push_back({"/cut_off", fmt::format("expected 0 to {} seconds of the day; found {}", seconds_per_day,
                                                 *terms.cut_off)});
    }
    return found;
}

}  // namespace recourse
