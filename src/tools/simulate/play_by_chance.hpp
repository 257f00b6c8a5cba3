// What people might do next, by chance: mostly something that fits the state, sometimes nonsense.
#pragma once

#include <functional>

#include "recourse/engine/engine.hpp"
#include "tools/simulate/chance.hpp"

namespace recourse::tools {

// An order of one to three lines, a while ago.
order_facts some_order(chance& luck, std::size_t number, instant now);

// A claim over some of its lines, of what is left of them: mostly right.
dispute::open_dispute some_opening(chance& luck, order_facts const& order, account const& money, policy const& rules);

// Who asks and what. `may` tries a command without doing it.
struct asked_by_chance {
    actor by;
    command_body body;
};
std::optional<asked_by_chance> some_command(chance& luck, record const& all, terms const& known, account const& money,
                                            std::function<bool(asked_by_chance const&)> const& may);

// What happens to a payment beside its disputes, in the order in which it happened: up to two chargebacks, each with some
// of its phases, mostly a ruling and seldom its reversal, and up to two refunds by another route. A host hears of it in
// any order, twice and late.
std::vector<command_body> some_news(chance& luck, order_facts const& order, instant now);

// Mostly minutes and hours, now and then days; to the last instant before a deadline or just to it; seldom back.
instant some_time_later(chance& luck, instant now, std::optional<instant> due);

}  // namespace recourse::tools
