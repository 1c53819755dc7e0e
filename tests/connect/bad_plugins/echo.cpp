#include <aftercare/plugin.hpp>
#include <chrono>
#include <stdexcept>
#include <thread>

// The good plugin of the tests: does what it is asked, through the C++ face.
namespace {

using namespace aftercare;
using namespace aftercare::plugin;

struct Settings {
    std::string name;
};
template <class Io>
void fields(Io& io, Settings& s) {
    io("name", s.name, length(1, 50));
}

class Echo final : public Connector<Settings> {
    Answer<CheckReply> check(Ctx&) override {
        if (settings().name == "dead") return refuse(ErrorClass::unavailable, "dead");
        return CheckReply{"here is " + settings().name};
    }
    Answer<std::string> handle(std::string_view op, std::string_view request, Ctx& ctx) override {
        if (op == "test.echo/1") return std::string(request);
        if (op == "test.throw/1") throw std::runtime_error("thrown on purpose");
        if (op == "test.refuse/1") return wanted(request);
        if (op == "test.call/1")
            return R"({"key":")" + std::string(ctx.key()) + R"(","attempt":)" + std::to_string(ctx.attempt()) +
                   R"(,"remaining":)" + std::to_string(ctx.remaining().ms) + "}";
        if (op == "test.clock/1") return R"({"now":)" + std::to_string(ctx.now().ms) + "}";
        if (op == "test.log/1") {
            ctx.log(AC_LOG_WARN, std::string(20'000, 'x') + "\xff");
            ctx.log(AC_LOG_INFO, "\xff\xfe broken \n bytes");
            return std::string("{}");
        }
        if (op == "test.store/1") return remember(request, ctx);
        if (op == "test.slow/1") return wait_for_cancel(ctx);
        return Connector::handle(op, request, ctx);
    }

    /// Refuses as the request says.
    static Answer<std::string> wanted(std::string_view request) {
        auto error = decode<PluginError>(request);
        if (!error) return refuse(ErrorClass::invalid, "bad_request");
        return tl::unexpected<PluginError>(std::move(*error));
    }
    /// Adds the request to what is stored under "k" and answers all of it.
    static Answer<std::string> remember(std::string_view request, Ctx& ctx) {
        auto store = ctx.store();
        const auto before = store.get("k/../1");
        const auto all = before.value_or("[") + (before ? "," : "") + std::string(request);
        AC_CHECK(store.put("k/../1", all));
        return all + "]";
    }
    static Answer<std::string> wait_for_cancel(Ctx& ctx) {
        while (!ctx.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return refuse(ErrorClass::unavailable, "gave_up");
    }
};

}  // namespace

AC_PLUGIN(Echo)
