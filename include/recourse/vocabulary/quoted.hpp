// Text that came from outside, fit to stand in an error sentence: quoted, cut, with nothing but printable ASCII.
//
//     quoted("2026-13-01")          // "2026-13-01" with the quotes
//     quoted("a\nb")                // "a\x0ab"
//     quoted(ten_kilobytes)         // its first 40 bytes, then "..."
#pragma once

#include <string>
#include <string_view>

namespace recourse {

inline constexpr std::size_t quoted_bytes_max = 40;

inline std::string quoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string shown = "\"";
    for (char const letter : text.substr(0, quoted_bytes_max)) {
        if (letter < ' ' || letter > '~') {
            auto const byte = static_cast<unsigned char>(letter);
            shown += {'\\', 'x', digits[byte >> 4U], digits[byte & 15U]};
        } else {
            if (letter == '"' || letter == '\\') shown += '\\';
            shown += letter;
        }
    }
    shown += text.size() > quoted_bytes_max ? "...\"" : "\"";
    return shown;
}

}  // namespace recourse
