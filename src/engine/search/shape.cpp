// Texts among what a node keeps.
#include "engine/search/shape.hpp"

#include <algorithm>

namespace recourse::engine {
namespace {

enum class text_kind : std::uint8_t { as_it_is, of_a_digest, of_an_instant };

text_kind kind_of(std::string_view text) noexcept {
    constexpr std::size_t digest_length = 64;
    constexpr std::size_t instant_least = 20;
    constexpr std::size_t instant_most = 27;
    if (text.size() == digest_length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos)
        return text_kind::of_a_digest;
    if (text.size() >= instant_least && text.size() <= instant_most && text[4] == '-' && text[10] == 'T' &&
        text.back() == 'Z')
        return text_kind::of_an_instant;
    return text_kind::as_it_is;
}

}  // namespace

void write_text(std::string& shape, std::string_view text) {
    auto const kind = kind_of(text);
    auto const kept = kind == text_kind::as_it_is ? text : std::string_view{};
    write_number(shape, std::uint64_t{kept.size()} << 2U | static_cast<std::uint64_t>(kind));
    shape += kept;
}

}  // namespace recourse::engine
