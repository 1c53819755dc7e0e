#include "usecase/labels.hpp"

#include <aftercare/codec/codec.hpp>
#include <algorithm>

#include "domain/access.hpp"
#include "domain/operations.hpp"
#include "domain/operation_rules.hpp"
#include "env/barcode.hpp"
#include "store/connectors.hpp"
#include "store/staff.hpp"
#include "usecase/facts.hpp"
#include "usecase/views.hpp"

namespace aftercare::usecase {
namespace {

struct Found {
    domain::CaseState state;
    std::string shop_name;
    std::vector<store::Connector> connectors;  // enabled ones of the shop
};

std::vector<LabelLine> label_lines(const domain::CaseState& state, const OperationId& id) {
    const bool any_left = domain::counts(state, id).to_ship > 0;
    std::vector<LabelLine> lines;
    for (const OperationLine& line : state.lines) {
        if (line.operation_id != id) continue;
        const std::int64_t qty = any_left ? domain::counts(line).to_ship : line.qty - line.released;
        const OrderLine* bought = domain::find_order_line(state.order, line.order_line_id);
        if (qty > 0 && bought) lines.push_back({bought->sku, bought->name, qty});
    }
    return lines;
}

/// The first courier of the shop says where parcels come back to, and whether it takes bookings.
void ask_courier(const Context& ctx, const std::vector<store::Connector>& connectors, LabelView& label) {
    if (!ctx.plugin_catalog) return;
    const auto plugins = ctx.plugin_catalog();
    for (const store::Connector& each : connectors) {
        const auto plugin = std::find_if(plugins.begin(), plugins.end(), [&](const PluginView& p) { return p.id == each.plugin; });
        const auto has = [&](const std::vector<std::string>& list, std::string_view what) { return std::find(list.begin(), list.end(), what) != list.end(); };
        if (plugin == plugins.end() || !has(plugin->kinds, "courier")) continue;
        if (auto address = decode<ReturnAddress>(each.settings.text)) label.to = std::move(*address);
        label.can_book = label.can_ship && label.booking_ref.empty() && has(plugin->ops, kBookOp);
        return;
    }
}

}  // namespace

Result<LabelView> get_label(Context& ctx, const Actor& actor, const OneOperation& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    AC_TRY(const Found found, ctx.store.read([&](store::Tx& tx) -> Result<Found> {
        AC_TRY(auto state, store::load_case(tx, in.case_id, false));
        if (!actor.may_see(state.c.shop_id)) return fail(ErrorKind::not_found, "case_not_found");
        const auto shop = store::find_shop(tx, state.c.shop_id);
        auto connectors = store::connectors(tx);
        std::erase_if(connectors, [&](const store::Connector& c) { return !c.enabled || c.shop_id != state.c.shop_id; });
        return Found{std::move(state), shop ? shop->name : "", std::move(connectors)};
    }));
    const domain::CaseState& state = found.state;
    const Operation* operation = domain::find_operation(state, in.operation_id);
    if (!operation) return fail(ErrorKind::not_found, "operation_not_found");
    if (!domain::in(domain::table::kUnderWay, operation->decision)) return fail(ErrorKind::refused, "nothing_to_ship");
    LabelView label;
    label.shop_name = found.shop_name;
    label.case_number = state.c.number;
    label.order_number = state.order.order.number;
    label.booking_ref = operation->booking_ref;
    label.waybill = operation->waybill;
    auto barcode = env::code128_svg(label.waybill);  // fails when there is none, or no scanner could read it
    label.number = barcode ? label.waybill : label.case_number;
    if (!barcode) barcode = env::code128_svg(label.case_number);
    AC_TRY(label.barcode_svg, std::move(barcode));
    for (const InboundLeg& leg : state.inbound)
        if (leg.operation_id == operation->id && !is_aside(leg) && !leg.carrier.empty()) label.carrier = leg.carrier;
    label.lines = label_lines(state, operation->id);
    label.version = state.c.version;
    label.can_ship = domain::counts(state, operation->id).to_ship > 0 && domain::permitted(actor, CommandWord::ship_back).has_value();
    ask_courier(ctx, found.connectors, label);
    return label;
}

Result<store::CaseChanged> book_return(Context& ctx, const Actor& actor, const Guard& guard, const OneOperation& in) {
    AC_CHECK(domain::require(actor, Permission::open_cases));
    return change_case(ctx, actor, guard, in.case_id, in.operation_id, [&](const domain::CaseState& state, const domain::Facts& facts) {
        return domain::book_return(state, in.operation_id, facts);
    });
}

}  // namespace aftercare::usecase
