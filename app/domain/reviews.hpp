#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/result.hpp>
#include <aftercare/base/words.hpp>
#include <array>
#include <string>
#include <string_view>

namespace aftercare {

using ReviewId = Id<struct ReviewTag>;
AC_WORDS(ReviewBand, good, middle, bad, unrated);
/// fresh ("new"): nobody has dealt with it. answered: under the review itself. followed_up: in a case, and perhaps answered, too.
/// set_aside: read, nothing to do.
enum class ReviewState { fresh, answered, followed_up, set_aside };
template <>
struct Words<ReviewState> {
    static constexpr std::array all{std::pair{ReviewState::fresh, std::string_view("new")}, AC_WORD(ReviewState, answered),
                                    AC_WORD(ReviewState, followed_up), AC_WORD(ReviewState, set_aside)};
};
AC_WORDS(ReviewAct, answer, follow_up, set_aside, take_up);

}  // namespace aftercare

/// What buyers write about what they bought (after-sales.md, section 5): which act may follow which, and what a reply must not say. Pure.
namespace aftercare::domain {

namespace table {
struct ReviewMove {
    ReviewState from;
    ReviewAct act;
    ReviewState to;
};
/// Everything else is refused.
inline constexpr std::array kReviewMoves{
    ReviewMove{ReviewState::fresh, ReviewAct::answer, ReviewState::answered},
    ReviewMove{ReviewState::fresh, ReviewAct::follow_up, ReviewState::followed_up},
    ReviewMove{ReviewState::fresh, ReviewAct::set_aside, ReviewState::set_aside},
    ReviewMove{ReviewState::answered, ReviewAct::follow_up, ReviewState::followed_up},
    ReviewMove{ReviewState::followed_up, ReviewAct::answer, ReviewState::followed_up},
    ReviewMove{ReviewState::set_aside, ReviewAct::take_up, ReviewState::fresh},
};
}  // namespace table

/// As the trade counts: 4 and 5 stars are good, 3 is middle, 1 and 2 are bad; 0: nobody said.
ReviewBand band_of(std::int64_t rating);
/// Bad, and nobody has dealt with it.
bool is_urgent(ReviewBand, ReviewState);
/// Where the act leads. `has_reply`: it was answered before. `refused` "already_answered", "review_has_case", "review_set_aside", "review_is_new".
Result<ReviewState> review_after(ReviewState, bool has_reply, ReviewAct);
/// Words under a review are read by everybody. `refused` "words_missing" when they are blank, "benefit_for_review" when they offer money or
/// gifts for other words (I31).
Result<void> check_reply(std::string_view words);
/// "5", "4.0", "5星", "★★★★", "好评", "差评" … as 1 to 5; 0 for anything else.
std::int64_t read_rating(std::string_view said);
/// "★★☆☆☆ " and the beginning of its words, or of what they are about: at most 200 bytes, whole characters.
std::string topic_of(std::int64_t rating, std::string_view body, std::string_view about);

}  // namespace aftercare::domain
