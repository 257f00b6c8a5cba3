// The exhaustive search: everything that can become of a dispute under a policy, walked with the real `decide`.
//
//     auto const found = search(search_setting_of(known, buyer, seller, start));
//     found.violations                       // empty: nothing hangs, nobody is paid twice, time alone closes all of it
//     to_text(found)                         // the numbers, the rows never taken, the longest time and its path
//     to_story(found.longest.path, ...)      // the same path as a story that `recourse play` plays
//
// A node is what still matters of a dispute: the states of all machines, flags, counters, amounts, the account, and which
// deadlines are pending in which order. Left out are identifiers, versions, digests of evidence, what became of offers
// that are over, and the instants of deadlines: of those only the order is kept (docs/decisions/0015). At every node each
// actor tries every candidate at once and in the last instant before the next deadline, or all stay silent and it passes.
// Where an event starts a clock beside others, the search also goes on with the new deadline in every other place of the
// order, whatever the policy's periods are. So what is proved holds for people who act at any time. `without_orders` comes
// to the same over fewer nodes: there each of the pending deadlines may be the next to pass.
//
// Instants that are no clocks, at which somebody may do more or less from then on, stand in the same order: see
// `turning_point`. Where the policy asks for contact first, the contact is the first step and the openings are moves. With
// `chargebacks_max` the payment's bank is one more actor: a chargeback is opened between any two steps, then won or lost.
// With `outside_refunds_max` the host tells, between any two steps, of refunds that were paid by another route.
#pragma once

#include <functional>

#include "recourse/engine/decide.hpp"

namespace recourse {

// `decide`, and `lapse` where nobody asks for anything.
using decider =
    std::function<decision(dispute_key const& key, record const& before, std::optional<account> const& money,
                           terms const& known, command const* asked, instant now)>;
decider the_real_decider();
// `hear`, of a chargeback of the payment.
using hearer = std::function<std::optional<recorded>(dispute_key const& key, record const& before, account const& money,
                                                     terms const& known, payment_news const& news, instant now)>;
hearer the_real_hearer();

struct search_setting {
    terms known;
    std::vector<dispute::open_dispute> openings;  // each of them is searched from
    instant start;                                // when it is opened
    std::vector<instant> other_starts;            // tried for the longest time; the facts of the order move along
    std::size_t nodes_max = 5'000'000;            // more is taken for a search without an end
    bool stop_at_the_first = false;               // violation; circles are looked for only when everything was walked
    // Of the records that come to a node that there was, each so-and-so-many-th is held against it, and so is what some
    // play makes of it. 0: none.
    std::size_t compare_every = 256;
    decider decides = the_real_decider();
    // What a bank does, each of it a cap that keeps the search small.
    std::size_t chargebacks_max = 0;                // opened on one path; each is then won or lost, once
    std::vector<std::int64_t> chargeback_minors{};  // the amounts tried; empty: all that was captured
    bool chargebacks_after_closing = false;         // also opened when the dispute is closed
    hearer hears = the_real_hearer();
    bool looks_for_the_longest = true;
    // Nodes without what the limits count (offers, amendments, requests, attempts, pieces of evidence): the search is over
    // a policy that sets no such limit, but where it is zero, and the longest time over this one. Its nodes contain all
    // of this policy's (docs/decisions/0028).
    bool without_counters = false;
    // Nodes without the order of their deadlines: any of them may pass next, instead of an order that was chosen when they
    // began (docs/decisions/0041). A violation is then more often told by a path that cannot be played.
    bool without_orders = false;
    // Refunds by other routes, told of on one path; of the first line.
    std::size_t outside_refunds_max = 0;
    std::vector<std::int64_t> outside_refund_minors{};  // the amounts tried; empty: all that was paid for the line
    bool outside_refunds_after_closing = false;         // also told when the dispute is closed
    // The same policy with clocks at least as long from every start: the longest play under it is `bound`.
    policy const* clocks_at_most = nullptr;
};

// A setting that stays small: an order of two cents a line, one unit each, and a claim of each remedy for the reason that
// has most of them. The parties are those of the terms.
search_setting search_setting_of(terms const& known, party_facts const& buyer, party_facts const& seller, instant start,
                                 std::size_t lines = 1);

enum class search_move : std::uint8_t { opens, acts_at_once, acts_in_the_last_instant, stays_silent };
template <>
inline constexpr std::array<std::string_view, 4> wire_names<search_move>{"opens", "acts_at_once",
                                                                         "acts_in_the_last_instant", "stays_silent"};

// An instant that is no clock: nothing happens by itself, and from then on somebody may do more, or less. It passes in
// silence, and people act before and at it as with a deadline. Where it is set, it takes every place among the deadlines.
// That a dispute can no longer be opened after a contact, because protection has ended, is none: it only takes moves away,
// and what is left when nobody opens is walked.
enum class turning_point : std::uint8_t {
    lease_ends,              // another mediator may take it over
    escalation_opens,        // by the policy, whatever the seller does
    window_of_loser_ends,    // who got nothing of what was asked may no longer appeal
    promised_delivery_ends,  // a mediation that begins now is not held any more
};
template <>
inline constexpr std::array<std::string_view, 4> wire_names<turning_point>{
    "lease_ends", "escalation_opens", "window_of_loser_ends", "promised_delivery_ends"};

struct search_step {
    search_move move{};
    instant at;
    actor by;                                // the timer when all stay silent
    std::optional<command_body> asked;       // what is done; nothing when all stay silent
    std::optional<lifecycle::clock> waited;  // the clock that ran on to its last instant, or to its end
    bool reordered = false;  // the deadlines after it come in another order than the policy's periods give
    std::optional<turning_point> awaited{};        // what was waited for, if it was no clock
    std::optional<chargeback_told> told{};         // what the bank tells, instead of a command
    std::optional<outside_refund> paid_outside{};  // likewise, of a refund by another route
    bool operator==(search_step const&) const = default;
};

enum class search_flaw : std::uint8_t {
    cannot_be_opened,         // an opening is refused, so nothing was searched from it
    waits_for_ever,           // not closed, and no deadline is pending
    never_closes_by_silence,  // deadlines pass one after the other and lead back to where they began
    goes_on_for_ever,         // people may act in a circle before it is closed that starts a clock: no counter ends it
    passes_a_limit,           // a counter is above what the policy allows
    pays_more_than_captured,  // the account of the payment breaks its rule
    counts_money_wrongly,  // what was confirmed, or told as paid by another route, and what the account counts differ
    has_a_second_outcome,  // an outcome, once there, is another one
    moves_a_deadline_earlier,
    leaves_the_tables,          // an event that no row of its lifecycle records
    differs_on_replay,          // the events do not add up to the record
    forgets_too_much,           // two records that count as one node do not go on alike: the search itself is wrong
    throws,                     // decide threw
    finds_no_end,               // more nodes than `nodes_max`
    orders_while_charged_back,  // a refund order leaves while a chargeback is open
    holds_without_end,          // what the policy gives somebody for a time, he has for ever
};
template <>
inline constexpr std::array<std::string_view, 16> wire_names<search_flaw>{"cannot_be_opened",
                                                                          "waits_for_ever",
                                                                          "never_closes_by_silence",
                                                                          "goes_on_for_ever",
                                                                          "passes_a_limit",
                                                                          "pays_more_than_captured",
                                                                          "counts_money_wrongly",
                                                                          "has_a_second_outcome",
                                                                          "moves_a_deadline_earlier",
                                                                          "leaves_the_tables",
                                                                          "differs_on_replay",
                                                                          "forgets_too_much",
                                                                          "throws",
                                                                          "finds_no_end",
                                                                          "orders_while_charged_back",
                                                                          "holds_without_end"};

struct search_violation {
    search_flaw flaw{};
    std::string because;
    std::vector<search_step> path;  // from the opening
    std::size_t times = 1;          // how often a flaw of this kind was met; the first is told
    // True if no step is `reordered`: then a story of the path goes the same way on any store.
    [[nodiscard]] bool can_be_played() const noexcept;
};

struct longest_play {
    std::int64_t seconds = 0;  // from the opening to closed
    std::vector<search_step> path;
    bool operator==(longest_play const&) const = default;
};

struct search_report {
    std::size_t nodes = 0;
    std::size_t nodes_reordered = 0;  // of them reached only with deadlines in another order
    std::size_t edges = 0;
    std::size_t closed = 0;    // nodes in which the dispute is closed
    std::size_t compared = 0;  // records held against the node that they came to
    std::vector<taken_row> rows_taken;
    std::vector<taken_row> rows_not_taken;
    std::vector<search_violation> violations;  // one of each kind, with the shortest path
    longest_play longest;  // from the worst of the starts, people acting as late as they can; only without violations
    longest_play bound;    // no play takes longer, whenever it starts; if the setting has `clocks_at_most`
    std::int64_t silence_seconds_max = 0;  // on the plays looked through for it: the longest close by time alone
};

// Never throws for what `decide` throws; that is a violation.
search_report search(search_setting const& from);

std::string to_text(search_report const& found);
std::string to_text(search_violation const& found);
std::string to_text(search_step const& one);

// The path as lines of JSON for `recourse play`, with the head of the story; expectations are the reader's.
std::string to_story(std::string_view title, dispute_key const& dispute, std::vector<search_step> const& path);

}  // namespace recourse
