#include "shipments.hpp"

#include <aftercare/files/csv.hpp>

#include "names.hpp"

namespace warehouse_files {
namespace {

using namespace aftercare;
using namespace aftercare::plugin;
using namespace aftercare::files;

constexpr std::string_view kOrders = "orders";

}  // namespace

Answer<ReturnAccepted> order_shipment(const ShipRequest& r, Folder folder) {
    AC_TRY(const std::string name, name_of("SHIP-", r.key));
    if (const auto there = folder.read(kOrders, name + ".csv"); there && !there->empty()) return ReturnAccepted{name};  // a repetition
    std::string text(kBom);
    text += csv_line({"key", "return_key", "case_number", "order_number", "kind", "order_line_id", "sku", "name", "qty", "reason"});
    for (const auto& line : r.lines)
        text += csv_line({r.key, r.return_key, r.case_number, r.order_number, r.kind, line.order_line_id.value, line.sku, line.name, std::to_string(line.qty), line.reason});
    AC_CHECK(folder.write(kOrders, name + ".csv", text));
    return ReturnAccepted{name};
}

Answer<ReturnAccepted> cancel_shipment(const CancelReturnRequest& r, Folder folder) {
    AC_TRY(const std::string name, name_of("SHIP-", r.key));
    AC_CHECK(folder.write(kOrders, "CANCEL-" + r.key + ".csv", std::string(kBom) + csv_line({"key", "case_number", "reason"}) + csv_line({r.key, r.case_number, r.reason})));
    const auto moved = folder.move(kOrders, name + ".csv", "cancelled", name + ".csv");
    if (!moved && moved.error().error_class != ErrorClass::not_found && moved.error().error_class != ErrorClass::conflict)
        return tl::unexpected<PluginError>(moved.error());
    return ReturnAccepted{name};
}

}  // namespace warehouse_files
