#include "store/trainings.hpp"

#include <aftercare/codec/codec.hpp>

#include "db/error.hpp"
#include "sql/trainings.hpp"

namespace aftercare::store {
namespace {

Training training_of(const db::Row& row) {
    auto steps = decode<TrainingSteps>(row.text(3));
    if (!steps) throw db::DbError(db::DbErrorKind::corrupt, "the steps of training " + std::string(row.text(0)) + " cannot be read");
    return {TrainingId(std::string(row.text(0))), ShopId(std::string(row.text(1))), std::string(row.text(2)), std::move(steps->items), row.integer(4) != 0,
            StaffId(std::string(row.text(5))), {row.integer(6)}, row.integer(7), std::string(row.text(8))};
}

std::vector<Training> read(Tx& tx, const db::Query& query, db::Args args) {
    std::vector<Training> found;
    tx.run(query, args, [&](const db::Row& row) { found.push_back(training_of(row)); });
    return found;
}

void write(Tx& tx, const db::Query& query, const Training& t) {
    const std::string steps = encode(TrainingSteps{t.steps});
    tx.write(query, {{"id", t.id.value}, {"shop_id", t.shop_id.value}, {"title", t.title}, {"steps", steps}, {"retired", std::int64_t{t.retired}}, {"changed_by", t.changed_by.value},
                     {"changed_at", t.changed_at.ms}, {"version", t.version}}, 1);
}

}  // namespace

void insert_training(Tx& tx, const Training& training) { write(tx, sql::trainings::insert, training); }

std::optional<Training> find_training(Tx& tx, const TrainingId& id) {
    auto found = read(tx, sql::trainings::find, {{"id", id.value}});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Training> trainings(Tx& tx, const std::vector<std::string>& shops, std::int64_t limit) {
    if (shops.empty()) return {};
    return read(tx, sql::trainings::list, {{"shops", std::span(shops)}, {"limit", limit}});
}

void change_training(Tx& tx, const Training& training) { write(tx, sql::trainings::change, training); }

bool hold_training(Tx& tx, const TrainingId& id, const StaffId& staff) {
    tx.run(sql::trainings::hold, {{"id", id.value}}, [](const db::Row&) {});
    std::int64_t n = 0;
    tx.run(sql::trainings::count_running, {{"training", id.value}, {"staff", staff.value}}, [&](const db::Row& row) { n = row.integer(0); });
    return n > 0;
}

}  // namespace aftercare::store
