// Time over random walks: closed stays closed, silence ends everything, and how late anybody looks changes nothing.
#include "properties/properties.hpp"
#include "properties/walks.hpp"

using namespace recourse;
using namespace recourse::test;

bool closed_stays_closed() {
    return rc::check("a dispute that is closed stays closed, and its clocks stand still but for a refund's", [] {
        stage play;
        std::vector<bool> closed(play.disputes.size(), false);
        play_walk(*any_walk(), *a_policy(), play, [&](std::size_t which, decision const&, command const&, instant) {
            auto const& all = play.all(which);
            bool const is_closed = all.dispute().in<dispute::closed>();
            RC_ASSERT(is_closed || !closed[which]);
            closed[which] = is_closed;
            RC_ASSERT(is_closed == all.dispute().kept.ruling->outcome.has_value());
            if (is_closed)
                RC_ASSERT(!next_due(all));
            else
                RC_ASSERT(all.version == 0 || next_due(all).has_value());
        });
    });
}

bool time_closes_everything() {
    return rc::check("every dispute that was opened is closed after enough time, whatever happened before", [] {
        stage play;
        auto const now = play_walk(*any_walk(), *a_policy(), play, [](auto&&...) {});
        for (std::size_t which = 0; which < play.disputes.size(); ++which) {
            if (play.all(which).version == 0) continue;
            play.wait(plus_seconds(now, 300 * day), which);
            RC_ASSERT(play.all(which).dispute().in<dispute::closed>());
            RC_ASSERT(play.all(which).dispute().kept.ruling->outcome.has_value());
            RC_ASSERT(!next_due(play.all(which)));
        }
    });
}

bool lateness_changes_nothing() {
    return rc::check("deadlines applied one by one as they fall due, and all at once much later, give the same events",
                     [] {
                         stage play;
                         auto const now = play_walk(*any_walk(), *a_policy(), play, [](auto&&...) {});
                         auto late = play;
                         for (std::size_t which = 0; which < play.disputes.size(); ++which) {
                             while (auto const due = next_due(play.all(which))) {
                                 auto const made = play.wait(due->clock.due, which);
                                 RC_ASSERT(made.lapses.size() == 1U);
                                 for (auto const& one : made.lapses[0].events) RC_ASSERT(one.at == due->clock.due);
                             }
                             late.wait(plus_seconds(now, 500 * day), which);
                             RC_ASSERT(late.disputes[which].events == play.disputes[which].events);
                             RC_ASSERT(late.all(which) == play.all(which));
                         }
                         RC_ASSERT(late.money.has_value() == play.money.has_value());
                         if (play.money) RC_ASSERT(late.money->lines == play.money->lines);
                     });
}
