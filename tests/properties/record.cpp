// Records over random walks: replay equals live, a refusal leaves no trace, and what is said to be possible is.
#include "properties/properties.hpp"
#include "properties/walks.hpp"
#include "recourse/engine/actions.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/lifecycle/evolve.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// The command that an action speaks of, with contents that the action says are right.
std::optional<command_body> body_of(action const& what, record const& all) {
    auto const number = what.number.value_or(0);
    auto const some = std::vector{piece("a piece that nobody gave before")};
    auto const first_award = [&]() -> award {
        if (what.remedies.empty()) return full(all.dispute().kept.refundable.minor);
        auto amount = all.dispute().kept.refundable;
        if (what.remedies[0] == remedy::partial_refund) --amount.minor;
        return {what.remedies[0], amount};
    };
    if (what.command == "make_offer") return offer::make_offer{first_award()};
    if (what.command == "accept_offer") return offer::accept_offer{number};
    if (what.command == "decline_offer") return offer::decline_offer{number};
    if (what.command == "withdraw_offer") return offer::withdraw_offer{number};
    if (what.command == "submit_evidence") return dispute::submit_evidence{some};
    if (what.command == "escalate_dispute") return dispute::escalate_dispute{};
    if (what.command == "withdraw_dispute") return dispute::withdraw_dispute{};
    if (what.command == "take_mediation") return mediation::take_mediation{};
    if (what.command == "request_information") return mediation::request_information{mediation::asked::seller};
    if (what.command == "provide_information") return mediation::provide_information{some};
    if (what.command == "award_remedy") return mediation::award_remedy{first_award()};
    if (what.command == "reject_claim") return mediation::reject_claim{};
    if (what.command == "provide_return_terms") return return_request::provide_return_terms{"address-2", party::buyer};
    if (what.command == "ship_return") return return_request::ship_return{"courier", "2"};
    if (what.command == "report_return_delivered") return return_request::report_return_delivered{};
    if (what.command == "report_return_lost") return return_request::report_return_lost{};
    if (what.command == "accept_return") return return_request::accept_return{};
    if (what.command == "contest_return") return return_request::contest_return{some};
    if (what.command == "report_refund_failed") return refund::report_refund_failed{number, "no_account"};
    if (what.command == "report_refund_unknown") return refund::report_refund_unknown{number};
    if (what.command == "retry_refund") return refund::retry_refund{number};
    if (what.command == "confirm_refund") {
        auto const& paid = all.refunds()[number - 1].kept;
        return refund::confirm_refund{number, paid.amount,
                                      paid.payment_reference.empty() ? "another" : paid.payment_reference};
    }
    return std::nullopt;
}

}  // namespace

bool replay_equals_live() {
    return rc::check("the events add up to the record that was decided, and both read back as they were written", [] {
        stage play;
        std::vector<record> replayed(play.disputes.size());
        play_walk(*any_walk(), *a_policy(), play, [&](std::size_t which, decision const&, command const&, instant) {
            auto const& one = play.disputes[which];
            auto& all = replayed[which];
            for (auto at_event = all.version; at_event < one.events.size(); ++at_event)
                evolve(all, read_event(to_json(one.events[at_event])));
            RC_ASSERT(all == one.all);
            if (all.version > 0) RC_ASSERT(read_record(to_json(all)) == all);
        });
    });
}

bool a_refused_command_changes_nothing() {
    return rc::check("a command is accepted or refused, never both; refused, it leaves what time alone had done", [] {
        stage play;
        auto before = play;
        play_walk(*any_walk(), *a_policy(), play,
                  [&](std::size_t which, decision const& made, command const&, instant now) {
                      RC_ASSERT(made.accepted.has_value() == made.refused.empty());
                      before.known = play.known;
                      if (!made.accepted) {
                          before.wait(now, which);
                          RC_ASSERT(before.all(which) == play.all(which));
                          RC_ASSERT(before.money == play.money);
                      } else {
                          RC_ASSERT(!made.accepted->events.empty());
                          RC_ASSERT(made.accepted->events.size() == made.accepted->rows.size());
                      }
                      before = play;
                  });
    });
}

bool actions_agree_with_decisions() {
    return rc::check(
        "what is listed as possible is accepted, and what is listed as blocked is refused for that reason", [] {
            stage play;
            auto const steps = *any_walk();
            auto const now = play_walk(steps, *a_policy(), play, [](auto&&...) {});
            for (std::size_t which = 0; which < play.disputes.size(); ++which) {
                if (play.all(which).version == 0) continue;
                auto const& one = play.disputes[which];
                auto const all = as_of(one.key, one.all, play.money, play.known, now);
                for (auto const& who : {anna, shop, mia, otto, bank, actor{role::mediator, actor_id{"max"}}}) {
                    for (auto const& listed : actions(one.key, one.all, play.money, play.known, who, now)) {
                        auto const body = body_of(listed, all);
                        RC_ASSERT(body.has_value());
                        auto const made =
                            decide(one.key, one.all, play.money, play.known, play.asked(who, *body, which), now);
                        RC_ASSERT(made.accepted.has_value() == listed.allowed);
                        RC_ASSERT(listed.allowed == listed.blocked_by.empty());
                        RC_ASSERT(listed.command == name(*body));
                    }
                }
            }
        });
}
