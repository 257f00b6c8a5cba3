// The statements in statements/*.sql, by the name of their file.
#pragma once

#include <string_view>

#include "embedded/sqlite_statements.hpp"

namespace recourse::store::sqlite {

// A name without a file does not compile.
consteval std::string_view sql(std::string_view name) {
    for (auto const& [file, text] : statements)
        if (file == name) return text;
    throw "there is no statement of that name";
}

}  // namespace recourse::store::sqlite
