// The published schema is the reader's: both take the presets, both refuse what is wrong with one.
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "policy/schema_validator.hpp"
#include "recourse/policy/policy.hpp"
#include "tools/commands.hpp"

using namespace recourse;
namespace json = boost::json;

namespace {

std::string contents_of(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    REQUIRE(file);
    return {std::istreambuf_iterator<char>{file}, {}};
}

tests::schema_validator const& schema() {
    static tests::schema_validator const made(json::parse(policy_schema()));
    return made;
}

// Calls visit(pointer, schema) for every schema of a member.
template <class Visitor>
void for_each_member(json::object const& from, std::string const& pointer, Visitor&& visit) {
    if (auto const* members = from.if_contains("properties")) {
        for (auto const& [name, member] : members->as_object()) {
            auto const here = pointer + "/" + std::string{std::string_view{name}};
            visit(here, member.as_object());
            for_each_member(member.as_object(), here, visit);
        }
    }
    if (auto const* items = from.if_contains("items")) for_each_member(items->as_object(), pointer + "/0", visit);
    if (auto const* named = from.if_contains("$defs")) {
        for (auto const& [name, one] : named->as_object())
            for_each_member(one.as_object(), "#" + std::string{std::string_view{name}}, visit);
    }
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

// A preset with one member, there or not, or one element in the place of another; `value` is JSON.
json::value with(std::string const& pointer, std::string_view value) {
    auto changed = json::parse(json::string_view{find_preset("aliexpress")->text});
    auto const slash = pointer.rfind('/');
    auto made = json::parse(json::string_view{value.data(), value.size()});
    if (auto* object = changed.at_pointer(pointer.substr(0, slash)).if_object())
        object->insert_or_assign(pointer.substr(slash + 1), std::move(made));
    else
        changed.at_pointer(pointer) = std::move(made);
    return changed;
}

}  // namespace

TEST_CASE("the published schema of policies is what the command prints") {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream error;
    char const* words[] = {"recourse", "policy", "schema"};
    CHECK(tools::run(3, words, {in, out, error}) == tools::exit_done);
    CHECK(out.str() == policy_schema());
    CHECK(contents_of(std::filesystem::path{RECOURSE_SOURCE_DIR} / "docs/policy.schema.json") == policy_schema());
}

TEST_CASE("every preset, and every policy of the stories, is right under the schema") {
    for (auto const name : preset_names()) {
        CAPTURE(name);
        CHECK(schema().problems(json::parse(json::string_view{find_preset(name)->text})).empty());
    }
    int stories = 0;
    for (auto const& file :
         std::filesystem::directory_iterator{std::filesystem::path{RECOURSE_TEST_DIR} / "scenarios/policies"}) {
        CAPTURE(file.path());
        CHECK(schema().problems(json::parse(contents_of(file.path()))).empty());
        ++stories;
    }
    CHECK(stories > 20);
}

TEST_CASE("the schema knows no member but its own, anywhere, and says of each what it means") {
    auto const whole = json::parse(policy_schema());
    int members = 0;
    for_each_member(whole.as_object(), "", [&](std::string const& pointer, json::object const& member) {
        CAPTURE(pointer);
        ++members;
        auto const* told = member.if_contains("description");
        REQUIRE(told != nullptr);
        CHECK(told->as_string().ends_with("."));
        if (member.contains("properties")) CHECK_FALSE(member.at("additionalProperties").as_bool());
    });
    CHECK(members > 100);
    for (auto const name : preset_names()) {
        auto const document = json::parse(json::string_view{find_preset(name)->text});
        for (auto const& pointer : places(document)) {
            auto changed = document;
            auto* object = changed.at_pointer(pointer).if_object();
            if (object == nullptr) continue;
            object->insert_or_assign("nonsense", 1);
            CAPTURE(name, pointer);
            CHECK_FALSE(schema().problems(changed).empty());
            CHECK_FALSE(read_policy(json::serialize(changed)));
        }
    }
}

TEST_CASE("what the schema refuses, the reader refuses") {
    int refused = 0;
    for (auto const name : preset_names()) {
        auto const document = json::parse(json::string_view{find_preset(name)->text});
        // One preset wholly, and of the others what may differ: all of them at every place take minutes.
        auto const all = places(document);
        std::size_t const stride = name == "aliexpress" ? 1 : 29;
        for (std::size_t at = 0; at < all.size(); at += stride) {
            auto const& pointer = all[at];
            for (auto const* const other : {"null", "true", "-1", "0", "1", "100000", "99999999999999", "\"\"",
                                            "\"nonsense\"", "\"5 days\"", "[]", "{}", "[7]"}) {
                auto changed = document;
                changed.at_pointer(pointer) = json::parse(other);
                if (schema().problems(changed).empty()) continue;
                CAPTURE(name, pointer, other);
                ++refused;
                CHECK_FALSE(read_policy(json::serialize(changed)));
            }
            if (pointer.empty()) continue;
            auto changed = document;
            auto const slash = pointer.rfind('/');
            auto* object = changed.at_pointer(pointer.substr(0, slash)).if_object();
            if (object == nullptr) continue;
            object->erase(pointer.substr(slash + 1));
            CAPTURE(name, pointer);
            if (!schema().problems(changed).empty()) CHECK_FALSE(read_policy(json::serialize(changed)));
        }
    }
    CHECK(refused > 500);
}

TEST_CASE("the schema refuses types, names, ranges and forms that the reader refuses") {
    struct row {
        std::string pointer;
        std::string_view value;
    };
    // clang-format off
    row const rows[] = {
        {"/format"                    , "2"},
        {"/version"                   , "0"},
        {"/id"                        , "\"a b\""},
        {"/id"                        , "\"\""},
        {"/protection/from"           , "\"shiped\""},
        {"/reasons"                   , "[]"},
        {"/reasons/1/remedies/2"      , "\"refund\""},
        {"/sources/0/read"            , "\"last autumn\""},
        {"/silences/negotiation_end"  , "\"opens_escalation\""},
        {"/silences/seller"           , "\"closes\""},
        {"/silences/mediator"         , "\"escalates\""},
        {"/limits/offers_per_party"   , "101"},
        {"/limits/evidence_bytes"     , "1099511627777"},
        {"/clocks/decision/length"    , "\"0 calendar_days\""},
        {"/clocks/decision/length"    , "\"10001 calendar_days\""},
        {"/clocks/decision/length"    , "\"7 days\""},
        {"/clocks/decision"           , R"({"length":"7 calendar_days"})"},
        {"/clocks/decision"           , R"({"length":"7 calendar_days","basis":"assumed","cut_off":"17"})"},
        {"/clocks"                    , "{}"},
        {"/reasons/0/partial"         , R"({"range":[10]})"},
        {"/reasons/0/partial"         , R"({"grid":[]})"},
        {"/reasons/0/partial"         , R"({"grid":[0]})"},
        {"/reasons/0/partial"         , R"({"grid":[1],"range":[1,2]})"},
        {"/reasons/0/partial"         , "\"some\""},
        {"/tenders"                   , R"(["card","card"])"},
        {"/tenders"                   , R"(["cash"])"},
        {"/coverage"                  , R"([{"from":"2026","cap":{"currency":"EUR","minor":1}}])"},
        {"/coverage"                  , R"([{"from":"2026-01-01","cap":{"currency":"Euro","minor":1}}])"},
    };
    // clang-format on
    for (auto const& [pointer, value] : rows) {
        auto const changed = with(pointer, value);
        CAPTURE(pointer, value);
        CHECK_FALSE(schema().problems(changed).empty());
        CHECK_FALSE(read_policy(json::serialize(changed)));
    }
    for (auto const* right : {R"({"grid":[10,25,50]})", R"({"range":[10,80]})", "\"free\""}) {
        auto const changed = with("/reasons/0/partial", right);
        CHECK(schema().problems(changed).empty());
        CHECK(read_policy(json::serialize(changed)));
    }
}
