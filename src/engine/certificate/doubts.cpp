// Whether disputes may be opened under a policy: its certificate, or a proof.
#include <fmt/format.h>

#include <algorithm>

#include "recourse/engine/engine.hpp"

namespace recourse {
namespace {

// Why the certificate says nothing; empty: it speaks for the policy.
std::string why_not(certificate const& given, policy_reference const& reference) {
    std::string text;
    for (auto const& one : verify(given, reference)) text += fmt::format(" {}", one.because);
    return text;
}

std::optional<certificate> shipped_for(policy_reference const& reference) {
    auto const* preset = find_preset(reference.id.text());
    if (preset == nullptr) return std::nullopt;
    auto const text = preset_certificate(preset->name);
    if (text.empty()) return std::nullopt;
    auto read = read_certificate(text);
    return read ? std::optional{*std::move(read)} : std::nullopt;
}

}  // namespace

std::optional<policy_refused> dispute_engine::doubts_about(policy const& offered, policy_reference const& reference,
                                                           std::optional<certificate> const& proved) const {
    if (options_.policies == soundness::trust) return std::nullopt;
    std::string because;
    for (auto const& one : {proved, shipped_for(reference)}) {
        if (!one) continue;
        auto no = why_not(*one, reference);
        if (no.empty()) return std::nullopt;
        because += no;
    }
    if (options_.policies == soundness::require_certificate)
        return policy_refused{{{{}, fmt::format("has no certificate that speaks for it.{}", because)}},
                              refusal::policy_not_certified,
                              {}};
    auto found = prove(offered, reference, calendars_, options_.proofs);
    if (found.is_sound()) return std::nullopt;
    policy_refused no;
    no.code = found.verdict() == "unsound" ? refusal::policy_unsound : refusal::policy_not_decided;
    for (auto const& one : found.flaws)
        no.problems.push_back({one.pointer, fmt::format("{}: {}", wire_name(one.kind), one.because)});
    no.flaws = std::move(found.flaws);
    return no;
}

std::string to_text(policy_refused const& no, std::string_view document) {
    auto text = no.code ? fmt::format("{}\n", sentence(*no.code)) : std::string{};
    text += document.empty() ? to_text(no.problems) : to_text(no.problems, document);
    if (auto const story = first_story(no.flaws, document); !story.empty())
        text += fmt::format("{}The play to it, for recourse play:\n{}", text.ends_with('\n') ? "" : "\n", story);
    return text;
}

}  // namespace recourse
