// Making, reading and checking certificates.
#include "recourse/engine/certificate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "embedded/policy_certificates.hpp"
#include "vocabulary/described.hpp"
#include "vocabulary/json.hpp"

namespace recourse {

// In the order in which a certificate has them.
BOOST_DESCRIBE_STRUCT(certificate, (),
                      (format, policy, version, policy_hash, tables_hash, library, verdict, combinations, steps, closed,
                       longest_seconds, bound_seconds, silence_seconds, start, buyer_calendar, buyer_zone,
                       seller_calendar, seller_zone, covered_until))

template <>
inline constexpr std::array<json::number_range, 1> json::ranges<certificate>{{{"format", 1, 1}}};

namespace {

time_zone zone_named(std::string_view name) {
    auto found = time_zone::find(name);
    if (!found) throw std::invalid_argument{found.error()};
    return *found;
}

business_calendar const* calendar_named(std::string_view name, calendar_set const& calendars) {
    auto const* found = calendars.find(name);
    if (found == nullptr)
        throw std::invalid_argument{fmt::format("a policy is proved by the calendar {}, and there is none", name)};
    return found;
}

certified_verdict verdict_of(policy_proof const& found) {
    if (found.is_sound()) return certified_verdict::sound;
    return found.verdict() == "unsound" ? certified_verdict::unsound : certified_verdict::not_decided;
}

}  // namespace

std::string_view library_version() noexcept { return RECOURSE_VERSION; }

policy_proof prove(policy const& rules, policy_reference const& reference, calendar_set const& calendars,
                   proof_basis const& basis) {
    proof_setting setting;
    setting.buyer = basis.buyer;
    setting.seller = basis.seller;
    setting.start = basis.start;
    setting.nodes_max = basis.nodes_max;
    setting.compare_every = basis.compare_every;
    setting.known.policy = &rules;
    setting.known.reference = reference;
    setting.known.calendars = &calendars;
    setting.known.buyer_calendar = calendar_named(basis.buyer.calendar, calendars);
    setting.known.seller_calendar = calendar_named(basis.seller.calendar, calendars);
    setting.known.buyer_zone = zone_named(basis.buyer.zone);
    setting.known.seller_zone = zone_named(basis.seller.zone);
    return prove(setting);
}

certificate certificate_of(policy_proof const& found, proof_basis const& basis) {
    certificate made;
    made.policy = found.policy.id;
    made.version = found.policy.version;
    made.policy_hash = found.policy.hash;
    made.tables_hash = tables_hash();
    made.library = library_version();
    made.verdict = verdict_of(found);
    made.combinations = found.nodes;
    made.steps = found.edges;
    made.closed = found.closed;
    made.longest_seconds = found.longest.seconds;
    made.bound_seconds = found.bound_seconds;
    made.silence_seconds = found.silence_seconds_max;
    made.start = found.start;
    made.buyer_calendar = basis.buyer.calendar;
    made.buyer_zone = basis.buyer.zone;
    made.seller_calendar = basis.seller.calendar;
    made.seller_zone = basis.seller.zone;
    made.covered_until = found.covered_until;
    return made;
}

result<certificate, input_problems> certify(std::string_view text, calendar_set const& calendars,
                                            proof_basis const& basis) {
    auto const rules = read_policy(text, calendars);
    if (!rules) return failed{rules.error()};
    return certificate_of(prove(*rules, {rules->id, rules->version, sha256(text)}, calendars, basis), basis);
}

std::vector<certificate_problem> verify(certificate const& given, policy_reference const& of) {
    std::vector<certificate_problem> found;
    auto const report = [&](certificate_flaw flaw, std::string because) {
        found.push_back({flaw, std::move(because)});
    };
    if (given.policy != of.id || given.version != of.version)
        report(certificate_flaw::other_policy,
               fmt::format("It is for {} version {}, and this is {} version {}.", given.policy.text(), given.version,
                           of.id.text(), of.version));
    if (given.policy_hash != of.hash)
        report(certificate_flaw::other_document,
               fmt::format("It is for a document with the hash {}, and this one has {}.", to_text(given.policy_hash),
                           to_text(of.hash)));
    if (given.tables_hash != tables_hash())
        report(certificate_flaw::other_tables,
               fmt::format("It was made under tables with the hash {}, and this library has {}.",
                           to_text(given.tables_hash), to_text(tables_hash())));
    if (given.library != library_version())
        report(certificate_flaw::other_library,
               fmt::format("It was made by version {}, and this is {}.", given.library, library_version()));
    if (given.verdict != certified_verdict::sound)
        report(certificate_flaw::not_sound, given.verdict == certified_verdict::unsound
                                                ? "It says that the policy is unsound."
                                                : "It says that the search did not decide.");
    return found;
}

result<certificate, input_problems> read_certificate(std::string_view text) {
    json::problems found;
    certificate read;
    if (auto const document = json::parse(text, json::origin::foreign, found))
        json::read_value(*document, read, json::place{}, found);
    if (!found.none()) return failed{found.take()};
    return read;
}

std::string to_json(certificate const& one) {
    json::problems none;
    auto const compact = json::parse(json::to_json(one), json::origin::own, none);
    std::string text;
    for (auto const& [name, content] : compact->as_object())
        text += fmt::format("{}    \"{}\": {}", text.empty() ? "{\n" : ",\n", std::string_view{name},
                            boost::json::serialize(content));
    return text + "\n}\n";
}

std::string_view preset_certificate(std::string_view preset) {
    auto const& all = policy_presets::certificates;
    auto const found = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.first == preset; });
    return found == all.end() ? std::string_view{} : found->second;
}

std::string first_story(std::vector<policy_flaw> const& flaws, std::string_view document) {
    for (auto const& one : flaws) {
        if (auto story = to_story(one, document); !story.empty()) return story;
    }
    return {};
}

}  // namespace recourse
