#include "usecase/imports/order_slice.hpp"

#include <aftercare/connector/utf8.hpp>
#include <algorithm>
#include <numeric>

#include "domain/allocation.hpp"
#include "domain/ledgers.hpp"
#include "store/case_state.hpp"
#include "usecase/facts.hpp"

namespace aftercare::usecase::imports {
namespace {

constexpr std::size_t kMostNote = 4'000;

std::int64_t count(const Invoice& invoice) { return static_cast<std::int64_t>(invoice.lines.size()); }

// The least that these units may be worth: unit nets differ by at most one minor unit.
std::int64_t value_of(const domain::OrderState& order, const std::vector<domain::LineQty>& lines) {
    std::int64_t value = 0;
    for (const auto& wanted : lines)
        for (const OrderLine& line : order.lines)
            if (line.id == wanted.order_line_id)
                value += wanted.qty == line.qty ? line.allocated_minor : line.allocated_minor / line.qty * wanted.qty;
    return value;
}

}  // namespace

// A cancellation spread over more orders than numbers were drawn for goes on with 20417-1, 20417-2 …
std::string Returns::next_number() {
    const std::size_t at = used_++;
    return at < numbers_.size() ? numbers_[at] : numbers_.back() + "-" + std::to_string(at - numbers_.size() + 1);
}

template <class Decide>
Result<Returns::Made> Returns::make(const OrderId& order, Decide&& decide) {
    const auto id = ctx_.ids.make<CaseId>();
    std::vector<store::Hint> hints;  // an import of years is no news for open pages; without a calendar none come with COMMIT
    const std::function<std::string()> next_id = [this] { return ctx_.ids.next(); };
    AC_TRY(const auto changed, store::new_case_in(
                                   tx_, id, next_number(), shop_, order, guard_,
                                   [&](const domain::CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
                                       const domain::Facts facts{guard_.now, actor_, around.policies.front(), calendar_of(around.calendar), next_id, {}, around.known};
                                       return decide(state, facts);
                                   },
                                   hints));
    return Made{id, changed.version};
}

Result<Returns::Made> Returns::settled(const OrderId& order, const std::string& topic, std::vector<domain::LineQty> lines,
                                       std::int64_t value_minor, Instant at) {
    return make(order, [&](const domain::CaseState& state, const domain::Facts& facts) -> Result<store::CaseDecision> {
        // What was given back above the price paid for these units is no refund of this order (G-money).
        std::int64_t limit = 0;
        for (const MoneyLedger& money : state.order.money) limit += money.free_minor();
        const domain::ImportedReturn command{{CaseKind::return_refund, Channel::file, order, {}, topic}, lines,
                                             std::min({value_minor, limit, value_of(state.order, lines)}), Reason::other, at};
        AC_TRY(auto decision, domain::imported(state, command, facts));
        return store::CaseDecision{std::move(decision), {}};
    });
}

Result<Returns::Made> Returns::kept(const domain::OpenCase& open, const std::string& words, std::optional<Instant> ended) {
    return make(open.order_id, [&](const domain::CaseState& state, domain::Facts facts) -> Result<store::CaseDecision> {
        if (ended) facts.now = *ended;
        AC_TRY(auto decision, domain::open_case(state, open, facts));
        std::vector<Note> notes;
        for (std::string_view rest = words; !rest.empty(); rest.remove_prefix(notes.back().body.size())) {
            notes.push_back({ctx_.ids.make<MessageId>(), state.c.id, NoteKind::internal, {}, std::string(utf8_prefix(rest, kMostNote)), facts.now});
            AC_TRY(auto noted, domain::add_note(domain::after(state, decision), {notes.back().id, notes.back().kind}, facts));
            domain::append(decision, std::move(noted));
        }
        if (ended) {
            AC_TRY(auto closing, domain::close_case(domain::after(state, decision), {"imported", Fault::unknown, open.topic}, facts));
            domain::append(decision, std::move(closing));
        }
        return store::CaseDecision{std::move(decision), std::move(notes)};
    });
}

OrderSlice::OrderSlice(Context& ctx, store::Tx& tx, const SliceRun& run, const Guard& guard, const std::vector<std::string>& numbers)
    : ctx_(ctx), tx_(tx), run_(run), people_(ctx, tx, run.shop.id, "import:" + run.id.value, run.dry),
      returns_(ctx, tx, run.shop.id, guard, numbers), last_item_(run.dry ? 0 : store::last_item(tx, run.id)) {}

Result<OrderSlice::Written> OrderSlice::write(const std::vector<Invoice>& invoices) {
    for (const Invoice& invoice : invoices) AC_CHECK(invoice.is_return() ? write_return(invoice) : write_order(invoice));
    return Written{sum_, added_};
}

void OrderSlice::remember(std::string kind, const std::string& id, std::int64_t stamp) {
    store::insert_item(tx_, run_.id, {++last_item_, std::move(kind), id, stamp});
}

People::Found OrderSlice::customer_of(const Line& line) {
    const auto found = people_.find_or_make(line.person, line.at, line.number);
    if (found.changed && !run_.dry && !store::made_by(tx_, run_.id, found.id.value)) remember("profile", found.id.value);
    if (!found.made || (!line.person.is_anonymous() && run_.is_repeat("p" + person_key(line.person)))) return found;
    ++sum_.customers_added;
    if (!run_.dry) remember("customer", found.id.value);
    return found;
}

// An order that was on its way when it came, and that the file now says was handed over.
Result<bool> OrderSlice::take_delivery(const Invoice& invoice, const OrderId& known) {
    Instant delivered;
    std::set<std::string> charges;
    for (const Line& line : invoice.lines) {
        if (line.delivered_at.ms == 0) return false;
        delivered = std::max(delivered, line.delivered_at);
        if (line.charge) charges.insert(line.sku);
    }
    if (known.empty()) return false;
    AC_TRY(const auto state, store::load_order(tx_, known, !run_.dry));
    if (run_.dry) return domain::all_delivered(state, charges).has_value();
    return store::deliver_order(tx_, state, invoice.lines.front().shipped_at, delivered, charges);
}

Result<void> OrderSlice::write_order(const Invoice& invoice) {
    ++sum_.orders;
    const OrderId known = store::order_by_number(tx_, run_.shop.id, invoice.number());
    if (!known.empty() || run_.is_repeat("o" + invoice.number())) {
        AC_TRY(const bool taken, take_delivery(invoice, known));
        (taken ? sum_.records_changed : sum_.skipped) += count(invoice);
        return {};
    }
    std::vector<const Line*> lines;
    for (const Line& line : invoice.lines) {
        const bool repeat = run_.dedupe && std::any_of(lines.begin(), lines.end(), [&](const Line* l) { return *l == line; });
        if (repeat) ++sum_.skipped;
        else lines.push_back(&line);
    }
    sum_.order_lines += static_cast<std::int64_t>(lines.size());
    ++sum_.orders_added;
    added_.push_back(&invoice);
    const auto customer = customer_of(invoice.lines.front());
    if (!run_.dry) put_order(invoice, customer.id, lines);
    return {};
}

void OrderSlice::put_order(const Invoice& invoice, const CustomerId& customer, const std::vector<const Line*>& lines) {
    const Line& first = invoice.lines.front();
    store::NewOrder made;
    Order& order = made.order;
    const auto told = [](Instant at, Instant otherwise) { return at.ms != 0 ? at : otherwise; };
    order = {ctx_.ids.make<OrderId>(), run_.shop.id, first.number, customer, run_.shop.currency, 0, 0, 0, 0, run_.channel, first.at,
             told(first.paid_at, first.at), first.says_delivery ? first.delivered_at : first.at};
    std::int64_t total = -1;
    std::vector<std::int64_t> nets;
    for (const Line* line : lines) {
        if (run_.per_line || line == lines.front()) {
            order.shipping_minor += line->order_shipping_minor;
            order.discount_minor += line->order_discount_minor;
            if (line->order_total_minor >= 0) total = std::max<std::int64_t>(total, 0) + line->order_total_minor;
        }
        if (line->kind == RowKind::shipping) {
            order.shipping_minor += line->amount_minor;
            continue;
        }
        order.goods_minor += line->amount_minor;
        nets.push_back(line->amount_minor);
        // history: what was sold was handed over, unless the file says when
        const std::int64_t shipped = line->charge || (line->says_delivery && line->shipped_at.ms == 0 && line->delivered_at.ms == 0) ? 0 : line->qty;
        const std::int64_t delivered = line->says_delivery && line->delivered_at.ms == 0 ? 0 : shipped;
        made.lines.push_back({ctx_.ids.make<OrderLineId>(), order.id, static_cast<std::int64_t>(made.lines.size()) + 1, line->sku,
                              line->spec.empty() ? line->name : line->name + " " + line->spec, line->qty, line->unit_price_minor,
                              std::max<std::int64_t>(0, line->qty * line->unit_price_minor - line->amount_minor), line->amount_minor, shipped, delivered});
    }
    // What was paid stands; a difference to the lines is a discount, or else something that was charged beside them.
    if (total >= 0) order.discount_minor = std::max<std::int64_t>(0, order.goods_minor + order.shipping_minor - total);
    order.discount_minor = std::min(order.discount_minor, order.goods_minor);
    if (total >= 0) order.shipping_minor = total - order.goods_minor + order.discount_minor;
    order.total_minor = order.goods_minor - order.discount_minor + order.shipping_minor;
    const auto shares = domain::allocate(order.discount_minor, nets);
    for (std::size_t i = 0; i < made.lines.size(); ++i) made.lines[i].allocated_minor -= shares[i];
    if (order.total_minor > 0)
        made.payments.push_back({ctx_.ids.make<PaymentId>(), order.id, 1, "external", order.number, order.total_minor, order.currency, order.paid_at});
    const AddressId address = people_.address_of(customer, first.person, first.at);
    if (!first.tracking.empty() || !address.empty())
        made.shipments.push_back({ctx_.ids.make<ShipmentId>(), order.id, 1, first.carrier, first.tracking,
                                  first.says_delivery ? first.shipped_at : order.placed_at, order.delivered_at, address});
    store::insert_order(tx_, made);
    remember("order", order.id.value);
    keep_remark(invoice, order.id, customer);
}

void OrderSlice::keep_remark(const Invoice& invoice, const OrderId& order, const CustomerId& customer) {
    const Line& first = invoice.lines.front();
    if (first.remark.empty() || customer.empty()) return;
    const CustomerNote note{ctx_.ids.make<CustomerNoteId>(), customer, CustomerNoteKind::note, CustomerNoteState::standing, first.remark, order, {}, first.at, 1};
    store::insert_note(tx_, note);
    remember("note", note.id.value);
}

// Takes `line.qty` units from earlier sales; what finds no sale is returned.
std::int64_t OrderSlice::link(const Line& line, const CustomerId& customer, Parts& parts) {
    std::int64_t left = line.qty;
    if (line.charge || customer.empty()) return left;
    for (const auto& sale : store::sales_of(tx_, customer, line.sku, line.at, line.unit_price_minor)) {
        const auto state = store::load_order(tx_, sale.order_id, false);
        if (!state) continue;
        std::int64_t free = -taken_[sale.order_line_id];
        for (const UnitRun& run : state->units)
            if (run.order_line_id == sale.order_line_id && run.bucket == Bucket::with_customer && run.held_by.empty()) free += run.qty;
        const std::int64_t take = std::min(left, free);
        if (take <= 0) continue;
        taken_[sale.order_line_id] += take;
        auto& of_order = parts[sale.order_id];
        const auto same = std::find_if(of_order.begin(), of_order.end(), [&](const Part& p) { return p.line.order_line_id == sale.order_line_id; });
        Part& part = same != of_order.end() ? *same : of_order.emplace_back(Part{{sale.order_line_id, 0}, 0});
        part.line.qty += take;
        part.value_minor += line.amount_minor * take / line.qty;
        left -= take;
        if (left == 0) break;
    }
    return left;
}

Result<void> OrderSlice::write_return(const Invoice& invoice) {
    ++sum_.returns;
    if (!store::imported_return(tx_, run_.shop.id, invoice.number()).empty() || run_.is_repeat("o" + invoice.number())) {
        sum_.skipped += count(invoice);
        return {};
    }
    sum_.return_lines += count(invoice);
    ++sum_.returns_added;
    added_.push_back(&invoice);
    const CustomerId customer = customer_of(invoice.lines.front()).id;
    if (run_.dry) return {};
    Parts parts;
    std::string unlinked;
    taken_.clear();
    for (const Line& line : invoice.lines) {
        const std::int64_t left = link(line, customer, parts);
        if (left < line.qty) ++sum_.returns_linked;
        if (left > 0) unlinked += std::to_string(left) + " x " + line.sku + " " + line.name + "\n";
    }
    CaseId first;
    const auto keep = [&](const Returns::Made& made) {
        if (first.empty()) first = made.id;
        remember("case", made.id.value, made.events);
    };
    const Instant at = invoice.lines.front().at;
    for (const auto& [order_id, all] : parts)
        for (std::size_t from = 0; from < all.size(); from += domain::kMaxLines) {  // a request has no more lines than that
            std::vector<domain::LineQty> lines;
            std::int64_t value = 0;
            for (std::size_t i = from; i < std::min(from + domain::kMaxLines, all.size()); ++i) lines.push_back(all[i].line), value += all[i].value_minor;
            AC_TRY(const auto made, returns_.settled(order_id, invoice.number(), std::move(lines), value, at));
            keep(made);
        }
    if (!unlinked.empty()) {
        AC_TRY(const auto made, returns_.kept({CaseKind::return_refund, Channel::file, {}, customer, invoice.number()}, unlinked, at));
        keep(made);
    }
    store::remember_return(tx_, run_.shop.id, invoice.number(), first);
    return {};
}

}  // namespace aftercare::usecase::imports
