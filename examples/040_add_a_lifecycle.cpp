// A lifecycle of the host's own beside a dispute: a third party inspects returned goods, within two business days.
//
// As long as the inspection is under way the seller may neither accept nor contest the return. When the inspector has
// reported, or has not in time, the host tells the dispute what was found.
#include <cstdio>

#include "recourse/engine/machine.hpp"
#include "recourse/recourse.hpp"

// ---- What would be the header of the lifecycle ------------------------------------------------------------------------

namespace inspection {

using recourse::actor_id;
using recourse::refusal;
using recourse::role;
using recourse::lifecycle::always;
using recourse::lifecycle::by_host;
using recourse::lifecycle::deadline_passed;
using recourse::lifecycle::ends;
using recourse::lifecycle::list;
using recourse::lifecycle::row;
using recourse::lifecycle::runs;
using recourse::lifecycle::state;

// clang-format off
// ---- states
struct not_ordered : state<0> { static constexpr std::string_view name = "not_ordered"; };
struct under_way   : state<1> { static constexpr std::string_view name = "under_way"; };
struct reported    : state<2> { static constexpr std::string_view name = "reported"; };
struct overdue     : state<3> { static constexpr std::string_view name = "overdue"; };
// clang-format on

enum class clock : std::uint8_t { none, report };

// ---- commands
struct order_inspection {
    static constexpr std::string_view name = "order_inspection";
    actor_id inspector;
};
struct report_findings {
    static constexpr std::string_view name = "report_findings";
    bool as_agreed = true;
};

// ---- facts
struct facts {
    role by{};
    actor_id who;
    actor_id inspector;  // who was ordered to inspect
};

// ---- events
struct inspection_ordered {
    static constexpr std::string_view name = "inspection_ordered";
    actor_id inspector;
    static inspection_ordered of(facts const&, order_inspection const& command) { return {command.inspector}; }
};
struct findings_reported {
    static constexpr std::string_view name = "findings_reported";
    bool as_agreed = true;
    static findings_reported of(facts const&, report_findings const& command) { return {command.as_agreed}; }
};
struct report_lapsed {
    static constexpr std::string_view name = "report_lapsed";
    static report_lapsed of(facts const&, deadline_passed const&) { return {}; }
};

// ---- guards
struct by_this_inspector {
    static constexpr std::string_view name = "by_this_inspector";
    static constexpr auto otherwise = refusal::vetoed_by_host;
    static bool holds(facts const& known, auto const&) noexcept { return known.who == known.inspector; }
    static void particulars(facts const& known, auto const&, recourse::refused& no) {
        no.subject = "inspection.not_the_inspector";
        no.because = std::string{known.inspector.text()} + " has the goods, and nobody else.";
    }
};

// ---- the table
// clang-format off
using table = recourse::lifecycle::table<
    //   from          on command         to            records              only if
    // +-------------+------------------+-------------+--------------------+-------------------+
    row< not_ordered , order_inspection , under_way   , inspection_ordered , by_host           >,
    // +-------------+------------------+-------------+--------------------+-------------------+
    row< under_way   , report_findings  , reported    , findings_reported  , by_this_inspector >,
    row< under_way   , deadline_passed  , overdue     , report_lapsed      , always            >>;
// clang-format on

struct lifecycle_type {
    static constexpr std::string_view name = "inspection";
    using initial = not_ordered;
    using clocks = clock;
    using facts = inspection::facts;
    using table = inspection::table;
    using waits = list<runs<under_way, clock::report>, ends<reported>, ends<overdue>>;
};
static_assert(recourse::lifecycle::is_sound<lifecycle_type>());

}  // namespace inspection

// ---- Its log and its machine: what the host keeps ---------------------------------------------------------------------

namespace inspection {

using recourse::instant;
namespace engine = recourse::engine;
namespace lifecycle = recourse::lifecycle;

struct event {
    instant at;
    std::uint8_t to = 0;
    std::optional<instant> due;  // of the clock that it started
    lifecycle::as_variant<lifecycle::events_of<lifecycle_type>>::type body;
};

struct record {
    std::uint8_t state = not_ordered::code;
    std::optional<instant> due;
    actor_id inspector;
    std::optional<bool> as_agreed;
    bool operator==(record const&) const = default;
};

// The one function that changes a record; replay calls it as well.
record evolve(record before, event const& happened) {
    before.state = happened.to;
    before.due = happened.due;
    if (auto const* ordered = std::get_if<inspection_ordered>(&happened.body)) before.inspector = ordered->inspector;
    if (auto const* told = std::get_if<findings_reported>(&happened.body)) before.as_agreed = told->as_agreed;
    return before;
}

class file {
  public:
    // Empty if it was accepted and recorded.
    template <class Command>
    recourse::refusals tell(recourse::actor const& by, Command const& command, instant now) {
        facts const known{by.role, by.id, all_.inspector};
        auto const answer = engine::run_machine<lifecycle_type>(all_.state, known, &command);
        if (std::holds_alternative<engine::no_row>(answer)) {
            recourse::refused no;
            no.code = refusal::not_possible_in_this_state;
            no.subject = lifecycle::state_name<lifecycle_type>(all_.state);
            return {no};
        }
        auto const* row = std::get_if<engine::taken<lifecycle_type>>(&answer);
        if (row == nullptr) return engine::blockers<lifecycle_type>(all_.state, known, command);
        event happened{now, row->to, {}, row->event};
        if (lifecycle::clock_in<lifecycle_type>(row->to) == clock::report) happened.due = end_of_report(now);
        log_.push_back(happened);
        all_ = evolve(all_, happened);
        return {};
    }

    // True if the deadline had passed; it is recorded at its own instant, however late this is called.
    bool pass_time(instant now) {
        if (!all_.due || *all_.due > now) return false;
        return tell({role::timer, actor_id{"timer"}}, deadline_passed{}, *all_.due).empty();
    }

    [[nodiscard]] record const& all() const { return all_; }
    [[nodiscard]] std::vector<event> const& log() const { return log_; }

  private:
    // Two business days where the depot is.
    static instant end_of_report(instant from) {
        static recourse::deadline_rule const rule{.length = {2, recourse::period_unit::business_days}};
        static auto const zone = *recourse::time_zone::find("Europe/Brussels");
        return recourse::due_at(rule, from, *recourse::find_calendar("BE"), zone).value();
    }

    record all_;
    std::vector<event> log_;
};

}  // namespace inspection

// ---- A dispute with an inspection beside it ---------------------------------------------------------------------------

using namespace recourse;

namespace {

dispute_key const key{settlement_group{"G-1"}, dispute_id{"D-1"}};
actor const anna{role::buyer, actor_id{"anna"}};
actor const shop{role::seller, actor_id{"shop"}};
actor const depot{role::host, actor_id{"depot"}};

instant at(char const* text) { return *parse_instant(text); }

// While the goods are inspected nobody speaks for them but the host.
host_rules rules_of(inspection::file const& goods) {
    host_rules rules;
    rules.add_veto("return_request.*", "inspection", [&](veto_question const& asked) -> std::optional<veto> {
        if (goods.all().state != inspection::under_way::code || asked.by.role == role::host) return std::nullopt;
        return veto{"under_way", "The goods are being inspected.", {}, goods.all().due};
    });
    // When the goods are there, the outbox asks for the inspection.
    rules.add_effect("return_request.return_delivered", "inspection",
                     [](host_event const&) { return std::optional<std::string>{"inspect"}; });
    return rules;
}

dispute::open_dispute not_as_described() {
    auto const euro = *currency::find("EUR");
    dispute::open_dispute opening;
    opening.policy = policy_id{"aliexpress"};
    opening.reason = reason{"not_as_described"};
    opening.order = {.order = order_id{"O-1"},
                     .payment = payment_id{"P-1"},
                     .captured = {8900, euro},
                     .buyer = {anna.id, "Europe/Brussels", "BE"},
                     .seller = {shop.id, "Asia/Shanghai", "CN"},
                     .lines = {{line_id{"jacket"}, 1, {8900, euro}}},
                     .paid_at = {},
                     .shipped_at = at("2026-02-01T08:00:00+08:00"),
                     .delivered_at = {}};
    opening.lines = {{line_id{"jacket"}, 1}};
    opening.award = {remedy::return_refund, {8900, euro}};
    opening.evidence = {{evidence_kind::photo, sha256("a seam"), "image/jpeg", 1000}};
    return opening;
}

// What the inspector found, or that he found nothing in time, as a command to the dispute; its id repeats, so it may be
// sent again after a crash.
command findings_for(inspection::file const& goods) {
    auto const found =
        goods.all().as_agreed.value_or(true) ? return_request::finding::as_agreed : return_request::finding::damaged;
    return_request::inspect_return told;
    told.findings = {{line_id{"jacket"}, 1, found}};
    return {command_id{"inspection-of-D-1"}, key, depot, {}, told};
}

}  // namespace

int main() {
    auto const store = store::open_memory();
    inspection::file goods;
    dispute_engine disputes{*store, {}, {.host = rules_of(goods)}};
    auto const give = [&](char const* id, actor const& by, command_body body, char const* when) {
        auto given = disputes.submit({command_id{id}, key, by, {}, std::move(body)}, at(when));
        for (auto const& no : given.refused) std::printf("%s: %s\n", id, to_text(no).c_str());
        return given;
    };
    give("c-1", anna, not_as_described(), "2026-02-20T10:00:00+01:00");
    give("c-2", shop, offer::accept_offer{1}, "2026-02-21T11:00:00+08:00");
    give("c-3", shop, return_request::provide_return_terms{"depot-7", party::seller}, "2026-02-22T11:00:00+08:00");
    give("c-4", anna, return_request::ship_return{"bpost", "BE123456789"}, "2026-02-24T12:00:00+01:00");
    give("c-5", depot, return_request::report_return_delivered{}, "2026-03-06T09:00:00+01:00");

    // The host carries out what the outbox asks for.
    for (auto const& effect : store->outbox(0, 100)) {
        if (effect.entry.kind != "host") continue;
        std::printf("%s\n", effect.entry.body.c_str());
        goods.tell(depot, inspection::order_inspection{actor_id{"max"}}, at("2026-03-06T09:05:00+01:00"));
        store->settle(effect.position);
    }
    std::printf("the report is due by %s\n", to_text(*goods.all().due).c_str());
    give("c-6", shop, return_request::accept_return{}, "2026-03-06T20:00:00+08:00");
    for (auto const& no :
         goods.tell({role::host, actor_id{"eve"}}, inspection::report_findings{false}, at("2026-03-07T10:00:00+01:00")))
        std::printf("eve reports: %s\n", to_text(no).c_str());

    // Nobody reports. The timer runs late, and each deadline counts as of its own instant.
    auto const late = at("2026-03-12T08:00:00+01:00");
    if (goods.pass_time(late)) {
        std::printf("nothing was reported by %s\n", to_text(goods.log().back().at).c_str());
        auto const given = disputes.submit(findings_for(goods), late);
        for (auto const& happened : given.events) std::puts(type_of(happened).c_str());
        std::printf("sent again: %s\n", disputes.submit(findings_for(goods), late).duplicate ? "a duplicate" : "anew");
    }

    inspection::record again;
    for (auto const& happened : goods.log()) again = inspection::evolve(again, happened);
    std::printf("%zu events, replayed: %s\n", goods.log().size(), again == goods.all() ? "the same" : "another");
    return again == goods.all() ? 0 : 1;
}
