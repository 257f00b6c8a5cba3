// `recourse calendar`: its subcommands, and eval row by row.
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "tools/calendar/eval.hpp"
#include "tools/commands.hpp"

using namespace recourse;
using Catch::Contains;

namespace {

struct outcome {
    int code = 0;
    std::string out;
    std::string error;
};

outcome ran(std::vector<std::string> words, std::string const& input = "") {
    words.insert(words.begin(), {"recourse", "calendar"});
    std::vector<char const*> pointers;
    for (auto const& word : words) pointers.push_back(word.c_str());
    std::istringstream in{input};
    std::ostringstream out;
    std::ostringstream error;
    auto const code = tools::run(static_cast<int>(pointers.size()), pointers.data(), {in, out, error});
    return {code, out.str(), error.str()};
}

std::string answered(std::string const& row) {
    static tools::evaluator rows{calendar_set{}};
    return rows.answer(row);
}

std::string code_of(std::string const& row) {
    auto const given = answered(row);
    constexpr std::string_view start = R"({"error":{"code":")";
    if (!given.starts_with(start)) return given;
    return given.substr(start.size(), given.find('"', start.size()) - start.size());
}

class scratch_file {
  public:
    scratch_file(std::string const& name, std::string const& text) : path_{name} { std::ofstream{path_} << text; }
    ~scratch_file() { std::remove(path_.c_str()); }
    scratch_file(scratch_file const&) = delete;
    scratch_file& operator=(scratch_file const&) = delete;
    [[nodiscard]] std::string const& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace

TEST_CASE("eval answers every operation as its description says") {
    struct row {
        std::string_view asked;
        std::string_view given;
    };
    row const rows[] = {
        {R"({"op":"define","name":"SHOP","calendar":{"weekmask":"1111100","holidays":["2026-01-02"],"worked":["2026-01-03"]}})",
         R"({"result":"SHOP"})"},
        {R"({"op":"is_business_day","calendar":"SHOP","date":"2026-01-03"})", R"({"result":true})"},
        {R"({"op":"is_business_day","calendar":"SHOP","date":"2026-01-02"})", R"({"result":false})"},
        {R"({"op":"is_business_day","calendar":{"weekmask":"1111100","holidays":["2026-01-03"],"worked":["2026-01-03"]},"date":"2026-01-03"})",
         R"({"result":false})"},
        {R"({"op":"is_business_day","calendar":"US","date":"2026-07-03"})", R"({"result":false})"},
        {R"({"op":"add","calendar":"US","date":"2026-07-02","business_days":3,"roll":"following","count":"roll_first"})",
         R"({"result":"2026-07-08"})"},
        {R"({"op":"add","calendar":"WEEKDAYS","date":"2026-03-07","business_days":1,"roll":"following"})",
         R"({"result":"2026-03-10"})"},
        {R"({"op":"add","calendar":"WEEKDAYS","date":"2026-03-07","business_days":1,"count":"quantlib"})",
         R"({"result":"2026-03-09"})"},
        {R"({"op":"add","calendar":"WEEKDAYS","date":"2026-03-07","business_days":0,"roll":"following","count":"quantlib"})",
         R"({"result":"2026-03-09"})"},
        {R"({"op":"count","calendar":"US","from":"2026-07-01","to":"2026-07-31"})", R"({"result":21})"},
        {R"({"op":"count","calendar":"WEEKDAYS","from":"2026-03-06","to":"2026-03-06"})", R"({"result":0})"},
        {R"({"op":"count","calendar":"WEEKDAYS","from":"2026-03-06","to":"2026-03-06","include_last":true})",
         R"({"result":1})"},
        {R"({"op":"count","calendar":"WEEKDAYS","from":"2026-03-09","to":"2026-03-06"})", R"({"result":-1})"},
        {R"({"op":"adjust","calendar":"US","date":"2026-07-04","roll":"modified_preceding"})",
         R"({"result":"2026-07-02"})"},
        {R"({"op":"advance","calendar":"US","date":"2026-01-31","n":1,"unit":"months","roll":"modified_following","end_of_month":true})",
         R"({"result":"2026-02-27"})"},
        {R"({"op":"service_add","schedule":{"zone":"Europe/Berlin","windows":[{"days":["mon","tue","wed","thu","fri"],"open":"09:00","close":"17:00"}],"holidays":["2026-12-25"],"breaks":[{"date":"2026-12-24","open":"12:00","close":"17:00"}],"shifts":[{"date":"2026-12-19","open":"10:00","close":"14:00"}]},"from":"2026-03-27T15:00:00Z","seconds":14400,"convention":"close"})",
         R"({"result":"2026-03-30T10:00:00Z"})"},
        {R"({"op":"service_between","schedule":{"zone":"UTC","windows":[{"days":["mon"],"open":"22:00","close":"02:00"}]},"from":"2026-03-02T23:00:00Z","to":"2026-03-03T12:00:00Z"})",
         R"({"result":10800})"},
        {R"({"op":"service_is_open","schedule":{"zone":"UTC","windows":[{"days":["mon"],"open":"22:00","close":"02:00"}]},"at":"2026-03-03T02:00:00Z"})",
         R"({"result":false})"},
        {R"({"op":"to_utc","zone":"Europe/Brussels","local":"2026-03-29T02:30:00","choose":"compatible"})",
         R"({"result":"2026-03-29T01:30:00Z","kind":"gap"})"},
        {R"({"op":"to_utc","zone":"Europe/Brussels","local":"2026-03-29T02:30:00","choose":"earlier"})",
         R"({"result":"2026-03-29T00:30:00Z","kind":"gap"})"},
        {R"({"op":"to_utc","zone":"Europe/Brussels","local":"2026-10-25T02:30:00","choose":"later"})",
         R"({"result":"2026-10-25T01:30:00Z","kind":"fold"})"},
        {R"({"op":"to_utc","zone":"UTC","local":"2026-03-29T24:00:00"})",
         R"({"result":"2026-03-30T00:00:00Z","kind":"unique"})"},
        {R"({"op":"to_utc","zone":"UTC","local":"9999-12-31T23:59:59"})",
         R"({"result":"9999-12-31T23:59:59Z","kind":"unique"})"},
        {R"({"op":"to_utc","zone":"Asia/Tokyo","local":"9999-12-31T23:00:00"})",
         R"({"result":"9999-12-31T14:00:00Z","kind":"unique"})"},
        {R"({"op":"to_local","zone":"UTC","utc":"9999-12-31T23:59:59Z"})",
         R"({"result":"9999-12-31T23:59:59","offset_seconds":0})"},
        {R"({"op":"to_local","zone":"UTC","utc":"0001-01-01T00:00:00Z"})",
         R"({"result":"0001-01-01T00:00:00","offset_seconds":0})"},
        {R"({"op":"to_local","zone":"Europe/Brussels","utc":"2026-03-29T01:30:00Z"})",
         R"({"result":"2026-03-29T03:30:00","offset_seconds":7200})"},
        {R"({"op":"period","regime":"eu_1182_71","calendar":"DE","zone":"Europe/Berlin","from":"2024-12-11","length":14,"unit":"calendar_days","direction":"after"})",
         R"({"result":"2024-12-27T23:00:00Z","last_day":"2024-12-27"})"},
        {R"({"op":"holidays","calendar":"DE","from":"2029-12-24","to":"2029-12-31"})",
         R"({"result":[{"date":"2029-12-25","name":"1. Weihnachtstag","kind":"public"},{"date":"2029-12-26","name":"2. Weihnachtstag","kind":"public"}]})"},
        {R"({"op":"holidays","calendar":"SHOP","from":"2026-01-01","to":"2026-01-31"})",
         R"({"result":[{"date":"2026-01-02","name":"holiday","kind":"public"},{"date":"2026-01-03","name":"worked day","kind":"worked_weekend"}]})"},
        {R"({"op":"is_business_day","calendar":"DE+FR","date":"2026-07-14"})", R"({"result":false})"},
        {R"({"op":"is_business_day","calendar":"DE&FR","date":"2026-07-14"})", R"({"result":true})"},
        {R"({"op":"define","name":"ANY","calendar":"DE+FR"})", R"({"result":"ANY"})"},
        {R"({"op":"is_business_day","calendar":"ANY&BE","date":"2026-07-14"})", R"({"result":true})"},
        {R"({"op":"define","name":"DE&FR","calendar":"FR"})", R"({"result":"DE&FR"})"},
        {R"({"op":"is_business_day","calendar":"DE&FR","date":"2026-07-14"})", R"({"result":false})"},
    };
    for (auto const& [asked, given] : rows) {
        CAPTURE(asked);
        CHECK(answered(std::string{asked}) == given);
    }
}

TEST_CASE("a row of eval that is wrong is an error with a code, and the next goes on") {
    struct row {
        std::string_view asked;
        std::string_view code;
    };
    row const rows[] = {
        {"", "invalid_json"},
        {"{", "invalid_json"},
        {"[]", "invalid_row"},
        {"{}", "invalid_row"},
        {R"({"op":1})", "invalid_row"},
        {R"({"op":"nope"})", "unknown_operation"},
        {R"({"op":"count","op":"count"})", "invalid_json"},
        {R"({"op":"is_business_day","calendar":"ATLANTIS","date":"2026-01-01"})", "unknown_calendar"},
        {R"({"op":"is_business_day","calendar":7,"date":"2026-01-01"})", "invalid_calendar"},
        {R"({"op":"is_business_day","calendar":{"weekmask":"11111"},"date":"2026-01-01"})", "invalid_calendar"},
        {R"({"op":"is_business_day","calendar":{"weekmask":"0000000"},"date":"2026-01-01"})", "invalid_calendar"},
        {R"({"op":"is_business_day","calendar":{"holidays":["2026-13-01"]},"date":"2026-01-01"})", "invalid_calendar"},
        {R"({"op":"is_business_day","calendar":"DE","date":"2026-02-30"})", "invalid_row"},
        {R"({"op":"is_business_day","calendar":"DE"})", "invalid_row"},
        {R"({"op":"is_business_day","calendar":"DE","date":"2026-01-01","dat":1})", "invalid_row"},
        {R"({"op":"is_business_day","calendar":"DE","date":"2041-01-01"})", "no_data"},
        {R"({"op":"add","calendar":"DE","date":"2026-03-07","business_days":1,"roll":"none"})", "closed_day"},
        {R"({"op":"add","calendar":"DE","date":"2026-03-06","business_days":2147483647})", "no_data"},
        {R"({"op":"add","calendar":"DE","date":"2026-03-06","business_days":2147483648})", "invalid_row"},
        {R"({"op":"add","calendar":"DE","date":"2026-03-06","business_days":1.5})", "invalid_row"},
        {R"({"op":"adjust","calendar":"DE","date":"2026-03-06","roll":"sideways"})", "invalid_row"},
        {R"({"op":"holidays","calendar":"DE","from":"2026-03-06","to":"2026-03-05"})", "invalid_row"},
        {R"({"op":"service_is_open","schedule":{"zone":"Mars/Olympus","windows":[]},"at":"2026-03-03T02:00:00Z"})",
         "unknown_zone"},
        {R"({"op":"service_is_open","schedule":{"zone":"UTC","windows":[{"days":["funday"],"open":"09:00","close":"17:00"}]},"at":"2026-03-03T02:00:00Z"})",
         "invalid_schedule"},
        {R"({"op":"service_is_open","schedule":{"zone":"UTC","windows":[{"days":["mon"],"open":"9","close":"17:00"}]},"at":"2026-03-03T02:00:00Z"})",
         "invalid_schedule"},
        {R"({"op":"service_add","schedule":{"zone":"UTC","windows":[{"days":["mon"],"open":"09:00","close":"17:00"}]},"from":"2026-03-03","seconds":1})",
         "invalid_row"},
        {R"({"op":"service_add","schedule":{"zone":"UTC","windows":[],"shifts":[{"date":"2026-01-02","open":"09:00","close":"17:00"}]},"from":"2026-03-03T00:00:00Z","seconds":1})",
         "never_open"},
        {R"({"op":"to_utc","zone":"Europe/Brussels","local":"2026-03-29T02:30:00","choose":"reject"})",
         "rejected_local_time"},
        {R"({"op":"to_utc","zone":"Europe/Brussels","local":"2026-03-29T02:30:00Z"})", "invalid_row"},
        {R"({"op":"to_local","zone":"Europe/Brusels","utc":"2026-03-29T02:30:00Z"})", "unknown_zone"},
        {R"({"op":"to_utc","zone":"America/New_York","local":"9999-12-31T23:00:00"})", "out_of_range"},
        {R"({"op":"to_utc","zone":"Asia/Tokyo","local":"0001-01-01T00:00:00"})", "out_of_range"},
        {R"({"op":"to_utc","zone":"UTC","local":"9999-12-31T24:00:00"})", "out_of_range"},
        {R"({"op":"to_utc","zone":"Asia/Tokyo","local":"9999-12-31T24:00:00"})", "out_of_range"},
        {R"({"op":"to_utc","zone":"UTC","local":"0000-12-31T24:00:00"})", "invalid_row"},
        {R"({"op":"to_local","zone":"Asia/Tokyo","utc":"9999-12-31T15:00:00Z"})", "out_of_range"},
        {R"({"op":"to_local","zone":"America/New_York","utc":"0001-01-01T00:00:00Z"})", "out_of_range"},
        {R"({"op":"is_business_day","calendar":"DE+FR&BE","date":"2026-01-01"})", "unknown_calendar"},
        {R"({"op":"is_business_day","calendar":"DE&FR+BE","date":"2026-01-01"})", "unknown_calendar"},
        {R"({"op":"is_business_day","calendar":{"join":[{"weekmask":"1000000"},{"weekmask":"0111111"}]},"date":"2026-01-01"})",
         "invalid_calendar"},
        {R"({"op":"period","regime":"plain","calendar":"DE","zone":"UTC","from":"2024-12-11","length":2,"unit":"weeks","ends_with_event":true})",
         "invalid_row"},
        {R"({"op":"period","regime":"plain","calendar":"DE","zone":"UTC","from":"2024-12-11","length":2,"unit":"hours"})",
         "needs_an_instant"},
        {R"({"op":"period","regime":"plain","calendar":"DE","zone":"UTC","from":"2024-12-11","length":2,"unit":"service_hours"})",
         "unit_is_not_counted"},
        {R"({"op":"period","regime":"plain","calendar":"DE","zone":"UTC","from":"2024-12-11","length":0,"unit":"weeks"})",
         "invalid_row"},
    };
    for (auto const& [asked, code] : rows) {
        CAPTURE(asked);
        CHECK(code_of(std::string{asked}) == code);
    }
    auto const whole = ran({"eval"}, "{\n\n{\"op\":\"is_business_day\",\"calendar\":\"DE\",\"date\":\"2026-03-06\"}");
    CHECK(whole.code == 0);
    CHECK(std::count(whole.out.begin(), whole.out.end(), '\n') == 3);
    CHECK_THAT(whole.out, Catch::Matchers::EndsWith("{\"result\":true}\n"));
}

TEST_CASE("a calendar of a row that is wrong is called by the name that the row gives it") {
    auto const defined = [](std::string const& name) {
        return answered(R"({"op":"define","calendar":{"first_year":2027,"last_year":2026},"name":")" + name + "\"}");
    };
    CHECK_THAT(defined("SHOP_2.b-c"), Contains(R"(calendar \"SHOP_2.b-c\": it covers 2027 to 2026)"));
    CHECK_THAT(defined(std::string(32, 'A')), Contains("AAAA"));
    for (auto const& name : {std::string{}, std::string{"two words"}, std::string{"A+B"}, std::string(33, 'A')}) {
        CHECK_THAT(defined(name), Contains(R"(calendar \"inline\": it covers 2027 to 2026)"));
    }
    CHECK(answered(R"({"op":"define","name":"SHORT","calendar":{"first_year":2026,"last_year":2026}})") ==
          R"({"result":"SHORT"})");
    CHECK(answered(R"({"op":"is_business_day","calendar":"SHORT","date":"2027-01-01"})") ==
          R"({"error":{"code":"no_data","message":"the calendar SHORT has no data for the year 2027"}})");
    CHECK_THAT(answered(R"({"op":"is_business_day","calendar":"DE+FR&BE","date":"2026-01-01"})"),
               Contains(R"(\"DE+FR&BE\" mixes + and &; define one of the joins first)"));
}

TEST_CASE("the calendar subcommands answer in words and in JSON") {
    CHECK(ran({"is-open", "US", "2026-07-03"}).out == "Fri 3 Jul 2026: closed, Independence Day\n");
    CHECK(ran({"is-open", "CN", "2026-10-10"}).out == "Sat 10 Oct 2026: open, worked weekend (National Day)\n");
    CHECK(ran({"is-open", "DE", "2026-03-06", "--json"}).out ==
          "{\"date\":\"2026-03-06\",\"open\":true,\"reason\":\"working day\"}\n");
    CHECK(ran({"add", "US", "2026-07-02", "3"}).out == "Wed 8 Jul 2026\n");
    CHECK(ran({"add", "US", "2026-07-08", "-3", "--json"}).out == "{\"date\":\"2026-07-02\"}\n");
    CHECK(ran({"add", "US", "2026-07-04", "1", "--quantlib"}).out == "Mon 6 Jul 2026\n");
    CHECK(ran({"count", "US", "2026-07-01", "2026-07-31"}).out == "21\n");
    CHECK(ran({"count", "US", "2026-07-01", "2026-07-31", "--include-last", "--exclude-first"}).out == "21\n");
    auto const list = ran({"list"}).out;
    CHECK_THAT(list, Contains("DE         2015 to 2040  "));
    CHECK_THAT(list, Contains("regions DE-BB DE-BE"));
    CHECK_THAT(list, Contains("TARGET2    2015 to 2040  "));
    CHECK_THAT(list, Contains("(also TARGET)"));
    CHECK_THAT(ran({"list", "--json"}).out,
               Contains("{\"name\":\"BE\",\"title\":\"Belgium, national public holidays\""));
    auto const holidays = ran({"holidays", "BE", "2026"}).out;
    CHECK_THAT(holidays, Contains("Easter Monday"));
    CHECK(std::count(holidays.begin(), holidays.end(), '\n') == 10);
    CHECK(ran({"holidays", "BE", "2026-04-01", "2026-04-30", "--json"}).out.starts_with(R"({"day":"2026-04-06",)"));
    CHECK_THAT(ran({"holidays", "BE", "2026", "2027", "--ics"}).out, Contains("BEGIN:VEVENT"));
    auto const why = ran({"explain", "DE", "2024-12-11T12:00:00Z", "14 calendar_days", "--zone", "Europe/Berlin",
                          "--roll", "following"});
    CHECK(why.code == 0);
    CHECK_THAT(why.out, Contains("due before Fri 27 Dec 2024 24:00 Europe/Berlin (2024-12-27T23:00:00Z)\n"));
    CHECK_THAT(ran({"explain", "DE", "2024-12-11", "14 calendar_days", "--zone", "Europe/Berlin", "--regime",
                    "eu_1182_71", "--json"})
                   .out,
               Contains(R"("due":"2024-12-27T23:00:00Z")"));
}

TEST_CASE("a wrong argument of the calendar is a sentence and the code for wrong arguments") {
    auto const wrong = [](std::vector<std::string> words, std::string const& said) {
        auto const done = ran(std::move(words));
        CHECK(done.code == 2);
        CHECK(done.out.empty());
        CHECK_THAT(done.error, Contains(said));
    };
    wrong({}, "subcommand");
    wrong({"is-open", "DEE", "2026-03-06"}, "there is no calendar \"DEE\" (did you mean \"DE\"?)");
    wrong({"is-open", "DE", "2026-02-30"}, "DATE: ");
    wrong({"add", "DE", "2026-03-06", "many"}, "many");
    wrong({"add", "DE", "2026-03-06", "1", "--roll", "sideways"}, "--roll: expected one of none, following");
    wrong({"holidays", "DE", "2027", "2026"}, "TO: 2026-12-31 lies before 2027-01-01");
    wrong({"explain", "DE", "2026-03-06T12:00:00Z", "5 days"}, "PERIOD: ");
    wrong({"explain", "DE", "2026-03-06T12:00:00Z", "5 weeks", "--zone", "Berlin"}, "did you mean Europe/Berlin?");
    wrong({"explain", "DE", "2026-03-06T12:00:00Z", "5 service_hours"}, "service_hours need a schedule");
    wrong({"explain", "DE", "2026-03-06T12:00:00Z", "5 weeks", "--cut-off", "25:00"}, "--cut-off: ");
    // What would not count is refused.
    std::string const at = "2026-03-06T12:00:00Z";
    wrong({"explain", "DE", at, "5 weeks", "--regime", "plain", "--start", "count"}, "--start: does not count with");
    wrong({"explain", "DE", at, "5 weeks", "--regime", "plain", "--roll", "none"}, "--roll: does not count with");
    wrong({"explain", "DE", at, "5 weeks", "--regime", "plain", "--cut-off", "17:00"},
          "--cut-off: does not count with");
    wrong({"explain", "DE", at, "5 weeks", "--direction", "after"}, "--direction: counts only with --regime");
    wrong({"explain", "DE", at, "5 weeks", "--ends-with-event"}, "--ends-with-event: counts only with --regime");
    wrong({"explain", "DE", at, "5 weeks", "--regime", "plain", "--ends-with-event"}, "only with --regime uk_cpr_2_8");
    wrong({"explain", "DE", at, "5 hours", "--start", "count"}, "--start: does not count for a period in hours");
    wrong({"explain", "DE", at, "5 hours", "--roll", "none"}, "--roll: does not count for a period in hours");
    wrong({"explain", "DE", at, "5 hours", "--cut-off", "17:00"}, "--cut-off: does not count for a period in hours");
    CHECK(ran({"explain", "DE", at, "5 hours"}).code == 0);
    CHECK(ran({"explain", "GB", at, "5 weeks", "--regime", "uk_cpr_2_8", "--direction", "after", "--ends-with-event"})
              .code == 0);
    wrong({"list", "--decree", "no-such-file.json"}, "cannot read no-such-file.json");
    auto const late = ran({"is-open", "DE", "2041-01-01"});
    CHECK(late.code == 5);
    CHECK(late.error == "recourse: the calendar DE has no data for the year 2041\n");
}

TEST_CASE("tables, decrees and calendars of one's own are read from files") {
    scratch_file const decree{"calendar_test_decree.json",
                              R"({"calendar":"CN","year":2027,"version":"2026-11-30","source":"A notice",
                                  "moved":[{"off":"2027-02-11","worked":"2027-02-14","name":"n","english":"Spring"}]})"};
    CHECK(ran({"is-open", "CN", "2027-02-14"}).out == "Sun 14 Feb 2027: closed, weekend\n");
    CHECK(ran({"is-open", "CN", "2027-02-14", "--decree", decree.path()}).out ==
          "Sun 14 Feb 2027: open, worked weekend (Spring)\n");
    scratch_file const shop{"calendar_test_shop.json", R"({"name":"SHOP","base":"DE","closures":["2026-03-06"]})"};
    CHECK(ran({"is-open", "SHOP", "2026-03-06", "--calendar", shop.path()}).out == "Fri 6 Mar 2026: closed, holiday\n");
    CHECK(ran({"eval", "--calendar", shop.path()}, R"({"op":"is_business_day","calendar":"SHOP","date":"2026-12-25"})")
              .out == "{\"result\":false}\n");
    scratch_file const broken{"calendar_test_broken.json", R"({"calendar":"CN"})"};
    auto const refused = ran({"list", "--decree", broken.path()});
    CHECK(refused.code == 2);
    CHECK_THAT(refused.error, Contains("/year: is missing"));
}

TEST_CASE("a table of one's own is listed in one line, with its regions and other names") {
    scratch_file const table{
        "calendar_test_table.json",
        R"({"calendar":"ZZ","title":"Nowhere","also":["ZED"],"weekends":[{"days":"saturday sunday"}],)"
        R"("first_year":2026,"last_year":2027,"version":"1","source":"A test",)"
        R"("regions":[{"code":"ZZ-1","name":"North"},{"code":"ZZ-2","name":"South"}],"holidays":[]})"};
    auto const list = ran({"list", "--table", table.path()}).out;
    CHECK_THAT(list, Contains("ZZ         2026 to 2027  Nowhere (also ZED); regions ZZ-1 ZZ-2\n"));
    CHECK_THAT(list, !Contains("\nZZ-1") && !Contains("\nZED"));
    auto const before = ran({"list"}).out;
    CHECK(std::count(list.begin(), list.end(), '\n') == std::count(before.begin(), before.end(), '\n') + 1);
    CHECK(ran({"is-open", "ZZ-1", "2026-03-06", "--table", table.path()}).code == 0);
    scratch_file const old{"calendar_test_old_decree.json",
                           R"({"calendar":"CN","year":2026,"version":"2000-01-01","source":"Long ago"})"};
    auto const refused = ran({"list", "--decree", old.path()});
    CHECK(refused.code == 2);
    CHECK_THAT(refused.error, Contains("calendar_test_old_decree.json: the decree for CN in 2026 has the version"));
}
