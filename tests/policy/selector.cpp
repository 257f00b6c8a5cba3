// Selectors: which orders a policy is meant for, and which of two policies is the narrower.
#include "recourse/policy/selector.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace recourse;

namespace {

instant at(std::string_view text) { return parse_instant(text).value(); }
date on(std::string_view text) { return parse_date(text).value(); }

// Ordered on 31 May at 23:30 in Brussels, which is another day in UTC.
order_facts an_order() {
    order_facts order;
    order.buyer = {actor_id{"anna"}, "Europe/Brussels", "BE"};
    order.traits = order_traits{"be", "electronics", "card", "private", at("2026-05-31T21:30:00Z")};
    return order;
}

result<policy, input_problems> with(std::string_view selector) {
    auto document = boost::json::parse(boost::json::string_view{find_preset("aliexpress")->text});
    document.as_object()["applies_to"] = boost::json::parse(boost::json::string_view{selector});
    return read_policy(boost::json::serialize(document));
}

std::string why_not(std::string_view selector) { return to_text(with(selector).error()); }

}  // namespace

TEST_CASE("an order fits a selector that names nothing, or what the order has") {
    auto const order = an_order();
    CHECK(misfits({}, order).empty());
    CHECK(misfits({.site = {"nl", "be"}, .category = {"electronics"}}, order).empty());
    CHECK(misfits({.payment_method = {"card"}, .seller_type = {"private"}}, order).empty());
}

TEST_CASE("each thing of an order that does not fit is told, also what was not told") {
    auto order = an_order();
    CHECK(misfits({.site = {"nl", "fr"}, .category = {"books"}}, order) ==
          std::vector<std::string>{R"(site "be", not "nl" or "fr")", R"(category "electronics", not "books")"});
    order.traits->seller_type.reset();
    CHECK(misfits({.seller_type = {"private"}}, order) ==
          std::vector<std::string>{R"(seller_type was not told, and should be "private")"});
    order.traits.reset();
    CHECK(misfits({.payment_method = {"card"}, .ordered_from = on("2026-01-01")}, order).size() == 2);
}

TEST_CASE("the day of an order is that of the buyer, from the first day on and before the last") {
    auto order = an_order();
    CHECK(ordered_on(order) == on("2026-05-31"));
    CHECK(misfits({.ordered_from = on("2026-05-31"), .ordered_before = on("2026-06-01")}, order).empty());
    CHECK(misfits({.ordered_before = on("2026-05-31")}, order) ==
          std::vector<std::string>{"ordered on 2026-05-31, not before 2026-05-31"});
    CHECK(misfits({.ordered_from = on("2026-06-01")}, order) ==
          std::vector<std::string>{"ordered on 2026-05-31, not from 2026-06-01 on"});
    order.traits->ordered_at = at("2026-05-31T22:00:00Z");
    CHECK(misfits({.ordered_from = on("2026-06-01")}, order).empty());
    order.traits->ordered_at.reset();
    CHECK(misfits({.ordered_from = on("2026-06-01")}, order) ==
          std::vector<std::string>{"the day of the order was not told"});
    order.paid_at = at("2026-06-02T10:00:00Z");
    CHECK(ordered_on(order) == on("2026-06-02"));
    order.buyer.zone = "Europe/Atlantis";
    CHECK_FALSE(ordered_on(order));
}

TEST_CASE("the narrower of two selectors names more, or what counts more") {
    order_selector const all;
    order_selector const site{.site = {"be"}};
    order_selector const category{.category = {"books"}};
    order_selector const dated{.ordered_from = on("2026-01-01")};
    order_selector const two{.seller_type = {"private"}, .ordered_before = on("2026-01-01")};
    CHECK(is_narrower(site, all));
    CHECK_FALSE(is_narrower(all, site));
    CHECK(is_narrower(two, site));
    CHECK(is_narrower(site, category));
    CHECK(is_narrower(category, dated));
    CHECK_FALSE(is_narrower(dated, category));
    CHECK_FALSE(is_narrower(site, site));
    CHECK_FALSE(is_narrower(dated, {.ordered_before = on("2027-01-01")}));
}

TEST_CASE("two selectors tie where neither is narrower and an order fits both") {
    CHECK(tie({}, {}));
    CHECK(tie({.site = {"be", "nl"}}, {.site = {"nl", "de"}}));
    CHECK_FALSE(tie({.site = {"be"}}, {.site = {"nl"}}));
    CHECK_FALSE(tie({.site = {"be"}}, {.category = {"books"}}));
    CHECK(share_an_order({.site = {"be"}}, {.category = {"books"}}));
    CHECK_FALSE(tie({.ordered_before = on("2026-06-01")}, {.ordered_from = on("2026-06-01")}));
    CHECK_FALSE(tie({.ordered_from = on("2026-06-01")}, {.ordered_before = on("2026-06-01")}));
    CHECK(tie({.ordered_before = on("2026-06-02")}, {.ordered_from = on("2026-06-01")}));
}

TEST_CASE("a policy says for which orders it is meant, and what takes none is told at its place") {
    CHECK_FALSE(read_policy(find_preset("aliexpress")->text).value().applies_to);
    CHECK(with("{}").value().applies_to == order_selector{});
    auto const read = with(R"({"site":["be","nl"],"category":["books"],"payment_method":["card"],)"
                           R"("seller_type":["private"],"ordered_from":"2026-01-01","ordered_before":"2026-06-01"})");
    REQUIRE(read);
    CHECK(read->applies_to ==
          order_selector{{"be", "nl"}, {"books"}, {"card"}, {"private"}, on("2026-01-01"), on("2026-06-01")});
    CHECK(why_not(R"({"sites":["be"]})") == "/applies_to/sites: is not known here (did you mean \"site\"?)");
    CHECK(why_not(R"({"site":["be","nl","be"]})") == "/applies_to/site/2: is listed before");
    CHECK(why_not(R"({"ordered_from":"2026-06-01","ordered_before":"2026-06-01"})") ==
          "/applies_to/ordered_before: would take no order: expected a day after 2026-06-01");
    CHECK(why_not(R"({"ordered_from":"2026-02-30"})").starts_with("/applies_to/ordered_from: "));
    CHECK(why_not(R"({"site":"be"})").starts_with("/applies_to/site: expected an array"));
}

TEST_CASE("no preset says for which orders it is meant: presets are had by their names") {
    for (auto const name : preset_names()) {
        CAPTURE(name);
        CHECK_FALSE(read_policy(find_preset(name)->text).value().applies_to);
    }
}
