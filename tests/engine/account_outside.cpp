// Money that moves beside the disputes: refunds by other routes, chargebacks, and what the buyer then has twice.
#include <catch2/catch.hpp>
#include <functional>

#include "engine/stage.hpp"
#include "recourse/engine/json.hpp"

using namespace recourse;
using namespace recourse::test;
using lines = std::vector<line_amount>;
using enum chargeback_state;

namespace {

line_id const cups{"cups"};
line_id const pot{"pot"};
tender_id const card{"card-1"};
tender_id const gift{"gift-1"};

outside_refund outside(std::string_view id, lines of, tender_id tender = {}, lines released = {}) {
    return {outside_id{std::string{id}}, std::move(of), std::move(tender), std::move(released)};
}
chargeback_told notice_of(chargeback_state state, std::int64_t minor, std::string_view id = "CB-1",
                          tender_id tender = {}) {
    return {chargeback_id{std::string{id}}, state, euro(minor), std::move(tender)};
}
order_facts mixed_order() {
    auto order = an_order();
    order.tenders = {{card, tender_kind::card, euro(3489)}, {gift, tender_kind::gift_card, euro(2000)}};
    return order;
}
// The refusal in words, "nothing new" or "done"; always a sound account.
std::string told(account& of, outside_refund const& what, tender_order const& order = {}) {
    auto const done = post_outside_refund(of, what, order);
    CHECK(imbalance(of).empty());
    return !done ? std::string{name(done.error().code)} : *done ? "done" : "nothing new";
}
std::string told(account& of, chargeback_told const& what) {
    auto const done = post_chargeback(of, what);
    CHECK(imbalance(of).empty());
    return !done ? std::string{name(done.error().code)} : *done ? "done" : "nothing new";
}

}  // namespace

TEST_CASE("a refund by another route makes less refundable, and is told once however often it is told") {
    auto of = account_of(an_order());
    CHECK(told(of, outside("R-1", {{cups, 1, 1000}})) == "done");
    CHECK(refundable_minor(of.lines[0], 3) == 1999);
    CHECK(of.left_minor() == 4489);
    CHECK(of.outside_refunded_minor() == 1000);
    CHECK(told(of, outside("R-1", {{cups, 1, 1000}})) == "nothing new");
    CHECK(told(of, outside("R-1", {{cups, 1, 999}})) == "payment_facts_contradict");
    CHECK(told(of, outside("R-2", {{cups, 0, 1999}, {pot, 1, 2000}})) == "done");
    CHECK(refundable_minor(of.lines[0], 3) == 0);
    CHECK(of.left_minor() == 490);
    CHECK(of.recoup_due_minor() == 0);
}

TEST_CASE("a refund by another route that is more than is left is refused with the limit, and nothing is posted") {
    auto of = account_of(mixed_order());
    of.lines[0].reserved_minor = 2999;
    of.lines[0].units_in_dispute = 3;
    auto const before = of;
    auto const over = post_outside_refund(of, outside("R-1", {{pot, 1, 2000}, {cups, 1, 1}}));
    REQUIRE_FALSE(over);
    CHECK(over.error().code == refusal::amount_exceeds_refundable);
    CHECK(over.error().limit == euro(0));
    CHECK(over.error().subject == "cups");
    CHECK(told(of, outside("R-1", {{pot, 1, 2001}})) == "amount_exceeds_refundable");
    CHECK(told(of, outside("R-1", {})) == "amount_not_positive");
    CHECK(told(of, outside("R-1", {{pot, 1, 0}})) == "amount_not_positive");
    CHECK(told(of, outside("R-1", {{pot, 1, -1}})) == "amount_not_positive");
    CHECK(told(of, outside("R-1", {{line_id{"lid"}, 1, 1}})) == "line_unknown");
    CHECK(told(of, outside("R-1", {{pot, 1, 1}, {pot, 1, 1}})) == "line_repeated");
    CHECK(told(of, outside("R-1", {{pot, 1, 1}}, tender_id{"cash"})) == "tender_unknown");
    CHECK(told(of, outside("R-1", {{cups, 1, 1}}, {}, {{cups, 1, 3000}})) == "amount_exceeds_refundable");
    CHECK(told(of, outside("R-1", {{cups, 1, 1}}, {}, {{line_id{"lid"}, 1, 1}})) == "line_unknown");
    CHECK(of == before);
}

// Scenario 67: the seller refunds beside the dispute that holds the money.
TEST_CASE("a dispute that hears of a refund by another route gives up what it holds of it") {
    stage play;
    REQUIRE(outcome_of(play.open()) == "accepted");
    auto& of = *play.money;
    CHECK(told(of, outside("R-1", {{cups, 1, 1000}})) == "amount_exceeds_refundable");
    CHECK(told(of, outside("R-1", {{cups, 1, 1000}}, {}, {{cups, 1, 1000}})) == "done");
    CHECK(of.lines[0].reserved_minor == 1999);
    CHECK(of.lines[0].outside_refunded_minor == 1000);
    CHECK(told(of, outside("R-1", {{cups, 1, 1000}}, {}, {{cups, 1, 1000}})) == "nothing new");
    CHECK(of.lines[0].reserved_minor == 1999);
}

TEST_CASE("a refund by another route takes from the tender it is told of, or from the policy's first") {
    auto of = account_of(mixed_order());
    CHECK(told(of, outside("R-1", {{cups, 3, 2999}}, gift)) == "amount_exceeds_refundable");
    CHECK(told(of, outside("R-1", {{pot, 1, 1500}}, gift)) == "done");
    CHECK(of.tenders[1].outside_refunded_minor == 1500);
    CHECK(told(of, outside("R-2", {{cups, 1, 1000}}), {false, {tender_kind::gift_card}}) == "done");
    CHECK(of.tenders[1].outside_refunded_minor == 2000);
    CHECK(of.tenders[0].outside_refunded_minor == 500);
    // Whatever a payment of one tender is called, it is that one.
    auto plain = account_of(an_order());
    CHECK(told(plain, outside("R-1", {{pot, 1, 1}}, gift)) == "done");
}

// Scenario 63.
TEST_CASE("an alert or an inquiry blocks nothing, an open chargeback does, and winning it gives everything back") {
    auto of = account_of(an_order());
    CHECK(told(of, notice_of(alert, 5489)) == "done");
    CHECK(told(of, notice_of(inquiry, 5489)) == "done");
    CHECK(of.left_minor() == 5489);
    CHECK(told(of, notice_of(open, 5489)) == "done");
    CHECK(told(of, notice_of(open, 5489)) == "nothing new");
    CHECK(of.blocked_minor() == 5489);
    CHECK(of.left_minor() == 0);
    CHECK(refundable_minor(of.lines[1], 1) == 0);
    CHECK(told(of, notice_of(won, 5489)) == "done");
    CHECK(of.lines == account_of(an_order()).lines);
    CHECK(of.blocked_minor() == 0);
    CHECK(told(of, notice_of(open, 5489)) == "payment_facts_contradict");
    CHECK(told(of, notice_of(won, 5489)) == "nothing new");
    CHECK(told(of, notice_of(lost, 5489)) == "done");  // put right by the network
    CHECK(of.lost_minor() == 5489);
}

// Scenario 61.
TEST_CASE("after a lost chargeback a refund is refused with what is left") {
    auto of = account_of(an_order());
    CHECK(told(of, notice_of(lost, 5000)) == "done");
    CHECK(of.lost_minor() == 5000);
    CHECK(of.left_minor() == 489);
    // In proportion: 29.99, 20.00 and 4.90 of 54.89.
    CHECK(of.chargebacks[0].counted == lines{{cups, 0, 2732}, {pot, 0, 1822}, {line_id{"shipping"}, 0, 446}});
    auto const refused_one = post_outside_refund(of, outside("R-1", {{cups, 3, 268}}));
    REQUIRE_FALSE(refused_one);
    CHECK(refused_one.error().limit == euro(267));
    CHECK(told(of, outside("R-1", {{cups, 3, 267}})) == "done");
    stage play;
    play.money = of;
    play.money->version = 1;
    CHECK(outcome_of(play.open(full(2999))) == "amount_exceeds_refundable full_refund_is_another_amount");
}

// Scenario 60.
TEST_CASE("a chargeback that is lost after refunds counts for the rest, and the double payment is told") {
    auto of = account_of(an_order());
    of.lines[0].refunded_minor = 2999;
    CHECK(told(of, outside("R-1", {{pot, 1, 1000}})) == "done");
    CHECK(told(of, notice_of(open, 5489)) == "done");
    CHECK(of.blocked_minor() == 1490);
    CHECK(of.overlapping_minor() == 3999);
    CHECK(of.recoup_due_minor() == 0);  // nothing is lost yet
    CHECK(told(of, notice_of(lost, 5489)) == "done");
    CHECK(of.lost_minor() == 1490);
    CHECK(of.recoup_due_minor() == 3999);
    CHECK(of.left_minor() == 0);
    CHECK(told(of, notice_of(withdrawn, 5489)) == "done");
    CHECK(of.recoup_due_minor() == 0);
    CHECK(of.left_minor() == 1490);
}

// Scenario 70.
TEST_CASE("a chargeback that is reversed in part frees that part only") {
    auto of = account_of(an_order());
    CHECK(told(of, notice_of(open, 5489)) == "done");
    CHECK(told(of, notice_of(lost, 2000)) == "done");
    CHECK(of.lost_minor() == 2000);
    CHECK(of.left_minor() == 3489);
}

TEST_CASE("what a dispute holds stays held when a chargeback opens, and counts for it as soon as it is free") {
    stage play;
    REQUIRE(outcome_of(play.open(full(5489), {{cups, 3}, {pot, 1}, {line_id{"shipping"}, 1}})) == "accepted");
    CHECK(told(*play.money, notice_of(open, 4000)) == "done");
    CHECK(play.money->blocked_minor() == 0);
    CHECK(play.money->overlapping_minor() == 4000);
    REQUIRE(outcome_of(play.ask(anna, dispute::withdraw_dispute{}, plus_seconds(opening, day))) == "accepted");
    CHECK(play.money->blocked_minor() == 4000);
    CHECK(play.money->overlapping_minor() == 0);
    CHECK(play.money->left_minor() == 1489);
    CHECK(imbalance(*play.money).empty());
}

TEST_CASE("several chargebacks on one payment are counted together, lost ones first") {
    auto of = account_of(an_order());
    of.lines[0].reserved_minor = 2999;
    of.lines[1].reserved_minor = 2000;
    CHECK(told(of, notice_of(open, 3000, "CB-1")) == "done");
    CHECK(told(of, notice_of(lost, 1000, "CB-2")) == "done");
    CHECK(of.blocked_minor() == 490);
    CHECK(of.lost_minor() == 0);
    CHECK(of.overlapping_minor() == 3510);
    of.lines[1].reserved_minor = 0;
    CHECK(told(of, notice_of(alert, 1, "CB-3")) == "done");
    CHECK(of.lost_minor() == 1000);
    CHECK(of.blocked_minor() == 1490);
    CHECK(told(of, notice_of(won, 3000, "CB-1")) == "done");
    CHECK(of.blocked_minor() == 0);
    CHECK(of.left_minor() == 1490);
    // Lost three times over: what is above the captured amount is the buyer's for nothing.
    CHECK(told(of, notice_of(lost, 5489, "CB-4")) == "done");
    CHECK(told(of, notice_of(lost, 5489, "CB-5")) == "done");
    CHECK(of.recoup_due_minor() == 1000 + 2 * 5489 - 5489);
}

TEST_CASE("a chargeback meets the tender it is of, else cards first") {
    auto of = account_of(mixed_order());
    CHECK(told(of, notice_of(open, 3489, "CB-1", card)) == "done");
    CHECK(of.tenders[0].charged_back_minor == 3489);
    CHECK(split_over_tenders(of, 2000, {}) == std::vector<tender_amount>{{gift, 2000}});
    CHECK(told(of, notice_of(open, 3490, "CB-2", card)) == "amount_exceeds_refundable");
    CHECK(told(of, notice_of(open, 2000, "CB-1", gift)) == "payment_facts_contradict");
    CHECK(told(of, notice_of(open, 1, "CB-2", tender_id{"cash"})) == "tender_unknown");
    CHECK(told(of, notice_of(withdrawn, 3489, "CB-1", card)) == "done");
    CHECK(told(of, notice_of(open, 3500, "CB-2")) == "done");
    CHECK(of.tenders[0].charged_back_minor == 3489);
    CHECK(of.tenders[1].charged_back_minor == 11);
    // A card that gave back most of its amount has little for a chargeback; the lines count all that they have.
    auto other = account_of(mixed_order());
    CHECK(told(other, outside("R-1", {{cups, 3, 2999}}, card)) == "done");
    CHECK(told(other, notice_of(lost, 3489, "CB-1", card)) == "done");
    CHECK(other.tenders[0].charged_back_minor == 490);
    CHECK(other.lost_minor() == 2490);
    CHECK(other.recoup_due_minor() == 999);
    CHECK(other.left_minor() == 0);
}

TEST_CASE("a chargeback that cannot be is refused with what would be right") {
    auto of = account_of(an_order());
    auto const before = of;
    auto const over = post_chargeback(of, notice_of(open, 5490));
    REQUIRE_FALSE(over);
    CHECK(to_text(over.error()) ==
          "The amount exceeds what can still be refunded for these units. It is about: CB-1. More is charged back than "
          "was captured. The limit is 54.89 EUR.");
    CHECK(told(of, notice_of(open, 0)) == "amount_not_positive");
    CHECK(told(of, notice_of(open, -5)) == "amount_not_positive");
    CHECK(told(of, {chargeback_id{"CB-1"}, open, {100, *currency::find("USD")}, {}}) == "amount_in_another_currency");
    CHECK(of == before);
}

TEST_CASE("an account with refunds by other routes and chargebacks reads back as it was written") {
    auto of = account_of(mixed_order());
    told(of, outside("R-1", {{cups, 1, 1000}, {pot, 1, 5}}));
    told(of, notice_of(open, 2000, "CB-1", card));
    told(of, notice_of(inquiry, 10, "CB-2"));
    told(of, notice_of(lost, 3000, "CB-3"));
    auto read = read_account(lines_to_json(of));
    read.payment = of.payment;
    read.currency = of.currency;
    CHECK(read == of);
    CHECK(
        account_of(an_order()).lines ==
        read_account(R"({"lines":[{"line":"cups","units":3,"paid_minor":2999,"units_in_dispute":0,"reserved_minor":0,)"
                     R"("refunded_minor":0},{"line":"pot","units":1,"paid_minor":2000,"units_in_dispute":0,)"
                     R"("reserved_minor":0,"refunded_minor":0},{"line":"shipping","units":1,"paid_minor":490,)"
                     R"("units_in_dispute":0,"reserved_minor":0,"refunded_minor":0}]})")
            .lines);
}

TEST_CASE("amounts that cannot be an account's are found, each of them") {
    auto right = account_of(mixed_order());
    told(right, outside("R-1", {{cups, 1, 1000}}));
    told(right, notice_of(open, 2000, "CB-1", card));
    REQUIRE(imbalance(right).empty());
    std::function<void(account&)> const changes[] = {
        [](account& of) { of.lines[0].outside_refunded_minor += 1; },
        [](account& of) { of.lines[0].outside_refunded_minor = -1; },
        [](account& of) { of.lines[0].charged_back_minor -= 1; },
        [](account& of) { of.lines[0].reserved_minor = 2999; },
        [](account& of) { of.lines[1].paid_minor = INT64_MAX; },
        [](account& of) { of.tenders[0].outside_refunded_minor -= 1; },
        [](account& of) { of.tenders[0].charged_back_minor += 1; },
        [](account& of) { of.tenders[0].reserved_minor = 1; },
        [](account& of) { of.tenders[0].captured_minor += 1; },
        [](account& of) { of.outside_refunds[0].lines[0].line = line_id{"lid"}; },
        [](account& of) { of.outside_refunds[0].tenders[0].tender = tender_id{"cash"}; },
        [](account& of) { of.outside_refunds[0].lines[0].minor = 0; },
        [](account& of) {
            of.outside_refunds.push_back({outside_id{"R-2"}, {{line_id{"lid"}, 1, 1}}, {}});
        },
        [](account& of) { of.chargebacks[0].counted[0].minor = INT64_MAX; },
        [](account& of) {
            of.chargebacks[0].counted.push_back({line_id{"lid"}, 0, 1});
        },
        [](account& of) { of.chargebacks[0].state = inquiry; },
        [](account& of) { of.chargebacks[0].minor = 1999; },
        [](account& of) { of.chargebacks[0].minor = 5490; },
        [](account& of) { of.chargebacks[0].minor = 0; },
    };
    for (auto const& change : changes) {
        auto wrong = right;
        change(wrong);
        CAPTURE(&change - changes);
        CHECK_FALSE(imbalance(wrong).empty());
        CHECK_THROWS_AS(read_account(lines_to_json(wrong)), failure);
    }
}
