#include "jobs/jobs.hpp"

#include <aftercare/codec/codec.hpp>
#include <algorithm>
#include <chrono>
#include <thread>

#include "env/log.hpp"
#include "usecase/imports/imports.hpp"
#include "usecase/incidents.hpp"

namespace aftercare::jobs {
namespace {

constexpr Duration kConfigureEvery = seconds(10), kLookForImports = seconds(5), kLookForReplies = seconds(1);
constexpr Duration kCallDeadline = seconds(15), kPullDeadline = seconds(60);
constexpr std::chrono::seconds kLastCalls{5};

bool has(const std::vector<std::string>& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

}  // namespace

void Wake::poke() {
    {
        const std::scoped_lock held(lock_);
        is_poked_ = true;
    }
    poked_.notify_all();
}

void Wake::wait(const std::stop_token& stop, Duration at_most) {
    std::unique_lock held(lock_);
    poked_.wait_for(held, stop, std::chrono::milliseconds(at_most.ms), [&] { return is_poked_; });
    is_poked_ = false;
}

Jobs::Jobs(usecase::Context& ctx, const JobsOptions& options)
    : ctx_(ctx),
      options_(options),
      supervisor_(options.supervisor, ctx.clock, ctx.random),
      dispatcher_(
          ctx, lanes_,
          [this](const auto& id, auto op, auto request, const auto& how) { return supervisor_.call(id, op, request, how); },
          [this](const std::string& plugin, std::string_view op) { return offers(plugin, op); }, ctx.ids.next(),
          [reach = options.reach](const connect::HttpPost& request) { return connect::post(request, reach); }),
      timers_(ctx),
      revisits_(ctx),
      pulls_(
          ctx, lanes_,
          [this](const auto& id, auto op, auto request, const auto& how) { return supervisor_.call(id, op, request, how); },
          [this] { return targets(); }) {
    dispatcher_.on_idle = [this] { dispatch_wake_.poke(); };
}

void Jobs::run(const std::stop_token& stop) {
    std::jthread supervisor([this](const std::stop_token& ended) { supervisor_.run(ended); });
    configure();  // before anybody calls: a connector not known yet would look like one that is gone
    std::vector<std::jthread> loops;
    loops.emplace_back([&] {
        loop(stop, configure_wake_, [this](Instant now) {
            configure();
            return now + kConfigureEvery;
        });
    });
    if (options_.works) {
        loops.emplace_back([&] { loop(stop, dispatch_wake_, [this](Instant now) { return dispatcher_.tick(now); }); });
        loops.emplace_back([&] { loop(stop, timer_wake_, [this](Instant now) { return timers_.tick(now); }); });
        loops.emplace_back([&] {
            loop(stop, import_wake_, [&](Instant now) {
                usecase::work_on_imports(ctx_, [&] { return stop.stop_requested(); });
                return now + kLookForImports;
            });
        });
        loops.emplace_back([&] {
            loop(stop, reply_wake_, [&](Instant now) {
                const auto sent = usecase::work_on_replies(ctx_, [&] { return stop.stop_requested(); });
                if (!sent) env::log_warn("replies_not_sent", {{"code", sent.error().code}, {"detail", sent.error().detail}});
                return now + kLookForReplies;
            });
        });
        loops.emplace_back([&] { loop(stop, revisit_wake_, [this](Instant now) { return revisits_.tick(now); }); });
        loops.emplace_back([&] { loop(stop, pull_wake_, [this](Instant now) { return pulls_.tick(now); }); });
    }
    loops.clear();  // joins: they end with `stop`
    lanes_.join_for(kLastCalls);
    supervisor.request_stop();
    lanes_.join();
}

void Jobs::loop(const std::stop_token& stop, Wake& wake, const std::function<Instant(Instant)>& tick) {
    while (!stop.stop_requested()) {
        Instant next = ctx_.clock.now() + seconds(1);
        try {
            next = tick(ctx_.clock.now());
        } catch (const std::exception& e) {
            env::log_error("job_loop_failed", {{"what", e.what()}});
        }
        const Duration sleep = next - ctx_.clock.now();
        if (sleep.ms > 0) wake.wait(stop, std::min(sleep, kConfigureEvery));
    }
}

void Jobs::committed(std::string_view topic) {
    if (topic == "outbox") dispatch_wake_.poke();
    if (topic == "import") import_wake_.poke();
    if (topic == "calendar" || topic == "plan") {
        revisits_.plan_soon();
        revisit_wake_.poke();
    }
    if (topic != "connector") return;
    {
        const std::scoped_lock held(lock_);
        must_configure_ = true;
    }
    configure_wake_.poke();
}

void Jobs::configure() {
    auto connectors = usecase::runnable_connectors(ctx_);
    if (!connectors) {
        env::log_warn("connectors_unreadable", {{"code", connectors.error().code}});
        return;
    }
    std::vector<connect::Instance> wanted;
    for (const auto& each : *connectors)
        wanted.push_back({each.id, each.plugin, each.settings.text, options_.data_folder + "/" + each.id.value, each.version});
    supervisor_.configure(std::move(wanted));

    bool changed = false;
    {
        const std::scoped_lock held(lock_);
        plugins_.clear();
        for (auto& plugin : supervisor_.plugins()) plugins_[plugin.id] = std::move(plugin);
        changed = must_configure_;
        must_configure_ = false;
        connectors_ = std::move(*connectors);
    }
    if (changed) {
        dispatcher_.resume();
        dispatch_wake_.poke();
        pull_wake_.poke();
    }
}

usecase::PluginReply Jobs::call(const ConnectorId& id, std::string_view op, std::string_view request_json, Duration deadline) {
    bool must = false;
    {
        const std::scoped_lock held(lock_);
        must = must_configure_;
    }
    if (must) configure();  // somebody saved a connector and tests it at once
    const auto answer = supervisor_.call(id, op, request_json, {{}, 1, deadline, false});
    return {answer.ok, answer.reply_json, answer.ok ? std::string() : std::string(word(answer.error_class)), answer.code,
            answer.message};
}

std::optional<usecase::ConnectorHealth> Jobs::health(const ConnectorId& id) const {
    for (const connect::Health& each : supervisor_.health())
        if (each.id == id) {
            std::string error = each.last_error.empty() && each.circuit_open ? "circuit_open" : each.last_error;
            std::vector<usecase::PluginLine> log;
            for (const connect::LogLine& line : each.log_tail) log.push_back({line.at, line.level, line.message});
            return usecase::ConnectorHealth{std::string(word(each.state)), each.restarts, each.p95_ms, std::move(error),
                                            each.last_call_at, std::move(log)};
        }
    return std::nullopt;
}

std::vector<usecase::PluginView> Jobs::catalog() const {
    std::vector<usecase::PluginView> views;
    for (const connect::PluginFile& each : supervisor_.plugins())
        views.push_back({each.id, each.version, each.title_zh, each.title_en, each.kinds, each.ops, each.settings_schema, each.folder_setting});
    return views;
}

tl::expected<usecase::CallLimits, usecase::Lack> Jobs::offers(const std::string& plugin, std::string_view op) const {
    const std::scoped_lock held(lock_);
    const auto at = plugins_.find(plugin);
    if (at == plugins_.end()) return tl::unexpected(usecase::Lack::plugin);
    if (!has(at->second.ops, op)) return tl::unexpected(usecase::Lack::operation);
    const Duration deadline = op.ends_with(".pull/1") ? kPullDeadline : kCallDeadline;
    return usecase::CallLimits{deadline, {deadline.ms + options_.supervisor.grace.ms}};
}

std::vector<PullTarget> Jobs::targets() const {
    std::vector<usecase::RunnableConnector> connectors;
    std::map<std::string, connect::PluginFile> plugins;
    {
        const std::scoped_lock held(lock_);
        connectors = connectors_;
        plugins = plugins_;
    }
    std::vector<PullTarget> targets;
    for (const auto& each : connectors) {
        const auto settings = decode<PullSettings>(each.settings.text);
        PullTarget target{{each.id, each.shop_id}, {}, seconds((settings ? *settings : PullSettings{}).pull_seconds)};
        const auto& declared = plugins[each.plugin].streams;
        for (const auto& [stream, name] : Words<PullStream>::all) {
            const auto limits = offers(each.plugin, usecase::pull_op(stream));
            if (!limits || (!declared.empty() && !has(declared, name))) continue;
            target.streams.push_back(stream);
            target.limits = *limits;
        }
        if (!target.streams.empty()) targets.push_back(std::move(target));
    }
    return targets;
}

}  // namespace aftercare::jobs
