// Reminders: each is listed once, of what still runs, to whom the policy names.
#include "recourse/engine/reminders.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "engine/offered.hpp"
#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/store/memory.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// Of the seller's five days: two days before the end, and an hour before it; the buyer hears of the latter as well.
constexpr auto seller_twice = R"({"reminders":[{"clock":"seller_response","before":"2 calendar_days","to":["seller"]},)"
                              R"({"clock":"seller_response","before":"1 hours","to":["seller","buyer"]}]})";

auto const two_days_before = at("2026-03-17T16:00:00Z");  // the answer is due on the 19th at 24:00 in Shanghai
auto const hour_before = at("2026-03-19T15:00:00Z");
auto const due = at("2026-03-19T16:00:00Z");

struct market {
    explicit market(std::string_view more) {
        auto const offered = disputes.offer_policy(document_of("shop", 1, more));
        INFO((offered ? "" : to_text(offered.error())));
        REQUIRE(offered);
    }
    answer ask(actor const& by, command_body body, instant now, std::string const& dispute = "D-1") {
        return disputes.submit({command_id{fmt::format("c-{}", ++commands)}, key(dispute), by, {}, std::move(body)},
                               now);
    }
    void open(instant now = opening, std::string const& dispute = "D-1") {
        stage play;
        play.order.payment = payment_id{"P-" + dispute};
        auto claim = play.claim(full(2999));
        claim.policy = policy_id{"shop"};
        REQUIRE(ask(anna, std::move(claim), now, dispute).accepted());
    }
    static dispute_key key(std::string const& dispute) { return {settlement_group{"G"}, dispute_id{dispute}}; }
    std::string list(instant after, instant until) {
        std::string text;
        for (auto const& one : disputes.reminders(after, until).reminders)
            text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", one.dispute.dispute.text(), to_text(one.at),
                                wire_name(one.to.role));
        return text;
    }

    std::unique_ptr<store::contract> store = store::open_memory();
    dispute_engine disputes{*store, {}, trusting()};
    int commands = 0;
};

}  // namespace

TEST_CASE("reminders are listed that fall after one instant and not after another, earliest first") {
    market all{seller_twice};
    all.open();
    CHECK(all.list(opening, plus_seconds(two_days_before, -1)).empty());
    CHECK(all.list(opening, two_days_before) == "D-1 2026-03-17T16:00:00Z seller");
    CHECK(all.list(two_days_before, plus_seconds(hour_before, -1)).empty());
    CHECK(all.list(two_days_before, hour_before) == "D-1 2026-03-19T15:00:00Z seller, D-1 2026-03-19T15:00:00Z buyer");
    auto const run = all.disputes.reminders(opening, two_days_before);
    REQUIRE(run.reminders.size() == 1);
    auto const& one = run.reminders[0];
    CHECK(one.to == shop);
    CHECK(one.clock.kind == lifecycle::clock::seller_response);
    CHECK(one.clock.due == due);
    CHECK(one.key == "remind:G/D-1:negotiation:1:seller_response:2026-03-19T16:00:00Z:2 calendar_days:seller");
    CHECK(run.next == hour_before);
    CHECK(all.disputes.reminders(two_days_before, hour_before).next == std::nullopt);
}

TEST_CASE("a worker that runs every minute sends each reminder once, and none changes the dispute") {
    market all{seller_twice};
    all.open();
    all.open(plus_seconds(opening, 7 * hour + 13), "D-2");
    std::multiset<std::string> sent;
    for (auto now = opening; now < plus_seconds(due, 2 * day); now = plus_seconds(now, 60)) {
        for (auto const& one : all.disputes.reminders(now, plus_seconds(now, 60)).reminders) sent.insert(one.key);
    }
    CHECK(sent.size() == 6);
    CHECK(std::set<std::string>{sent.begin(), sent.end()}.size() == 6);
    CHECK(all.disputes.find(market::key("D-1"))->all.version == all.disputes.events(market::key("D-1")).size());
    CHECK(all.store->load(market::key("D-1"))->next_due == due);
}

TEST_CASE("what was answered, or has ended, is not reminded of, also after a standstill") {
    market all{seller_twice};
    all.open();
    // Nobody was reminded for a week: the answer is overdue, and its timer has not run either.
    CHECK(all.list(opening, plus_seconds(opening, 7 * day)).empty());
    REQUIRE(all.ask(shop, offer::make_offer{partial(1000)}, plus_seconds(opening, hour)).accepted());
    CHECK(all.list(opening, hour_before).empty());
}

TEST_CASE("a deadline that moves is reminded of anew, under another key") {
    market all{R"({"reminders":[{"clock":"buyer_response","before":"1 calendar_days","to":["buyer"]}]})"};
    all.open();
    REQUIRE(all.ask(shop, offer::make_offer{partial(1000)}, plus_seconds(opening, hour)).accepted());
    auto const first = all.disputes.reminders(opening, at("2026-03-18T23:00:00Z")).reminders;
    REQUIRE(first.size() == 1);
    // A better offer gives the buyer her full time again.
    REQUIRE(all.ask(shop, offer::make_offer{partial(2000)}, at("2026-03-19T09:00:00Z")).accepted());
    auto const then = all.disputes.reminders(at("2026-03-18T23:00:00Z"), at("2026-03-24T22:59:59Z")).reminders;
    REQUIRE(then.size() == 1);
    CHECK(then[0].key != first[0].key);
    CHECK(then[0].at == at("2026-03-23T23:00:00Z"));
}

TEST_CASE("business days before a deadline are those of its clock, and the explanation names them") {
    market all{R"({"reminders":[{"clock":"seller_response","before":"2 business_days","to":["seller"]}]})"};
    all.open();
    CHECK(all.disputes.reminders(opening, due).reminders.empty());  // at the deadline itself it has ended
    auto const run = all.disputes.reminders(opening, plus_seconds(due, -1));
    REQUIRE(run.reminders.size() == 1);
    auto const& one = run.reminders[0];
    CHECK(one.at == two_days_before);  // Wednesday and Thursday lie between
    auto const why = explain_reminder(one, all.disputes.find(one.dispute)->known);
    CHECK(lead_in_words(why) ==
          "2 business days before Thu 19 Mar 2026 24:00 Asia/Shanghai\n"
          "  Thu 19 Mar 2026 to Wed 18 Mar 2026: days 1 to 2\n"
          "is Tue 17 Mar 2026 24:00 Asia/Shanghai (2026-03-17T16:00:00Z)\n");
}

TEST_CASE("the worklist and the status say when the next reminder comes") {
    market all{seller_twice};
    all.open();
    auto const task = [&](instant now) { return all.disputes.worklist({role::seller, shop.id}, now, 5).tasks.at(0); };
    CHECK(task(opening).remind_at == two_days_before);
    CHECK(task(two_days_before).remind_at == hour_before);
    CHECK(task(hour_before).remind_at == std::nullopt);
    auto const status = [&](role viewer) { return *all.disputes.status(market::key("D-1"), viewer, opening); };
    CHECK(status(role::seller).remind_at == two_days_before);
    CHECK(status(role::buyer).remind_at == hour_before);
    CHECK(status(role::mediator).remind_at == std::nullopt);
}

TEST_CASE("who has given what the mediator asked of both is not reminded of it") {
    market all{R"({"reminders":[{"clock":"information","before":"1 hours","to":["buyer","seller"]}]})"};
    all.open();
    auto const now = plus_seconds(opening, hour);
    REQUIRE(all.ask(shop, offer::decline_offer{1}, now).accepted());
    REQUIRE(all.ask(anna, dispute::escalate_dispute{}, now).accepted());
    REQUIRE(all.ask(mia, mediation::take_mediation{}, now).accepted());
    REQUIRE(all.ask(mia, mediation::request_information{}, now).accepted());
    auto const end = all.disputes.find(market::key("D-1"))->all.mediation().clock->due;
    CHECK(all.disputes.reminders(now, plus_seconds(end, -1)).reminders.size() == 2);
    REQUIRE(all.ask(shop, mediation::provide_information{{piece("answer")}}, now).accepted());
    auto const left = all.disputes.reminders(now, plus_seconds(end, -1)).reminders;
    REQUIRE(left.size() == 1);
    CHECK(left[0].to == anna);
}

TEST_CASE("a mediator is reminded by his id once he has taken the dispute") {
    market all{
        R"({"reminders":[{"clock":"decision","before":"1 calendar_days","to":["mediator","platform_operator"]}]})"};
    all.open();
    auto const now = plus_seconds(opening, hour);
    REQUIRE(all.ask(shop, offer::decline_offer{1}, now).accepted());
    REQUIRE(all.ask(anna, dispute::escalate_dispute{}, now).accepted());
    auto const reminded = [&] { return all.disputes.reminders(now, plus_seconds(now, 7 * day)).reminders.at(0).to; };
    CHECK(reminded() == actor{role::mediator, {}});
    REQUIRE(all.ask(mia, mediation::take_mediation{}, now).accepted());
    CHECK(reminded() == mia);
}

TEST_CASE("no reminder is sent before its clock has started") {
    // The seller has five days; ten business days before their end lies before the dispute.
    market all{R"({"reminders":[{"clock":"seller_response","before":"10 business_days","to":["seller"]}]})"};
    all.open();
    CHECK(all.list(at("2026-01-01T00:00:00Z"), plus_seconds(due, -1)).empty());
}

TEST_CASE("the end of protection is reminded of in the file of its payment") {
    market all{R"({"reminders":[{"clock":"protection","before":"3 calendar_days","to":["buyer"]}]})"};
    auto const file = file_of(settlement_group{"G"}, payment_id{"P-1"});
    REQUIRE(
        all.disputes
            .submit({command_id{"c"}, file, bank, {}, payment::tell_order{policy_id{"shop"}, {}, an_order()}}, opening)
            .accepted());
    auto const run = all.disputes.reminders(opening, at("2026-04-03T00:00:00Z"));
    REQUIRE(run.reminders.size() == 3);  // a line each
    CHECK(run.reminders[0].at == at("2026-03-31T22:00:00Z"));
    CHECK(run.reminders[0].to == anna);
    CHECK(run.reminders[0].key != run.reminders[1].key);
}

TEST_CASE("while a dispute is suspended nobody is reminded of the clocks that stand, and then of what remains") {
    std::ifstream file{RECOURSE_TEST_DIR "/scenarios/policies/chargebacks_suspend.json", std::ios::binary};
    auto document = boost::json::parse(std::string{std::istreambuf_iterator<char>{file}, {}});
    document.as_object()["reminders"] =
        boost::json::parse(R"([{"clock":"seller_response","before":"1 calendar_days","to":["seller"]}])");
    auto const store = store::open_memory();
    dispute_engine disputes{*store, {}, trusting()};
    auto const offered = disputes.offer_policy(boost::json::serialize(document));
    REQUIRE(offered);
    int commands = 0;
    auto const ask = [&](dispute_key const& key, actor const& by, command_body body, instant now) {
        return disputes.submit({command_id{fmt::format("c-{}", ++commands)}, key, by, {}, std::move(body)}, now)
            .accepted();
    };
    auto const payment_file = file_of(settlement_group{"G"}, payment_id{"P-1"});
    auto const dispute = market::key("D-1");
    stage play;
    auto claim = play.claim(full(2999));
    claim.policy = offered->id;
    REQUIRE(ask(payment_file, bank, payment::tell_order{offered->id, {}, play.order}, opening));
    REQUIRE(ask(dispute, anna, claim, opening));
    CHECK(disputes.reminders(opening, plus_seconds(opening, 5 * day)).reminders.size() == 1);
    auto const notice = [&](chargeback::phase state, instant now) {
        return ask(payment_file, bank, chargeback::tell_chargeback{chargeback_id{"CB-1"}, state, euro(5489), {}, now},
                   now);
    };
    REQUIRE(notice(chargeback::phase::open, plus_seconds(opening, day)));
    REQUIRE(is_suspended(disputes.find(dispute)->all));
    CHECK(disputes.reminders(opening, plus_seconds(opening, 5 * day)).reminders.empty());
    REQUIRE(notice(chargeback::phase::won, plus_seconds(opening, 8 * day)));
    auto const seen = *disputes.find(dispute);
    REQUIRE_FALSE(is_suspended(seen.all));
    auto const then = disputes.reminders(plus_seconds(opening, 8 * day), plus_seconds(opening, 15 * day)).reminders;
    CHECK(then.empty());  // the answer is overdue by then
    auto const end = seen.all.negotiation().clock->due;
    auto const left = disputes.reminders(plus_seconds(opening, 8 * day), plus_seconds(end, -1)).reminders;
    REQUIRE(left.size() == 1);
    CHECK(left[0].clock.due == end);
    CHECK(disputes.set_from(seen, *seen.all.negotiation().clock)->data ==
          "CN " + find_calendar("CN")->data_version() + ", zones " + std::string{zone_data_version()});
}

TEST_CASE("a dispute that cannot be read is reported, and the others are reminded of") {
    market all{seller_twice};
    all.open();
    store::append damaged;
    damaged.dispute = market::key("D-0");
    damaged.command = "c";
    damaged.events = {{1, opening, "dispute.dispute_opened", "{}", {}, {}}};
    damaged.state = "not a state";
    damaged.next_due = opening;
    all.store->append({&damaged, 1});
    auto const run = all.disputes.reminders(opening, two_days_before);
    CHECK(run.reminders.size() == 1);
    REQUIRE(run.failed.size() == 1);
    CHECK(run.failed[0].dispute == market::key("D-0"));
}
