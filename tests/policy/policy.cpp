// Reading a policy: what is wrong is found where it stands, whatever is done to a right document.
#include "recourse/policy/policy.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <random>

using namespace recourse;
namespace json = boost::json;

namespace {

json::value preset_document() { return json::parse(json::string_view{find_preset("aliexpress")->text}); }

input_problems problems_of(json::value const& document) {
    auto const read = read_policy(json::serialize(document));
    return read ? input_problems{} : read.error();
}

// The preset with one value replaced; `value` is JSON.
input_problems with(std::string_view pointer, std::string_view value) {
    auto document = preset_document();
    document.at_pointer(pointer) = json::parse(json::string_view{value});
    return problems_of(document);
}
bool names(input_problems const& problems, std::string_view pointer) {
    return std::any_of(problems.begin(), problems.end(), [&](auto const& one) { return one.pointer == pointer; });
}
bool names_the_spot(input_problems const& problems, std::string const& pointer) {
    return std::any_of(problems.begin(), problems.end(), [&](auto const& one) {
        return one.pointer == pointer || one.pointer.starts_with(pointer + "/");
    });
}

// Every place in a document, from the whole to the leaves.
void walk(json::value const& from, std::string const& pointer, std::vector<std::string>& into) {
    into.push_back(pointer);
    if (auto const* members = from.if_object()) {
        for (auto const& one : *members) walk(one.value(), pointer + "/" + std::string{one.key()}, into);
    } else if (auto const* elements = from.if_array()) {
        for (std::size_t at = 0; at < elements->size(); ++at)
            walk((*elements)[at], pointer + "/" + std::to_string(at), into);
    }
}
std::vector<std::string> places(json::value const& document) {
    std::vector<std::string> all;
    walk(document, "", all);
    return all;
}
std::pair<std::string, std::string> split(std::string const& pointer) {
    auto const slash = pointer.rfind('/');
    return {pointer.substr(0, slash), pointer.substr(slash + 1)};
}

// Lists may be left out where an empty one is right; of a clock, what has a default.
bool may_be_missing(std::string const& pointer) {
    auto const [parent, name] = split(pointer);
    bool const of_a_clock = parent.starts_with("/clocks/") || parent == "/protection/length";
    return name == "sources" || name == "evidence" ||
           (of_a_clock && (name == "start" || name == "roll" || name == "cut_off" || name == "calendar" ||
                           name == "zone" || name == "note"));
}

}  // namespace

TEST_CASE("each member of a policy that is removed is missed at its place") {
    auto const document = preset_document();
    int removed = 0;
    for (auto const& pointer : places(document)) {
        if (pointer.empty()) continue;
        auto const [parent, name] = split(pointer);
        auto changed = document;
        auto* members = changed.at_pointer(parent).if_object();
        if (members == nullptr) continue;
        members->erase(name);
        CAPTURE(pointer);
        ++removed;
        if (may_be_missing(pointer))
            CHECK(problems_of(changed).empty());
        else
            CHECK(names(problems_of(changed), pointer));
    }
    CHECK(removed > 80);
}

TEST_CASE("each member of a policy that is renamed is not known under its new name") {
    auto const document = preset_document();
    for (auto const& pointer : places(document)) {
        if (pointer.empty()) continue;
        auto const [parent, name] = split(pointer);
        auto changed = document;
        auto* members = changed.at_pointer(parent).if_object();
        if (members == nullptr) continue;
        auto const value = members->at(name);  // a copy: inserting moves the members
        members->erase(name);
        members->insert_or_assign(name + "x", value);
        CAPTURE(pointer);
        auto const problems = problems_of(changed);
        auto const found = std::find_if(problems.begin(), problems.end(),
                                        [&](auto const& one) { return one.pointer == pointer + "x"; });
        REQUIRE(found != problems.end());
        CHECK(found->reason == "is not known here (did you mean \"" + name + "\"?)");
    }
}

TEST_CASE("each value of a policy that is replaced by another type is a problem at its place") {
    auto const document = preset_document();
    for (auto const& pointer : places(document)) {
        for (auto const* const other :
             {"null", "true", "7", "-1", "1.5", "\"nonsense\"", "[]", "{}", "[7]", "{\"nonsense\":7}"}) {
            auto const value = json::parse(other);
            auto changed = document;
            auto& spot = changed.at_pointer(pointer);
            bool const both_numbers = spot.is_number() && value.is_number();
            if (spot.kind() == value.kind() || (both_numbers && !value.is_double())) continue;
            spot = value;
            CAPTURE(pointer, other);
            CHECK(names_the_spot(problems_of(changed), pointer));
        }
    }
}

TEST_CASE("each rule about what goes together is told at its place") {
    struct row {
        std::string_view pointer;
        std::string_view value;
        std::string_view told;
    };
    // clang-format off
    row const rows[] = {
        {"/format"                         , "2"                                  , "/format"},
        {"/version"                        , "0"                                  , "/version"},
        {"/version"                        , "4294967296"                         , "/version"},
        {"/id"                             , "\"a b\""                            , "/id"},
        {"/protection/from"                , "\"shiped\""                         , "/protection/from"},
        {"/protection/length/length"       , "\"60 business_days\""               , "/protection/length"},
        {"/protection/length/length"       , "\"60 days\""                        , "/protection/length/length"},
        {"/reasons"                        , "[]"                                 , "/reasons"},
        {"/reasons/1/remedies"             , "[]"                                 , "/reasons/1/remedies"},
        {"/reasons/1/remedies/2"           , "\"refund\""                         , "/reasons/1/remedies/2"},
        {"/reasons/1/remedies"             , R"(["full_refund","full_refund"])"   , "/reasons/1/remedies"},
        {"/sources/0/read"                 , "\"last autumn\""                    , "/sources/0/read"},
        {"/reasons/3/reason"               , "\"not_received\""                   , "/reasons/3/reason"},
        {"/silences/negotiation_end"       , "\"opens_escalation\""               , "/silences/negotiation_end"},
        {"/silences/seller"                , "\"closes\""                         , "/silences/seller"},
        {"/silences/buyer"                 , "\"grants_claim\""                   , "/silences/buyer"},
        {"/silences/mediator"              , "\"escalates\""                      , "/silences/mediator"},
        {"/silences/mediator"              , "\"opens_escalation\""               , "/silences/mediator"},
        {"/silences/lost_return"           , "\"escalates\""                      , "/silences/lost_return"},
        {"/silences/seller"                , "\"by_label\""                       , "/silences/seller"},
        {"/limits/offers_per_party"        , "0"                                  , "/limits/offers_per_party"},
        {"/limits/offers_per_party"        , "101"                                , "/limits/offers_per_party"},
        {"/limits/information_requests"    , "0"                                  , "/limits/information_requests"},
        {"/limits/refund_attempts"         , "101"                                , "/limits/refund_attempts"},
        {"/limits/evidence_pieces"         , "1001"                               , "/limits/evidence_pieces"},
        {"/limits/evidence_bytes"          , "0"                                  , "/limits/evidence_bytes"},
        {"/limits/evidence_bytes"          , "1099511627777"                      , "/limits/evidence_bytes"},
        {"/clocks/negotiation/length"      , "\"5 calendar_days\""                , "/clocks/negotiation"},
        {"/clocks/decision/length"         , "\"\""                               , "/clocks/decision/length"},
        {"/clocks/decision/length"         , "\"0 calendar_days\""                , "/clocks/decision/length"},
        {"/clocks/return_terms/calendar"   , "\"ATLANTIS\""                       , "/clocks/return_terms/calendar"},
        {"/clocks/return_terms/zone"       , "\"Europe/Brusels\""                 , "/clocks/return_terms/zone"},
        {"/clocks/return_terms"            , R"({"length":"3 business_days","basis":"assumed","roll":"following"})"      , "/clocks/return_terms/roll"},
        {"/clocks/return_terms"            , R"({"length":"3 hours","basis":"assumed","start":"adjust_then_count"})"     , "/clocks/return_terms/start"},
    };
    // clang-format on
    for (auto const& [pointer, value, told] : rows) {
        CAPTURE(pointer, value);
        auto const problems = with(pointer, value);
        CHECK(names(problems, told));
        for (auto const& one : problems) CHECK_FALSE(one.reason.empty());
    }
}

TEST_CASE("what a rule allows up to its limit is read") {
    CHECK(with("/limits/offers_per_party", "100").empty());
    CHECK(with("/limits/evidence_bytes", "1099511627776").empty());
    CHECK(with("/clocks/negotiation/length", "\"6 calendar_days\"").empty());
    CHECK(with("/clocks/return_terms/calendar", "\"BE\"").empty());
    CHECK(with("/clocks/return_terms/zone", "\"Asia/Shanghai\"").empty());
    CHECK(with("/silences/negotiation_end", "\"grants_claim\"").empty());
}

TEST_CASE("rules about evidence are read, and what is wrong with them is told at its place") {
    auto const under = [](std::string_view rules) {
        auto document = preset_document();
        document.as_object()["evidence"] = json::parse(json::string_view{rules});
        return read_policy(json::serialize(document));
    };
    auto const right = under(R"({"media_types":["image/*","application/pdf"],"frozen_at_ruling":true,
        "required":[{"action":"contest_return","kinds":["photo","video"],"remedy":"return_refund"}],
        "stages":[{"stage":"returning"},{"stage":"negotiating","by":["buyer","seller"]}],
        "shown":[{"stage":"under_appeal","to":["seller"]}]})");
    REQUIRE(right);
    CHECK(right->evidence.frozen_at_ruling);
    CHECK(right->evidence.stages[0].by.empty());
    CHECK(under("{}")->evidence == evidence_rules{});
    struct row {
        std::string_view rules;
        std::string_view told;
    };
    // clang-format off
    row const rows[] = {
        {R"({"media_types":["image"]})"                                                           , "/evidence/media_types/0"},
        {R"({"media_types":["*/*"]})"                                                             , "/evidence/media_types/0"},
        {R"({"media_types":["Image/png"]})"                                                       , "/evidence/media_types/0"},
        {R"({"media_types":["image/png","image/png"]})"                                           , "/evidence/media_types/1"},
        {R"({"required":[{"action":"file_appeal"}]})"                                             , "/evidence/required/0/kinds"},
        {R"({"required":[{"action":"file_appeal","kinds":["photo","photo"]}]})"                   , "/evidence/required/0/kinds/1"},
        {R"({"required":[{"action":"withdraw_dispute","kinds":["photo"]}]})"                      , "/evidence/required/0/action"},
        {R"({"required":[{"action":"file_appeal","kinds":["photo"],"reason":"mood"}]})"           , "/evidence/required/0"},
        {R"({"required":[{"action":"file_appeal","kinds":["photo"],"remedy":"exchange"}]})"       , "/evidence/required/0"},
        {R"({"stages":[{"stage":"settling"}]})"                                                   , "/evidence/stages/0/stage"},
        {R"({"stages":[{"stage":"returning"},{"stage":"returning","by":["buyer"]}]})"             , "/evidence/stages/1/stage"},
        {R"({"stages":[{"stage":"returning","by":["buyer","buyer"]}]})"                           , "/evidence/stages/0/by/1"},
        {R"({"stages":[{"stage":"under_appeal"}]})"                                               , "/evidence/stages/0/stage"},
        {R"({"shown":[{"stage":"under_appeal"},{"stage":"under_appeal"}]})"                       , "/evidence/shown/1/stage"},
        {R"({"shown":[{"stage":"under_appeal","to":["seller","seller"]}]})"                       , "/evidence/shown/0/to/1"},
    };
    // clang-format on
    for (auto const& [rules, told] : rows) {
        CAPTURE(rules);
        auto const read = under(rules);
        REQUIRE_FALSE(read);
        CHECK(names(read.error(), told));
    }
}

TEST_CASE("several problems in a policy are told at once") {
    auto document = preset_document();
    document.at_pointer("/silences/seller") = "closes";
    document.at_pointer("/silences/buyer") = "grants_claim";
    document.at_pointer("/limits/offers_per_party") = 0;
    CHECK(problems_of(document).size() == 3);
}

TEST_CASE("a policy that was changed at random is read or refused with a reason") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    auto const below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
    for (int round = 0; round < 1000; ++round) {
        std::string text{find_preset("aliexpress")->text};
        for (auto changes = 1 + below(5); changes > 0; --changes) {
            auto const at = below(text.size());
            switch (below(4)) {
                case 0: text[at] = static_cast<char>(random()); break;
                case 1: text.erase(at, below(20)); break;
                case 2: text.insert(at, text.substr(below(text.size()), below(20))); break;
                default: text[at] = "\"{}[]:,0-\\"[below(10)];
            }
        }
        auto const read = read_policy(text);
        if (read) continue;
        REQUIRE_FALSE(read.error().empty());
        REQUIRE_FALSE(read.error().front().reason.empty());
    }
}

TEST_CASE("a policy says which tender is refunded first, or that all are in proportion") {
    auto const tenders = [](std::string_view value) {
        auto document = preset_document();
        document.as_object()["tenders"] = json::parse(json::string_view{value});
        return read_policy(json::serialize(document));
    };
    CHECK(read_policy(json::serialize(preset_document())).value().tenders == tender_order{});
    CHECK(tenders(R"(["store_credit","gift_card","card"])").value().tenders ==
          tender_order{false, {tender_kind::store_credit, tender_kind::gift_card, tender_kind::card}});
    CHECK(tenders("\"proportional\"").value().tenders == tender_order{true, {}});
    CHECK(to_text(tenders("\"at_random\"").error()) ==
          "/tenders: expected \"proportional\" or an array of kinds of tenders; found \"at_random\"");
    CHECK(to_text(tenders(R"(["card","gift_card","card"])").error()) == "/tenders/2: repeats card");
    CHECK(names(tenders(R"(["cash"])").error(), "/tenders/0"));
    CHECK(names(tenders("3").error(), "/tenders"));
}

TEST_CASE("a policy may cap the penalty of a decision, also at nothing") {
    auto const capped = [](std::string_view value) {
        auto document = preset_document();
        document.as_object()["mediation"] = json::object{{"penalty_cap", json::parse(json::string_view{value})}};
        return read_policy(json::serialize(document));
    };
    CHECK(!read_policy(find_preset("aliexpress")->text).value().mediation.penalty_cap);
    CHECK(capped(R"({"currency":"EUR","minor":0})").value().mediation.penalty_cap == money{0, *currency::find("EUR")});
    CHECK(to_text(capped(R"({"currency":"EUR","minor":-1})").error()) ==
          "/mediation/penalty_cap: expected an amount of zero or more");
}

TEST_CASE("a policy says what the platform covers from which day on, in the order of the days") {
    auto const coverage = [](std::string_view value) {
        auto document = preset_document();
        document.as_object()["coverage"] = json::parse(json::string_view{value});
        return read_policy(json::serialize(document));
    };
    auto const read = coverage(R"([{"from":"2024-01-01","cap":{"currency":"USD","minor":25000}},)"
                               R"({"from":"2026-01-01","cap":{"currency":"USD","minor":50000}}])");
    REQUIRE(read.has_value());
    CHECK(read.value().coverage[1] == coverage_rule{parse_date("2026-01-01").value(), {50000, *currency::find("USD")}});
    CHECK(to_text(coverage(R"([{"from":"2026-01-01","cap":{"currency":"USD","minor":1}},)"
                           R"({"from":"2026-01-01","cap":{"currency":"EUR","minor":-1}}])")
                      .error()) ==
          "/coverage/1/cap: expected 0 or more; found -0.01 EUR\n"
          "/coverage/1/from: expected a day after 2026-01-01\n"
          "/coverage/1/cap: expected USD, as in the first row");
    CHECK(names(coverage(R"([{"from":"2026-02-30","cap":{"currency":"USD","minor":1}}])").error(), "/coverage/0/from"));
    CHECK(names(coverage(R"([{"from":"2026-02-03"}])").error(), "/coverage/0/cap"));
}

TEST_CASE("a reason says which amounts a partial refund may have") {
    auto const partial = [](std::string_view value) {
        auto document = preset_document();
        document.at_pointer("/reasons/0").as_object()["partial"] = json::parse(json::string_view{value});
        return read_policy(json::serialize(document));
    };
    auto const rule = [&](std::string_view value) { return partial(value).value().reasons[0].partial; };
    auto const why_not = [&](std::string_view value) { return to_text(partial(value).error()); };
    CHECK(read_policy(json::serialize(preset_document())).value().reasons[0].partial == partial_rule{});
    CHECK(rule("\"free\"") == partial_rule{});
    CHECK(rule(R"({"range":[10,80]})") == partial_rule{partial_form::range, {10, 80}});
    CHECK(rule(R"({"grid":[10,25,50]})") == partial_rule{partial_form::grid, {10, 25, 50}});
    for (auto const* wrong :
         {"\"some\"", "{}", R"({"free":[1]})", R"({"steps":[1]})", R"({"grid":[1],"range":[1,2]})", "3"})
        CHECK(why_not(wrong).starts_with("/reasons/0/partial: expected \"free\", {\"range\":[10,80]} or"));
    CHECK(why_not(R"({"grid":[]})") == "/reasons/0/partial/grid: lists no percent, so that nothing could be offered");
    CHECK(why_not(R"({"range":[10]})") == "/reasons/0/partial/range: expected two percents, the least and the most");
    CHECK(why_not(R"({"grid":[10,10]})") == "/reasons/0/partial/grid/1: expected more than 10, the percent before it");
    CHECK(why_not(R"({"grid":[0,100]})") ==
          "/reasons/0/partial/grid/0: expected 1 to 99; found 0\n"
          "/reasons/0/partial/grid/1: expected 1 to 99; found 100");
    CHECK(names(partial(R"({"grid":"10"})").error(), "/reasons/0/partial/grid"));
}

TEST_CASE("a policy says how often units are disputed again, and which reasons wait for a delivery") {
    auto document = preset_document();
    auto const plain = read_policy(json::serialize(document)).value();
    CHECK_FALSE(plain.reopen);
    CHECK_FALSE(plain.reasons[0].waits_for_delivery);
    CHECK_FALSE(plain.mediation.merges_disputes);
    document.as_object()["reopen"] = json::parse(json::string_view{R"({"most":2})"});
    document.at_pointer("/reasons/0").as_object()["waits_for_delivery"] = true;
    auto const read = read_policy(json::serialize(document)).value();
    CHECK(read.reopen == reopen_rule{2});
    CHECK(read.reasons[0].waits_for_delivery);
    document.as_object()["reopen"] = json::parse(json::string_view{R"({"most":101})"});
    CHECK(to_text(read_policy(json::serialize(document)).error()) ==
          "/reopen/most: expected an integer from 0 to 100; found 101");
}
