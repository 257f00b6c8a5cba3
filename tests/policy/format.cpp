// What a policy document may say beyond plain clocks: durations, anchors, windows, kinds of reasons, laws, service hours.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "engine/time_left.hpp"
#include "recourse/calendar/holidays.hpp"
#include "recourse/engine/decide.hpp"
#include "recourse/policy/policy.hpp"
#include "recourse/policy/protection.hpp"

using namespace recourse;
namespace json = boost::json;
using lifecycle::clock;

namespace {

instant at(std::string_view text) { return parse_instant(text).value(); }

// The preset with members of it, there or not, in the place of others; values are JSON.
class document {
  public:
    document() : content_(json::parse(json::string_view{find_preset("aliexpress")->text})) {}
    document& with(std::string const& pointer, std::string_view value) {
        auto const slash = pointer.rfind('/');
        content_.at_pointer(pointer.substr(0, slash)).as_object()[pointer.substr(slash + 1)] =
            json::parse(json::string_view{value.data(), value.size()});
        return *this;
    }
    document& without(std::string const& pointer) {
        auto const slash = pointer.rfind('/');
        content_.at_pointer(pointer.substr(0, slash)).as_object().erase(pointer.substr(slash + 1));
        return *this;
    }
    [[nodiscard]] policy read() const {
        auto made = read_policy(json::serialize(content_));
        INFO((made ? "" : to_text(made.error())));
        REQUIRE(made);
        return std::move(made).value();
    }
    [[nodiscard]] std::string problems() const {
        auto const made = read_policy(json::serialize(content_));
        return made ? "" : to_text(made.error());
    }

  private:
    json::value content_;
};

terms under(policy const& rules) {
    terms known;
    known.policy = &rules;
    known.buyer_calendar = find_calendar("BE");
    known.seller_calendar = find_calendar("BE");
    known.buyer_zone = known.seller_zone = time_zone::find("Europe/Brussels").value();
    return known;
}

}  // namespace

TEST_CASE("a length may be an ISO 8601 duration of one unit") {
    auto const length = [](std::string_view text) { return parse_period(text).value(); };
    CHECK(length("P14D") == period{14, period_unit::calendar_days});
    CHECK(length("PT48H") == period{48, period_unit::hours});
    CHECK(length("P2W") == period{2, period_unit::weeks});
    CHECK(length("P6M") == period{6, period_unit::months});
    CHECK(length("P1Y") == period{1, period_unit::years});
    for (auto const* wrong : {"P", "PT", "P14", "PD", "P0D", "P014D", "P1DT12H", "PT30M", "P10001D", "P-1D", "P1.5D",
                              "p1D", "P1D ", "PT2D", "P2H", "P1Y6M"})
        CHECK_FALSE(parse_period(wrong));
    CHECK(document{}.with("/clocks/decision/length", "\"P7D\"").read() == document{}.read());
    CHECK(document{}
              .with("/clocks/decision/length", "\"P7DT1H\"")
              .problems()
              .starts_with("/clocks/decision/length: \"P7DT1H\" is not a period: an ISO 8601 duration has one number "
                           "and one unit here"));
}

TEST_CASE("an anchor of a policy may have a name, and the names are replaced") {
    auto const anchored = [](std::string_view anchors, std::string_view starts) {
        return document{}.without("/protection/from").with("/protection/starts", starts).with("/anchors", anchors);
    };
    constexpr std::string_view names = R"j([{"anchor":"arrival","is":"first_of(delivered, estimated_delivery)"},
                                           {"anchor":"late","is":"last_of(arrival, paid) + 2 calendar_days"}])j";
    CHECK(anchored(names, R"("late + P1D")").problems().starts_with("/protection/starts: "));  // anchors have units
    auto const rules = anchored(names, R"("late + 1 calendar_days")").read();
    CHECK(to_text(*rules.protection.starts) ==
          "first_of(last_of(first_of(delivered, estimated_delivery), paid) + 2 calendar_days) + 1 calendar_days");
    auto const told = [&](std::string_view anchors, std::string_view starts, std::string_view problem) {
        CAPTURE(anchors, starts);
        auto const problems = anchored(anchors, starts).problems();
        CAPTURE(problems);
        CHECK(problems.starts_with(problem));
        CHECK(problems.find('\n') == std::string::npos);
    };
    told("[]", "\"delivred + 1 weeks\"",
         "/protection/starts: \"delivred\" is no fact of an order and no anchor before it; expected one of paid, "
         "shipped, "
         "estimated_delivery, delivered (did you mean \"delivered\"?)");
    told("[]", "\"paid +\"", "/protection/starts: ");
    told("[]", "\"paid + 3 service_hours\"", "/protection/starts: service_hours have no schedule here");
    told(R"([{"anchor":"paid","is":"shipped"}])", "\"paid\"", "/anchors/0/anchor: is the name of a fact of the order");
    told(R"([{"anchor":"a","is":"shipped"},{"anchor":"a","is":"paid"}])", "\"a\"",
         "/anchors/1/anchor: is named before");
    told(R"([{"anchor":"A b","is":"shipped"}])", "\"paid\"", "/anchors/0/anchor: expected a name in small letters");
    told(R"([{"anchor":"b","is":"c"},{"anchor":"c","is":"paid"}])", "\"paid\"",
         "/anchors/0/is: ");  // only those before
    CHECK(document{}.with("/protection/starts", "\"paid\"").problems() ==
          "/protection/starts: stands beside from; expected one of them");
    CHECK(document{}.without("/protection/from").problems() == "/protection/from: is missing");
}

TEST_CASE("protection that starts with an anchor ends so long after it, for the calculator as for the engine") {
    auto const rules = document{}
                           .without("/protection/from")
                           .with("/protection/starts", R"j("first_of(delivered, shipped + 5 calendar_days)")j")
                           .read();
    auto const known = under(rules);
    order_facts order;
    order.order = order_id{"O-1"};
    order.lines = {{line_id{"1"}, 1, {}}};
    CHECK_FALSE(protection_end(order, order.lines.front().line, known));
    order.shipped_at = at("2026-03-02T12:00:00Z");
    // The fifth day is Saturday the 7th; sixty days after it is the 6th of May.
    CHECK(to_text(protection_end(order, order.lines.front().line, known)->due) == "2026-05-06T22:00:00Z");
    order.delivered_at = at("2026-03-04T12:00:00Z");
    CHECK(to_text(protection_end(order, order.lines.front().line, known)->due) == "2026-05-03T22:00:00Z");
    party_days days;
    days.buyer = days.seller = days.platform = find_calendar("BE");
    days.buyer_zone = days.seller_zone = days.platform_zone = time_zone::find("Europe/Brussels").value();
    auto const calculated = [&] {
        return compute_protection(protection_terms_of(rules), protection_facts_of(order), days)
            .value()
            .lines.at(0)
            .end.at;
    };
    CHECK(calculated() == protection_end(order, order.lines.front().line, known)->due);
    order.delivered_at.reset();
    CHECK(calculated() == protection_end(order, order.lines.front().line, known)->due);
}

TEST_CASE("a kind of a reason has what its parent has, unless it says otherwise") {
    auto const kind = [](std::string_view kinds) { return document{}.with("/reasons", kinds); };
    auto const rules =
        kind(
            R"([{"reason":"a","title":"A","remedies":["full_refund","return_refund"],"evidence":["photo"],"partial":{"range":[10,20]},"not_after":"paid + 9 calendar_days"},
                 {"reason":"b","title":"B","parent":"a"},
                 {"reason":"c","title":"C","parent":"b","remedies":["full_refund"],"evidence":[],"partial":"free","not_after":"paid + 1 weeks"}])")
            .read();
    CHECK(rules.reasons[0].is_heading);
    CHECK(rules.reasons[1].is_heading);
    CHECK_FALSE(rules.reasons[2].is_heading);
    CHECK(rules.reasons[1].remedies == rules.reasons[0].remedies);
    CHECK(rules.reasons[1].evidence == std::vector{evidence_kind::photo});
    CHECK(rules.reasons[1].partial == rules.reasons[0].partial);
    CHECK(rules.reasons[1].not_after == rules.reasons[0].not_after);
    CHECK(rules.reasons[2].remedies == std::vector{remedy::full_refund});
    CHECK(rules.reasons[2].evidence.empty());
    CHECK(rules.reasons[2].partial == partial_rule{});
    CHECK(to_text(*rules.reasons[2].not_after) == "paid + 1 weeks");
    CHECK(engine::rule_of(reason{"a"}, rules) == nullptr);
    CHECK(engine::rule_of(reason{"c"}, rules) == &rules.reasons[2]);
    CHECK(engine::is_kind_of(reason{"c"}, reason{"a"}, rules));
    CHECK(engine::is_kind_of(reason{"c"}, reason{"c"}, rules));
    CHECK_FALSE(engine::is_kind_of(reason{"c"}, reason{"d"}, rules));
    // A heading needs no remedies of its own; what can be chosen does.
    CHECK(kind(R"([{"reason":"a","title":"A"},{"reason":"b","title":"B","parent":"a","remedies":["full_refund"]}])")
              .problems()
              .empty());
    CHECK(kind(R"([{"reason":"a","title":"A"},{"reason":"b","title":"B","parent":"a"}])").problems() ==
          "/reasons/1/remedies: lists no remedy, so that nothing could be claimed for this reason");
    CHECK(
        kind(
            R"([{"reason":"alpha","title":"A","remedies":["full_refund"]},{"reason":"b","title":"B","parent":"alpa"}])")
            .problems() ==
        "/reasons/1/parent: expected a reason that stands before this one; found \"alpa\" (did you mean "
        "\"alpha\"?)\n"
        "/reasons/1/remedies: lists no remedy, so that nothing could be claimed for this reason");
    CHECK(kind(R"([{"reason":"a","title":"A","parent":"a","remedies":["full_refund"]}])")
              .problems()
              .starts_with("/reasons/0/parent: "));
}

TEST_CASE("evidence that is required for a reason is required for its kinds") {
    auto const rules =
        document{}
            .with("/reasons",
                  R"([{"reason":"a","title":"A"},{"reason":"b","title":"B","parent":"a","remedies":["full_refund"]},
                                                 {"reason":"c","title":"C","remedies":["full_refund"]}])")
            .with("/evidence", R"({"required":[{"action":"file_appeal","kinds":["video"],"reason":"a"}]})")
            .read();
    CHECK(engine::kinds_required(rules, evidence_action::file_appeal, reason{"b"}, {}) ==
          std::vector{evidence_kind::video});
    CHECK(engine::kinds_required(rules, evidence_action::file_appeal, reason{"c"}, {}).empty());
}

TEST_CASE("a clock may be counted as a law counts") {
    auto const rules =
        document{}
            .with(
                "/clocks/decision",
                R"({"length":"14 calendar_days","regime":"eu_1182_71","calendar":"DE","zone":"Europe/Berlin","basis":"documented"})")
            .read();
    auto const known = under(rules);
    // The 25th of December is the fourteenth day; it and the 26th are holidays.
    auto const started = start_clock(clock::decision, at("2024-12-11T11:00:00Z"), known);
    CHECK(to_text(started.due) == "2024-12-27T23:00:00Z");
    auto const why = explain_clock(clock::decision, at("2024-12-11T11:00:00Z"), known);
    CHECK(why.answer.due == started.due);
    CHECK(to_text(why).find("1182/71") != std::string::npos);
    auto const wrong = [](std::string_view rule) { return document{}.with("/clocks/decision", rule).problems(); };
    CHECK(wrong(R"({"length":"14 calendar_days","regime":"eu_1182_71","roll":"following","basis":"assumed"})") ==
          "/clocks/decision/regime: says itself how days are counted; leave start, roll and cut_off out");
    CHECK(wrong(R"({"length":"72 hours","regime":"us_frcp_6a","basis":"assumed"})").empty());
    CHECK(wrong(R"({"length":"14 calendar_days","regime":"eu_1182","basis":"assumed"})")
              .starts_with("/clocks/decision/regime: "));
    CHECK(document{}
              .with("/protection/length/regime", "\"plain\"")
              .problems()
              .starts_with("/protection/length/regime: "));
}

TEST_CASE("a clock in service hours runs while its schedule is open, and stands while it is paused") {
    constexpr std::string_view desk =
        R"([{"schedule":"desk","zone":"Europe/Brussels","calendar":"BE","windows":[{"days":["mon","tue","wed","thu","fri"],"open":"09:00","close":"17:00"}]}])";
    auto const with = [&](std::string_view schedules, std::string_view rule) {
        return document{}.with("/schedules", schedules).with("/clocks/seller_response", rule);
    };
    auto const rules = with(desk, R"({"length":"8 service_hours","schedule":"desk","basis":"assumed"})").read();
    auto const known = under(rules);
    // Friday 15:00: two hours, and six on Monday.
    auto const friday = at("2026-03-06T14:00:00Z");
    auto const started = start_clock(clock::seller_response, friday, known);
    CHECK(to_text(started.due) == "2026-03-09T14:00:00Z");
    CHECK(std::string{started.length.view()} == "8 service_hours");
    CHECK(explain_clock(clock::seller_response, friday, known).answer.due == started.due);
    // Easter Monday is closed: an hour on Friday, seven on Tuesday.
    CHECK(to_text(start_clock(clock::seller_response, at("2026-04-03T14:00:00Z"), known).due) ==
          "2026-04-07T14:00:00Z");
    // Paused on Friday at 16:00, with seven hours left; on again on Wednesday at 10:00.
    lifecycle::running_clock const running{clock::seller_response, started.due, friday};
    auto const paused = at("2026-03-06T15:00:00Z");
    CHECK(engine::time_left(running, paused, known).unit == period_unit::service_hours);
    auto const resumed = engine::resumed(running, paused, at("2026-03-11T09:00:00Z"), known);
    CHECK(to_text(resumed.due) == "2026-03-11T16:00:00Z");

    constexpr std::string_view plain = R"({"length":"8 service_hours","schedule":"desk","basis":"assumed"})";
    CHECK(with(desk, R"({"length":"8 service_hours","basis":"assumed"})").problems() ==
          "/clocks/seller_response/schedule: is missing; service_hours need one of the policy's schedules");
    CHECK(with(desk, R"({"length":"8 service_hours","schedule":"dek","basis":"assumed"})").problems() ==
          "/clocks/seller_response/schedule: expected one of the schedules of the policy; found \"dek\" (did you "
          "mean \"desk\"?)");
    CHECK(with(desk, R"({"length":"8 hours","schedule":"desk","basis":"assumed"})").problems() ==
          "/clocks/seller_response/schedule: is for service_hours; leave it out");
    CHECK(with(desk, R"({"length":"8 service_hours","schedule":"desk","zone":"buyer","basis":"assumed"})").problems() ==
          "/clocks/seller_response/zone: is not for service_hours; leave it out");
    CHECK(with(R"([{"schedule":"desk","windows":[]}])", plain).problems().starts_with("/schedules/0/windows: "));
    CHECK(with(R"([{"schedule":"desk","windows":[{"days":["monday"],"open":"9","close":"17:00"}]}])", plain)
              .problems()
              .starts_with("/schedules/0/windows/0/days/0: expected one of mon, tue, wed, thu, fri, sat, sun; "
                           "found \"monday\""));
    CHECK(
        with(
            R"([{"schedule":"desk","zone":"Mars","calendar":"XX","windows":[{"days":["mon"],"open":"09:00","close":"17:00"}]}])",
            plain)
            .problems()
            .find("/schedules/0/zone: there is no time zone \"Mars\"") != std::string::npos);
}

TEST_CASE("a policy says what becomes of a part of a cent") {
    auto const step = [](std::string_view rounding) {
        auto made = document{}.with("/reasons/0/partial", R"({"grid":[25]})");
        if (!rounding.empty()) made.with("/rounding", rounding);
        return engine::partial_refunds(made.read(), reason{"not_received"}, {2998, *currency::find("EUR")})
            .minors.at(0);
    };
    // 25 % of 29.98 is 7.495.
    CHECK(step("") == 750);
    CHECK(step("\"half_up\"") == 750);
    CHECK(step("\"half_even\"") == 750);
    CHECK(step("\"up\"") == 750);
    CHECK(step("\"down\"") == 749);
    CHECK(percent_of(50, 25, rounding::half_even) == 12);  // 12.5
    CHECK(percent_of(50, 25, rounding::half_up) == 13);
    CHECK(percent_of(1, 1, rounding::up) == 1);
    CHECK(percent_of(100, 1, rounding::up) == 1);
    CHECK(document{}
              .with("/rounding", "\"nearest\"")
              .problems()
              .starts_with("/rounding: expected one of half_up, half_even, up, down"));
}
