#pragma once
#include <aftercare/codec/json.hpp>
#include <aftercare/model/customer.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/cases.hpp"
#include "store/store.hpp"

/// Runs of imports, what they made, and what they need to link returns to sales and to know what was here before.
namespace aftercare {

/// uploading → ready (→ previewing → ready) → running → done | failed | cancelled; done, failed or cancelled → reverting → reverted.
AC_WORDS(ImportState, uploading, ready, previewing, running, done, failed, cancelled, reverting, reverted);

}  // namespace aftercare

namespace aftercare::store {

/// One import of one file. `options`, `preview` and `summary` are the use case's own JSON.
struct ImportRunRow {
    ImportRunId id;
    ShopId shop_id;
    std::string kind;
    ImportState state{};
    std::string file_name;
    std::int64_t bytes = 0, received = 0;  ///< of the file; here so far
    RawJson options{"{}"}, preview{"null"}, summary{"null"};
    std::int64_t done_bytes = 0;           ///< read so far
    std::int64_t kept = 0;                 ///< taken back, but for so many things that are in use by now
    std::string error;                     ///< code of what ended it
    StaffId started_by;
    Instant created_at, started_at, ended_at;
    Instant lease_until;                   ///< somebody works on it until then
    std::int64_t done_units = 0;           ///< orders or records written so far
    std::string content_hash;              ///< of a file that the command line brought; empty: uploaded
    std::int64_t version = 1;
};
template <class Io>
void fields(Io& io, ImportRunRow& r) {
    io("id", r.id);
    io("shop_id", r.shop_id);
    io("kind", r.kind);
    io("state", r.state);
    io("file_name", r.file_name);
    io("bytes", r.bytes);
    io("received", r.received);
    io("options", r.options);
    io("preview", r.preview);
    io("summary", r.summary);
    io("done_bytes", r.done_bytes);
    io("kept", r.kept);
    io("error", r.error, maybe);
    io("started_by", r.started_by, maybe);
    io("created_at", r.created_at);
    io("started_at", r.started_at, maybe);
    io("ended_at", r.ended_at, maybe);
    io("lease_until", r.lease_until, maybe);
    io("done_units", r.done_units);
    io("content_hash", r.content_hash, maybe);
    io("version", r.version);
}
void insert_run(Tx& tx, const ImportRunRow& run);
/// `not_found` "import_not_found".
Result<ImportRunRow> find_run(Tx& tx, const ImportRunId& id);
/// Writes on top of the version it was read in, and counts it up; `conflict` "import_changed" when somebody was faster.
Result<void> update_run(Tx& tx, ImportRunRow& run);
PageOf<ImportRunRow> list_runs(Tx& tx, const std::vector<std::string>& shops, const std::optional<Cursor>& after, std::int64_t limit);
/// Runs that shall go on and that nobody holds: of uploads, and everything that is to be taken back.
std::vector<ImportRunRow> due_runs(Tx& tx, Instant now);
/// The command line's run of the same file that has not ended.
std::optional<ImportRunRow> interrupted_run(Tx& tx, const ShopId& shop, const std::string& kind, const std::string& content_hash);

/// What a run made or changed. kind: order, customer, product, case, note, review, tag (ref "customer\ntag"), profile (of a customer
/// that it found), product_before (ref "product\n" and what the product was, as JSON).
struct ImportItem {
    std::int64_t seq = 0;
    std::string kind, ref_id;
    std::int64_t stamp = 0;  ///< of a case: its events then; of a product: its changed_at
};
std::int64_t last_item(Tx& tx, const ImportRunId& run);
void insert_item(Tx& tx, const ImportRunId& run, const ImportItem& item);
bool made_by(Tx& tx, const ImportRunId& run, const std::string& ref_id);
/// The newest before `before`, newest first.
std::vector<ImportItem> last_items(Tx& tx, const ImportRunId& run, std::int64_t before, std::int64_t limit);
void delete_item(Tx& tx, const ImportRunId& run, std::int64_t seq);

struct ImportAdjustment {
    static constexpr std::string_view kSchema = "ImportAdjustment";
    std::int64_t row_number = 0;
    std::string reason, content;
};
template <class Io>
void fields(Io& io, ImportAdjustment& a) {
    io("row_number", a.row_number);
    io("reason", a.reason);
    io("content", a.content);
}
void insert_adjustment(Tx& tx, const ImportRunId& run, const ImportAdjustment& row);
std::vector<ImportAdjustment> list_adjustments(Tx& tx, const ImportRunId& run, std::int64_t after, std::int64_t limit);
void delete_adjustments(Tx& tx, const ImportRunId& run);

/// Takes an imported thing back; false when it must stay because something leans on it by now.
bool erase_order(Tx& tx, const OrderId& id);
/// `run`: what others said of the customer keeps it.
bool erase_customer(Tx& tx, const CustomerId& id, const ImportRunId& run);
bool erase_product(Tx& tx, const ProductId& id);
/// Only a case that has `events` events and made the last move of its order; the order's ledgers become those of the rest.
Result<bool> erase_case(Tx& tx, const CaseId& id, std::int64_t events);
void erase_note(Tx& tx, const CustomerNoteId& id);

/// An earlier sale of a product to a customer.
struct SaleLine {
    OrderId order_id;
    OrderLineId order_line_id;
};
/// Sales of `sku` to the customer placed at or before `at`: those at `unit_price_minor` first, newest first; at most 20.
std::vector<SaleLine> sales_of(Tx& tx, const CustomerId& customer, const std::string& sku, Instant at,
                               std::int64_t unit_price_minor);

/// The first case of a cancellation that is here already; empty when it is not.
bool is_open(Tx& tx, const CaseId& id);
CaseId imported_return(Tx& tx, const ShopId& shop, const std::string& number);
void remember_return(Tx& tx, const ShopId& shop, const std::string& number, const CaseId& case_id);

}  // namespace aftercare::store
