#include "usecase/imports/import_orders.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "domain/allocation.hpp"
#include "domain/cases.hpp"
#include "env/csv.hpp"
#include "store/case_state.hpp"
#include "store/imports.hpp"
#include "store/orders.hpp"
#include "store/staff.hpp"
#include "usecase/facts.hpp"
#include "usecase/imports/order_file.hpp"

namespace aftercare::usecase {
namespace {

using imports::Line;
using imports::RowKind;

constexpr std::int64_t kWindow = 2'000;    // rows an invoice may pause before it counts as whole
constexpr std::size_t kSliceRows = 2'000;  // rows written in one transaction

struct Invoice {
    std::vector<Line> lines;
    std::int64_t last_row = 0;
    [[nodiscard]] const std::string& number() const { return lines.front().number; }
    [[nodiscard]] bool is_return() const { return lines.front().kind == RowKind::returned; }
};

// Collects the rows of each invoice until none came for kWindow rows; keeps the order in which invoices began.
class Window {
   public:
    void add(Line line, std::int64_t row) {
        const std::string number = line.number;
        auto [at, is_new] = open_.try_emplace(number);
        if (is_new) order_.push_back(number);
        at->second.lines.push_back(std::move(line));
        at->second.last_row = row;
    }
    std::vector<Invoice> take(std::int64_t row, bool all) {
        std::vector<Invoice> whole;
        while (!order_.empty() && (all || open_.at(order_.front()).last_row + kWindow < row)) {
            auto node = open_.extract(order_.front());
            order_.pop_front();
            whole.push_back(std::move(node.mapped()));
        }
        return whole;
    }

   private:
    std::map<std::string, Invoice> open_;
    std::deque<std::string> order_;
};

/// One slice of invoices inside one transaction. May run twice, so everything it changes is its own.
class Slice {
   public:
    Slice(Context& ctx, store::Tx& tx, const store::Shop& shop, const Guard& guard, const std::vector<std::string>& numbers)
        : ctx_(ctx), tx_(tx), shop_(shop), guard_(guard), numbers_(numbers) {}

    Result<ImportSummary> write(const std::vector<Invoice>& invoices) {
        for (const Invoice& invoice : invoices) {
            if (!invoice.is_return()) {
                write_order(invoice);
                continue;
            }
            AC_CHECK(write_return(invoice));
        }
        return sum_;
    }

   private:
    static std::int64_t count(const Invoice& invoice) { return static_cast<std::int64_t>(invoice.lines.size()); }

    CustomerId customer_of(const Line& line) {
        if (line.customer.empty()) return {};
        if (auto known = store::customer_by_ref(tx_, shop_.id, line.customer); !known.empty()) return known;
        const Customer made{ctx_.ids.make<CustomerId>(), shop_.id, line.customer, {}, {}, {}, line.country, line.at};
        store::insert_customer(tx_, made);
        ++sum_.customers_added;
        return made.id;
    }

    void write_order(const Invoice& invoice) {
        ++sum_.orders;
        if (!store::order_by_number(tx_, shop_.id, invoice.number()).empty()) {
            sum_.skipped += count(invoice);
            return;
        }
        const Line& first = invoice.lines.front();
        store::NewOrder made;
        Order& order = made.order;
        order = {ctx_.ids.make<OrderId>(), shop_.id, first.number, customer_of(first), shop_.currency, 0, 0, 0, 0, "file",
                 first.at, first.at, first.at};
        for (const Line& line : invoice.lines) {
            if (line.kind == RowKind::shipping) {
                order.shipping_minor += line.amount_minor;
                continue;
            }
            order.goods_minor += line.amount_minor;
            const std::int64_t delivered = line.charge ? 0 : line.qty;  // history: what was sold was handed over
            made.lines.push_back({ctx_.ids.make<OrderLineId>(), order.id, static_cast<std::int64_t>(made.lines.size()) + 1,
                                  line.sku, line.name, line.qty, line.unit_price_minor, 0, line.amount_minor, delivered, delivered});
        }
        order.total_minor = order.goods_minor + order.shipping_minor;
        if (order.total_minor > 0)
            made.payments.push_back({ctx_.ids.make<PaymentId>(), order.id, 1, "external", order.number, order.total_minor,
                                     order.currency, order.paid_at});
        store::insert_order(tx_, made);
        ++sum_.orders_added;
        sum_.order_lines += count(invoice);
    }

    struct Part {  // what of one cancellation belongs to one order
        std::vector<domain::LineQty> lines;
        std::int64_t value_minor = 0;
    };

    // Takes `line.qty` units from earlier sales; what finds no sale is returned.
    std::int64_t link(const Line& line, const CustomerId& customer, std::map<OrderId, Part>& parts) {
        std::int64_t wanted = line.charge || customer.empty() ? 0 : line.qty, left = line.qty;
        if (wanted == 0) return left;
        for (const auto& sale : store::sales_of(tx_, customer, line.sku, line.at, line.unit_price_minor)) {
            const auto state = store::load_order(tx_, sale.order_id, false);
            if (!state) continue;
            std::int64_t free = -taken_[sale.order_line_id];
            for (const UnitRun& run : state->units)
                if (run.order_line_id == sale.order_line_id && run.bucket == Bucket::with_customer && run.held_by.empty()) free += run.qty;
            const std::int64_t take = std::min(left, free);
            if (take <= 0) continue;
            taken_[sale.order_line_id] += take;
            Part& part = parts[sale.order_id];
            const auto same = std::find_if(part.lines.begin(), part.lines.end(),
                                           [&](const domain::LineQty& l) { return l.order_line_id == sale.order_line_id; });
            if (same != part.lines.end()) same->qty += take;
            else part.lines.push_back({sale.order_line_id, take});
            part.value_minor += line.amount_minor * take / line.qty;
            left -= take;
            if (left == 0) break;
        }
        return left;
    }

    Result<void> write_return(const Invoice& invoice) {
        ++sum_.returns;
        if (store::return_was_imported(tx_, shop_.id, invoice.number())) {
            sum_.skipped += count(invoice);
            return {};
        }
        const CustomerId customer = customer_of(invoice.lines.front());
        std::map<OrderId, Part> parts;
        std::string unlinked;
        taken_.clear();
        for (const Line& line : invoice.lines) {
            const std::int64_t left = link(line, customer, parts);
            if (left < line.qty) ++sum_.returns_linked;
            if (left > 0) unlinked += std::to_string(left) + " x " + line.sku + " " + line.name + "\n";
        }
        CaseId first;
        for (auto& [order_id, part] : parts) {
            AC_TRY(const CaseId made, settled_return(invoice, order_id, std::move(part)));
            if (first.empty()) first = made;
        }
        if (!unlinked.empty()) {
            AC_TRY(const CaseId made, closed_case(invoice, customer, unlinked));
            if (first.empty()) first = made;
        }
        store::remember_return(tx_, shop_.id, invoice.number(), first);
        ++sum_.returns_added;
        sum_.return_lines += count(invoice);
        return {};
    }

    // A cancellation spread over more orders than numbers were drawn for goes on with 20417-1, 20417-2 …
    std::string next_number() {
        const std::size_t at = used_++;
        return at < numbers_.size() ? numbers_[at] : numbers_.back() + "-" + std::to_string(at - numbers_.size() + 1);
    }

    template <class Decide>
    Result<CaseId> new_case(const OrderId& order_id, Decide&& decide) {
        const auto id = ctx_.ids.make<CaseId>();
        std::vector<store::Hint> hints;  // an import of years is no news for open pages
        const std::function<std::string()> next_id = [this] { return ctx_.ids.next(); };
        AC_CHECK(store::new_case_in(
            tx_, id, next_number(), shop_.id, order_id, guard_,
            [&](const domain::CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
                const domain::Facts facts{guard_.now, actor_, around.policies.front(), calendar_of(around.zone), next_id};
                return decide(state, facts);
            },
            hints));
        return id;
    }

    static domain::OpenCase opening(const Invoice& invoice, const OrderId& order_id, const CustomerId& customer) {
        return {CaseKind::return_refund, Channel::file, order_id, customer, invoice.number()};
    }

    Result<CaseId> settled_return(const Invoice& invoice, const OrderId& order_id, Part part) {
        return new_case(order_id, [&](const domain::CaseState& state, const domain::Facts& facts) -> Result<store::CaseDecision> {
            // What was given back above the price paid for these units is no refund of this order (G-money).
            std::int64_t limit = 0;
            for (const MoneyLedger& money : state.order.money) limit += money.free_minor();
            const domain::ImportedReturn command{opening(invoice, order_id, {}), part.lines,
                                                 std::min({part.value_minor, limit, value_of(state.order, part.lines)}),
                                                 Reason::other, invoice.lines.front().at};
            AC_TRY(auto decision, domain::imported(state, command, facts));
            return store::CaseDecision{std::move(decision), {}};
        });
    }

    // The least that these units may be worth: unit nets differ by at most one minor unit.
    static std::int64_t value_of(const domain::OrderState& order, const std::vector<domain::LineQty>& lines) {
        std::int64_t value = 0;
        for (const auto& wanted : lines)
            for (const OrderLine& line : order.lines)
                if (line.id == wanted.order_line_id)
                    value += wanted.qty == line.qty ? line.allocated_minor : line.allocated_minor / line.qty * wanted.qty;
        return value;
    }

    Result<CaseId> closed_case(const Invoice& invoice, const CustomerId& customer, const std::string& unlinked) {
        return new_case({}, [&](const domain::CaseState& state, const domain::Facts& facts) -> Result<store::CaseDecision> {
            const Note note{ctx_.ids.make<MessageId>(), state.c.id, NoteKind::internal, {}, unlinked.substr(0, 4'000), facts.now};
            AC_TRY(auto decision, domain::open_case(state, opening(invoice, {}, customer), facts));
            AC_TRY(auto noted, domain::add_note(domain::after(state, decision), {note.id, note.kind}, facts));
            domain::append(decision, std::move(noted));
            AC_TRY(auto closed, domain::close_case(domain::after(state, decision), {"imported", Fault::unknown, invoice.number()}, facts));
            domain::append(decision, std::move(closed));
            return store::CaseDecision{std::move(decision), {note}};
        });
    }

    Context& ctx_;
    const Actor actor_ = domain::system_actor();  // history is written down, whoever may import it need not be an agent
    store::Tx& tx_;
    const store::Shop& shop_;
    const Guard& guard_;
    const std::vector<std::string>& numbers_;
    std::size_t used_ = 0;
    std::map<OrderLineId, std::int64_t> taken_;
    ImportSummary sum_;
};

void add(ImportSummary& total, const ImportSummary& part) {
    total.order_lines += part.order_lines;
    total.return_lines += part.return_lines;
    total.skipped += part.skipped;
    total.orders += part.orders;
    total.orders_added += part.orders_added;
    total.customers_added += part.customers_added;
    total.returns += part.returns;
    total.returns_added += part.returns_added;
    total.returns_linked += part.returns_linked;
}

/// Reads the file and hands whole invoices to slices.
class Import {
   public:
    Import(Context& ctx, const Actor& actor, const ImportOrders& in, store::Shop shop, env::Zone zone)
        : ctx_(ctx), actor_(actor), in_(in), shop_(std::move(shop)), zone_(std::move(zone)), reader_(in.file), errors_(in.errors) {}

    Result<ImportSummary> run() {
        const Instant began = ctx_.clock.now();
        env::CsvRow row;
        if (reader_.next(row) != env::CsvStep::row) return fail(ErrorKind::invalid, "file_empty");
        AC_TRY(columns_, imports::find_columns(row.fields));
        errors_.row(std::vector<std::string>{"row", "line", "reason", "content"});
        for (env::CsvStep step = reader_.next(row); step != env::CsvStep::end; step = reader_.next(row)) {
            ++total_.rows;
            if (step == env::CsvStep::bad) reject(row, row.reason);
            else take(row);
            if (total_.rows % 1'000 == 0) {
                AC_CHECK(flush(false));
            }
        }
        AC_CHECK(flush(true));
        total_.customers = static_cast<std::int64_t>(customers_.size());
        total_.milliseconds = (ctx_.clock.now() - began).ms;
        return total_;
    }

   private:
    void reject(const env::CsvRow& row, std::string_view reason) {
        ++total_.rejected;
        errors_.row(std::vector<std::string>{std::to_string(row.number), std::to_string(row.line), std::string(reason), row.raw});
    }

    void take(const env::CsvRow& row) {
        auto line = imports::read_line(row.fields, columns_, zone_);
        if (!line) return reject(row, line.error().code);
        if (!line->customer.empty()) customers_.insert(line->customer);
        if (line->kind == RowKind::adjustment) ++total_.adjustments;
        else window_.add(std::move(*line), total_.rows);
    }

    Result<void> flush(bool all) {
        for (Invoice& invoice : window_.take(total_.rows, all)) {
            waiting_rows_ += invoice.lines.size();
            waiting_.push_back(std::move(invoice));
            if (waiting_rows_ >= kSliceRows) {
                AC_CHECK(write_slice());
            }
        }
        return all ? write_slice() : Result<void>{};
    }

    Result<void> write_slice() {
        if (waiting_.empty()) return {};
        std::vector<std::string> numbers;  // drawn before the change: at most one case per returned row and one per cancellation
        for (const Invoice& invoice : waiting_)
            for (std::size_t i = 0; invoice.is_return() && i <= invoice.lines.size(); ++i) {
                AC_TRY(numbers.emplace_back(), ctx_.store.next_case_number());
            }
        const Guard guard{actor_.principal, {}, {}, {}, ctx_.clock.now()};
        AC_TRY(const ImportSummary part, ctx_.store.change(
                                             guard,
                                             [&](store::Tx& tx) -> Result<ImportSummary> {
                                                 return Slice(ctx_, tx, shop_, guard, numbers).write(waiting_);
                                             },
                                             {}, db::Lane::bulk));
        add(total_, part);
        waiting_.clear();
        waiting_rows_ = 0;
        if (in_.progress) in_.progress(total_, reader_.position());
        return {};
    }

    Context& ctx_;
    const Actor& actor_;
    const ImportOrders& in_;
    store::Shop shop_;
    env::Zone zone_;
    env::CsvReader reader_;
    env::CsvWriter errors_;
    imports::Columns columns_;
    Window window_;
    std::vector<Invoice> waiting_;
    std::size_t waiting_rows_ = 0;
    std::set<std::string> customers_;
    ImportSummary total_;
};

}  // namespace

Result<ImportSummary> import_orders(Context& ctx, const Actor& actor, const ImportOrders& in) {
    AC_CHECK(require(actor, Permission::import_data));
    AC_CHECK(require_shop(actor, in.shop_id));
    AC_TRY(auto shop, ctx.store.read([&](store::Tx& tx) -> Result<store::Shop> {
        auto found = store::find_shop(tx, in.shop_id);
        if (!found) return fail(ErrorKind::not_found, "shop_not_found");
        return std::move(*found);
    }));
    AC_TRY(const auto zone, env::Zone::find(shop.zone));
    return Import(ctx, actor, in, std::move(shop), zone).run();
}

}  // namespace aftercare::usecase
