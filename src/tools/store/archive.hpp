// `recourse store archive` and `restore`, over SQLite and PostgreSQL, and `move-shard` between two servers.
#pragma once

#include <cstddef>
#include <string>

#include "tools/commands.hpp"

namespace recourse::tools {

struct archive_arguments {
    std::string store{};   // a SQLite file, or PostgreSQL by its URI
    std::string before{};  // an instant, or empty
    std::int64_t older_than_days = 0;
    std::size_t batch = 100;
    std::string dispute{};  // to be restored
    bool json = false;
};

struct move_arguments {
    std::string from{};
    std::string to{};
    unsigned shard = 0;
    std::string map{};      // a file to be changed, or empty
    std::string cluster{};  // the name that the map has for `to`
    bool gives_up = false;
    bool json = false;
};

int archive_disputes(archive_arguments const& given, streams with);
int restore_dispute(archive_arguments const& given, streams with);
int move_shard(move_arguments const& given, streams with);

}  // namespace recourse::tools
