// Copying a shard between two sets of tables: disputes whole and again when they were written, the rest behind the fence.
#include "recourse/store/postgres_shard_move.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

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
constexpr std::size_t rows_in_batch = 10'000;  // a transaction has 65535 positions

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
        if (!is_fenced() && !page_of(to_, {}, 1).empty())
            throw failure{
                failure_kind::store_unavailable,
                fmt::format("the new cluster has disputes of shard {} that no move has brought there: it is the "
                            "owner, or they are left of an old time; look before you remove them",
                            shard_)};
        fence_shard(to_options_, shard_);
        copied_below_.reset();
    }

    shard_copied copy() {
        require_begun();
        connect();
        auto const below = watermark();
        shard_copied done;
        copy_policies();
        if (!copied_below_) {
            std::optional<dispute_key> last;
            for (;;) {
                auto const page = page_of(from_, last, page_size);
                copy_disputes(page, done);
                if (page.size() < static_cast<std::size_t>(page_size)) break;
                last = page.back();
            }
        } else {
            connect();
            auto row = ask(from_, sql("list_changed"), *copied_below_, std::int64_t{shard_});
            std::vector<dispute_key> changed;
            while (row.next()) changed.push_back(row.key(0));
            copy_disputes(changed, done);
        }
        copied_below_ = below;
        return done;
    }

    void fence() { fence_shard(from_options_, shard_); }

    std::vector<shard_table> finish() {
        copy();
        copy_rest();
        auto const here = sums(from_);
        auto there = sums(to_);
        if (texts_of(here) != texts_of(there)) {  // somebody was erased since
            copy_all_texts();
            there = sums(to_);
        }
        for (std::size_t table = 0; table < here.size(); ++table)
            if (here[table] != there.at(table))
                throw failure{
                    failure_kind::store_corrupt,
                    fmt::format("the copy of shard {} differs: of {} there are {} rows in the old cluster and {} "
                                "in the new one{}; nothing was opened",
                                shard_, here[table].table, here[table].rows, there[table].rows,
                                here[table].rows == there[table].rows ? ", with other sums" : "")};
        drop(from_, {"outbox"});  // or its workers would go on carrying them out
        open_shard(to_options_, shard_);
        return there;
    }

    void give_up() {
        require_begun();
        connect();
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

    bool is_fenced() {
        auto const name = fmt::format("shard_{}_is_elsewhere", shard_);
        auto row = ask(to_, sql("count_fences"), std::string_view{name});
        return row.next() && row.integer(0) > 0;
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
        std::set<settlement_group> groups;
        batch asking{from_};
        for (auto const& one : changed) {
            asking.add(sql("copy_texts"), one.key.group, one.key.dispute);
            groups.insert(one.key.group);
        }
        for (auto const& group : groups) asking.add(sql("copy_ledger"), group);
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
        for (; row != answers.end(); ++row)
            while (row->next()) all.add_row(sql("keep_ledger"), *row, 9);
        all.commit();
        all.run();
        done.disputes += changed.size();
        done.events += static_cast<std::uint64_t>(number - 1);
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
            all.add_row(sql("keep_effect"), row, 10, to_.position_base, number);
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
    static shard_table texts_of(std::vector<shard_table> const& all) {
        for (auto const& one : all)
            if (one.table == "personal_texts") return one;
        return {};
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
