// Reading a host's calendar: the same object as `recourse calendar eval` takes, under a name.
#include "recourse/calendar/calendar_document.hpp"

#include <fmt/format.h>

#include "calendar/json.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

result<business_calendar, input_problems> read_calendar_document(std::string_view text, calendar_set const& known) {
    using shared = std::shared_ptr<business_calendar const>;
    json::problems found;
    json::place const whole;
    auto const document = json::parse(text, json::origin::foreign, found);
    if (!document) return failed{found.take()};
    auto const* members = document->if_object();
    if (members == nullptr) found.report(whole, "expected an object; found " + json::picture(*document));
    if (members != nullptr && !members->contains("name")) found.report(whole.member("name"), "is missing");
    auto made = json::read_calendar(
        *document, "document", whole, found, [&](std::string const& name) -> result<shared, std::string> {
            // It does not own: the set outlives this reading.
            if (auto const* calendar = known.find(name)) return shared{shared{}, calendar};
            return failed{fmt::format("there is no calendar {}{}", quoted(name), json::nearest(name, known.names()))};
        });
    if (!made) return failed{found.take()};
    return *std::move(made);
}

}  // namespace recourse
