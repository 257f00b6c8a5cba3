// Forms of values that every adapter stores alike.
#include "store/packed.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace recourse::store {

std::string with_hash(std::string keys, std::uint64_t hash) {
    for (int shift = 56; shift >= 0; shift -= 8)
        keys += static_cast<char>(hash >> static_cast<unsigned>(shift) & 0xffU);
    return keys;
}

std::optional<std::vector<std::uint64_t>> hashes_in(std::string_view keys) {
    if (keys.empty() || keys.size() % 8 != 0) return std::nullopt;
    std::vector<std::uint64_t> hashes(keys.size() / 8);
    for (std::size_t at = 0; at < keys.size(); ++at)
        hashes[at / 8] = hashes[at / 8] << 8U | static_cast<unsigned char>(keys[at]);
    return hashes;
}

std::string codes_to_text(std::vector<std::uint16_t> const& codes) {
    std::string text;
    for (auto const code : codes) {
        if (!text.empty()) text += ' ';
        text += std::to_string(code);
    }
    return text;
}

std::optional<std::vector<std::uint16_t>> codes_in(std::string_view text) {
    std::vector<std::uint16_t> codes;
    auto const* at = text.data();
    auto const* const end = at + text.size();
    while (at != end) {
        std::uint16_t code = 0;
        auto const [after, problem] = std::from_chars(at, end, code);
        bool const whole = problem == std::errc{} && (after == end || (*after == ' ' && after + 1 != end));
        if (!whole) return std::nullopt;
        codes.push_back(code);
        at = after == end ? end : after + 1;
    }
    return codes;
}

std::int64_t clamped(std::uint64_t value) {
    return static_cast<std::int64_t>(std::min(value, std::uint64_t{std::numeric_limits<std::int64_t>::max()}));
}

}  // namespace recourse::store
