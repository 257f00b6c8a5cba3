// Figures as text, and into a file.
#include "tools/worker/figures.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string_view>

#include "recourse/vocabulary/failure.hpp"

namespace recourse::tools {
namespace {

// As Prometheus wants it within the quotes of a label.
std::string escaped(std::string_view value) {
    std::string made;
    for (char const letter : value) {
        if (letter == '\\' || letter == '"') made += '\\';
        if (letter == '\n')
            made += "\\n";
        else
            made += letter;
    }
    return made;
}

void begin(std::string& text, std::string_view name, std::string_view type, std::string_view help) {
    text += fmt::format("# HELP recourse_worker_{} {}\n# TYPE recourse_worker_{} {}\n", name, help, name, type);
}

}  // namespace

void worker_figures::add_duration(double seconds) {
    std::size_t at = 0;
    while (at < bounds.size() && seconds > bounds[at]) ++at;
    ++took[at];
    took_seconds += seconds;
}

std::string to_prometheus(worker_figures const& all, std::string const& worker) {
    std::string text;
    auto const label = fmt::format("worker=\"{}\"", escaped(worker));
    begin(text, "effects_total", "counter", "Effects handed out, by kind and what became of them.");
    for (auto const& [of, count] : all.effects)
        text += fmt::format("recourse_worker_effects_total{{{},kind=\"{}\",outcome=\"{}\"}} {}\n", label,
                            escaped(of.first), of.second, count);
    auto const one = [&](std::string_view name, std::string_view type, std::string_view help, auto value) {
        begin(text, name, type, help);
        text += fmt::format("recourse_worker_{}{{{}}} {}\n", name, label, value);
    };
    one("deadlines_fired_total", "counter", "Disputes brought up to date.", all.deadlines_fired);
    one("deadlines_failed_total", "counter", "Disputes that could not be brought up to date.", all.deadlines_failed);
    one("leases_lost_total", "counter", "Effects that another worker had claimed before they were settled.",
        all.leases_lost);
    one("store_errors_total", "counter", "Calls to the store that failed.", all.store_errors);
    one("deadline_lag_seconds", "gauge", "How late the last deadline was fired.", all.deadline_lag_seconds);
    one("parked_effects", "gauge", "Effects that are parked in the store; 1000 stands for as many or more.",
        all.parked);
    one("last_round_timestamp_seconds", "gauge", "When this worker last looked for work.",
        static_cast<double>(all.last_round.microseconds) / 1e6);
    begin(text, "carry_out_seconds", "histogram", "How long the host took for one effect.");
    std::uint64_t below = 0;
    for (std::size_t at = 0; at < worker_figures::bounds.size(); ++at) {
        below += all.took[at];
        text += fmt::format("recourse_worker_carry_out_seconds_bucket{{{},le=\"{}\"}} {}\n", label,
                            worker_figures::bounds[at], below);
    }
    below += all.took.back();
    text += fmt::format("recourse_worker_carry_out_seconds_bucket{{{},le=\"+Inf\"}} {}\n", label, below);
    text += fmt::format("recourse_worker_carry_out_seconds_sum{{{}}} {}\n", label, all.took_seconds);
    text += fmt::format("recourse_worker_carry_out_seconds_count{{{}}} {}\n", label, below);
    return text;
}

void write_whole(std::string const& path, std::string const& text) {
    auto const beside = fmt::format("{}.{}", path, ::getpid());
    std::ofstream file{beside, std::ios::binary | std::ios::trunc};
    file << text;
    file.close();
    if (!file || std::rename(beside.c_str(), path.c_str()) != 0) {
        std::remove(beside.c_str());
        throw failure{failure_kind::store_unavailable, fmt::format("cannot write {}", path)};
    }
}

}  // namespace recourse::tools
