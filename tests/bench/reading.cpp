#include <filesystem>
#include <iostream>

#include "bench/history.hpp"
#include "bench/load.hpp"
#include "bench/raw_sqlite.hpp"
#include "bench/service.hpp"
#include "db/migrate.hpp"
#include "store/customers.hpp"
#include "store/orders.hpp"
#include "store/staff.hpp"
#include "usecase/customers.hpp"
#include "usecase/staff.hpp"

namespace aftercare::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kOrdersEach = 5;
const ShopId kShop("BENCHSHOP");

std::string id_of(char kind, std::size_t number) {
    std::string digits = std::to_string(number);
    return std::string(1, kind) + std::string(12 - digits.size(), '0') + digits;
}

void put_person(db::Connection& tx, std::size_t i, Instant now) {
    const std::string n = std::to_string(10'000'000 + i);
    static constexpr std::array<std::string_view, 8> kFamily{"王", "李", "张", "刘", "陈", "杨", "赵", "黄"};
    static constexpr std::array<std::string_view, 8> kGiven{"小明", "伟", "芳", "秀英", "敏", "静", "丽", "强"};
    const CustomerId id(id_of('C', i));
    const std::string name = std::string(kFamily[i % 8]) + std::string(kGiven[i / 8 % 8]);
    store::insert_customer(tx, {id, kShop, "K" + n, name, "138" + n, "", "中国", now - days(400), "浙江省 杭州市", "", Party::person, ""});
    store::put_fact(tx, id, {FactField::name, "import:BENCH", name, now - days(400), false, {}});
    store::put_identity(tx, {IdentityId(id_of('I', i)), id, kShop, IdentityKind::shop_account, "shop", "K" + n, Strength::strong, "import:BENCH", now, now});
    for (std::size_t k = 0; k < kOrdersEach; ++k) {
        const std::size_t o = i * kOrdersEach + k;
        const Instant at = now - days(static_cast<std::int64_t>(o % 700));
        const OrderId order(id_of('O', o));
        store::NewOrder made{{order, kShop, "B" + std::to_string(100'000'000 + o), id, "CNY", 19'800, 0, 800, 20'600, "web", at, at, at}, {}, {}, {}};
        made.lines.push_back({OrderLineId(id_of('L', o)), order, 1, "CUP-" + std::to_string(o % 997), "陶瓷马克杯 350ml", 2, 9'900, 0, 19'800, 2, 2});
        made.payments.push_back({PaymentId(id_of('P', o)), order, 1, "alipay", "P" + n, 20'600, "CNY", at});
        store::insert_order(tx, made);
    }
}

/// A million people with five million orders take some minutes.
void build_history(const Plan& plan) {
    if (fs::exists(plan.history)) return;
    std::cerr << "  building " << plan.history << '\n';
    const std::string half = plan.history + ".half";
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(half + end);
    {
        db::Options options;
        options.url = half;
        options.inline_writer = true;
        Desk desk(options);
        db::migrate(*desk.database, desk.clock.now());
        const Instant now = desk.clock.now();
        constexpr std::size_t kBatch = 500;
        for (std::size_t done = 0; done < plan.customers; done += kBatch)
            desk.database->change(db::Lane::bulk, [&](db::Connection& tx) {
                if (done == 0) store::insert_shop(tx, {kShop, "bench", "Bench", "CNY", "Asia/Shanghai", now, false, 1});
                for (std::size_t i = done; i < std::min(done + kBatch, plan.customers); ++i) put_person(tx, i, now);
                return true;
            });
    }
    fs::rename(half, plan.history);
}

std::vector<std::size_t> random_people(const Plan& plan, std::size_t count) {
    std::vector<std::size_t> chosen;
    std::uint64_t state = 7;
    while (chosen.size() < count) {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        chosen.push_back((state >> 33) % plan.customers);
    }
    return chosen;
}

/// The statements of so many 360s.
Recording record(const Plan& plan, const std::vector<std::size_t>& people) {
    Recorder recorder;
    db::Options options;
    options.url = plan.history;
    options.inline_writer = true;
    options.observer = recorder.observer();
    Desk desk(options);
    const usecase::Actor agent{StaffId("BENCH"), {Role::agent}, {kShop}, false, "staff:BENCH"};
    for (const std::size_t i : people) {
        recorder.begin();
        if (!usecase::get_customer(desk.context, agent, {CustomerId(id_of('C', i))})) throw std::runtime_error("a customer of the history is missing");
    }
    return recorder.take();
}

std::string path_of(std::size_t person) { return "/api/v1/customers/" + id_of('C', person); }

}  // namespace

Shop need_history(const Plan& plan) {
    build_history(plan);
    db::Options options;
    options.url = plan.history;
    options.inline_writer = true;
    Desk desk(options);
    db::migrate(*desk.database, desk.clock.now());  // a history of an earlier run may be older than the program
    const usecase::Guard guard{"system", {}, {}, {}, desk.clock.now()};
    Shop shop;
    shop.id = kShop;
    shop.token = usecase::add_token(desk.context, domain::system_actor(), guard, {"bench", {Role::agent}, {kShop}}).value().secret;
    return shop;
}

std::vector<std::string> history_paths(const Plan& plan, std::size_t count) {
    std::vector<std::string> paths;
    for (const std::size_t i : random_people(plan, count)) paths.push_back(path_of(i));
    return paths;
}

std::vector<Goal> measure_reading(const Plan& plan) {
    const Shop shop = need_history(plan);
    const auto people = random_people(plan, plan.burst);
    const Recording recording = record(plan, people);
    std::vector<std::string> pages, orders;
    for (const std::size_t i : people) {
        pages.push_back(shop.http_get(path_of(i)));
        orders.push_back(shop.http_get("/api/v1/orders/" + id_of('O', i * kOrdersEach)));
    }
    Service bare = Service::hello(), desk = Service::desk(plan.history, true);
    RawSqlite raw(plan.history, recording.texts);
    const std::vector<std::string> hello(plan.burst * 3, shop.http_get("/"));
    std::vector<double> by_id, page, cpu, hello_rate, order_rate, page_rate;
    for (int turn = 0; turn < plan.turns; ++turn) {
        std::cerr << "  reading, turn " << turn + 1 << " of " << plan.turns << '\n';
        hello_rate.push_back(measure_http(bare.port(), 32, hello).per_second());
        order_rate.push_back(measure_http(desk.port(), 32, orders).per_second());
        const double before = desk.cpu_seconds();
        page_rate.push_back(measure_http(desk.port(), 32, pages).per_second());
        const double own = desk.cpu_seconds() - before, began = thread_cpu_seconds();
        for (const Change& each : recording.changes) raw.run(each);
        cpu.push_back(own / (thread_cpu_seconds() - began));
        by_id.push_back(order_rate.back() / hello_rate.back());
        page.push_back(page_rate.back() / hello_rate.back());
    }
    const bool whole = plan.customers >= 1'000'000;
    const std::string size = " (" + number(static_cast<double>(plan.customers)) + " customers)", limit = number(median(hello_rate)) + "/s";
    return {{"2", "an order by id with lines and ledgers, c=32, against bare Poco hello", limit, number(median(order_rate)) + "/s", median(by_id), 0.35, true, true},
            {"3", "customer 360" + size + ", c=32, against bare Poco hello", limit, number(median(page_rate)) + "/s", median(page), 0.10, true, whole},
            {"3-cpu", "the service's CPU for a 360 against that of its bare statements", "1", number(median(cpu)), median(cpu), 2.5, false, whole}};
}

}  // namespace aftercare::bench
