#include "usecase/demo_reviews.hpp"

#include <array>

#include "usecase/reviews.hpp"

namespace aftercare::usecase::demo {
namespace {

constexpr std::size_t kFirstOrder = 60;  // the orders before it have stories of their own

struct Told {
    std::int64_t rating, hours_ago;
    const char* words;
    ReviewAct act = ReviewAct::take_up;  ///< take_up: nothing was done about it
    const char* said = "";
};
constexpr std::array<Told, 10> kTold{{
    {1, 2, "收到就是坏的，客服半天不回，太失望了。"},
    {2, 5, "和图片差别很大，味道也重，放了两天还没散。"},
    {3, 7, "东西还行，就是发货慢，等了五天。"},
    {5, 9, "做工很好，妈妈很喜欢，会再来。"},
    {1, 26, "用了三天就断了，质量太差。", ReviewAct::follow_up},
    {4, 28, "整体满意，说明书要是写清楚点就更好了。", ReviewAct::answer, "谢谢您的建议，新一批会附上带图的说明书，有不清楚的随时问我们。"},
    {5, 30, "第三次回购，一如既往。", ReviewAct::answer, "谢谢您一直以来的信任，我们会继续把好每一道关。"},
    {3, 33, "快递员没打电话就放门口了，还好没丢。", ReviewAct::answer, "抱歉让您担心了。我们已经和快递站点说好，之后您的包裹会先电话联系。"},
    {5, 36, "此用户没有填写评价。", ReviewAct::set_aside, "没有内容"},
    {0, 49, "颜色很正，大小也合适。"},
}};

Result<void> tell(const House& house, const Told& told, const store::NewOrder& sold) {
    const auto number = "R" + sold.order.number;
    AC_TRY(const auto review, put_review(house.ctx, house.actor(Person::agent), ago(house, told.hours_ago - 1),
                                         {house.shop, number, sold.order.number, sold.lines.front().sku, sold.lines.front().name, sold.order.channel, told.words, told.rating,
                                          house.now - hours(told.hours_ago)}));
    const Actor& agent = house.actor(told.rating < 3 ? Person::agent : Person::colleague);
    const Guard then = ago(house, told.hours_ago - 2);
    switch (told.act) {
        case ReviewAct::answer: AC_CHECK(answer_review(house.ctx, agent, then, {review.id, told.said})); break;
        case ReviewAct::follow_up: AC_CHECK(follow_up_review(house.ctx, agent, then, {review.id})); break;
        case ReviewAct::set_aside: AC_CHECK(set_review_aside(house.ctx, agent, then, {review.id, told.said})); break;
        case ReviewAct::take_up: break;
    }
    return {};
}

}  // namespace

Result<void> tell_reviews(const House& house) {
    std::size_t at = kFirstOrder;
    for (const Told& told : kTold) {
        while (at < house.orders.size() && house.orders[at].order.delivered_at.ms == 0) ++at;
        if (at == house.orders.size()) return {};
        AC_CHECK(tell(house, told, house.orders[at++]));
    }
    return {};
}

}  // namespace aftercare::usecase::demo
