// Upkeep of a SQLite store, for operators: what is in it, a copy while it is in use, all of it as lines of text.
//
//     store::back_up(options, "/backup/disputes.db");               // while others read and write
//     store::export_lines(options, [&](std::string_view line) { file << line << '\n'; });
//     store::import_lines([&] { return next_line(file); }, {.path = "restored.db"});
//
// Every call throws `failure` as open_sqlite does, and says which file and why.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/store/sqlite.hpp"

namespace recourse::store {

// Hears how far a call is: of `all` pages or rows, `done` are done. May be empty.
using progress = std::function<void(std::uint64_t done, std::uint64_t all)>;

struct table_size {
    std::string table;
    std::uint64_t rows = 0;
    std::optional<std::uint64_t> pages{};  // with its indexes; nothing if this SQLite does not count them
    bool operator==(table_size const&) const = default;
};

struct sqlite_stats {
    std::int64_t schema_version = 0;
    std::uint64_t page_bytes = 0;
    std::uint64_t pages = 0;
    std::uint64_t free_pages = 0;  // that a compact backup leaves out
    std::uint64_t log_bytes = 0;   // of the write-ahead log beside the file
    std::vector<table_size> tables;
    std::uint64_t waiting = 0;           // disputes with a deadline to come
    std::optional<instant> next_due{};   // the earliest of them
    std::uint64_t effects_pending = 0;   // in the outbox
    std::uint64_t effects_parked = 0;    // of them, waiting for an operator
    std::uint64_t commands_refused = 0;  // as often as they were counted, over all codes
    bool operator==(sqlite_stats const&) const = default;
};

// Reads one moment of the file. It is opened read-only.
sqlite_stats stats_of(sqlite_options const& options);

enum class backup_form : unsigned char {
    pages,    // page by page; the copy is as large as the store
    compact,  // written anew without free pages, by VACUUM INTO; `progress` hears only its end
};

// Copies one moment of the store to a file that is not there yet, while others read and write; and after it its archive, if
// it has one, to "to.archive". The copy is a store of its own. What was begun and not finished is removed. Throws
// store_unavailable if one of the two exists, or if disputes were archived and the archive is missing.
void back_up(sqlite_options const& from, std::string const& to, backup_form form = backup_form::pages,
             progress const& heard = {});

// All rows of one moment, as lines of JSON: a first line that says what they are, a line a row, and a last one with the
// number of rows and the SHA-256 of what stands before it. `take` gets each line without its end. Erased texts are not in it;
// those that were not erased are. Archived disputes stand among the others, as if they had never been archived: a store that
// is made of the lines has no archive. Events keep their positions: a reader of all events goes on where he was. Throws
// store_unavailable if the archive is missing.
void export_lines(sqlite_options const& from, std::function<void(std::string_view)> const& take,
                  progress const& heard = {});

// Makes a new store of lines that were exported: all of it or nothing. `next` gives a line without its end, or nothing
// after the last. Throws store_corrupt and names the line that is wrong: not what was exported, cut off, a sum that does
// not agree; or the rows, if links and seals do not agree with them. Throws store_unavailable if the file exists.
void import_lines(std::function<std::optional<std::string>()> const& next, sqlite_options const& to,
                  progress const& heard = {});

}  // namespace recourse::store
