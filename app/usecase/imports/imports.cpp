#include "usecase/imports/imports.hpp"

#include <algorithm>
#include <fstream>

#include "env/base64.hpp"
#include "store/staff.hpp"
#include "usecase/facts.hpp"
#include "usecase/imports/look.hpp"

namespace aftercare::usecase {
namespace {

namespace fs = std::filesystem;
using imports::errors_of, imports::file_of, imports::look_at;
using store::ImportRunRow;

constexpr std::size_t kMostPart = 700'000;

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

Result<ImportSheet> sheet_of(Context& ctx, const ImportRunRow& row, const ImportMapping& mapping) {
    const auto kind = from_word<ImportKind>(row.kind).value_or(ImportKind::orders);
    AC_TRY(auto looked, look_at(ctx, file_of(ctx, row.id), kind, mapping));
    ImportSheet sheet{looked.format, looked.charset, looked.separator, looked.header, std::move(looked.samples), {}, {}, looked.dates, {}};
    std::vector<FieldError> errors;
    const auto columns = imports::guess_columns(kind, sheet.header, mapping, errors);
    for (const imports::Field field : imports::fields_of(kind)) {
        const auto name_of = [](imports::Field f) { return std::string(imports::kFieldNames[static_cast<std::size_t>(f)]); };
        SheetField shown{name_of(field), {}, {}, {}};
        for (const imports::Field each : imports::needed_with(kind, field)) shown.one_of.push_back(name_of(each));
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
        std::error_code missing;
        const auto here = fs::file_size(file_of(ctx, row.id), missing);
        if (in.offset > 0 && (missing || static_cast<std::int64_t>(here) < in.offset)) return fail(ErrorKind::conflict, "upload_lost");
        std::ofstream file(file_of(ctx, row.id), in.offset == 0 ? std::ios::binary | std::ios::out : std::ios::binary | std::ios::in | std::ios::out);
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
        AC_TRY(const auto looked, look_at(ctx, file_of(ctx, row.id), kind, mapping));
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
    const auto run = change_run(ctx, actor, guard, in.import_id, [&](ImportRunRow& row) -> Result<void> {
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
    std::error_code ignored;  // the hourly sweep finds what stays
    if (run && run->state == ImportState::cancelled) fs::remove(file_of(ctx, in.import_id), ignored);
    return run;
}

Result<ImportRun> revert_import(Context& ctx, const Actor& actor, const Guard& guard, const OneImport& in) {
    return change_run(ctx, actor, guard, in.import_id, [&](ImportRunRow& row) -> Result<void> {
        const bool cut_off = row.state == ImportState::running && !row.content_hash.empty() && row.lease_until < guard.now;
        const bool ended = cut_off || row.state == ImportState::done || row.state == ImportState::failed || row.state == ImportState::cancelled || (row.state == ImportState::reverted && row.kept > 0);
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

}  // namespace aftercare::usecase
