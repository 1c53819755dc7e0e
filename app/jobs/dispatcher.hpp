#pragma once
#include <aftercare/base/instant.hpp>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "connect/http_out.hpp"
#include "connect/supervisor.hpp"
#include "jobs/lanes.hpp"
#include "usecase/outbox.hpp"

namespace aftercare::jobs {

/// `connect::Supervisor::call`, or a test's own. Thread safe, never throws for what a plugin does.
using CallPlugin =
    std::function<connect::Outcome(const ConnectorId&, std::string_view op, std::string_view request_json, const connect::CallOptions&)>;

/// `connect::post` with where it may go, or a test's own.
using PostOut = std::function<connect::Posted(const connect::HttpPost&)>;

/// Carries outbox messages to plugins and webhooks, and their answers back. No transaction is open while somebody is called.
class Dispatcher {
   public:
    /// `owner` names this claimer: different in every process and start. All references outlive the dispatcher.
    Dispatcher(usecase::Context& ctx, Lanes& lanes, CallPlugin call, usecase::Offers offers, std::string owner,
               PostOut post = {})
        : ctx_(ctx), lanes_(lanes), call_(std::move(call)), offers_(std::move(offers)), owner_(std::move(owner)), post_(std::move(post)) {}

    /// Takes what is due and hands it to the lanes. Returns when to come back: at the next due time, at most a second later.
    Instant tick(Instant now);
    /// Ends the pauses: settings have changed, so the reason may be gone.
    void resume();
    /// Called after a lane's last message, from its thread.
    std::function<void()> on_idle = [] {};

   private:
    void carry(const std::vector<usecase::PluginCall>& calls);
    void carry(const usecase::PluginCall& call);
    void send(const std::vector<usecase::WebhookCall>& calls);
    void send(const usecase::WebhookCall& call);
    Duration paused_for(const ConnectorId& connector);
    void pause(const ConnectorId& connector, Duration length);
    /// Hands each group to its lane; those of busy lanes go back. How many started.
    template <class Lane, class Call>
    std::int64_t start(const std::map<Lane, std::vector<Call>>& groups, void (Dispatcher::*work)(const std::vector<Call>&));
    void give_back(const std::vector<store::Claim>& claims, Duration wait);

    usecase::Context& ctx_;
    Lanes& lanes_;
    CallPlugin call_;
    usecase::Offers offers_;
    std::string owner_;
    PostOut post_;
    std::mutex lock_;
    std::map<ConnectorId, Instant> paused_until_;
};

}  // namespace aftercare::jobs
