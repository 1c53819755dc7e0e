#pragma once
#include "store/articles.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// The shop's knowledge: leads write it, everybody at the desk reads it; about goods it stands beside the cases that concern them.
namespace aftercare::usecase {

using store::Article;

struct ArticleIn {
    ArticleKind kind{};
    std::string title, body, sku;
    Instant valid_from, valid_until;
};
template <class Io>
void fields(Io& io, ArticleIn& in) {
    io("kind", in.kind);
    io("title", in.title, length(1, 120));
    io("body", in.body, length(1, 8'000));
    io("sku", in.sku, maybe, length(0, 128), doc("the goods it is about"));
    io("valid_from", in.valid_from, maybe);
    io("valid_until", in.valid_until, maybe, doc("before then; 0: always"));
}
struct AddArticle {
    ShopId shop_id;
    ArticleIn article;
};
template <class Io>
void fields(Io& io, AddArticle& in) {
    io("shop_id", in.shop_id);
    fields(io, in.article);
}
/// `forbidden` but for whoever manages policies; `refused` "too_many_articles" beyond 2,000 of a shop; `invalid` "/valid_until" before_start.
Result<Article> add_article(Context&, const Actor&, const Guard&, const AddArticle&);

struct ChangeArticle {
    ArticleId article_id;
    ArticleIn article;
};
template <class Io>
void fields(Io& io, ChangeArticle& in) {
    io("article_id", in.article_id);
    fields(io, in.article);
}
Result<Article> change_article(Context&, const Actor&, const Guard&, const ChangeArticle&);

struct OneArticle {
    ArticleId article_id;
};
template <class Io>
void fields(Io& io, OneArticle& in) {
    io("article_id", in.article_id);
}
Result<Done> drop_article(Context&, const Actor&, const Guard&, const OneArticle&);

/// `q`: in title, text or SKU. `case_id`: what concerns that case's goods, and of a review the rules of reviews; then only what is valid now.
struct ArticleQuery {
    std::optional<ShopId> shop_id;
    std::optional<ArticleKind> kind;
    std::optional<std::string> q;
    std::optional<bool> valid_now;
    std::optional<CaseId> case_id;
};
template <class Io>
void fields(Io& io, ArticleQuery& in) {
    io("shop_id", in.shop_id);
    io("kind", in.kind);
    io("q", in.q, length(0, 100));
    io("valid_now", in.valid_now);
    io("case_id", in.case_id, doc("what concerns that case"));
}
struct ArticleList {
    static constexpr std::string_view kSchema = "ArticleList";
    std::vector<Article> items;
};
template <class Io>
void fields(Io& io, ArticleList& l) {
    io("items", l.items);
}
/// By kind and title; at most 2,000, of a case at most 20.
Result<ArticleList> list_articles(Context&, const Actor&, const ArticleQuery&);

}  // namespace aftercare::usecase
