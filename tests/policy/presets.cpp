// The policies that are built in: each reads, and each is pinned by its hash.
#include <catch2/catch.hpp>

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

TEST_CASE("every figure of a preset that no document gives says why it was chosen") {
    for (auto const name : preset_names()) {
        auto const read = read_policy(find_preset(name)->text).value();
        auto const& clocks = read.clocks;
        for (auto const* one :
             {&read.protection.length, &clocks.negotiation, &clocks.seller_response, &clocks.buyer_response,
              &clocks.decision, &clocks.information, &clocks.return_terms, &clocks.return_shipment,
              &clocks.return_transit, &clocks.return_inspection, &clocks.refund_result, &clocks.refund_recovery}) {
            CAPTURE(name, to_text(one->rule.length));
            CHECK_FALSE(one->note.empty());
        }
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
