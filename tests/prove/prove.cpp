// The search where it is too long for the tests: every combination of silences, then two lines with limits of two, then
// the longest play from every hour of a year, then what lies beyond the plain course over all of the plain course:
// appeals; contact, escalation windows, leases and holds; chargebacks; refunds by other routes. Prints each report; the
// status is 1 if anything was violated. Of the presets: their certificates made again, what counts as one node held against
// each other, and mutants of them held against the reader, the proof and the engine.
//
//     recourse_prove silences|two_lines|longest|appeals|courses|chargebacks|outside POLICY_FILE
//     recourse_prove certificates
//     recourse_prove presets
//     recourse_prove mutants [COUNT [SEED]]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "engine/mutated_policies.hpp"
#include "engine/stage.hpp"
#include "recourse/engine/certificate.hpp"
#include "recourse/engine/search.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

instant const start = at("2026-09-15T22:00:00Z");

search_setting setting_under(policy const& rules, std::size_t lines) {
    return search_setting_of(terms_under(rules), an_order().buyer, an_order().seller, start, lines);
}

bool told(char const* what, search_report const& found) {
    std::printf("%s: %s\n", what, to_text(found).c_str());
    std::fflush(stdout);
    return found.violations.empty();
}

// The tests leave parts out, which take the same rows as the whole.
void offer_parts(policy& rules) { rules.reasons[0].remedies.push_back(remedy::partial_refund); }

bool all_silences(policy rules) {
    using enum silence;
    offer_parts(rules);
    rules.limits.evidence_pieces = 1;
    bool held = true;
    std::size_t searches = 0;
    std::size_t nodes = 0;
    std::size_t edges = 0;
    std::int64_t longest = 0;
    std::vector<taken_row> never;
    for (auto const seller : {opens_escalation, escalates, grants_claim}) {
        for (auto const buyer : {opens_escalation, escalates, closes}) {
            for (auto const end : {escalates, grants_claim, closes}) {
                for (auto const mediator : {grants_claim, closes}) {
                    for (auto const lost : {grants_claim, closes}) {
                        rules.silences = {seller, buyer, end, mediator, lost};
                        auto const found = search(setting_under(rules, 1));
                        if (searches++ == 0) never = found.rows_not_taken;
                        std::erase_if(never, [&](auto const& row) {
                            return std::find(found.rows_taken.begin(), found.rows_taken.end(), row) !=
                                   found.rows_taken.end();
                        });
                        nodes += found.nodes;
                        edges += found.edges;
                        longest = std::max(longest, found.longest.seconds);
                        if (!found.violations.empty()) held = told("violated", found) && held;
                    }
                }
            }
        }
    }
    std::printf(
        "%zu combinations of silences: %zu nodes, %zu edges, the longest play %lld days, %zu rows never taken\n",
        searches, nodes, edges, static_cast<long long>(longest / seconds_per_day), never.size());
    std::fflush(stdout);
    return held;
}

bool two_lines(policy rules) {
    offer_parts(rules);
    rules.limits.offers_per_party = 2;
    rules.limits.information_requests = 2;
    rules.limits.refund_attempts = 2;
    rules.limits.evidence_pieces = 1;
    auto setting = setting_under(rules, 2);
    setting.compare_every = 64;
    return told("two lines, limits of two", search(setting));
}

bool longest(policy const& rules) {
    auto setting = setting_under(rules, 1);
    for (int hours = 1; hours < 366 * 24; ++hours) setting.other_starts.push_back(plus_seconds(start, hours * hour));
    auto const found = search(setting);
    std::printf(
        "%s\n",
        to_story("The longest play", {settlement_group{"G-20"}, dispute_id{"D-1"}}, found.longest.path).c_str());
    return told("from every hour of a year", found);
}

clock_rule hours(clock_rule rule, std::int32_t length) {
    rule.rule.length = {length, period_unit::hours};
    return rule;
}

void add_appeals(policy& rules, execution how) {
    rules.appeals = {1, {ground{"wrong_rule"}}, false, how};
    rules.clocks.appeal_window = rules.clocks.decision;
    rules.clocks.appeal_evidence = hours(rules.clocks.decision, 48);
    rules.clocks.appeal_review = rules.clocks.decision;
}

// Some of them are larger than what is taken for a search without an end.
search_setting without_the_longest(policy const& rules) {
    auto setting = setting_under(rules, 1);
    setting.looks_for_the_longest = false;
    setting.nodes_max = 40'000'000;
    return setting;
}

bool appeals(policy rules) {
    bool held = true;
    rules.reasons[0].evidence.clear();
    rules.limits.evidence_pieces = 1;  // whoever appeals brings one
    for (auto const how : {execution::suspensive, execution::provisional}) {
        for (auto const silent : {silence::upholds, silence::grants_claim, silence::closes}) {
            add_appeals(rules, how);
            rules.silences.appeal = silent;
            rules.clocks.appeal_window_of_loser = hours(rules.clocks.decision, 48);
            held = told("appeals", search(without_the_longest(rules))) && held;
        }
    }
    rules.limits.evidence_pieces = 2;
    rules.limits.information_requests = 0;
    rules.limits.offers_per_party = 0;
    rules.escalation.at_once = true;
    rules.appeals.levels = 2;
    rules.appeals.grounds.push_back(ground{"new_evidence"});
    return told("two levels of appeals", search(without_the_longest(rules))) && held;
}

bool courses(policy rules) {
    rules.reasons[0].evidence.clear();
    rules.limits.evidence_pieces = 0;
    rules.contact.required = true;
    rules.clocks.contact_wait = hours(rules.clocks.decision, 48);
    rules.clocks.contact_opening = rules.clocks.decision;
    auto contact = without_the_longest(rules);
    bool held = told("contact first", search(contact));
    rules.contact.required = false;

    rules.clocks.escalation_wait = hours(rules.clocks.decision, 96);
    rules.clocks.mediation_lease = hours(rules.clocks.decision, 24);
    rules.mediation.holds_for_delivery = true;
    auto all = without_the_longest(rules);
    for (auto& claim : all.openings) claim.order.promised_until = plus_seconds(start, 3 * day);
    return told("escalation windows, leases and holds", search(all)) && held;
}

bool chargebacks(policy rules) {
    using enum chargeback_effect;
    rules.reasons[0].evidence.clear();
    rules.limits.evidence_pieces = 0;
    rules.limits.offers_per_party = 0;
    bool held = true;
    for (auto const effect : {suspends, closes, continues}) {
        rules.chargebacks.on_open = effect;
        rules.clocks.suspension = rules.clocks.refund_recovery;
        auto setting = without_the_longest(rules);
        setting.chargebacks_max = 1;
        setting.chargeback_minors = {1, 2};
        setting.chargebacks_after_closing = true;
        held = told("a chargeback of a part or of all", search(setting)) && held;

        auto twice = rules;
        twice.escalation.at_once = true;
        twice.limits.information_requests = 0;
        twice.limits.evidence_pieces = 1;
        add_appeals(twice, execution::suspensive);
        auto second = without_the_longest(twice);
        second.chargebacks_max = 2;
        second.chargeback_minors = {1, 2};
        held = told("two chargebacks, and an appeal", search(second)) && held;
        add_appeals(twice, execution::provisional);
        second.chargebacks_max = 1;
        held = told("a chargeback, and an appeal after the money has left", search(second)) && held;
    }
    return held;
}

bool outside(policy rules) {
    rules.reasons[0].evidence.clear();
    rules.limits.evidence_pieces = 0;
    auto setting = without_the_longest(rules);
    setting.outside_refunds_max = 2;
    setting.outside_refund_minors = {1, 2};
    setting.outside_refunds_after_closing = true;
    bool held = told("refunds by other routes of a part or of all", search(setting));

    rules.limits.offers_per_party = 0;
    for (auto const effect : {chargeback_effect::suspends, chargeback_effect::closes, chargeback_effect::continues}) {
        rules.chargebacks.on_open = effect;
        rules.clocks.suspension = rules.clocks.refund_recovery;
        auto both = without_the_longest(rules);
        both.outside_refunds_max = 1;
        both.outside_refund_minors = {1, 2};
        both.chargebacks_max = 1;
        both.chargeback_minors = {1, 2};
        held = told("a refund by another route, and a chargeback", search(both)) && held;
    }
    rules.limits.information_requests = 0;
    rules.limits.evidence_pieces = 1;
    rules.escalation.at_once = true;
    for (auto const how : {execution::suspensive, execution::provisional}) {
        add_appeals(rules, how);
        auto appealed = without_the_longest(rules);
        appealed.outside_refunds_max = 1;
        appealed.outside_refund_minors = {1, 2};
        held = told("a refund by another route, and an appeal", search(appealed)) && held;
    }
    return held;
}

// Every certificate that is shipped is made again, byte for byte; a preset without one is proved and told of.
bool certificates() {
    bool held = true;
    for (auto const name : preset_names()) {
        auto const kept = preset_certificate(name);
        auto const made = certify(find_preset(name)->text).value();
        bool const is_same = to_json(made) == kept;
        std::printf("%s: %s, %llu combinations; %s\n", std::string{name}.c_str(),
                    std::string{wire_name(made.verdict)}.c_str(), static_cast<unsigned long long>(made.combinations),
                    kept.empty() ? "no certificate"
                    : is_same    ? "as shipped"
                                 : "NOT as shipped");
        std::fflush(stdout);
        held = held && (kept.empty() ? made.verdict != certified_verdict::unsound : is_same);
    }
    return held;
}

// Under every preset each sixteenth record that comes to a node that there was is held against it.
bool presets() {
    bool held = true;
    proof_basis basis;
    basis.compare_every = 16;
    for (auto const name : preset_names()) {
        auto const text = find_preset(name)->text;
        auto const rules = read_policy(text).value();
        auto const found = prove(rules, {rules.id, rules.version, sha256(text)}, {}, basis);
        std::printf("%s: %s\n", std::string{name}.c_str(), to_text(found).c_str());
        std::fflush(stdout);
        held = held && found.is_sound();
    }
    return held;
}

// More than any preset has; what has more combinations is counted as not decided.
constexpr std::size_t mutant_nodes_max = 12'000;

bool mutants(std::size_t count, std::uint64_t seed) {
    std::printf("%zu mutants, seed %llu\n", count, static_cast<unsigned long long>(seed));
    policy_mutator mutator{seed};
    mutant_counts counts;
    auto const names = preset_names();
    for (std::size_t one = 0; one < count; ++one) {
        judge(mutator.mutated(find_preset(names[one % names.size()])->text), mutant_nodes_max, counts);
        if ((one + 1) % 100 == 0) {
            std::printf("%zu: %s\n", one + 1, to_text(counts).c_str());
            std::fflush(stdout);
        }
    }
    std::printf("%s\n", to_text(counts).c_str());
    for (auto const& wrong : counts.wrong) std::printf("%s\n", wrong.c_str());
    return counts.wrong.empty();
}

}  // namespace

int main(int count, char** words) {
    if (count == 2 && std::string_view{words[1]} == "certificates") return certificates() ? 0 : 1;
    if (count == 2 && std::string_view{words[1]} == "presets") return presets() ? 0 : 1;
    if (count >= 2 && std::string_view{words[1]} == "mutants") {
        auto const number = [&](int at, std::uint64_t otherwise) {
            return count > at ? std::strtoull(words[at], nullptr, 10) : otherwise;
        };
        return mutants(number(2, 1'000), number(3, 1)) ? 0 : 1;
    }
    std::string const what = count == 3 ? words[1] : "";
    std::ifstream file{count == 3 ? words[2] : "", std::ios::binary};
    auto rules = read_policy(std::string{std::istreambuf_iterator<char>{file}, {}});
    if (what.empty() || !rules) {
        std::fprintf(
            stderr,
            "usage: recourse_prove silences|two_lines|longest|appeals|courses|chargebacks|outside POLICY_FILE\n%s\n",
            rules ? "" : to_text(rules.error()).c_str());
        return 2;
    }
    if (what == "silences") return all_silences(*rules) ? 0 : 1;
    if (what == "two_lines") return two_lines(*rules) ? 0 : 1;
    if (what == "longest") return longest(*rules) ? 0 : 1;
    if (what == "appeals") return appeals(*rules) ? 0 : 1;
    if (what == "courses") return courses(*rules) ? 0 : 1;
    if (what == "outside") return outside(*rules) ? 0 : 1;
    if (what == "chargebacks") return chargebacks(*rules) ? 0 : 1;
    return 2;
}
