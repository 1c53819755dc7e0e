#include "words.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>
#include <vector>

namespace marketplace_csv {
namespace {

using namespace aftercare;

struct Spelling {
    Column column;
    std::string_view name;  // first of the list that README.md shows
    std::vector<std::string_view> others;
};

const std::vector<Spelling> kColumns{
    {Column::order, "order_number", {"订单编号", "订单号", "主订单编号", "订单id", "order number", "order id", "order no", "order"}},
    {Column::sku, "sku", {"商品编码", "商家编码", "sku编码", "规格编码", "商品sku", "货号", "item code", "product code"}},
    {Column::name, "name", {"商品名称", "商品标题", "宝贝标题", "标题", "品名", "product name", "item name", "title"}},
    {Column::qty, "qty", {"数量", "商品数量", "购买数量", "申请数量", "退货数量", "售后数量", "quantity"}},
    {Column::new_sku, "new_sku", {"换货商品编码", "换货商家编码", "换货sku", "换新商品编码", "exchange sku"}},
    {Column::price, "unit_price", {"单价", "商品单价", "商品价格", "价格", "price", "unit price"}},
    {Column::line_discount, "line_discount", {"商品优惠", "单品优惠", "line discount"}},
    {Column::discount, "discount", {"优惠金额", "订单优惠", "店铺优惠", "order discount"}},
    {Column::shipping, "shipping", {"运费", "邮费", "快递费", "买家应付邮费", "shipping fee"}},
    {Column::placed, "placed_at", {"下单时间", "订单创建时间", "创建时间", "order date", "placed at", "created at"}},
    {Column::paid, "paid_at", {"付款时间", "支付时间", "订单付款时间", "paid at"}},
    {Column::delivered, "delivered_at", {"确认收货时间", "签收时间", "收货时间", "delivered at"}},
    {Column::buyer, "buyer", {"买家会员名", "买家昵称", "买家id", "买家", "buyer id", "customer id"}},
    {Column::receiver, "receiver", {"收货人姓名", "收货人", "收件人", "customer name", "buyer name"}},
    {Column::phone, "phone", {"联系手机", "手机号", "收货人手机", "联系电话"}},
    {Column::status, "order_status", {"订单状态", "order status"}},
    {Column::after_sale, "after_sale_id", {"退款编号", "售后单号", "售后编号", "退款单号", "售后id", "refund id", "refund number", "after-sale id"}},
    {Column::kind, "type", {"售后类型", "退款类型", "类型", "kind", "refund type"}},
    {Column::state, "status", {"售后状态", "退款状态", "状态", "state", "refund status"}},
    {Column::amount, "refund_amount", {"退款金额", "申请退款金额", "买家退款金额", "amount", "refund amount"}},
    {Column::reason, "reason", {"退款原因", "售后原因", "申请原因", "买家退款原因", "原因"}},
    {Column::words, "description", {"退款说明", "买家退款说明", "问题描述", "买家留言", "message"}},
    {Column::carrier, "carrier", {"物流公司", "退货物流公司", "快递公司"}},
    {Column::tracking, "tracking", {"物流单号", "退货物流单号", "运单号", "快递单号", "tracking number"}},
    {Column::deadline, "deadline", {"超时时间", "处理截止时间", "截止时间", "due at"}},
    {Column::updated, "updated_at", {"更新时间", "修改时间", "最近更新时间", "updated at"}},
    {Column::intervention, "intervention", {"平台介入", "客服介入", "小二介入", "是否介入"}},
    {Column::ruled, "ruled_amount", {"判定金额", "裁定金额"}},
    {Column::cannot_refuse, "cannot_refuse", {"不可拒绝", "不能拒绝"}},
};

template <class E>
using Table = std::vector<std::pair<E, std::vector<std::string_view>>>;

template <class E>
std::optional<E> exactly(const Table<E>& table, std::string_view text) {
    for (const auto& [value, spellings] : table)
        if (word(value) == text || std::find(spellings.begin(), spellings.end(), text) != spellings.end()) return value;
    return std::nullopt;
}

const Table<OperationKind> kKinds{
    {OperationKind::return_refund, {"退货退款", "退款退货", "退货", "return and refund", "return"}},
    {OperationKind::refund_only, {"仅退款", "退款", "未发货退款", "refund only", "refund"}},
    {OperationKind::exchange, {"换货"}},
    {OperationKind::repair, {"维修"}},
    {OperationKind::reissue, {"补寄", "补发", "缺货补寄"}},
};
const Table<AfterSaleState> kStates{
    {AfterSaleState::requested, {"待商家处理", "待卖家处理", "待卖家同意", "待审核", "待处理", "买家已经申请退款，等待卖家同意", "pending"}},
    {AfterSaleState::awaiting_return, {"待买家退货", "待买家发货", "等待买家退货", "已同意", "卖家已经同意退款，等待买家退货", "approved"}},
    {AfterSaleState::return_shipped, {"待商家收货", "待卖家收货", "买家已退货", "退货中", "买家已经退货，等待卖家确认收货", "shipped"}},
    {AfterSaleState::refused, {"商家已拒绝", "卖家已拒绝", "卖家拒绝退款", "已拒绝", "rejected"}},
    {AfterSaleState::platform_review, {"平台处理中", "平台介入中", "客服介入中", "review"}},
    {AfterSaleState::agreed_refunding, {"退款中", "待退款", "等待退款", "refunding"}},
    {AfterSaleState::done, {"退款成功", "售后成功", "退款完成", "已完成", "已退款", "refunded", "completed"}},
    {AfterSaleState::closed, {"退款关闭", "售后关闭", "已关闭", "已撤销", "已取消", "买家已撤销", "cancelled", "canceled"}},
};
const Table<Intervention> kInterventions{
    {Intervention::none, {"", "否", "无", "未介入", "no", "0"}},
    {Intervention::requested, {"申请介入", "已申请"}},
    {Intervention::in_progress, {"是", "介入中", "处理中", "yes", "1"}},
    {Intervention::ruled_for_buyer, {"支持买家", "判定买家", "判买家"}},
    {Intervention::ruled_for_seller, {"支持商家", "支持卖家", "判定商家", "判商家"}},
};
// Parts of free text, the first that fits.
const std::vector<std::pair<std::string_view, Reason>> kReasons{
    {"质量", Reason::quality},          {"quality", Reason::quality},         {"破损", Reason::damaged_in_transit},
    {"损坏", Reason::damaged_in_transit}, {"damaged", Reason::damaged_in_transit}, {"发错", Reason::wrong_item},
    {"错发", Reason::wrong_item},       {"wrong item", Reason::wrong_item},   {"少件", Reason::missing_parts},
    {"漏发", Reason::missing_parts},    {"缺件", Reason::missing_parts},      {"missing", Reason::missing_parts},
    {"不符", Reason::not_as_described}, {"described", Reason::not_as_described}, {"尺码", Reason::wrong_size},
    {"大小", Reason::wrong_size},       {"size", Reason::wrong_size},         {"未按约定", Reason::late_delivery},
    {"发货慢", Reason::late_delivery},  {"late", Reason::late_delivery},      {"七天", Reason::no_longer_wanted},
    {"7天", Reason::no_longer_wanted},  {"不喜欢", Reason::no_longer_wanted}, {"不想要", Reason::no_longer_wanted},
    {"拍错", Reason::no_longer_wanted}, {"no longer", Reason::no_longer_wanted},
};

}  // namespace

std::optional<Column> column_of(std::string_view header) {
    for (const auto& each : kColumns)
        if (each.name == header || std::find(each.others.begin(), each.others.end(), header) != each.others.end()) return each.column;
    return std::nullopt;
}
std::string_view name_of(Column column) {
    for (const auto& each : kColumns)
        if (each.column == column) return each.name;
    return "?";
}

std::optional<OperationKind> kind_of(std::string_view text) { return exactly(kKinds, text); }
std::optional<AfterSaleState> state_of(std::string_view text) { return exactly(kStates, text); }
std::optional<Intervention> intervention_of(std::string_view text) { return exactly(kInterventions, text); }

Reason reason_of(std::string_view text) {
    if (const auto exact = from_word<Reason>(text)) return *exact;
    for (const auto& [part, reason] : kReasons)
        if (text.find(part) != std::string_view::npos) return reason;
    return Reason::other;
}

}  // namespace marketplace_csv
