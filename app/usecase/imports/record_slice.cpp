#include "usecase/imports/record_slice.hpp"

#include <algorithm>

#include "store/case_state.hpp"
#include "store/customers.hpp"
#include "store/hash_chain.hpp"
#include "store/products.hpp"
#include "usecase/reviews.hpp"

namespace aftercare::usecase::imports {
namespace {

std::string amount_text(std::int64_t minor) {
    const std::string cents = std::to_string(minor % 100);
    return std::to_string(minor / 100) + "." + (cents.size() < 2 ? "0" : "") + cents;
}

// In the file's own words.
std::string note_of(const AfterSaleRow& r) {
    std::string text = r.return_number + " · " + r.kind_said + " · " + r.status_said + " · " + amount_text(r.refund_minor);
    for (const std::string* each : {&r.reason_said, &r.name, &r.sku, &r.carrier, &r.tracking})
        if (!each->empty()) text += "\n" + *each;
    return text;
}

// The units a finished return gave back: of the line with its SKU, or of the only line.
std::vector<domain::LineQty> returned_lines(const domain::OrderState& order, const AfterSaleRow& r) {
    const OrderLine* line = nullptr;
    for (const OrderLine& each : order.lines)
        if (!r.sku.empty() ? each.sku == r.sku : order.lines.size() == 1 || (!r.name.empty() && each.name == r.name)) line = line ? line : &each;
    if (!line) return {};
    std::int64_t free = 0;
    for (const UnitRun& run : order.units)
        if (run.order_line_id == line->id && run.bucket == Bucket::with_customer && run.held_by.empty()) free += run.qty;
    const std::int64_t qty = std::min(free, r.qty == 0 ? free : r.qty);
    return qty == 0 ? std::vector<domain::LineQty>{} : std::vector<domain::LineQty>{{line->id, qty}};
}

/// The marketplace's number, or what tells this review from every other of the shop.
std::string number_of(const ReviewRow& r) {
    if (!r.review_number.empty()) return r.review_number;
    return "~" + store::sha256_hex(r.number + "\n" + r.nick + "\n" + std::to_string(r.at.ms) + "\n" + r.text).substr(0, 32);
}

}  // namespace

RecordSlice::RecordSlice(Context& ctx, store::Tx& tx, const SliceRun& run, const Guard& guard, const std::vector<std::string>& numbers)
    : ctx_(ctx), tx_(tx), run_(run), now_(guard.now), people_(ctx, tx, run.shop.id, "import:" + run.id.value, run.dry, true),
      returns_(ctx, tx, run.shop.id, guard, numbers), last_item_(run.dry ? 0 : store::last_item(tx, run.id)) {}

void RecordSlice::remember(std::string kind, const std::string& id, std::int64_t stamp) {
    store::insert_item(tx_, run_.id, {++last_item_, std::move(kind), id, stamp});
}

Result<RecordSlice::Written> RecordSlice::write(const std::vector<RecordRow>& rows) {
    Written written;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        AC_TRY(const std::string_view reason, std::visit([&](const auto& record) { return put(record); }, rows[i].record));
        if (!reason.empty()) written.rejected.emplace_back(i, reason);
    }
    written.sum = sum_;
    return written;
}

Result<std::string_view> RecordSlice::put(const CustomerRow& row) {
    const Instant at = row.created_at.ms != 0 ? row.created_at : now_;
    const std::string source = "import:" + run_.id.value;
    std::vector<CustomerFact> more;
    if (!row.birthday.empty()) more.push_back({FactField::birthday, source, row.birthday, at, false, {}});
    if (row.party != "person") more.push_back({FactField::party, source, row.party, at, false, {}});
    const auto found = people_.find_or_make(row.person, at, {}, more);
    if (found.id.empty()) return ++sum_.skipped, std::string_view{};
    if (found.made && run_.is_repeat("p" + person_key(row.person))) return ++sum_.skipped, std::string_view{};
    bool changed = found.changed;
    if (found.made && !run_.dry) remember("customer", found.id.value);
    if (found.changed && !run_.dry && !store::made_by(tx_, run_.id, found.id.value)) remember("profile", found.id.value);
    const auto had = found.made ? std::vector<std::string>{} : store::tags_of(tx_, found.id);
    for (const std::string& tag : row.tags) {
        if (std::find(had.begin(), had.end(), tag) != had.end()) continue;
        changed = true;
        if (run_.dry) continue;
        store::add_tag(tx_, found.id, tag, {}, now_);
        remember("tag", found.id.value + "\n" + tag);
    }
    if (!row.remark.empty() && (found.made || !store::note_said(tx_, found.id, CustomerNoteKind::note, row.remark))) {
        changed = true;
        const CustomerNote note{ctx_.ids.make<CustomerNoteId>(), found.id, CustomerNoteKind::note, CustomerNoteState::standing, row.remark, {}, {}, at, 1};
        if (!run_.dry) store::insert_note(tx_, note);
        if (!run_.dry) remember("note", note.id.value);
    }
    if (!run_.dry) people_.address_of(found.id, row.person, at);
    ++(found.made ? sum_.records_added : changed ? sum_.records_changed : sum_.skipped);
    sum_.customers_added += found.made ? 1 : 0;
    return std::string_view{};
}

Result<std::string_view> RecordSlice::put(const ProductRow& row) {
    const auto known = store::product_by_sku(tx_, run_.shop.id, row.sku);
    if (!known) {
        if (run_.is_repeat("s" + row.sku)) return ++sum_.skipped, std::string_view{};
        ++sum_.records_added, ++sum_.products_added;
        if (run_.dry) return std::string_view{};
        const Product made{ctx_.ids.make<ProductId>(), run_.shop.id, row.sku, row.name, row.spec, row.category, row.barcode, row.price_minor, row.image, false, now_, now_};
        store::insert_product(tx_, made);
        remember("product", made.id.value);
        return std::string_view{};
    }
    Product changed = *known;
    const auto take = [](std::string& field, const std::string& said) {
        if (!said.empty()) field = said;
    };
    take(changed.name, row.name), take(changed.spec, row.spec), take(changed.category, row.category);
    take(changed.barcode, row.barcode), take(changed.image_url, row.image);
    if (row.price_minor != 0) changed.price_minor = row.price_minor;
    if (changed == *known) return ++sum_.skipped, std::string_view{};
    ++sum_.records_changed;
    if (run_.dry) return std::string_view{};
    remember("product_before", known->id.value + "\n" + encode(*known), now_.ms);
    changed.changed_at = now_;
    store::update_product(tx_, changed);
    return std::string_view{};
}

Result<Returns::Made> RecordSlice::write_after_sale(const AfterSaleRow& row, const OrderId& order) {
    AC_TRY(const auto state, store::load_order(tx_, order, true));
    const auto lines = row.is_done && row.goods_come_back ? returned_lines(state, row) : std::vector<domain::LineQty>{};
    const Instant ended = row.finished_at.ms != 0 ? row.finished_at : row.applied_at;
    if (!lines.empty()) return returns_.settled(order, row.return_number, lines, row.refund_minor, ended);
    const CaseKind kind = row.goods_come_back ? CaseKind::return_refund : CaseKind::refund_only;
    const auto over = row.is_done || row.is_dropped ? std::optional(ended) : std::nullopt;
    return returns_.kept({kind, Channel::file, order, {}, row.return_number}, note_of(row), over);
}

Result<std::string_view> RecordSlice::put(const AfterSaleRow& row) {
    ++sum_.returns;
    if (const CaseId known = store::imported_return(tx_, run_.shop.id, row.return_number); !known.empty() || run_.is_repeat("o" + row.return_number)) {
        if (!known.empty() && (row.is_done || row.is_dropped) && store::is_open(tx_, known)) return std::string_view("return_still_open");
        return ++sum_.skipped, std::string_view{};
    }
    const OrderId order = store::order_by_number(tx_, run_.shop.id, row.number);
    if (order.empty()) return std::string_view("order_not_found");
    ++sum_.records_added, ++sum_.returns_added;
    if (run_.dry) return std::string_view{};
    AC_TRY(const auto made, write_after_sale(row, order));
    store::remember_return(tx_, run_.shop.id, row.return_number, made.id);
    remember("case", made.id.value, made.events);
    return std::string_view{};
}

Result<std::string_view> RecordSlice::put(const ReviewRow& row) {
    const OrderId order = row.number.empty() ? OrderId{} : store::order_by_number(tx_, run_.shop.id, row.number);
    CustomerId customer;
    if (!order.empty()) {
        AC_TRY(const auto state, store::load_order(tx_, order, false));
        customer = state.order.customer_id;
    }
    if (customer.empty() && !row.nick.empty()) {
        Person person;
        person.nick = row.nick;
        customer = people_.find(person);
    }
    if (customer.empty()) return std::string_view("customer_not_found");
    const std::string number = number_of(row);
    const bool known = !store::review_of_number(tx_, run_.shop.id, number).empty();
    if (known || run_.is_repeat("v" + number)) return ++sum_.skipped, std::string_view{};
    ++sum_.records_added;
    if (run_.dry) return std::string_view{};
    const Review review{ctx_.ids.make<ReviewId>(), run_.shop.id, number, customer, order, row.sku, row.product, row.rating, domain::band_of(row.rating), row.words,
                        run_.channel, row.at, now_, ReviewState::fresh, {}, {}, {}, {}, {}, 1};
    if (store::note_said(tx_, customer, CustomerNoteKind::review, row.text)) store::insert_review(tx_, review);  // told before reviews had a list
    else write_review(tx_, review);
    remember("review", review.id.value);
    return std::string_view{};
}

}  // namespace aftercare::usecase::imports
