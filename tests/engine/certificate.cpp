// Certificates: what one speaks for, that those of the presets are made again as they are, and what an engine takes.
#include "recourse/engine/certificate.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "engine/mutated_policies.hpp"
#include "engine/offered.hpp"
#include "engine/stage.hpp"
#include "recourse/store/memory.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// A small preset under another name: proved in no time, and without a certificate of its own.
std::string small_document(std::string_view more = "{}") {
    auto document = boost::json::parse(boost::json::string_view{find_preset("sharetribe")->text});
    document.as_object()["id"] = "shop";
    auto const further = boost::json::parse(boost::json::string_view{more.data(), more.size()});
    for (auto const& [name, content] : further.as_object()) document.as_object()[name] = content;
    return boost::json::serialize(document);
}

// The reader finds nothing wrong, and nobody can open a dispute: the window closes before it opens.
std::string unsound_document() {
    return small_document(R"({"reasons":[{"reason":"disputed","title":"Disputed","remedies":["full_refund"],)"
                          R"("not_before":"delivered + 5 calendar_days","not_after":"delivered + 2 calendar_days"}]})");
}

policy_reference reference_of(std::string const& document) {
    auto const read = read_policy(document).value();
    return {read.id, read.version, sha256(document)};
}

std::vector<certificate_flaw> flaws_of(certificate const& given, policy_reference const& of) {
    std::vector<certificate_flaw> found;
    for (auto const& one : verify(given, of)) {
        CHECK(one.because.ends_with('.'));
        found.push_back(one.flaw);
    }
    return found;
}

struct desk {
    std::unique_ptr<store::contract> store = store::open_memory();
    dispute_engine disputes;
    explicit desk(soundness asked) : disputes{*store, {}, options(asked)} {}
    static engine_options options(soundness asked) {
        engine_options made;
        made.policies = asked;
        return made;
    }
};

}  // namespace

TEST_CASE("a certificate is written and read again, and speaks for the policy that was proved", "[certificate]") {
    auto const document = small_document();
    auto const made = certify(document);
    REQUIRE(made);
    CHECK(made->verdict == certified_verdict::sound);
    CHECK(made->combinations > 10);
    CHECK(made->bound_seconds >= made->longest_seconds);
    CHECK(made->longest_seconds > made->silence_seconds);
    CHECK(made->library == library_version());
    auto const text = to_json(*made);
    CHECK(text.starts_with("{\n    \"format\": 1,\n    \"policy\": \"shop\",\n"));
    CHECK(text.ends_with("\n}\n"));
    CHECK(read_certificate(text) == *made);
    CHECK(verify(*made, reference_of(document)).empty());
    // The same proof gives the same bytes.
    CHECK(to_json(certify(document).value()) == text);
}

TEST_CASE("a certificate says why it does not speak for a policy", "[certificate]") {
    auto const document = small_document();
    auto const made = certify(document).value();
    auto const of = reference_of(document);
    auto const changed = reference_of(small_document(R"({"title":"Another one"})"));
    CHECK(flaws_of(made, changed) == std::vector{certificate_flaw::other_document});
    auto const renamed = reference_of(small_document(R"({"id":"market"})"));
    CHECK(flaws_of(made, renamed) == std::vector{certificate_flaw::other_policy, certificate_flaw::other_document});
    auto other = made;
    other.tables_hash = sha256("other tables");
    CHECK(flaws_of(other, of) == std::vector{certificate_flaw::other_tables});
    other = made;
    other.library = "0.0.9";
    CHECK(flaws_of(other, of) == std::vector{certificate_flaw::other_library});
    other = made;
    other.verdict = certified_verdict::not_decided;
    CHECK(flaws_of(other, of) == std::vector{certificate_flaw::not_sound});
    CHECK(flaws_of(certify(unsound_document()).value(), reference_of(unsound_document())) ==
          std::vector{certificate_flaw::not_sound});
}

TEST_CASE("what is no certificate is told with every problem", "[certificate]") {
    auto const cut = read_certificate(R"({"format":2,"policy":"shop","verdict":"fine","color":"red"})");
    REQUIRE_FALSE(cut);
    std::set<std::string> pointers;
    for (auto const& one : cut.error()) pointers.insert(one.pointer);
    for (auto const* pointer : {"/format", "/verdict", "/color", "/policy_hash", "/tables_hash", "/start"}) {
        CAPTURE(pointer);
        CHECK(pointers.contains(pointer));
    }
    CHECK_FALSE(read_certificate("[]"));
    CHECK_FALSE(read_certificate("{"));
    CHECK_FALSE(certify("{}"));
}

TEST_CASE("the hash of the tables is over every lifecycle, row, guard and reaction", "[certificate]") {
    auto const text = tables_in_full();
    CHECK(tables_hash() == sha256(text));
    for (auto const* line : {"search ", "\nlifecycle dispute ", "\nlifecycle chargeback ", "\nwhen ", " if by_"}) {
        CAPTURE(line);
        CHECK(text.find(line) != std::string::npos);
    }
    std::size_t rows = 0;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() { rows += lifecycle::rows<L>.size(); });
    std::size_t told = 0;
    for (auto at = text.find("\nrow "); at != std::string::npos; at = text.find("\nrow ", at + 1)) ++told;
    CHECK(told == rows);
}

// The others take longer: ./dev prove makes all of them again.
TEST_CASE("the certificates of the quick presets are made again as they are shipped", "[certificate]") {
    auto const name = GENERATE(as<std::string>{}, "sharetribe", "aliexpress", "eu_consumer");
    CAPTURE(name);
    auto const kept = preset_certificate(name);
    REQUIRE_FALSE(kept.empty());
    CHECK(to_json(certify(find_preset(name)->text).value()) == kept);
}

TEST_CASE("every certificate that is shipped speaks for its preset", "[certificate]") {
    for (auto const name : preset_names()) {
        CAPTURE(name);
        auto const kept = preset_certificate(name);
        REQUIRE_FALSE(kept.empty());
        auto const read = read_certificate(kept);
        REQUIRE(read);
        CHECK(to_json(*read) == kept);
        CHECK(flaws_of(*read, reference_of(std::string{find_preset(name)->text})).empty());
    }
    CHECK(preset_certificate("no_such_preset").empty());
}

TEST_CASE("an engine proves what has no certificate, takes what has one, and refuses what is asked to have one",
          "[certificate]") {
    auto const document = small_document();
    CHECK(desk{soundness::prove_if_uncertified}.disputes.offer_policy(document));
    desk strict{soundness::require_certificate};
    auto const none = strict.disputes.offer_policy(document);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == refusal::policy_not_certified);
    CHECK(none.error().flaws.empty());
    REQUIRE(none.error().problems.size() == 1);
    CHECK(none.error().problems[0].reason == "has no certificate that speaks for it.");

    auto const other = certify(small_document(R"({"title":"Another one"})")).value();
    auto const wrong = strict.disputes.offer_policy(document, other);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().problems[0].reason.find(" It is for a document with the hash ") != std::string::npos);
    CHECK(strict.disputes.offer_policy(document, certify(document).value()));
    // What it has taken before it need not be shown again.
    CHECK(strict.disputes.offer_policy(document));
}

TEST_CASE("an unsound policy is refused with the play to what is wrong, unless the host answers for it",
          "[certificate]") {
    auto const document = unsound_document();
    auto const no = desk{soundness::prove_if_uncertified}.disputes.offer_policy(document);
    REQUIRE_FALSE(no);
    CHECK(no.error().code == refusal::policy_unsound);
    REQUIRE_FALSE(no.error().flaws.empty());
    CHECK(no.error().problems.size() == no.error().flaws.size());
    auto const text = to_text(no.error(), "shop.json");
    CAPTURE(text);
    CHECK(text.starts_with("The policy is unsound: "));
    CHECK(text.find("shop.json: /: found_by_search: cannot_be_opened") != std::string::npos);
    CHECK(text.find("\n{\"story\":\"What is wrong with the policy\",") != std::string::npos);
    CHECK(text.find("\"policies\":[\"shop.json\"]") != std::string::npos);
    CHECK(cry_of_wolf(document, no.error().flaws.front()).empty());
    CHECK(desk{soundness::trust}.disputes.offer_policy(document));
}

TEST_CASE("a proof that is given up is no proof", "[certificate]") {
    desk at{soundness::prove_if_uncertified};
    auto options = desk::options(soundness::prove_if_uncertified);
    options.proofs.nodes_max = 5;
    dispute_engine disputes{*at.store, {}, options};
    auto const no = disputes.offer_policy(small_document());
    REQUIRE_FALSE(no);
    CHECK(no.error().code == refusal::policy_not_decided);
}

TEST_CASE("an engine that asks for certificates takes every preset", "[certificate]") {
    desk strict{soundness::require_certificate};
    stage play;
    for (auto const name : preset_names()) {
        CAPTURE(name);
        auto claim = play.claim(full(2999));
        claim.policy = policy_id{name};
        auto const said = strict.disputes.submit(
            {command_id{name}, {settlement_group{"G-1"}, dispute_id{name}}, anna, {}, std::move(claim)}, opening);
        // Some of them ask for a contact first, or for other evidence.
        for (auto const& no : said.refused) {
            CHECK(no.code != refusal::policy_not_certified);
            CHECK(no.code != refusal::policy_unknown);
        }
    }
}
