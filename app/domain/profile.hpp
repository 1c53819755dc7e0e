#pragma once
#include <aftercare/model/customer.hpp>
#include <span>

/// Who a customer is, out of what sources said. Pure.
namespace aftercare::domain {

/// How far an identity of this kind is to be trusted (customers-and-revisits.md, section 1).
Strength strength_of(IdentityKind kind);

/// The field's value: locked before verified before newest; what a platform masked counts only when nobody said it whole, and
/// empty words only when nothing else was said. Of equal
/// claims the source that sorts last wins, so that the order of arrival never matters.
std::string folded(std::span<const CustomerFact> facts, FactField field);
/// `customer` with every field folded anew.
Customer fold(Customer customer, std::span<const CustomerFact> facts);

/// Compared and searched in this form: phone without separators, +86 and 0086 ("13800138000"; an extension "-123" stays),
/// mail in lower case, full-width letters and digits half-width.
std::string normalised_phone(std::string_view phone);
std::string normalised_text(std::string_view text);
/// Whether a platform hid part of it ("138****1234", "t**3").
bool is_masked(std::string_view text);

/// Pairs of neighbouring Han characters and words of other letters of two and more, in lower case, each once; at most 32.
std::vector<std::string> search_tokens(std::string_view text);

}  // namespace aftercare::domain
