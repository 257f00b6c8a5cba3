// What does not agree within the tables: the seals, and rows that hang in the air.
#pragma once

#include "connection.hpp"
#include "recourse/store/store.hpp"

namespace recourse::store::postgres {

// Reads everything as it is at one moment, a page at a time; each page has the deadline of a call.
std::vector<damage> find_damages(connection& at);

}  // namespace recourse::store::postgres
