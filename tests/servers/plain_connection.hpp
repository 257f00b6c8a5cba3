// A plain connection to PostgreSQL, beside that of a store.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>

namespace recourse::test {

// What is said to the server beside the store: throws what it answers if that is no success.
class plain_connection {
  public:
    explicit plain_connection(std::string const& at);
    PGconn* handle() const { return handle_.get(); }
    // The first value of the first row; empty if there is none.
    std::string operator()(std::string const& sql) const;

  private:
    struct finish {
        void operator()(PGconn* one) const noexcept { PQfinish(one); }
    };
    std::unique_ptr<PGconn, finish> handle_;
};

}  // namespace recourse::test
