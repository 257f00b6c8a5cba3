// An account with components, tenders and a second currency: what is told, kept, split over them and read back.
#include <catch2/catch.hpp>
#include <functional>

#include "engine/stage.hpp"
#include "recourse/engine/effects.hpp"
#include "recourse/engine/json.hpp"

using namespace recourse;
using namespace recourse::test;
using amounts = std::vector<tender_amount>;

namespace {

tender_id const card{"card-1"};
tender_id const gift{"gift-1"};

// The stage's order, paid with 34.89 by card and 20.00 by gift card.
order_facts mixed_order() {
    auto order = an_order();
    order.tenders = {{card, tender_kind::card, euro(3489)}, {gift, tender_kind::gift_card, euro(2000)}};
    return order;
}
account paid_by(std::vector<account_tender> tenders) {
    account of;
    of.payment = payment_id{"P-1"};
    of.currency = *currency::find("EUR");
    std::int64_t total = 0;
    for (auto const& one : tenders) total += one.captured_minor;
    of.lines = {{line_id{"L"}, 1, total, 0, 0, 0}};
    of.tenders = std::move(tenders);
    return of;
}

}  // namespace

TEST_CASE("an order without tenders is one tender of everything") {
    auto const of = account_of(an_order());
    CHECK(of.tenders.empty());
    CHECK(tenders_of(of) == std::vector<account_tender>{{{}, tender_kind::other, 5489, 0, 0}});
    CHECK(split_over_tenders(of, 1234, {}) == amounts{{{}, 1234}});
    auto const old = read_account(
        R"({"lines":[{"line":"cups","units":3,"paid_minor":2999,"units_in_dispute":1,"reserved_minor":1000,)"
        R"("refunded_minor":999}],"open":["D-1"]})");
    CHECK(tenders_of(old) == std::vector<account_tender>{{{}, tender_kind::other, 2999, 1000, 999}});
    CHECK(by_component(old.lines[0], 1000) == std::vector<component>{{component_kind::item, 1000}});
}

// 50 by card and 30 by gift card: one refund over both counts its units once (vendurehq/vendure#4135).
TEST_CASE("an amount goes over the tenders in the order told, in the order of the policy, or in proportion") {
    auto const of = paid_by({{card, tender_kind::card, 5000}, {gift, tender_kind::gift_card, 3000}});
    tender_order const gift_first{false, {tender_kind::store_credit, tender_kind::gift_card}};
    CHECK(split_over_tenders(of, 6000, {}) == amounts{{card, 5000}, {gift, 1000}});
    CHECK(split_over_tenders(of, 4000, {}) == amounts{{card, 4000}});
    CHECK(split_over_tenders(of, 6000, gift_first) == amounts{{card, 3000}, {gift, 3000}});
    CHECK(split_over_tenders(of, 2000, gift_first) == amounts{{gift, 2000}});
    CHECK(split_over_tenders(of, 100, {true, {}}) == amounts{{card, 63}, {gift, 37}});  // 62.5 and 37.5: the first
    CHECK(split_over_tenders(of, 8000, {true, {}}) == amounts{{card, 5000}, {gift, 3000}});
    CHECK(split_over_tenders(of, 0, {}).empty());
    CHECK_THROWS_AS(split_over_tenders(of, 8001, {}), failure);
    CHECK_THROWS_AS(split_over_tenders(of, -1, {}), failure);
}

TEST_CASE("a tender gives at most what it has left") {
    auto const of = paid_by({{card, tender_kind::card, 5000, 1000, 3500}, {gift, tender_kind::gift_card, 3000, 0, 1}});
    CHECK(split_over_tenders(of, 501, {}) == amounts{{card, 500}, {gift, 1}});
    CHECK(split_over_tenders(of, 3499, {}) == amounts{{card, 500}, {gift, 2999}});
    CHECK_THROWS_AS(split_over_tenders(of, 3500, {}), failure);
    CHECK(split_over_tenders(of, 7, {true, {}}) == amounts{{card, 1}, {gift, 6}});
}

TEST_CASE("each way in which tenders, components and settlement contradict the order is told") {
    struct row {
        std::function<void(order_facts&)> change;
        std::string_view words;
    };
    row const rows[] = {
        {[](auto& order) { order.tenders[0].captured.minor += 1; },
         "The tenders add up to 54.90 EUR, but 54.89 EUR was captured."},
        {[](auto& order) { order.tenders[1].id = card; }, "Tender card-1 is listed twice."},
        {[](auto& order) { order.tenders[1].captured.currency = *currency::find("USD"); },
         "Tender gift-1 is in USD, the payment in EUR."},
        {[](auto& order) { order.tenders[1].captured.minor = -1; }, "Tender gift-1 has the negative amount -0.01 EUR."},
        {[](auto& order) { order.tenders[0].captured.minor = order.tenders[1].captured.minor = INT64_MAX; },
         "The amounts of the tenders add up to more than can be counted."},
        {[](auto& order) { order.tenders.assign(21, order.tenders[0]); },
         "The payment has 21 tenders; at most 20 are possible."},
        {[](auto& order) {
             order.lines[1].components = {{component_kind::item, 1999}};
         },
         "Line pot has components that add up to 19.99 EUR, not to 20.00 EUR."},
        {[](auto& order) {
             order.settlement = {{5489, *currency::find("EUR")}, "1", shipped};
         },
         "A settlement is in another currency than the payment, EUR."},
    };
    CHECK(contradiction(mixed_order(), account_of(mixed_order())).empty());
    for (auto const& [change, words] : rows) {
        auto order = mixed_order();
        change(order);
        CHECK(contradiction(order, account_of(mixed_order())) == words);
    }
}

TEST_CASE("a second order must tell the same tenders, components and settlement, as far as it tells any") {
    auto order = mixed_order();
    order.lines[1].components = {{component_kind::item, 1667}, {component_kind::tax, 333}};
    order.settlement = {{43106, *currency::find("CNY")}, "7.8531", shipped};
    auto recorded = account_of(order);
    recorded.version = 1;
    CHECK(contradiction(order, recorded).empty());
    CHECK(contradiction(an_order(), recorded).empty());
    auto other = order;
    std::swap(other.tenders[0].id, other.tenders[1].id);
    CHECK(contradiction(other, recorded) ==
          "Payment P-1 was recorded with other tenders before: card card-1 with 34.89 EUR, gift_card gift-1 with 20.00 "
          "EUR.");
    other = order;
    other.lines[1].components = {{component_kind::item, 1666}, {component_kind::tax, 334}};
    CHECK(contradiction(other, recorded) == "Line pot was recorded with other components before.");
    other = order;
    other.settlement->fixed_at = opening;
    CHECK(contradiction(other, recorded) ==
          "Payment P-1 was recorded with the settlement 431.06 CNY at 7.8531 before.");
}

TEST_CASE("an account takes on what was not told before; tenders only while nothing was paid back or is reserved") {
    auto order = mixed_order();
    order.lines[1].components = {{component_kind::item, 1667}, {component_kind::tax, 333}};
    order.settlement = {{43106, *currency::find("CNY")}, "7.8531", shipped};
    auto const plain = account_of(an_order());
    CHECK(completed(plain, order) == account_of(order));
    CHECK(completed(account_of(order), an_order()) == account_of(order));
    auto moved = plain;
    moved.lines[0].refunded_minor = 1;
    CHECK(completed(moved, order).tenders.empty());
    CHECK(completed(moved, order).lines[1].components.size() == 2);
    moved.lines[0].refunded_minor = 0;
    moved.lines[0].reserved_minor = 1;
    CHECK(completed(moved, order).tenders.empty());
}

TEST_CASE("a refund order says what each tender gives, and confirming it is kept tender by tender") {
    stage play;
    play.order = mixed_order();
    auto rules = aliexpress();
    rules.tenders = {false, {tender_kind::gift_card}};
    play.known.policy = &rules;
    REQUIRE(outcome_of(play.open()) == "accepted");
    CHECK(play.money->tenders == account_of(play.order).tenders);  // which tender pays is not known yet
    auto const agreed = play.ask(shop, offer::accept_offer{1}, plus_seconds(opening, day));
    REQUIRE(outcome_of(agreed) == "accepted");
    REQUIRE(play.all().refunds().size() == 2);  // one for each tender, since each may fail by itself
    CHECK(play.all().refunds()[0].kept.tenders == amounts{{card, 999}});
    CHECK(play.all().refunds()[1].kept.tenders == amounts{{gift, 2000}});
    CHECK(play.money->tenders == std::vector<account_tender>{{card, tender_kind::card, 3489, 999, 0},
                                                             {gift, tender_kind::gift_card, 2000, 2000, 0}});
    auto const effects = effects_of(play.disputes[0].key, *agreed.accepted);
    REQUIRE(effects.size() == 3);
    CHECK(effects[0].body == R"({"key":"G-1/D-1/refund/1","payment":"P-1","amount":{"currency":"EUR","minor":999},)"
                             R"("lines":[{"line":"cups","units":3,"minor":999}],"attempt":1,)"
                             R"("tenders":[{"tender":"card-1","minor":999}]})");
    // Units are counted once, whichever tenders pay for them.
    CHECK(effects[1].body == R"({"key":"G-1/D-1/refund/2","payment":"P-1","amount":{"currency":"EUR","minor":2000},)"
                             R"("lines":[{"line":"cups","units":0,"minor":2000}],"attempt":1,)"
                             R"("tenders":[{"tender":"gift-1","minor":2000}]})");
    auto const paid = plus_seconds(opening, 2 * day);
    REQUIRE(outcome_of(play.ask(bank, refund::confirm_refund{2, euro(2000), "r"}, paid)) == "accepted");
    CHECK(play.all().dispute().in<dispute::settling>());
    REQUIRE(outcome_of(play.ask(bank, refund::confirm_refund{1, euro(999), "r"}, paid)) == "accepted");
    CHECK(play.all().dispute().in<dispute::closed>());
    CHECK(play.money->tenders == std::vector<account_tender>{{card, tender_kind::card, 3489, 0, 999},
                                                             {gift, tender_kind::gift_card, 2000, 0, 2000}});
    // The next dispute finds the gift card empty.
    REQUIRE(outcome_of(play.open(full(2000), {{line_id{"pot"}, 1}}, plus_seconds(opening, 3 * day), 1)) == "accepted");
    play.ask(shop, offer::accept_offer{1}, plus_seconds(opening, 4 * day), 1);
    CHECK(play.all(1).refunds()[0].kept.tenders == amounts{{card, 2000}});
}

TEST_CASE("a dispute on a payment of one tender says nothing of tenders, as before") {
    stage play;
    play.open();
    auto const agreed = play.ask(shop, offer::accept_offer{1}, plus_seconds(opening, day));
    CHECK(play.all().refunds()[0].kept.tenders.empty());
    for (auto const& effect : effects_of(play.disputes[0].key, *agreed.accepted))
        CHECK(effect.body.find("tender") == std::string::npos);
    CHECK(lines_to_json(*play.money).find("tender") == std::string::npos);
}

TEST_CASE("an account with components, tenders and a settlement reads back as it was written") {
    auto order = mixed_order();
    order.lines[1].components = {{component_kind::item, 2100}, {component_kind::discount, -100}};
    order.settlement = {{43106, *currency::find("CNY")}, "7.8531", shipped};
    auto of = account_of(order);
    of.lines[0].reserved_minor = 100;
    of.lines[1].refunded_minor = 40;
    of.tenders[0].reserved_minor = 60;
    of.tenders[1].refunded_minor = 40;
    auto const read = read_account(lines_to_json(of));
    CHECK(read.lines == of.lines);
    CHECK(read.tenders == of.tenders);
    CHECK(read.settlement == of.settlement);
    account_tender const wrong[] = {
        {card, tender_kind::card, 3489, -1, 0},   {card, tender_kind::card, 3489, 0, -1},
        {card, tender_kind::card, 3489, 3490, 0}, {card, tender_kind::card, 3489, 3000, 490},
        {card, tender_kind::card, 3488, 0, 0},    {card, tender_kind::card, 3490, 0, 0},
        {card, tender_kind::card, -1, 0, 0},      {card, tender_kind::card, INT64_MAX, INT64_MAX, INT64_MAX},
        {card, tender_kind::card, 3489, 101, 0},  {card, tender_kind::card, 3489, 60, 1},
    };
    for (auto const& one : wrong) {
        of.tenders[0] = one;
        CHECK_THROWS_AS(read_account(lines_to_json(of)), failure);
    }
}
