// Money: an integer number of minor units and a currency; never a floating-point number.
//
//     money{1990, *currency::find("EUR")}            // 19.90 EUR
//     add(money{1, eur}, money{1, jpy})              // nullopt: two currencies are never added
//     allocate(100, {1, 1, 1})                       // {34, 33, 33}: the last cent is never lost
//     allocate_growing(10, {6, 3, 1})                // {6, 3, 1}: and no share shrinks when the total grows
//     to_text(money{5, *currency::find("JPY")})      // "5 JPY": the yen has no minor unit
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace recourse {

class currency {
  public:
    constexpr currency() = default;  // "no currency"; never equal to a real one

    // The active currencies of ISO 4217; nullopt for any other text.
    static std::optional<currency> find(std::string_view code);

    [[nodiscard]] constexpr std::string_view code() const noexcept {
        return {code_.data(), code_[0] == '\0' ? 0U : 3U};
    }
    [[nodiscard]] constexpr int exponent() const noexcept { return exponent_; }  // digits after the point: 0, 2, 3, 4
    constexpr auto operator<=>(currency const&) const = default;

  private:
    constexpr currency(std::string_view code, signed char exponent)
        : code_{code[0], code[1], code[2]}, exponent_{exponent} {}
    std::array<char, 3> code_{};
    signed char exponent_ = 0;
};

struct money {
    std::int64_t minor = 0;  // 1990 for 19.90 EUR, 1990 for 1990 JPY
    recourse::currency currency;
    constexpr bool operator==(money const&) const = default;
};

// nullopt: the sum leaves the range of 64 bits.
constexpr std::optional<std::int64_t> add_minor(std::int64_t left, std::int64_t right) noexcept {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(left, right, &sum)) return std::nullopt;
    return sum;
}

// nullopt: the currencies differ, or the result leaves the range.
std::optional<money> add(money const& left, money const& right) noexcept;
std::optional<money> subtract(money const& left, money const& right) noexcept;

// Divides `total_minor` in proportion to the weights by the largest-remainder method: the shares add up to the total
// exactly, none differs from its exact share by a whole unit, ties go to the earlier weight. Needs total >= 0, weights
// >= 0 and a weight above 0 unless the total is 0; throws failure{out_of_range} otherwise.
std::vector<std::int64_t> allocate(std::int64_t total_minor, std::span<std::int64_t const> weights);

// The same for a total that grows in steps: no share is ever smaller for a larger total, so that the difference between
// two totals has no negative part (largest remainders do not promise that: the Alabama paradox). The shares are those of
// Webster's divisors: they add up to the total exactly, equal the weights when the total is their sum, and ties go to
// the earlier weight. Same preconditions.
std::vector<std::int64_t> allocate_growing(std::int64_t total_minor, std::span<std::int64_t const> weights);

// "19.90 EUR", "1990 JPY", "-0.05 EUR"
std::string to_text(money const&);

}  // namespace recourse
