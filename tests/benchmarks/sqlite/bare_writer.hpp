// What our store is measured beside: a bare program that writes the same rows, and what a user would write otherwise.
#pragma once

#include <span>

#include "plain_file.hpp"
#include "recourse/store/store.hpp"

namespace recourse::test {

// On a file of our schema: the statements of an append and no more. It checks nothing, sums nothing (where a link or a seal
// belongs stands some digest) and trusts what it reads. A group is one transaction.
class bare_writer {
  public:
    explicit bare_writer(std::string const& path);
    void write(std::span<store::append const> group);

  private:
    void write_one(store::append const& one);

    plain_file file_;
    plain_statement read_;
    plain_statement event_;
    plain_statement dispute_;
    plain_statement last_;
    plain_statement effect_;
    plain_statement begin_;
    plain_statement commit_;
    std::string keys_{};
};

// Five tables as a mapper of objects makes them: numbers as keys, the texts that the world knows beside them under unique
// indexes, a row for each deadline and each command key, when each row was made and changed. One transaction a command.
class mapped_writer {
  public:
    explicit mapped_writer(std::string const& path);
    void write(std::span<store::append const> group);  // a user would write one

  private:
    void write_one(store::append const& one);

    plain_file file_;
    plain_statement find_key_;
    plain_statement find_;
    plain_statement open_;
    plain_statement advance_;
    plain_statement event_;
    plain_statement drop_deadline_;
    plain_statement deadline_;
    plain_statement effect_;
    plain_statement key_;
    plain_statement begin_;
    plain_statement commit_;
};

}  // namespace recourse::test
