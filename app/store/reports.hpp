#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/matter.hpp>
#include <aftercare/model/words.hpp>
#include <string>
#include <vector>

#include "store/store.hpp"

/// What closed cases were about (after-sales.md section 5, the fifth step): causes, whose they were, goods, and what is to prevent them.
namespace aftercare::store {

struct CauseRow {
    static constexpr std::string_view kSchema = "CauseRow";
    std::string cause_code, responsibility, currency;
    std::int64_t cases = 0, complaints = 0, amount_minor = 0;  ///< amount: what their operations promised
};
template <class Io>
void fields(Io& io, CauseRow& r) {
    io("cause_code", r.cause_code);
    io("responsibility", r.responsibility, maybe);
    io("currency", r.currency, maybe);
    io("cases", r.cases);
    io("complaints", r.complaints);
    io("amount_minor", r.amount_minor);
}
struct ProductCases {
    static constexpr std::string_view kSchema = "ProductCases";
    std::string sku, name;
    std::int64_t cases = 0;
};
template <class Io>
void fields(Io& io, ProductCases& r) {
    io("sku", r.sku);
    io("name", r.name, maybe);
    io("cases", r.cases);
}
struct IntentCases {
    static constexpr std::string_view kSchema = "IntentCases";
    Intent intent{};
    std::int64_t cases = 0;
};
template <class Io>
void fields(Io& io, IntentCases& r) {
    io("intent", r.intent);
    io("cases", r.cases);
}
struct MalfunctionCases {
    static constexpr std::string_view kSchema = "MalfunctionCases";
    Malfunction malfunction{};
    std::int64_t cases = 0;
};
template <class Io>
void fields(Io& io, MalfunctionCases& r) {
    io("malfunction", r.malfunction);
    io("cases", r.cases);
}
struct Prevention {
    static constexpr std::string_view kSchema = "Prevention";
    CaseId case_id;
    ShopId shop_id;
    std::string number, cause_code, responsibility, words;
    Instant at;
    std::string author_name;
};
template <class Io>
void fields(Io& io, Prevention& r) {
    io("case_id", r.case_id);
    io("shop_id", r.shop_id);
    io("number", r.number);
    io("cause_code", r.cause_code);
    io("responsibility", r.responsibility, maybe);
    io("words", r.words);
    io("at", r.at);
    io("author_name", r.author_name, maybe);
}
struct CausesReport {
    static constexpr std::string_view kSchema = "CausesReport";
    std::vector<CauseRow> causes;              ///< most cases first; one row a currency
    std::vector<ProductCases> products;        ///< at most 50
    std::vector<MalfunctionCases> malfunctions;
    std::vector<IntentCases> intents;          ///< of cases closed or not, where somebody said what the customer really wants
    std::vector<Prevention> preventions;       ///< newest first, at most 100
};
template <class Io>
void fields(Io& io, CausesReport& r) {
    io("causes", r.causes);
    io("products", r.products);
    io("malfunctions", r.malfunctions);
    io("intents", r.intents);
    io("preventions", r.preventions);
}
/// Of cases opened in [from, to). `cause` narrows all else; empty: all. The cost grows with the cases of that time.
CausesReport causes_report(Tx&, const std::vector<std::string>& shops, Instant from, Instant to, const std::string& cause);

}  // namespace aftercare::store
