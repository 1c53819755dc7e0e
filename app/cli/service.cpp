#include "cli/service.hpp"

#include <filesystem>
#include <pthread.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <string_view>

#include "env/log.hpp"

namespace aftercare::cli {
namespace {

constexpr unsigned kShutdownSeconds = 5;

extern "C" void too_late(int) {
    constexpr std::string_view words = "aftercare: did not stop in time, ended now; what was acknowledged is stored\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, words.data(), words.size());
    ::_exit(1);
}

/// False when it shall stop.
bool slept(const std::stop_token& stop, Duration length) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, std::chrono::milliseconds(length.ms), [] { return false; });
    return !stop.stop_requested();
}

/// Looks each second whether another process has committed to the file.
void watch_file(House& house, const std::function<void()>& moved, const std::stop_token& stop) {
    std::int64_t seen = house.database->foreign_version();
    while (slept(stop, seconds(1))) {
        try {
            if (const auto now = house.database->foreign_version(); now != std::exchange(seen, now)) moved();
        } catch (const db::DbError& error) {
            env::log_warn("database_unwatched", {{"detail", error.what()}});
        }
    }
}

}  // namespace

Signals::Signals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

void Signals::wait() {
    int which = 0;
    while (sigwait(&set_, &which) != 0) {
    }
    env::log_info("stopping", {{"signal", which}});
    std::signal(SIGALRM, too_late);
    ::alarm(kShutdownSeconds);
}

void Threads::start(std::string name, std::function<void(std::stop_token)> body) {
    threads_.emplace_back([name = std::move(name), body = std::move(body)](std::stop_token stop) {
        pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
        body(std::move(stop));
    });
}

void Threads::stop() {
    for (auto each = threads_.rbegin(); each != threads_.rend(); ++each) each->request_stop();
    while (!threads_.empty()) threads_.pop_back();  // which joins
}

jobs::JobsOptions jobs_options(const env::Config& config, bool works) {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    jobs::JobsOptions options;
    options.supervisor.host_program = (program.parent_path() / "aftercare-plugin-host").string();
    options.supervisor.plugins_folder = config.plugins_dir.string();
    options.data_folder = std::filesystem::absolute(config.data_dir / "plugins").string();  // a host process stands elsewhere
    options.reach = config.webhook_reach == "lan" ? connect::Reach::lan : connect::Reach::public_only;
    options.works = works;
    return options;
}

void attach(usecase::Context& context, jobs::Jobs& jobs) {
    context.plugins = [&jobs](const ConnectorId& id, std::string_view op, std::string_view request, Duration deadline) {
        return jobs.call(id, op, request, deadline);
    };
    context.connector_health = [&jobs](const ConnectorId& id) { return jobs.health(id); };
    context.plugin_catalog = [&jobs] { return jobs.catalog(); };
}

void tell_all(jobs::Jobs& jobs) {
    jobs.committed("connector");
    jobs.committed("outbox");
}

Neighbours::Neighbours(House& house, std::function<void(const store::Hint&)> hint, std::function<void()> resync)
    : house_(house), resync_(std::move(resync)) {
    if (house.database->engine() != db::Engine::postgres) return;
    const auto broken = [](std::string_view why) { env::log_warn("live_line_broken", {{"detail", why}}); };
    relay_.emplace(house.config.database_url(), house.ids.next(), store::Ears{std::move(hint), resync_, broken});
}

void Neighbours::send(const store::Hint& hint) {
    if (relay_) relay_->send(hint);
}

void Neighbours::start(Threads& threads) {
    if (!relay_) return threads.start("watch", [this](const std::stop_token& stop) { watch_file(house_, resync_, stop); });
    threads.start("relay", [this](const std::stop_token& stop) { relay_->run(stop); });
    threads.start("sweep", [this](const std::stop_token& stop) {
        while (slept(stop, store::Relay::kSweepEvery))
            if (const auto swept = relay_->sweep(house_.store, house_.clock.now()); !swept)
                env::log_warn("hints_not_swept", {{"code", swept.error().code}});
    });
}

}  // namespace aftercare::cli
