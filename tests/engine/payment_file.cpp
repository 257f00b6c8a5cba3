// The file of a payment: notices in any order, disputes that hear of them, and what must not happen when two write.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <random>

#include "engine/offered.hpp"
#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/engine/verify.hpp"
#include "recourse/store/memory.hpp"
#include "store/wrapped_store.hpp"

using namespace recourse;
using namespace recourse::test;
using chargeback::phase;

namespace {

auto const the_file = file_of(settlement_group{"G-1"}, payment_id{"P-1"});
dispute_key const first_dispute{settlement_group{"G-1"}, dispute_id{"D-1"}};

// The preset with another answer to chargebacks, as a document.
std::string document(std::string const& effect) {
    std::string text{find_preset("aliexpress")->text};
    auto const put = [&](std::string const& before, std::string const& what) {
        auto const place = text.find(before);
        REQUIRE(place != std::string::npos);
        text.insert(place, what);
    };
    put("\"protection\"", "\"chargebacks\": {\"on_open\": \"" + effect + "\"},\n  ");
    auto const id = text.find("\"aliexpress\"");
    text.replace(id, 12, "\"with_chargebacks\"");
    if (effect == "suspends")
        put("\"negotiation\": {", "\"suspension\": {\"length\": \"30 calendar_days\", \"basis\": \"assumed\"},\n    ");
    return text;
}

// A store in which somebody else acts between a decision and its append.
class contested_store : public wrapped_store {
  public:
    using wrapped_store::wrapped_store;
    std::function<void()> meanwhile;
    std::vector<store::outcome> append(std::span<store::append const> group) override {
        if (meanwhile) std::exchange(meanwhile, nullptr)();
        return under_.append(group);
    }
};

struct desk {
    explicit desk(std::string const& effect) : text{document(effect)} {
        auto const offered = disputes.offer_policy(text);
        INFO((offered ? "" : to_text(offered.error())));
        REQUIRE(offered);
    }
    answer give(dispute_key const& key, actor const& by, command_body body, instant now) {
        return disputes.submit({command_id{"c-" + std::to_string(++commands)}, key, by, {}, std::move(body)}, now);
    }
    answer tell_order(instant now) {
        return give(the_file, bank, payment::tell_order{policy_id{"with_chargebacks"}, {}, an_order()}, now);
    }
    answer open(instant now, dispute_key const& key = first_dispute) {
        return give(key, anna,
                    dispute::open_dispute{policy_id{"with_chargebacks"},
                                          {},
                                          an_order(),
                                          reason{"damaged_or_defective"},
                                          {{line_id{"cups"}, 3}},
                                          full(2999),
                                          {piece("opening")}},
                    now);
    }
    answer notice(phase state, std::int64_t minor, instant now, std::string const& id = "CB-1") {
        return give(the_file, bank, chargeback::tell_chargeback{chargeback_id{id}, state, euro(minor), {}, now}, now);
    }

    std::string text;
    std::unique_ptr<store::contract> store = store::open_memory();
    dispute_engine disputes{*store, {}, trusting()};
    int commands = 0;
};

std::string codes(answer const& given) {
    std::string names;
    for (auto const& no : given.refused) names += (names.empty() ? "" : " ") + std::string{name(no.code)};
    return given.accepted() ? "accepted" + names : names;
}

}  // namespace

TEST_CASE("of any two notices one lies beyond the other, unless they are the same", "[payment]") {
    std::vector<chargeback::notice> all;
    for (std::size_t state = 0; state < wire_names<phase>.size(); ++state)
        for (std::int64_t const at : {1, 2})
            for (std::uint32_t const sequence : {0U, 1U})
                all.push_back({chargeback_id{"CB-1"}, static_cast<phase>(state), euro(at), {}, {at}, sequence, {}});
    for (auto const& one : all) {
        CHECK_FALSE(is_beyond(one, one));
        for (auto const& other : all) {
            if (one != other) CHECK(is_beyond(one, other) != is_beyond(other, one));
            for (auto const& third : all)
                if (is_beyond(one, other) && is_beyond(other, third)) CHECK(is_beyond(one, third));
        }
    }
}

TEST_CASE("notices of a chargeback in any order come to one end", "[payment]") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    std::vector<chargeback::tell_chargeback> heard;
    for (int count = 0; count < 7; ++count)
        heard.push_back({chargeback_id{"CB-1"},
                         static_cast<phase>(random() % 9),
                         euro(1 + static_cast<std::int64_t>(random() % 5000)),
                         {},
                         plus_seconds(opening, static_cast<std::int64_t>(random() % 5) * day)});
    std::optional<record> end;
    std::optional<account> money;
    for (int order = 0; order < 30; ++order) {
        desk one{"continues"};
        REQUIRE(one.tell_order(opening).accepted());
        std::shuffle(heard.begin(), heard.end(), random);
        for (auto const& each : heard) {
            CHECK(one.give(the_file, bank, each, opening).accepted());
            if (random() % 2 == 0) CHECK(one.give(the_file, bank, each, opening).accepted());
        }
        auto const seen = *one.disputes.find(the_file);
        if (!end) {
            end = seen.all;
            money = seen.money;
        }
        CHECK(seen.all.chargebacks()[0].state == end->chargebacks()[0].state);
        CHECK(seen.all.chargebacks()[0].kept == end->chargebacks()[0].kept);
        CHECK(seen.money->lines == money->lines);
        CHECK(replay(one.disputes.events(the_file)) == seen.all);
        CHECK(verify(*one.store).sound());
    }
}

TEST_CASE("a chargeback and what disputes do because of it are one transaction", "[payment]") {
    desk one{"suspends"};
    REQUIRE(codes(one.tell_order(opening)) == "accepted");
    REQUIRE(codes(one.open(opening)) == "accepted");
    contested_store contested{*one.store};
    dispute_engine other{contested};
    // Between the decision and its append the seller makes an offer: the dispute is another one now.
    contested.meanwhile = [&] {
        REQUIRE(codes(one.give(first_dispute, shop, offer::make_offer{partial(500)}, opening)) == "accepted");
        CHECK(one.disputes.find(the_file)->all.chargebacks().empty());
    };
    auto const told =
        other.submit({command_id{"x-1"},
                      the_file,
                      bank,
                      {},
                      chargeback::tell_chargeback{chargeback_id{"CB-1"}, phase::open, euro(5489), {}, opening}},
                     plus_seconds(opening, hour));
    CHECK(codes(told) == "accepted");
    REQUIRE(told.heard.size() == 1);
    CHECK(told.heard[0].dispute == first_dispute);
    auto const seen = *one.disputes.find(first_dispute);
    CHECK(is_suspended(seen.all));
    CHECK(seen.all.offers().size() == 2);
    CHECK(replay(one.disputes.events(first_dispute)) == seen.all);
    CHECK(verify(*one.store).sound());
    // Sent again it is answered alike, and suspends nothing twice.
    auto const again =
        one.disputes.submit({command_id{"x-1"},
                             the_file,
                             bank,
                             {},
                             chargeback::tell_chargeback{chargeback_id{"CB-1"}, phase::open, euro(5489), {}, opening}},
                            plus_seconds(opening, 2 * hour));
    CHECK(again.duplicate);
    CHECK(again.events == told.events);
    CHECK(one.disputes.find(first_dispute)->all.suspensions().size() == 1);
}

TEST_CASE("what may be done while a dispute is suspended is what is accepted when it is tried", "[payment]") {
    desk one{"suspends"};
    one.tell_order(opening);
    one.open(opening);
    auto const now = plus_seconds(opening, hour);
    REQUIRE(codes(one.notice(phase::open, 5489, now)) == "accepted");
    for (auto const& who : {anna, shop, mia, otto, bank}) {
        auto const listed = one.disputes.actions(first_dispute, who, now);
        for (auto const& each : *listed) {
            CAPTURE(each.command, who.id.text());
            bool const may_go_on = each.command == "submit_evidence" || each.command == "send_message" ||
                                   each.command == "withdraw_dispute";
            if (each.allowed) CHECK(may_go_on);
            if (!each.allowed && !may_go_on)
                CHECK(std::any_of(each.blocked_by.begin(), each.blocked_by.end(), [](auto const& no) {
                    return no.code == refusal::suspended_by_chargeback || no.code == refusal::refund_unknown ||
                           no.code == refusal::appeal_unknown;
                }));
        }
    }
    auto const eligible = one.disputes.eligibility(
        {settlement_group{"G-1"}, policy_id{"with_chargebacks"}, {}, an_order(), reason{"damaged_or_defective"}}, now);
    REQUIRE_FALSE(eligible.eligible());
    CHECK(std::any_of(eligible.blocked_by.begin(), eligible.blocked_by.end(),
                      [&](auto const& no) { return no.code == refusal::chargeback_is_open && no.since == now; }));
}

TEST_CASE("clocks go on with what remained of them, wherever the pause falls", "[payment]") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    for (int round = 0; round < 20; ++round) {
        desk one{"suspends"};
        one.tell_order(opening);
        one.open(opening);
        auto const before = one.disputes.find(first_dispute)->all;
        auto const paused = plus_seconds(opening, static_cast<std::int64_t>(random() % (4 * day)));
        auto const resumed = plus_seconds(paused, static_cast<std::int64_t>(random() % (25 * day)));
        REQUIRE(codes(one.notice(phase::open, 100, paused)) == "accepted");
        auto const standing = one.disputes.find(first_dispute)->all;
        CHECK(next_due(standing)->clock.kind == lifecycle::clock::suspension);
        REQUIRE(codes(one.notice(phase::won, 100, resumed)) == "accepted");
        auto const after = one.disputes.find(first_dispute)->all;
        // Days are local days of Shanghai for the seller: as many midnights remain as remained.
        auto const zone = *time_zone::find("Asia/Shanghai");
        auto const days = [&](instant from, instant due) {
            return zone.local_date(due).days - zone.local_date(from).days;
        };
        auto const& was = before.negotiation().clock;
        auto const& is = after.negotiation().clock;
        REQUIRE(was);
        REQUIRE(is);
        CHECK(days(paused, was->due) == days(resumed, is->due));
        CHECK(is->due == zone.start_of_day(zone.local_date(is->due)));
        CHECK(is->due >= was->due);
        CHECK_FALSE(is_suspended(after));
        CHECK(verify(*one.store).sound());
    }
}

TEST_CASE("a store with chargebacks is sound, and a changed one is found", "[payment]") {
    desk one{"continues"};
    one.tell_order(opening);
    one.open(opening);
    one.notice(phase::open, 5489, plus_seconds(opening, hour));
    one.give(first_dispute, shop, offer::accept_offer{1}, plus_seconds(opening, 2 * hour));
    CHECK(one.disputes.find(first_dispute)->all.refunds()[0].in<refund::held>());
    one.notice(phase::lost, 2490, plus_seconds(opening, 3 * hour));
    one.notice(phase::won, 2490, plus_seconds(opening, 4 * hour));
    CHECK(verify(*one.store).sound());
    auto const row = *one.store->ledger(settlement_group{"G-1"}, payment_id{"P-1"});
    auto const money = read_account(row.lines);
    REQUIRE(money.chargebacks.size() == 1);
    CHECK(money.chargebacks[0].state == chargeback_state::won);
    CHECK(money.chargebacks[0].since == plus_seconds(opening, 4 * hour));
}

TEST_CASE("what concerns a payment is refused by disputes, and by nobody but the host told", "[payment]") {
    desk one{"closes"};
    CHECK(codes(one.notice(phase::open, 100, opening)) == "payment_unknown");
    REQUIRE(codes(one.tell_order(opening)) == "accepted");
    CHECK(codes(one.open(opening, the_file)) == "sent_to_the_wrong_file");
    REQUIRE(codes(one.open(opening)) == "accepted");
    chargeback::tell_chargeback const body{chargeback_id{"CB-1"}, phase::open, euro(100), {}, opening};
    CHECK(codes(one.give(first_dispute, bank, body, opening)) == "sent_to_the_wrong_file");
    for (auto const& who : {anna, shop, mia, otto})
        CHECK(codes(one.give(the_file, who, body, opening)) == "not_for_this_role");
    CHECK(codes(one.give(the_file, {role::buyer, actor_id{"eve"}}, buyer_protection::confirm_delivery{line_id{"cups"}},
                         opening)) == "not_a_party_of_this_dispute");
    CHECK(one.disputes.find(the_file)->all.chargebacks().empty());
}

TEST_CASE("a dispute hears after its own deadlines, whether timers ran or not", "[payment]") {
    for (auto const* effect : {"closes", "suspends", "continues"}) {
        CAPTURE(effect);
        std::vector<std::vector<event>> logs;
        for (bool const punctual : {true, false}) {
            desk one{effect};
            one.tell_order(opening);
            one.open(opening);
            auto const told = plus_seconds(opening, 9 * day);
            if (punctual) CHECK(one.disputes.run_due(plus_seconds(opening, 8 * day), 10).failed.empty());
            CHECK(codes(one.notice(phase::open, 5489, told)) == "accepted");
            logs.push_back(one.disputes.events(first_dispute));
            auto const& log = logs.back();
            auto const lapsed = std::find_if(log.begin(), log.end(), [](auto const& happened) {
                return std::holds_alternative<negotiation::seller_lapsed>(happened.body);
            });
            REQUIRE(lapsed != log.end());
            CHECK(lapsed->at < told);
            CHECK(verify(*one.store).sound());
        }
        CHECK(logs[0] == logs[1]);
    }
}

TEST_CASE("a refund that was paid beside a dispute counts once, and no more than the claim holds is given up",
          "[payment]") {
    desk one{"continues"};
    one.tell_order(opening);
    one.open(opening);
    payment::tell_outside_refund const first{outside_id{"X-1"}, {{line_id{"cups"}, 1, 1000}}, {}};
    auto const told = one.give(the_file, bank, first, opening);
    REQUIRE(codes(told) == "accepted");
    REQUIRE(told.heard.size() == 1);
    auto seen = *one.disputes.find(first_dispute);
    CHECK(seen.all.dispute().kept.refundable == euro(1999));
    CHECK(seen.all.dispute().kept.claim.amount == euro(1999));
    CHECK(seen.money->reserved_minor() == 1999);
    CHECK(codes(one.give(the_file, bank, first, opening)) == "accepted");
    CHECK(one.disputes.find(first_dispute)->money->outside_refunded_minor() == 1000);
    payment::tell_outside_refund const much{outside_id{"X-2"}, {{line_id{"cups"}, 1, 2000}}, {}};
    CHECK(codes(one.give(the_file, bank, much, opening)) == "amount_exceeds_refundable");
    CHECK(one.disputes.find(first_dispute)->all == seen.all);
    // What is free of other lines is taken first, and nobody gives anything up for it.
    payment::tell_outside_refund const other{outside_id{"X-3"}, {{line_id{"pot"}, 1, 2000}}, {}};
    CHECK(one.give(the_file, bank, other, opening).heard.empty());
    CHECK(verify(*one.store).sound());
}
