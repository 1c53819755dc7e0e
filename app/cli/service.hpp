#pragma once
#include <csignal>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "cli/house.hpp"
#include "jobs/jobs.hpp"

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

/// Looks each second whether another process has committed to the database file, and says so. A thread's body.
void watch_database(House& house, const std::function<void()>& moved, std::stop_token stop);

}  // namespace aftercare::cli
