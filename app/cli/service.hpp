#pragma once
#include <csignal>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "cli/house.hpp"
#include "jobs/jobs.hpp"
#include "store/relay.hpp"

namespace aftercare::cli {

/// SIGINT and SIGTERM, taken from every thread started after it is made; a dead peer's socket raises nothing.
class Signals {
   public:
    Signals();
    /// Blocks until one comes. From then on the program has five seconds before it is ended hard.
    void wait();

   private:
    sigset_t set_{};
};

/// Threads of a service: each runs until stopped. An exception in one ends the program, as it must.
class Threads {
   public:
    void start(std::string name, std::function<void(std::stop_token)> body);
    /// Stops and joins all, the last started first.
    void stop();
    ~Threads() { stop(); }

   private:
    std::vector<std::jthread> threads_;
};

/// `works`: false where only those who wait outside need plugins.
jobs::JobsOptions jobs_options(const env::Config& config, bool works);
/// From here on the context can call plugins and knows their health and catalog.
void attach(usecase::Context& context, jobs::Jobs& jobs);
/// Anything may have changed: look at everything again.
void tell_all(jobs::Jobs& jobs);

/// The other processes on the same database: hints go to them and come from them (PostgreSQL), or it is only seen that one of
/// them has committed (SQLite). Outlives its threads.
class Neighbours {
   public:
    /// `hint`: of another node. `resync`: anything may have changed. Both from threads of their own.
    Neighbours(House& house, std::function<void(const store::Hint&)> hint, std::function<void()> resync);
    /// After a commit here.
    void send(const store::Hint& hint);
    void start(Threads& threads);

   private:
    House& house_;
    const std::function<void()> resync_;
    std::optional<store::Relay> relay_;
};

}  // namespace aftercare::cli
