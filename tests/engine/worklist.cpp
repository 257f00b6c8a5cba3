// The worklist: everybody's own tasks, the most urgent first, page by page.
#include "recourse/engine/worklist.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/store/memory.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// Disputes of one buyer with one seller, each over a payment of its own.
struct market {
    std::unique_ptr<store::contract> store = store::open_memory();
    dispute_engine disputes{*store};
    int commands = 0;

    answer ask(std::string const& dispute, actor const& by, command_body body, instant now) {
        return disputes.submit({command_id{"c-" + std::to_string(++commands)},
                                {settlement_group{"G"}, dispute_id{dispute}},
                                by,
                                {},
                                std::move(body)},
                               now);
    }
    void open(std::string const& dispute, instant now) {
        stage play;
        play.order.payment = payment_id{"P-" + dispute};
        REQUIRE(ask(dispute, anna, play.claim(full(2999)), now).accepted());
    }
    std::string list(worker const& whose, instant now, std::size_t limit = 100) {
        std::string text;
        for (auto const& one : disputes.worklist(whose, now, limit).tasks) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", one.dispute.dispute.text(), wire_name(one.what));
        }
        return text;
    }
};

worker const the_shop{role::seller, shop.id};

}  // namespace

TEST_CASE("tasks are listed by their deadline: what, until when, by which commands, and what follows otherwise") {
    market all;
    all.open("D-1", plus_seconds(opening, day));
    all.open("D-2", opening);
    auto const page = all.disputes.worklist(the_shop, plus_seconds(opening, day), 10);
    REQUIRE(page.tasks.size() == 2);
    auto const& first = page.tasks[0];
    CHECK(first.dispute.dispute == dispute_id{"D-2"});
    CHECK(first.who == shop);
    CHECK(first.what == status_code::awaiting_sellers_answer);
    CHECK(first.owed.until == at("2026-03-19T16:00:00Z"));
    CHECK(first.answers == std::vector<task_answer>{{"make_offer", {}}, {"accept_offer", 1}, {"decline_offer", 1}});
    CHECK(to_text(*first.owed.otherwise) == "the buyer may escalate");
    CHECK(page.tasks[1].owed.until == at("2026-03-20T16:00:00Z"));
    CHECK_FALSE(page.more);
    CHECK(all.list({role::buyer, anna.id}, opening).empty());
    CHECK(all.list({role::seller, actor_id{"stall"}}, opening).empty());
    CHECK(all.list({role::seller, {}}, opening) == "D-2 awaiting_sellers_answer, D-1 awaiting_sellers_answer");
}

TEST_CASE("a deadline that is due counts as applied, and is nobody's task any more") {
    market all;
    all.open("D-1", opening);
    CHECK(all.list(the_shop, at("2026-03-19T15:59:59Z")) == "D-1 awaiting_sellers_answer");
    CHECK(all.list(the_shop, at("2026-03-19T16:00:00Z")).empty());
}

TEST_CASE("pages of any size are the same list, and each continues where the one before ended") {
    market all;
    for (int number = 10; number < 33; ++number) all.open("D-" + std::to_string(number), opening);
    for (int number = 33; number < 37; ++number) all.open("D-" + std::to_string(number), plus_seconds(opening, -day));
    auto const now = plus_seconds(opening, hour);
    auto const whole = all.disputes.worklist(the_shop, now, 100).tasks;
    REQUIRE(whole.size() == 27);
    CHECK(whole[0].dispute.dispute == dispute_id{"D-33"});
    for (std::size_t const size : {1U, 4U, 26U, 27U}) {
        std::vector<task> joined;
        std::optional<work_position> after;
        for (bool more = true; more;) {
            auto page = all.disputes.worklist(the_shop, now, size, after);
            CHECK(page.tasks.size() <= size);
            REQUIRE_FALSE(page.tasks.empty());
            after = position_of(page.tasks.back());
            more = page.more;
            joined.insert(joined.end(), page.tasks.begin(), page.tasks.end());
        }
        CHECK(joined == whole);
    }
    CHECK(all.disputes.worklist(the_shop, now, 10, position_of(whole.back())).tasks.empty());
}

TEST_CASE("a mediator sees what he has taken; all mediators together see the queue as well") {
    market all;
    auto const now = plus_seconds(opening, hour);
    for (auto const* dispute : {"D-1", "D-2"}) {
        all.open(dispute, opening);
        REQUIRE(all.ask(dispute, shop, offer::decline_offer{1}, now).accepted());
        REQUIRE(all.ask(dispute, anna, dispute::escalate_dispute{}, now).accepted());
    }
    CHECK(all.list({role::mediator, mia.id}, now).empty());
    CHECK(all.list({role::mediator, {}}, now) == "D-1 awaiting_mediator, D-2 awaiting_mediator");
    auto const queued = all.disputes.worklist({role::mediator, {}}, now, 1);
    CHECK(queued.tasks[0].answers == std::vector<task_answer>{{"take_mediation", {}}});
    CHECK(queued.more);
    REQUIRE(all.ask("D-2", mia, mediation::take_mediation{}, now).accepted());
    CHECK(all.list({role::mediator, mia.id}, now) == "D-2 awaiting_decision");
    CHECK(all.list({role::mediator, actor_id{"max"}}, now).empty());
    CHECK(all.list({role::mediator, {}}, now) == "D-1 awaiting_mediator, D-2 awaiting_decision");
    REQUIRE(all.ask("D-2", mia, mediation::request_information{}, now).accepted());
    CHECK(all.list({role::buyer, anna.id}, now) == "D-2 awaiting_information_of_both");
    CHECK(all.list(the_shop, now) == "D-2 awaiting_information_of_both");
    REQUIRE(all.ask("D-2", shop, mediation::provide_information{{piece("answer")}}, now).accepted());
    CHECK(all.list(the_shop, now).empty());
}

TEST_CASE("the host sees refunds and parcels to report on, an operator the refunds to repair") {
    market all;
    auto const now = plus_seconds(opening, hour);
    all.open("D-1", opening);
    all.ask("D-1", shop, offer::accept_offer{1}, now);
    all.open("D-2", opening);
    all.ask("D-2", shop, offer::make_offer{goods_back(2999)}, now);
    all.ask("D-2", anna, offer::accept_offer{2}, now);
    CHECK(all.list(the_shop, now) == "D-2 awaiting_return_terms");
    all.ask("D-2", shop, return_request::provide_return_terms{"address-1", party::seller}, now);
    CHECK(all.list({role::buyer, {}}, now) == "D-2 awaiting_return_shipment");
    all.ask("D-2", anna, return_request::ship_return{"post", "RR1"}, now);
    CHECK(all.list({role::host, {}}, now) == "D-1 refund_ordered, D-2 return_in_transit");
    CHECK(all.list({role::platform_operator, otto.id}, now).empty());
    all.ask("D-1", bank, refund::report_refund_failed{1, "card_closed"}, now);
    CHECK(all.list({role::platform_operator, otto.id}, now) == "D-1 refund_failed");
    auto const repair = all.disputes.worklist({role::platform_operator, otto.id}, now, 5);
    CHECK(repair.tasks[0].answers == std::vector<task_answer>{{"retry_refund", 1}, {"reroute_refund", 1}});
    CHECK(repair.tasks[0].owed.otherwise->outcome->resolution == resolution::unpaid);
}

TEST_CASE("a dispute that cannot be read is reported and does not hold back the others") {
    market all;
    all.open("D-1", opening);
    all.open("D-3", opening);
    store::append damaged;
    damaged.dispute = {settlement_group{"G"}, dispute_id{"D-2"}};
    damaged.command = "c";
    damaged.events = {{1, opening, "dispute.dispute_opened", "{}", {}, {}}};
    damaged.state = "not a state";
    damaged.next_due = opening;
    all.store->append({&damaged, 1});
    auto const page = all.disputes.worklist(the_shop, opening, 10);
    CHECK(page.tasks.size() == 2);
    REQUIRE(page.failed.size() == 1);
    CHECK(page.failed[0].dispute.dispute == dispute_id{"D-2"});
    CHECK(page.failed[0].kind == failure_kind::store_corrupt);
}
