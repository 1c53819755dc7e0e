#include "selftest/stage.hpp"

#include <filesystem>
#include <stdexcept>

#include "db/migrate.hpp"
#include "db/query.hpp"
#include "store/check.hpp"
#include "store/connectors.hpp"
#include "store/customers.hpp"
#include "store/orders.hpp"
#include "store/policies.hpp"
#include "support/traces.hpp"
#include "usecase/calendar.hpp"
#include "usecase/cases.hpp"
#include "usecase/staff.hpp"

namespace aftercare::selftest {
namespace {

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error("the stage was not set: " + result.error().code + " " + result.error().detail);
    return std::move(*result);
}

/// The order of the tale under names of its own, at the stage's time and in its shop's currency.
store::NewOrder new_order(const world::Seed& seed, const ShopId& shop) {
    const auto drawn = world::order_of(seed, shop);
    const auto later = Stage::kStart - world::kStart;
    store::NewOrder made{drawn.order, drawn.lines, drawn.payments, {}};
    auto& order = made.order;
    order.id = OrderId("O-" + shop.value);
    order.customer_id = CustomerId("C-" + shop.value);
    order.currency = "CNY";
    for (Instant* at : {&order.placed_at, &order.paid_at, &order.delivered_at})
        if (at->ms != 0) *at = *at + later;
    for (auto& line : made.lines) {
        line.id = OrderLineId(line.id.value + "-" + shop.value);
        line.order_id = order.id;
    }
    for (auto& payment : made.payments) {
        payment.id = PaymentId(payment.id.value + "-" + shop.value);
        payment.order_id = order.id;
        payment.currency = order.currency;
    }
    return made;
}

void put_person(store::Tx& tx, const Scene& scene, std::uint64_t seed) {
    const std::string who(Stage::kPersonal), source = "import:" + std::to_string(seed);
    const Instant at = Stage::kStart;
    store::insert_customer(tx, {scene.customer, scene.shop, who, who, who, who, "CN", at, who, "", Party::person, who});
    store::put_fact(tx, scene.customer, {FactField::name, source, who, at, false, {}});
    store::put_identity(tx, {IdentityId("I-" + scene.shop.value), scene.customer, scene.shop, IdentityKind::nick, "shop", who, Strength::suggest, source, at, at});
    store::insert_address(tx, {AddressId("A-" + scene.shop.value), scene.customer, who, who, "CN", who, who, who, who, source, at});
    store::add_tag(tx, scene.customer, who, {}, at);
    store::insert_note(tx, {CustomerNoteId("N-" + scene.shop.value), scene.customer, CustomerNoteKind::note, CustomerNoteState::standing, who, scene.order, {}, at, 1});
}

}  // namespace

Stage::Stage(const std::string& url) {
    db::Options options;
    if (url.starts_with("postgres")) {
        options.url = schema_.emplace(url).url();
    } else if (url.empty()) {
        options.url = (folder_.emplace().path() / "selftest.db").string();
    } else {
        if (std::filesystem::exists(url)) throw std::runtime_error("there is a file " + url + " already");
        options.url = file_ = url;
    }
    database = db::Database::open(options);
    db::migrate(*database, clock.now());
    store.emplace(*database);
    ctx.emplace(usecase::Context{*store, clock, ids, random, {}});
    must(usecase::load_shipped_calendar(*ctx));
}

Stage::~Stage() {
    ctx.reset();
    store.reset();
    database.reset();
    std::error_code ignored;  // a file that stays is no failure
    for (const char* part : {"", "-wal", "-shm"})
        if (!file_.empty() && !kept_) std::filesystem::remove(file_ + part, ignored);
}

Scene Stage::set(const Tale& tale) {
    clock.set(kStart);
    const std::string name = "w" + std::to_string(tale.seed) + "-" + std::to_string(++scenes_);
    Scene scene;
    scene.shop = must(usecase::add_shop(*ctx, everybody, guard(), {name, "Shop", "CNY", "Asia/Shanghai"})).id;
    scene.policy = world::policy_of(tale.world.policy);
    scene.policy.id = PolicyId("P-" + scene.shop.value);
    scene.policy.shop_id = scene.shop;
    scene.policy.version = 2;
    scene.policy.valid_from = kStart;
    const auto order = new_order(tale.world, scene.shop);
    scene.order = order.order.id;
    scene.customer = order.order.customer_id;
    database->change(db::Lane::people, [&](store::Tx& tx) {
        store::insert_policy(tx, scene.policy, {});
        put_person(tx, scene, tale.seed);
        store::insert_order(tx, order);
        if (!tale.plugged) return true;
        for (const char* plugin : {"warehouse", "payment", "courier"})
            store::insert_connector(tx, {ConnectorId(plugin + ("-" + scene.shop.value)), scene.shop, plugin, plugin, true, {"{}"}, 1, kStart});
        return true;
    });
    for (int i = 0; i < 2; ++i) {
        usecase::OpenCaseIn in;
        in.shop_id = scene.shop;
        in.open.order_id = scene.order;
        in.open.topic = kPersonal;
        in.note = kPersonal;
        scene.cases.push_back(must(usecase::open_case(*ctx, everybody, guard(), in)).case_id);
    }
    return scene;
}

void Stage::strike(const Scene& scene) {
    static constexpr auto kForget = db::Query::both("selftest_forget_messages", "DELETE FROM outbox WHERE shop_id = :shop");
    database->change(db::Lane::people, [&](store::Tx& tx) {
        tx.run(kForget, {{"shop", scene.shop.value}});
        return true;
    });
}

std::vector<std::string> Stage::differences() {
    std::vector<std::string> found;
    for (const auto& d : must(store::check(*store, {})).differences)
        found.push_back(d.stream + " " + d.table + "." + d.column + ": stored " + d.stored + ", derived " + d.derived);
    for (const auto& trace : test::traces(*database, kPersonal)) found.push_back("I33: " + trace + " names a person who was erased");
    return found;
}

}  // namespace aftercare::selftest
