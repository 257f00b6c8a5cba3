// The checks that stand beside every table find the defects that they are for: each is planted here, alone.
#include <catch2/catch.hpp>

#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"

using namespace recourse::lifecycle;
using recourse::role;

namespace {

struct start : state<0> {
    static constexpr std::string_view name = "start";
};
struct open : state<1> {
    static constexpr std::string_view name = "open";
};
struct done : state<2> {
    static constexpr std::string_view name = "done";
};
struct island : state<3> {
    static constexpr std::string_view name = "island";
};
struct same_code_as_open : state<1> {
    static constexpr std::string_view name = "same_code_as_open";
};
struct go {
    static constexpr std::string_view name = "go";
};
struct come {
    static constexpr std::string_view name = "come";
};
struct went {
    static constexpr std::string_view name = "went";
};

template <class Table, class Waits>
struct made_of {
    using initial = start;
    using table = Table;
    using waits = Waits;
};
using usual_waits = list<runs<open, clock::decision>, ends<done>>;
using lapse_row = row<open, deadline_passed, done, went, always>;

// What all the others differ from in one thing.
using sound = made_of<table<row<start, go, open, went, always>, row<open, go, done, went, by_buyer>,
                            row<open, go, done, went, by_seller>, lapse_row>,
                      usual_waits>;

using with_an_island =
    made_of<table<row<start, go, open, went, always>, lapse_row, row<island, go, done, went, always>>,
            list<runs<open, clock::decision>, ends<done>, leaves_it_to_others<island>>>;
using with_a_trap = made_of<table<row<start, go, open, went, always>, row<start, come, island, went, always>, lapse_row,
                                  row<island, go, island, went, always>>,
                            list<runs<open, clock::decision>, ends<done>, leaves_it_to_others<island>>>;
using without_an_end =
    made_of<table<row<start, go, open, went, always>, row<open, deadline_passed, open, went, always>>,
            list<runs<open, clock::decision>>>;
using without_a_lapse =
    made_of<table<row<start, go, open, went, always>, row<open, go, done, went, always>>, usual_waits>;
using with_the_lapse_elsewhere = made_of<table<row<start, go, open, went, always>, row<open, go, done, went, always>,
                                               row<start, deadline_passed, done, went, always>>,
                                         usual_waits>;
using with_an_unstated_wait = made_of<sound::table, list<ends<done>>>;
using with_a_wait_stated_twice =
    made_of<sound::table, list<runs<open, clock::decision>, leaves_it_to_others<open>, ends<done>>>;
using with_a_wait_at_the_start = made_of<sound::table, list<ends<start>, runs<open, clock::decision>, ends<done>>>;
using with_a_hidden_row = made_of<table<row<start, go, open, went, always>, row<open, go, done, went, always>,
                                        row<open, go, start, went, by_buyer>, lapse_row>,
                                  usual_waits>;
using with_one_code_twice =
    made_of<table<row<start, go, open, went, always>, row<open, go, same_code_as_open, went, always>,
                  row<same_code_as_open, go, done, went, always>, lapse_row>,
            usual_waits>;

// A lifecycle of a host's own, with clocks of its own.
enum class hosts_clock : std::uint8_t { none, report };
struct of_a_host {
    using initial = start;
    using clocks = hosts_clock;
    using table = sound::table;
    using waits = list<runs<open, hosts_clock::report>, ends<done>>;
};
struct of_a_host_without_a_lapse : of_a_host {
    using table = without_a_lapse::table;
};

}  // namespace

TEST_CASE("a sound lifecycle passes every check") {
    STATIC_REQUIRE(is_sound<sound>());
    STATIC_REQUIRE(size(states_of<sound>{}) == 3);
    STATIC_REQUIRE(size(commands_of<sound>{}) == 2);
    STATIC_REQUIRE(size(events_of<sound>{}) == 1);
    STATIC_REQUIRE(clock_in<sound>(open::code) == clock::decision);
    STATIC_REQUIRE(clock_in<sound>(done::code) == clock::none);
    STATIC_REQUIRE(rows<sound>[1].guards[0] == "by_buyer");
    STATIC_REQUIRE(rows<sound>[3].internal);
}

TEST_CASE("a lifecycle of a host's own may have clocks of its own, and is checked like ours") {
    STATIC_REQUIRE(is_sound<of_a_host>());
    STATIC_REQUIRE(clock_in<of_a_host>(open::code) == hosts_clock::report);
    STATIC_REQUIRE(clock_in<of_a_host>(done::code) == hosts_clock::none);
    STATIC_REQUIRE_FALSE(every_wait_is_stated<of_a_host_without_a_lapse>());
}

TEST_CASE("a state that nothing leads to is found") {
    STATIC_REQUIRE_FALSE(every_state_is_reachable<with_an_island>());
    STATIC_REQUIRE(every_state_is_reachable<sound>());
}

TEST_CASE("a state that never reaches an end is found") {
    STATIC_REQUIRE_FALSE(every_state_reaches_an_end<with_a_trap>());
    STATIC_REQUIRE(every_state_is_reachable<with_a_trap>());
    STATIC_REQUIRE_FALSE(every_state_reaches_an_end<without_an_end>());
    STATIC_REQUIRE(every_state_reaches_an_end<sound>());
}

TEST_CASE("a state that waits for a clock without a row for its end is found") {
    STATIC_REQUIRE_FALSE(every_wait_is_stated<without_a_lapse>());
    STATIC_REQUIRE_FALSE(every_wait_is_stated<with_the_lapse_elsewhere>());
    STATIC_REQUIRE(every_wait_is_stated<sound>());
}

TEST_CASE("a state that does not say what it waits for, or says it twice, is found") {
    STATIC_REQUIRE_FALSE(every_wait_is_stated<with_an_unstated_wait>());
    STATIC_REQUIRE_FALSE(every_wait_is_stated<with_a_wait_stated_twice>());
    STATIC_REQUIRE_FALSE(every_wait_is_stated<with_a_wait_at_the_start>());
}

TEST_CASE("a row that stands behind an unguarded one is found") {
    STATIC_REQUIRE_FALSE(no_row_is_hidden<with_a_hidden_row>());
    STATIC_REQUIRE(no_row_is_hidden<sound>());
}

TEST_CASE("a code that two states share is found") {
    STATIC_REQUIRE_FALSE(codes_are_unique<with_one_code_twice>());
    STATIC_REQUIRE(codes_are_unique<sound>());
}
