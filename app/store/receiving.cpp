#include "store/receiving.hpp"

#include "db/row.hpp"
#include "sql/receiving.hpp"

namespace aftercare::store {
namespace {

const db::Query& query_for(FoundBy by) {
    switch (by) {
        case FoundBy::tracking: return sql::receiving::by_tracking;
        case FoundBy::reference: return sql::receiving::by_reference;
        case FoundBy::case_number: return sql::receiving::by_case;
        case FoundBy::order_number: return sql::receiving::by_order;
        case FoundBy::sku: break;
    }
    return sql::receiving::by_sku;
}

std::string_view number_of(std::string_view code) { return code.starts_with('#') ? code.substr(1) : code; }

}  // namespace

std::vector<ToReceive> to_receive(Tx& tx, const std::vector<std::string>& shops, FoundBy by, const std::string& code) {
    std::vector<ToReceive> found;
    tx.run(query_for(by), {{"code", code}, {"shops", std::span(shops)}}, [&](const db::Row& row) { found.push_back(db::read_row<ToReceive>(row)); });
    return found;
}

std::vector<ToReceive> gave_up(Tx& tx, const std::vector<std::string>& shops, const std::string& code) {
    std::vector<ToReceive> found;
    tx.run(sql::receiving::gave_up, {{"code", code}, {"number", number_of(code)}, {"shops", std::span(shops)}},
           [&](const db::Row& row) { found.push_back(db::read_row<ToReceive>(row)); });
    return found;
}

std::vector<RecallToReceive> recalls_with(Tx& tx, const std::vector<std::string>& shops, const std::string& code) {
    std::vector<RecallToReceive> found;
    tx.run(sql::receiving::recalls_with, {{"code", code}, {"number", number_of(code)}, {"shops", std::span(shops)}},
           [&](const db::Row& row) { found.push_back(db::read_row<RecallToReceive>(row)); });
    return found;
}

}  // namespace aftercare::store
