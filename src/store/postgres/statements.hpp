// The statements in statements/*.sql, by the name of their file.
#pragma once

#include <string_view>

#include "embedded/postgres_statements.hpp"

namespace recourse::store::postgres {

struct statement {
    std::string_view name;  // of its file, and with a prefix of the prepared statement
    std::string_view text;  // with the schema `recourse`
};

// A name without a file does not compile.
consteval statement sql(std::string_view name) {
    for (auto const& [file, text] : statements)
        if (file == name) return {file, text};
    throw "there is no statement of that name";
}

}  // namespace recourse::store::postgres
