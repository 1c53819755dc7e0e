#include <rapidcheck/catch.h>

#include <algorithm>

#include "domain/profile.hpp"

using namespace aftercare;

namespace {

rc::Gen<CustomerFact> a_fact() {
    return rc::gen::build<CustomerFact>(rc::gen::set(&CustomerFact::field, rc::gen::element(FactField::name, FactField::phone)),
                                        rc::gen::set(&CustomerFact::source, rc::gen::map(rc::gen::inRange('a', 'h'), [](char c) { return std::string(1, c); })),
                                        rc::gen::set(&CustomerFact::value, rc::gen::element<std::string>("", "Li", "Wang", "Zhao")),
                                        rc::gen::set(&CustomerFact::observed_at, rc::gen::map(rc::gen::inRange(0, 4), [](int n) { return Instant{n}; })),
                                        rc::gen::set(&CustomerFact::verified, rc::gen::arbitrary<bool>()),
                                        rc::gen::set(&CustomerFact::locked_by, rc::gen::element(StaffId(), StaffId("S"))));
}

/// As the store keeps them: one word a field and source.
std::vector<CustomerFact> some_facts() {
    std::vector<CustomerFact> kept;
    for (const auto& fact : *rc::gen::container<std::vector<CustomerFact>>(a_fact()))
        if (std::none_of(kept.begin(), kept.end(), [&](const CustomerFact& f) { return f.field == fact.field && f.source == fact.source; })) kept.push_back(fact);
    return kept;
}

}  // namespace

TEST_CASE("the profile does not depend on the order in which its facts came, and never loses what somebody said") {
    rc::prop("any order folds to the same", [] {
        auto facts = some_facts();
        const auto before = domain::fold(Customer{}, facts);
        std::shuffle(facts.begin(), facts.end(), std::mt19937(*rc::gen::arbitrary<unsigned>()));
        RC_ASSERT(domain::fold(Customer{}, facts) == before);
        for (const FactField field : {FactField::name, FactField::phone}) {
            const std::string value = domain::folded(facts, field);
            const bool said = std::any_of(facts.begin(), facts.end(), [&](const CustomerFact& f) { return f.field == field && !f.value.empty(); });
            RC_ASSERT(value.empty() != said);
        }
    });
}

TEST_CASE("every two neighbouring Han characters of a name are a token, and normalising twice is normalising once") {
    rc::prop("tokens of names", [] {
        const auto letters = *rc::gen::container<std::vector<std::string>>(*rc::gen::inRange<std::size_t>(2, 12),
                                                                           rc::gen::element<std::string>("王", "小", "明", "𠀀", "爱", "新", "觉", "罗"));
        std::string name;
        for (const auto& each : letters) name += each;
        const auto tokens = domain::search_tokens(name);
        for (std::size_t i = 0; i + 1 < letters.size(); ++i)
            RC_ASSERT(std::find(tokens.begin(), tokens.end(), letters[i] + letters[i + 1]) != tokens.end());
        const auto text = *rc::gen::arbitrary<std::string>();
        RC_ASSERT(domain::normalised_text(domain::normalised_text(text)) == domain::normalised_text(text));
        RC_ASSERT(domain::normalised_phone(domain::normalised_phone("1" + text)) == domain::normalised_phone("1" + text));
    });
}
