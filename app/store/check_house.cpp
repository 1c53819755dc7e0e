#include "store/check_house.hpp"

#include <aftercare/codec/json.hpp>
#include <map>
#include <set>

#include "db/row.hpp"
#include "domain/asked.hpp"
#include "domain/hours.hpp"
#include "sql/check.hpp"
#include "store/trainings.hpp"

namespace aftercare::store {
namespace {

constexpr std::int64_t kMostOfAKind = 100;

/// A query whose rows are (stream, column, stored, derived).
struct Rule {
    std::string_view table;
    const db::Query& query;
};
const std::vector<Rule>& rules() {
    static const std::vector<Rule> all{
        {"work_hours", sql::check::hours_version},    {"roster_shift", sql::check::roster_times},     {"roster_shift", sql::check::roster_twice},
        {"clock", sql::check::clock_policy},          {"operation", sql::check::operation_policy},    {"policy", sql::check::policy_version},
        {"policy", sql::check::policy_end},           {"policy", sql::check::policy_open},            {"case_link", sql::check::link_cases},
        {"case_link", sql::check::link_twice},        {"case_merge", sql::check::merge_cases},        {"case_merge", sql::check::merge_closed},
        {"case_merge", sql::check::merge_missing},    {"case_merge", sql::check::merge_version},      {"approval", sql::check::approval_task},
        {"approval", sql::check::approval_missing},   {"approval", sql::check::approval_said},        {"handover", sql::check::handover_taken},
        {"handover", sql::check::handover_people},    {"handover", sql::check::handover_scope},       {"handover_item", sql::check::item_case},
        {"handover_item", sql::check::item_reply},    {"handover_item", sql::check::item_risk},
        {"unified_reply", sql::check::unified_reply_words}, {"unified_reply_case", sql::check::unified_reply_sent},
        {"unified_reply_case", sql::check::unified_reply_shop}, {"review", sql::check::review_parts},
        {"review", sql::check::review_band},          {"review", sql::check::review_names},
        {"errand", sql::check::errand_whose},         {"errand", sql::check::errand_end},             {"errand", sql::check::errand_people},
        {"errand", sql::check::errand_training},      {"errand", sql::check::errand_step},
        {"customer", sql::check::erased_left},        {"erasure", sql::check::erasure_customer},      {"erasure", sql::check::erasure_missing},
    };
    return all;
}

class House {
   public:
    House(Tx& tx, std::vector<Difference>& out) : tx_(tx), out_(out) {}

    void look() {
        for (const Rule& rule : rules())
            tx_.run(rule.query, {{"limit", kMostOfAKind}}, [&](const db::Row& row) {
                add(std::string(row.text(0)), rule.table, std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)));
            });
        texts();
        rings();
    }

   private:
    void add(std::string stream, std::string_view table, std::string column, std::string stored, std::string derived) {
        if (out_.size() < kMaxDifferences) out_.push_back({std::move(stream), std::string(table), std::move(column), std::move(stored), std::move(derived)});
    }

    /// JSON that cannot be read back, or does not say what its row says.
    void texts() {
        tx_.run(sql::check::hours_texts, {}, [&](const db::Row& row) {
            const auto hours = decode<domain::WorkHours>(row.text(1));
            if (!hours || !domain::check_hours(*hours)) add(std::string(row.text(0)), "work_hours", "hours", std::string(row.text(1)), "hours that can be kept");
        });
        tx_.run(sql::check::policy_texts, {}, [&](const db::Row& row) {
            const auto terms = decode<domain::PolicyTerms>(row.text(1));
            if (!terms || !domain::check_terms(*terms)) add(std::string(row.text(0)), "policy", "terms", std::string(row.text(1)), "terms that can be kept");
        });
        tx_.run(sql::check::merge_texts, {}, [&](const db::Row& row) {
            if (!decode<Matter>(row.text(1))) add(std::string(row.text(0)), "case_merge", "was", std::string(row.text(1)), "a matter");
        });
        tx_.run(sql::check::training_texts, {}, [&](const db::Row& row) {
            if (!decode<TrainingSteps>(row.text(1))) add(std::string(row.text(0)), "training", "steps", std::string(row.text(1)), "steps");
        });
        tx_.run(sql::check::approval_texts, {}, [&](const db::Row& row) {
            const auto asked = decode<domain::Asked>(row.text(1));
            const std::string task = std::string(row.text(0)), operation = row.is_null(2) ? std::string() : std::string(row.text(2));
            if (!asked) return add(task, "approval", "asked", std::string(row.text(1)), "an act");
            if (asked->operation_id.value != operation) add(task, "approval", "operation_id", asked->operation_id.value, operation);
        });
    }

    /// Merges that lead back to where they began (I30).
    void rings() {
        std::map<std::string, std::string> into;
        tx_.run(sql::check::merges, {}, [&](const db::Row& row) { into.emplace(row.text(0), row.text(1)); });
        std::set<std::string> ends;  // from where a walk ends
        for (const auto& [first, unused] : into) {
            std::set<std::string> seen;
            std::string at = first;
            while (into.contains(at) && !ends.contains(at) && seen.insert(at).second) at = into.at(at);
            if (seen.contains(at)) add(first, "case_merge", "into_id", into.at(first), "no ring");
            else ends.insert(seen.begin(), seen.end());
        }
    }

    Tx& tx_;
    std::vector<Difference>& out_;
};

}  // namespace

Result<void> check_house(Store& store, std::vector<Difference>& differences) {
    return store.read([&](Tx& tx) -> Result<void> {
        House(tx, differences).look();
        return {};
    });
}

}  // namespace aftercare::store
