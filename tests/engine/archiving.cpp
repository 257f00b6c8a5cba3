// Which disputes are over, and what a payment remembers of those that were archived.
#include "recourse/engine/archiving.hpp"

#include <catch2/catch.hpp>

#include "recourse/engine/engine.hpp"
#include "recourse/engine/verify.hpp"
#include "store/adapters.hpp"

using namespace recourse;

namespace {

money euro(std::int64_t minor) { return {minor, *currency::find("EUR")}; }
instant at(char const* text) { return *parse_instant(text); }
instant const noon = at("2026-02-10T12:00:00Z");

dispute_key named(std::string const& dispute) { return {settlement_group{"G-1"}, dispute_id{dispute}}; }
command asked(std::string const& id, std::string const& dispute, actor const& by, command_body body) {
    return {command_id{id}, named(dispute), by, {}, std::move(body)};
}
actor const anna{role::buyer, actor_id{"anna"}};
actor const shop{role::seller, actor_id{"shop"}};
actor const bank{role::host, actor_id{"bank"}};

// Two mugs of three, or however many; a payment of 300.
command opening(std::string const& id, std::string const& dispute, std::int64_t units) {
    dispute::open_dispute body;
    body.policy = policy_id{"aliexpress"};
    body.order = {order_id{"O-1"},
                  payment_id{"P-1"},
                  euro(300),
                  {actor_id{"anna"}, "Europe/Brussels", "BE"},
                  {actor_id{"shop"}, "Asia/Shanghai", "CN"},
                  {{line_id{"mug"}, 3, euro(300)}},
                  {},
                  at("2026-02-01T00:00:00Z"),
                  {},
                  {},
                  0};
    body.reason = reason{"not_received"};
    body.lines = {{line_id{"mug"}, units}};
    body.award = {remedy::full_refund, euro(100 * units)};
    return asked(id, dispute, anna, body);
}

void close_with_refund(dispute_engine& engine, std::string const& dispute, std::int64_t units, bool settled) {
    REQUIRE(engine.submit(opening("open-" + dispute, dispute, units), noon).accepted());
    REQUIRE(engine.submit(asked("yes-" + dispute, dispute, shop, offer::accept_offer{1}), noon).accepted());
    if (!settled) return;
    REQUIRE(engine
                .submit(asked("paid-" + dispute, dispute, bank,
                              refund::confirm_refund{1, euro(100 * units), "R-" + dispute}),
                        noon)
                .accepted());
}

void settle_all(store::contract& in) {
    for (auto const& one : in.outbox(0, 1000)) in.settle(one.position);
}

store_samples::adapter each_adapter_with_archive() {
    std::vector<store_samples::adapter> those;
    for (auto const& one : store_samples::adapters())
        if (one.open_archive != nullptr) those.push_back(one);
    auto const which = GENERATE_COPY(from_range(those));
    UNSCOPED_INFO("store: " << which.name);
    return which;
}

instant after_days(std::int64_t days) { return plus_seconds(noon, days * seconds_per_day); }

}  // namespace

TEST_CASE(
    "a closed dispute is archived when it is over for long enough, its effects are settled, and nothing of its "
    "payment is held",
    "[every_adapter]") {
    auto const which = each_adapter_with_archive();
    auto in = which.open();
    auto const archive = which.open_archive(in);
    dispute_engine engine{*in};
    close_with_refund(engine, "D-1", 1, true);
    close_with_refund(engine, "D-2", 1, false);
    auto const run = [&](instant by) { return archive_closed(*in, *archive, by).archived; };

    CHECK_FALSE(over_since(*in, named("D-2")));
    CHECK_FALSE(over_since(*in, named("D-1")));  // D-2 holds something of the payment
    CHECK_FALSE(over_since(*in, named("D-9")));
    CHECK(run(after_days(9000)) == 0);
    REQUIRE(
        engine.submit(asked("paid-D-2", "D-2", bank, refund::confirm_refund{1, euro(100), "R-D-2"}), noon).accepted());
    auto const since = over_since(*in, named("D-1"));
    REQUIRE(since);
    CHECK(*since >= noon);
    CHECK(run(after_days(9000)) == 0);  // their effects wait
    settle_all(*in);
    CHECK(run({since->microseconds - 1}) == 0);
    // Another group, so that nothing above is the last of its file.
    auto other = opening("open-other", "D-1", 1);
    other.dispute.group = settlement_group{"G-2"};
    REQUIRE(engine.submit(other, noon).accepted());
    auto const done = archive_closed(*in, *archive, *since);
    CHECK(done.over == 2);
    CHECK(done.archived == 2);
    CHECK(done.unreadable.empty());
    CHECK(run(after_days(9000)) == 0);
    CHECK(verify(*in).sound());
    CHECK(verify(*in).disputes == 3);
    CHECK(verify(*in, named("D-1")).sound());
}

TEST_CASE("a payment remembers what was refunded by disputes that are archived", "[every_adapter]") {
    auto const which = each_adapter_with_archive();
    auto in = which.open();
    auto const archive = which.open_archive(in);
    dispute_engine engine{*in};
    close_with_refund(engine, "D-1", 2, true);
    settle_all(*in);
    auto filler = opening("open-other", "D-1", 1);
    filler.dispute.group = settlement_group{"G-2"};
    REQUIRE(engine.submit(filler, noon).accepted());
    REQUIRE(archive_closed(*in, *archive, after_days(9000)).archived == 1);

    // The same again is known, its name is taken, and of three mugs one is left.
    CHECK(engine.submit(opening("open-D-1", "D-1", 2), noon).duplicate);
    CHECK_FALSE(engine.submit(opening("another", "D-1", 1), noon).accepted());
    CHECK_FALSE(engine.submit(opening("too-many", "D-2", 2), noon).accepted());
    CHECK(engine.submit(opening("the-last", "D-2", 1), noon).accepted());
    CHECK(engine.find(named("D-1"))->all.dispute().in<dispute::closed>());
    CHECK(engine.events(named("D-1")).size() == in->load(named("D-1"))->version);
    CHECK(in->ledger(settlement_group{"G-1"}, payment_id{"P-1"})->refunded_minor == 200);
    CHECK(verify(*in).sound());
}
