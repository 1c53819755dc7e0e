#include "usecase/demo_data.hpp"

#include <algorithm>
#include <array>

namespace aftercare::usecase::demo {
namespace {

constexpr std::array<Product, 40> kProducts{{
    {"JJF-2603-FM", "加绒居家服套装 雾粉 M", "雾粉 M", "家居服", 15'900},
    {"JJF-2603-HL", "加绒居家服套装 灰蓝 L", "灰蓝 L", "家居服", 15'900},
    {"KZ-450-W", "空气炸锅 4.5L 云雾白", "4.5L 云雾白", "小家电", 32'900},
    {"DSH-170", "电热水壶 1.7L 双层防烫", "1.7L", "小家电", 12'900},
    {"MW-5S", "精梳棉袜 5 双装", "5 双", "家居服", 4'990},
    {"BWB-500", "316 保温杯 500ml 墨绿", "500ml 墨绿", "杯壶", 8'900},
    {"CD-4P", "水洗棉四件套 1.8 米 燕麦", "1.8 米 燕麦", "床品", 29'900},
    {"TD-LED", "护眼台灯 三档色温", "三档色温", "灯具", 16'900},
    {"YS-BLUE", "晴雨伞 全自动 雾霾蓝", "雾霾蓝", "出行", 6'900},
    {"CJ-BAMBOO", "楠竹砧板 双面", "40×28 厘米", "厨房", 7'500},
    {"XX-HOME-40", "居家拖鞋 40 码 防滑", "40 码", "家居服", 3'990},
    {"XZ-LAV", "薰衣草香薰蜡烛 180g", "180g", "香氛", 5'800},
    {"SNB-15", "电脑内胆包 15 寸", "15 寸", "出行", 9'900},
    {"MJ-3P", "长绒棉毛巾 3 条", "3 条", "卫浴", 5'990},
    {"YJ-BATH", "长绒棉浴巾 70×140", "70×140 厘米", "卫浴", 7'900},
    {"BWB-350", "316 保温杯 350ml 奶白", "350ml 奶白", "杯壶", 7'900},
    {"ZT-GLASS", "高硼硅玻璃杯 4 只", "4 只", "杯壶", 4'590},
    {"CH-PU", "白瓷茶壶 一壶四杯", "一壶四杯", "杯壶", 18'800},
    {"JSG-26", "铸铁珐琅锅 26 厘米 砖红", "26 厘米 砖红", "厨房", 45'900},
    {"PDG-28", "麦饭石平底锅 28 厘米", "28 厘米", "厨房", 16'900},
    {"DJ-3P", "三德刀三件套", "三件", "厨房", 19'900},
    {"MFG-20", "密封罐 2L 三只装", "2L 三只", "收纳", 6'590},
    {"SNX-L", "布艺收纳箱 大号 两只", "66 升 两只", "收纳", 8'990},
    {"YJ-50", "植绒衣架 50 只", "50 只", "收纳", 5'490},
    {"XYL-3", "脏衣篮 藤编 带盖", "带盖", "收纳", 13'900},
    {"BZ-JIA", "泡沫粒子抱枕 45 厘米", "45 厘米", "床品", 4'990},
    {"ZT-RJ", "乳胶枕 护颈 一对", "一对", "床品", 26'900},
    {"BD-4S", "四季被 1.5×2.0", "1.5×2.0 米", "床品", 21'900},
    {"MT-FL", "法兰绒毛毯 1.5×2.0 焦糖", "焦糖", "床品", 9'900},
    {"CL-SHA", "亚麻窗帘 2.7 米 米白", "2.7 米 米白", "布艺", 23'900},
    {"DT-JUTE", "黄麻地垫 60×90", "60×90 厘米", "布艺", 8'900},
    {"ZB-FIX", "桌布 防水 米格 140×180", "140×180 厘米", "布艺", 6'900},
    {"XX-SHE", "无火香薰 雪松 200ml", "200ml", "香氛", 9'800},
    {"SX-LAMP", "氛围小夜灯 可充电", "暖光", "灯具", 5'900},
    {"LD-LED", "落地灯 遥控调光", "遥控", "灯具", 28'900},
    {"JSQ-4L", "加湿器 4L 静音", "4L", "小家电", 15'900},
    {"ZZJ-MINI", "破壁机 轻音 1.2L", "1.2L", "小家电", 39'900},
    {"CFJ-1200", "高速吹风机 1200W", "1200W 银灰", "小家电", 29'900},
    {"LX-20", "登机箱 20 寸 墨绿", "20 寸 墨绿", "出行", 34'900},
    {"SSD-6", "旅行收纳袋 六件套", "六件", "出行", 5'990},
}};

constexpr std::array kNames{"陈雨桐", "王思远", "郑凯", "李国强", "赵敏仪", "孙佳慧", "吴晓东", "何婉清", "韩雪", "冯雅静", "沈丽华", "邓可欣",
                            "罗振宇", "梁诗涵", "曹俊杰", "谢婷", "蒋文博", "黄志明", "叶子涵", "潘晓燕", "董建国", "袁思琪", "苏明哲", "卢佳怡"};
constexpr std::array kSurnames{"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "朱", "马", "胡", "郭", "林",
                               "何", "高", "梁", "宋", "唐", "许", "邓", "冯", "彭", "曾", "萧", "田", "蔡", "潘", "袁", "于", "余"};
constexpr std::array kGiven{"雨晴", "子轩", "梓涵", "浩然", "欣怡", "建军", "晓彤", "一鸣", "佳琪", "志远", "诗雨", "文杰", "静怡", "天佑", "若曦",
                            "海燕", "俊熙", "雅婷", "德明", "思睿", "玉兰", "博文", "春梅", "嘉豪", "芷若", "立新", "可馨", "少华", "婉婷", "永强", "星辰"};

struct Place {
    const char *province, *city, *district, *street;
};
constexpr std::array<Place, 18> kPlaces{{{"浙江省", "杭州市", "西湖区", "文三路"},   {"上海市", "上海市", "徐汇区", "漕宝路"},
                                         {"广东省", "深圳市", "南山区", "科苑路"},   {"北京市", "北京市", "朝阳区", "望京西路"},
                                         {"江苏省", "苏州市", "姑苏区", "人民路"},   {"四川省", "成都市", "武侯区", "科华北路"},
                                         {"湖北省", "武汉市", "洪山区", "珞喻路"},   {"广东省", "广州市", "天河区", "体育东路"},
                                         {"陕西省", "西安市", "雁塔区", "小寨东路"}, {"湖南省", "长沙市", "岳麓区", "麓山南路"},
                                         {"山东省", "青岛市", "市南区", "香港中路"}, {"福建省", "厦门市", "思明区", "湖滨南路"},
                                         {"重庆市", "重庆市", "渝中区", "中山三路"}, {"辽宁省", "大连市", "中山区", "人民路"},
                                         {"河南省", "郑州市", "金水区", "花园路"},   {"安徽省", "合肥市", "蜀山区", "黄山路"},
                                         {"云南省", "昆明市", "五华区", "翠湖北路"}, {"黑龙江省", "哈尔滨市", "南岗区", "学府路"}}};
constexpr std::array kChannels{"天猫", "抖音", "拼多多", "京东", "微信"};
constexpr std::array<std::pair<const char*, const char*>, 4> kCarriers{{{"顺丰", "SF10"}, {"中通", "7810"}, {"圆通", "YT88"}, {"京东快递", "JDX0"}}};

/// Chance that is the same every time.
std::uint64_t mixed(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return x ^ (x >> 31);
}
std::size_t pick(std::uint64_t seed, std::size_t below) { return static_cast<std::size_t>(mixed(seed) % below); }

/// How much a day of the year sells: promotions, and the quiet of the Spring Festival.
std::int64_t weight(const env::LocalTime& day) {
    const int date = day.month * 100 + day.day;
    if (date >= 1101 && date <= 1111) return date == 1111 ? 40 : 10;
    if (date >= 601 && date <= 618) return date == 618 ? 24 : 7;
    if (date == 1212) return 16;
    if (date >= 110 && date <= 131) return 6;
    if (date >= 204 && date <= 214) return 1;
    return 2;
}

std::string day_text(const env::LocalTime& day) { return std::to_string(day.year * 10'000 + day.month * 100 + day.day); }

std::vector<Item> basket(std::size_t i) {
    std::vector<Item> items;
    for (std::size_t k = 0; k <= pick(i * 7 + 1, 3); ++k) {
        const std::size_t product = pick(i * 31 + k, kProducts.size());
        const bool known = std::any_of(items.begin(), items.end(), [&](const Item& each) { return each.product == product; });
        if (!known) items.push_back({product, static_cast<std::int64_t>(pick(i * 13 + k, 5) == 0) + 1});
    }
    return items;
}

Sale recent(std::size_t i, Instant now) {
    Sale made;
    made.channel = kChannels[i * 7 % kChannels.size()];
    made.buyer = i * 5 % kNames.size();
    made.items.push_back({i % 14, static_cast<std::int64_t>(i % 3) + 1});
    if (i % 2 == 0) made.items.push_back({(i + 3) % 14, 1});
    if (i % 5 == 0) made.items.push_back({(i + 6) % 14, 2});
    made.discount_minor = i % 4 == 0 ? 2'959 : 0;
    made.shipping_minor = i % 3 == 0 ? 600 : 0;
    made.delivered_at = now - hours(static_cast<std::int64_t>(i % 6) * 20 + 4);
    made.placed_at = made.delivered_at - hours(60);
    return made;
}

Sale earlier(std::size_t i, Instant day, std::int64_t busy) {
    Sale made;
    made.channel = kChannels[pick(i + 300, 100) < 45 ? 0 : 1 + pick(i + 301, kChannels.size() - 1)];
    const std::size_t a = pick(i + 500, kBuyers), b = pick(i + 501, kBuyers);
    made.buyer = std::min(a, b);  // some come again and again
    made.items = basket(i);
    std::int64_t goods = 0;
    for (const Item& item : made.items) goods += kProducts[item.product].price_minor * item.qty;
    made.discount_minor = busy > 5 ? goods * 12 / 100 : pick(i + 700, 6) == 0 ? goods * 5 / 100 : 0;
    made.shipping_minor = goods < 9'900 ? 800 : 0;
    made.placed_at = day + minutes(static_cast<std::int64_t>(8 * 60 + pick(i + 800, 15 * 60)));
    made.delivered_at = made.placed_at + hours(static_cast<std::int64_t>(30 + pick(i + 801, 60)));
    return made;
}

std::vector<Story> current() {
    using enum Step;
    using enum Reason;
    constexpr auto kHour = std::int64_t{60}, kDay = 24 * kHour;
    const auto linke = Person::agent, zhou = Person::lead, xu = Person::colleague, boss = Person::boss;
    return {
        {2, 3, not_as_described, 40 * kHour, "空气炸锅与描述不符", "跟详情页差太多，三台都想退。照片发你了。", {approve, ship_two, arrive, pass_two, note}, linke},
        {5, 3, no_longer_wanted, 30, "保温杯想退一部分", "买多了，想退三个。", {}, std::nullopt},
        {8, 3, wrong_size, 3 * kHour, "雨伞尺寸偏小", "打开比想象的小，想退。", {}, boss},
        {11, 3, damaged_in_transit, 20 * kHour, "香薰蜡烛破损", "收到时玻璃杯裂了，三个都裂。", {ask}, zhou},
        {14, 3, quality, 22 * kHour, "居家服掉毛", "洗一次就掉毛，全退。", {approve}, linke},
        {17, 3, wrong_item, 26 * kHour, "发错颜色", "订的墨绿发来的是白色。", {approve, ship_all}, zhou},
        {20, 3, no_longer_wanted, 30 * kHour, "不想要了", "家里已经有了。", {approve, ship_all, arrive}, xu},
        {23, 3, not_as_described, 34 * kHour, "砧板有裂纹", "收到就有裂纹。", {approve, ship_all, arrive, pass_all}, linke},
        {26, 3, quality, 44 * kHour, "内胆包拉链坏", "拉链拉不上。", {approve, ship_all, arrive, used}, boss},
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
        {10, 2, no_longer_wanted, 32 * kHour, "拖鞋不想要", "颜色跟家里不搭。", {approve, ship_all}, boss},
        {13, 2, damaged_in_transit, 36 * kHour, "毛巾外包装破损", "外箱压坏，毛巾脏了。", {approve, ship_all, arrive}, linke},
        {16, 2, quality, 18 * kHour, "炸锅按键失灵", "按键没反应。", {ask, note}, boss},
        {19, 2, no_longer_wanted, 5 * kHour, "水壶重复购买", "朋友送了一个。", {}, linke},
        {22, 2, wrong_item, 38 * kHour, "台灯发错型号", "发来的是两档的。", {approve, ship_all, arrive, pass_all}, boss},
        {25, 2, not_as_described, 6 * kHour, "蜡烛味道不对", "没有薰衣草味。", {}, std::nullopt},
        {28, 2, no_longer_wanted, 8 * kHour, "居家服不要了", "不喜欢这个粉色。", {approve}, xu},
    };
}

/// Settled and closed long before anybody calls after it.
Story past(std::size_t order, const Sale& sale, Instant now, std::size_t k) {
    using enum Step;
    constexpr std::array kWords{std::pair{Reason::no_longer_wanted, "颜色和家里不搭"}, std::pair{Reason::wrong_size, "尺寸买大了"},
                                std::pair{Reason::quality, "用了两天就坏了"}, std::pair{Reason::not_as_described, "和图片差别大"}};
    const auto& [reason, words] = kWords[k % kWords.size()];
    const std::int64_t ago = (now - (sale.delivered_at + hours(20))).ms / 60'000;
    return {order, 1, reason, ago, std::string(kProducts[sale.items[0].product].name) + " 退货", std::string(words) + "，想退。",
            {approve, ship_all, arrive, pass_all, submit, paid, close}, k % 2 ? Person::agent : Person::lead, 6 * 24 * 60};
}

}  // namespace

std::vector<StaffMember> people() {
    return {{"demo", "演示掌柜", {Role::agent, Role::lead, Role::finance, Role::warehouse, Role::technician, Role::admin}},
            {"linke", "林珂", {Role::agent}},
            {"zhoumin", "周敏", {Role::agent, Role::lead}},
            {"xujianing", "许嘉宁", {Role::agent}},
            {"fangxiao", "方晓", {Role::finance}},
            {"hanlei", "韩磊", {Role::warehouse, Role::technician}}};
}

std::span<const Product> products() { return kProducts; }

Buyer buyer(std::size_t i) {
    Buyer made;
    made.ref = "VIP" + std::to_string(10'001 + i);
    made.name = i < kNames.size() ? kNames[i] : std::string(kSurnames[pick(i, kSurnames.size())]) + kGiven[(i * 7 + i / 31) % kGiven.size()];
    const std::string tail = std::to_string(1'234 + i * 311 % 8'700);
    made.phone = "1990000" + std::string(4 - tail.size(), '0') + tail;  // a range no carrier gives out
    const Place& place = kPlaces[pick(i + 60, kPlaces.size())];
    made.province = place.province, made.city = place.city, made.district = place.district;
    made.street = std::string(place.street) + std::to_string(10 + pick(i + 70, 380)) + " 号 " + std::to_string(1 + pick(i + 71, 18)) + " 幢";
    if (i % 3 == 0) {
        const auto two = [](std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
        made.birthday = (i % 4 == 0 ? "lunar " : "solar ") + two(1 + pick(i + 80, 12)) + "-" + two(1 + pick(i + 81, 28));
    }
    if (i % 37 == 11) made.party = Party::company, made.tags.emplace_back("企业采购");
    if (i < 18) made.tags.emplace_back("老客户");
    if (i % 5 == 2) made.tags.emplace_back("会员");
    if (i % 11 == 4) made.tags.emplace_back("宝妈");
    if (i % 13 == 6) made.tags.emplace_back("直播间");
    if (i % 17 == 9) made.tags.emplace_back("退货多");
    if (i % 9 == 1) made.style = i % 2 ? "说话直接，先给办法" : "喜欢先看照片";
    if (i % 8 == 0) made.notes.emplace_back(CustomerNoteKind::preference, i % 16 == 0 ? "只收顺丰。" : "包裹放快递柜，不要打电话。");
    if (i % 14 == 3) made.notes.emplace_back(CustomerNoteKind::need, "在找 1.5 米的同款四件套，到货告诉她。");
    if (i % 21 == 5) made.notes.emplace_back(CustomerNoteKind::special_request, "想要手写贺卡，生日前寄到。");
    return made;
}

void finish(Sale& sale, std::size_t i, const env::Zone& zone) {
    const auto& [carrier, prefix] = kCarriers[pick(i + 900, kCarriers.size())];
    sale.number = day_text(zone.to_local(sale.placed_at)) + std::to_string(884'200 + i * 37);
    sale.carrier = carrier;
    sale.tracking = prefix + std::to_string(10'000'000 + mixed(i) % 89'999'999);
}

std::vector<Sale> sales(Instant now, const env::Zone& zone) {
    constexpr std::int64_t kFirst = 9, kDays = 730;  // days ago
    std::vector<Sale> made;
    for (std::size_t i = 0; i < kRecent; ++i) made.push_back(recent(i, now));
    const Instant today = zone.end_of_day(now - days(1)) + Duration{1};
    std::int64_t all = 0;
    for (std::int64_t ago = kFirst; ago < kDays; ++ago) all += weight(zone.to_local(today - days(ago)));
    std::int64_t passed = 0;
    for (std::int64_t ago = kFirst; ago < kDays; ++ago) {
        const Instant day = today - days(ago);
        const std::int64_t busy = weight(zone.to_local(day));
        passed += busy;
        for (auto i = static_cast<std::int64_t>(made.size() - kRecent); i < static_cast<std::int64_t>(kEarlier) && (2 * i + 1) * all <= 2 * passed * static_cast<std::int64_t>(kEarlier); ++i)
            made.push_back(earlier(made.size(), day, busy));
    }
    for (std::size_t i = 0; i < made.size(); ++i) finish(made[i], i, zone);
    return made;
}

std::vector<Story> stories(Instant now, std::span<const Sale> sales) {
    std::vector<Story> all = current();
    std::size_t k = 0;
    for (std::size_t order = kRecent; order < sales.size() && k < 12; order += 23)
        if (sales[order].placed_at < now - days(75)) all.push_back(past(order, sales[order], now, k++));
    return all;
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
