#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace aftercare {
using ArticleId = Id<struct ArticleTag>;
/// product: goods in use; promotion: what is on offer, and until when; the others: rules and how things are done.
AC_WORDS(ArticleKind, product, promotion, review_rules, platform_rules, service);
}  // namespace aftercare

/// What people at the desk look up while they speak with a customer.
namespace aftercare::store {

struct Article {
    static constexpr std::string_view kSchema = "Article";
    ArticleId id;
    ShopId shop_id;
    ArticleKind kind{};
    std::string title, body;
    std::string sku;                  ///< the goods it is about; empty: not of one product
    Instant valid_from, valid_until;  ///< from then, before then; 0: always
    StaffId changed_by;
    Instant changed_at;
    std::int64_t version = 1;
    std::string changed_name;
};
template <class Io>
void fields(Io& io, Article& a) {
    io("id", a.id);
    io("shop_id", a.shop_id);
    io("kind", a.kind);
    io("title", a.title);
    io("body", a.body);
    io("sku", a.sku, maybe);
    io("valid_from", a.valid_from, maybe);
    io("valid_until", a.valid_until, maybe);
    io("changed_by", a.changed_by, maybe);
    io("changed_at", a.changed_at);
    io("version", a.version);
    io("changed_name", a.changed_name, maybe);
}

void insert_article(Tx&, const Article&);
std::optional<Article> find_article(Tx&, const ArticleId&);
/// By kind, then title. `now` 0: whenever they are valid.
std::vector<Article> articles(Tx&, const std::vector<std::string>& shops, const std::optional<ArticleKind>&, Instant now, std::int64_t limit);
/// Valid ones about these goods.
std::vector<Article> articles_about(Tx&, const ShopId&, const std::vector<std::string>& skus, Instant now, std::int64_t limit);
std::int64_t count_articles(Tx&, const ShopId&);
void change_article(Tx&, const Article&);  ///< the row with this version
void drop_article(Tx&, const ArticleId&);

}  // namespace aftercare::store
