// Partial refunds: percents become amounts, and what is on offer is said in words.
#include "recourse/vocabulary/partial.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace recourse;
using minors = std::vector<std::int64_t>;

namespace {

money of(std::int64_t minor, std::string_view code) { return {minor, *currency::find(code)}; }
partial_amounts grid(std::vector<std::uint32_t> percents, money const& refundable) {
    return amounts_under({partial_form::grid, std::move(percents)}, refundable);
}
partial_amounts range(std::uint32_t least, std::uint32_t most, money const& refundable) {
    return amounts_under({partial_form::range, {least, most}}, refundable);
}

}  // namespace

TEST_CASE("a percentage is rounded to the nearest minor unit, halves up") {
    CHECK(percent_of(2999, 10) == 300);
    CHECK(percent_of(2999, 25) == 750);  // 749.75
    CHECK(percent_of(2, 25) == 1);       // 0.5
    CHECK(percent_of(1, 49) == 0);
    CHECK(percent_of(9899, 33) == 3267);  // 3266.67 yen
    CHECK(percent_of(1005, 50) == 503);   // 0.5025 dinars
    CHECK(percent_of(0, 99) == 0);
    CHECK(percent_of(std::numeric_limits<std::int64_t>::max(), 99) == 9131138316486228049);
}

// Scenario 23: 35 % is not on the grid.
TEST_CASE("a grid offers its steps and nothing between them") {
    auto const steps = grid({10, 25, 50}, of(2999, "EUR"));
    CHECK(steps.minors == minors{300, 750, 1500});
    CHECK(steps.contains(750));
    CHECK_FALSE(steps.contains(1050));
    CHECK_FALSE(steps.contains(749));
    CHECK_FALSE(steps.contains(0));
    CHECK(steps.in_words() == "3.00, 7.50 or 15.00 EUR");
    CHECK(grid({50}, of(9899, "JPY")).in_words() == "4950 JPY");
    CHECK(grid({10, 50}, of(1005, "KWD")).in_words() == "0.101 or 0.503 KWD");
}

TEST_CASE("a range offers everything between its ends") {
    auto const between = range(10, 80, of(2999, "EUR"));
    CHECK(between.minors == minors{300, 2399});
    CHECK(between.contains(300));
    CHECK(between.contains(1234));
    CHECK(between.contains(2399));
    CHECK_FALSE(between.contains(299));
    CHECK_FALSE(between.contains(2400));
    CHECK(between.in_words() == "3.00 to 23.99 EUR");
}

TEST_CASE("where no rule stands every amount is on offer") {
    auto const any = amounts_under({}, of(2999, "EUR"));
    CHECK(any.contains(1));
    CHECK(any.contains(2998));
    CHECK(any.in_words() == "any");
}

TEST_CASE("nothing and everything are no partial refunds, however small the amount") {
    CHECK(grid({1, 10, 20, 99}, of(3, "EUR")).minors == minors{1});  // 0.03, 0.3, 0.6 and 2.97 of 3
    CHECK(grid({10, 11, 12}, of(10, "EUR")).minors == minors{1});    // twice the same cent is one step
    CHECK(grid({10, 90}, of(1, "EUR")).in_words() == "none");
    CHECK_FALSE(grid({10, 90}, of(1, "EUR")).contains(1));
    CHECK(range(1, 99, of(3, "EUR")).minors == minors{1, 2});
    CHECK(range(1, 99, of(2, "EUR")).in_words() == "0.01 EUR");
    CHECK(range(1, 99, of(1, "EUR")).in_words() == "none");
    CHECK_FALSE(range(1, 99, of(1, "EUR")).contains(1));
    CHECK(range(1, 99, of(0, "EUR")).minors.empty());
}
