// Comparing policies: what counts as a change, and whom it favours.
#include "recourse/policy/policy_diff.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

using namespace recourse;

namespace {

policy preset_policy() { return read_policy(find_preset("aliexpress")->text).value(); }

policy_change only(std::vector<policy_change> const& changes) {
    REQUIRE(changes.size() == 1);
    return changes[0];
}
policy_change change_of(auto&& edit) {
    auto const before = preset_policy();
    auto after = before;
    edit(after);
    return only(policy_diff(before, after));
}
policy_change reversed(auto&& edit) {
    auto const before = preset_policy();
    auto after = before;
    edit(after);
    return only(policy_diff(after, before));
}

}  // namespace

TEST_CASE("every member that a policy may have has a row that says whom it favours, and every row a member") {
    auto const members = policy_member_patterns();
    std::set<std::string> const known{members.begin(), members.end()};
    CHECK(known.size() == members.size());
    CHECK(known.contains("/reasons/*/remedies/*"));
    CHECK(known.contains("/clocks/seller_response"));
    std::set<std::string> rows;
    for (auto const& row : member_rules()) {
        INFO(row.pattern);
        CHECK(rows.insert(std::string{row.pattern}).second);
        CHECK(known.contains(std::string{row.pattern}));
        CHECK_FALSE(row.says.empty());
        CHECK_FALSE(row.because.empty());
        CHECK((row.how == judged::ordered) == !row.order.empty());
        bool const two_clauses = row.how == judged::on || row.pattern.ends_with('*');
        CHECK(two_clauses == (row.says.find('|') != std::string_view::npos));
    }
    for (auto const& member : members) {
        INFO(member << " has no row in src/policy/member_rules.cpp");
        CHECK(rows.contains(member));
    }
}

TEST_CASE("a policy does not differ from itself") { CHECK(policy_diff(preset_policy(), preset_policy()).empty()); }

TEST_CASE("a longer time to answer is told in words and favours the seller, a shorter one the buyer") {
    auto const edit = [](policy& it) { it.clocks.seller_response.rule.length.length = 7; };
    auto const change = change_of(edit);
    CHECK(change.pointer == "/clocks/seller_response/length");
    CHECK(change.before == "\"5 calendar_days\"");
    CHECK(change.after == "\"7 calendar_days\"");
    CHECK(change.words == "the seller has 7 calendar days to answer instead of 5 calendar days");
    CHECK(change.favours == favoured::seller);
    CHECK(reversed(edit).favours == favoured::buyer);
    CHECK(to_json(change) ==
          R"({"pointer":"/clocks/seller_response/length","before":"5 calendar_days","after":"7 calendar_days",)"
          R"("favours":"seller","words":"the seller has 7 calendar days to answer instead of 5 calendar days",)"
          R"("because":"he may answer later, and the buyer waits for it"})");
}

TEST_CASE("periods of different units are compared only as far as no calendar is needed") {
    auto const given = [](std::int32_t length, period_unit unit) {
        return change_of([&](policy& it) { it.clocks.seller_response.rule.length = {length, unit}; }).favours;
    };
    CHECK(given(24, period_unit::hours) == favoured::buyer);
    CHECK(given(7, period_unit::business_days) == favoured::seller);
    CHECK(given(3, period_unit::business_days) == favoured::depends);  // over a long holiday they take a week
    CHECK(given(1, period_unit::weeks) == favoured::seller);
    CHECK(given(5, period_unit::business_days) == favoured::depends);  // at least 5 days, or the same day
}

TEST_CASE("the order of remedies, reasons and grounds is no change") {
    auto const before = preset_policy();
    auto after = before;
    std::reverse(after.reasons.begin(), after.reasons.end());
    for (auto& one : after.reasons) std::reverse(one.remedies.begin(), one.remedies.end());
    CHECK(policy_diff(before, after).empty());
    auto const change = change_of([](policy& it) { it.tenders.first = {tender_kind::card}; });
    CHECK(change.pointer == "/tenders");
}

TEST_CASE("a reason that is gone is told where it stood, and what is new where it stands") {
    auto const gone = change_of([](policy& it) { it.reasons.erase(it.reasons.begin() + 1); });
    CHECK(gone.pointer == "/reasons/1");
    CHECK(gone.after.empty());
    CHECK(gone.words == "disputes may not be opened for damaged_or_defective any more");
    CHECK(gone.favours == favoured::seller);
    auto const more = change_of([](policy& it) { it.reasons[0].remedies.push_back(remedy::return_refund); });
    CHECK(more.pointer == "/reasons/0/remedies/2");
    CHECK(more.before.empty());
    CHECK(more.after == "\"return_refund\"");
    CHECK(more.words == "return_refund may be claimed, offered and awarded for not_received");
}

TEST_CASE("what a silence does is judged by how far it goes for the buyer") {
    auto const grants = [](policy& it) { it.silences.seller = silence::grants_claim; };
    CHECK(change_of(grants).favours == favoured::buyer);
    CHECK(reversed(grants).favours == favoured::seller);
    auto const closes = [](policy& it) { it.silences.mediator = silence::closes; };
    CHECK(change_of(closes).favours == favoured::seller);
    CHECK(change_of(closes).words == "a silent mediator: closes instead of grants_claim");
}

TEST_CASE("what may be left out is judged by whether it is there") {
    auto const limit = [](policy& it) { it.reopen = reopen_rule{2}; };
    CHECK(change_of(limit).pointer == "/reopen/most");
    CHECK(change_of(limit).favours == favoured::seller);
    CHECK(reversed(limit).favours == favoured::buyer);
    CHECK(change_of(limit).words == "units may be disputed again 2 times; before, nothing was said about it");
    auto const wait = [](policy& it) { it.clocks.escalation_wait = it.clocks.seller_response; };
    CHECK(change_of(wait).words ==
          "escalation opens 5 calendar days after the opening; before, nothing was said about it");
}

TEST_CASE("the words about a document favour neither party") {
    auto const change = change_of([](policy& it) { it.clocks.decision.note = "another"; });
    CHECK(change.pointer == "/clocks/decision/note");
    CHECK(change.favours == favoured::neither);
}
