// A host's calendar as JSON: spelled out, on a base, joined; and what is refused at which member.
#include "recourse/calendar/calendar_document.hpp"

#include <catch2/catch.hpp>

#include "tools/calendar/eval.hpp"

namespace {

using namespace recourse;

result<business_calendar, input_problems> read(std::string_view text) {
    return read_calendar_document(text, calendar_set{});
}

std::string problem(std::string_view text) {
    auto const made = read(text);
    return made ? "was read" : to_text(made.error());
}

bool is_open(result<business_calendar, input_problems> const& calendar, year_month_day day) {
    return *calendar->is_business_day(to_date(day));
}

}  // namespace

TEST_CASE("a calendar spelled out has its weekmask, holidays, worked days and years") {
    auto const yard = read(
        R"({"name":"YARD","title":"The yard","version":"2026-11-22","weekmask":"1111110","holidays":["2026-01-02",
            {"date":"2026-12-24","name":"Heiligabend","kind":"half_day","closed":"13:00-24:00"}],
            "closures":["2026-01-05"],"worked":["2026-01-04"],"first_year":2026,"last_year":2027})");
    INFO((yard ? std::string{} : to_text(yard.error())));
    REQUIRE(yard);
    CHECK(yard->name() == "YARD");
    CHECK(yard->title() == "The yard");
    CHECK(yard->data_version() == "2026-11-22");
    CHECK_FALSE(is_open(yard, {2026, 1, 2}));
    CHECK(is_open(yard, {2026, 1, 3}));
    CHECK(is_open(yard, {2026, 1, 4}));
    CHECK_FALSE(is_open(yard, {2026, 1, 5}));
    CHECK(yard->day_reason(to_date({2026, 12, 24}))->kind == day_kind::half_day);
    CHECK(yard->last_year() == 2027);
    CHECK(read(R"({"name":"ALWAYS"})")->last_year() == year_max);
}

TEST_CASE("a base gives its days, and the own days have the last word") {
    auto const shop = read(
        R"({"name":"SHOP","base":"DE","closures":["2026-01-02",{"date":"2026-01-05","name":"Stocktaking"}],
            "worked":["2026-05-01","2026-01-03"]})");
    INFO((shop ? std::string{} : to_text(shop.error())));
    REQUIRE(shop);
    CHECK_FALSE(is_open(shop, {2026, 1, 1}));
    CHECK_FALSE(is_open(shop, {2026, 1, 2}));
    CHECK(to_text(*shop->day_reason(to_date({2026, 1, 5}))) == "Stocktaking");
    CHECK(is_open(shop, {2026, 5, 1}));
    CHECK(is_open(shop, {2026, 1, 3}));
    CHECK(is_open(shop, {2026, 1, 6}));
}

TEST_CASE("a join takes names and objects, and rules by any or by all") {
    auto const any = read(R"({"name":"ANY","join":["DE","FR"]})");
    auto const all = read(R"({"name":"ALL","join":["DE","FR"],"rule":"closed_if_all"})");
    INFO((any ? std::string{} : to_text(any.error())));
    REQUIRE(any);
    REQUIRE(all);
    CHECK(any->name() == "ANY");
    CHECK_FALSE(is_open(any, {2026, 7, 14}));
    CHECK(is_open(all, {2026, 7, 14}));
    CHECK_FALSE(is_open(all, {2026, 1, 1}));
    auto const deep =
        read(R"({"name":"DEEP","join":[{"base":"DE","worked":["2026-01-01"]},{"base":"FR","worked":["2026-01-01"]},
                               {"weekmask":"0111100","first_year":2026,"last_year":2026}],"closures":["2026-03-03"]})");
    INFO((deep ? std::string{} : to_text(deep.error())));
    REQUIRE(deep);
    CHECK(deep->first_year() == 2026);
    CHECK(is_open(deep, {2026, 1, 1}));
    CHECK_FALSE(is_open(deep, {2026, 1, 5}));
    CHECK_FALSE(is_open(deep, {2026, 3, 3}));
}

TEST_CASE("a document that is wrong is refused at the member, with what would be right") {
    auto const refused = [](std::string_view text, std::string const& sentence) {
        INFO(text);
        CHECK_THAT(problem(text), Catch::Contains(sentence));
    };
    refused("", "is not JSON");
    refused("[]", "expected an object; found an array");
    refused("{}", "/name: is missing");
    refused(R"({"name":""})", "its name is not 1 to 32 letters");
    refused(R"({"name":"A B"})", "its name is not 1 to 32 letters");
    refused(R"({"name":"A","base":"DEE"})", R"(/base: there is no calendar "DEE" (did you mean "DE"?))");
    refused(R"({"name":"A","base":7})", "/base: expected the name of a calendar or an object; found 7");
    refused(R"({"name":"A","base":{"base":{"weekmask":"1"}}})", "/base/base/weekmask: expected seven digits");
    refused(R"({"name":"A","join":["DE","QQ"]})", "/join/1: there is no calendar");
    refused(R"({"name":"A","join":[]})", "/join: no calendars to join");
    refused(R"({"name":"A","base":"DE","join":["FR"]})", "/join: stands beside \"base\"; expected one of them");
    refused(R"({"name":"A","base":"DE","rule":"closed_if_any"})", "/rule: says how to join");
    refused(R"({"name":"A","join":["DE"],"rule":"any"})", "/rule: expected one of closed_if_any, closed_if_all");
    refused(R"({"name":"A","base":"DE","weekmask":"1111110"})",
            "/weekmask: comes from the base or the join; leave it out");
    refused(R"({"name":"A","base":"DE","holidays":["2026-01-01"]})", "own days are \"closures\"");
    refused(R"({"name":"A","base":"DE","first_year":2026})", "/first_year: comes from the base");
    refused(R"({"name":"A","base":"DE","closures":["2026-02-30"]})", "/closures/0:");
    refused(R"({"name":"A","base":"DE","closures":["1200-01-03"]})", "1200-01-03 lies outside the covered years");
    refused(R"({"name":"A","closure":[]})", "/closure: is not known here (did you mean \"closures\"?)");
    refused(R"({"name":"A","weekmask":"0000000"})", "/weekmask: expected seven digits");
    std::string deep = R"({"name":"A")";
    for (int at = 0; at < 40; ++at) deep += R"(,"base":{"weekmask":"1111100")";
    refused(deep + std::string(41, '}'), "is not JSON");
}

TEST_CASE("an inline calendar of eval can have a base, a join and closures as a document has") {
    tools::evaluator one{{}};
    auto const open = [&](std::string const& calendar, std::string const& day) {
        return one.answer(R"({"op":"is_business_day","calendar":)" + calendar + R"(,"date":")" + day + R"("})");
    };
    CHECK(open(R"({"base":"DE","closures":["2026-01-05"]})", "2026-01-05") == R"({"result":false})");
    CHECK(open(R"({"base":"DE","worked":["2026-01-01"]})", "2026-01-01") == R"({"result":true})");
    CHECK(open(R"({"join":["DE","FR"],"rule":"closed_if_all"})", "2026-07-14") == R"({"result":true})");
    CHECK(open(R"({"join":["DE+US","FR"]})", "2026-07-14") == R"({"result":false})");
    CHECK(open(R"({"holidays":["2026-01-05"]})", "2026-01-05") == R"({"result":false})");
    CHECK(one.answer(R"({"op":"define","name":"our shop","calendar":{"base":"DE","closures":["2026-01-05"]}})") ==
          R"({"result":"our shop"})");
    CHECK(open(R"({"base":"our shop"})", "2026-01-05") == R"({"result":false})");
    CHECK_THAT(open(R"({"base":"QQ"})", "2026-01-05"), Catch::Contains(R"("code":"unknown_calendar")") &&
                                                           Catch::Contains("/calendar/base: there is no calendar"));
    CHECK_THAT(open(R"({"base":"DE","weekmask":"1111100"})", "2026-01-05"),
               Catch::Contains(R"("code":"invalid_calendar")"));
}
