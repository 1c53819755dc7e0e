#include "usecase/imports/order_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <utility>

#include "domain/commands.hpp"
#include "domain/profile.hpp"
#include "domain/reviews.hpp"
#include "usecase/imports/times.hpp"

namespace aftercare::usecase::imports {
namespace {

constexpr std::int64_t kMaxQty = 1'000'000, kMaxPrice4 = 1'000'000'000'000;
constexpr std::int64_t kMaxLineMinor = domain::kMaxMinor / static_cast<std::int64_t>(kMostLines);  // so that an order's sum has room
constexpr std::size_t kMostTags = 20;

using F = Field;

std::optional<std::int64_t> whole(std::string_view text) {
    if (text.ends_with(".0")) text.remove_suffix(2);  // what a spreadsheet makes of a whole number
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// "¥1,299.00", "1.299,00", "1299", "−3,50": without signs of currency and thousands, with a point.
std::string plain_number(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        std::size_t skip = 0;
        for (const std::string_view sign : {"¥", "￥", "£", "€", "$", "元", "CNY", "GBP", "EUR", "USD", " "})
            if (rest.starts_with(sign)) skip = sign.size();
        if (rest.starts_with("\xE2\x88\x92")) out += '-', skip = 3;  // the typographer's minus
        if (skip == 0) out += text[at++];
        at += skip;
    }
    const auto comma = out.rfind(','), dot = out.rfind('.');
    if (comma == out.npos) return out;
    const bool decimal = dot == out.npos ? out.find(',') == comma && out.size() - comma - 1 != 3 : dot < comma;  // the last mark is the decimal one
    if (decimal) out[comma] = '\0';
    const char thousands = decimal ? '.' : ',';
    out.erase(std::remove(out.begin(), out.end(), thousands), out.end());
    std::replace(out.begin(), out.end(), '\0', '.');
    return out;
}

// A decimal with up to four places as ten-thousandths; more places are refused, since they would be lost.
std::optional<std::int64_t> ten_thousandths(std::string_view raw) {
    const std::string plain = plain_number(raw);
    std::string_view text = plain;
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto dot = text.find('.');
    const std::string_view whole_part = text.substr(0, dot);
    std::string places(dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1));
    while (places.size() > 4 && places.ends_with('0')) places.pop_back();
    if (whole_part.empty() || places.size() > 4 || whole_part.starts_with('-')) return std::nullopt;
    places.resize(4, '0');
    const auto a = whole(whole_part), b = whole(places);
    if (!a || !b || *a > kMaxPrice4 / 10'000 || places.starts_with('-')) return std::nullopt;
    const std::int64_t value = *a * 10'000 + *b;
    return negative ? -value : value;
}

std::int64_t rounded_minor(std::int64_t ten_thousandths_value) { return (ten_thousandths_value + 50) / 100; }

bool listed(const std::vector<std::string>& codes, std::string_view sku) { return std::find(codes.begin(), codes.end(), sku) != codes.end(); }

// Service codes of the trade: postage belongs to the order's shipping, the rest is value without goods.
bool is_shipping(const Sheet& sheet, std::string_view sku) {
    if (!sheet.shipping_codes.empty()) return listed(sheet.shipping_codes, sku);
    return sku == "POST" || sku == "DOT" || sku == "C2" || sku == "C3";
}
bool is_charge(const Sheet& sheet, std::string_view sku) {
    if (!sheet.charge_codes.empty()) return listed(sheet.charge_codes, sku);
    static constexpr std::array kCodes{"M", "m", "D", "S", "B", "ADJUST", "ADJUST2", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS", "TEST001", "TEST002"};
    return std::find(kCodes.begin(), kCodes.end(), sku) != kCodes.end() || sku.starts_with("gift_") || sku.starts_with("DCGS");
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.find(w) != std::string_view::npos; });
}

// "1.23457E+18": a spreadsheet has thrown digits away, and different orders would be one.
bool is_rounded(std::string_view number) {
    const auto mark = number.find_first_of("eE");
    return mark != number.npos && mark > 0 && number.substr(mark + 1).starts_with('+') && number.find_first_not_of("0123456789.eE+") == number.npos;
}

// "C489449" reverses a sale. Kinds and reasons of the set's README and of platforms' order states.
void set_kind(Line& line, const Sheet& sheet, std::int64_t qty, std::int64_t price4, std::string_view status) {
    const auto adjustment = [&](std::string_view reason) { line.kind = RowKind::adjustment, line.reason = reason; };
    const bool cancels = !sheet.c_is_plain && line.number.size() > 1 && (line.number[0] == 'C' || line.number[0] == 'c') && line.number[1] >= '0' && line.number[1] <= '9';
    if (cancels && (qty > 0 || price4 < 0)) return adjustment("sign_contradicts_invoice");
    if (cancels && qty == 0) return adjustment("write_off");
    if (cancels) return void(line.kind = RowKind::returned);
    if (price4 < 0 || contains_any(line.name, {"bad debt", "Bad debt", "坏账"})) return adjustment("bad_debt");
    if (qty <= 0) return adjustment("write_off");
    if (contains_any(status, {"等待买家付款", "待付款", "待支付", "未付款", "unpaid", "pending payment"})) return adjustment("not_paid");
    if (contains_any(status, {"交易关闭", "已关闭", "已取消", "cancelled", "canceled", "voided"})) return adjustment("closed");
    line.kind = is_shipping(sheet, line.sku) ? RowKind::shipping : RowKind::sale;
}

std::string customer_ref(std::string_view text) {
    if (text.ends_with(".0") && whole(text)) text.remove_suffix(2);
    return std::string(text);
}

// "浙江省 杭州市 余杭区 五常街道 …" carries its own province, city and district.
void split_street(Person& person) {
    for (std::string* part : {&person.province, &person.city, &person.district}) {
        const auto gap = person.street.find(' ');
        if (!part->empty() || gap == std::string::npos || gap > 60) return;
        const std::string_view head = std::string_view(person.street).substr(0, gap);
        static constexpr std::array<std::string_view, 8> kEnds{"省", "市", "区", "县", "州", "盟", "旗", "地区"};
        if (std::none_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return head.ends_with(end); })) return;
        *part = head;
        person.street.erase(0, gap + 1);
    }
}

constexpr std::size_t kMostKey = 128;  // numbers and codes: one line, by which things are found
struct TextLimit {
    std::string_view text;
    std::size_t most;
};
Result<void> check_texts(std::initializer_list<TextLimit> texts) {
    for (const TextLimit& each : texts) {
        if (each.text.size() > each.most) return fail(ErrorKind::invalid, "too_long");
        if (each.text.find("\xEF\xBF\xBD") != std::string_view::npos || each.text.find('\0') != std::string_view::npos)
            return fail(ErrorKind::invalid, "bad_characters");
        if (each.most <= kMostKey && std::any_of(each.text.begin(), each.text.end(), [](char c) { return c >= 0 && c < ' '; }))
            return fail(ErrorKind::invalid, "bad_characters");
    }
    return {};
}

// An empty cell is 0, "not said".
Result<Instant> time_or_none(std::span<const std::string> row, const Sheet& sheet, Field field) {
    const auto text = sheet.columns.text(row, field);
    if (text.empty()) return Instant{};
    return parse_time(text, sheet.dates, sheet.zone);
}

Result<std::int64_t> money_or(std::span<const std::string> row, const Sheet& sheet, Field field, std::int64_t none) {
    const auto text = sheet.columns.text(row, field);
    if (text.empty()) return none;
    const auto value = ten_thousandths(text);
    if (!value) return fail(ErrorKind::invalid, "price_not_a_number");
    const std::int64_t minor = rounded_minor(std::abs(*value));
    if (minor > kMaxLineMinor) return fail(ErrorKind::invalid, "out_of_range");
    return minor;
}

// What the line cost: qty × price, else what the file says of the line, else of the order without postage.
Result<void> set_value(Line& line, std::span<const std::string> row, const Sheet& sheet, std::int64_t price4) {
    if (sheet.columns.has(F::price) && !sheet.columns.text(row, F::price).empty()) {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(line.qty, std::abs(price4), &product)) return fail(ErrorKind::invalid, "out_of_range");
        line.amount_minor = rounded_minor(product);
        if (line.amount_minor > kMaxLineMinor) return fail(ErrorKind::invalid, "out_of_range");
        line.unit_price_minor = rounded_minor(std::abs(price4));
        return {};
    }
    AC_TRY(line.amount_minor, money_or(row, sheet, F::amount, -1));
    if (line.amount_minor < 0 && line.order_total_minor >= 0)
        line.amount_minor = std::max<std::int64_t>(0, line.order_total_minor - line.order_shipping_minor + line.order_discount_minor);
    if (line.amount_minor < 0) return fail(ErrorKind::invalid, "price_not_a_number");
    line.unit_price_minor = line.qty == 0 ? line.amount_minor : (line.amount_minor + line.qty - 1) / line.qty;
    return {};
}

Result<void> set_times(Line& line, std::span<const std::string> row, const Sheet& sheet) {
    const auto placed = sheet.columns.text(row, F::placed_at);
    AC_TRY(line.at, parse_time(placed, sheet.dates, sheet.zone));
    AC_TRY(line.paid_at, time_or_none(row, sheet, F::paid_at));
    AC_TRY(line.shipped_at, time_or_none(row, sheet, F::shipped_at));
    AC_TRY(line.delivered_at, time_or_none(row, sheet, F::delivered_at));
    line.says_delivery = sheet.columns.has(F::shipped_at) || sheet.columns.has(F::delivered_at);
    return {};
}

}  // namespace

Result<Person> read_person(std::span<const std::string> row, const Columns& columns) {
    const auto text = [&](Field field) { return std::string(columns.text(row, field)); };
    Person p{customer_ref(columns.text(row, F::customer)), text(F::nick), text(F::receiver), text(F::phone), text(F::email), text(F::wechat),
             text(F::country), text(F::province), text(F::city), text(F::district), text(F::street)};
    if (p.phone.ends_with(".0") && whole(p.phone)) p.phone.resize(p.phone.size() - 2);
    if (is_rounded(p.ref) || is_rounded(p.phone)) return fail(ErrorKind::invalid, "number_rounded");
    AC_CHECK(check_texts({{p.ref, 128}, {p.nick, 128}, {p.name, 200}, {p.phone, 40}, {p.email, 200}, {p.wechat, 128}, {p.country, 80},
                          {p.province, 80}, {p.city, 80}, {p.district, 80}, {p.street, 500}}));
    split_street(p);
    return p;
}

Result<Line> read_line(std::span<const std::string> row, const Sheet& sheet) {
    const Columns& columns = sheet.columns;
    const int last = std::max({columns[F::number], columns[F::sku], columns[F::qty], columns[F::placed_at], columns[F::price]});
    if (static_cast<std::size_t>(std::max(last, 0)) >= row.size()) return fail(ErrorKind::invalid, "too_few_fields");
    Line line;
    line.number = columns.text(row, F::number);
    line.sku = columns.text(row, F::sku);
    line.name = columns.text(row, F::name);
    line.spec = columns.text(row, F::spec);
    line.carrier = columns.text(row, F::carrier);
    line.tracking = columns.text(row, F::tracking);
    line.remark = columns.text(row, F::remark);
    if (line.number.empty()) return fail(ErrorKind::invalid, "number_missing");
    if (is_rounded(line.number) || is_rounded(line.tracking)) return fail(ErrorKind::invalid, "number_rounded");
    AC_CHECK(check_texts({{line.number, 128}, {line.sku, 128}, {line.name, 500}, {line.spec, 200}, {line.carrier, 80}, {line.tracking, 80}, {line.remark, 2'000}}));
    AC_TRY(line.person, read_person(row, columns));
    const auto qty = whole(columns.text(row, F::qty));
    if (!qty) return fail(ErrorKind::invalid, "qty_not_a_number");
    if (*qty > kMaxQty || *qty < -kMaxQty) return fail(ErrorKind::invalid, "out_of_range");
    const auto price_text = columns.text(row, F::price);
    const auto price4 = price_text.empty() ? std::optional<std::int64_t>(0) : ten_thousandths(price_text);
    if (!price4 || (price_text.empty() && !columns.has(F::amount) && !columns.has(F::total))) return fail(ErrorKind::invalid, "price_not_a_number");
    AC_CHECK(set_times(line, row, sheet));
    line.qty = std::abs(*qty);
    AC_TRY(line.order_total_minor, money_or(row, sheet, F::total, -1));
    AC_TRY(line.order_shipping_minor, money_or(row, sheet, F::shipping, 0));
    AC_TRY(line.order_discount_minor, money_or(row, sheet, F::discount, 0));
    AC_CHECK(set_value(line, row, sheet, *price4));
    set_kind(line, sheet, *qty, *price4, domain::normalised_text(columns.text(row, F::status)));
    line.charge = is_charge(sheet, line.sku) || is_shipping(sheet, line.sku);
    return line;
}

Result<AfterSaleRow> read_after_sale(std::span<const std::string> row, const Sheet& sheet) {
    const auto text = [&](Field field) { return std::string(sheet.columns.text(row, field)); };
    AfterSaleRow r;
    r.return_number = text(F::return_number), r.number = text(F::number), r.sku = text(F::sku), r.name = text(F::name);
    r.kind_said = text(F::return_kind), r.status_said = text(F::return_status), r.reason_said = text(F::return_reason);
    r.carrier = text(F::carrier), r.tracking = text(F::tracking);
    if (r.return_number.empty() || r.number.empty()) return fail(ErrorKind::invalid, "number_missing");
    if (is_rounded(r.return_number) || is_rounded(r.number) || is_rounded(r.tracking)) return fail(ErrorKind::invalid, "number_rounded");
    AC_CHECK(check_texts({{r.return_number, 128}, {r.number, 128}, {r.sku, 128}, {r.name, 500}, {r.kind_said, 80}, {r.status_said, 80},
                          {r.reason_said, 500}, {r.carrier, 80}, {r.tracking, 80}}));
    const std::string status = domain::normalised_text(r.status_said);
    r.goods_come_back = contains_any(domain::normalised_text(r.kind_said), {"退货", "return"});
    r.is_done = contains_any(status, {"成功", "已完成", "完结", "已退款", "succe", "refunded", "completed"});
    r.is_dropped = !r.is_done && contains_any(status, {"关闭", "撤销", "取消", "closed", "cancel", "withdrawn"});
    if (const auto qty = text(F::return_qty); !qty.empty()) {
        const auto value = whole(qty);
        if (!value || *value < 0 || *value > kMaxQty) return fail(ErrorKind::invalid, "qty_not_a_number");
        r.qty = *value;
    }
    AC_TRY(r.refund_minor, money_or(row, sheet, F::return_minor, 0));
    AC_TRY(r.applied_at, parse_time(sheet.columns.text(row, F::applied_at), sheet.dates, sheet.zone));
    AC_TRY(r.finished_at, time_or_none(row, sheet, F::finished_at));
    return r;
}

Result<CustomerRow> read_customer(std::span<const std::string> row, const Sheet& sheet) {
    CustomerRow r;
    AC_TRY(r.person, read_person(row, sheet.columns));
    if (const auto name = sheet.columns.text(row, F::name); !name.empty()) r.person.name = name;
    r.remark = sheet.columns.text(row, F::remark);
    AC_CHECK(check_texts({{r.person.name, 200}, {r.remark, 4'000}}));
    if (r.person.is_anonymous() && r.person.name.empty()) return fail(ErrorKind::invalid, "nobody_named");
    if (const auto day = sheet.columns.text(row, F::birthday); !day.empty()) {
        AC_TRY(const std::string month_day, parse_birthday(day, sheet.dates));
        r.birthday = "solar " + month_day;
    }
    const std::string party = domain::normalised_text(sheet.columns.text(row, F::party));
    r.party = contains_any(party, {"代理", "经销", "分销", "reseller", "agent", "dealer"}) ? "reseller"
              : contains_any(party, {"公司", "企业", "company"})                            ? "company"
                                                                                            : "person";
    std::string tags(sheet.columns.text(row, F::tags));
    for (const std::string_view mark : {"，", "、", "；", ";", "|"})
        for (auto at = tags.find(mark); at != std::string::npos; at = tags.find(mark)) tags.replace(at, mark.size(), ",");
    for (std::size_t at = 0; at < tags.size();) {
        const auto end = std::min(tags.find(',', at), tags.size());
        std::string tag = tags.substr(at, end - at);
        while (tag.starts_with(' ')) tag.erase(0, 1);
        while (tag.ends_with(' ')) tag.pop_back();
        AC_CHECK(check_texts({{tag, 60}}));
        if (!tag.empty()) r.tags.push_back(std::move(tag));
        at = end + 1;
    }
    if (r.tags.size() > kMostTags) return fail(ErrorKind::invalid, "too_many_tags");
    AC_TRY(r.created_at, time_or_none(row, sheet, F::created_at));
    return r;
}

Result<ProductRow> read_product(std::span<const std::string> row, const Sheet& sheet) {
    const auto text = [&](Field field) { return std::string(sheet.columns.text(row, field)); };
    ProductRow r{text(F::sku), text(F::name), text(F::spec), text(F::category), text(F::barcode), text(F::image), 0};
    if (r.sku.empty()) return fail(ErrorKind::invalid, "sku_missing");
    if (is_rounded(r.barcode) || is_rounded(r.sku)) return fail(ErrorKind::invalid, "number_rounded");
    AC_CHECK(check_texts({{r.sku, 128}, {r.name, 500}, {r.spec, 200}, {r.category, 120}, {r.barcode, 40}, {r.image, 1'000}}));
    if (!r.image.empty() && !r.image.starts_with("https://") && !r.image.starts_with("http://")) return fail(ErrorKind::invalid, "image_not_an_address");
    AC_TRY(r.price_minor, money_or(row, sheet, F::price, 0));
    return r;
}

Result<ReviewRow> read_review(std::span<const std::string> row, const Sheet& sheet) {
    const auto text = [&](Field field) { return std::string(sheet.columns.text(row, field)); };
    ReviewRow r{text(F::number), text(F::nick), text(F::sku), text(F::name), text(F::review), text(F::review_number), {}, 0, {}};
    const std::string rating = text(F::rating);
    AC_CHECK(check_texts({{r.number, 128}, {r.nick, 128}, {r.sku, 128}, {r.words, 3'000}, {r.review_number, 128}, {rating, 40}, {r.product, 500}}));
    if (r.number.empty() && r.nick.empty()) return fail(ErrorKind::invalid, "number_missing");
    if (is_rounded(r.review_number)) return fail(ErrorKind::invalid, "number_rounded");
    r.text = (rating.empty() ? "" : rating + " · ") + (r.product.empty() ? "" : r.product + "\n") + r.words;
    r.rating = domain::read_rating(rating);
    AC_TRY(r.at, parse_time(sheet.columns.text(row, F::reviewed_at), sheet.dates, sheet.zone));
    return r;
}

}  // namespace aftercare::usecase::imports
