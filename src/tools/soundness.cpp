// Options about the soundness of policies, and the certificates they name.
#include "tools/soundness.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <map>

#include "recourse/vocabulary/digest.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse::tools {

void add_soundness(CLI::App& command, soundness& asked, std::vector<std::string>& certificates) {
    std::map<std::string, soundness> const names{{"refuse", soundness::prove_if_uncertified},
                                                 {"certified-only", soundness::require_certificate},
                                                 {"allow", soundness::trust}};
    command
        .add_option("--unsound-policy", asked,
                    "refuse: a policy without a certificate is proved first, and refused if it is unsound; "
                    "certified-only: refused without one; allow: taken as it is")
        ->transform(CLI::CheckedTransformer(names));
    command.add_option("--certificate", certificates,
                       "A certificate of a policy, by recourse policy check; may be repeated");
}

std::optional<certificate> certificate_for(std::string_view document, std::vector<std::string> const& paths) {
    auto const hash = sha256(document);
    for (auto const& path : paths) {
        std::ifstream file{path, std::ios::binary};
        if (!file) throw failure{failure_kind::store_unavailable, fmt::format("cannot read {}", path)};
        auto read = read_certificate(std::string{std::istreambuf_iterator<char>{file}, {}});
        if (!read)
            throw failure{failure_kind::policy_missing,
                          fmt::format("{} is no certificate:\n{}", path, to_text(read.error(), path))};
        if (read->policy_hash == hash) return *std::move(read);
    }
    return std::nullopt;
}

}  // namespace recourse::tools
