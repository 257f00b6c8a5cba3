// JSON for plain structs: one reader and one writer over their described members.
//
// The reader reports every problem with its pointer and goes on; unknown members, wrong types and numbers out of range
// are problems, never guesses. A member may be missing if it is optional, a list, or named in `defaulted`. The writer
// writes members in the order in which they are described and leaves out what is empty, so its output is canonical. The
// members of a `rarely` stand among those of whom it belongs to.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <charconv>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/vocabulary/digest.hpp"
#include "recourse/vocabulary/identity.hpp"
#include "recourse/vocabulary/input.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/money.hpp"
#include "recourse/vocabulary/rarely.hpp"
#include "recourse/vocabulary/salted_text.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse::json {

using boost::json::array;
using boost::json::object;
using boost::json::value;

inline constexpr int depth_max = 32;
inline constexpr std::size_t text_length_max = 4096;  // of one string; what is longer belongs to the host
inline constexpr std::size_t problems_max = 100;      // that are told; a document of nonsense has one a member

// Members of T that may be left out although they are neither optional nor lists.
template <class T>
inline constexpr std::array<std::string_view, 0> defaulted{};

// Numbers of T that may not be all that their type can hold.
struct number_range {
    std::string_view member;
    std::int64_t least;
    std::int64_t most;
};
template <class T>
inline constexpr std::array<number_range, 0> ranges{};

// Lists of T that need an element, and what would be without one.
struct needed_list {
    std::string_view member;
    std::string_view otherwise;
};
template <class T>
inline constexpr std::array<needed_list, 0> needed{};

template <class T>
constexpr number_range const* range_of(std::string_view member) {
    for (auto const& one : ranges<T>) {
        if (one.member == member) return &one;
    }
    return nullptr;
}
template <class T>
constexpr needed_list const* needed_as(std::string_view member) {
    for (auto const& one : needed<T>) {
        if (one.member == member) return &one;
    }
    return nullptr;
}

// Where the reader is: a chain on the stack, spelled out only for a problem.
struct place {
    place const* parent = nullptr;
    std::string_view name;
    std::size_t index = 0;
    [[nodiscard]] place member(std::string_view member_name) const { return {this, member_name, 0}; }
    [[nodiscard]] place element(std::size_t at) const { return {this, {}, at}; }
    [[nodiscard]] std::string pointer() const;
};

class problems {
  public:
    void report(place const& where, std::string reason, std::string_view nearest = {}) {
        report({where.pointer(), std::move(reason), std::string{nearest}});
    }
    void report(input_problem problem) {
        if (found_.size() < problems_max)
            found_.push_back(std::move(problem));
        else if (!are_enough())
            found_.push_back({{}, "has more problems than these"});
    }
    [[nodiscard]] bool are_enough() const noexcept { return found_.size() > problems_max; }
    [[nodiscard]] bool none() const noexcept { return found_.empty(); }
    [[nodiscard]] input_problems const& all() const noexcept { return found_; }
    [[nodiscard]] input_problems take() { return std::move(found_); }

  private:
    input_problems found_;
};

// Foreign text is also searched for members that are named twice; what this library wrote has none.
enum class origin : unsigned char { foreign, own };

// The whole text as one JSON value; bytes after the end and too much depth are problems.
std::optional<value> parse(std::string_view text, origin from, problems& found, boost::json::storage_ptr memory = {});

// A short picture of a value for a message: "a string", "3.5", "an array".
std::string picture(value const&);
// A name as a step of a pointer: escaped, and cut where it is too long to be shown.
std::string pointer_step(std::string_view name);

// The one that is nearest, empty if none is near; and " (did you mean \"amount\"?)", or nothing.
std::string_view nearest_of(std::string_view wrong, std::vector<std::string_view> const& right);
std::string nearest(std::string_view wrong, std::vector<std::string_view> const& right);

void write_string(std::string& out, std::string_view text);

template <class T>
concept described = boost::describe::has_describe_members<T>::value;
template <class T>
concept listed = requires(T list) {
    list.push_back(typename T::value_type{});
}
&&!std::same_as<T, std::string>;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
// What is kept apart in memory stands among the members of whom it belongs to.
template <class T>
inline constexpr bool is_rarely = false;
template <class T>
inline constexpr bool is_rarely<rarely<T>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<id<Tag>> = true;

// ---- reading -------------------------------------------------------------------------------------------------------

std::optional<std::string_view> read_text(value const&, place const&, problems&);
std::optional<std::int64_t> read_integer(value const&, place const&, problems&, std::int64_t least, std::int64_t most);
void read_value(value const&, std::string&, place const&, problems&);
void read_value(value const&, short_text&, place const&, problems&);
void read_value(value const&, bool&, place const&, problems&);
void read_value(value const&, instant&, place const&, problems&);
void read_value(value const&, digest&, place const&, problems&);
void read_value(value const&, currency&, place const&, problems&);
// Read with text and salt, written as {"digest":...}: what is written is stored, and holds no personal text.
void read_value(value const&, salted_text&, place const&, problems&);

template <std::integral T>
    requires(!std::same_as<T, bool>)
void read_value(value const& from, T& into, place const& where, problems& found) {
    constexpr auto most = std::cmp_greater(std::numeric_limits<T>::max(), std::numeric_limits<std::int64_t>::max())
                              ? std::numeric_limits<std::int64_t>::max()
                              : static_cast<std::int64_t>(std::numeric_limits<T>::max());
    if (auto const number =
            read_integer(from, where, found, static_cast<std::int64_t>(std::numeric_limits<T>::min()), most))
        into = static_cast<T>(*number);
}

template <wire_named E>
void read_value(value const& from, E& into, place const& where, problems& found) {
    auto const text = read_text(from, where, found);
    if (!text) return;
    if (auto const known = from_wire_name<E>(*text)) {
        into = *known;
        return;
    }
    std::string choices;
    for (auto const& one : wire_names<E>) choices += (choices.empty() ? "" : ", ") + std::string{one};
    std::vector<std::string_view> const right{wire_names<E>.begin(), wire_names<E>.end()};
    found.report(where, "expected one of " + choices + "; found " + picture(from) + nearest(*text, right),
                 nearest_of(*text, right));
}

template <class Tag>
void read_value(value const& from, id<Tag>& into, place const& where, problems& found) {
    auto const text = read_text(from, where, found);
    if (!text) return;
    if (auto parsed = id<Tag>::parse(*text))
        into = *std::move(parsed);
    else
        found.report(where, parsed.error());
}

template <described T>
void read_value(value const& from, T& into, place const& where, problems& found);

template <listed T>
void read_value(value const& from, T& into, place const& where, problems& found) {
    auto const* several = from.if_array();
    if (several == nullptr) return found.report(where, "expected an array; found " + picture(from));
    into.clear();
    for (std::size_t at = 0; at < several->size() && !found.are_enough(); ++at) {
        into.emplace_back();
        read_value((*several)[at], into.back(), where.element(at), found);
    }
}

template <class T>
void read_value(value const& from, std::optional<T>& into, place const& where, problems& found) {
    read_value(from, into.emplace(), where, found);
}

template <class T>
std::vector<std::string_view> member_names() {
    std::vector<std::string_view> names;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
        using member_type = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        if constexpr (is_rarely<member_type>) {
            for (auto const& name : member_names<typename member_type::value_type>()) names.push_back(name);
        } else {
            names.emplace_back(member.name);
        }
    });
    return names;
}

// The members of an object, each asked for at most once: those that stand in the order in which they are asked for, as in
// all that this library writes, are found at once.
class members_in_turn {
  public:
    explicit members_in_turn(boost::json::object const& of) : next_{of.begin()}, end_{of.end()} {}
    value const* find(std::string_view name) {
        for (auto at = next_; at != end_; ++at) {
            if (std::string_view{at->key()} != name) continue;
            if (at == next_) ++next_;
            return &at->value();
        }
        return nullptr;
    }

  private:
    boost::json::object::const_iterator next_;  // what stands before it was asked for
    boost::json::object::const_iterator end_;
};

// How many of the members were read.
template <described T>
std::size_t read_members(members_in_turn& members, T& into, place const& where, problems& found) {
    std::size_t taken = 0;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
        std::string_view const name = member.name;
        auto& target = into.*member.pointer;
        using member_type = std::remove_cvref_t<decltype(target)>;
        if constexpr (is_rarely<member_type>) {
            auto part = *target;
            taken += read_members(members, part, where, found);
            target = std::move(part);
        } else if (auto const* given = members.find(name)) {
            ++taken;
            if constexpr (std::integral<member_type> && !std::same_as<member_type, bool>) {
                if (auto const* range = range_of<T>(name)) {
                    if (auto const number = read_integer(*given, where.member(name), found, range->least, range->most))
                        target = static_cast<member_type>(*number);
                    return;
                }
            }
            read_value(*given, target, where.member(name), found);
            if constexpr (listed<member_type>) {
                auto const* why = target.empty() ? needed_as<T>(name) : nullptr;
                if (why != nullptr && given->is_array()) found.report(where.member(name), std::string{why->otherwise});
            }
        } else {
            if constexpr (listed<member_type>) {
                if (auto const* why = needed_as<T>(name)) found.report(where.member(name), std::string{why->otherwise});
            }
            if constexpr (!is_optional<member_type> && !listed<member_type>) {
                for (auto const& one : defaulted<T>) {
                    if (one == name) return;
                }
                found.report(where.member(name), "is missing");
            }
        }
    });
    return taken;
}

template <described T>
void read_value(value const& from, T& into, place const& where, problems& found) {
    auto const* members = from.if_object();
    if (members == nullptr) return found.report(where, "expected an object; found " + picture(from));
    members_in_turn in_turn{*members};
    if (read_members(in_turn, into, where, found) == members->size()) return;
    auto const known = member_names<T>();
    for (auto const& one : *members) {
        if (found.are_enough()) return;
        std::string_view const name = one.key();
        if (std::find(known.begin(), known.end(), name) == known.end())
            found.report(where.member(name), "is not known here" + nearest(name, known), nearest_of(name, known));
    }
}

// ---- writing -------------------------------------------------------------------------------------------------------

inline void write_value(std::string& out, std::string const& text) { write_string(out, text); }
inline void write_value(std::string& out, short_text const& text) { write_string(out, text.view()); }
inline void write_value(std::string& out, bool yes) { out += yes ? "true" : "false"; }
inline void write_value(std::string& out, instant at) { write_string(out, to_text(at)); }
inline void write_value(std::string& out, digest const& hash) { write_string(out, to_text(hash)); }
inline void write_value(std::string& out, currency const& of) { write_string(out, of.code()); }
inline void write_value(std::string& out, salted_text const& one) {
    out += R"({"digest":)";
    write_value(out, digest_of(one));
    out += '}';
}
template <std::integral T>
    requires(!std::same_as<T, bool>)
void write_value(std::string& out, T number) {
    std::array<char, 24> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}
template <wire_named E>
void write_value(std::string& out, E one) {
    write_string(out, wire_name(one));
}
template <class Tag>
void write_value(std::string& out, id<Tag> const& one) {
    write_string(out, one.text());
}
template <described T>
void write_value(std::string& out, T const& one);
template <listed T>
void write_value(std::string& out, T const& several) {
    out += '[';
    for (std::size_t at = 0; at < several.size(); ++at) {
        if (at > 0) out += ',';
        write_value(out, several[at]);
    }
    out += ']';
}

template <class T>
bool is_absent(T const& member) {
    if constexpr (is_optional<T>)
        return !member.has_value();
    else if constexpr (listed<T> || is_id<T>)
        return member.empty();
    else
        return false;
}

template <described T>
void write_members(std::string& out, T const& one, bool& first) {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
        auto const& content = one.*member.pointer;
        using member_type = std::remove_cvref_t<decltype(content)>;
        if constexpr (is_rarely<member_type>) {
            write_members(out, *content, first);
        } else {
            if (is_absent(content)) return;
            if (!first) out += ',';
            first = false;
            write_string(out, member.name);
            out += ':';
            if constexpr (is_optional<member_type>)
                write_value(out, *content);
            else
                write_value(out, content);
        }
    });
}

template <described T>
void write_value(std::string& out, T const& one) {
    out += '{';
    bool first = true;
    write_members(out, one, first);
    out += '}';
}

template <class T>
std::string to_json(T const& one) {
    std::string out;
    write_value(out, one);
    return out;
}

}  // namespace recourse::json
