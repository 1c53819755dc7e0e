#include "store/approvals.hpp"

#include <aftercare/codec/json.hpp>

#include "domain/asked.hpp"
#include "sql/approvals.hpp"
#include "store/answers.hpp"

namespace aftercare::store {
void insert_approval(Tx& tx, const Approval& approval) { tx.write(sql::approvals::insert, db::bind_row(approval), 1); }

std::optional<Approval> find_approval(Tx& tx, const TaskId& id) {
    return first(all<Approval>(tx, sql::approvals::find, {{"id", id.value}}));
}

std::vector<domain::OpenAsk> open_asks(Tx& tx, const CaseId& case_id) {
    std::vector<domain::OpenAsk> asks;
    for (const Approval& row : all<Approval>(tx, sql::approvals::open_of_case, {{"case_id", case_id.value}})) {
        const auto asked = decode<domain::Asked>(row.asked.text);
        if (!asked) throw db::DbError(db::DbErrorKind::corrupt, "approval " + row.task_id.value + " cannot be read");
        domain::OpenAsk ask{row.task_id, row.asked_by, asked->command, {}, {}};
        if (asked->request) {
            ask.kind = asked->request->kind;
            for (const auto& line : asked->request->lines) ask.lines.push_back(line.order_line_id);
        }
        asks.push_back(std::move(ask));
    }
    return asks;
}

std::vector<AskedRow> open_asked(Tx& tx, const std::vector<std::string>& shops, const std::vector<std::string>& departments, const StaffId& me,
                                 std::int64_t limit) {
    return all<AskedRow>(tx, sql::approvals::open_asked,
                         {{"shops", std::span(shops)}, {"departments", std::span(departments)}, {"me", me.value}, {"limit", limit}});
}

std::vector<AskedRow> asked_by(Tx& tx, const std::vector<std::string>& shops, const StaffId& me, std::int64_t limit) {
    return all<AskedRow>(tx, sql::approvals::asked_by, {{"shops", std::span(shops)}, {"me", me.value}, {"limit", limit}});
}

std::vector<AboveRow> requested_above(Tx& tx, const std::string& shop, const std::vector<std::string>& policies, std::int64_t above, std::int64_t limit) {
    return all<AboveRow>(tx, sql::approvals::requested_above, {{"shop", shop}, {"policies", std::span(policies)}, {"above", above}, {"limit", limit}});
}

std::vector<AboveRow> payable_above(Tx& tx, const std::string& shop, const std::vector<std::string>& policies, std::int64_t above, const StaffId& me, std::int64_t limit) {
    return all<AboveRow>(tx, sql::approvals::payable_above, {{"shop", shop}, {"policies", std::span(policies)}, {"above", above}, {"me", me.value}, {"limit", limit}});
}

}  // namespace aftercare::store
