// `recourse policy certify`: makes the certificates that the library ships with its presets.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <ostream>

#include "recourse/engine/certificate.hpp"
#include "tools/policy/commands.hpp"

namespace recourse::tools {
namespace {

struct certify_arguments {
    std::string folder;
    std::vector<std::string> presets;  // none: all of them
};

int certify_presets(certify_arguments const& given, streams with) {
    auto names = given.presets;
    if (names.empty()) {
        for (auto const name : preset_names()) names.emplace_back(name);
    }
    int worst = exit_done;
    for (auto const& name : names) {
        auto const* preset = find_preset(name);
        if (preset == nullptr) throw std::invalid_argument{fmt::format("there is no preset {}", name)};
        auto const made = certify(preset->text).value();
        with.out << fmt::format("{:<22} {}, {} combinations\n", name, wire_name(made.verdict), made.combinations)
                 << std::flush;
        if (made.verdict != certified_verdict::sound) {
            worst = exit_differs;
            continue;
        }
        auto const path = fmt::format("{}/{}.json", given.folder, name);
        if (std::ofstream file{path, std::ios::binary}; !(file << to_json(made)))
            throw std::invalid_argument{fmt::format("cannot write {}", path)};
    }
    return worst;
}

}  // namespace

policy_subcommand add_policy_certify(CLI::App& policies) {
    auto* command =
        policies.add_subcommand("certify", "Prove the presets and write a certificate of each that is sound");
    auto const given = std::make_shared<certify_arguments>();
    command->add_option("folder", given->folder, "Where to; src/policy/certificates is what the library ships")
        ->required();
    command->add_option("--preset", given->presets, "This one only; may be repeated");
    return {command, [given](streams with) { return certify_presets(*given, with); }};
}

}  // namespace recourse::tools
