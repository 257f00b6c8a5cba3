// Copying a shard between two sets of tables: disputes whole and again when they were written, the rest behind the fence.
#include "recourse/store/postgres_shard_move.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "fence.hpp"
#include "query.hpp"
#include "recourse/store/shards.hpp"
#include "store/packed.hpp"
#include "store/seal.hpp"

namespace recourse::store {

using postgres::ask;
using postgres::batch;
using postgres::bytes;
using postgres::sql;

namespace {

constexpr std::int64_t page_size = 1000;
constexpr std::size_t disputes_in_batch = 64;
constexpr std::size_t groups_in_batch = 256;
constexpr std::size_t rows_in_batch = 10'000;  // a transaction has 65535 positions
constexpr int tries_max = 10;
constexpr std::string_view effects_have_left = "its effects have left";

postgres_options own(postgres_options options) {
    if (options.host != nullptr) throw std::invalid_argument{"a move of a shard needs connections of its own"};
    options.create = false;
    return options;
}

}  // namespace

class shard_move::moving {
  public:
    moving(postgres_options const& from, postgres_options const& to, std::uint8_t shard)
        : shard_{shard}, from_options_{own(from)}, to_options_{own(to)}, from_{from_options_}, to_{to_options_} {}

    void begin() {
        auto making = to_options_;
        making.create = true;
        static_cast<void>(open_postgres(making));
        source_ = open_postgres(from_options_);
        auto target = open_postgres(to_options_);
        connect();
        bool const copying = stands(to_).fenced;
        bool const holds = !page_of(to_, {}, 1).empty();
        copied_below_.reset();
        if (stands(from_).effects_left) {
            if (!copying && holds) return;  // it is over: `finish` only tells so
            if (!copying || stands(to_).effects_left)
                refuse(
                    "shard {} has left the old cluster already, and not for this new one; read the map of shards "
                    "again");
        } else if (!copying && holds) {
            refuse(
                "the new cluster has disputes of shard {} that no move has brought there: it is the owner, or they "
                "are left of an old time; look before you remove them");
        }
        fence_shard(to_options_, shard_);
    }

    shard_copied copy() {
        require_begun();
        connect();
        shard_copied done;
        if (is_over()) return done;
        auto const below = watermark();
        std::optional<settlement_group> last_group;
        copy_policies();
        if (!copied_below_) {
            std::optional<dispute_key> last;
            for (;;) {
                auto const page = page_of(from_, last, page_size);
                copy_disputes(page, done);
                copy_payments(page, last_group);
                if (page.size() < static_cast<std::size_t>(page_size)) break;
                last = page.back();
            }
        } else {
            auto row = ask(from_, sql("list_changed"), *copied_below_, std::int64_t{shard_});
            std::vector<dispute_key> changed;
            while (row.next()) changed.push_back(row.key(0));
            copy_disputes(changed, done);
            copy_payments(changed, last_group);
        }
        copied_below_ = below;
        return done;
    }

    void fence() {
        require_begun();
        connect();
        if (!stands(from_).effects_left) fence_shard(from_options_, shard_);
    }

    std::vector<shard_table> finish() {
        copy();
        if (is_over()) return sums(to_);
        bool const left = stands(from_).effects_left;
        if (!left) copy_rest();
        auto there = compared(left);
        if (!left) let_effects_leave();
        open_shard(to_options_, shard_);
        return there;
    }

    void give_up() {
        require_begun();
        connect();
        if (stands(from_).effects_left)
            refuse(
                "the effects of shard {} are in the new cluster already: the same move again ends it, and another "
                "brings it back");
        drop(to_, {"outbox", "refusal_counts", "refusals", "personal_texts", "ledger", "events", "disputes"});
        open_shard(from_options_, shard_);
        open_shard(to_options_, shard_);
        source_.reset();
    }

  private:
    void require_begun() const {
        if (source_ == nullptr) throw std::logic_error{"begin the move of the shard first"};
    }

    void connect() {
        for (auto* const one : {&from_, &to_}) {
            one->start_call(one->options().rewrite_deadline_ms);
            one->connect();
            auto row = ask(*one, sql("read_store"));
            if (row.next()) one->position_base = row.integer(1);
        }
    }

    [[noreturn]] void refuse(fmt::format_string<std::uint8_t const&> what) const {
        throw failure{failure_kind::store_unavailable, fmt::format(what, shard_)};
    }

    // A cluster that is fenced has the shard no more, or not yet. Its effects leave in one transaction with a mark on the
    // fence, so that whoever goes on after a break knows which cluster has them.
    struct standing {
        bool fenced = false;
        bool effects_left = false;
    };
    standing stands(postgres::connection& at) {
        auto const name = postgres::name_of_fence(shard_);
        auto row = ask(at, sql("read_fence"), std::string_view{name}, effects_have_left);
        if (!row.next()) return {};
        return {true, row.is_true(0)};
    }
    bool is_over() { return stands(from_).effects_left && !stands(to_).fenced; }

    void let_effects_leave() {
        batch all{from_};
        all.begin();
        all.add(sql("drop_shard_outbox"), std::int64_t{shard_});
        all.add_plain(from_.text_of(fmt::format("COMMENT ON TRIGGER {} ON recourse.events IS '{}'",
                                                postgres::name_of_fence(shard_), effects_have_left)));
        all.commit();
        all.run();
    }

    // What both have, or nothing is opened. Workers of the old cluster may have settled what they held before the fence, and
    // somebody may have been erased.
    std::vector<shard_table> compared(bool left) {
        for (int tries = 1;; ++tries) {
            auto const here = sums(from_);
            auto there = sums(to_);
            auto const [one, other] =
                std::mismatch(here.begin(), here.end(), there.begin(), there.end(),
                              [left](auto const& a, auto const& b) { return a == b || (left && a.table == "outbox"); });
            if (one == here.end()) return there;
            if (tries < tries_max && one->table == "outbox")
                copy_rest();
            else if (tries < tries_max && one->table == "personal_texts")
                copy_all_texts();
            else
                throw failure{failure_kind::store_corrupt,
                              fmt::format("the copy of shard {} differs: of {} there are {} rows in the old cluster "
                                          "and {} in the new one{}; nothing was opened",
                                          shard_, one->table, one->rows, other->rows,
                                          one->rows == other->rows ? ", with other sums" : "")};
        }
    }

    std::int64_t watermark() {
        auto row = ask(from_, sql("watermark"), from_.position_base);
        return row.next() ? row.integer(0) : 0;
    }

    std::vector<dispute_key> page_of(postgres::connection& at, std::optional<dispute_key> const& after,
                                     std::int64_t limit) {
        connect();
        std::vector<dispute_key> found;
        dispute_key const start = after.value_or(dispute_key{});
        auto row = ask(at, sql("list_shard"), start.group, start.dispute, std::int64_t{shard_}, limit);
        while (row.next()) found.push_back(row.key(0));
        return found;
    }

    // The fence lets this transaction through, and no other.
    void begin_copying(batch& all) const {
        all.begin();
        all.add_plain(fmt::format("SET LOCAL recourse_copy.shard = '{}'", shard_));
    }

    void copy_policies() {
        auto row = ask(from_, sql("check_policies"));
        batch all{to_};
        begin_copying(all);
        while (row.next()) all.add_row(sql("write_policy"), row, 4);
        all.commit();
        all.run();
    }

    void copy_disputes(std::vector<dispute_key> const& keys, shard_copied& done) {
        for (std::size_t first = 0; first < keys.size(); first += disputes_in_batch)
            copy_batch({keys.begin() + static_cast<std::ptrdiff_t>(first),
                        keys.begin() + static_cast<std::ptrdiff_t>(std::min(first + disputes_in_batch, keys.size()))},
                       done);
    }

    struct read_dispute {
        dispute_key key;
        std::uint32_t had = 0;
        loaded row;
        std::vector<stored_event> events;  // after those that were there
    };

    // The row first: events that come after it was read are left for the next round. Payments and texts later still, so
    // they are never older than what goes with them.
    void copy_batch(std::vector<dispute_key> const& keys, shard_copied& done) {
        connect();
        batch asking{to_};
        for (auto const& key : keys) asking.add(sql("read_version"), key.group, key.dispute);
        auto had = asking.run();
        std::vector<read_dispute> changed;
        std::size_t rows = 0;
        for (std::size_t place = 0; place < keys.size(); ++place) {
            read_dispute one;
            one.key = keys[place];
            if (had[place].next()) one.had = had[place].version(0);
            auto found = source_->load(one.key);
            if (!found || found->version == one.had) continue;
            one.row = *std::move(found);
            one.events = source_->events(one.key, one.had);
            std::erase_if(one.events, [&](auto const& event) { return event.version > one.row.version; });
            require_chain(one, had[place]);
            rows += one.events.size();
            changed.push_back(std::move(one));
            if (rows > rows_in_batch) {
                write(changed, done);
                changed.clear();
                rows = 0;
            }
        }
        if (!changed.empty()) write(changed, done);
    }

    void require_chain(read_dispute const& one, postgres::rows const& had) {
        digest link = one.had > 0 ? had.fingerprint(2) : digest{};
        for (auto const& event : one.events) link = link_of(one.key, link, event);
        if (link != one.row.head)
            from_.corrupt("is damaged: the chain of dispute " + to_text(one.key) +
                          " does not end at its head, or its copy begins otherwise");
    }

    void write(std::vector<read_dispute> const& changed, shard_copied& done) {
        batch asking{from_};
        for (auto const& one : changed) asking.add(sql("copy_texts"), one.key.group, one.key.dispute);
        auto answers = asking.run();
        auto row = answers.begin();
        batch all{to_};
        begin_copying(all);
        std::int64_t number = 1;
        for (auto const& one : changed) {
            auto const& [group, dispute] = one.key;
            std::string packed;
            for (auto const hash : one.row.command_hashes) packed = with_hash(std::move(packed), hash);
            bytes const keys{packed};
            bytes const state{one.row.state};
            auto const sum =
                seal(dispute_seal, group, dispute, one.row.version, one.row.next_due, keys, one.row.head, state);
            all.add(sql("keep_dispute"), group, dispute, one.row.version, one.row.next_due, keys, one.row.head, state,
                    sum);
            for (auto const& event : one.events) add_event(all, one.key, event, number++);
            all.add(sql("forget_texts"), group, dispute);
            for (; row->next();) all.add_row(sql("write_text"), *row, 8);
            ++row;
        }
        all.commit();
        all.run();
        done.disputes += changed.size();
        done.events += static_cast<std::uint64_t>(number - 1);
    }

    // Once for each group of a round, which come in order: what is paid later comes with the dispute it is paid for, in the
    // next round.
    void copy_payments(std::vector<dispute_key> const& keys, std::optional<settlement_group>& last) {
        std::vector<settlement_group> groups;
        for (auto const& key : keys)
            if (key.group != last) groups.push_back(last.emplace(key.group));
        for (std::size_t first = 0; first < groups.size(); first += groups_in_batch) {
            connect();
            batch asking{from_};
            for (auto place = first; place < std::min(groups.size(), first + groups_in_batch); ++place)
                asking.add(sql("copy_ledger"), groups[place]);
            auto answers = asking.run();
            for (auto row = answers.begin(); row != answers.end();) {
                batch all{to_};
                begin_copying(all);
                for (std::size_t rows = 0; row != answers.end(); ++row) {
                    for (; rows < rows_in_batch && row->next(); ++rows) all.add_row(sql("keep_ledger"), *row, 9);
                    if (rows == rows_in_batch) break;
                }
                all.commit();
                all.run();
            }
        }
    }

    void add_event(batch& all, dispute_key const& key, stored_event const& event, std::int64_t number) const {
        std::string_view const type{event.type};
        std::string_view const body{event.body};
        if (event.command.empty())
            all.add(sql("write_event"), key.group, key.dispute, event.version, event.at, event.recorded_at, type,
                    nullptr, nullptr, body, event.link, to_.position_base, number);
        else
            all.add(sql("write_event"), key.group, key.dispute, event.version, event.at, event.recorded_at, type,
                    std::string_view{event.command}, event.fingerprint, body, event.link, to_.position_base, number);
    }

    // What changes without an event, anew: behind the fence it is little, or stands still.
    void copy_rest() {
        connect();
        std::int64_t const shard{shard_};
        batch asking{from_};
        asking.add(sql("copy_outbox"), shard);
        asking.add(sql("copy_refusal_counts"), shard);
        asking.add(sql("copy_refusals"), shard);
        auto answers = asking.run();
        drop(to_, {"outbox", "refusal_counts", "refusals"});
        copy_rows(answers[0], [&](batch& all, postgres::rows const& row, std::int64_t number) {
            all.add_row(sql("keep_effect"), row, 10, to_.position_base, number, last_instant);
        });
        copy_rows(answers[1], [](batch& all, postgres::rows const& row, std::int64_t) {
            all.add_row(sql("keep_refusal_counts"), row, 5);
        });
        copy_rows(answers[2], [](batch& all, postgres::rows const& row, std::int64_t) {
            all.add_row(sql("write_refusal"), row, 8);
        });
    }

    template <class Add>
    void copy_rows(postgres::rows& rows, Add const& add) {
        bool more = rows.next();
        while (more) {
            batch all{to_};
            begin_copying(all);
            for (std::size_t number = 1; more && number <= rows_in_batch; ++number) {
                add(all, rows, static_cast<std::int64_t>(number));
                more = rows.next();
            }
            all.commit();
            all.run();
        }
    }

    void copy_all_texts() {
        std::optional<dispute_key> last;
        for (;;) {
            auto const page = page_of(from_, last, page_size);
            if (page.empty()) return;
            batch asking{from_};
            for (auto const& key : page) asking.add(sql("copy_texts"), key.group, key.dispute);
            auto answers = asking.run();
            batch all{to_};
            begin_copying(all);
            for (std::size_t place = 0; place < page.size(); ++place) {
                all.add(sql("forget_texts"), page[place].group, page[place].dispute);
                while (answers[place].next()) all.add_row(sql("write_text"), answers[place], 8);
            }
            all.commit();
            all.run();
            last = page.back();
        }
    }

    void drop(postgres::connection& at, std::set<std::string_view> const& tables) const {
        batch all{at};
        all.begin();
        for (auto const& [name, statement] : {std::pair{"outbox", sql("drop_shard_outbox")},
                                              {"refusal_counts", sql("drop_shard_refusal_counts")},
                                              {"refusals", sql("drop_shard_refusals")},
                                              {"personal_texts", sql("drop_shard_personal_texts")},
                                              {"ledger", sql("drop_shard_ledger")},
                                              {"events", sql("drop_shard_events")},
                                              {"disputes", sql("drop_shard_disputes")}})
            if (tables.contains(name)) all.add(statement, std::int64_t{shard_});
        all.commit();
        all.run();
    }

    std::vector<shard_table> sums(postgres::connection& at) {
        connect();
        std::vector<shard_table> found;
        auto row = ask(at, sql("sum_shard"), std::int64_t{shard_});
        while (row.next())
            found.push_back({row.text(0), static_cast<std::uint64_t>(row.integer(1)), row.fingerprint(2)});
        std::sort(found.begin(), found.end(), [](auto const& one, auto const& two) { return one.table < two.table; });
        return found;
    }

    std::uint8_t shard_;
    postgres_options from_options_;
    postgres_options to_options_;
    postgres::connection from_;
    postgres::connection to_;
    std::unique_ptr<contract> source_;
    std::optional<std::int64_t> copied_below_;
};

shard_move::shard_move(postgres_options const& from, postgres_options const& to, std::uint8_t shard)
    : moving_{std::make_unique<moving>(from, to, shard)} {}
shard_move::~shard_move() = default;
void shard_move::begin() { moving_->begin(); }
shard_copied shard_move::copy() { return moving_->copy(); }
void shard_move::fence() { moving_->fence(); }
std::vector<shard_table> shard_move::finish() { return moving_->finish(); }
void shard_move::give_up() { moving_->give_up(); }

}  // namespace recourse::store
