// Refused commands: counted and kept beside the disputes, as the engine's options say.
#include <algorithm>
#include <new>

#include "recourse/engine/engine.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {

// The answer stands whether this works or not; it says which.
void dispute_engine::keep_refusal(command const& asked, std::string const& spelled, instant now, answer& given) {
    if (options_.keep_refusals == refusal_keeping::none) return;
    store::refused_command one{asked.dispute, now, {}, std::string{asked.id.text()}, spelled};
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
        auto& made = all.emplace_back(kept_refusal{one.at, std::move(one.command), {}, std::move(one.asked)});
        for (auto const code : one.codes) made.codes.push_back(static_cast<refusal>(code));
    }
    return all;
}

}  // namespace recourse
