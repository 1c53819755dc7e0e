#include "import_world.hpp"

using namespace aftercare;
using test::Importing, test::kHeader;

TEST_CASE("an import taken back leaves nothing, but what is in use by now") {
    Importing w;
    w.run("1,A,CUP,3,2009-12-01 07:45:00,5,7,UK\n");
    const auto first = w.last;
    w.run("C2,A,CUP,-1,2009-12-05 07:45:00,5,7,UK\n3,B,TEA,1,2009-12-05 07:45:00,5,8,UK\nC4,X,GONE,-1,2009-12-05 07:45:00,5,,UK\n");
    const auto second = w.last;
    const auto revert = [&](const ImportRunId& id) {
        REQUIRE(usecase::revert_import(w.ctx, test::an_admin(), w.guard(test::an_admin()), {id}));
        w.ctx.imports_folder = w.folder.path();
        usecase::work_on_imports(w.ctx, [] { return false; });
        w.clock.advance(minutes(5));
        return usecase::get_import(w.ctx, test::an_admin(), {id}).value();
    };
    SECTION("the later one first") {
        const auto gone = revert(second);
        CHECK(gone.state == ImportState::reverted);
        CHECK(gone.kept == 0);
        CHECK(w.order("1").money.at(0).refunded_minor == 0);
        CHECK(w.order("1").units.at(0).bucket == Bucket::with_customer);
        CHECK(w.customers("8").empty());
        CHECK(w.nothing_differs());
        CHECK(revert(first).kept == 0);
        CHECK(w.customers().empty());
        CHECK(usecase::list_products(w.ctx, test::an_admin(), {{}, w.shop, {}}).value().items.empty());
        CHECK(usecase::list_orders(w.ctx, test::an_admin(), {{}, w.shop, {}}).value().items.empty());
        CHECK(w.nothing_differs());
    }
    SECTION("the earlier one has an order whose return came with the later one") {
        const auto stayed = revert(first);
        CHECK(stayed.kept == 3);  // the order, its customer, its product
        CHECK(w.order("1").cases.size() == 1);
        CHECK(w.nothing_differs());
    }
}

TEST_CASE("an import that was cut off is gone on with, and counts as one") {
    Importing w;
    std::string rows;
    for (int i = 1; i <= 3'000; ++i) rows += std::to_string(i) + ",S" + std::to_string(i % 9) + ",CUP,1,2009-12-01 07:45:00,5," + std::to_string(i % 50 + 1) + ",UK\n";
    for (int i = 1; i <= 50; ++i) rows += "C" + std::to_string(i) + ",S" + std::to_string(i % 9) + ",CUP,-1,2009-12-05 07:45:00,5," + std::to_string(i % 50 + 1) + ",UK\nX" + std::to_string(i) + ",A,lost,-1,2009-12-05 07:45:00,0,,UK\n";
    std::ofstream(w.folder.path() / "file.csv", std::ios::binary) << kHeader << rows;
    const auto cut = [&] {
        int slices = 0;
        return usecase::import_now(w.ctx, test::an_admin(), {w.shop, ImportKind::orders, w.folder.path() / "file.csv", {}, false, w.folder.path() / "errors.csv",
                                                             [&](const usecase::ImportSummary&, std::int64_t, std::int64_t) {
                                                                 if (++slices == 2) throw std::runtime_error("the machine went away");
                                                             }});
    };
    CHECK_THROWS(cut());
    const auto before = usecase::list_orders(w.ctx, test::an_admin(), {{1, {}}, w.shop, {}}).value();
    CHECK(before.items.size() == 1);
    auto sum = w.run(rows);
    Importing whole;
    auto at_once = whole.run(rows);
    sum.milliseconds = at_once.milliseconds = 0;
    CHECK(encode(sum) == encode(at_once));
    CHECK(sum.orders_added == 3'000);
    CHECK(sum.returns_linked == 50);
    CHECK(sum.customers_added == 50);
    CHECK(sum.products_added == 9);
    CHECK(usecase::list_imports(w.ctx, test::an_admin(), {}).value().items.size() == 1);
    CHECK(w.run(rows).skipped == 3'050);
}

TEST_CASE("a file comes in parts, is mapped, previewed, imported and taken back, as the console does it") {
    Importing w;
    w.ctx.imports_folder = w.folder.path() / "imports";
    const auto admin = test::an_admin();
    const std::string text = std::string(kHeader) + "1,A,CUP,3,13/12/2009 07:45,5,7,UK\n2,A,CUP,x,14/12/2009 07:45,5,7,UK\n";
    auto run = usecase::create_import(w.ctx, admin, w.guard(admin), {w.shop, ImportKind::orders, "orders.csv", static_cast<std::int64_t>(text.size())}).value();
    CHECK(run.state == ImportState::uploading);
    const auto part = [&](std::int64_t offset, const std::string& base64) { return usecase::put_import_part(w.ctx, admin, w.guard(admin), {run.id, offset, base64}); };
    CHECK(part(0, "%%%").error().fields.at(0).code == "not_base64");
    // "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n" and the rows
    const std::string head = "SW52b2ljZSxTdG9ja0NvZGUsRGVzY3JpcHRpb24sUXVhbnRpdHksSW52b2ljZURhdGUsUHJpY2UsQ3VzdG9tZXIgSUQsQ291bnRyeQo=";
    const std::string rows = "MSxBLENVUCwzLDEzLzEyLzIwMDkgMDc6NDUsNSw3LFVLCjIsQSxDVVAseCwxNC8xMi8yMDA5IDA3OjQ1LDUsNyxVSwo=";
    const auto head_size = static_cast<std::int64_t>(std::string(kHeader).size());
    CHECK(part(head_size, rows).error().code == "part_out_of_order");
    CHECK(part(0, head)->received == head_size);
    CHECK(part(0, head)->received == head_size);  // told again
    run = part(head_size, rows).value();
    CHECK(run.state == ImportState::ready);
    const auto sheet = usecase::get_import_sheet(w.ctx, admin, {run.id}).value();
    CHECK(sheet.charset == "utf8");
    CHECK(sheet.dates == DateOrder::dmy);
    CHECK(sheet.rows.size() == 2);
    CHECK(sheet.columns.at(0).field == "number");
    CHECK(sheet.columns.at(0).heading == "Invoice");
    const auto work = [&] {
        w.clock.advance(minutes(5));
        return usecase::work_on_imports(w.ctx, [] { return false; });
    };
    REQUIRE(usecase::preview_import(w.ctx, admin, w.guard(admin), {run.id}));
    CHECK(usecase::start_import(w.ctx, admin, w.guard(admin), {run.id}).error().code == "import_not_ready");
    CHECK(work());
    run = usecase::get_import(w.ctx, admin, {run.id}).value();
    CHECK(run.state == ImportState::ready);
    CHECK(run.preview->orders_added == 1);
    CHECK(w.customers().empty());
    REQUIRE(usecase::start_import(w.ctx, admin, w.guard(admin), {run.id}));
    CHECK(work());
    run = usecase::get_import(w.ctx, admin, {run.id}).value();
    CHECK(run.state == ImportState::done);
    CHECK(run.summary->rejected == 1);
    CHECK(run.has_errors);
    CHECK(w.order("1").order.placed_at.ms == 1'260'690'300'000);
    CHECK_FALSE(work());
    REQUIRE(usecase::revert_import(w.ctx, admin, w.guard(admin), {run.id}));
    CHECK(work());
    CHECK(w.customers().empty());
    const usecase::Actor agent{StaffId("A"), {Role::agent}, {w.shop}, false, "staff:A"};
    CHECK(usecase::get_import(w.ctx, agent, {run.id}).error().code == "permission_missing");
}

TEST_CASE("an import is stopped at its next slice, and what it wrote can be taken back") {
    Importing w;
    w.ctx.imports_folder = w.folder.path();
    const auto admin = test::an_admin();
    std::string text = kHeader;
    for (int i = 1; i <= 5'000; ++i) text += std::to_string(i) + ",A,CUP,1,2009-12-01 07:45:00,5,7,UK\n";
    const auto run = usecase::create_import(w.ctx, admin, w.guard(admin), {w.shop, ImportKind::orders, "o.csv", static_cast<std::int64_t>(text.size())}).value();
    std::ofstream(w.folder.path() / (run.id.value + ".file"), std::ios::binary) << text;
    REQUIRE(w.store.change(w.guard(admin), [&](store::Tx& tx) -> Result<usecase::Done> {
        auto row = store::find_run(tx, run.id).value();
        row.state = ImportState::running;
        AC_CHECK(store::update_run(tx, row));
        return usecase::Done{};
    }));
    int asked = 0;
    usecase::work_on_imports(w.ctx, [&] { return ++asked > 3; });  // the service stops in the middle
    CHECK(usecase::get_import(w.ctx, admin, {run.id})->state == ImportState::running);
    REQUIRE(usecase::cancel_import(w.ctx, admin, w.guard(admin), {run.id}));
    CHECK_FALSE(usecase::work_on_imports(w.ctx, [] { return false; }));
    REQUIRE(usecase::revert_import(w.ctx, admin, w.guard(admin), {run.id}));
    CHECK(usecase::work_on_imports(w.ctx, [] { return false; }));
    CHECK(usecase::list_orders(w.ctx, admin, {{}, w.shop, {}}).value().items.empty());
}
