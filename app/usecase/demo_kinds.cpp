#include "usecase/demo_kinds.hpp"

#include "usecase/cases.hpp"
#include "usecase/operations.hpp"

namespace aftercare::usecase::demo {
namespace {

/// One case with one operation; each act happens so many hours before now.
class Asked {
   public:
    Asked(const House& house, std::size_t order, std::int64_t hours_ago, CaseKind kind, OperationKind operation, SubKind way, Reason reason, const char* topic,
          const char* words, domain::RequestLine gets = {}, std::optional<std::int64_t> amount = {})
        : house_(house), order_(house.orders[order]) {
        OpenCaseIn in;
        in.shop_id = house.shop;
        in.open = {kind, Channel::chat, order_.order.id, {}, topic};
        in.request.emplace();
        in.request->kind = operation;
        in.request->sub_kind = way;
        in.request->reason = reason;
        in.request->photo_ref = "photo:demo";
        in.request->amount_minor = amount;
        gets.order_line_id = order_.lines[0].id;
        if (way != SubKind::goodwill) in.request->lines = {std::move(gets)};
        in.note = words;
        keep(open_case(house.ctx, house.actor(Person::agent), at(hours_ago), in));
    }

    template <class Command>
    Asked& act(std::int64_t hours_ago, Person by, Result<CaseChanged> (*verb)(Context&, const Actor&, const Guard&, const OnCase<Command>&), Command command) {
        command.operation_id = operation_;
        if (done_) keep(verb(house_.ctx, house_.actor(by), at(hours_ago), {id_, std::move(command)}));
        return *this;
    }
    Asked& approve_it(std::int64_t hours_ago) { return act(hours_ago, Person::lead, &approve, domain::Approve{}); }
    Asked& comes_back(std::int64_t hours_ago, const char* tracking, Grade grade = Grade::pass) {
        act(hours_ago + 20, Person::agent, &ship_back, domain::ShipBack{{}, "顺丰", tracking, {}});
        act(hours_ago + 2, Person::warehouse, &arrive, domain::Arrive{{}, {}, tracking, std::nullopt, ""});
        return act(hours_ago, Person::warehouse, &inspect, domain::Inspect{{}, order_.lines[0].id, 1, grade, Disposition::hold, "photo:demo", "", "韩磊"});
    }
    Asked& confirmed(std::int64_t hours_ago) { return act(hours_ago, Person::warehouse, &answer_check, domain::AnswerCheck{{}, CheckResult::confirmed, {}, {}}); }
    Asked& sent(std::int64_t hours_ago, const char* tracking) {
        if (!done_) return *this;
        const auto view = get_case(house_.ctx, house_.actor(Person::warehouse), {id_});
        if (!view || view->outbound.empty()) return *this;
        return act(hours_ago, Person::warehouse, &dispatch, domain::Dispatch{{}, view->outbound.back().id, "顺丰", tracking});
    }
    Asked& own(Person owner) {
        if (done_) keep(assign_case(house_.ctx, house_.actor(Person::lead), at(0), {id_, {house_.actor(owner).staff_id}}));
        return *this;
    }
    [[nodiscard]] const Result<void>& done() const { return done_; }

   private:
    [[nodiscard]] Guard at(std::int64_t hours_ago) const { return {"demo", {}, {}, {}, house_.now - hours(hours_ago)}; }
    void keep(Result<CaseChanged> changed) {
        if (!changed) {
            done_ = fail(std::move(changed.error()));
            return;
        }
        id_ = changed->case_id;
        if (!changed->operation_id.empty()) operation_ = changed->operation_id;
    }

    const House& house_;
    const store::NewOrder& order_;
    CaseId id_;
    OperationId operation_;
    Result<void> done_{};
};

domain::RequestLine other(const char* sku, const char* name, std::optional<std::int64_t> price = {}) { return {{}, 1, sku, name, price}; }

}  // namespace

Result<void> tell_kinds(const House& house) {
    using K = CaseKind;
    using O = OperationKind;
    using U = SubKind;
    const auto price = [&](std::size_t order, std::int64_t percent) { return house.orders[order].lines[0].unit_price_minor * percent / 100; };
    AC_CHECK(Asked(house, 31, 5, K::exchange, O::exchange, U::after_receipt, Reason::quality, "想换一个新的", "有划痕，换一个新的就行。", other("", "")).done());
    AC_CHECK(Asked(house, 34, 60, K::exchange, O::exchange, U::after_receipt, Reason::quality, "换大一号", "用着小，想换大的，差价我补。", other("PW-XL-01", "加大款", price(34, 130)))
                 .approve_it(58).comes_back(6, "SF1429088011").own(Person::agent).done());
    AC_CHECK(Asked(house, 37, 40, K::exchange, O::exchange, U::advance, Reason::wrong_item, "发错型号，急用", "发错了，急着用，能先发对的吗？", other("", ""))
                 .approve_it(38).act(30, Person::warehouse, &reserve, domain::Reserve{{}, StockState::reserved, {}}).sent(26, "SF1429088012").own(Person::colleague).done());
    AC_CHECK(Asked(house, 40, 70, K::repair, O::repair, U::none, Reason::quality, "用了几天不亮", "开关按了没有反应。")
                 .approve_it(68).comes_back(20, "SF1429088013", Grade::damaged).act(16, Person::boss, &diagnose, domain::Diagnose{{}, true, false, 1'200, 2'000}).own(Person::agent).done());
    AC_CHECK(Asked(house, 43, 26, K::reissue, O::reissue, U::part, Reason::missing_parts, "少了说明书和螺丝", "包装里没有螺丝包。").approve_it(25).done());
    AC_CHECK(Asked(house, 46, 50, K::reissue, O::reissue, U::unit, Reason::not_received, "显示签收但没收到", "驿站说没有我的件。").approve_it(48).confirmed(30).sent(24, "SF1429088014").done());
    AC_CHECK(Asked(house, 45, 4, K::refund_only, O::refund_only, U::keep_goods, Reason::quality, "有瑕疵，不想寄回", "有个小坑，退一部分就行。", {}, price(45, 30)).done());
    AC_CHECK(Asked(house, 9, 28, K::refund_only, O::refund_only, U::not_received, Reason::not_received, "一直没收到", "物流停了，没有收到。").approve_it(27).done());
    return Asked(house, 9, 30, K::refund_only, O::refund_only, U::goodwill, Reason::goodwill, "等太久，给点补偿", "等了这么久，总要补偿一下。", {}, 1'000).approve_it(29).done();
}

}  // namespace aftercare::usecase::demo
