// Policies for tests: a preset with another name and some members more.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "recourse/engine/engine.hpp"

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

// The policies of tests are not proved first: each test is a process of its own, and a proof takes seconds.
inline engine_options trusting() {
    engine_options options;
    options.policies = soundness::trust;
    return options;
}

}  // namespace recourse::test
