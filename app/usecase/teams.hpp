#pragma once
#include <aftercare/model/words.hpp>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "domain/access.hpp"
#include "store/store.hpp"

namespace aftercare::usecase {

/// In which department somebody of a role works; who has several counts where the first of them does. Other roles work in none that cases ask.
inline constexpr std::array kTeamOfRole{
    std::pair{Role::lead, Department::lead},            std::pair{Role::agent, Department::service},   std::pair{Role::warehouse, Department::warehouse},
    std::pair{Role::technician, Department::warehouse}, std::pair{Role::finance, Department::finance}, std::pair{Role::quality, Department::quality},
};

/// The departments whose work waits for somebody: those of their roles, and those in which the roster of these shops has had them within the
/// last week or will. So people of product, logistics and technical, for whom there is no role, have their work by the roster.
std::vector<Department> teams_of(store::Tx&, const domain::Actor&, const std::vector<std::string>& shops, Instant now);

}  // namespace aftercare::usecase
