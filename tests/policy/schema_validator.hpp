// The part of JSON Schema (draft 2020-12) that the schema of policies uses. A keyword that is not known here is an error,
// so that the schema cannot say what no test looks at.
#pragma once

#include <boost/json.hpp>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace recourse::tests {

class schema_validator {
  public:
    explicit schema_validator(boost::json::value schema) : schema_(std::move(schema)) {}  // braces would make an array

    // The pointers at which the document is not what the schema says; none if it is.
    [[nodiscard]] std::vector<std::string> problems(boost::json::value const& document) const {
        std::vector<std::string> found;
        validate(schema_.as_object(), document, {}, found);
        return found;
    }

  private:
    using object = boost::json::object;
    using value = boost::json::value;

    static bool is_of_type(std::string_view type, value const& one) {
        if (type == "object") return one.is_object();
        if (type == "array") return one.is_array();
        if (type == "string") return one.is_string();
        if (type == "boolean") return one.is_bool();
        if (type == "integer") return one.is_int64() || one.is_uint64();
        throw std::logic_error{"type " + std::string{type}};
    }

    void validate(object const& schema, value const& one, std::string const& where,
                  std::vector<std::string>& found) const {
        auto const is_wrong = [&] { found.push_back(where); };
        for (auto const& [key, asked] : schema) {
            std::string_view const keyword = key;
            if (keyword == "$ref") {
                auto const name = asked.as_string().subview(std::string_view{"#"}.size());
                validate(schema_.at_pointer(name).as_object(), one, where, found);
            } else if (keyword == "type") {
                if (!is_of_type(asked.as_string(), one)) is_wrong();
            } else if (keyword == "enum") {
                auto const& names = asked.as_array();
                if (std::find(names.begin(), names.end(), one) == names.end()) is_wrong();
            } else if (keyword == "const") {
                if (one != asked) is_wrong();
            } else if (keyword == "minimum") {
                if (one.is_int64() && one.as_int64() < asked.to_number<std::int64_t>()) is_wrong();
            } else if (keyword == "maximum") {
                if (one.is_uint64() || (one.is_int64() && one.as_int64() > asked.to_number<std::int64_t>())) is_wrong();
            } else if (keyword == "maxLength") {
                if (one.is_string() && one.as_string().size() > asked.to_number<std::size_t>()) is_wrong();
            } else if (keyword == "pattern") {
                if (one.is_string() && !std::regex_search(one.as_string().c_str(), pattern(asked))) is_wrong();
            } else if (keyword == "items") {
                if (!one.is_array()) continue;
                for (std::size_t at = 0; at < one.as_array().size(); ++at)
                    validate(asked.as_object(), one.as_array()[at], where + "/" + std::to_string(at), found);
            } else if (keyword == "minItems") {
                if (one.is_array() && one.as_array().size() < asked.to_number<std::size_t>()) is_wrong();
            } else if (keyword == "maxItems") {
                if (one.is_array() && one.as_array().size() > asked.to_number<std::size_t>()) is_wrong();
            } else if (keyword == "uniqueItems") {
                if (!one.is_array()) continue;
                std::set<std::string> seen;
                for (auto const& element : one.as_array()) {
                    if (!seen.insert(boost::json::serialize(element)).second) return is_wrong();
                }
            } else if (keyword == "properties") {
                if (!one.is_object()) continue;
                for (auto const& [name, member] : one.as_object()) {
                    if (auto const* of_it = asked.as_object().if_contains(name))
                        validate(of_it->as_object(), member, where + "/" + std::string{std::string_view{name}}, found);
                }
            } else if (keyword == "required") {
                if (!one.is_object()) continue;
                for (auto const& name : asked.as_array()) {
                    if (!one.as_object().contains(name.as_string())) is_wrong();
                }
            } else if (keyword == "additionalProperties") {
                if (asked.as_bool()) throw std::logic_error{"additionalProperties"};
                if (!one.is_object()) continue;
                auto const& known = schema.at("properties").as_object();
                for (auto const& [name, member] : one.as_object()) {
                    if (!known.contains(name)) found.push_back(where + "/" + std::string{std::string_view{name}});
                }
            } else if (keyword == "anyOf") {
                auto const& forms = asked.as_array();
                if (std::none_of(forms.begin(), forms.end(), [&](value const& form) {
                        std::vector<std::string> wrong;
                        validate(form.as_object(), one, where, wrong);
                        return wrong.empty();
                    }))
                    is_wrong();
            } else if (keyword != "description" && keyword != "default" && keyword != "title" && keyword != "$schema" &&
                       keyword != "$id" && keyword != "$defs") {
                throw std::logic_error{"keyword " + std::string{keyword}};
            }
        }
    }

    static std::regex pattern(value const& asked) { return std::regex{asked.as_string().c_str()}; }

    value schema_;
};

}  // namespace recourse::tests
