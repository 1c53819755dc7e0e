#include <aftercare/plugin.hpp>

#include "announcements.hpp"
#include "rows.hpp"
#include "shipments.hpp"

namespace warehouse_files {

using namespace aftercare;
using namespace aftercare::plugin;
using namespace aftercare::files;

struct Settings {
    std::string folder;  // the host has opened it
    std::int64_t utc_offset_minutes = 480;
};
template <class Io>
void fields(Io& io, Settings& s) {
    io("folder", s.folder, length(1, 1'000));
    io("utc_offset_minutes", s.utc_offset_minutes, maybe, between(-720, 840));
}

/// A warehouse that exchanges files in a folder (README.md).
class WarehouseFiles final : public Warehouse<Settings> {
    Answer<CheckReply> check(Ctx& ctx) override {
        AC_TRY(const auto receipts, count_waiting("receipts", ctx.folder()));
        AC_TRY(const auto inspections, count_waiting("inspections", ctx.folder()));
        AC_TRY(const auto shipments, count_waiting("shipments", ctx.folder()));
        return CheckReply{std::to_string(receipts) + " receipt files, " + std::to_string(inspections) + " inspection files and " +
                          std::to_string(shipments) + " shipment files are waiting"};
    }
    Answer<ReturnAccepted> announce_return(const ReturnNotice& notice, Ctx& ctx) override { return announce(notice, ctx.folder()); }
    Answer<ReturnAccepted> update_return(const ReturnNotice& notice, Ctx& ctx) override { return add_parcel(notice, ctx.folder()); }
    Answer<ReturnAccepted> cancel_return(const CancelReturnRequest& r, Ctx& ctx) override { return cancel(r, ctx.folder()); }

    Answer<ReceiptPage> pull_receipts(const PullRequest& request, Ctx& ctx) override {
        return pull<Receipt>("receipts", request, ctx, [this](std::string_view text, const FileInfo&) { return read_receipts(text, offset()); });
    }
    Answer<InspectionPage> pull_inspections(const PullRequest& request, Ctx& ctx) override {
        return pull<Inspection>("inspections", request, ctx, [this](std::string_view text, const FileInfo&) { return read_inspections(text, offset()); });
    }
    Answer<ReturnAccepted> ship_replacement(const ShipRequest& r, Ctx& ctx) override { return order_shipment(r, ctx.folder()); }
    Answer<ReturnAccepted> cancel_order(const CancelReturnRequest& r, Ctx& ctx) override { return cancel_shipment(r, ctx.folder()); }
    Answer<GoodsSentPage> pull_shipments(const PullRequest& request, Ctx& ctx) override {
        return pull<GoodsSent>("shipments", request, ctx, [this](std::string_view text, const FileInfo&) { return read_shipments(text, offset()); });
    }
    Duration offset() const { return minutes(settings().utc_offset_minutes); }
};

}  // namespace warehouse_files

AC_PLUGIN(warehouse_files::WarehouseFiles)
