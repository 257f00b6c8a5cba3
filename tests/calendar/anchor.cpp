// Anchors: their text, what is missing, where offsets end, whose days count, and the deadlines that run from them.
#include "recourse/calendar/anchor.hpp"

#include <catch2/catch.hpp>

#include "recourse/calendar/holidays.hpp"

using namespace recourse;
using Catch::Matchers::Contains;
using Names = std::vector<std::string>;

namespace {

time_zone zone(std::string_view name) { return time_zone::find(name).value(); }

instant at(std::string_view text) { return parse_instant(text).value(); }

date day(std::string_view text) { return parse_date(text).value(); }

anchor_rule anchor(std::string_view text) { return parse_anchor(text).value(); }

counting belgium() { return {borrowed(*find_calendar("BE")), zone("Europe/Brussels")}; }

known_fact fact(std::string name, std::string_view when) { return {std::move(name), {at(when)}}; }

deadline_rule rule(period length, roll_rule roll = roll_rule::none) {
    return {.length = length, .start = start_rule::count, .roll = roll, .cut_off = {}};
}

// The end of a length after Tuesday 10 March 2026, 15:00 in Brussels.
std::string after_tuesday(std::string_view text) {
    auto const found = resolve(anchor(text), {fact("paid", "2026-03-10T14:00:00Z")}, belgium());
    if (!found) return found.error();
    if (!found->at) return "not started";
    return found->at->ends_day ? due_in_words(found->at->at, zone("Europe/Brussels"))
                               : in_words(found->at->at, zone("Europe/Brussels"));
}

party_days parties() {
    party_days known;
    known.buyer = find_calendar("BE");
    known.seller = find_calendar("CN");
    known.platform = find_calendar("US");
    known.buyer_zone = zone("Europe/Brussels");
    known.seller_zone = zone("Asia/Shanghai");
    known.platform_zone = zone("America/Los_Angeles");
    return known;
}

std::string due_of(deadline_term const& term, known_facts const& facts, std::string_view shown_in) {
    auto const answer = resolve(term, facts, parties());
    if (!answer) return answer.error();
    return answer->due ? due_in_words(answer->due->due, zone(shown_in)) : "waits for " + answer->waits_for;
}

}  // namespace

TEST_CASE("an anchor is read and written in one form") {
    for (auto const* text : {"delivered", "delivered + 3 calendar_days", "estimated_delivery - 2 business_days",
                             "first_of(delivered, last_of(estimated_delivery, shipped) + 30 calendar_days)",
                             "last_of(first_of(a, b + 1 hours) - 1 months, c2_d) + 10000 weeks",
                             "first_of(delivered) + 1 years", "confirmed + 8 service_hours"}) {
        CHECK(to_text(anchor(text)) == text);
        CHECK(checked(anchor(text)) == anchor(text));
    }
    CHECK(to_text(anchor("  first_of ( delivered ,shipped+2   calendar_days )-1 hours\n")) ==
          "first_of(delivered, shipped + 2 calendar_days) - 1 hours");
    CHECK(fact_names(anchor("first_of(a, last_of(b, a) + 2 hours)")) == Names{"a", "b"});
}

TEST_CASE("what is no anchor is an error that names the word and its place") {
    struct wrong {
        std::string text;
        std::string place;
        std::string word;
    };
    // clang-format off
    auto const rows = std::vector<wrong>{
        {""                                     , "character 1"  , "the name of a fact"},
        {"Delivered"                            , "character 1"  , "\"Delivered\""},
        {"delivéred"                            , "character 6"  , "follows where the anchor has ended"},
        {"3 days"                               , "character 1"  , "\"3\" is not the name of a fact"},
        {"delivered + 3 days"                   , "character 13" , "\"3 days\" is not a period: its unit is one of"},
        {"delivered + 0 hours"                  , "character 13" , "a whole number from 1 to 10000"},
        {"delivered + -3 hours"                 , "character 13" , "is not a period"},
        {"delivered + 99999999999999999999 hours", "character 13", "a whole number from 1 to 10000"},
        {"delivered +"                          , "character 12" , "is not a period"},
        {"delivered + 3"                        , "character 13" , "is not a period"},
        {"delivered + 3 hours + 2 hours"        , "character 21" , "a second length follows"},
        {"delivered shipped"                    , "character 11" , "\"shipped\" follows"},
        {"delivered)"                           , "character 10" , "follows where the anchor has ended"},
        {"first_of"                             , "character 9"  , "a bracket is expected after first_of"},
        {"first_of()"                           , "character 10" , "not \")\""},
        {"first_of(delivered"                   , "character 19" , "bracket of first_of is expected, not the end"},
        {"first_of(delivered,)"                 , "character 20" , "not \")\""},
        {"first_of(delivered; shipped)"         , "character 19" , "not \";\""},
        {"any_of(delivered, shipped)"           , "character 7"  , "\"(\" follows"},
        {"first_of(last_of)"                    , "character 17" , "a bracket is expected after last_of"},
        {"(delivered)"                          , "character 1"  , "not \"(\""},
    };
    // clang-format on
    for (auto const& row : rows) {
        INFO(row.text);
        auto const read = parse_anchor(row.text);
        REQUIRE(!read);
        CHECK_THAT(read.error(), Contains("is not an anchor: at " + row.place));
        CHECK_THAT(read.error(), Contains(row.word));
    }
    CHECK(!parse_anchor(std::string(65, 'a')));
    CHECK(parse_anchor(std::string(64, 'a')));
    CHECK(!parse_anchor(std::string{"a\0b", 3}));
}

TEST_CASE("anchors stand in each other only so deep, and name only so many facts") {
    auto const nested = [](std::size_t depth) {
        std::string text;
        for (std::size_t one = 1; one < depth; ++one) text += "first_of(";
        return text + "a" + std::string(depth - 1, ')');
    };
    CHECK(parse_anchor(nested(anchor_depth_max)));
    auto const deep = parse_anchor(nested(anchor_depth_max + 1));
    REQUIRE(!deep);
    CHECK_THAT(deep.error(), Contains("more than 8 deep"));
    // A megabyte of brackets is refused before anybody walks it.
    CHECK_THAT(parse_anchor(nested(100'000)).error(), Contains("characters, more than 4096"));
    CHECK(!parse_anchor(nested(400)));
    std::string many = "first_of(a";
    for (int one = 0; one < 64; ++one) many += ", a";
    CHECK_THAT(parse_anchor(many + ")").error(), Contains("more than 64 facts"));
}

TEST_CASE("an anchor that was made by hand is checked before it is looked for") {
    auto const refused = [](anchor_rule const& rule) {
        auto const answer = resolve(rule, {}, belgium());
        return answer ? "" : answer.error();
    };
    CHECK_THAT(refused({}), Contains("\"\" is not the name of a fact"));
    CHECK_THAT(refused({.kind = anchor_kind::first_of}), Contains("first_of has no anchor in it"));
    CHECK_THAT(refused({.kind = anchor_kind::last_of, .fact = "a", .of = {{.fact = "b"}}}), Contains("has the name"));
    CHECK_THAT(refused({.fact = "a", .of = {{.fact = "b"}}}), Contains("has anchors in it"));
    CHECK_THAT(refused({.fact = "first_of"}), Contains("it stands before several anchors"));
    CHECK_THAT(refused({.fact = "a", .offset = anchor_offset{{-3, period_unit::hours}}}), Contains("is not a length"));
    CHECK_THAT(refused({.fact = "a", .offset = anchor_offset{{10'001, period_unit::hours}}}),
               Contains("is not a length"));
    anchor_rule deep{.fact = "a"};
    for (std::size_t one = 0; one < anchor_depth_max; ++one) deep = {.kind = anchor_kind::first_of, .of = {deep}};
    CHECK_THAT(refused(deep), Contains("more than 8 deep"));
    CHECK_THAT(unknown_fact(anchor("first_of(a, delivred)"), {"a", "delivered"}),
               Contains("names the fact \"delivred\", which nobody tells; the facts are a, delivered"));
    CHECK(unknown_fact(anchor("first_of(a, b)"), {"a", "b"}).empty());
}

TEST_CASE("a fact that is not known means not started, and says what it waits for") {
    auto const either = anchor("first_of(delivered, last_of(estimated_delivery, shipped) + 30 calendar_days)");
    auto const paid = fact("paid", "2026-03-02T10:00:00Z");
    auto const nothing = resolve(either, {paid}, belgium()).value();
    CHECK(!nothing.at);
    CHECK(nothing.missing == Names{"delivered", "estimated_delivery", "shipped"});
    CHECK(nothing.waits_for == "either delivered or both estimated_delivery and shipped");
    CHECK(nothing.may_come.empty());

    auto const shipped = fact("shipped", "2026-03-03T10:00:00Z");
    auto const half = resolve(either, {paid, shipped}, belgium()).value();
    CHECK(!half.at);
    CHECK(half.missing == Names{"delivered", "estimated_delivery"});
    CHECK(half.waits_for == "either delivered or estimated_delivery");

    auto const estimated = known_fact{"estimated_delivery", whole_day(day("2026-03-20"), zone("Europe/Brussels"))};
    auto const by_estimate = resolve(either, {paid, shipped, estimated}, belgium()).value();
    CHECK(by_estimate.at == moment{at("2026-04-19T22:00:00Z"), true});  // 30 days after the 20th, in summer time
    CHECK(by_estimate.may_come == Names{"delivered"});
    CHECK(by_estimate.missing.empty());
    CHECK(by_estimate.waits_for.empty());

    auto const all = resolve(either, {paid, shipped, estimated, fact("delivered", "2026-03-12T09:30:00Z")}, belgium());
    CHECK(all->at == moment{at("2026-03-12T09:30:00Z")});
    CHECK(all->may_come.empty());
}

TEST_CASE("the last of several waits for all of them, the first for any") {
    known_facts const two{fact("a", "2026-03-02T10:00:00Z"), fact("b", "2026-03-03T10:00:00Z")};
    CHECK(resolve(anchor("last_of(a, b)"), two, belgium())->at->at == at("2026-03-03T10:00:00Z"));
    CHECK(resolve(anchor("first_of(b, a)"), two, belgium())->at->at == at("2026-03-02T10:00:00Z"));
    auto const three = resolve(anchor("last_of(a, c, b, d, e)"), two, belgium()).value();
    CHECK(!three.at);
    CHECK(three.waits_for == "all of c, d and e");
    CHECK(resolve(anchor("first_of(c, d, e)"), two, belgium())->waits_for == "one of c, d or e");
    CHECK(resolve(anchor("first_of(c, c)"), two, belgium())->waits_for == "c");
    // What may come of an anchor that is not the last of several would not move the answer.
    CHECK(resolve(anchor("last_of(first_of(a, c), b)"), two, belgium())->may_come.empty());
    CHECK(resolve(anchor("last_of(a, first_of(b, c))"), two, belgium())->may_come == Names{"c"});
    // 24:00 of a day comes before 00:00 of the next, although they are one instant.
    auto const brussels = zone("Europe/Brussels");
    known_facts const midnight{{"day_end", whole_day(day("2026-03-03"), brussels)},
                               fact("next_day", "2026-03-03T23:00:00Z")};
    CHECK(resolve(anchor("first_of(next_day, day_end)"), midnight, belgium())->at->ends_day);
    CHECK(!resolve(anchor("last_of(day_end, next_day)"), midnight, belgium())->at->ends_day);
    CHECK(resolve(anchor("day_end + 1 calendar_days"), midnight, belgium())->at->at == at("2026-03-04T23:00:00Z"));
    CHECK(resolve(anchor("next_day + 1 calendar_days"), midnight, belgium())->at->at == at("2026-03-05T23:00:00Z"));
}

TEST_CASE("a length after an anchor ends as a deadline, one before it is the mirror image") {
    CHECK(after_tuesday("paid") == "Tue 10 Mar 2026 15:00:00 Europe/Brussels (CET)");
    CHECK(after_tuesday("paid + 48 hours") == "Thu 12 Mar 2026 15:00:00 Europe/Brussels (CET)");
    CHECK(after_tuesday("paid - 48 hours") == "Sun 8 Mar 2026 15:00:00 Europe/Brussels (CET)");
    CHECK(after_tuesday("paid + 3 calendar_days") == "Fri 13 Mar 2026 24:00 Europe/Brussels");
    CHECK(after_tuesday("paid - 3 calendar_days") == "Sat 7 Mar 2026 00:00:00 Europe/Brussels (CET)");
    CHECK(after_tuesday("paid + 5 business_days") == "Tue 17 Mar 2026 24:00 Europe/Brussels");
    CHECK(after_tuesday("paid - 2 business_days") == "Fri 6 Mar 2026 00:00:00 Europe/Brussels (CET)");
    CHECK(after_tuesday("paid + 2 weeks") == "Tue 24 Mar 2026 24:00 Europe/Brussels");
    CHECK(after_tuesday("paid + 1 months") == "Fri 10 Apr 2026 24:00 Europe/Brussels");
    CHECK(after_tuesday("paid - 1 months") == "Tue 10 Feb 2026 00:00:00 Europe/Brussels (CET)");
    CHECK(after_tuesday("paid - 1 years") == "Mon 10 Mar 2025 00:00:00 Europe/Brussels (CET)");
    CHECK(after_tuesday("delivered + 1 hours") == "not started");
}

TEST_CASE("lengths that follow each other add up, whatever stands between them") {
    CHECK(after_tuesday("first_of(paid + 30 calendar_days) + 15 calendar_days") ==
          after_tuesday("paid + 45 calendar_days"));
    CHECK(after_tuesday("last_of(paid + 1 weeks) + 2 business_days") == "Thu 19 Mar 2026 24:00 Europe/Brussels");
    CHECK(after_tuesday("first_of(paid + 3 calendar_days) - 3 calendar_days") ==
          "Tue 10 Mar 2026 00:00:00 Europe/Brussels (CET)");
    // Hours go on from the midnight that ends the day.
    CHECK(after_tuesday("first_of(paid + 1 calendar_days) + 2 hours") ==
          "Thu 12 Mar 2026 02:00:00 Europe/Brussels (CET)");
}

TEST_CASE("a cut-off and a start on a closed day are for events, not for whole days") {
    auto on = belgium();
    on.cut_off = 15 * 3'600;
    known_facts const facts{fact("paid", "2026-03-13T14:00:00Z"), {"promised", whole_day(day("2026-03-13"), on.zone)}};
    CHECK(resolve(anchor("paid + 1 business_days"), facts, on)->at->at == at("2026-03-16T23:00:00Z"));
    on.start = start_rule::adjust_then_count;  // Friday after 15:00 is Saturday, which is Monday
    CHECK(resolve(anchor("paid + 1 business_days"), facts, on)->at->at == at("2026-03-17T23:00:00Z"));
    CHECK(resolve(anchor("promised + 1 business_days"), facts, on)->at->at == at("2026-03-16T23:00:00Z"));
}

TEST_CASE("what cannot be counted is an error in a sentence") {
    auto const refused = [](std::string_view text, known_facts const& facts, counting const& on) {
        auto const answer = resolve(anchor(text), facts, on);
        return answer ? "answered" : answer.error();
    };
    known_facts const paid{fact("paid", "2026-03-10T14:00:00Z")};
    auto no_calendar = belgium();
    no_calendar.calendar.reset();
    CHECK(refused("paid + 3 calendar_days", paid, no_calendar) == "answered");
    CHECK_THAT(refused("paid + 3 business_days", paid, no_calendar), Contains("No calendar is known"));
    CHECK_THAT(refused("paid - 3 business_days", paid, no_calendar), Contains("No calendar is known"));
    CHECK_THAT(refused("paid + 3 service_hours", paid, belgium()), Contains("no service hours are known"));
    CHECK_THAT(refused("paid + 10000 business_days", paid, belgium()), Contains("BE"));
    CHECK_THAT(refused("paid - 10000 years", paid, belgium()), Contains("not within the years 0001 to 9999"));
    CHECK_THAT(refused("paid - 10000 months", {fact("paid", "0100-01-01T00:00:00Z")}, belgium()),
               Contains("not within the years"));
    CHECK_THAT(refused("paid + 10000 years", paid, belgium()), Contains("10000"));
    CHECK_THAT(refused("paid + 100 hours", {{"paid", {last_instant}}}, belgium()), Contains("not within the years"));
    CHECK_THAT(refused("paid", {paid[0], paid[0]}, belgium()), Contains("\"paid\" is told twice"));
    CHECK_THAT(refused("paid", {{"paid", {{INT64_MAX}}}}, belgium()), Contains("not within the years 0001 to 9999"));
    // A fact that is not known is looked for before its length is counted.
    CHECK(refused("delivered + 3 business_days", paid, no_calendar) == "answered");
}

TEST_CASE("service hours are counted on their schedule, forward and back") {
    auto const schedule =
        service_schedule::make(
            {.name = "desk", .zone = zone("Europe/Brussels"), .windows = {{monday_to_friday, 9 * 3'600, 17 * 3'600}}},
            day("2026-01-01"), day("2026-12-31"))
            .value();
    auto on = belgium();
    on.schedule = &schedule;
    known_facts const paid{fact("paid", "2026-03-13T15:00:00Z")};  // Friday 16:00
    CHECK(resolve(anchor("paid + 2 service_hours"), paid, on)->at->at == at("2026-03-16T09:00:00Z"));
    CHECK(resolve(anchor("paid - 8 service_hours"), paid, on)->at->at == at("2026-03-12T15:00:00Z"));
    CHECK_THAT(resolve(anchor("paid + 10000 service_hours"), paid, on).error(), Contains("desk"));
}

TEST_CASE("an anchor explains itself") {
    auto const found =
        resolve(anchor("first_of(delivered, paid + 2 business_days)"),
                {fact("paid", "2026-04-03T14:00:00Z"), fact("delivered", "2026-04-20T10:00:00Z")}, belgium())
            .value();
    std::string text;
    for (auto const& step : found.steps) text += to_text(step) + "\n";
    CHECK_THAT(text, Contains("delivered, Mon 20 Apr 2026 12:00:00 Europe/Brussels"));
    CHECK_THAT(text, Contains("paid, Fri 3 Apr 2026 16:00:00 Europe/Brussels"));
    CHECK_THAT(text, Contains("closed, Easter Monday"));
    CHECK_THAT(text, Contains("Wed 8 Apr 2026 24:00 Europe/Brussels, the first of 2: paid + 2 business_days"));
    CHECK(found.steps.front().kind == step_kind::anchored);
}

TEST_CASE("an anchor over a predicted holiday says where it may come to lie") {
    auto const predicted = business_calendar::make(calendar_content{.name = "MOON",
                                                                    .title = "One day that depends on the moon",
                                                                    .data_version = "1",
                                                                    .holidays = {{.day = day("2026-03-11"),
                                                                                  .name = "Moon day",
                                                                                  .known_by = certainty::predicted,
                                                                                  .may_move_days = 1}}})
                               .value();
    auto on = belgium();
    on.calendar = borrowed(predicted);
    known_facts const paid{fact("paid", "2026-03-10T14:00:00Z")};
    auto const one = resolve(anchor("paid + 1 business_days"), paid, on).value();
    CHECK(one.at->at == at("2026-03-12T23:00:00Z"));
    REQUIRE(one.may_fall);
    CHECK(*one.may_fall == day_range{day("2026-03-11"), day("2026-03-12")});
    // A term too, although the holiday lies before its period.
    auto known = parties();
    known.buyer = &predicted;
    deadline_term const term{.from = anchor("paid + 1 business_days"), .rule = rule({5, period_unit::calendar_days})};
    auto const why = resolve(term, paid, known)->why.value();
    CHECK(to_text(why.answer.due) == "2026-03-17T23:00:00Z");
    REQUIRE(why.may_fall);
    CHECK(*why.may_fall == day_range{day("2026-03-16"), day("2026-03-17")});
    CHECK(!resolve(anchor("paid + 1 calendar_days"), paid, on)->may_fall);
    CHECK(!resolve(anchor("paid + 1 business_days"), paid, belgium())->may_fall);
}

TEST_CASE("whose calendar and whose zone are chosen by name") {
    auto const open = [](calendar_choice choice, std::string_view text) {
        auto const on = counting_of(parties(), choice, zone_choice::buyer).value();
        return *on.calendar->is_business_day(day(text));
    };
    // 6 April 2026 is Easter Monday in Belgium; from 1 to 5 May China is closed.
    CHECK(!open(calendar_choice::buyer, "2026-04-06"));
    CHECK(!open(calendar_choice::seller, "2026-05-04"));
    CHECK(open(calendar_choice::buyer, "2026-05-04"));
    CHECK(open(calendar_choice::platform, "2026-05-04"));
    CHECK(!open(calendar_choice::either_closed, "2026-05-04"));
    CHECK(open(calendar_choice::both_closed, "2026-05-04"));
    CHECK(!open(calendar_choice::both_closed, "2026-05-01"));
    // 9 May 2026 is a Saturday that is worked in China.
    CHECK(open(calendar_choice::seller, "2026-05-09"));
    CHECK(!open(calendar_choice::either_closed, "2026-05-09"));
    CHECK(counting_of(parties(), calendar_choice::buyer, zone_choice::platform)->zone.name() == "America/Los_Angeles");

    auto known = parties();
    auto const both = joined({known.buyer, known.seller}, join_rule::closed_if_any).value();
    known.either_closed = &both;
    CHECK(counting_of(known, calendar_choice::either_closed, zone_choice::buyer)->calendar.get() == &both);
    known.seller = known.buyer;
    CHECK(counting_of(known, calendar_choice::both_closed, zone_choice::buyer)->calendar.get() == known.buyer);
    known.seller = nullptr;
    known.either_closed = nullptr;
    CHECK(counting_of(known, calendar_choice::either_closed, zone_choice::buyer).error() ==
          "The calendar of the seller is not known");
    CHECK(counting_of(known, calendar_choice::seller, zone_choice::buyer).error() ==
          "The calendar of the seller is not known");
    known.platform_zone.reset();
    CHECK(counting_of(known, calendar_choice::buyer, zone_choice::platform).error() ==
          "The zone of the platform is not known");
}

TEST_CASE("a term runs from its anchor, and its bounds wait for their facts") {
    deadline_term term{.from = anchor("delivered"), .rule = rule({5, period_unit::business_days})};
    auto const delivered = fact("delivered", "2026-03-10T14:00:00Z");
    CHECK(due_of(term, {}, "Europe/Brussels") == "waits for delivered");
    CHECK(due_of(term, {delivered}, "Europe/Brussels") == "Tue 17 Mar 2026 24:00 Europe/Brussels");
    term.zone = zone_choice::platform;
    CHECK(due_of(term, {delivered}, "America/Los_Angeles") == "Tue 17 Mar 2026 24:00 America/Los_Angeles");
    term.zone = zone_choice::buyer;

    // Not before 30 days after the estimate: without an estimate nobody knows yet.
    term.not_before = anchor("estimated_delivery + 2 calendar_days");
    CHECK(due_of(term, {delivered}, "Europe/Brussels") == "waits for estimated_delivery");
    CHECK(due_of(term, {}, "Europe/Brussels") == "waits for both delivered and estimated_delivery");
    auto const estimated = known_fact{"estimated_delivery", whole_day(day("2026-03-20"), zone("Europe/Brussels"))};
    CHECK(due_of(term, {delivered, estimated}, "Europe/Brussels") == "Sun 22 Mar 2026 24:00 Europe/Brussels");

    // Not after: the deadline holds, and says what may make it earlier.
    term.not_before.reset();
    term.not_after = anchor("confirmed + 1 calendar_days");
    auto const open_ended = resolve(term, {delivered}, parties()).value();
    CHECK(open_ended.may_come == Names{"confirmed"});
    REQUIRE(open_ended.why);
    CHECK_THAT(to_text(*open_ended.why), Contains("delivered, Tue 10 Mar 2026 15:00:00 Europe/Brussels"));
    auto const confirmed = fact("confirmed", "2026-03-11T14:00:00Z");
    CHECK(due_of(term, {delivered, confirmed}, "Europe/Brussels") == "Thu 12 Mar 2026 24:00 Europe/Brussels");
    // What somebody was shown is not taken back.
    auto const shown = resolve(term, {delivered, confirmed}, parties(), open_ended.due->due).value();
    CHECK(shown.due->due == open_ended.due->due);
    CHECK_THAT(to_text(*shown.why), Contains("not earlier than was shown"));
}

TEST_CASE("a term rolls, starts and cuts off as its rule says, and whole days have no hour") {
    deadline_term term{.from = anchor("first_of(promised, paid)"),
                       .rule = rule({4, period_unit::calendar_days}, roll_rule::following)};
    auto const paid = fact("paid", "2026-03-10T14:00:00Z");
    CHECK(due_of(term, {paid}, "Europe/Brussels") == "Mon 16 Mar 2026 24:00 Europe/Brussels");
    term.rule.cut_off = 15 * 3'600;  // 15:00 is late: Wednesday is day 0
    term.rule.roll = roll_rule::none;
    CHECK(due_of(term, {paid}, "Europe/Brussels") == "Sun 15 Mar 2026 24:00 Europe/Brussels");
    auto const promised = known_fact{"promised", whole_day(day("2026-03-10"), zone("Europe/Brussels"))};
    auto const whole = resolve(term, {promised}, parties()).value();
    CHECK(to_text(whole.due->due) == "2026-03-14T23:00:00Z");
    CHECK(whole.due->from == promised.when.at);
    CHECK(whole.why->from_words == "Tue 10 Mar 2026 24:00 Europe/Brussels");
    term.rule = rule({2, period_unit::hours});
    CHECK(to_text(resolve(term, {promised}, parties())->due->due) == "2026-03-11T01:00:00Z");
}

TEST_CASE("a term that cannot be counted is an error in a sentence") {
    deadline_term term{.from = anchor("paid"), .rule = rule({2, period_unit::service_hours})};
    auto const paid = fact("paid", "2026-03-10T14:00:00Z");
    CHECK_THAT(resolve(term, {paid}, parties()).error(), Contains("no service hours are known"));
    auto const desk =
        service_schedule::make(
            {.name = "desk", .zone = zone("Europe/Brussels"), .windows = {{monday_to_friday, 9 * 3'600, 17 * 3'600}}},
            day("2026-01-01"), day("2026-12-31"))
            .value();
    CHECK(to_text(resolve(term, {paid}, parties(), {}, &desk)->due->due) == "2026-03-10T16:00:00Z");
    term.rule.length = {-5, period_unit::calendar_days};
    CHECK_THAT(resolve(term, {paid}, parties()).error(), Contains("-5 calendar_days is not a length"));
    term.rule.length = {9'000, period_unit::business_days};
    CHECK_THAT(resolve(term, {paid}, parties()).error(), Contains("BE"));
    term.rule.length = {5, period_unit::business_days};
    term.not_after = anchor_rule{};
    CHECK_THAT(resolve(term, {paid}, parties()).error(), Contains("is not the name of a fact"));
    term.not_after.reset();
    CHECK_THAT(resolve(term, {paid}, {}).error(), Contains("The calendar of the buyer is not known"));
}
