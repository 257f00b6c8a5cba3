// What the engine needs of each lifecycle, declared once: its facts, its machine, its JSON. Each lifecycle's .cpp in
// src/engine/lifecycles defines the facts and instantiates the rest.
#pragma once

#include "engine/situation.hpp"
#include "recourse/engine/step.hpp"
#include "vocabulary/json.hpp"

namespace recourse::engine {

class deciding;

template <class Lifecycle>
struct workings {
    // `one` is the machine addressed; a fresh one if the command makes it.
    static typename Lifecycle::facts facts_for(situation const& now, machine<Lifecycle> const& one,
                                               told<Lifecycle> const& command);
    static step_result<Lifecycle> step(std::uint8_t state, typename Lifecycle::facts const& facts,
                                       told<Lifecycle> const& command);

    // Tells a command to the machine of that number, and what it records to the others; false if anything was refused. Each
    // .cpp defines it for its own lifecycle, so that no other compiles that machine again.
    static bool tell(deciding& doing, std::uint32_t number, told<Lifecycle> const& command);

    static void write_event(std::string& out, event_body const& body);
    static void write_command(std::string& out, command_body const& body);
    // The personal texts that a command of this lifecycle carries; they are stored apart from it.
    static void collect_texts(command_body const& body, std::vector<salted_text>& into);
    static void write_kept(std::string& out, typename Lifecycle::instance const& kept);
    // What a node of the search keeps of it: engine/search/shape.hpp.
    static void write_shape(std::string& shape, typename Lifecycle::instance const& kept);
    static std::optional<event_body> read_event(std::string_view name, json::value const& from, json::place const&,
                                                json::problems&);
    static std::optional<command_body> read_command(std::string_view name, json::value const& from, json::place const&,
                                                    json::problems&);
    static void read_kept(json::value const& from, typename Lifecycle::instance& into, json::place const&,
                          json::problems&);
};

}  // namespace recourse::engine
