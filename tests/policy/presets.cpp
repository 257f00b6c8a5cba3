// The policies that are built in: each reads, and each is pinned by its hash.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "policy/described.hpp"
#include "recourse/policy/policy.hpp"

using namespace recourse;

namespace {

struct pinned {
    std::string_view name;
    std::uint32_t version;
    std::string_view hash;
};
// A released document never changes: disputes that run under it hold this hash. A change is a new version.
constexpr pinned presets[] = {
    {"aliexpress", 1, "06a521a72b864d2407ff0b241a43c6fa9f1cb3a3332f1b15f326a7b45aa03f83"},
    {"aliexpress_detailed", 1, "adf5f1ec8fa92b41eeb1c1e926e897c86eef76a3d47f75d84c1f874be5b4994c"},
    {"allegro", 1, "29736404ca3ade5a9342bba940f1b068b42856fddc1e7798ab3ce949f1fd6265"},
    {"amazon_a_to_z", 1, "6dc6ea826a14b609b47b17860a2fd7c9052bef16000c98f4caac73d41818caee"},
    {"ebay_mbg", 1, "ca89ee5923e1d6c143ee073283aca56a57f68cfabc341f2ddebb3520865b236b"},
    {"etsy", 1, "96c6ec29eaa43cae7955ce0597164bd4b34d85cd87ecb01c51484575a20f362d"},
    {"eu_consumer", 1, "89c7792b86b930239ecb8c624c6faa6948b9c8f7f96aaa39120764482bbd114d"},
    {"marketplace_default", 1, "6e71f05452a1307056ce919ca6cfdeace188c7628f4dba7ca77bc5caa207bbb3"},
    {"mercado_libre", 1, "ef121ae30a8436a539d48ebee7f165eddd87d5e337e13bcfb8283c7d5a62ec3f"},
    {"paypal", 1, "3e799d00fbfdfbd19f8f8cdb3b8f069286ee7be19bdd9ea5e22275083b538427"},
    {"sharetribe", 1, "eff535c9dc9e28edb7128a9e56136dd8d16aac9ca0a5e72d0f7e6ac25b871f06"},
    {"vinted", 1, "605f15d31554c0afe33b6df4f755f1643982a80523444274208c31ae5a949256"},
};

}  // namespace

TEST_CASE("every preset reads, and is named as its document says") {
    REQUIRE_FALSE(preset_names().empty());
    for (auto const name : preset_names()) {
        CAPTURE(name);
        auto const* found = find_preset(name);
        REQUIRE(found != nullptr);
        auto const read = read_policy(found->text);
        if (!read) FAIL(to_text(read.error()));
        CHECK(read->id.text() == name);
        CHECK(read->version >= 1);
        CHECK_FALSE(read->title.empty());
        CHECK_FALSE(read->sources.empty());
    }
}

TEST_CASE("every preset is pinned by the hash of its bytes") {
    CHECK(preset_names().size() == std::size(presets));
    for (auto const& [name, version, hash] : presets) {
        CAPTURE(name);
        auto const* found = find_preset(name);
        REQUIRE(found != nullptr);
        CHECK(read_policy(found->text)->version == version);
        CHECK(to_text(sha256(found->text)) == hash);
        CHECK(sha256(std::string{found->text} + "\n") != sha256(found->text));
    }
}

TEST_CASE("every figure of a preset says where it comes from or why it was chosen") {
    for (auto const name : preset_names()) {
        auto const read = read_policy(find_preset(name)->text).value();
        std::vector<std::pair<std::string_view, clock_rule>> figures{{"protection", read.protection.length}};
        if (read.channel.recontact) figures.emplace_back("recontact", *read.channel.recontact);
        boost::mp11::mp_for_each<boost::describe::describe_members<clock_rules, boost::describe::mod_public>>(
            [&](auto member) {
                auto const& clock = read.clocks.*member.pointer;
                if constexpr (json::is_optional<std::remove_cvref_t<decltype(clock)>>) {
                    if (clock) figures.emplace_back(member.name, *clock);
                } else {
                    figures.emplace_back(member.name, clock);
                }
            });
        CHECK(figures.size() >= 12);
        for (auto const& [figure, clock] : figures) {
            CAPTURE(name, figure, clock.note);
            CHECK(clock.note.ends_with('.'));
            // What is only recalled was seen in no document.
            bool const recalled =
                clock.note.find("recalled") != std::string::npos || clock.note.find("Recalled") != std::string::npos;
            CHECK((!recalled || clock.basis == basis::assumed));
        }
    }
}

TEST_CASE("every preset says what it was made from, and when that was read") {
    for (auto const name : preset_names()) {
        CAPTURE(name);
        auto const read = read_policy(find_preset(name)->text).value();
        REQUIRE_FALSE(read.sources.empty());
        for (auto const& source : read.sources) {
            CHECK_FALSE(source.document.empty());
            CHECK(parse_date(source.read));
        }
    }
}

TEST_CASE("every preset has stories of its own that the tests play, and a section in the page of the presets") {
    std::ifstream page{RECOURSE_SOURCE_DIR "/docs/presets.md"};
    std::string const sections{std::istreambuf_iterator<char>{page}, {}};
    for (auto const name : preset_names()) {
        CAPTURE(name);
        std::ifstream stories{fmt::format("{}/scenarios/presets/{}.jsonl", RECOURSE_TEST_DIR, name)};
        std::string const told{std::istreambuf_iterator<char>{stories}, {}};
        CHECK(told.find(fmt::format("\"policy\": \"{}\"", name)) != std::string::npos);
        CHECK(sections.find(fmt::format("\n## {}\n", name)) != std::string::npos);
    }
}

TEST_CASE("the aliexpress preset is what the guides say") {
    auto const read = read_policy(find_preset("aliexpress")->text).value();
    CHECK(read.protection.from == anchor::shipped);
    CHECK(read.protection.length.rule.length == period{60, period_unit::calendar_days});
    CHECK(read.protection.length.zone == "buyer");
    CHECK(read.protection.length.basis == basis::documented);
    REQUIRE(read.reasons.size() == 4);
    CHECK(read.reasons[0].reason == reason{"not_received"});
    CHECK(read.reasons[0].remedies == std::vector{remedy::full_refund, remedy::partial_refund});
    CHECK(read.reasons[1].evidence == std::vector{evidence_kind::photo});
    CHECK(read.clocks.seller_response.zone == "seller");
    CHECK(read.clocks.information.rule.length == period{3, period_unit::business_days});
    CHECK(read.silences.seller == silence::opens_escalation);
    CHECK(read.silences.mediator == silence::grants_claim);
}

TEST_CASE("a preset of another name does not exist") {
    CHECK(find_preset("") == nullptr);
    CHECK(find_preset("AliExpress") == nullptr);
    CHECK(find_preset("aliexpress.json") == nullptr);
}
