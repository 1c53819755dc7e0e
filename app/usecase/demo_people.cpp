#include "usecase/demo_people.hpp"

#include <algorithm>

#include "domain/date.hpp"
#include "usecase/approvals.hpp"
#include "usecase/articles.hpp"
#include "usecase/cases.hpp"
#include "usecase/errands.hpp"
#include "usecase/handovers.hpp"
#include "usecase/hours.hpp"
#include "usecase/matters.hpp"
#include "usecase/policies.hpp"
#include "usecase/ties.hpp"
#include "usecase/trainings.hpp"
#include "usecase/unknown_parcels.hpp"

namespace aftercare::usecase::demo {
namespace {

constexpr std::int64_t kCompensationBudget = 20'000;  ///< of a month

Result<CaseId> open_matter(const House& house, CaseKind kind, std::size_t order, std::int64_t hours_ago, const char* topic, const char* words) {
    const auto& of = house.orders[order].order;
    const OpenCaseIn in{house.shop, {kind, Channel::chat, of.id, of.customer_id, topic}, {}, words};
    AC_TRY(const auto made, open_case(house.ctx, house.actor(Person::agent), ago(house, hours_ago), in));
    return made.case_id;
}

template <MatterWord kWord>
Result<void> step(const House& house, const CaseId& id, std::int64_t hours_ago, const char* words) {
    AC_CHECK(matter_step<kWord>(house.ctx, house.actor(Person::agent), ago(house, hours_ago), {id, {}, words}));
    return {};
}

/// The customer asked twice; whoever saw it merged the second question into the first.
Result<CaseId> twice_asked(const House& house) {
    AC_TRY(const CaseId first, open_matter(house, CaseKind::consultation, 27, 31, "蒸锅能进洗碗机吗", "蒸格可以放洗碗机洗吗？"));
    AC_TRY(const CaseId second, open_matter(house, CaseKind::consultation, 27, 30, "洗碗机", "在吗？刚才问的洗碗机的事。"));
    AC_CHECK(merge_case(house.ctx, house.actor(Person::agent), ago(house, 29), {second, first, "同一位客户的同一个问题。"}));
    AC_CHECK(step<MatterWord::answer>(house, first, 28, "蒸格可以进洗碗机，锅身要手洗。"));
    return first;
}

/// An offer above the agent's limit, asked of a lead.
Result<CaseId> asked_offer(const House& house) {
    AC_TRY(const CaseId id, open_matter(house, CaseKind::complaint, 30, 20, "漏水泡了地板", "水壶漏水，把木地板泡起来了，要赔。"));
    AC_CHECK(assign_case(house.ctx, house.actor(Person::lead), ago(house, 19), {id, {house.actor(Person::agent).staff_id}}));
    AC_CHECK(step<MatterWord::acknowledge>(house, id, 18, "非常抱歉，地板的事我来跟，明天答复您。"));
    AC_CHECK(step<MatterWord::verify>(house, id, 17, "照片和维修报价都收到了。"));
    domain::Asked offer;
    offer.command = AskedWord::propose;
    offer.amount_minor = 68'000;
    AC_CHECK(ask_approval(house.ctx, house.actor(Person::agent), ago(house, 2), {id, offer, "退水壶货款，另赔地板维修 680 元。", "维修报价 680 元，照片属实，客户要求今天定。"}));
    return id;
}

/// A compensation above what is left of the month's budget, asked of a lead.
Result<void> asked_compensation(const House& house) {
    const auto& of = house.orders[33].order;
    OpenCaseIn in{house.shop, {CaseKind::complaint, Channel::phone, of.id, of.customer_id, "错过生日，要补偿"}, {}, "礼物晚了五天，生日都过了。"};
    in.request.emplace();
    in.request->kind = OperationKind::refund_only;
    in.request->sub_kind = SubKind::goodwill;
    in.request->reason = Reason::goodwill;
    in.request->amount_minor = kCompensationBudget * 13 / 10;
    AC_TRY(const auto made, open_case(house.ctx, house.actor(Person::colleague), ago(house, 4), in));
    domain::Asked wish;
    wish.command = AskedWord::approve;
    wish.operation_id = made.operation_id;
    AC_CHECK(ask_approval(house.ctx, house.actor(Person::colleague), ago(house, 3), {made.case_id, wish, "", "超出本月补偿预算。客户是老客户，礼物确实晚了五天。"}));
    return {};
}

/// Nobody announced them; one has been given on.
Result<void> strange_parcels(const House& house) {
    const auto found = [&](std::int64_t hours_ago, const char* carrier, const char* tracking, const std::string& number, const char* contents) {
        return record_parcel(house.ctx, house.actor(Person::warehouse), ago(house, hours_ago), {house.shop, carrier, tracking, number, "", contents, ""});
    };
    AC_CHECK(found(3, "圆通", "YT8830021177", house.orders[7].order.number, "一盏台灯，没有退货单"));
    AC_CHECK(found(22, "中通", "78120099331", "", "灰色浴巾一条，面单被撕了"));
    AC_TRY(const auto other, found(50, "韵达", "4310077120", "", "一双童鞋，不是我们的货"));
    AC_CHECK(dispose_parcel(house.ctx, house.actor(Person::warehouse), ago(house, 47), {other.parcel.id, Disposal::returned_to_sender, "退回寄件人。"}));
    return {};
}

/// What the desk looks up; about goods it stands beside their cases.
Result<void> written(const House& house) {
    const auto write = [&](ArticleKind kind, const char* title, const char* body, const std::string& sku, std::int64_t days_left) -> Result<void> {
        const Instant until = days_left == 0 ? Instant{} : house.now + days(days_left);
        AC_CHECK(add_article(house.ctx, house.actor(Person::lead), ago(house, 200), {house.shop, {kind, title, body, sku, days_left == 0 ? Instant{} : house.now - days(10), until}}));
        return {};
    };
    const auto sku = [&](std::size_t order) { return house.orders[order].lines[0].sku; };
    AC_CHECK(write(ArticleKind::product, "蒸锅能不能进洗碗机", "蒸格可以进洗碗机；锅身和把手要手洗，水温不超过 60 度。", sku(27), 0));
    AC_CHECK(write(ArticleKind::product, "水壶漏水先查这三处", "1. 密封圈有没有装反；2. 杯盖螺纹有没有异物；3. 热水不要超过八分满。都没有问题再走换货。", sku(30), 0));
    AC_CHECK(write(ArticleKind::promotion, "年末家居节", "满 300 减 30，可以和店铺券叠加，不能和会员价叠加。赠品随单发，退货时赠品一起退。", "", 20));
    AC_CHECK(write(ArticleKind::promotion, "秋季换新", "已结束。活动期下的单仍按当时的价保规则处理。", "", -2));
    AC_CHECK(write(ArticleKind::review_rules, "中差评怎么跟进", "先解决问题，再问客户愿不愿意追评。不许用钱或礼物换改评、删评；客户拒绝一次就停。", "", 0));
    AC_CHECK(write(ArticleKind::platform_rules, "平台介入后的时限", "平台介入后以平台的截止时间为准，举证材料要在截止前一天传完。", "", 0));
    return write(ArticleKind::service, "电话投诉四步", "安抚、核实、给方案、约定回电时间。回电时间写进工单，系统会提醒。", "", 0);
}

/// What the lead wants done besides cases: one for the agent, late since this morning, and one for whoever takes it in the warehouse.
Result<void> given(const House& house) {
    const auto give = [&](std::int64_t hours_ago, GiveErrand in) { return give_errand(house.ctx, house.actor(Person::lead), ago(house, hours_ago), in); };
    AC_CHECK(give(26, {house.shop, "整理上周漏水投诉的清单", "按订单号列出来，附照片，给质检。", house.actor(Person::agent).staff_id, {}, house.now - hours(2), {}}));
    AC_CHECK(give(5, {house.shop, "清点退货区待检商品", "周五盘点前做完，数量写在结果里。", {}, Department::warehouse, house.now + hours(30), {}}));
    return {};
}

/// How somebody new at the desk is taught; the colleague is halfway.
Result<void> taught(const House& house) {
    ArticleQuery all;
    all.shop_id = house.shop;
    AC_TRY(const auto known, list_articles(house.ctx, house.actor(Person::lead), all));
    const auto read = [&](std::string_view title) {
        const auto found = std::find_if(known.items.begin(), known.items.end(), [&](const Article& each) { return each.title == title; });
        return found == known.items.end() ? ArticleId{} : found->id;
    };
    const AddTraining in{house.shop, {"新客服入门", {{"读电话投诉四步，跟听三通电话", read("电话投诉四步"), 1}, {"读中差评跟进规则", read("中差评怎么跟进"), 3},
                                                {"读平台介入时限，列出三个截止时间", read("平台介入后的时限"), 7}, {"独立处理十个咨询，主管抽查", {}, 14}}}};
    AC_TRY(const auto training, add_training(house.ctx, house.actor(Person::lead), ago(house, 120), in));
    const Actor& colleague = house.actor(Person::colleague);
    AC_TRY(const auto run, start_training(house.ctx, house.actor(Person::lead), ago(house, 96), {training.id, colleague.staff_id}));
    AC_CHECK(finish_errand(house.ctx, colleague, ago(house, 80), {run.steps[0].id, "跟听了四通，回电时间的写法记住了。"}));
    AC_CHECK(finish_errand(house.ctx, colleague, ago(house, 50), {run.steps[1].id, ""}));
    return {};
}

constexpr std::int64_t kZone = 8;  ///< hours east of UTC

/// Midnight of this week's Monday at the shop.
Instant monday(Instant now) {
    const std::int64_t day = (now + hours(kZone)).ms / days(1).ms;
    return Instant{(day - domain::weekday(day)) * days(1).ms} - hours(kZone);
}
std::string date_text(Instant at) { return domain::text_of(domain::date_of((at + hours(kZone)).ms / days(1).ms)); }

/// An early and a late shift at the desk, turn about; the hall and finance by day. The Sunday that is worked, too.
Result<void> rostered(const House& house) {
    const Instant first = monday(house.now), end = first + days(14);
    PutRoster in{house.shop, first, end, {}};
    for (std::int64_t day = 0; day < 14; ++day) {
        const Instant midnight = first + days(day);
        const auto shift = [&](Person who, Department team, std::int64_t from, std::int64_t to) {
            in.shifts.push_back({house.actor(who).staff_id, team, midnight + hours(from), midnight + hours(to)});
        };
        const bool weekend = day % 7 == 6 && day != 13;
        if (weekend) continue;
        shift(day < 7 ? Person::agent : Person::colleague, Department::service, 9, 15);
        shift(day < 7 ? Person::colleague : Person::agent, Department::service, 15, 21);
        if (day % 7 < 5) shift(Person::lead, Department::lead, 10, 19), shift(Person::finance, Department::finance, 9, 18);
        shift(Person::warehouse, Department::warehouse, 9, 18);
    }
    AC_CHECK(put_roster(house.ctx, house.actor(Person::boss), ago(house, 170), in));
    return {};
}

}  // namespace

Result<void> set_rules(const House& house) {
    const Actor& boss = house.actor(Person::boss);
    const Guard when = ago(house, 733 * 24);
    AC_TRY(const auto known, list_policies(house.ctx, boss, {house.shop}));
    PutPolicy policy{house.shop, known.items.at(0).terms};
    policy.terms.compensation_budget_minor = kCompensationBudget;
    AC_CHECK(put_policy(house.ctx, boss, when, policy));
    PutHours in{house.shop, domain::usual_hours()};
    in.hours.week[5].slots = {{9 * 60, 18 * 60}};
    std::vector<domain::DayHours> desk(6, {{{9 * 60, 21 * 60}}});
    desk.emplace_back();
    in.hours.teams = {{Department::service, std::move(desk)}};
    const Instant sunday = monday(house.now) + days(13);
    in.hours.days = {{date_text(sunday), "备货加班（调休）", true, {{9 * 60, 18 * 60}}}, {date_text(sunday + days(1)), "调休", false, {}}};
    AC_CHECK(put_hours(house.ctx, boss, when, in));
    return rostered(house);
}

Result<void> tell_people(const House& house) {
    AC_TRY(const CaseId first, twice_asked(house));
    AC_TRY(const CaseId offer, asked_offer(house));
    AC_CHECK(link_case(house.ctx, house.actor(Person::agent), ago(house, 1), {offer, first, Relation::related}));
    AC_CHECK(asked_compensation(house));
    AC_CHECK(strange_parcels(house));
    AC_CHECK(written(house));
    AC_CHECK(given(house));
    AC_CHECK(taught(house));
    AC_CHECK(hand_over(house.ctx, house.actor(Person::colleague), ago(house, 1), {{house.shop, {}}, {}, "漏水那单等主管批，批了先打电话给客户。"}));
    AC_CHECK(hand_over(house.ctx, house.actor(Person::agent), ago(house, 0), {{house.shop, {}, Department::service}, {}, "早班交晚班：保温杯漏水的事等质检回话；补偿预算这个月快用完了，先问主管。"}));
    return {};
}

}  // namespace aftercare::usecase::demo
