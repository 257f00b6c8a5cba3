// The store contract: what any database must do for the engine, and nothing more.
//
// A store keeps bytes; it never looks inside `state` or an event's `body`. Everything one command does is one
// `append`, and one append is atomic: its events, its state, its next deadline, its outbox rows, its ledger rows and
// the policy document it pins become durable together or not at all. Correctness is the compare-and-set on the version
// of the dispute and of each ledger row; no transaction isolation beyond that is relied on.
//
// Every call may throw `failure` (store_unavailable, store_corrupt, store_newer). After a throw nothing of that call
// is known to have happened: send the same append again, its command key makes that harmless.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "recourse/vocabulary/digest.hpp"
#include "recourse/vocabulary/identity.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/party.hpp"

namespace recourse::store {

struct stored_event {
    std::uint32_t version = 0;  // of the dispute after this event; the first is 1
    instant at;                 // when it happened; never decreases within a dispute
    std::string type;           // "offer.offer_made"
    std::string body;           // opaque
    std::string command;        // the key of the command, on the first event that it recorded; empty on the others
    digest fingerprint;         // of the canonical command, likewise
    // When it was written, as the host says; nothing for what was stored before that was kept.
    std::optional<instant> recorded_at{};
    digest link{};  // of the chain over the dispute's events, made by the store: see link_of
    bool operator==(stored_event const&) const = default;
};

// One payment of a settlement group. At all times 0 <= reserved, 0 <= refunded, reserved + refunded <= captured.
struct ledger_row {
    payment_id payment;
    std::uint64_t version = 0;  // 1 for the first one written
    std::string currency;       // ISO 4217
    std::int64_t captured_minor = 0;
    std::int64_t reserved_minor = 0;
    std::int64_t refunded_minor = 0;
    std::string lines;  // opaque
    bool operator==(ledger_row const&) const = default;
};

// `after.version` is one more than the version that was read (1 for a new row).
struct ledger_change {
    ledger_row after;
    bool operator==(ledger_change const&) const = default;
};

struct outbox_entry {
    std::string kind;  // "refund_order", "notification"
    std::string body;  // opaque
    bool operator==(outbox_entry const&) const = default;
};

struct policy_document {
    digest hash;  // SHA-256 of `text`
    policy_id id;
    std::uint32_t version = 0;
    std::string text;
    bool operator==(policy_document const&) const = default;
};

// What a person wrote, apart from the events, which have its digest only: the one thing in a store that is erased.
struct personal_text {
    actor subject;   // who wrote it
    digest content;  // of the salt and the text: what the events say
    digest salt;
    std::string text;
    bool operator==(personal_text const&) const = default;
};

// One command's whole effect.
struct append {
    dispute_key dispute;
    std::uint32_t expected = 0;  // the version it was decided on; 0 = the dispute must not exist
    std::string command;         // the idempotency key: the caller's command id, or "timer:GROUP/DISPUTE:VERSION"
    digest fingerprint;          // of the canonical command
    // At least one, versions expected + 1, expected + 2, ... The store itself puts `command` and `fingerprint` above
    // on the first and leaves them empty on the others, and puts the link on each; it does not read them here.
    std::vector<stored_event> events;
    std::string state;                 // after these events; a cache of them
    std::optional<instant> next_due;   // the earliest deadline in the state
    std::vector<outbox_entry> outbox;  // at most 10,000
    std::vector<ledger_change> ledger;
    std::optional<policy_document> policy;  // stored by hash if it is not there yet
    std::vector<personal_text> texts{};     // that its command carried
    bool all_or_none = false;               // if one of a group says so, the group is committed whole or not at all
};

struct committed {
    std::uint32_t version;  // of the dispute after it
    bool operator==(committed const&) const = default;
};
struct duplicate {                // the same command key with the same fingerprint was appended before
    std::uint32_t first_version;  // of the first event that it recorded
    bool operator==(duplicate const&) const = default;
};
struct key_reused {  // the same command key was appended before with another fingerprint
    bool operator==(key_reused const&) const = default;
};
struct conflict {  // nothing was written: what the decision was based on has changed
    enum class cause : unsigned char { dispute_version, ledger_version, policy_differs } what;
    std::uint64_t actual = 0;  // the version found; 0 for policy_differs
    bool operator==(conflict const&) const = default;
};
using outcome = std::variant<committed, duplicate, key_reused, conflict>;

struct loaded {
    std::uint32_t version = 0;
    std::string state;
    std::optional<instant> next_due;
    std::vector<std::uint64_t> command_hashes;  // of every command key of this dispute: see command_hash
    digest head{};                              // the link of the last event
};

struct due_dispute {
    dispute_key dispute;
    std::uint32_t version = 0;
    instant due;
    bool operator==(due_dispute const&) const = default;
};

struct pending_effect {
    std::uint64_t position = 0;  // increases in commit order
    dispute_key dispute;
    std::uint32_t version = 0;  // of the last event of the command that made it
    std::uint32_t index = 0;    // 0, 1, ... among the effects of that command
    outbox_entry entry;
    bool operator==(pending_effect const&) const = default;
};

// Who claims, by which time, until when, and how much at most. Instants are the caller's, as everywhere.
struct claim {
    std::string worker;  // 1 to 200 of ASCII's ! to ~; no two workers have the same
    instant now;         // leases that end by now are over
    instant until;       // when the new ones end
    std::size_t limit = 0;
};

// An effect that is handed out. Worker and attempt together are the lease: whoever claims it later has another attempt.
struct claimed_effect {
    pending_effect effect;
    std::uint32_t attempt = 0;  // 1 when it is handed out for the first time; counted before anything is tried
    std::string worker;
    bool operator==(claimed_effect const&) const = default;
};

// What became of an effect that was handed out.
struct delivered {
    bool operator==(delivered const&) const = default;
};
struct put_off {
    instant until;  // handed out to nobody before
    std::string reason;
    bool operator==(put_off const&) const = default;
};
struct parked {  // handed out to nobody, nor is what comes after it in its dispute, until it is released
    instant at;
    std::string reason;
    bool operator==(parked const&) const = default;
};
struct given_back {  // nothing was tried: the attempt does not count
    bool operator==(given_back const&) const = default;
};
using delivery = std::variant<delivered, put_off, parked, given_back>;

struct parked_effect {
    pending_effect effect;
    instant at;
    std::uint32_t attempts = 0;
    std::string reason;
    bool operator==(parked_effect const&) const = default;
};

// An event among those of all disputes.
struct fed_event {
    std::uint64_t position = 0;  // increases in commit order
    dispute_key dispute;
    stored_event event;
    bool operator==(fed_event const&) const = default;
};

// A command that was refused, and left nothing in the dispute.
struct refused_command {
    dispute_key dispute;
    instant at;                        // when it was refused
    std::vector<std::uint16_t> codes;  // of the refusals, ascending
    std::string command;               // its id
    std::string asked;                 // the canonical command
    bool operator==(refused_command const&) const = default;
};
enum class keeping : unsigned char { counted, whole };  // only its codes are counted, or it is kept as well

struct code_count {
    std::uint16_t code = 0;
    std::uint64_t count = 0;
    bool operator==(code_count const&) const = default;
};

// What does not agree within the stored bytes themselves, whatever they mean.
struct damage {
    std::optional<dispute_key> dispute;
    std::string what;  // a sentence
    bool operator==(damage const&) const = default;
};

// The first eight bytes of SHA-256 of the command key, big-endian. A hit may be false, a miss never is.
std::uint64_t command_hash(std::string_view command_key);

// The link of an event: SHA-256 over the link before it (32 zero bytes before the first) and everything that is stored
// of the event, each with its length; docs/store.md has the bytes. `link` of the event is not read.
digest link_of(dispute_key const&, digest const& before, stored_event const&);

// Whether 0 <= reserved, 0 <= refunded and reserved + refunded <= captured.
bool holds_invariant(ledger_row const&) noexcept;

// For adapters, before they write: throws std::invalid_argument for what only a bug of the caller can hold. Besides what
// `append` below names: an empty command key or identifier, a ledger version of 0, a policy hash that is not its text's,
// a personal text that is nobody's or has another digest.
void require_well_formed(std::span<append const> group);
// The same for a refused command: an identifier or an id that is empty, codes that do not ascend or are not there.
void require_well_formed(refused_command const&);

// The same for a claim whose worker has no such name, and for an attempt 0 that nobody was given.
void require_well_formed(claim const&);
void require_well_formed(claimed_effect const&);

// For adapters, before each append of a group: true if one that it rests on was not committed. `answered` holds the
// outcomes of those before it.
bool rests_on_nothing(std::span<append const> group, std::span<outcome const> answered);

// For adapters: whether the group is committed whole or not at all; then, what is answered if something of it was not
// committed: whatever was is a conflict, since it was taken back.
bool holds_together(std::span<append const> group);
void take_back(std::span<append const> group, std::span<outcome> answered);

class contract {
  public:
    contract() = default;
    contract(contract const&) = delete;
    contract& operator=(contract const&) = delete;
    virtual ~contract() = default;

    // nullopt: there is no such dispute.
    virtual std::optional<loaded> load(dispute_key const&) = 0;

    // Events with version > after, in order.
    virtual std::vector<stored_event> events(dispute_key const&, std::uint32_t after = 0) = 0;

    // Commits the group in one transaction, each append on its own merits: one that meets a conflict leaves no trace
    // and does not hold back the others. Appends to one dispute apply in the order given. The key is looked at first:
    // a known one answers duplicate or key_reused whatever the versions say. An append without events, or whose
    // versions do not follow `expected`, or whose ledger row breaks the invariant above, is a bug of the caller and
    // throws std::invalid_argument before anything is written. All outcomes are durable when the call returns.
    // An append rests on those to the same dispute before it in the group: once one of them is not committed, the later
    // ones are conflicts too, whatever the version is, since it is then someone else's. A group of which one append says
    // `all_or_none` leaves a trace of all of them or of none.
    virtual std::vector<outcome> append(std::span<store::append const> group) = 0;

    // Disputes whose next_due <= now, earliest first, at most `limit`.
    virtual std::vector<due_dispute> due(instant now, std::size_t limit) = 0;

    virtual std::optional<ledger_row> ledger(settlement_group const&, payment_id const&) = 0;

    // Effects not settled yet with position > after, in order.
    virtual std::vector<pending_effect> outbox(std::uint64_t after, std::size_t limit) = 0;
    // Forgets an effect that was carried out, whoever has claimed it; true if it was still pending.
    virtual bool settle(std::uint64_t position) = 0;

    virtual std::optional<policy_document> policy(digest const& hash) = 0;
    virtual std::optional<policy_document> policy(policy_id const&, std::uint32_t version) = 0;

    // Keys in order, starting after `after`; for tools.
    virtual std::vector<dispute_key> disputes(std::optional<dispute_key> const& after, std::size_t limit) = 0;

    // Counts a refused command under each of its codes, and keeps it if asked to. Touches nothing else; the dispute need
    // not exist.
    virtual void refuse(refused_command const&, keeping) = 0;
    virtual std::vector<code_count> refusal_counts(dispute_key const&) = 0;                    // by code
    virtual std::vector<refused_command> refusals(dispute_key const&, std::size_t limit) = 0;  // those kept, in order

    // The texts of a dispute that were not erased, by digest.
    virtual std::vector<personal_text> texts(dispute_key const&) = 0;
    // Erases all texts of one person, in all disputes, so that their bytes are nowhere in the store; how many there were.
    virtual std::uint64_t erase(actor const& subject) = 0;

    // Reads everything and compares each row with the sum that was written with it. Empty if nothing is amiss.
    virtual std::vector<damage> damages() = 0;

    // Events of all disputes with position > after, in order. Nothing is ever written below a position that was given, so
    // a reader that goes on from the last one misses none; what is being written beside it may come a moment later.
    virtual std::vector<fed_event> feed(std::uint64_t after, std::size_t limit) = 0;

    // Leases spare work and decide nothing: one may run out while its holder works, and two may then do the same.
    //
    // As `due`, but what is given to one worker is given to no other until `until`, or until something is appended to it.
    virtual std::vector<due_dispute> claim_due(claim const&) = 0;
    // Ends that lease early; true if this worker still had it.
    virtual bool give_back(due_dispute const&, std::string_view worker) = 0;
    // As `outbox` from its beginning, but each to one worker until `until`, and of each dispute the first effect only that
    // is not settled yet: so several workers keep the order of each dispute, and an effect that is put off or parked holds
    // back those after it in its dispute, and no others.
    virtual std::vector<claimed_effect> claim_outbox(claim const&) = 0;
    // Says what became of it; durable when it returns. False, and nothing is changed: it was claimed by another since,
    // settled or parked.
    virtual bool settle_claimed(claimed_effect const&, delivery const&) = 0;
    // Parked effects with position > after, in order.
    virtual std::vector<parked_effect> parked_effects(std::uint64_t after, std::size_t limit) = 0;
    // Hands a parked effect out again, its attempts counted from the beginning; true if it was parked.
    virtual bool release(std::uint64_t position) = 0;
};

}  // namespace recourse::store
