// JSON Schema (draft 2020-12) of plain structs, from what their reader goes by: described members, wire names, members
// that may be left out, ranges of numbers, lists that need an element.
//
//     schema_of<limit_rules>()     // {"type":"object","properties":{"offers_per_party":{"type":"integer",...
//
// A type whose JSON is not its members specialises `own_schema`; `sentences<T>` has a sentence for each member.
#pragma once

#include "vocabulary/json.hpp"

namespace recourse::json {

struct sentence {
    std::string_view member;
    std::string_view text;
};
template <class T>
inline constexpr std::array<sentence, 0> sentences{};

// Patterns of members that are text.
struct text_pattern {
    std::string_view member;
    std::string pattern;
};
template <class T>
std::vector<text_pattern> patterns() {
    return {};
}

// Defined for types whose JSON form is their own.
template <class T>
struct own_schema;
template <class T>
concept has_own_schema = requires {
    own_schema<T>::made();
};

template <class T>
object schema_of();

// The members of `more` after those of `to`.
inline void add_to(object& to, object const& more) {
    for (auto const& one : more) to[one.key()] = one.value();
}

template <wire_named E>
object names_of() {
    array names;
    for (auto const& one : wire_names<E>) names.emplace_back(boost::json::string_view{one.data(), one.size()});
    return {{"enum", std::move(names)}};
}

template <class T>
bool may_be_left_out(std::string_view member) {
    return std::find(defaulted<T>.begin(), defaulted<T>.end(), member) != defaulted<T>.end();
}

template <class T, class Member>
object schema_of_member(std::string_view name, Member T::*member) {
    auto made = schema_of<Member>();
    if (auto const* range = range_of<T>(name)) {
        made["minimum"] = range->least;
        made["maximum"] = range->most;
    }
    if (needed_as<T>(name) != nullptr) made["minItems"] = 1;
    for (auto const& one : patterns<T>()) {
        if (one.member == name) made["pattern"] = one.pattern;
    }
    if constexpr (std::integral<Member> || wire_named<Member>) {
        if (may_be_left_out<T>(name)) made["default"] = boost::json::parse(to_json(T{}.*member));
    }
    for (auto const& one : sentences<T>) {
        if (one.member == name) made["description"] = boost::json::string_view{one.text.data(), one.text.size()};
    }
    return made;
}

template <class T, class Rows>
constexpr bool are_members(Rows const& rows) {
    for (auto const& row : rows) {
        bool known = false;
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto member) { known = known || row.member == std::string_view{member.name}; });
        if (!known) return false;
    }
    return true;
}

template <described T>
object schema_of_members() {
    static_assert(are_members<T>(sentences<T>) && are_members<T>(ranges<T>) && are_members<T>(needed<T>));
    object properties;
    array required;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
        using member_type = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        properties[member.name] = schema_of_member<T, member_type>(member.name, member.pointer);
        bool const needs = listed<member_type> ? needed_as<T>(member.name) != nullptr
                                               : !is_optional<member_type> && !may_be_left_out<T>(member.name);
        if (needs) required.emplace_back(member.name);
    });
    object made{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) made["required"] = std::move(required);
    made["additionalProperties"] = false;
    return made;
}

template <class T>
object schema_of() {
    if constexpr (has_own_schema<T>) {
        return own_schema<T>::made();
    } else if constexpr (is_optional<T>) {
        return schema_of<typename T::value_type>();
    } else if constexpr (std::same_as<T, bool>) {
        return {{"type", "boolean"}};
    } else if constexpr (std::integral<T>) {
        return {{"type", "integer"},
                {"minimum", std::numeric_limits<T>::min()},
                {"maximum", std::numeric_limits<T>::max()}};
    } else if constexpr (wire_named<T>) {
        return names_of<T>();
    } else if constexpr (is_id<T>) {
        return {{"type", "string"},
                {"maxLength", identifier_length_max},
                {"pattern", R"(^[!#-&(-.0-\[\]-_a-~]+$)"}};  // as identifier_problem has it
    } else if constexpr (std::same_as<T, std::string>) {
        return {{"type", "string"}, {"maxLength", text_length_max}};
    } else if constexpr (std::same_as<T, currency>) {
        return {{"type", "string"}, {"pattern", "^[A-Z]{3}$"}};
    } else if constexpr (listed<T>) {
        return {{"type", "array"}, {"items", schema_of<typename T::value_type>()}};
    } else {
        return schema_of_members<T>();
    }
}

// With two blanks of indentation; what fits on a line of 120 stands on one.
std::string laid_out(value const& one);

}  // namespace recourse::json
