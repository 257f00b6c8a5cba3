// The JSON forms: of commands that come in, and of everything that goes out or into a store. One form everywhere; it is
// documented in docs/commands.md. Text in, text out: no JSON library shows here.
#pragma once

#include "recourse/engine/command.hpp"
#include "recourse/engine/decide.hpp"
#include "recourse/lifecycle/event.hpp"
#include "recourse/vocabulary/input.hpp"

namespace recourse {

// {"id":"c-7","dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},"do":{"withdraw_dispute":{}}}
result<command, input_problems> read_command(std::string_view text);

// The same command in one spelling, without id and expected version: what two sendings of a command have in common.
std::string canonical(command const&);

// The names that `do` knows.
std::vector<std::string_view> command_names();

// `asked` is the canonical command that recorded it; only the first event of a command carries one.
std::string to_json(event const&, std::string_view asked = {});
std::string type_of(event const&);  // "offer.offer_made"

// What this library wrote before; throws failure{store_corrupt} for anything else.
event read_event(std::string_view text);
std::string to_json(record const&);
record read_record(std::string_view text);
// What a ledger row's `lines` hold: {"lines":[...],"open":["D-1"]}.
std::string lines_to_json(account const&);
account read_account(std::string_view lines);  // without payment, version and currency, which the row has of its own

std::string to_json(refused const&);
std::string to_json(refusals const&);
std::string to_json(input_problems const&);

}  // namespace recourse
