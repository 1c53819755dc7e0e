#include "usecase/receipts.hpp"

#include <aftercare/codec/codec.hpp>

#include "domain/access.hpp"
#include "store/schedules.hpp"
#include "usecase/arrivals.hpp"
#include "usecase/facts.hpp"

namespace aftercare::usecase {
namespace {

ConnectorId source_of(const std::string& shop) { return ConnectorId("api:" + shop); }

/// Each item says what it is about.
Result<void> check(const PutReceipt& in) {
    std::vector<FieldError> errors;
    const auto named = [&](const auto& list, const std::string& name) {
        for (std::size_t i = 0; i < list.size(); ++i)
            if (list[i].order_line_id.empty() && list[i].sku.empty()) errors.push_back({"/" + name + "/" + std::to_string(i) + "/sku", "required"});
    };
    named(in.lines, "lines");
    named(in.inspections, "inspections");
    if (in.return_number.empty() && in.tracking.empty()) errors.push_back({"/return", "required"});
    if (in.lines.empty() && in.inspections.empty()) errors.push_back({"/lines", "required"});
    if (errors.empty()) return {};
    return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(errors), {}, {}, {}});
}

/// The shop meant: what is not understood must be shown to somebody.
Result<std::string> shop_of(store::Tx& tx, const Actor& actor, const PutReceipt& in) {
    auto shops = shops_for(tx, actor, in.shop_id);
    if (shops.size() == 1) return std::move(shops.front());
    if (in.shop_id || shops.empty()) return fail(ErrorKind::not_found, "not_found");
    return fail_field("/shop_id", "required");
}

class Report {
   public:
    Report(Context& ctx, store::Tx& tx, const Actor& actor, const std::string& shop, const PutReceipt& in, Instant now,
           std::vector<store::Hint>& hints)
        : ctx_(ctx), tx_(tx), source_{source_of(shop), actor}, in_(in), now_(now), hints_(hints) {
        found_ = store::operations_named(tx, ShopId(shop), in.return_number, in.tracking);
    }

    ReceiptTaken take() {
        if (!in_.lines.empty()) one(WarehouseStream::receipts, Receipt{in_.external_id, {}, in_.tracking, in_.lines, {}});
        for (const auto& i : in_.inspections)
            one(WarehouseStream::inspections, Inspection{i.external_id, {}, i.order_line_id, i.sku, i.qty, i.grade, i.disposition, i.photo_ref,
                                                  i.note, i.inspector, {}});
        return std::move(taken_);
    }

   private:
    /// Whose goods an item is about: of the operation that has it already, else the only one of that name, or the only one under way.
    template <class Item>
    const store::NamedOperation* place_of(const Item& item) const {
        if (found_.size() == 1) return &found_.front();
        for (const auto& each : found_)
            if (const auto state = store::load_case(tx_, each.case_id, false); state && has_taken(*state, each.operation_id, item)) return &each;
        return !found_.empty() && found_[0].under_way && !found_[1].under_way ? &found_.front() : nullptr;
    }

    template <class Item>
    void one(WarehouseStream stream, Item item) {
        const auto* place = place_of(item);
        if (place) {
            item.key = place->operation_id.value;
            if (taken_.case_id.empty()) taken_ = {place->case_id, place->case_number, place->operation_id, taken_.taken, std::move(taken_.problems)};
        }
        const Arrivals arrivals{ctx_, tx_, source_, word(stream), now_, hints_};
        const ItemName name{item.id, item.key};
        const RawJson raw{encode(item)};
        std::string code = !place && found_.size() > 1 ? "return_ambiguous" : "";
        if (!code.empty()) arrivals.keep(name, raw, {}, code);
        else
            code = arrivals.into_case(name, raw, place ? std::optional(place->case_id) : std::nullopt,
                                      [&](const auto& state, const auto& facts) { return usecase::take(state, item, facts); });
        if (code.empty()) ++taken_.taken;
        else taken_.problems.push_back({item.id, std::move(code)});
    }

    Context& ctx_;
    store::Tx& tx_;
    Source source_;
    const PutReceipt& in_;
    Instant now_;
    std::vector<store::Hint>& hints_;
    std::vector<store::NamedOperation> found_;
    ReceiptTaken taken_;
};

}  // namespace

Result<ReceiptTaken> put_receipt(Context& ctx, const Actor& actor, const Guard& guard, const PutReceipt& in) {
    AC_CHECK(domain::require(actor, Permission::receive_goods));
    AC_CHECK(check(in));
    std::vector<store::Hint> hints;
    auto taken = ctx.store.change(guard, [&](store::Tx& tx) -> Result<ReceiptTaken> {
        hints.clear();
        AC_TRY(const std::string shop, shop_of(tx, actor, in));
        return Report(ctx, tx, actor, shop, in, guard.now, hints).take();
    });
    if (taken)
        for (const store::Hint& hint : hints) ctx.store.hint(hint);
    return taken;
}

Result<ReceiptProblemList> list_receipt_problems(Context& ctx, const Actor& actor, const Nothing&) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<ReceiptProblemList> {
        ReceiptProblemList list;
        for (const std::string& shop : shops_for(tx, actor, {}))
            for (const store::ConnectorProblem& p : store::problems_of(tx, source_of(shop)))
                list.items.push_back({ShopId(shop), {p.stream, p.external_id, p.code, p.case_id, p.case_number, p.at}});
        return list;
    });
}

}  // namespace aftercare::usecase
