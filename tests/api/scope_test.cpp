#include <catch2/catch.hpp>
#include <set>

#include "api/routes.hpp"
#include "api/test_app.hpp"
#include "store/imports.hpp"
#include "support/temp_folder.hpp"
#include "usecase/connectors.hpp"
#include "usecase/imports/imports.hpp"
#include "usecase/outbox.hpp"

/// Staff of one shop cannot see another: by id, in lists, search and counts, route by route over the whole table.
using namespace aftercare;
using nlohmann::json;
using test::TestApp;

namespace {

constexpr const char* kMark = "SOUTHMARK";  // is in every text of the other shop

/// Two shops with the same things in both. `ann` may do everything in the north; `root` everything everywhere.
struct TwoShops {
    TwoShops() {
        app.ctx.imports_folder = folder.path();
        app.ctx.plugin_catalog = [] {
            return std::vector<usecase::PluginView>{{"warehouse.test", "1.0.0", "仓", "Warehouse", {"warehouse"}, {"check/1"}, {R"({"type":"object","properties":{}})"}}};
        };
        fill(north, "NORTH", north_ids);
        fill(south, kMark, south_ids);
    }

    void fill(const ShopId& shop, const std::string& mark, std::map<std::string, std::string>& ids) {
        const json order = app.an_order(root, shop, mark + "-1");
        ids["photo_id"] = TestApp::a_photo(root, shop);
        const auto opened = root.post("/api/v1/cases", json{{"shop_id", shop.value},
                                                            {"order_id", order["order"]["id"]},
                                                            {"topic", mark},
                                                            {"note", mark},
                                                            {"request", {{"lines", {{{"order_line_id", order["lines"][0]["id"]}, {"qty", 1}}}}, {"reason", "quality"}, {"photo_ref", ids["photo_id"]}}}}
                                                           .dump());
        if (opened.status != 201) throw std::runtime_error(opened.body);
        const auto connector = root.post("/api/v1/connectors", json{{"shop_id", shop.value}, {"plugin", "warehouse.test"}, {"title", mark}, {"settings", json::object()}}.dump());
        if (connector.status != 201) throw std::runtime_error(connector.body);
        const auto token = root.post("/api/v1/tokens", json{{"name", mark}, {"roles", {"agent"}}, {"shops", {shop.value}}}.dump());
        if (token.status != 201) throw std::runtime_error(token.body);
        const auto person = root.post("/api/v1/staff", json{{"login", "of." + mark}, {"name", mark}, {"password", "correct horse"}, {"roles", {"agent"}}, {"shops", {shop.value}}}.dump());
        if (person.status != 201) throw std::runtime_error(person.body);
        const auto view = root.post("/api/v1/views", json{{"name", mark}, {"shop_id", shop.value}, {"filter", {{"q", mark}}}}.dump());
        if (view.status != 201) throw std::runtime_error(view.body);
        ids = {{"photo_id", ids["photo_id"]}, {"staff_id", person.at("/id")}, {"view_id", view.at("/id")}, {"order_id", order["order"]["id"]}, {"customer_id", order["order"]["customer_id"]}, {"case_id", opened.at("/case_id")},
               {"operation_id", opened.at("/operation_id")}, {"connector_id", connector.at("/id")}, {"token_id", token.at("/id")},
               {"order_line_id", order["lines"][0]["id"]}, {"shop_id", shop.value}, {"task_id", a_task(opened.at("/case_id"), opened.at("/operation_id"))}};
        add_revisit(shop, mark, ids);
        add_import(shop, mark, ids);
        const auto webhook = root.post("/api/v1/webhooks", json{{"shop_id", shop.value}, {"title", mark}, {"url", "https://example.com/" + mark}}.dump());
        if (webhook.status != 201) throw std::runtime_error(webhook.body);
        ids["webhook_id"] = webhook.at("/id");
        const auto handover = root.post("/api/v1/handovers", json{{"shop_id", shop.value}, {"note", mark}}.dump());
        if (handover.status != 201) throw std::runtime_error(handover.body);
        ids["handover_id"] = handover.at("/id");
        const auto article = root.post("/api/v1/articles", json{{"shop_id", shop.value}, {"kind", "service"}, {"title", mark}, {"body", mark}}.dump());
        if (article.status != 201) throw std::runtime_error(article.body);
        ids["article_id"] = article.at("/id");
        const auto errand = root.post("/api/v1/errands", json{{"shop_id", shop.value}, {"title", mark}, {"department", "service"}}.dump());
        if (errand.status != 201) throw std::runtime_error(errand.body);
        ids["errand_id"] = errand.at("/id");
        const auto training = root.post("/api/v1/trainings", json{{"shop_id", shop.value}, {"title", mark}, {"steps", {{{"title", mark}}}}}.dump());
        if (training.status != 201) throw std::runtime_error(training.body);
        ids["training_id"] = training.at("/id");
        const auto review = root.post("/api/v1/reviews", json{{"shop_id", shop.value}, {"number", mark}, {"rating", 1}, {"body", mark}, {"written_at", 1}}.dump());
        if (review.status != 201) throw std::runtime_error(review.body);
        ids["review_id"] = review.at("/id");
        if (root.post("/api/v1/trainings/" + ids["training_id"] + "/start", json{{"staff_id", ids["staff_id"]}}.dump()).status != 201) throw std::runtime_error("not started");
        const auto receipt = root.post("/api/v1/receipts", json{{"shop_id", shop.value}, {"external_id", mark}, {"return", mark}, {"lines", {{{"sku", mark}, {"qty", 1}}}}}.dump());
        if (receipt.status != 200) throw std::runtime_error(receipt.body);
        ids["parcel_id"] = root.get("/api/v1/unidentified_parcels?shop_id=" + shop.value).at("/items/0/id");
        ids["reply_id"] = a_reply(shop, mark);
        ids["message_id"] = root.get("/api/v1/connectors/" + ids["connector_id"] + "/trouble").at("/dead/0/id");
    }

    /// A reply that went to every case of an incident.
    std::string a_reply(const ShopId& shop, const std::string& mark) {
        const auto open = [&](const char* kind) {
            return root.post("/api/v1/cases", json{{"shop_id", shop.value}, {"kind", kind}, {"topic", mark}}.dump()).at("/case_id");
        };
        const std::string incident = open("incident"), asked = open("consultation"), address = "/api/v1/cases/" + incident;
        if (root.post(address + "/link", json{{"other_id", asked}}.dump()).status != 200) throw std::runtime_error("no link");
        const auto sent = root.post(address + "/unified_replies", json{{"body", mark}}.dump(), {{"Idempotency-Key", mark}, {"If-Match", "\"1\""}});
        if (sent.status != 201) throw std::runtime_error(sent.body);
        return sent.at("/reply_id");
    }

    /// An import that is done, with a row it could not read; the product it made; a tag and a note of the customer.
    void add_import(const ShopId& shop, const std::string& mark, std::map<std::string, std::string>& ids) {
        const std::string text = "SKU,Name\n" + mark + ",Cup\n,Nothing\n";
        const auto made = root.post("/api/v1/imports", json{{"shop_id", shop.value}, {"kind", "products"}, {"file_name", mark}, {"bytes", text.size()}}.dump());
        if (made.status != 201) throw std::runtime_error(made.body);
        ids["import_id"] = made.at("/id");
        folder.write(ids["import_id"] + ".file", text);
        const usecase::Guard guard{"system", {}, {}, {}, app.ctx.clock.now()};
        const auto ready = app.ctx.store.change(guard, [&](store::Tx& tx) -> Result<usecase::Done> {
            AC_TRY(auto row, store::find_run(tx, ImportRunId(ids["import_id"])));
            row.state = ImportState::running;
            AC_CHECK(store::update_run(tx, row));
            return usecase::Done{};
        });
        if (!ready || !usecase::work_on_imports(app.ctx, [] { return false; })) throw std::runtime_error("nothing was imported");
        folder.write(ids["import_id"] + ".file", text);  // it is removed when it is imported; its sheet is asked for below
        ids["product_id"] = root.get("/api/v1/products?shop_id=" + shop.value).at("/items/0/id");
        const std::string customer = "/api/v1/customers/" + ids["customer_id"];
        if (root.post(customer + "/tags", json{{"tag", mark}}.dump()).status != 200) throw std::runtime_error("no tag");
        ids["note_id"] = root.post(customer + "/notes", json{{"body", mark}}.dump()).at("/id");
    }

    /// A plan, and what the closing of another case makes of it.
    void add_revisit(const ShopId& shop, const std::string& mark, std::map<std::string, std::string>& ids) {
        const auto plan = root.post("/api/v1/revisit_plans", json{{"shop_id", shop.value}, {"terms", plan_terms(mark)}}.dump());
        if (plan.status != 201) throw std::runtime_error(plan.body);
        const auto opened = root.post("/api/v1/cases", json{{"shop_id", shop.value}, {"kind", "return_refund"}, {"customer_id", ids["customer_id"]}, {"topic", mark}}.dump());
        const auto closed = root.post("/api/v1/cases/" + opened.at("/case_id") + "/close", json{{"cause_code", "x"}, {"responsibility", "merchant"}, {"summary", mark}}.dump());
        if (closed.status != 200) throw std::runtime_error(closed.body);
        ids["plan_id"] = plan.at("/id");
        ids["revisit_id"] = root.get("/api/v1/revisits?shop_id=" + shop.value).at("/items/0/id");
        if (ids["revisit_id"].empty()) throw std::runtime_error("nothing was planned");
    }
    static json plan_terms(const std::string& title) {
        return {{"title", title}, {"trigger", "case_closed"}, {"outreach", "phone"}, {"offset_days", 3}, {"working_days", false},
                {"from_minute", 540}, {"to_minute", 1080}, {"expiry_days", 7}};
    }

    /// A task of the case: the warehouse refuses what it is told.
    std::string a_task(const std::string& case_id, const std::string& operation_id) {
        const auto approved = root.post("/api/v1/cases/" + case_id + "/operations/" + operation_id + "/approve", "", {{"Idempotency-Key", case_id}});
        if (approved.status != 200) throw std::runtime_error(approved.body);
        const auto offers = [](const std::string&, std::string_view) { return usecase::CallLimits{seconds(5), seconds(10)}; };
        const auto claimed = usecase::claim_messages(app.ctx, "test", 20, offers);
        if (!claimed) throw std::runtime_error(claimed.error().code);
        for (const auto& call : claimed->calls) {
            usecase::CallOutcome outcome;
            outcome.error_class = ErrorClass::invalid;
            outcome.code = "no_such_sku";
            static_cast<void>(usecase::record_outcome(app.ctx, call, outcome, [](ErrorClass, std::int64_t, Duration) { return usecase::Retry{}; }));
        }
        const auto view = root.get("/api/v1/cases/" + case_id);
        return view.json["tasks"].empty() ? "" : view.json["tasks"][0]["id"].get<std::string>();
    }

    static std::vector<Role> every_role() { return {Role::agent, Role::lead, Role::warehouse, Role::finance, Role::technician, Role::admin}; }

    test::TempFolder folder;
    TestApp app;
    ShopId north = app.a_shop("north"), south = app.a_shop(kMark);
    test::Caller root = app.as("root", every_role(), {}), ann = app.as("ann", every_role(), {north});
    std::map<std::string, std::string> north_ids, south_ids;
};

/// A body that each change would accept, by operation id; ids in it are the other shop's.
json body_of(const std::string& operation_id, TwoShops& shops) {
    const auto& ids = shops.south_ids;
    const std::string shop = ids.at("shop_id"), line = ids.at("order_line_id");
    const json lines = {{{"order_line_id", line}, {"qty", 1}}};
    const json off = {{"slots", json::array()}};
    const std::map<std::string, json> bodies{
        {"answerCheck", {{"result", "confirmed"}}},
        {"swapGoods", {{"lines", lines}}},
        {"quoteRepair", {{"price_minor", 1}}},
        {"answerRepairQuote", {{"accepted", true}}},
        {"stepRepair", {{"step", "repaired"}}},
        {"requestOperation", {{"lines", lines}, {"reason", "quality"}, {"photo_ref", "p"}}},
        {"askInfo", {{"question", "which colour"}}},
        {"rejectOperation", {{"code", "other"}}},
        {"changeKind", {{"kind", "exchange"}}},
        {"shipBack", {{"carrier", "SF"}, {"tracking", "SF9"}}},
        {"carrierLost", {{"inbound_leg_id", "L"}}},
        {"openRecall", {{"sku", "OTHER"}, {"qty", 1}}},
        {"recallArrived", {{"inbound_leg_id", "L"}, {"qty", 1}}},
        {"inspectRecall", {{"inbound_leg_id", "L"}, {"qty", 1}, {"grade", "pass"}, {"disposition", "restock"}}},
        {"endRecall", {{"inbound_leg_id", "L"}}},
        {"recordParcel", {{"shop_id", shop}, {"tracking", "SF9"}}},
        {"matchParcel", {{"case_id", ids.at("case_id")}, {"operation_id", ids.at("operation_id")}}},
        {"disposeParcel", {{"disposal", "scrapped"}}},
        {"inspectUnits", {{"order_line_id", line}, {"qty", 1}, {"grade", "pass"}, {"disposition", "restock"}}},
        {"agreeQuote", {{"net_minor", 1}}},
        {"dispatchOutbound", {{"outbound_leg_id", "L"}, {"carrier", "SF"}, {"tracking", "SF9"}}},
        {"outboundDelivered", {{"outbound_leg_id", "L"}}},
        {"outboundLost", {{"outbound_leg_id", "L"}}},
        {"ruleOperation", {{"amount_minor", 0}, {"reason", "platform"}}},
        {"refundResult", {{"attempt_id", "A"}, {"result", "ok"}}},
        {"addNote", {{"kind", "internal"}, {"body", "x"}}},
        {"assignCase", json::object()},
        {"hearPlatform", {{"external_ref", "AS-1"}, {"intervention", "requested"}}},
        {"updateCustomer", {{"promised_at", 1'900'000'000'000}}},
        {"followUpComplaint", {{"satisfied", "yes"}}},
        {"reviewComplaint", {{"cause_code", "x"}, {"responsibility", "merchant"}}},
        {"planContact", {{"at", 1'900'000'000'000}}},
        {"recordContact", {{"result", "reached"}}},
        {"decideRemedy", {{"linked_case_id", ids.at("case_id")}}},
        {"recordOutcome", {{"outcome", "unchanged"}}},
        {"finishWork", {{"outcome", "solved"}}},
        {"tellOutside", {{"outside", "media"}}},
        {"convertCase", {{"kind", "complaint"}}},
        {"askTask", {{"department", "quality"}, {"owner_id", ids.at("staff_id")}, {"due_at", 1'900'000'000'000}, {"note", "x"}}},
        {"linkCase", {{"other_id", ids.at("case_id")}}},
        {"unlinkCase", {{"other_id", ids.at("case_id")}}},
        {"mergeCase", {{"into_id", ids.at("case_id")}}},
        {"unmergeCase", {{"note", "x"}}},
        {"sendUnifiedReply", {{"body", "x"}}},
        {"askApproval", {{"command", "approve"}, {"operation_id", ids.at("operation_id")}, {"note", "x"}}},
        {"answerApproval", {{"granted", true}}},
        {"handOver", {{"shop_id", shop}, {"note", "x"}}},
        {"giveErrand", {{"shop_id", shop}, {"title", "x"}, {"department", "service"}}},
        {"addTraining", {{"shop_id", shop}, {"title", "x"}, {"steps", {{{"title", "x"}}}}}},
        {"changeTraining", {{"title", "x"}, {"steps", {{{"title", "x"}}}}}},
        {"startTraining", {{"staff_id", ids.at("staff_id")}}},
        {"addArticle", {{"shop_id", shop}, {"kind", "service"}, {"title", "x"}, {"body", "x"}}},
        {"changeArticle", {{"kind", "service"}, {"title", "x"}, {"body", "x"}}},
        {"putReview", {{"shop_id", shop}, {"number", "x"}, {"rating", 5}, {"written_at", 1}}},
        {"answerReview", {{"words", "x"}}},
        {"closeCase", {{"cause_code", "x"}, {"responsibility", "merchant"}, {"summary", "x"}}},
        {"changeConnector", {{"title", "x"}, {"settings", json::object()}, {"enabled", true}}},
        {"putCustomer", {{"shop_id", shop}, {"name", "x"}}},
        {"setFact", {{"field", "name"}, {"value", "x"}}},
        {"addTag", {{"tag", "x"}}},
        {"removeTag", {{"tag", "x"}}},
        {"noteCustomer", {{"body", "x"}}},
        {"settleNote", {{"state", "removed"}}},
        {"revealContact", {{"field", "phone"}, {"reason", "why"}}},
        {"eraseCustomer", {{"reason", "customer_asked"}}},
        {"createImport", {{"shop_id", shop}, {"kind", "orders"}, {"file_name", "x"}, {"bytes", 1}}},
        {"putImportPart", {{"offset", 0}, {"data", "eA=="}}},
        {"mapImport", {{"mapping", json::object()}}},
        {"addWebhook", {{"shop_id", shop}, {"title", "x"}, {"url", "https://example.com/x"}}},
        {"changeWebhook", {{"title", "x"}, {"url", "https://example.com/x"}, {"active", true}}},
        {"putReceipt", {{"shop_id", shop}, {"external_id", "R"}, {"return", "1"}, {"lines", {{{"sku", "MUG"}, {"qty", 1}}}}}},
        {"openCase", {{"shop_id", shop}, {"order_id", ids.at("order_id")}}},
        {"putOrder", {{"shop_id", shop}, {"number", "Z"}, {"lines", {{{"sku", "MUG"}, {"qty", 1}, {"unit_price_minor", 1}}}}, {"placed_at", 1'000}}},
        {"addConnector", {{"shop_id", shop}, {"plugin", "warehouse.test"}, {"title", "x"}, {"settings", json::object()}}},
        {"putPolicy", {{"shop_id", shop}, {"terms", shops.ann.get("/api/v1/policies?shop_id=" + shops.north.value).json["items"][0]["terms"]}}},
        {"simulatePolicy", {{"order_line_id", line}, {"reason", "quality"}}},
        {"addStaff", {{"login", "new"}, {"name", "new"}, {"password", "correct horse"}, {"roles", {"agent"}}, {"shops", {shop}}}},
        {"addToken", {{"name", "x"}, {"roles", {"agent"}}, {"shops", {shop}}}},
        {"addPlan", {{"shop_id", shop}, {"terms", TwoShops::plan_terms("x")}}},
        {"previewPlan", {{"shop_id", shop}, {"terms", TwoShops::plan_terms("x")}}},
        {"changePlan", {{"enabled", true}, {"terms", TwoShops::plan_terms("x")}}},
        {"finishRevisit", {{"result", "reached"}}},
        {"rescheduleRevisit", {{"due_at", 1'772'600'000'000}}},
        {"skipRevisit", {{"reason", "x"}}},
        {"importCalendar", {{"file", {{"year", 2027}, {"papers", json::array()}, {"days", json::array()}}}}},
        {"changeStaff", {{"name", "x"}, {"roles", {"agent"}}, {"shops", {shop}}, {"active", true}}},
        {"resetPassword", {{"password", "correct horse"}}},
        {"putShopHours", {{"hours", {{"week", json::array({off, off, off, off, off, off, off})}}}}},
        {"putShopRoster", {{"from", 1'000}, {"to", 2'000}, {"shifts", json::array()}}},
        {"changeShop", {{"name", kMark}, {"currency", "CNY"}, {"zone", "Asia/Shanghai"}}},
        {"saveView", {{"name", "x"}, {"shop_id", shop}, {"filter", json::object()}}},
        {"changeView", {{"name", "x"}, {"shop_id", shop}, {"filter", json::object()}}},
        {"addShop", {{"code", "west"}, {"name", "west"}, {"currency", "CNY"}, {"zone", "Asia/Shanghai"}}},
    };
    const auto found = bodies.find(operation_id);
    return found == bodies.end() ? json::object() : found->second;
}

std::string address_of(const api::Route& route, const std::map<std::string, std::string>& ids) {
    std::string path = route.path;
    for (auto at = path.find('{'); at != std::string::npos; at = path.find('{')) {
        const auto end = path.find('}', at);
        path.replace(at, end + 1 - at, ids.at(path.substr(at + 1, end - at - 1)));
    }
    return path;
}

test::Reply ask(test::Caller& caller, const api::Route& route, TwoShops& shops) {
    const std::string path = address_of(route, shops.south_ids);
    if (!route.changes) return caller.get(path);
    const std::string asked = route.in_type == "application/json" ? path : path + "?shop_id=" + shops.south.value;
    return caller.send(route.method, asked, body_of(route.operation_id, shops).dump(),
                       {{"Idempotency-Key", route.operation_id + caller.cookie.substr(0, 8)}, {"If-Match", route.version_required ? "\"1\"" : ""}});
}

}  // namespace

TEST_CASE("what belongs to another shop does not exist, on every route with an id") {
    TwoShops shops;
    REQUIRE_FALSE(shops.south_ids.at("task_id").empty());
    const auto routes = api::all_routes();
    const std::set<std::string> gone{"not_found", "case_not_found", "order_not_found", "customer_not_found", "task_not_found", "plan_not_found", "revisit_not_found", "product_not_found", "import_not_found", "photo_not_found", "parcel_not_found", "handover_not_found", "article_not_found", "errand_not_found", "training_not_found", "review_not_found"};
    std::size_t count = 0;
    for (const api::Route& route : routes.all()) {
        if (route.path.find('{') == std::string::npos) continue;
        CAPTURE(route.operation_id);
        const auto refused = ask(shops.ann, route, shops);
        CHECK(refused.status == 404);
        CHECK(gone.count(refused.code()) == 1);
        CHECK(refused.body.find(kMark) == std::string::npos);
        ++count;
    }
    CHECK(count >= 30);
    for (const api::Route& route : routes.all()) {  // the same calls find it for those who see all shops: the ids were right
        if (route.path.find('{') == std::string::npos) continue;
        CAPTURE(route.operation_id);
        CHECK(gone.count(ask(shops.root, route, shops).code()) == 0);
    }
}

TEST_CASE("what belongs to one's own shop is there, on every route with an id") {
    TwoShops shops;
    const auto routes = api::all_routes();
    for (const api::Route& route : routes.all()) {
        if (route.changes || route.path.find('{') == std::string::npos) continue;
        CAPTURE(route.operation_id);
        CHECK(shops.ann.get(address_of(route, shops.north_ids)).status == 200);
    }
}

TEST_CASE("nothing can be made in another shop") {
    TwoShops shops;
    const std::map<std::string, std::pair<int, std::string>> expected{
        {"openCase", {404, "not_found"}},       {"putOrder", {404, "not_found"}},      {"addConnector", {404, "not_found"}},
        {"putCustomer", {404, "not_found"}},    {"createImport", {404, "not_found"}},   {"putPhoto", {404, "not_found"}},       {"recordParcel", {404, "not_found"}}, {"handOver", {404, "not_found"}}, {"addArticle", {404, "not_found"}}, {"giveErrand", {404, "not_found"}}, {"addTraining", {404, "not_found"}}, {"putReview", {404, "not_found"}},
        {"addWebhook", {404, "not_found"}},     {"putReceipt", {404, "not_found"}},
        {"putPolicy", {404, "not_found"}}, {"simulatePolicy", {404, "order_not_found"}},      {"addStaff", {422, "invalid_fields"}}, {"addToken", {422, "invalid_fields"}},
        {"addShop", {403, "all_shops_needed"}}, {"addPlan", {404, "not_found"}},       {"previewPlan", {404, "not_found"}},
        {"importCalendar", {403, "all_shops_needed"}}, {"saveView", {404, "not_found"}},      {"bringDemo", {403, "all_shops_needed"}},
        {"removeDemo", {404, "no_demo"}},
    };
    const std::set<std::string> own{"signIn", "signOut", "setUp", "changeMyPassword"};
    const auto routes = api::all_routes();
    for (const api::Route& route : routes.all()) {
        if (!route.changes || own.count(route.operation_id) || route.path.find('{') != std::string::npos) continue;
        CAPTURE(route.operation_id);
        const auto refused = ask(shops.ann, route, shops);
        REQUIRE(expected.count(route.operation_id) == 1);
        CHECK(refused.status == expected.at(route.operation_id).first);
        CHECK(refused.code() == expected.at(route.operation_id).second);
        CHECK(refused.body.find(kMark) == std::string::npos);
    }
}

TEST_CASE("lists, search and counts hold only what one may see, on every list") {
    TwoShops shops;
    const std::set<std::string> not_lists{"mySession", "setupState", "demoContents", "live", "listPlugins", "calendarDays", "calendarYears", "revisitMonth", "search", "findReceiving", "countApprovals", "countTasks", "countReviews", "causesReport", "handoverSheet"};
    const std::set<std::string> searchable{"listOrders", "listCustomers", "listCases", "listArticles", "listReviews"};
    const auto routes = api::all_routes();
    std::size_t count = 0;
    for (const api::Route& route : routes.all()) {
        if (route.changes || !route.listed || route.path.find('{') != std::string::npos || not_lists.count(route.operation_id)) continue;
        CAPTURE(route.operation_id);
        const bool needs_shop = route.path.rfind("/api/v1/policies", 0) == 0;
        const auto seen = shops.ann.get(route.path + (needs_shop ? "?shop_id=" + shops.north.value : ""));
        REQUIRE(seen.status == 200);
        CHECK(seen.body.find(kMark) == std::string::npos);
        CHECK(seen.body.find(shops.south.value) == std::string::npos);
        for (const auto& [name, id] : shops.south_ids) CHECK(seen.body.find('"' + id + '"') == std::string::npos);
        if (!needs_shop && route.operation_id != "countCases" && route.operation_id != "countRevisits") {
            CAPTURE(seen.body);
            CHECK(seen.json["items"].size() + (route.operation_id == "listRefunds" || route.operation_id == "listApprovals" || route.operation_id == "listTasks" || route.operation_id == "listErrands" ? 1 : 0) >= 1);
            CHECK(shops.root.get(route.path).json["items"].size() >= seen.json["items"].size());
        }
        const auto asked = shops.ann.get(route.path + "?shop_id=" + shops.south.value);  // naming the other shop helps nobody
        CHECK((asked.status == 404 || asked.status == 422 || asked.body.find(kMark) == std::string::npos));
        if (searchable.count(route.operation_id)) {
            for (const std::string& text : {std::string(kMark), std::string(kMark) + "-1", std::string("1234")}) {
                const auto found = shops.ann.get(route.path + "?q=" + text);
                CHECK(found.status == 200);
                CHECK(found.body.find(kMark) == std::string::npos);
            }
            CHECK(shops.root.get(route.path + "?q=" + std::string(kMark)).json["items"].size() >= 1);
        }
        ++count;
    }
    CHECK(count >= 9);
    for (const std::string& text : {std::string(kMark), std::string(kMark) + "-1", std::string("1234")})
        CHECK(shops.ann.get("/api/v1/search?q=" + text).body.find(kMark) == std::string::npos);
    CHECK(shops.root.get("/api/v1/search?q=" + std::string(kMark)).body.find(kMark) != std::string::npos);
    CHECK(shops.ann.get("/api/v1/cases/counts").json["all_open"] == 3);
    CHECK(shops.root.get("/api/v1/cases/counts").json["all_open"] == 6);
    CHECK(shops.ann.get("/api/v1/cases/counts?shop_id=" + shops.south.value).json.value("all_open", 0) == 0);
    CHECK(shops.ann.get("/api/v1/revisits/counts").json["planned"] == 1);
    CHECK(shops.root.get("/api/v1/revisits/counts").json["planned"] == 2);
    CHECK(shops.ann.get("/api/v1/revisits/month?month=2026-03").json["items"].size() == 1);
    CHECK(shops.root.get("/api/v1/revisits/month?month=2026-03").json["items"].size() == 2);
    CHECK(shops.ann.get("/api/v1/revisits/month?month=2026-03&shop_id=" + shops.south.value).json["items"].empty());
    CHECK(shops.ann.get("/api/v1/calendar?from=2026-03-01&to=2026-03-31&shop_id=" + shops.south.value).code() == "shop_not_found");
}

TEST_CASE("a session names its own shops only, and so do its live hints") {
    TwoShops shops;
    CHECK(shops.ann.get("/api/v1/session").body.find(kMark) == std::string::npos);
    api::HttpRequest request;
    request.method = "GET";
    request.path = "/api/v1/live";
    const std::string cookie = "ac_session=" + shops.ann.cookie;
    request.headers = {{"Cookie", cookie}, {"Last-Event-ID", "E-7"}};
    const auto response = shops.app.api.handle(request);
    REQUIRE(response.live);
    CHECK(response.live->shops == std::vector<ShopId>{shops.north});
    CHECK_FALSE(response.live->all_shops);
    CHECK(response.live->last_event_id == "E-7");
}
