#include "usecase/unknown_parcels.hpp"

#include <aftercare/codec/codec.hpp>
#include <algorithm>

#include "domain/operation_rules.hpp"
#include "domain/operations.hpp"
#include "domain/recalls.hpp"
#include "store/connectors.hpp"
#include "store/staff.hpp"
#include "usecase/facts.hpp"
#include "usecase/photos.hpp"
#include "usecase/plugin_change.hpp"

namespace aftercare::usecase {
namespace {

using store::UnknownParcel;

constexpr std::size_t kMostGuesses = 5;
constexpr std::string_view kFromApi = "api:";

std::vector<ParcelGuess> guesses_for(store::Tx& tx, const UnknownParcel& parcel) {
    std::vector<ParcelGuess> guesses;
    if (parcel.state != ParcelState::open) return guesses;
    const auto add = [&](GuessedBy by, const std::string& text) {
        if (text.empty()) return;
        for (CaseRow& row : store::find_cases(tx, {parcel.shop_id.value}, text)) {
            const bool known = std::any_of(guesses.begin(), guesses.end(), [&](const ParcelGuess& g) { return g.row.c.id == row.c.id; });
            if (!known && row.c.status != CaseStatus::closed && guesses.size() < kMostGuesses) guesses.push_back({by, std::move(row)});
        }
    };
    add(GuessedBy::tracking, parcel.tracking);
    add(GuessedBy::order_number, parcel.order_number);
    if (!parcel.phone_last4.empty()) add(GuessedBy::phone, "****" + parcel.phone_last4);
    return guesses;
}

UnknownParcelView view_of(store::Tx& tx, UnknownParcel parcel) {
    auto guesses = guesses_for(tx, parcel);
    const auto version = parcel.version;
    return {std::move(parcel), std::move(guesses), version};
}

Result<UnknownParcel> visible(store::Tx& tx, const Actor& actor, const ParcelId& id, bool holds) {
    AC_TRY(auto parcel, store::find_parcel(tx, id, holds));
    if (!actor.may_see(parcel.shop_id)) return fail(ErrorKind::not_found, "parcel_not_found");
    return parcel;
}

store::Hint hint_of(const UnknownParcel& parcel) { return {"parcel", parcel.id.value, parcel.shop_id, parcel.version}; }

/// The leg into which a receipt was counted.
InboundLegId leg_of(const domain::CaseState& state, const OperationId& operation, const std::string& receipt) {
    for (const InboundLeg& leg : state.inbound)
        if (leg.operation_id == operation && ("\n" + leg.receipts).find("\n" + receipt + "\t") != std::string::npos) return leg.id;
    return {};
}

/// What was called back and is still to come: the one that was named, or has the parcel's number.
const InboundLeg* recall_of(const domain::CaseState& state, const domain::Arrive& command) {
    for (const InboundLeg& leg : state.inbound) {
        if (leg.operation_id != command.operation_id || leg.purpose != InboundPurpose::recall || leg.arrived >= leg.qty) continue;
        if (command.inbound_leg_id.empty() ? !command.tracking.empty() && leg.tracking == command.tracking : leg.id == command.inbound_leg_id) return &leg;
    }
    return nullptr;
}

/// Ends an open parcel: `fn(tx, parcel, hints) → Result<void>` says how.
template <class Fn>
Result<UnknownParcelView> end_parcel(Context& ctx, const Actor& actor, const Guard& guard, const ParcelId& id, Fn&& fn) {
    AC_CHECK(require(actor, Permission::receive_goods));
    std::vector<store::Hint> hints;
    auto view = ctx.store.change(guard, [&](store::Tx& tx) -> Result<UnknownParcelView> {
        hints.clear();
        AC_TRY(auto parcel, visible(tx, actor, id, true));
        if (guard.expected_version && *guard.expected_version != parcel.version)
            return fail(Error{ErrorKind::stale, "stale", {}, {}, {{"version", std::to_string(parcel.version)}}, {}});
        if (parcel.state != ParcelState::open)
            return fail(Error{ErrorKind::conflict, "parcel_not_open", {}, {}, {{"state", std::string(word(parcel.state))}}, {}});
        AC_CHECK(fn(tx, parcel, hints));
        if (!parcel.source.empty()) store::solve_problem(tx, ConnectorId(parcel.source), word(WarehouseStream::receipts), parcel.external_id);
        parcel.ended_by = actor.staff_id;
        parcel.ended_at = guard.now;
        store::end_parcel(tx, parcel);
        hints.push_back(hint_of(parcel));
        AC_TRY(auto ended, store::find_parcel(tx, id));  // with the names
        return view_of(tx, std::move(ended));
    });
    if (view)
        for (const store::Hint& hint : hints) ctx.store.hint(hint);
    return view;
}

std::string said(const ToldReceipt& receipt) {
    std::string words;
    for (const ReceiptLine& line : receipt.lines)
        if (line.qty > 0 && words.size() < 900)
            words += (words.empty() ? "" : ", ") + std::to_string(line.qty) + " × " + (line.sku.empty() ? line.order_line_id.value : line.sku);
    return words;
}

}  // namespace

Result<UnknownParcelView> record_parcel(Context& ctx, const Actor& actor, const Guard& guard, const RecordParcel& in) {
    AC_CHECK(require(actor, Permission::receive_goods));
    AC_CHECK(require_shop(actor, in.shop_id));
    if (in.tracking.empty() && in.contents.empty()) return fail_field("/tracking", "required");
    UnknownParcel parcel;
    auto view = ctx.store.change(guard, [&](store::Tx& tx) -> Result<UnknownParcelView> {
        if (!store::find_shop(tx, in.shop_id)) return fail(ErrorKind::not_found, "shop_not_found");
        parcel = {ctx.ids.make<ParcelId>(), in.shop_id, ParcelState::open, in.carrier, in.tracking, in.order_number, store::phone_last4(in.phone),
                  in.contents, in.photo_ref, {}, {}, {}, {}, {}, {}, {}, actor.staff_id, guard.now, {}, {}, 1};
        AC_CHECK(store::name_photos(tx, in.shop_id, parcel.id.value, named_photos(actor, in.photo_ref, "/photo_ref")));
        store::insert_parcel(tx, parcel);
        AC_TRY(auto recorded, store::find_parcel(tx, parcel.id));
        return view_of(tx, std::move(recorded));
    });
    if (view) ctx.store.hint(hint_of(view->parcel));
    return view;
}

Result<UnknownParcelList> list_parcels(Context& ctx, const Actor& actor, const ListParcels& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const auto after, store::parse_cursor(in.page.after));
    std::vector<std::string> states;
    for (const auto& [state, name] : Words<ParcelState>::all)
        if (!in.state || *in.state == state) states.emplace_back(name);
    return ctx.store.read([&](store::Tx& tx) -> Result<UnknownParcelList> {
        auto page = store::list_parcels(tx, shops_for(tx, actor, in.shop_id), states, after, in.page.limit);
        UnknownParcelList list;
        for (UnknownParcel& parcel : page.items) list.items.push_back(view_of(tx, std::move(parcel)));
        if (page.next) list.next = store::print_cursor(*page.next);
        return list;
    });
}

Result<UnknownParcelView> get_parcel(Context& ctx, const Actor& actor, const OneParcel& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<UnknownParcelView> {
        AC_TRY(auto parcel, visible(tx, actor, in.parcel_id, false));
        return view_of(tx, std::move(parcel));
    });
}

Result<UnknownParcelView> match_parcel(Context& ctx, const Actor& actor, const Guard& guard, const MatchParcel& in) {
    return end_parcel(ctx, actor, guard, in.parcel_id, [&](store::Tx& tx, UnknownParcel& parcel, std::vector<store::Hint>& hints) -> Result<void> {
        // A warehouse that tells of the same receipt again then changes nothing.
        const std::string receipt = parcel.external_id.empty() ? "parcel:" + parcel.id.value : parcel.external_id;
        const domain::Arrive command{in.operation_id, in.inbound_leg_id, parcel.tracking, in.lines, receipt};
        InboundLegId recalled;
        AC_CHECK(tell_case(
            ctx, tx, in.case_id, in.operation_id, guard.now, hints,
            [&](const domain::CaseState& state, const domain::Facts& facts) -> Result<domain::Decision> {
                if (state.c.shop_id != parcel.shop_id) return fail(ErrorKind::not_found, "case_not_found");
                if (const InboundLeg* leg = recall_of(state, command)) {
                    recalled = leg->id;
                    return domain::recall_arrived(state, {in.operation_id, leg->id, leg->qty - leg->arrived}, facts);
                }
                const Operation* operation = domain::find_operation(state, in.operation_id);
                if (operation && !domain::kind_of(*operation).comes_back)
                    return domain::lost_came_back(state, {in.operation_id, parcel.tracking, in.lines.value_or(std::vector<domain::LineQty>{}), receipt}, facts);
                return domain::arrive(state, command, facts);
            },
            actor));
        AC_TRY(const auto state, store::load_case(tx, in.case_id, false));
        parcel.state = ParcelState::matched;
        parcel.case_id = in.case_id;
        parcel.operation_id = in.operation_id;
        parcel.inbound_leg_id = recalled.empty() ? leg_of(state, in.operation_id, receipt) : recalled;
        return {};
    });
}

Result<UnknownParcelView> dispose_parcel(Context& ctx, const Actor& actor, const Guard& guard, const DisposeParcel& in) {
    return end_parcel(ctx, actor, guard, in.parcel_id, [&](store::Tx&, UnknownParcel& parcel, std::vector<store::Hint>&) -> Result<void> {
        parcel.state = ParcelState::disposed;
        parcel.disposal = word(in.disposal);
        parcel.note = in.note;
        return {};
    });
}

bool land_receipt(const Arrivals& arrivals, const RawJson& raw) {
    const std::string& source = arrivals.source.id.value;
    const auto receipt = decode<ToldReceipt>(raw.text);
    if (!receipt) return true;
    if (const auto here = store::parcel_of_receipt(arrivals.tx, source, receipt->id)) return here->state == ParcelState::open;
    ShopId shop(source.starts_with(kFromApi) ? source.substr(kFromApi.size()) : "");
    if (const auto connector = store::find_connector(arrivals.tx, arrivals.source.id)) shop = connector->shop_id;
    if (shop.empty()) return true;
    const UnknownParcel parcel{arrivals.ctx.ids.make<ParcelId>(), shop, ParcelState::open, {}, receipt->tracking, {}, {}, said(*receipt), {}, source, receipt->id,
                               {}, {}, {}, {}, {}, arrivals.source.actor.staff_id, arrivals.now, {}, {}, 1};
    store::insert_parcel(arrivals.tx, parcel);
    arrivals.hints.push_back(hint_of(parcel));
    return true;
}

void claim_receipt(const Arrivals& arrivals, const std::string& receipt_id, const CaseId& case_id, const OperationId& operation) {
    auto parcel = store::parcel_of_receipt(arrivals.tx, arrivals.source.id.value, receipt_id);
    if (!parcel || parcel->state != ParcelState::open) return;
    const auto state = store::load_case(arrivals.tx, case_id, false);
    parcel->state = ParcelState::matched;
    parcel->case_id = case_id;
    parcel->operation_id = operation;
    if (state) parcel->inbound_leg_id = leg_of(*state, operation, receipt_id);
    parcel->ended_by = arrivals.source.actor.staff_id;
    parcel->ended_at = arrivals.now;
    store::end_parcel(arrivals.tx, *parcel);
    arrivals.hints.push_back(hint_of(*parcel));
}

}  // namespace aftercare::usecase
