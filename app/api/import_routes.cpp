#include <fstream>

#include "api/routes.hpp"
#include "usecase/imports/imports.hpp"

namespace aftercare::api {
namespace {

constexpr std::streamsize kMostErrors = 16 << 20;  // bytes of an error file that are sent; nobody mends more by hand

Result<HttpResponse> send_errors(const Call& call) {
    AC_TRY(const auto in, read_query<usecase::OneImport>(call));
    AC_TRY(const auto path, usecase::import_errors(call.context, call.session.actor, in));
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorKind::not_found, "no_error_file");
    auto text = std::make_shared<std::string>(kMostErrors, '\0');
    file.read(text->data(), kMostErrors);
    text->resize(static_cast<std::size_t>(file.gcount()));
    if (!file.eof()) text->resize(text->rfind("\r\n") + 2);  // whole rows
    HttpResponse response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"import-errors.csv\"");
    response.file = std::move(text);
    return response;
}

}  // namespace

void add_import_routes(Routes& routes) {
    const std::string all = "/api/v1/imports", one = all + "/{import_id}";
    routes.get(all, "listImports", "Imports, newest first", usecase::list_imports);
    routes.post(all, "createImport", "Begin an import: then send the file in parts", usecase::create_import).creates();
    routes.get(one, "getImport", "An import and how far it is", usecase::get_import);
    routes.post(one + "/parts", "putImportPart", "The next part of the file", usecase::put_import_part);
    routes.get(one + "/sheet", "getImportSheet", "How the file looks and how it would be read", usecase::get_import_sheet);
    routes.post(one + "/mapping", "mapImport", "Say which column is which", usecase::map_import);
    routes.post(one + "/preview", "previewImport", "Count without writing", usecase::preview_import);
    routes.post(one + "/start", "startImport", "Import", usecase::start_import);
    routes.post(one + "/cancel", "cancelImport", "Stop; what was written stays and can be taken back", usecase::cancel_import);
    routes.post(one + "/revert", "revertImport", "Take back what the import made and nobody uses by now", usecase::revert_import);
    routes.get(one + "/adjustments", "listAdjustments", "Rows that were no trade with a customer", usecase::list_adjustments);
    Route& errors = routes.add("GET", one + "/errors", "importErrors", "Rows that could not be read, as CSV with reasons", send_errors);
    errors.in = describe<usecase::OneImport>;
    errors.out_type = "text/csv";
}

}  // namespace aftercare::api
