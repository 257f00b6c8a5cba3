// The seals of the tables: SHA-256 over all columns of a row, in their order, with the name of what the row is. A seal
// finds bytes that changed under the library; it does not stop somebody who can compute it too.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "recourse/vocabulary/instant.hpp"
#include "store/summed.hpp"

namespace recourse::store {

namespace sealed_values {
template <class Value>
void add(summed& all, Value const& value) {
    if constexpr (std::is_same_v<Value, std::optional<instant>>)
        value ? static_cast<void>(all.add(value->microseconds)) : static_cast<void>(all.absent());
    else if constexpr (std::is_same_v<Value, instant>)
        all.add(value.microseconds);
    else if constexpr (requires { value.view; })  // bytes, as an adapter calls what is no text
        all.add(std::string_view{value.view});
    else if constexpr (std::is_integral_v<Value>)
        all.add(static_cast<std::int64_t>(value));
    else if constexpr (std::is_same_v<Value, digest>)
        all.add(value);
    else if constexpr (requires { value.text(); })
        all.add(std::string_view{value.text()});
    else
        all.add(std::string_view{value});
}
}  // namespace sealed_values

// `name` says what the row is: "recourse ledger 1".
template <class... Values>
digest seal(std::string_view name, Values const&... values) {
    summed all{name};
    (sealed_values::add(all, values), ...);
    return all.sum();
}

inline constexpr std::string_view dispute_seal = "recourse dispute 1";
inline constexpr std::string_view ledger_seal = "recourse ledger 1";
inline constexpr std::string_view effect_seal = "recourse effect 1";
// Where the position is given while the row is written, it is not summed.
inline constexpr std::string_view unplaced_effect_seal = "recourse unplaced effect 1";
inline constexpr std::string_view refusal_count_seal = "recourse refusal count 1";
inline constexpr std::string_view refusal_seal = "recourse refusal 1";
inline constexpr std::string_view text_seal = "recourse text 1";
inline constexpr std::string_view lease_seal = "recourse lease 1";
inline constexpr std::string_view delivery_seal = "recourse delivery 1";

}  // namespace recourse::store
