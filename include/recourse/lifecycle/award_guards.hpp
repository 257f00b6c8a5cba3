// Guards on a remedy and its amount, for whoever names one: the buyer's claim, an offer, a decision. They read
// `facts.refundable` (what can still be refunded for the claimed units), `facts.offered` (the policy's remedies for the
// reason), `facts.alternatives` (likewise), `facts.return_was_contested`, `facts.partial` (the amounts that the policy
// offers as partial refunds), and the award that the command names; where it names none, that of the machine it is told
// to.
#pragma once

#include <algorithm>

#include "recourse/vocabulary/partial.hpp"
#include "recourse/vocabulary/refusal.hpp"
#include "recourse/vocabulary/remedy.hpp"

namespace recourse::lifecycle {

// An offer is judged again when it is accepted: what could be offered may no longer be what can be granted.
template <class Facts, class Command>
constexpr award const& award_named(Facts const& facts, Command const& command) noexcept {
    if constexpr (requires { command.award; })
        return command.award;
    else
        return facts.award;
}
// Amounts in another currency are refused as such, and not compared.
template <class Facts, class Command>
constexpr bool can_be_compared(Facts const& facts, Command const& command) noexcept {
    return award_named(facts, command).amount.currency == facts.refundable.currency;
}

struct remedy_is_offered {
    static constexpr std::string_view name = "remedy_is_offered";
    static constexpr auto otherwise = refusal::remedy_not_offered;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return facts.offered.contains(award_named(facts, command).remedy);
    }
    static void particulars(auto const& facts, auto const& command, refused& no) {
        no.subject = wire_name(award_named(facts, command).remedy);
        if constexpr (requires { facts.claims_left; }) no.because = facts.claims_left;
    }
};

struct alternative_is_offered {
    static constexpr std::string_view name = "alternative_is_offered";
    static constexpr auto otherwise = refusal::alternative_not_offered;
    static bool holds(auto const& facts, auto const& command) noexcept {
        auto const& named = award_named(facts, command).alternative;
        if (award_named(facts, command).remedy != remedy::alternative) return named.empty();
        return std::find(facts.alternatives.begin(), facts.alternatives.end(), named) != facts.alternatives.end();
    }
    static void particulars(auto const& facts, auto const& command, refused& no) {
        no.subject = award_named(facts, command).alternative.text();
        if (award_named(facts, command).remedy != remedy::alternative ||
            award_named(facts, command).alternative.empty())
            no.code = refusal::alternative_misplaced;
        for (auto const& one : facts.alternatives)
            no.because.append(no.because.empty() ? "It knows: " : ", ").append(one.text());
        if (!no.because.empty()) no.because += ".";
    }
};

struct not_after_a_contested_return {
    static constexpr std::string_view name = "not_after_a_contested_return";
    static constexpr auto otherwise = refusal::return_was_contested_before;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return !facts.return_was_contested || !goods_go_back(award_named(facts, command).remedy);
    }
};

struct amount_in_the_currency {
    static constexpr std::string_view name = "amount_in_the_currency";
    static constexpr auto otherwise = refusal::amount_in_another_currency;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return can_be_compared(facts, command);
    }
    static void particulars(auto const& facts, auto const& command, refused& no) {
        no.subject = award_named(facts, command).amount.currency.code();
        no.limit = facts.refundable;
    }
};

struct amount_is_positive {
    static constexpr std::string_view name = "amount_is_positive";
    static constexpr auto otherwise = refusal::amount_not_positive;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return award_named(facts, command).amount.minor > 0;
    }
};

struct amount_is_refundable {
    static constexpr std::string_view name = "amount_is_refundable";
    static constexpr auto otherwise = refusal::amount_exceeds_refundable;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return !can_be_compared(facts, command) || award_named(facts, command).amount.minor <= facts.refundable.minor;
    }
    static void particulars(auto const& facts, auto const&, refused& no) { no.limit = facts.refundable; }
};

struct full_means_all {
    static constexpr std::string_view name = "full_means_all";
    static constexpr auto otherwise = refusal::full_refund_is_another_amount;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return !can_be_compared(facts, command) || award_named(facts, command).remedy != remedy::full_refund ||
               award_named(facts, command).amount.minor == facts.refundable.minor;
    }
    static void particulars(auto const& facts, auto const&, refused& no) { no.limit = facts.refundable; }
};

struct partial_means_less {
    static constexpr std::string_view name = "partial_means_less";
    static constexpr auto otherwise = refusal::partial_refund_is_the_full_amount;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return !can_be_compared(facts, command) || award_named(facts, command).remedy != remedy::partial_refund ||
               award_named(facts, command).amount.minor != facts.refundable.minor;
    }
    static void particulars(auto const& facts, auto const&, refused& no) { no.limit = facts.refundable; }
};

// What is above what is refundable, or all of it, has a refusal of its own.
struct amount_is_on_offer {
    static constexpr std::string_view name = "amount_is_on_offer";
    static constexpr auto otherwise = refusal::partial_amount_not_offered;
    static bool holds(auto const& facts, auto const& command) noexcept {
        auto const minor = award_named(facts, command).amount.minor;
        return !can_be_compared(facts, command) || award_named(facts, command).remedy != remedy::partial_refund ||
               minor < 1 || minor >= facts.refundable.minor || facts.partial.contains(minor);
    }
    static void particulars(auto const& facts, auto const&, refused& no) {
        no.because = "Offered: " + facts.partial.in_words() + ".";
    }
};

}  // namespace recourse::lifecycle
