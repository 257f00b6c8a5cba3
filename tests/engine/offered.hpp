// Policies for tests: a preset with another name and some members more.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "recourse/policy/policy.hpp"

namespace recourse::test {

// The preset aliexpress under another id and version; `more` holds members as JSON: {"applies_to":{"site":["be"]}}.
inline std::string document_of(std::string const& id, int version, std::string_view more = "{}") {
    auto document = boost::json::parse(boost::json::string_view{find_preset("aliexpress")->text});
    auto& members = document.as_object();
    members["id"] = id;
    members["version"] = version;
    auto const further = boost::json::parse(boost::json::string_view{more.data(), more.size()});
    for (auto const& [name, content] : further.as_object()) members[name] = content;
    return boost::json::serialize(document);
}

}  // namespace recourse::test
