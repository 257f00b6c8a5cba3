// `recourse policy list` and `recourse policy show`: the presets and their documents.
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <ostream>

#include "recourse/vocabulary/digest.hpp"
#include "tools/policy/commands.hpp"

namespace recourse::tools {
namespace {

int list_presets(bool as_json, streams with) {
    for (auto const name : preset_names()) {
        auto const* document = find_preset(name);
        auto const read = policy_named(std::string{name});
        auto const hash = to_text(sha256(document->text));
        if (as_json) {
            boost::json::object const row{{"preset", name},
                                          {"id", read.id.text()},
                                          {"version", read.version},
                                          {"hash", hash},
                                          {"title", read.title}};
            with.out << boost::json::serialize(row) << "\n";
        } else {
            with.out << fmt::format("{:<22} version {}  {}  {}\n", name, read.version, hash.substr(0, 12), read.title);
        }
    }
    return exit_done;
}

}  // namespace

policy_subcommand add_policy_list(CLI::App& policies) {
    auto* command = policies.add_subcommand("list", "The presets: name, version, hash of the document, title");
    auto const as_json = std::make_shared<bool>(false);
    command->add_flag("--json", *as_json, "Answer in JSON, one object a line");
    return {command, [as_json](streams with) { return list_presets(*as_json, with); }};
}

policy_subcommand add_policy_show(CLI::App& policies) {
    auto* command = policies.add_subcommand("show", "The document of a preset, byte for byte: a start for one's own");
    auto const named = std::make_shared<std::string>();
    command->add_option("policy", *named, "A preset, or a file")->required();
    return {command, [named](streams with) {
                with.out << policy_text(*named);
                return static_cast<int>(exit_done);
            }};
}

}  // namespace recourse::tools
