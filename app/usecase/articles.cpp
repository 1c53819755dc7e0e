#include "usecase/articles.hpp"

#include <algorithm>

#include "store/case_state.hpp"
#include "store/cases.hpp"
#include "usecase/facts.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

using store::Tx;
constexpr std::int64_t kMostArticles = 2'000, kMostOfCase = 20;

Result<void> check(const ArticleIn& in) {
    if (in.title.empty() || !printable(in.title, true)) return fail_field("/title", "bad_format");
    if (!in.sku.empty() && !printable(in.sku, true)) return fail_field("/sku", "bad_format");
    if (in.valid_until.ms != 0 && in.valid_until <= in.valid_from) return fail_field("/valid_until", "before_start");
    return {};
}

void put(Article& article, const ArticleIn& in, const Actor& actor, Instant now) {
    article.kind = in.kind;
    article.title = in.title;
    article.body = in.body;
    article.sku = in.sku;
    article.valid_from = in.valid_from;
    article.valid_until = in.valid_until;
    article.changed_by = actor.staff_id;
    article.changed_at = now;
}

Result<Article> find(Tx& tx, const Actor& actor, const ArticleId& id) {
    auto found = store::find_article(tx, id);
    if (!found || !actor.may_see(found->shop_id)) return fail(ErrorKind::not_found, "article_not_found");
    return std::move(*found);
}

/// Letters of ASCII in either case; others as they are.
bool holds(const std::string& text, const std::string& q) {
    const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::search(text.begin(), text.end(), q.begin(), q.end(), [&](char a, char b) { return low(a) == low(b); }) != text.end();
}

Result<std::vector<Article>> of_case(Tx& tx, const Actor& actor, const CaseId& id, Instant now) {
    AC_TRY(const ShopId shop, store::shop_of_case(tx, id));
    if (!actor.may_see(shop)) return fail(ErrorKind::not_found, "case_not_found");
    AC_TRY(const auto state, store::load_case(tx, id, false));
    std::vector<std::string> skus;
    for (const auto& line : state.order.lines) skus.push_back(line.sku);
    auto found = store::articles_about(tx, shop, skus, now, kMostOfCase);
    if (state.c.kind == CaseKind::review_followup)
        for (auto& rule : store::articles(tx, {shop.value}, ArticleKind::review_rules, now, kMostOfCase - std::ssize(found))) found.push_back(std::move(rule));
    return found;
}

}  // namespace

Result<Article> add_article(Context& ctx, const Actor& actor, const Guard& guard, const AddArticle& in) {
    AC_CHECK(require(actor, Permission::manage_policies));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    AC_CHECK(check(in.article));
    Article article;
    article.id = ctx.ids.make<ArticleId>();
    article.shop_id = in.shop_id;
    put(article, in.article, actor, guard.now);
    return ctx.store.change(guard, [&](Tx& tx) -> Result<Article> {
        if (store::count_articles(tx, in.shop_id) >= kMostArticles)
            return fail(Error{ErrorKind::refused, "too_many_articles", {}, {}, {{"limit", std::to_string(kMostArticles)}}, {}});
        store::insert_article(tx, article);
        return find(tx, actor, article.id);
    });
}

Result<Article> change_article(Context& ctx, const Actor& actor, const Guard& guard, const ChangeArticle& in) {
    AC_CHECK(require(actor, Permission::manage_policies));
    AC_CHECK(check(in.article));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<Article> {
        AC_TRY(Article article, find(tx, actor, in.article_id));
        if (guard.expected_version.value_or(article.version) != article.version) return stale(article.version);
        put(article, in.article, actor, guard.now);
        store::change_article(tx, article);
        return find(tx, actor, article.id);
    });
}

Result<Done> drop_article(Context& ctx, const Actor& actor, const Guard& guard, const OneArticle& in) {
    AC_CHECK(require(actor, Permission::manage_policies));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<Done> {
        AC_CHECK(find(tx, actor, in.article_id));
        store::drop_article(tx, in.article_id);
        return Done{};
    });
}

Result<ArticleList> list_articles(Context& ctx, const Actor& actor, const ArticleQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<ArticleList> {
        const Instant now = ctx.clock.now();
        ArticleList list;
        if (in.case_id) {
            AC_TRY(list.items, of_case(tx, actor, *in.case_id, now));
        } else {
            list.items = store::articles(tx, shops_for(tx, actor, in.shop_id), in.kind, in.valid_now.value_or(false) ? now : Instant{}, kMostArticles);
        }
        if (in.q && !in.q->empty()) std::erase_if(list.items, [&](const Article& a) { return !holds(a.title, *in.q) && !holds(a.body, *in.q) && !holds(a.sku, *in.q); });
        return list;
    });
}

}  // namespace aftercare::usecase
