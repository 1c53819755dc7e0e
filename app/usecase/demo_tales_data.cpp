#include "usecase/demo_tales.hpp"

/// Each tale is told to as many of its steps as there are states on its way. What only time brings (expired) began long enough ago.
namespace aftercare::usecase::demo {
namespace {

using enum Do;
using K = CaseKind;
using O = OperationKind;
using U = SubKind;
using R = Reason;

constexpr std::int64_t kHour = 60, kDay = 24 * kHour;

std::vector<Tale> returns() {
    const Wish quality{O::return_refund, U::none, R::quality};
    return {
        {K::return_refund, Channel::chat, quality, Goods::delivered, 28, {ask, wait},
         {{2, 8 * kDay, "毛毯掉毛", "一抖全是毛，想退。"}}},
        {K::return_refund, Channel::marketplace, Wish{O::return_refund, U::none, R::no_longer_wanted}, Goods::delivered, 22, {approve, wait},
         {{2, 13 * kDay, "收纳箱买多了", "多买了一套，想退。"}}},
        {K::return_refund, Channel::chat, quality, Goods::delivered, 17, {approve, change},
         {{2, 20 * kHour, "茶壶漏水，改换新", "壶嘴漏水。算了，给我换一把吧。"}}},
        {K::return_refund, Channel::chat, Wish{O::return_refund, U::none, R::no_longer_wanted}, Goods::delivered, 30, {approve, ship, arrive, opened},
         {{4, 52 * kHour, "地垫拆开了想退", "拆开铺了一下，太小。"}}},
        {K::return_refund, Channel::phone, quality, Goods::delivered, 19, {approve, ship, arrive, damaged, send_back, send},
         {{5, 60 * kHour, "平底锅粘锅", "刚用就粘锅。"}, {6, 70 * kHour, "平底锅变形", "锅底不平，放不稳。"}}},
    };
}

std::vector<Tale> refunds_only() {
    const auto wish = [](U way, R reason, std::int64_t percent = 0) { return Wish{O::refund_only, way, reason, percent}; };
    return {
        {K::refund_only, Channel::chat, wish(U::keep_goods, R::quality, 30), Goods::delivered, 21, {approve, submit, paid, close},
         {{0, 2 * kHour, "有瑕疵，不想寄回", "有个小坑，退一部分就行。"}, {1, 20 * kHour, "密封罐盖子松", "一只盖不严，退一点吧。"},
          {2, 26 * kHour, "密封罐有气泡", "玻璃里有气泡。"}, {3, 40 * kHour, "密封罐缺角", "底座缺了一个角。"},
          {4, 52 * kHour, "密封罐标签撕不掉", "标签胶留在上面洗不掉。"}}},
        {K::refund_only, Channel::chat, wish(U::not_received, R::not_received), Goods::delivered, 8, {approve, confirm, submit, failed},
         {{1, 27 * kHour, "一直没收到", "物流停了，没有收到。"}, {2, 30 * kHour, "驿站找不到件", "驿站说没有我的包裹。"},
          {4, 34 * kHour, "显示本人签收", "我人不在家，没有签收过。"}}},
        {K::refund_only, Channel::marketplace, wish(U::unshipped_cancel, R::no_longer_wanted), Goods::unsent, 32, {approve, confirm, submit, paid},
         {{0, 40, "拍错了，还没发货", "拍错了，别发。"}, {1, 5 * kHour, "不等了", "三天没发货，不要了。"}, {4, 30 * kHour, "换个地址重拍", "地址写错，取消重拍。"}}},
        {K::refund_only, Channel::phone, wish(U::intercept, R::refused_delivery), Goods::out, 35, {approve, confirm, arrive, damaged},
         {{1, 6 * kHour, "路上的拦回来", "出差去了，帮我拦回来。"}, {2, 30 * kHour, "拒收加湿器", "送到时拒收了。"}, {4, 3 * kDay, "拒收，箱子破了", "箱子破了，没签。"}}},
        {K::refund_only, Channel::chat, wish(U::price_adjust, R::price_drop, 15), Goods::delivered, 26, {approve, submit, paid},
         {{0, kHour, "刚买就降价", "昨天买的，今天便宜了。"}, {1, 9 * kHour, "乳胶枕保价", "说好保价的。"}, {3, 33 * kHour, "双 11 价更低", "页面写着买贵退差。"}}},
        {K::refund_only, Channel::chat, wish(U::goodwill, R::goodwill, 8), Goods::delivered, 3, {approve, submit, paid},
         {{1, 29 * kHour, "等太久，给点补偿", "等了这么久，总要补偿一下。"}, {3, 44 * kHour, "客服答错了", "按你们说的装，白跑一趟。"}}},
        {K::refund_only, Channel::chat, wish(U::keep_goods, R::damaged_in_transit, 20), Goods::delivered, 16, {ask, wait},
         {{1, 10 * kHour, "杯子磕了一下", "杯口有个小缺口。"}, {2, 8 * kDay, "杯子有划痕", "里面有划痕。"}}},
        {K::refund_only, Channel::chat, wish(U::keep_goods, R::quality, 50), Goods::delivered, 31, {reject},
         {{1, 15 * kHour, "桌布有味道", "味道大，退一半。"}}},
        {K::refund_only, Channel::chat, wish(U::keep_goods, R::quality, 25), Goods::delivered, 30, {withdraw},
         {{1, 11 * kHour, "地垫掉色", "有点掉色。洗了一次好了，不用退。"}}},
        {K::refund_only, Channel::chat, wish(U::keep_goods, R::quality), Goods::delivered, 27, {change},
         {{1, 18 * kHour, "被子结块，改退货", "结块了，整条退。"}}},
    };
}

std::vector<Tale> exchanges() {
    const auto wish = [](U way, std::int64_t percent = 0) { return Wish{O::exchange, way, R::quality, percent}; };
    return {
        {K::exchange, Channel::chat, wish(U::after_receipt), Goods::delivered, 20, {approve, ship, arrive, pass, reserve, send, deliver, close},
         {{0, 3 * kHour, "想换一个新的", "有划痕，换一个新的就行。"}, {1, 12 * kHour, "刀柄松，换一套", "刀柄松动。"}, {2, 25 * kHour, "刀刃有缺口", "刀刃崩了一小块。"},
          {3, 38 * kHour, "刀架裂了", "木头裂开。"}, {4, 45 * kHour, "刀生锈", "收到就有锈点。"}, {6, 54 * kHour, "剪刀合不拢", "剪刀合不拢。"},
          {7, 62 * kHour, "刀具换新", "磕坏了一把。"}, {8, 66 * kHour, "三件套少了护套", "少护套，换一套。"}}},
        {K::exchange, Channel::chat, Wish{O::exchange, U::after_receipt, R::wrong_size, 130}, Goods::delivered, 38, {approve, ship, arrive, pass, collect, send},
         {{4, 50 * kHour, "换大一号", "用着小，想换大的，差价我补。"}, {5, 58 * kHour, "登机箱换 24 寸", "想要大一点的。"}}},
        {K::exchange, Channel::phone, wish(U::advance), Goods::delivered, 36, {approve, reserve, send},
         {{1, 9 * kHour, "破壁机急用", "明天孩子要用，能先发吗？"}, {3, 30 * kHour, "坏了急用，先发一台", "坏了，急着用，能先发新的吗？"}}},
        {K::exchange, Channel::phone, wish(U::cross), Goods::delivered, 37, {approve, reserve, send, deliver},
         {{2, 16 * kHour, "上门换吹风机", "白天在家，能上门换吗？"}, {4, 36 * kHour, "上门换新", "师傅已经来换过了。"}}},
        {K::exchange, Channel::chat, wish(U::after_receipt), Goods::delivered, 34, {ask, wait},
         {{1, 8 * kHour, "落地灯换新", "遥控没反应。"}, {2, 9 * kDay, "落地灯灯杆歪", "灯杆歪的。"}}},
        {K::exchange, Channel::chat, wish(U::after_receipt), Goods::delivered, 29, {reject}, {{1, 19 * kHour, "窗帘剪过了要换", "剪短了才发现颜色不对。"}}},
        {K::exchange, Channel::chat, wish(U::after_receipt), Goods::delivered, 6, {approve, withdraw}, {{2, 22 * kHour, "四件套不换了", "洗了就好了，不换了。"}}},
        {K::exchange, Channel::chat, wish(U::after_receipt), Goods::delivered, 33, {approve, change}, {{2, 28 * kHour, "夜灯没货，改退款", "没货就退款吧。"}}},
        {K::exchange, Channel::chat, wish(U::after_receipt), Goods::delivered, 24, {approve, ship, arrive, damaged}, {{4, 56 * kHour, "脏衣篮换新", "盖子合不上。"}}},
        {K::exchange, Channel::chat, wish(U::after_receipt), Goods::delivered, 18, {approve, no_stock}, {{2, 24 * kHour, "珐琅锅掉瓷", "内壁掉瓷，换一口。"}}},
    };
}

std::vector<Tale> repairs() {
    const Wish wish{O::repair, U::none, R::quality};
    return {
        {K::repair, Channel::phone, wish, Goods::delivered, 7, {approve, ship, arrive, pass, diagnose, price, yes, repaired, tested, collect, send, deliver, close},
         {{0, 4 * kHour, "台灯不亮", "昨天开始不亮了。"}, {1, 14 * kHour, "台灯闪", "一会儿亮一会儿灭。"}, {2, 30 * kHour, "台灯插头松", "插头松了。"},
          {3, 40 * kHour, "台灯触摸失灵", "摸了没反应。"}, {4, 46 * kHour, "用了几天不亮", "开关按了没有反应。"}, {5, 54 * kHour, "台灯底座响", "底座里有东西响。"},
          {6, 58 * kHour, "台灯进水", "不小心泼了水，修要多少钱？"}, {7, 66 * kHour, "灯臂断了", "摔了一下。"}, {8, 3 * kDay, "台灯换灯板", "灯板坏了一半。"},
          {9, 80 * kHour, "台灯换开关", "开关坏了。"}, {10, 84 * kHour, "台灯换电源", "电源烧了。"}, {11, 88 * kHour, "台灯修好寄回", "修好请发顺丰。"},
          {12, 4 * kDay, "台灯修好了", "收到了，能用。"}, {13, 100 * kHour, "台灯接触不良", "接触不良。"}}},
        {K::repair, Channel::chat, wish, Goods::delivered, 36, {approve, ship, arrive, pass, free, want_parts, parts_came, repaired},
         {{5, 60 * kHour, "破壁机异响", "一开就响。"}, {6, 70 * kHour, "破壁机刀头松", "刀头松动，保修里吧？"}}},
        {K::repair, Channel::chat, wish, Goods::delivered, 37, {ask, wait}, {{1, 7 * kHour, "吹风机跳停", "吹两分钟就停。"}, {2, 9 * kDay, "吹风机有焦味", "有焦味。"}}},
        {K::repair, Channel::chat, wish, Goods::delivered, 3, {reject}, {{1, 21 * kHour, "水壶水垢", "水垢太厚，能修吗？"}}},
        {K::repair, Channel::chat, wish, Goods::delivered, 35, {approve, withdraw}, {{2, 17 * kHour, "加湿器不出雾", "换了水又好了，不修了。"}}},
        {K::repair, Channel::chat, wish, Goods::delivered, 2, {change}, {{1, 23 * kHour, "炸锅不修了，换一台", "不想等维修，直接换。"}}},
        {K::repair, Channel::chat, wish, Goods::delivered, 34, {approve, ship, arrive, wrong}, {{4, 48 * kHour, "落地灯遥控坏", "遥控按了没用。"}}},
    };
}

std::vector<Tale> reissues() {
    const Wish unit{O::reissue, U::unit, R::not_received}, part{O::reissue, U::part, R::missing_parts};
    return {
        {K::reissue, Channel::chat, part, Goods::delivered, 34, {approve, confirm, reserve, send, deliver, close},
         {{0, 90, "少了遥控器", "箱子里没有遥控器。"}, {1, 20 * kHour, "少了说明书和螺丝", "包装里没有螺丝包。"}, {2, 26 * kHour, "少一节灯杆", "灯杆少一节。"},
          {5, 60 * kHour, "补发螺丝包", "螺丝包收到了。"}}},
        {K::reissue, Channel::phone, unit, Goods::delivered, 25, {approve, confirm, reserve, send, deliver, close},
         {{4, 44 * kHour, "显示签收但没收到", "驿站说没有我的件。"}, {6, 3 * kDay, "抱枕丢件", "快递说丢了。"}}},
        {K::reissue, Channel::chat, part, Goods::delivered, 23, {ask, wait}, {{1, 6 * kHour, "衣架少了十只", "数了只有四十只。"}, {2, 10 * kDay, "衣架少五只", "少五只。"}}},
        {K::reissue, Channel::chat, Wish{O::reissue, U::part, R::forgotten_gift}, Goods::delivered, 11, {reject}, {{1, 16 * kHour, "没有送赠品", "说好送火柴的。"}}},
        {K::reissue, Channel::chat, part, Goods::delivered, 22, {withdraw}, {{1, 13 * kHour, "少一只，找到了", "在箱子底下找到了。"}}},
        {K::reissue, Channel::chat, unit, Goods::delivered, 10, {change}, {{1, 22 * kHour, "不补了，退款", "等不及，退款吧。"}}},
        {K::reissue, Channel::chat, unit, Goods::delivered, 14, {approve, confirm, no_stock}, {{3, 40 * kHour, "浴巾补发没货", "丢件了，补一条。"}}},
    };
}

std::vector<Tale> complaints() {
    return {
        {K::complaint, Channel::phone, {}, Goods::delivered, 12, {acknowledge, verify, propose, accept, execute, follow_up, review, close},
         {{1, 2 * kHour, "等了四天没人回", "留言四天没人理。"}, {3, 20 * kHour, "内胆包磨花电脑", "拉链把电脑磨花了。"}, {4, 26 * kHour, "送货态度差", "快递员扔在门口就走。"},
          {5, 40 * kHour, "发票开错两次", "抬头错了两次。"}, {6, 54 * kHour, "少发赠品推脱", "一直推脱。"}, {7, 66 * kHour, "说好上门没来", "请了假等一天。"},
          {8, 4 * kDay, "包装太旧", "盒子像二手的。"}}},
        {K::complaint, Channel::email, {}, Goods::delivered, 5, {acknowledge, verify, propose, decline}, {{4, 30 * kHour, "保温杯不保温", "两小时就凉，只补 20 不够。"}}},
        {K::complaint, Channel::phone, {}, Goods::delivered, 1, {acknowledge, retract}, {{2, 28 * kHour, "居家服尺码乱标", "尺码表和实物对不上。"}}},
    };
}

std::vector<Tale> talks() {
    return {
        {K::consultation, Channel::chat, {}, Goods::delivered, 13, {answer, close}, {{1, 6 * kHour, "毛巾第一次怎么洗", "第一次要用盐水泡吗？"}, {2, 30 * kHour, "毛巾会不会缩水", "会缩水吗？"}}},
        {K::consultation, Channel::chat, {}, Goods::delivered, 38, {wait_internal}, {{1, 50, "登机箱能配轮子吗", "轮子能单买吗？"}}},
        {K::review_followup, Channel::marketplace, {}, Goods::delivered, 26, {triage, plan_call, call, no_remedy, outcome, close},
         {{0, 3 * kHour, "一星，枕头有味", "味道散不掉。"}, {1, 10 * kHour, "两星，枕头太高", "太高了，脖子疼。"}, {3, 26 * kHour, "三星，发货慢", "东西还行，发货慢。"},
          {4, 32 * kHour, "三星，包装简陋", "包装简陋。"}, {5, 44 * kHour, "两星改四星", "客服态度好，改了。"}, {6, 70 * kHour, "一星，漏发一只", "漏发，补了。"}}},
        {K::review_followup, Channel::marketplace, {}, Goods::delivered, 4, {triage, plan_call, call, remedy}, {{4, 36 * kHour, "一星，袜子破洞", "穿一次就破洞。"}}},
    };
}

std::vector<Tale> chores() {
    return {
        {K::order_check, Channel::console, {}, Goods::unsent, 6, {start, finish, close},
         {{0, 30, "收货电话少一位", "地址栏电话少一位。"}, {1, 4 * kHour, "同一地址五单", "同一地址五个账号下单，核实。"}, {2, 20 * kHour, "备注要求改颜色", "备注要灰蓝。"}, {3, 40 * kHour, "地址在偏远区", "加运费后发。"}}},
        {K::unpaid_reminder, Channel::marketplace, {}, Goods::unpaid, 18, {start, reply, finish, close},
         {{0, kHour, "珐琅锅未付款", "下单一天没付款。"}, {2, 8 * kHour, "优惠券过期没付", "说券用不了。"}, {3, 26 * kHour, "换了支付方式", "已付清。"}, {4, 44 * kHour, "不买了", "不买了。"}}},
        {K::stock_out, Channel::console, {}, Goods::unsent, 28, {start, reply, finish, close},
         {{0, 2 * kHour, "焦糖毛毯缺货", "库存对不上，少 3 条。"}, {2, 12 * kHour, "毛毯晚三天到", "厂里晚三天。"}, {3, 30 * kHour, "改发驼色", "客户同意驼色。"}, {4, 50 * kHour, "缺货已补齐", "到货补发。"}}},
        {K::logistics_exception, Channel::phone, {}, Goods::out, 22, {start, reply, finish, close},
         {{0, 100, "中转站滞留两天", "两天没动了。"}, {3, 28 * kHour, "错分到外省", "发到隔壁省了。"}, {4, 56 * kHour, "驿站代收未通知", "放驿站没通知。"}}},
        {K::incident, Channel::console, {}, Goods::delivered, 15, {start, link, finish, close},
         {{0, kHour, "义乌仓停电，今日不发货", "仓库停电，今天 40 单发不出。"}, {2, 10 * kHour, "保温杯一批漏水", "同一批 12 位客户反映漏水。"}, {3, 40 * kHour, "活动价标错", "标成 9 元，已按承诺发货。"},
          {4, 4 * kDay, "快递爆仓", "双 11 爆仓，已恢复。"}}},
        {K::product_defect, Channel::console, {}, Goods::delivered, 15, {start, ask_quality, quality_said, finish, close},
         {{0, 5 * kHour, "保温杯杯盖裂", "一周 6 单同样的裂。"}, {2, 20 * kHour, "保温杯掉漆", "掉漆，批号 0917。"}, {4, 60 * kHour, "杯垫发黏", "换供应商后好了。"}, {5, 5 * kDay, "杯带断", "已改缝法。"}}},
    };
}

}  // namespace

std::vector<Tale> tales() {
    std::vector<Tale> all;
    for (auto&& some : {returns(), refunds_only(), exchanges(), repairs(), reissues(), complaints(), talks(), chores()}) all.insert(all.end(), some.begin(), some.end());
    return all;
}

}  // namespace aftercare::usecase::demo
