#pragma once
#include <aftercare/codec/json.hpp>
#include <aftercare/connector/check.hpp>
#include <aftercare/connector/courier.hpp>
#include <aftercare/connector/error.hpp>
#include <aftercare/connector/marketplace.hpp>
#include <aftercare/connector/payment.hpp>
#include <aftercare/connector/warehouse.hpp>
#include <aftercare/plugin_ext.h>
#include <cstddef>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The C++ face of plugin.h: derive from Warehouse, Payment, Courier or Marketplace, override what you can do, export with AC_PLUGIN. C++20, compiled
/// into the plugin. Answers are values; whatever is thrown is caught at the edge and becomes an `internal` error.
namespace aftercare::plugin {

template <class T>
using Answer = tl::expected<T, PluginError>;

inline tl::unexpected<PluginError> refuse(ErrorClass error_class, std::string code, std::string message = {}) {
    return tl::unexpected<PluginError>(PluginError{error_class, std::move(code), std::move(message), {}, 0, {}});
}

namespace edge {

inline ac_bytes bytes(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view view(ac_bytes b) { return b.size ? std::string_view(b.data, b.size) : std::string_view(); }

/// A copy of the part of `theirs` that both sides know; zero beyond it.
template <class T>
T take(const T* theirs) {
    T mine{};
    if (theirs) std::memcpy(&mine, theirs, std::min<std::size_t>(theirs->struct_size, sizeof mine));
    return mine;
}

struct Sink {
    std::string text;
    static int32_t put(void* ctx, ac_bytes chunk) {
        try {
            static_cast<Sink*>(ctx)->text.append(view(chunk));
            return 0;
        } catch (...) {
            return 1;
        }
    }
    ac_writer writer() { return {sizeof(ac_writer), 0, this, &Sink::put}; }
};

/// The host's tables, fetched once.
struct Host {
    ac_host door;
    ac_log log;
    ac_clock clock;
    ac_cancel cancel;
    ac_store store;
    ac_folder folder;

    explicit Host(const ac_host* host) : door(take(host)) {
        fetch(log, AC_LOG_NAME);
        fetch(clock, AC_CLOCK_NAME);
        fetch(cancel, AC_CANCEL_NAME);
        fetch(store, AC_STORE_NAME);
        fetch(folder, AC_FOLDER_NAME);
    }
    template <class T>
    void fetch(T& table, const char* name) {
        table = take(door.get ? static_cast<const T*>(door.get(door.ctx, name)) : nullptr);
    }
};

inline tl::unexpected<PluginError> failure(int32_t status) {
    switch (status) {
        case AC_NOT_FOUND: return refuse(ErrorClass::not_found, "not_found");
        case AC_DENIED: return refuse(ErrorClass::forbidden, "not_allowed");
        case AC_TOO_BIG: return refuse(ErrorClass::invalid, "too_big");
        case AC_EXISTS: return refuse(ErrorClass::conflict, "exists");
        default: return refuse(ErrorClass::unavailable, "disk_error");
    }
}
inline Answer<void> done(int32_t status) {
    if (status == AC_OK) return {};
    return failure(status);
}

}  // namespace edge

/// store/1: small values of this instance, durable when `put` returns.
class Store {
   public:
    explicit Store(const edge::Host& host) : host_(host) {}
    /// `not_found` when there is none.
    Answer<std::string> get(std::string_view key) {
        if (!host_.store.get) return refuse(ErrorClass::unsupported, "no_store");
        edge::Sink sink;
        const ac_writer writer = sink.writer();
        if (const auto status = host_.store.get(host_.door.ctx, edge::bytes(key), &writer)) return edge::failure(status);
        return std::move(sink.text);
    }
    Answer<void> put(std::string_view key, std::string_view value) {
        if (!host_.store.put) return refuse(ErrorClass::unsupported, "no_store");
        return edge::done(host_.store.put(host_.door.ctx, edge::bytes(key), edge::bytes(value)));
    }

   private:
    const edge::Host& host_;
};

struct FileInfo {
    std::string name;
    std::int64_t size = 0, modified_ms = 0;
};
template <class Io>
void fields(Io& io, FileInfo& f) {
    io("name", f.name);
    io("size", f.size);
    io("modified_ms", f.modified_ms);
}

/// folder/1: the one granted directory; `folder` is "" or a directory right inside it (plugin_ext.h has the rules).
class Folder {
   public:
    explicit Folder(const edge::Host& host) : host_(host) {}
    /// Regular files by name; an absent folder is empty.
    Answer<std::vector<FileInfo>> list(std::string_view folder) {
        if (!host_.folder.list) return refuse(ErrorClass::unsupported, "no_folder");
        edge::Sink sink;
        const ac_writer writer = sink.writer();
        if (const auto status = host_.folder.list(host_.door.ctx, edge::bytes(folder), &writer)) return edge::failure(status);
        std::vector<FileInfo> files;
        for (const auto& each : nlohmann::json::parse(sink.text)) {
            auto file = from_json<FileInfo>(each);
            if (!file) return refuse(ErrorClass::internal, "bad_listing");
            files.push_back(std::move(*file));
        }
        return files;
    }
    Answer<std::string> read(std::string_view folder, std::string_view name) {
        if (!host_.folder.read) return refuse(ErrorClass::unsupported, "no_folder");
        edge::Sink sink;
        const ac_writer writer = sink.writer();
        const auto status = host_.folder.read(host_.door.ctx, edge::bytes(folder), edge::bytes(name), &writer);
        if (status) return edge::failure(status);
        return std::move(sink.text);
    }
    Answer<void> write(std::string_view folder, std::string_view name, std::string_view content) {
        if (!host_.folder.write) return refuse(ErrorClass::unsupported, "no_folder");
        return edge::done(
            host_.folder.write(host_.door.ctx, edge::bytes(folder), edge::bytes(name), edge::bytes(content)));
    }
    /// `conflict` "exists" when the target is there.
    Answer<void> move(std::string_view folder, std::string_view name, std::string_view to, std::string_view to_name) {
        if (!host_.folder.move) return refuse(ErrorClass::unsupported, "no_folder");
        return edge::done(host_.folder.move(host_.door.ctx, edge::bytes(folder), edge::bytes(name), edge::bytes(to),
                                            edge::bytes(to_name)));
    }

   private:
    const edge::Host& host_;
};

/// What one call may use; valid until it returns.
class Ctx {
   public:
    Ctx(const edge::Host& host, const ac_call& call) : host_(host), call_(call) {}
    std::string_view key() const { return edge::view(call_.idempotency_key); }
    std::uint32_t attempt() const { return call_.attempt; }
    Instant now() const { return {host_.clock.now_unix_ms ? host_.clock.now_unix_ms(host_.door.ctx) : 0}; }
    bool cancelled() const {
        return host_.cancel.is_cancelled && host_.cancel.is_cancelled(host_.door.ctx, call_.call_id) != 0;
    }
    Duration remaining() const {
        return {host_.cancel.remaining_ms ? host_.cancel.remaining_ms(host_.door.ctx, call_.call_id) : 0};
    }
    void log(int32_t level, std::string_view message) const {
        if (host_.log.log) host_.log.log(host_.door.ctx, level, edge::bytes(message));
    }
    Store store() const { return Store(host_); }
    Folder folder() const { return Folder(host_); }

   private:
    const edge::Host& host_;
    const ac_call& call_;
};

/// What every kind shares. `Settings` is a struct with `fields`.
template <class Settings>
class Connector {
   public:
    using SettingsType = Settings;
    virtual ~Connector() = default;
    virtual Answer<CheckReply> check(Ctx&) { return CheckReply{}; }
    /// The reply's JSON, or why not; `unsupported` for an operation it does not know.
    virtual Answer<std::string> handle(std::string_view op, std::string_view request, Ctx& ctx) {
        if (op == kCheckOp) return reply<CheckRequest>(request, [&](const CheckRequest&) { return check(ctx); });
        return unsupported();
    }
    void set(Settings settings) { settings_ = std::move(settings); }

   protected:
    const Settings& settings() const { return settings_; }
    static tl::unexpected<PluginError> unsupported() { return refuse(ErrorClass::unsupported, "not_offered"); }

    /// Reads the request, runs `work`, writes its answer.
    template <class Request, class Work>
    static Answer<std::string> reply(std::string_view text, Work work) {
        auto request = decode<Request>(text);
        if (!request) {
            PluginError error{ErrorClass::invalid, request.error().code, {}, {}, 0, {}};
            for (auto& each : request.error().fields) error.fields.push_back({std::move(each.pointer), std::move(each.code)});
            return tl::unexpected<PluginError>(std::move(error));
        }
        auto answer = work(*request);
        if (!answer) return tl::unexpected<PluginError>(std::move(answer.error()));
        return encode(*answer);
    }

   private:
    Settings settings_;
};

template <class Settings>
class Warehouse : public Connector<Settings> {
   public:
    virtual Answer<ReturnAccepted> announce_return(const ReturnNotice&, Ctx&) { return this->unsupported(); }
    virtual Answer<ReturnAccepted> update_return(const ReturnNotice&, Ctx&) { return this->unsupported(); }
    virtual Answer<ReturnAccepted> cancel_return(const CancelReturnRequest&, Ctx&) { return this->unsupported(); }
    virtual Answer<HoldReply> hold_order(const HoldRequest&, Ctx&) { return this->unsupported(); }
    virtual Answer<ReturnAccepted> release_order(const HoldRequest&, Ctx&) { return this->unsupported(); }
    virtual Answer<ReturnAccepted> ship_replacement(const ShipRequest&, Ctx&) { return this->unsupported(); }
    virtual Answer<ReturnAccepted> cancel_order(const CancelReturnRequest&, Ctx&) { return this->unsupported(); }
    virtual Answer<GoodsSentPage> pull_shipments(const PullRequest&, Ctx&) { return this->unsupported(); }
    virtual Answer<ReceiptPage> pull_receipts(const PullRequest&, Ctx&) { return this->unsupported(); }
    virtual Answer<InspectionPage> pull_inspections(const PullRequest&, Ctx&) { return this->unsupported(); }

    Answer<std::string> handle(std::string_view op, std::string_view text, Ctx& ctx) override {
        if (op == kAnnounceReturnOp)
            return this->template reply<ReturnNotice>(text, [&](const auto& r) { return announce_return(r, ctx); });
        if (op == kUpdateReturnOp)
            return this->template reply<ReturnNotice>(text, [&](const auto& r) { return update_return(r, ctx); });
        if (op == kCancelReturnOp)
            return this->template reply<CancelReturnRequest>(text, [&](const auto& r) { return cancel_return(r, ctx); });
        if (op == kHoldOrderOp) return this->template reply<HoldRequest>(text, [&](const auto& r) { return hold_order(r, ctx); });
        if (op == kReleaseOrderOp) return this->template reply<HoldRequest>(text, [&](const auto& r) { return release_order(r, ctx); });
        if (op == kShipReplacementOp) return this->template reply<ShipRequest>(text, [&](const auto& r) { return ship_replacement(r, ctx); });
        if (op == kCancelOrderOp) return this->template reply<CancelReturnRequest>(text, [&](const auto& r) { return cancel_order(r, ctx); });
        if (op == kWarehousePullOp) return pull_stream(text, ctx);
        return Connector<Settings>::handle(op, text, ctx);
    }

   private:
    Answer<std::string> pull_stream(std::string_view text, Ctx& ctx) {
        const auto request = decode<PullRequest>(text);
        if (request && request->stream == WarehouseStream::inspections)
            return this->template reply<PullRequest>(text, [&](const auto& r) { return pull_inspections(r, ctx); });
        if (request && request->stream == WarehouseStream::shipments)
            return this->template reply<PullRequest>(text, [&](const auto& r) { return pull_shipments(r, ctx); });
        return this->template reply<PullRequest>(text, [&](const auto& r) { return pull_receipts(r, ctx); });
    }
};

template <class Settings>
class Payment : public Connector<Settings> {
   public:
    virtual Answer<RefundReply> refund(const RefundRequest&, Ctx&) { return this->unsupported(); }
    virtual Answer<RefundReply> get_refund(const GetRefundRequest&, Ctx&) { return this->unsupported(); }

    Answer<std::string> handle(std::string_view op, std::string_view text, Ctx& ctx) override {
        if (op == kRefundOp) return this->template reply<RefundRequest>(text, [&](const auto& r) { return refund(r, ctx); });
        if (op == kGetRefundOp)
            return this->template reply<GetRefundRequest>(text, [&](const auto& r) { return get_refund(r, ctx); });
        return Connector<Settings>::handle(op, text, ctx);
    }
};

template <class Settings>
class Courier : public Connector<Settings> {
   public:
    virtual Answer<BookReply> book(const BookRequest&, Ctx&) { return this->unsupported(); }
    virtual Answer<InterceptReply> intercept(const InterceptRequest&, Ctx&) { return this->unsupported(); }
    virtual Answer<PullReply<SentParcel>> pull_parcels(const PullFrom<CourierStream>&, Ctx&) { return this->unsupported(); }

    Answer<std::string> handle(std::string_view op, std::string_view text, Ctx& ctx) override {
        if (op == kBookOp) return this->template reply<BookRequest>(text, [&](const auto& r) { return book(r, ctx); });
        if (op == kInterceptOp) return this->template reply<InterceptRequest>(text, [&](const auto& r) { return intercept(r, ctx); });
        if (op == kCourierPullOp)
            return this->template reply<PullFrom<CourierStream>>(text, [&](const auto& r) { return pull_parcels(r, ctx); });
        return Connector<Settings>::handle(op, text, ctx);
    }
};

template <class Settings>
class Marketplace : public Connector<Settings> {
   public:
    virtual Answer<PullReply<SoldOrder>> pull_orders(const PullFrom<MarketplaceStream>&, Ctx&) { return this->unsupported(); }
    virtual Answer<PullReply<AfterSale>> pull_after_sales(const PullFrom<MarketplaceStream>&, Ctx&) { return this->unsupported(); }
    virtual Answer<PlatformTook> agree_return(const PlatformDecision&, Ctx&) { return this->unsupported(); }
    virtual Answer<PlatformTook> refuse_after_sale(const PlatformDecision&, Ctx&) { return this->unsupported(); }
    virtual Answer<RefundReply> agree_refund(const PlatformDecision&, Ctx&) { return this->unsupported(); }

    Answer<std::string> handle(std::string_view op, std::string_view text, Ctx& ctx) override {
        if (op == kAgreeReturnOp) return this->template reply<PlatformDecision>(text, [&](const auto& r) { return agree_return(r, ctx); });
        if (op == kRefuseOp) return this->template reply<PlatformDecision>(text, [&](const auto& r) { return refuse_after_sale(r, ctx); });
        if (op == kAgreeRefundOp) return this->template reply<PlatformDecision>(text, [&](const auto& r) { return agree_refund(r, ctx); });
        if (op == kMarketplacePullOp) return pull_stream(text, ctx);
        return Connector<Settings>::handle(op, text, ctx);
    }

   private:
    Answer<std::string> pull_stream(std::string_view text, Ctx& ctx) {
        using Request = PullFrom<MarketplaceStream>;
        const auto request = decode<Request>(text);
        if (request && request->stream == MarketplaceStream::after_sales)
            return this->template reply<Request>(text, [&](const auto& r) { return pull_after_sales(r, ctx); });
        return this->template reply<Request>(text, [&](const auto& r) { return pull_orders(r, ctx); });
    }
};

namespace edge {

inline int32_t write(const ac_writer* writer, std::string_view text) {
    const ac_writer out = take(writer);
    return out.put && out.put(out.ctx, bytes(text)) == 0 ? AC_OK : AC_NO_REPLY;
}
inline int32_t write(const ac_writer* writer, const PluginError& error) {
    return write(writer, encode(error)) == AC_OK ? AC_ERROR : AC_NO_REPLY;
}

/// Runs `work`; nothing thrown gets out of here.
template <class Work>
int32_t guarded(const ac_writer* writer, Work work) noexcept {
    try {
        try {
            return work();
        } catch (const std::exception& e) {
            return write(writer, PluginError{ErrorClass::internal, "exception", {}, std::string(e.what()).substr(0, 500), 0, {}});
        }
    } catch (...) {
        return AC_PANIC;
    }
}

/// The five functions of the door for the plugin class `P`.
template <class P>
struct Door {
    struct Opened {
        Host host;
        P plugin;
    };
    static int32_t open(const ac_host* host, ac_bytes settings, void** self, const ac_writer* error) noexcept {
        return guarded(error, [&] {
            auto read = decode<typename P::SettingsType>(view(settings));
            if (!read) {
                PluginError refusal{ErrorClass::invalid, "bad_settings", {}, {}, 0, {}};
                for (auto& each : read.error().fields) refusal.fields.push_back({std::move(each.pointer), std::move(each.code)});
                return write(error, refusal);
            }
            auto opened = std::make_unique<Opened>(Opened{Host(host), P()});
            opened->plugin.set(std::move(*read));
            *self = opened.release();
            return int32_t{AC_OK};
        });
    }
    static int32_t call(void* self, const ac_call* theirs, const ac_writer* reply) noexcept {
        return guarded(reply, [&] {
            auto& opened = *static_cast<Opened*>(self);
            const ac_call call = take(theirs);
            Ctx ctx(opened.host, call);
            Connector<typename P::SettingsType>& plugin = opened.plugin;  // a plugin may keep its overrides private
            const auto answer = plugin.handle(view(call.op), view(call.request), ctx);
            return answer ? write(reply, *answer) : write(reply, answer.error());
        });
    }
    static void close(void* self) noexcept { delete static_cast<Opened*>(self); }
};

}  // namespace edge
}  // namespace aftercare::plugin

/// Exports `Class`. The manifest is plugin.json, put into the plugin by aftercare_add_plugin().
#define AC_PLUGIN(Class)                                                                                     \
    extern "C" const char aftercare_manifest_text[];                                                         \
    extern "C" const unsigned aftercare_manifest_size;                                                       \
    extern "C" const ac_plugin aftercare_plugin = {                                                          \
        sizeof(ac_plugin), AC_ABI_MAJOR, AC_ABI_MINOR,                                                       \
        []() -> ac_bytes { return {aftercare_manifest_text, aftercare_manifest_size}; },                     \
        &aftercare::plugin::edge::Door<Class>::open, &aftercare::plugin::edge::Door<Class>::call,            \
        &aftercare::plugin::edge::Door<Class>::close, nullptr};
