// A schema of its own for each store that a test opens, on the server that the tests share.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>

#include "adapters.hpp"
#include "recourse/store/postgres.hpp"
#include "samples.hpp"

namespace store_samples {

struct own_schema {
    explicit own_schema(std::string at);
    own_schema(own_schema const&) = delete;
    own_schema& operator=(own_schema const&) = delete;
    ~own_schema();
    std::string connection;
    std::string name;
};

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

}  // namespace store_samples
