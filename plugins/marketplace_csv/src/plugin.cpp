#include <aftercare/plugin.hpp>

#include "decisions.hpp"
#include "rows.hpp"

namespace marketplace_csv {

using namespace aftercare;
using namespace aftercare::plugin;
using namespace aftercare::files;

struct Settings {
    std::string folder;  // the host has opened it
    std::string channel;
    std::int64_t utc_offset_minutes = 480;
};
template <class Io>
void fields(Io& io, Settings& s) {
    io("folder", s.folder, length(1, 1'000));
    io("channel", s.channel, maybe, length(0, 60));
    io("utc_offset_minutes", s.utc_offset_minutes, maybe, between(-720, 840));
}

/// A marketplace whose exports people put into a folder, and whose page they serve by what is written there (README.md).
class MarketplaceCsv final : public Marketplace<Settings> {
    Answer<CheckReply> check(Ctx& ctx) override {
        AC_TRY(const auto orders, count_waiting("orders", ctx.folder()));
        AC_TRY(const auto after_sales, count_waiting("after_sales", ctx.folder()));
        return CheckReply{std::to_string(orders) + " order files and " + std::to_string(after_sales) + " after-sale files are waiting"};
    }
    Answer<PullReply<SoldOrder>> pull_orders(const PullFrom<MarketplaceStream>& request, Ctx& ctx) override {
        return pull<SoldOrder>("orders", request, ctx, [this](std::string_view text, const FileInfo& file) { return read_orders(text, reading(file)); });
    }
    Answer<PullReply<AfterSale>> pull_after_sales(const PullFrom<MarketplaceStream>& request, Ctx& ctx) override {
        return pull<AfterSale>("after_sales", request, ctx,
                               [this](std::string_view text, const FileInfo& file) { return read_after_sales(text, reading(file)); });
    }
    Answer<PlatformTook> agree_return(const PlatformDecision& d, Ctx& ctx) override { return write_decision("agree_return", d, ctx); }
    Answer<PlatformTook> refuse_after_sale(const PlatformDecision& d, Ctx& ctx) override { return write_decision("refuse", d, ctx); }
    // The money is the marketplace's to move: its after-sale says later that it has done so.
    Answer<RefundReply> agree_refund(const PlatformDecision& d, Ctx& ctx) override {
        if (!d.amount || d.amount->minor <= 0) return refuse(ErrorClass::invalid, "no_amount");
        AC_TRY(const PlatformTook took, write_decision("agree_refund", d, ctx));
        return RefundReply{RefundState::pending, took.external_id, {}};
    }
    Reading reading(const FileInfo& file) const {
        return {minutes(settings().utc_offset_minutes), settings().channel, Instant{file.modified_ms}};
    }
};

}  // namespace marketplace_csv

AC_PLUGIN(marketplace_csv::MarketplaceCsv)
