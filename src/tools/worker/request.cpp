// Posting one effect to the host.
#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "recourse/vocabulary/failure.hpp"
#include "tools/worker/carrier.hpp"

namespace recourse::tools {
namespace {

struct easy_cleanup {
    void operator()(CURL* one) const noexcept { curl_easy_cleanup(one); }
};
struct list_cleanup {
    void operator()(curl_slist* one) const noexcept { curl_slist_free_all(one); }
};
using headers = std::unique_ptr<curl_slist, list_cleanup>;

void add(headers& to, std::string const& line) {
    auto* longer = curl_slist_append(to.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc{};
    static_cast<void>(to.release());
    to.reset(longer);
}

// What the host answers beside its status is of interest only where it fails.
std::size_t keep_some(char* bytes, std::size_t size, std::size_t count, void* said) {
    constexpr std::size_t kept_max = 4096;
    auto& text = *static_cast<std::string*>(said);
    if (text.size() < kept_max) text.append(bytes, std::min(size * count, kept_max));
    return size * count;
}

class request final : public carrier {
  public:
    request(std::string url, std::int64_t timeout_ms) : url_{std::move(url)}, timeout_ms_{timeout_ms} {
        if (url_.rfind("http://", 0) != 0 && url_.rfind("https://", 0) != 0)
            throw std::invalid_argument{
                fmt::format("--url: expected http://... or https://...; \"{}\" is neither", url_)};
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 || (curl_.reset(curl_easy_init()), curl_ == nullptr))
            throw failure{failure_kind::store_unavailable, "libcurl cannot be initialised"};
    }

    // The connection is kept for the next one.
    carried carry_out(std::string const& key, std::string const& line) override {
        auto* at = curl_.get();
        curl_easy_reset(at);
        headers lines;
        add(lines, "Content-Type: application/json");
        add(lines, "Idempotency-Key: " + key);
        add(lines, "Expect:");  // no waiting for a "100 Continue"
        std::string said;
        curl_easy_setopt(at, CURLOPT_URL, url_.c_str());
        curl_easy_setopt(at, CURLOPT_HTTPHEADER, lines.get());
        curl_easy_setopt(at, CURLOPT_POSTFIELDS, line.data());
        curl_easy_setopt(at, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(line.size()));
        curl_easy_setopt(at, CURLOPT_USERAGENT, "recourse-worker");
        curl_easy_setopt(at, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_ms_));
        curl_easy_setopt(at, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(at, CURLOPT_WRITEFUNCTION, &keep_some);
        curl_easy_setopt(at, CURLOPT_WRITEDATA, &said);
        auto const code = curl_easy_perform(at);
        if (code != CURLE_OK) return {carried::outcome::later, as_reason(curl_easy_strerror(code))};
        long status = 0;
        curl_off_t wait_seconds = 0;
        curl_easy_getinfo(at, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(at, CURLINFO_RETRY_AFTER, &wait_seconds);
        if (status >= 200 && status < 300) return {carried::outcome::done};
        auto const reason = as_reason(fmt::format("status {}{}{}", status, said.empty() ? "" : ": ", said));
        bool const may_pass = status == 408 || status == 425 || status == 429 || status >= 500;
        constexpr curl_off_t wait_max = 86'400;
        return {may_pass ? carried::outcome::later : carried::outcome::failed, reason,
                std::clamp<curl_off_t>(wait_seconds, 0, wait_max)};
    }

  private:
    std::string url_;
    std::int64_t timeout_ms_;
    std::unique_ptr<CURL, easy_cleanup> curl_;
};

}  // namespace

std::unique_ptr<carrier> carried_by_request(std::string url, std::int64_t timeout_ms) {
    return std::make_unique<request>(std::move(url), timeout_ms);
}

}  // namespace recourse::tools
