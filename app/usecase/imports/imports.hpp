#pragma once
#include <functional>

#include "store/imports.hpp"
#include "usecase/context.hpp"
#include "usecase/imports/columns.hpp"
#include "usecase/imports/summary.hpp"
#include "usecase/views.hpp"

/// Imports as people run them: upload, mapping, preview, start, errors, taking back (customers-and-revisits.md, section 8).
namespace aftercare::usecase {

using imports::ImportMapping;

struct ImportRun {
    static constexpr std::string_view kSchema = "ImportRun";
    ImportRunId id;
    ShopId shop_id;
    ImportKind kind{};
    ImportState state{};
    std::string file_name;
    std::int64_t bytes = 0, received = 0, done_bytes = 0, kept = 0;
    ImportMapping mapping;
    std::optional<ImportSummary> preview, summary;
    bool has_errors = false;  ///< an error file can be had
    std::string error;
    StaffId started_by;
    Instant created_at, started_at, ended_at;
    std::int64_t version = 0;
};
template <class Io>
void fields(Io& io, ImportRun& r) {
    io("id", r.id);
    io("shop_id", r.shop_id);
    io("kind", r.kind);
    io("state", r.state);
    io("file_name", r.file_name);
    io("bytes", r.bytes);
    io("received", r.received, doc("bytes of the file that are here; the next part starts there"));
    io("done_bytes", r.done_bytes, doc("bytes read so far by a preview or import"));
    io("kept", r.kept, doc("things a revert had to leave because they are in use by now"));
    io("mapping", r.mapping);
    io("preview", r.preview);
    io("summary", r.summary);
    io("has_errors", r.has_errors);
    io("error", r.error, maybe, doc("code of what ended it"));
    io("started_by", r.started_by, maybe);
    io("created_at", r.created_at);
    io("started_at", r.started_at, maybe);
    io("ended_at", r.ended_at, maybe);
    io("version", r.version);
}

struct CreateImport {
    ShopId shop_id;
    ImportKind kind{};
    std::string file_name;
    std::int64_t bytes = 0;
};
template <class Io>
void fields(Io& io, CreateImport& in) {
    io("shop_id", in.shop_id);
    io("kind", in.kind);
    io("file_name", in.file_name, length(1, 255));
    io("bytes", in.bytes, between(1, std::int64_t{8} << 30));
}
Result<ImportRun> create_import(Context&, const Actor&, const Guard&, const CreateImport&);

struct ImportPart {
    ImportRunId import_id;
    std::int64_t offset = 0;
    std::string data;
};
template <class Io>
void fields(Io& io, ImportPart& in) {
    io("import_id", in.import_id);
    io("offset", in.offset, between(0, std::int64_t{8} << 30));
    io("data", in.data, length(1, 960'000), doc("base64; parts in order, each at `received`"));
}
/// A part that is here already changes nothing. `conflict` "part_out_of_order" (param received), "import_not_uploading";
/// "upload_lost" (the beginning is not on this machine); `invalid` "not_base64", "part_too_long". With the last byte the state is `ready`.
Result<ImportRun> put_import_part(Context&, const Actor&, const Guard&, const ImportPart&);

struct OneImport {
    ImportRunId import_id;
};
template <class Io>
void fields(Io& io, OneImport& in) {
    io("import_id", in.import_id);
}
struct SampleRow {
    static constexpr std::string_view kSchema = "ImportSampleRow";
    std::vector<std::string> cells;
};
template <class Io>
void fields(Io& io, SampleRow& r) {
    io("cells", r.cells);
}
struct SheetField {
    static constexpr std::string_view kSchema = "ImportField";
    std::string field, heading;  ///< heading: empty when the file has none for it
    std::string problem;         ///< "column_missing", "column_not_in_file", …
    std::vector<std::string> one_of;  ///< fields of which the file needs one, this among them; empty: not needed
};
template <class Io>
void fields(Io& io, SheetField& f) {
    io("field", f.field);
    io("heading", f.heading, maybe);
    io("problem", f.problem, maybe);
    io("one_of", f.one_of, doc("fields of which the file needs one, this among them; empty: not needed"));
}
/// How the file looks and how it would be read.
struct ImportSheet {
    static constexpr std::string_view kSchema = "ImportSheet";
    std::string format, charset, separator;
    std::vector<std::string> header;
    std::vector<SampleRow> rows;      ///< the first 20
    std::vector<SheetField> columns;  ///< each field a file of this kind can have, those needed first
    std::vector<std::string> problems;  ///< of the mapping as a whole
    DateOrder dates{};                ///< as learned; automatic: nothing gave it away, day first is read
    std::vector<imports::Preset> presets;
};
template <class Io>
void fields(Io& io, ImportSheet& s) {
    io("format", s.format);
    io("charset", s.charset);
    io("separator", s.separator);
    io("header", s.header);
    io("rows", s.rows);
    io("columns", s.columns);
    io("problems", s.problems);
    io("dates", s.dates);
    io("presets", s.presets);
}
Result<ImportSheet> get_import_sheet(Context&, const Actor&, const OneImport&);

struct MapImport {
    ImportRunId import_id;
    ImportMapping mapping;
};
template <class Io>
void fields(Io& io, MapImport& in) {
    io("import_id", in.import_id);
    io("mapping", in.mapping);
}
/// Keeps the mapping and shows what it makes of the file. `conflict` "import_not_ready".
Result<ImportSheet> map_import(Context&, const Actor&, const Guard&, const MapImport&);
/// Counts without writing; the result is in `preview`.
Result<ImportRun> preview_import(Context&, const Actor&, const Guard&, const OneImport&);
Result<ImportRun> start_import(Context&, const Actor&, const Guard&, const OneImport&);
/// Stops at the next slice; what was written stays and can be taken back.
Result<ImportRun> cancel_import(Context&, const Actor&, const Guard&, const OneImport&);
/// Takes back what the import made and nothing leans on by now, and what it said of customers and products that were here. The
/// delivery that it told of an older order stays. `conflict` "import_not_ended".
Result<ImportRun> revert_import(Context&, const Actor&, const Guard&, const OneImport&);

struct ImportRuns {
    static constexpr std::string_view kSchema = "ImportRuns";
    std::vector<ImportRun> items;
    std::string next;
};
template <class Io>
void fields(Io& io, ImportRuns& r) {
    io("items", r.items);
    io("next", r.next, maybe);
}
struct ListImports {
    Page page;
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, ListImports& in) {
    fields(io, in.page);
    io("shop_id", in.shop_id);
}
Result<ImportRuns> list_imports(Context&, const Actor&, const ListImports&);
Result<ImportRun> get_import(Context&, const Actor&, const OneImport&);
/// The error file's path. `not_found` "no_error_file".
Result<std::filesystem::path> import_errors(Context&, const Actor&, const OneImport&);

struct ImportAdjustments {
    static constexpr std::string_view kSchema = "ImportAdjustments";
    std::vector<store::ImportAdjustment> items;
    std::int64_t next = 0;
};
template <class Io>
void fields(Io& io, ImportAdjustments& a) {
    io("items", a.items);
    io("next", a.next, maybe);
}
struct ListAdjustments {
    ImportRunId import_id;
    std::int64_t after = 0;
};
template <class Io>
void fields(Io& io, ListAdjustments& in) {
    io("import_id", in.import_id);
    io("after", in.after, maybe, between(0, std::int64_t{1} << 52), doc("row number"));
}
/// Rows that were no trade with a customer, 200 at a time.
Result<ImportAdjustments> list_adjustments(Context&, const Actor&, const ListAdjustments&);

/// For jobs: goes on with imports that wait, one after the other, until none does or `stop` says so; an import under way is
/// then left for the next worker. True when it did something.
bool work_on_imports(Context&, const std::function<bool()>& stop);

/// For the command line: takes back at once; the state is `reverted`, or `reverting` when it was stopped.
Result<ImportRun> revert_now(Context&, const Actor&, const Guard&, const OneImport&, const std::function<bool()>& stop);

/// For the hourly upkeep: removes uploads and error files of 30 days ago.
void forget_import_files(Context&);

/// For the command line: the whole import of a file at once. A run of the same file that was cut off is gone on with.
struct ImportNow {
    ShopId shop_id;
    ImportKind kind{};
    std::filesystem::path file;
    ImportMapping mapping;
    bool dry = false;
    std::filesystem::path errors{};  ///< where the error file goes; empty: beside those of uploads
    std::function<void(const ImportSummary&, std::int64_t bytes, std::int64_t of)> progress{};  ///< after each slice
    std::function<bool()> stop{};  ///< true: stop at the next slice ("import_interrupted")
};
struct ImportedNow {
    ImportRunId id;  ///< empty: a dry run leaves no trace
    ImportSummary summary;
    std::filesystem::path errors;
};
/// `conflict` "import_under_way" while another process holds it, for two minutes after one was killed.
Result<ImportedNow> import_now(Context&, const Actor&, const ImportNow&);

}  // namespace aftercare::usecase
