#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "jobs/dispatcher.hpp"
#include "jobs/lanes.hpp"
#include "usecase/schedules.hpp"

namespace aftercare::jobs {

/// What jobs read of a connector's settings; the rest is the plugin's own.
struct PullSettings {
    std::int64_t pull_seconds = 15;
};
template <class Io>
void fields(Io& io, PullSettings& s) {
    io("pull_seconds", s.pull_seconds, maybe, between(1, 86'400));
}

/// A connector to be asked for news, for what, and how often.
struct PullTarget {
    usecase::PulledConnector connector;
    std::vector<PullStream> streams{};
    Duration every = seconds(15);
    usecase::CallLimits limits{seconds(60), seconds(62)};
};

/// Asks connectors for their streams, page by page. `tick` from one thread.
class Pulls {
   public:
    using Targets = std::function<std::vector<PullTarget>()>;
    Pulls(usecase::Context& ctx, Lanes& lanes, CallPlugin call, Targets targets)
        : ctx_(ctx), lanes_(lanes), call_(std::move(call)), targets_(std::move(targets)) {}

    /// Hands each target that is due to the lanes. Returns when to come back, at most a second later.
    Instant tick(Instant now);

   private:
    struct Turn {
        Instant due;
        std::int64_t failures = 0;
    };
    void pull(const PullTarget& target);
    bool pull(const PullTarget& target, PullStream stream);

    usecase::Context& ctx_;
    Lanes& lanes_;
    CallPlugin call_;
    Targets targets_;
    std::mutex lock_;
    std::map<ConnectorId, Turn> turns_;
};

}  // namespace aftercare::jobs
