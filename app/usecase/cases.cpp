#include "usecase/cases.hpp"

#include "domain/cases.hpp"
#include "domain/matters.hpp"
#include "domain/operations.hpp"
#include "domain/platform.hpp"
#include "domain/operation_rules.hpp"
#include "store/cases.hpp"
#include "store/connectors.hpp"
#include "store/event_codec.hpp"
#include "store/orders.hpp"
#include "store/staff.hpp"
#include "store/ties.hpp"
#include "usecase/customers.hpp"
#include "usecase/facts.hpp"
#include "usecase/orders.hpp"
#include "usecase/photos.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

constexpr Duration kDueSoon = hours(1);

Result<domain::Decision> decide_opening(const domain::CaseState& state, const OpenCaseIn& in, const std::vector<Note>& notes,
                                        const domain::Facts& facts) {
    AC_TRY(domain::Decision decision, domain::open_case(state, in.open, facts));
    if (in.request) {
        AC_TRY(auto requested, domain::request_operation(domain::after(state, decision), *in.request, facts));
        domain::append(decision, std::move(requested));
    }
    for (const Note& note : notes) {
        AC_TRY(auto noted, domain::add_note(domain::after(state, decision), {note.id, note.kind}, facts));
        domain::append(decision, std::move(noted));
    }
    if (in.severity || in.emotion || in.intent) {
        AC_TRY(auto classified, domain::classify(domain::after(state, decision), {in.severity, in.emotion, {}, {}, in.intent}, facts));
        domain::append(decision, std::move(classified));
    }
    return decision;
}

std::vector<WriteBackView> write_backs_of(store::Tx& tx, const CaseId& id) {
    std::vector<WriteBackView> views;
    for (const store::WriteBack& each : store::write_backs(tx, id)) {
        const auto effect = store::decode_effect(domain::TellPlatform::kTopic, each.payload);
        const auto* told = effect ? std::get_if<domain::TellPlatform>(&*effect) : nullptr;
        const bool nobody_to_tell = each.state == "done" && !each.last_error.empty();  // it came by the API, not from a connector
        if (told && !nobody_to_tell) views.push_back({each.id, told->verdict, each.state, each.last_error, each.attempts, each.at});
    }
    return views;
}

std::vector<std::string> statuses_of(const CaseQuery& in) {
    if (in.status) return {std::string(word(*in.status))};
    if (in.unfinished.value_or(false)) return {"open", "waiting_customer", "waiting_partner"};
    return {"open", "waiting_customer", "waiting_partner", "resolved", "closed"};
}

store::CaseSort sort_of(CaseOrder order) {
    switch (order) {
        case CaseOrder::changed: return store::CaseSort::changed;
        case CaseOrder::opened: return store::CaseSort::opened;
        case CaseOrder::due: break;
    }
    return store::CaseSort::due;
}

store::CaseFilter filter_of(Context& ctx, store::Tx& tx, const Actor& actor, const CaseQuery& in) {
    store::CaseFilter filter;
    filter.shops = shops_for(tx, actor, in.shop_id);
    filter.statuses = statuses_of(in);
    if (in.kind) filter.kind = std::string(word(*in.kind));
    if (in.header) filter.header = std::string(word(*in.header));
    if (in.owner == "none") filter.unowned = true;
    else if (in.owner) filter.owner = *in.owner == "me" ? actor.staff_id.value : *in.owner;
    if (in.due_within) filter.due_before = ctx.clock.now() + *in.due_within;
    filter.urgent = in.urgent.value_or(false);
    if (in.cause && !in.cause->empty()) filter.cause = in.cause;
    filter.opened_from = in.opened_from;
    filter.opened_before = in.opened_before;
    filter.sort = sort_of(in.sort);
    return filter;
}

}  // namespace

Result<CaseChanged> open_case(Context& ctx, const Actor& actor, const Guard& guard, const OpenCaseIn& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    AC_CHECK(require_shop(actor, in.shop_id));
    if (!in.open.customer_id.empty())
        AC_CHECK(ctx.store.read([&](store::Tx& tx) -> Result<void> {
            const auto customer = store::find_customer(tx, in.open.customer_id);
            if (!customer || customer->shop_id != in.shop_id) return fail_field("/customer_id", "unknown_customer");
            return {};
        }));
    AC_TRY(const std::string number, ctx.store.next_case_number());
    const auto case_id = ctx.ids.make<CaseId>();
    std::vector<Note> notes;
    if (in.note.empty() && !in.photo_ref.empty()) return fail_field("/note", "required");
    if (!in.note.empty())
        notes.push_back({ctx.ids.make<MessageId>(), case_id, NoteKind::from_customer, actor.staff_id, in.note, guard.now, in.photo_ref});
    if (in.request && !in.request->override_reason.empty())
        notes.push_back({ctx.ids.make<MessageId>(), case_id, NoteKind::internal, actor.staff_id, in.request->override_reason, guard.now});
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    return store::new_case(
        ctx.store, case_id, number, in.shop_id, in.open.order_id, guard,
        [&](const domain::CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
            const domain::Facts facts{guard.now, actor, around.policy_for(state, {}), calendar_of(around.calendar), next_id, {}, around.known};
            AC_TRY(auto decision, decide_opening(state, in, notes, facts));
            const std::string shown = in.request ? in.request->photo_ref : "";
            return store::CaseDecision{std::move(decision), notes, &facts.calendar,
                                       in.photo_ref.empty() ? named_photos(actor, shown, "/request/photo_ref") : named_photos(actor, in.photo_ref + " " + shown, "/photo_ref")};
        });
}

Result<CaseList> list_cases(Context& ctx, const Actor& actor, const CaseQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const auto after, store::parse_cursor(in.page.after));
    return ctx.store.read([&](store::Tx& tx) -> Result<CaseList> {
        const store::CaseFilter filter = filter_of(ctx, tx, actor, in);
        if (in.q && !in.q->empty()) return CaseList{store::find_cases(tx, filter.shops, *in.q), ""};
        auto page = store::list_cases(tx, filter, after, in.page.limit);
        return CaseList{std::move(page.items), page.next ? store::print_cursor(*page.next) : ""};
    });
}

std::int64_t count_matching(Context& ctx, store::Tx& tx, const Actor& actor, const CaseQuery& in, std::int64_t limit) {
    const store::CaseFilter filter = filter_of(ctx, tx, actor, in);
    if (in.q && !in.q->empty()) return std::ssize(store::find_cases(tx, filter.shops, *in.q));
    return store::count_filtered(tx, filter, limit);
}

Result<CaseCounts> count_cases(Context& ctx, const Actor& actor, const InShop& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    const Instant soon = ctx.clock.now() + kDueSoon;
    return ctx.store.read([&](store::Tx& tx) -> Result<CaseCounts> {
        return store::count_cases(tx, shops_for(tx, actor, in.shop_id), actor.staff_id, soon);
    });
}

Result<CaseView> get_case(Context& ctx, const Actor& actor, const OneCase& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    const Instant now = ctx.clock.now();
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    return ctx.store.read([&](store::Tx& tx) -> Result<CaseView> {
        AC_TRY(auto state, store::load_case(tx, in.case_id, false));
        if (!actor.may_see(state.c.shop_id)) return fail(ErrorKind::not_found, "case_not_found");
        const auto around = store::load_surroundings(tx, state, now);
        const domain::Facts facts{now, actor, around.policy_for(state, {}), calendar_of(around.calendar), next_id, {}, around.known};
        CaseView view;
        view.acts = domain::legal_acts(state, facts, [&](const OperationId& id) -> const domain::Policy& { return around.policy_for(state, id); });
        if (!state.order.order.id.empty()) view.order.push_back(view_of(tx, state.order, actor));
        if (!state.c.platform.empty()) view.write_backs = write_backs_of(tx, state.c.id);
        if (!state.c.customer_id.empty()) {
            AC_TRY(auto customer, store::find_customer(tx, state.c.customer_id));
            view.customer.push_back(masked(std::move(customer)));
        }
        view.owner_name = store::staff_name(tx, state.c.owner_id);
        if (const auto shop = store::find_shop(tx, state.c.shop_id)) view.shop_name = shop->name;
        view.zone = around.calendar.zone;
        if (state.c.closed_at.ms != 0 && !domain::is_merged(state.c)) view.reopens_until = state.c.closed_at + days(facts.policy.terms.reopen_days);
        view.c = std::move(state.c);
        view.operations = std::move(state.operations);
        view.lines = std::move(state.lines);
        view.inbound = std::move(state.inbound);
        view.inbound_lines = std::move(state.inbound_lines);
        view.inspections = std::move(state.inspections);
        view.money = std::move(state.money);
        view.attempts = std::move(state.attempts);
        view.outbound = std::move(state.outbound);
        view.outbound_lines = std::move(state.outbound_lines);
        view.clocks = std::move(state.clocks);
        view.tasks = std::move(state.tasks);
        return view;
    });
}

Result<Timeline> case_timeline(Context& ctx, const Actor& actor, const TimelineQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<Timeline> {
        AC_TRY(const auto shop, store::shop_of_case(tx, in.case_id));
        if (!actor.may_see(shop)) return fail(ErrorKind::not_found, "case_not_found");
        return Timeline{store::timeline(tx, in.case_id, in.after)};
    });
}

Result<CaseChanged> add_note(Context& ctx, const Actor& actor, const Guard& guard, const AddNoteIn& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    const bool reply = in.kind == NoteKind::to_customer;
    if (reply && !guard.expected_version && !actor.has(Role::system)) return fail(ErrorKind::invalid, "if_match_required");  // I34
    Note note{ctx.ids.make<MessageId>(), in.case_id, in.kind, actor.staff_id, in.body, guard.now, in.photo_ref};
    while (true) {
        auto answer = change_case(
            ctx, actor, guard, note.case_id, {},
            [&](const domain::CaseState& state, const domain::Facts& facts) { return domain::add_note(state, {note.id, note.kind}, facts); }, note, {},
            named_photos(actor, in.photo_ref, "/photo_ref"));
        if (answer || answer.error().code != "case_merged" || reply) return answer;  // whoever replies first looks at the target
        AC_TRY(CaseId target, ctx.store.read([&](store::Tx& tx) -> Result<CaseId> { return store::target_of(tx, note.case_id); }));
        if (target == note.case_id) return answer;
        note.case_id = std::move(target);
    }
}

Result<CaseChanged> assign_case(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::AssignCase>& in) {
    AC_CHECK(require(actor, Permission::assign_cases));
    if (!in.command.owner_id.empty()) AC_CHECK(check_owner(ctx, actor, in.case_id, in.command.owner_id));
    return change_case(ctx, actor, guard, in.case_id, {}, [&](const domain::CaseState& state, const domain::Facts& facts) {
        return domain::assign_case(state, in.command, facts);
    });
}

Result<CaseChanged> hear_platform(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::HearPlatform>& in) {
    AC_CHECK(domain::permitted(actor, CommandWord::hear_platform));
    return change_case(ctx, actor, guard, in.case_id, {}, [&](const domain::CaseState& state, const domain::Facts& facts) {
        return domain::hear_platform(state, in.command, facts);
    });
}

Result<CaseChanged> close_case(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::CloseCase>& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    return change_case(ctx, actor, guard, in.case_id, {}, [&](const domain::CaseState& state, const domain::Facts& facts) {
        return domain::close_case(state, in.command, facts);
    });
}

Result<CaseChanged> finish_task(Context& ctx, const Actor& actor, const Guard& guard, const FinishTaskIn& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const CaseId case_id,
           ctx.store.read([&](store::Tx& tx) -> Result<CaseId> { return store::case_of_task(tx, in.task_id); }));
    Note note;
    if (!in.note.empty()) note = {ctx.ids.make<MessageId>(), case_id, NoteKind::internal, actor.staff_id, in.note, guard.now};
    return change_case(
        ctx, actor, guard, case_id, {},
        [&](const domain::CaseState& state, const domain::Facts& facts) { return domain::finish_task(state, {in.task_id, in.result, note.id}, facts); },
        note);
}

}  // namespace aftercare::usecase
