// Guards on a remedy and its amount, for whoever names one: the buyer's claim, an offer, a decision. They read
// `facts.refundable` (what can still be refunded for the claimed units), `facts.offered` (the policy's remedies for the
// reason), `facts.alternatives` (likewise), `facts.return_was_contested`, `facts.partial` (the amounts that the policy
// offers as partial refunds), and `command.award`.
#pragma once

#include <algorithm>

#include "recourse/vocabulary/partial.hpp"
#include "recourse/vocabulary/refusal.hpp"
#include "recourse/vocabulary/remedy.hpp"

namespace recourse::lifecycle {

struct remedy_is_offered {
    static constexpr std::string_view name = "remedy_is_offered";
    static constexpr auto otherwise = refusal::remedy_not_offered;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return facts.offered.contains(command.award.remedy);
    }
    static void particulars(auto const&, auto const& command, refused& no) {
        no.subject = wire_name(command.award.remedy);
    }
};

struct alternative_is_offered {
    static constexpr std::string_view name = "alternative_is_offered";
    static constexpr auto otherwise = refusal::alternative_not_offered;
    static bool holds(auto const& facts, auto const& command) noexcept {
        auto const& named = command.award.alternative;
        if (command.award.remedy != remedy::alternative) return named.empty();
        return std::find(facts.alternatives.begin(), facts.alternatives.end(), named) != facts.alternatives.end();
    }
    static void particulars(auto const& facts, auto const& command, refused& no) {
        no.subject = command.award.alternative.text();
        if (command.award.remedy != remedy::alternative || command.award.alternative.empty())
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
        return !facts.return_was_contested || !goods_go_back(command.award.remedy);
    }
};

struct amount_in_the_currency {
    static constexpr std::string_view name = "amount_in_the_currency";
    static constexpr auto otherwise = refusal::amount_in_another_currency;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return command.award.amount.currency == facts.refundable.currency;
    }
    static void particulars(auto const& facts, auto const& command, refused& no) {
        no.subject = command.award.amount.currency.code();
        no.limit = facts.refundable;
    }
};

struct amount_is_positive {
    static constexpr std::string_view name = "amount_is_positive";
    static constexpr auto otherwise = refusal::amount_not_positive;
    static constexpr bool holds(auto const&, auto const& command) noexcept { return command.award.amount.minor > 0; }
};

struct amount_is_refundable {
    static constexpr std::string_view name = "amount_is_refundable";
    static constexpr auto otherwise = refusal::amount_exceeds_refundable;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return command.award.amount.minor <= facts.refundable.minor;
    }
    static void particulars(auto const& facts, auto const&, refused& no) { no.limit = facts.refundable; }
};

struct full_means_all {
    static constexpr std::string_view name = "full_means_all";
    static constexpr auto otherwise = refusal::full_refund_is_another_amount;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return command.award.remedy != remedy::full_refund || command.award.amount.minor == facts.refundable.minor;
    }
    static void particulars(auto const& facts, auto const&, refused& no) { no.limit = facts.refundable; }
};

struct partial_means_less {
    static constexpr std::string_view name = "partial_means_less";
    static constexpr auto otherwise = refusal::partial_refund_is_the_full_amount;
    static constexpr bool holds(auto const& facts, auto const& command) noexcept {
        return command.award.remedy != remedy::partial_refund || command.award.amount.minor != facts.refundable.minor;
    }
    static void particulars(auto const& facts, auto const&, refused& no) { no.limit = facts.refundable; }
};

// What is above what is refundable, or all of it, has a refusal of its own.
struct amount_is_on_offer {
    static constexpr std::string_view name = "amount_is_on_offer";
    static constexpr auto otherwise = refusal::partial_amount_not_offered;
    static bool holds(auto const& facts, auto const& command) noexcept {
        auto const minor = command.award.amount.minor;
        return command.award.remedy != remedy::partial_refund || minor < 1 || minor >= facts.refundable.minor ||
               facts.partial.contains(minor);
    }
    static void particulars(auto const& facts, auto const&, refused& no) {
        no.because = "Offered: " + facts.partial.in_words() + ".";
    }
};

}  // namespace recourse::lifecycle
