// What every carrier gives to the host.
#include "tools/worker/carrier.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace recourse::tools {

std::string delivery_key(store::pending_effect const& effect) {
    return fmt::format("{}/{}/{}", to_text(effect.dispute), effect.version, effect.index);
}

std::string delivery_line(store::claimed_effect const& claimed) {
    auto const& effect = claimed.effect;
    boost::system::error_code problem;
    auto body = boost::json::parse(effect.entry.body, problem);
    if (problem) body = effect.entry.body;  // no effect of the engine's own
    boost::json::object const all{{"idempotency_key", delivery_key(effect)},
                                  {"kind", effect.entry.kind},
                                  {"dispute", to_text(effect.dispute)},
                                  {"version", effect.version},
                                  {"position", effect.position},
                                  {"attempt", claimed.attempt},
                                  {"body", std::move(body)}};
    return boost::json::serialize(all) + "\n";
}

std::string as_reason(std::string text) {
    constexpr std::size_t bytes_max = 300;
    for (auto& letter : text) {
        if (letter < ' ' || letter > '~') letter = ' ';
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    if (text.size() > bytes_max) text.resize(bytes_max);
    return text;
}

}  // namespace recourse::tools
