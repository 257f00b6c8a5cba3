// Waiting for work instead of asking for it again and again.
#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

#include "alarm.hpp"
#include "connection.hpp"
#include "query.hpp"

namespace recourse::store {

class work_bell::listener {
  public:
    explicit listener(postgres_options options) : at_{std::move(options)} {
        if (at_.is_hosts()) throw std::invalid_argument{"a bell needs a connection of its own"};
    }

    bool wait(int at_most_ms) {
        at_.start_call(at_.options().deadline_ms);
        if (at_.connect()) {
            postgres::batch first{at_};
            first.add_plain("LISTEN " + at_.options().schema);
            first.run();
            drain();
            return true;  // what was done before it listened was not heard
        }
        postgres::alarm limit;
        limit.set(std::max(1, at_most_ms));
        while (!drain()) {
            if (!limit.wait_for(PQsocket(at_.handle()), false)) return drain();
            if (PQconsumeInput(at_.handle()) == 0) {
                at_.drop();
                return true;
            }
        }
        return true;
    }

  private:
    struct free_notification {
        void operator()(PGnotify* one) const noexcept { PQfreemem(one); }
    };

    // Whether it was rung, however often.
    bool drain() {
        bool rung = false;
        while (std::unique_ptr<PGnotify, free_notification>{PQnotifies(at_.handle())} != nullptr) rung = true;
        return rung;
    }

    postgres::connection at_;
};

work_bell::work_bell(postgres_options const& options) : listener_{std::make_unique<listener>(options)} {}
work_bell::~work_bell() = default;
bool work_bell::wait(int at_most_ms) { return listener_->wait(at_most_ms); }

}  // namespace recourse::store
