// Transition tables as plain types: a lifecycle is a list of rows, and everything else is derived from that list.
//
//     row< proposed , accept_offer , accepted , offer_accepted , by_party , by_addressee >
//          from       on command     to         records          only if
//
// Rows of one state and command are tried in reading order; the first whose guards all hold is taken.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <variant>

#include "recourse/lifecycle/clock.hpp"
#include "recourse/vocabulary/refusal.hpp"

namespace recourse::lifecycle {

// A state is a type with a name and a code. Codes are stored and never change.
template <std::uint8_t Code>
struct state {
    static constexpr std::uint8_t code = Code;
};

template <class... T>
struct list {};

template <class From, class Command, class To, class Event, class... Guards>
struct row {
    using from = From;
    using command = Command;
    using to = To;
    using event = Event;
    using guards = list<Guards...>;
};

template <class... Rows>
using table = list<Rows...>;

// What a state waits for, stated beside the table of every lifecycle.
template <class State, auto Kind>
struct runs {  // while a machine is in State, this clock runs
    using state = State;
    static constexpr auto kind = Kind;
};
template <class State>
struct leaves_it_to_others {  // another machine of the dispute is at work and its clock runs
    using state = State;
};
// Somebody outside acts, or does not; nothing of ours waits for it without a clock of its own.
template <class State>
struct awaits_the_network {
    using state = State;
};
template <class State>
struct ends {  // nothing more is awaited
    using state = State;
};

// A clock that ran out, told to the machine whose clock it is.
struct deadline_passed {
    static constexpr std::string_view name = "deadline_passed";
    static constexpr bool internal = true;
};

// ---- Lists of types ------------------------------------------------------------------------------------------------

template <class List, class T>
inline constexpr bool contains = false;
template <class... U, class T>
inline constexpr bool contains<list<U...>, T> = (std::is_same_v<U, T> || ...);

template <class List, class T>
inline constexpr std::size_t position = 0;  // of a type that the list contains
template <class U, class... Rest, class T>
inline constexpr std::size_t position<list<U, Rest...>, T> = std::is_same_v<U, T> ? 0 : 1 + position<list<Rest...>, T>;

template <class Done, class... T>
struct unique_of {
    using type = Done;
};
template <class... D, class T, class... Rest>
struct unique_of<list<D...>, T, Rest...> {
    using type =
        typename unique_of<std::conditional_t<contains<list<D...>, T>, list<D...>, list<D..., T>>, Rest...>::type;
};
template <class... T>
using unique = typename unique_of<list<>, T...>::type;

template <class... Lists>
struct joined;
template <>
struct joined<> {
    using type = list<>;
};
template <class... T>
struct joined<list<T...>> {
    using type = list<T...>;
};
template <class... T, class... U, class... Rest>
struct joined<list<T...>, list<U...>, Rest...> {
    using type = typename joined<list<T..., U...>, Rest...>::type;
};
template <class... Lists>
using join = typename joined<Lists...>::type;

template <class List>
struct as_variant;
template <class... T>
struct as_variant<list<T...>> {
    using type = std::variant<T...>;
};

template <class Table>
struct parts_of;
template <class... Rows>
struct parts_of<list<Rows...>> {
    using states = unique<typename Rows::from..., typename Rows::to...>;
    using commands = unique<typename Rows::command...>;
    using events = unique<typename Rows::event...>;
};
template <class Lifecycle>
using states_of = typename parts_of<typename Lifecycle::table>::states;
template <class Lifecycle>
using commands_of = typename parts_of<typename Lifecycle::table>::commands;
template <class Lifecycle>
using events_of = typename parts_of<typename Lifecycle::table>::events;

template <class... T, class Visitor>
constexpr void for_each(list<T...>, Visitor&& visit) {
    (visit.template operator()<T>(), ...);
}
template <class... T>
constexpr std::size_t size(list<T...>) noexcept {
    return sizeof...(T);
}

// ---- The table as values -------------------------------------------------------------------------------------------

struct state_value {
    std::uint8_t code;
    std::string_view name;
};

inline constexpr std::size_t guards_max = 14;

struct row_value {
    std::uint8_t from;
    std::string_view command;
    bool internal;  // told by another machine or by a clock, never sent by a person
    std::uint8_t to;
    std::string_view event;
    std::array<std::string_view, guards_max> guards;  // empty names after the last
};

template <class Command>
constexpr bool is_internal() {
    if constexpr (requires { Command::internal; }) return Command::internal;
    return false;
}

// An event that gives its state's clock the full time anew says so: `static constexpr bool restarts_clock = true`.
template <class Event>
inline constexpr bool restarts_clock = requires {
    Event::restarts_clock;
};

template <class... Guards>
constexpr std::array<std::string_view, guards_max> guard_names(list<Guards...>) {
    static_assert(sizeof...(Guards) <= guards_max);
    return {Guards::name...};
}

template <class Table>
struct values_of;
template <class... Rows>
struct values_of<list<Rows...>> {
    static constexpr std::array<row_value, sizeof...(Rows)> rows{
        row_value{Rows::from::code, Rows::command::name, is_internal<typename Rows::command>(), Rows::to::code,
                  Rows::event::name, guard_names(typename Rows::guards{})}...};
};
template <class Lifecycle>
inline constexpr auto const& rows = values_of<typename Lifecycle::table>::rows;

template <class... States>
constexpr std::array<state_value, sizeof...(States)> state_values(list<States...>) {
    return {state_value{States::code, States::name}...};
}
template <class Lifecycle>
inline constexpr auto states = state_values(states_of<Lifecycle>{});

template <class Lifecycle>
constexpr std::string_view state_name(std::uint8_t code) noexcept {
    for (auto const& one : states<Lifecycle>) {
        if (one.code == code) return one.name;
    }
    return "unknown";
}

// The clocks of a lifecycle are ours, unless it is a host's own and names an enumeration with a value `none`:
// `using clocks = ...`.
template <class Lifecycle>
struct clocks_of {
    using type = clock;
};
template <class Lifecycle>
    requires requires { typename Lifecycle::clocks; }
struct clocks_of<Lifecycle> {
    using type = typename Lifecycle::clocks;
};

// The clock that runs in a state; none where another machine is at work or nothing is awaited.
template <class Lifecycle>
constexpr auto clock_in(std::uint8_t code) noexcept {
    using kinds = typename clocks_of<Lifecycle>::type;
    kinds found = kinds::none;
    for_each(typename Lifecycle::waits{}, [&]<class Wait>() {
        if constexpr (requires { Wait::kind; }) {
            if (Wait::state::code == code) found = Wait::kind;
        }
    });
    return found;
}

// ---- Checks, for static_assert beside each table ---------------------------------------------------------------------

template <class Lifecycle>
constexpr bool codes_are_unique() {
    for (std::size_t one = 0; one < states<Lifecycle>.size(); ++one) {
        for (std::size_t two = one + 1; two < states<Lifecycle>.size(); ++two) {
            if (states<Lifecycle>[one].code == states<Lifecycle>[two].code) return false;
        }
    }
    return true;
}

template <class Lifecycle>
constexpr std::array<bool, 256> reachable_from(std::uint8_t start) {
    std::array<bool, 256> seen{};
    seen[start] = true;
    for (std::size_t round = 0; round < states<Lifecycle>.size(); ++round) {
        for (auto const& one : rows<Lifecycle>) seen[one.to] = seen[one.to] || seen[one.from];
    }
    return seen;
}

template <class Lifecycle>
constexpr bool every_state_is_reachable() {
    auto const seen = reachable_from<Lifecycle>(Lifecycle::initial::code);
    for (auto const& one : states<Lifecycle>) {
        if (!seen[one.code]) return false;
    }
    return true;
}

template <class Lifecycle>
constexpr bool is_end(std::uint8_t code) {
    bool found = false;
    for_each(typename Lifecycle::waits{}, [&]<class Wait>() {
        if constexpr (std::is_same_v<Wait, ends<typename Wait::state>>) found = found || Wait::state::code == code;
    });
    return found;
}

template <class Lifecycle>
constexpr bool every_state_reaches_an_end() {
    for (auto const& start : states<Lifecycle>) {
        auto const seen = reachable_from<Lifecycle>(start.code);
        bool found = false;
        for (auto const& one : states<Lifecycle>) found = found || (seen[one.code] && is_end<Lifecycle>(one.code));
        if (!found) return false;
    }
    return true;
}

// Every state but the initial one says what it waits for, once; where a clock runs there is a row for its end.
template <class Lifecycle>
constexpr bool every_wait_is_stated() {
    bool right = true;
    for_each(states_of<Lifecycle>{}, [&]<class State>() {
        int said = 0;
        for_each(typename Lifecycle::waits{},
                 [&]<class Wait>() { said += std::is_same_v<typename Wait::state, State> ? 1 : 0; });
        right = right && said == (std::is_same_v<State, typename Lifecycle::initial> ? 0 : 1);
        if (clock_in<Lifecycle>(State::code) == clocks_of<Lifecycle>::type::none) return;
        bool leaves = false;
        for (auto const& one : rows<Lifecycle>)
            leaves = leaves || (one.from == State::code && one.command == deadline_passed::name);
        right = right && leaves;
    });
    return right;
}

// No row stands behind an unguarded row of the same state and command.
template <class Lifecycle>
constexpr bool no_row_is_hidden() {
    for (std::size_t later = 0; later < rows<Lifecycle>.size(); ++later) {
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            auto const& one = rows<Lifecycle>[earlier];
            if (one.from == rows<Lifecycle>[later].from && one.command == rows<Lifecycle>[later].command &&
                one.guards[0] == "always")
                return false;
        }
    }
    return true;
}

template <class Lifecycle>
constexpr bool is_sound() {
    static_assert(rows<Lifecycle>.size() <= 72, "over 72 rows one machine compiles too slowly: split it");
    static_assert(codes_are_unique<Lifecycle>());
    static_assert(every_state_is_reachable<Lifecycle>());
    static_assert(every_state_reaches_an_end<Lifecycle>());
    static_assert(every_wait_is_stated<Lifecycle>());
    static_assert(no_row_is_hidden<Lifecycle>());
    return true;
}

}  // namespace recourse::lifecycle
