#include "store/articles.hpp"

#include "sql/articles.hpp"
#include "store/answers.hpp"

namespace aftercare::store {
void insert_article(Tx& tx, const Article& article) { tx.write(sql::articles::insert, db::bind_row(article), 1); }

std::optional<Article> find_article(Tx& tx, const ArticleId& id) {
    return first(all<Article>(tx, sql::articles::find, {{"id", id.value}}));
}

std::vector<Article> articles(Tx& tx, const std::vector<std::string>& shops, const std::optional<ArticleKind>& kind, Instant now, std::int64_t limit) {
    if (shops.empty()) return {};
    return all<Article>(tx, sql::articles::list, {{"shops", std::span(shops)}, {"kind", kind ? word(*kind) : std::string_view()}, {"ever", now.ms == 0 ? 1 : 0}, {"now", now.ms}, {"limit", limit}});
}

std::vector<Article> articles_about(Tx& tx, const ShopId& shop, const std::vector<std::string>& skus, Instant now, std::int64_t limit) {
    if (skus.empty()) return {};
    return all<Article>(tx, sql::articles::of_skus, {{"shop", shop.value}, {"skus", std::span(skus)}, {"now", now.ms}, {"limit", limit}});
}

std::int64_t count_articles(Tx& tx, const ShopId& shop) {
    std::int64_t n = 0;
    tx.run(sql::articles::count, {{"shop", shop.value}}, [&](const db::Row& row) { n = row.integer(0); });
    return n;
}

void change_article(Tx& tx, const Article& article) { tx.write(sql::articles::change, db::bind_row(article), 1); }
void drop_article(Tx& tx, const ArticleId& id) { tx.write(sql::articles::drop, {{"id", id.value}}, 1); }

}  // namespace aftercare::store
