// Saying one thing at a time to a server.
#include "servers/plain_connection.hpp"

#include <stdexcept>

namespace recourse::test {

plain_connection::plain_connection(std::string const& at) : handle_{PQconnectdb(at.c_str())} {
    if (PQstatus(handle_.get()) != CONNECTION_OK) throw std::runtime_error{PQerrorMessage(handle_.get())};
}

std::string plain_connection::operator()(std::string const& sql) const {
    std::unique_ptr<PGresult, decltype(&PQclear)> const answer{PQexec(handle_.get(), sql.c_str()), PQclear};
    auto const status = PQresultStatus(answer.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        throw std::runtime_error{sql + ": " + PQerrorMessage(handle_.get())};
    return PQntuples(answer.get()) > 0 && PQnfields(answer.get()) > 0 ? PQgetvalue(answer.get(), 0, 0) : "";
}

}  // namespace recourse::test
