// From the rule of a policy to terms.
#include "recourse/policy/policy.hpp"
#include "recourse/policy/protection.hpp"

namespace recourse {

protection_terms protection_terms_of(policy const& of) {
    auto const& rule = of.protection.length;
    protection_terms terms;
    terms.starts = anchor_rule{.fact = std::string{wire_name(of.protection.from)}};
    if (auto const& starts = of.protection.starts) terms.starts = *starts;
    terms.ends = terms.starts;
    if (terms.ends.offset) terms.ends = anchor_rule{.kind = anchor_kind::first_of, .of = {terms.starts}};
    terms.parcels = of.protection.parcels;
    terms.ends.offset = anchor_offset{rule.rule.length};
    auto const choose = [](std::string const& name, auto buyer, auto seller, auto platform) {
        return name == "buyer" ? buyer : name == "seller" ? seller : platform;
    };
    terms.calendar = choose(rule.calendar, calendar_choice::buyer, calendar_choice::seller, calendar_choice::platform);
    terms.zone = choose(rule.zone, zone_choice::buyer, zone_choice::seller, zone_choice::platform);
    terms.start = rule.rule.start;
    terms.roll = rule.rule.roll;
    terms.cut_off = rule.rule.cut_off;
    for (auto const& one : of.reasons) {
        if (one.is_heading) continue;
        auto& window = terms.reasons.emplace_back();
        window.reason = one.reason;
        window.not_before = one.not_before;
        window.not_after = one.not_after;
    }
    return terms;
}

}  // namespace recourse
