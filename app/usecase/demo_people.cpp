#include "usecase/demo_people.hpp"

#include "usecase/approvals.hpp"
#include "usecase/cases.hpp"
#include "usecase/handovers.hpp"
#include "usecase/matters.hpp"
#include "usecase/ties.hpp"

namespace aftercare::usecase::demo {
namespace {

Guard ago(const House& house, std::int64_t n) { return {"demo", {}, {}, {}, house.now - hours(n)}; }

Result<CaseId> opened(const House& house, CaseKind kind, std::size_t order, std::int64_t hours_ago, const char* topic, const char* words) {
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
    AC_TRY(const CaseId first, opened(house, CaseKind::consultation, 27, 31, "蒸锅能进洗碗机吗", "蒸格可以放洗碗机洗吗？"));
    AC_TRY(const CaseId second, opened(house, CaseKind::consultation, 27, 30, "洗碗机", "在吗？刚才问的洗碗机的事。"));
    AC_CHECK(merge_case(house.ctx, house.actor(Person::agent), ago(house, 29), {second, first, "同一位客户的同一个问题。"}));
    AC_CHECK(step<MatterWord::answer>(house, first, 28, "蒸格可以进洗碗机，锅身要手洗。"));
    return first;
}

/// An offer above the agent's limit, asked of a lead.
Result<CaseId> asked_offer(const House& house) {
    AC_TRY(const CaseId id, opened(house, CaseKind::complaint, 30, 20, "漏水泡了地板", "水壶漏水，把木地板泡起来了，要赔。"));
    AC_CHECK(assign_case(house.ctx, house.actor(Person::lead), ago(house, 19), {id, {house.actor(Person::agent).staff_id}}));
    AC_CHECK(step<MatterWord::acknowledge>(house, id, 18, "非常抱歉，地板的事我来跟，明天答复您。"));
    AC_CHECK(step<MatterWord::verify>(house, id, 17, "照片和维修报价都收到了。"));
    domain::Asked offer;
    offer.command = AskedWord::propose;
    offer.amount_minor = 68'000;
    AC_CHECK(ask_approval(house.ctx, house.actor(Person::agent), ago(house, 2), {id, offer, "退水壶货款，另赔地板维修 680 元。", "维修报价 680 元，照片属实，客户要求今天定。"}));
    return id;
}

}  // namespace

Result<void> tell_people(const House& house) {
    AC_TRY(const CaseId first, twice_asked(house));
    AC_TRY(const CaseId offer, asked_offer(house));
    AC_CHECK(link_case(house.ctx, house.actor(Person::agent), ago(house, 1), {offer, first, Relation::related}));
    AC_CHECK(hand_over(house.ctx, house.actor(Person::colleague), ago(house, 1), {{house.shop, {}}, {}, "漏水那单等主管批，批了先打电话给客户。"}));
    return {};
}

}  // namespace aftercare::usecase::demo
