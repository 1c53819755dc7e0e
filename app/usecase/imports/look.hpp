#pragma once
#include "usecase/imports/imports.hpp"

/// A file before it is imported, and where those of a run lie.
namespace aftercare::usecase::imports {

std::filesystem::path file_of(const Context& ctx, const ImportRunId& id);
std::filesystem::path errors_of(const Context& ctx, const ImportRunId& id);

struct Looked {
    std::vector<std::string> header;
    std::vector<SampleRow> samples;  ///< the first 20
    DateOrder dates = DateOrder::automatic;
    std::string format, charset, separator;
};
/// Reads the beginning of the file, and as much more as it takes to know whether day or month comes first: what it looks like,
/// and what its dates mean. `invalid` "file_empty" and those of Table::open.
Result<Looked> look_at(const Context& ctx, const std::filesystem::path& file, ImportKind kind, const ImportMapping& mapping);

}  // namespace aftercare::usecase::imports
