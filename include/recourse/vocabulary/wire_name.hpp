// The names that enumerations have in JSON, in C and in other languages: one array beside each enumeration.
//
//     wire_name(remedy::return_refund)          // "return_refund"
//     from_wire_name<remedy>("return_refund")   // remedy::return_refund
//
// An enumeration takes part by specialising `wire_names` with its names in the order of its values 0, 1, 2, ...
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace recourse {

template <class E>
inline constexpr std::array<std::string_view, 0> wire_names{};

template <class E>
concept wire_named = (wire_names<E>.size() > 0);

template <wire_named E>
constexpr std::string_view wire_name(E value) noexcept {
    auto const index = static_cast<std::size_t>(value);
    return index < wire_names<E>.size() ? wire_names<E>[index] : std::string_view{"unknown"};
}

template <wire_named E>
constexpr std::optional<E> from_wire_name(std::string_view name) noexcept {
    for (std::size_t index = 0; index < wire_names<E>.size(); ++index) {
        if (wire_names<E>[index] == name) return static_cast<E>(index);
    }
    return std::nullopt;
}

}  // namespace recourse
