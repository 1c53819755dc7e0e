#include "usecase/imports/imports.hpp"

#include <algorithm>
#include <fstream>

#include "env/base64.hpp"
#include "usecase/facts.hpp"
#include "usecase/imports/import_file.hpp"
#include "usecase/imports/times.hpp"

namespace aftercare::usecase {
namespace {

namespace fs = std::filesystem;
using store::ImportRunRow;

constexpr Duration kLease = minutes(2);
constexpr std::size_t kSamples = 20, kLearnRows = 2'000;
constexpr std::size_t kMostPart = 700'000;

fs::path file_of(const Context& ctx, const ImportRunId& id) { return ctx.imports_folder / (id.value + ".file"); }
fs::path errors_of(const Context& ctx, const ImportRunId& id) { return ctx.imports_folder / (id.value + ".errors.csv"); }

ImportRun view_of(const Context& ctx, const ImportRunRow& row) {
    ImportRun run{row.id, row.shop_id, from_word<ImportKind>(row.kind).value_or(ImportKind::orders), row.state, row.file_name, row.bytes,
                  row.received, row.done_bytes, row.kept, {}, {}, {}, false, row.error, row.started_by, row.created_at, row.started_at,
                  row.ended_at, row.version};
    if (auto mapping = decode<ImportMapping>(row.options.text)) run.mapping = std::move(*mapping);
    if (auto preview = decode<ImportSummary>(row.preview.text)) run.preview = *preview;
    if (auto summary = decode<ImportSummary>(row.summary.text)) run.summary = *summary;
    std::error_code ignored;
    const auto& shown = run.summary ? run.summary : run.preview;
    run.has_errors = shown && shown->rejected > 0 && fs::exists(errors_of(ctx, row.id), ignored);
    return run;
}

Result<ImportRunRow> visible_run(store::Tx& tx, const Actor& actor, const ImportRunId& id) {
    AC_TRY(auto row, store::find_run(tx, id));
    if (!actor.may_see(row.shop_id)) return fail(ErrorKind::not_found, "import_not_found");
    return row;
}

/// A change of one run: `fn(row) → Result<void>` decides, the row is written.
template <class Fn>
Result<ImportRun> change_run(Context& ctx, const Actor& actor, const Guard& guard, const ImportRunId& id, Fn&& fn) {
    AC_CHECK(require(actor, Permission::import_data));
    ShopId shop;
    auto run = ctx.store.change(guard, [&](store::Tx& tx) -> Result<ImportRun> {
        AC_TRY(auto row, visible_run(tx, actor, id));
        shop = row.shop_id;
        AC_CHECK(fn(row));
        AC_CHECK(store::update_run(tx, row));
        return view_of(ctx, row);
    });
    if (run) ctx.store.hint({"import", id.value, shop, run->version});
    return run;
}

Result<void> need_folder(const Context& ctx) {
    std::error_code failed;
    if (!ctx.imports_folder.empty()) fs::create_directories(ctx.imports_folder, failed);
    if (ctx.imports_folder.empty() || failed)
        return fail(Error{ErrorKind::unavailable, "uploads_unusable", {}, {}, {}, "no folder for uploaded files: " + failed.message()});
    fs::permissions(ctx.imports_folder, fs::perms::owner_all, failed);
    return {};
}

Result<store::Shop> shop_of(Context& ctx, const ShopId& id) {
    return ctx.store.read([&](store::Tx& tx) -> Result<store::Shop> {
        auto found = store::find_shop(tx, id);
        if (!found) return fail(ErrorKind::not_found, "shop_not_found");
        return std::move(*found);
    });
}

struct Looked {
    std::vector<std::string> header;
    std::vector<SampleRow> samples;
    DateOrder dates = DateOrder::automatic;
    std::string format, charset, separator;
};

// Reads the beginning of the file: what it looks like, and what its dates mean.
Result<Looked> look_at(const fs::path& file, ImportKind kind, const ImportMapping& mapping) {
    AC_TRY(const auto table, imports::Table::open(file));
    env::CsvRow row;
    if (table->next(row) != env::CsvStep::row) return fail(ErrorKind::invalid, "file_empty");
    Looked looked;
    looked.header = row.fields;
    std::vector<FieldError> ignored;
    const auto columns = imports::guess_columns(kind, looked.header, mapping, ignored);
    imports::DateLearner learner;
    for (std::size_t i = 0; i < kLearnRows && table->next(row) != env::CsvStep::end; ++i) {
        if (looked.samples.size() < kSamples && !row.fields.empty()) looked.samples.push_back({row.fields});
        using F = imports::Field;
        for (const F field : {F::placed_at, F::paid_at, F::applied_at, F::reviewed_at, F::created_at, F::birthday}) learner.see(columns.text(row.fields, field));
    }
    looked.dates = learner.order();
    looked.format = table->format();
    looked.charset = table->charset();
    looked.separator = std::string(1, table->separator());
    return looked;
}

Result<ImportSheet> sheet_of(Context& ctx, const ImportRunRow& row, const ImportMapping& mapping) {
    const auto kind = from_word<ImportKind>(row.kind).value_or(ImportKind::orders);
    AC_TRY(auto looked, look_at(file_of(ctx, row.id), kind, mapping));
    ImportSheet sheet{looked.format, looked.charset, looked.separator, looked.header, std::move(looked.samples), {}, {}, looked.dates, {}};
    std::vector<FieldError> errors;
    const auto columns = imports::guess_columns(kind, sheet.header, mapping, errors);
    for (const imports::Field field : imports::fields_of(kind)) {
        SheetField shown{std::string(imports::kFieldNames[static_cast<std::size_t>(field)]), {}, {}};
        if (columns.has(field)) shown.heading = sheet.header[static_cast<std::size_t>(columns[field])];
        for (const FieldError& error : errors)
            if (error.pointer == "/columns/" + shown.field) shown.problem = error.code;
        sheet.columns.push_back(std::move(shown));
    }
    for (const FieldError& error : errors)
        if (!error.pointer.starts_with("/columns/")) sheet.problems.push_back(error.code);
    for (const auto& preset : imports::presets())
        if (preset.kind == kind) sheet.presets.push_back(preset);
    return sheet;
}

/// One run, carried out. Everything it tells the database goes through the run's row.
class Work {
   public:
    Work(Context& ctx, ImportRunRow row, fs::path file, fs::path errors, std::function<bool()> stop)
        : ctx_(ctx), row_(std::move(row)), file_(std::move(file)), errors_path_(std::move(errors)), stop_(std::move(stop)) {}

    std::function<void(const ImportSummary&, std::int64_t, std::int64_t)> progress;

    Result<ImportSummary> import(bool dry, bool resumed) {
        const auto sum = carry_out(dry, resumed);
        if (!sum && sum.error().code == "import_interrupted") return release(), sum;
        const auto finish = [&](ImportRunRow& row) {
            row.lease_until = {};
            if (!sum && sum.error().code == "import_cancelled") return;
            row.state = dry ? ImportState::ready : sum ? ImportState::done : ImportState::failed;
            row.error = sum ? "" : sum.error().code;
            row.ended_at = ctx_.clock.now();
            if (sum) (dry ? row.preview : row.summary) = RawJson{encode(*sum)};
        };
        AC_CHECK(change(finish));
        return sum;
    }

    Result<void> revert() {
        std::int64_t kept = 0;
        for (const bool products : {false, true}) {
            AC_TRY(const std::int64_t stayed, erase_all(products));
            kept += stayed;
        }
        return change([&](ImportRunRow& row) {
            row.state = ImportState::reverted;
            row.kept = kept;
            row.lease_until = {};
            row.ended_at = ctx_.clock.now();
        });
    }

   private:
    Result<ImportSummary> carry_out(bool dry, bool resumed) {
        AC_TRY(const auto shop, shop_of(ctx_, row_.shop_id));
        const auto kind = from_word<ImportKind>(row_.kind).value_or(ImportKind::orders);
        const auto mapping = decode<ImportMapping>(row_.options.text).value_or(ImportMapping{});
        AC_TRY(const auto looked, look_at(file_, kind, mapping));
        AC_TRY(const auto table, imports::Table::open(file_));
        std::ofstream errors(errors_path_, std::ios::binary);
        const auto checkpoint = [&](store::Tx& tx, const ImportSummary& sum, std::int64_t bytes) -> Result<void> {
            if (stop_ && stop_()) return fail(ErrorKind::unavailable, "import_interrupted");
            AC_TRY(auto row, store::find_run(tx, row_.id));
            if (row.state != (dry ? ImportState::previewing : ImportState::running)) return fail(ErrorKind::conflict, "import_cancelled");
            (dry ? row.preview : row.summary) = RawJson{encode(sum)};
            row.done_bytes = bytes;
            row.lease_until = ctx_.clock.now() + kLease;
            AC_CHECK(store::update_run(tx, row));
            if (progress) progress(sum, bytes, table->bytes());
            return {};
        };
        const auto sum = imports::import_file(ctx_, {shop, row_.id, kind, mapping, looked.dates, dry, resumed, *table, errors, checkpoint});
        if (!errors.flush()) return fail(Error{ErrorKind::unavailable, "disk_full", {}, {}, {}, "the error file could not be written"});
        return sum;
    }

    /// The run's row as it is now, changed by `fn(row)`.
    template <class Fn>
    Result<void> change(Fn&& fn) {
        const Guard guard{"system", {}, {}, {}, ctx_.clock.now()};
        const auto done = ctx_.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
            AC_TRY(auto row, store::find_run(tx, row_.id));
            fn(row);
            AC_CHECK(store::update_run(tx, row));
            return Done{};
        }, {}, db::Lane::bulk);
        AC_CHECK(done);
        ctx_.store.hint({"import", row_.id.value, row_.shop_id, 0});
        return {};
    }
    void release() {
        const auto let_go = change([](ImportRunRow& row) { row.lease_until = {}; });
        static_cast<void>(let_go);  // else the lease runs out by itself
    }

    Result<bool> erase(store::Tx& tx, const store::ImportItem& item) const {
        if (item.kind == "case") return store::erase_case(tx, CaseId(item.ref_id), item.stamp);
        if (item.kind == "order") return store::erase_order(tx, OrderId(item.ref_id));
        if (item.kind == "customer") return store::erase_customer(tx, CustomerId(item.ref_id));
        if (item.kind == "product") return store::erase_product(tx, ProductId(item.ref_id));
        if (item.kind == "note") store::erase_note(tx, CustomerNoteId(item.ref_id));
        if (item.kind == "tag") store::remove_tag(tx, CustomerId(item.ref_id.substr(0, item.ref_id.find('\n'))), item.ref_id.substr(item.ref_id.find('\n') + 1));
        return true;
    }

    // Newest first; products in a second walk, when the orders that sold them are gone. How many things stayed.
    Result<std::int64_t> erase_all(bool products) {
        std::int64_t before = std::numeric_limits<std::int64_t>::max(), kept = 0;
        for (std::size_t seen = 1; seen > 0;) {
            std::int64_t stayed = 0, next = before;
            const Guard guard{"system", {}, {}, {}, ctx_.clock.now()};
            const auto slice = ctx_.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
                if (stop_ && stop_()) return fail(ErrorKind::unavailable, "import_interrupted");
                stayed = 0;
                const auto items = store::last_items(tx, row_.id, before, 100);
                seen = items.size();
                for (const auto& item : items) {
                    next = item.seq;
                    if ((item.kind == "product") != products) continue;
                    AC_TRY(const bool gone, erase(tx, item));
                    if (gone) store::delete_item(tx, row_.id, item.seq);
                    else ++stayed;
                }
                AC_TRY(auto row, store::find_run(tx, row_.id));
                row.lease_until = guard.now + kLease;
                AC_CHECK(store::update_run(tx, row));
                if (seen == 0 && products) store::delete_adjustments(tx, row_.id);
                return Done{};
            }, {}, db::Lane::bulk);
            AC_CHECK(slice);
            before = next;
            kept += stayed;
        }
        return kept;
    }

    Context& ctx_;
    ImportRunRow row_;
    const fs::path file_, errors_path_;
    const std::function<bool()> stop_;
};

// Takes the lease of a due run; nullopt when another worker was faster.
std::optional<ImportRunRow> claim(Context& ctx, const ImportRunId& id) {
    const Guard guard{"system", {}, {}, {}, ctx.clock.now()};
    const auto row = ctx.store.change(guard, [&](store::Tx& tx) -> Result<ImportRunRow> {
        AC_TRY(auto found, store::find_run(tx, id));
        if (found.lease_until >= guard.now) return fail(ErrorKind::conflict, "import_changed");
        found.lease_until = guard.now + kLease;
        AC_CHECK(store::update_run(tx, found));
        return found;
    });
    if (!row) return std::nullopt;
    return *row;
}

Result<ImportedNow> count_only(Context& ctx, const ImportNow& in, DateOrder dates) {
    AC_TRY(const auto shop, shop_of(ctx, in.shop_id));
    AC_TRY(const auto table, imports::Table::open(in.file));
    std::ofstream errors(in.errors, std::ios::binary);
    const auto tell = [&](store::Tx&, const ImportSummary& sum, std::int64_t bytes) -> Result<void> {
        if (in.progress) in.progress(sum, bytes, table->bytes());
        return {};
    };
    AC_TRY(const auto sum, imports::import_file(ctx, {shop, {}, in.kind, in.mapping, dates, true, false, *table, errors, tell}));
    return ImportedNow{{}, sum};
}

void go_on(Context& ctx, const ImportRunRow& row, const std::function<bool()>& stop) {
    Work work(ctx, row, file_of(ctx, row.id), errors_of(ctx, row.id), stop);
    if (row.state == ImportState::reverting) {
        const auto reverted = work.revert();
        static_cast<void>(reverted);  // interrupted: its lease runs out and the next worker goes on
    } else {
        const bool dry = row.state == ImportState::previewing;
        const auto done = work.import(dry, !dry && row.summary.text != "null");
        static_cast<void>(done);  // told in the run's row
    }
}

}  // namespace

Result<ImportRun> create_import(Context& ctx, const Actor& actor, const Guard& guard, const CreateImport& in) {
    AC_CHECK(require(actor, Permission::import_data));
    AC_CHECK(require_shop(actor, in.shop_id));
    AC_CHECK(need_folder(ctx));
    return ctx.store.change(guard, [&](store::Tx& tx) -> Result<ImportRun> {
        if (!store::find_shop(tx, in.shop_id)) return fail(ErrorKind::not_found, "shop_not_found");
        ImportRunRow row;
        row.id = ctx.ids.make<ImportRunId>();
        row.shop_id = in.shop_id;
        row.kind = word(in.kind);
        row.state = ImportState::uploading;
        row.file_name = fs::path(in.file_name).filename().string();
        row.bytes = in.bytes;
        row.options.text = encode(ImportMapping{});
        row.started_by = actor.staff_id;
        row.created_at = guard.now;
        store::insert_run(tx, row);
        return view_of(ctx, row);
    });
}

Result<ImportRun> put_import_part(Context& ctx, const Actor& actor, const Guard& guard, const ImportPart& in) {
    AC_CHECK(require(actor, Permission::import_data));
    const auto bytes = env::from_base64(in.data);
    if (!bytes) return fail_field("/data", "not_base64");
    if (bytes->size() > kMostPart) return fail_field("/data", "part_too_long");
    AC_TRY(const auto row, ctx.store.read([&](store::Tx& tx) { return visible_run(tx, actor, in.import_id); }));
    const std::int64_t end = in.offset + static_cast<std::int64_t>(bytes->size());
    if (end <= row.received) return view_of(ctx, row);
    if (row.state != ImportState::uploading) return fail(ErrorKind::conflict, "import_not_uploading");
    if (end > row.bytes) return fail_field("/data", "part_too_long");
    if (in.offset != row.received) return fail(Error{ErrorKind::conflict, "part_out_of_order", {}, {}, {{"received", std::to_string(row.received)}}, {}});
    {
        std::ofstream file(file_of(ctx, row.id), std::ios::binary | std::ios::in | std::ios::out);
        if (!file) file.open(file_of(ctx, row.id), std::ios::binary);
        file.seekp(in.offset);
        file.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
        if (!file.flush()) return fail(Error{ErrorKind::unavailable, "disk_full", {}, {}, {}, "the uploaded part could not be written"});
    }
    return change_run(ctx, actor, guard, in.import_id, [&](ImportRunRow& now) -> Result<void> {
        if (now.received != in.offset) return fail(Error{ErrorKind::conflict, "part_out_of_order", {}, {}, {{"received", std::to_string(now.received)}}, {}});
        now.received = end;
        if (end == now.bytes) now.state = ImportState::ready;
        return {};
    });
}

Result<ImportSheet> get_import_sheet(Context& ctx, const Actor& actor, const OneImport& in) {
    AC_CHECK(require(actor, Permission::import_data));
    AC_TRY(const auto row, ctx.store.read([&](store::Tx& tx) { return visible_run(tx, actor, in.import_id); }));
    if (row.state == ImportState::uploading) return fail(ErrorKind::conflict, "import_not_ready");
    return sheet_of(ctx, row, decode<ImportMapping>(row.options.text).value_or(ImportMapping{}));
}

Result<ImportSheet> map_import(Context& ctx, const Actor& actor, const Guard& guard, const MapImport& in) {
    ImportRunRow mapped;
    const auto kept = change_run(ctx, actor, guard, in.import_id, [&](ImportRunRow& row) -> Result<void> {
        if (row.state != ImportState::ready) return fail(ErrorKind::conflict, "import_not_ready");
        row.options.text = encode(in.mapping);
        row.preview.text = "null";
        mapped = row;
        return {};
    });
    AC_CHECK(kept);
    if (mapped.id.empty()) return get_import_sheet(ctx, actor, {in.import_id});  // the answer to a repeated key
    return sheet_of(ctx, mapped, in.mapping);
}

namespace {

// From `ready` on its way; refused at once when the mapping cannot work.
Result<ImportRun> set_going(Context& ctx, const Actor& actor, const Guard& guard, const OneImport& in, ImportState to) {
    AC_CHECK(require(actor, Permission::import_data));
    AC_TRY(const auto row, ctx.store.read([&](store::Tx& tx) { return visible_run(tx, actor, in.import_id); }));
    if (row.state == ImportState::ready) {
        const auto kind = from_word<ImportKind>(row.kind).value_or(ImportKind::orders);
        const auto mapping = decode<ImportMapping>(row.options.text).value_or(ImportMapping{});
        AC_TRY(const auto looked, look_at(file_of(ctx, row.id), kind, mapping));
        AC_CHECK(imports::find_columns(kind, looked.header, mapping));
    }
    return change_run(ctx, actor, guard, in.import_id, [&](ImportRunRow& now) -> Result<void> {
        if (now.state != ImportState::ready) return fail(ErrorKind::conflict, "import_not_ready");
        now.state = to;
        now.done_bytes = 0;
        now.lease_until = {};
        if (to == ImportState::running) now.started_at = guard.now;
        return {};
    });
}

}  // namespace

Result<ImportRun> preview_import(Context& ctx, const Actor& actor, const Guard& guard, const OneImport& in) {
    return set_going(ctx, actor, guard, in, ImportState::previewing);
}

Result<ImportRun> start_import(Context& ctx, const Actor& actor, const Guard& guard, const OneImport& in) {
    return set_going(ctx, actor, guard, in, ImportState::running);
}

Result<ImportRun> cancel_import(Context& ctx, const Actor& actor, const Guard& guard, const OneImport& in) {
    return change_run(ctx, actor, guard, in.import_id, [&](ImportRunRow& row) -> Result<void> {
        switch (row.state) {
            case ImportState::uploading:
            case ImportState::ready:
            case ImportState::running: row.state = ImportState::cancelled; break;
            case ImportState::previewing:
                row.state = ImportState::ready;
                row.preview.text = "null";  // it counted but a part
                break;
            default: return fail(ErrorKind::conflict, "import_not_under_way");
        }
        row.ended_at = guard.now;
        return {};
    });
}

Result<ImportRun> revert_import(Context& ctx, const Actor& actor, const Guard& guard, const OneImport& in) {
    return change_run(ctx, actor, guard, in.import_id, [&](ImportRunRow& row) -> Result<void> {
        const bool ended = row.state == ImportState::done || row.state == ImportState::failed || row.state == ImportState::cancelled || (row.state == ImportState::reverted && row.kept > 0);
        if (!ended) return fail(ErrorKind::conflict, "import_not_ended");
        row.state = ImportState::reverting;
        row.lease_until = {};
        return {};
    });
}

Result<ImportRuns> list_imports(Context& ctx, const Actor& actor, const ListImports& in) {
    AC_CHECK(require(actor, Permission::import_data));
    AC_TRY(const auto after, store::parse_cursor(in.page.after));
    return ctx.store.read([&](store::Tx& tx) -> Result<ImportRuns> {
        const auto page = store::list_runs(tx, shops_for(tx, actor, in.shop_id), after, in.page.limit);
        ImportRuns runs{{}, page.next ? store::print_cursor(*page.next) : ""};
        for (const auto& row : page.items) runs.items.push_back(view_of(ctx, row));
        return runs;
    });
}

Result<ImportRun> get_import(Context& ctx, const Actor& actor, const OneImport& in) {
    AC_CHECK(require(actor, Permission::import_data));
    return ctx.store.read([&](store::Tx& tx) -> Result<ImportRun> {
        AC_TRY(const auto row, visible_run(tx, actor, in.import_id));
        return view_of(ctx, row);
    });
}

Result<fs::path> import_errors(Context& ctx, const Actor& actor, const OneImport& in) {
    AC_TRY(const auto run, get_import(ctx, actor, in));
    if (!run.has_errors) return fail(ErrorKind::not_found, "no_error_file");
    return errors_of(ctx, in.import_id);
}

Result<ImportAdjustments> list_adjustments(Context& ctx, const Actor& actor, const ListAdjustments& in) {
    AC_CHECK(require(actor, Permission::import_data));
    return ctx.store.read([&](store::Tx& tx) -> Result<ImportAdjustments> {
        AC_CHECK(visible_run(tx, actor, in.import_id));
        ImportAdjustments rows{store::list_adjustments(tx, in.import_id, in.after, 201), 0};
        if (rows.items.size() > 200) {
            rows.items.pop_back();
            rows.next = rows.items.back().row_number;
        }
        return rows;
    });
}

bool work_on_imports(Context& ctx, const std::function<bool()>& stop) {
    if (ctx.imports_folder.empty()) return false;
    const auto due = ctx.store.read([&](store::Tx& tx) -> Result<std::vector<ImportRunRow>> { return store::due_runs(tx, ctx.clock.now()); });
    bool worked = false;
    for (const auto& each : due ? *due : std::vector<ImportRunRow>{}) {
        std::error_code ignored;
        // another machine's upload, or a cut-off import of the command line, which only the command line can go on with
        if (each.state != ImportState::reverting && !fs::exists(file_of(ctx, each.id), ignored)) continue;
        if (stop()) break;
        if (const auto row = claim(ctx, each.id)) go_on(ctx, *row, stop), worked = true;
    }
    return worked;
}

Result<ImportedNow> import_now(Context& ctx, const Actor& actor, const ImportNow& in) {
    AC_CHECK(require(actor, Permission::import_data));
    AC_CHECK(require_shop(actor, in.shop_id));
    std::error_code failed;
    const auto bytes = static_cast<std::int64_t>(fs::file_size(in.file, failed));
    if (failed) return fail(ErrorKind::invalid, "file_missing");
    const Guard guard{actor.principal, {}, {}, {}, ctx.clock.now()};
    ImportRunRow row;
    row.id = ctx.ids.make<ImportRunId>();
    row.shop_id = in.shop_id;
    row.kind = word(in.kind);
    row.state = ImportState::running;
    row.file_name = in.file.filename().string();
    row.bytes = row.received = bytes;
    row.options.text = encode(in.mapping);
    row.started_by = actor.staff_id;
    row.created_at = row.started_at = guard.now;
    row.lease_until = guard.now + kLease;
    bool resumed = false;
    AC_TRY(const auto looked, look_at(in.file, in.kind, in.mapping));
    if (in.dry) return count_only(ctx, in, looked.dates);
    AC_TRY(row, ctx.store.change(guard, [&](store::Tx& tx) -> Result<ImportRunRow> {
        if (auto old = store::interrupted_run(tx, in.shop_id, row.kind, row.file_name, bytes, guard.now); old) {
            resumed = true;
            old->options = row.options;
            old->lease_until = row.lease_until;
            AC_CHECK(store::update_run(tx, *old));
            return *old;
        }
        store::insert_run(tx, row);
        return row;
    }));
    Work work(ctx, row, in.file, in.errors, {});
    work.progress = in.progress;
    AC_TRY(const auto sum, work.import(false, resumed));
    return ImportedNow{row.id, sum};
}

}  // namespace aftercare::usecase
