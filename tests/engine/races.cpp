// Two writers at once: whoever comes second decides again on what the first has made durable.
#include <catch2/catch.hpp>
#include <functional>

#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/store/memory.hpp"
#include "store/wrapped_store.hpp"

using namespace recourse;

namespace {

// A store in which somebody else acts between a decision and its append.
class contested_store : public test::wrapped_store {
  public:
    using test::wrapped_store::wrapped_store;
    std::function<void()> meanwhile;
    int appends = 0;

    std::vector<store::outcome> append(std::span<store::append const> group) override {
        ++appends;
        if (meanwhile) std::exchange(meanwhile, nullptr)();
        return under_.append(group);
    }
};

money euro(std::int64_t minor) { return {minor, *currency::find("EUR")}; }
instant at(char const* text) { return *parse_instant(text); }
actor const anna{role::buyer, actor_id{"anna"}};
actor const shop{role::seller, actor_id{"shop"}};

dispute_key key(char const* dispute) { return {settlement_group{"G-1"}, dispute_id{dispute}}; }

command opening(char const* id, char const* dispute, std::int64_t units) {
    dispute::open_dispute body;
    body.policy = policy_id{"aliexpress"};
    body.order = {order_id{"O-1"},
                  payment_id{"P-1"},
                  euro(300),
                  {actor_id{"anna"}, "Europe/Brussels", "BE"},
                  {actor_id{"shop"}, "Asia/Shanghai", "CN"},
                  {{line_id{"mug"}, 3, euro(300)}},
                  {},
                  at("2026-02-01T00:00:00Z"),
                  {},
                  {},
                  0};
    body.reason = reason{"not_received"};
    body.lines = {{line_id{"mug"}, units}};
    body.award = {remedy::full_refund, euro(100 * units)};
    return {command_id{id}, key(dispute), anna, {}, body};
}

auto const noon = at("2026-02-10T12:00:00Z");

}  // namespace

TEST_CASE("two disputes over the same units at once: one is opened, the other is refused", "[engine]") {
    auto const under = store::open_memory();
    contested_store contested{*under};
    dispute_engine first{*under};
    dispute_engine second{contested};
    contested.meanwhile = [&] { REQUIRE(first.submit(opening("c-1", "D-1", 2), noon).accepted()); };
    auto const answer = second.submit(opening("c-2", "D-2", 2), noon);
    REQUIRE(answer.refused.size() == 1);
    CHECK(answer.refused[0].code == refusal::units_already_in_dispute);
    CHECK(contested.appends == 1);
    CHECK(under->ledger(settlement_group{"G-1"}, payment_id{"P-1"})->reserved_minor == 200);
}

TEST_CASE("two disputes over different units at once are both opened, the second after looking again", "[engine]") {
    auto const under = store::open_memory();
    contested_store contested{*under};
    dispute_engine first{*under};
    dispute_engine second{contested};
    contested.meanwhile = [&] { REQUIRE(first.submit(opening("c-1", "D-1", 2), noon).accepted()); };
    CHECK(second.submit(opening("c-2", "D-2", 1), noon).accepted());
    CHECK(contested.appends == 2);
    CHECK(under->ledger(settlement_group{"G-1"}, payment_id{"P-1"})->reserved_minor == 300);
}

TEST_CASE("money that was refunded meanwhile makes the amount exceed what is refundable", "[engine]") {
    auto const under = store::open_memory();
    contested_store contested{*under};
    dispute_engine first{*under};
    dispute_engine second{contested};
    contested.meanwhile = [&] {
        REQUIRE(first.submit(opening("c-1", "D-1", 3), noon).accepted());
        REQUIRE(first.submit({command_id{"c-3"}, key("D-1"), shop, {}, offer::accept_offer{1}}, noon).accepted());
        REQUIRE(first
                    .submit({command_id{"c-4"},
                             key("D-1"),
                             {role::host, actor_id{"bank"}},
                             {},
                             refund::confirm_refund{1, euro(300), "R-1"}},
                            noon)
                    .accepted());
    };
    auto const answer = second.submit(opening("c-2", "D-2", 1), noon);
    REQUIRE_FALSE(answer.accepted());
    CHECK(answer.refused[0].code == refusal::amount_exceeds_refundable);
    CHECK(answer.refused[0].limit == euro(0));
}

TEST_CASE("the same command from two processes at once is done once and answered twice alike", "[engine]") {
    auto const under = store::open_memory();
    contested_store contested{*under};
    dispute_engine first{*under};
    dispute_engine second{contested};
    answer once;
    contested.meanwhile = [&] { once = first.submit(opening("c-1", "D-1", 2), noon); };
    auto const again = second.submit(opening("c-1", "D-1", 2), noon);
    CHECK(again.duplicate);
    CHECK(again.events == once.events);
    CHECK(under->events(key("D-1")).size() == 3);
}

TEST_CASE("a deadline and a person at once: the deadline is applied once", "[engine]") {
    auto const under = store::open_memory();
    contested_store contested{*under};
    dispute_engine first{*under};
    dispute_engine second{contested};
    REQUIRE(first.submit(opening("c-1", "D-1", 2), noon).accepted());
    auto const late = at("2026-02-16T00:00:00Z");
    contested.meanwhile = [&] { REQUIRE(first.run_due(late, 10).applied.size() == 1); };
    auto const answer = second.submit({command_id{"c-2"}, key("D-1"), anna, {}, dispute::escalate_dispute{}}, late);
    CHECK(answer.accepted());
    CHECK(answer.lapsed.empty());
    int lapses = 0;
    for (auto const& happened : second.events(key("D-1")))
        lapses += type_of(happened) == "negotiation.seller_lapsed" ? 1 : 0;
    CHECK(lapses == 1);
}

TEST_CASE("another's command between lapse and command is never taken for one's own lapse", "[engine]") {
    auto const under = store::open_memory();
    contested_store contested{*under};
    dispute_engine first{*under};
    dispute_engine second{contested};
    REQUIRE(first.submit(opening("c-1", "D-1", 2), noon).accepted());
    // The other writer's clock is behind: it records one event where this one would have recorded the lapse.
    contested.meanwhile = [&] {
        dispute::submit_evidence const piece{{{evidence_kind::photo, sha256("photo"), "image/jpeg", 5}}};
        REQUIRE(first.submit({command_id{"c-3"}, key("D-1"), anna, {}, piece}, at("2026-02-15T15:00:00Z")).accepted());
    };
    auto const answer = second.submit({command_id{"c-2"}, key("D-1"), anna, {}, dispute::escalate_dispute{}},
                                      at("2026-02-16T00:00:00Z"));
    CHECK(answer.accepted());
    auto const again = replay(second.events(key("D-1")));
    CHECK(again == second.find(key("D-1"))->all);
    CHECK(again.dispute().in<dispute::in_mediation>());
}

TEST_CASE("units that time has freed are free, whether the other dispute's timer ran or not", "[engine]") {
    auto const store = store::open_memory();
    dispute_engine disputes{*store};
    REQUIRE(disputes.submit(opening("c-1", "D-1", 3), noon).accepted());
    auto const month_later = at("2026-03-10T12:00:00Z");  // D-1 expired on 25 February, and nobody has run its timer
    auto const answer = disputes.submit(opening("c-2", "D-2", 2), month_later);
    CHECK(answer.accepted());
    CHECK(disputes.find(key("D-1"))->all.dispute().kept.ruling->outcome->resolution == resolution::expired);
    auto const money = disputes.find(key("D-2"))->money;
    CHECK(money->reserved_minor() == 200);
    CHECK(money->open == std::vector{dispute_id{"D-2"}});
}

TEST_CASE("a dispute that cannot be brought up to date does not hold back the others", "[engine]") {
    auto const store = store::open_memory();
    dispute_engine disputes{*store};
    auto const opened_late = [](char const* id, char const* dispute, char const* payment, char const* calendar) {
        auto asked = opening(id, dispute, 3);
        auto& order = std::get<dispute::open_dispute>(asked.body).order;
        order.payment = payment_id{payment};
        order.buyer.calendar = calendar;
        order.shipped_at = at("2040-12-01T00:00:00Z");
        return asked;
    };
    auto const december = at("2040-12-10T12:00:00Z");
    // The mediator is silent; the refund's ten business days would reach into 2041, which Belgium's table does not cover.
    for (auto const& [dispute, payment, calendar] : {std::tuple{"D-1", "P-1", "BE"}, {"D-2", "P-2", "WEEKDAYS"}}) {
        REQUIRE(disputes.submit(opened_late("c-1", dispute, payment, calendar), december).accepted());
        REQUIRE(
            disputes.submit({command_id{"c-2"}, key(dispute), shop, {}, offer::decline_offer{1}}, december).accepted());
        REQUIRE(disputes.submit({command_id{"c-3"}, key(dispute), anna, {}, dispute::escalate_dispute{}}, december)
                    .accepted());
    }
    auto const run = disputes.run_due(at("2040-12-24T00:00:00Z"), 1);
    REQUIRE(run.failed.size() == 1);
    CHECK(run.failed[0].dispute == key("D-1"));
    CHECK(run.failed[0].kind == failure_kind::calendar_not_covered);
    CHECK(run.failed[0].message.find("2041") != std::string::npos);
    REQUIRE(run.applied.size() == 1);
    CHECK(run.applied[0].dispute == key("D-2"));
}
