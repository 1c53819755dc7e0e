#pragma once
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "store/check.hpp"
#include "usecase/cases.hpp"
#include "support/temp_folder.hpp"
#include "usecase/customers.hpp"
#include "usecase/imports/imports.hpp"
#include "usecase/products.hpp"
#include "usecase/search.hpp"
#include "usecase/orders.hpp"
#include "usecase/staff.hpp"
#include "world.hpp"

/// A London shop that imports files.
namespace aftercare::test {

inline constexpr const char* kHeader = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n";

struct Importing : World {
    ShopId shop = usecase::add_shop(ctx, test::an_admin(), guard(test::an_admin()), {"uk", "UK", "GBP", "Europe/London"})->id;
    test::TempFolder folder;
    std::string errors;
    usecase::ImportMapping mapping;
    ImportRunId last;

    Result<usecase::ImportedNow> attempt(const std::string& text, ImportKind kind = ImportKind::orders, bool dry = false) {
        const auto file = folder.path() / "file.csv", bad = folder.path() / "errors.csv";
        std::ofstream(file, std::ios::binary) << text;
        clock.advance(minutes(5));
        auto done = usecase::import_now(ctx, test::an_admin(), {shop, kind, file, mapping, dry, bad});
        std::ifstream in(bad, std::ios::binary);
        errors.assign(std::istreambuf_iterator<char>(in), {});
        return done;
    }
    usecase::ImportSummary run(const std::string& rows, const char* header = kHeader, ImportKind kind = ImportKind::orders, bool dry = false) {
        const auto done = attempt(header + rows, kind, dry);
        REQUIRE(done);
        const auto& sum = done->summary;
        CHECK(sum.rows == sum.order_lines + sum.return_lines + sum.adjustments + sum.records_added + sum.records_changed + sum.rejected + sum.skipped);
        if (!dry) last = done->id;
        return sum;
    }
    usecase::OrderView order(const std::string& number) {
        const auto found = usecase::list_orders(ctx, test::an_admin(), {{}, shop, number}).value();
        REQUIRE(found.items.size() == 1);
        return usecase::get_order(ctx, test::an_admin(), {found.items[0].order.id}).value();
    }
    std::vector<Customer> customers(const std::string& q = {}) {
        return usecase::list_customers(ctx, test::an_admin(), {{}, shop, q.empty() ? std::nullopt : std::optional(q), {}}).value().items;
    }
    usecase::CustomerView customer(const std::string& q) {
        const auto found = customers(q);
        REQUIRE(found.size() == 1);
        return usecase::get_customer(ctx, test::an_admin(), {found.front().id}).value();
    }
    bool nothing_differs() { return store::check(store, {}).value().differences.empty(); }
};

}  // namespace aftercare::test
