// Host rules: vetoes and effects of a host's own, at points that the tables name.
#include "recourse/engine/host_rules.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <random>

#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/engine/verify.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/vocabulary/failure.hpp"

using namespace recourse;
using namespace recourse::test;
using Catch::Matchers::Contains;

namespace {

dispute_key const first{settlement_group{"G-1"}, dispute_id{"D-1"}};

std::optional<veto> always_no(veto_question const&) { return veto{"closed", "Not today."}; }

std::string codes(answer const& given) {
    std::string names;
    for (auto const& no : given.refused) names += (names.empty() ? "" : " ") + std::string{name(no.code)};
    return given.accepted() ? "accepted" : names;
}

// Engines with different rules over one store, and commands that come one hour after the other.
struct shared_store {
    stage play;
    std::unique_ptr<store::contract> kept = store::open_memory();
    instant now = opening;
    int commands = 0;

    dispute_engine with(host_rules rules, refusal_keeping keeping = refusal_keeping::none) const {
        return dispute_engine{*kept, {}, {.keep_refusals = keeping, .host = std::move(rules)}};
    }
    answer give(dispute_engine& disputes, actor const& by, command_body body) {
        now = plus_seconds(now, hour);
        return disputes.submit({command_id{fmt::format("c-{}", ++commands)}, first, by, {}, std::move(body)}, now);
    }
    void open(award what = full(2999)) {
        auto plain = with({});
        REQUIRE(give(plain, anna, play.claim(what)).accepted());
    }
    std::vector<std::string> ordered_by_host() const {
        std::vector<std::string> bodies;
        for (auto const& one : kept->outbox(0, 1000)) {
            if (one.entry.kind == "host") bodies.push_back(one.entry.body);
        }
        return bodies;
    }
};

action const& find_action(std::vector<action> const& all, std::string_view command) {
    auto const found = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.command == command; });
    REQUIRE(found != all.end());
    return *found;
}

std::string why_not_added(std::string_view point, std::string const& name, veto_function asked = always_no) {
    host_rules rules;
    try {
        rules.add_veto(point, name, std::move(asked));
    } catch (std::invalid_argument const& wrong) {
        return wrong.what();
    }
    return "added";
}

}  // namespace

TEST_CASE("a host's veto refuses a command with its name, its code and its words, and actions says the same",
          "[engine]") {
    shared_store here;
    here.open();
    bool is_flagged = true;
    auto disputes = here.with(host_rules{}.add_veto(
        "offer.accept_offer", "fraud_hold", [&](veto_question const& asked) -> std::optional<veto> {
            CHECK(asked.point == "offer.accept_offer");
            CHECK(asked.key == first);
            CHECK(asked.all.version >= 3);  // `actions` asks about what time will have made of it as well
            CHECK(asked.money->captured_minor() == 5489);
            if (!is_flagged) return std::nullopt;
            return veto{"account_flagged", "Your account is being looked at."};
        }));
    auto const refused_now = here.give(disputes, shop, offer::accept_offer{1});
    REQUIRE(codes(refused_now) == "vetoed_by_host");
    CHECK(veto_told_by(refused_now.refused[0]) ==
          veto_told{"fraud_hold", "account_flagged", "Your account is being looked at."});
    CHECK(to_text(refused_now.refused[0]) ==
          "A rule of the host does not allow this now. It is about: fraud_hold.account_flagged. Your account is being "
          "looked at.");
    CHECK_THAT(to_json(refused_now.refused[0]),
               Contains(R"("veto":{"name":"fraud_hold","code":"account_flagged","words":"Your account)"));
    auto const shown = find_action(*disputes.actions(first, shop, here.now), "accept_offer");
    CHECK_FALSE(shown.allowed);
    CHECK(shown.blocked_by == refused_now.refused);
    CHECK(find_action(*disputes.actions(first, shop, here.now), "decline_offer").allowed);
    is_flagged = false;
    CHECK(find_action(*disputes.actions(first, shop, here.now), "accept_offer").allowed);
    CHECK(codes(here.give(disputes, shop, offer::accept_offer{1})) == "accepted");
    CHECK(veto_told_by(refused{}) == std::nullopt);
}

TEST_CASE("a veto stands beside what the tables say, after it, and a stranger is not told of it", "[engine]") {
    shared_store here;
    here.open();
    auto disputes = here.with(host_rules{}.add_veto("*", "closed", always_no));
    CHECK(codes(here.give(disputes, anna, dispute::escalate_dispute{})) == "escalation_not_open_yet vetoed_by_host");
    CHECK(codes(here.give(disputes, {role::buyer, actor_id{"eve"}}, dispute::withdraw_dispute{})) ==
          "not_a_party_of_this_dispute");
}

TEST_CASE("a veto that knows its end is told with the instant, and the action is possible from then on", "[engine]") {
    shared_store here;
    here.open();
    auto const end = plus_seconds(opening, 30 * hour);
    auto disputes = here.with(
        host_rules{}.add_veto("offer.*", "cooling_off", [=](veto_question const& asked) -> std::optional<veto> {
            if (asked.now >= end) return std::nullopt;
            return veto{"too_early", "Sleep on it.", opening, end};
        }));
    auto const shown = find_action(*disputes.actions(first, shop, here.now), "decline_offer");
    CHECK_FALSE(shown.allowed);
    CHECK(shown.from == end);
    CHECK(shown.blocked_by.at(0).since == opening);
    CHECK(find_action(*disputes.actions(first, shop, end), "decline_offer").allowed);
}

TEST_CASE("a command that machines tell each other is a point too, and its veto sees what would be recorded",
          "[engine]") {
    shared_store here;
    here.open();
    std::vector<std::int64_t> seen;
    auto disputes = here.with(host_rules{}.add_veto(
        "refund.instruct_refund", "limit", [&](veto_question const& asked) -> std::optional<veto> {
            for (auto const& one : asked.events) {
                if (auto const* ordered = std::get_if<refund::refund_instructed>(&one.body)) {
                    seen.push_back(ordered->amount.minor);
                    if (ordered->amount.minor > 2000) return veto{"too_much", "A person looks at this first."};
                }
            }
            return std::nullopt;
        }));
    CHECK(codes(here.give(disputes, shop, offer::accept_offer{1})) == "vetoed_by_host");
    CHECK(seen == std::vector<std::int64_t>{2999});
    CHECK(disputes.find(first)->all.version == 3);
    CHECK(codes(here.give(disputes, shop, offer::make_offer{partial(1500)})) == "accepted");
    CHECK(codes(here.give(disputes, anna, offer::accept_offer{2})) == "accepted");
    CHECK(seen == std::vector<std::int64_t>{2999, 1500});
}

TEST_CASE("time is not vetoed: under a veto of everything every dispute ends by time alone", "[engine]") {
    shared_store here;
    here.open(goods_back(2999));
    auto plain = here.with({});
    REQUIRE(here.give(plain, shop, offer::accept_offer{1}).accepted());
    REQUIRE(here.give(plain, shop, return_request::provide_return_terms{"depot", party::seller}).accepted());
    REQUIRE(here.give(plain, anna, return_request::ship_return{"post", "T-1"}).accepted());
    REQUIRE(here.give(plain, bank, return_request::report_return_delivered{}).accepted());
    auto disputes = here.with(host_rules{}.add_veto("*", "closed", always_no));
    auto const far = plus_seconds(here.now, 300 * day);
    for (auto const& who : {anna, shop, mia, otto, bank}) {
        auto const listed = *disputes.actions(first, who, here.now);
        CHECK(listed.size() > 20);
        for (auto const& one : listed) CHECK_FALSE(one.allowed);
    }
    auto const run = disputes.run_due(far, 10);
    CHECK(run.failed.empty());
    REQUIRE(run.applied.size() == 1);
    auto const after = disputes.find(first)->all;
    CHECK(after.returns()[0].in<return_request::accepted>());
    CHECK(after.refunds().size() == 1);  // ordered by time, though every command that orders one is vetoed
    CHECK_FALSE(next_due(after).has_value());
}

TEST_CASE("walking about under vetoes by chance, actions agree with what is done", "[engine]") {
    auto const seed = GENERATE(1U, 2U, 3U, 4U);
    CAPTURE(seed);
    std::mt19937 chance{seed};
    // By chance, and the same for the same question.
    auto const some_no = [=](veto_question const& asked) -> std::optional<veto> {
        auto const mixed = std::hash<std::string>{}(std::string{asked.point} + std::to_string(asked.all.version) +
                                                    std::string{asked.by.id.text()} + std::to_string(seed));
        if (mixed % 3 != 0) return std::nullopt;
        return veto{"by_chance", "No."};
    };
    shared_store here;
    here.open();
    auto disputes = here.with(host_rules{}.add_veto("*", "chance", some_no));
    std::size_t vetoed = 0;
    std::size_t allowed = 0;
    for (int round = 0; round < 12; ++round) {
        here.now = plus_seconds(here.now, static_cast<std::int64_t>(chance() % 60) * hour);
        std::vector<command> possible;
        for (auto const& who : {anna, shop, mia, bank}) {
            disputes.pass_time(first, here.now);
            auto const seen = *disputes.find(first);
            auto const listed = *disputes.actions(first, who, here.now);
            auto const bodies = candidates(seen.all, seen.known, &*seen.money);
            for (auto const& one : listed) {
                bool any = false;
                for (auto const& body : bodies) {
                    if (name(body) != one.command || number_named(body) != one.number) continue;
                    command const asked{command_id{"try"}, first, who, {}, body};
                    auto const made = decide(first, seen.all, seen.money, seen.known, asked, here.now);
                    any = any || made.accepted.has_value();
                    if (made.accepted) possible.push_back(asked);
                }
                CAPTURE(one.command, round);
                CHECK(one.allowed == any);
                allowed += one.allowed ? 1U : 0U;
                for (auto const& no : one.blocked_by) vetoed += no.code == refusal::vetoed_by_host ? 1U : 0U;
            }
        }
        if (possible.empty()) continue;
        auto next = possible[chance() % possible.size()];
        next.id = command_id{fmt::format("w-{}", round)};
        CHECK(disputes.submit(next, here.now).accepted());
    }
    CHECK(vetoed > 20);
    CHECK(allowed > 20);
    CHECK(verify(*here.kept).sound());
}

TEST_CASE("whether a dispute could be opened is asked of the host's vetoes as well", "[engine]") {
    shared_store here;
    auto disputes = here.with(host_rules{}.add_veto("dispute.open_dispute", "closed", always_no));
    eligibility_question const question{
        first.group, policy_id{"aliexpress"}, {}, here.play.order, reason{"not_received"}};
    auto const told = disputes.eligibility(question, opening);
    REQUIRE(told.blocked_by.size() == 1);
    CHECK(told.blocked_by[0].code == refusal::vetoed_by_host);
    CHECK(codes(here.give(disputes, anna, here.play.claim(full(2999)))) == "vetoed_by_host");
    CHECK(here.kept->disputes({}, 10).empty());
}

TEST_CASE("a refused command is counted and kept with what the host said", "[engine]") {
    shared_store here;
    here.open();
    auto disputes = here.with(host_rules{}.add_veto("offer.accept_offer", "closed", always_no), refusal_keeping::kept);
    command const asked{command_id{"c-9"}, first, shop, {}, offer::accept_offer{1}};
    CHECK(disputes.submit(asked, here.now).refusal_kept);
    CHECK(disputes.refusal_counts(first) == std::vector<refusal_count>{{refusal::vetoed_by_host, 1}});
    CHECK(disputes.refusals(first, 10) ==
          std::vector<kept_refusal>{
              {here.now, "c-9", {refusal::vetoed_by_host}, canonical(asked), {{"closed", "closed", "Not today."}}}});
    CHECK(verify(*here.kept).sound());
}

TEST_CASE("a host's effect is in the outbox once, with the events, whoever or whatever made them", "[engine]") {
    shared_store here;
    auto disputes = here.with(host_rules{}
                                  .add_effect("offer.*", "offers",
                                              [](host_event const& told) -> std::optional<std::string> {
                                                  if (told.happened.number > 1) return std::nullopt;
                                                  return fmt::format("version {}", told.after.version);
                                              })
                                  .add_effect("negotiation.seller_lapsed", "reminders",
                                              [](host_event const& told) { return std::optional{to_text(told.key)}; }));
    auto const opened = disputes.submit({command_id{"c-1"}, first, anna, {}, here.play.claim(full(2999))}, opening);
    REQUIRE(opened.accepted());
    CHECK(disputes.submit({command_id{"c-1"}, first, anna, {}, here.play.claim(full(2999))}, opening).duplicate);
    REQUIRE(disputes.run_due(plus_seconds(opening, 7 * day), 10).applied.size() == 1);
    CHECK(
        here.ordered_by_host() ==
        std::vector<std::string>{
            R"({"key":"G-1/D-1/host/offers/3","name":"offers","event":"offer.claim_tabled","version":3,"payload":"version 3"})",
            R"({"key":"G-1/D-1/host/reminders/4","name":"reminders","event":"negotiation.seller_lapsed","version":4,"payload":"G-1/D-1"})"});

    // Neither replay nor verify knows the host's functions.
    auto plain = here.with({});
    CHECK(replay(plain.events(first)) == disputes.find(first)->all);
    CHECK(verify(*here.kept).sound());
}

TEST_CASE(
    "an effect at every point is made of every event: of commands, of time, and of what is heard of other records",
    "[engine]") {
    shared_store here;
    auto disputes = here.with(host_rules{}.add_effect(
        "*", "journal", [](host_event const& told) { return std::optional{type_of(told.happened)}; }));
    auto const file = file_of(first.group, payment_id{"P-1"});
    auto const tell = [&](char const* id, command_body body, std::int64_t hours) {
        return disputes.submit({command_id{id}, file, bank, {}, std::move(body)}, plus_seconds(opening, hours * hour));
    };
    REQUIRE(tell("f-1", payment::tell_order{policy_id{"aliexpress"}, {}, here.play.order}, 0).accepted());
    here.now = plus_seconds(opening, hour);
    REQUIRE(here.give(disputes, anna, here.play.claim(full(2999))).accepted());
    auto const bounced =
        tell("f-2",
             chargeback::tell_chargeback{
                 chargeback_id{"CB-1"}, chargeback::phase::open, euro(5489), {}, plus_seconds(opening, 3 * hour)},
             10 * 24);
    REQUIRE(bounced.accepted());
    REQUIRE_FALSE(bounced.heard.empty());
    disputes.run_due(plus_seconds(opening, 200 * day), 10);

    std::vector<std::string> expected;
    for (auto const& key : {first, file}) {
        for (auto const& one : disputes.events(key))
            expected.push_back(fmt::format(
                R"({{"key":"{0}/host/journal/{1}","name":"journal","event":"{2}","version":{1},"payload":"{2}"}})",
                to_text(key), one.version, type_of(one)));
    }
    auto made = here.ordered_by_host();
    std::sort(made.begin(), made.end());
    std::sort(expected.begin(), expected.end());
    CHECK(made.size() > 10);
    CHECK(made == expected);
}

TEST_CASE("what a host's function throws is a failure of that call, and nothing is written", "[engine]") {
    shared_store here;
    here.open();
    auto const state = here.kept->load(first)->state;
    auto const fails = [&](host_rules rules) {
        auto disputes = here.with(std::move(rules), refusal_keeping::kept);
        std::string why = "nothing was thrown";
        try {
            here.give(disputes, shop, offer::accept_offer{1});
        } catch (failure const& broken) {
            CHECK(broken.kind() == failure_kind::host_rule_failed);
            why = broken.what();
        }
        CHECK(here.kept->load(first)->state == state);
        CHECK(disputes.refusal_counts(first).empty());
        return why;
    };
    using no_veto = std::optional<veto>;
    using no_payload = std::optional<std::string>;
    CHECK(fails(host_rules{}.add_veto("offer.accept_offer", "risk", [](auto const&) -> no_veto {
              throw std::runtime_error{"the line is dead"};
          })) == "risk at offer.accept_offer: the line is dead");
    // One of our own kinds is no reason to go on as if a calendar ended.
    CHECK(fails(host_rules{}.add_veto("offer.accept_offer", "risk", [](auto const&) -> no_veto {
              throw failure{failure_kind::calendar_not_covered, "no data"};
          })) == "risk at offer.accept_offer: no data");
    CHECK(fails(host_rules{}.add_veto("offer.accept_offer", "risk", [](auto const&) -> no_veto { throw 7; })) ==
          "risk at offer.accept_offer: threw what is no std::exception");
    CHECK(fails(host_rules{}.add_veto("offer.accept_offer", "risk", [](auto const&) -> no_veto {
              return veto{"x", "\xff"};
          })) == "risk at offer.accept_offer: what a veto says is not UTF-8");
    CHECK(fails(host_rules{}.add_veto("offer.accept_offer", "risk", [](auto const&) -> no_veto {
              return veto{"x", std::string(1001, 'a')};
          })) == "risk at offer.accept_offer: what a veto says has at most 1000 bytes");
    CHECK(fails(host_rules{}.add_effect("refund.refund_instructed", "books", [](auto const&) -> no_payload {
              throw std::runtime_error{"no paper"};
          })) == "books at refund.refund_instructed: no paper");
    CHECK(fails(host_rules{}.add_effect("refund.refund_instructed", "books", [](auto const&) -> no_payload {
              return "\xff";
          })) == "books at refund.refund_instructed: a payload is not UTF-8");

    // A dispute whose lapse fails is reported and does not hold back the others.
    auto disputes = here.with(host_rules{}.add_effect(
        "negotiation.seller_lapsed", "books", [](auto const&) -> no_payload { throw std::runtime_error{"no paper"}; }));
    auto const run = disputes.run_due(plus_seconds(here.now, 7 * day), 10);
    REQUIRE(run.failed.size() == 1);
    CHECK(run.failed[0].kind == failure_kind::host_rule_failed);
}

TEST_CASE("a point that is not there is an error when it is added, with the nearest one", "[engine]") {
    CHECK(why_not_added("offer.accept_offer", "hold") == "added");
    CHECK(why_not_added("offer.*", "hold") == "added");
    CHECK(why_not_added("offer.acept_offer", "hold") ==
          R"(there is no point "offer.acept_offer"; did you mean "offer.accept_offer"?)");
    CHECK(why_not_added("offers.*", "hold") != "added");
    CHECK(why_not_added("", "hold") != "added");
    CHECK_THAT(why_not_added("negotiation.deadline_passed", "hold"), Contains("every dispute ends by time alone"));
    CHECK_THAT(why_not_added("offer.accept_offer", "Fraud hold"), Contains("not \"Fraud hold\""));
    CHECK_THAT(why_not_added("offer.accept_offer", ""), Contains("a name"));
    CHECK_THAT(why_not_added("offer.accept_offer", "hold", nullptr), Contains("has no function"));
    host_rules rules;
    rules.add_veto("offer.accept_offer", "hold", always_no).add_veto("refund.*", "hold", always_no);
    CHECK_THROWS_WITH(rules.add_veto("offer.*", "hold", always_no), "hold stands at offer.accept_offer already");
    auto const nothing = [](host_event const&) { return std::optional<std::string>{}; };
    CHECK_THROWS_WITH(rules.add_effect("offer.offer_mad", "books", nothing),
                      R"(there is no point "offer.offer_mad"; did you mean "offer.offer_made"?)");
    CHECK_THROWS_WITH(rules.add_effect("offer.*", "books", nothing).add_effect("offer.offer_made", "books", nothing),
                      "books stands at offer.offer_made already");
}

TEST_CASE("every command that somebody can give is a point, every event is one, and no end of a deadline is",
          "[engine]") {
    auto const has = [](std::vector<std::string> const& all, std::string_view one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        lifecycle::for_each(lifecycle::commands_of<L>{}, [&]<class Command>() {
            auto const point = std::string{L::name} + "." + std::string{Command::name};
            CAPTURE(point);
            CHECK(has(veto_points(), point) != std::is_same_v<Command, lifecycle::deadline_passed>);
        });
        lifecycle::for_each(lifecycle::events_of<L>{}, [&]<class Event>() {
            event happened;
            happened.lifecycle = L::code;
            happened.body = Event{};
            CHECK(has(effect_points(), type_of(happened)));
        });
    });
}
