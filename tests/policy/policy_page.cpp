// The page of a policy: everything is on it, foreign text stays text, and its dates are those of the calendar.
#include "recourse/policy/policy_page.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <iterator>

#include "policy/described.hpp"
#include "recourse/calendar/holidays.hpp"

using namespace recourse;

namespace {

page_setting setting() {
    return {.start = parse_date("2026-04-02").value(),
            .buyer = {find_calendar("BE"), time_zone::find("Europe/Brussels").value()},
            .seller = {find_calendar("CN"), time_zone::find("Asia/Shanghai").value()}};
}

policy read(std::string const& name) {
    std::ifstream file{RECOURSE_TEST_DIR "/scenarios/policies/" + name, std::ios::binary};
    return read_policy(std::string{std::istreambuf_iterator<char>{file}, {}}).value();
}

// Everything that a policy may have is switched on, so that everything in it means something. It need not be sound.
policy full_policy() {
    auto made = read("goods_and_promises.json");
    auto const clock = made.clocks.decision;
    made.protection.extensions = {2, 30};
    made.contact = {true, true};
    made.amendments.most = 3;
    made.mediation.penalty_cap = money{500, *currency::find("EUR")};
    made.appeals.levels = 2;
    made.appeals.grounds = {ground{"new_evidence"}};
    made.alternatives = {{alternative_id{"voucher"}, "A voucher"}};
    made.rules = {{rule_id{"R-1"}, "Goods must be as described"}};
    made.tenders.first = {tender_kind::gift_card};
    made.channel.recontact = clock;
    made.coverage = {{parse_date("2026-01-01").value(), {50'000, *currency::find("EUR")}}};
    made.reopen = reopen_rule{2};
    made.evidence.media_types = {"image/*"};
    made.evidence.required = {
        {evidence_action::contest_return, {evidence_kind::photo}, reason{"damaged_or_defective"}, remedy::exchange}};
    made.evidence.stages = {{evidence_stage::negotiating, {party::buyer}}};
    made.evidence.shown = {{evidence_stage::in_mediation, {party::seller}}};
    made.applies_to = order_selector{{"be"}, {"toys"}, {"card"}, {"pro"}, parse_date("2026-01-01").value(), {}};
    made.reminders = {{"seller_response", {1, period_unit::business_days}, {role::seller}}};
    made.anchors = {{"arrival", parse_anchor("delivered").value()}};
    made.schedules = {{"office", "seller", "seller", {{}}}};
    made.schedules[0].windows[0].open_seconds = 9 * 3600;
    made.schedules[0].windows[0].close_seconds = 17 * 3600;
    return made;
}

// Visits `one` with each change of a single value in it, and takes each back.
struct changer {
    std::function<void(std::string const&)> look;
    std::size_t changes = 0;

    template <class T>
    void change(std::string const& path, T& one, T const& other) {
        T const before = one;
        one = other;
        ++changes;
        look(path);
        one = before;
    }
    void each(std::string const& path, bool& one) { change(path, one, !one); }
    void each(std::string const& path, std::string& one) { change(path, one, one + "x"); }
    template <std::integral T>
    void each(std::string const& path, T& one) {
        change(path, one, static_cast<T>(one + 1));
    }
    template <wire_named E>
    void each(std::string const& path, E& one) {
        for (std::size_t at = 0; at < wire_names<E>.size(); ++at) {
            if (static_cast<E>(at) != one) change(path, one, static_cast<E>(at));
        }
    }
    template <class Tag>
    void each(std::string const& path, id<Tag>& one) {
        change(path, one, id<Tag>{"another"});
    }
    void each(std::string const& path, date& one) { change(path, one, plus_days(one, 1)); }
    void each(std::string const& path, money& one) {
        change(path, one, {one.minor + 1, one.currency});
        change(path, one, {one.minor, *currency::find("JPY")});
    }
    void each(std::string const& path, partial_rule& one) {
        change(path, one, {partial_form::range, {10, 80}});
        change(path, one, {partial_form::grid, {10, 80}});
    }
    void each(std::string const& path, tender_order& one) {
        change(path, one, {true, {}});
        change(path, one, {false, {tender_kind::card}});
        change(path, one, {false, {}});
    }
    void each(std::string const& path, clock_rule& one) {
        each(path + ".length", one.rule.length.length);
        change(path + ".unit", one.rule.length.unit, period_unit::weeks);
        change(path + ".start", one.rule.start, start_rule::adjust_then_count);
        change(path + ".roll", one.rule.roll, roll_rule::following);
        change(path + ".cut_off", one.rule.cut_off, std::optional{17 * 3600});
        change(path + ".calendar", one.calendar, std::string{"DE"});
        change(path + ".zone", one.zone, std::string{"Europe/Berlin"});
        change(path + ".regime", one.regime, std::optional{legal_regime::eu_1182_71});
        change(path + ".schedule", one.schedule, std::string{"desk"});
        each(path + ".basis", one.basis);
        each(path + ".note", one.note);
    }
    void each(std::string const& path, anchor_rule& one) {
        change(path, one, parse_anchor("last_of(delivered, paid + 3 calendar_days)").value());
    }
    void each(std::string const& path, service_window& one) {
        change(path + ".days", one.days, weekday_set{0x40});
        each(path + ".open", one.open_seconds);
        each(path + ".close", one.close_seconds);
    }
    void each(std::string const& path, reminder_rule& one) {
        each(path + ".clock", one.clock);
        each(path + ".before", one.before.length);
        change(path + ".unit", one.before.unit, period_unit::weeks);
        change(path + ".to", one.to, {role::mediator});
    }
    template <class T>
    void each(std::string const& path, std::optional<T>& one) {
        if (one) {
            each(path, *one);
            change(path, one, {});
        } else {
            change(path, one, std::optional{T{}});
        }
    }
    template <class T>
    void each(std::string const& path, std::vector<T>& several) {
        for (auto& one : several) each(path, one);
        auto longer = several;
        longer.emplace_back();
        change(path, several, longer);
        if (!several.empty()) change(path, several, {});
    }
    template <json::described T>
        requires(!std::is_same_v<T, money>)
    void each(std::string const& path, T& one) {
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto member) { each(path + "/" + member.name, one.*member.pointer); });
    }
};

std::size_t count(std::string_view text, std::string_view what) {
    std::size_t times = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) ++times;
    return times;
}

}  // namespace

TEST_CASE("whatever is changed in a policy, its page is another one, in Markdown and in HTML") {
    auto of = full_policy();
    auto const on = setting();
    auto const markdown = to_markdown(of, on);
    auto const html = to_html(of, on);
    changer walk{[&](std::string const& path) {
        INFO(path << " is not on the page");
        CHECK_FALSE((to_markdown(of, on) == markdown));
        CHECK_FALSE((to_html(of, on) == html));
    }};
    walk.each("", of);
    CHECK(walk.changes > 300);
    CHECK(to_markdown(of, on) == markdown);
}

TEST_CASE("the page says what each length of time is, where it comes from and what its end does") {
    auto const page = to_markdown(read_policy(find_preset("aliexpress")->text).value(), setting());
    CHECK(page.find(
              "| **Seller's answer** `seller_response` The seller's, to answer. | **5 calendar days**, the seller's "
              "days | The dispute stays in negotiation, and from then on the buyer may escalate it to mediation. "
              "`opens_escalation` | Tue 7 Apr 2026 24:00 Asia/Shanghai | ◐ secondary *Five days after the buyer "
              "submits. The guides give no figure.* |") != std::string::npos);
    CHECK(page.find("of 12, 1 documented, 5 secondary, 6 assumed") != std::string::npos);
}

TEST_CASE("a worked date is that of the calendar, and says which days it skipped") {
    auto of = read("goods_and_promises.json");
    auto const on = setting();
    of.clocks.information.rule = {.length = {3, period_unit::business_days}};
    of.clocks.information.zone = of.clocks.information.calendar = "buyer";
    auto const from = on.buyer.zone.to_instant(on.start, 12 * 3600).value().at;
    auto const due = due_at(of.clocks.information.rule, from, *on.buyer.calendar, on.buyer.zone).value();
    CHECK(due_in_words(due, on.buyer.zone) == "Wed 8 Apr 2026 24:00 Europe/Brussels");
    CHECK(to_markdown(of, on).find("Wed 8 Apr 2026 24:00 Europe/Brussels (*skips Mon 6 Apr 2026 (Easter Monday), skips "
                                   "2 weekend days*)") != std::string::npos);
}

TEST_CASE("where a calendar has no data, and where it is not there, the page says so and goes on") {
    auto of = full_policy();
    auto on = setting();
    on.start = parse_date("2399-01-01").value();
    of.clocks.information.rule = {.length = {3, period_unit::business_days}};
    auto const late = to_html(of, on);
    CHECK(late.find("no date: ") != std::string::npos);
    CHECK(late.find("</html>") != std::string::npos);
    of.clocks.information.calendar = "SHOP";
    CHECK(to_html(of, setting()).find("no date: the calendar SHOP is not here") != std::string::npos);
}

TEST_CASE("foreign text on a page is text, whatever it says") {
    auto of = full_policy();
    auto const plain = to_markdown(of, setting());
    std::string const foreign =
        "<script>alert('1')</script> | a [link](javascript:alert(1)) `code` **bold** &amp;\n# no";
    of.title = of.sources.at(0).document = of.clocks.decision.note = of.reasons.at(0).title = foreign;
    auto const html = to_html(of, setting());
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("<h1>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;") != std::string::npos);
    CHECK(html.find("<title>&lt;script&gt;") != std::string::npos);
    auto const markdown = to_markdown(of, setting());
    CHECK(markdown.find("<script") == std::string::npos);
    CHECK(markdown.find("[link](") == std::string::npos);
    CHECK(markdown.find("\n# no") == std::string::npos);
    CHECK(markdown.find("\\| a \\[link\\](javascript:alert(1)) \\`code\\` \\*\\*bold\\*\\* &amp;amp; \\# no") !=
          std::string::npos);
    // No line came or went, so no row was broken.
    CHECK(count(markdown, "\n") == count(plain, "\n"));
}

TEST_CASE("the HTML page needs no other file, no script and no network") {
    auto on = setting();
    on.diagrams = {{"The stages", "stateDiagram-v2\n", "<svg><title>stages</title></svg>"}};
    auto const html = to_html(full_policy(), on);
    for (auto const* word : {"<script", "<link", "src=", "http:", "https:", "url(", "@import", "onclick"}) {
        CAPTURE(word);
        CHECK(html.find(word) == std::string::npos);
    }
    CHECK(html.find("<figure aria-label=\"The stages\"><svg>") != std::string::npos);
    CHECK(html.find("stateDiagram") == std::string::npos);
    on.diagrams[0].svg.clear();
    CHECK(to_html(full_policy(), on).find("<pre aria-label=\"The stages\">stateDiagram-v2") != std::string::npos);
    for (auto const* tag : {"table", "tr", "td", "ul", "li", "p", "figure", "small", "strong", "code", "h2"}) {
        CAPTURE(tag);
        auto const opened = count(html, std::string{"<"} + tag + ">") + count(html, std::string{"<"} + tag + " ");
        CHECK(opened == count(html, std::string{"</"} + tag + ">"));
        CHECK(opened > 0);
    }
}

TEST_CASE("the course of a dispute takes every stage that the policy has, one after the other") {
    auto of = full_policy();
    auto const with_negotiation = to_markdown(of, setting());
    CHECK(with_negotiation.find("    section Negotiation\n") != std::string::npos);
    CHECK(with_negotiation.find("    Decision after a question (") != std::string::npos);
    CHECK(with_negotiation.find("    section Goods go back\n") != std::string::npos);
    of.escalation.at_once = true;
    for (auto& one : of.reasons) one.remedies = {remedy::full_refund};
    auto const without = to_markdown(of, setting());
    CHECK(without.find("    section Negotiation\n") == std::string::npos);
    CHECK(without.find("    section Goods go back\n") == std::string::npos);
}
