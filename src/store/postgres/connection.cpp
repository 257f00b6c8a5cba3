// Connecting, waiting and saying what went wrong.
#include "connection.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>

namespace recourse::store::postgres {
namespace {

bool is_plain(std::string_view schema) {
    auto const fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !schema.empty() && schema.size() <= 63 && !(schema[0] >= '0' && schema[0] <= '9') &&
           std::all_of(schema.begin(), schema.end(), fits);
}

// libpq ends its sentences with a line.
std::string in_one_line(char const* said) {
    std::string text = said == nullptr ? "" : said;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::vector<std::string> split(std::string const& list) {
    std::vector<std::string> parts;
    for (std::size_t from = 0;;) {
        auto const comma = list.find(',', from);
        parts.push_back(list.substr(from, comma - from));
        if (comma == std::string::npos) return parts;
        from = comma + 1;
    }
}

// A connection string, taken apart: one host after the other is tried, each with a time of its own.
struct candidates {
    std::vector<std::string> keywords;
    std::vector<std::vector<std::string>> values;  // one list a host
};

candidates hosts_in(postgres_options const& options) {
    char* complaint = nullptr;
    std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> const parsed{
        PQconninfoParse(options.connection.c_str(), &complaint), PQconninfoFree};
    if (!parsed) {
        std::string const why = in_one_line(complaint);
        PQfreemem(complaint);
        throw std::invalid_argument{"the connection string of the store cannot be read: " + why};
    }
    std::vector<std::pair<std::string, std::vector<std::string>>> given;
    std::size_t hosts = 1;
    for (auto const* one = parsed.get(); one->keyword != nullptr; ++one) {
        if (one->val == nullptr || std::string_view{one->keyword} == "target_session_attrs") continue;
        std::string_view const keyword = one->keyword;
        bool const one_a_host = keyword == "host" || keyword == "hostaddr" || keyword == "port";
        given.emplace_back(keyword, one_a_host ? split(one->val) : std::vector<std::string>{one->val});
        if (keyword != "port") hosts = std::max(hosts, given.back().second.size());
    }
    given.push_back({"target_session_attrs", {options.read_only ? "any" : "read-write"}});
    given.push_back({"client_encoding", {"UTF8"}});
    given.push_back({"fallback_application_name", {"recourse"}});
    candidates all;
    all.values.resize(hosts);
    for (auto const& [keyword, values] : given) {
        all.keywords.push_back(keyword);
        for (std::size_t host = 0; host < hosts; ++host)
            all.values[host].push_back(values.size() == 1 ? values[0] : host < values.size() ? values[host] : "");
    }
    return all;
}

}  // namespace

connection::connection(postgres_options options) : options_{std::move(options)} {
    if (!is_plain(options_.schema))
        throw std::invalid_argument{
            "the schema of a store has 1 to 63 small letters, digits and underlines, and no "
            "digit first; this is \"" +
            options_.schema + "\""};
    if (options_.deadline_ms < 1 || options_.rewrite_deadline_ms < 1)
        throw std::invalid_argument{"the deadline of a store is at least 1 ms"};
    if (PQlibVersion() < 140000) unavailable("libpq 14 or newer is needed");
    if (!is_hosts()) static_cast<void>(hosts_in(options_));  // what cannot be read is told at once
}

bool connection::connect() {
    if (is_hosts()) {
        if (PQstatus(handle()) != CONNECTION_OK) unavailable("the connection of the host is not open");
        if (PQpipelineStatus(handle()) != PQ_PIPELINE_OFF)
            throw std::logic_error{"the connection of the host is in a pipeline of its own"};
        return false;
    }
    if (handle_ != nullptr && PQstatus(handle_) == CONNECTION_OK) return false;
    drop();
    auto const all = hosts_in(options_);
    std::string why;
    for (std::size_t host = 0; host < all.values.size() && handle_ == nullptr; ++host) {
        // One that does not answer at all leaves the others their share.
        auto const left = static_cast<int>(all.values.size() - host);
        auto const problem = try_host(all.keywords, all.values[host], std::max(1, deadline_.left_ms() / left));
        if (!problem.empty()) why += (why.empty() ? "" : "; ") + problem;
    }
    if (handle_ == nullptr) unavailable(why);
    make_careful();
    return true;
}

std::string connection::try_host(std::vector<std::string> const& keywords, std::vector<std::string> const& values,
                                 int limit_ms) {
    std::vector<char const*> names;
    std::vector<char const*> texts;
    for (auto const& one : keywords) names.push_back(one.c_str());
    for (auto const& one : values) texts.push_back(one.c_str());
    names.push_back(nullptr);
    texts.push_back(nullptr);
    std::unique_ptr<PGconn, decltype(&PQfinish)> made{PQconnectStartParams(names.data(), texts.data(), 0), PQfinish};
    if (!made) throw std::bad_alloc{};
    PQsetNoticeReceiver(made.get(), &connection::hear_notice, this);
    alarm limit;
    limit.set(limit_ms);
    auto state = PQstatus(made.get()) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (state != PGRES_POLLING_OK) {
        if (state == PGRES_POLLING_FAILED) return in_one_line(PQerrorMessage(made.get()));
        // While it connects, readable and writable are waited for one at a time.
        if (!limit.wait_for(PQsocket(made.get()), state == PGRES_POLLING_WRITING))
            return "no answer within " + std::to_string(limit_ms) + " ms";
        state = PQconnectPoll(made.get());
    }
    if (PQserverVersion(made.get()) < 140000) return "PostgreSQL 14 or newer is needed";
    handle_ = made.release();
    return {};
}

// What a session of ours is like whatever the server's defaults are. A client that stands still in the middle of a
// transaction must not hold its locks for ever; a wait for a lock ends before our patience does.
void connection::make_careful() {
    PQsetnonblocking(handle_, 1);
    auto const ms = std::to_string(options_.deadline_ms);
    auto const sooner = std::to_string(std::max(1, options_.deadline_ms / 5 * 4));
    std::string const settings = "SELECT set_config('idle_in_transaction_session_timeout', '" + ms +
                                 "', false),"
                                 "set_config('lock_timeout', '" +
                                 sooner +
                                 "', false), set_config('statement_timeout', '0', false),"
                                 "set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN "
                                 "('off', 'local') THEN 'on' "
                                 "ELSE current_setting('synchronous_commit') END, false)";
    if (PQsendQuery(handle_, settings.c_str()) == 0) broken();
    flush();
    std::string said;
    std::string state;
    while (auto const one = next())
        if (PQresultStatus(one.get()) != PGRES_TUPLES_OK) {
            said = in_one_line(PQresultErrorMessage(one.get()));
            auto const* const code = PQresultErrorField(one.get(), PG_DIAG_SQLSTATE);
            state = code == nullptr ? "" : code;
        }
    if (!said.empty()) fail(state, said);
    warning_.clear();
}

void connection::drop() noexcept {
    prepared_.clear();
    begun = false;
    if (handle_ != nullptr) PQfinish(std::exchange(handle_, nullptr));
}

std::string connection::text_of(std::string_view text) const {
    std::string whole{text};
    std::string const ours = "recourse.";
    if (options_.schema != "recourse")
        for (auto at = whole.find(ours); at != std::string::npos; at = whole.find(ours, at + options_.schema.size()))
            whole.replace(at, ours.size() - 1, options_.schema);
    return whole;
}

void connection::flush() {
    for (;;) {
        int const left = PQflush(handle());
        if (left == 0) return;
        if (left < 0) broken();
        if (!deadline_.wait_for(PQsocket(handle()), true)) late();
        if (PQconsumeInput(handle()) == 0) broken();
    }
}

result_owner connection::next() {
    while (PQisBusy(handle()) != 0) {
        if (!deadline_.wait_for(PQsocket(handle()), false)) late();
        if (PQconsumeInput(handle()) == 0) broken();
    }
    result_owner one{PQgetResult(handle())};
    if (PQstatus(handle()) == CONNECTION_BAD) broken();
    return one;
}

void connection::hear_notice(void* self, PGresult const* notice) {
    auto const* const severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity == nullptr || std::string_view{severity} != "WARNING") return;
    static_cast<connection*>(self)->warning_ = in_one_line(PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY));
}

std::string connection::place() const {
    return "the store " + options_.schema + (is_hosts() ? " on the host's connection" : " in PostgreSQL");
}

void connection::unavailable(std::string const& why) const {
    throw failure{failure_kind::store_unavailable, place() + " is unavailable: " + why};
}

void connection::corrupt(std::string const& found) const {
    throw failure{failure_kind::store_corrupt, place() + " " + found};
}

void connection::newer(std::int64_t found, std::int64_t known) const {
    throw failure{failure_kind::store_newer, place() + " has schema version " + std::to_string(found) +
                                                 "; this library knows versions up to " + std::to_string(known) +
                                                 ", a newer one is needed"};
}

void connection::late() {
    drop();
    throw lost_connection{
        place() + " did not answer in time; whether the call was carried out is not known, send it again", false};
}

void connection::broken() {
    auto const said = in_one_line(PQerrorMessage(handle()));
    drop();
    throw lost_connection{place() + " lost its connection: " + said, true};
}

void connection::fail(std::string_view state, std::string const& said) {
    auto const kind = state.substr(0, 2);
    // Another transaction in the way; two of the same row or the same version; a version that was not compared equal.
    if (state == "40001" || state == "40P01" || state == "23505" || state == "22012") {
        if (is_hosts() && kind == "40") unavailable(said + "; roll the transaction back and begin it again");
        throw lost_race{};
    }
    // A server that is going, coming, or was made a standby: another one takes writes now.
    if (state == "25006") committing = false;  // it says itself that it has written nothing
    if (state == "25006" || kind == "57" || kind == "08") {
        drop();
        throw lost_connection{place() + " is unavailable: " + said, true};
    }
    if (state == "55P03")
        unavailable("another connection kept a lock for longer than " + std::to_string(options_.deadline_ms) + " ms");
    if (kind == "53") unavailable(said + "; free what it is short of and send the same call again");
    if (state == "42501" || kind == "28" || kind == "3D") unavailable(said);
    if (kind == "25") unavailable(said);
    corrupt("is damaged or not a store: " + said);
}

}  // namespace recourse::store::postgres
