// One chargeback over a payment, as the card network tells of it: from the first alert to the ruling.
//
// Notices come twice, late and out of order. Each has a place: a ruling is beyond everything that went before, a later
// phase beyond an earlier one, then the number that the network gave and the instant at the network count. Only what lies
// beyond all that was heard moves the chargeback, all else is recorded as told again; so the order of hearing does not
// matter. A ruling may be turned over by a later ruling. What is argued about once more after it has a new number.
#pragma once

#include <tuple>

#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/order.hpp"

namespace recourse::chargeback {

using lifecycle::always;
using lifecycle::awaits_the_network;
using lifecycle::by_host;
using lifecycle::clock;
using lifecycle::deadline_passed;
using lifecycle::ends;
using lifecycle::list;
using lifecycle::row;
using lifecycle::runs;
using lifecycle::state;

// clang-format off

// ---- states
struct not_heard_of    : state<0> { static constexpr std::string_view name = "not_heard_of"; };
struct alert           : state<1> { static constexpr std::string_view name = "alert"; };
struct inquiry         : state<2> { static constexpr std::string_view name = "inquiry"; };
struct open            : state<3> { static constexpr std::string_view name = "open"; };
struct represented     : state<4> { static constexpr std::string_view name = "represented"; };
struct pre_arbitration : state<5> { static constexpr std::string_view name = "pre_arbitration"; };
struct arbitration     : state<6> { static constexpr std::string_view name = "arbitration"; };
struct won             : state<7> { static constexpr std::string_view name = "won"; };
struct lost            : state<8> { static constexpr std::string_view name = "lost"; };
struct withdrawn       : state<9> { static constexpr std::string_view name = "withdrawn"; };

// clang-format on

// What a notice says; its order is how far it goes.
enum class phase : std::uint8_t {
    alert,    // a warning: no money has moved
    inquiry,  // the bank asks: no money has moved
    open,     // the money was taken
    represented,
    pre_arbitration,
    arbitration,
    won,        // by the seller
    lost,       // by the seller
    withdrawn,  // by the buyer or her bank
};
constexpr bool is_a_ruling(phase one) noexcept { return one >= phase::won; }

}  // namespace recourse::chargeback

namespace recourse {
template <>
inline constexpr std::array<std::string_view, 9> wire_names<chargeback::phase>{
    "alert", "inquiry", "open", "represented", "pre_arbitration", "arbitration", "won", "lost", "withdrawn"};
}  // namespace recourse

namespace recourse::chargeback {

// What was heard, and from when the network says it is so.
struct notice {
    chargeback_id chargeback;
    phase state = phase::alert;
    money amount;
    tender_id tender{};  // empty: not told, or the payment is one tender
    instant at;
    std::uint32_t sequence = 0;           // the network's number of it, if it has one
    std::optional<instant> respond_by{};  // before this instant evidence reaches the network
    bool operator==(notice const&) const = default;
};

// Whether one lies beyond another. All that tells two notices apart counts, so that no two have one place.
inline bool is_beyond(notice const& one, notice const& other) noexcept {
    auto const place = [](notice const& of) {
        auto const how_far = is_a_ruling(of.state) ? phase::won : of.state;
        return std::tuple{how_far, of.sequence, of.at, of.state, of.amount.minor, of.respond_by};
    };
    return place(one) > place(other);
}

// ---- commands
struct tell_chargeback {
    static constexpr std::string_view name = "tell_chargeback";
    chargeback_id chargeback;
    phase state = phase::alert;
    money amount;  // in dispute, or lost, as of then
    tender_id tender{};
    instant at;
    std::uint32_t sequence = 0;
    std::optional<instant> respond_by{};
    bool operator==(tell_chargeback const&) const = default;
};
inline notice notice_of(tell_chargeback const& told) {
    return {told.chargeback, told.state, told.amount, told.tender, told.at, told.sequence, told.respond_by};
}

// ---- facts
struct facts {
    role by{};
    bool is_news = false;                    // beyond all that was heard
    std::optional<refused> account_problem;  // with what is news
    std::optional<instant> answer_due;       // the running time to answer the network
};

// ---- events: one for each phase that a chargeback comes to
template <phase Phase>
struct moved {
    static constexpr std::string_view name = [] {
        switch (Phase) {
            case phase::alert: return "alert_raised";
            case phase::inquiry: return "inquiry_made";
            case phase::open: return "chargeback_opened";
            case phase::represented: return "chargeback_represented";
            case phase::pre_arbitration: return "pre_arbitration_begun";
            case phase::arbitration: return "arbitration_begun";
            case phase::won: return "chargeback_won";
            case phase::lost: return "chargeback_lost";
            case phase::withdrawn: break;
        }
        return "chargeback_withdrawn";
    }();
    notice told;
    [[nodiscard]] bool runs_clock() const noexcept { return told.respond_by.has_value(); }
    [[nodiscard]] instant clock_until() const noexcept { return told.respond_by.value_or(instant{}); }
    static moved of(facts const&, tell_chargeback const& command) { return {notice_of(command)}; }
    bool operator==(moved const&) const = default;
};
using alert_raised = moved<phase::alert>;
using inquiry_made = moved<phase::inquiry>;
using chargeback_opened = moved<phase::open>;
using chargeback_represented = moved<phase::represented>;
using pre_arbitration_begun = moved<phase::pre_arbitration>;
using arbitration_begun = moved<phase::arbitration>;
using chargeback_won = moved<phase::won>;
using chargeback_lost = moved<phase::lost>;
using chargeback_withdrawn = moved<phase::withdrawn>;

struct chargeback_told_again {  // twice, late, or in the same phase with another amount or another time to answer
    static constexpr std::string_view name = "chargeback_told_again";
    static constexpr bool restarts_clock = true;
    notice told;
    bool is_news = false;
    std::optional<instant> answer_due{};
    [[nodiscard]] bool runs_clock() const noexcept { return answer_due.has_value(); }
    [[nodiscard]] instant clock_until() const noexcept { return answer_due.value_or(instant{}); }
    static chargeback_told_again of(facts const& known, tell_chargeback const& command) {
        auto due = known.answer_due;
        if (known.is_news && command.respond_by) due = command.respond_by;
        return {notice_of(command), known.is_news, due};
    }
    bool operator==(chargeback_told_again const&) const = default;
};
struct answer_lapsed {  // nobody answered the network in time, as far as it has told; it will rule
    static constexpr std::string_view name = "answer_lapsed";
    static constexpr bool runs_clock() noexcept { return false; }
    static answer_lapsed of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(answer_lapsed const&) const = default;
};

// ---- guards
template <phase Phase>
struct says {
    static constexpr std::string_view name = wire_name(Phase);
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const&, tell_chargeback const& told) noexcept { return told.state == Phase; }
};
struct is_news {
    static constexpr std::string_view name = "is_news";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.is_news; }
};
struct account_agrees {
    static constexpr std::string_view name = "account_agrees";
    static constexpr auto otherwise = refusal::payment_facts_contradict;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.account_problem; }
    static void particulars(facts const& known, auto const&, refused& no) {
        auto const guard = no.guard;
        no = *known.account_problem;
        no.guard = guard;
    }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from              on command        to                records                  only if
    // +-----------------+-----------------+-----------------+------------------------+-------------------------------------------------------+
    row< not_heard_of    , tell_chargeback , alert           , alert_raised           , by_host, says<phase::alert>          , account_agrees >,
    row< not_heard_of    , tell_chargeback , inquiry         , inquiry_made           , by_host, says<phase::inquiry>        , account_agrees >,
    row< not_heard_of    , tell_chargeback , open            , chargeback_opened      , by_host, says<phase::open>           , account_agrees >,
    row< not_heard_of    , tell_chargeback , represented     , chargeback_represented , by_host, says<phase::represented>    , account_agrees >,
    row< not_heard_of    , tell_chargeback , pre_arbitration , pre_arbitration_begun  , by_host, says<phase::pre_arbitration>, account_agrees >,
    row< not_heard_of    , tell_chargeback , arbitration     , arbitration_begun      , by_host, says<phase::arbitration>    , account_agrees >,
    row< not_heard_of    , tell_chargeback , won             , chargeback_won         , by_host, says<phase::won>            , account_agrees >,
    row< not_heard_of    , tell_chargeback , lost            , chargeback_lost        , by_host, says<phase::lost>           , account_agrees >,
    row< not_heard_of    , tell_chargeback , withdrawn       , chargeback_withdrawn   , by_host, says<phase::withdrawn>      , account_agrees >,
    // +-----------------+-----------------+-----------------+------------------------+-------------------------------------------------------+
    row< alert           , tell_chargeback , inquiry         , inquiry_made           , by_host, is_news, says<phase::inquiry>        , account_agrees >,
    row< alert           , tell_chargeback , open            , chargeback_opened      , by_host, is_news, says<phase::open>           , account_agrees >,
    row< alert           , tell_chargeback , represented     , chargeback_represented , by_host, is_news, says<phase::represented>    , account_agrees >,
    row< alert           , tell_chargeback , pre_arbitration , pre_arbitration_begun  , by_host, is_news, says<phase::pre_arbitration>, account_agrees >,
    row< alert           , tell_chargeback , arbitration     , arbitration_begun      , by_host, is_news, says<phase::arbitration>    , account_agrees >,
    row< alert           , tell_chargeback , won             , chargeback_won         , by_host, is_news, says<phase::won>            , account_agrees >,
    row< alert           , tell_chargeback , lost            , chargeback_lost        , by_host, is_news, says<phase::lost>           , account_agrees >,
    row< alert           , tell_chargeback , withdrawn       , chargeback_withdrawn   , by_host, is_news, says<phase::withdrawn>      , account_agrees >,
    row< alert           , tell_chargeback , alert           , chargeback_told_again  , by_host, account_agrees >,
    // +-----------------+-----------------+-----------------+------------------------+-------------------------------------------------------+
    row< inquiry         , tell_chargeback , open            , chargeback_opened      , by_host, is_news, says<phase::open>           , account_agrees >,
    row< inquiry         , tell_chargeback , represented     , chargeback_represented , by_host, is_news, says<phase::represented>    , account_agrees >,
    row< inquiry         , tell_chargeback , pre_arbitration , pre_arbitration_begun  , by_host, is_news, says<phase::pre_arbitration>, account_agrees >,
    row< inquiry         , tell_chargeback , arbitration     , arbitration_begun      , by_host, is_news, says<phase::arbitration>    , account_agrees >,
    row< inquiry         , tell_chargeback , won             , chargeback_won         , by_host, is_news, says<phase::won>            , account_agrees >,
    row< inquiry         , tell_chargeback , lost            , chargeback_lost        , by_host, is_news, says<phase::lost>           , account_agrees >,
    row< inquiry         , tell_chargeback , withdrawn       , chargeback_withdrawn   , by_host, is_news, says<phase::withdrawn>      , account_agrees >,
    row< inquiry         , tell_chargeback , inquiry         , chargeback_told_again  , by_host, account_agrees >,
    row< inquiry         , deadline_passed , inquiry         , answer_lapsed          , always >,
    // +-----------------+-----------------+-----------------+------------------------+-------------------------------------------------------+
    row< open            , tell_chargeback , represented     , chargeback_represented , by_host, is_news, says<phase::represented>    , account_agrees >,
    row< open            , tell_chargeback , pre_arbitration , pre_arbitration_begun  , by_host, is_news, says<phase::pre_arbitration>, account_agrees >,
    row< open            , tell_chargeback , arbitration     , arbitration_begun      , by_host, is_news, says<phase::arbitration>    , account_agrees >,
    row< open            , tell_chargeback , won             , chargeback_won         , by_host, is_news, says<phase::won>            , account_agrees >,
    row< open            , tell_chargeback , lost            , chargeback_lost        , by_host, is_news, says<phase::lost>           , account_agrees >,
    row< open            , tell_chargeback , withdrawn       , chargeback_withdrawn   , by_host, is_news, says<phase::withdrawn>      , account_agrees >,
    row< open            , tell_chargeback , open            , chargeback_told_again  , by_host, account_agrees >,
    row< open            , deadline_passed , open            , answer_lapsed          , always >,
    // +-----------------+-----------------+-----------------+------------------------+-------------------------------------------------------+
    row< represented     , tell_chargeback , pre_arbitration , pre_arbitration_begun  , by_host, is_news, says<phase::pre_arbitration>, account_agrees >,
    row< represented     , tell_chargeback , arbitration     , arbitration_begun      , by_host, is_news, says<phase::arbitration>    , account_agrees >,
    row< represented     , tell_chargeback , won             , chargeback_won         , by_host, is_news, says<phase::won>            , account_agrees >,
    row< represented     , tell_chargeback , lost            , chargeback_lost        , by_host, is_news, says<phase::lost>           , account_agrees >,
    row< represented     , tell_chargeback , withdrawn       , chargeback_withdrawn   , by_host, is_news, says<phase::withdrawn>      , account_agrees >,
    row< represented     , tell_chargeback , represented     , chargeback_told_again  , by_host, account_agrees >,
    // +-----------------+-----------------+-----------------+------------------------+-------------------------------------------------------+
    row< pre_arbitration , tell_chargeback , arbitration     , arbitration_begun      , by_host, is_news, says<phase::arbitration>    , account_agrees >,
    row< pre_arbitration , tell_chargeback , won             , chargeback_won         , by_host, is_news, says<phase::won>            , account_agrees >,
    row< pre_arbitration , tell_chargeback , lost            , chargeback_lost        , by_host, is_news, says<phase::lost>           , account_agrees >,
    row< pre_arbitration , tell_chargeback , withdrawn       , chargeback_withdrawn   , by_host, is_news, says<phase::withdrawn>      , account_agrees >,
    row< pre_arbitration , tell_chargeback , pre_arbitration , chargeback_told_again  , by_host, account_agrees >,
    row< pre_arbitration , deadline_passed , pre_arbitration , answer_lapsed          , always >,
    // +-----------------+-----------------+-----------------+------------------------+-------------------------------------------------------+
    row< arbitration     , tell_chargeback , won             , chargeback_won         , by_host, is_news, says<phase::won>            , account_agrees >,
    row< arbitration     , tell_chargeback , lost            , chargeback_lost        , by_host, is_news, says<phase::lost>           , account_agrees >,
    row< arbitration     , tell_chargeback , withdrawn       , chargeback_withdrawn   , by_host, is_news, says<phase::withdrawn>      , account_agrees >,
    row< arbitration     , tell_chargeback , arbitration     , chargeback_told_again  , by_host, account_agrees >,
    // +-----------------+-----------------+-----------------+------------------------+-------------------------------------------------------+
    // What was ruled may be ruled otherwise later: a reversal is an ordinary thing.
    row< won             , tell_chargeback , lost            , chargeback_lost        , by_host, is_news, says<phase::lost>           , account_agrees >,
    row< won             , tell_chargeback , withdrawn       , chargeback_withdrawn   , by_host, is_news, says<phase::withdrawn>      , account_agrees >,
    row< won             , tell_chargeback , won             , chargeback_told_again  , by_host, account_agrees >,
    row< lost            , tell_chargeback , won             , chargeback_won         , by_host, is_news, says<phase::won>            , account_agrees >,
    row< lost            , tell_chargeback , withdrawn       , chargeback_withdrawn   , by_host, is_news, says<phase::withdrawn>      , account_agrees >,
    row< lost            , tell_chargeback , lost            , chargeback_told_again  , by_host, account_agrees >,
    row< withdrawn       , tell_chargeback , won             , chargeback_won         , by_host, is_news, says<phase::won>            , account_agrees >,
    row< withdrawn       , tell_chargeback , lost            , chargeback_lost        , by_host, is_news, says<phase::lost>           , account_agrees >,
    row< withdrawn       , tell_chargeback , withdrawn       , chargeback_told_again  , by_host, account_agrees >>;
// clang-format on

// ---- what a chargeback keeps
struct instance {
    notice last;  // that which lies beyond all others
    bool operator==(instance const&) const = default;
};
template <phase Phase>
void apply(instance& kept, moved<Phase> const& told) {
    kept.last = told.told;
}
inline void apply(instance& kept, chargeback_told_again const& told) {
    if (told.is_news) kept.last = told.told;
}
inline void apply(instance&, answer_lapsed const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "chargeback";
    static constexpr std::uint8_t code = 9;
    static constexpr bool many = true;
    static constexpr bool of_payment = true;
    static constexpr auto unknown = refusal::chargeback_unknown;
    using initial = not_heard_of;
    using facts = chargeback::facts;
    using table = chargeback::table;
    using instance = chargeback::instance;
    using waits = list<awaits_the_network<alert>, runs<inquiry, clock::representment>, runs<open, clock::representment>,
                       awaits_the_network<represented>, runs<pre_arbitration, clock::representment>,
                       awaits_the_network<arbitration>, ends<won>, ends<lost>, ends<withdrawn>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::chargeback
