// What makes a SQLite file a store of this library: its application id, its schema version and its objects.
#pragma once

#include <string>
#include <string_view>

#include "connection.hpp"

namespace recourse::store::sqlite {

// The statement that makes a table or an index of today's schema, as SQLite keeps it.
std::string object_text(std::string_view name);

// Whether there is a store in the file; false: it is empty, as while another connection makes it.
bool is_made(connection& at);

// Makes the store if the file is empty and `create` is on; throws unless this library wrote what is in the file. Then
// sets up the write-ahead log.
void settle_format(connection& at);

}  // namespace recourse::store::sqlite
