// Everything a host needs to run disputes, in one header. Boost.MSM, JSON, SQL and zone data stay in the library.
#pragma once

#include "recourse/calendar/holidays.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/store/sqlite.hpp"
