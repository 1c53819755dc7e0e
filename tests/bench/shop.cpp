#include "bench/shop.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "db/migrate.hpp"
#include "store/customers.hpp"
#include "store/orders.hpp"
#include "usecase/cases.hpp"
#include "usecase/staff.hpp"

namespace aftercare::bench {

namespace {

using usecase::Guard;

store::NewOrder an_order(Desk& desk, const ShopId& shop, const CustomerId& customer, std::size_t number) {
    const Instant now = desk.clock.now();
    Order order{desk.ids.make<OrderId>(), shop, "B" + std::to_string(1'000'000 + number), customer, "CNY", 29'700, 0, 800, 30'500,
                "web", now - days(4), now - days(4), now - days(2)};
    store::NewOrder made{order, {}, {}, {}};
    made.lines.push_back({desk.ids.make<OrderLineId>(), order.id, 1, "CUP-" + std::to_string(number % 997), "陶瓷马克杯 350ml", 2, 9'900, 0, 19'800, 2, 2});
    made.lines.push_back({desk.ids.make<OrderLineId>(), order.id, 2, "LID-" + std::to_string(number % 499), "杯盖 竹制", 1, 9'900, 0, 9'900, 1, 1});
    made.payments.push_back({desk.ids.make<PaymentId>(), order.id, 1, "alipay", "P" + std::to_string(number), 30'500, "CNY", order.placed_at});
    return made;
}

usecase::OpenCaseIn a_return(const Shop& shop, const Shop::Line& line) {
    usecase::OpenCaseIn in;
    in.shop_id = shop.id;
    in.open.order_id = line.order;
    in.request.emplace();
    in.request->lines = {{line.line, 1, {}, {}, {}}};
    in.request->reason = Reason::no_longer_wanted;
    return in;
}

}  // namespace

void Shop::open_case(Desk& desk, std::size_t i) const {
    const Guard guard{agent.principal, "case-" + std::to_string(i), "body", {}, desk.clock.now()};
    wanted(usecase::open_case(desk.context, agent, guard, a_return(*this, lines.at(i))));
}

std::string Shop::http_open_case(std::size_t i) const {
    const Line& line = lines.at(i);
    const nlohmann::json lines_json = nlohmann::json::array({{{"order_line_id", line.line.value}, {"qty", 1}}});
    const nlohmann::json body = {{"shop_id", id.value}, {"order_id", line.order.value}, {"request", {{"lines", lines_json}, {"reason", "no_longer_wanted"}}}};
    const std::string text = body.dump();
    return "POST /api/v1/cases HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\nIdempotency-Key: case-" + std::to_string(i) +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

std::string Shop::http_get(const std::string& path) const {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n";
}

Shop make_shop(Desk& desk, std::size_t orders) {
    db::migrate(*desk.database, desk.clock.now());
    const usecase::Actor root = domain::system_actor();
    const auto guard = [&] { return Guard{"system", {}, {}, {}, desk.clock.now()}; };
    Shop shop;
    shop.id = wanted(usecase::add_shop(desk.context, root, guard(), {"bench", "Bench", "CNY", "Asia/Shanghai"})).id;
    const usecase::AddToken token{"bench", {Role::agent}, {shop.id}};
    const auto added = wanted(usecase::add_token(desk.context, root, guard(), token));
    shop.token = added.secret;
    shop.agent = {StaffId(added.id), token.roles, token.shops, false, "token:" + added.id};
    constexpr std::size_t kBatch = 500;
    for (std::size_t done = 0; done < orders; done += kBatch) {
        std::vector<Shop::Line> lines;
        desk.database->change(db::Lane::bulk, [&](db::Connection& tx) {
            lines.clear();
            for (std::size_t i = done; i < std::min(done + kBatch, orders); ++i) {
                const std::string n = std::to_string(10'000'000 + i);
                const Customer customer{desk.ids.make<CustomerId>(), shop.id, "C" + n, "顾客" + n, "138" + n, "", "中国", desk.clock.now(), "浙江省 杭州市", "", Party::person, ""};
                store::insert_customer(tx, customer);
                const auto order = an_order(desk, shop.id, customer.id, i);
                store::insert_order(tx, order);
                lines.push_back({order.order.id, order.lines.front().id});
            }
            return true;
        });
        shop.lines.insert(shop.lines.end(), lines.begin(), lines.end());
    }
    return shop;
}

}  // namespace aftercare::bench
