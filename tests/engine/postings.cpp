// Postings of awards: they balance whatever the terms, and terms that cannot be are refused with a sentence.
#include "recourse/engine/postings.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <random>

using namespace recourse;
using postings = std::vector<posting>;

namespace {

money euro(std::int64_t cents) { return {cents, *currency::find("EUR")}; }
award_terms terms_of(std::int64_t refundable, std::int64_t award, burden bears = {}, std::optional<money> cap = {}) {
    return {euro(refundable), euro(award), std::move(bears), cap};
}
std::string why_not(award_terms const& terms) { return postings_of(terms).error(); }
policy with_coverage() {
    policy rules;
    rules.coverage = {{parse_date("2024-01-01").value(), euro(25000)}, {parse_date("2026-01-01").value(), euro(50000)}};
    return rules;
}

}  // namespace

TEST_CASE("an award moves what is held to the buyer and the rest to the seller, who bears it") {
    CHECK(postings_of(terms_of(10000, 6000)).value() ==
          postings{{purse::held, -10000}, {purse::buyer, 6000}, {purse::seller, 4000}});
    CHECK(postings_of(terms_of(10000, 10000)).value() == postings{{purse::held, -10000}, {purse::buyer, 10000}});
    CHECK(postings_of(terms_of(10000, 0)).value() == postings{{purse::held, -10000}, {purse::seller, 10000}});
    CHECK(postings_of(terms_of(0, 0)).value().empty());
}

// Scenario 42: the buyer is refunded and the seller is not debited.
TEST_CASE("what the platform or the carrier funds, the seller gets") {
    CHECK(postings_of(terms_of(10000, 6000, {{{purse::platform, 6000}}, {}})).value() ==
          postings{{purse::held, -10000}, {purse::buyer, 6000}, {purse::seller, 10000}, {purse::platform, -6000}});
    CHECK(postings_of(terms_of(10000, 6000, {{{purse::platform, 1500}, {purse::carrier, 2500}}, {}})).value() ==
          postings{{purse::held, -10000},
                   {purse::buyer, 6000},
                   {purse::seller, 8000},
                   {purse::platform, -1500},
                   {purse::carrier, -2500}});
    CHECK(postings_of(terms_of(10000, 6000, {{{purse::seller, 2000}, {purse::platform, 4000}}, {}})).value() ==
          postings{{purse::held, -10000}, {purse::buyer, 6000}, {purse::seller, 8000}, {purse::platform, -4000}});
}

// Scenario 41: buyer 60, seller 40, a penalty of 5 from the seller to the buyer.
TEST_CASE("a penalty and the costs of shipping are paid beside the award") {
    burden const penalty{{}, {{cost_kind::penalty, purse::seller, purse::buyer, 500}}};
    CHECK(postings_of(terms_of(10000, 6000, penalty)).value() ==
          postings{{purse::held, -10000}, {purse::buyer, 6500}, {purse::seller, 3500}});
    burden const more{{{purse::platform, 6000}},
                      {{cost_kind::penalty, purse::seller, purse::penalty, 500},
                       {cost_kind::shipping_return, purse::platform, purse::carrier, 700},
                       {cost_kind::shipping_outbound, purse::buyer, purse::seller, 490},
                       {cost_kind::fee, purse::seller, purse::platform, 100}}};
    auto const made = postings_of(terms_of(10000, 6000, more)).value();
    CHECK(made == postings{{purse::held, -10000},
                           {purse::buyer, 5510},
                           {purse::seller, 9890},
                           {purse::platform, -6600},
                           {purse::carrier, 700},
                           {purse::penalty, 500}});
    CHECK(imbalance(made, *currency::find("EUR")).empty());
}

TEST_CASE("terms of an award that cannot be are told") {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    CHECK(why_not(terms_of(100, 101)) == "The award is 1.01 EUR; expected 0 to 1.00 EUR.");
    CHECK(why_not(terms_of(100, -1)) == "The award is -0.01 EUR; expected 0 to 1.00 EUR.");
    CHECK(why_not({euro(100), {100, *currency::find("USD")}}) ==
          "The award and what is refundable are not in one currency.");
    CHECK(why_not({}) == "The award and what is refundable are not in one currency.");
    CHECK(why_not(terms_of(100, 60, {{{purse::platform, 61}}, {}})) ==
          "The funders bear 0.61 EUR together, the award is 0.60 EUR.");
    CHECK(why_not(terms_of(100, 60, {{{purse::seller, 30}, {purse::platform, 29}}, {}})) ==
          "The funders bear 0.59 EUR together, the award is 0.60 EUR.");
    CHECK(why_not(terms_of(100, 60, {{{purse::platform, most}, {purse::carrier, most}}, {}})) ==
          "The funders are named with more than can be counted.");
    CHECK(why_not(terms_of(100, 60, {{{purse::buyer, 1}}, {}})) ==
          "An award is funded by seller, platform, carrier or penalty, not by buyer.");
    CHECK(why_not(terms_of(100, 60, {{{purse::held, 1}}, {}})) ==
          "An award is funded by seller, platform, carrier or penalty, not by held.");
    CHECK(why_not(terms_of(100, 60, {{{purse::carrier, 1}, {purse::carrier, 1}}, {}})) ==
          "The funder carrier is named twice.");
    CHECK(why_not(terms_of(100, 60, {{{purse::carrier, 0}}, {}})) ==
          "The funder carrier is named with 0.00 EUR; expected an amount above zero.");
    auto const charged = [](charge one) { return why_not(terms_of(100, 60, {{}, {one}})); };
    CHECK(charged({cost_kind::fee, purse::seller, purse::platform, 0}) ==
          "The cost fee is 0.00 EUR; expected an amount above zero.");
    CHECK(charged({cost_kind::penalty, purse::seller, purse::seller, 5}) ==
          "The cost penalty is paid by seller to itself.");
    CHECK(charged({cost_kind::fee, purse::held, purse::platform, 5}) ==
          "The cost fee is not paid out of what is held: that is for the award.");
    CHECK(why_not(terms_of(most, most, {{}, {{cost_kind::fee, purse::seller, purse::buyer, 1}}})) ==
          "The costs add up to more than can be counted.");
}

TEST_CASE("postings that do not balance are told with the difference") {
    auto const unit = *currency::find("EUR");
    CHECK(imbalance({}, unit).empty());
    CHECK(imbalance({{purse::held, -100}, {purse::buyer, 95}}, unit) ==
          "The postings add up to -0.05 EUR, not to 0.00 EUR.");
    CHECK(imbalance({{purse::held, 5}}, *currency::find("KWD")) ==
          "The postings add up to 0.005 KWD, not to 0.000 KWD.");
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    CHECK(imbalance({{purse::held, most}, {purse::buyer, most}}, unit) ==
          "The postings add up to more than can be counted.");
}

// Scenario 79: the cap of the day on which the order was paid, whatever the policy covers today.
TEST_CASE("the platform covers at most the cap of the order's day") {
    auto const rules = with_coverage();
    CHECK_FALSE(coverage_cap(policy{}, parse_date("2026-03-01").value()));
    CHECK(coverage_cap(rules, parse_date("2023-12-31").value()) == euro(0));
    CHECK(coverage_cap(rules, parse_date("2024-01-01").value()) == euro(25000));
    CHECK(coverage_cap(rules, parse_date("2025-12-31").value()) == euro(25000));
    CHECK(coverage_cap(rules, parse_date("2026-01-01").value()) == euro(50000));
    // New year comes to Shanghai first.
    auto const paid = parse_instant("2025-12-31T20:00:00Z").value();
    CHECK(coverage_cap(rules, paid, time_zone::find("Asia/Shanghai").value()) == euro(50000));
    CHECK(coverage_cap(rules, paid, time_zone::find("Europe/Brussels").value()) == euro(25000));

    burden const platform{{{purse::platform, 25001}}, {}};
    CHECK(postings_of(terms_of(60000, 60000, platform)).has_value());
    CHECK(postings_of(terms_of(60000, 60000, platform, euro(25001))).has_value());
    CHECK(why_not(terms_of(60000, 60000, platform, euro(25000))) ==
          "The platform would fund 250.01 EUR; it covers at most 250.00 EUR.");
    CHECK(why_not(terms_of(60000, 60000, platform, money{50000, *currency::find("USD")})) ==
          "What the platform covers is limited in USD, the award is in EUR.");
    // Nobody else is limited by it.
    CHECK(postings_of(terms_of(60000, 60000, {{{purse::carrier, 60000}}, {}}, euro(1))).has_value());
}

TEST_CASE("postings of any terms that are accepted balance, and the purses get what they should") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    auto const below = [&](std::int64_t limit) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
    };
    int accepted = 0;
    for (int round = 0; round < 5000; ++round) {
        auto terms = terms_of(below(100000), 0);
        terms.award.minor = below(terms.refundable.minor + 1);
        for (auto const who : {purse::platform, purse::carrier, purse::penalty}) {
            if (random() % 3 == 0) terms.burden.bearers.push_back({who, below(terms.award.minor / 2 + 2)});
        }
        for (int one = 0; one < 3; ++one) {
            if (random() % 2 == 0)
                terms.burden.charges.push_back({static_cast<cost_kind>(random() % 5), static_cast<purse>(random() % 6),
                                                static_cast<purse>(random() % 6), below(5000)});
        }
        auto const made = postings_of(terms);
        if (!made) continue;
        ++accepted;
        REQUIRE(imbalance(*made, terms.award.currency).empty());
        std::int64_t held = 0;
        for (auto const& one : *made) {
            REQUIRE(one.minor != 0);
            held += one.purse == purse::held ? one.minor : 0;
        }
        REQUIRE(held == -terms.refundable.minor);
    }
    CHECK(accepted > 500);
}
