// The subcommands of `recourse store`.
#include "tools/store/commands.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <istream>
#include <memory>
#include <ostream>

#include "recourse/store/sqlite_upkeep.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "tools/progress.hpp"
#include "tools/store/archive.hpp"

namespace recourse::tools {
namespace {

using boost::json::object;
using boost::json::serialize;

struct arguments {
    std::string store_path;
    std::string file;  // a copy, or the lines; empty: standard input or output
    bool compact = false;
    bool json = false;
    archive_arguments archive{};
    move_arguments move{};
};

archive_arguments archive_of(arguments const& given) {
    auto asked = given.archive;
    asked.store = given.store_path;
    asked.json = given.json;
    return asked;
}

store::sqlite_options existing(arguments const& given) {
    store::sqlite_options options;
    options.path = given.store_path;
    options.create = false;
    return options;
}

void say(arguments const& given, streams with, object const& facts, std::string const& words) {
    with.out << (given.json ? serialize(facts) : words) << "\n";
}

int initialise(arguments const& given, streams with) {
    if (std::ifstream{given.store_path})
        throw std::invalid_argument{
            fmt::format("--store: {} is there; `store migrate` brings an older store up to date", given.store_path)};
    store::sqlite_options options;
    options.path = given.store_path;
    static_cast<void>(store::open_sqlite(options));
    auto const made = store::stats_of(options);
    say(given, with, {{"store", given.store_path}, {"schema_version", made.schema_version}},
        fmt::format("{}: a new store of schema version {}", given.store_path, made.schema_version));
    return exit_done;
}

// Opening for writing is what brings a file up to date; one of today stays as it is.
int migrate(arguments const& given, streams with) {
    auto const options = existing(given);
    static_cast<void>(store::open_sqlite(options));
    auto const made = store::stats_of(options);
    say(given, with, {{"store", given.store_path}, {"schema_version", made.schema_version}},
        fmt::format("{}: schema version {}", given.store_path, made.schema_version));
    return exit_done;
}

int show_stats(arguments const& given, streams with) {
    auto const found = store::stats_of(existing(given));
    if (given.json) {
        boost::json::array tables;
        for (auto const& one : found.tables) {
            object row{{"table", one.table}, {"rows", one.rows}};
            if (one.pages) row["pages"] = *one.pages;
            tables.push_back(std::move(row));
        }
        object facts{{"schema_version", found.schema_version},
                     {"page_bytes", found.page_bytes},
                     {"pages", found.pages},
                     {"free_pages", found.free_pages},
                     {"log_bytes", found.log_bytes},
                     {"tables", std::move(tables)},
                     {"waiting", found.waiting},
                     {"effects_pending", found.effects_pending},
                     {"effects_parked", found.effects_parked},
                     {"commands_refused", found.commands_refused}};
        if (found.next_due) facts["next_due"] = to_text(*found.next_due);
        with.out << serialize(facts) << "\n";
        return exit_done;
    }
    with.out << fmt::format(
        "schema version     {}\nsize               {} pages of {} bytes, {} of them free\n"
        "write-ahead log    {} bytes\n",
        found.schema_version, found.pages, found.page_bytes, found.free_pages, found.log_bytes);
    for (auto const& one : found.tables)
        with.out << fmt::format("{:<18} {} rows{}\n", one.table, one.rows,
                                one.pages ? fmt::format(", {} pages", *one.pages) : "");
    with.out << fmt::format(
        "deadlines          {}{}\neffects pending    {}, {} of them parked\ncommands refused   {}\n", found.waiting,
        found.next_due ? fmt::format(", the next at {}", to_text(*found.next_due)) : "", found.effects_pending,
        found.effects_parked, found.commands_refused);
    return exit_done;
}

int back_up_store(arguments const& given, streams with) {
    progress_bar bar{with.error, "pages copied"};
    store::back_up(existing(given), given.file, given.compact ? store::backup_form::compact : store::backup_form::pages,
                   [&](std::uint64_t done, std::uint64_t all) { bar.show(done, all); });
    store::sqlite_options copy;
    copy.path = given.file;
    auto const made = store::stats_of(copy);
    object facts{{"backup", given.file}, {"pages", made.pages}, {"page_bytes", made.page_bytes}};
    auto words = fmt::format("{}: {} pages of {} bytes", given.file, made.pages, made.page_bytes);
    if (auto const archive = given.file + ".archive"; std::ifstream{archive}) {
        copy.path = archive;
        auto const second = store::stats_of(copy);
        facts["archive"] = object{{"backup", archive}, {"pages", second.pages}, {"page_bytes", second.page_bytes}};
        words += fmt::format("\n{}: {} pages of {} bytes", archive, second.pages, second.page_bytes);
    }
    say(given, with, facts, words);
    return exit_done;
}

int export_store(arguments const& given, streams with) {
    progress_bar bar{with.error, "rows"};
    std::ofstream file;
    if (!given.file.empty()) {
        if (std::ifstream{given.file})
            throw std::invalid_argument{fmt::format("{} is there; name a file that is not", given.file)};
        file.open(given.file, std::ios::binary);
        if (!file) throw failure{failure_kind::store_unavailable, fmt::format("cannot write {}", given.file)};
    }
    std::ostream& out = given.file.empty() ? with.out : file;
    store::export_lines(
        existing(given), [&](std::string_view line) { out << line << '\n'; },
        [&](std::uint64_t done, std::uint64_t all) { bar.show(done, all); });
    if (!out.flush())
        throw failure{failure_kind::store_unavailable,
                      fmt::format("cannot write {}; check the disk and its space",
                                  given.file.empty() ? "to standard output" : given.file)};
    return exit_done;
}

int import_store(arguments const& given, streams with) {
    progress_bar bar{with.error, "rows"};
    std::ifstream file;
    if (!given.file.empty()) {
        file.open(given.file, std::ios::binary);
        if (!file) throw failure{failure_kind::store_unavailable, fmt::format("cannot read {}", given.file)};
    }
    std::istream& in = given.file.empty() ? with.in : file;
    std::uint64_t rows = 0;
    store::sqlite_options options;
    options.path = given.store_path;
    store::import_lines(
        [&]() -> std::optional<std::string> {
            std::string line;
            if (!std::getline(in, line)) return std::nullopt;
            return line;
        },
        options,
        [&](std::uint64_t done, std::uint64_t all) {
            rows = done;
            bar.show(done, all);
        });
    say(given, with, {{"store", given.store_path}, {"rows", rows}},
        fmt::format("{}: {} rows, links and sums agree", given.store_path, rows));
    return exit_done;
}

}  // namespace

std::function<std::function<int(streams)>()> add_store_commands(CLI::App& app) {
    auto* stores = app.add_subcommand("store", "The upkeep of a store");
    stores->require_subcommand(1);
    auto const given = std::make_shared<arguments>();
    using answering = int (*)(arguments const&, streams);
    auto const all = std::make_shared<std::vector<std::pair<CLI::App*, answering>>>();
    auto const add = [&](char const* name, char const* what, answering run) {
        auto* command = stores->add_subcommand(name, what);
        command
            ->add_option("--store", given->store_path,
                         "The SQLite file of the disputes; verify, archive and restore also take postgres://...")
            ->required();
        command->add_flag("--json", given->json, "Answer in JSON");
        all->emplace_back(command, run);
        return command;
    };
    add("init", "Make a new store", initialise);
    add("migrate", "Bring a store up to this version's schema; one of today stays as it is", migrate);
    add("verify", "Whether the store still holds what was written: chain, replay, ledger, policies",
        [](arguments const& asked, streams with) {
            common_options options;
            options.store_path = asked.store_path;
            options.json = asked.json;
            return verify_store(options, {}, with);
        });
    add("stats", "What is in it, how large it is, and what waits", show_stats);
    auto* backup = add("backup", "Copy one moment of it while others read and write", back_up_store);
    backup->add_option("file", given->file, "The copy; it is not there yet")->required();
    backup->add_flag("--compact", given->compact, "Write it anew, without free pages");
    add("export", "All of it as lines of JSON", export_store)
        ->add_option("file", given->file, "Where to; standard output if left out");
    add("import", "Make a new store of lines that were exported", import_store)
        ->add_option("file", given->file, "Where from; standard input if left out");
    auto* archive = add("archive", "Move closed disputes out of the tables that every command works on",
                        [](arguments const& asked, streams with) { return archive_disputes(archive_of(asked), with); });
    archive
        ->add_option("--older-than", given->archive.older_than_days, "Those that are over since so many days or more")
        ->check(CLI::PositiveNumber);
    archive->add_option("--before", given->archive.before, "Those that are over since this instant, RFC 3339");
    archive->add_option("--batch", given->archive.batch, "How many in one transaction at most")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    add("restore", "Bring one dispute back from the archive",
        [](arguments const& asked, streams with) { return restore_dispute(archive_of(asked), with); })
        ->add_option("dispute", given->archive.dispute, "GROUP/DISPUTE")
        ->required();
    auto* move = add("move-shard", "Move one of the 256 shards to another cluster while it is written",
                     [](arguments const& asked, streams with) {
                         auto wanted = asked.move;
                         wanted.from = asked.store_path;
                         wanted.json = asked.json;
                         return move_shard(wanted, with);
                     });
    move->add_option("--to", given->move.to, "The other cluster, postgres://...")->required();
    move->add_option("--shard", given->move.shard, "Which, 0 to 255")->required()->check(CLI::Range(0, 255));
    auto* map = move->add_option("--map", given->move.map, "A file with the map of shards, that gets its next version");
    auto* cluster = move->add_option("--cluster", given->move.cluster, "The name of the other cluster in the map");
    move->add_flag("--give-up", given->move.gives_up,
                   "Remove what a move that did not end has copied, and open the shard again");
    map->needs(cluster);
    cluster->needs(map);
    return [all, given]() -> std::function<int(streams)> {
        for (auto const& [command, run] : *all) {
            if (command->parsed()) return [given, run = run](streams with) { return run(*given, with); };
        }
        return {};
    };
}

}  // namespace recourse::tools
