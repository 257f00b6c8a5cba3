// A store by what it is called on the command line.
#include "tools/worker/opening.hpp"

#include <stdexcept>

#include "recourse/store/sqlite.hpp"

namespace recourse::tools {
namespace {

// Hands the options of what is there to `open`.
template <class Open>
auto open_named(std::string const& named, Open const& open) {
    if (named.empty()) throw std::invalid_argument{"which store? Name its file with --store FILE"};
    if (is_server(named)) {
#ifdef RECOURSE_HAS_POSTGRES
        return open(server_named(named));
#else
        throw std::invalid_argument{"--store: this recourse was built without PostgreSQL"};
#endif
    }
    store::sqlite_options file;
    file.path = named;
    file.create = false;
    return open(file);
}

struct as_store {
    std::unique_ptr<store::contract> operator()(store::sqlite_options const& at) const {
        return store::open_sqlite(at);
    }
#ifdef RECOURSE_HAS_POSTGRES
    std::unique_ptr<store::contract> operator()(store::postgres_options const& at) const {
        return store::open_postgres(at);
    }
#endif
};

}  // namespace

bool is_server(std::string const& named) {
    return named.rfind("postgres://", 0) == 0 || named.rfind("postgresql://", 0) == 0;
}

store::postgres_options server_named(std::string const& named) {
    if (!is_server(named))
        throw std::invalid_argument{"\"" + named + "\" is no server; say postgres://user@host/database"};
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

std::unique_ptr<store::contract> open_existing(std::string const& named) { return open_named(named, as_store{}); }

std::unique_ptr<store::contract> open_announcing(std::string const& named) {
#ifdef RECOURSE_HAS_POSTGRES
    if (is_server(named)) {
        auto options = server_named(named);
        options.announces = true;
        return store::open_postgres(options);
    }
#endif
    throw std::invalid_argument{
        "--announce: only a store in PostgreSQL has a bell; leave it out, and workers look every --poll milliseconds"};
}

std::unique_ptr<store::archive> open_archive_of(std::string const& named) {
    return open_named(named, [](auto const& at) { return store::open_archive(at); });
}

std::function<bool(std::int64_t)> bell_of(std::string const& named) {
#ifdef RECOURSE_HAS_POSTGRES
    if (is_server(named))
        return [bell = std::make_shared<store::work_bell>(server_named(named))](std::int64_t ms) {
            return bell->wait(static_cast<int>(ms));
        };
#endif
    throw std::invalid_argument{
        "--listen: only a store in PostgreSQL has a bell; leave it out, and the store is asked every "
        "--poll milliseconds"};
}

}  // namespace recourse::tools
