// What holds for every table: what it lacks is refused, the machine does what it says, and every row can be taken.
#include <catch2/catch.hpp>
#include <set>

#include "engine/workings.hpp"
#include "lifecycle/some.hpp"
#include "recourse/engine/json.hpp"

using namespace recourse;
using engine::taken;

namespace {

// What the machine, the table and the guards say to one command by chance.
struct answers {
    std::size_t machine = 0;  // which alternative of step_result, as the table's
    std::size_t table = 0;
    std::optional<std::size_t> row;  // that the machine took
    bool same_row = false;           // the table says the same of it: row, target, clock and event
    std::uint8_t from = 0;           // as the list of rows has that row
    std::uint8_t to = 0;
    std::uint8_t target = 0;  // where the machine went
    refusals blocked;
    bool policy_waits = false;  // the facts are of a policy that is not read: its negotiation ends in waiting
};

// Compiled once for each command of a lifecycle, whatever the state.
template <class L, class Command>
answers ask(std::uint8_t state, test::some& some) {
    typename L::facts facts;
    Command command{};
    some.fill(facts);
    some.fill_command(command);
    auto const machine = engine::workings<L>::step(state, facts, engine::told<L>{&command});
    auto const table = engine::interpret<L>(state, facts, command);
    answers made;
    made.machine = machine.index();
    made.table = table.index();
    if (auto const* one = std::get_if<taken<L>>(&machine)) {
        made.row = one->row;
        made.from = lifecycle::rows<L>[one->row].from;
        made.to = lifecycle::rows<L>[one->row].to;
        made.target = one->to;
        auto const* two = std::get_if<taken<L>>(&table);
        made.same_row = two != nullptr && one->row == two->row && one->to == two->to &&
                        one->restarts_clock == two->restarts_clock && one->event == two->event;
    }
    made.blocked = engine::blockers<L>(state, facts, command);
    if constexpr (requires { facts.when_time_ends; })
        made.policy_waits = facts.when_time_ends == silence::opens_escalation ||
                            facts.when_time_ends == silence::upholds || facts.when_time_ends == silence::by_label;
    return made;
}

// A lifecycle, one of its states and one of its commands.
struct cell {
    std::string_view lifecycle;
    std::string_view state;
    std::string_view command;
    std::uint8_t code = 0;
    bool has_row = false;
    bool lapses = false;  // the command is that a deadline has passed
    answers (*ask)(std::uint8_t state, test::some& some) = nullptr;
};

std::vector<cell> const& cells() {
    static std::vector<cell> const all = [] {
        std::vector<cell> made;
        lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
            lifecycle::for_each(lifecycle::commands_of<L>{}, [&]<class Command>() {
                for (auto const& state : lifecycle::states<L>) {
                    auto const has_row = std::any_of(
                        lifecycle::rows<L>.begin(), lifecycle::rows<L>.end(),
                        [&](auto const& row) { return row.from == state.code && row.command == Command::name; });
                    made.push_back({L::name, state.name, Command::name, state.code, has_row,
                                    std::is_same_v<Command, lifecycle::deadline_passed>, ask<L, Command>});
                }
            });
        });
        return made;
    }();
    return all;
}

constexpr std::size_t is_taken = 0;
constexpr std::size_t is_no_row = 2;
static_assert(std::is_same_v<std::variant_alternative_t<is_taken, engine::step_result<dispute::lifecycle_type>>,
                             taken<dispute::lifecycle_type>>);
static_assert(std::is_same_v<std::variant_alternative_t<is_no_row, engine::step_result<dispute::lifecycle_type>>,
                             engine::no_row>);

}  // namespace

TEST_CASE("a command that a state has no row for is answered so by the machine, and nothing else is to blame") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    test::some some{seed};
    int count = 0;
    for (auto const& one : cells()) {
        if (one.has_row) continue;
        INFO(one.lifecycle << " " << one.state << " on " << one.command);
        ++count;
        for (int round = 0; round < 5; ++round) {
            auto const said = one.ask(one.code, some);
            CHECK(said.machine == is_no_row);
            CHECK(said.table == is_no_row);
            CHECK(said.blocked.empty());
        }
    }
    CHECK(count > 200);
}

TEST_CASE("the machine takes the row that the table says, whatever the facts, and every row is taken") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    test::some some{seed};
    std::set<std::pair<std::string_view, std::size_t>> rows_taken;
    for (auto const& one : cells()) {
        if (!one.has_row) continue;
        INFO(one.lifecycle << " " << one.state << " on " << one.command);
        for (int round = 0; round < 500; ++round) {
            auto const said = one.ask(one.code, some);
            REQUIRE(said.machine == said.table);
            if (said.row) {
                REQUIRE(said.same_row);
                REQUIRE(said.from == one.code);
                REQUIRE(said.to == said.target);
                rows_taken.emplace(one.lifecycle, *said.row);
            } else {
                REQUIRE_FALSE(said.blocked.empty());
            }
        }
    }
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
    for (auto const& one : cells()) {
        INFO(one.lifecycle << " " << one.state << " on " << one.command);
        for (int round = 0; round < 50; ++round) {
            for (auto const& no : one.ask(one.code, some).blocked) {
                REQUIRE(name(no.code) != "unknown_refusal");
                REQUIRE_FALSE(no.guard.empty());
            }
        }
    }
}

TEST_CASE("every deadline passes, whatever the facts, unless the policy forbids them") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    test::some some{seed};
    for (auto const& one : cells()) {
        if (!one.has_row || !one.lapses) continue;
        INFO(one.lifecycle << " " << one.state << " on " << one.command);
        for (int round = 0; round < 100; ++round) {
            auto const said = one.ask(one.code, some);
            if (said.policy_waits) continue;
            REQUIRE(said.machine == is_taken);
        }
    }
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
