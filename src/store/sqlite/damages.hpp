// What does not agree within the file: SQLite's own check, the seals, and rows that hang in the air.
#pragma once

#include "connection.hpp"
#include "recourse/store/store.hpp"

namespace recourse::store::sqlite {

// Reads the whole file. What cannot be read is a damage like any other; the rest is read all the same.
std::vector<damage> find_damages(connection& at);

}  // namespace recourse::store::sqlite
