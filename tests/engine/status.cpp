// The status: one sentence for each viewer, from opening to the end.
#include "recourse/engine/status.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "engine/walk.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

status seen_by(stage const& play, role viewer, instant now, std::size_t which = 0) {
    return status_of(play.disputes[which].key, play.all(which), play.money, play.known, viewer, now);
}
std::string told(stage const& play, role viewer, instant now, std::size_t which = 0) {
    return to_text(seen_by(play, viewer, now, which));
}

}  // namespace

TEST_CASE("each viewer is told in his own words, with the deadline where it is counted") {
    stage play;
    play.open();
    CHECK(told(play, role::buyer, opening) ==
          "Waiting for the seller's answer until Thu 19 Mar 2026 24:00 Asia/Shanghai");
    CHECK(told(play, role::seller, opening) == "Your answer is due by Thu 19 Mar 2026 24:00 Asia/Shanghai");
    CHECK(told(play, role::platform_operator, opening) ==
          "The parties negotiate: the seller may answer until Thu 19 Mar 2026 24:00 Asia/Shanghai");
    CHECK(told(play, role::host, opening) == told(play, role::platform_operator, opening));
    auto const seller = seen_by(play, role::seller, opening);
    CHECK(seller.code == status_code::awaiting_sellers_answer);
    CHECK(seller.your_turn);
    CHECK_FALSE(seen_by(play, role::buyer, opening).your_turn);
}

TEST_CASE("deadlines that are due count as applied") {
    stage play;
    play.open();
    auto const lapsed = at("2026-03-19T16:00:00Z");
    CHECK(seen_by(play, role::buyer, {lapsed.microseconds - 1}).code == status_code::awaiting_sellers_answer);
    auto const after_it = seen_by(play, role::buyer, lapsed);
    CHECK(after_it.code == status_code::open_for_agreement);
    CHECK(after_it.until == at("2026-03-29T22:00:00Z"));
    CHECK(to_text(after_it) ==
          "No answer came in time. You may accept an open offer or ask for mediation until Sun 29 Mar 2026 24:00 "
          "Europe/Brussels");
    CHECK(told(play, role::seller, at("2026-03-29T22:00:00Z")) == "Closed: nobody acted in time");
}

TEST_CASE("amounts are told of refunds, on their way and paid") {
    auto play = negotiating();
    auto const now = plus_seconds(opening, 2 * hour);
    play.ask(anna, offer::accept_offer{2}, now);
    CHECK(seen_by(play, role::buyer, now).amount == euro(1000));
    CHECK_THAT(told(play, role::buyer, now), Catch::Contains("Your refund of 10.00 EUR is on its way"));
    CHECK(told(play, role::seller, now) == "A refund of 10.00 EUR to the buyer was ordered");
    CHECK(seen_by(play, role::host, now).your_turn);
    play.ask(bank, refund::confirm_refund{1, euro(1000), "reference"}, now);
    CHECK(told(play, role::buyer, now) == "Closed: you were refunded 10.00 EUR");
    CHECK(told(play, role::mediator, now) == "Closed: the buyer was refunded 10.00 EUR, a part");
    CHECK_FALSE(seen_by(play, role::buyer, now).until);
}

TEST_CASE("of two things that are waited for each viewer is told his own") {
    auto play = negotiating();
    auto const now = plus_seconds(opening, 2 * hour);
    play.ask(anna, dispute::escalate_dispute{}, now);
    CHECK(seen_by(play, role::mediator, now).code == status_code::awaiting_mediator);
    CHECK(seen_by(play, role::mediator, now).your_turn);
    play.ask(mia, mediation::take_mediation{}, now);
    CHECK_THAT(told(play, role::mediator, now), Catch::Contains("Your decision is due by"));
    play.ask(mia, mediation::request_information{}, now);
    CHECK(seen_by(play, role::buyer, now).your_turn);
    CHECK(seen_by(play, role::seller, now).your_turn);
    CHECK_FALSE(seen_by(play, role::mediator, now).your_turn);
}

TEST_CASE("before the opening there is nothing to tell, and that is said") {
    stage const play;
    CHECK(told(play, role::buyer, opening) == "No dispute has been opened");
}

TEST_CASE("walking about meets every status, and all its sentences are filled") {
    std::set<status_code> met{status_code::not_opened};
    // Only what other routes do to the payment brings these about; an operator is not told whose time is over; an exchange,
    // or a promise that is kept, takes too many right steps to be come upon; nobody merges here. Stories 22.42, 23, 24 and
    // C.86 are about them.
    std::set<status_code> const unreachable{
        status_code::charged_back,          status_code::refunded_outside,      status_code::suspended,
        status_code::refund_held,           status_code::order_known,           status_code::inquiry_to_answer,
        status_code::chargeback_to_answer,  status_code::arbitration_to_answer, status_code::protection_running,
        status_code::other_side_may_appeal, status_code::goods_exchanged,       status_code::remedy_performed,
        status_code::merged_into_another};
    auto const is_left = [&] {
        for (std::size_t code = 0; code < status_code_count; ++code) {
            auto const one = static_cast<status_code>(code);
            if (!met.contains(one) && !unreachable.contains(one)) return true;
        }
        return false;
    };
    for (std::uint64_t seed = 1; seed < 3000 && is_left(); ++seed) {
        std::mt19937_64 random{seed};
        stage play;
        play.known.policy = &any_policy(static_cast<unsigned>(seed));
        bool const hurries = seed % 16 < 8;
        auto now = opening;
        for (int steps = 0; steps < 40; ++steps) {
            auto step = random_step(random);
            if (hurries) step.dispute = 0;
            now = hurries ? soon_after(now, step) : after(now, step);
            auto const which = step.dispute % play.disputes.size();
            auto const before = play.all(which);
            play.give(command_of(step, play), now, which);
            if (play.all(which).version == 0 || play.all(which) == before) continue;
            auto const code = seen_by(play, role::platform_operator, now, which).code;
            if (!met.insert(code).second) continue;
            for (auto const viewer : {role::buyer, role::seller, role::mediator, role::platform_operator}) {
                auto const text = told(play, viewer, now, which);
                INFO("seed " << seed << ": " << text);
                CHECK(text.find('{') == std::string::npos);
                CHECK_FALSE(text.empty());
            }
        }
    }
    for (std::size_t code = 0; code < status_code_count; ++code) {
        INFO(wire_name(static_cast<status_code>(code)));
        bool const is_met = met.contains(static_cast<status_code>(code));
        CHECK((is_met || unreachable.contains(static_cast<status_code>(code))));
    }
}
