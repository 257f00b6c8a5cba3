// The hashes of command keys as they are stored, eight bytes each, and lists of refusal codes: "20 60".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recourse::store {

std::string with_hash(std::string keys, std::uint64_t hash);
// nullopt if there are none, or a piece of one.
std::optional<std::vector<std::uint64_t>> hashes_in(std::string_view keys);

std::string codes_to_text(std::vector<std::uint16_t> const& codes);
// nullopt if it is no such list.
std::optional<std::vector<std::uint16_t>> codes_in(std::string_view text);

// An effect's position is that of the last event of its command, times this, plus its number among the effects of the
// command; so it is after all effects of events before, whatever was settled since, and no counter need be written.
inline constexpr std::uint64_t effects_an_event = 10'000;

// Where a number of the port meets a column that ends at 2^63 - 1.
std::int64_t clamped(std::uint64_t value);

}  // namespace recourse::store
