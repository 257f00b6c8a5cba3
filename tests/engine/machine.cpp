// The adapter on a lifecycle of a host's own: reading order, guards, and answers that tell a missing row from a refusal.
#include "recourse/engine/machine.hpp"

#include <catch2/catch.hpp>

#include "recourse/lifecycle/guards.hpp"

using namespace recourse;
using namespace recourse::lifecycle;

namespace {

struct shut : state<7> {
    static constexpr std::string_view name = "shut";
};
struct ajar : state<3> {
    static constexpr std::string_view name = "ajar";
};
struct wide : state<5> {
    static constexpr std::string_view name = "wide";
};
struct push {
    static constexpr std::string_view name = "push";
    int force = 0;
};
struct pull {
    static constexpr std::string_view name = "pull";
};
struct facts_of_a_door {
    int weight = 0;
};
struct gave_way {
    static constexpr std::string_view name = "gave_way";
    int force = 0;
    static gave_way of(facts_of_a_door const&, push const& told) { return {told.force}; }
    bool operator==(gave_way const&) const = default;
};
struct flew_open {
    static constexpr std::string_view name = "flew_open";
    static constexpr bool restarts_clock = true;
    static flew_open of(facts_of_a_door const&, push const&) { return {}; }
    bool operator==(flew_open const&) const = default;
};
struct fell_shut {
    static constexpr std::string_view name = "fell_shut";
    static fell_shut of(facts_of_a_door const&, pull const&) { return {}; }
    bool operator==(fell_shut const&) const = default;
};
template <int Times>
struct force_is {
    static constexpr std::string_view name = "force_is";
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts_of_a_door const& known, push const& told) {
        return told.force >= Times * known.weight;
    }
};

// Where the force is enough for several rows, the first one in reading order counts.
struct door {
    using initial = shut;
    using facts = facts_of_a_door;
    using table =
        lifecycle::table<row<shut, push, wide, flew_open, force_is<3>, force_is<2>>,
                         row<shut, push, ajar, gave_way, force_is<1>>, row<shut, push, wide, gave_way, force_is<1>>,
                         row<ajar, push, wide, gave_way, force_is<2>>, row<ajar, pull, shut, fell_shut, always>>;
};

template <class Command>
engine::step_result<door> run(std::uint8_t state, int weight, Command const& command) {
    return engine::run_machine<door>(state, facts_of_a_door{weight}, engine::told<door>{&command});
}

}  // namespace

TEST_CASE("rows of one state and command are tried in reading order") {
    auto const strong = std::get<engine::taken<door>>(run(shut::code, 10, push{30}));
    CHECK(strong.row == 0);
    CHECK(strong.to == wide::code);
    CHECK(strong.restarts_clock);
    CHECK(std::holds_alternative<flew_open>(strong.event));
    auto const enough = std::get<engine::taken<door>>(run(shut::code, 10, push{10}));
    CHECK(enough.row == 1);
    CHECK(enough.to == ajar::code);
    CHECK_FALSE(enough.restarts_clock);
    CHECK(std::get<gave_way>(enough.event) == gave_way{10});
}

TEST_CASE("a row that the guards refuse is another answer than no row") {
    CHECK(std::holds_alternative<engine::row_refused>(run(shut::code, 10, push{9})));
    CHECK(std::holds_alternative<engine::no_row>(run(shut::code, 10, pull{})));
    CHECK(std::holds_alternative<engine::no_row>(run(wide::code, 10, push{99})));
}

TEST_CASE("a step starts in the state that it is told, by our code and not by the machine's own") {
    CHECK(std::get<engine::taken<door>>(run(ajar::code, 10, push{20})).row == 3);
    CHECK(std::get<engine::taken<door>>(run(ajar::code, 10, pull{})).to == shut::code);
}

TEST_CASE("the machine and the table agree on every force") {
    for (auto const code : {shut::code, ajar::code, wide::code}) {
        for (int force = 0; force < 50; ++force) {
            CAPTURE(int{code}, force);
            auto const machine = run(code, 10, push{force});
            auto const table = engine::interpret<door>(code, facts_of_a_door{10}, push{force});
            REQUIRE(machine.index() == table.index());
            if (auto const* row = std::get_if<engine::taken<door>>(&machine)) {
                CHECK(row->row == std::get<engine::taken<door>>(table).row);
                CHECK(row->event == std::get<engine::taken<door>>(table).event);
            }
        }
    }
}

TEST_CASE("a refusal of alternatives names each of their guards once") {
    auto const blockers = engine::blockers<door>(shut::code, facts_of_a_door{10}, push{0});
    REQUIRE(blockers.size() == 1);
    CHECK(blockers[0].code == refusal::not_possible_in_this_state);
    CHECK(blockers[0].guard == "force_is");
}

TEST_CASE("the table of a host's own lifecycle reads as values") {
    auto const& first = rows<door>[0];
    CHECK(first.from == shut::code);
    CHECK(first.command == "push");
    CHECK(first.event == "flew_open");
    CHECK_FALSE(first.internal);
    CHECK(state_name<door>(ajar::code) == "ajar");
    CHECK(states<door>.size() == 3);
}
