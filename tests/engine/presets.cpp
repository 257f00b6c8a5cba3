// The presets in plays by chance: whatever was done before, time alone closes a dispute.
#include <catch2/catch.hpp>
#include <random>

#include "engine/stage.hpp"
#include "recourse/engine/candidates.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// An order of one kettle, paid, sent and delivered the day before: protected under every preset.
order_facts a_delivered_order() {
    auto order = an_order();
    order.captured = euro(6000);
    order.lines = {{line_id{"kettle"}, 1, euro(6000)}};
    order.paid_at = plus_seconds(opening, -3 * day);
    order.shipped_at = plus_seconds(opening, -2 * day);
    order.delivered_at = plus_seconds(opening, -day);
    return order;
}

// What the buyer asks for: everything, or for a part what every grid has, a half.
award claim_of(policy const& rules, remedy kind) {
    award made{kind, kind == remedy::partial_refund ? euro(3000) : euro(6000)};
    if (kind == remedy::alternative) made.alternative = rules.alternatives.front().alternative;
    return made;
}

stage opened(policy const& rules, reason_rule const& why, remedy kind) {
    stage play;
    play.known = terms_under(rules);
    play.order = a_delivered_order();
    std::vector<claim_line> const lines{{line_id{"kettle"}, 1}};
    auto now = opening;
    if (rules.contact.required) {
        play.ask(anna, dispute::contact_seller{rules.id, {}, play.order, why.reason, lines}, now);
        now = plus_seconds(now, 2 * day);
    }
    std::vector<evidence> pieces;
    for (auto const what : why.evidence) pieces.push_back(piece("opening", what));
    auto const made = play.ask(
        anna, dispute::open_dispute{rules.id, {}, play.order, why.reason, lines, claim_of(rules, kind), pieces}, now);
    CHECK(outcome_of(made) == "accepted");
    return play;
}

bool is_closed(stage const& play) { return play.all().dispute().in<dispute::closed>(); }

// So many things that somebody might do, by somebody at some time; what is refused passes like nothing.
instant act(stage& play, std::mt19937_64& random, unsigned steps) {
    auto now = plus_seconds(opening, 2 * day);
    std::int64_t const hours[] = {0, 1, 5, 30, 100};
    for (unsigned step = 0; step < steps && !is_closed(play); ++step) {
        now = plus_seconds(now, hours[random() % std::size(hours)] * hour);
        auto const people = actors(play.all());
        auto const bodies = candidates(play.all(), play.known, play.money ? &*play.money : nullptr);
        for (int tries = 0; tries < 40; ++tries) {
            if (play.ask(people[random() % people.size()], bodies[random() % bodies.size()], now).accepted) break;
        }
    }
    return now;
}

// How many deadlines passed until nothing was waited for any more.
unsigned fall_silent(stage& play, unsigned deadlines_max) {
    unsigned passed = 0;
    for (; !is_closed(play) && passed < deadlines_max; ++passed) {
        auto const due = next_due(play.all());
        if (!due) break;
        play.wait(due->clock.due);
    }
    return passed;
}

}  // namespace

TEST_CASE("whatever people did under a preset, once they fall silent time alone closes the dispute") {
    constexpr unsigned deadlines_max = 24;  // a contact, a mediation, an appeal, a return, another mediation, a refund
    constexpr unsigned seeds = 8;
    for (auto const name : preset_names()) {
        auto const rules = read_policy(find_preset(name)->text).value();
        std::size_t plays = 0;
        for (auto const& why : rules.reasons) {
            for (auto const kind : why.remedies) {
                for (unsigned seed = 0; seed < seeds; ++seed, ++plays) {
                    CAPTURE(name, why.reason.text(), wire_name(kind), seed);
                    std::mt19937_64 random{seed};
                    auto play = opened(rules, why, kind);
                    act(play, random, 3 * seed);  // the first one is silent from the opening on
                    fall_silent(play, deadlines_max);
                    REQUIRE(is_closed(play));
                    CHECK_FALSE(next_due(play.all()));
                    REQUIRE(play.money);
                    CHECK(play.money->refunded_minor() <= 6000);
                }
            }
        }
        CHECK(plays >= seeds);
    }
}

TEST_CASE("a play whose deadlines do not all pass is found not to be closed") {
    auto const rules = read_policy(find_preset("marketplace_default")->text).value();
    auto play = opened(rules, rules.reasons.front(), remedy::full_refund);
    CHECK(fall_silent(play, 1) == 1);
    CHECK_FALSE(is_closed(play));
    CHECK(next_due(play.all()));
}
