// Moving closed disputes out of the way, and one of them back.
#include "tools/store/archive.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <ostream>
#include <stdexcept>

#include "recourse/engine/archiving.hpp"
#include "tools/progress.hpp"
#include "tools/worker/opening.hpp"

namespace recourse::tools {
namespace {

using boost::json::object;
using boost::json::serialize;

instant limit_of(archive_arguments const& given) {
    if (given.before.empty() == (given.older_than_days == 0))
        throw std::invalid_argument{"say since when a dispute is over: either --older-than DAYS or --before INSTANT"};
    if (!given.before.empty()) {
        auto const before = parse_instant(given.before);
        if (!before) throw std::invalid_argument{fmt::format("--before: {}", before.error())};
        return *before;
    }
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    return plus_seconds({std::chrono::duration_cast<std::chrono::microseconds>(now).count()},
                        -given.older_than_days * seconds_per_day);
}

}  // namespace

int archive_disputes(archive_arguments const& given, streams with) {
    auto const by = limit_of(given);
    auto const store = open_existing(given.store);
    auto const archive = open_archive_of(given.store);
    progress_bar bar{with.error, "disputes looked at"};
    auto const done = archive_closed(*store, *archive, by, given.batch,
                                     [&](archived_disputes const& so_far) { bar.show(so_far.looked_at, 0); });
    bar.show(done.looked_at, done.looked_at);
    if (given.json) {
        boost::json::array unreadable;
        for (auto const& one : done.unreadable) unreadable.push_back(boost::json::value(to_text(one)));
        boost::json::array months;
        for (auto const& one : archive->months())
            months.push_back(object{{"month", one.month}, {"disputes", one.disputes}});
        with.out << serialize(object{{"store", given.store},
                                     {"before", to_text(by)},
                                     {"looked_at", done.looked_at},
                                     {"over", done.over},
                                     {"archived", done.archived},
                                     {"unreadable", std::move(unreadable)},
                                     {"archive", std::move(months)}})
                 << "\n";
    } else {
        with.out << fmt::format("{}: {} disputes without a deadline, {} of them over since {}, {} archived\n",
                                given.store, done.looked_at, done.over, to_text(by), done.archived);
        for (auto const& one : done.unreadable)
            with.out << fmt::format("{} cannot be read and was left; `recourse verify` says why\n", to_text(one));
        for (auto const& one : archive->months()) with.out << fmt::format("{}  {} disputes\n", one.month, one.disputes);
    }
    return done.unreadable.empty() ? exit_done : exit_differs;
}

int restore_dispute(archive_arguments const& given, streams with) {
    auto const key = parse_dispute_key(given.dispute);
    if (!key) throw std::invalid_argument{key.error()};
    auto const archive = open_archive_of(given.store);
    if (!archive->restore(*key))
        throw std::invalid_argument{fmt::format("there is no dispute {} in the archive of this store", given.dispute)};
    if (given.json)
        with.out << serialize(object{{"store", given.store}, {"restored", given.dispute}}) << "\n";
    else
        with.out << fmt::format("{}: back from the archive\n", given.dispute);
    return exit_done;
}

}  // namespace recourse::tools
