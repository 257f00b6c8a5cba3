// `recourse policy check`: proves a policy.
#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <fstream>
#include <memory>
#include <ostream>

#include "recourse/calendar/holidays.hpp"
#include "recourse/engine/certificate.hpp"
#include "recourse/vocabulary/digest.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "recourse/vocabulary/quoted.hpp"
#include "tools/calendar/arguments.hpp"
#include "tools/policy/commands.hpp"

namespace recourse::tools {
namespace {

struct side_given {
    std::string calendar;
    std::string zone;
};

struct check_arguments {
    std::string policy;
    std::string start;  // a date; empty: today
    side_given buyer;
    side_given seller;
    std::string certificate;  // where to write one; empty: nowhere
    std::string verify;       // the one to look at, instead of proving
    bool json = false;
    calendar_sources calendars;
};

party_facts party_of(std::string_view who, side_given given, side_given const& usual) {
    if (given.calendar.empty()) given.calendar = usual.calendar;
    if (given.zone.empty()) {
        if (given.calendar != usual.calendar)
            throw std::invalid_argument{
                fmt::format("with --{0} {1} it takes --{0}-zone, such as {2}", who, given.calendar, usual.zone)};
        given.zone = usual.zone;
    }
    return {actor_id{std::string{who}}, given.zone, given.calendar};
}

business_calendar const& calendar_named(std::string_view name, calendar_set const& calendars) {
    auto const* found = calendars.find(name);
    if (found == nullptr)
        throw std::invalid_argument{
            fmt::format("there is no calendar {}; `recourse calendar list` names them", quoted(name))};
    return *found;
}

time_zone zone_named(std::string_view name) {
    auto found = time_zone::find(name);
    if (!found) throw std::invalid_argument{found.error()};
    return *found;
}

date day_of(std::string const& given) {
    if (given.empty()) {
        auto const since = std::chrono::system_clock::now().time_since_epoch();
        return {static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::hours>(since).count() / 24)};
    }
    auto const day = parse_date(given);
    if (!day) throw std::invalid_argument{"--start: " + day.error()};
    return *day;
}

// Whether a certificate speaks for a policy here.
int look_at_certificate(check_arguments const& given, policy_reference const& reference, streams with) {
    auto const read = read_certificate(policy_text(given.verify));
    if (!read)
        throw failure{failure_kind::policy_missing,
                      fmt::format("{} is no certificate:\n{}", given.verify, to_text(read.error(), given.verify))};
    auto const no = verify(*read, reference);
    if (given.json) {
        boost::json::array reasons;
        for (auto const& one : no)
            reasons.push_back(boost::json::object{{"flaw", wire_name(one.flaw)}, {"because", one.because}});
        with.out << boost::json::serialize(boost::json::object{{"policy", reference.id.text()},
                                                               {"version", reference.version},
                                                               {"speaks", no.empty()},
                                                               {"problems", std::move(reasons)}})
                 << "\n";
    } else if (no.empty()) {
        with.out << fmt::format("{} speaks for {} version {}: sound, {} combinations, closed after {} days at most\n",
                                given.verify, reference.id.text(), reference.version, read->combinations,
                                read->bound_seconds / seconds_per_day);
    } else {
        for (auto const& one : no) with.out << fmt::format("{}: {}\n", wire_name(one.flaw), one.because);
    }
    return no.empty() ? exit_done : exit_differs;
}

int check(check_arguments const& given, streams with) {
    auto const calendars = calendars_of(given.calendars);
    auto const text = policy_text(given.policy);
    auto const rules = policy_named(given.policy, calendars);
    if (!given.verify.empty()) return look_at_certificate(given, {rules.id, rules.version, sha256(text)}, with);
    proof_setting setting;
    setting.buyer = party_of("buyer", given.buyer, {"BE", "Europe/Brussels"});
    setting.seller = party_of("seller", given.seller, {"CN", "Asia/Shanghai"});
    setting.known.policy = &rules;
    setting.known.reference = {rules.id, rules.version, sha256(text)};
    setting.known.calendars = &calendars;
    setting.known.buyer_calendar = &calendar_named(setting.buyer.calendar, calendars);
    setting.known.seller_calendar = &calendar_named(setting.seller.calendar, calendars);
    setting.known.buyer_zone = zone_named(setting.buyer.zone);
    setting.known.seller_zone = zone_named(setting.seller.zone);
    // A certificate is the same whenever it is made.
    bool const is_kept = !given.certificate.empty() && given.start.empty();
    setting.start = is_kept ? proof_basis{}.start : setting.known.buyer_zone->start_of_day(day_of(given.start));
    auto const found = prove(setting);
    if (!given.certificate.empty() && found.is_sound()) {
        proof_basis const basis{setting.buyer, setting.seller, setting.start, setting.nodes_max};
        if (std::ofstream file{given.certificate, std::ios::binary}; !(file << to_json(certificate_of(found, basis))))
            throw std::invalid_argument{fmt::format("cannot write {}", given.certificate)};
    }
    if (given.json) {
        with.out << to_json(found) << "\n";
    } else {
        with.out << to_text(found);
        for (auto const& flaw : found.flaws) {
            // The presets are there whenever a story is played.
            auto const* preset = find_preset(given.policy);
            bool const is_preset = preset != nullptr && preset->text == text;
            auto const story = to_story(flaw, is_preset ? std::string_view{} : std::string_view{given.policy});
            if (story.empty()) continue;
            with.out << "the play to the first that can be played, for recourse play:\n" << story;
            break;
        }
    }
    return found.is_sound() ? exit_done : exit_differs;
}

}  // namespace

policy_subcommand add_policy_check(CLI::App& policies) {
    auto* command =
        policies.add_subcommand("check", "Prove that every dispute under a policy ends, and how long it takes");
    auto const given = std::make_shared<check_arguments>();
    command->add_option("policy", given->policy, "A file, or a preset")->required();
    command->add_option("--start", given->start, "The day on which the dispute is opened; today");
    command->add_option("--buyer", given->buyer.calendar, "The buyer's calendar; BE if left out");
    command->add_option("--buyer-zone", given->buyer.zone, "The buyer's zone; needed with another calendar");
    command->add_option("--seller", given->seller.calendar, "The seller's calendar; CN if left out");
    command->add_option("--seller-zone", given->seller.zone, "The seller's zone; needed with another calendar");
    auto* writes =
        command->add_option("--certificate", given->certificate,
                            "Write the certificate there, if the policy is sound; from 2027 on without --start");
    command->add_option("--verify", given->verify, "Whether this certificate speaks for the policy; proves nothing")
        ->excludes(writes);
    command->add_flag("--json", given->json, "Answer in JSON, one object");
    add_calendar_sources(*command, given->calendars);
    return {command, [given](streams with) { return check(*given, with); }};
}

}  // namespace recourse::tools
