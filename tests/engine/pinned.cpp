// A dispute keeps its policy: the document is in the store, and nobody puts another one in its place.
#include <catch2/catch.hpp>
#include <filesystem>

#include "engine/offered.hpp"
#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/vocabulary/failure.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

dispute_key const the_dispute{settlement_group{"G-1"}, dispute_id{"D-1"}};
dispute_key const another{settlement_group{"G-1"}, dispute_id{"D-2"}};

answer open(dispute_engine& disputes, dispute_key const& key = the_dispute) {
    stage play;
    play.order.payment = payment_id{"P-" + std::string{key.dispute.text()}};
    auto claim = play.claim(full(2999));
    claim.policy = policy_id{"shop"};
    return disputes.submit({command_id{"open-" + std::string{key.dispute.text()}}, key, anna, {}, std::move(claim)},
                           opening);
}

// A file of disputes that several processes open one after the other.
class stored_file {
  public:
    stored_file() {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~stored_file() { std::filesystem::remove_all(folder_); }
    [[nodiscard]] std::unique_ptr<store::contract> open() const {
        store::sqlite_options options;
        options.path = (folder_ / "disputes.db").string();
        return store::open_sqlite(options);
    }

  private:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("recourse-pinned-" + std::to_string(::getpid()));
};

}  // namespace

TEST_CASE("a process that has no policy files goes on with the disputes that are stored") {
    stored_file const file;
    policy_reference offered;
    {
        auto const store = file.open();
        dispute_engine disputes{*store, {}, trusting()};
        offered = disputes.offer_policy(document_of("shop", 1)).value();
        REQUIRE(open(disputes).accepted());
    }
    auto const store = file.open();
    dispute_engine disputes{*store, {}, trusting()};
    auto const document = store->policy(offered.hash);
    REQUIRE(document);
    CHECK(document->text == document_of("shop", 1));
    CHECK(disputes.find(the_dispute)->all.dispute().kept.policy == offered);
    CHECK(disputes
              .submit({command_id{"c"}, the_dispute, shop, {}, offer::make_offer{partial(1000)}},
                      plus_seconds(opening, hour))
              .accepted());
    CHECK(open(disputes, another).refused[0].code == refusal::policy_unknown);  // it is not offered here
}

TEST_CASE("another document under a stored id and version is refused by every process, with both hashes") {
    stored_file const file;
    auto const first = document_of("shop", 1);
    auto const other = document_of("shop", 1, R"({"title":"Another one"})");
    {
        auto const store = file.open();
        dispute_engine disputes{*store, {}, trusting()};
        REQUIRE(disputes.offer_policy(first));
        REQUIRE(open(disputes).accepted());
    }
    auto const store = file.open();
    dispute_engine disputes{*store, {}, trusting()};
    auto const refused = disputes.offer_policy(other);
    REQUIRE_FALSE(refused);
    CHECK(to_text(refused.error()) == "/version: version 1 of shop is another document already, with the hash " +
                                          to_text(sha256(first)) + ", and this one has " + to_text(sha256(other)) +
                                          "; a changed policy needs a new version");
    CHECK(disputes.offer_policy(first));
    CHECK(disputes.offer_policy(document_of("shop", 2, R"({"title":"Another one"})")));
}

TEST_CASE("of two processes that offer two documents under one name, the second to open a dispute is told") {
    auto const store = store::open_memory();
    dispute_engine one{*store, {}, trusting()};
    dispute_engine two{*store, {}, trusting()};
    auto const first = one.offer_policy(document_of("shop", 1)).value();
    auto const other = two.offer_policy(document_of("shop", 1, R"({"title":"Another one"})")).value();
    REQUIRE(open(one).accepted());
    std::string told;
    try {
        open(two, another);
    } catch (failure const& broken) {
        CHECK(broken.kind() == failure_kind::policy_missing);
        told = broken.what();
    }
    CHECK(told.find(to_text(first.hash)) != std::string::npos);
    CHECK(told.find(to_text(other.hash)) != std::string::npos);
    CHECK_FALSE(store->load(another));
}

TEST_CASE("a deadline keeps the version of the holidays and zones on which it was set") {
    auto const store = store::open_memory();
    dispute_engine disputes{*store, {}, trusting()};
    REQUIRE(disputes.offer_policy(document_of("shop", 1)));
    REQUIRE(open(disputes).accepted());
    auto const seen = *disputes.find(the_dispute);
    auto const& clock = *seen.all.negotiation().clock;
    auto const set = disputes.set_from(seen, clock);
    REQUIRE(set);
    CHECK(set->calendar == "CN");
    CHECK(set->zone == "Asia/Shanghai");
    CHECK(set->length == "5 calendar_days");
    CHECK(set->data == "CN " + find_calendar("CN")->data_version() + ", zones " + std::string{zone_data_version()});
    CHECK(disputes.explain(seen, clock).answer.data_version == set->data.view());
    auto moved = clock;
    moved.due = plus_seconds(moved.due, 1);
    CHECK_FALSE(disputes.set_from(seen, moved));
}

TEST_CASE("a deadline that was set on older data says so, whatever the data are today") {
    auto const store = store::open_memory();
    dispute_engine disputes{*store, {}, trusting()};
    REQUIRE(disputes.offer_policy(document_of("shop", 1)));
    REQUIRE(open(disputes).accepted());
    // The log of an older release: the same deadline, set on older data.
    auto log = store->events(the_dispute);
    auto older = store::open_memory();
    store::append again;
    again.dispute = the_dispute;
    again.command = "c";
    again.state = store->load(the_dispute)->state;
    again.next_due = store->load(the_dispute)->next_due;
    for (auto& one : log) {
        auto happened = read_event(one.body);
        if (happened.clock_started) happened.clock_started->data = "CN 2025-01-01, zones 2025a";
        one.body = to_json(happened);
        again.events.push_back(one);
    }
    older->append({&again, 1});
    dispute_engine later{*older, {}, trusting()};
    dispute_view seen{the_dispute, read_record(again.state), {}, {}};
    CHECK(later.set_from(seen, *seen.all.negotiation().clock)->data == "CN 2025-01-01, zones 2025a");
}

TEST_CASE("protection in the file of a payment keeps the data on which its end was counted") {
    auto const store = store::open_memory();
    dispute_engine disputes{*store, {}, trusting()};
    auto const file = file_of(settlement_group{"G-1"}, payment_id{"P-1"});
    REQUIRE(disputes
                .submit({command_id{"c"}, file, bank, {}, payment::tell_order{policy_id{"aliexpress"}, {}, an_order()}},
                        opening)
                .accepted());
    auto const seen = *disputes.find(file);
    REQUIRE_FALSE(seen.all.protections().empty());
    auto const set = disputes.set_from(seen, *seen.all.protections().front().clock);
    REQUIRE(set);
    CHECK(set->zone == "Europe/Brussels");
    CHECK(set->data == "BE " + find_calendar("BE")->data_version() + ", zones " + std::string{zone_data_version()});
}
