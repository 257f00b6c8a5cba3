// What makes a SQLite file a store of this library: its application id, its schema version and its objects.
#pragma once

#include "connection.hpp"

namespace recourse::store::sqlite {

// Makes the store if the file is empty and `create` is on; throws unless this library wrote what is in the file. Then
// sets up the write-ahead log.
void settle_format(connection& at);

}  // namespace recourse::store::sqlite
