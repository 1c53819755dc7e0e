#include "usecase/articles.hpp"
#include "usecase/cases.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

TEST_CASE("what leads write is found by kind, words and time, and stands beside cases about those goods") {
    test::on_each_engine([](ShopWorld& w) {
        const auto add = [&](ArticleKind kind, const char* title, const char* sku, Instant from = {}, Instant until = {}) {
            return w.must(usecase::add_article(*w.ctx, w.lead, w.guard(w.lead), {w.shop, {kind, title, std::string("About ") + title, sku, from, until}}));
        };
        const auto titles = [&](usecase::ArticleQuery query) {
            std::vector<std::string> found;
            for (const auto& one : w.must(usecase::list_articles(*w.ctx, w.agent, query)).items) found.push_back(one.title);
            return found;
        };
        using Texts = std::vector<std::string>;
        const Instant now = w.clock.now();
        const auto cup = add(ArticleKind::product, "Cup in the dishwasher", "CUP");
        add(ArticleKind::promotion, "Autumn sale", "", now - days(1), now + days(1));
        add(ArticleKind::promotion, "Spring sale", "", now - days(9), now - days(8));
        add(ArticleKind::review_rules, "Never pay for a review", "");
        CHECK(titles({}) == Texts{"Cup in the dishwasher", "Autumn sale", "Spring sale", "Never pay for a review"});
        CHECK(titles({{}, ArticleKind::promotion, {}, true, {}}) == Texts{"Autumn sale"});
        CHECK(titles({{}, {}, "dishWASHER", {}, {}}) == Texts{"Cup in the dishwasher"});

        const auto order = w.sold("7100");
        const auto id = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1))).case_id;
        CHECK(titles({{}, {}, {}, {}, id}) == Texts{"Cup in the dishwasher"});
        usecase::OpenCaseIn review;
        review.shop_id = w.shop;
        review.open.kind = CaseKind::review_followup;
        CHECK(titles({{}, {}, {}, {}, w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), review)).case_id}) == Texts{"Never pay for a review"});

        usecase::ChangeArticle change{cup.id, {ArticleKind::product, "Cup by hand", "Only by hand", "CUP", {}, {}}};
        auto guard = w.guard(w.lead);
        guard.expected_version = 7;
        CHECK(usecase::change_article(*w.ctx, w.lead, guard, change).error().code == "stale");
        CHECK(w.must(usecase::change_article(*w.ctx, w.lead, w.guard(w.lead), change)).version == 2);
        CHECK(titles({{}, {}, {}, {}, id}) == Texts{"Cup by hand"});
        CHECK(usecase::add_article(*w.ctx, w.agent, w.guard(w.agent), {w.shop, change.article}).error().code == "permission_missing");
        change.article.valid_from = now;
        change.article.valid_until = now - days(1);
        CHECK(usecase::change_article(*w.ctx, w.lead, w.guard(w.lead), change).error().fields == std::vector<FieldError>{{"/valid_until", "before_start"}});
        const usecase::Actor stranger{StaffId("S"), {Role::lead}, {ShopId("OTHER")}, false, "staff:s"};
        CHECK(usecase::drop_article(*w.ctx, stranger, w.guard(stranger), {cup.id}).error().code == "article_not_found");
        w.must(usecase::drop_article(*w.ctx, w.lead, w.guard(w.lead), {cup.id}));
        CHECK(titles({{}, {}, {}, {}, id}).empty());
    });
}
