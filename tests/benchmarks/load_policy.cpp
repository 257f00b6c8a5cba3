// Loading a preset with its certificate: read, checked, hashed, and the certificate held against it. Under 2 ms are asked.
#include <benchmark/benchmark.h>

#include <string>

#include "recourse/engine/certificate.hpp"

using namespace recourse;

namespace {

void load_with_certificate(benchmark::State& state, std::string const& name) {
    auto const* preset = find_preset(name);
    auto const shipped = preset_certificate(name);
    if (shipped.empty()) state.SkipWithError("there is no certificate");
    for (auto _ : state) {
        auto const rules = read_policy(preset->text);
        auto const given = read_certificate(shipped);
        auto const problems = verify(given.value(), {rules->id, rules->version, sha256(preset->text)});
        if (!problems.empty()) state.SkipWithError("the certificate does not speak for the preset");
        benchmark::DoNotOptimize(rules);
    }
}
BENCHMARK_CAPTURE(load_with_certificate, aliexpress, "aliexpress");
BENCHMARK_CAPTURE(load_with_certificate, mercado_libre, "mercado_libre");

// Once a process.
void spell_the_tables(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(sha256(tables_in_full()));
}
BENCHMARK(spell_the_tables);

}  // namespace
