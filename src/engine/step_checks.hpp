// What must hold of every step of a dispute, whoever takes it: for the search and for the simulation.
#pragma once

#include "recourse/engine/search.hpp"

namespace recourse::engine {

struct broken_rule {
    search_flaw flaw{};
    std::string because;
};

// What is wrong with a record and its account as they stand; nothing if all is well.
std::vector<broken_rule> faults_of(record const& all, std::optional<account> const& money, policy const& rules);

// What is wrong with an event between the records before and after it.
std::vector<broken_rule> faults_of(record const& before, event const& happened, record const& after);

// What is wrong with what a command, or a deadline, has recorded on top of them.
std::vector<broken_rule> faults_of(record const& before, std::optional<account> const& money, recorded const& done);

// What is wrong with the money after a step in which so much was told as refunded by another route; in others nothing is.
std::vector<broken_rule> faults_of(std::optional<account> const& before, std::optional<outside_refund> const& told,
                                   std::optional<account> const& after);

}  // namespace recourse::engine
