#include <filesystem>
#include <fstream>
#include <iostream>

#include "bench/goals.hpp"
#include "bench/raw_sqlite.hpp"
#include "bench/sample.hpp"
#include "bench/shop.hpp"
#include "db/migrate.hpp"
#include "usecase/imports/imports.hpp"
#include "usecase/staff.hpp"

namespace aftercare::bench {

namespace {

namespace fs = std::filesystem;

// Orders of 18 lines, one in five without a customer, as the real set has them.
void write_file(const std::string& file, std::size_t rows) {
    std::ofstream out(file, std::ios::binary);
    out << "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n";
    for (std::size_t i = 0; i < rows; ++i) {
        const std::size_t order = i / 18, sku = i * 7'919 % 4'000;
        out << 500'000 + order << ',' << 10'000 + sku << ",CERAMIC THING " << sku << ',' << i % 12 + 1 << ",2010-0" << order % 9 + 1 << "-1" << order % 9
            << " 10:" << 10 + order % 50 << ":00," << sku % 40 << ".95," << (order % 5 == 0 ? std::string() : std::to_string(12'000 + order % 4'000)) << ",United Kingdom\n";
    }
}

/// Imports the file into an empty shop; rows a second. `observer` sees the statements.
double import_into(const std::string& file, const std::string& database, std::size_t rows, const db::Observer& observer) {
    db::Options options;
    options.url = database;
    options.inline_writer = true;
    options.observer = observer;
    Desk desk(options);
    db::migrate(*desk.database, desk.clock.now());
    const usecase::Actor system = domain::system_actor();
    const usecase::Guard guard{"system", {}, {}, {}, desk.clock.now()};
    const auto shop = usecase::add_shop(desk.context, system, guard, {"bench", "Bench", "GBP", "Europe/London"}).value();
    const Stopwatch watch;
    const auto done = usecase::import_now(desk.context, system, {shop.id, ImportKind::orders, file, {}, false, file + ".errors"});
    if (!done || done->summary.order_lines != static_cast<std::int64_t>(rows)) throw std::runtime_error("the import lost rows");
    return static_cast<double>(rows) / watch.seconds();
}

/// The same rows by bare inserts, 5,000 a transaction.
double load_raw(const Recording& recording, const std::string& empty, std::size_t rows) {
    RawSqlite raw(empty, recording.texts);
    const Change& all = recording.changes.front();
    const Stopwatch watch;
    for (std::size_t at = 0; at < all.size();) {
        raw.begin();
        for (std::size_t end = std::min(at + 5'000, all.size()); at < end; ++at) raw.run(all[at]);
        raw.commit();
    }
    return static_cast<double>(rows) / watch.seconds();
}

}  // namespace

std::vector<Goal> measure_import(const Plan& plan) {
    const std::string file = plan.folder + "/import.csv", base = plan.folder + "/import-base.db";
    write_file(file, plan.import_rows);
    Recorder recorder;
    recorder.begin();
    import_into(file, plan.folder + "/import-recorded.db", plan.import_rows, recorder.observer());
    Recording recording = recorder.take();
    std::erase_if(recording.changes.front(), [&](const Step& step) {
        const std::string& text = recording.texts[step.text];
        return !text.starts_with("INSERT INTO sales_order") && !text.starts_with("INSERT INTO order_line") && !text.starts_with("INSERT INTO payment") &&
               !text.starts_with("INSERT INTO customer (") && !text.starts_with("INSERT INTO shop");
    });
    {
        db::Options options;
        options.url = base;
        options.inline_writer = true;
        Desk desk(options);
        db::migrate(*desk.database, desk.clock.now());
    }
    std::vector<double> own, raw, ratios;
    for (int turn = 0; turn < std::min(plan.turns, 3); ++turn) {
        std::cerr << "  import, turn " << turn + 1 << '\n';
        const std::string name = plan.folder + "/import-" + std::to_string(turn);
        own.push_back(import_into(file, name + ".db", plan.import_rows, {}));
        fs::copy_file(base, name + "-raw.db");
        raw.push_back(load_raw(recording, name + "-raw.db", plan.import_rows));
        ratios.push_back(own.back() / raw.back());
        for (const char* end : {".db", ".db-wal", ".db-shm", "-raw.db", "-raw.db-wal", "-raw.db-shm"}) fs::remove(name + end);
    }
    return {{"16", "import of order rows (file to durable rows) against a raw load of the same rows", number(median(raw)) + "/s", number(median(own)) + "/s", median(ratios), 0.10}};
}

}  // namespace aftercare::bench
