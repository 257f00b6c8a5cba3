// The search: that everything under a small policy is walked and ends, and that it finds what it is there to find. The
// flaws are planted around the real `decide`: a wrapper takes away an event, a clock or a posting that was decided.
#include "recourse/engine/search.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/stage.hpp"
#include "recourse/lifecycle/evolve.hpp"
#include "recourse/store/memory.hpp"
#include "tools/play.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// Midnight in Brussels: of all hours of a year the one from which the longest play takes longest.
instant const worst_start = at("2026-09-15T22:00:00Z");

policy small_policy() {
    std::ifstream file{RECOURSE_TEST_DIR "/scenarios/policies/small.json", std::ios::binary};
    return read_policy(std::string{std::istreambuf_iterator<char>{file}, {}}).value();
}

search_setting setting_under(policy const& rules) {
    return search_setting_of(terms_under(rules), an_order().buyer, an_order().seller, worst_start);
}

// A policy and a search under it.
struct searched {
    policy rules;
    search_setting setting;
    explicit searched(policy of) : rules{std::move(of)}, setting{setting_under(rules)} {}
    searched(searched const&) = delete;
    searched& operator=(searched const&) = delete;

    // The search with something done to whatever is recorded.
    search_report with(std::function<void(record const&, std::optional<account> const&, recorded&)> const& flaw) {
        setting.decides = [flaw](dispute_key const& key, record const& before, std::optional<account> const& money,
                                 terms const& known, command const* asked, instant now) {
            auto made = the_real_decider()(key, before, money, known, asked, now);
            if (made.accepted) flaw(before, money, *made.accepted);
            if (!made.lapses.empty()) {
                flaw(before, money, made.lapses.front());
                // What the real one made of the deadlines after it no longer counts.
                made.lapses.resize(1);
            }
            return made;
        };
        return search(setting);
    }
};

// So small that a flaw anywhere is found in a second: one claim, and no evidence.
policy without_evidence() {
    auto rules = small_policy();
    rules.reasons[0].evidence.clear();
    rules.evidence = {};
    rules.limits.evidence_pieces = 0;
    return rules;
}
struct tiny : searched {
    explicit tiny(remedy claim = remedy::full_refund) : searched{without_evidence()} {
        std::erase_if(setting.openings, [&](auto const& one) { return one.award.remedy != claim; });
    }
};

// What lies beyond the plain course is searched by itself, over as little as it needs: one remedy, nothing to be sent or
// asked, no counter-offers, and one attempt to pay. `./dev prove` has more of each.
policy with_one_remedy() {
    auto rules = without_evidence();
    rules.reasons[0].remedies = {remedy::full_refund};
    rules.limits.offers_per_party = 0;
    rules.limits.information_requests = 0;
    rules.limits.refund_attempts = 1;
    return rules;
}
policy mediated_at_once() {
    auto rules = with_one_remedy();
    rules.escalation.at_once = true;
    return rules;
}
clock_rule hours(std::int32_t length) {
    auto rule = small_policy().clocks.decision;
    rule.rule.length = {length, period_unit::hours};
    return rule;
}
policy with_appeals(execution how) {
    auto rules = mediated_at_once();
    rules.limits.evidence_pieces = 1;  // whoever appeals brings one
    rules.appeals = {1, {ground{"wrong_rule"}}, false, how};
    rules.clocks.appeal_window = rules.clocks.decision;
    rules.clocks.appeal_window_of_loser = hours(48);
    rules.clocks.appeal_evidence = hours(48);
    rules.clocks.appeal_review = rules.clocks.decision;
    return rules;
}
policy with_leases() {
    auto rules = mediated_at_once();
    rules.clocks.mediation_lease = hours(24);
    return rules;
}
policy with_chargebacks(chargeback_effect effect) {
    auto rules = mediated_at_once();
    rules.chargebacks.on_open = effect;
    rules.clocks.suspension = rules.clocks.refund_recovery;
    return rules;
}
struct course : searched {
    explicit course(policy of) : searched{std::move(of)} {
        setting.looks_for_the_longest = false;
        setting.compare_every = 32;
    }
};

bool took(search_report const& found, std::string_view lifecycle, std::string_view event) {
    return std::any_of(found.rows_taken.begin(), found.rows_taken.end(), [&](auto const& taken) {
        bool same = false;
        lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
            if (L::code != taken.lifecycle) return;
            same = L::name == lifecycle && lifecycle::rows<L>[taken.row].event == event;
        });
        return same;
    });
}
// Nothing is violated, the search stayed small, and each of these events came about.
void check_course(search_report const& found, std::string_view lifecycle, std::vector<std::string_view> const& events) {
    INFO(to_text(found));
    CHECK(found.violations.empty());
    CHECK(found.nodes < 4000);
    CHECK(found.closed > 0);
    CHECK(found.compared > 0);
    for (auto const event : events) {
        INFO(event);
        CHECK(took(found, lifecycle, event));
    }
}

// The events numbered anew, and the record that they add up to.
void add_up(record const& before, recorded& done) {
    done.after = before;
    for (auto& happened : done.events) {
        happened.version = done.after.version + 1;
        evolve(done.after, happened);
    }
}

template <class Body>
event* find_event(recorded& done) {
    auto const found = std::find_if(done.events.begin(), done.events.end(),
                                    [](auto const& one) { return std::holds_alternative<Body>(one.body); });
    return found == done.events.end() ? nullptr : &*found;
}

template <class Body>
void take_away(record const& before, recorded& done) {
    auto const* gone = find_event<Body>(done);
    if (gone == nullptr) return;
    auto const which = gone - done.events.data();
    done.events.erase(done.events.begin() + which);
    done.rows.erase(done.rows.begin() + which);
    add_up(before, done);
}

search_violation const* find(search_report const& found, search_flaw flaw) {
    for (auto const& one : found.violations) {
        if (one.flaw == flaw) return &one;
    }
    return nullptr;
}

#define REQUIRE_FLAW(found, flaw) \
    INFO(to_text(found));         \
    REQUIRE(find(found, flaw) != nullptr)

// The events of the dispute that a story is about.
std::vector<event> log_of(std::istream& story, std::string const& path) {
    auto const store = store::open_memory();
    std::ostringstream nowhere;
    tools::player stage{*store, tools::telling::nothing, nowhere};
    CHECK(stage.play(story, path).value_or("as told") == "as told");
    auto log = stage.disputes().events({settlement_group{"G-20"}, dispute_id{"D-1"}});
    REQUIRE_FALSE(log.empty());
    return log;
}

// Rows that none of these policies can take, because they have no contact, no amendments, no appeals, no promises, no
// inspection line by line, one mediator and no chargeback; the stories take them.
bool is_of_another_policy(taken_row const& taken) {
    bool found = true;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code != taken.lifecycle) return;
        constexpr std::string_view whole[] = {"chargeback", "protection",  "payment",      "suspension",
                                              "appeal",     "replacement", "conversation", "migration"};
        constexpr std::string_view states[] = {"contacting", "contacted", "under_appeal",    "exchanging",
                                               "remedying",  "held",      "partly_accepted", "half_accepted"};
        constexpr std::string_view commands[] = {
            "amend_claim",     "reduce_claim", "hear_amendment", "pay_provisionally", "assign_mediation",
            "call_off_return", "settle_part",  "merge_dispute",  "join_units",        "order_recoup"};
        constexpr std::string_view events[] = {"decision_became_final", "appeal_begun", "remedy_begun",
                                               "mediation_taken_over", "return_accepted_at_delivery",
                                               "return_accepted_at_shipment",
                                               // Only a notice that names its attempt; no candidate does.
                                               "provider_notice_repeated"};
        auto const& row = lifecycle::rows<L>[taken.row];
        auto const has = [](auto const& list, std::string_view text) {
            return std::find(std::begin(list), std::end(list), text) != std::end(list);
        };
        auto const from = lifecycle::state_name<L>(row.from);
        found =
            has(whole, L::name) || has(states, from) || has(states, lifecycle::state_name<L>(row.to)) ||
            has(commands, row.command) || has(events, row.event) ||
            // A mediator's own offers; what only a chargeback or a part that stays unpaid closes; a second mediation.
            (L::name == "offer" && (taken.row == 2 || taken.row == 7)) ||
            (row.command == "close_dispute" && (from == "in_mediation" || from == "closed")) ||
            (row.command == "begin_mediation" && from == "called_off");
    });
    return found;
}

std::string last_step(search_violation const& found) { return to_text(found.path.back()); }

}  // namespace

TEST_CASE("whatever anybody does under the small policy, time alone closes it and nobody is paid twice", "[search]") {
    auto const rules = small_policy();
    auto setting = setting_under(rules);
    setting.compare_every = 512;
    auto const found = search(setting);
    INFO(to_text(found));
    CHECK(found.violations.empty());
    CHECK(found.nodes > 2000);
    CHECK(found.nodes_reordered > 0);
    CHECK(found.compared > 100);
    CHECK(found.closed > 500);
    CHECK(found.longest.seconds > found.silence_seconds_max);

    // The longest play is one of the stories: played by the command, under the same policy, it takes as long.
    std::string const path = RECOURSE_TEST_DIR "/scenarios/20_longest.jsonl";
    std::ifstream story{path};
    auto const log = log_of(story, path);
    CHECK((log.back().at.microseconds - log.front().at.microseconds) / microseconds_per_second ==
          found.longest.seconds);
    CHECK(log.front().at == worst_start);

    // And the path as the search tells it is a story that can be played.
    std::istringstream told{R"({"story":"the policy","policies":["policies/small.json"]})"
                            "\n" +
                            to_story("again", {settlement_group{"G-20"}, dispute_id{"D-1"}}, found.longest.path)};
    CHECK(log_of(told, path).back().at == log.back().at);

    // The rows that it does not take belong to other silences, a second request for information and more evidence.
    auto never = found.rows_not_taken;
    using enum silence;
    for (auto const& [claim, silences] :
         {std::pair{remedy::full_refund, silence_rules{escalates, closes, closes, closes, closes}},
          std::pair{remedy::full_refund, silence_rules{opens_escalation, closes, grants_claim, closes, closes}},
          std::pair{remedy::return_refund, silence_rules{opens_escalation, closes, grants_claim, closes, closes}}}) {
        tiny one{claim};
        one.rules.silences = silences;
        // In one of them the buyer has a piece to answer the mediator with.
        if (claim == remedy::return_refund)
            one.rules.limits.evidence_pieces = 1;
        else
            one.rules.limits.information_requests = 2;
        one.setting.compare_every = 0;
        auto const other = search(one.setting);
        INFO(to_text(other));
        CHECK(other.violations.empty());
        std::erase_if(never, [&](auto const& row) {
            return std::find(other.rows_taken.begin(), other.rows_taken.end(), row) != other.rows_taken.end();
        });
    }
    for (auto const& row : never) {
        if (is_of_another_policy(row)) continue;
        INFO("lifecycle " << int{row.lifecycle} << ", row " << row.row << " is never taken");
        CHECK(false);
    }
    WARN(to_text(found));
}

TEST_CASE("a search without counters comes to the same verdict and the same longest time, over fewer nodes",
          "[search]") {
    tiny counted;
    counted.setting.compare_every = 0;
    tiny without;
    without.setting.without_counters = true;
    without.setting.compare_every = 64;
    auto const one = search(counted.setting);
    auto const other = search(without.setting);
    INFO(to_text(one));
    INFO(to_text(other));
    CHECK(one.violations.empty());
    CHECK(other.violations.empty());
    CHECK(other.compared > 0);
    CHECK(other.nodes < one.nodes);
    CHECK(other.longest.seconds == one.longest.seconds);
    // What the search with counters reaches is reached without them.
    for (auto const& row : one.rows_taken)
        CHECK(std::find(other.rows_taken.begin(), other.rows_taken.end(), row) != other.rows_taken.end());

    // More of everything that is counted needs not one node more.
    without.rules.limits.offers_per_party = 5;
    without.rules.limits.information_requests = 3;
    without.setting.looks_for_the_longest = false;
    auto const larger = search(without.setting);
    CHECK(larger.violations.empty());
    CHECK(larger.nodes == other.nodes);
}

TEST_CASE("offers that wait in a mediation until they are answered hide no row and no longer play", "[search]") {
    tiny counted;
    counted.rules.mediation.parties_may_settle = true;
    counted.rules.mediation.proposals = 1;
    counted.rules.limits.offers_per_party = 1;
    counted.setting.compare_every = 0;
    tiny without;
    without.rules = counted.rules;
    without.setting.without_counters = true;
    without.setting.without_orders = true;
    without.setting.compare_every = 16;
    auto const one = search(counted.setting);
    auto const other = search(without.setting);
    INFO(to_text(one));
    INFO(to_text(other));
    CHECK(one.violations.empty());
    CHECK(other.violations.empty());
    CHECK(other.compared > 0);
    CHECK(other.nodes < one.nodes);
    CHECK(other.longest.seconds == one.longest.seconds);
    for (auto const& row : one.rows_taken) {
        INFO("lifecycle " << int{row.lifecycle} << ", row " << row.row);
        CHECK(std::find(other.rows_taken.begin(), other.rows_taken.end(), row) != other.rows_taken.end());
    }
}

TEST_CASE("a search without orders comes to the same verdict, rows and longest times, over fewer nodes", "[search]") {
    for (bool const without_counters : {false, true}) {
        tiny ordered;
        ordered.setting.without_counters = without_counters;
        ordered.setting.compare_every = 64;
        tiny without;
        without.setting = ordered.setting;
        without.setting.known.policy = &without.rules;
        without.setting.without_orders = true;
        auto const one = search(ordered.setting);
        auto const other = search(without.setting);
        INFO(to_text(one));
        INFO(to_text(other));
        CHECK(one.violations.empty());
        CHECK(other.violations.empty());
        CHECK(other.compared > 0);
        CHECK(other.nodes < one.nodes);
        CHECK(other.rows_taken == one.rows_taken);
        CHECK(other.longest.seconds == one.longest.seconds);
        CHECK(other.silence_seconds_max == one.silence_seconds_max);
    }
}

TEST_CASE("without counters a circle that uses nothing up is found all the same, with and without orders", "[search]") {
    tiny small;
    small.setting.without_counters = true;
    small.setting.without_orders = GENERATE(false, true);
    auto const found = small.with([](record const& before, auto const&, recorded& done) {
        // The mediator's request is not counted any more.
        auto* asked = find_event<mediation::information_requested>(done);
        if (asked == nullptr) return;
        add_up(before, done);
        done.after.of<mediation::lifecycle_type>().kept.information_requests =
            before.mediation().kept.information_requests;
    });
    REQUIRE_FLAW(found, search_flaw::goes_on_for_ever);
}

TEST_CASE("a lapse whose reaction is missing leaves a dispute that waits for ever", "[search]") {
    tiny small;
    small.setting.stop_at_the_first = true;
    auto const found = small.with([](record const& before, auto const&, recorded& done) {
        if (done.lapse) take_away<mediation::mediation_begun>(before, done);
    });
    REQUIRE_FLAW(found, search_flaw::waits_for_ever);
    auto const& one = *find(found, search_flaw::waits_for_ever);
    CHECK(one.can_be_played());
    CHECK(last_step(one) == "2026-10-01T22:00:00Z: silence, negotiation passes");
}

TEST_CASE("a pause without end is a state that nothing leaves", "[search]") {
    tiny small;
    small.setting.stop_at_the_first = true;
    auto const found = small.with([](record const& before, auto const&, recorded& done) {
        auto* asked = find_event<mediation::information_requested>(done);
        if (asked == nullptr) return;
        asked->clock_started.reset();
        asked->clock_stopped = true;
        add_up(before, done);
    });
    REQUIRE_FLAW(found, search_flaw::waits_for_ever);
    CHECK(last_step(*find(found, search_flaw::waits_for_ever)).find("request_information") != std::string::npos);
}

TEST_CASE("a deadline that starts again for ever is found, with the circle it goes in", "[search]") {
    tiny small;
    auto const found = small.with([&](record const& before, auto const&, recorded& done) {
        auto* unknown = find_event<refund::refund_outcome_unknown>(done);
        if (unknown == nullptr || !done.lapse) return;
        unknown->to = unknown->from;
        unknown->clock_started = start_clock(lifecycle::clock::refund_result, unknown->at, small.setting.known);
        add_up(before, done);
    });
    REQUIRE_FLAW(found, search_flaw::never_closes_by_silence);
    CHECK(last_step(*find(found, search_flaw::never_closes_by_silence)).find("silence, refund_result passes") !=
          std::string::npos);
    // The row that was taken says otherwise as well.
    CHECK(find(found, search_flaw::leaves_the_tables) != nullptr);
}

TEST_CASE("an uncapped counter-offer passes the limit of the policy, and has no end", "[search]") {
    tiny small;
    small.setting.nodes_max = 3000;
    auto uncapped = small.rules;
    uncapped.limits.offers_per_party = 1000;
    small.setting.decides = [&](dispute_key const& key, record const& before, std::optional<account> const& money,
                                terms const& known, command const* asked, instant now) {
        auto without_limit = known;
        without_limit.policy = &uncapped;
        return the_real_decider()(key, before, money, without_limit, asked, now);
    };
    auto const found = search(small.setting);
    REQUIRE_FLAW(found, search_flaw::passes_a_limit);
    auto const& one = *find(found, search_flaw::passes_a_limit);
    CHECK(one.because.find("offers of the") == 0);
    CHECK(last_step(one).find("make_offer") != std::string::npos);
    CHECK(find(found, search_flaw::finds_no_end) != nullptr);
}

TEST_CASE("a counter that is given back lets people go on for ever", "[search]") {
    tiny small;
    auto const found = small.with([](record const& before, auto const&, recorded& done) {
        auto* retried = find_event<refund::refund_retried>(done);
        if (retried == nullptr) return;
        std::get<refund::refund_retried>(retried->body).attempt = 1;
        add_up(before, done);
    });
    REQUIRE_FLAW(found, search_flaw::goes_on_for_ever);
    auto const text = to_text(*find(found, search_flaw::goes_on_for_ever));
    INFO(text);
    CHECK(text.find("retry_refund") != std::string::npos);
    CHECK(find(found, search_flaw::never_closes_by_silence) == nullptr);
}

TEST_CASE("a refund that the account does not count is found", "[search]") {
    tiny small;
    small.setting.stop_at_the_first = true;
    auto const found = small.with([](record const&, auto const&, recorded& done) {
        if (find_event<refund::refund_confirmed>(done) != nullptr) done.money.reset();
    });
    REQUIRE_FLAW(found, search_flaw::counts_money_wrongly);
    auto const& one = *find(found, search_flaw::counts_money_wrongly);
    CHECK(one.because == "2 confirmed, 0 counted as refunded, in minor units");
    CHECK(one.can_be_played());
    CHECK(last_step(one).find("confirm_refund") != std::string::npos);
}

TEST_CASE("a refund that is paid again when it is confirmed again is found", "[search]") {
    tiny small;
    small.setting.nodes_max = 3000;  // it is paid again, and again
    auto const found = small.with([](record const&, std::optional<account> const& money, recorded& done) {
        if (find_event<refund::refund_confirmed_again>(done) == nullptr) return;
        done.money = money;
        done.money->lines[0].refunded_minor += 2;
    });
    REQUIRE_FLAW(found, search_flaw::pays_more_than_captured);
    CHECK(find(found, search_flaw::pays_more_than_captured)->because.find("0 reserved and 4 refunded of 2 paid") !=
          std::string::npos);
}

TEST_CASE("a second outcome and a deadline moved earlier are found", "[search]") {
    tiny small;
    small.setting.stop_at_the_first = true;
    auto const twice = small.with([](record const& before, auto const&, recorded& done) {
        if (find_event<refund::refund_confirmed_again>(done) == nullptr) return;
        auto closed = done.events.front();
        closed.lifecycle = dispute::lifecycle_type::code;
        closed.from = closed.to = dispute::closed::code;
        closed.body = dispute::dispute_closed{{resolution::rejected, role::host, {}}};
        done.events.push_back(closed);
        done.rows.push_back(done.rows.front());
        add_up(before, done);
    });
    REQUIRE_FLAW(twice, search_flaw::has_a_second_outcome);
    CHECK(find(twice, search_flaw::has_a_second_outcome)->because == "closed as full_refund, then rejected");

    // A better offer of the seller starts the buyer's time anew; here it takes time away.
    auto const found = small.with([](record const& before, auto const&, recorded& done) {
        auto* improved = find_event<negotiation::offer_improved>(done);
        if (improved == nullptr || !improved->clock_started) return;
        improved->clock_started->due = plus_seconds(improved->at, hour);
        add_up(before, done);
    });
    REQUIRE_FLAW(found, search_flaw::moves_a_deadline_earlier);
}

TEST_CASE("what is thrown, what cannot be opened and what does not replay are violations", "[search]") {
    tiny small;
    small.setting.stop_at_the_first = true;
    auto const thrown = small.with([](record const&, auto const&, recorded& done) {
        if (find_event<mediation::mediation_taken>(done) != nullptr) throw std::runtime_error{"nobody there"};
    });
    REQUIRE_FLAW(thrown, search_flaw::throws);
    CHECK(find(thrown, search_flaw::throws)->because == "nobody there");
    CHECK(last_step(*find(thrown, search_flaw::throws)).find("take_mediation") != std::string::npos);

    auto const differs = small.with([](record const&, auto const&, recorded& done) {
        if (find_event<mediation::mediation_taken>(done) != nullptr)
            done.after.of<mediation::lifecycle_type>().kept.information_requests = 7;
    });
    REQUIRE_FLAW(differs, search_flaw::differs_on_replay);

    small.setting.decides = the_real_decider();
    for (auto& one : small.setting.openings) one.lines.clear();
    auto const refused = search(small.setting);
    REQUIRE_FLAW(refused, search_flaw::cannot_be_opened);
    CHECK(refused.nodes == 0);
}

TEST_CASE("a decision that reads what the search leaves out is found", "[search]") {
    // Whoever decides by the number of events so far tells records apart that count as one node.
    tiny small;
    small.setting.compare_every = 1;
    small.setting.stop_at_the_first = true;
    small.setting.decides = [](dispute_key const& key, record const& before, std::optional<account> const& money,
                               terms const& known, command const* asked, instant now) {
        auto made = the_real_decider()(key, before, money, known, asked, now);
        bool const rejects = asked != nullptr && std::holds_alternative<mediation::reject_claim>(asked->body);
        if (rejects && before.version % 2 == 0 && made.accepted) {
            made.accepted.reset();
            made.refused = {{refusal::not_possible_in_this_state, "odd", {}, {}, {}, {}, {}, {}}};
        }
        return made;
    };
    REQUIRE_FLAW(search(small.setting), search_flaw::forgets_too_much);
}

TEST_CASE("appeals end, whoever appeals when, whether money waits for them or is paid before", "[search]") {
    for (auto const how : {execution::suspensive, execution::provisional}) {
        course one{with_appeals(how)};
        auto const found = search(one.setting);
        check_course(found, "appeal",
                     {"appeal_filed", "appeal_withdrawn", "appeal_taken", "decision_upheld",
                      "decision_upheld_by_default", "decision_overturned", "appeal_dismissed"});
        CHECK(took(found, "dispute", "decision_became_final"));
        CHECK(took(found, "dispute", "provisional_settlement_begun") == (how == execution::provisional));
    }
}

TEST_CASE("a reviewer asks either side as often as the policy says, and the appeal ends all the same", "[search]") {
    auto rules = with_appeals(execution::suspensive);
    rules.appeals.information_requests = 1;
    rules.limits.evidence_pieces = 2;
    course one{rules};
    one.setting.nodes_max = 100'000;
    auto const found = search(one.setting);
    INFO(to_text(found));
    CHECK(found.violations.empty());
    CHECK(found.compared > 0);
    for (auto const event : {"appeal_information_requested", "appeal_information_provided", "appeal_information_lapsed",
                             "appeal_withdrawn", "decision_upheld_by_default"}) {
        INFO(event);
        CHECK(took(found, "appeal", event));
    }

    // A request that is not counted may be repeated for ever, and each starts the clocks anew.
    one.setting.compare_every = 0;
    auto const uncounted = one.with([](record const& before, auto const&, recorded& done) {
        if (find_event<appeal::appeal_information_requested>(done) == nullptr) return;
        for (auto& kept : done.after.of<appeal::lifecycle_type>())
            kept.kept.information_requests = before.appeals()[kept.number - 1].kept.information_requests;
    });
    REQUIRE_FLAW(uncounted, search_flaw::goes_on_for_ever);
}

TEST_CASE("a contact ends in a dispute, is not pursued or is given up", "[search]") {
    auto rules = mediated_at_once();
    rules.contact.required = true;
    rules.clocks.contact_wait = hours(48);
    rules.clocks.contact_opening = rules.clocks.decision;
    course one{rules};
    auto const found = search(one.setting);
    check_course(found, "dispute",
                 {"seller_contacted", "contact_answered", "contact_lapsed", "dispute_opened", "dispute_withdrawn",
                  "dispute_closed", "dispute_settled"});
}

TEST_CASE("escalation opens at its instant wherever that lies among the deadlines", "[search]") {
    auto rules = with_one_remedy();
    rules.clocks.escalation_wait = hours(96);
    course one{rules};
    auto const found = search(one.setting);
    check_course(found, "dispute", {"dispute_escalated", "decision_reached", "dispute_settled"});
    CHECK(found.nodes_reordered > 0);

    // Who escalates has waited for the instant, which stands in the order although it is no deadline.
    one.setting.stop_at_the_first = true;
    auto const thrown = one.with([](record const& before, auto const&, recorded& done) {
        auto* escalated = find_event<dispute::dispute_escalated>(done);
        if (escalated != nullptr && !done.lapse && escalated->at >= *before.dispute().kept.course->escalation_opens)
            throw std::runtime_error{"after it"};
    });
    REQUIRE_FLAW(thrown, search_flaw::throws);
    auto const text = to_text(*find(thrown, search_flaw::throws));
    INFO(text);
    CHECK(text.find("silence, escalation_opens passes") != std::string::npos);
}

TEST_CASE("a lease ends and begins again, a hold ends, and the mediation with them", "[search]") {
    auto rules = with_leases();
    rules.limits.information_requests = 1;
    rules.mediation.holds_for_delivery = true;
    course held{rules};
    for (auto& claim : held.setting.openings) claim.order.promised_until = plus_seconds(worst_start, 3 * day);
    check_course(search(held.setting), "mediation",
                 {"mediation_held", "hold_ended", "mediation_taken", "mediation_taken_over", "mediation_assigned",
                  "information_lapsed"});

    // After talks the promised delivery may still be to come, or not.
    auto talked = with_one_remedy();
    talked.mediation.holds_for_delivery = true;
    course after{talked};
    for (auto& claim : after.setting.openings) claim.order.promised_until = plus_seconds(worst_start, 3 * day);
    check_course(search(after.setting), "mediation", {"mediation_held", "hold_ended", "mediation_begun"});
}

TEST_CASE("chargebacks between any two moves leave nothing open and pay nobody twice", "[search]") {
    using enum chargeback_effect;
    for (auto const effect : {suspends, closes, continues}) {
        course one{with_chargebacks(effect)};
        one.setting.chargebacks_max = 1;
        one.setting.chargeback_minors = {1, 2};
        auto const found = search(one.setting);
        check_course(found, "refund", {"refund_instructed", "refund_confirmed", "refund_given_up"});
        if (effect == suspends) {
            check_course(found, "suspension",
                         {"dispute_suspended", "dispute_resumed", "suspension_lapsed", "suspension_called_off"});
            CHECK(took(found, "dispute", "claim_reduced"));
            CHECK(took(found, "refund", "refund_held"));
        }
    }
}

TEST_CASE("a lease, a suspension and an appeal without end are found", "[search]") {
    course lease{with_leases()};
    lease.setting.stop_at_the_first = true;
    auto const held = lease.with([](record const& before, auto const&, recorded& done) {
        auto* taken = find_event<mediation::mediation_taken>(done);
        if (taken == nullptr) return;
        std::get<mediation::mediation_taken>(taken->body).lease_until.reset();
        add_up(before, done);
    });
    REQUIRE_FLAW(held, search_flaw::holds_without_end);
    CHECK(last_step(*find(held, search_flaw::holds_without_end)).find("take_mediation") != std::string::npos);

    course suspension{with_chargebacks(chargeback_effect::suspends)};
    suspension.setting.chargebacks_max = 1;
    suspension.setting.stop_at_the_first = true;
    suspension.setting.hears = [](dispute_key const& key, record const& before, account const& money,
                                  terms const& known, payment_news const& news, instant now) {
        auto done = the_real_hearer()(key, before, money, known, news, now);
        auto* begun = done ? find_event<suspension::dispute_suspended>(*done) : nullptr;
        if (begun == nullptr) return done;
        begun->clock_started.reset();
        add_up(before, *done);
        return done;
    };
    auto const suspended = search(suspension.setting);
    REQUIRE_FLAW(suspended, search_flaw::waits_for_ever);
    CHECK(last_step(*find(suspended, search_flaw::waits_for_ever)).find("the bank tells that chargeback-1") !=
          std::string::npos);

    course window{with_appeals(execution::suspensive)};
    window.setting.stop_at_the_first = true;
    auto const never_final = window.with([](record const& before, auto const&, recorded& done) {
        auto* reached = find_event<dispute::decision_reached>(done);
        if (reached == nullptr || !reached->clock_started) return;
        reached->clock_started.reset();
        add_up(before, done);
    });
    REQUIRE_FLAW(never_final, search_flaw::waits_for_ever);

    course review{with_appeals(execution::suspensive)};
    review.setting.stop_at_the_first = true;
    auto const never_reviewed = review.with([](record const& before, auto const&, recorded& done) {
        auto* filed = find_event<appeal::appeal_filed>(done);
        if (filed == nullptr) return;
        filed->clock_started.reset();
        add_up(before, done);
    });
    REQUIRE_FLAW(never_reviewed, search_flaw::waits_for_ever);
    CHECK(last_step(*find(never_reviewed, search_flaw::waits_for_ever)).find("file_appeal") != std::string::npos);
}

TEST_CASE("a lease that is begun again holds nothing open, unless it gives the mediator his time anew", "[search]") {
    course lease{with_leases()};
    CHECK(search(lease.setting).violations.empty());
    auto const found = lease.with([&](record const& before, auto const&, recorded& done) {
        auto* taken = find_event<mediation::mediation_taken_over>(done);
        if (taken == nullptr) return;
        taken->clock_started = start_clock(lifecycle::clock::decision, taken->at, lease.setting.known);
        add_up(before, done);
    });
    REQUIRE_FLAW(found, search_flaw::goes_on_for_ever);
    auto const text = to_text(*find(found, search_flaw::goes_on_for_ever));
    INFO(text);
    CHECK(text.find("take_mediation") != std::string::npos);
    CHECK(find(found, search_flaw::never_closes_by_silence) == nullptr);
}

TEST_CASE("a refund that leaves while a chargeback is open is found", "[search]") {
    course one{with_chargebacks(chargeback_effect::continues)};
    one.setting.chargebacks_max = 1;
    one.setting.stop_at_the_first = true;
    // The dispute decides as if it had never heard of it.
    one.setting.decides = [](dispute_key const& key, record const& before, std::optional<account> const& money,
                             terms const& known, command const* asked, instant now) {
        auto unaware = money;
        if (unaware) unaware->chargebacks.clear();
        auto made = the_real_decider()(key, before, unaware, known, asked, now);
        auto const aware = [&](recorded& done) {
            if (done.money && money) done.money->chargebacks = money->chargebacks;
        };
        for (auto& done : made.lapses) aware(done);
        if (made.accepted) aware(*made.accepted);
        return made;
    };
    REQUIRE_FLAW(search(one.setting), search_flaw::orders_while_charged_back);
}

TEST_CASE("refunds by other routes between any two moves leave nothing open and pay nobody twice", "[search]") {
    course one{mediated_at_once()};
    one.setting.outside_refunds_max = 2;
    one.setting.outside_refund_minors = {1, 2};
    auto const found = search(one.setting);
    check_course(found, "dispute", {"claim_reduced", "dispute_closed", "dispute_settled"});
    CHECK(took(found, "refund", "refund_confirmed"));

    // Talks, in which an offer that was made before may be above what is left; and told after all has ended.
    auto talks = with_one_remedy();
    talks.reasons[0].remedies.push_back(remedy::partial_refund);
    talks.limits.offers_per_party = 1;
    course offered{talks};
    offered.setting.outside_refunds_max = 1;
    offered.setting.outside_refund_minors = {1, 2};
    offered.setting.outside_refunds_after_closing = true;
    offered.setting.compare_every = 256;
    auto const said = search(offered.setting);
    INFO(to_text(said));
    CHECK(said.violations.empty());
    CHECK(said.compared > 0);
    CHECK(took(said, "dispute", "claim_reduced"));

    // A bank takes the money while the seller gives it back.
    for (auto const effect : {chargeback_effect::suspends, chargeback_effect::continues}) {
        course both{with_chargebacks(effect)};
        both.setting.chargebacks_max = 1;
        both.setting.chargeback_minors = {1, 2};
        both.setting.outside_refunds_max = 1;
        both.setting.outside_refund_minors = {1};
        both.setting.compare_every = 256;
        auto const twice = search(both.setting);
        INFO(to_text(twice));
        CHECK(twice.violations.empty());
        CHECK(twice.compared > 0);
        CHECK(took(twice, "dispute", "claim_reduced"));
    }
}

TEST_CASE("a refund by another route that is not counted, or of which the dispute does not hear, is found",
          "[search]") {
    course one{mediated_at_once()};
    one.setting.outside_refunds_max = 1;
    one.setting.outside_refund_minors = {1};
    one.setting.stop_at_the_first = true;
    one.setting.hears = [](dispute_key const& key, record const& before, account const& money, terms const& known,
                           payment_news const& news, instant now) {
        auto done = the_real_hearer()(key, before, money, known, news, now);
        if (!done) return done;
        done->money = money;
        done->money->outside_refunds.clear();
        for (auto& line : done->money->lines) line.outside_refunded_minor = 0;
        return done;
    };
    auto const uncounted = search(one.setting);
    REQUIRE_FLAW(uncounted, search_flaw::counts_money_wrongly);
    auto const& wrong = *find(uncounted, search_flaw::counts_money_wrongly);
    CHECK(wrong.because == "1 told as refunded by another route, 0 counted, in minor units");
    CHECK(wrong.can_be_played());
    CHECK(last_step(wrong).find("the bank tells of outside-1, a refund by another route of 1 of L-1") !=
          std::string::npos);

    // The money is free for the refund, and the dispute pays all of its claim nevertheless.
    one.setting.hears = [](dispute_key const& key, record const& before, account const& money, terms const& known,
                           payment_news news, instant now) {
        news.given_up.clear();
        return the_real_hearer()(key, before, money, known, news, now);
    };
    auto const unheard = search(one.setting);
    REQUIRE_FLAW(unheard, search_flaw::pays_more_than_captured);
    CHECK(find(unheard, search_flaw::pays_more_than_captured)->path.size() > 1);
}

TEST_CASE("a path with a refund by another route is a story that can be played", "[search]") {
    searched one{small_policy()};
    one.setting.outside_refunds_max = 1;
    one.setting.stop_at_the_first = true;
    one.setting.hears = [](auto const&...) -> std::optional<recorded> { throw std::runtime_error{"not heard"}; };
    auto const found = search(one.setting);
    REQUIRE_FLAW(found, search_flaw::throws);
    auto const& path = find(found, search_flaw::throws)->path;
    REQUIRE(path.size() == 2);
    REQUIRE(path.back().paid_outside);
    std::istringstream story{R"({"story":"the policy","policies":["policies/small.json"]})"
                             "\n" +
                             to_story("paid outside", {settlement_group{"G-20"}, dispute_id{"D-1"}}, path)};
    auto const log = log_of(story, RECOURSE_TEST_DIR "/scenarios/20_longest.jsonl");
    auto const closed = std::find_if(log.begin(), log.end(), [](auto const& happened) {
        return std::holds_alternative<dispute::dispute_closed>(happened.body);
    });
    REQUIRE(closed != log.end());
    CHECK(std::get<dispute::dispute_closed>(closed->body).outcome.resolution == resolution::refunded_outside);
}
