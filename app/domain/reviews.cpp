#include "domain/reviews.hpp"

#include <algorithm>
#include <aftercare/connector/utf8.hpp>

namespace aftercare::domain {
namespace {

using Texts = std::initializer_list<std::string_view>;
constexpr std::size_t kTopicBytes = 200;

/// Letters of ASCII are small, blanks and dashes are gone, so that "Cash back" is cashback.
std::string plain(std::string_view words) {
    std::string text;
    for (const char c : words)
        if (c != ' ' && c != '-' && c != '\n' && c != '\t' && c != '\r') text.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    return text;
}

bool names_any(std::string_view text, Texts words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view each) { return text.find(each) != text.npos; });
}

bool offers_benefit(std::string_view words) {
    const std::string text = plain(words);
    const bool money = names_any(text, {"返现", "返款", "返您", "红包", "现金", "转账", "cashback", "paypal"});
    const bool gift = names_any(text, {"优惠券", "代金券", "赠品", "礼物", "礼品", "积分", "补偿", "赔您", "coupon", "voucher", "giftcard", "freegift", "compensat"});
    const bool change = names_any(text, {"改评", "改好评", "改成好评", "改为好评", "修改评", "修改一下评", "改一下评", "删评", "删差评", "删除评", "删除差评", "删掉评", "撤销评"}) ||
                        names_any(text, {"changeyourreview", "changethereview", "edityourreview", "updateyourreview", "removeyourreview", "removethereview",
                                         "deleteyourreview", "deletethereview"});
    const bool praise = names_any(text, {"好评", "五星", "5星", "晒图", "5stars", "fivestar", "5starreview"});
    return (change && (money || gift)) || (praise && money);
}

}  // namespace

ReviewBand band_of(std::int64_t rating) {
    if (rating <= 0 || rating > 5) return ReviewBand::unrated;
    return rating >= 4 ? ReviewBand::good : rating == 3 ? ReviewBand::middle : ReviewBand::bad;
}

bool is_urgent(ReviewBand band, ReviewState state) { return band == ReviewBand::bad && state == ReviewState::fresh; }

Result<ReviewState> review_after(ReviewState state, bool has_reply, ReviewAct act) {
    if (act == ReviewAct::answer && has_reply) return fail(ErrorKind::refused, "already_answered");
    for (const auto& move : table::kReviewMoves)
        if (move.from == state && move.act == act) return move.to;
    switch (state) {
        case ReviewState::answered: return fail(ErrorKind::refused, "already_answered");
        case ReviewState::followed_up: return fail(ErrorKind::refused, "review_has_case");
        case ReviewState::set_aside: return fail(ErrorKind::refused, "review_set_aside");
        case ReviewState::fresh: break;
    }
    return fail(ErrorKind::refused, "review_is_new");
}

Result<void> check_reply(std::string_view words) {
    if (words.find_first_not_of(" \t\r\n") == words.npos) return fail(ErrorKind::refused, "words_missing");
    if (offers_benefit(words)) return fail(ErrorKind::refused, "benefit_for_review");
    return {};
}

std::int64_t read_rating(std::string_view said) {
    const std::string text = plain(said);
    if (text.find("好评") != text.npos) return 5;
    if (text.find("中评") != text.npos) return 3;
    if (text.find("差评") != text.npos) return 1;
    constexpr std::string_view kStar = "★";
    std::int64_t stars = 0;
    for (auto at = text.find(kStar); at != text.npos; at = text.find(kStar, at + kStar.size())) ++stars;
    if (stars > 0) return stars <= 5 ? stars : 0;
    constexpr std::array<std::string_view, 5> kNumbers{"一", "二", "三", "四", "五"};
    for (std::size_t i = 0; i < kNumbers.size(); ++i)
        if (text == std::string(kNumbers[i]) + "星") return static_cast<std::int64_t>(i) + 1;
    if (text.empty() || text[0] < '1' || text[0] > '5') return 0;
    constexpr std::array<std::string_view, 9> kBehind{"", "星", "分", "/5", "star", "stars", ".0", ".0分", ".0星"};
    const bool whole = std::find(kBehind.begin(), kBehind.end(), std::string_view(text).substr(1)) != kBehind.end();
    return whole ? text[0] - '0' : 0;
}

std::string topic_of(std::int64_t rating, std::string_view body, std::string_view about) {
    std::string topic;
    for (std::int64_t i = 0; rating > 0 && i < 5; ++i) topic += i < rating ? "★" : "☆";
    const std::string_view words = body.find_first_not_of(" \t\r\n") == body.npos ? about : body;
    if (!topic.empty() && !words.empty()) topic += ' ';
    for (std::size_t at = 0; at < words.size() && topic.size() < kTopicBytes;) {
        const std::size_t step = std::max<std::size_t>(utf8_step(words, at), 1);
        if (topic.size() + step > kTopicBytes) break;
        if (words[at] == '\n' || words[at] == '\r') topic += ' ';
        else topic += words.substr(at, step);
        at += step;
    }
    return topic;
}

}  // namespace aftercare::domain
