// A store by what it is called on the command line.
#include "tools/worker/opening.hpp"

#include <stdexcept>

#include "recourse/store/sqlite.hpp"
#ifdef RECOURSE_HAS_POSTGRES
#include "recourse/store/postgres.hpp"
#endif

namespace recourse::tools {

namespace {

bool is_postgres(std::string const& named) {
    return named.rfind("postgres://", 0) == 0 || named.rfind("postgresql://", 0) == 0;
}

#ifdef RECOURSE_HAS_POSTGRES
store::postgres_options options_of(std::string const& named) {
    constexpr std::string_view mark = "schema=";  // ours, and no parameter of libpq's
    store::postgres_options options;
    options.connection = named;
    auto const at = named.rfind(mark);
    if (at != std::string::npos && (named[at - 1] == '?' || named[at - 1] == '&')) {
        options.connection = named.substr(0, at - 1);
        options.schema = named.substr(at + mark.size());
    }
    options.create = false;
    return options;
}
#endif

}  // namespace

std::unique_ptr<store::contract> open_existing(std::string const& named) {
    if (named.empty()) throw std::invalid_argument{"which store? Name its file with --store FILE"};
    if (is_postgres(named)) {
#ifdef RECOURSE_HAS_POSTGRES
        return store::open_postgres(options_of(named));
#else
        throw std::invalid_argument{"--store: this recourse was built without PostgreSQL"};
#endif
    }
    store::sqlite_options file;
    file.path = named;
    file.create = false;
    return store::open_sqlite(file);
}

std::function<bool(std::int64_t)> bell_of(std::string const& named) {
#ifdef RECOURSE_HAS_POSTGRES
    if (is_postgres(named))
        return [bell = std::make_shared<store::work_bell>(options_of(named))](std::int64_t ms) {
            return bell->wait(static_cast<int>(ms));
        };
#endif
    throw std::invalid_argument{
        "--listen: only a store in PostgreSQL has a bell; leave it out, and the store is asked every "
        "--poll milliseconds"};
}

}  // namespace recourse::tools
