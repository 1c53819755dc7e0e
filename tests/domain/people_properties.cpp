#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <deque>
#include <map>
#include <set>

#include "domain/asked.hpp"
#include "domain/ties.hpp"
#include "story.hpp"

/// Random merges among messages: nothing is lost and no chain ends where it began (I30). Random people ask and answer: what comes of it was
/// decided by somebody else who may (I19).
using namespace story;

namespace {

template <class T>
std::size_t one_of(const T& list) {
    return *rc::gen::inRange<std::size_t>(0, list.size());
}

/// Several cases of a customer, the rows of their merges, and every word with the case in which it was written.
struct Desk {
    std::deque<Story> cases;
    std::map<std::string, std::string> into;
    struct Undo {
        Matter was;
        std::int64_t version, into_version;
    };
    std::map<std::string, Undo> undo;
    std::map<std::string, std::string> words;

    explicit Desk(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            Story& s = cases.emplace_back(OrderState{}, i % 2 ? CaseKind::complaint : CaseKind::consultation);
            s.state.c.id = CaseId("C" + std::to_string(i));
            s.state.c.number = std::to_string(i);
            s.state.c.customer_id = CustomerId("CUSTOMER");
        }
    }
    Story& at(const std::string& id) { return cases[static_cast<std::size_t>(std::stoul(id.substr(1)))]; }
    std::string target(std::string id) {
        std::set<std::string> seen;
        while (into.count(id) != 0) {
            RC_ASSERT(seen.insert(id).second);  // no cycle
            id = into[id];
        }
        return id;
    }
    /// As the use case does it: a note to a merged case lands on its target.
    void write(const std::string& id, NoteKind kind) {
        const std::string note = "N" + std::to_string(words.size());
        std::string where = id;
        auto decision = add_note(at(where).state, {MessageId(note), kind}, at(where).facts(lead));
        while (!decision && decision.error().code == "case_merged") {
            where = target(where);
            decision = add_note(at(where).state, {MessageId(note), kind}, at(where).facts(lead));
        }
        RC_ASSERT(decision.has_value());
        RC_ASSERT(where == target(id));
        at(where).take(decision);
        words[note] = where;
    }
    void merge(const std::string& from, const std::string& to) {
        const Matter was = at(from).state.c.matter;
        auto merged = merge_case(at(from).state, at(to).state, {}, at(from).facts(lead));
        if (!merged) return;
        RC_ASSERT(from != to && into.count(from) == 0 && into.count(to) == 0);
        at(from).take(merged->from);
        at(to).take(merged->into);
        into[from] = to;
        undo[from] = {was, at(from).state.c.version, at(to).state.c.version};
    }
    void unmerge(const std::string& from) {
        if (into.count(from) == 0) return;
        const Undo& u = undo[from];
        if (at(from).state.c.version != u.version || at(into[from]).state.c.version != u.into_version) return;
        const auto decision = unmerge_case(at(from).state, u.was, MessageId("U" + std::to_string(words.size())), at(from).facts(lead));
        RC_ASSERT(decision.has_value());
        at(from).take(decision);
        RC_ASSERT(at(from).state.c.matter == u.was);
        into.erase(from);
    }
    /// What a page of the case shows: its own stream and those that were merged into it.
    std::set<std::string> page(const std::string& id) {
        std::set<std::string> shown;
        for (const auto& [note, where] : words)
            if (target(where) == id || where == id) shown.insert(note);
        return shown;
    }
};

}  // namespace

TEST_CASE("merges lose nothing, have no cycle, and send what comes later to where the work goes on") {
    rc::prop("I30", [] {
        Desk desk(5);
        const auto id = [&] { return "C" + std::to_string(*rc::gen::inRange(0, 5)); };
        const auto steps = *rc::gen::inRange(0, 40);
        for (int i = 0; i < steps; ++i) {
            for (auto& s : desk.cases) s.now = s.now + minutes(7);
            switch (*rc::gen::inRange(0, 4)) {
                case 0: desk.merge(id(), id()); break;
                case 1: desk.unmerge(id()); break;
                default: desk.write(id(), Words<NoteKind>::all[*rc::gen::inRange<std::size_t>(0, 3)].first);
            }
        }
        std::set<std::string> shown;
        for (const auto& s : desk.cases) {
            const std::string& each = s.state.c.id.value;
            RC_ASSERT(is_merged(s.state.c) == (desk.into.count(each) != 0));
            if (desk.into.count(each) == 0) shown.merge(desk.page(each));
        }
        RC_ASSERT(shown.size() == desk.words.size());
    });
}

TEST_CASE("whoever asks and whoever answers: what is carried out was granted by another who may") {
    rc::prop("I19", [] {
        Story s;
        s.policy.terms.agent_limit_minor = *rc::gen::inRange<std::int64_t>(0, 4'000);
        const std::vector<Actor> people{agent, agent2, lead, lead2, finance, warehouse, customer, staff("both", {Role::agent, Role::lead, Role::finance})};
        const auto id = s.request({a(*rc::gen::inRange<std::int64_t>(1, 4))});
        struct Open {
            Asked asked;
            StaffId by;
            TaskId task;
        };
        std::vector<Open> open;
        const auto steps = *rc::gen::inRange(0, 30);
        for (int i = 0; i < steps; ++i) {
            const Actor& who = people[one_of(people)];
            const CaseState before = s.state;
            if (*rc::gen::arbitrary<bool>() || open.empty()) {
                const AskedWord command = *rc::gen::arbitrary<bool>() ? AskedWord::approve : AskedWord::submit_refund;
                const Asked asked{command, id, 0, {}, {}};
                if (!s.take(ask_approval(s.state, asked, MessageId("N"), s.facts(who))).empty()) continue;
                RC_ASSERT(s.op().decision == before.operations[0].decision);  // asking does nothing
                open.push_back({asked, who.staff_id, s.state.tasks.back().id});
            } else {
                const Open& each = open[one_of(open)];
                const bool granted = *rc::gen::arbitrary<bool>();
                if (!s.take(answer_approval(s.state, each.asked, each.by, {each.task, granted, MessageId("N"), {}}, s.facts(who))).empty()) continue;
                RC_ASSERT(!granted || who.staff_id != each.by);
                RC_ASSERT(who.staff_id == each.by || who.has(each.asked.command == AskedWord::submit_refund ? Role::finance : Role::lead));
                if (granted && each.asked.command == AskedWord::approve) RC_ASSERT(s.op().approver_id == who.staff_id);
                if (!granted) RC_ASSERT(s.op().decision == before.operations[0].decision);
            }
            if (s.op().decision == DecisionState::approved && s.state.inbound.empty()) {
                s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
                s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
                s.inspect_all(id, "A", s.state.lines[0].qty);
            }
            for (const auto& attempt : s.state.attempts) {  // above the limit neither the maker nor the approver paid
                std::int64_t sum = 0;
                for (const auto& leg : s.state.money) sum += leg.state == MoneyState::submitted ? leg.amount_minor : 0;
                if (sum > s.policy.terms.agent_limit_minor)
                    RC_ASSERT(attempt.submitted_by != s.op().approver_id && attempt.submitted_by != s.op().maker_id);
            }
        }
    });
}
