// The JSON Schema of a policy: what its reader goes by, and the forms that are not plain members.
#include <fmt/format.h>

#include "policy/sentences.hpp"
#include "recourse/policy/policy.hpp"

namespace recourse::json {
namespace {

object reference_to(std::string_view name) { return {{"$ref", fmt::format("#/$defs/{}", name)}}; }

template <class T, std::size_t N>
std::string one_of(std::array<T, N> const& names) {
    std::string text;
    for (auto const& one : names) {
        text += text.empty() ? "" : "|";
        text += one;
    }
    return text;
}

}  // namespace

namespace {
std::string period_pattern() {
    constexpr std::string_view number = "([1-9][0-9]{0,3}|10000)";
    return fmt::format("^({0} ({1})|P{0}[DWMY]|PT{0}H)$", number, one_of(wire_names<period_unit>));
}
}  // namespace

template <>
std::vector<text_pattern> patterns<written_clock>() {
    return {{"length", period_pattern()}, {"cut_off", "^(([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?|24:00(:00)?)$"}};
}
template <>
std::vector<text_pattern> patterns<policy_source>() {
    return {{"read", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
}

template <>
std::vector<text_pattern> patterns<written_reminder>() {
    return {{"before", period_pattern()}};
}
template <>
struct own_schema<reminder_rule> {
    static object made() { return schema_of_members<written_reminder>(); }
};
template <>
std::vector<text_pattern> patterns<named_anchor>() {
    return {{"anchor", "^[a-z][a-z0-9_]*$"}};
}

template <>
std::vector<text_pattern> patterns<written_window>() {
    constexpr std::string_view time = "^(([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?|24:00(:00)?)$";
    return {{"open", std::string{time}}, {"close", std::string{time}}};
}

template <>
struct own_schema<service_window> {
    static object made() { return schema_of_members<written_window>(); }
};
template <>
struct own_schema<date> {
    static object made() { return {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}}; }
};
template <>
struct own_schema<anchor_rule> {
    static object made() { return {{"type", "string"}, {"maxLength", anchor_length_max}}; }
};
template <>
struct own_schema<clock_rule> {
    static object made() { return reference_to("clock"); }
};
template <>
struct own_schema<money> {
    static object made() { return reference_to("money"); }
};
template <>
struct own_schema<tender_order> {
    static object made() {
        auto kinds = schema_of<std::vector<tender_kind>>();
        kinds["uniqueItems"] = true;
        return {{"anyOf", array{object{{"const", "proportional"}}, std::move(kinds)}}};
    }
};
template <>
struct own_schema<partial_rule> {
    static object made() {
        auto const form = [](std::string_view name, std::int64_t most) {
            object percents{{"type", "array"},
                            {"items", {{"type", "integer"}, {"minimum", 1}, {"maximum", 99}}},
                            {"minItems", name == "range" ? 2 : 1},
                            {"uniqueItems", true}};
            if (most > 0) percents["maxItems"] = most;
            return object{{"type", "object"},
                          {"properties", object{{name, std::move(percents)}}},
                          {"required", array{boost::json::string_view{name.data(), name.size()}}},
                          {"additionalProperties", false}};
        };
        return {{"anyOf", array{object{{"const", "free"}}, form("range", 2), form("grid", 0)}}};
    }
};
template <>
struct own_schema<silence_rules> {
    static object made() {
        auto all = schema_of_members<silence_rules>();
        for (auto const& [member, chosen, allowed] : silence_choices) {
            array names;
            for (auto const& one : allowed_names(allowed))
                names.emplace_back(boost::json::string_view{one.data(), one.size()});
            all["properties"].as_object()[member].as_object()["enum"] = std::move(names);
        }
        return all;
    }
};

}  // namespace recourse::json

namespace recourse {

std::string policy_schema() {
    using json::object;
    object schema{
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"$id", "urn:recourse:policy:1"},
        {"title", "A policy of recourse"},
        {"description",
         "Made by `recourse policy schema`. What members mean together is checked by `recourse policy read`."}};
    json::add_to(schema, json::schema_of<policy>());
    schema["$defs"] = object{{"clock", json::schema_of<written_clock>()}, {"money", json::schema_of_members<money>()}};
    return json::laid_out(schema);
}

}  // namespace recourse
