// Moving disputes to the second file of a store, and back.
#include "archive.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "damages.hpp"
#include "format.hpp"
#include "query.hpp"
#include "statements.hpp"
#include "store/month_of.hpp"
#include "store/packed.hpp"
#include "store/seal.hpp"

namespace recourse::store {
namespace sqlite {
namespace {

struct placed_event {
    std::int64_t position = 0;
    stored_event event;
};
struct whole_dispute {
    dispute_key key;
    std::uint32_t version = 0;
    std::string keys;
    digest head;
    std::string state;
    digest seal;
    std::vector<placed_event> events;
};

// nullopt: there is none, or it has a deadline.
std::optional<whole_dispute> read_whole(connection& at, dispute_key const& key) {
    whole_dispute found;
    found.key = key;
    {
        query row{at, sql("read_whole_dispute"), key.group, key.dispute};
        if (!row.next() || row.moment(1)) return std::nullopt;
        found.version = row.version(0);
        found.keys = row.blob(2);
        found.head = row.fingerprint(3);
        found.state = row.blob(4);
        found.seal = row.fingerprint(5);
    }
    query row{at, sql("read_placed_events"), key.group, key.dispute};
    while (row.next()) {
        auto& [position, event] = found.events.emplace_back();
        position = row.positive(0);
        event.version = row.version(1);
        event.at = {row.integer(2)};
        event.type = row.text(3);
        if (!row.is_null(4)) {
            event.command = row.text(4);
            event.fingerprint = row.fingerprint(5);
        }
        event.body = row.blob(6);
        event.recorded_at = row.moment(7);
        event.link = row.fingerprint(8);
    }
    return found;
}

void write_whole(connection& at, whole_dispute const& one) {
    auto const& [group, dispute] = one.key;
    query{at, sql("keep_dispute"), group, dispute, one.version, bytes{one.keys}, one.head, bytes{one.state}, one.seal}
        .run();
    for (auto const& [position, event] : one.events) {
        bytes const body{event.body};
        if (event.command.empty())
            query{at,         sql("keep_event"), position, group, dispute,           event.version, event.at,
                  event.type, nullptr,           nullptr,  body,  event.recorded_at, event.link}
                .run();
        else
            query{at,         sql("keep_event"), position,          group, dispute,           event.version, event.at,
                  event.type, event.command,     event.fingerprint, body,  event.recorded_at, event.link}
                .run();
    }
}

bool is_whole(whole_dispute const& one) {
    digest link;
    std::uint32_t version = 0;
    for (auto const& [position, event] : one.events) {
        if (event.version != ++version || event.link != link_of(one.key, link, event)) return false;
        link = event.link;
    }
    return version == one.version && link == one.head;
}

void copy_policies(connection& from, connection& to) {
    query row{from, sql("check_policies")};
    while (row.next()) {
        auto const hash = row.fingerprint(0);
        auto const id = row.text(1);
        auto const text = row.text(3);
        query{to, sql("write_policy"), hash, id, row.integer(2), text}.run();
    }
}

}  // namespace

std::string archive_path(std::string_view path) { return std::string{path} + ".archive"; }

connection* archive_file::if_there() {
    std::error_code ignored;
    if (open_ == nullptr && std::filesystem::exists(archive_path(of_.path), ignored)) {
        auto options = of_;
        options.path = archive_path(of_.path);
        options.create = false;
        auto made = std::make_unique<connection>(options);
        // Who makes it makes the file first: until there is a store in it, nothing was archived.
        if (!is_made(*made)) return nullptr;
        settle_format(*made);
        open_ = std::move(made);
    }
    return open_.get();
}

connection& archive_file::at() {
    if (auto* const there = if_there()) return *there;
    throw failure{failure_kind::store_unavailable,
                  "the archive of the store " + of_.path + " is missing: " + missing()};
}

std::string archive_file::missing() const {
    auto const path = archive_path(of_.path);
    std::error_code ignored;
    return (std::filesystem::exists(path, ignored) ? "the file " + path + " has nothing in it"
                                                   : "there is no file " + path) +
           ", and closed disputes were moved there; put it back beside the store, from the same backup if it is lost";
}

bool has_archived(connection& at) {
    query row{at, sql("has_archived")};
    return row.next();
}

std::vector<copied_dispute> copy_to_archive(connection& from, connection& to, std::span<resting_dispute const> batch) {
    std::vector<copied_dispute> copied;
    {
        transaction reading{from, transaction::reading};  // one moment of the first file
        transaction whole{to};
        copy_policies(from, to);
        for (auto const& asked : batch) {
            auto const found = read_whole(from, asked.dispute);
            if (!found || found->version != asked.version || found->keys == archived_keys || !is_whole(*found))
                continue;
            write_whole(to, *found);
            copied.push_back({found->key, found->version, found->head});
        }
        whole.commit();
    }
    // What was written is read again before anybody relies on it.
    std::erase_if(copied, [&](copied_dispute const& one) {
        auto const found = read_whole(to, one.dispute);
        return !found || found->version != one.version || found->head != one.head || !is_whole(*found);
    });
    return copied;
}

std::vector<dispute_key> leave_in_archive(connection& from, std::span<copied_dispute const> batch) {
    std::vector<dispute_key> moved;
    transaction whole{from};
    for (auto const& [dispute, version, head] : batch) {
        bytes const keys{archived_keys};
        bytes const nothing{std::string_view{""}};
        auto const sum =
            seal(dispute_seal, dispute.group, dispute.dispute, version, std::optional<instant>{}, keys, head, nothing);
        if (query{from, sql("archive_dispute"), dispute.group, dispute.dispute, version, keys, nothing, sum, head}
                .run() != 1)
            continue;
        query{from, sql("forget_events"), dispute.group, dispute.dispute}.run();
        moved.push_back(dispute);
    }
    whole.commit();
    return moved;
}

void find_archive_damages(connection& at, archive_file& archive, std::vector<damage>& found) {
    auto* const there = archive.if_there();
    query row{at, sql("list_archived")};
    while (row.next()) {
        auto const key = row.key(0);
        auto const kept = there != nullptr ? read_whole(*there, key) : std::nullopt;
        if (there == nullptr)
            found.push_back({key, "dispute " + to_text(key) + " was archived: " + archive.missing()});
        else if (!kept || kept->version < row.version(2))
            found.push_back({key, "dispute " + to_text(key) + " was archived, and the archive does not have it"});
        else if (kept->version == row.version(2) && kept->head != row.fingerprint(3))
            found.push_back({key, "the archive has dispute " + to_text(key) + " with another head"});
    }
    if (there == nullptr) return;
    transaction reading{*there, transaction::reading};
    for (auto const& one : find_damages(*there)) found.push_back({one.dispute, "in the archive: " + one.what});
}

namespace {

sqlite_options existing(sqlite_options options) {
    options.create = false;
    options.read_only = false;
    return options;
}

class sqlite_archive final : public archive {
  public:
    explicit sqlite_archive(sqlite_options const& options)
        : connection_{existing(options)}, archive_{existing(options)} {
        settle_format(connection_);
    }

    std::vector<dispute_key> resting(std::optional<dispute_key> const& after, std::size_t limit) override {
        std::vector<dispute_key> found;
        dispute_key const start = after.value_or(dispute_key{});
        query row{connection_, sql("list_resting"), start.group, start.dispute, clamped(limit)};
        while (row.next()) found.push_back(row.key(0));
        return found;
    }

    std::vector<dispute_key> move(std::span<resting_dispute const> batch) override {
        if (batch.empty()) return {};
        make_archive();
        auto copied = copy_to_archive(connection_, archive_.at(), batch);
        auto moved = leave_in_archive(connection_, copied);
        std::sort(moved.begin(), moved.end());
        return moved;
    }

    bool restore(dispute_key const& dispute) override {
        transaction whole{connection_};
        auto const stub = read_whole(connection_, dispute);
        if (!stub || stub->keys != archived_keys) return false;
        auto const kept = read_whole(archive_.at(), dispute);
        if (!kept || kept->version != stub->version || kept->head != stub->head || !is_whole(*kept))
            connection_.corrupt("is damaged: the archive does not have dispute " + to_text(dispute) + " as it was");
        write_whole(connection_, *kept);
        whole.commit();
        return true;
    }

    std::vector<archive_month> months() override {
        std::map<instant, archive_month> found;
        query row{connection_, sql("list_archived")};
        while (row.next()) {
            auto const key = row.key(0);
            query last{archive_.at(), sql("last_event_at"), key.group, key.dispute};
            if (!last.next() || last.is_null(0)) continue;
            auto const month = month_of({last.integer(0)});
            ++found.try_emplace(month.from, month).first->second.disputes;
        }
        std::vector<archive_month> all;
        for (auto& [from, month] : found) all.push_back(std::move(month));
        return all;
    }

  private:
    void make_archive() {
        if (archive_.if_there() != nullptr) return;
        auto options = connection_.options();
        options.path = archive_path(options.path);
        options.create = true;
        connection made{options};
        settle_format(made);
    }

    connection connection_;
    archive_file archive_;
};

}  // namespace
}  // namespace sqlite

std::unique_ptr<archive> open_archive(sqlite_options const& options) {
    return std::make_unique<sqlite::sqlite_archive>(options);
}

}  // namespace recourse::store
