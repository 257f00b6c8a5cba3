// The search where it is too long for the tests: every combination of silences, then two lines with limits of two, then
// the longest play from every hour of a year. Prints each report; the status is 1 if anything was violated.
//
//     recourse_prove silences|two_lines|longest POLICY_FILE
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "engine/stage.hpp"
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
    rules.limits.evidence_pieces = 2;
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
    rules.limits.evidence_pieces = 2;
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

}  // namespace

int main(int count, char** words) {
    std::string const what = count == 3 ? words[1] : "";
    std::ifstream file{count == 3 ? words[2] : "", std::ios::binary};
    auto rules = read_policy(std::string{std::istreambuf_iterator<char>{file}, {}});
    if (what.empty() || !rules) {
        std::fprintf(stderr, "usage: recourse_prove silences|two_lines|longest POLICY_FILE\n%s\n",
                     rules ? "" : to_text(rules.error()).c_str());
        return 2;
    }
    if (what == "silences") return all_silences(*rules) ? 0 : 1;
    if (what == "two_lines") return two_lines(*rules) ? 0 : 1;
    if (what == "longest") return longest(*rules) ? 0 : 1;
    return 2;
}
