#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cli/house.hpp"
#include "cli/verbs.hpp"
#include "usecase/imports/imports.hpp"
#include "usecase/staff.hpp"

namespace aftercare::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;

/// Ctrl-C: what is written stays, and the same command goes on behind it.
std::function<bool()> until_interrupted() {
    std::signal(SIGINT, [](int) { interrupted = 1; });
    std::signal(SIGTERM, [](int) { interrupted = 1; });
    return [] { return interrupted != 0; };
}

struct ImportOptions {
    ImportKind kind{};
    std::string file, shop, currency = "GBP", zone = "Europe/London", map, preset, id;
    bool json = false, dry_run = false, dedupe = false;
};

tl::unexpected<Error> sorry(ErrorKind kind, std::string code, std::string words) { return fail(Error{kind, std::move(code), {}, {}, {}, std::move(words)}); }

/// The shop named, the only one there is, or a new one: an empty installation takes its first file without a set-up.
Result<ShopId> shop_for(House& house, const ImportOptions& options) {
    const auto system = domain::system_actor();
    AC_TRY(const auto shops, usecase::list_shops(house.context, system, {}));
    if (options.shop.empty() && shops.items.size() == 1) return shops.items.front().id;
    if (options.shop.empty() && shops.items.size() > 1) return sorry(ErrorKind::invalid, "invalid_fields", "there are several shops; say which with --shop CODE");
    const std::string code = options.shop.empty() ? "main" : options.shop;
    for (const auto& shop : shops.items)
        if (shop.code == code) return shop.id;
    AC_TRY(const auto made, usecase::add_shop(house.context, system, house.operators_guard(), {code, code, options.currency, options.zone}));
    std::cerr << "made shop \"" << code << "\" (" << options.currency << ", " << options.zone << ")\n";
    return made.id;
}

Result<usecase::ImportMapping> mapping_for(const ImportOptions& options) {
    usecase::ImportMapping mapping;
    if (!options.map.empty()) {
        std::ifstream file(options.map, std::ios::binary);
        if (!file) return sorry(ErrorKind::invalid, "invalid_fields", "cannot open the mapping " + options.map);
        const std::string text(std::istreambuf_iterator<char>(file), {});
        AC_TRY(mapping, decode<usecase::ImportMapping>(text));
    }
    if (!options.preset.empty()) mapping.preset = options.preset;
    mapping.dedupe = mapping.dedupe || options.dedupe;
    return mapping;
}

/// Rows and percent on one line of a terminal; silent elsewhere.
std::function<void(const usecase::ImportSummary&, std::int64_t, std::int64_t)> progress_line() {
    if (!isatty(STDERR_FILENO)) return {};
    return [](const usecase::ImportSummary& sum, std::int64_t bytes, std::int64_t of) {
        std::cerr << '\r' << sum.rows << " rows, " << (of > 0 ? bytes * 100 / of : 100) << " %, " << sum.orders_added << " new orders " << std::flush;
    };
}

void say(const usecase::ImportedNow& done, const ImportOptions& options) {
    const auto& sum = done.summary;
    if (isatty(STDERR_FILENO)) std::cerr << '\n';
    if (sum.rejected > 0) std::cerr << sum.rejected << " rows could not be read; they stand in " << done.errors.string() << '\n';
    const double spent = static_cast<double>(sum.milliseconds) / 1000.0;
    if (options.json) {
        auto json = nlohmann::json::parse(encode(sum));
        json["seconds"] = spent;
        if (sum.rejected > 0) json["errors"] = done.errors.string();
        if (!done.id.empty()) json["import_id"] = done.id.value;
        std::cout << json.dump() << std::endl;
        return;
    }
    std::cout << "rows " << sum.rows << " = order lines " << sum.order_lines << " + return lines " << sum.return_lines << " + adjustments "
              << sum.adjustments << " + records " << sum.records_added + sum.records_changed << " + rejected " << sum.rejected << " + skipped "
              << sum.skipped << "\norders " << sum.orders << " (" << sum.orders_added << " new), customers " << sum.customers << " ("
              << sum.customers_added << " new), returns " << sum.returns << " (" << sum.returns_added << " new, " << sum.returns_linked
              << " lines linked to a sale), products " << sum.products_added << " new, " << spent << " s\n";
    if (options.dry_run) std::cout << "nothing was written (--dry-run)\n";
    else std::cout << "take it back with: aftercare import revert " << done.id.value << '\n';
}

Result<void> import_file(const Launch& launch, const ImportOptions& options) {
    AC_TRY(const auto mapping, mapping_for(options));
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    AC_TRY(const ShopId shop, shop_for(*house, options));
    const std::filesystem::path path(options.file);
    std::error_code failed;
    std::filesystem::create_directories(house->context.imports_folder, failed);
    const auto errors = options.dry_run ? house->context.imports_folder / (path.filename().string() + ".errors.csv") : std::filesystem::path{};
    AC_TRY(const auto done, usecase::import_now(house->context, domain::system_actor(),
                                                {shop, options.kind, path, mapping, options.dry_run, errors, progress_line(), until_interrupted()}));
    if (done.summary.rejected == 0) std::filesystem::remove(done.errors, failed);
    say(done, options);
    return {};
}

Result<void> revert(const Launch& launch, const ImportOptions& options) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    const auto system = domain::system_actor();
    AC_TRY(const auto run, usecase::revert_now(house->context, system, house->operators_guard(), {ImportRunId(options.id)}, until_interrupted()));
    if (run.state != ImportState::reverted) return sorry(ErrorKind::unavailable, "import_interrupted", run.file_name + ": not all of it is taken back yet; the service goes on with it");
    std::cout << run.file_name << ": taken back" << (run.kept > 0 ? "; " + std::to_string(run.kept) + " things are in use by now and stay" : std::string()) << '\n';
    return {};
}

Result<void> list_imports(const Launch& launch) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    AC_TRY(const auto runs, usecase::list_imports(house->context, domain::system_actor(), {}));
    for (const auto& run : runs.items)
        std::cout << run.id.value << "  " << word(run.state) << "  " << word(run.kind) << "  " << run.file_name << "  "
                  << (run.summary ? std::to_string(run.summary->rows) + " rows" : "") << '\n';
    if (runs.items.empty()) std::cout << "nothing was imported yet\n";
    return {};
}

}  // namespace

void add_import(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("import", "Bring in what a shop has already");
    verb->require_subcommand(1);
    struct Kind {
        ImportKind kind;
        const char *name, *about;
    };
    for (const Kind& each : {Kind{ImportKind::orders, "orders", "Order lines: orders, customers, products and settled returns"},
                             Kind{ImportKind::customers, "customers", "Customers with addresses, tags and notes"},
                             Kind{ImportKind::products, "products", "Products: SKU, name, specification, price, image"},
                             Kind{ImportKind::after_sales, "after-sales", "A marketplace's refunds and returns; their orders must be here"},
                             Kind{ImportKind::reviews, "reviews", "Reviews; their orders or customers must be here"}}) {
        const auto options = std::make_shared<ImportOptions>();
        options->kind = each.kind;
        CLI::App* one = verb->add_subcommand(each.name, std::string(each.about) + ". CSV (also .gz) or XLSX, UTF-8 or GB18030. Can be run again: what is here is skipped");
        launch.add_data_options(*one);
        one->add_option("FILE", options->file, "file with a header; its columns are found by their names")->required();
        one->add_option("--shop", options->shop, "code of the shop; made if it does not exist. Default: the only shop, or a new one, \"main\"");
        one->add_option("--map", options->map, "JSON file that says which column is which: {\"columns\": {\"number\": \"Order no.\"}, \"dates\": \"dmy\"}");
        one->add_option("--preset", options->preset, "a known export, such as taobao_orders");
        one->add_option("--currency", options->currency, "currency of a shop made here")->capture_default_str();
        one->add_option("--zone", options->zone, "time zone of a shop made here; the file's times are local there")->capture_default_str();
        one->add_flag("--dry-run", options->dry_run, "only count");
        if (each.kind == ImportKind::orders) one->add_flag("--dedupe", options->dedupe, "leave out rows that repeat another row of their order in every column");
        one->add_flag("--json", options->json, "end with the summary as one JSON object on the last line");
        launch.run(*one, [&launch, options] { return import_file(launch, *options); });
    }
    const auto options = std::make_shared<ImportOptions>();
    CLI::App* back = verb->add_subcommand("revert", "Take back what an import made and nobody uses by now");
    launch.add_data_options(*back);
    back->add_option("ID", options->id, "the import, see: aftercare import list")->required();
    launch.run(*back, [&launch, options] { return revert(launch, *options); });
    CLI::App* runs = verb->add_subcommand("list", "The imports of this installation, newest first");
    launch.add_data_options(*runs);
    launch.run(*runs, [&launch] { return list_imports(launch); });
}

}  // namespace aftercare::cli
