// Order facts: what concerns the whole order over its lines, what a part of a line consists of, and two currencies.
#include "recourse/vocabulary/order.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "recourse/vocabulary/failure.hpp"

using namespace recourse;
using kind = component_kind;

namespace {

money amount_of(std::string_view code, std::int64_t minor) { return {minor, *currency::find(code)}; }
order_line line_of(std::string_view name, money paid, std::vector<component> of = {}) {
    return {line_id{std::string{name}}, 1, paid, std::move(of)};
}
std::int64_t sum(std::vector<component> const& of) {
    std::int64_t total = 0;
    for (auto const& one : of) total += one.minor;
    return total;
}

}  // namespace

TEST_CASE("1.03 over two lines of 1.00 is 0.52 and 0.51") {
    auto const lines = spread({kind::shipping_outbound, 103},
                              {line_of("a", amount_of("EUR", 100)), line_of("b", amount_of("EUR", 100))})
                           .value();
    CHECK(lines[0].paid.minor == 152);
    CHECK(lines[1].paid.minor == 151);
    CHECK(lines[0].components == std::vector<component>{{kind::item, 100}, {kind::shipping_outbound, 52}});
    CHECK(lines[1].components == std::vector<component>{{kind::item, 100}, {kind::shipping_outbound, 51}});
}

TEST_CASE(
    "an order's discount is taken off its lines in proportion, and the lines are what was paid to the last unit") {
    auto const yen =
        spread({kind::discount, -101}, {line_of("a", amount_of("JPY", 5000)), line_of("b", amount_of("JPY", 3000)),
                                        line_of("c", amount_of("JPY", 2000))})
            .value();
    CHECK(yen[0].paid.minor + yen[1].paid.minor + yen[2].paid.minor == 9899);
    CHECK(yen[0].paid.minor == 4949);  // 50.5, 30.3 and 20.2: the odd one off the first
    CHECK(yen[1].paid.minor == 2970);
    CHECK(yen[2].paid.minor == 1980);
    auto const dinar =
        spread({kind::discount, -1}, {line_of("a", amount_of("KWD", 503)), line_of("b", amount_of("KWD", 503))})
            .value();
    CHECK(dinar[0].paid.minor + dinar[1].paid.minor == 1005);
    // Two amounts of the order, one after the other: what the first left is what the second goes by.
    auto const both = spread({kind::shipping_outbound, 490},
                             spread({kind::discount, -500},
                                    {line_of("a", amount_of("EUR", 1000), {{kind::item, 840}, {kind::tax, 160}}),
                                     line_of("free", amount_of("EUR", 0))})
                                 .value())
                          .value();
    CHECK(both[0].components ==
          std::vector<component>{
              {kind::item, 840}, {kind::tax, 160}, {kind::discount, -500}, {kind::shipping_outbound, 490}});
    CHECK(both[0].paid.minor == 990);
    CHECK(both[1].paid.minor == 0);
}

TEST_CASE("what cannot be spread over the lines is refused with a sentence") {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    auto const why = [](component const& of, std::vector<order_line> lines) {
        return spread(of, std::move(lines)).error();
    };
    CHECK(why({kind::fee, 1}, {}) == "There is no line to spread an amount over.");
    CHECK(why({kind::discount, -201}, {line_of("a", amount_of("EUR", 200))}) ==
          "The lines cost 2.00 EUR; a discount of 2.01 EUR is more than that.");
    CHECK(why({kind::discount, 5}, {line_of("a", amount_of("EUR", 200))}) ==
          "The order has the discount 0.05 EUR; a discount is zero or less, all else zero or more.");
    CHECK(why({kind::fee, -5}, {line_of("a", amount_of("EUR", 200))}) ==
          "The order has the fee -0.05 EUR; a discount is zero or less, all else zero or more.");
    CHECK(why({kind::fee, 5}, {line_of("a", amount_of("EUR", 0))}) ==
          "0.05 EUR cannot be spread over lines that cost nothing.");
    CHECK(why({kind::fee, 5}, {line_of("a", amount_of("EUR", 1)), line_of("b", amount_of("JPY", 1))}) ==
          "Line b is in JPY, line a in EUR.");
    CHECK(why({kind::fee, 5}, {line_of("a", amount_of("EUR", -1))}) == "Line a has the negative amount -0.01 EUR.");
    CHECK(why({kind::fee, 1}, {line_of("a", amount_of("EUR", most))}) ==
          "The amounts of the lines add up to more than can be counted.");
    CHECK(why({kind::fee, 1}, {line_of("a", amount_of("EUR", most)), line_of("b", amount_of("EUR", 1))}) ==
          "The amounts of the lines add up to more than can be counted.");
    CHECK(spread({kind::discount, -200}, {line_of("a", amount_of("EUR", 200))}).value()[0].paid.minor == 0);
}

// 239.00 with 20 % tax inside, 25 % off: 179.25, of which 29.88 is tax (woocommerce/woocommerce#64668).
TEST_CASE("ten units of 23.90 with tax, a quarter off: all partial refunds add up to 179.25 and to every component") {
    std::vector<component> const of{{kind::item, 19917}, {kind::discount, -4980}, {kind::tax, 2988}};
    REQUIRE(contradiction(of, amount_of("EUR", 17925)).empty());
    std::vector<component> given{{kind::item, 0}, {kind::discount, 0}, {kind::tax, 0}};
    std::int64_t before = 0;
    for (std::int64_t const part : {1793, 1793, 1793, 1793, 1793, 1792, 1792, 1792, 1792, 1792}) {
        auto const parts = by_component(of, before, part);
        CHECK(sum(parts) == part);
        CHECK(parts[0].minor > 0);
        CHECK(parts[1].minor < 0);
        CHECK(parts[2].minor > 0);
        for (std::size_t at = 0; at < parts.size(); ++at) given[at].minor += parts[at].minor;
        before += part;
    }
    CHECK(before == 17925);
    CHECK(given == of);
}

TEST_CASE("a refund in single cents takes no cent back from any component and returns the last cent of each") {
    std::vector<component> const of{{kind::item, 70},      {kind::tax, 13}, {kind::tax, 3},
                                    {kind::discount, -17}, {kind::fee, 1},  {kind::discount, -2}};
    std::vector<std::int64_t> given(of.size(), 0);
    for (std::int64_t before = 0; before < 68; ++before) {
        auto const parts = by_component(of, before, 1);
        REQUIRE(sum(parts) == 1);
        for (std::size_t at = 0; at < of.size(); ++at) {
            REQUIRE((of[at].minor < 0 ? parts[at].minor <= 0 : parts[at].minor >= 0));
            given[at] += parts[at].minor;
        }
    }
    for (std::size_t at = 0; at < of.size(); ++at) CHECK(given[at] == of[at].minor);
    CHECK(sum(by_component(of, 68, 0)) == 0);
}

TEST_CASE("of a line without components everything is item, and nobody splits more than was paid") {
    CHECK(by_component({}, 100, 250) == std::vector<component>{{kind::item, 250}});
    CHECK_THROWS_AS(by_component({{kind::item, 100}}, 60, 41), failure);
    CHECK_THROWS_AS(by_component({{kind::item, 100}}, -1, 1), failure);
    CHECK_THROWS_AS(by_component({{kind::item, 100}}, 0, -1), failure);
    CHECK(by_component({{kind::item, 100}, {kind::discount, -100}}, 0, 0) ==
          std::vector<component>{{kind::item, 0}, {kind::discount, 0}});
}

TEST_CASE("components that are not those of the amount are told") {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    auto const euro = amount_of("EUR", 105);
    CHECK(contradiction(std::vector<component>{}, euro).empty());
    CHECK(contradiction({{kind::item, 100}, {kind::tax, 5}}, euro).empty());
    CHECK(contradiction({{kind::item, 100}}, euro) == "has components that add up to 1.00 EUR, not to 1.05 EUR");
    CHECK(contradiction({{kind::item, 110}, {kind::tax, -5}}, euro) ==
          "has the tax -0.05 EUR; a discount is zero or less, all else zero or more");
    CHECK(contradiction({{kind::item, most}, {kind::discount, -most}, {kind::fee, 1}}, euro) ==
          "has components that add up to more than can be counted");
    CHECK(contradiction(std::vector<component>(21), euro) == "has 21 components; at most 20 are possible");
}

TEST_CASE("the seller's currency is stated beside the buyer's, and its parts add up to what he was settled") {
    auto const captured = amount_of("EUR", 5489);
    settlement_facts const told{amount_of("CNY", 43106), "7.8531", parse_instant("2026-02-01T08:00:00Z").value()};
    CHECK(contradiction(told, captured).empty());
    CHECK(settled(told, captured, 0, 2999) == amount_of("CNY", 23552));  // 29.99 x 7.8531 = 235.51 at the rate
    CHECK(settled(told, captured, 2999, 2490) == amount_of("CNY", 19554));
    CHECK(settled(told, captured, 0, 5489) == told.amount);
    CHECK_THROWS_AS(settled(told, captured, 2999, 2491), failure);
    CHECK_THROWS_AS(settled(told, captured, -1, 1), failure);
    // Yen have no minor unit, dinars three.
    CHECK(contradiction({amount_of("JPY", 8910), "162.33", {}}, captured).empty());
    CHECK(contradiction({amount_of("KWD", 18480), "0.33667", {}}, captured).empty());
    CHECK(contradiction({amount_of("EUR", 53), "0.0060", {}}, amount_of("JPY", 8910)) ==
          "8910 JPY at 0.0060 is not 0.53 EUR.");
    CHECK(contradiction({amount_of("EUR", 5346), "0.0060", {}}, amount_of("JPY", 8910)).empty());
}

TEST_CASE("a settlement that cannot be is told") {
    auto const captured = amount_of("EUR", 10000);
    auto const yuan = amount_of("CNY", 78531);
    CHECK(contradiction({yuan, "7.8531", {}}, captured).empty());
    CHECK(contradiction({amount_of("CNY", 78532), "7.8531", {}}, captured).empty());  // a unit of rounding
    CHECK(contradiction({amount_of("CNY", 78533), "7.8531", {}}, captured) ==
          "100.00 EUR at 7.8531 is not 785.33 CNY.");
    CHECK(contradiction({captured, "1", {}}, captured) == "A settlement is in another currency than the payment, EUR.");
    CHECK(contradiction({amount_of("CNY", -1), "7.8531", {}}, captured) ==
          "The settlement has the negative amount -0.01 CNY.");
    for (auto const* rate : {"", "0", "0.0", "-1", "7,85", ".5", "5.", "1.2.3", "1e3", "1234567890.123456", " 1"}) {
        CAPTURE(rate);
        CHECK(contradiction({yuan, rate, {}}, captured).find("is a decimal number above zero") != std::string::npos);
    }
}

TEST_CASE("a line has the instants of its parcels: of the last or of the first, and of the order if that tells none") {
    order_facts order;
    order.lines = {{line_id{"cups"}, 3, {}}, {line_id{"pot"}, 1, {}}, {line_id{"post"}, 1, {}}};
    order.paid_at = instant{1};
    order.shipped_at = instant{2};
    order.delivered_at = instant{3};
    order.promised_until = instant{4};
    order.protection_extended_days = 5;
    CHECK(times_of(order, line_id{"cups"}, parcel_choice::last) ==
          order_times{instant{1}, instant{2}, instant{3}, instant{4}, 5});
    order.shipped_at.reset();
    order.delivered_at.reset();
    order.promised_until.reset();
    order.parcels = {
        {parcel_id{"A"}, {{line_id{"cups"}, 2}}, instant{10}, instant{20}, instant{30}},
        {parcel_id{"B"}, {{line_id{"cups"}, 1}, {line_id{"pot"}, 1}}, instant{11}, {}, instant{31}},
    };
    CHECK(times_of(order, line_id{"cups"}, parcel_choice::last) ==
          order_times{instant{1}, instant{11}, {}, instant{31}, 5});
    CHECK(times_of(order, line_id{"cups"}, parcel_choice::first) ==
          order_times{instant{1}, instant{10}, instant{20}, instant{30}, 5});
    CHECK(times_of(order, line_id{"pot"}, parcel_choice::first) ==
          order_times{instant{1}, instant{11}, {}, instant{31}, 5});
    for (auto const choice : {parcel_choice::last, parcel_choice::first}) {
        CHECK(times_of(order, line_id{"post"}, choice) == order_times{instant{1}, {}, {}, {}, 5});
        CHECK(times_of(order, line_id{"pan"}, choice) == order_times{instant{1}, {}, {}, {}, 5});
    }
    // A cup that is in no parcel yet.
    order.parcels[1].lines[0] = {line_id{"pot"}, 1};
    order.parcels[1].lines.pop_back();
    CHECK(times_of(order, line_id{"cups"}, parcel_choice::last) == order_times{instant{1}, {}, {}, {}, 5});
    CHECK(times_of(order, line_id{"cups"}, parcel_choice::first).delivered_at == instant{20});
    CHECK(promised_until(order, {{line_id{"cups"}, 1}, {line_id{"pot"}, 1}}, parcel_choice::first) == instant{31});
    CHECK(promised_until(order, {{line_id{"post"}, 1}}, parcel_choice::first) == std::nullopt);
}
