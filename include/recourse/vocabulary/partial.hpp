// Which amounts a partial refund may have: any, a range, or the steps of a grid, in percent of what is refundable.
//
//     auto const offered = amounts_under({partial_form::grid, {10, 25, 50}}, euro(2999))   // 3.00, 7.50 and 15.00
//     offered.contains(1050)                                                               // false: 35 % is no step
//     offered.in_words()                                                                   // "3.00, 7.50 or 15.00 EUR"
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "recourse/vocabulary/money.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class partial_form : std::uint8_t { free, range, grid };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<partial_form>{"free", "range", "grid"};

// Whole percents, 1 to 99, ascending: of a range its two ends, of a grid its steps.
struct partial_rule {
    partial_form form = partial_form::free;
    std::vector<std::uint32_t> percents{};
    bool operator==(partial_rule const&) const = default;
};

// What becomes of a part of a minor unit.
enum class rounding : std::uint8_t { half_up, half_even, up, down };
template <>
inline constexpr std::array<std::string_view, 4> wire_names<rounding>{"half_up", "half_even", "up", "down"};

// Percent of an amount of zero or more: 25 % of 0.02 is 0.01, of 5 JPY 1 JPY.
std::int64_t percent_of(std::int64_t minor, std::uint32_t percent, rounding by = rounding::half_up) noexcept;

// The rule applied to what is refundable. Nothing and everything are no partial refunds, whatever the rule; of a small
// amount no step may be left.
struct partial_amounts {
    partial_form form = partial_form::free;
    recourse::currency currency;
    std::vector<std::int64_t> minors{};  // of a range its two ends, of a grid its steps; ascending, each once

    [[nodiscard]] bool contains(std::int64_t minor) const noexcept;
    [[nodiscard]] std::string in_words() const;  // "3.00, 7.50 or 15.00 EUR", "3.00 to 15.00 EUR", "any", "none"
    bool operator==(partial_amounts const&) const = default;
};
partial_amounts amounts_under(partial_rule const& rule, money const& refundable, rounding by = rounding::half_up);

}  // namespace recourse
