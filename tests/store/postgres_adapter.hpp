// A schema of its own for each store that a test opens, on the server that the tests share.
#pragma once

#include <string>

#include "adapters.hpp"
#include "recourse/store/postgres.hpp"
#include "samples.hpp"
#include "servers/plain_connection.hpp"

namespace store_samples {

using recourse::test::plain_connection;

struct own_schema {
    explicit own_schema(std::string at);
    own_schema(own_schema const&) = delete;
    own_schema& operator=(own_schema const&) = delete;
    ~own_schema();
    std::string connection;
    std::string name;
};

// Makes the tables of a schema those of schema version 3: the order of their columns, and their keys.
void make_third(plain_connection const& admin, std::string const& schema);

}  // namespace store_samples
