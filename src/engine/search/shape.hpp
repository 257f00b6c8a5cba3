// What a node keeps of a value, in bytes: its members in the order in which they are described, lists behind their length,
// optional members behind whether they are there. Equal bytes mean equal values but for their particulars: of a digest and
// of an instant only that it is one is kept.
#pragma once

#include "vocabulary/json.hpp"

namespace recourse::engine {

// Seven bits a byte, the lowest first; all but the last have the highest bit set.
inline void write_number(std::string& shape, std::uint64_t number) {
    constexpr std::uint64_t low = 0x7F;
    for (; number > low; number >>= 7U) shape += static_cast<char>((number & low) | 0x80U);
    shape += static_cast<char>(number);
}

// A text may spell a digest or an instant, as the key of a refund order does.
void write_text(std::string& shape, std::string_view text);

inline void write_shape(std::string& shape, std::string const& text) { write_text(shape, text); }
inline void write_shape(std::string& shape, short_text const& text) { write_text(shape, text.view()); }
inline void write_shape(std::string& shape, currency const& of) { write_text(shape, of.code()); }
inline void write_shape(std::string&, instant) {}
inline void write_shape(std::string&, digest const&) {}
inline void write_shape(std::string&, salted_text const&) {}
inline void write_shape(std::string& shape, bool yes) { shape += yes ? '\1' : '\0'; }
template <std::integral T>
    requires(!std::same_as<T, bool>)
void write_shape(std::string& shape, T number) {
    if constexpr (std::is_unsigned_v<T>)
        write_number(shape, number);
    else  // so that small numbers below zero are short as well
        write_number(
            shape, static_cast<std::uint64_t>(number) << 1U ^ static_cast<std::uint64_t>(std::int64_t{number} >> 63U));
}
template <wire_named E>
void write_shape(std::string& shape, E one) {
    write_number(shape, static_cast<std::uint64_t>(one));
}
template <class Tag>
void write_shape(std::string& shape, id<Tag> const& one) {
    write_text(shape, one.text());
}
template <json::described T>
void write_shape(std::string& shape, T const& one);
template <json::listed T>
void write_shape(std::string& shape, T const& several);
template <class T>
void write_shape(std::string& shape, std::optional<T> const& maybe) {
    write_shape(shape, maybe.has_value());
    if (maybe) write_shape(shape, *maybe);
}
template <class T>
void write_shape(std::string& shape, rarely<T> const& one) {
    write_shape(shape, *one);
}
template <json::listed T>
void write_shape(std::string& shape, T const& several) {
    write_number(shape, several.size());
    for (auto const& one : several) write_shape(shape, one);
}
template <json::described T>
void write_shape(std::string& shape, T const& one) {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) { write_shape(shape, one.*member.pointer); });
}

}  // namespace recourse::engine
