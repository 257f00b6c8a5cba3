// What a command asks of the policies that it offers: a certificate, a proof, or nothing.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "recourse/engine/engine.hpp"

namespace recourse::tools {

// --unsound-policy and --certificate.
void add_soundness(CLI::App& command, soundness& asked, std::vector<std::string>& certificates);

// Of the certificates the one that is made for the document. Throws `failure` if a file cannot be read, or is none.
std::optional<certificate> certificate_for(std::string_view document, std::vector<std::string> const& paths);

}  // namespace recourse::tools
