// What makes a schema of a database a store of this library: its tables and its version.
#pragma once

#include "connection.hpp"

namespace recourse::store::postgres {

// After each connecting. Makes the tables if there are none and `create` is on; throws unless this library made them.
void settle_format(connection& at);

}  // namespace recourse::store::postgres
