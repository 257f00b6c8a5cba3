// How a body comes to hold one of its alternatives, by the place of that in the list.
#pragma once

#include <memory>
#include <type_traits>

#include "recourse/lifecycle/table.hpp"

namespace recourse::lifecycle {

// Makes a variant hold the alternative at that position, moved from where `one` is.
template <class... T>
void hold_in(list<T...>, std::variant<T...>& into, std::size_t position, void* one) {
    using mover = void (*)(std::variant<T...>&, void*);
    static constexpr mover movers[] = {
        [](std::variant<T...>& held, void* from) { held.template emplace<T>(std::move(*static_cast<T*>(from))); }...};
    movers[position](into, one);
}

template <class... T>
bool hold_the_same(std::variant<T...> const& one, std::variant<T...> const& other) {
    return one == other;
}

// Assigns without instantiating the assignment of each alternative to each.
template <class Body>
void replace(Body& old, std::type_identity_t<Body>&& made) noexcept {
    if (&old == &made) return;
    std::destroy_at(&old);
    std::construct_at(&old, std::move(made));
}

}  // namespace recourse::lifecycle
