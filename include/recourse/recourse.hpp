// Everything a host needs to run disputes, in one header. Boost.MSM, JSON, SQL and zone data stay in the library.
#pragma once

#include "recourse/calendar/anchor.hpp"
#include "recourse/calendar/calendar_document.hpp"
#include "recourse/calendar/closures.hpp"
#include "recourse/calendar/countdown.hpp"
#include "recourse/calendar/holidays.hpp"
#include "recourse/calendar/icalendar.hpp"
#include "recourse/calendar/legal_period.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/engine/search.hpp"
#include "recourse/policy/protection.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/store/sqlite.hpp"
