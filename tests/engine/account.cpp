// The account of a payment: the price of units to the last cent, contradictions, and what events do to its money.
#include "recourse/engine/account.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <limits>
#include <random>

#include "engine/stage.hpp"
#include "recourse/engine/json.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

account_line cups(std::int64_t in_dispute = 0, std::int64_t reserved = 0, std::int64_t refunded = 0) {
    return {line_id{"cups"}, 3, 2999, in_dispute, reserved, refunded};
}
bool is_conserved(account const& of) {
    for (auto const& line : of.lines) {
        if (line.reserved_minor < 0 || line.refunded_minor < 0 || line.units_in_dispute < 0) return false;
        if (line.units_in_dispute > line.units || line.reserved_minor + line.refunded_minor > line.paid_minor)
            return false;
    }
    return true;
}

}  // namespace

TEST_CASE("the units of a line cost its amount to the last cent") {
    CHECK(refundable_minor(cups(), 1) == 1000);
    CHECK(refundable_minor(cups(), 2) == 2000);
    CHECK(refundable_minor(cups(), 3) == 2999);
    CHECK(refundable_minor(cups(1, 1000), 1) == 1000);
    CHECK(refundable_minor(cups(1, 1000), 2) == 1999);
    CHECK(refundable_minor(cups(2, 2000), 1) == 999);
}

TEST_CASE("what was refunded before is not refundable again, and the last free unit takes all that is left") {
    CHECK(refundable_minor(cups(0, 0, 2999), 3) == 0);
    CHECK(refundable_minor(cups(0, 0, 2500), 1) == 499);
    CHECK(refundable_minor(cups(0, 0, 500), 3) == 2499);
    CHECK(refundable_minor(cups(2, 1500, 0), 1) == 1499);
    CHECK(refundable_minor({line_id{"free"}, 2, 0, 0, 0, 0}, 1) == 0);
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    CHECK(refundable_minor({line_id{"dear"}, 1'000'000, most, 0, 0, 0}, 1'000'000) == most);
    CHECK(refundable_minor({line_id{"dear"}, 1'000'000, most, 0, 0, 0}, 1) == most / 1'000'000 + 1);
}

TEST_CASE("disputes over single units that end in any order neither lose nor invent a cent") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    for (int round = 0; round < 500; ++round) {
        account_line line{line_id{"L"},
                          static_cast<std::int64_t>(1 + random() % 7),
                          static_cast<std::int64_t>(random() % 5000),
                          0,
                          0,
                          0};
        std::vector<std::pair<std::int64_t, std::int64_t>> held;  // units, cents
        for (int step = 0; step < 40; ++step) {
            auto const free_units = line.units - line.units_in_dispute;
            if (free_units > 0 && random() % 2 == 0) {
                auto const units = 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(free_units));
                auto const cents = refundable_minor(line, units);
                line.units_in_dispute += units;
                line.reserved_minor += cents;
                held.emplace_back(units, cents);
                REQUIRE(cents >= 0);
            } else if (!held.empty()) {
                auto const which = static_cast<std::ptrdiff_t>(random() % held.size());
                auto const [units, cents] = held[static_cast<std::size_t>(which)];
                line.units_in_dispute -= units;
                line.reserved_minor -= cents;
                if (random() % 3 == 0)
                    line.refunded_minor += static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(cents + 1));
                held.erase(held.begin() + which);
            }
            REQUIRE(line.reserved_minor + line.refunded_minor <= line.paid_minor);
            if (line.units_in_dispute == line.units)
                REQUIRE(line.reserved_minor + line.refunded_minor == line.paid_minor);
        }
    }
}

TEST_CASE("each way in which an order's facts contradict each other is told") {
    struct row {
        std::function<void(order_facts&)> change;
        std::string_view words;
    };
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    row const rows[] = {
        {[](auto& order) { order.lines.clear(); }, "The order has no lines"},
        {[](auto& order) { order.protection_extended_days = -1; }, "not by -1"},
        {[](auto& order) { order.protection_extended_days = 3651; }, "not by 3651"},
        {[](auto& order) { order.lines[0].units = 0; }, "Line cups has 0 units"},
        {[](auto& order) { order.lines[0].units = 1'000'001; }, "Line cups has 1000001 units"},
        {[](auto& order) { order.lines[1].paid.minor = -1; }, "negative amount -0.01 EUR"},
        {[](auto& order) { order.lines[1].paid.currency = *currency::find("USD"); }, "is in USD, the payment in EUR"},
        {[](auto& order) { order.lines[1].line = order.lines[0].line; }, "Line cups is listed twice"},
        {[](auto& order) { order.captured.minor += 1; }, "add up to 54.89 EUR, but 54.90 EUR was captured"},
        {[](auto& order) { order.lines[0].paid.minor = order.lines[1].paid.minor = most; }, "more than can be counted"},
    };
    auto const right = an_order();
    CHECK(contradiction(right, account_of(right)).empty());
    for (auto const& [change, words] : rows) {
        auto order = an_order();
        change(order);
        CHECK_THAT(contradiction(order, account_of(right)), Catch::Contains(std::string{words}));
    }
}

TEST_CASE("each way in which an order contradicts what was recorded of its payment is told") {
    auto recorded = account_of(an_order());
    recorded.version = 1;
    CHECK(contradiction(an_order(), recorded).empty());
    auto order = an_order();
    order.lines[2].line = line_id{"post"};
    CHECK_THAT(contradiction(order, recorded), Catch::Contains("Line 3 was recorded as shipping"));
    order = an_order();
    order.lines[0].units = 4;
    CHECK_THAT(contradiction(order, recorded), Catch::Contains("cups with 3 units"));
    order = an_order();
    order.lines[0].paid.minor += 1;
    order.captured.minor += 1;
    CHECK_THAT(contradiction(order, recorded), Catch::Contains("29.99 EUR before"));
    order = an_order();
    order.lines.pop_back();
    order.captured.minor -= 490;
    CHECK_THAT(contradiction(order, recorded), Catch::Contains("recorded with 3 lines"));
    order = an_order();
    order.captured.currency = *currency::find("USD");
    for (auto& line : order.lines) line.paid.currency = order.captured.currency;
    CHECK_THAT(contradiction(order, recorded), Catch::Contains("recorded in EUR"));
}

TEST_CASE("a payment is for one order between one buyer and one seller, as far as that was recorded") {
    auto recorded = account_of(an_order());
    recorded.version = 1;
    auto another_order = an_order();
    another_order.order = order_id{"O-other"};
    auto another_seller = an_order();
    another_seller.seller.id = actor_id{"otto"};
    auto another_buyer = an_order();
    another_buyer.buyer.id = actor_id{"eve"};
    for (auto const& order : {another_order, another_seller, another_buyer})
        CHECK_THAT(contradiction(order, recorded), Catch::Contains("was recorded for order O-1 between anna and shop"));
    // Where the parties live may be told otherwise.
    auto moved = an_order();
    moved.buyer.zone = "Europe/Berlin";
    CHECK(contradiction(moved, recorded).empty());
    // An account that was stored before it kept them says nothing, until an order is told.
    auto old = recorded;
    old.parties.reset();
    CHECK(contradiction(another_seller, old).empty());
    CHECK(completed(old, an_order()) == recorded);
    CHECK(read_account(lines_to_json(old)).parties == std::nullopt);
    CHECK(read_account(lines_to_json(recorded)).parties == recorded.parties);
}

TEST_CASE("opening reserves, agreeing on less frees the rest, and paying moves what was agreed") {
    stage play;
    REQUIRE(outcome_of(play.open()) == "accepted");
    CHECK(play.money->version == 1);
    CHECK(play.money->captured_minor() == 5489);
    CHECK(play.money->reserved_minor() == 2999);
    CHECK(play.money->lines[0].units_in_dispute == 3);
    REQUIRE(outcome_of(play.ask(shop, offer::make_offer{partial(1001)}, plus_seconds(opening, day))) == "accepted");
    CHECK(play.money->version == 1);
    REQUIRE(outcome_of(play.ask(anna, offer::accept_offer{2}, plus_seconds(opening, 2 * day))) == "accepted");
    CHECK(play.money->reserved_minor() == 1001);
    CHECK(play.money->lines[0].units_in_dispute == 3);
    REQUIRE(outcome_of(play.ask(bank, refund::confirm_refund{1, euro(1001), "r"}, plus_seconds(opening, 3 * day))) ==
            "accepted");
    CHECK(play.money->reserved_minor() == 0);
    CHECK(play.money->refunded_minor() == 1001);
    CHECK(play.money->lines[0].units_in_dispute == 0);
    CHECK(is_conserved(*play.money));
}

TEST_CASE("a withdrawn dispute gives everything back") {
    stage play;
    play.open();
    REQUIRE(outcome_of(play.ask(anna, dispute::withdraw_dispute{}, plus_seconds(opening, day))) == "accepted");
    CHECK(play.money->lines == account_of(play.order).lines);
}

TEST_CASE("a refund that was given up keeps what it holds, and is paid if it is confirmed after all") {
    stage play;
    play.open();
    play.ask(shop, offer::accept_offer{1}, plus_seconds(opening, day));
    play.wait(plus_seconds(opening, 100 * day));
    REQUIRE(play.all().dispute().in<dispute::closed>());
    CHECK(play.all().dispute().kept.ruling->outcome->resolution == resolution::unpaid);
    CHECK(play.money->reserved_minor() == 2999);
    CHECK(play.money->lines[0].units_in_dispute == 3);
    REQUIRE(outcome_of(play.ask(bank, refund::confirm_refund{1, euro(2999), "r"}, plus_seconds(opening, 101 * day))) ==
            "accepted");
    CHECK(play.all().dispute().kept.ruling->outcome->resolution == resolution::full_refund);
    CHECK(play.money->reserved_minor() == 0);
    CHECK(play.money->refunded_minor() == 2999);
    CHECK(play.money->lines[0].units_in_dispute == 0);
}

// 239.00 with 20 % tax inside, a quarter off (woocommerce/woocommerce#64668).
TEST_CASE("ten disputes over one of ten units each are refunded 179.25 together, to the last cent of each component") {
    account_line line{line_id{"mugs"}, 10, 17925, 0, 0, 0};
    line.components = {{component_kind::item, 19917}, {component_kind::discount, -4980}, {component_kind::tax, 2988}};
    std::vector<std::int64_t> given(3, 0);
    for (int unit = 0; unit < 10; ++unit) {
        auto const minor = refundable_minor(line, 1);
        auto const parts = by_component(line, minor);
        for (std::size_t at = 0; at < parts.size(); ++at) given[at] += parts[at].minor;
        CHECK(minor == (unit < 5 ? 1793 : 1792));
        line.refunded_minor += minor;  // the unit is in no dispute any more
    }
    CHECK(line.refunded_minor == 17925);
    CHECK(given == std::vector<std::int64_t>{19917, -4980, 2988});
    CHECK(refundable_minor(line, 1) == 0);
}

TEST_CASE("units that were refunded in full are not priced again, neither beside units in dispute nor in part") {
    account_line line{line_id{"mugs"}, 10, 17925, 0, 0, 5 * 1793};
    CHECK(refundable_minor(line, 1) == 1792);
    CHECK(refundable_minor(line, 4) == 4 * 1792);
    CHECK(refundable_minor(line, 10) == 5 * 1792);
    line.units_in_dispute = 2;  // in dispute beside those that were refunded
    line.reserved_minor = 2 * 1792;
    CHECK(refundable_minor(line, 1) == 1792);
    CHECK(refundable_minor(line, 8) == 3 * 1792);
    // Part of a dispute over five units that was paid ahead: they are counted once.
    CHECK(refundable_minor({line_id{"mugs"}, 10, 17925, 5, 3 * 1793, 2 * 1793}, 1) == 1792);
    // A part of a unit's price is not the unit.
    CHECK(refundable_minor({line_id{"mugs"}, 10, 17925, 0, 0, 500}, 1) == 1793);
    // Units that cost less than a cent.
    CHECK(refundable_minor({line_id{"pins"}, 10, 3, 0, 0, 1}, 2) == 2);
    CHECK(refundable_minor({line_id{"pins"}, 10, 3, 0, 0, 3}, 2) == 0);
}
