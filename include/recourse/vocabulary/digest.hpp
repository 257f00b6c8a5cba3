// A SHA-256 digest: of a policy document, a canonical command, a piece of evidence. Text form: 64 hex digits.
#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>

#include "recourse/vocabulary/result.hpp"

namespace recourse {

struct digest {
    std::array<unsigned char, 32> bytes{};
    auto operator<=>(digest const&) const = default;
};

digest sha256(std::string_view bytes);
std::string to_text(digest const&);
result<digest, std::string> parse_digest(std::string_view hexadecimal);

}  // namespace recourse
