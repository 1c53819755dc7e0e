#include <aftercare/plugin.hpp>
#include <unistd.h>

#include <cstdio>

// A payment provider that does what its setting says whenever money is to move (plugin-sdk.md, sections 4.3 and 7.3).
namespace {

using namespace aftercare;
using namespace aftercare::plugin;

struct Settings {
    std::string does;
};
template <class Io>
void fields(Io& io, Settings& s) {
    io("does", s.does, length(1, 40));
}

class BadPayment final : public Payment<Settings> {
    Answer<std::string> handle(std::string_view op, std::string_view request, Ctx& ctx) override {
        if (op != kRefundOp) return Payment::handle(op, request, ctx);
        const std::string& does = settings().does;
        if (does == "segfault") *reinterpret_cast<volatile int*>(static_cast<std::uintptr_t>(8)) = 1;
        if (does == "hangs")
            for (;;) pause();
        if (does == "lies") return std::string(R"({"state":"perhaps","external_id":7})");
        if (does == "not_utf8") return std::string("{\"state\":\"succeeded\",\"external_id\":\"\xff\"}");
        if (does == "huge") return R"({"state":"succeeded","external_id":")" + std::string(20 << 20, 'x') + "\"}";
        for (int i = 0; i < (does == "floods" ? 20'000 : 3); ++i) {
            ctx.log(AC_LOG_INFO, "line");
            std::puts("printed to stdout");
        }
        std::fflush(nullptr);
        return encode(RefundReply{RefundState::succeeded, "P-1", {}});
    }
};

}  // namespace

AC_PLUGIN(BadPayment)
