// The definition of `workings` for one lifecycle; included by that lifecycle's .cpp after its members are described.
#pragma once

#include "engine/search/shape.hpp"
#include "engine/telling.hpp"
#include "recourse/engine/machine.hpp"
#include "vocabulary/described.hpp"

namespace recourse::engine {

template <class Lifecycle>
step_result<Lifecycle> workings<Lifecycle>::step(std::uint8_t state, typename Lifecycle::facts const& facts,
                                                 told<Lifecycle> const& command) {
    return run_machine<Lifecycle>(state, facts, command);
}

// Writes the alternative that the variant holds, if it is one of the list.
template <class List, class Body>
void write_held(std::string& out, Body const& body) {
    lifecycle::for_each(List{}, [&]<class One>() {
        if constexpr (std::is_constructible_v<Body, One>) {
            if (auto const* held = std::get_if<One>(&body)) json::write_value(out, *held);
        }
    });
}

// Reads the alternative of that name, if the list has one that the variant can hold.
template <class Body, class List>
std::optional<Body> read_named(List, std::string_view name, json::value const& from, json::place const& where,
                               json::problems& found) {
    std::optional<Body> read;
    lifecycle::for_each(List{}, [&]<class One>() {
        if constexpr (std::is_constructible_v<Body, One> && json::described<One>) {
            if (One::name == name) json::read_value(from, std::get<One>(read.emplace(One{})), where, found);
        }
    });
    return read;
}

template <class Lifecycle>
void workings<Lifecycle>::write_event(std::string& out, event_body const& body) {
    write_held<lifecycle::events_of<Lifecycle>>(out, body);
}
template <class Lifecycle>
void workings<Lifecycle>::write_kept(std::string& out, typename Lifecycle::instance const& kept) {
    json::write_value(out, kept);
}
template <class Lifecycle>
void workings<Lifecycle>::write_shape(std::string& shape, typename Lifecycle::instance const& kept) {
    engine::write_shape(shape, kept);
}
template <class Lifecycle>
std::optional<event_body> workings<Lifecycle>::read_event(std::string_view name, json::value const& from,
                                                          json::place const& where, json::problems& found) {
    return read_named<event_body>(lifecycle::events_of<Lifecycle>{}, name, from, where, found);
}
template <class Lifecycle>
void workings<Lifecycle>::read_kept(json::value const& from, typename Lifecycle::instance& into,
                                    json::place const& where, json::problems& found) {
    json::read_value(from, into, where, found);
}

// Commands that machines tell each other have no JSON form and cannot be sent.
template <class List>
struct asked_only;
template <class... C>
struct asked_only<lifecycle::list<C...>> {
    using type =
        lifecycle::join<std::conditional_t<lifecycle::is_internal<C>(), lifecycle::list<>, lifecycle::list<C>>...>;
};
template <class Lifecycle>
using asked_commands = typename asked_only<lifecycle::commands_of<Lifecycle>>::type;

template <class Lifecycle>
void workings<Lifecycle>::write_command(std::string& out, command_body const& body) {
    write_held<asked_commands<Lifecycle>>(out, body);
}
template <class Lifecycle>
void workings<Lifecycle>::collect_texts(command_body const& body, std::vector<salted_text>& into) {
    auto const take = [&](auto const& content) {
        using member = std::remove_cvref_t<decltype(content)>;
        if constexpr (std::is_same_v<member, salted_text>)
            into.push_back(content);
        else if constexpr (std::is_same_v<member, std::optional<salted_text>>)
            if (content) into.push_back(*content);
    };
    lifecycle::for_each(asked_commands<Lifecycle>{}, [&]<class One>() {
        if (auto const* held = std::get_if<One>(&body))
            boost::mp11::mp_for_each<boost::describe::describe_members<One, boost::describe::mod_public>>(
                [&](auto member) { take(held->*member.pointer); });
    });
}
template <class Lifecycle>
std::optional<command_body> workings<Lifecycle>::read_command(std::string_view name, json::value const& from,
                                                              json::place const& where, json::problems& found) {
    return read_named<command_body>(asked_commands<Lifecycle>{}, name, from, where, found);
}

}  // namespace recourse::engine
