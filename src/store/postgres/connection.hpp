// One connection to PostgreSQL: found among the hosts, kept within its deadline, and its failures in words.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <exception>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "alarm.hpp"
#include "recourse/store/postgres.hpp"
#include "statements.hpp"

namespace recourse::store::postgres {

// Somebody was faster, and nothing was written: read again and try again.
struct lost_race : std::exception {
    [[nodiscard]] char const* what() const noexcept override { return "somebody was faster"; }
};

// The connection is gone, and what it was about to do is not known to be done.
struct lost_connection : failure {
    lost_connection(std::string const& why, bool may_try_again)
        : failure{failure_kind::store_unavailable, why}, another_may_do{may_try_again} {}
    bool another_may_do;  // not when the deadline has passed
};

struct free_result {
    void operator()(PGresult* one) const noexcept { PQclear(one); }
};
using result_owner = std::unique_ptr<PGresult, free_result>;

class connection {
  public:
    explicit connection(postgres_options options);
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;
    ~connection() { drop(); }

    [[nodiscard]] postgres_options const& options() const noexcept { return options_; }
    [[nodiscard]] bool is_hosts() const noexcept { return options_.host != nullptr; }

    // From here the deadline of a call runs.
    void start_call(int deadline_ms) noexcept { deadline_.set(deadline_ms); }
    // Connects if there is no connection; true if it is a new one.
    bool connect();
    // Leaves the server without a word: a transaction that is committing goes on, and its answer is never heard.
    void drop() noexcept;

    [[nodiscard]] PGconn* handle() noexcept { return is_hosts() ? options_.host : handle_; }
    // Whether the statement has to be prepared on this connection, and that it was.
    [[nodiscard]] bool knows(std::string_view name) const { return prepared_.contains(name); }
    void learn(std::string_view name) { prepared_.emplace(name); }
    // The statement with the schema of this store.
    [[nodiscard]] std::string text_of(std::string_view text) const;

    void flush();         // sends what was put into the pipeline
    result_owner next();  // the next result; null between those of two statements
    // Whether the server warned since it was asked last: a commit that did not wait for its standby is one.
    [[nodiscard]] std::string take_warning() { return std::exchange(warning_, {}); }

    std::int64_t position_base = 0;  // what is added to the numbers of transactions
    bool begun = false;              // a transaction of ours, or our savepoint in the host's
    bool committing = false;         // a lost connection leaves unknown what became of it

    // Throws what an answer of the server means.
    [[noreturn]] void fail(std::string_view state, std::string const& said);
    [[noreturn]] void unavailable(std::string const& why) const;
    [[noreturn]] void corrupt(std::string const& found) const;
    [[noreturn]] void newer(std::int64_t found, std::int64_t known) const;
    [[noreturn]] void late();
    [[noreturn]] void broken();

  private:
    [[nodiscard]] std::string place() const;
    [[nodiscard]] std::string try_host(std::vector<std::string> const& keywords, std::vector<std::string> const& values,
                                       int limit_ms);
    void make_careful();
    static void hear_notice(void* self, PGresult const* notice);

    postgres_options options_;
    alarm deadline_;
    PGconn* handle_ = nullptr;
    std::set<std::string, std::less<>> prepared_;
    std::string warning_;
};

}  // namespace recourse::store::postgres
