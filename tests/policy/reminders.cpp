// Reminders in a policy document.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "recourse/policy/policy.hpp"

using namespace recourse;

namespace {

result<policy, input_problems> with(std::string_view reminders) {
    auto document = boost::json::parse(boost::json::string_view{find_preset("aliexpress")->text});
    document.as_object()["reminders"] = boost::json::parse(boost::json::string_view{reminders});
    return read_policy(boost::json::serialize(document));
}

std::string why_not(std::string_view reminders) { return to_text(with(reminders).error()); }

}  // namespace

TEST_CASE("a policy reminds of its clocks, so long before their end, whom it names") {
    CHECK(read_policy(find_preset("aliexpress")->text).value().reminders.empty());
    auto const read = with(R"([{"clock":"seller_response","before":"2 calendar_days","to":["seller"]},)"
                           R"({"clock":"protection","before":"1 weeks","to":["buyer","host"]}])");
    REQUIRE(read);
    CHECK(read->reminders == std::vector<reminder_rule>{
                                 {"seller_response", {2, period_unit::calendar_days}, {role::seller}},
                                 {"protection", {1, period_unit::weeks}, {role::buyer, role::host}},
                             });
}

TEST_CASE("what is wrong with a reminder is told at its place") {
    auto const one = [](std::string const& clock, std::string const& before, std::string const& to) {
        return R"([{"clock":")" + clock + R"(","before":")" + before + R"(","to":)" + to + "}]";
    };
    auto const seller = std::string{R"(["seller"])"};
    CHECK(why_not(one("sellers_response", "1 hours", seller)).starts_with("/reminders/0/clock: expected one of "));
    CHECK(why_not(one("sellers_response", "1 hours", seller)).ends_with("(did you mean \"seller_response\"?)"));
    CHECK(why_not(one("mediation_lease", "1 hours", seller)).starts_with("/reminders/0/clock: expected one of "));
    CHECK(why_not(one("appeal_window", "1 hours", seller)) ==
          "/reminders/0/clock: would never be sent: the policy has no clock appeal_window");
    CHECK(why_not(one("seller_response", "5 calendar_days", seller)) ==
          "/reminders/0/before: would never be sent: 5 calendar_days is as long as the clock, 5 calendar_days, or "
          "longer");
    CHECK(with(one("seller_response", "4 calendar_days", seller)));
    CHECK(why_not(one("seller_response", "2 days", seller))
              .starts_with("/reminders/0/before: \"2 days\" is not a period"));
    CHECK(why_not(one("seller_response", "1 service_hours", seller)) ==
          "/reminders/0/before: a policy names no service schedule to count service_hours on");
    CHECK(why_not(one("seller_response", "1 hours", "[]")) ==
          "/reminders/0/to: names nobody, so that it would never be sent");
    CHECK(why_not(one("seller_response", "1 hours", R"(["timer"])")) ==
          "/reminders/0/to/0: a timer is no one who could be reminded");
    CHECK(why_not(one("seller_response", "1 hours", R"(["seller","seller"])")) ==
          "/reminders/0/to/1: is listed before");
    CHECK(why_not(R"([{"clock":"decision","before":"1 hours","to":["mediator"]},)"
                  R"({"clock":"decision","before":"1 hours","to":["buyer"]}])") ==
          "/reminders/1: repeats /reminders/0");
    CHECK(why_not(R"([{"clock":"decision","to":["mediator"]}])") == "/reminders/0/before: is missing");
}
