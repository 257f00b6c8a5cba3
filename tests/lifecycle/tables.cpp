// What holds for every table: what it lacks is refused, the machine does what it says, and every row can be taken.
#include <catch2/catch.hpp>
#include <set>

#include "engine/workings.hpp"
#include "lifecycle/some.hpp"
#include "recourse/engine/json.hpp"

using namespace recourse;
using engine::taken;

namespace {

template <class L, class State, class Command>
constexpr bool has_row() {
    bool found = false;
    lifecycle::for_each(typename L::table{}, [&]<class Row>() {
        found = found || (std::is_same_v<typename Row::from, State> && std::is_same_v<typename Row::command, Command>);
    });
    return found;
}

// Calls visit<L, State, Command>() for every lifecycle, each of its states and each of its commands.
template <class Visitor>
void for_each_cell(Visitor&& visit) {
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        lifecycle::for_each(lifecycle::states_of<L>{}, [&]<class State>() {
            lifecycle::for_each(lifecycle::commands_of<L>{}, [&]<class Command>() {
                INFO(L::name << " " << State::name << " on " << Command::name);
                visit.template operator()<L, State, Command>();
            });
        });
    });
}

template <class L, class Command>
engine::step_result<L> step(std::uint8_t state, typename L::facts const& facts, Command const& command) {
    return engine::workings<L>::step(state, facts, engine::told<L>{&command});
}

template <class L>
bool same(taken<L> const& one, taken<L> const& two) {
    return one.row == two.row && one.to == two.to && one.restarts_clock == two.restarts_clock && one.event == two.event;
}

}  // namespace

TEST_CASE("a command that a state has no row for is answered so by the machine, and nothing else is to blame") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    test::some some{seed};
    int cells = 0;
    for_each_cell([&]<class L, class State, class Command>() {
        if constexpr (!has_row<L, State, Command>()) {
            ++cells;
            for (int round = 0; round < 5; ++round) {
                typename L::facts facts;
                Command command{};
                some.fill(facts);
                some.fill_command(command);
                CHECK(std::holds_alternative<engine::no_row>(step<L>(State::code, facts, command)));
                CHECK(std::holds_alternative<engine::no_row>(engine::interpret<L>(State::code, facts, command)));
                CHECK(engine::blockers<L>(State::code, facts, command).empty());
            }
        }
    });
    CHECK(cells > 200);
}

TEST_CASE("the machine takes the row that the table says, whatever the facts, and every row is taken") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    test::some some{seed};
    std::set<std::pair<std::string_view, std::size_t>> rows_taken;
    for_each_cell([&]<class L, class State, class Command>() {
        if constexpr (has_row<L, State, Command>()) {
            for (int round = 0; round < 500; ++round) {
                typename L::facts facts;
                Command command{};
                some.fill(facts);
                some.fill_command(command);
                auto const machine = step<L>(State::code, facts, command);
                auto const table = engine::interpret<L>(State::code, facts, command);
                REQUIRE(machine.index() == table.index());
                auto const* row = std::get_if<taken<L>>(&machine);
                if (row != nullptr) {
                    REQUIRE(same<L>(*row, std::get<taken<L>>(table)));
                    REQUIRE(lifecycle::rows<L>[row->row].from == State::code);
                    REQUIRE(lifecycle::rows<L>[row->row].to == row->to);
                    rows_taken.emplace(L::name, row->row);
                } else {
                    REQUIRE_FALSE(engine::blockers<L>(State::code, facts, command).empty());
                }
            }
        }
    });
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        for (std::size_t row = 0; row < lifecycle::rows<L>.size(); ++row) {
            auto const& one = lifecycle::rows<L>[row];
            INFO(L::name << " " << lifecycle::state_name<L>(one.from) << " on " << one.command << " records "
                         << one.event);
            CHECK(rows_taken.contains({L::name, row}));
        }
    });
}

TEST_CASE("a refusal names each guard that says no, with a refusal that exists") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    test::some some{seed};
    for_each_cell([&]<class L, class State, class Command>() {
        for (int round = 0; round < 50; ++round) {
            typename L::facts facts;
            Command command{};
            some.fill(facts);
            some.fill_command(command);
            for (auto const& no : engine::blockers<L>(State::code, facts, command)) {
                REQUIRE(name(no.code) != "unknown_refusal");
                REQUIRE_FALSE(no.guard.empty());
            }
        }
    });
}

TEST_CASE("every deadline passes, whatever the facts, unless the policy forbids them") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    test::some some{seed};
    for_each_cell([&]<class L, class State, class Command>() {
        if constexpr (std::is_same_v<Command, lifecycle::deadline_passed> && has_row<L, State, Command>()) {
            for (int round = 0; round < 100; ++round) {
                typename L::facts facts;
                some.fill(facts);
                // A policy whose negotiation ends in waiting is not read.
                if constexpr (requires { facts.when_time_ends; }) {
                    if (facts.when_time_ends == silence::opens_escalation || facts.when_time_ends == silence::upholds ||
                        facts.when_time_ends == silence::by_label)
                        continue;
                }
                REQUIRE(std::holds_alternative<taken<L>>(step<L>(State::code, facts, Command{})));
            }
        }
    });
}

TEST_CASE("names are unique where a reader must tell by them") {
    std::set<std::string> lifecycles;
    std::set<std::string> events;
    std::set<int> codes;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        CHECK(lifecycles.insert(std::string{L::name}).second);
        CHECK(codes.insert(L::code).second);
        std::set<std::string_view> states;
        for (auto const& one : lifecycle::states<L>) CHECK(states.insert(one.name).second);
        lifecycle::for_each(lifecycle::events_of<L>{}, [&]<class Event>() {
            INFO(L::name << "." << Event::name);
            CHECK(events.insert(std::string{L::name} + "." + std::string{Event::name}).second);
        });
    });
    auto const commands = command_names();
    CHECK(std::set<std::string_view>(commands.begin(), commands.end()).size() == commands.size());
}
