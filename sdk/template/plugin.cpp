#include <aftercare/plugin.hpp>

using namespace aftercare;
using namespace aftercare::plugin;

struct Settings {
    std::string prefix;
};
template <class Io>
void fields(Io& io, Settings& s) {
    io("prefix", s.prefix, length(1, 10));
}

class Demo final : public Warehouse<Settings> {
    Answer<CheckReply> check(Ctx&) override { return CheckReply{"ready"}; }

    Answer<ReturnAccepted> announce_return(const ReturnNotice& notice, Ctx& ctx) override {
        if (notice.lines.empty()) return refuse(ErrorClass::invalid, "no_lines");
        ctx.log(AC_LOG_INFO, "announced " + notice.key);
        return ReturnAccepted{settings().prefix + notice.key};
    }
};

AC_PLUGIN(Demo)
