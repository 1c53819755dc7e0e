#include "domain/reviews.hpp"

#include <catch2/catch.hpp>

using namespace aftercare;

namespace {

std::string code(ReviewState state, ReviewAct act, bool has_reply = false) {
    const auto next = domain::review_after(state, has_reply, act);
    return next ? std::string(word(*next)) : next.error().code;
}
std::string reply(std::string_view words) {
    const auto fine = domain::check_reply(words);
    return fine ? "ok" : fine.error().code;
}

}  // namespace

TEST_CASE("stars are good, middle or bad as the trade counts them, and bad ones hurry while nobody dealt with them") {
    for (const std::int64_t stars : {4, 5}) CHECK(domain::band_of(stars) == ReviewBand::good);
    CHECK(domain::band_of(3) == ReviewBand::middle);
    for (const std::int64_t stars : {1, 2}) CHECK(domain::band_of(stars) == ReviewBand::bad);
    for (const std::int64_t stars : {-1, 0, 6}) CHECK(domain::band_of(stars) == ReviewBand::unrated);
    CHECK(domain::is_urgent(ReviewBand::bad, ReviewState::fresh));
    CHECK_FALSE(domain::is_urgent(ReviewBand::bad, ReviewState::followed_up));
    CHECK_FALSE(domain::is_urgent(ReviewBand::middle, ReviewState::fresh));
}

TEST_CASE("a review is answered once and followed up once, in either order, or set aside, which alone is taken back") {
    using S = ReviewState;
    using A = ReviewAct;
    CHECK(code(S::fresh, A::answer) == "answered");
    CHECK(code(S::fresh, A::follow_up) == "followed_up");
    CHECK(code(S::fresh, A::set_aside) == "set_aside");
    CHECK(code(S::set_aside, A::take_up) == "new");
    CHECK(code(S::fresh, A::take_up) == "review_is_new");
    for (const auto& [act, name] : Words<A>::all) {
        CHECK(code(S::answered, act, true) == (act == A::follow_up ? "followed_up" : "already_answered"));
        CHECK(code(S::followed_up, act) == (act == A::answer ? "followed_up" : "review_has_case"));
        CHECK(code(S::followed_up, act, true) == (act == A::answer ? "already_answered" : "review_has_case"));
        if (act != A::take_up) CHECK(code(S::set_aside, act) == "review_set_aside");
    }
}

TEST_CASE("a reply says something, and pays for no other words") {
    CHECK(reply("谢谢您的好评，欢迎再来。") == "ok");
    CHECK(reply("抱歉给您添麻烦了，已经为您办理退款，运费由我们承担。") == "ok");
    CHECK(reply("We are sorry, and have sent a new one.") == "ok");
    CHECK(reply(" \n") == "words_missing");
    CHECK(reply("麻烦您改一下评价，给您补偿 20 元。") == "benefit_for_review");
    CHECK(reply("好评 返现 5 元") == "benefit_for_review");
    CHECK(reply("删除差评送优惠券") == "benefit_for_review");
    CHECK(reply("Change your review and get a coupon.") == "benefit_for_review");
    CHECK(reply("Cash-back for 5 stars") == "benefit_for_review");
}

TEST_CASE("stars are read as marketplaces write them") {
    for (const char* five : {"5", "5.0", "5星", "5 分", "★★★★★", "好评", "五星", "5/5", "5 Stars"}) CHECK(domain::read_rating(five) == 5);
    CHECK(domain::read_rating("★★☆☆☆") == 2);
    CHECK(domain::read_rating("中评") == 3);
    CHECK(domain::read_rating("差评") == 1);
    for (const char* none : {"", "0", "6", "4.5", "55", "满意", "★★★★★★"}) CHECK(domain::read_rating(none) == 0);
}

TEST_CASE("the topic of a case tells the stars and the first words, whole characters of one line") {
    CHECK(domain::topic_of(2, "色差大\n不想要", "毛巾") == "★★☆☆☆ 色差大 不想要");
    CHECK(domain::topic_of(0, "", "毛巾") == "毛巾");
    CHECK(domain::topic_of(1, " ", "") == "★☆☆☆☆");
    std::string words;
    for (int i = 0; i < 100; ++i) words += "很";
    const auto topic = domain::topic_of(1, words, "");
    CHECK(topic.size() == 199);  // 15 of stars, a blank, 61 characters of three bytes
    CHECK(topic.ends_with("很"));
}
