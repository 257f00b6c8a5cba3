// Carrying out one effect: by a program of the host's, or by a request to it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "recourse/store/store.hpp"

namespace recourse::tools {

struct carried {
    enum class outcome : unsigned char {
        done,
        later,   // the host says that it may work another time, or did not answer
        failed,  // the host says no
    } what{};
    std::string reason{};         // printable, of one line; empty if it is done
    std::int64_t wait_seconds{};  // not before so many seconds, if the host has said that; else 0
};

class carrier {
  public:
    carrier() = default;
    carrier(carrier const&) = delete;
    carrier& operator=(carrier const&) = delete;
    virtual ~carrier() = default;
    virtual carried carry_out(std::string const& key, std::string const& line) = 0;
};

// The program gets the line on its standard input. Exit code 0 is done; 75, EX_TEMPFAIL of sysexits.h, is later, as is a
// program that takes too long and is killed; anything else has failed.
std::unique_ptr<carrier> carried_by_program(std::vector<std::string> words, std::int64_t timeout_ms);
// The line is posted, with the key as Idempotency-Key. 2xx is done; 408, 425, 429, 5xx and no answer are later; anything
// else has failed. No redirection is followed.
std::unique_ptr<carrier> carried_by_request(std::string url, std::int64_t timeout_ms);

// One key for each effect, however often it is handed out: "GROUP/DISPUTE/VERSION/NUMBER".
std::string delivery_key(store::pending_effect const& effect);
// What the host is given of it: one line of JSON with a line end.
std::string delivery_line(store::claimed_effect const& claimed);

// On one line, without letters that move a cursor, and not longer than 300 bytes.
std::string as_reason(std::string text);

}  // namespace recourse::tools
