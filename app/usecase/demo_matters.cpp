#include "usecase/demo_matters.hpp"

#include "usecase/cases.hpp"
#include "usecase/matters.hpp"

namespace aftercare::usecase::demo {
namespace {

using W = MatterWord;

/// One case of the house, with hours before now at which things happen.
class Matter {
   public:
    Matter(const House& house, CaseKind kind, Channel channel, std::size_t order, std::int64_t hours_ago, const char* topic, const char* words) : house_(house) {
        const auto& of = house.orders[order].order;
        keep(open_case(house.ctx, house.actor(Person::agent), at(hours_ago), {house.shop, {kind, channel, of.id, of.customer_id, topic}, {}, words}));
    }

    template <W kWord>
    Matter& step(std::int64_t hours_ago, const char* words, Person by = Person::agent) {
        if (done_) keep(matter_step<kWord>(house_.ctx, house_.actor(by), at(hours_ago), {id_, {}, words}));
        return *this;
    }
    template <W kWord, class Command, auto kDecide>
    Matter& act(std::int64_t hours_ago, Command command, const char* words, Person by = Person::agent) {
        if (done_) keep(matter_act<kWord, Command, kDecide>(house_.ctx, house_.actor(by), at(hours_ago), {id_, std::move(command), words}));
        return *this;
    }
    Matter& propose(std::int64_t hours_ago, std::int64_t minor, const char* words, Person by = Person::agent) {
        return act<W::propose, domain::Propose, domain::propose>(hours_ago, {minor, house_.now + hours(20)}, words, by);
    }
    Matter& classify(std::int64_t hours_ago, std::int64_t severity, Emotion emotion, Intent intent) {
        return act<W::classify, domain::Classify, domain::classify>(hours_ago, {severity, emotion, "", {}, intent}, "");
    }
    Matter& call(std::int64_t hours_ago, Instant when) {
        return act<W::plan_contact, domain::PlanContact, domain::plan_contact>(hours_ago, {when}, "");
    }
    Matter& ask(std::int64_t hours_ago, Department department, Person owner, const char* words) {
        if (done_) keep(ask_task(house_.ctx, house_.actor(Person::agent), at(hours_ago), {id_, {department, house_.actor(owner).staff_id, house_.now + hours(6)}, words}));
        return *this;
    }
    Matter& own(std::int64_t hours_ago, Person owner) {
        if (done_) keep(assign_case(house_.ctx, house_.actor(Person::lead), at(hours_ago), {id_, {house_.actor(owner).staff_id}}));
        return *this;
    }
    [[nodiscard]] const Result<void>& done() const { return done_; }

   private:
    [[nodiscard]] Guard at(std::int64_t hours_ago) const { return {"demo", {}, {}, {}, house_.now - hours(hours_ago)}; }
    void keep(Result<CaseChanged> changed) {
        if (changed) id_ = changed->case_id;
        else done_ = fail(std::move(changed.error()));
    }

    const House& house_;
    CaseId id_;
    Result<void> done_{};
};

/// Tomorrow at three in the afternoon, UTC plus 8.
}  // namespace

Result<void> tell_matters(const House& house) {
    const auto complaint = [&](std::size_t order, std::int64_t hours_ago, const char* topic, const char* words) {
        return Matter(house, CaseKind::complaint, Channel::phone, order, hours_ago, topic, words);
    };
    AC_CHECK(complaint(21, 1, "客服态度", "昨天的客服说话很冲，我要投诉。").done());
    AC_CHECK(complaint(22, 26, "发错颜色还推责", "发错颜色，你们说是我选错的，截图我都有。")
                 .own(25, Person::agent).classify(25, 2, Emotion::angry, Intent::apology)
                 .step<W::acknowledge>(24, "非常抱歉给您添麻烦，我先把订单和出库记录核实清楚，今天内给您答复。")
                 .step<W::verify>(23, "核对下单截图和出库扫描记录。")
                 .ask(22, Department::warehouse, Person::warehouse, "调这一单的出库扫描和装箱照片。").done());
    AC_CHECK(complaint(16, 70, "毛巾掉色染了衣服", "毛巾一洗就掉色，把衬衫也染了，要个说法。")
                 .own(69, Person::lead).classify(69, 2, Emotion::upset, Intent::money_back)
                 .step<W::acknowledge>(68, "非常抱歉，衬衫的事我来跟到底。")
                 .step<W::verify>(60, "质检看过客户照片，这一批固色不够。")
                 .propose(48, 2'000, "换一套新毛巾，再补 20 元。")
                 .step<W::decline_proposal>(30, "客户说只换毛巾不行。", Person::lead)
                 .step<W::verify>(28, "和主管商量整单退。", Person::lead)
                 .propose(5, 5'990, "整单退款，毛巾不用寄回。", Person::lead).done());
    AC_CHECK(Matter(house, CaseKind::consultation, Channel::chat, 19, 2, "发票抬头", "能开公司抬头的发票吗？要怎么开？").done());
    AC_CHECK(Matter(house, CaseKind::consultation, Channel::chat, 33, 20, "加急送货", "能不能在周五前送到？我要出门。")
                 .own(19, Person::colleague)
                 .step<W::ask_customer>(18, "您周五几点前要？家里有人收吗？").done());
    AC_CHECK(Matter(house, CaseKind::review_followup, Channel::marketplace, 25, 40, "两星，说色差大", "颜色比图片深很多。")
                 .own(39, Person::colleague)
                 .step<W::triage>(38, "照片偏亮，详情页要加说明。")
                 .call(37, tomorrow_afternoon(house.now)).done());
    return Matter(house, CaseKind::logistics_exception, Channel::phone, 13, 30, "包裹三天没有动", "物流三天没更新了。")
        .own(29, Person::agent)
        .step<W::start_work>(28, "已向快递提交查件。").done();
}

}  // namespace aftercare::usecase::demo
