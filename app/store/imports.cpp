#include "store/imports.hpp"

#include "db/row.hpp"
#include "sql/case_state.hpp"
#include "sql/erase.hpp"
#include "sql/imports.hpp"
#include "store/case_state.hpp"
#include "store/replay.hpp"

namespace aftercare::store {
namespace {

std::vector<ImportRunRow> runs(Tx& tx, const db::Query& query, db::Args args) {
    std::vector<ImportRunRow> all;
    tx.run(query, args, [&](const db::Row& row) { all.push_back(db::read_row<ImportRunRow>(row)); });
    return all;
}

bool any(Tx& tx, const db::Query& query, const std::string& id) { return tx.run(query, {{"id", id}}) > 0; }

}  // namespace

void insert_run(Tx& tx, const ImportRunRow& run) { tx.write(sql::imports::insert_run, db::bind_row(run), 1); }

Result<ImportRunRow> find_run(Tx& tx, const ImportRunId& id) {
    auto found = runs(tx, sql::imports::find_run, {{"id", id.value}});
    if (found.empty()) return fail(ErrorKind::not_found, "import_not_found");
    return std::move(found.front());
}

Result<void> update_run(Tx& tx, ImportRunRow& run) {
    if (tx.run(sql::imports::update_run, db::bind_row(run)) != 1) return fail(ErrorKind::conflict, "import_changed");
    ++run.version;
    return {};
}

PageOf<ImportRunRow> list_runs(Tx& tx, const std::vector<std::string>& shops, const std::optional<Cursor>& after, std::int64_t limit) {
    const Cursor start = after.value_or(Cursor{kLatest.ms + 1, ""});
    PageOf<ImportRunRow> page;
    page.items = runs(tx, sql::imports::list_runs, {{"shops", std::span(shops)}, {"after_at", start.at}, {"after_id", start.id}, {"limit", limit + 1}});
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = Cursor{page.items.back().created_at.ms, page.items.back().id.value};
    }
    return page;
}

std::vector<ImportRunRow> due_runs(Tx& tx, Instant now) { return runs(tx, sql::imports::due_runs, {{"now", now.ms}}); }

std::optional<ImportRunRow> interrupted_run(Tx& tx, const ShopId& shop, const std::string& kind, const std::string& content_hash) {
    auto found = runs(tx, sql::imports::interrupted_run, {{"shop_id", shop.value}, {"kind", kind}, {"content_hash", content_hash}});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::int64_t last_item(Tx& tx, const ImportRunId& run) {
    std::int64_t seq = 0;
    tx.run(sql::imports::last_item, {{"run_id", run.value}}, [&](const db::Row& row) { seq = row.integer(0); });
    return seq;
}

void insert_item(Tx& tx, const ImportRunId& run, const ImportItem& item) {
    tx.write(sql::imports::insert_item, {{"run_id", run.value}, {"seq", item.seq}, {"kind", item.kind}, {"ref_id", item.ref_id}, {"stamp", item.stamp}}, 1);
}

bool made_by(Tx& tx, const ImportRunId& run, const std::string& ref_id) {
    return tx.run(sql::imports::made_by, {{"run_id", run.value}, {"ref_id", ref_id}}) > 0;
}

std::vector<ImportItem> last_items(Tx& tx, const ImportRunId& run, std::int64_t before, std::int64_t limit) {
    std::vector<ImportItem> items;
    tx.run(sql::imports::last_items, {{"run_id", run.value}, {"before", before}, {"limit", limit}}, [&](const db::Row& row) {
        items.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), row.integer(3)});
    });
    return items;
}

void delete_item(Tx& tx, const ImportRunId& run, std::int64_t seq) { tx.write(sql::imports::delete_item, {{"run_id", run.value}, {"seq", seq}}); }

void insert_adjustment(Tx& tx, const ImportRunId& run, const ImportAdjustment& row) {
    tx.write(sql::imports::insert_adjustment, {{"run_id", run.value}, {"row_number", row.row_number}, {"reason", row.reason}, {"content", row.content}});
}

std::vector<ImportAdjustment> list_adjustments(Tx& tx, const ImportRunId& run, std::int64_t after, std::int64_t limit) {
    std::vector<ImportAdjustment> rows;
    tx.run(sql::imports::list_adjustments, {{"run_id", run.value}, {"after", after}, {"limit", limit}}, [&](const db::Row& row) {
        rows.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2))});
    });
    return rows;
}

void delete_adjustments(Tx& tx, const ImportRunId& run) { tx.write(sql::imports::delete_adjustments, {{"run_id", run.value}}); }

bool erase_order(Tx& tx, const OrderId& id) {
    if (any(tx, sql::erase::order_has_cases, id.value)) return false;
    for (const db::Query* part : {&sql::erase::name_uses, &sql::erase::unused_names, &sql::erase::ledger_units, &sql::erase::ledger_money,
                                  &sql::erase::ledger_order, &sql::erase::shipments, &sql::erase::payments, &sql::erase::order_lines, &sql::erase::sales_order})
        tx.write(*part, {{"id", id.value}});
    return true;
}

bool erase_customer(Tx& tx, const CustomerId& id, const ImportRunId& run) {
    const std::string source = "import:" + run.value, from = source + "#", to = source + "$";
    if (tx.run(sql::erase::customer_is_used, {{"id", id.value}, {"source", source}, {"from", from}, {"to", to}}) > 0) return false;
    for (const db::Query* part : {&sql::erase::tokens, &sql::erase::facts, &sql::erase::identities, &sql::erase::addresses, &sql::erase::tags,
                                  &sql::erase::notes, &sql::erase::planned_revisits, &sql::erase::customer})
        tx.write(*part, {{"id", id.value}});
    return true;
}

bool erase_product(Tx& tx, const ProductId& id) {
    if (any(tx, sql::erase::product_is_sold, id.value)) return false;
    for (const db::Query* part : {&sql::erase::tokens, &sql::erase::product_names, &sql::erase::product}) tx.write(*part, {{"id", id.value}});
    return true;
}

bool is_open(Tx& tx, const CaseId& id) { return any(tx, sql::imports::open_case, id.value); }

void erase_note(Tx& tx, const CustomerNoteId& id) { tx.write(sql::erase::note, {{"id", id.value}}); }

Result<bool> erase_case(Tx& tx, const CaseId& id, std::int64_t events) {
    AC_TRY(const domain::CaseState state, load_case(tx, id, true));
    if (state.c.version != events) return false;
    const OrderId order = state.c.order_id;
    if (!order.empty() && any(tx, sql::erase::order_moved_since, id.value)) return false;
    for (const db::Query* part :
         {&sql::case_state::drop_operation, &sql::case_state::drop_operation_line, &sql::case_state::drop_inbound_leg,
          &sql::case_state::drop_inbound_line, &sql::case_state::drop_inspection_record, &sql::case_state::drop_money_leg,
          &sql::case_state::drop_money_attempt, &sql::case_state::drop_outbound_leg, &sql::case_state::drop_clock, &sql::case_state::drop_task})
        tx.write(*part, {{"case_id", id.value}});
    for (const db::Query* part : {&sql::erase::case_returns, &sql::erase::case_notes, &sql::erase::case_effects, &sql::erase::case_events,
                                  &sql::erase::support_case})
        tx.write(*part, {{"id", id.value}});
    if (order.empty()) return true;
    if (!derive_again(tx, order)) throw db::DbError(db::DbErrorKind::other, "the cases of order " + order.value + " do not follow from their events");
    return true;
}

std::vector<SaleLine> sales_of(Tx& tx, const CustomerId& customer, const std::string& sku, Instant at,
                               std::int64_t unit_price_minor) {
    std::vector<SaleLine> found;
    tx.run(sql::imports::sales_of,
           {{"customer_id", customer.value}, {"sku", sku}, {"at", at.ms}, {"unit_price_minor", unit_price_minor}},
           [&](const db::Row& row) {
               found.push_back({OrderId(std::string(row.text(0))), OrderLineId(std::string(row.text(1)))});
           });
    return found;
}

CaseId imported_return(Tx& tx, const ShopId& shop, const std::string& number) {
    CaseId found;
    tx.run(sql::imports::find_return, {{"shop_id", shop.value}, {"number", number}}, [&](const db::Row& row) { found.value = row.text(0); });
    return found;
}

void remember_return(Tx& tx, const ShopId& shop, const std::string& number, const CaseId& case_id) {
    tx.write(sql::imports::insert_return, {{"shop_id", shop.value}, {"number", number}, {"case_id", case_id.value}}, 1);
}

}  // namespace aftercare::store
