// Pipelines of prepared statements.
#include "query.hpp"

#include <algorithm>
#include <limits>

namespace recourse::store::postgres {
namespace {

std::string sentence_of(PGresult const* failed) {
    auto const field = [&](int which) {
        auto const* const text = PQresultErrorField(failed, which);
        return std::string{text == nullptr ? "" : text};
    };
    auto said = field(PG_DIAG_MESSAGE_PRIMARY);
    if (auto const detail = field(PG_DIAG_MESSAGE_DETAIL); !detail.empty()) said += " (" + detail + ")";
    return said;
}

}  // namespace

std::string_view rows::value(int column) const {
    if (is_null(column)) refuse(column, "is NULL");
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}

std::int64_t rows::integer(int column) const {
    auto const bytes = value(column);
    if (bytes.size() != 8) refuse(column, "has " + std::to_string(bytes.size()) + " bytes where a bigint belongs");
    std::uint64_t made = 0;
    for (char const byte : bytes) made = made << 8U | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(made);
}

std::int64_t rows::positive(int column) const {
    auto const value = integer(column);
    if (value < 1) refuse(column, "is " + std::to_string(value) + ", and it starts at 1");
    return value;
}

std::uint32_t rows::natural(int column) const {
    auto const value = integer(column);
    if (value < 0 || value > std::int64_t{std::numeric_limits<std::uint32_t>::max()})
        refuse(column, "is " + std::to_string(value) + ", outside 0 to 4294967295");
    return static_cast<std::uint32_t>(value);
}

std::uint32_t rows::version(int column) const {
    auto const value = natural(column);
    if (value == 0) refuse(column, "is 0, and versions start at 1");
    return value;
}

digest rows::fingerprint(int column) const {
    auto const bytes = value(column);
    digest made;
    if (bytes.size() != made.bytes.size())
        refuse(column, "has " + std::to_string(bytes.size()) + " bytes instead of 32");
    std::transform(bytes.begin(), bytes.end(), made.bytes.begin(),
                   [](char byte) { return static_cast<unsigned char>(byte); });
    return made;
}

std::optional<instant> rows::moment(int column) const {
    if (is_null(column)) return std::nullopt;
    return instant{integer(column)};
}

void rows::refuse(int column, std::string const& what) const {
    auto const* const name = PQfname(result_.get(), column);
    at_->corrupt("is damaged: its value " + std::string{name == nullptr ? "?" : name} + " " + what);
}

batch::batch(connection& at) : at_{at} {
    host_waits_ = PQisnonblocking(at_.handle());
    PQsetnonblocking(at_.handle(), 1);
    check_sent(PQenterPipelineMode(at_.handle()));
}

batch::~batch() {
    // One that was not run to its end leaves a connection that nobody can use any more.
    if (!ran_) at_.drop();
}

void batch::take_number(std::int64_t value) {
    auto& one = parameters_.emplace_back();
    for (int shift = 56; shift >= 0; shift -= 8)
        one.number += static_cast<char>(static_cast<std::uint64_t>(value) >> static_cast<unsigned>(shift) & 0xffU);
}

void batch::send(statement what) {
    std::vector<char const*> starts;
    std::vector<int> lengths;
    std::vector<int> const binary(parameters_.size(), 1);
    for (auto const& one : parameters_) {
        auto const bytes = one.number.empty() ? one.view : std::string_view{one.number};
        starts.push_back(one.is_null ? nullptr : bytes.data() == nullptr ? "" : bytes.data());
        if (bytes.size() > std::size_t{std::numeric_limits<int>::max()})
            at_.unavailable("a value of " + std::to_string(bytes.size()) + " bytes is more than PostgreSQL takes");
        lengths.push_back(static_cast<int>(bytes.size()));
    }
    auto const count = static_cast<int>(parameters_.size());
    auto* const handle = at_.handle();
    if (at_.is_hosts()) {  // the host's connection keeps no statements of ours
        check_sent(PQsendQueryParams(handle, at_.text_of(what.text).c_str(), count, nullptr, starts.data(),
                                     lengths.data(), binary.data(), 1));
        prepares_.emplace_back();
        return;
    }
    auto const name = "recourse_" + std::string{what.name};
    bool const under_way = std::find(prepares_.begin(), prepares_.end(), what.name) != prepares_.end();
    if (!at_.knows(what.name) && !under_way) {
        check_sent(PQsendPrepare(handle, name.c_str(), at_.text_of(what.text).c_str(), 0, nullptr));
        prepares_.push_back(what.name);
    }
    check_sent(PQsendQueryPrepared(handle, name.c_str(), count, starts.data(), lengths.data(), binary.data(), 1));
    prepares_.emplace_back();
}

void batch::add_plain(std::string const& text) {
    check_sent(PQsendQueryParams(at_.handle(), text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1));
    prepares_.emplace_back();
}

void batch::begin(std::string_view kind) {
    add_plain(at_.is_hosts() ? "SAVEPOINT recourse" : "BEGIN " + std::string{kind});
    at_.begun = true;
}

void batch::commit() {
    add_plain(at_.is_hosts() ? "RELEASE SAVEPOINT recourse" : "COMMIT");
    commits_ = true;
}

void batch::check_sent(int result) {
    if (result == 0) at_.broken();
}

std::vector<rows> batch::run() {
    static_cast<void>(at_.take_warning());
    at_.committing = commits_;
    check_sent(PQpipelineSync(at_.handle()));
    at_.flush();
    std::vector<rows> answers;
    std::size_t heard = 0;
    std::string state;
    std::string said;
    bool refused = false;
    for (;;) {
        auto one = at_.next();
        if (!one) continue;  // the end of one statement's answer
        auto const status = PQresultStatus(one.get());
        if (status == PGRES_PIPELINE_SYNC) break;
        auto const prepared = heard < prepares_.size() ? prepares_[heard] : std::string_view{};
        ++heard;
        if (status == PGRES_FATAL_ERROR && !refused) {
            auto const* const code = PQresultErrorField(one.get(), PG_DIAG_SQLSTATE);
            state = code == nullptr ? "" : code;
            said = sentence_of(one.get());
            refused = true;
        }
        if (refused) continue;
        if (prepared.empty())
            answers.emplace_back(at_, std::move(one));
        else
            at_.learn(prepared);
    }
    check_sent(PQexitPipelineMode(at_.handle()));
    ran_ = true;
    PQsetnonblocking(at_.handle(), host_waits_);
    if (refused) {
        roll_back(at_);
        at_.fail(state, said);
    }
    if (!commits_) return answers;
    at_.begun = false;
    auto const warning = at_.take_warning();
    if (!warning.empty()) {
        // PostgreSQL says success all the same.
        at_.drop();
        at_.unavailable("it committed with a warning: " + warning +
                        "; whether that outlives the server is not known, send the same call again");
    }
    if (!at_.is_hosts() && answers.back().done() != "COMMIT") {
        at_.drop();
        at_.unavailable("the server took a transaction back without saying why");
    }
    return answers;
}

void roll_back(connection& at) {
    auto* const handle = at.handle();
    if (handle == nullptr || PQstatus(handle) != CONNECTION_OK) return;
    if (!at.begun) return;
    at.begun = false;
    char const* const text = at.is_hosts() ? "ROLLBACK TO SAVEPOINT recourse; RELEASE SAVEPOINT recourse" : "ROLLBACK";
    if (PQsendQuery(handle, text) == 0) at.broken();
    at.flush();
    while (at.next()) {}
}

}  // namespace recourse::store::postgres
