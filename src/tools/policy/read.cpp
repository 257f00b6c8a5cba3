// `recourse policy read` and `recourse policy schema`: what is wrong with a document, and what a right one looks like.
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <ostream>

#include "tools/policy/commands.hpp"

namespace recourse::tools {
namespace {

int read_document(std::string const& file_or_preset, bool as_json, streams with) {
    auto const read = read_policy(policy_text(file_or_preset));
    if (read) {
        if (!as_json) with.out << fmt::format("{} version {} is sound\n", read->id.text(), read->version);
        return exit_done;
    }
    if (!as_json) {
        with.out << to_text(read.error(), file_or_preset) << "\n";
        return exit_invalid;
    }
    for (auto const& one : read.error()) {
        boost::json::object row{
            {"pointer", one.pointer}, {"line", one.line}, {"column", one.column}, {"reason", one.reason}};
        if (!one.nearest.empty()) row["nearest"] = one.nearest;
        with.out << boost::json::serialize(row) << "\n";
    }
    return exit_invalid;
}

}  // namespace

policy_subcommand add_policy_read(CLI::App& policies) {
    auto* command = policies.add_subcommand("read", "Everything that is wrong with a document, each with its place");
    auto const named = std::make_shared<std::string>();
    auto const as_json = std::make_shared<bool>(false);
    command->add_option("policy", *named, "A file, or a preset")->required();
    command->add_flag("--json", *as_json, "Answer in JSON, one object a problem; none if there is none");
    return {command, [=](streams with) { return read_document(*named, *as_json, with); }};
}

policy_subcommand add_policy_schema(CLI::App& policies) {
    auto* command = policies.add_subcommand("schema", "The JSON Schema of policies, for editors");
    return {command, [](streams with) {
                with.out << policy_schema();
                return static_cast<int>(exit_done);
            }};
}

}  // namespace recourse::tools
