// Partial refunds: percents to amounts.
#include "recourse/vocabulary/partial.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace recourse {

std::int64_t percent_of(std::int64_t minor, std::uint32_t percent, rounding by) noexcept {
    __extension__ using wide = __int128;
    auto const hundredths = static_cast<wide>(minor) * percent;
    auto const whole = static_cast<std::int64_t>(hundredths / 100);
    auto const part = static_cast<int>(hundredths % 100);
    switch (by) {
        case rounding::half_up: return whole + (part >= 50 ? 1 : 0);
        case rounding::half_even: return whole + (part > 50 || (part == 50 && whole % 2 == 1) ? 1 : 0);
        case rounding::up: return whole + (part > 0 ? 1 : 0);
        case rounding::down: break;
    }
    return whole;
}

bool partial_amounts::contains(std::int64_t minor) const noexcept {
    switch (form) {
        case partial_form::free: return true;
        case partial_form::range: return !minors.empty() && minor >= minors.front() && minor <= minors.back();
        case partial_form::grid: break;
    }
    return std::binary_search(minors.begin(), minors.end(), minor);
}

std::string partial_amounts::in_words() const {
    if (form == partial_form::free) return "any";
    if (minors.empty()) return "none";
    auto const spelled = [&](std::int64_t minor) {
        auto const text = to_text(money{minor, currency});
        return text.substr(0, text.find(' '));
    };
    if (form == partial_form::range && minors.size() > 1)
        return fmt::format("{} to {}", spelled(minors.front()), to_text(money{minors.back(), currency}));
    std::string words;
    for (auto const minor : minors) {
        bool const last = minor == minors.back();
        if (!words.empty()) words += last ? " or " : ", ";
        words += last ? to_text(money{minor, currency}) : spelled(minor);
    }
    return words;
}

partial_amounts amounts_under(partial_rule const& rule, money const& refundable, rounding by) {
    partial_amounts made{rule.form, refundable.currency, {}};
    auto const most = refundable.minor - 1;
    for (auto const percent : rule.percents) {
        auto const minor = percent_of(refundable.minor, percent, by);
        // The ends of a range are moved to what is a partial refund; a step that is none is left out.
        auto const end = std::clamp<std::int64_t>(minor, 1, std::max<std::int64_t>(most, 1));
        auto const taken = rule.form == partial_form::range ? end : minor;
        bool const is_new = made.minors.empty() || made.minors.back() < taken;
        if (taken >= 1 && taken <= most && is_new) made.minors.push_back(taken);
    }
    return made;
}

}  // namespace recourse
