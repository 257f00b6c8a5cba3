// The engine: decides commands on a store. It keeps no time and no thread; the host says what time it is.
//
//     recourse::dispute_engine disputes{*store};
//     auto const answer = disputes.submit(asked, now);      // durable when it returns
//     if (answer.accepted()) ... answer.events
//     else ... answer.refused[0].code
//
// One object is used by one thread at a time; any number of objects, in any number of processes, may share a store.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "recourse/engine/actions.hpp"
#include "recourse/engine/certificate.hpp"
#include "recourse/engine/effects.hpp"
#include "recourse/engine/eligibility.hpp"
#include "recourse/engine/host_rules.hpp"
#include "recourse/engine/reminders.hpp"
#include "recourse/engine/reputation.hpp"
#include "recourse/engine/status.hpp"
#include "recourse/engine/worklist.hpp"

namespace recourse {

// What becomes of refused commands beside their answer. They never touch the dispute.
enum class refusal_keeping : std::uint8_t {
    none,
    counted,  // how often commands to a dispute were refused, by code
    kept,     // counted, and each with its id, what was asked, the codes and the instant
};

// What a policy must be before disputes are opened under it. The presets are proved by this library's own checks.
enum class soundness : std::uint8_t {
    prove_if_uncertified,  // a certificate that speaks for it, or the search is run when it is offered: seconds
    require_certificate,   // of presets too
    trust,                 // nothing: the host answers for it
};

struct engine_options {
    // How far before `now` a command's `submitted_at` may lie and still count; 0 to 86,400.
    std::int64_t submitted_skew_seconds = 0;
    refusal_keeping keep_refusals = refusal_keeping::none;
    host_rules host{};  // the host's own vetoes and effects
    soundness policies = soundness::prove_if_uncertified;
    proof_basis proofs{};  // for whom a policy is proved that has no certificate
};

// Why a policy was not taken.
struct policy_refused {
    input_problems problems;         // what is wrong, and where; never empty
    std::optional<refusal> code{};   // policy_unsound, policy_not_decided or policy_not_certified; else it is the text
    std::vector<policy_flaw> flaws;  // of an unsound one, with the plays to them
};
// A line each problem, then the play to the first flaw that people can come to as a story for `recourse play`; `document`
// is the policy's file.
std::string to_text(policy_refused const& no, std::string_view document = {});

struct refusal_count {
    refusal code{};
    std::uint64_t count = 0;
    bool operator==(refusal_count const&) const = default;
};
struct kept_refusal {
    instant at;  // when it was refused
    std::string command;
    std::vector<refusal> codes;
    std::string asked;                // the canonical command
    std::vector<veto_told> vetoes{};  // what the host's own rules said
    bool operator==(kept_refusal const&) const = default;
};

// A dispute, or the file of a payment, that heard of a command and did what followed from it, in its transaction.
struct heard_of_it {
    dispute_key dispute;
    std::uint32_t version = 0;
    std::vector<event> events;
};

struct answer {
    dispute_key dispute;
    std::uint32_t version = 0;  // of the dispute now
    std::vector<event> lapsed;  // what time alone had done first; recorded whether the command was accepted or not
    std::vector<event> events;  // what the command did; empty if it was refused
    refusals refused;
    bool duplicate = false;           // this command was accepted before; `events` are those of then
    std::optional<instant> next_due;  // the dispute's next deadline
    std::vector<taken_row> rows;      // which rows of which tables were taken, lapses first
    std::vector<heard_of_it> heard{};
    bool refusal_kept = false;  // the refusal was counted or kept, as the engine's options ask
    [[nodiscard]] bool accepted() const noexcept { return refused.empty(); }
};

// What is known of one dispute.
struct dispute_view {
    dispute_key key;
    record all;
    std::optional<account> money;
    terms known;
};

struct failed_dispute {
    dispute_key dispute;
    failure_kind kind{};
    std::string message;
};
struct due_run {
    std::vector<answer> applied;
    std::vector<failed_dispute> failed;
};

struct work_page {
    std::vector<task> tasks;  // at most as many as were asked for
    bool more = false;        // there are others after them
    std::vector<failed_dispute> failed;
};

struct reminder_run {
    std::vector<reminder> reminders;  // earliest first
    std::optional<instant> next;      // the first after them, of the clocks that run now; others may begin to run
    std::vector<failed_dispute> failed;
};

class dispute_engine {
  public:
    // The calendars are the host's: the built-in ones, with its own calendars and the decrees that came since.
    explicit dispute_engine(store::contract& store, calendar_set calendars = {}, engine_options options = {});

    // Offers a policy to new disputes; its document is read, checked and hashed. A document that differs under an id
    // and version offered before is refused, here or in any process that has opened a dispute under it in this store; so
    // is one that takes the orders that another takes as well, and neither is narrower. The presets are offered from the
    // start. So is one that is not sound, or has no certificate, as the options ask; `proved` is its certificate, and what
    // the library ships and what this engine has proved before count as well. The search may take seconds.
    result<policy_reference, policy_refused> offer_policy(std::string_view text,
                                                          std::optional<certificate> const& proved = {});

    // The policy that a dispute over the order is opened under if its opening names none: of the offered ones with
    // `applies_to` that are meant for it the narrowest (recourse/policy/selector.hpp), of its versions the newest.
    result<policy_reference, refused> select_policy(order_facts const& order);

    // Decides and makes durable. Conflicts with other writers are met by loading and deciding again. Throws `failure`.
    // `recorded_at` is when it is written down, kept beside each event; `now` if it is left out.
    answer submit(command const& asked, instant now, std::optional<instant> recorded_at = {});

    // Applies to one dispute what is due by `now`. nullopt: there is no such dispute.
    std::optional<answer> pass_time(dispute_key const& key, instant now, std::optional<instant> recorded_at = {});

    // The same for all disputes, at most `limit` of them, earliest first. A dispute that cannot be brought up to date (its
    // calendar does not cover the year, its row is damaged) is reported and does not hold back the others.
    due_run run_due(instant now, std::size_t limit);
    std::vector<store::due_dispute> due(instant now, std::size_t limit) { return store_.due(now, limit); }

    std::optional<dispute_view> find(dispute_key const& key);
    std::optional<std::vector<action>> actions(dispute_key const& key, actor const& by, instant now);
    std::vector<event> events(dispute_key const& key);
    std::vector<refusal_count> refusal_counts(dispute_key const& key) const;  // by code; only those that came up
    std::vector<kept_refusal> refusals(dispute_key const& key, std::size_t limit) const;  // in order

    // nullopt: there is no such dispute.
    std::optional<recourse::status> status(dispute_key const& key, role viewer, instant now);

    // Whether the dispute counts against its seller, under its policy, by what is recorded. nullopt: there is none.
    std::optional<recourse::reputation> reputation(dispute_key const& key);

    // Whether a dispute could be opened. What time has done to other disputes over the payment counts, and is not
    // recorded. Policies, calendars and zones that are not known are reasons why not.
    recourse::eligibility eligibility(eligibility_question const& asked, instant now);

    // The most urgent tasks, at most `limit`, that come after a page before. Every page walks all disputes of the store;
    // a dispute that cannot be brought up to date is reported and does not hold back the others.
    work_page worklist(worker const& whose, instant now, std::size_t limit,
                       std::optional<work_position> const& after = {});

    // The reminders that fall into (after, until], of the clocks that still run at `until`: who asks for one span after the
    // other gets each once, and after a standstill those that still matter. Every call walks all disputes of the store;
    // one that cannot be brought up to date is reported and does not hold back the others.
    reminder_run reminders(instant after, instant until);

    // What people wrote in a dispute, as far as it was not erased: the events have the digests.
    std::vector<store::personal_text> texts(dispute_key const& key) const { return store_.texts(key); }
    // Erases all texts of a person, in every dispute; how many there were. The log, its links and what was decided stay.
    std::uint64_t erase(actor const& subject) { return store_.erase(subject); }

    // Why a running deadline is on that date, day by day, on the data that are here now.
    static explanation explain(dispute_view const& seen, lifecycle::running_clock const& clock);
    // What it was computed from when it was set, with the version of the holiday and zone data of then, as the log says;
    // nullopt if the log has no such clock.
    std::optional<lifecycle::started_clock> set_from(dispute_view const& seen, lifecycle::running_clock const& clock);

  private:
    struct moved_money;  // by a decision, as the other records over the payment hear of it
    struct offered_policy {
        policy_reference reference;
        std::string text;
        policy content;
    };

    std::shared_ptr<offered_policy const> pinned(policy_reference const& reference);
    std::shared_ptr<offered_policy const> newest(policy_id const& id, std::optional<std::uint32_t> version);
    std::shared_ptr<offered_policy const> add(std::string_view text, policy content);
    // What a new record is opened under: the policy that it names, if that is meant for the order, or the one that is.
    result<std::shared_ptr<offered_policy const>, refused> chosen(policy_id const& id,
                                                                  std::optional<std::uint32_t> version,
                                                                  order_facts const& order);
    result<std::shared_ptr<offered_policy const>, refused> meant_for(order_facts const& order);
    [[nodiscard]] input_problems ties_of(policy const& offered) const;
    // Why the options do not let disputes be opened under it; nothing: they do.
    [[nodiscard]] std::optional<policy_refused> doubts_about(policy const& offered, policy_reference const& reference,
                                                             std::optional<certificate> const& proved) const;
    // Throws if the store has another document under the same id and version: another process was here first.
    void refuse_other_document(offered_policy const& opened_under);
    static std::string other_document(policy_reference const& offered, digest const& known);
    result<terms, refused> terms_of(offered_policy const& policy, party_facts const& buyer, party_facts const& seller);
    dispute_view view_of(dispute_key const& key, store::loaded const& stored);
    std::optional<answer> answer_again(command const& asked, store::loaded const& stored, digest const& fingerprint);
    // Applies what is due to the other disputes over a payment; true if there was anything.
    bool pass_time_of_others(account const& money, dispute_key const& key, instant now, instant recorded_at);
    // What other records over the payment do because of what was decided, appended to the group.
    std::vector<heard_of_it> tell_others(moved_money const& what, instant recorded_at,
                                         std::vector<store::append>& group, std::vector<taken_row>& rows);
    // What the dispute that another one is merged into records of it, appended to the group; false: it has changed, and
    // all is decided again.
    bool tell_joined(command const& asked, recorded const& merged, instant recorded_at,
                     std::vector<store::append>& group, answer& given);
    // When the protection of each line ends, by the file of a payment; empty if there is none.
    std::vector<protected_until> protections_in(dispute_key const& file);
    // What each open dispute gives up for a refund by another route, in the order of their opening.
    std::vector<std::pair<dispute_id, std::vector<line_amount>>> given_up_for(command const& asked,
                                                                              dispute_view const& file);
    [[nodiscard]] std::vector<std::string> policy_names() const;
    [[nodiscard]] refused policy_unknown(policy_id const& id, std::optional<std::uint32_t> version) const;
    std::optional<answer> try_once(command const& asked, std::string const& spelled, instant now, instant recorded_at);
    void keep_refusal(command const& asked, std::string const& spelled, instant now, answer& given);

    store::contract& store_;
    calendar_set calendars_;
    engine_options options_;
    std::map<digest, std::shared_ptr<offered_policy const>> by_hash_;
    std::map<policy_id, std::map<std::uint32_t, std::shared_ptr<offered_policy const>>> by_id_;
    std::set<policy_id> presets_read_;
    std::map<policy_id, std::string> presets_not_taken_;  // why, in a sentence
};

}  // namespace recourse
