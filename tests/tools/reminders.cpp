// Reminders, policies for some orders, and the data of deadlines on the command line.
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <filesystem>

#include "recourse/calendar/holidays.hpp"
#include "store/samples.hpp"
#include "tools/said.hpp"

using namespace recourse;
using store_samples::folder;
using test::run;
using test::said;

namespace {

boost::json::value parsed(std::string const& text) { return boost::json::parse(text); }

std::string const document = RECOURSE_TEST_DIR "/scenarios/policies/electronics_1.json";
std::string const order =
    R"({"order":"O-1","payment":"P-1","captured":{"currency":"EUR","minor":6000},)"
    R"("buyer":{"id":"anna","zone":"Europe/Brussels","calendar":"BE"},)"
    R"("seller":{"id":"shop","zone":"Europe/Brussels","calendar":"BE"},)"
    R"("lines":[{"line":"radio","units":1,"paid":{"currency":"EUR","minor":6000}}],"paid_at":"2026-05-30T10:00:00Z",)"
    R"("traits":{"site":"be","category":"electronics"}})";
std::string const opening =
    R"({"id":"c-1","dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},"do":{"open_dispute":{"order":)" + order +
    R"(,"reason":"not_received","lines":[{"line":"radio","units":1}],)"
    R"("award":{"remedy":"full_refund","amount":{"currency":"EUR","minor":6000}}}}})";

said submitted(std::string const& file) {
    return run(
        {"submit", "--store", file, "--now", "2026-06-02T09:00:00Z", "--policy", document, "--unsound-policy", "allow"},
        opening);
}

}  // namespace

TEST_CASE("reminders tells whom to remind, of what and why then, and when to ask again", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    REQUIRE(submitted(file).code == tools::exit_done);
    auto const words =
        run({"reminders", "--store", file, "--after", "2026-06-02T09:00:00Z", "--now", "2026-06-03T22:00:00Z"});
    CHECK(words.code == tools::exit_done);
    CHECK(
        words.out ==
        "2026-06-03T22:00:00Z  G-1/D-1  seller shop: seller response ends before Sun 7 Jun 2026 24:00 Europe/Brussels\n"
        "2 business days before Sun 7 Jun 2026 24:00 Europe/Brussels\n"
        "  Sun 7 Jun 2026: closed, weekend\n"
        "  Sat 6 Jun 2026: closed, weekend\n"
        "  Fri 5 Jun 2026 to Thu 4 Jun 2026: days 1 to 2\n"
        "is Wed 3 Jun 2026 24:00 Europe/Brussels (2026-06-03T22:00:00Z)\n"
        "the next one is at 2026-06-07T21:00:00Z\n");
    auto const again = run(
        {"reminders", "--store", file, "--after", "2026-06-03T22:00:00Z", "--now", "2026-06-03T22:01:00Z", "--json"});
    CHECK(again.out == "{\"next\":\"2026-06-07T21:00:00Z\"}\n");
    auto const one = run(
        {"reminders", "--store", file, "--after", "2026-06-03T22:00:00Z", "--now", "2026-06-07T21:00:00Z", "--json"});
    auto const first = parsed(one.out.substr(0, one.out.find('\n')));
    CHECK(first.at("to") == parsed(R"({"role":"seller","id":"shop"})"));
    CHECK(first.at("clock") == "seller_response");
    CHECK(first.at("due") == "2026-06-07T22:00:00Z");
    CHECK(first.at("before") == "1 hours");
    CHECK(first.at("key") == "remind:G-1/D-1:negotiation:1:seller_response:2026-06-07T22:00:00Z:1 hours:seller");
    CHECK(first.at("why").at("direction") == "before");
    CHECK(run({"reminders", "--store", file, "--after", "yesterday"}).code == tools::exit_usage);
    CHECK(run({"reminders", "--store", file}).code == tools::exit_usage);
}

TEST_CASE("worklist and show tell the next reminder; show and export the data of each deadline", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    REQUIRE(submitted(file).code == tools::exit_done);
    std::string const now = "2026-06-02T10:00:00Z";
    auto const task = parsed(run({"worklist", "--store", file, "--as", "seller", "--now", now, "--json"}).out);
    CHECK(task.at("remind_at") == "2026-06-03T22:00:00Z");
    auto const shown = parsed(run({"show", "--store", file, "--now", now, "--json", "G-1/D-1"}).out);
    CHECK(shown.at("status").at("seller").at("remind_at") == "2026-06-03T22:00:00Z");
    CHECK_FALSE(shown.at("status").at("mediator").as_object().contains("remind_at"));
    auto const data = "BE " + find_calendar("BE")->data_version() + ", zones " + std::string{zone_data_version()};
    REQUIRE(shown.at("deadlines").as_array().size() == 2);
    for (auto const& one : shown.at("deadlines").as_array()) CHECK(one.at("data").as_string() == data);
    auto const words = run({"show", "--store", file, "--now", now, "G-1/D-1"}).out;
    CHECK(words.find("set on data " + data + "\n") != std::string::npos);
    auto const whole = parsed(run({"export", "--store", file, "G-1/D-1"}).out);
    CHECK(whole.at("deadlines").at(0).at("data").as_string() == data);
    CHECK(whole.at("policy").at("id") == "electronics");
}

TEST_CASE("eligibility without a policy is judged by the one that is meant for the order", "[commands]") {
    auto const question = R"({"group":"G-1","order":)" + order + R"(,"reason":"not_received"})";
    auto const ask = [&](std::string const& text) {
        return parsed(
            run({"eligibility", "--json", "--now", "2026-06-02T09:00:00Z", "--policy", document}, text + "\n").out);
    };
    CHECK(ask(question).at("policy") == parsed(R"({"id":"electronics","version":1})"));
    auto other = question;
    other.replace(other.find("\"be\""), 4, "\"fr\"");
    CHECK(ask(other).at("blocked_by").at(0).at("code") == "policy_unknown");
    other.insert(1, R"("policy":"electronics",)");
    CHECK(ask(other).at("blocked_by").at(0).at("code") == "policy_not_for_this_order");
}
