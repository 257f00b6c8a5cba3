// Disputes that rest, in tables beside the others: a partition for each month since when they do.
//
// The partitions of a month are made before anything is moved there. A move and a return are one transaction each, and a
// reader sees every dispute and every event in exactly one of the two places.
#include "archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "format.hpp"
#include "recourse/store/archive.hpp"
#include "store/month_of.hpp"
#include "store/packed.hpp"

namespace recourse::store {
namespace postgres {

std::optional<instant> archived_since(connection& at, dispute_key const& key) {
    auto row = ask(at, sql("find_archived"), key.group, key.dispute);
    if (!row.next()) return std::nullopt;
    if (row.is_true(1)) throw lost_race{};
    return row.moment(0);
}

std::optional<loaded> load_archived(connection& at, dispute_key const& key, instant since) {
    auto row = ask(at, sql("read_archived"), key.group, key.dispute, since);
    if (!row.next()) return std::nullopt;
    auto const keys = row.blob(1);
    auto hashes = hashes_in(keys);
    if (!hashes) row.refuse(1, "has " + std::to_string(keys.size()) + " bytes, no multiple of 8");
    return loaded{row.version(0), row.blob(3), std::nullopt, *std::move(hashes), row.fingerprint(2)};
}

std::string name_of_partition(std::string_view of, std::string_view month) {
    return fmt::format("recourse.{}_{}", of, month);
}

void make_month(connection& at, instant since) {
    auto const month = month_of(since);
    batch all{at};
    all.begin();
    all.add(sql("archive_alone"));
    for (auto const* const table : {"archived_disputes", "archived_events"})
        all.add_plain(at.text_of(fmt::format(
            "CREATE TABLE IF NOT EXISTS {} PARTITION OF recourse.{} FOR VALUES FROM ({}) TO ({})",
            name_of_partition(table, month.month), table, month.from.microseconds, month.until.microseconds)));
    all.add(sql("write_month"), std::string_view{month.month}, month.from, month.until);
    all.commit();
    all.run();
}

namespace {

constexpr int tries_max = 20;

class postgres_archive final : public archive {
  public:
    explicit postgres_archive(postgres_options const& options) : at_{options} {
        carry_out([] { return true; });
    }

    std::vector<dispute_key> resting(std::optional<dispute_key> const& after, std::size_t limit) override {
        return carry_out([&] {
            std::vector<dispute_key> found;
            dispute_key const start = after.value_or(dispute_key{});
            auto row = ask(at_, sql("list_resting"), start.group, start.dispute, clamped(limit));
            while (row.next()) found.push_back(row.key(0));
            return found;
        });
    }

    // In the order of their keys, as appends take their locks: neither waits for the other in a circle.
    std::vector<dispute_key> move(std::span<resting_dispute const> batch) override {
        std::vector<resting_dispute> ordered{batch.begin(), batch.end()};
        std::sort(ordered.begin(), ordered.end(),
                  [](auto const& one, auto const& two) { return one.dispute < two.dispute; });
        if (ordered.empty()) return {};
        return carry_out([&] {
            auto const known = months_known();
            std::set<std::string> made;
            for (auto const& one : ordered) {
                auto const month = month_of(one.since).month;
                if (!known.contains(month) && made.insert(month).second) make_month(at_, one.since);
            }
            postgres::batch all{at_};
            all.begin();
            all.add(sql("archive_alone"));
            for (auto const& one : ordered)
                all.add(sql("archive_dispute"), one.dispute.group, one.dispute.dispute, one.version, one.since);
            all.commit();
            auto answers = all.run();
            std::vector<dispute_key> moved;
            for (std::size_t place = 0; place < ordered.size(); ++place)
                if (answers[place + 2].next() && answers[place + 2].integer(0) == 1)
                    moved.push_back(ordered[place].dispute);
            return moved;
        });
    }

    bool restore(dispute_key const& dispute) override {
        return carry_out([&] {
            if (!rests(dispute)) return false;
            postgres::batch all{at_};
            all.begin();
            all.add(sql("restore_dispute"), dispute.group, dispute.dispute);
            all.commit();
            all.run();
            return true;
        });
    }

    std::vector<archive_month> months() override {
        return carry_out([&] {
            std::vector<archive_month> found;
            auto row = ask(at_, sql("list_months"));
            while (row.next())
                found.push_back(
                    {row.text(0), {row.integer(1)}, {row.integer(2)}, static_cast<std::uint64_t>(row.integer(3))});
            return found;
        });
    }

  private:
    bool rests(dispute_key const& dispute) {
        auto row = ask(at_, sql("find_archived"), dispute.group, dispute.dispute);
        return row.next() && !row.is_null(0);
    }

    std::set<std::string> months_known() {
        std::set<std::string> known;
        auto row = ask(at_, sql("name_months"));
        while (row.next()) known.insert(row.text(0));
        return known;
    }

    template <class Work>
    std::invoke_result_t<Work const&> carry_out(Work const& work) {
        at_.start_call(at_.options().deadline_ms);
        for (int tries = 0; tries < tries_max; ++tries) {
            try {
                if (at_.connect() || !settled_) settle_format(at_);
                settled_ = true;
                return work();
            } catch (lost_race const&) {
                roll_back(at_);
            } catch (lost_connection const&) {
                throw;
            } catch (...) {
                roll_back(at_);
                throw;
            }
        }
        at_.unavailable("others were faster " + std::to_string(tries_max) + " times; send the same call again");
    }

    connection at_;
    bool settled_ = false;
};

}  // namespace
}  // namespace postgres

std::unique_ptr<archive> open_archive(postgres_options const& options) {
    if (options.host != nullptr) throw std::invalid_argument{"an archive needs a connection of its own"};
    auto existing = options;
    existing.create = false;
    return std::make_unique<postgres::postgres_archive>(existing);
}

}  // namespace recourse::store
