// The second file of a store: "disputes.db.archive" beside "disputes.db", where closed disputes lie.
//
// Of an archived dispute the first file keeps its name, version and head, and as its command keys one that no command has:
// eight zero bytes. Nothing is removed from the first file before the second has it on disk, with a chain that ends at the
// same head; nothing is ever removed from the second.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connection.hpp"
#include "recourse/store/archive.hpp"

namespace recourse::store::sqlite {

inline constexpr std::string_view archived_keys{"\0\0\0\0\0\0\0\0", 8};
std::string archive_path(std::string_view path);

// Opened when it is first needed.
class archive_file {
  public:
    explicit archive_file(sqlite_options of) : of_{std::move(of)} {}
    connection* if_there();
    // Throws store_unavailable if the file is not there.
    connection& at();
    // What is missing, and what to do, where it is not there though disputes were moved to it.
    [[nodiscard]] std::string missing() const;

  private:
    sqlite_options of_;
    std::unique_ptr<connection> open_;
};

// Whether anything is in the archive. It reads the whole table where nothing is.
bool has_archived(connection& at);

// What was copied, and may be removed from the first file as long as it is this there.
struct copied_dispute {
    dispute_key dispute;
    std::uint32_t version = 0;
    digest head;
};

// The two halves of a move, one transaction each, in the one file and in the other.
std::vector<copied_dispute> copy_to_archive(connection& from, connection& to, std::span<resting_dispute const> batch);
std::vector<dispute_key> leave_in_archive(connection& from, std::span<copied_dispute const> batch);

// What of the archive does not agree with the first file.
void find_archive_damages(connection& at, archive_file& archive, std::vector<damage>& found);

}  // namespace recourse::store::sqlite
