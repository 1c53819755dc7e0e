#include "usecase/demo_tales.hpp"

#include <array>

#include "usecase/cases.hpp"
#include "usecase/matters.hpp"
#include "usecase/operations.hpp"
#include "usecase/schedules.hpp"
#include "usecase/ties.hpp"

namespace aftercare::usecase::demo {
namespace {

using W = MatterWord;
using P = Person;

/// Tomorrow at three in the afternoon, UTC plus 8.
/// Why a case came, as whoever closes it says.
std::pair<const char*, Fault> cause_of(const Tale& tale) {
    if (!tale.wish) return {tale.kind == CaseKind::product_defect || tale.kind == CaseKind::complaint ? "product_quality" : "other", Fault::unknown};
    switch (tale.wish->reason) {
        case Reason::quality: return {"product_quality", Fault::merchant};
        case Reason::wrong_size: return {"size", Fault::customer};
        case Reason::no_longer_wanted: return {"customer_choice", Fault::customer};
        case Reason::not_as_described: return {"description", Fault::merchant};
        case Reason::wrong_item:
        case Reason::missing_parts: return {"packing", Fault::merchant};
        case Reason::damaged_in_transit:
        case Reason::not_received:
        case Reason::late_delivery: return {"courier", Fault::courier};
        default: return {"other", Fault::unknown};
    }
}

/// One case of the house, told act by act.
class Teller {
   public:
    Teller(const House& house, const Tale& tale, const Telling& telling, const store::NewOrder& order, std::size_t number, CaseId other)
        : house_(house), tale_(tale), order_(order), number_(number), other_(std::move(other)) {
        at_ = house.now - minutes(telling.minutes_ago);
        OpenCaseIn in;
        in.shop_id = house.shop;
        in.open = {tale.kind, tale.channel, order.order.id, order.order.customer_id, telling.topic};
        in.note = telling.words;
        if (tale.wish) in.request = request(*tale.wish);
        keep(open_case(house.ctx, house.actor(P::agent), when(), in));
        const bool asks_for_words = tale.kind == CaseKind::complaint || tale.kind == CaseKind::consultation || tale.kind == CaseKind::review_followup;
        if (!asks_for_words && telling.steps > 0 && done_) {
            at_ = at_ + minutes(20);
            keep(tell_customer("收到，我来跟进，有进展马上告诉您。"));
        }
        const Duration between{(house.now - at_).ms / static_cast<std::int64_t>(telling.steps + 1)};
        for (std::size_t i = 0; i < telling.steps && done_; ++i) {
            at_ = at_ + between;
            keep(take(tale.acts[i]));
        }
    }

    void own(Person owner) {
        if (done_) keep(assign_case(house_.ctx, house_.actor(P::lead), when(), {id_, {house_.actor(owner).staff_id}}));
    }
    [[nodiscard]] const CaseId& id() const { return id_; }
    [[nodiscard]] const Result<void>& done() const { return done_; }

   private:
    [[nodiscard]] Guard when() const { return {"demo", {}, {}, {}, at_}; }
    void keep(Result<CaseChanged> changed) {
        if (!changed) {
            done_ = fail(std::move(changed.error()));
            return;
        }
        id_ = changed->case_id;
        if (!changed->operation_id.empty()) operation_ = changed->operation_id;
    }

    [[nodiscard]] domain::RequestOperation request(const Wish& wish) const {
        domain::RequestOperation made;
        made.kind = wish.kind, made.sub_kind = wish.way, made.reason = wish.reason;
        made.photo_ref = "买家图片1.jpg";
        const auto& line = order_.lines[0];
        const std::int64_t amount = line.unit_price_minor * wish.percent / 100;
        const bool other_goods = wish.kind == OperationKind::exchange && wish.percent > 0;
        if (wish.way != SubKind::goodwill) made.lines = {{line.id, 1, {}, {}, {}}};
        if (other_goods) made.lines[0].new_sku = line.sku + "-L", made.lines[0].new_name = line.name + " 加大款", made.lines[0].new_price_minor = amount;
        else if (wish.percent > 0) made.amount_minor = amount;
        return made;
    }

    template <class Command>
    Result<CaseChanged> act(Person by, Result<CaseChanged> (*verb)(Context&, const Actor&, const Guard&, const OnCase<Command>&), Command command) {
        if constexpr (requires { command.operation_id; }) command.operation_id = operation_;
        return verb(house_.ctx, house_.actor(by), when(), {id_, std::move(command)});
    }
    template <W kWord>
    Result<CaseChanged> step(const char* words, Person by = P::agent) {
        return matter_step<kWord>(house_.ctx, house_.actor(by), when(), {id_, {}, words});
    }
    template <W kWord, class Command, auto kDecide>
    Result<CaseChanged> say(Command command, const char* words, Person by = P::agent) {
        return matter_act<kWord, Command, kDecide>(house_.ctx, house_.actor(by), when(), {id_, std::move(command), words});
    }
    [[nodiscard]] Result<CaseView> view() const { return get_case(house_.ctx, house_.actor(P::boss), {id_}); }

    /// The parcel that went out last, or is to go.
    Result<CaseChanged> with_parcel(bool arrives) {
        AC_TRY(const auto seen, view());
        if (seen.outbound.empty()) return fail(ErrorKind::not_found, "outbound_leg_not_found");
        const OutboundLegId leg = seen.outbound.back().id;
        if (arrives) return act(P::agent, &delivered, domain::Delivered{{}, leg});
        return act(P::warehouse, &dispatch, domain::Dispatch{{}, leg, "顺丰", tracking("SF16")});
    }
    Result<CaseChanged> provider_says(RefundResult result) {
        AC_TRY(const auto seen, view());
        for (const MoneyAttempt& attempt : seen.attempts)
            if (attempt.state == MoneyState::submitted) return act(P::finance, &refund_result, domain::RefundOutcome{{}, attempt.id, result, "", ""});
        return fail(ErrorKind::not_found, "attempt_not_found");
    }
    Result<CaseChanged> looked_at(Grade grade) {
        return act(P::warehouse, &inspect, domain::Inspect{{}, order_.lines[0].id, 1, grade, Disposition::hold, "验货图1.jpg", "", "韩磊"});
    }
    Result<CaseChanged> other_kind() {
        const bool back = tale_.kind == CaseKind::return_refund || tale_.kind == CaseKind::repair;
        return act(P::lead, &change_kind, domain::ChangeKind{{}, back ? OperationKind::exchange : OperationKind::return_refund, {}, true, {}});
    }
    Result<CaseChanged> tell_customer(const char* words = "已经查过，情况和处理办法都在这里，有问题随时找我们。") {
        AC_TRY(const auto seen, view());
        Guard guard = when();
        guard.expected_version = seen.c.version;
        return add_note(house_.ctx, house_.actor(P::agent), guard, {id_, NoteKind::to_customer, words});
    }
    Result<CaseChanged> quality_answers() {
        AC_TRY(const auto seen, view());
        for (const Task& task : seen.tasks)
            if (task.department == Department::quality && task.code == domain::kAskedTask && task.state == TaskState::open)
                return finish_task(house_.ctx, house_.actor(P::warehouse), when(), {task.id, TaskResult::confirmed, "抽了同批 20 件，3 件有同样的问题。"});
        return fail(ErrorKind::not_found, "task_not_found");
    }
    Result<CaseChanged> run_out() {
        AC_TRY(const auto due, due_clocks(house_.ctx, 10'000));
        for (const auto& clock : due)
            if (clock.case_id == id_) AC_CHECK(fire_clock(house_.ctx, clock));
        CaseChanged same;
        same.case_id = id_;
        return same;
    }
    [[nodiscard]] std::string tracking(const char* prefix) const { return prefix + std::to_string(20'000'000 + number_ * 79'193); }

    Result<CaseChanged> take(Do what) {
        using domain::StepRepair;
        const bool caught = tale_.wish && tale_.wish->way == SubKind::intercept;
        switch (what) {
            case Do::approve: return act(P::lead, &approve, domain::Approve{});
            case Do::ask: return ask_info(house_.ctx, house_.actor(P::agent), when(), {id_, operation_, "麻烦拍一张问题处和外包装的照片。"});
            case Do::reject: return reject(house_.ctx, house_.actor(P::lead), when(), {id_, {operation_, RejectCode::evidence_missing}, "抱歉，照片里看不出问题，暂时不能退。能补一张清楚的照片，我们马上重新看。"});
            case Do::withdraw: return act(P::agent, &withdraw, domain::Withdraw{});
            case Do::change: return other_kind();
            case Do::confirm:
                return act(P::warehouse, &answer_check, domain::AnswerCheck{{}, aftercare::CheckResult::confirmed, caught ? "顺丰" : "", caught ? tracking("SF15") : ""});
            case Do::ship: return act(P::agent, &ship_back, domain::ShipBack{{}, "顺丰", tracking("SF15"), {}});
            case Do::arrive: return act(P::warehouse, &arrive, domain::Arrive{});
            case Do::pass: return looked_at(Grade::pass);
            case Do::opened: return looked_at(Grade::opened);
            case Do::damaged: return looked_at(Grade::damaged);
            case Do::wrong: return looked_at(Grade::wrong_item);
            case Do::send_back: return act(P::agent, &send_back, domain::SendBack{{}, true});
            case Do::reserve: return act(P::warehouse, &reserve, domain::Reserve{});
            case Do::no_stock: return act(P::warehouse, &reserve, domain::Reserve{{}, StockState::out_of_stock, {}});
            case Do::send: return with_parcel(false);
            case Do::deliver: return with_parcel(true);
            case Do::collect: return act(P::finance, &collected, domain::Collected{{}, {}, "alipay", tracking("2026")});
            case Do::diagnose: return act(P::warehouse, &diagnose, domain::Diagnose{{}, true, false, 1'200, 2'000});
            case Do::free: return act(P::warehouse, &diagnose, domain::Diagnose{{}, true, true, 800, 2'000});
            case Do::price: return act(P::agent, &quote_repair, domain::QuoteRepair{{}, 3'000, house_.now + days(3)});
            case Do::yes: return act(P::agent, &answer_quote, domain::AnswerQuote{{}, true});
            case Do::want_parts: return act(P::warehouse, &repair_step, StepRepair{{}, RepairStep::parts_wanted});
            case Do::parts_came: return act(P::warehouse, &repair_step, StepRepair{{}, RepairStep::parts_came});
            case Do::repaired: return act(P::warehouse, &repair_step, StepRepair{{}, RepairStep::repaired});
            case Do::tested: return act(P::warehouse, &repair_step, StepRepair{{}, RepairStep::test_passed});
            case Do::submit: return act(P::finance, &submit_refund, domain::SubmitRefundNow{});
            case Do::paid: return provider_says(RefundResult::ok);
            case Do::failed: return provider_says(RefundResult::fail);
            case Do::close: {
                const auto [cause, fault] = cause_of(tale_);
                return act(P::lead, &close_case, domain::CloseCase{cause, fault, "已处理完，客户没有别的问题。"});
            }
            case Do::wait: return run_out();
            default: return take_up(what);
        }
    }

    /// Acts of matters.
    Result<CaseChanged> take_up(Do what) {
        switch (what) {
            case Do::acknowledge: return step<W::acknowledge>("非常抱歉给您添麻烦，我先把情况核实清楚，今天内给您答复。");
            case Do::verify: return step<W::verify>("核对订单、聊天记录和出库扫描。");
            case Do::propose: return say<W::propose, domain::Propose, domain::propose>({2'000, house_.now + hours(20)}, "给您补 20 元，再免费换一件新的。");
            case Do::accept: return step<W::accept_proposal>("客户说可以。");
            case Do::decline: return step<W::decline_proposal>("客户说不够，要再谈。");
            case Do::execute: return step<W::execute>("按方案办。");
            case Do::follow_up: return say<W::follow_up, domain::FollowUp, domain::follow_up>({Satisfied::yes}, "客户说满意。", P::lead);
            case Do::review: return say<W::review, domain::Review, domain::review>({"packing", Fault::merchant}, "装箱加角护，出库前拍照。", P::lead);
            case Do::retract: return step<W::retract>("客户说问题已经解决，不投诉了。");
            case Do::answer: return step<W::answer>("可以的，按说明书第 3 页的办法就行。");
            case Do::ask_customer: return step<W::ask_customer>("您说的是哪一款？方便发一下订单截图吗？");
            case Do::wait_internal: return step<W::wait_internal>("已问仓库。");
            case Do::triage: return step<W::triage>("描述属实，先打电话问清楚。");
            case Do::call:
                return say<W::record_contact, domain::RecordContact, domain::record_contact>({ContactResult::reached}, "客户说包装旧了点，东西没问题。");
            case Do::plan_call:
                return say<W::plan_contact, domain::PlanContact, domain::plan_contact>({tomorrow_afternoon(house_.now)}, "");
            case Do::no_remedy: return say<W::decide_remedy, domain::DecideRemedy, domain::decide_remedy>({}, "不用补救，已解释清楚。");
            case Do::remedy: return decide_remedy(house_.ctx, house_.actor(P::agent), when(), {id_, {other_}, "另开一单退款。"});
            case Do::outcome:
                return say<W::record_outcome, domain::RecordOutcome, domain::record_outcome>({MatterOutcome::updated_by_customer}, "客户自己改了评价。");
            case Do::start: return step<W::start_work>("已着手处理。");
            case Do::reply: return tell_customer();
            case Do::ask_quality:
                return ask_task(house_.ctx, house_.actor(P::agent), when(), {id_, {Department::quality, house_.actor(P::warehouse).staff_id, house_.now + hours(30)}, "抽检同批次。"});
            case Do::quality_said: return quality_answers();
            case Do::link: {
                AC_CHECK(link_case(house_.ctx, house_.actor(P::agent), when(), {id_, other_, Relation::related}));
                CaseChanged same;
                same.case_id = id_;
                return same;
            }
            case Do::finish: return say<W::finish_work, domain::RecordOutcome, domain::finish_work>({MatterOutcome::solved}, "已处理完。");
            default: return fail_field("/do", "unknown_word");
        }
    }

    const House& house_;
    const Tale& tale_;
    const store::NewOrder& order_;
    std::size_t number_;
    CaseId other_, id_;
    OperationId operation_;
    Instant at_;
    Result<void> done_{};
};

}  // namespace

std::vector<Sale> tale_sales(Instant now, const std::vector<Tale>& tales) {
    std::vector<Sale> sales;
    for (const Tale& tale : tales)
        for (const Telling& telling : tale.tellings) {
            Sale made;
            made.channel = tale.channel == Channel::marketplace ? "天猫" : sales.size() % 3 ? "抖音" : "微信";
            made.buyer = 24 + sales.size() * 37 % (kBuyers - 24);
            made.items = {{tale.product, 1}};
            made.goods = tale.goods;
            const Instant opened = now - minutes(telling.minutes_ago);
            made.delivered_at = tale.goods == Goods::delivered ? opened - hours(20) : Instant{};
            made.placed_at = opened - hours(tale.goods == Goods::delivered ? 80 : 30);
            sales.push_back(std::move(made));
        }
    return sales;
}

Result<void> tell_tales(const House& house, const std::vector<Tale>& tales, std::size_t first) {
    constexpr std::array<std::optional<Person>, 6> kOwners{P::agent, P::colleague, std::nullopt, P::lead, P::agent, P::boss};
    std::size_t number = 0;
    CaseId before;
    for (const Tale& tale : tales)
        for (const Telling& telling : tale.tellings) {
            Teller told(house, tale, telling, house.orders[first + number], number, before);
            const bool closed = telling.steps > 0 && tale.acts[telling.steps - 1] == Do::close;
            if (const auto owner = kOwners[number % kOwners.size()]; owner && !closed) told.own(*owner);
            AC_CHECK(told.done());
            before = told.id();
            ++number;
        }
    return {};
}

}  // namespace aftercare::usecase::demo
