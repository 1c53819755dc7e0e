#include "usecase/demo_data.hpp"

#include <array>

namespace aftercare::usecase::demo {

std::vector<StaffMember> people() {
    return {{"demo", "演示掌柜", {Role::agent, Role::lead, Role::finance, Role::warehouse, Role::admin}},
            {"linke", "林珂", {Role::agent}},
            {"zhoumin", "周敏", {Role::agent, Role::lead}},
            {"xujianing", "许嘉宁", {Role::agent}},
            {"fangxiao", "方晓", {Role::finance}},
            {"hanlei", "韩磊", {Role::warehouse}}};
}

const Product& product(std::size_t i) {
    static const std::array<Product, 14> kProducts{{{"JJF-2603-FM", "加绒居家服套装 雾粉 M", 15'900},
                                                    {"JJF-2603-HL", "加绒居家服套装 灰蓝 L", 15'900},
                                                    {"KZ-450-W", "空气炸锅 4.5L 云雾白", 32'900},
                                                    {"DSH-170", "电热水壶 1.7L 双层防烫", 12'900},
                                                    {"MW-5S", "精梳棉袜 5 双装", 4'990},
                                                    {"BWB-500", "316 保温杯 500ml 墨绿", 8'900},
                                                    {"CD-4P", "水洗棉四件套 1.8 米 燕麦", 29'900},
                                                    {"TD-LED", "护眼台灯 三档色温", 16'900},
                                                    {"YS-BLUE", "晴雨伞 全自动 雾霾蓝", 6'900},
                                                    {"CJ-BAMBOO", "楠竹砧板 双面", 7'500},
                                                    {"XX-HOME-40", "居家拖鞋 40 码 防滑", 3'990},
                                                    {"XZ-LAV", "薰衣草香薰蜡烛 180g", 5'800},
                                                    {"SNB-15", "电脑内胆包 15 寸", 9'900},
                                                    {"MJ-3P", "长绒棉毛巾 3 条", 5'990}}};
    return kProducts[i % kProducts.size()];
}

std::string customer_name(std::size_t i) {
    static const std::array kNames{"陈雨桐", "王思远", "郑凯", "李国强", "赵敏仪", "孙佳慧", "吴晓东", "何婉清", "韩雪", "冯雅静", "沈丽华", "邓可欣",
                                   "罗振宇", "梁诗涵", "曹俊杰", "谢婷", "蒋文博", "黄志明", "叶子涵", "潘晓燕", "董建国", "袁思琪", "苏明哲", "卢佳怡"};
    return kNames[i % kNames.size()];
}

std::string customer_phone(std::size_t i) {
    // 199 0000 is a range no carrier gives out
    const std::string tail = std::to_string(1'234 + i * 311 % 8'700);
    return "1990000" + std::string(4 - tail.size(), '0') + tail;
}

Sale sale(std::size_t i) {
    static const std::array kChannels{"天猫", "抖音", "拼多多", "京东", "微信"};
    Sale made;
    made.number = "2026" + std::to_string(1'110 + i % 19) + std::to_string(884'200 + i * 37);
    made.channel = kChannels[i * 7 % kChannels.size()];
    made.customer = i * 5 % 24;
    made.items.push_back({i, static_cast<std::int64_t>(i % 3) + 1});
    if (i % 2 == 0) made.items.push_back({i + 3, 1});
    if (i % 5 == 0) made.items.push_back({i + 6, 2});
    made.discount_minor = i % 4 == 0 ? 2'959 : 0;
    made.shipping_minor = i % 3 == 0 ? 600 : 0;
    made.hours_ago = static_cast<std::int64_t>(i % 6) * 20 + 4;
    return made;
}

std::vector<Story> stories() {
    using enum Step;
    using enum Reason;
    constexpr auto kHour = std::int64_t{60}, kDay = 24 * kHour;
    const auto linke = Person::agent, zhou = Person::lead, xu = Person::colleague;
    return {
        {2, 3, not_as_described, 40 * kHour, "空气炸锅与描述不符", "跟详情页差太多，三台都想退。照片发你了。", {approve, ship_two, arrive, pass_two, note}, linke},
        {5, 3, no_longer_wanted, 30, "保温杯想退一部分", "买多了，想退三个。", {}, std::nullopt},
        {8, 3, wrong_size, 3 * kHour, "雨伞尺寸偏小", "打开比想象的小，想退。", {}, linke},
        {11, 3, damaged_in_transit, 20 * kHour, "香薰蜡烛破损", "收到时玻璃杯裂了，三个都裂。", {ask}, zhou},
        {14, 3, quality, 22 * kHour, "居家服掉毛", "洗一次就掉毛，全退。", {approve}, linke},
        {17, 3, wrong_item, 26 * kHour, "发错颜色", "订的墨绿发来的是白色。", {approve, ship_all}, zhou},
        {20, 3, no_longer_wanted, 30 * kHour, "不想要了", "家里已经有了。", {approve, ship_all, arrive}, xu},
        {23, 3, not_as_described, 34 * kHour, "砧板有裂纹", "收到就有裂纹。", {approve, ship_all, arrive, pass_all}, linke},
        {26, 3, quality, 44 * kHour, "内胆包拉链坏", "拉链拉不上。", {approve, ship_all, arrive, used}, zhou},
        {29, 3, no_longer_wanted, 50 * kHour, "毛巾买重复了", "重复下单了。", {approve, ship_all, arrive, pass_all, submit}, linke},
        {32, 3, wrong_size, 46 * kHour, "袜子尺码不对", "码数偏大。", {approve, ship_all, arrive, pass_all, submit, unknown}, xu},
        {35, 3, quality, 48 * kHour, "台灯频闪", "开灯就闪。", {approve, ship_all, arrive, pass_all, submit, failed}, linke},
        {38, 3, no_longer_wanted, 3 * kDay - 8 * kHour, "雨伞不想要了", "改买别的了。", {approve, ship_all, arrive, pass_all, submit, paid}, zhou},
        {41, 3, late_delivery, 2 * kDay, "等太久", "等了一周才到，不要了。", {approve, ship_all, arrive, pass_all, submit, paid}, xu},
        {44, 3, no_longer_wanted, 14 * kHour, "误拍", "拍错了。", {reject, intervene}, linke},
        {47, 3, other, 9 * kHour, "先不退了", "又想留着用。", {approve, withdraw}, zhou},
        {1, 2, wrong_size, 50, "居家服偏小", "L 码偏小一号，能退吗？", {}, std::nullopt},
        {4, 2, not_as_described, 2 * kHour, "袜子不是精梳棉", "摸着不像纯棉。", {}, xu},
        {7, 2, quality, 28 * kHour, "台灯底座松动", "底座晃，照片已发。", {approve}, linke},
        {10, 2, no_longer_wanted, 32 * kHour, "拖鞋不想要", "颜色跟家里不搭。", {approve, ship_all}, zhou},
        {13, 2, damaged_in_transit, 36 * kHour, "毛巾外包装破损", "外箱压坏，毛巾脏了。", {approve, ship_all, arrive}, linke},
        {16, 2, quality, 18 * kHour, "炸锅按键失灵", "按键没反应。", {ask, note}, xu},
        {19, 2, no_longer_wanted, 5 * kHour, "水壶重复购买", "朋友送了一个。", {}, linke},
        {22, 2, wrong_item, 38 * kHour, "台灯发错型号", "发来的是两档的。", {approve, ship_all, arrive, pass_all}, zhou},
        {25, 2, not_as_described, 6 * kHour, "蜡烛味道不对", "没有薰衣草味。", {}, std::nullopt},
        {28, 2, no_longer_wanted, 8 * kHour, "居家服不要了", "不喜欢这个粉色。", {approve}, xu},
    };
}

domain::PlanTerms closing_plan() {
    domain::PlanTerms terms;
    terms.title = "售后满意度回访";
    terms.script = "您好，我是朴物生活的客服。上次的问题处理好了吗，还有哪里不方便？";
    return terms;
}

domain::PlanTerms spring_plan() {
    domain::PlanTerms terms;
    terms.title = "春节问候";
    terms.script = "给您拜个早年。春节期间客服照常在线，发货从初七恢复。";
    terms.trigger = PlanTrigger::holiday;
    terms.festival = "spring-festival";
    terms.offset_days = -3;
    terms.tag = "老客户";
    terms.from_minute = 10 * 60;
    terms.expiry_days = 2;
    return terms;
}

std::vector<Call> calls() {
    return {
        {0, 96, Person::boss, "居家服怎么洗", std::nullopt, ""},
        {3, 84, Person::agent, "水壶保温多久", std::nullopt, ""},
        {18, 90, Person::boss, "棉袜缩水吗", std::nullopt, ""},
        {6, 120, Person::lead, "四件套尺寸", RevisitResult::reached, "尺寸合适，很满意。"},
        {15, 110, Person::boss, "雨伞保修", RevisitResult::no_answer, "", true},
        {2, 98, Person::agent, "炸锅怎么保养", std::nullopt, ""},  // on hold: a return of this customer is open
        {12, 26, Person::boss, "内胆包能装 16 寸吗", std::nullopt, ""},
    };
}

}  // namespace aftercare::usecase::demo
