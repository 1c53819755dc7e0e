#include "usecase/imports/look.hpp"

#include "usecase/imports/table.hpp"
#include "usecase/imports/times.hpp"

namespace aftercare::usecase::imports {
namespace {

constexpr std::size_t kSamples = 20, kLearnRows = 2'000;

}  // namespace

std::filesystem::path file_of(const Context& ctx, const ImportRunId& id) { return ctx.imports_folder / (id.value + ".file"); }
std::filesystem::path errors_of(const Context& ctx, const ImportRunId& id) { return ctx.imports_folder / (id.value + ".errors.csv"); }

Result<Looked> look_at(const Context& ctx, const std::filesystem::path& file, ImportKind kind, const ImportMapping& mapping) {
    AC_TRY(const auto table, Table::open(file, ctx.imports_folder));
    env::CsvRow row;
    if (table->next(row) != env::CsvStep::row) return fail(ErrorKind::invalid, "file_empty");
    Looked looked;
    looked.header = row.fields;
    std::vector<FieldError> ignored;
    const auto columns = guess_columns(kind, looked.header, mapping, ignored);
    DateLearner learner;
    // A file sorted by time may stay on days 1 to 12 for long: where that leaves a doubt, it is read on.
    for (std::size_t i = 0; (i < kLearnRows || learner.in_doubt()) && table->next(row) != env::CsvStep::end; ++i) {
        if (looked.samples.size() < kSamples && !row.fields.empty()) looked.samples.push_back({row.fields});
        using F = Field;
        for (const F field : {F::placed_at, F::paid_at, F::applied_at, F::reviewed_at, F::created_at, F::birthday}) learner.see(columns.text(row.fields, field));
    }
    looked.dates = learner.order();
    looked.format = table->format();
    looked.charset = table->charset();
    looked.separator = std::string(1, table->separator());
    return looked;
}

}  // namespace aftercare::usecase::imports
