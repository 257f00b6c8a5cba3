// Unfolding lines, and the check that they are text at all.
#include "calendar/icalendar/content_lines.hpp"

#include <algorithm>

namespace recourse::icalendar {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

constexpr unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

// How many bytes the letter at the front has; 0 when it is none: cut short, written too long, a surrogate, beyond
// U+10FFFF (RFC 3629 section 4).
std::size_t letter_bytes(std::string_view text) {
    auto const first = byte_at(text, 0);
    if (first < 0x80) return 1;
    std::size_t const count = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (count == 0 || text.size() < count) return 0;
    for (std::size_t at = 1; at < count; ++at) {
        if ((byte_at(text, at) & 0xc0U) != 0x80) return 0;
    }
    auto const second = byte_at(text, 1);
    bool const wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                       (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return wrong ? 0 : count;
}

// Where the colon is that ends name and parameters; parameters may have colons within quotes.
std::size_t colon_of(std::string_view text) {
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') quoted = !quoted;
        if (text[at] == ':' && !quoted) return at;
    }
    return std::string_view::npos;
}

}  // namespace

content_lines::content_lines(std::string_view text) : rest_{text} {
    if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
}

std::string_view content_lines::take_line() {
    auto const end = std::min(rest_.find('\n'), rest_.size());
    auto line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++number_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::optional<content_line> content_lines::next() {
    content_line made;
    while (made.text.empty()) {
        if (rest_.empty()) return std::nullopt;
        made.text = take_line();
        made.number = number_;
    }
    while (rest_.starts_with(' ') || rest_.starts_with('\t')) made.text += take_line().substr(1);
    auto const colon = colon_of(made.text);
    if (colon == std::string::npos) return made;
    auto const head = std::string_view{made.text}.substr(0, colon);
    made.name = in_capitals(head.substr(0, head.find(';')));
    made.value = made.text.substr(colon + 1);
    return made;
}

std::optional<std::size_t> line_that_is_no_text(std::string_view text) {
    std::size_t line = 1;
    while (!text.empty()) {
        auto const bytes = letter_bytes(text);
        if (bytes == 0 || text.front() == '\0') return line;
        if (text.front() == '\n') ++line;
        text.remove_prefix(bytes);
    }
    return std::nullopt;
}

std::string_view whole_letters(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    while (bytes_max > 0 && (byte_at(text, bytes_max) & 0xc0U) == 0x80) --bytes_max;
    return text.substr(0, bytes_max);
}

std::string in_capitals(std::string_view text) {
    std::string made{text};
    for (char& letter : made) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return made;
}

}  // namespace recourse::icalendar
