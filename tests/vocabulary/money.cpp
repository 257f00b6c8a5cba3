// Money: currencies, checked sums, allocation to the last cent, and the text form.
#include "recourse/vocabulary/money.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <numeric>
#include <random>

#include "recourse/vocabulary/failure.hpp"

using namespace recourse;

namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

money of(std::int64_t minor, std::string_view code) { return {minor, currency::find(code).value()}; }

using shares = std::vector<std::int64_t>;
shares allocated(std::int64_t total, shares const& weights) { return allocate(total, weights); }

bool is_refused(std::int64_t total, shares const& weights) {
    try {
        (void)allocate(total, weights);
        return false;
    } catch (failure const& no) {
        return no.kind() == failure_kind::out_of_range;
    }
}

}  // namespace

TEST_CASE("a currency has the digits that ISO 4217 gives it") {
    struct row {
        std::string_view code;
        int exponent;
    };
    row const rows[] = {{"EUR", 2}, {"USD", 2}, {"CNY", 2}, {"ZMW", 2}, {"AED", 2}, {"JPY", 0}, {"BIF", 0},
                        {"XPF", 0}, {"KWD", 3}, {"BHD", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4}};
    for (auto const& [code, exponent] : rows) {
        CAPTURE(code);
        auto const found = currency::find(code);
        REQUIRE(found);
        CHECK(found->exponent() == exponent);
        CHECK(found->code() == code);
    }
}

TEST_CASE("a text that is no active currency code is no currency") {
    for (std::string_view const text :
         {"", "E", "EU", "eur", "EURO", "XXX", "DEM", "HRK", "R E", "D A", " EU", "12 "}) {
        CAPTURE(text);
        CHECK_FALSE(currency::find(text));
    }
    CHECK_FALSE(currency::find(std::string_view{"E\0R", 3}));
    CHECK(currency{}.code().empty());
    CHECK(currency{} != *currency::find("EUR"));
}

TEST_CASE("sums of one currency are exact") {
    CHECK(add(of(1990, "EUR"), of(10, "EUR")) == of(2000, "EUR"));
    CHECK(subtract(of(10, "EUR"), of(1990, "EUR")) == of(-1980, "EUR"));
    CHECK(add(of(most - 1, "EUR"), of(1, "EUR")) == of(most, "EUR"));
    CHECK(subtract(of(least + 1, "EUR"), of(1, "EUR")) == of(least, "EUR"));
    CHECK(add_minor(most, least) == -1);
}

TEST_CASE("a sum that leaves the range, or mixes currencies, is no sum") {
    CHECK_FALSE(add(of(most, "EUR"), of(1, "EUR")));
    CHECK_FALSE(add(of(least, "EUR"), of(-1, "EUR")));
    CHECK_FALSE(subtract(of(least, "EUR"), of(1, "EUR")));
    CHECK_FALSE(subtract(of(0, "EUR"), of(least, "EUR")));
    CHECK_FALSE(add(of(1, "EUR"), of(1, "JPY")));
    CHECK_FALSE(subtract(of(1, "EUR"), of(1, "USD")));
    CHECK_FALSE(add_minor(most, 1));
    CHECK_FALSE(add_minor(least, -1));
}

TEST_CASE("an allocation gives the odd cents to the largest remainders, ties to the earlier") {
    struct row {
        std::int64_t total;
        shares weights;
        shares expected;
    };
    row const rows[] = {
        {103, {100, 100}, {52, 51}},
        {100, {1, 1, 1}, {34, 33, 33}},
        {2999, {1, 1, 1}, {1000, 1000, 999}},
        {100, {2, 1}, {67, 33}},
        {1, {1, 2}, {0, 1}},
        {5, {0, 3, 0, 3}, {0, 3, 0, 2}},
        {7, {9}, {7}},
        {0, {4, 5}, {0, 0}},
        {0, {0, 0}, {0, 0}},
        {0, {}, {}},
        {1003, {10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, {101, 101, 101, 100, 100, 100, 100, 100, 100, 100}},
    };
    for (auto const& [total, weights, expected] : rows) {
        CAPTURE(total, weights);
        CHECK(allocated(total, weights) == expected);
    }
}

TEST_CASE("an allocation near the end of the range neither overflows nor loses a cent") {
    CHECK(allocated(most, {most}) == shares{most});
    CHECK(allocated(most, {most, most}) == shares{most / 2 + 1, most / 2});
    CHECK(allocated(most - 1, {most, 1}) == shares{most - 2, 1});
    CHECK(allocated(1, {most, most, most}) == shares{1, 0, 0});
    shares const many(1000, most);
    auto const parts = allocated(most, many);
    CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == most);
}

TEST_CASE("an allocation of a negative total, by negative weights, or by nothing at all is refused") {
    CHECK(is_refused(-1, {1, 1}));
    CHECK(is_refused(least, {1}));
    CHECK(is_refused(1, {1, -1}));
    CHECK(is_refused(0, {-1}));
    CHECK(is_refused(1, {}));
    CHECK(is_refused(1, {0, 0}));
}

TEST_CASE("in any allocation the shares add up and none is a whole unit away from its exact share") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    auto const below = [&](std::int64_t limit) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
    };
    for (int round = 0; round < 2000; ++round) {
        shares weights(static_cast<std::size_t>(1 + below(10)));
        for (auto& weight : weights) weight = below(50) == 0 ? 0 : below(100'000);
        weights.front() += 1;
        auto const whole = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
        auto const total = below(1'000'000);
        auto const parts = allocated(total, weights);
        CAPTURE(total, weights, parts);
        REQUIRE(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
        for (std::size_t at = 0; at < parts.size(); ++at)
            REQUIRE(std::abs(parts[at] * whole - total * weights[at]) < whole);
    }
}

TEST_CASE("an amount is written with the digits of its currency") {
    CHECK(to_text(of(1990, "EUR")) == "19.90 EUR");
    CHECK(to_text(of(1990, "JPY")) == "1990 JPY");
    CHECK(to_text(of(1990, "KWD")) == "1.990 KWD");
    CHECK(to_text(of(1990, "CLF")) == "0.1990 CLF");
    CHECK(to_text(of(0, "EUR")) == "0.00 EUR");
    CHECK(to_text(of(0, "JPY")) == "0 JPY");
    CHECK(to_text(of(-5, "EUR")) == "-0.05 EUR");
    CHECK(to_text(of(-123, "JPY")) == "-123 JPY");
    CHECK(to_text(of(most, "EUR")) == "92233720368547758.07 EUR");
    CHECK(to_text(of(least, "EUR")) == "-92233720368547758.08 EUR");
    CHECK(to_text(of(least, "JPY")) == "-9223372036854775808 JPY");
}

TEST_CASE("a growing allocation adds up, never takes a unit back, and ends at the weights") {
    // Largest remainders would take one from the last: of 10 it gets 2, of 11 only 1 (the Alabama paradox).
    std::vector<std::int64_t> const weights{6, 6, 2};
    CHECK(allocate(10, weights) == std::vector<std::int64_t>{4, 4, 2});
    CHECK(allocate(11, weights) == std::vector<std::int64_t>{5, 5, 1});
    std::vector<std::vector<std::int64_t>> const all{{6, 6, 2},      {1}, {0, 5}, {19917, 2988}, {1, 1, 1, 1, 1, 1, 1},
                                                     {1000, 1, 1, 1}};
    for (auto const& of : all) {
        std::int64_t whole = 0;
        for (auto const one : of) whole += one;
        std::vector<std::int64_t> before(of.size(), 0);
        for (std::int64_t total = 0; total <= whole; ++total) {
            auto const shares = allocate_growing(total, of);
            std::int64_t sum = 0;
            for (std::size_t at = 0; at < shares.size(); ++at) {
                REQUIRE(shares[at] >= before[at]);
                REQUIRE(shares[at] <= of[at]);
                sum += shares[at];
            }
            REQUIRE(sum == total);
            before = shares;
        }
        CHECK(before == of);
    }
    CHECK(allocate_growing(most, std::vector<std::int64_t>{most, most}) ==
          std::vector<std::int64_t>{most / 2 + 1, most / 2});
    CHECK(allocate_growing(0, std::vector<std::int64_t>{0, 0}) == std::vector<std::int64_t>{0, 0});
    CHECK_THROWS_AS(allocate_growing(1, std::vector<std::int64_t>{0}), failure);
    CHECK_THROWS_AS(allocate_growing(-1, std::vector<std::int64_t>{1}), failure);
    CHECK_THROWS_AS(allocate_growing(1, std::vector<std::int64_t>{1, -1}), failure);
}
