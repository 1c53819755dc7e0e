#include "usecase/demo.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "env/password.hpp"
#include "store/customers.hpp"
#include "store/orders.hpp"
#include "store/products.hpp"
#include "store/removal.hpp"
#include "usecase/cases.hpp"
#include "usecase/connectors.hpp"
#include "usecase/customers.hpp"
#include "usecase/demo_data.hpp"
#include "usecase/demo_people.hpp"
#include "usecase/demo_reviews.hpp"
#include "usecase/demo_tales.hpp"
#include "usecase/imports/people.hpp"
#include "usecase/matters.hpp"
#include "usecase/operations.hpp"
#include "usecase/orders.hpp"
#include "usecase/revisits.hpp"
#include "usecase/staff.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

using demo::Person;
using demo::Step;
using demo::Story;

constexpr const char* kShop = "puwu";

/// Acts for the demo people, each at its past time.
class Demo {
   public:
    explicit Demo(Context& ctx) : ctx_(ctx), now_(ctx.clock.now()) {}

    Result<DemoMade> make() {
        AC_TRY(const auto shops, list_shops(ctx_, domain::system_actor(), {}));
        for (const auto& shop : shops.items)
            if (shop.code == kShop) return DemoMade{"demo", "", 0, 0};
        AC_CHECK(open_shop());
        made_ = {"demo", env::make_secret(ctx_.random).substr(0, 16), 0, 0};
        AC_CHECK(hire());
        AC_CHECK(connect());
        const demo::House house{ctx_, now_, shop_, [this](Person person) -> const Actor& { return actor(person); }, orders_};
        AC_CHECK(demo::set_rules(house));
        AC_TRY(const auto zone, env::Zone::find("Asia/Shanghai"));
        sales_ = demo::sales(now_, zone);
        const auto tales = demo::tales();
        const std::size_t first = sales_.size();
        for (auto& sale : demo::tale_sales(now_, tales)) {
            demo::finish(sale, sales_.size(), zone);
            sales_.push_back(std::move(sale));
        }
        AC_CHECK(stock());
        AC_CHECK(meet());
        AC_CHECK(sell());
        for (const Story& story : demo::stories(now_, sales_)) {
            AC_CHECK(play(story));
        }
        AC_CHECK(call_back());
        AC_CHECK(demo::tell_matters(house));
        AC_CHECK(demo::tell_tales(house, tales, first));
        AC_CHECK(demo::tell_people(house));
        AC_CHECK(demo::tell_reviews(house));
        return ctx_.store.read([&](Tx& tx) -> Result<DemoMade> {
            const auto inside = store::contents(tx, shop_);
            made_.orders = inside.orders, made_.cases = inside.cases;
            return made_;
        });
    }

   private:
    Guard guard(Duration ago) { return {"demo", {}, {}, {}, now_ - ago}; }

    Result<void> open_shop() {
        shop_ = ctx_.ids.make<ShopId>();
        const store::Shop shop{shop_, kShop, "朴物生活旗舰店", "CNY", "Asia/Shanghai", now_ - days(735), true};
        return nothing(ctx_.store.change(guard(days(735)), [&, policy = ctx_.ids.make<PolicyId>()](Tx& tx) -> Result<Done> {
            AC_CHECK(insert_shop(tx, shop, policy));
            return Done{};
        }));
    }

    Result<void> hire() {
        AC_TRY(const std::string hash, hashed(made_.password));
        AC_TRY(const auto known, list_staff(ctx_, domain::system_actor(), {}));
        std::set<std::string> logins;
        for (const StaffView& each : known.items) logins.insert(each.login);
        std::vector<store::Staff> people;
        for (const auto& who : demo::people()) {
            std::string login = who.login;
            for (int i = 2; !logins.insert(login).second; ++i) login = who.login + std::to_string(i);
            people.push_back({ctx_.ids.make<StaffId>(), login, who.name, hash, who.roles, {shop_}, true, now_ - days(734), true});
            actors_.push_back({people.back().id, who.roles, {shop_}, false, "demo:" + people.back().id.value});
        }
        if (known.items.empty()) people.front().shops.clear();
        made_.login = people.front().login;
        return nothing(ctx_.store.change(guard(days(734)), [&](Tx& tx) -> Result<Done> {
            for (const store::Staff& each : people) store::insert_staff(tx, each);
            return Done{};
        }));
    }

    Result<std::string> folder(const char* name) {
        const std::string path = ctx_.demo_folder + "/" + name;
        std::error_code failed;
        std::filesystem::create_directories(path, failed);
        if (failed) return fail(Error{ErrorKind::unavailable, "read_only", {}, {}, {}, "cannot make " + path + ": " + failed.message()});
        return path;
    }

    // Without the plugin's files on this machine the shop simply has no connector.
    Result<void> connect() {
        if (!ctx_.plugin_catalog || ctx_.demo_folder.empty()) return {};
        const auto plugins = ctx_.plugin_catalog();
        const auto there = [&](const char* id) {
            return std::any_of(plugins.begin(), plugins.end(), [&](const PluginView& p) { return p.id == id; });
        };
        // the folders a small warehouse, a courier and a marketplace would share with the shop
        AC_TRY(const std::string warehouse, folder("warehouse"));
        AC_TRY(const std::string courier, folder("courier"));
        AC_TRY(const std::string marketplace, folder("marketplace"));
        if (there("warehouse_files")) {
            AC_CHECK(add_connector(ctx_, domain::system_actor(), guard(days(100)),
                                   {shop_, "warehouse_files", "义乌一号仓", RawJson{encode(demo::Folder{warehouse})}}));
        }
        if (there("payment_manual")) {
            AC_CHECK(add_connector(ctx_, domain::system_actor(), guard(days(100)),
                                   {shop_, "payment_manual", "人工打款", RawJson{"{}"}}));
        }
        if (there("courier_manual")) {
            const demo::CourierSettings settings{"朴物退货组", "0579-85550123", "浙江省义乌市稠州北路 868 号 3 号库", "顺丰", courier};
            AC_CHECK(add_connector(ctx_, domain::system_actor(), guard(days(100)), {shop_, "courier_manual", "自己叫快递", RawJson{encode(settings)}}));
        }
        if (there("marketplace_csv")) {
            const demo::MarketplaceSettings settings{marketplace, "tmall"};
            AC_CHECK(add_connector(ctx_, domain::system_actor(), guard(days(100)), {shop_, "marketplace_csv", "天猫表格", RawJson{encode(settings)}}));
        }
        return {};
    }

    /// Writes `count` things, some in each change: a change each would wait for the disk four hundred times.
    template <class Write>
    Result<void> write(std::size_t count, Write write) {
        constexpr std::size_t kSlice = 40;
        for (std::size_t from = 0; from < count; from += kSlice)
            AC_CHECK(ctx_.store.change(guard(days(0)), [&](Tx& tx) -> Result<Done> {
                for (std::size_t i = from; i < std::min(count, from + kSlice); ++i)
                    if (auto written = write(tx, i); !written) return fail(std::move(written.error()));
                return Done{};
            }));
        return {};
    }

    static imports::Person person_of(const demo::Buyer& buyer) {
        imports::Person person;
        person.ref = buyer.ref, person.name = buyer.name, person.phone = buyer.phone, person.country = "中国";
        person.province = buyer.province, person.city = buyer.city, person.district = buyer.district, person.street = buyer.street;
        return person;
    }

    Result<void> stock() {
        const auto goods = demo::products();
        return write(goods.size(), [&](Tx& tx, std::size_t i) -> Result<void> {
            const auto& [sku, name, spec, category, price] = goods[i];
            const Product made{ctx_.ids.make<ProductId>(), shop_, sku, name, spec, category, "", price, "", false, now_ - days(735), now_ - days(735)};
            store::insert_product(tx, made);
            store::use_name(tx, made.id, {name, 1});
            return {};
        });
    }

    Result<void> meet() {
        std::vector<Instant> since(demo::kBuyers, now_ - days(30));
        for (const auto& sale : sales_) since[sale.buyer] = std::min(since[sale.buyer], sale.placed_at);
        buyers_.assign(demo::kBuyers, {});
        return write(demo::kBuyers, [&](Tx& tx, std::size_t i) -> Result<void> {
            const auto buyer = demo::buyer(i);
            const StaffId by = actor(Person::agent).staff_id;
            std::vector<CustomerFact> more;
            const auto say = [&](FactField field, const std::string& value) {
                if (!value.empty()) more.push_back({field, "staff:" + by.value, value, since[i], false, {}});
            };
            say(FactField::birthday, buyer.birthday);
            say(FactField::style, buyer.style);
            if (buyer.party != Party::person) say(FactField::party, std::string(word(buyer.party)));
            buyers_[i] = imports::People(ctx_, tx, shop_, "order", false).find_or_make(person_of(buyer), since[i], {}, more).id;
            for (const std::string& tag : buyer.tags) store::add_tag(tx, buyers_[i], tag, by, since[i]);
            for (const auto& [kind, words] : buyer.notes) {
                const auto state = kind == CustomerNoteKind::special_request ? CustomerNoteState::open : CustomerNoteState::standing;
                store::insert_note(tx, {ctx_.ids.make<CustomerNoteId>(), buyers_[i], kind, state, words, {}, by, now_ - days(3 + static_cast<std::int64_t>(i) % 40), 1});
            }
            return {};
        });
    }

    Result<void> sell() {
        orders_.assign(sales_.size(), {});
        return write(sales_.size(), [&](Tx& tx, std::size_t i) -> Result<void> {
            const auto& sale = sales_[i];
            PutOrder in;
            in.shop_id = shop_, in.number = sale.number, in.channel = sale.channel;
            for (const auto& item : sale.items) {
                const auto& product = demo::products()[item.product];
                in.lines.push_back({product.sku, product.name, item.qty, product.price_minor, 0});
            }
            in.discount_minor = sale.discount_minor, in.shipping_minor = sale.shipping_minor;
            in.placed_at = sale.placed_at, in.delivered_at = sale.delivered_at;
            AC_TRY(store::NewOrder made, build_order(ctx_, in, "CNY"));
            if (sale.goods == demo::Goods::out)
                for (OrderLine& line : made.lines) line.shipped_qty = line.qty;
            if (sale.goods == demo::Goods::unpaid) made.payments.clear(), made.order.paid_at = {};
            made.order.customer_id = buyers_[sale.buyer];
            const auto address = imports::People(ctx_, tx, shop_, "order", false).address_of(buyers_[sale.buyer], person_of(demo::buyer(sale.buyer)), sale.placed_at);
            if (sale.goods == demo::Goods::delivered || sale.goods == demo::Goods::out)
                made.shipments.push_back({ctx_.ids.make<ShipmentId>(), made.order.id, 1, sale.carrier, sale.tracking, sale.placed_at + hours(9), sale.delivered_at, address});
            store::insert_order(tx, made);
            orders_[i] = std::move(made);
            return {};
        });
    }

    const Actor& actor(Person who) const { return actors_[static_cast<std::size_t>(who)]; }

    Result<void> play(const Story& story) {
        const store::NewOrder& order = orders_[story.order];
        OpenCaseIn open;
        open.shop_id = shop_;
        open.open = {CaseKind::return_refund, Channel::chat, order.order.id, {}, story.topic};
        domain::RequestOperation request;
        request.lines = {{order.lines[0].id, story.qty, {}, {}, {}}};
        request.reason = story.reason;
        request.photo_ref = "买家图片1.jpg";
        open.request = request;
        open.note = story.words;
        AC_TRY(const auto opened, open_case(ctx_, actor(Person::agent), guard(minutes(story.minutes_ago)), open));
        Instant at = now_ - minutes(story.minutes_ago);
        const auto whole = minutes(story.lasts ? story.lasts : story.minutes_ago);
        const auto between = Duration{whole.ms / static_cast<std::int64_t>(story.steps.size() + 2)};
        for (const Step step : story.steps) {
            at = at + between;
            AC_CHECK(act(opened.case_id, opened.operation_id, order, story, step, at));
        }
        if (story.owner) {
            AC_CHECK(assign_case(ctx_, actor(Person::lead), Guard{"demo", {}, {}, {}, at},
                                 {opened.case_id, {actor(*story.owner).staff_id}}));
        }
        return {};
    }

    Result<void> act(const CaseId& id, const OperationId& op, const store::NewOrder& order, const Story& story, Step step, Instant at) {
        const Guard when{"demo", {}, {}, {}, at};
        const Actor &agent = actor(Person::agent), &lead = actor(Person::lead), &dock = actor(Person::warehouse), &money = actor(Person::finance);
        const OrderLineId line = order.lines[0].id;
        const std::string tracking = "SF14290" + std::to_string(10'000 + story.order * 37 + (step == Step::ship_one ? 5 : 0));
        const auto inspected = [&](std::int64_t qty, Grade grade, Disposition disposition) {
            return inspect(ctx_, dock, when, {id, {op, line, qty, grade, disposition, grade == Grade::pass ? "" : "验货图1.jpg", "", "韩磊"}});
        };
        switch (step) {
            case Step::approve: return nothing(approve(ctx_, lead, when, {id, {op}}));
            case Step::ask: return nothing(ask_info(ctx_, agent, when, {id, op, "麻烦拍一张吊牌和瑕疵处的照片。"}));
            case Step::reject: return nothing(reject(ctx_, lead, when, {id, {op, demo::kRejectCode}}));
            case Step::withdraw: return nothing(withdraw(ctx_, agent, when, {id, {op, {}}}));
            case Step::ship_all: return nothing(ship_back(ctx_, agent, when, {id, {op, "顺丰", tracking, {}}}));
            case Step::ship_two: return nothing(ship_back(ctx_, agent, when, {id, {op, "顺丰", tracking, {{line, 2}}}}));
            case Step::ship_one: return nothing(ship_back(ctx_, agent, when, {id, {op, "中通", tracking, {{line, 1}}}}));
            case Step::arrive: return nothing(arrive(ctx_, dock, when, {id, {op, {}, tracking, std::nullopt, ""}}));
            case Step::pass_all: return nothing(inspected(story.qty, Grade::pass, Disposition::restock));
            case Step::pass_two: return nothing(inspected(2, Grade::pass, Disposition::restock));
            case Step::used: return nothing(inspected(story.qty, Grade::used, Disposition::refurbish));
            case Step::submit: return nothing(submit_refund(ctx_, money, when, {id, {op, {}}}));
            case Step::paid: return answer(id, op, when, RefundResult::ok);
            case Step::failed: return answer(id, op, when, RefundResult::fail);
            case Step::unknown: return answer(id, op, when, RefundResult::unknown);
            case Step::intervene:
                return nothing(hear_platform(ctx_, lead, when, {id, {"AS" + order.order.number, {}, Intervention::in_progress, 0, now_ + hours(20), false}}));
            case Step::close: return nothing(close_case(ctx_, lead, when, {id, {"customer_choice", Fault::customer, "货已入库，款已退。"}}));
            case Step::note:
                return nothing(add_note(ctx_, agent, when, {id, NoteKind::internal, "客户在出差，已说明收到货后 1 到 3 天退款。"}));
        }
        return {};
    }

    // Two plans, and calls that are due, done, agreed again, on hold and planned.
    Result<void> call_back() {
        const Actor& boss = actor(Person::boss);
        AC_CHECK(add_plan(ctx_, boss, guard(days(60)), {shop_, demo::closing_plan()}));
        AC_CHECK(add_plan(ctx_, boss, guard(days(60)), {shop_, demo::spring_plan()}));
        for (std::size_t i = 0; i < demo::kTagged; ++i) {
            AC_CHECK(add_tag(ctx_, boss, guard(days(50)), {orders_[i].order.customer_id, demo::spring_plan().tag}));
        }
        for (const auto& call : demo::calls()) {
            const CustomerId& customer = orders_[call.order].order.customer_id;
            AC_TRY(const auto opened, open_case(ctx_, boss, guard(hours(call.hours_ago + 2)), {shop_, {CaseKind::consultation, Channel::chat, {}, customer, call.topic}, {}, ""}));
            AC_CHECK(assign_case(ctx_, boss, guard(hours(call.hours_ago + 1)), {opened.case_id, {actor(call.owner).staff_id}}));
            AC_CHECK(matter_step<MatterWord::answer>(ctx_, actor(call.owner), guard(hours(call.hours_ago + 1)), {opened.case_id, {}, "已按说明书答复客户。"}));
            AC_CHECK(close_case(ctx_, boss, guard(hours(call.hours_ago)), {opened.case_id, {"other", Fault::unknown, call.topic}}));
        }
        AC_CHECK(wake_revisits(ctx_));
        for (const auto& call : demo::calls()) {
            if (!call.result) continue;
            RevisitQuery of_customer;
            of_customer.customer_id = orders_[call.order].order.customer_id;
            AC_TRY(const auto list, list_revisits(ctx_, boss, of_customer));
            AC_CHECK(finish_revisit(ctx_, actor(call.owner), guard(hours(1)),
                                    {list.items.at(0).revisit.id, *call.result, call.note, call.again ? now_ + hours(20) : Instant{}}));
        }
        return nothing(plan_ahead(ctx_, 1'000));
    }

    Result<void> answer(const CaseId& id, const OperationId& op, const Guard& when, RefundResult result) {
        AC_TRY(const auto view, get_case(ctx_, actor(Person::finance), {id}));
        for (const MoneyAttempt& attempt : view.attempts)
            if (attempt.state == MoneyState::submitted)
                return nothing(refund_result(ctx_, actor(Person::finance), when, {id, {op, attempt.id, result, "", ""}}));
        return {};
    }

    template <class T>
    static Result<void> nothing(Result<T> result) {
        if (!result) return fail(std::move(result.error()));
        return {};
    }

    Context& ctx_;
    Instant now_;
    ShopId shop_;
    DemoMade made_;
    std::vector<Actor> actors_;  // in the order of demo::people()
    std::vector<demo::Sale> sales_;
    std::vector<CustomerId> buyers_;
    std::vector<store::NewOrder> orders_;  // of sales_
};

}  // namespace

Result<DemoMade> make_demo(Context& ctx) { return Demo(ctx).make(); }

Result<DemoMade> bring_demo(Context& ctx, const Actor& actor, const Guard&, const Nothing&) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    if (!actor.all_shops) return fail(ErrorKind::forbidden, "all_shops_needed");
    return make_demo(ctx);
}

}  // namespace aftercare::usecase
