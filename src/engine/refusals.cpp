// Refused commands: counted and kept beside the disputes, as the engine's options say.
#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "recourse/engine/engine.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "vocabulary/described.hpp"

namespace recourse {

BOOST_DESCRIBE_STRUCT(veto_told, (), (name, code, words))

namespace {

// What is kept of a refused command: the canonical command, which is one line, and a second one with what the host's own
// rules said, if they said anything. A store never looks inside.
std::string kept_text(std::string const& spelled, refusals const& refused) {
    std::vector<veto_told> vetoes;
    for (auto const& no : refused) {
        if (auto told = veto_told_by(no)) vetoes.push_back(*std::move(told));
    }
    auto text = spelled;
    if (!vetoes.empty()) json::write_value(text += '\n', vetoes);
    return text;
}

void read_kept_text(std::string text, kept_refusal& into) {
    auto const end = text.find('\n');
    if (end != std::string::npos) {
        json::problems found;
        if (auto const document = json::parse(std::string_view{text}.substr(end + 1), json::origin::own, found))
            json::read_value(*document, into.vetoes, json::place{}, found);
        if (!found.none())
            throw failure{failure_kind::store_corrupt,
                          fmt::format("what is kept of the refused command {} cannot be read", into.command)};
        text.resize(end);
    }
    into.asked = std::move(text);
}

}  // namespace

// The answer stands whether this works or not; it says which.
void dispute_engine::keep_refusal(command const& asked, std::string const& spelled, instant now, answer& given) {
    if (options_.keep_refusals == refusal_keeping::none) return;
    store::refused_command one{asked.dispute, now, {}, std::string{asked.id.text()}, kept_text(spelled, given.refused)};
    for (auto const& no : given.refused) one.codes.push_back(static_cast<std::uint16_t>(no.code));
    std::sort(one.codes.begin(), one.codes.end());
    one.codes.erase(std::unique(one.codes.begin(), one.codes.end()), one.codes.end());
    try {
        store_.refuse(
            one, options_.keep_refusals == refusal_keeping::kept ? store::keeping::whole : store::keeping::counted);
        given.refusal_kept = true;
    } catch (failure const&) {
        given.refusal_kept = false;
    } catch (std::bad_alloc const&) {
        given.refusal_kept = false;
    }
}

std::vector<refusal_count> dispute_engine::refusal_counts(dispute_key const& key) const {
    std::vector<refusal_count> all;
    for (auto const& one : store_.refusal_counts(key)) all.push_back({static_cast<refusal>(one.code), one.count});
    return all;
}

std::vector<kept_refusal> dispute_engine::refusals(dispute_key const& key, std::size_t limit) const {
    std::vector<kept_refusal> all;
    for (auto& one : store_.refusals(key, limit)) {
        auto& made = all.emplace_back(kept_refusal{one.at, std::move(one.command), {}, {}});
        read_kept_text(std::move(one.asked), made);
        for (auto const code : one.codes) made.codes.push_back(static_cast<refusal>(code));
    }
    return all;
}

}  // namespace recourse
