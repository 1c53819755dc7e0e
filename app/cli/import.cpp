#include <unistd.h>

#include <Poco/InflatingStream.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>

#include "cli/house.hpp"
#include "cli/verbs.hpp"
#include "usecase/imports/import_orders.hpp"
#include "usecase/staff.hpp"

namespace aftercare::cli {
namespace {

struct ImportOptions {
    std::string file, shop, currency = "GBP", zone = "Europe/London", errors;
    bool json = false;
};

/// The shop named, the only one there is, or a new one: an empty installation takes its first file without a set-up.
Result<ShopId> shop_for(House& house, const ImportOptions& options) {
    const auto system = domain::system_actor();
    AC_TRY(const auto shops, usecase::list_shops(house.context, system, {}));
    if (options.shop.empty() && shops.items.size() == 1) return shops.items.front().id;
    if (options.shop.empty() && shops.items.size() > 1)
        return fail(Error{ErrorKind::invalid, "invalid_fields", {}, {}, {}, "there are several shops; say which with --shop CODE"});
    const std::string code = options.shop.empty() ? "main" : options.shop;
    for (const auto& shop : shops.items)
        if (shop.code == code) return shop.id;
    AC_TRY(const auto made, usecase::add_shop(house.context, system, house.operators_guard(),
                                              {code, code, options.currency, options.zone}));
    std::cerr << "made shop \"" << code << "\" (" << options.currency << ", " << options.zone << ")\n";
    return made.id;
}

/// Rows and percent on one line of a terminal; silent elsewhere.
std::function<void(const usecase::ImportSummary&, std::int64_t)> progress_line(std::uintmax_t size) {
    if (!isatty(STDERR_FILENO)) return {};
    return [size](const usecase::ImportSummary& sum, std::int64_t bytes) {
        std::cerr << '\r' << sum.rows << " rows";
        if (size > 0) std::cerr << ", " << std::min<std::int64_t>(100, bytes * 100 / static_cast<std::int64_t>(size)) << " %";
        std::cerr << ", " << sum.orders_added << " orders, " << sum.returns_added << " returns   " << std::flush;
    };
}

void say(const usecase::ImportSummary& sum, const ImportOptions& options) {
    if (isatty(STDERR_FILENO)) std::cerr << '\n';
    if (sum.rejected > 0) std::cerr << sum.rejected << " rows could not be read; they stand in " << options.errors << '\n';
    if (options.json) {
        std::cout << encode(sum) << std::endl;
        return;
    }
    std::cout << "rows " << sum.rows << " = order lines " << sum.order_lines << " + return lines " << sum.return_lines
              << " + adjustments " << sum.adjustments << " + rejected " << sum.rejected << " + skipped " << sum.skipped << "\norders "
              << sum.orders << " (" << sum.orders_added << " new), customers " << sum.customers << " (" << sum.customers_added
              << " new), returns " << sum.returns << " (" << sum.returns_added << " new, " << sum.returns_linked
              << " lines linked to a sale), " << static_cast<double>(sum.milliseconds) / 1000.0 << " s\n";
}

Result<void> import_orders(const Launch& launch, ImportOptions options) {
    std::ifstream file(options.file, std::ios::binary);
    if (!file) return fail(Error{ErrorKind::invalid, "invalid_fields", {}, {}, {}, "cannot open " + options.file + ": " + std::strerror(errno)});
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    AC_TRY(const ShopId shop, shop_for(*house, options));

    const std::filesystem::path path(options.file);
    const auto folder = std::filesystem::path(config.data_dir) / "imports";
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    options.errors = (folder / (path.filename().string() + ".errors.csv")).string();
    std::ofstream errors(options.errors, std::ios::binary);
    if (!errors)
        return fail(Error{ErrorKind::unavailable, "read_only", {}, {}, {}, "cannot write " + options.errors + ": " + std::strerror(errno)});

    std::optional<Poco::InflatingInputStream> unpacked;
    if (path.extension() == ".gz") unpacked.emplace(file, Poco::InflatingStreamBuf::STREAM_GZIP);
    std::istream& in = unpacked ? static_cast<std::istream&>(*unpacked) : file;
    const auto size = unpacked ? 0 : std::filesystem::file_size(path, failed);
    AC_TRY(const auto sum, usecase::import_orders(house->context, domain::system_actor(), {shop, in, errors, progress_line(size)}));
    if (!errors.flush())
        return fail(Error{ErrorKind::unavailable, "disk_full", {}, {}, {}, "the error file " + options.errors + " could not be written"});
    say(sum, options);
    return {};
}

}  // namespace

void add_import(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("import", "Bring in what a shop has already");
    verb->require_subcommand(1);
    const auto options = std::make_shared<ImportOptions>();
    CLI::App* orders = verb->add_subcommand(
        "orders", "Orders, customers and settled returns from a CSV file of order lines (.csv or .csv.gz). Can be run again: what is here is skipped");
    launch.add_data_options(*orders);
    orders->add_option("FILE", options->file, "UTF-8 CSV with a header (Invoice, StockCode, Description, Quantity, InvoiceDate, Price, Customer ID, Country)")
        ->required();
    orders->add_option("--shop", options->shop, "code of the shop; made if it does not exist. Default: the only shop, or a new one, \"main\"");
    orders->add_option("--currency", options->currency, "currency of a shop made here")->capture_default_str();
    orders->add_option("--zone", options->zone, "time zone of a shop made here; the file's times are local there")->capture_default_str();
    orders->add_flag("--json", options->json, "end with the summary as one JSON object on the last line");
    launch.run(*orders, [&launch, options] { return import_orders(launch, *options); });
}

}  // namespace aftercare::cli
